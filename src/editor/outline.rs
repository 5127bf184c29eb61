//! The outline of a text: parts, sections and paragraphs with the numbers that are printed.

use std::ops::Range;

use super::reading::{Part, Reading};
use crate::syntax::ast::{Block, BlockKind, Inline, Keyword, StructureName};
use crate::syntax::marker::MarkerKind;
use crate::syntax::words_of;

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SymbolKind {
    /// The header, with the title.
    Title,
    /// A preamble, an operative part, an annex.
    Part,
    /// A section or a heading.
    Section,
    /// A paragraph.
    Paragraph,
    /// A sub-paragraph.
    Item,
    /// A table, or a quotation.
    Other,
}

/// A piece of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Symbol {
    /// What it is called: its number as it is printed, and its first words.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// How deep it stands, from 0.
    pub depth: usize,
    /// All of it, what belongs to it included.
    pub range: Range<usize>,
    /// Its first line.
    pub selection: Range<usize>,
}

/// So many words of a paragraph are shown.
const WORDS: usize = 9;

impl Reading<'_> {
    /// The outline in the order of the text: what belongs to a symbol follows it, and is
    /// deeper.
    pub fn symbols(&self) -> Vec<Symbol> {
        let mut symbols = Vec::new();
        if let Some(title) = self.tree.header.get("title") {
            let range = title.span().range();
            let name = title.value();
            let name = if name.is_empty() { "title".to_owned() } else { name };
            symbols.push(Symbol { name, kind: SymbolKind::Title, depth: 0, selection: range.clone(), range });
        }
        let numbers = self.numbers();
        let number = |content: &[Inline]| {
            let first = content.first()?.span().range().start;
            numbers.get(&first).map(|label| label.replace('\u{A0}', " "))
        };
        // How deep what follows stands: below a part, a section, a subsection, a paragraph.
        let (mut part, mut section, mut paragraph) = (0, 0, 0);
        for found in self.parts() {
            let Part::Block(block) = found else { continue };
            let (depth, kind, label) = match &block.kind {
                BlockKind::Comment => continue,
                BlockKind::Keyword(keyword) => match self.of_keyword(keyword, &number) {
                    Some((SymbolKind::Part, name)) => {
                        (part, section, paragraph) = (1, 1, 1);
                        (0, SymbolKind::Part, name)
                    }
                    Some((kind, name)) => {
                        let depth = if keyword.name == StructureName::Section { part } else { section.max(part) };
                        if keyword.name == StructureName::Section {
                            section = part + 1;
                        }
                        paragraph = depth + 1;
                        (depth, kind, name)
                    }
                    None => continue,
                },
                BlockKind::Paragraph(found) => {
                    let words = first_words(&found.content);
                    let label = number(&found.content);
                    match &found.marker {
                        Some(marker) if matches!(marker.kind, MarkerKind::Number { .. } | MarkerKind::Decimal(_)) => {
                            let label = label.unwrap_or_else(|| self.slice(marker.span.range()).to_owned());
                            (paragraph, SymbolKind::Paragraph, format!("{label} {words}"))
                        }
                        Some(marker) => {
                            let label = label.unwrap_or_else(|| self.slice(marker.span.range()).to_owned());
                            let depth = paragraph + 1 + block.indent / 4;
                            (depth, SymbolKind::Item, format!("{label} {words}"))
                        }
                        None if block.indent > 0 || words.is_empty() => continue,
                        None => (paragraph, SymbolKind::Paragraph, words),
                    }
                }
                BlockKind::Quote(quote) => {
                    let what = if quote.is_statement { "statement" } else { "quotation" };
                    (paragraph + 1, SymbolKind::Other, what.to_owned())
                }
                BlockKind::Table(_) => (paragraph, SymbolKind::Other, "table".to_owned()),
            };
            symbols.push(self.symbol(block, depth, kind, label));
        }
        extend(&mut symbols, self.text().trim_end().len());
        symbols
    }

    fn of_keyword(
        &self,
        keyword: &Keyword,
        number: &dyn Fn(&[Inline]) -> Option<String>,
    ) -> Option<(SymbolKind, String)> {
        let words = first_words(&keyword.value);
        let named = |kind| {
            let name = match (number(&keyword.value), words.is_empty()) {
                (Some(label), _) => format!("{label} {words}").trim_end().to_owned(),
                (None, true) => keyword.name.word().to_owned(),
                (None, false) => format!("{}: {words}", keyword.name.word()),
            };
            Some((kind, name))
        };
        match keyword.name {
            StructureName::Preamble | StructureName::Operative | StructureName::Annex | StructureName::Attachment => {
                named(SymbolKind::Part)
            }
            StructureName::Section | StructureName::Subsection | StructureName::Heading | StructureName::Session => {
                named(SymbolKind::Section)
            }
            StructureName::Item | StructureName::Member | StructureName::Decision => named(SymbolKind::Section),
            StructureName::Address | StructureName::Signature | StructureName::Contents => named(SymbolKind::Other),
            StructureName::Numbering | StructureName::Row => None,
        }
    }

    fn symbol(&self, block: &Block, depth: usize, kind: SymbolKind, name: String) -> Symbol {
        let range = block.span.range();
        let text = self.slice(range.clone());
        let line = text.find(['\n', '\r']).unwrap_or(text.len());
        Symbol { name, kind, depth, selection: range.start..range.start + line, range }
    }
}

/// Lets each symbol reach to where the next one begins that does not belong to it, and
/// makes of the depths a tree's: one deeper at the most than what stands before.
fn extend(symbols: &mut [Symbol], end: usize) {
    let mut open: Vec<(usize, usize)> = Vec::new();
    for at in 0..symbols.len() {
        let (depth, start) = symbols.get(at).map_or((0, 0), |symbol| (symbol.depth, symbol.range.start));
        while let Some((index, _)) = open.pop_if(|(_, other)| *other >= depth) {
            close(symbols, index, start);
        }
        if let Some(symbol) = symbols.get_mut(at) {
            symbol.depth = open.len();
        }
        open.push((at, depth));
    }
    for (index, _) in open {
        close(symbols, index, end);
    }
}

fn close(symbols: &mut [Symbol], index: usize, end: usize) {
    let last = symbols.get(index + 1..).unwrap_or_default().iter().take_while(|symbol| symbol.range.start < end);
    let last = last.map(|symbol| symbol.range.end).max().unwrap_or_default();
    if let Some(symbol) = symbols.get_mut(index) {
        symbol.range.end = symbol.range.end.max(last.min(end));
    }
}

fn first_words(content: &[Inline]) -> String {
    let words = words_of(content);
    let all: Vec<&str> = words.split_whitespace().collect();
    let shown = all.get(..all.len().min(WORDS)).unwrap_or_default().join(" ");
    let shown: String = shown.chars().take(80).collect();
    if all.len() > WORDS { format!("{shown} …") } else { shown }
}
