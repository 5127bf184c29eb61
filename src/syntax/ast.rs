//! The tree of a file, as the author wrote it: nothing counted, nothing filled
//! in. It owns its text and its places.

use super::marker::Marker;
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
    pub body: Vec<Block>,
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
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// The bracket of `[3. text]`; its contents are the first inline.
    pub bracket_before: Option<Span>,
    /// `3.`, `(a)`, `–` …
    pub marker: Option<Marker>,
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

/// The keywords of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeywordName {
    /// `preamble:`
    Preamble,
    /// `operative:`
    Operative,
    /// `section: Title`
    Section,
    /// `subsection: Title`
    Subsection,
    /// `heading: Title`
    Heading,
    /// `numbering: restart`
    Numbering,
    /// `annex: Title`
    Annex,
    /// `attachment: Title`
    Attachment,
    /// `quote:`
    Quote,
    /// `table:`
    Table,
    /// `if: …`
    If,
    /// `for: …`
    For,
    /// `else:`
    Else,
    /// `block: name`
    Block,
    /// `include: path`
    Include,
    /// `member: path`
    Member,
    /// `end:`
    End,
}

impl KeywordName {
    /// All keywords with the words that they are.
    pub const ALL: [(&'static str, KeywordName); 17] = [
        ("preamble", KeywordName::Preamble),
        ("operative", KeywordName::Operative),
        ("section", KeywordName::Section),
        ("subsection", KeywordName::Subsection),
        ("heading", KeywordName::Heading),
        ("numbering", KeywordName::Numbering),
        ("annex", KeywordName::Annex),
        ("attachment", KeywordName::Attachment),
        ("quote", KeywordName::Quote),
        ("table", KeywordName::Table),
        ("if", KeywordName::If),
        ("for", KeywordName::For),
        ("else", KeywordName::Else),
        ("block", KeywordName::Block),
        ("include", KeywordName::Include),
        ("member", KeywordName::Member),
        ("end", KeywordName::End),
    ];

    /// The keyword that a word is, if it is one.
    pub fn of(word: &str) -> Option<KeywordName> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, keyword)| *keyword)
    }

    /// The word.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, keyword)| *keyword == self).map_or("", |(name, _)| name)
    }

    /// Whether it counts at the start of any line, not only of a block.
    pub fn on_any_line(self) -> bool {
        use KeywordName::*;
        matches!(self, If | For | Else | End | Block | Include)
    }

    /// Whether its value is text that is printed, or that says how.
    pub fn is_prose(self) -> bool {
        use KeywordName::*;
        !matches!(self, If | For | Else | End | Block | Include | Member)
    }

    /// Whether an `end:` closes it.
    pub fn opens(self) -> bool {
        matches!(self, KeywordName::If | KeywordName::For | KeywordName::Block)
    }
}

/// A keyword line.
#[derive(Clone, Debug)]
pub struct Keyword {
    /// Which.
    pub name: KeywordName,
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

/// A quotation.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The word `quote`.
    pub word: Span,
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
    /// The same, read: `plain`, labels, or what is neither.
    pub value: Vec<Inline>,
    /// The rows and the comments between them.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub enum Row {
    /// `// …`
    Comment(Span),
    /// Cells, each with its text.
    Cells(Span, Vec<Vec<Inline>>),
}

