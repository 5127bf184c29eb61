//! Blocks from lines: which lines make a paragraph, what a keyword holds.

use super::ast::{
    Block, BlockKind, Directive, DirectiveName, Header, Inline, Keyword, KeywordName, Paragraph, ProseLine, Quote,
    Segment, StructureName,
};
use super::header::read_lines;
use super::inline::InlineReader;
use super::line::{Form, Line, LineForm, Lines, form, indentation, is_in_list, trim, unescaped, unescaped_beginning};
use super::marker::{Form as MarkerForm, Marker};
use super::{MAX_DEPTH, MAX_NODES, read_inline, read_key, read_symbol};
use crate::diag::{Code, Diagnostic, Diagnostics, one_of};
use crate::source::Span;

/// Reads the body, which begins at line `at`.
pub(super) fn read(text: &str, lines: &Lines, at: usize, found: &mut Diagnostics) -> Vec<Segment> {
    let mut reader = BlockReader { text, lines, at, nodes: 0, found, last_form: None };
    let mut blocks = Vec::new();
    // A stray `end:` ends a run of blocks without ending the file.
    loop {
        blocks.extend(reader.blocks(0, 0));
        if reader.spent() {
            reader.too_large();
            return blocks;
        }
        match reader.peek() {
            Some(line) => reader.stray_end(line),
            None => return blocks,
        }
    }
}

pub(super) struct BlockReader<'a> {
    pub text: &'a str,
    lines: &'a Lines,
    pub at: usize,
    pub nodes: usize,
    pub found: &'a mut Diagnostics,
    last_form: Option<(Span, LineForm)>,
}

impl<'a> BlockReader<'a> {
    pub fn peek(&self) -> Option<Line> {
        self.lines.get(self.at)
    }

    /// How a line begins; a line is asked more than once.
    pub fn form(&mut self, line: Line) -> LineForm {
        match &self.last_form {
            Some((span, read)) if *span == line.span => read.clone(),
            _ => {
                let read = form(self.text, line);
                self.last_form = Some((line.span, read.clone()));
                read
            }
        }
    }

    /// Blocks whose lines are indented by `floor` columns at least, up to an
    /// `end:` that closes none of them, which is left to the caller.
    fn blocks(&mut self, floor: usize, depth: usize) -> Vec<Segment> {
        let mut blocks = Vec::new();
        let mut open: Vec<(KeywordName, Span)> = Vec::new();
        while let Some(line) = self.peek() {
            let read = self.form(line);
            if read.indent < floor || self.spent() {
                break;
            }
            self.nodes += 1;
            let whole = trim(self.text, Span { start: read.text_start, ..line.span });
            let is_below_paragraph =
                matches!(blocks.last(), Some(Segment::Block(Block { kind: BlockKind::Paragraph(_), .. })));
            match read.form {
                Form::Comment => {
                    self.at += 1;
                    blocks.push(Segment::Block(Block {
                        span: whole,
                        indent: indentation(read.indent),
                        kind: BlockKind::Comment,
                    }));
                }
                Form::PageHead => self.page_head(line),
                Form::Keyword { word, value } => match KeywordName::of(&word.text) {
                    // It closes what the caller opened, or nothing.
                    Some(KeywordName::Directive(DirectiveName::End)) if open.is_empty() => break,
                    Some(name) => {
                        self.opened(name, word.span, value, &mut open);
                        let segment = self.keyword(name, word.span, value, read.indent, depth);
                        if let Some(Segment::Block(before)) = blocks.last_mut() {
                            leads_into(before, &segment);
                        }
                        blocks.push(segment);
                        if let KeywordName::Structure(name) = name
                            && name.has_rows()
                        {
                            self.rows_below(&mut blocks);
                        }
                    }
                    None => blocks.extend(self.paragraph(floor, is_below_paragraph).map(Segment::Block)),
                },
                Form::Marked { .. } | Form::Prose | Form::PastedMark | Form::ClosingRule => {
                    blocks.extend(self.paragraph(floor, is_below_paragraph).map(Segment::Block));
                }
            }
        }
        for (name, span) in open {
            self.never_ended(name, span);
        }
        blocks
    }

