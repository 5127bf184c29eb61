//! The lines of a file and the form of each.

use pest::Parser;

use super::ast::Word;
use super::grammar::{Grammar, Rule};
use super::marker::Marker;
use crate::source::{FileId, Span};

/// How wide a tab is, in columns.
const TAB: usize = 4;
/// Of a very long line only so much is read to find its form.
const FORM_BYTES: usize = 4096;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its bytes without the line end.
    pub span: Span,
    /// Whether a blank line stands before it.
    pub blank_before: bool,
}

/// The lines of a file that are not blank.
pub(super) struct Lines {
    pub file: FileId,
    lines: Vec<Line>,
}

impl Lines {
    /// Divides a text at every sign that word processors and systems end a
    /// line with.
    pub fn split(text: &str, file: FileId) -> Self {
        let mut lines = Vec::new();
        let (mut start, mut blank_before) = (0, false);
        let mut take = |range: std::ops::Range<usize>| {
            let line = &text[range.clone()];
            if line.chars().all(|c| is_gap(c) || is_dropped(c)) {
                blank_before = true;
            } else {
                lines.push(Line { span: Span::new(file, range), blank_before });
                blank_before = false;
            }
        };
        let mut signs = text.char_indices().peekable();
        while let Some((at, c)) = signs.next() {
            if !matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                continue;
            }
            take(start..at);
            start = at + c.len_utf8();
            if c == '\r' && signs.next_if(|&(_, next)| next == '\n').is_some() {
                start += 1;
            }
        }
        take(start..text.len());
        Lines { file, lines }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub fn get(&self, at: usize) -> Option<Line> {
        self.lines.get(at).copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = Line> {
        self.lines.iter().copied()
    }
}

/// White space within a line.
pub(super) fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{202F}' | '\u{2007}' | '\u{2009}')
}

/// Signs without a width, which are dropped.
pub(super) fn is_dropped(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{AD}' | '\u{200B}' | '\u{200C}' | '\u{200D}')
}

/// The text of a place without the blanks around it.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let inner = &text[span.range()];
    let trimmed = inner.trim_end_matches(|c| is_gap(c) || is_dropped(c));
    let start = trimmed.len() - trimmed.trim_start_matches(|c| is_gap(c) || is_dropped(c)).len();
    span.part(start..trimmed.len().max(start))
}

/// How a line begins.
#[derive(Clone, Debug)]
pub(super) struct LineForm {
    /// Columns of white space before the first sign.
    pub indent: usize,
    /// The first sign that is no white space.
    pub text_start: u32,
    /// What the beginning says.
    pub form: Form,
}

/// What the beginning of a line says.
#[derive(Clone, Debug)]
pub(super) enum Form {
    Prose,
    Comment,
    ClosingRule,
    PageHead,
    /// `word:`; the value is the rest of the line.
    Keyword {
        word: Word,
        value: Span,
    },
    /// A marker; the text is the rest of the line.
    Marked {
        bracket: Option<Span>,
        marker: Marker,
        rest: Span,
    },
    /// `* ` or a raised figure.
    PastedMark,
}

/// Reads how a line begins.
pub(super) fn form(text: &str, line: Line) -> LineForm {
    let whole = &text[line.span.range()];
    let beginning = &whole[..whole.floor_char_boundary(FORM_BYTES)];
    let mut read = LineForm { indent: 0, text_start: line.span.start, form: Form::Prose };
    let Ok(mut pairs) = Grammar::parse(Rule::line, beginning) else { return read };
    let at = |span: pest::Span<'_>| line.span.part(span.start()..span.end());
    for pair in pairs.next().into_iter().flat_map(|line| line.into_inner()) {
        let (span, rule) = (at(pair.as_span()), pair.as_rule());
        let rest = Span { start: span.end, ..line.span };
        match rule {
            Rule::indent => {
                read.indent = columns(pair.as_str());
                read.text_start = span.end;
            }
            Rule::comment => read.form = Form::Comment,
            Rule::closing_rule => read.form = Form::ClosingRule,
            Rule::page_head => read.form = Form::PageHead,
            Rule::pasted_mark => read.form = Form::PastedMark,
            Rule::keyword => {
                if let Some(word) = pair.into_inner().next() {
                    let word = Word { text: word.as_str().to_owned(), span: at(word.as_span()) };
                    read.form = Form::Keyword { word, value: trim(text, rest) };
                }
            }
            Rule::marked => {
                let mut bracket = None;
                for part in pair.into_inner() {
                    match part.as_rule() {
                        Rule::bracket_before => bracket = Some(at(part.as_span())),
                        Rule::marker => {
                            let place = at(part.as_span());
                            if let Some(marker) = Marker::read(part, place) {
                                read.form = Form::Marked { bracket, marker, rest: trim(text, rest) };
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    read
}

fn columns(indent: &str) -> usize {
    indent.chars().map(|c| if c == '\t' { TAB } else { usize::from(!is_dropped(c)) }).sum()
}
