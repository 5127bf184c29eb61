//! Word files: what must hold in each, and that a broken one is seen.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use chancery::compare::{Comparison, LeafKind, Leaves, Side, WordKind};
use chancery::compile::Compilation;
use chancery::ooxml::names::{leaf_bookmark, leaf_of_bookmark};
use chancery::render::{self, DocxOptions, RedlineOptions};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::drafts::{compiled_draft, pairs};
use crate::examples::compiled as example;
use crate::properties::changed_example;
use crate::support::{HEADER, cases, compiled, compiled_bytes};

/// The parts of a file by their paths.
pub type Parts = BTreeMap<String, String>;

pub fn parts_of(bytes: &[u8]) -> Parts {
    let archive = rawzip::ZipArchive::from_slice(bytes).expect("a zip file");
    let mut parts = Parts::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().expect("an entry") {
        let path = entry.file_path().try_normalize().expect("a path").as_ref().to_owned();
        let inside = archive.get_entry(entry.wayfinder()).expect("an entry");
        let mut text = String::new();
        flate2::read::DeflateDecoder::new(inside.data()).read_to_string(&mut text).expect("UTF-8");
        assert!(parts.insert(path.clone(), text).is_none(), "{path} is there twice");
    }
    parts
}

/// An element: its name with its prefix, what it says of itself, what is in it.
#[derive(Clone, Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    inside: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    fn elements(&self) -> impl Iterator<Item = &Element> {
        self.inside.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    fn value(&self) -> &str {
        self.attribute("w:val")
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// All elements, this one first, each with those around it.
    fn each<'e>(&'e self, around: &mut Vec<&'e str>, visit: &mut dyn FnMut(&'e Element, &[&'e str])) {
        visit(self, around);
        around.push(&self.name);
        self.elements().for_each(|element| element.each(around, visit));
        around.pop();
    }

    fn all<'e>(&'e self, name: &str) -> Vec<&'e Element> {
        let mut found = Vec::new();
        self.each(&mut Vec::new(), &mut |element, _| {
            if element.name == name {
                found.push(element);
            }
        });
        found
    }
}

fn read(xml: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    let begun = |start: &BytesStart<'_>| -> Result<Element, String> {
        let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
        let mut attributes = BTreeMap::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
            let value = String::from_utf8_lossy(&attribute.value).into_owned();
            attributes
                .insert(key, quick_xml::escape::unescape(&value).map_err(|error| error.to_string())?.into_owned());
        }
        Ok(Element { name, attributes, inside: Vec::new() })
    };
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => open.push(begun(&start)?),
            Event::Empty(start) => {
                let element = begun(&start)?;
                open.last_mut().ok_or("nothing is open")?.inside.push(Node::Element(element));
            }
            Event::End(_) => {
                let done = open.pop().ok_or("nothing is open")?;
                open.last_mut().ok_or("nothing is open")?.inside.push(Node::Element(done));
            }
            Event::Text(text) => {
                let text = String::from_utf8_lossy(&text).into_owned();
                open.last_mut().ok_or("nothing is open")?.inside.push(Node::Text(text));
            }
            Event::GeneralRef(name) => {
                let name = String::from_utf8_lossy(&name).into_owned();
                let text =
                    quick_xml::escape::unescape(&format!("&{name};")).map_err(|error| error.to_string())?.into_owned();
                open.last_mut().ok_or("nothing is open")?.inside.push(Node::Text(text));
            }
            Event::DocType(_) => return Err("a DTD".to_owned()),
            Event::Eof => break,
            _ => {}
        }
    }
    let mut root = open.pop().ok_or("nothing is open")?;
    match root.inside.pop() {
        Some(Node::Element(element)) => Ok(element),
        _ => Err("no element".to_owned()),
    }
}

/// What must hold of any Word file that we write: each rule by its name.
pub fn broken(parts: &Parts) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut read_parts: BTreeMap<&str, Element> = BTreeMap::new();
    for (path, content) in parts {
        match read(content) {
            Ok(root) => drop(read_parts.insert(path, root)),
            Err(error) => wrong.push(format!("xml: {path}: {error}")),
        }
    }
    relations(&read_parts, parts, &mut wrong);
    places(&read_parts, &mut wrong);
    styles_and_lists(&read_parts, &mut wrong);
    for (path, root) in &read_parts {
        if path.starts_with("word/") && !path.ends_with(".rels") {
            changes(path, root, &mut wrong);
            fields(path, root, &mut wrong);
            words(path, root, &mut wrong);
            order(path, root, &mut wrong);
        }
    }
    notes(&read_parts, &mut wrong);
    wrong
}

