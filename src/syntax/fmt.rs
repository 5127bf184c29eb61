//! The canonical text of a tree: blank lines, indentation and columns made
//! regular. The author's line breaks, words and numbers stay.

use super::ast::{
    Block, BlockKind, Directive, DirectiveName, Entry, File, Header, HeaderItem, Inline, Keyword, KeywordName,
    Paragraph, ProseLine, Quote, Row, Segment, StructureName, Table,
};
use super::line::{is_dropped, is_gap};
use super::marker::{Form, Marker, MarkerKind};
use crate::source::{Source, Span};

/// Columns by which each level is indented.
const STEP: usize = 4;
/// The widest column of a table that is filled up with blanks.
const WIDEST: usize = 40;

/// Writes a tree in the canonical form. Formatting what comes out changes
/// nothing, and no meaning is changed.
pub fn format(file: &File, source: &Source) -> String {
    let mut writer = Writer { source, out: String::new() };
    writer.header(&file.header, 0, |_| false);
    if file.header.rule.is_some() {
        writer.line(0, "---");
    }
    writer.blocks(&file.body);
    writer.out
}

/// The rows in a part of a table.
fn rows_in(segment: &Segment) -> &[Row] {
    match segment {
        Segment::Block(Block { kind: BlockKind::Table(table), .. }) => &table.rows,
        Segment::Block(_) | Segment::Quote(..) | Segment::Table(..) | Segment::Directive(_) => &[],
    }
}

/// Whether what has the form of a marker can be a date or an initial: that is
/// decided where all of the text is known.
fn may_be_words(marker: &Marker) -> bool {
    marker.form == Form::Stop
}

fn is_comment(segment: &Segment) -> bool {
    matches!(segment, Segment::Block(Block { kind: BlockKind::Comment, .. }))
}

fn structure(segment: &Segment) -> Option<StructureName> {
    match segment {
        Segment::Block(Block { kind: BlockKind::Keyword(keyword), .. }) => Some(keyword.name),
        Segment::Block(_) | Segment::Quote(..) | Segment::Table(..) | Segment::Directive(_) => None,
    }
}

struct Writer<'a> {
    source: &'a Source,
    out: String,
}