    /// Keeps account of what waits for its `end:`.
    pub fn opened(&mut self, name: KeywordName, word: Span, value: Span, open: &mut Vec<(KeywordName, Span)>) {
        match name {
            KeywordName::Directive(DirectiveName::End) => self.close(open, &value, word),
            KeywordName::Directive(directive) if directive.opens() => open.push((name, word)),
            KeywordName::Directive(_)
            | KeywordName::Structure(_)
            | KeywordName::Quote
            | KeywordName::Statement
            | KeywordName::Table => {}
        }
    }

    /// Whether the file has used up its pieces.
    pub fn spent(&self) -> bool {
        self.nodes > MAX_NODES
    }

    fn too_large(&mut self) {
        let last = self.at.checked_sub(1).and_then(|before| self.lines.get(before));
        let place = self.peek().map(|line| line.span.head()).or(last.map(|line| line.span.tail())).unwrap_or_default();
        let message = format!("the text has more than {MAX_NODES} pieces; it was not read further than here");
        self.found.push(Diagnostic::new(Code::TooLarge, place, message).hint("divide it into several files"));
    }

    pub fn never_ended(&mut self, name: KeywordName, span: Span) {
        let message = format!("`{}:` has no `end:`", name.word());
        self.found.push(
            Diagnostic::new(Code::UnmatchedEnd, span, message).hint("write `end:` on a line of its own where it ends"),
        );
    }

    pub fn stray_end(&mut self, line: Line) {
        self.at += 1;
        let place = trim(self.text, line.span);
        let opening = KeywordName::ALL.iter().filter(|(_, name)| name.opens()).map(|(word, _)| format!("`{word}:`"));
        let hint = format!("delete it, or write {} where the part begins", one_of(&opening.collect::<Vec<_>>()));
        self.found.push(Diagnostic::new(Code::UnmatchedEnd, place, "`end:` closes nothing").hint(hint));
    }

    /// `end: name` may say what it closes.
    fn close(&mut self, open: &mut Vec<(KeywordName, Span)>, value: &Span, word: Span) {
        let Some((name, span)) = open.pop() else { return };
        let said = &self.text[value.range()];
        let opening = &self.text[span.range().start..self.lines_end(span)];
        let named = opening.split_once(':').map_or("", |(_, rest)| rest.trim());
        if !said.is_empty() && said != name.word() && !named.split_whitespace().any(|word| word == said) {
            let message = format!("`end: {said}` closes `{}`", opening.trim_end());
            self.found.push(
                Diagnostic::new(Code::UnmatchedEnd, word.to(*value), message)
                    .other(span, "opened here")
                    .hint("close the inner one first, or write `end:` alone"),
            );
        }
    }

    fn lines_end(&self, span: Span) -> usize {
        let rest = &self.text[span.range().end..];
        span.range().end + rest.find(['\n', '\r']).unwrap_or(rest.len())
    }

    /// `- 2 -` and the symbol and date under it, as they stand at the top of a
    /// page that was copied.
    fn page_head(&mut self, first: Line) {
        let mut last = first.span;
        // With the line break before it, so that the lines around it join.
        let before = self.at.checked_sub(1).and_then(|at| self.lines.get(at));
        let before = before.map_or(first.span, |line| line.span.tail());
        self.at += 1;
        while let Some(line) = self.peek() {
            let words = &self.text[trim(self.text, line.span).range()];
            let date = words.len() < 40
                && words.ends_with(|c: char| c.is_ascii_digit())
                && words.starts_with(|c: char| c.is_ascii_digit());
            if read_symbol(words.trim_end_matches('*')).is_none() && !date {
                break;
            }
            last = line.span;
            self.at += 1;
        }
        let place = first.span.to(last);
        self.found.push(
            Diagnostic::new(Code::PastedPageHead, place, "the head of a page was pasted into the text")
                .hint("delete it; the compiler writes the head of each page")
                .fix("delete it", before.to(last), ""),
        );
    }

