//! The rows of sessions; those of a table, and the lines among them that decide which are printed.

use super::ast::{Block, BlockKind, Directive, DirectiveName, Inline, KeywordName, Row, Segment, StructureName, Table};
use super::block::BlockReader;
use super::inline::InlineReader;
use super::line::{Form, Line, LineForm, indentation, trim};
use super::read_key;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

impl BlockReader<'_> {
    /// The `key: value` lines directly below `session:` or `item:`, each a block.
    pub fn rows_below(&mut self, blocks: &mut Vec<Segment>) {
        while let Some(line) = self.peek().filter(|line| !line.blank_before) {
            let read = self.form(line);
            let start = Span { start: read.text_start, ..line.span };
            if matches!(read.form, Form::Comment) {
                self.at += 1;
                let indent = indentation(read.indent);
                blocks.push(Segment::Block(Block { span: trim(self.text, start), indent, kind: BlockKind::Comment }));
                continue;
            }
            let Some((value, key, word)) = read_key(&self.text[start.range()]) else { break };
            if KeywordName::of(word).is_some() {
                break;
            }
            self.at += 1;
            self.nodes += 1;
            let (word, value) = (start.part(key), trim(self.text, start.part(value..start.range().len())));
            blocks.push(Segment::Block(self.structure(StructureName::Row, word, value, read.indent)));
        }
    }

    /// A table. Where lines decide which rows are printed, the rows stand in tables of
    /// their own between these lines.
    pub fn table(&mut self, word: Span, value: Span, indent: usize) -> Segment {
        let line = trim(self.text, value);
        let mut whole = Table { word, line, value: self.inline(&[line]), rows: Vec::new() };
        let mut last = word.to(line);
        let mut content: Vec<Segment> = Vec::new();
        let mut open: Vec<(KeywordName, Span)> = Vec::new();
        while let Some(line) = self.peek() {
            let read = self.form(line);
            if read.indent <= indent || self.spent() {
                break;
            }
            let span = trim(self.text, Span { start: read.text_start, ..line.span });
            last = span;
            match self.deciding(&read, span) {
                Some((DirectiveName::End, ..)) if open.is_empty() => self.stray_end(line),
                Some((name, keyword, value)) => {
                    self.at += 1;
                    self.decided(name, keyword, value, &mut open, &mut content);
                }
                None => {
                    let row = self.row(&read, line, span);
                    match content.last_mut() {
                        Some(Segment::Block(Block { kind: BlockKind::Table(rows), span: all, .. })) => {
                            *all = all.to(span);
                            rows.rows.push(row);
                        }
                        Some(_) => content.push(rows_alone(row, word, span)),
                        None => whole.rows.push(row),
                    }
                }
            }
        }
        for (name, span) in open {
            self.never_ended(name, span);
        }
        if !content.is_empty() && !whole.rows.is_empty() {
            let first = std::mem::take(&mut whole.rows);
            let span = first.iter().map(Row::span).reduce(Span::to).unwrap_or(word);
            let rows = Table { word, line: span.head(), value: Vec::new(), rows: first };
            content.insert(0, Segment::Block(Block { span, indent: 0, kind: BlockKind::Table(rows) }));
        }
        let block = Block { span: word.to(last), indent: indentation(indent), kind: BlockKind::Table(whole) };
        if content.is_empty() { Segment::Block(block) } else { Segment::Table(block, content) }
    }

    /// The keyword of a line that decides about rows; what has cells is a row.
    fn deciding(&self, read: &LineForm, span: Span) -> Option<(DirectiveName, Span, Span)> {
        let Form::Keyword { word, value } = &read.form else { return None };
        match KeywordName::of(&word.text)? {
            KeywordName::Directive(name) if !self.text[span.range()].contains('|') => Some((name, word.span, *value)),
            KeywordName::Directive(_)
            | KeywordName::Structure(_)
            | KeywordName::Quote
            | KeywordName::Statement
            | KeywordName::Table => None,
        }
    }

    fn decided(
        &mut self,
        name: DirectiveName,
        word: Span,
        value: Span,
        open: &mut Vec<(KeywordName, Span)>,
        content: &mut Vec<Segment>,
    ) {
        match name {
            DirectiveName::If | DirectiveName::For | DirectiveName::Else | DirectiveName::End => {
                self.opened(KeywordName::Directive(name), word, value, open);
                self.nodes += 1;
                let lines = Some(value).filter(|value| value.start < value.end).into_iter().collect();
                content.push(Segment::Directive(Directive { name, word, span: word.to(value), indent: 0, lines }));
            }
            DirectiveName::Block | DirectiveName::Include => {
                let message = format!("`{}:` cannot stand among the rows of a table", name.word());
                self.found.push(
                    Diagnostic::new(Code::Misplaced, word, message)
                        .hint("`if:`, `for:`, `else:` and `end:` can; put all of the table into it, or into the file"),
                );
            }
        }
    }

    fn row(&mut self, read: &LineForm, line: Line, span: Span) -> Row {
        self.at += 1;
        if matches!(read.form, Form::Comment) {
            return Row::Comment(span);
        }
        let mut reader = InlineReader::new(self.text, true);
        reader.line(span, self.found);
        self.nodes += reader.nodes + 1;
        let mut cells = vec![Vec::new()];
        for inline in reader.finish(self.found) {
            match inline {
                Inline::Pipe(_) => cells.push(Vec::new()),
                other => cells.last_mut().into_iter().for_each(|cell| cell.push(other.clone())),
            }
        }
        Row::Cells { span, cells, spaced: line.blank_before }
    }
}

/// A row between lines that decide.
fn rows_alone(row: Row, word: Span, span: Span) -> Segment {
    let rows = Table { word, line: span.head(), value: Vec::new(), rows: vec![row] };
    Segment::Block(Block { span, indent: 0, kind: BlockKind::Table(rows) })
}