/// What stands inside a paragraph.
#[derive(Clone, Debug)]
pub enum Inline {
    /// The very bytes of the source at this place.
    Text(Word),
    /// A line break of the source: a space, or in a title a line break.
    Break(Span),
    /// A comment line inside the paragraph.
    Comment(Span),
    /// `|` outside brackets and braces.
    Pipe(Span),
    /// `*text*`, `**text**`
    Emphasis {
        /// With its asterisks.
        span: Span,
        /// Two asterisks.
        strong: bool,
        /// What is emphasized.
        content: Vec<Inline>,
    },
    /// `[text]`, `[FR: shall | DE: should]`
    Bracket {
        /// With its brackets.
        span: Span,
        /// Divided by `|`; at least one.
        alternatives: Vec<Alternative>,
    },
    /// `{#label}`
    Label {
        /// With its braces.
        span: Span,
        /// The name.
        name: Word,
        /// Which include it is in, whose labels are its own; 0 for none.
        scope: u32,
    },
    /// `{@label}`, `{@label | number}`
    CrossReference {
        /// With its braces.
        span: Span,
        /// The name.
        name: Word,
        /// Which include it is in; 0 for none.
        scope: u32,
        /// `number`
        filter: Option<Word>,
    },
    /// `{note: text}`, `{note *: text}`
    Note {
        /// With its braces.
        span: Span,
        /// `*`
        mark: Option<Word>,
        /// The note's text.
        content: Vec<Inline>,
    },
    /// `{lang ru: текст}`
    Lang {
        /// With its braces.
        span: Span,
        /// `ru`
        tag: Word,
        /// The passage.
        content: Vec<Inline>,
    },
    /// `{MC.DEC/4/07}`, `{cite helsinki-final-act: the Final Act}`
    Citation {
        /// With its braces.
        span: Span,
        /// The symbols, or the slug after `cite`.
        instruments: Vec<Word>,
        /// Whether the instrument is given by its slug.
        by_slug: bool,
        /// `dat`, `gen` …
        filter: Option<Word>,
        /// The author's own words for it; empty where the compiler writes
        /// them.
        content: Vec<Inline>,
    },
    /// `{none: Decision No. 5/11}`
    NoCitation {
        /// With its braces.
        span: Span,
        /// What is no citation.
        content: Vec<Inline>,
    },
    /// `{name}`, `{adopted | date}`, `{27 | ordinal f}`
    Value {
        /// With its braces.
        span: Span,
        /// What is printed.
        operand: Operand,
        /// How, one after the other.
        filters: Vec<Word>,
    },
    /// `{if host}…{else}…{end}`
    If {
        /// From the first brace to the last.
        span: Span,
        /// What stands after `if`.
        condition: Word,
        /// What is printed where it holds.
        then: Vec<Inline>,
        /// What is printed where it does not.
        otherwise: Vec<Inline>,
    },
    /// `{for s in states}…{end}`
    For {
        /// From the first brace to the last.
        span: Span,
        /// What stands after `for`.
        head: Word,
        /// What is repeated.
        content: Vec<Inline>,
    },
    /// What a value printed, where it is not the very bytes at its place.
    Filled {
        /// Where the value was given.
        span: Span,
        /// What is printed.
        text: String,
        /// Whether nothing was given, so that a gap is printed.
        gap: bool,
    },
    /// Braces that begin nothing; they were reported.
    Unknown {
        /// With its braces.
        span: Span,
        /// What stands in them.
        content: Vec<Inline>,
    },
}

/// What a value in braces is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// `host`, `s.name`
    Name(Subject),
    /// `27`
    Number(Word),
    /// `"text"`, without its marks
    Text(Word),
}

/// A name of a value, or a field of it: `host`, `s.name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The name.
    pub name: Word,
    /// The field of a record.
    pub field: Option<Word>,
}

impl Subject {
    /// All of it.
    pub fn span(&self) -> Span {
        self.field.as_ref().map_or(self.name.span, |field| self.name.span.to(field.span))
    }
}

/// One of the texts between which a bracket leaves the choice.
#[derive(Clone, Debug, Default)]
pub struct Alternative {
    /// The names before a colon, and the place of names and colon.
    pub by: Option<(Vec<Word>, Word)>,
    /// The text.
    pub content: Vec<Inline>,
}

impl Inline {
    /// Its bytes.
    pub fn span(&self) -> Span {
        match self {
            Inline::Text(word) => word.span,
            Inline::Break(span) | Inline::Comment(span) | Inline::Pipe(span) => *span,
            Inline::Emphasis { span, .. }
            | Inline::Bracket { span, .. }
            | Inline::Label { span, .. }
            | Inline::CrossReference { span, .. }
            | Inline::Note { span, .. }
            | Inline::Lang { span, .. }
            | Inline::Citation { span, .. }
            | Inline::NoCitation { span, .. }
            | Inline::Value { span, .. }
            | Inline::If { span, .. }
            | Inline::For { span, .. }
            | Inline::Filled { span, .. }
            | Inline::Unknown { span, .. } => *span,
        }
    }

    /// The texts that stand directly in it.
    pub fn children(&self) -> Vec<&[Inline]> {
        match self {
            Inline::Emphasis { content, .. }
            | Inline::Note { content, .. }
            | Inline::Lang { content, .. }
            | Inline::Citation { content, .. }
            | Inline::NoCitation { content, .. }
            | Inline::For { content, .. }
            | Inline::Unknown { content, .. } => vec![content],
            Inline::If { then, otherwise, .. } => vec![then, otherwise],
            Inline::Bracket { alternatives, .. } => alternatives.iter().map(|a| a.content.as_slice()).collect(),
            _ => Vec::new(),
        }
    }
}

/// Calls `visit` for each inline of a text, parents first.
pub fn walk<'a>(content: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in content {
        visit(inline);
        for child in inline.children() {
            walk(child, visit);
        }
    }
}
