//! What stands inside a paragraph, as the author wrote it.

use super::ast::Word;
use crate::source::Span;

/// What stands inside a paragraph.
#[derive(Clone, Debug)]
pub enum Inline {
    /// The words at this place: its very bytes, or one letter that they compose.
    Text(Word),
    /// A hyphen that says where a line may break.
    Hyphen(Span, Hyphen),
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
    /// `[` at the start of a block, closed in a later one.
    OpenBracket {
        /// With the names before its colon.
        span: Span,
        /// The names, and the place of names and colon.
        by: Option<(Vec<Word>, Word)>,
    },
    /// The `]` of such a bracket.
    CloseBracket(Span),
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

/// A hyphen that says where a line may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hyphen {
    /// U+2011: a hyphen after which no line ends.
    NoBreak,
    /// U+00AD: the word may be divided here, and has a hyphen only then.
    Soft,
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

/// A delegation’s name before a colon, and the round of proposals that it is of: `FR@2` is of the
/// second, and a name alone of the first.
pub fn delegation_and_round(name: &str) -> (&str, u32) {
    let round = name.rsplit_once('@').and_then(|(bare, round)| Some((bare, round.parse().ok()?)));
    round.unwrap_or((name, 1))
}

impl Inline {
    /// Its bytes.
    pub fn span(&self) -> Span {
        match self {
            Inline::Text(word) => word.span,
            Inline::Break(span)
            | Inline::Comment(span)
            | Inline::Pipe(span)
            | Inline::Hyphen(span, _)
            | Inline::CloseBracket(span) => *span,
            Inline::Emphasis { span, .. }
            | Inline::Bracket { span, .. }
            | Inline::OpenBracket { span, .. }
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
            Inline::Text(_)
            | Inline::Hyphen(..)
            | Inline::Break(_)
            | Inline::Comment(_)
            | Inline::Pipe(_)
            | Inline::OpenBracket { .. }
            | Inline::CloseBracket(_)
            | Inline::Label { .. }
            | Inline::CrossReference { .. }
            | Inline::Value { .. }
            | Inline::Filled { .. } => Vec::new(),
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
