//! What is written, and what is known while it is.

use std::collections::BTreeSet;

use super::names::Names;
use crate::locale::Locale;
use crate::model::{Anchor, Document};
use crate::web::escaped;

/// A page while it is written.
pub(super) struct Writer {
    pub out: String,
    pub names: Names,
    /// The names that stand on the page already: each may stand there once.
    used: BTreeSet<Anchor>,
    /// How deep the title of the text is that is written, from 1.
    pub top: usize,
    /// The levels of the headings that are open below it.
    pub open: Vec<usize>,
    /// The language of what is written.
    pub language: String,
    /// The part whose notes are meant.
    pub part: Anchor,
    /// How many tables the document had so far.
    pub tables: usize,
    /// Whether a list of contents was written, which is a landmark.
    pub has_contents: bool,
}

impl Writer {
    /// Of a document whose title is a heading of the level `top`.
    pub fn of(document: &Document, top: usize) -> Writer {
        Writer {
            out: String::new(),
            names: Names::of(document),
            used: BTreeSet::new(),
            top,
            open: Vec::new(),
            language: document.language.clone(),
            part: Anchor(0),
            tables: 0,
            has_contents: false,
        }
    }

    /// Writes what is HTML.
    pub fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// Writes words.
    pub fn text(&mut self, words: &str) {
        self.out.push_str(&escaped(words));
    }

    /// ` id="…"` of a block, where it has a name that does not stand on the page yet.
    pub fn id(&mut self, anchor: Anchor) -> String {
        match self.names.get(anchor) {
            Some(name) if self.used.insert(anchor) => format!(" id=\"{}\"", escaped(name)),
            _ => String::new(),
        }
    }

    /// Writes the other names of a block, where it is the first that is written of it.
    pub fn other_ids(&mut self, anchor: Anchor) {
        let others: String =
            self.names.others(anchor).iter().map(|name| format!("<span id=\"{}\"></span>", escaped(name))).collect();
        self.out.push_str(&others);
    }

    /// ` lang="…"` of what is in another language than what stands around it.
    pub fn lang(&self, language: Option<&str>) -> String {
        match language {
            Some(language) if language != self.language => format!(" lang=\"{}\"", escaped(language)),
            _ => String::new(),
        }
    }

    /// What a language calls things on a page; English where it is no language of ours.
    pub fn words(&self) -> Option<&'static Locale> {
        Locale::of(&self.language).or_else(|| Locale::of("en"))
    }

    /// The depth of a heading of a level: never more than one deeper than the one before.
    pub fn depth(&mut self, level: usize) -> usize {
        while self.open.pop_if(|open| *open >= level).is_some() {}
        let depth = self.inner();
        self.open.push(level);
        depth
    }

    /// The depth of a heading below all that are open.
    pub fn inner(&self) -> usize {
        (self.top + 1 + self.open.len()).min(6)
    }
}