    fn keyword(&mut self, name: KeywordName, word: Span, value: Span, indent: usize, depth: usize) -> Segment {
        self.at += 1;
        match name {
            KeywordName::Quote | KeywordName::Statement => self.quote(name, word, value, indent, depth),
            KeywordName::Table => self.table(word, value, indent),
            KeywordName::Structure(name) => Segment::Block(self.structure(name, word, value, indent)),
            KeywordName::Directive(name) => {
                let (lines, end) = self.values(word, value, indent, name == DirectiveName::Include);
                Segment::Directive(Directive { name, word, span: word.to(end), indent: indentation(indent), lines })
            }
        }
    }

    /// What stands after a keyword's colon, and with `goes_on` on the indented lines
    /// below it; and where that ends.
    fn values(&mut self, word: Span, value: Span, indent: usize, goes_on: bool) -> (Vec<Span>, Span) {
        let mut values = vec![value];
        while let Some(line) = self.peek().filter(|line| goes_on && !line.blank_before) {
            let read = self.form(line);
            if read.indent <= indent || matches!(read.form, Form::Comment) {
                break;
            }
            values.push(trim(self.text, Span { start: read.text_start, ..line.span }));
            self.at += 1;
        }
        let end = values.last().copied().unwrap_or(word);
        values.retain(|span| span.start < span.end);
        (values, end)
    }

    pub fn structure(&mut self, name: StructureName, word: Span, value: Span, indent: usize) -> Block {
        // A member's path is one line, and no prose.
        let is_prose = name != StructureName::Member;
        let (lines, mut end) = self.values(word, value, indent, is_prose);
        let header = if name.begins_part() { self.own_header(&mut end) } else { Header::default() };
        let value = if is_prose { self.inline(&lines) } else { Vec::new() };
        let kind = BlockKind::Keyword(Keyword { name, word, lines, value, header });
        Block { span: word.to(end), indent: indentation(indent), kind }
    }

    /// The `key: value` lines directly under an annex.
    fn own_header(&mut self, end: &mut Span) -> Header {
        let first = self.at;
        while let Some(line) = self.peek().filter(|line| !line.blank_before) {
            let read = self.form(line);
            let is_key = read_key(&self.text[read.text_start as usize..line.span.range().end])
                .is_some_and(|(_, _, key)| KeywordName::of(key).is_none());
            if !is_key && read.indent == 0 && !matches!(read.form, Form::Comment) {
                break;
            }
            *end = line.span;
            self.at += 1;
        }
        read_lines(self.text, self.lines, first..self.at, self.found)
    }

    fn quote(&mut self, name: KeywordName, word: Span, value: Span, indent: usize, depth: usize) -> Segment {
        let on_line = value.start < value.end;
        let is_statement = name == KeywordName::Statement;
        let mut quote = Quote { word, is_statement, on_line, blocks: Vec::new(), end: None };
        let mut content: Vec<Segment> = Vec::new();
        let mut last = word.to(value);
        if depth >= MAX_DEPTH {
            let message = format!("quotations are nested more than {MAX_DEPTH} deep");
            self.found.push(Diagnostic::new(Code::TooDeep, word, message).hint("close some of them before this place"));
        } else if on_line {
            let mut spans = vec![value];
            while let Some(line) = self.peek().filter(|line| !line.blank_before) {
                if self.form(line).indent <= indent {
                    break;
                }
                spans.push(trim(self.text, line.span));
                self.at += 1;
            }
            last = word.to(spans.last().copied().unwrap_or(value));
            let words = self.inline(&spans);
            let lines = spans.into_iter().map(prose).collect();
            let paragraph = Paragraph { lines, content: words, ..Paragraph::default() };
            let kind = BlockKind::Paragraph(paragraph);
            content.push(Segment::Block(Block { span: value.to(last.tail()), indent: indentation(indent), kind }));
        } else if let Some(line) = self.peek()
            && self.form(line).indent > indent
        {
            content = self.blocks(indent + 1, depth + 1);
        } else {
            content = self.blocks(0, depth + 1);
            match self.peek() {
                Some(line) => {
                    if let Form::Keyword { word: end, value } = self.form(line).form {
                        self.close(&mut vec![(name, word)], &value, end.span);
                    }
                    quote.end = Some(trim(self.text, line.span));
                    last = line.span;
                    self.at += 1;
                }
                None => self.never_ended(name, word),
            }
        }
        if let Some(segment) = content.last()
            && quote.end.is_none()
        {
            last = segment.span();
        }
        let kind = BlockKind::Quote(quote);
        Segment::Quote(Block { span: word.to(last), indent: indentation(indent), kind }, content)
    }

