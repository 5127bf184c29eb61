//! Labels and notes where none can stand.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::syntax::ast::{self, BlockKind, Inline};
use crate::syntax::each_block;

/// A label in the title or in a cell names nothing that has a number; a note
/// has no notes of its own.
pub(super) fn labels_and_notes(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let mut label = |inline: &Inline, place: &str| {
        if let Inline::Label { span, name, .. } = inline {
            let message = format!("the label `{}` cannot stand in {place}", name.text);
            let hint = "label the paragraph, or the table beside its keyword: `table: {#name}`";
            found.push(Diagnostic::new(Code::Misplaced, *span, message).hint(hint));
        }
    };
    for line in &context.filled.title {
        ast::walk(line, &mut |inline| label(inline, "the title"));
    }
    each_block(&context.filled.blocks, false, &mut |block, _| {
        let BlockKind::Table(table) = &block.kind else { return };
        for cell in table.cells() {
            ast::walk(cell, &mut |inline| label(inline, "a cell"));
        }
    });
    context.each_inline(&mut |inline, _| {
        let Inline::Note { content, .. } = inline else { return };
        ast::walk(content, &mut |inner| {
            if let Inline::Note { span, .. } = inner {
                let message = "a footnote stands inside a footnote";
                found
                    .push(Diagnostic::new(Code::Misplaced, *span, message).hint("write its words into the outer note"));
            }
        });
    });
}
