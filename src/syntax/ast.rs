//! The tree of a file, as the author wrote it: nothing counted, nothing filled
//! in. It owns its text and its places.

pub use super::keyword::{DirectiveName, KeywordName, StructureName};
use super::marker::Marker;
pub use super::text::{Alternative, Hyphen, Inline, Operand, Subject, delegation_and_round, walk};
use crate::source::Span;

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Its bytes.
    pub span: Span,
}

/// A whole file.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// What stands above the line of dashes.
    pub header: Header,
    /// What stands below it.
    pub body: Vec<Segment>,
}

/// What follows one another in a file: what is between a directive and its end is
/// not nested yet.
#[derive(Clone, Debug)]
pub enum Segment {
    /// A block as it is printed, but for what stands in its text.
    Block(Block),
    /// `quote:`, the block without what it holds, and what it holds.
    Quote(Block, Vec<Segment>),
    /// `table:` with lines that decide which rows are printed: the table without rows,
    /// and its rows, in tables of their own between these lines.
    Table(Block, Vec<Segment>),
    /// `if: …`, `include: …`: gone once a text is filled in.
    Directive(Directive),
}

impl Segment {
    /// All of it.
    pub fn span(&self) -> Span {
        match self {
            Segment::Block(block) | Segment::Quote(block, _) | Segment::Table(block, _) => block.span,
            Segment::Directive(directive) => directive.span,
        }
    }

    /// The indentation that all its lines have, in columns.
    pub fn indent(&self) -> usize {
        match self {
            Segment::Block(block) | Segment::Quote(block, _) | Segment::Table(block, _) => block.indent,
            Segment::Directive(directive) => directive.indent,
        }
    }
}

/// A line that says what is printed, and what is brought in.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Which.
    pub name: DirectiveName,
    /// The word itself.
    pub word: Span,
    /// All of it.
    pub span: Span,
    /// Its indentation, in columns.
    pub indent: usize,
    /// What stands after the colon, and the arguments below an `include:`.
    pub lines: Vec<Span>,
}

/// `key: value` lines, up to the line of dashes.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// Keys and comments in their order.
    pub items: Vec<HeaderItem>,
    /// The line of dashes.
    pub rule: Option<Span>,
}

impl Header {
    /// The `key: value` pairs.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.items.iter().filter_map(|item| match item {
            HeaderItem::Entry(entry) => Some(entry),
            HeaderItem::Comment(_) => None,
        })
    }

    /// The first entry with this key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries().find(|entry| entry.key.text == key)
    }
}

/// A part of a header.
#[derive(Clone, Debug)]
pub enum HeaderItem {
    /// `// …`
    Comment(Span),
    /// `key: value`
    Entry(Entry),
}

/// `key: value`, with the indented lines that continue the value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key as typed.
    pub key: Word,
    /// The lines of the value without the blanks around them; the first one
    /// may be empty, the others are not.
    pub lines: Vec<Word>,
}

impl Entry {
    /// Key and value.
    pub fn span(&self) -> Span {
        self.lines.last().map_or(self.key.span, |last| self.key.span.to(last.span))
    }

    /// The place of the value, or of the key where there is none.
    pub fn value_span(&self) -> Span {
        match (self.lines.iter().find(|line| !line.text.is_empty()), self.lines.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => self.key.span,
        }
    }

    /// The value, its lines joined by a space.
    pub fn value(&self) -> String {
        let lines: Vec<&str> =
            self.lines.iter().map(|line| line.text.as_str()).filter(|line| !line.is_empty()).collect();
        lines.join(" ")
    }
}

/// A block of the body.
#[derive(Clone, Debug)]
pub struct Block {
    /// All of it.
    pub span: Span,
    /// The indentation that all its lines have, in columns; a tab counts four.
    pub indent: usize,
    /// What it is.
    pub kind: BlockKind,
}

impl Block {
    /// The texts in it that are printed; those of a quotation are its blocks'.
    pub fn printed(&self) -> Vec<&[Inline]> {
        match &self.kind {
            BlockKind::Comment | BlockKind::Quote(_) => Vec::new(),
            BlockKind::Paragraph(paragraph) => vec![&paragraph.content],
            BlockKind::Keyword(keyword) => vec![&keyword.value],
            BlockKind::Table(table) => table.cells().map(Vec::as_slice).collect(),
        }
    }

    /// All texts in it: those that are printed, and what stands beside a keyword.
    pub fn texts(&self) -> Vec<&[Inline]> {
        let mut texts = self.printed();
        match &self.kind {
            BlockKind::Table(table) => texts.push(&table.value),
            BlockKind::Comment | BlockKind::Paragraph(_) | BlockKind::Keyword(_) | BlockKind::Quote(_) => {}
        }
        texts
    }

