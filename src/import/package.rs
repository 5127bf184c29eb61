//! A Word document read: which parts it has, and what they say.

use std::collections::BTreeMap;

use super::body::Walk;
use super::numbering::Numbering;
use super::read::{Change, Lost, Read, first_words};
use super::run::words_in;
use super::styles::Styles;
use crate::ooxml::names::SOURCE_PROPERTY;
use crate::ooxml::tree::{Element, Tree};
use crate::ooxml::unpack::{NotReadable, Package};

/// The kind of a part that has the words.
const DOCUMENT: &str = "wordprocessingml.document.main+xml";
const MACROS: &str = "the file has macros (.docm): open it in Word and save it as .docx, without them";

/// The parts that are read, as trees.
struct Parts {
    document: Tree,
    styles: Option<Tree>,
    numbering: Option<Tree>,
    footnotes: Option<Tree>,
    endnotes: Option<Tree>,
    comments: Option<Tree>,
    heads: Vec<Tree>,
    properties: Option<Tree>,
}

/// Reads a Word document. What is set in capitals may keep the letters that were typed: those of the
/// text that it was made of.
///
/// # Errors
/// It is none, or one that is not read.
pub(super) fn read(bytes: &[u8], keeps_case: bool) -> Result<(Read, Numbering), NotReadable> {
    let package = Package::open(bytes)?;
    let parts = parts(&package)?;
    let styles = parts.styles.as_ref().map(|tree| Styles::read(tree.root())).unwrap_or_default();
    let numbering = parts.numbering.as_ref().map(|tree| Numbering::read(tree.root())).unwrap_or_default();
    let mut walk = Walk::new(styles, numbering);
    walk.keeps_case = keeps_case;
    walk.notes = by_id(parts.footnotes.as_ref(), "footnote");
    walk.endnotes = by_id(parts.endnotes.as_ref(), "endnote");
    walk.comments = by_id(parts.comments.as_ref(), "comment");
    let Some(body) = parts.document.root().child("body") else {
        return Err(NotReadable::Damaged("it has no text".to_owned()));
    };
    let mut blocks = Vec::new();
    walk.blocks(body, Change::default(), &mut blocks);
    walk.settle("");
    let Walk { mut read, numbering, letters, .. } = walk;
    read.blocks = blocks;
    read.language = letters.into_iter().max_by_key(|(_, count)| *count).map(|(tag, _)| tag.to_owned());
    let heads: Vec<String> = parts
        .heads
        .iter()
        .map(|tree| words_in(tree.root()))
        .filter(|words| words.chars().any(char::is_alphanumeric))
        .collect();
    if !heads.is_empty() {
        let shown: Vec<String> = heads.iter().map(|words| format!("“{}”", first_words(words))).collect();
        let what = format!("heads and feet of pages are left out: {}", shown.join(", "));
        read.lost.insert(0, Lost { paragraph: 0, near: String::new(), what });
    }
    read.source = parts.properties.as_ref().and_then(|tree| source_of(tree.root()));
    Ok((read, numbering))
}

/// The hash of the source that a file was made of.
fn source_of(properties: Element<'_>) -> Option<String> {
    let own = properties.children().find(|child| child.attribute("name") == Some(SOURCE_PROPERTY))?;
    own.children().next().map(|value| value.text().trim().to_owned())
}

fn by_id<'t>(tree: Option<&'t Tree>, name: &str) -> BTreeMap<String, Element<'t>> {
    let mut all = BTreeMap::new();
    for child in tree.into_iter().flat_map(|tree| tree.root().children()) {
        // What divides notes from the text is none.
        let is_note =
            !matches!(child.attribute("type"), Some("separator" | "continuationSeparator" | "continuationNotice"));
        if let Some(id) = child.attribute("id").filter(|_| child.name() == name && is_note) {
            all.entry(id.to_owned()).or_insert(child);
        }
    }
    all
}

fn tree(package: &Package<'_>, name: &str) -> Result<Option<Tree>, NotReadable> {
    package.part(name)?.map(|bytes| Tree::read(name, &bytes)).transpose()
}

