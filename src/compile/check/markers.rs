//! Lines that begin like a paragraph and are none.

use super::lines;
use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::syntax::ast::BlockKind;
use crate::syntax::each_block;

/// A marker at the start of a later line of a paragraph.
pub(super) fn as_prose(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    each_block(&context.filled.blocks, false, &mut |block, quoted| {
        let BlockKind::Paragraph(paragraph) = &block.kind else { return };
        // What is said of all its lines is not said of each.
        if !quoted
            && !paragraph.markers_as_prose.is_empty()
            && lines::is_run(context.sources, block, context.filled.locale)
        {
            return;
        }
        for &place in &paragraph.markers_as_prose {
            let marker = context.sources.slice(place);
            found.push(
                Diagnostic::new(
                    Code::MarkerAsProse,
                    place,
                    format!("`{marker}` at the start of this line is taken as prose"),
                )
                .hint("put a blank line before it if a new paragraph begins here"),
            );
        }
    });
}
