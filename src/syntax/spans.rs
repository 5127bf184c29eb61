//! Every place in a tree, so that a text that was read once can stand in many
//! documents, and say of each how it came there.

use super::ast::{
    Alternative, Block, BlockKind, Directive, Entry, File, Header, HeaderItem, Inline, Keyword, Operand, Paragraph,
    Row, Segment, Subject, Table, Word,
};
use crate::source::Span;

/// What is done to a place.
type Visit<'a> = &'a mut dyn FnMut(&mut Span);

impl File {
    /// Calls `visit` for each place of the tree.
    pub fn each_span(&mut self, visit: Visit<'_>) {
        self.header.each_span(visit);
        for segment in &mut self.body {
            segment.each_span(visit);
        }
    }
}

impl Segment {
    fn each_span(&mut self, visit: Visit<'_>) {
        match self {
            Segment::Block(block) => block.each_span(visit),
            Segment::Quote(block, content) | Segment::Table(block, content) => {
                block.each_span(visit);
                for segment in content {
                    segment.each_span(visit);
                }
            }
            Segment::Directive(Directive { name: _, word, span, indent: _, lines }) => {
                visit(word);
                visit(span);
                for line in lines {
                    visit(line);
                }
            }
        }
    }
}

impl Header {
    fn each_span(&mut self, visit: Visit<'_>) {
        for item in &mut self.items {
            match item {
                HeaderItem::Comment(span) => visit(span),
                HeaderItem::Entry(Entry { key, lines }) => {
                    visit(&mut key.span);
                    words(lines, visit);
                }
            }
        }
        self.rule.iter_mut().for_each(visit);
    }
}

impl Block {
    /// Calls `visit` for each place of the block.
    pub fn each_span(&mut self, visit: Visit<'_>) {
        visit(&mut self.span);
        match &mut self.kind {
            BlockKind::Comment => {}
            BlockKind::Paragraph(paragraph) => paragraph.each_span(visit),
            BlockKind::Keyword(Keyword { name: _, word, lines, value, header }) => {
                visit(word);
                lines.iter_mut().for_each(&mut *visit);
                each_span(value, visit);
                header.each_span(visit);
            }
            BlockKind::Quote(quote) => {
                visit(&mut quote.word);
                quote.end.iter_mut().for_each(&mut *visit);
                quote.blocks.iter_mut().for_each(|block| block.each_span(visit));
            }
            BlockKind::Table(Table { word, line, value, rows }) => {
                visit(word);
                visit(line);
                each_span(value, visit);
                for row in rows {
                    match row {
                        Row::Comment(span) => visit(span),
                        Row::Cells { span, cells, spaced: _ } => {
                            visit(span);
                            cells.iter_mut().for_each(|cell| each_span(cell, visit));
                        }
                    }
                }
            }
        }
    }
}

impl Paragraph {
    fn each_span(&mut self, visit: Visit<'_>) {
        let Paragraph {
            bracket_before,
            marker,
            leads_in: _,
            is_joined: _,
            is_escaped: _,
            lead,
            markers_as_prose,
            keywords_as_prose,
            lines,
            content,
        } = self;
        bracket_before.iter_mut().for_each(&mut *visit);
        marker.iter_mut().for_each(|marker| visit(&mut marker.span));
        lead.iter_mut().for_each(|word| visit(&mut word.span));
        markers_as_prose.iter_mut().for_each(&mut *visit);
        words(keywords_as_prose, visit);
        lines.iter_mut().for_each(|line| visit(&mut line.span));
        each_span(content, visit);
    }
}

fn words(list: &mut [Word], visit: Visit<'_>) {
    list.iter_mut().for_each(|word| visit(&mut word.span));
}

fn subject(Subject { name, field }: &mut Subject, visit: Visit<'_>) {
    visit(&mut name.span);
    field.iter_mut().for_each(|field| visit(&mut field.span));
}

/// Calls `visit` for each place of a text. The reader bounds its depth.
pub fn each_span(content: &mut [Inline], visit: Visit<'_>) {
    for inline in content {
        match inline {
            Inline::Text(word) => visit(&mut word.span),
            Inline::Break(span)
            | Inline::Comment(span)
            | Inline::Pipe(span)
            | Inline::Hyphen(span, _)
            | Inline::CloseBracket(span) => visit(span),
            Inline::OpenBracket { span, by } => {
                visit(span);
                if let Some((names, whole)) = by {
                    words(names, visit);
                    visit(&mut whole.span);
                }
            }
            Inline::Emphasis { span, strong: _, content }
            | Inline::NoCitation { span, content }
            | Inline::Unknown { span, content } => {
                visit(span);
                each_span(content, visit);
            }
            Inline::Bracket { span, alternatives } => {
                visit(span);
                for Alternative { by, content } in alternatives {
                    if let Some((names, whole)) = by {
                        words(names, visit);
                        visit(&mut whole.span);
                    }
                    each_span(content, visit);
                }
            }
            Inline::Label { span, name, scope: _ } => {
                visit(span);
                visit(&mut name.span);
            }
            Inline::CrossReference { span, name, scope: _, filter } => {
                visit(span);
                visit(&mut name.span);
                filter.iter_mut().for_each(|filter| visit(&mut filter.span));
            }
            Inline::Note { span, mark: word, content } => {
                visit(span);
                word.iter_mut().for_each(|word| visit(&mut word.span));
                each_span(content, visit);
            }
            Inline::Lang { span, tag: word, content } | Inline::For { span, head: word, content } => {
                visit(span);
                visit(&mut word.span);
                each_span(content, visit);
            }
            Inline::Citation { span, instruments, by_slug: _, filter, content } => {
                visit(span);
                words(instruments, visit);
                filter.iter_mut().for_each(|filter| visit(&mut filter.span));
                each_span(content, visit);
            }
            Inline::Value { span, operand, filters } => {
                visit(span);
                match operand {
                    Operand::Name(name) => subject(name, visit),
                    Operand::Number(word) | Operand::Text(word) => visit(&mut word.span),
                }
                words(filters, visit);
            }
            Inline::If { span, condition, then, otherwise } => {
                visit(span);
                visit(&mut condition.span);
                each_span(then, visit);
                each_span(otherwise, visit);
            }
            Inline::Filled { span, text: _, gap: _ } => visit(span),
        }
    }
}
