//! Templates filled in: blocks under conditions, repeated, replaced and
//! brought in, until only what is printed is left.
//!
//! A text is nested once (`nest`), a document's blocks take the place of its
//! template's (`compose`), everything that can be known without values is
//! checked in every branch (`types`), and then it is evaluated (`evaluate`).
//! All of it works on the tree: a value is never read as markup.

mod compose;
mod evaluate;
mod filter;
mod include;
mod nest;
mod print;
mod types;
mod untaken;

use crate::source::Span;
use crate::syntax::Condition;
use crate::syntax::ast::{Block, Inline, Subject, Word};

pub(super) use compose::compose;
pub(super) use evaluate::{Expanded, Filling, evaluate};
pub(super) use include::{Clause, Library, read_clause, resolve, seen_by};
pub(super) use nest::nest;
pub(super) use types::{Checking, Names, check, unused};
pub(super) use untaken::every_branch;

/// A part of a text that may still have to be decided.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// A block as it stands; what stands in its text may still have to be
    /// decided.
    Block(Block),
    /// `quote:`, the block without what it holds.
    Quote(Block, Vec<Piece>),
    /// `if: …` / `else:` / `end:`
    If { word: Span, condition: Option<Condition>, then: Vec<Piece>, otherwise: Vec<Piece> },
    /// `for: s in states` / `end:`
    For { word: Span, head: Option<(Word, Subject)>, content: Vec<Piece> },
    /// `block: closing` / `end:`
    Named { name: Word, content: Vec<Piece> },
    /// `include: path`
    Include { path: Word, arguments: Vec<Argument> },
    /// `{inherited}` alone in a paragraph.
    Inherited(Span),
}

/// `name: value` below an `include:`.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    pub name: Word,
    /// The words as they were typed.
    pub value: Word,
    /// The same, read.
    pub content: Vec<Inline>,
}

/// The block of all that a document of a type without a text writes.
pub(super) const BODY: &str = "body";

impl Piece {
    /// The text of a type that has none.
    pub fn body() -> Piece {
        Piece::Named { name: Word { text: BODY.to_owned(), span: Span::default() }, content: Vec::new() }
    }

    /// Where it stands.
    pub fn place(&self) -> Span {
        match self {
            Piece::Block(block) | Piece::Quote(block, _) => block.span,
            Piece::If { word, .. } | Piece::For { word, .. } => *word,
            Piece::Named { name: word, .. } | Piece::Include { path: word, .. } => word.span,
            Piece::Inherited(span) => *span,
        }
    }

    /// The texts that stand in it.
    pub fn contents(&self) -> Vec<&[Piece]> {
        match self {
            Piece::If { then, otherwise, .. } => vec![then, otherwise],
            Piece::Quote(_, content) | Piece::For { content, .. } | Piece::Named { content, .. } => vec![content],
            Piece::Block(_) | Piece::Include { .. } | Piece::Inherited(_) => Vec::new(),
        }
    }

    /// The same with other texts in it.
    fn map_content(self, map: &mut dyn FnMut(Vec<Piece>) -> Vec<Piece>) -> Piece {
        match self {
            Piece::If { word, condition, then, otherwise } => {
                Piece::If { word, condition, then: map(then), otherwise: map(otherwise) }
            }
            Piece::Quote(block, content) => Piece::Quote(block, map(content)),
            Piece::For { word, head, content } => Piece::For { word, head, content: map(content) },
            Piece::Named { name, content } => Piece::Named { name, content: map(content) },
            other => other,
        }
    }

    /// How many pieces it is, with all in it.
    fn size(&self) -> usize {
        1 + self.contents().into_iter().flatten().map(Piece::size).sum::<usize>()
    }
}
