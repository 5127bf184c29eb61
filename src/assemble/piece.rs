//! What a text is made of before it is filled in.

use crate::source::Span;
use crate::syntax::Condition;
use crate::syntax::ast::{Block, Inline, Subject, Word};

/// A part of a text that may still have to be decided.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// A block as it stands; what stands in its text may still have to be
    /// decided.
    Block(Block),
    /// `quote:`, the block without what it holds.
    Quote(Block, Vec<Piece>),
    /// `table:`, the block without rows, and tables with its rows.
    Table(Block, Vec<Piece>),
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
pub(crate) struct Argument {
    pub name: Word,
    /// The words as they were typed.
    pub value: Word,
    /// The same, read.
    pub content: Vec<Inline>,
}

/// The block of all that a document of a type without a text writes.
pub(crate) const BODY: &str = "body";

impl Piece {
    /// The text of a type that has none.
    pub fn body() -> Piece {
        Piece::Named { name: Word { text: BODY.to_owned(), span: Span::default() }, content: Vec::new() }
    }

    /// Where it stands.
    pub fn place(&self) -> Span {
        match self {
            Piece::Block(block) | Piece::Quote(block, _) | Piece::Table(block, _) => block.span,
            Piece::If { word, .. } | Piece::For { word, .. } => *word,
            Piece::Named { name: word, .. } | Piece::Include { path: word, .. } => word.span,
            Piece::Inherited(span) => *span,
        }
    }

    /// The texts that stand in it.
    pub fn contents(&self) -> Vec<&[Piece]> {
        match self {
            Piece::If { then, otherwise, .. } => vec![then, otherwise],
            Piece::Quote(_, content)
            | Piece::Table(_, content)
            | Piece::For { content, .. }
            | Piece::Named { content, .. } => vec![content],
            Piece::Block(_) | Piece::Include { .. } | Piece::Inherited(_) => Vec::new(),
        }
    }

    /// The same with other texts in it.
    pub fn map_content(self, map: &mut dyn FnMut(Vec<Piece>) -> Vec<Piece>) -> Piece {
        match self {
            Piece::If { word, condition, then, otherwise } => {
                Piece::If { word, condition, then: map(then), otherwise: map(otherwise) }
            }
            Piece::Quote(block, content) => Piece::Quote(block, map(content)),
            Piece::Table(block, rows) => Piece::Table(block, map(rows)),
            Piece::For { word, head, content } => Piece::For { word, head, content: map(content) },
            Piece::Named { name, content } => Piece::Named { name, content: map(content) },
            Piece::Block(_) | Piece::Include { .. } | Piece::Inherited(_) => self,
        }
    }

    /// How many pieces it is, with all in it.
    pub fn size(&self) -> usize {
        1 + self.contents().into_iter().flatten().map(Piece::size).sum::<usize>()
    }
}
