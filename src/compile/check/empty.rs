//! Paragraphs, headings and notes without text.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::syntax::ast::{Block, BlockKind, Hyphen, Inline, StructureName};
use crate::syntax::each_block;

/// What has a marker or a keyword, and no words.
pub(super) fn paragraphs(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    each_block(&context.filled.blocks, false, &mut |block, _| {
        let (is_empty, place, message) = match &block.kind {
            BlockKind::Comment => return,
            BlockKind::Paragraph(paragraph) => {
                let place = paragraph.marker.as_ref().map_or(block.span, |marker| marker.span);
                (!paragraph.leads_in && !has_words(&paragraph.content), place, "this paragraph has no text")
            }
            BlockKind::Keyword(keyword) => {
                let message = without_words(keyword.name);
                (message.is_some() && !has_words(&keyword.value), keyword.word, message.unwrap_or_default())
            }
            BlockKind::Quote(quote) => (
                quote.blocks.is_empty(),
                quote.word,
                if quote.is_statement { "this statement has no text" } else { "this quotation has no text" },
            ),
            BlockKind::Table(table) => (table.rows.is_empty(), table.word, "this table has no rows"),
        };
        let hint = match &block.kind {
            BlockKind::Table(_) => "write them below it, each indented by two blanks, with `|` between the cells",
            BlockKind::Comment | BlockKind::Paragraph(_) | BlockKind::Keyword(_) | BlockKind::Quote(_) => {
                "write its text, or delete it"
            }
        };
        if is_empty {
            found.push(Diagnostic::new(Code::EmptyParagraph, place, message).hint(hint));
        }
    });
    nothing_listed(context, found);
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

/// A list of contents in a text without divisions.
fn nothing_listed(context: &Context<'_>, found: &mut Diagnostics) {
    let keywords = || context.filled.blocks.iter().filter_map(Block::keyword);
    let is_listed = |name: StructureName| match name {
        StructureName::Section
        | StructureName::Subsection
        | StructureName::Heading
        | StructureName::Session
        | StructureName::Annex
        | StructureName::Attachment => true,
        StructureName::Preamble
        | StructureName::Operative
        | StructureName::Numbering
        | StructureName::Member
        | StructureName::Row
        | StructureName::Item
        | StructureName::Decision
        | StructureName::Address
        | StructureName::Signature
        | StructureName::Contents => false,
    };
    if keywords().any(|keyword| is_listed(keyword.name)) {
        return;
    }
    for keyword in keywords().filter(|keyword| keyword.name == StructureName::Contents) {
        let finding = Diagnostic::new(Code::EmptyParagraph, keyword.word, "this list of contents has nothing to list");
        found.push(
            finding.hint("it lists `section:`, `subsection:`, `heading:` and annexes; delete it where there are none"),
        );
    }
}

/// What is said of a keyword that is nothing without words: a section has its number.
fn without_words(name: StructureName) -> Option<&'static str> {
    match name {
        StructureName::Subsection | StructureName::Heading | StructureName::Item => Some("this heading has no text"),
        StructureName::Row => Some("this row has no text"),
        StructureName::Decision => Some("this paragraph has no text"),
        StructureName::Address | StructureName::Signature => Some("these lines have no text"),
        StructureName::Preamble
        | StructureName::Operative
        | StructureName::Section
        | StructureName::Numbering
        | StructureName::Annex
        | StructureName::Attachment
        | StructureName::Member
        | StructureName::Session
        | StructureName::Contents => None,
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
        // A bracket may open, or close, on a line of its own.
        Inline::OpenBracket { .. } | Inline::CloseBracket(_) => true,
        Inline::Hyphen(_, hyphen) => *hyphen == Hyphen::NoBreak,
        Inline::Break(_) | Inline::Comment(_) | Inline::Pipe(_) | Inline::Label { .. } | Inline::Note { .. } => false,
    })
}
