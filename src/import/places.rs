//! The words of an author's text sign by sign, each with its bytes, and what stands between
//! them that is no word of the author's.

use std::ops::Range;

use crate::source::{FileId, Source, Span};
use crate::syntax::ast::{Block, BlockKind, Entry, Hyphen, Inline, Row, Segment};
use crate::syntax::parse;

/// Whose a sign is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The author's, to be edited.
    Own,
    /// A bracket, its names, the end of a cell.
    Structure,
    /// What stands in braces, and is written by the compiler.
    Value,
    Citation,
    Reference,
    Branch,
}

impl Origin {
    /// What is said of words that come from there.
    pub fn said(self) -> &'static str {
        match self {
            Origin::Own => "words that are printed in another form",
            Origin::Structure => "brackets, names in them or the cells of a row",
            Origin::Value => "words that a value in braces gives",
            Origin::Citation => "words of a citation in braces",
            Origin::Reference => "a number that the compiler writes",
            Origin::Branch => "words of a branch or a loop",
        }
    }
}

/// A sign that is printed, or stands for words that the compiler writes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    pub sign: char,
    pub from: usize,
    pub to: usize,
    pub origin: Origin,
}

/// Stands for what the compiler writes.
pub(super) const WRITTEN: char = '\u{FFFC}';

/// A text of the author's: a paragraph, the words of a keyword, the rows of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// All of its block, or of its row.
    pub block: Range<usize>,
    pub signs: Vec<Sign>,
    /// The texts of its footnotes.
    pub notes: Vec<Vec<Sign>>,
    /// Whether it is a paragraph that has no marker.
    pub is_bare: bool,
    /// The rows of a table, each with all lines that go on with it.
    pub rows: Vec<Text>,
}

/// All texts of a source by the byte at which their blocks begin.
pub(super) fn texts(source: &str) -> Vec<Text> {
    let read = Source::new("", source);
    let tree = parse(&read, FileId(0), &mut crate::diag::Diagnostics::default());
    let mut out = Vec::new();
    let mut open: Vec<&Segment> = tree.body.iter().rev().collect();
    while let Some(segment) = open.pop() {
        match segment {
            Segment::Block(block) => out.extend(of_block(block, source)),
            Segment::Quote(_, content) | Segment::Table(_, content) => open.extend(content.iter().rev()),
            Segment::Directive(_) => {}
        }
    }
    out.sort_by_key(|text: &Text| text.block.start);
    out
}

fn of_block(block: &Block, source: &str) -> Option<Text> {
    let mut text = Text { block: block.span.range(), ..Text::default() };
    match &block.kind {
        BlockKind::Paragraph(paragraph) => {
            text.is_bare = paragraph.marker.is_none();
            let mut flat = Flat { source, text: &mut text };
            flat.add(&paragraph.content);
        }
        BlockKind::Keyword(keyword) => Flat { source, text: &mut text }.add(&keyword.value),
        BlockKind::Table(table) => {
            for row in &table.rows {
                let Row::Cells { span, cells, .. } = row else { continue };
                let goes_on = cells.first().is_some_and(Vec::is_empty) && !text.rows.is_empty();
                let mut own = Text { block: span.range(), ..Text::default() };
                Flat { source, text: &mut own }.cells(cells, *span);
                match text.rows.last_mut().filter(|_| goes_on) {
                    Some(before) => {
                        before.block.end = own.block.end;
                        let end = before.signs.last().map_or(own.block.start, |sign| sign.to);
                        before.signs.push(Sign { sign: ' ', from: end, to: end, origin: Origin::Structure });
                        before.signs.append(&mut own.signs);
                        before.notes.append(&mut own.notes);
                    }
                    None => text.rows.push(own),
                }
            }
        }
        BlockKind::Comment | BlockKind::Quote(_) => return None,
    }
    Some(text)
}

/// The lines of a value of the header as one text.
pub(super) fn of_entry(entry: &Entry) -> Text {
    let mut text = Text::default();
    for line in &entry.lines {
        if let Some(last) = text.signs.last().copied() {
            text.signs.push(Sign { sign: ' ', from: last.to, to: line.span.range().start, origin: Origin::Structure });
        }
        let start = line.span.range().start;
        let is_verbatim = line.span.range().len() == line.text.len();
        // What the language would read in it is not edited.
        let is_plain = is_verbatim && !line.text.contains(['{', '}', '[', ']', '*', '\\', '|']);
        let origin = if is_plain { Origin::Own } else { Origin::Structure };
        for (at, sign) in line.text.char_indices() {
            let (from, to) =
                if is_verbatim { (start + at, start + at + sign.len_utf8()) } else { (start, line.span.range().end) };
            text.signs.push(Sign { sign, from, to, origin });
        }
    }
    if let (Some(first), Some(last)) = (text.signs.first(), text.signs.last()) {
        text.block = first.from..last.to;
    }
    text
}

