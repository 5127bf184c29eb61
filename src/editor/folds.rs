//! What can be folded, and what is selected step by step around a place.

use std::ops::Range;

use super::outline::SymbolKind;
use super::place::touches;
use super::reading::{Part, Reading};
use crate::syntax::ast::{BlockKind, DirectiveName, HeaderItem};

/// A stretch of lines that can be folded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fold {
    /// Its bytes; the first line stays.
    pub range: Range<usize>,
    /// Whether it is a remark.
    pub is_comment: bool,
}

impl Reading<'_> {
    /// What can be folded: the header, parts, sections, paragraphs with what belongs to
    /// them, tables, quotations, branches and remarks.
    pub fn folds(&self) -> Vec<Fold> {
        let mut folds = Vec::new();
        let mut add = |range: Range<usize>, is_comment: bool| {
            if self.slice(range.clone()).trim_end().contains(['\n', '\r']) {
                folds.push(Fold { range, is_comment });
            }
        };
        let header = &self.tree.header;
        let first = header.items.first().map(|item| match item {
            HeaderItem::Entry(entry) => entry.span().range().start,
            HeaderItem::Comment(span) => span.range().start,
        });
        if let (Some(first), Some(rule)) = (first, header.rule) {
            add(first..rule.range().end, false);
        }
        for symbol in self.symbols().into_iter().filter(|symbol| symbol.kind != SymbolKind::Title) {
            add(symbol.range, false);
        }
        let mut open: Vec<usize> = Vec::new();
        let mut remark: Option<Range<usize>> = None;
        for part in self.parts() {
            let range = part.span().range();
            match part {
                Part::Directive(directive) => match directive.name {
                    DirectiveName::If | DirectiveName::For | DirectiveName::Block => open.push(range.start),
                    DirectiveName::End => {
                        if let Some(start) = open.pop() {
                            add(start..range.end, false);
                        }
                    }
                    DirectiveName::Else | DirectiveName::Include => {}
                },
                Part::Block(block) if matches!(block.kind, BlockKind::Comment) => {
                    let start = remark.as_ref().map_or(range.start, |remark| remark.start);
                    remark = Some(start..range.end);
                    continue;
                }
                Part::Block(_) => {}
            }
            if let Some(remark) = remark.take() {
                add(remark, true);
            }
        }
        if let Some(remark) = remark {
            add(remark, true);
        }
        folds.sort_by_key(|fold| (fold.range.start, std::cmp::Reverse(fold.range.end)));
        folds.dedup_by(|next, first| next.range == first.range);
        folds
    }

    /// What stands around an offset, the smallest first: a word, what is in braces or
    /// brackets, a paragraph, a section, the text.
    pub fn selections(&self, offset: usize) -> Vec<Range<usize>> {
        let text = self.text();
        let mut all: Vec<Range<usize>> = Vec::new();
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let before = self.slice(0..offset);
        let start = before.char_indices().rev().take_while(|(_, c)| is_word(*c)).last().map_or(offset, |(at, _)| at);
        let rest = self.slice(offset..text.len());
        let end = offset + rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        if start < end {
            all.push(start..end);
        }
        all.extend(self.reference_at(offset).map(|reference| reference.place.range()));
        self.each_inline(&mut |inline| {
            if touches(&inline.span().range(), offset) {
                all.push(inline.span().range());
            }
        });
        let entries = self.tree.header.entries().map(|entry| entry.span().range());
        let parts = self.parts().into_iter().map(|part| part.span().range());
        let symbols = self.symbols().into_iter().map(|symbol| symbol.range);
        all.extend(entries.chain(parts).chain(symbols).filter(|range| touches(range, offset)));
        all.push(0..text.len());
        all.sort_by_key(|range| (range.len(), range.start));
        // Each lies within the next.
        let mut nested: Vec<Range<usize>> = Vec::new();
        for range in all {
            let fits = nested.last().is_none_or(|last| range.start <= last.start && last.end <= range.end);
            if fits && nested.last() != Some(&range) {
                nested.push(range);
            }
        }
        nested
    }
}
