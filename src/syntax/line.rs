//! The lines of a file and the form of each.

use pest::Parser;

use super::ast::{KeywordName, Word};
use super::grammar::{Grammar, Rule};
use super::marker::Marker;
use crate::source::{FileId, Span};

/// How wide a tab is, in columns.
const TAB: usize = 4;
/// What counts as indentation, in columns: one blank is none.
const UNIT: usize = 2;
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
        Lines { lines }
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
pub(crate) fn is_dropped(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{AD}' | '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}')
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
    let first = whole.find(|c| !is_gap(c) && !is_dropped(c)).unwrap_or(whole.len());
    let rest = line.span.part(first..whole.len());
    let beginning = &whole[first..whole.ceil_char_boundary(first + FORM_BYTES)];
    LineForm { indent: columns(&whole[..first]), text_start: rest.start, form: form_of(text, beginning, rest) }
}

/// What a line says whose first sign is that of `beginning`.
fn form_of(text: &str, beginning: &str, line: Span) -> Form {
    if !may_have_form(beginning) {
        return Form::Prose;
    }
    let Ok(mut pairs) = Grammar::parse(Rule::line, beginning) else { return Form::Prose };
    let at = |span: pest::Span<'_>| line.part(span.start()..span.end());
    let Some(pair) = pairs.next().and_then(|line| line.into_inner().next()) else { return Form::Prose };
    let rest = Span { start: at(pair.as_span()).end, ..line };
    match pair.as_rule() {
        Rule::comment => Form::Comment,
        Rule::closing_rule => Form::ClosingRule,
        Rule::page_head => Form::PageHead,
        Rule::pasted_mark => Form::PastedMark,
        Rule::keyword => match pair.into_inner().next() {
            Some(word) => {
                let word = Word { text: word.as_str().to_owned(), span: at(word.as_span()) };
                Form::Keyword { word, value: trim(text, rest) }
            }
            None => Form::Prose,
        },
        _ => {
            let (mut bracket, mut marker) = (None, None);
            for part in pair.into_inner() {
                let place = at(part.as_span());
                match part.as_rule() {
                    Rule::bracket_before => bracket = Some(place),
                    Rule::marker => marker = Marker::read(part, place),
                    _ => {}
                }
            }
            match marker {
                Some(marker) => Form::Marked { bracket, marker, rest: trim(text, rest) },
                None => Form::Prose,
            }
        }
    }
}

/// Whether it is worth asking the grammar: most lines begin with a word that
/// has no colon, bracket or full stop after it.
fn may_have_form(beginning: &str) -> bool {
    let word_end = beginning.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(beginning.len());
    let after = beginning[word_end..].trim_start_matches(|c| is_gap(c) || is_dropped(c));
    let starts_with_word = beginning.starts_with(char::is_alphabetic);
    !starts_with_word || after.starts_with([':', ')', '.'])
}

/// Columns rounded down to whole units: the indentation that a block has.
pub(super) fn indentation(columns: usize) -> usize {
    columns / UNIT * UNIT
}

fn columns(indent: &str) -> usize {
    indent.chars().map(|c| if c == '\t' { TAB } else { usize::from(!is_dropped(c)) }).sum()
}

/// A line without the backslash that takes the meaning of a marker, a keyword, `//` or
/// dashes at its start: it is not printed.
pub(super) fn unescaped(text: &str, content: Span) -> Span {
    let Some(escaped) = text[content.range()].strip_prefix('\\') else { return content };
    let rest = content.part(1..content.range().len());
    let has_meaning = match form(text, Line { span: rest, blank_before: false }).form {
        Form::Prose => false,
        Form::Keyword { word, .. } => KeywordName::of(&word.text).is_some(),
        // `\*` is an escape of its own.
        Form::PastedMark => !escaped.starts_with('*'),
        Form::Comment | Form::ClosingRule | Form::PageHead | Form::Marked { .. } => true,
    };
    if has_meaning { rest } else { content }
}

/// The same at the start of a paragraph, where more may be a marker.
pub(super) fn unescaped_beginning(text: &str, content: Span) -> Span {
    let whole = &text[content.range()];
    let rest = content.part(whole.len().min(1)..whole.len());
    let hides_marker = whole.starts_with('\\') && Marker::offered(&text[rest.range()], rest).is_some();
    if hides_marker { rest } else { unescaped(text, content) }
}

/// Whether a line with an asterisk before it is the item of a list: it ends as one, stands
/// beside another, or below what leads to it. No two notes of a page have the same mark.
pub(super) fn is_in_list(text: &str, line: Span) -> bool {
    let words = &text[line.range()];
    let is_item = |line: &str| line.trim_start().starts_with("* ");
    let above = text[..line.range().start].trim_end().rsplit('\n').next().unwrap_or_default();
    let below = text[line.range().end..].trim_start().split('\n').next().unwrap_or_default();
    is_item(words) && (words.ends_with([';', ',']) || above.ends_with(':') || is_item(above) || is_item(below))
}
