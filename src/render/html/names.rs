//! What each block of a document is called in a web address: its label, else its number
//! with those of what it belongs to. An edit elsewhere changes no name.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Anchor, Block, BlockKind, Document, List, Part, PartKind};
use crate::web::slug;

/// What the title of the list of contents is called.
const CONTENTS: &str = "contents_";

/// The names of a document.
#[derive(Default)]
pub(super) struct Names {
    /// The names of each block, the one that links use first.
    of: BTreeMap<Anchor, Vec<String>>,
    /// The notes of each part, that of a corrected text behind the others.
    notes: BTreeMap<Anchor, Vec<NoteName>>,
    taken: BTreeSet<String>,
    /// How often something wanted a name that was taken.
    asked: BTreeMap<String, usize>,
}

/// What a note and its mark are called.
#[derive(Clone, Default)]
pub(super) struct NoteName {
    pub note: String,
    pub mark: String,
}

/// A number that a block could be called by.
struct Numbered {
    anchor: Anchor,
    /// Its number in its part.
    path: String,
    /// The section that it stands in.
    section: Option<String>,
}

impl Names {
    /// Those of a document and of all texts in it.
    pub fn of(document: &Document) -> Names {
        let mut names = Names::default();
        names.taken.insert(CONTENTS.to_owned());
        let members: Vec<_> = document.members().enumerate().map(|(at, member)| (prefix(at, member), member)).collect();
        names.labels(document, "");
        members.iter().for_each(|(prefix, member)| names.labels(&member.document, prefix));
        for section in document.volume.iter().flat_map(|volume| &volume.sections) {
            let number = section.label.as_deref().map(slug).filter(|number| !number.is_empty());
            names.give(section.anchor, number.map_or("section".to_owned(), |number| format!("section-{number}")));
        }
        names.parts(document, "");
        for (prefix, member) in &members {
            names.give(member.anchor, prefix.trim_end_matches('.').to_owned());
            names.parts(&member.document, prefix);
        }
        names
    }

    /// The name that links to a block use.
    pub fn get(&self, anchor: Anchor) -> Option<&str> {
        self.of.get(&anchor).and_then(|names| names.first()).map(String::as_str)
    }

    /// Its other names.
    pub fn others(&self, anchor: Anchor) -> &[String] {
        self.of.get(&anchor).and_then(|names| names.get(1..)).unwrap_or_default()
    }

    /// The names of a note of a part, by its number from 0.
    pub fn note(&self, part: Anchor, at: usize) -> NoteName {
        self.notes.get(&part).and_then(|notes| notes.get(at)).cloned().unwrap_or_default()
    }

    /// Those of the note of a corrected text.
    pub fn correction(&self, part: Anchor) -> NoteName {
        self.notes.get(&part).and_then(|notes| notes.last()).cloned().unwrap_or_default()
    }

    fn labels(&mut self, document: &Document, prefix: &str) {
        for (label, anchor) in &document.labels {
            self.give(*anchor, format!("{prefix}{label}"));
        }
    }

