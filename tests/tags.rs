//! The structure of a PDF, read back as a screen reader would: what is read, in
//! which order, and as what.

use std::collections::BTreeMap;

use chancery::layout::style::Style;
use chancery::render::{self, PdfOptions};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::support::compiled;

/// An element of the structure.
pub struct Node {
    pub tag: String,
    pub language: Option<String>,
    /// What is read in place of the letters.
    pub actual: Option<String>,
    pub kids: Vec<Kid>,
    pub dictionary: Dictionary,
}

pub enum Kid {
    Text(String),
    Node(Node),
    /// An annotation.
    Object(ObjectId),
}

/// The structure of a file, from its root.
pub fn read(document: &Document) -> Node {
    let marked: BTreeMap<ObjectId, Vec<String>> =
        document.page_iter().map(|page| (page, marked_contents(document, page))).collect();
    let root = document.catalog().expect("a catalog").get(b"StructTreeRoot").expect("a structure");
    let root = dictionary(document, root);
    node(document, &marked, root.get(b"K").expect("a document"), None)
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> &'a Dictionary {
    document.dereference(object).expect("an object").1.as_dict().expect("a dictionary")
}

/// The text of each marked content of a page, by its number.
fn marked_contents(document: &Document, page: ObjectId) -> Vec<String> {
    let fonts = document.get_page_fonts(page).expect("fonts");
    let encodings: BTreeMap<_, _> = fonts
        .iter()
        .map(|(name, font)| (name.clone(), font.get_font_encoding(document).expect("an encoding")))
        .collect();
    let content = Content::decode(&document.get_page_content(page)).expect("operators");
    let mut texts: Vec<String> = Vec::new();
    let (mut font, mut open) = (Vec::new(), None);
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BDC" => {
                let properties = operation.operands[1].as_dict().expect("properties");
                open = properties.get(b"MCID").ok().map(|number| number.as_i64().expect("a number") as usize);
                if let Some(number) = open {
                    assert_eq!(number, texts.len(), "numbers come one after the other");
                    texts.push(String::new());
                }
            }
            "BMC" => assert!(open.is_none(), "marked contents stand in no other one"),
            "EMC" => open = None,
            "Tf" => font = operation.operands[0].as_name().expect("a font").to_vec(),
            "TJ" => {
                for part in operation.operands[0].as_array().expect("an array") {
                    if let (Object::String(bytes, _), Some(number)) = (part, open) {
                        texts[number].push_str(&Document::decode_text(&encodings[&font], bytes).expect("text"));
                    }
                }
            }
            _ => {}
        }
    }
    texts
}

fn node(
    document: &Document,
    marked: &BTreeMap<ObjectId, Vec<String>>,
    object: &Object,
    page: Option<ObjectId>,
) -> Node {
    let own = dictionary(document, object);
    let page = own.get(b"Pg").and_then(Object::as_reference).ok().or(page);
    let words = |key: &[u8]| own.get(key).ok().map(crate::pdf::text_string);
    let kid = |kid: &Object| match kid {
        Object::Integer(number) => Kid::Text(marked[&page.expect("a page")][*number as usize].clone()),
        Object::Reference(_) => Kid::Node(node(document, marked, kid, None)),
        other => {
            let other = other.as_dict().expect("a dictionary");
            match other.get(b"MCID") {
                Ok(number) => {
                    let page = other.get(b"Pg").and_then(Object::as_reference).expect("a page");
                    Kid::Text(marked[&page][number.as_i64().expect("a number") as usize].clone())
                }
                Err(_) => Kid::Object(other.get(b"Obj").and_then(Object::as_reference).expect("an object")),
            }
        }
    };
    Node {
        tag: String::from_utf8(own.get(b"S").and_then(Object::as_name).expect("a tag").to_vec()).expect("a name"),
        language: words(b"Lang"),
        actual: words(b"ActualText"),
        kids: own.get(b"K").and_then(Object::as_array).map(|kids| kids.iter().map(kid).collect()).unwrap_or_default(),
        dictionary: own.clone(),
    }
}

impl Node {
    /// It and all elements in it.
    pub fn all(&self) -> Vec<&Node> {
        let mut all = vec![self];
        for kid in &self.kids {
            if let Kid::Node(node) = kid {
                all.extend(node.all());
            }
        }
        all
    }