    pub fn inline(&mut self, spans: &[Span]) -> Vec<Inline> {
        let content = read_inline(self.text, spans, self.found);
        self.nodes += content.len();
        content
    }

    /// The lines of one paragraph.
    fn paragraph(&mut self, floor: usize, is_below_paragraph: bool) -> Option<Block> {
        let line = self.peek()?;
        let read = self.form(line);
        let mut indent = read.indent;
        let mut span = trim(self.text, Span { start: read.text_start, ..line.span });
        let mut reader = InlineReader::of_paragraph(self.text);
        self.at += 1;
        let mut paragraph = self.first_line(read.form, span, &mut reader);
        paragraph.is_joined = is_below_paragraph && !line.blank_before;
        // A marker alone on its line has its text on the next one.
        let mut begun = !paragraph.lines.is_empty();
        while let Some(line) = self.peek() {
            let next = self.form(line);
            // A number alone on its line begins the paragraph on the next one,
            // also over the blank line that a paste leaves between them.
            let joins = !begun && matches!(next.form, Form::Prose) && next.indent >= floor;
            if (line.blank_before && !joins) || next.indent < floor {
                break;
            }
            let content = trim(self.text, Span { start: next.text_start, ..line.span });
            match next.form {
                Form::Comment => {
                    self.at += 1;
                    paragraph.lines.push(ProseLine { span: content, is_comment: true });
                    reader.comment(content);
                    continue;
                }
                Form::PageHead => {
                    self.page_head(line);
                    continue;
                }
                form if begins_another(&form, &paragraph, indentation(next.indent) == indentation(read.indent)) => {
                    break;
                }
                // A number alone leads into the table below it.
                Form::Keyword { ref word, .. } if !begun && KeywordName::of(&word.text) == Some(KeywordName::Table) => {
                    break;
                }
                Form::Keyword { word, .. } => {
                    paragraph.keywords_as_prose.extend(KeywordName::of(&word.text).map(|_| word));
                }
                Form::Marked { marker, .. } => paragraph.markers_as_prose.push(marker.span),
                Form::Prose | Form::PastedMark | Form::ClosingRule => {}
            }
            self.at += 1;
            if begun {
                reader.line_break(span.tail().to(content.head()));
            }
            begun = true;
            paragraph.lines.push(prose(content));
            // A marker stands where its paragraph does; first lines of others are often indented.
            if paragraph.marker.is_none() {
                indent = indent.min(next.indent);
            }
            reader.line(unescaped(self.text, content), self.found);
            span = span.to(content);
        }
        self.nodes += reader.nodes;
        paragraph.content = reader.finish(self.found);
        Some(Block { span, indent: indentation(indent), kind: BlockKind::Paragraph(paragraph) })
    }