    fn parts(&mut self, document: &Document, prefix: &str) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, part) in document.parts.iter().enumerate() {
            let kind = match part.kind {
                PartKind::Main => "text",
                PartKind::Annex => "annex",
                PartKind::Attachment => "attachment",
            };
            let count = counts.entry(kind).or_default();
            *count += 1;
            let own = match part.kind {
                PartKind::Main if at == 0 => prefix.to_owned(),
                _ => format!("{prefix}{kind}-{count}."),
            };
            if part.kind.is_attached() {
                self.give(part.anchor, own.trim_end_matches('.').to_owned());
            }
            self.part(part, &own);
            let numbers = (1..=part.notes.len()).map(|number| number.to_string());
            let mut notes = Vec::new();
            for number in numbers.chain(["correction".to_owned()]) {
                let note = self.free(format!("{own}note-{number}"));
                let mark = self.free(format!("{note}-mark"));
                notes.push(NoteName { note, mark });
            }
            self.notes.insert(part.anchor, notes);
        }
    }

    fn part(&mut self, part: &Part, prefix: &str) {
        let mut walk = Walk::default();
        part.blocks.iter().for_each(|block| walk.block(block));
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for numbered in &walk.found {
            *counts.entry(numbered.path.clone()).or_default() += 1;
        }
        for Numbered { anchor, path, section } in walk.found {
            // What is counted anew in each section is told with it.
            let name = match section {
                Some(section) if counts.get(&path).is_some_and(|count| *count > 1) => {
                    format!("{prefix}{section}.{path}")
                }
                _ => format!("{prefix}{path}"),
            };
            if !self.of.contains_key(&anchor) {
                self.give(anchor, name);
            }
        }
    }

    fn give(&mut self, anchor: Anchor, name: String) {
        let name = self.free(name);
        self.of.entry(anchor).or_default().push(name);
    }

    /// A name that nothing else has, and from now on has somebody.
    fn free(&mut self, name: String) -> String {
        let mut free = name.clone();
        while !self.taken.insert(free.clone()) {
            let count = self.asked.entry(name.clone()).or_insert(1);
            *count += 1;
            free = format!("{name}_{count}");
        }
        free
    }
}

/// What the names in a text of a volume begin with: its symbol, else which text it is.
fn prefix(at: usize, member: &crate::model::Member) -> String {
    match member.document.symbol.as_deref().map(slug) {
        Some(symbol) if !symbol.is_empty() => format!("{symbol}."),
        _ => format!("text-{}.", at + 1),
    }
}

/// A walk through a part that counts.
#[derive(Default)]
struct Walk {
    found: Vec<Numbered>,
    /// The sections that are open, by their levels.
    sections: Vec<(usize, String)>,
    headings: usize,
    /// The items that are open.
    path: Vec<String>,
}

impl Walk {
    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { level, label, .. } => {
                self.headings += 1;
                while self.sections.pop_if(|(open, _)| *open >= *level).is_some() {}
                let number = label.as_deref().map(slug).filter(|number| !number.is_empty());
                let name = match number {
                    Some(number) => {
                        let around = self.sections.last().map(|(_, name)| format!("{name}-"));
                        format!("{}{number}", around.unwrap_or("section-".to_owned()))
                    }
                    None => format!("heading-{}", self.headings),
                };
                self.found.push(Numbered { anchor: block.anchor, path: name.clone(), section: None });
                self.sections.push((*level, name));
            }
            BlockKind::List(list) => self.list(list),
            // What is quoted is counted elsewhere.
            BlockKind::Quote { .. } => {}
            BlockKind::Opening(_)
            | BlockKind::Clause(_)
            | BlockKind::Prose(_)
            | BlockKind::Continuation { .. }
            | BlockKind::Lines { .. }
            | BlockKind::Contents(_)
            | BlockKind::Table(_) => {}
        }
    }

    fn list(&mut self, list: &List) {
        for (at, item) in list.items.iter().enumerate() {
            let number = if list.numbering.counts() { slug(without_bracket(&item.label)) } else { String::new() };
            let is_numbered = !number.is_empty();
            let joined = self.path.last().map_or(String::new(), |around| format!("{around}-"));
            let path = format!("{joined}{}", if is_numbered { number } else { format!("_{}", at + 1) });
            if is_numbered {
                let section = self.sections.last().map(|(_, name)| name.clone());
                self.found.push(Numbered { anchor: item.anchor, path: path.clone(), section });
            }
            self.path.push(path);
            item.body.iter().for_each(|block| self.block(block));
            self.path.pop();
        }
    }
}

/// A number without the bracket that opens before it, and without whose it is.
fn without_bracket(label: &str) -> &str {
    match label.strip_prefix('[') {
        Some(inside) => inside.rsplit(':').next().unwrap_or(inside),
        None => label,
    }
}
