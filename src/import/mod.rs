//! Texts of word processors and plain texts made sources.
//!
//! A file is read first (`package`, `body`, `run`; `plain`), as paragraphs with what was
//! changed in them; `view` says what it reads with some of the changes accepted; `source`
//! writes that, escaped; `proof` compiles it and compares what it prints with what was read.
//! Changes become brackets by what puts copies of a negotiation together. What cannot be had
//! in a source is told, place by place.

mod apply;
mod back;
mod body;
mod bonds;
mod brackets;
mod edit;
mod field;
mod home;
mod inline;
mod levels;
mod numbering;
mod package;
mod pairing;
mod places;
mod plain;
mod proof;
pub mod read;
mod run;
mod source;
mod spots;
mod styles;
mod table;
mod view;

use std::collections::BTreeMap;

pub use home::import_home;
pub use read::Lost;

use numbering::Numbering;
use read::{Block, Read};
use source::Frame;
use view::View;

use crate::compile::{built_in_templates, language_of, template_named};
use crate::locale::Locale;
use crate::ooxml::unpack::{NotReadable, is_no_text};
use crate::syntax::read_symbol;
use crate::world::MemoryWorld;

/// What becomes of tracked changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changes {
    /// The text as it is once all are accepted.
    Accept,
    /// The text as it was before them.
    Reject,
    /// Brackets with the names of the delegations whose authors made them.
    Brackets,
}

/// What is asked of an import.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// What becomes of tracked changes; brackets if nothing is said.
    pub changes: Option<Changes>,
    /// The delegation of each author, `Jean Exemple` and `FR`.
    pub authors: Vec<(String, String)>,
    /// The type of document; by its symbol if nothing is said.
    pub document: Option<String>,
    /// The tag of its language; by its words if nothing is said.
    pub language: Option<String>,
}

/// A source made of a foreign text.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Imported {
    /// The source.
    pub text: String,
    /// What was left behind, and where.
    pub lost: Vec<Lost>,
    /// Proposals that could not be put into brackets.
    pub left: Vec<String>,
}