struct Flat<'s, 't> {
    source: &'s str,
    text: &'t mut Text,
}

impl Flat<'_, '_> {
    fn written(&mut self, span: Span, origin: Origin) {
        let range = span.range();
        self.text.signs.push(Sign { sign: WRITTEN, from: range.start, to: range.end, origin });
    }

    fn signs(&mut self, words: &str, span: Span, origin: Origin) {
        let range = span.range();
        let is_verbatim = self.source.get(range.clone()) == Some(words);
        // A sign that was escaped has its backslash before it.
        let is_escaped = words.chars().count() == 1
            && words.starts_with(['{', '}', '[', ']', '*', '|', ';', '\\'])
            && self.source.get(..range.start).is_some_and(|before| {
                let slashes = before.len() - before.trim_end_matches('\\').len();
                !slashes.is_multiple_of(2)
            });
        for (at, sign) in words.char_indices() {
            let (from, to) = match (is_verbatim, is_escaped) {
                (true, true) => (range.start - 1, range.end),
                (true, false) => (range.start + at, range.start + at + sign.len_utf8()),
                (false, _) => (range.start, range.end),
            };
            let origin = if is_verbatim { origin } else { Origin::Structure };
            self.text.signs.push(Sign { sign, from, to, origin });
        }
    }

    fn cells(&mut self, cells: &[Vec<Inline>], span: Span) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                let place = self.text.signs.last().map_or(span.range().start, |last| last.to);
                for sign in super::spots::CELL.chars() {
                    self.text.signs.push(Sign { sign, from: place, to: place, origin: Origin::Structure });
                }
            }
            let start = self.text.signs.len();
            self.add(cell);
            // The blanks around a cell's words are its author's columns.
            while self.text.signs.len() > start && self.text.signs.last().is_some_and(|last| last.sign.is_whitespace())
            {
                self.text.signs.pop();
            }
            let lead = self
                .text
                .signs
                .get(start..)
                .unwrap_or_default()
                .iter()
                .take_while(|sign| sign.sign.is_whitespace())
                .count();
            self.text.signs.drain(start..start + lead);
        }
    }

    fn add(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(word) => self.signs(&word.text, word.span, Origin::Own),
                Inline::Hyphen(span, Hyphen::NoBreak) => self.signs("\u{2011}", *span, Origin::Own),
                Inline::Hyphen(_, Hyphen::Soft) | Inline::Comment(_) | Inline::Label { .. } => {}
                Inline::Break(span) => {
                    let range = span.range();
                    self.text.signs.push(Sign { sign: ' ', from: range.start, to: range.end, origin: Origin::Own });
                }
                Inline::Pipe(span) => self.signs("|", *span, Origin::Structure),
                Inline::Emphasis { content, .. }
                | Inline::Lang { content, .. }
                | Inline::NoCitation { content, .. } => {
                    self.add(content);
                }
                Inline::Bracket { span, alternatives } => self.bracket(*span, alternatives),
                Inline::OpenBracket { span, by } => {
                    self.signs("[", span.part(0..1), Origin::Structure);
                    if let Some((_, names)) = by {
                        self.signs(&names.text, names.span, Origin::Structure);
                    }
                }
                Inline::CloseBracket(span) => self.signs("]", *span, Origin::Structure),
                Inline::CrossReference { span, .. } => self.written(*span, Origin::Reference),
                Inline::Note { content, .. } => {
                    let mut note = Text::default();
                    Flat { source: self.source, text: &mut note }.add(content);
                    self.text.notes.push(note.signs);
                }
                Inline::Citation { span, content, .. } if content.is_empty() => self.written(*span, Origin::Citation),
                Inline::Citation { content, .. } => self.add(content),
                other => {
                    let origin = if matches!(other, Inline::Value { .. }) { Origin::Value } else { Origin::Branch };
                    self.written(other.span(), origin);
                }
            }
        }
    }

    fn bracket(&mut self, span: Span, alternatives: &[crate::syntax::ast::Alternative]) {
        self.signs("[", span.part(0..1), Origin::Structure);
        for (at, alternative) in alternatives.iter().enumerate() {
            if at > 0 {
                let place = self.text.signs.last().map_or(span.range().start, |last| last.to);
                for sign in " | ".chars() {
                    self.text.signs.push(Sign { sign, from: place, to: place, origin: Origin::Structure });
                }
            }
            if let Some((_, names)) = &alternative.by {
                self.signs(&names.text, names.span, Origin::Structure);
            }
            self.add(&alternative.content);
        }
        let length = span.range().len();
        self.signs("]", span.part(length.saturating_sub(1)..length), Origin::Structure);
    }
}