    /// A paragraph's first line, `whole` with its marker; its words go to the
    /// reader.
    fn first_line(&mut self, form: Form, whole: Span, reader: &mut InlineReader<'a>) -> Paragraph {
        let mut paragraph = Paragraph::default();
        match form {
            Form::Marked { bracket, marker, rest } => {
                if let Some(bracket) = bracket {
                    reader.open_bracket(bracket);
                }
                if marker.form == MarkerForm::Copyright {
                    self.copyright(marker.span);
                }
                reader.line(unescaped(self.text, rest), self.found);
                paragraph.bracket_before = bracket;
                paragraph.marker = Some(marker);
                if rest.start < rest.end {
                    paragraph.lines.push(prose(rest));
                }
                return paragraph;
            }
            Form::PastedMark if is_in_list(self.text, whole) => {
                let rest = trim(self.text, Span { start: whole.start + 1, ..whole });
                let marker = Marker::dash(whole.part(0..1));
                self.found.push(
                    Diagnostic::new(Code::OddMarker, marker.span, "`*` is no marker; it is taken for a dash")
                        .hint("write `– ` before each item of a list")
                        .fix("write `–`", marker.span, "–"),
                );
                reader.line(rest, self.found);
                paragraph.marker = Some(marker);
                paragraph.lines.push(prose(rest));
                return paragraph;
            }
            Form::PastedMark => {
                let mark = self.pasted_note(whole);
                reader.line(trim(self.text, Span { start: mark.end, ..whole }), self.found);
            }
            Form::Keyword { word, .. } => {
                paragraph.lead = Some(word);
                reader.line(whole, self.found);
            }
            Form::Comment | Form::PageHead | Form::Prose | Form::ClosingRule => {
                let words = unescaped_beginning(self.text, whole);
                paragraph.is_escaped = words.start > whole.start;
                reader.line(words, self.found);
            }
        }
        paragraph.lines.push(prose(whole));
        paragraph
    }

    fn copyright(&mut self, place: Span) {
        self.found.push(
            Diagnostic::new(Code::PastedCopyright, place, "`©` stands where a sub-paragraph begins")
                .hint("the word processor made it of `(c)`")
                .fix("write `(c)`", place, "(c)"),
        );
    }

    /// Reports a pasted footnote and returns the place of its mark.
    fn pasted_note(&mut self, place: Span) -> Span {
        let words = &self.text[place.range()];
        let mark: String = words.chars().take_while(|c| !c.is_whitespace()).collect();
        let note = words[mark.len()..].trim();
        let shown = if mark.starts_with('*') { mark.clone() + " " } else { " ".to_owned() };
        let mut diagnostic = Diagnostic::new(
            Code::PastedNote,
            place.part(0..mark.len()),
            "a footnote was pasted from the foot of a page",
        )
        .hint(format!(
            "write it where its mark stands in the text: `{{note{}: …}}`",
            shown.trim_end_matches(' ').replacen('*', " *", 1)
        ));
        // The mark in the text above it is where the note belongs.
        let before = &self.text[..place.range().start];
        let from = before.ceil_char_boundary(before.len().saturating_sub(20_000));
        if let Some(at) = before[from..].trim_end().rfind(&mark).map(|at| from + at)
            && before[..at].ends_with(|c: char| !c.is_whitespace())
        {
            let body =
                if mark.starts_with('*') { format!("{{note {mark}: {note}}}") } else { format!("{{note: {note}}}") };
            let target = Span::new(place.file, at..at + mark.len());
            diagnostic = diagnostic.fixes("move it to its mark", vec![(target, body), (place, String::new())]);
        }
        self.found.push(diagnostic);
        place.part(0..mark.len())
    }
}

/// A number without words stands on the line of the table that follows it.
fn leads_into(before: &mut Block, next: &Segment) {
    let is_table = match next {
        Segment::Table(..) => true,
        Segment::Block(block) => matches!(block.kind, BlockKind::Table(_)),
        Segment::Quote(..) | Segment::Directive(_) => false,
    };
    if let BlockKind::Paragraph(paragraph) = &mut before.kind {
        let is_bare = paragraph.marker.is_some() && paragraph.content.is_empty();
        paragraph.leads_in |= is_bare && is_table && next.indent() > before.indent;
    }
}

/// Whether a line below a paragraph's first one begins another block: a directive,
/// or at the same indentation the marker after its own.
fn begins_another(form: &Form, paragraph: &Paragraph, is_level: bool) -> bool {
    match form {
        Form::Keyword { word, .. } => KeywordName::of(&word.text).is_some_and(KeywordName::on_any_line),
        Form::Marked { marker, .. } => {
            is_level && paragraph.marker.as_ref().is_some_and(|before| marker.follows(before))
        }
        Form::Comment | Form::PageHead | Form::Prose | Form::PastedMark | Form::ClosingRule => false,
    }
}

fn prose(span: Span) -> ProseLine {
    ProseLine { span, is_comment: false }
}