/// Why nothing was imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The file cannot be read.
    #[error("{0}")]
    NotReadable(#[from] NotReadable),
    /// It is no text.
    #[error("{0}")]
    NoText(&'static str),
    /// Authors of changes whose delegations are not known.
    #[error("{}", of_authors(.0))]
    Authors(Vec<String>),
    /// What was asked cannot be had.
    #[error("{0}")]
    Wish(String),
}

fn of_authors(authors: &[String]) -> String {
    let shown: Vec<String> = authors.iter().map(|author| format!("“{author}”")).collect();
    let first = authors.first().map_or("", String::as_str);
    format!(
        "the text has changes by {}: say for each whose they are, as `--as \"{first}=FR\"`, or take all of them with \
         `--changes accept`, or none with `--changes reject`",
        shown.join(", ")
    )
}

/// Makes a source of a Word document or a plain text.
///
/// # Errors
/// The file cannot be read, or what is wished cannot be had of it.
pub fn import(bytes: &[u8], wish: &Wish) -> Result<Imported, Refused> {
    if is_no_text(bytes) {
        let (read, numbering) = package::read(bytes, false)?;
        return document(&read, &numbering, wish);
    }
    let text = plain::decoded(bytes).ok_or(Refused::NoText(
        "the file is neither a Word document (.docx) nor a text in UTF-8: save it as .docx, or as text in UTF-8",
    ))?;
    if text.trim().is_empty() {
        return Err(Refused::NoText("the file has no words"));
    }
    Ok(plain::import(&text, wish))
}

/// The same of the inside of a document's body alone, `<w:p>…</w:p>`: for fuzzing.
///
/// # Errors
/// As [`import`].
#[doc(hidden)]
pub fn import_body(inside: &[u8], wish: &Wish) -> Result<Imported, Refused> {
    let (read, numbering) = package::read_body(inside)?;
    document(&read, &numbering, wish)
}

fn document(read: &Read, numbering: &Numbering, wish: &Wish) -> Result<Imported, Refused> {
    let authors = view::changed_by(&read.blocks);
    let changes = wish.changes.unwrap_or(Changes::Brackets);
    known_authors(read, wish)?;
    if authors.is_empty() || changes != Changes::Brackets {
        let view = if changes == Changes::Reject { View::Rejected } else { View::Accepted };
        let made = proved(&view::seen(&read.blocks, view, numbering), read, wish, &[]);
        return Ok(Imported { text: made.0, lost: made.1, left: Vec::new() });
    }
    brackets::import(read, numbering, wish, &delegations(read, wish, &authors)?)
}

/// Those who are given a delegation must have changed something.
fn known_authors(read: &Read, wish: &Wish) -> Result<(), Refused> {
    match wish.authors.iter().find(|(author, _)| !read.authors.contains(author)) {
        Some((author, _)) => {
            let known: Vec<String> = read.authors.iter().map(|author| format!("“{author}”")).collect();
            let known = if known.is_empty() { "nobody".to_owned() } else { known.join(", ") };
            Err(Refused::Wish(format!("“{author}” changed nothing in the file; {known} did")))
        }
        None => Ok(()),
    }
}

/// The authors of each delegation; those of one make one proposal.
fn delegations(read: &Read, wish: &Wish, authors: &[u16]) -> Result<BTreeMap<String, Vec<u16>>, Refused> {
    let mut delegations: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for author in authors {
        let name = read.authors.get(usize::from(*author)).cloned().unwrap_or_default();
        match wish.authors.iter().find(|(known, _)| *known == name) {
            Some((_, by)) => delegations.entry(by.clone()).or_default().push(*author),
            None => unknown.push(name),
        }
    }
    if unknown.is_empty() { Ok(delegations) } else { Err(Refused::Authors(unknown)) }
}

/// The source of blocks, as it was proved, and what was lost on the way.
fn proved(blocks: &[Block], read: &Read, wish: &Wish, delegations: &[String]) -> (String, Vec<Lost>) {
    let words: String = blocks.iter().take(400).map(words_of).collect::<Vec<_>>().join("\n");
    let language = language(wish, &words, read.language.as_deref());
    let document = wish.document.clone().unwrap_or_else(|| document_of(read.keys.get("symbol"), &words, language));
    let frame = Frame { document: &document, language, keys: &read.keys, delegations };
    let (text, mut found) = proof::proved(blocks, &frame);
    let mut lost = read.lost.clone();
    lost.append(&mut found);
    (proof::mended(&text, &mut lost), lost)
}

fn words_of(block: &Block) -> String {
    match block {
        Block::Paragraph(paragraph) => paragraph.words(),
        Block::Table(_) => String::new(),
    }
}

/// The language of a text: what is wished, what its words say, what it is marked as.
fn language(wish: &Wish, words: &str, marked: Option<&str>) -> &'static str {
    let wished = wish.language.as_deref().and_then(Locale::of).map(|locale| locale.language.as_str());
    let marked = || marked.and_then(Locale::of).map(|locale| locale.language.as_str());
    wished.or_else(|| language_of(words)).or_else(marked).unwrap_or("en")
}

/// The type of document whose symbols are of the series of the first symbol at the top.
fn document_of(symbol: Option<&String>, words: &str, language: &str) -> String {
    const TOP: usize = 40;
    let top = words.lines().take(TOP).flat_map(str::split_whitespace);
    let mut candidates = symbol.map(String::as_str).into_iter().chain(top);
    let Some(symbol) = candidates.find_map(|word| read_symbol(word.trim_end_matches(['*', ',', '.']))) else {
        return "declaration".to_owned();
    };
    let world = MemoryWorld::new();
    let mut fitting: BTreeMap<(usize, &str), ()> = BTreeMap::new();
    for name in built_in_templates() {
        let Ok(template) = template_named(&world, name, language) else { continue };
        if template.series.iter().any(|series| series.names(&symbol)) {
            fitting.insert((template.lineage.len(), name), ());
        }
    }
    fitting.keys().next().map_or("declaration", |(_, name)| name).to_owned()
}