    pub fn tagged(&self, tag: &str) -> Vec<&Node> {
        self.all().into_iter().filter(|node| node.tag == tag).collect()
    }

    fn is_inline(&self) -> bool {
        ["Span", "Link", "Reference", "Lbl"].contains(&self.tag.as_str())
    }

    /// All words in it as they are read, marks of notes in brackets as plain text
    /// has them.
    pub fn words(&self) -> String {
        if let Some(actual) = &self.actual {
            return actual.clone();
        }
        let words: String = self
            .kids
            .iter()
            .map(|kid| match kid {
                Kid::Text(text) => text.clone(),
                Kid::Node(node) if node.tag == "Reference" && node.tagged("Link").is_empty() => {
                    format!("({})", node.words())
                }
                Kid::Node(node) if node.tag == "Lbl" => node.words() + " ",
                Kid::Node(node) if node.is_inline() => node.words(),
                Kid::Node(_) | Kid::Object(_) => String::new(),
            })
            .collect();
        words
    }
}

/// What is read of a document: its paragraphs, and by themselves its notes and
/// the rows of its tables.
#[derive(Default, Debug)]
struct Read {
    paragraphs: Vec<(bool, String)>,
    notes: Vec<String>,
    rows: Vec<String>,
    /// The number of an item without words, which leads into what follows.
    leading: String,
}

fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Read {
    fn node(&mut self, node: &Node, marker: &str) {
        let leads_in = node.tag == "LBody"
            && node.words().trim().is_empty()
            && matches!(node.kids.first(), Some(Kid::Node(first)) if first.tag == "L");
        if leads_in {
            self.leading = marker.to_owned();
        }
        let has_words = node.tag != "LI" && !node.words().trim().is_empty();
        let leading = if has_words { std::mem::take(&mut self.leading) } else { String::new() };
        let mut words = folded(&format!("{leading} {marker} {}", node.words()));
        match node.tag.as_str() {
            "Note" => return self.notes.push(words),
            "TR" => {
                let cells = node.kids.iter().filter_map(|kid| match kid {
                    Kid::Node(cell) => {
                        Some(cell.tagged("P").into_iter().map(Node::words).collect::<Vec<_>>().join(" "))
                    }
                    _ => None,
                });
                self.rows.push(folded(&cells.collect::<Vec<_>>().join(" ")));
                // Items in a cell have lines of their own.
                let items = node.tagged("LI").into_iter().map(|item| {
                    let words =
                        ["Lbl", "LBody"].map(|tag| item.tagged(tag).into_iter().map(Node::words).collect::<String>());
                    folded(&words.join(" "))
                });
                return self.rows.extend(items);
            }
            // Its label is that of its body's first paragraph.
            "LI" => words.clear(),
            _ if leads_in => words.clear(),
            // Plain text has no numbers of pages; sections have none at all.
            "TOCI" => {
                let (before, last) = words.rsplit_once(' ').expect("several words");
                if last.parse::<u32>().is_ok() {
                    words = before.to_owned();
                }
            }
            _ => {}
        }
        if !words.is_empty() {
            self.paragraphs.push((node.tag.starts_with('H'), words));
        }
        let mut marker = String::new();
        for kid in &node.kids {
            let Kid::Node(kid) = kid else { continue };
            match kid.tag.as_str() {
                "Lbl" => marker = kid.words(),
                "LBody" => self.node(kid, &std::mem::take(&mut marker)),
                _ if kid.is_inline() => {}
                _ => self.node(kid, ""),
            }
        }
    }
}

