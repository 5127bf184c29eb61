//! Paragraphs, headings and notes without text.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::syntax::ast::{BlockKind, Inline, StructureName};
use crate::syntax::each_block;

/// What has a marker or a keyword, and no words.
pub(super) fn paragraphs(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    each_block(&context.filled.blocks, false, &mut |block, _| {
        let (what, place) = match &block.kind {
            BlockKind::Paragraph(p) if !has_words(&p.content) => {
                ("this paragraph", p.marker.as_ref().map_or(block.span, |m| m.span))
            }
            BlockKind::Keyword(k)
                if matches!(k.name, StructureName::Subsection | StructureName::Heading) && !has_words(&k.value) =>
            {
                ("this heading", k.word)
            }
            BlockKind::Quote(quote) if quote.blocks.is_empty() => ("this quotation", quote.word),
            BlockKind::Table(table) if table.rows.is_empty() => ("this table", table.word),
            _ => return,
        };
        if let BlockKind::Table(_) = &block.kind {
            let message = "this table has no rows";
            let hint = "write them below it, each indented by two blanks, with `|` between the cells";
            found.push(Diagnostic::new(Code::EmptyParagraph, place, message).hint(hint));
            return;
        }
        found.push(
            Diagnostic::new(Code::EmptyParagraph, place, format!("{what} has no text"))
                .hint("write its text, or delete it"),
        );
    });
    context.each_inline(&mut |inline, _| {
        if let Inline::Note { span, content, .. } = inline
            && !has_words(content)
        {
            let message = "this footnote has no text";
            found.push(
                Diagnostic::new(Code::EmptyParagraph, *span, message).hint("write it after the colon: `{note: text}`"),
            );
        }
    });
    if context.filled.is_document
        && !context.filled.blocks.iter().any(|block| !matches!(block.kind, BlockKind::Comment))
    {
        let end = context.filled.header.rule.unwrap_or(context.filled.end);
        found.push(
            Diagnostic::new(Code::EmptyParagraph, end, "the document has no text")
                .hint("write it below the line of dashes"),
        );
    }
}

fn has_words(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Text(text) => !text.text.trim().is_empty(),
        Inline::Emphasis { content, .. } | Inline::Lang { content, .. } | Inline::NoCitation { content, .. } => {
            has_words(content)
        }
        Inline::Bracket { .. }
        | Inline::CrossReference { .. }
        | Inline::Citation { .. }
        | Inline::Value { .. }
        | Inline::Unknown { .. } => true,
        Inline::Filled { text, gap, .. } => *gap || !text.trim().is_empty(),
        Inline::If { then, otherwise, .. } => has_words(then) || has_words(otherwise),
        Inline::For { content, .. } => has_words(content),
        Inline::Break(_) | Inline::Comment(_) | Inline::Pipe(_) | Inline::Label { .. } | Inline::Note { .. } => false,
    })
}
