//! Published texts break where they were published to break.
//!
//! None of their words are kept here: the folder that `CHANCERY_CORPUS` names
//! is read. Its files say in their first line whether they kept their lines.

use std::path::PathBuf;

use chancery::fonts::{Face, Typeface};
use chancery::layout::style::Style;

use crate::support::{body_lines, draft, laid_out};

/// Lines that cannot be compared, by file and line of the file; the reasons
/// stand in `tests/README.md`.
const LEFT_OUT: &[(&str, &[usize])] = &[
    ("de_MC.DOC-4-15-Corr.1.txt", &[29]),
    ("en_PC.DEC-638.txt", &[33, 34, 35, 37]),
    ("fr_MC.DEC-4-08-Corr.1.txt", &[15]),
];

/// Lines that begin a paragraph although the line before them is full.
const BEGINNINGS: &[(&str, usize)] = &[("fr_MC.DEC-4-08-Corr.1.txt", 25)];

/// A paragraph of a published text: its lines.
type Lines = Vec<String>;

#[test]
fn published_paragraphs_break_where_they_were_published_to_break() {
    let Some(folder) = std::env::var_os("CHANCERY_CORPUS").map(PathBuf::from) else {
        println!("skipped: CHANCERY_CORPUS names no folder of published texts");
        return;
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let mut compared = 0;
    let mut differ = Vec::new();
    for file in &files {
        let text = std::fs::read_to_string(file).expect("UTF-8");
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let kept =
            text.lines().next().is_some_and(|first| first.contains("line structure") && !first.contains("NOT kept"));
        if !kept {
            continue;
        }
        let language = &name[..2];
        let before = (compared, differ.len());
        for mut paragraph in paragraphs(&name, &text) {
            paragraph[0] = with_number(&paragraph[0]);
            compared += paragraph.len();
            let set = set(language, &paragraph);
            if set != paragraph {
                differ.push(format!("{name}:\n  published {paragraph:#?}\n  set {set:#?}"));
            }
        }
        println!("{name}: {} lines compared, {} paragraphs differ", compared - before.0, differ.len() - before.1);
    }
    assert!(compared > 0, "{} holds no text that kept its lines", folder.display());
    println!("{compared} published lines compared");
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// The body paragraphs of a text, without heads, titles and what is left out.
fn paragraphs(name: &str, text: &str) -> Vec<Lines> {
    let left_out = LEFT_OUT.iter().find(|(file, _)| *file == name).map_or(&[][..], |(_, lines)| lines);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut paragraphs: Vec<Lines> = Vec::new();
    let mut current: Lines = Vec::new();
    let mut in_body = false;
    for (number, line) in (1..).zip(&lines).skip(1) {
        let letters = || line.chars().filter(|c| c.is_alphabetic());
        let is_title = letters().count() > 3 && letters().all(char::is_uppercase);
        let is_head =
            line.contains("/Corr.") || ["PC.", "MC.", "Original", "*"].iter().any(|head| line.starts_with(head));
        if is_title || is_head {
            paragraphs.push(std::mem::take(&mut current));
            in_body = !is_head;
        } else if left_out.contains(&number) {
            // What follows up to the paragraph's end has no beginning.
            paragraphs.push(std::mem::replace(&mut current, vec![String::new()]));
        } else if in_body && !line.is_empty() && !line.chars().all(|c| c.is_ascii_digit()) {
            if BEGINNINGS.contains(&(name, number)) {
                paragraphs.push(std::mem::take(&mut current));
            }
            current.push((*line).to_owned());
            if ends_paragraph(&current, lines.get(number).copied().unwrap_or_default()) {
                paragraphs.push(std::mem::take(&mut current));
            }
        }
    }
    paragraphs.push(current);
    paragraphs.retain(|lines| lines.first().is_some_and(|first| !first.is_empty()));
    paragraphs
}

/// Whether a paragraph ends with its last line: there is a sign that can end
/// one, and the next word would have had room.
fn ends_paragraph(lines: &[String], next: &str) -> bool {
    let Some(last) = lines.last() else { return false };
    let indent = if lines.len() == 1 { Style::house().indent } else { 0.0 };
    let word = next.split(' ').next().unwrap_or_default();
    let room =
        Style::house().line_width() - indent - Typeface::house().width(Face::Regular, &format!("{last} {word}"), 12.0);
    last.ends_with([',', '.', ';', ':', '–', '”']) && (next.is_empty() || room > 0.0)
}

/// The lines of a paragraph as they are set.
fn set(language: &str, paragraph: &Lines) -> Lines {
    let words = paragraph.join(" ");
    // The line that names the delegation is not indented, as quotations are.
    let quoted = paragraph.first().is_some_and(|line| line.starts_with("Par la délégation"));
    let body = if quoted { format!("quote:\n  {words}\n") } else { format!("operative:\n\n{words}\n") };
    let lines = body_lines(&laid_out(&draft(language, &body))).concat();
    let title = lines.iter().rposition(|line| line == "DRAFT DECLARATION ON AN EXAMPLE").expect("the title");
    lines[title + 1..].iter().map(|line| with_number(line)).collect()
}

/// `1.Text`, as runs joined have it, as published: `1. Text`.
fn with_number(line: &str) -> String {
    match line.split_once('.') {
        Some((number, rest)) if !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) => {
            format!("1. {}", rest.trim_start())
        }
        _ => line.to_owned(),
    }
}
