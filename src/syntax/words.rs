//! What the blocks and texts of a tree hold: their words, their labels, the
//! blocks and texts in them.

use super::ast::{self, Block, Hyphen, Inline, Word};

/// The words of a text as they stand in the source.
pub fn words_of(content: &[Inline]) -> String {
    let mut words = String::new();
    ast::walk(content, &mut |inline| match inline {
        Inline::Text(text) => words.push_str(&text.text),
        Inline::Filled { text, .. } => words.push_str(text),
        Inline::Break(_) => words.push(' '),
        Inline::Hyphen(_, Hyphen::NoBreak) => words.push('-'),
        Inline::Hyphen(_, Hyphen::Soft)
        | Inline::Comment(_)
        | Inline::Pipe(_)
        | Inline::Emphasis { .. }
        | Inline::Bracket { .. }
        | Inline::OpenBracket { .. }
        | Inline::CloseBracket(_)
        | Inline::Label { .. }
        | Inline::CrossReference { .. }
        | Inline::Note { .. }
        | Inline::Lang { .. }
        | Inline::Citation { .. }
        | Inline::NoCitation { .. }
        | Inline::Value { .. }
        | Inline::If { .. }
        | Inline::For { .. }
        | Inline::Unknown { .. } => {}
    });
    words
}

/// Whether a text has nothing in it that is printed.
pub fn prints_nothing(content: &[Inline]) -> bool {
    content.iter().all(|inline| match inline {
        Inline::Text(text) => text.text.trim().is_empty(),
        Inline::Filled { text, .. } => text.trim().is_empty(),
        Inline::Break(_) | Inline::Comment(_) | Inline::Label { .. } => true,
        _ => false,
    })
}

/// The labels in a text, each with the include that it is in.
pub fn labels_of(content: &[Inline]) -> Vec<(u32, &Word)> {
    let mut labels = Vec::new();
    ast::walk(content, &mut |inline| {
        if let Inline::Label { name, scope, .. } = inline {
            labels.push((*scope, name));
        }
    });
    labels
}

/// `[ ]`, `[…]`, `[X]`, `[TBC]`: a gap that somebody is still to fill.
pub fn is_placeholder(words: &str) -> bool {
    matches!(words.trim(), "" | "…" | "..." | "X" | "XX" | "TBC" | "TBD")
}

/// Calls `visit` for each printed text of the blocks, and whether it is quoted.
pub fn each_text<'a>(blocks: &'a [Block], quoted: bool, visit: &mut dyn FnMut(&'a [Inline], bool)) {
    each_block(blocks, quoted, &mut |block, quoted| {
        for text in block.printed() {
            visit(text, quoted);
        }
    });
}

/// Calls `visit` for each block, those in quotations included.
pub fn each_block<'a>(blocks: &'a [Block], quoted: bool, visit: &mut dyn FnMut(&'a Block, bool)) {
    for block in blocks {
        visit(block, quoted);
        each_block(block.children(), true, visit);
    }
}
