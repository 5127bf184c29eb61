//! What stands at a place of a text.

use std::ops::Range;

use super::reading::{Part, Reading};
use crate::source::Span;
use crate::syntax::ast::{
    BlockKind, Directive, DirectiveName, Entry, Inline, KeywordName, Operand, StructureName, Subject, Word,
};
use crate::syntax::{read_argument, read_condition, read_repetition};

/// What stands at a place.
#[derive(Clone, Debug)]
pub(super) enum Thing<'t> {
    /// A key of the header.
    Key(&'t Entry),
    /// The value of one.
    Value(&'t Entry),
    Keyword(KeywordName),
    /// `{#name}`
    Label(&'t Word),
    /// `{@name}`, all of it.
    Pointer(&'t Word, Span),
    /// A name of a value, and the braces that print it.
    Name(Subject, Option<Span>),
    Filter(&'t Word),
    /// The path of another file.
    Path(Word),
    /// The name of a block.
    BlockName(Word),
    /// Words not agreed.
    Bracket(&'t Inline),
}

/// Whether a cursor at an offset touches a range.
pub(super) fn touches(range: &Range<usize>, offset: usize) -> bool {
    range.start <= offset && offset <= range.end
}

impl Reading<'_> {
    /// The smallest thing at an offset, with its bytes.
    pub(super) fn thing(&self, offset: usize) -> Option<(Range<usize>, Thing<'_>)> {
        self.things(offset).into_iter().min_by_key(|(range, _)| range.len())
    }

    /// All things at an offset.
    pub(super) fn things(&self, offset: usize) -> Vec<(Range<usize>, Thing<'_>)> {
        let mut all = Vec::new();
        self.header_things(offset, &mut all);
        for part in self.parts() {
            if !touches(&part.span().range(), offset) {
                continue;
            }
            match part {
                Part::Directive(directive) => self.in_directive(directive, offset, &mut all),
                Part::Block(block) => {
                    let mut keyword = |word: Span, name| all.push((word.range(), Thing::Keyword(name)));
                    match &block.kind {
                        BlockKind::Keyword(found) => {
                            keyword(found.word, KeywordName::Structure(found.name));
                            if found.name == StructureName::Member
                                && let Some(path) = found.lines.first()
                            {
                                all.push((path.range(), Thing::Path(self.word(*path))));
                            }
                            for entry in found.header.entries() {
                                entry_at(entry, &mut all);
                            }
                        }
                        BlockKind::Quote(quote) => keyword(
                            quote.word,
                            if quote.is_statement { KeywordName::Statement } else { KeywordName::Quote },
                        ),
                        BlockKind::Table(table) => keyword(table.word, KeywordName::Table),
                        BlockKind::Comment | BlockKind::Paragraph(_) => {}
                    }
                }
            }
        }
        self.each_inline(&mut |inline| {
            if touches(&inline.span().range(), offset) {
                in_inline(inline, &mut all);
            }
        });
        all.retain(|(range, _)| touches(range, offset));
        all
    }

    /// The bytes of a span as a word.
    pub(super) fn word(&self, span: Span) -> Word {
        let text = self.slice(span.range());
        let inner = text.trim();
        let start = text.len() - text.trim_start().len();
        Word { text: inner.to_owned(), span: span.part(start..start + inner.len()) }
    }

    fn header_things<'t>(&'t self, offset: usize, all: &mut Vec<(Range<usize>, Thing<'t>)>) {
        for entry in self.tree.header.entries() {
            if touches(&entry.span().range(), offset) {
                entry_at(entry, all);
                // A title may have values in it.
                for name in self.names_in_value(entry) {
                    all.push((name.span().range(), Thing::Name(name, None)));
                }
            }
        }
    }

    /// The names of values that stand in braces in a value of the header.
    pub(super) fn names_in_value(&self, entry: &Entry) -> Vec<Subject> {
        let mut names = Vec::new();
        for line in &entry.lines {
            let mut at = 0;
            while let Some(open) = line.text.get(at..).and_then(|rest| rest.find('{')).map(|open| at + open + 1) {
                let rest = line.text.get(open..).unwrap_or_default();
                let length = rest.find(|c: char| !c.is_alphanumeric() && !"-_.".contains(c)).unwrap_or(rest.len());
                if length > 0 && rest.starts_with(char::is_alphabetic) {
                    let whole = Word { text: rest[..length].to_owned(), span: line.span.part(open..open + length) };
                    names.push(crate::syntax::subject_of(&whole));
                }
                at = open;
            }
        }
        names
    }

    fn in_directive<'t>(&'t self, directive: &'t Directive, offset: usize, all: &mut Vec<(Range<usize>, Thing<'t>)>) {
        all.push((directive.word.range(), Thing::Keyword(KeywordName::Directive(directive.name))));
        for (word, subject) in self.names_of_directive(directive) {
            let _ = word;
            all.push((subject.span().range(), Thing::Name(subject, None)));
        }
        let Some(first) = directive.lines.first().map(|line| self.word(*line)) else { return };
        match directive.name {
            DirectiveName::Block | DirectiveName::End if !first.text.is_empty() => {
                all.push((first.span.range(), Thing::BlockName(first)));
            }
            DirectiveName::Include => {
                all.push((first.span.range(), Thing::Path(first)));
                for line in directive.lines.iter().skip(1).filter(|line| touches(&line.range(), offset)) {
                    let line = self.word(*line);
                    if let Some((name, _)) = read_argument(&line) {
                        all.push((name.span.range(), Thing::Name(Subject { name, field: None }, None)));
                    }
                }
            }
            DirectiveName::Block
            | DirectiveName::End
            | DirectiveName::If
            | DirectiveName::For
            | DirectiveName::Else => {}
        }
    }

    /// The names that a line asks for or gives: whether a loop gives it, and the name.
    pub(super) fn names_of_directive(&self, directive: &Directive) -> Vec<(bool, Subject)> {
        let Some(words) = directive.lines.first().map(|line| self.word(*line)) else { return Vec::new() };
        match directive.name {
            DirectiveName::If => {
                let condition = read_condition(&words);
                condition.into_iter().flat_map(|condition| condition.tests).map(|test| (false, test.subject)).collect()
            }
            DirectiveName::For => {
                let repetition = read_repetition(&words);
                let both = |(name, list): (Word, Subject)| [(true, Subject { name, field: None }), (false, list)];
                repetition.into_iter().flat_map(both).collect()
            }
            DirectiveName::Else | DirectiveName::Block | DirectiveName::Include | DirectiveName::End => Vec::new(),
        }
    }
}

fn entry_at<'t>(entry: &'t Entry, all: &mut Vec<(Range<usize>, Thing<'t>)>) {
    all.push((entry.key.span.range(), Thing::Key(entry)));
    if entry.lines.iter().any(|line| !line.text.is_empty()) {
        all.push((entry.value_span().range(), Thing::Value(entry)));
    }
}

fn in_inline<'t>(inline: &'t Inline, all: &mut Vec<(Range<usize>, Thing<'t>)>) {
    let range = inline.span().range();
    match inline {
        Inline::Label { name, .. } => all.push((range, Thing::Label(name))),
        Inline::CrossReference { name, filter, span, .. } => {
            all.push((range, Thing::Pointer(name, *span)));
            all.extend(filter.iter().map(|filter| (filter.span.range(), Thing::Filter(filter))));
        }
        Inline::Value { span, operand, filters } => {
            if let Operand::Name(subject) = operand {
                all.push((range, Thing::Name(subject.clone(), Some(*span))));
            }
            all.extend(filters.iter().map(|filter| (filter.span.range(), Thing::Filter(filter))));
        }
        Inline::If { condition, .. } => {
            for test in read_condition(condition).into_iter().flat_map(|condition| condition.tests) {
                all.push((test.subject.span().range(), Thing::Name(test.subject, None)));
            }
        }
        Inline::For { head, .. } => {
            if let Some((name, list)) = read_repetition(head) {
                all.push((name.span.range(), Thing::Name(Subject { name, field: None }, None)));
                all.push((list.span().range(), Thing::Name(list, None)));
            }
        }
        Inline::Citation { filter: Some(filter), .. } => all.push((filter.span.range(), Thing::Filter(filter))),
        Inline::Bracket { .. } | Inline::OpenBracket { .. } => all.push((range, Thing::Bracket(inline))),
        Inline::Text(_)
        | Inline::Hyphen(..)
        | Inline::Break(_)
        | Inline::Comment(_)
        | Inline::Pipe(_)
        | Inline::Emphasis { .. }
        | Inline::CloseBracket(_)
        | Inline::Note { .. }
        | Inline::Lang { .. }
        | Inline::Citation { .. }
        | Inline::NoCitation { .. }
        | Inline::Filled { .. }
        | Inline::Unknown { .. } => {}
    }
}