    /// The same, to be changed.
    pub fn texts_mut(&mut self) -> Vec<&mut Vec<Inline>> {
        match &mut self.kind {
            BlockKind::Comment | BlockKind::Quote(_) => Vec::new(),
            BlockKind::Paragraph(paragraph) => vec![&mut paragraph.content],
            BlockKind::Keyword(keyword) => vec![&mut keyword.value],
            BlockKind::Table(Table { word: _, line: _, value, rows }) => {
                let cells = rows.iter_mut().flat_map(|row| match row {
                    Row::Comment(_) => &mut [][..],
                    Row::Cells { cells, .. } => cells.as_mut_slice(),
                });
                cells.chain([value]).collect()
            }
        }
    }

    /// The paragraph that it is, if it is one.
    pub fn paragraph(&self) -> Option<&Paragraph> {
        match &self.kind {
            BlockKind::Paragraph(paragraph) => Some(paragraph),
            BlockKind::Comment | BlockKind::Keyword(_) | BlockKind::Quote(_) | BlockKind::Table(_) => None,
        }
    }

    /// The keyword line that it is, if it is one.
    pub fn keyword(&self) -> Option<&Keyword> {
        match &self.kind {
            BlockKind::Keyword(keyword) => Some(keyword),
            BlockKind::Comment | BlockKind::Paragraph(_) | BlockKind::Quote(_) | BlockKind::Table(_) => None,
        }
    }

    /// The blocks that stand in it.
    pub fn children(&self) -> &[Block] {
        match &self.kind {
            BlockKind::Quote(quote) => &quote.blocks,
            BlockKind::Comment | BlockKind::Paragraph(_) | BlockKind::Keyword(_) | BlockKind::Table(_) => &[],
        }
    }
}

/// What a block is.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// `// …`
    Comment,
    /// Prose, perhaps with a marker.
    Paragraph(Paragraph),
    /// A keyword line.
    Keyword(Keyword),
    /// `quote:` and what it holds.
    Quote(Quote),
    /// `table:` and its rows.
    Table(Table),
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// The bracket of `[3. text]`; its contents are the first inline.
    pub bracket_before: Option<Span>,
    /// `3.`, `(a)`, `–` …
    pub marker: Option<Marker>,
    /// Whether a sub-paragraph begins on its line, as in `1. (a) text`, or a table.
    pub leads_in: bool,
    /// Whether no blank line stands between it and the paragraph above: its marker alone
    /// set it apart.
    pub is_joined: bool,
    /// Whether a backslash made text of what it begins with.
    pub is_escaped: bool,
    /// `word:` at the start of a paragraph without a marker.
    pub lead: Option<Word>,
    /// Markers at the start of later lines that were taken as prose.
    pub markers_as_prose: Vec<Span>,
    /// Keywords at the start of later lines that were taken as prose.
    pub keywords_as_prose: Vec<Word>,
    /// Its lines, comments among them.
    pub lines: Vec<ProseLine>,
    /// The text.
    pub content: Vec<Inline>,
}

/// A line of a paragraph.
#[derive(Clone, Copy, Debug)]
pub struct ProseLine {
    /// Without the blanks around it and without the marker.
    pub span: Span,
    /// Whether it is a comment.
    pub is_comment: bool,
}

/// A keyword line.
#[derive(Clone, Debug)]
pub struct Keyword {
    /// Which.
    pub name: StructureName,
    /// The word itself.
    pub word: Span,
    /// The lines of the value: what stands after the colon, and the indented
    /// lines below it.
    pub lines: Vec<Span>,
    /// The value, where it is prose.
    pub value: Vec<Inline>,
    /// The lines of an annex's or attachment's own header.
    pub header: Header,
}

/// A quotation, or a statement of somebody.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The word `quote` or `statement`.
    pub word: Span,
    /// Whether it is a statement.
    pub is_statement: bool,
    /// Whether its text begins on the line of the keyword.
    pub on_line: bool,
    /// What is quoted.
    pub blocks: Vec<Block>,
    /// The `end:` that closed it.
    pub end: Option<Span>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The word `table`.
    pub word: Span,
    /// All that stands after its colon.
    pub line: Span,
    /// The same, read: `plain`, places of columns, labels, or what is none of these.
    pub value: Vec<Inline>,
    /// The rows and the comments between them.
    pub rows: Vec<Row>,
}

impl Table {
    /// The texts of its cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = &Vec<Inline>> {
        self.rows.iter().flat_map(|row| match row {
            Row::Comment(_) => &[][..],
            Row::Cells { cells, .. } => cells.as_slice(),
        })
    }
}

impl Row {
    /// All of it.
    pub fn span(&self) -> Span {
        match self {
            Row::Comment(span) | Row::Cells { span, .. } => *span,
        }
    }
}

/// A row of a table.
#[derive(Clone, Debug)]
pub enum Row {
    /// `// …`
    Comment(Span),
    /// Cells, each with its text.
    Cells {
        /// All of it.
        span: Span,
        /// The cells.
        cells: Vec<Vec<Inline>>,
        /// Whether a blank line stands before it.
        spaced: bool,
    },
}