impl<'a> Writer<'a> {
    fn slice(&self, span: Span) -> &'a str {
        self.source.slice(span)
    }

    fn line(&mut self, column: usize, text: &str) {
        let text = text.trim_end_matches(|c| is_gap(c) || is_dropped(c));
        if !text.is_empty() {
            self.out.extend(std::iter::repeat_n(' ', column));
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
    fn header(&mut self, header: &Header, column: usize, is_key_indented: fn(&str) -> bool) {
        let longest = header.entries().map(|entry| entry.key.text.chars().count()).max().unwrap_or(0);
        for item in &header.items {
            match item {
                HeaderItem::Comment(span) => self.line(column, self.slice(*span)),
                HeaderItem::Entry(entry) => {
                    let indent = if is_key_indented(&entry.key.text) { STEP } else { 0 };
                    self.entry(entry, longest + 3, column + indent);
                }
            }
        }
    }

    fn entry(&mut self, entry: &Entry, width: usize, column: usize) {
        // A list that begins below its key keeps close to the margin.
        let below = entry.lines.first().is_some_and(|line| line.text.is_empty());
        let mut in_item = false;
        for (at, line) in entry.lines.iter().enumerate() {
            let begins_item = line.text.starts_with("- ");
            in_item |= begins_item;
            // What goes on with an item stands under its words.
            let hang = if below && in_item && !begins_item { 2 } else { 0 };
            match at {
                0 => self.line(column, &format!("{:<width$}{}", format!("{}:", entry.key.text), line.text)),
                _ => self.line(column + hang + if below { 2 } else { width }, &line.text),
            }
        }
    }

    /// Each indentation that occurs becomes a level: which block stands deeper
    /// than which, or as deep, is kept.
    fn blocks(&mut self, blocks: &[Segment]) {
        let mut levels: Vec<usize> = blocks.iter().map(Segment::indent).chain([0]).collect();
        levels.sort_unstable();
        levels.dedup();
        for (at, block) in blocks.iter().enumerate() {
            let level = levels.binary_search(&block.indent()).unwrap_or_default();
            self.separate(blocks, at);
            self.segment(block, STEP * level);
        }
    }

    /// A blank line, but not between a comment and what it is about, and not
    /// inside the lines that open and close a part.
    fn separate(&mut self, blocks: &[Segment], at: usize) {
        let (before, from) = (at.checked_sub(1).and_then(|before| blocks.get(before)), &blocks[at..]);
        let Some(segment) = from.first() else { return };
        let directive = |segment: &Segment| match segment {
            Segment::Directive(directive) => Some(directive.name),
            Segment::Block(_) | Segment::Quote(..) | Segment::Table(..) => None,
        };
        let opens = |name: DirectiveName| name.opens() || name == DirectiveName::Else;
        let closes = |name: DirectiveName| matches!(name, DirectiveName::Else | DirectiveName::End);
        let is_last_comment = !is_comment(segment) && before.is_some_and(is_comment);
        if self.ends_rows(blocks, if is_last_comment { at - 1 } else { at }) {
            if is_last_comment {
                self.blank();
            }
            return;
        }
        let is_close = before.is_some_and(|before| is_comment(before) || directive(before).is_some_and(opens));
        // The members of a section are a list.
        let is_member = structure(segment) == Some(StructureName::Member)
            && matches!(before.and_then(structure), Some(StructureName::Section | StructureName::Member));
        // Rows stand directly below what they belong to, with the comments between them.
        let is_row = || from.iter().find(|next| !is_comment(next)).and_then(structure) == Some(StructureName::Row);
        // Only its marker, which may be none, sets it apart.
        let is_joined = matches!(segment, Segment::Block(Block { kind: BlockKind::Paragraph(paragraph), .. })
            if paragraph.is_joined && paragraph.marker.as_ref().is_some_and(may_be_words));
        if !is_close && !is_member && !is_joined && !is_row() && !directive(segment).is_some_and(closes) {
            self.blank();
        }
    }

    /// Whether a block is one of the comments that touch the rows above them, and nothing below.
    fn ends_rows(&self, blocks: &[Segment], at: usize) -> bool {
        let touches = |upper: &Segment, lower: &Segment| {
            let between = self.slice(upper.span().tail().to(lower.span().head()));
            between.matches('\n').count() <= 1
        };
        let start = blocks[..at].iter().rposition(|block| !is_comment(block));
        let (Some(row), Some(true)) = (start, blocks.get(at).map(is_comment)) else { return false };
        let end = blocks[at..].iter().position(|block| !is_comment(block)).map_or(blocks.len(), |count| at + count);
        structure(&blocks[row]) == Some(StructureName::Row)
            && touches(&blocks[row], &blocks[row + 1])
            && blocks.get(end).is_none_or(|below| !touches(&blocks[end - 1], below))
    }

    fn segment(&mut self, segment: &Segment, column: usize) {
        match segment {
            Segment::Block(block) => self.block(block, &[], column),
            Segment::Quote(block, content) | Segment::Table(block, content) => self.block(block, content, column),
            Segment::Directive(Directive { name, lines, .. }) => {
                // Arguments are lines of their own, not words that go on.
                self.keyword_lines(name.word(), lines, 2, column);
            }
        }
    }

    /// A block; `content` is what a quotation holds, or a table's rows.
    fn block(&mut self, block: &Block, content: &[Segment], column: usize) {
        match &block.kind {
            BlockKind::Comment => self.line(column, self.slice(block.span)),
            BlockKind::Paragraph(paragraph) => self.paragraph(paragraph, column),
            BlockKind::Keyword(keyword) => self.keyword(keyword, column),
            BlockKind::Quote(quote) => self.quote(quote, content, column),
            BlockKind::Table(table) => self.table(table, content, column),
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, column: usize) {
        let mut lines = paragraph.lines.iter();
        if let Some(marker) = &paragraph.marker {
            let bracket = match paragraph.bracket_before.map(|span| self.slice(span).trim_end()) {
                None => String::new(),
                Some("[") => "[".to_owned(),
                Some(named) => format!("{named} "),
            };
            let first = lines.clone().next().filter(|line| !line.is_comment);
            if first.is_some() {
                lines.next();
            }
            let text = first.map(|line| self.slice(line.span)).unwrap_or_default();
            self.line(column, &format!("{bracket}{}{}{text}", self.marker(marker), self.gap(marker, first)));
        }
        for line in lines {
            // At the column of the marker it would begin a paragraph.
            let is_marker =
                paragraph.marker.is_some() && paragraph.markers_as_prose.iter().any(|m| m.start == line.span.start);
            self.line(column + if is_marker { 2 } else { 0 }, self.slice(line.span));
        }
    }

    /// The blank between a marker and its text; one that does not break may stand in
    /// a date.
    fn gap(&self, marker: &Marker, first: Option<&ProseLine>) -> &'a str {
        let typed = first.map(|line| self.slice(marker.span.tail().to(line.span.head()))).unwrap_or_default();
        if may_be_words(marker) && typed.chars().all(|c| is_gap(c) && c != '\t') && typed.chars().count() == 1 {
            typed
        } else {
            " "
        }
    }

    fn marker(&self, marker: &Marker) -> String {
        match &marker.kind {
            MarkerKind::Number { value: Some(value), inserted: Some(inserted), part: None } => {
                format!("{value} {inserted}.")
            }
            _ => self.slice(marker.span).to_owned(),
        }
    }

    fn keyword(&mut self, keyword: &Keyword, column: usize) {
        let word = match keyword.name {
            StructureName::Row => self.slice(keyword.word),
            name => name.word(),
        };
        self.keyword_lines(word, &keyword.lines, word.len() + 2, column);
        // Not indented it would be a keyword and no key.
        self.header(&keyword.header, column, |key| KeywordName::of(key).is_some());
    }

    /// A keyword with its words; those on further lines are indented by `below`.
    fn keyword_lines(&mut self, word: &str, lines: &[Span], below: usize, column: usize) {
        let mut lines = lines.iter();
        let first = lines.next().map(|span| self.slice(*span)).unwrap_or_default();
        self.line(column, &format!("{word}: {first}"));
        for span in lines {
            self.line(column + below, self.slice(*span));
        }
    }

    /// Indentation means nothing inside a quotation.
    fn quote(&mut self, quote: &Quote, content: &[Segment], column: usize) {
        let name = if quote.is_statement { KeywordName::Statement } else { KeywordName::Quote };
        let word = name.word();
        if let Some(Segment::Block(Block { kind: BlockKind::Paragraph(paragraph), .. })) = content.first()
            && quote.on_line
        {
            for (at, line) in paragraph.lines.iter().enumerate() {
                let lead = if at == 0 { format!("{word}: ") } else { "    ".to_owned() };
                self.line(column, &format!("{lead}{}", self.slice(line.span)));
            }
            return;
        }
        self.line(column, &format!("{word}:"));
        let inner = if quote.end.is_some() { column } else { column + STEP };
        for (at, segment) in content.iter().enumerate() {
            if at > 0 {
                self.separate(content, at);
            }
            self.segment(segment, inner);
        }
        if quote.end.is_some() {
            self.line(column, &format!("end: {word}"));
        }
    }

    /// A table; `content` is its rows, where lines among them decide.
    fn table(&mut self, table: &Table, content: &[Segment], column: usize) {
        self.line(column, &format!("table: {}", self.slice(table.line)));
        let rows: Vec<&Row> = table.rows.iter().chain(content.iter().flat_map(rows_in)).collect();
        let cells = |row: &Row| match row {
            Row::Comment(_) => Vec::new(),
            Row::Cells { cells, .. } => cells.iter().map(|cell| self.cell(cell)).collect::<Vec<_>>(),
        };
        let cells: Vec<Vec<&str>> = rows.iter().map(|row| cells(row)).collect();
        let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
        let width = |at: usize| {
            let widths = cells.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count());
            widths.max().unwrap_or(0).min(WIDEST)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &table.rows {
            self.row(row, &widths, column + STEP, std::ptr::eq(row, rows[0]));
        }
        for (at, segment) in content.iter().enumerate() {
            if let Segment::Directive(Directive { name, lines, .. }) = segment {
                self.keyword_lines(name.word(), lines, 2, column + STEP);
            }
            for row in rows_in(segment) {
                let is_first = at == 0 && std::ptr::eq(row, rows[0]);
                self.row(row, &widths, column + STEP, is_first);
            }
        }
    }

    fn row(&mut self, row: &Row, widths: &[usize], column: usize, is_first: bool) {
        match row {
            Row::Comment(span) => self.line(column, self.slice(*span)),
            Row::Cells { cells, spaced, .. } => {
                if *spaced && !is_first {
                    self.blank();
                }
                let cells = cells.iter().map(|cell| self.cell(cell));
                let padded = cells.zip(widths).map(|(cell, &width)| format!("{cell:<width$}"));
                let row = padded.collect::<Vec<_>>().join(" | ");
                self.line(column, &row);
            }
        }
    }

    /// The source of a cell without the blanks around it.
    fn cell(&self, content: &[Inline]) -> &'a str {
        let (Some(first), Some(last)) = (content.first(), content.last()) else { return "" };
        let mut whole = Span { end: last.span().end, ..first.span() };
        // An escaped sign has its backslash before it.
        let before = whole.start.checked_sub(1).map(|start| Span { start, end: whole.start, ..whole });
        if let Some(before) = before.filter(|before| self.slice(*before) == "\\") {
            whole.start = before.start;
        }
        self.slice(whole).trim_matches(|c| is_gap(c) || is_dropped(c))
    }
}