fn parts(package: &Package<'_>) -> Result<Parts, NotReadable> {
    let main = main_part(package)?;
    let Some(document) = tree(package, &main)? else {
        return Err(NotReadable::Damaged(format!("its part `{main}` is missing")));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let file = main.rsplit('/').next().unwrap_or_default();
    let relations = tree(package, &joined(folder, &format!("_rels/{file}.rels")))?;
    let mut by_kind: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for relation in relations.iter().flat_map(|tree| tree.root().children()) {
        if relation.attribute("TargetMode") == Some("External") {
            continue;
        }
        if let (Some(kind), Some(target)) = (relation.attribute("Type"), relation.attribute("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            by_kind.entry(kind).or_default().push(joined(folder, target));
        }
    }
    let one = |kind: &str| -> Result<Option<Tree>, NotReadable> {
        match by_kind.get(kind).and_then(|targets| targets.first()) {
            Some(target) => tree(package, target),
            None => Ok(None),
        }
    };
    let mut heads = Vec::new();
    for target in ["header", "footer"].iter().filter_map(|kind| by_kind.get(*kind)).flatten().take(12) {
        heads.extend(tree(package, target)?);
    }
    Ok(Parts {
        document,
        styles: one("styles")?,
        numbering: one("numbering")?,
        footnotes: one("footnotes")?,
        endnotes: one("endnotes")?,
        comments: one("comments")?,
        heads,
        properties: tree(package, "docProps/custom.xml")?,
    })
}

/// The part that has the words, by what the package says of itself.
fn main_part(package: &Package<'_>) -> Result<String, NotReadable> {
    let Some(types) = tree(package, "[Content_Types].xml")? else {
        let is_other = package.has("mimetype") || package.has("content.xml");
        return Err(NotReadable::Kind(if is_other {
            "the file is of another word processor (.odt): save it as .docx"
        } else {
            "the file is an archive and no Word document: name the .docx in it"
        }));
    };
    let kinds: Vec<(&str, &str)> = types
        .root()
        .children()
        .filter_map(|child| Some((child.attribute("PartName").unwrap_or_default(), child.attribute("ContentType")?)))
        .collect();
    if kinds.iter().any(|(_, kind)| kind.contains("macroEnabled"))
        || package.names().any(|name| name.ends_with("vbaproject.bin"))
    {
        return Err(NotReadable::Kind(MACROS));
    }
    let is_main = |kind: &str| kind.ends_with(DOCUMENT) || kind.ends_with("wordprocessingml.template.main+xml");
    if let Some((name, _)) = kinds.iter().find(|(name, kind)| !name.is_empty() && is_main(kind)) {
        return Ok(name.trim_start_matches('/').to_owned());
    }
    // Where a default says so, the package's relations name it.
    let relations = tree(package, "_rels/.rels")?;
    let main = relations
        .iter()
        .flat_map(|tree| tree.root().children())
        .find(|relation| relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")));
    match main.and_then(|relation| relation.attribute("Target")).map(|target| joined("", target)) {
        Some(name) if name.starts_with("word/") => Ok(name),
        _ => Err(NotReadable::Kind("the file is of another program and no Word document: save the text as .docx")),
    }
}

/// The name of a part that another one leads to; it only ever finds a part.
fn joined(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = path.pop(),
            part => path.push(part),
        }
    }
    path.join("/")
}

/// Reads the inside of a document's body, as tests and fuzzing have it: without other parts.
///
/// # Errors
/// As [`read`].
pub(super) fn read_body(inside: &[u8]) -> Result<(Read, Numbering), NotReadable> {
    let head = format!(
        "<w:document xmlns:w=\"{}\" xmlns:r=\"{}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>",
        crate::ooxml::names::WORD,
        crate::ooxml::names::RELATIONS
    );
    let whole = [head.as_bytes(), inside, b"</w:body></w:document>"].concat();
    let tree = Tree::read("document", &whole)?;
    let mut walk = Walk::new(Styles::default(), Numbering::default());
    let mut blocks = Vec::new();
    if let Some(body) = tree.root().child("body") {
        walk.blocks(body, Change::default(), &mut blocks);
    }
    walk.settle("");
    let Walk { mut read, numbering, .. } = walk;
    read.blocks = blocks;
    Ok((read, numbering))
}
