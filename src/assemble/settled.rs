//! What has nothing in it that is still to be decided.

use crate::syntax::ast::{Block, BlockKind, Inline, Row};

/// Whether a block is printed as it stands.
pub(super) fn is_settled(block: &Block) -> bool {
    let settled = |content: &[Inline]| content.iter().all(is_settled_inline);
    match &block.kind {
        BlockKind::Comment => true,
        BlockKind::Paragraph(paragraph) => settled(&paragraph.content),
        BlockKind::Keyword(keyword) => settled(&keyword.value),
        BlockKind::Quote(quote) => quote.blocks.iter().all(is_settled),
        BlockKind::Table(table) => {
            let rows = table.rows.iter().all(|row| match row {
                Row::Comment(_) => true,
                Row::Cells(_, cells) => cells.iter().all(|cell| settled(cell)),
            });
            rows && settled(&table.value)
        }
    }
}

pub(super) fn is_settled_inline(inline: &Inline) -> bool {
    match inline {
        Inline::Value { .. } | Inline::If { .. } | Inline::For { .. } => false,
        Inline::Label { name, .. } | Inline::CrossReference { name, .. } => !name.text.contains('{'),
        other => other.children().into_iter().flatten().all(is_settled_inline),
    }
}
