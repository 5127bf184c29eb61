//! The canonical text of a tree: blank lines, indentation and header columns
//! made regular. The author's line breaks, words and numbers stay.

use super::ast::{Block, BlockKind, Entry, File, Header, HeaderItem, Inline, Keyword, Paragraph, Quote, Row, Table};
use super::line::is_dropped;
use super::marker::{Marker, MarkerKind};
use crate::source::{Source, Span};

/// Columns by which each level is indented.
const STEP: usize = 4;

/// Writes a tree in the canonical form. Formatting what comes out changes
/// nothing, and no meaning is changed.
pub fn format(file: &File, source: &Source) -> String {
    let mut writer = Writer { source, out: String::new() };
    writer.header(&file.header, "");
    if file.header.rule.is_some() {
        writer.out.push_str("---\n");
    }
    if !file.body.is_empty() {
        writer.blank();
        writer.blocks(&file.body, 0);
    }
    writer.out
}

struct Writer<'a> {
    source: &'a Source,
    out: String,
}

impl Writer<'_> {
    /// A stretch of the source without signs that have no width.
    fn slice(&self, span: Span) -> String {
        self.source.slice(span).chars().filter(|c| !is_dropped(*c)).collect()
    }

    fn line(&mut self, indent: usize, text: &str) {
        let text = text.trim_end_matches([' ', '\t', '\u{A0}', '\u{202F}', '\u{2007}', '\u{2009}']);
        if !text.is_empty() {
            self.out.extend(std::iter::repeat_n(' ', indent));
            self.out.push_str(text);
        }
        self.out.push('\n');
    }

    fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Keys in one column, values in another.
    fn header(&mut self, header: &Header, indent: &str) {
        let width = header.entries().map(|entry| entry.key.text.chars().count()).max().unwrap_or(0) + 3;
        for item in &header.items {
            match item {
                HeaderItem::Comment(span) => {
                    let comment = self.slice(*span);
                    self.line(indent.len(), &comment);
                }
                HeaderItem::Entry(entry) => self.entry(entry, width, indent),
            }
        }
    }

    fn entry(&mut self, entry: &Entry, width: usize, indent: &str) {
        let key = format!("{}:", entry.key.text);
        // Declarations of a template keep their own columns.
        let block = entry.lines.first().is_some_and(|line| line.text.is_empty());
        for (at, line) in entry.lines.iter().enumerate() {
            let value = self.slice(line.span);
            if at == 0 {
                self.line(indent.len(), &format!("{key:<width$}{value}"));
            } else {
                let shift = if block { 2 } else { width };
                self.line(indent.len() + shift, &value);
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block], base: usize) {
        let mut levels: Vec<usize> = Vec::new();
        let mut before: Option<&Block> = None;
        for block in blocks {
            // The canonical indentation keeps which block stands deeper.
            let indent = if block.indent < 2 && base == 0 { 0 } else { block.indent };
            levels.retain(|level| *level < indent);
            levels.push(indent);
            let column = base
                + STEP
                    * levels
                        .iter()
                        .filter(|level| **level > 0 || base > 0)
                        .count()
                        .saturating_sub(usize::from(base > 0));
            let close = before.is_some_and(|before| stays_close(before, block));
            if !close {
                self.blank();
            }
            self.block(block, column);
            before = Some(block);
        }
    }

    fn block(&mut self, block: &Block, column: usize) {
        match &block.kind {
            BlockKind::Comment => {
                let text = self.slice(block.span);
                self.line(column, &text);
            }
            BlockKind::Paragraph(paragraph) => self.paragraph(paragraph, column),
            BlockKind::Keyword(keyword) => self.keyword(keyword, column),
            BlockKind::Quote(quote) => self.quote(quote, column),
            BlockKind::Table(table) => self.table(table, column),
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, column: usize) {
        let mut lines = self.lines(&paragraph.content, paragraph.bracket_before);
        if let Some(marker) = &paragraph.marker {
            let bracket = if paragraph.bracket_before.is_some() { "[" } else { "" };
            let marker = self.marker(marker);
            let first = lines.first().cloned().unwrap_or_default();
            let text = format!("{bracket}{marker} {}", first.trim_start());
            match lines.first_mut() {
                Some(line) => *line = text,
                None => lines.push(text),
            }
        }
        for line in lines {
            self.line(column, &line);
        }
    }

    fn marker(&self, marker: &Marker) -> String {
        match &marker.kind {
            MarkerKind::Number { value: Some(value), inserted: Some(inserted) } => format!("{value} {inserted}."),
            _ => self.slice(marker.span),
        }
    }

    /// The lines of a text as they stand in the source, comments among them.
    fn lines(&self, content: &[Inline], bracket: Option<Span>) -> Vec<String> {
        let (Some(first), Some(last)) = (content.first(), content.last()) else { return Vec::new() };
        let mut breaks = Vec::new();
        super::ast::walk(content, &mut |inline| match inline {
            Inline::Break(span) => breaks.push((*span, false)),
            Inline::Comment(span) => breaks.push((*span, true)),
            _ => {}
        });
        let start = match bracket {
            // The marker stands between the bracket and the text.
            Some(bracket) => content
                .iter()
                .flat_map(|inline| inline.children().into_iter().flatten().map(Inline::span).collect::<Vec<_>>())
                .find(|span| span.start > bracket.end)
                .unwrap_or(first.span()),
            None => first.span(),
        };
        let start = self.escaped_start(start);
        let end = last.span().end;
        breaks.sort();
        let mut lines = Vec::new();
        let mut at = start.start;
        for (span, is_comment) in breaks {
            let text = self.slice(Span { start: at, end: span.start.max(at), ..span });
            let text = text.trim().to_owned();
            if !text.is_empty() {
                lines.push(text);
            }
            if is_comment {
                lines.push(self.slice(span));
            }
            at = span.end;
        }
        let text = self.slice(Span { start: at, end: end.max(at), ..start });
        if !text.trim().is_empty() {
            lines.push(text.trim().to_owned());
        }
        lines
    }

    /// A backslash that took a sign's meaning stands before its text.
    fn escaped_start(&self, span: Span) -> Span {
        let before = span.start.checked_sub(1).map(|start| Span { start, end: span.start, ..span });
        match before.filter(|before| self.source.slice(*before) == "\\") {
            Some(before) => Span { start: before.start, ..span },
            None => span,
        }
    }

    fn keyword(&mut self, keyword: &Keyword, column: usize) {
        let word = keyword.name.word();
        let lines = self.lines(&keyword.value, None);
        let first = lines.first().cloned().unwrap_or_default();
        self.line(column, &format!("{word}: {first}"));
        for line in lines.iter().skip(1) {
            self.line(column + word.len() + 2, line);
        }
        self.header(&keyword.header, &" ".repeat(column));
    }

    fn quote(&mut self, quote: &Quote, column: usize) {
        self.line(column, "quote:");
        match quote.end {
            Some(_) => {
                self.blocks_from(&quote.blocks, column);
                self.line(column, "end: quote");
            }
            None => self.blocks_from(&quote.blocks, column + STEP),
        }
    }

    /// Blocks of which the first stands directly under its keyword.
    fn blocks_from(&mut self, blocks: &[Block], column: usize) {
        let least = blocks.iter().map(|block| block.indent).min().unwrap_or(0);
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 && !stays_close(&blocks[at - 1], block) {
                self.blank();
            }
            let deeper = block.indent.saturating_sub(least).div_ceil(STEP) * STEP;
            self.block(block, column + deeper);
        }
    }

    fn table(&mut self, table: &Table, column: usize) {
        let style = table.style.as_ref().map(|style| format!(" {}", style.text)).unwrap_or_default();
        let label = table.label.as_ref().map(|label| format!(" {{#{}}}", label.text)).unwrap_or_default();
        self.line(column, &format!("table:{style}{label}"));
        let rows: Vec<(Option<Vec<String>>, Span)> = table
            .rows
            .iter()
            .map(|row| match row {
                Row::Comment(span) => (None, *span),
                Row::Cells(span, cells) => {
                    (Some(cells.iter().map(|cell| self.lines(cell, None).join(" ")).collect()), *span)
                }
            })
            .collect();
        let columns = rows.iter().filter_map(|(cells, _)| cells.as_ref()).map(Vec::len).max().unwrap_or(0);
        let width = |at: usize| {
            let cells = rows.iter().filter_map(|(cells, _)| cells.as_ref()?.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0).min(40)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for (cells, span) in &rows {
            let text = match cells {
                None => self.slice(*span),
                Some(cells) => {
                    let padded = cells.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}"));
                    padded.collect::<Vec<_>>().join(" | ")
                }
            };
            self.line(column + STEP, &text);
        }
    }
}

/// Whether no blank line stands between two blocks: a comment and what it is
/// about, and items of one list that the author wrote close.
fn stays_close(before: &Block, block: &Block) -> bool {
    matches!(before.kind, BlockKind::Comment)
        || matches!((&before.kind, &block.kind), (BlockKind::Keyword(a), BlockKind::Keyword(b)) if a.name.opens() && b.name == super::ast::KeywordName::End)
}
