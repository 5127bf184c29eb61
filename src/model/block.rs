//! What is asked of a block by those who do not set it: bookmarks, contents, what stands before what.
//! A new kind of block is given its answer here, once.

use super::{BlockKind, Contents, List, Text};

/// A heading, as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heading<'a> {
    /// 0 for sessions of a meeting, 1 for sections, 2 for subsections and headings without a number.
    pub level: usize,
    /// `I.`, `A.`
    pub label: Option<&'a str>,
    /// The title; empty where a section has none.
    pub content: &'a Text,
}

/// What a block is to the blocks and pages around it.
enum Stands<'a> {
    /// What follows is under it.
    Heading(Heading<'a>),
    /// It counts.
    List(&'a List),
    /// It says on which pages the rest is.
    Contents(&'a Contents),
    /// It closes what stands before it.
    Signature,
    /// It stands by itself.
    Alone,
}

impl BlockKind {
    fn stands(&self) -> Stands<'_> {
        match self {
            BlockKind::Heading { level, label, content } => {
                Stands::Heading(Heading { level: *level, label: label.as_deref(), content })
            }
            BlockKind::List(list) => Stands::List(list),
            BlockKind::Contents(contents) => Stands::Contents(contents),
            BlockKind::Lines { is_signature: true, .. } => Stands::Signature,
            BlockKind::Opening(_)
            | BlockKind::Clause(_)
            | BlockKind::Prose(_)
            | BlockKind::Continuation { .. }
            | BlockKind::Quote { .. }
            | BlockKind::Lines { is_signature: false, .. }
            | BlockKind::Table(_) => Stands::Alone,
        }
    }

    /// Where it is a heading, what it says.
    pub fn heading(&self) -> Option<Heading<'_>> {
        if let Stands::Heading(heading) = self.stands() { Some(heading) } else { None }
    }

    /// Where it counts, the list.
    pub fn list(&self) -> Option<&List> {
        if let Stands::List(list) = self.stands() { Some(list) } else { None }
    }

    /// Where it is a list of contents, that.
    pub fn contents(&self) -> Option<&Contents> {
        if let Stands::Contents(contents) = self.stands() { Some(contents) } else { None }
    }

    /// Whether it is the signature of what stands before it.
    pub fn is_signature(&self) -> bool {
        matches!(self.stands(), Stands::Signature)
    }
}
