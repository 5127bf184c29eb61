//! The published declaration comes out as it was published.

use std::path::Path;
use std::process::Command;

use chancery::layout::style::Style;
use chancery::render;

use crate::support::compiled_bytes;

const EXAMPLE: &[u8] = include_bytes!("../examples/asian-partners.fr.decl");

/// The lines of the published text: those of the example's source, which are
/// kept as they were published.
fn published() -> Vec<String> {
    let text = std::str::from_utf8(EXAMPLE).expect("UTF-8");
    let (_, body) = text.split_once("---\n").expect("a header");
    body.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn folded(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_example_has_no_finding_and_the_published_lines_and_pages() {
    let compilation = compiled_bytes(EXAMPLE.to_vec());
    assert_eq!(compilation.found.iter().count(), 0, "{:?}", compilation.found);
    let checked = compilation.checked.expect("no error");
    let printed = render::printed(&checked, &Style::house()).content;
    let pages: Vec<&str> = printed.split('\u{C}').collect();
    assert_eq!(pages.len(), 2);
    assert_eq!(published().len(), 66);
    let lines: Vec<String> = printed.replace('\u{C}', "").lines().map(folded).filter(|line| !line.is_empty()).collect();
    let first = lines.iter().position(|line| line.starts_with("1. Nous")).expect("paragraph 1");
    let body: Vec<&String> =
        lines[first..].iter().filter(|line| !line.contains("- 2 -") && *line != "4 December 2020").collect();
    assert_eq!(body.into_iter().cloned().collect::<Vec<_>>(), published());
    assert!(pages[0].trim_end().ends_with("Nous nous félicitons également de la"));
}

/// Against the published text itself, where it is at hand.
#[test]
#[ignore = "needs pdftotext"]
fn poppler_reads_the_published_lines_out_of_the_pdf() {
    let checked = compiled_bytes(EXAMPLE.to_vec()).checked.expect("no error");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("declaration.pdf");
    std::fs::write(
        &file,
        render::pdf(&checked, &Style::house(), &render::PdfOptions::default()).expect("a PDF").content,
    )
    .expect("written");
    let text = pdftotext(&file);
    let pages: Vec<&str> = text.trim_end_matches('\u{C}').split('\u{C}').collect();
    assert_eq!(pages.len(), 2);
    assert!(folded(pages[0]).ends_with("Nous nous félicitons également de la"));
    let lines: Vec<String> = text.lines().map(|line| folded(line.trim_start_matches('\u{C}'))).collect();
    let mut at = 0;
    for line in published() {
        let found = lines[at..].iter().position(|found| *found == line);
        at += found.unwrap_or_else(|| panic!("`{line}` is no line of the PDF")) + 1;
    }
}

pub fn pdftotext(file: &Path) -> String {
    let output = Command::new("pdftotext").arg("-layout").arg(file).arg("-").output().expect("pdftotext runs");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("UTF-8")
}
