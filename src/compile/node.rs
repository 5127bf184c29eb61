//! What an outline is made of: the blocks of a text with their numbers.

use super::counting::DivisionNumber;
use crate::model::{Anchor, Numbering};
use crate::source::Span;
use crate::syntax::ast::{self, Inline, Paragraph};

/// A block and its number.
pub(super) struct Node<'a> {
    pub anchor: Anchor,
    pub kind: NodeKind<'a>,
}

pub(super) enum NodeKind<'a> {
    /// The body's own opening line, where the author gave none.
    HouseOpening,
    Opening(&'a [Inline]),
    Clause(&'a [Inline]),
    Prose(&'a [Inline]),
    Numbered {
        number: String,
        /// Decimal numbers stand deeper, one level for each full stop.
        level: usize,
        /// The number as it is printed.
        label: String,
        paragraph: &'a Paragraph,
    },
    Item {
        level: usize,
        numbering: Numbering,
        marker: String,
        /// Whether its list goes on over a paragraph that belongs to none.
        resumes: bool,
        paragraph: &'a Paragraph,
    },
    Continuation {
        level: usize,
        content: &'a [Inline],
    },
    Heading {
        level: usize,
        number: Option<DivisionNumber>,
        content: &'a [Inline],
    },
    Quote {
        level: usize,
        is_statement: bool,
        nodes: Vec<Node<'a>>,
    },
    /// A number with words of the language, or with what follows on its line.
    Stated {
        number: String,
        words: String,
    },
    /// A text beside words of the language, or of the author.
    Labelled {
        label: String,
        /// Its number, where it is an item of the agenda.
        item: Option<u32>,
        numbering: Numbering,
        content: &'a [Inline],
    },
    /// A paragraph that words of the language begin.
    Led {
        /// The level that it belongs to; none where it belongs to no item.
        level: Option<usize>,
        label: Option<String>,
        content: &'a [Inline],
    },
    /// A list of what follows, below its title; none where the author gave none.
    Contents {
        content: &'a [Inline],
    },
    /// Lines of an address, or of a signature.
    Lines {
        is_signature: bool,
        content: &'a [Inline],
    },
    /// A paragraph of a quotation with the marker that the author typed.
    Quoted {
        marker: &'a str,
        paragraph: &'a Paragraph,
    },
    Table {
        /// The level that it belongs to; none at the margin.
        level: Option<usize>,
        /// How far from the margin it begins.
        left: f64,
        table: &'a ast::Table,
    },
}

/// The sessions of a part, while its blocks are passed.
#[derive(Default)]
pub(super) struct Sessions<'a> {
    /// What is printed at the end of the session that is open.
    pub last: Vec<Row<'a>>,
    /// The words above the items of the agenda, which the first of them prints.
    pub items: Option<Row<'a>>,
    /// The number of the last item.
    pub item: u32,
    /// Whether a session has begun before, whether one is open, and whether an item of the agenda is open.
    pub has_begun: bool,
    pub is_open: bool,
    pub in_item: bool,
}

/// A row that is to be printed.
pub(super) struct Row<'a> {
    pub label: Option<String>,
    pub content: &'a [Inline],
    pub place: Span,
}

impl<'a> Sessions<'a> {
    /// How much deeper lists stand where an item of the agenda is open.
    pub fn depth(&self) -> usize {
        usize::from(self.in_item)
    }
}