fn relations(read: &BTreeMap<&str, Element>, parts: &Parts, wrong: &mut Vec<String>) {
    let Some(types) = read.get("[Content_Types].xml") else { return wrong.push("content-types: none".to_owned()) };
    let told: BTreeSet<&str> = types.all("Override").iter().map(|told| told.attribute("PartName")).collect();
    for path in parts.keys().filter(|path| path.ends_with(".xml") && *path != "[Content_Types].xml") {
        if !told.contains(format!("/{path}").as_str()) {
            wrong.push(format!("content-types: nothing says what {path} is"));
        }
    }
    for told in told {
        if !parts.contains_key(told.trim_start_matches('/')) {
            wrong.push(format!("content-types: {told} is not there"));
        }
    }
    for (path, root) in read {
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        if let Some(of) = name.strip_suffix(".rels") {
            for relation in root.all("Relationship").iter().filter(|one| one.attribute("TargetMode") != "External") {
                let base = folder.trim_end_matches("_rels");
                if !parts.contains_key(&format!("{base}{}", relation.attribute("Target"))) {
                    wrong.push(format!("relation: {of} leads to {}", relation.attribute("Target")));
                }
            }
            continue;
        }
        let own = read.get(format!("{folder}/_rels/{name}.rels").as_str());
        let ids: BTreeSet<&str> =
            own.iter().flat_map(|own| own.all("Relationship")).map(|one| one.attribute("Id")).collect();
        root.each(&mut Vec::new(), &mut |element, _| {
            let id = element.attribute("r:id");
            if !id.is_empty() && !ids.contains(id) {
                wrong.push(format!("relation: {path} names {id}"));
            }
        });
    }
}

fn places(read: &BTreeMap<&str, Element>, wrong: &mut Vec<String>) {
    let (mut names, mut ids, mut ends) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for root in read.values() {
        for start in root.all("w:bookmarkStart") {
            let name = start.attribute("w:name");
            if !names.insert(name) {
                wrong.push(format!("bookmark-name: {name} is there twice"));
            }
            if name.len() > 40 {
                wrong.push(format!("bookmark-name: {name} is too long"));
            }
            if !ids.insert(start.attribute("w:id")) {
                wrong.push(format!("bookmark-id: that of {name} is there twice"));
            }
        }
        ends.extend(root.all("w:bookmarkEnd").iter().map(|end| end.attribute("w:id")));
    }
    if ids != ends {
        wrong.push("bookmark-end: not all that begin end".to_owned());
    }
    for (path, root) in read {
        for code in root.all("w:instrText") {
            let text = text_of(code);
            let mut words = text.split_whitespace();
            if let (Some("REF" | "PAGEREF"), Some(name)) = (words.next(), words.next())
                && !names.contains(name)
            {
                wrong.push(format!("reference: {path}: {name} is nowhere"));
            }
        }
        for link in root.all("w:hyperlink") {
            let anchor = link.attribute("w:anchor");
            if !anchor.is_empty() && !names.contains(anchor) {
                wrong.push(format!("reference: {path}: {anchor} is nowhere"));
            }
        }
    }
}

fn text_of(element: &Element) -> String {
    let text = |node: &Node| match node {
        Node::Text(text) => text.clone(),
        Node::Element(element) => text_of(element),
    };
    element.inside.iter().map(text).collect()
}

fn styles_and_lists(read: &BTreeMap<&str, Element>, wrong: &mut Vec<String>) {
    let values = |path: &str, name: &str, key: &str| -> BTreeSet<String> {
        let all = read.get(path).map(|root| root.all(name)).unwrap_or_default();
        all.iter().map(|element| element.attribute(key).to_owned()).collect()
    };
    let styles = values("word/styles.xml", "w:style", "w:styleId");
    let lists = values("word/numbering.xml", "w:num", "w:numId");
    let kinds = values("word/numbering.xml", "w:abstractNum", "w:abstractNumId");
    for (path, root) in read {
        root.each(&mut Vec::new(), &mut |element, around| match element.name.as_str() {
            "w:pStyle" | "w:rStyle" | "w:basedOn" | "w:next" if !styles.contains(element.value()) => {
                wrong.push(format!("style: {path}: {} is none", element.value()));
            }
            "w:numId" if element.value() != "0" && !lists.contains(element.value()) => {
                wrong.push(format!("list: {path}: {} is none", element.value()));
            }
            "w:abstractNumId" if around.last() == Some(&"w:num") && !kinds.contains(element.value()) => {
                wrong.push(format!("list: {path}: kind {} is none", element.value()));
            }
            _ => {}
        });
    }
}