#[test]
fn what_is_read_is_the_plain_text_paragraph_by_paragraph() {
    for (name, _) in crate::examples::all() {
        let checked = crate::examples::compiled(&name).checked.expect("no error");
        let document = crate::pdf::read_back(&checked, &PdfOptions::default());
        let tree = read(&document);
        let mut read = Read::default();
        read.node(&tree, "");
        let flowed = render::flowed(&checked, 50_000);
        let mut lines: Vec<String> =
            flowed.lines().map(folded).filter(|line| !line.chars().all(|c| c == '-' || c == ' ')).collect();
        // The mark of a correction stands at the symbol without brackets.
        if let Some(symbol) = lines[0].strip_suffix('*') {
            lines[0] = format!("{symbol}(*)");
        }
        for apart in read.notes.iter().chain(&read.rows) {
            let at = lines.iter().position(|line| line == apart);
            lines.remove(at.unwrap_or_else(|| panic!("{name}: {apart:?} is not in the plain text")));
        }
        let mut lines = lines.into_iter();
        for (is_heading, words) in &read.paragraphs {
            let mut line = lines.next().unwrap_or_default();
            // A title of several lines is one heading.
            while *is_heading && line.len() < words.len() && words.starts_with(&line) {
                line = format!("{line} {}", lines.next().unwrap_or_default());
            }
            assert_eq!(*words, line, "{name}");
        }
        assert_eq!(lines.collect::<Vec<_>>(), Vec::<String>::new(), "{name}: not read");
    }
}

fn tree_of(text: &str) -> (Document, Node) {
    let checked = compiled(text).checked.expect("no error");
    let document = crate::pdf::read_back(&checked, &PdfOptions::default());
    let tree = read(&document);
    (document, tree)
}

#[test]
fn numbered_paragraphs_are_lists_with_labels_and_bodies() {
    let (_, tree) = tree_of(
        "1. First:\n\n  (a) letter\n\n    (i) numeral\n\n  (b) another\n\n2. Second\n\nheading: A heading\n\n3. Third\n",
    );
    let lists = tree.tagged("L");
    let numbering = |node: &Node| {
        let attributes = node.dictionary.get(b"A").and_then(Object::as_dict).expect("attributes");
        String::from_utf8_lossy(attributes.get(b"ListNumbering").and_then(Object::as_name).expect("a name"))
            .into_owned()
    };
    let found: Vec<(String, usize)> = lists.iter().map(|list| (numbering(list), list.kids.len())).collect();
    let expected = [("Decimal", 2), ("LowerAlpha", 2), ("LowerRoman", 1), ("Decimal", 1)];
    assert_eq!(found, expected.map(|(name, count)| (name.to_owned(), count)));
    let labels: Vec<String> = tree.tagged("Lbl").into_iter().map(Node::words).collect();
    assert_eq!(labels, ["1.", "(a)", "(i)", "(b)", "2.", "3."]);
}

#[test]
fn a_paragraph_over_two_pages_is_one_element() {
    let (document, tree) = tree_of(&format!("#. {}\n\n#. {}\n", "one ".repeat(700), "two ".repeat(700)));
    assert!(document.get_pages().len() > 1);
    let bodies = tree.tagged("LBody");
    assert_eq!(bodies.len(), 2);
    assert_eq!(folded(&bodies[1].words()), "two ".repeat(700).trim());
}

#[test]
fn headings_never_leave_out_a_level() {
    for text in [
        "heading: Alone\n\n1. x\n",
        "section: One\n\nheading: In it\n\n1. x\n\nsection: Two\n\n2. y\n",
        "1. x\n\nannex: \n\nheading: Of the annex\n\n1. y\n",
        include_str!("../examples/everything.en.decl"),
    ] {
        let (_, tree) = tree_of(text);
        let mut last = 0;
        for node in tree.all().into_iter().filter(|node| node.tag.len() == 2 && node.tag.starts_with('H')) {
            let level: usize = node.tag[1..].parse().expect("a level");
            assert!(level <= last + 1, "{} after H{last} in {text}", node.tag);
            last = level;
        }
        assert!(last > 0);
    }
}

#[test]
fn raised_letters_and_a_letter_spaced_city_are_read_as_words() {
    let (_, tree) = tree_of(include_str!("../examples/asian-partners.fr.decl"));
    let actual: Vec<String> = tree.all().iter().filter_map(|node| node.actual.clone()).collect();
    assert_eq!(actual, ["no", "no", "no", "no"]);
    let volume = crate::examples::compiled("examples/archives-volume.en.decl").checked.expect("no error");
    let tree = read(&crate::pdf::read_back(&volume, &PdfOptions::default()));
    let actual: Vec<String> = tree.all().iter().filter_map(|node| node.actual.clone()).collect();
    assert_eq!(actual, ["Tirana"]);
}

