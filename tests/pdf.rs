//! The PDF read back: its text, its bookmarks and links, its bytes.

use chancery::layout::style::Style;
use chancery::layout::{self, Role};
use chancery::model::Checked;
use chancery::render::{self, Attachment, Edition, PdfOptions, Relation};
use lopdf::{Document, Object};

use crate::support::{HEADER, compiled};

fn made(text: &str) -> (Vec<u8>, Document) {
    let checked = compiled(text).checked.expect("no error");
    let bytes = render::pdf(&checked, &Style::house(), &PdfOptions::default()).expect("a PDF").content;
    let document = Document::load_mem(&bytes).expect("a PDF that can be read");
    (bytes, document)
}

/// A document as the PDF that it becomes.
pub fn read_back(checked: &Checked, options: &PdfOptions) -> Document {
    let bytes = render::pdf(checked, &Style::house(), options).expect("a PDF").content;
    Document::load_mem(&bytes).expect("a PDF that can be read")
}

pub fn text_string(object: &Object) -> String {
    let bytes = object.as_str().expect("a string");
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(wide) => {
            let units: Vec<u16> = wide.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        None => String::from_utf8(bytes.to_vec()).expect("ASCII"),
    }
}

#[test]
fn text_copied_out_of_the_pdf_is_the_text_of_every_example() {
    for (name, _) in crate::examples::all() {
        let checked = crate::examples::compiled(&name).checked.expect("no error");
        let bytes = render::pdf(&checked, &Style::house(), &PdfOptions::default()).expect("a PDF").content;
        let document = Document::load_mem(&bytes).expect("it can be read");
        let pages = layout::pages(&checked, &Style::house());
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        for page in &pages.pages {
            let drawn: String = page.lines.iter().flat_map(|line| &line.runs).map(|run| run.text.as_str()).collect();
            let read = document.extract_text(&[page.number]).expect("text");
            assert_eq!(letters(&read), letters(&drawn), "{name}, page {}", page.number);
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_on_every_run_and_thread() {
    let text = include_str!("../examples/everything.en.decl");
    let (first, _) = made(text);
    let others: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| made(text).0)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(others.iter().all(|other| *other == first));
}

#[test]
fn title_language_and_symbol_are_in_the_information() {
    let (_, document) = made(include_str!("../examples/asian-partners.fr.decl"));
    let information = document.trailer.get(b"Info").and_then(Object::as_reference).expect("a reference");
    let information = document.get_dictionary(information).expect("information");
    let entry = |key: &[u8]| text_string(information.get(key).expect("an entry"));
    assert_eq!(entry(b"Title"), "Déclaration sur la coopération avec les partenaires asiatiques de l’OSCE");
    assert_eq!(entry(b"Subject"), "MC.DOC/2/20");
    let catalog = document.catalog().expect("a catalog");
    assert_eq!(text_string(catalog.get(b"Lang").expect("a language")), "fr");
    assert_eq!(document.version, "1.7");
}

#[test]
fn bookmarks_name_the_parts_and_links_lead_to_what_they_say() {
    let (_, document) = made(include_str!("../examples/everything.en.decl"));
    let titles: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| dictionary.has(b"Parent") && dictionary.has(b"Title"))
        .map(|dictionary| text_string(dictionary.get(b"Title").expect("a title")))
        .collect();
    for title in ["I. Numbers", "A. Brackets", "A heading without a number", "Annex: List of things"] {
        assert!(titles.iter().any(|found| found == title), "{title} in {titles:?}");
    }
    let links: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Link"))
        .map(|link| {
            assert!(link.has(b"Dest"));
            text_string(link.get(b"Contents").expect("what it says"))
        })
        .collect();
    assert!(links.iter().any(|link| link == "paragraph\u{A0}2(a)(ii)"), "{links:?}");
}

#[test]
fn fonts_are_embedded_as_subsets() {
    let (bytes, document) = made(include_str!("../examples/everything.en.decl"));
    let files =
        document.objects.values().filter_map(|object| object.as_dict().ok()).filter(|d| d.has(b"FontFile2")).count();
    assert_eq!(files, 3, "upright, bold and italic");
    assert!(bytes.len() < 100_000, "{} bytes", bytes.len());
}

/// Every glyph that is drawn stands where the layout put it, to a thousandth
/// of an em.
#[test]
fn raised_letters_stay_on_their_line() {
    let checked = compiled(include_str!("../examples/asian-partners.fr.decl")).checked.expect("no error");
    let pages = layout::pages(&checked, &Style::house());
    let raised: Vec<&layout::Run> = pages
        .pages
        .iter()
        .flat_map(|p| &p.lines)
        .filter(|l| l.role == Role::Numbered)
        .flat_map(|l| &l.runs)
        .filter(|r| r.rise > 0.0)
        .collect();
    assert_eq!(raised.len(), 4);
    assert!(raised.iter().all(|run| run.text == "o" && run.size == 8.0));
}

#[test]
#[ignore = "needs qpdf"]
fn qpdf_finds_nothing_in_any_example() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, _) in crate::examples::all() {
        let file = folder.path().join("example.pdf");
        let checked = crate::examples::compiled(&name).checked.expect("no error");
        std::fs::write(&file, render::pdf(&checked, &Style::house(), &PdfOptions::default()).expect("a PDF").content)
            .expect("written");
        let output = std::process::Command::new("qpdf").arg("--check").arg(&file).output().expect("qpdf runs");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Words, braces and several lines lead to the page of what they cite; what
/// has no address leads nowhere.
#[test]
fn a_citation_leads_to_its_instruments_address() {
    let links = |body: &str| -> Vec<(String, String)> {
        let (_, document) = made(body);
        let mut links = Vec::new();
        for object in document.objects.values() {
            let Ok(annotation) = object.as_dict() else { continue };
            let is_link = annotation.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Link");
            let Ok(action) = annotation.get(b"A").and_then(Object::as_dict) else { continue };
            if !is_link {
                continue;
            }
            let words = text_string(annotation.get(b"Contents").expect("words"));
            links.push((words, text_string(action.get(b"URI").expect("an address"))));
        }
        links.sort();
        links
    };
    let address = "https://www.osce.org/mc/109339".to_owned();
    let one = |words: &str| vec![(words.to_owned(), address.clone())];
    assert_eq!(links("1. We recall MC.DEC/3/13 and MC.DEC/5/11.\n"), one("MC.DEC/3/13"));
    assert_eq!(
        links("1. We recall *Ministerial Council* Decision\nNo. 3/13 only.\n"),
        one("Ministerial Council Decision No.\u{A0}3/13")
    );
    assert_eq!(links("1. We recall {MC.DEC/3/13}.\n"), one("Ministerial Council Decision No.\u{A0}3/13"));
    assert_eq!(links("1. We recall {MC.DEC/3/13: the Kyiv text}.\n"), one("the Kyiv text"));
    assert_eq!(links("1. We recall {none: MC.DEC/3/13}.\n"), []);
}

/// The last byte of deflated bytes depends on all of them. Where it is a carriage
/// return, the line end after the stream must not be taken for its second half.
#[test]
fn what_is_carried_comes_back_whatever_byte_it_ends_in() {
    let text = (HEADER.replace("---", "as-of: 2026-11-23\n---")) + "1. We have met.\n";
    let checked = compiled(&text).checked.expect("no error");
    let mut ends_in_return = 0;
    // Lengths at which the sum that ends deflated bytes does so, and one more.
    for length in (0..2000).filter(|length| [12, 13].contains(&(121 * length % 256))) {
        let carried = Attachment {
            name: "a.txt".to_owned(),
            relation: Relation::Source,
            media: "text/plain",
            description: "A text".to_owned(),
            bytes: "y".repeat(length).into_bytes(),
        };
        let options = PdfOptions { edition: Edition::Archive(vec![carried.clone()]), made: None };
        let pdf = render::pdf(&checked, &Style::house(), &options).expect("a PDF").content;
        assert_eq!(render::attachments(&pdf, 1 << 20).expect("attachments"), [(carried.name, carried.bytes)]);
        ends_in_return += usize::from(pdf.windows(12).any(|end| end == b"\r\r\nendstream"));
    }
    assert!(ends_in_return > 0);
}

#[test]
fn a_turned_page_is_shown_turned_and_its_links_lie_on_their_words() {
    let text = "document: declaration\nlanguage: en\nas-of: 2026-11-19\ntitle: T\n---\n\n1. {#one} Before.\n\n\
                annex: Wide\n\ntable: turned\n    A | B\n    see {@one} | b\n";
    let checked = crate::support::compiled(text).checked.expect("no error");
    let file = read_back(&checked, &PdfOptions::default());
    let pages: Vec<&lopdf::Dictionary> =
        file.page_iter().map(|page| file.get_dictionary(page).expect("a page")).collect();
    let turned: Vec<bool> = pages.iter().map(|page| page.has(b"Rotate")).collect();
    assert_eq!(turned, [false, true]);
    let content = file.get_page_content(file.page_iter().nth(1).expect("two pages"));
    assert!(String::from_utf8_lossy(&content).contains("0 1 -1 0 595.276 0 cm"));
    let links = pages[1].get(b"Annots").and_then(Object::as_array).expect("a link");
    let link = file.get_dictionary(links[0].as_reference().expect("a reference")).expect("a link");
    let edges: Vec<f32> = link
        .get(b"Rect")
        .and_then(Object::as_array)
        .expect("edges")
        .iter()
        .map(|edge| edge.as_float().expect("a number"))
        .collect();
    // Higher than wide: its line runs up the sheet.
    assert!(edges[3] - edges[1] > 2.0 * (edges[2] - edges[0]), "{edges:?}");
    let laid = chancery::layout::pages(&checked, &Style::house());
    let line =
        laid.pages[1].lines.iter().find(|line| line.runs.iter().any(|run| run.text.contains("see"))).expect("the line");
    assert!((edges[0]..edges[2]).contains(&(line.baseline as f32 - 1.0)), "{edges:?} {}", line.baseline);
}