const CHANGES: [&str; 4] = ["w:ins", "w:del", "w:moveFrom", "w:moveTo"];

fn changes(path: &str, root: &Element, wrong: &mut Vec<String>) {
    let mut ids = BTreeSet::new();
    let (mut from, mut to) = (BTreeSet::new(), BTreeSet::new());
    root.each(&mut Vec::new(), &mut |element, around| {
        let name = element.name.as_str();
        let is_range = matches!(name, "w:moveFromRangeStart" | "w:moveToRangeStart");
        if CHANGES.contains(&name) || name == "w:pPrChange" || is_range {
            if !ids.insert(element.attribute("w:id")) {
                wrong.push(format!("change-id: {path}: {} is there twice", element.attribute("w:id")));
            }
            if element.attribute("w:author").is_empty() {
                wrong.push(format!("change-author: {path}: a change is nobody's"));
            }
        }
        match name {
            "w:moveFromRangeStart" => drop(from.insert(element.attribute("w:name"))),
            "w:moveToRangeStart" => drop(to.insert(element.attribute("w:name"))),
            "w:t" | "w:instrText" if around.contains(&"w:del") => wrong.push(format!("gone: {path}: {name} in w:del")),
            "w:delText" if !around.contains(&"w:del") => wrong.push(format!("gone: {path}: w:delText outside w:del")),
            _ => {}
        }
    });
    if from != to {
        wrong.push(format!("move: {path}: not all that leave arrive"));
    }
}

fn fields(path: &str, root: &Element, wrong: &mut Vec<String>) {
    for paragraph in root.all("w:p") {
        let mut state = "end";
        let mut good = true;
        for sign in paragraph.all("w:fldChar") {
            let kind = sign.attribute("w:fldCharType");
            good &= matches!((state, kind), ("end", "begin") | ("begin", "separate") | ("separate", "end"));
            state = kind;
        }
        if !good || state != "end" {
            wrong.push(format!("field: {path}: one is open"));
        }
    }
}

fn words(path: &str, root: &Element, wrong: &mut Vec<String>) {
    const HOLD: [&str; 4] = ["w:t", "w:delText", "w:instrText", "w:delInstrText"];
    root.each(&mut Vec::new(), &mut |element, around| {
        let has_words = element.inside.iter().any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty()));
        if has_words && !HOLD.contains(&element.name.as_str()) {
            wrong.push(format!("words: {path}: raw text in {}", element.name));
        }
        if element.name == "w:r" && element.child("w:t").is_some() {
            let language = element.child("w:rPr").and_then(|look| look.child("w:lang")).map(Element::value);
            if language.is_none_or(str::is_empty) {
                wrong.push(format!("language: {path}: a run has none"));
            }
        }
        if element.name == "w:tc" && element.elements().last().is_none_or(|last| last.name != "w:p") {
            wrong.push(format!("cell: {path}: one ends without a paragraph"));
        }
        if element.name == "w:t" && around.last() != Some(&"w:r") {
            wrong.push(format!("words: {path}: w:t outside a run"));
        }
    });
}

