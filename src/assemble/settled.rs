//! What has nothing in it that is still to be decided.

use crate::syntax::ast::{Block, Inline};

/// Whether a block is printed as it stands.
pub(super) fn is_settled(block: &Block) -> bool {
    block.texts().into_iter().flatten().all(is_settled_inline) && block.children().iter().all(is_settled)
}

/// The same of what stands in a text.
pub(super) fn is_settled_inline(inline: &Inline) -> bool {
    match inline {
        Inline::Value { .. } | Inline::If { .. } | Inline::For { .. } => false,
        Inline::Label { name, .. } | Inline::CrossReference { name, .. } => !name.text.contains('{'),
        Inline::Text(_)
        | Inline::Hyphen(..)
        | Inline::Break(_)
        | Inline::Comment(_)
        | Inline::Pipe(_)
        | Inline::Emphasis { .. }
        | Inline::Bracket { .. }
        | Inline::OpenBracket { .. }
        | Inline::CloseBracket(_)
        | Inline::Note { .. }
        | Inline::Lang { .. }
        | Inline::Citation { .. }
        | Inline::NoCitation { .. }
        | Inline::Filled { .. }
        | Inline::Unknown { .. } => inline.children().into_iter().flatten().all(is_settled_inline),
    }
}