#[test]
fn every_passage_in_another_language_says_so() {
    let (document, tree) = tree_of(include_str!("../examples/asian-partners.fr.decl"));
    assert_eq!(crate::pdf::text_string(document.catalog().expect("a catalog").get(b"Lang").expect("Lang")), "fr");
    let english: Vec<String> = tree
        .all()
        .iter()
        .filter(|node| node.language.as_deref() == Some("en"))
        .map(|node| folded(&node.words()))
        .collect();
    assert_eq!(english, ["4 December 2020", "FRENCH", "Original: ENGLISH"]);
    let (_, tree) = tree_of("1. We say {lang fr: « la coopération »} of it.\n");
    let spans: Vec<(String, String)> = tree
        .tagged("Span")
        .into_iter()
        .map(|node| (node.language.clone().expect("a language"), folded(&node.words())))
        .collect();
    assert_eq!(spans[0], ("fr".to_owned(), "« la coopération »".to_owned()));
}

#[test]
fn tables_have_header_cells_and_a_row_that_is_repeated_is_read_once() {
    let rows: String = (0..60).map(|n| format!("  {n} | word {n}\n")).collect();
    let (document, tree) = tree_of(&format!("1. Table:\n\ntable:\n  Number | Words{{note: A note.}}\n{rows}"));
    assert!(document.get_pages().len() > 1);
    let headers = tree.tagged("TH");
    assert_eq!(headers.len(), 2);
    for header in headers {
        let attributes = header.dictionary.get(b"A").and_then(Object::as_dict).expect("attributes");
        assert_eq!(attributes.get(b"Scope").and_then(Object::as_name).expect("a scope"), b"Column");
    }
    assert_eq!(tree.tagged("TR").len(), 61);
    assert_eq!(tree.tagged("TD").len(), 120);
    let notes = tree.tagged("Note");
    assert_eq!(notes.len(), 1);
    assert!(notes[0].dictionary.has(b"ID"));
    assert_eq!(folded(&notes[0].words()), "1 A note.");
}

#[test]
fn a_link_over_two_lines_is_one_element_that_says_all_its_words() {
    let text = format!("1. {} {{MC.DEC/3/13: the Kyiv text that is as long as a line of it}}.\n", "word ".repeat(14));
    let (document, tree) = tree_of(&text);
    let links = tree.tagged("Link");
    assert_eq!(links.len(), 1);
    let annotations: Vec<ObjectId> = links[0]
        .kids
        .iter()
        .filter_map(|kid| match kid {
            Kid::Object(id) => Some(*id),
            _ => None,
        })
        .collect();
    assert_eq!(annotations.len(), 2);
    for id in annotations {
        let annotation = document.get_dictionary(id).expect("an annotation");
        let words = crate::pdf::text_string(annotation.get(b"Contents").expect("words"));
        assert_eq!(words, "the Kyiv text that is as long as a line of it");
        assert!(annotation.has(b"StructParent"));
    }
}

/// What poppler reads of the structure is what we read of it.
#[test]
#[ignore = "needs pdfinfo"]
fn pdfinfo_reads_the_same_text_in_the_same_order() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, _) in crate::examples::all() {
        let file = folder.path().join("example.pdf");
        let checked = crate::examples::compiled(&name).checked.expect("no error");
        let bytes = render::pdf(&checked, &Style::house(), &PdfOptions::default()).expect("a PDF").content;
        std::fs::write(&file, &bytes).expect("written");
        let output =
            std::process::Command::new("pdfinfo").arg("-struct-text").arg(&file).output().expect("pdfinfo runs");
        let output = String::from_utf8(output.stdout).expect("UTF-8");
        let read: String = output
            .lines()
            .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"'))
            .flat_map(str::chars)
            .filter(|c| !c.is_whitespace())
            .collect();
        let tree = super::tags::read(&Document::load_mem(&bytes).expect("it can be read"));
        let mut drawn = String::new();
        letters(&tree, &mut drawn);
        assert_eq!(read, drawn, "{name}");
    }
}

fn letters(node: &Node, out: &mut String) {
    for kid in &node.kids {
        match kid {
            Kid::Text(text) => out.extend(text.chars().filter(|c| !c.is_whitespace())),
            Kid::Node(node) => letters(node, out),
            Kid::Object(_) => {}
        }
    }
}