/// What may stand in an element, in this order.
const ORDERS: [(&str, &[&str]); 5] = [
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:pageBreakBefore",
            "w:widowControl",
            "w:numPr",
            "w:pBdr",
            "w:tabs",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
            "w:pPrChange",
        ],
    ),
    (
        "w:rPr",
        &[
            "w:ins",
            "w:del",
            "w:moveFrom",
            "w:moveTo",
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:caps",
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:vertAlign",
            "w:lang",
        ],
    ),
    ("w:trPr", &["w:cantSplit", "w:tblHeader", "w:ins", "w:del"]),
    ("w:tblPr", &["w:tblW", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblCellMar"]),
    (
        "w:sectPr",
        &[
            "w:headerReference",
            "w:footerReference",
            "w:footnotePr",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:pgNumType",
            "w:titlePg",
        ],
    ),
];

fn order(path: &str, root: &Element, wrong: &mut Vec<String>) {
    for (name, order) in ORDERS {
        for element in root.all(name) {
            let places: Vec<Option<usize>> =
                element.elements().map(|inside| order.iter().position(|known| *known == inside.name)).collect();
            if places.contains(&None) || !places.is_sorted() {
                let found: Vec<&str> = element.elements().map(|inside| inside.name.as_str()).collect();
                wrong.push(format!("order: {path}: {name} has {found:?}"));
            }
        }
    }
}

fn notes(read: &BTreeMap<&str, Element>, wrong: &mut Vec<String>) {
    let (Some(main), Some(notes)) = (read.get("word/document.xml"), read.get("word/footnotes.xml")) else { return };
    let there: BTreeSet<&str> = notes.all("w:footnote").iter().map(|note| note.attribute("w:id")).collect();
    let mut seen = BTreeSet::new();
    for mark in main.all("w:footnoteReference") {
        let id = mark.attribute("w:id");
        if !there.contains(id) {
            wrong.push(format!("note: {id} is not there"));
        }
        if !seen.insert(id) {
            wrong.push(format!("note: {id} has two marks"));
        }
    }
}

fn word_file(compilation: &Compilation) -> Vec<u8> {
    let checked = compilation.checked.as_ref().expect("no error");
    let options = DocxOptions { source: Some("sha256:00".to_owned()), made: None };
    render::docx(checked, &compilation.style, &options).expect("a file").content
}

fn redlined(old: &Compilation, new: &Compilation) -> Vec<u8> {
    let (a, b) = (Side::of(old).expect("a document"), Side::of(new).expect("a document"));
    let comparison = Comparison::of(&a, &b);
    let options =
        RedlineOptions { author: "A Drafter".to_owned(), date: Some(jiff::civil::date(2026, 12, 4).at(0, 0, 0, 0)) };
    render::redline((&a, &b), &comparison, &new.style, &options).expect("a file")
}

/// How a file with changes is read.
#[derive(Clone, Copy, PartialEq)]
enum As {
    Accepted,
    Rejected,
}

/// A paragraph as it is read: its style, the number that Word counts, its words.
type Line = (String, String, String);

/// Counts as Word does.
struct Counter {
    /// Kind, and the numbers that levels begin with, by list.
    lists: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    /// What levels print: template, how they count.
    levels: BTreeMap<(String, usize), (String, String)>,
    /// The list and level of a style.
    styles: BTreeMap<String, (String, usize)>,
    counts: BTreeMap<String, Vec<Option<u32>>>,
    used: BTreeSet<(String, usize)>,
}

impl Counter {
    fn of(parts: &Parts) -> Counter {
        let numbering = read(&parts["word/numbering.xml"]).expect("XML");
        let styles = read(&parts["word/styles.xml"]).expect("XML");
        let mut counter = Counter {
            lists: BTreeMap::new(),
            levels: BTreeMap::new(),
            styles: BTreeMap::new(),
            counts: BTreeMap::new(),
            used: BTreeSet::new(),
        };
        for kind in numbering.all("w:abstractNum") {
            for level in kind.all("w:lvl") {
                let at = level.attribute("w:ilvl").parse().expect("a number");
                let value = |name: &str| level.child(name).expect(name).value().to_owned();
                let of = kind.attribute("w:abstractNumId").to_owned();
                counter.levels.insert((of, at), (value("w:lvlText"), value("w:numFmt")));
            }
        }
        for list in numbering.all("w:num") {
            let kind = list.child("w:abstractNumId").expect("a kind").value().to_owned();
            let begins = list.all("w:lvlOverride").into_iter().map(|level| {
                let start = level.child("w:startOverride").expect("a start").value();
                (level.attribute("w:ilvl").parse().expect("a number"), start.parse().expect("a number"))
            });
            counter.lists.insert(list.attribute("w:numId").to_owned(), (kind, begins.collect()));
        }
        for style in styles.all("w:style") {
            if let Some(place) = style.child("w:pPr").and_then(place_in_list) {
                counter.styles.insert(style.attribute("w:styleId").to_owned(), place);
            }
        }
        counter
    }

    fn number(&mut self, properties: Option<&Element>) -> String {
        let style = properties.and_then(|properties| properties.child("w:pStyle")).map_or("", Element::value);
        let place = properties.and_then(place_in_list).or_else(|| self.styles.get(style).cloned());
        let Some((list, level)) = place.filter(|(list, _)| list != "0") else { return String::new() };
        let (kind, begins) = self.lists[&list].clone();
        let counts = self.counts.entry(kind.clone()).or_insert_with(|| vec![None; 9]);
        let is_first = self.used.insert((list, level));
        let next = match begins.get(&level).filter(|_| is_first) {
            Some(start) => *start,
            None => counts[level].map_or(1, |count| count + 1),
        };
        counts[level] = Some(next);
        counts[level + 1..].fill(None);
        let counts = counts.clone();
        let mut text = self.levels[&(kind.clone(), level)].0.clone();
        for (at, count) in counts.iter().enumerate() {
            let count = count.unwrap_or(1);
            let how = self.levels[&(kind.clone(), at)].1.as_str();
            text = text.replace(&format!("%{}", at + 1), &counted(how, count));
        }
        text
    }
}

fn place_in_list(properties: &Element) -> Option<(String, usize)> {
    let place = properties.child("w:numPr")?;
    let level = place.child("w:ilvl").map_or(0, |level| level.value().parse().expect("a number"));
    Some((place.child("w:numId")?.value().to_owned(), level))
}

fn counted(how: &str, count: u32) -> String {
    let letter = |all: &str| all.chars().cycle().nth(count as usize - 1).expect("a letter").to_string();
    let letters = |all: &str| letter(all).repeat((count as usize - 1) / all.chars().count() + 1);
    match how {
        "bullet" => String::new(),
        "decimal" => count.to_string(),
        "lowerLetter" => letters("abcdefghijklmnopqrstuvwxyz"),
        "upperLetter" => letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "russianLower" => letters("абвгдежзиклмнопрстуфхцчшщ"),
        "russianUpper" => letters("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩ"),
        "lowerRoman" => chancery::syntax::to_roman(count),
        "upperRoman" => chancery::syntax::to_roman(count).to_uppercase(),
        other => panic!("{other}"),
    }
}

/// The paragraphs of a file, its changes accepted or rejected. What has no words is left out.
fn lines(parts: &Parts, how: As) -> Vec<Line> {
    let root = read(&parts["word/document.xml"]).expect("XML");
    let mut counter = Counter::of(parts);
    let mut all = Vec::new();
    let gone = match how {
        As::Accepted => ["w:del", "w:moveFrom"],
        As::Rejected => ["w:ins", "w:moveTo"],
    };
    let mut carried = String::new();
    for paragraph in root.all("w:p") {
        let own = paragraph.child("w:pPr");
        let was = own.and_then(|own| own.child("w:pPrChange")).and_then(|change| change.child("w:pPr"));
        let properties = if how == As::Rejected { was.or(own) } else { own };
        let text = words_left(paragraph, &gone);
        let mark = own.and_then(|own| own.child("w:rPr"));
        if mark.is_some_and(|mark| mark.elements().any(|sign| gone.contains(&sign.name.as_str()))) {
            carried.push_str(&text);
            continue;
        }
        let style = properties.and_then(|properties| properties.child("w:pStyle")).map_or("", Element::value);
        let number = counter.number(properties);
        let text = std::mem::take(&mut carried) + &text;
        if !text.is_empty() || !number.is_empty() {
            all.push((style.to_owned(), number, text));
        }
    }
    assert!(carried.is_empty(), "the end of a text is gone, and its words are not: {carried}");
    all
}

fn words_left(element: &Element, gone: &[&str]) -> String {
    let mut out = String::new();
    for inside in element.elements() {
        match inside.name.as_str() {
            name if gone.contains(&name) => {}
            "w:pPr" | "w:rPr" | "w:instrText" | "w:delInstrText" => {}
            "w:t" | "w:delText" => out.push_str(&text_of(inside)),
            "w:tab" => out.push('\t'),
            "w:noBreakHyphen" => out.push('-'),
            "w:footnoteReference" => out.push('*'),
            _ => out.push_str(&words_left(inside, gone)),
        }
    }
    out
}

/// Examples of all constructs.
const EXAMPLES: [&str; 6] =
    ["everything.en", "journal.en", "archives-volume.en", "pc-decision-timetable.de", "rules.en", "archives.ru"];

fn all_examples() -> Vec<String> {
    let name = |(path, _): (String, String)| path.trim_start_matches("examples/").trim_end_matches(".decl").to_owned();
    crate::examples::all().into_iter().map(name).collect()
}

/// Each leaf's words beside those of its bookmark.
fn leaves_are_there(name: &str, compilation: &Compilation, parts: &Parts) {
    let document = compilation.document.as_ref().expect("a document");
    // Those of texts that are appended are counted on.
    let documents = std::iter::once(document).chain(document.appended.iter().map(|member| &member.document));
    let leaves: Vec<_> = documents.flat_map(|document| Leaves::of(&Side::of_document(document)).list).collect();
    let mut open: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for path in ["word/document.xml", "word/footnotes.xml"] {
        let root = read(&parts[path]).expect("XML");
        root.each(&mut Vec::new(), &mut |element, around| match element.name.as_str() {
            "w:bookmarkStart" => {
                let name = element.attribute("w:name").to_owned();
                open.insert(element.attribute("w:id").to_owned(), (name, String::new()));
            }
            "w:bookmarkEnd" => {
                let (name, text) = open.remove(element.attribute("w:id")).expect("it is open");
                found.insert(name, text);
            }
            "w:t" => open.values_mut().for_each(|(_, words)| words.push_str(&text_of(element))),
            "w:noBreakHyphen" => open.values_mut().for_each(|(_, words)| words.push('-')),
            "w:footnoteReference" if around.contains(&"w:p") => {}
            _ => {}
        });
    }
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let mut seen = 0;
    for (at, leaf) in leaves.iter().enumerate() {
        let Some(words) = found.get(&leaf_bookmark(at)) else { continue };
        seen += 1;
        // A note's mark is a figure in a leaf and none in Word, and the cover's city is spaced.
        let expected: String = leaf
            .words
            .words
            .iter()
            .filter(|word| word.kind != WordKind::NoteMark)
            .map(|word| leaf.words.of(word))
            .collect();
        assert_eq!(letters(words).to_lowercase(), letters(&expected).to_lowercase(), "{name}: leaf {at}");
    }
    // Only what stands in heads of pages, or in no place at all, has none.
    let heads = leaves.iter().filter(|leaf| leaf.kind == LeafKind::Head).count();
    assert!(seen + heads >= leaves.len(), "{name}: {seen} of {} leaves", leaves.len());
    let known = found.keys().filter_map(|name| leaf_of_bookmark(name));
    assert!(known.max().is_none_or(|last| last < leaves.len()), "{name}: bookmarks beyond the leaves");
}

/// All numbers that are printed, in the order of reading: those that Word counts, and those typed before a tab.
fn numbers_are_ours(name: &str, compilation: &Compilation, parts: &Parts) {
    let document = compilation.document.as_ref().expect("a document");
    let documents = std::iter::once(document).chain(document.appended.iter().map(|member| &member.document));
    let leaves = documents.flat_map(|document| Leaves::of(&Side::of_document(document)).list);
    let items = leaves.filter(|leaf| leaf.kind == LeafKind::Item).filter_map(|leaf| leaf.label);
    let labels: Vec<String> = items.filter(|label| !label.is_empty()).collect();
    let mut printed = Vec::new();
    for (style, number, text) in lines(parts, As::Accepted) {
        if style.starts_with("Heading") || style.starts_with("TOC") || style.starts_with("Table") {
            continue;
        }
        printed.extend(Some(number).filter(|number| !number.is_empty()));
        let typed = text.rsplit_once('\t').map_or("", |(before, _)| before);
        printed.extend(typed.split('\t').filter(|label| !label.is_empty()).map(str::to_owned));
    }
    assert_eq!(printed, labels, "{name}");
}

fn holds(name: &str) {
    let compilation = example(&format!("examples/{name}.decl"));
    let bytes = word_file(&compilation);
    assert_eq!(bytes, word_file(&compilation), "{name} is not the same twice");
    let parts = parts_of(&bytes);
    let wrong = broken(&parts);
    assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
    leaves_are_there(name, &compilation, &parts);
    numbers_are_ours(name, &compilation, &parts);
}

#[test]
fn examples_are_sound_files_with_our_numbers_and_leaves() {
    EXAMPLES.iter().for_each(|name| holds(name));
}

#[test]
#[ignore = "needs time: every example; `.ci/edges word` runs it"]
fn every_example_is_a_sound_file() {
    all_examples().iter().for_each(|name| holds(name));
}

/// A text with all that a file can have, and another draft of it.
const OLD: &str = "\
1. {#lists} We encourage the *participating* States to publish{note: In a form that can be read.}:

   a. {#first} lists of all texts;

   b. [FR: all | DE: some] of their summaries [TBC];

2. We return to {@lists} and to {@first}.

3. A paragraph that will be moved, as it stands in the wrong place here.

4. We thank the host.

table:
  A | B
  one | two
  three | four
";

/// What is replaced in a part, and the rule that then is broken.
const TWINS: [(&str, &str, &str, &str); 18] = [
    ("xml", "word/document.xml", "</w:body>", ""),
    ("content-types", "[Content_Types].xml", "/word/footnotes.xml", "/word/footnote.xml"),
    ("relation", "word/_rels/document.xml.rels", "Target=\"footnotes.xml\"", "Target=\"footnote.xml\""),
    ("relation", "word/document.xml", "r:id=\"rHead1\"", "r:id=\"rHead99\""),
    ("bookmark-name", "word/document.xml", "w:name=\"ch_2\"", "w:name=\"ch_1\""),
    ("bookmark-id", "word/document.xml", "<w:bookmarkStart w:id=\"2\"", "<w:bookmarkStart w:id=\"1\""),
    ("bookmark-end", "word/document.xml", "<w:bookmarkEnd w:id=\"2\"/>", ""),
    ("reference", "word/document.xml", " REF _Ref_", " REF _Ref_99"),
    ("style", "word/document.xml", "<w:pStyle w:val=\"Title\"/>", "<w:pStyle w:val=\"Titel\"/>"),
    ("list", "word/styles.xml", "<w:numId w:val=\"1\"/>", "<w:numId w:val=\"77\"/>"),
    ("field", "word/document.xml", "<w:fldChar w:fldCharType=\"end\"/>", ""),
    ("words", "word/document.xml", "</w:pPr>", "</w:pPr>words"),
    ("language", "word/document.xml", "<w:lang w:val=\"en-GB\"/></w:rPr><w:t ", "</w:rPr><w:t "),
    ("cell", "word/document.xml", "</w:p></w:tc>", "</w:p><w:r/></w:tc>"),
    ("order", "word/document.xml", "<w:cantSplit/><w:tblHeader/>", "<w:tblHeader/><w:cantSplit/>"),
    ("note", "word/document.xml", "<w:footnoteReference w:id=\"1\"/>", "<w:footnoteReference w:id=\"9\"/>"),
    (
        "note",
        "word/document.xml",
        "<w:footnoteReference w:id=\"1\"/>",
        "<w:footnoteReference w:id=\"1\"/><w:footnoteReference w:id=\"1\"/>",
    ),
    ("order", "word/document.xml", "<w:keepNext/>", "<w:keepNext/><w:pStyle w:val=\"Title\"/>"),
];

/// The same of a file with changes.
const CHANGED_TWINS: [(&str, &str, &str); 6] = [
    ("change-id", "w:id=\"1000002\" w:author", "w:id=\"1000001\" w:author"),
    ("change-author", " w:author=\"A Drafter\"", ""),
    ("gone", "<w:delText xml:space=\"preserve\">", "<w:t xml:space=\"preserve\">"),
    ("move", "w:name=\"move1\"", "w:name=\"move9\""),
    ("gone", "<w:t xml:space=\"preserve\">We ", "<w:delText xml:space=\"preserve\">We "),
    ("order", "<w:pPr><w:pStyle", "<w:pPr><w:jc w:val=\"left\"/><w:pStyle"),
];

fn breaks(rule: &str, parts: &Parts, path: &str, from: &str, to: &str) {
    let mut parts = parts.clone();
    let content = parts.get_mut(path).expect(path);
    assert!(content.contains(from), "{rule}: {path} has no {from}");
    *content = content.replacen(from, to, 1);
    // What ends with the same name goes along.
    if from.starts_with("<w:delText") {
        *content = content.replacen("</w:delText>", "</w:t>", 1);
    } else if to.starts_with("<w:delText") {
        let at = content.find(to).expect("it is there");
        let (before, after) = content.split_at(at);
        *content = format!("{before}{}", after.replacen("</w:t>", "</w:delText>", 1));
    }
    let wrong = broken(&parts);
    assert!(wrong.iter().any(|wrong| wrong.starts_with(&format!("{rule}:"))), "{rule} by {from}: {wrong:?}");
}

#[test]
fn each_rule_sees_a_broken_file() {
    let parts = parts_of(&word_file(&compiled(OLD)));
    assert_eq!(broken(&parts), Vec::<String>::new());
    for (rule, path, from, to) in TWINS {
        breaks(rule, &parts, path, from, to);
    }
    let new = moved(OLD);
    let parts = parts_of(&redlined(&compiled(OLD), &compiled(&new)));
    assert_eq!(broken(&parts), Vec::<String>::new());
    for (rule, from, to) in CHANGED_TWINS {
        breaks(rule, &parts, "word/document.xml", from, to);
    }
}

/// Another draft: a paragraph moved, words exchanged, a row in and one out.
fn moved(old: &str) -> String {
    let paragraph = "3. A paragraph that will be moved, as it stands in the wrong place here.\n\n";
    let without =
        old.replace(paragraph, "").replace("4. We", "4. We sincerely").replace("lists of all", "the lists of");
    let without = without.replace("  three | four\n", "").replace("  one |", "  zero | nought\n  one |");
    without.replacen("1. {#lists}", &format!("{paragraph}1. {{#lists}}"), 1)
}

/// Accepted, changes give the new text, and rejected the old one: as the files of these have it.
fn accept_and_reject(name: &str, old: &Compilation, new: &Compilation) {
    let plain = [old, new].map(|one| {
        let parts = parts_of(&redlined(one, one));
        let document = &parts["word/document.xml"];
        assert!(CHANGES.iter().all(|tag| !document.contains(&format!("<{tag} "))), "{name}: changes of nothing");
        lines(&parts, As::Accepted)
    });
    for (before, after, [was, is]) in [(old, new, [0, 1]), (new, old, [1, 0])] {
        let parts = parts_of(&redlined(before, after));
        let wrong = broken(&parts);
        assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
        assert_eq!(lines(&parts, As::Accepted), plain[is], "{name}: accepted");
        assert_eq!(lines(&parts, As::Rejected), plain[was], "{name}: rejected");
    }
}

#[test]
fn changes_accepted_are_the_new_text_and_rejected_the_old_one() {
    accept_and_reject("moved", &compiled(OLD), &compiled(&moved(OLD)));
    for pair in pairs() {
        let (old, new) = (compiled_draft(&pair.language, &pair.old), compiled_draft(&pair.language, &pair.new));
        accept_and_reject(&pair.name, &old, &new);
    }
}

#[test]
fn a_file_carries_nothing_but_what_is_printed() {
    let text = HEADER.to_owned()
        + "// a remark that stays at home\n\n1. We {if place is given}never said{end}agree.\n\n2. We thank the host.\n";
    let parts = parts_of(&word_file(&compiled(&text)));
    for word in ["remark", "never said", "text.decl", "/tmp", "declaration\""] {
        let there: Vec<&String> =
            parts.iter().filter(|(_, content)| content.contains(word)).map(|(path, _)| path).collect();
        assert!(there.is_empty(), "`{word}` is in {there:?}");
    }
    assert!(parts["docProps/custom.xml"].contains("sha256:00"));
}

#[test]
fn a_number_that_was_put_in_is_typed_and_referred_to_as_it_is() {
    let text = "1. We agree.\n\n1 bis. {#more} We agree once more.\n\n2. We return to {@more}.\n";
    let parts = parts_of(&word_file(&compiled(text)));
    assert_eq!(broken(&parts), Vec::<String>::new());
    let lines = lines(&parts, As::Accepted);
    let numbered: Vec<(&str, &str)> = lines
        .iter()
        .filter(|(style, ..)| style == "Operative")
        .map(|(_, number, text)| (number.as_str(), text.as_str()))
        .collect();
    assert_eq!(numbered[0], ("1.", "We agree."));
    assert_eq!(numbered[1], ("", "1\u{A0}bis.\tWe agree once more."));
    assert_eq!(numbered[2].0, "2.");
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn changes_of_any_text_accept_and_reject((old, new) in changed_example()) {
        let (old, new) = (compiled_bytes(old.into_bytes()), compiled_bytes(new.into_bytes()));
        if old.document.is_some() && new.document.is_some() {
            accept_and_reject("an example", &old, &new);
        }
    }
}

#[test]
fn the_mark_of_a_correction_stands_before_the_distribution() {
    let text = "document: declaration\nlanguage: en\nsymbol: MC.DOC/901/15/Corr.1\ndistribution: OSCE+\nas-of: 2015-12-04\ncorrection-note: The title was corrected.\ntitle: On archives\n---\n\n1. x\n";
    let document = &parts_of(&word_file(&compiled(text)))["word/document.xml"];
    let at = |words: &str| document.find(words).unwrap_or_else(|| panic!("{words}: {document}"));
    assert!(at("MC.DOC/901/15/Corr.1<") < at("<w:footnoteReference"), "{document}");
    assert!(at("<w:footnoteReference") < at(" OSCE+<"), "{document}");
}
