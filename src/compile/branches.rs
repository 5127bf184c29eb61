//! Branches that are not printed.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Diagnostics, suggest};
use crate::syntax::ast::{self, Block, BlockKind, Inline, Word};
use crate::syntax::{each_block, each_text, labels_of};

/// References, in branches that are not printed, to labels that nothing has in
/// any branch.
pub(super) fn dangling<'l>(blocks: &[Block], printed: impl Iterator<Item = &'l str>, found: &mut Diagnostics) {
    let mut labels: BTreeSet<String> = printed.map(str::to_owned).collect();
    let mut asked: Vec<&Word> = Vec::new();
    each_text(blocks, false, &mut |content, _| {
        labels.extend(labels_of(content).into_iter().map(|(_, label)| label.text.clone()));
        ast::walk(content, &mut |inline| {
            if let Inline::CrossReference { name, .. } = inline {
                asked.push(name);
            }
        });
    });
    each_block(blocks, false, &mut |block, _| {
        if let BlockKind::Table(table) = &block.kind {
            labels.extend(labels_of(&table.value).into_iter().map(|(_, label)| label.text.clone()));
        }
    });
    // What a value will make of a label is not known.
    for name in asked.into_iter().filter(|name| !labels.contains(&name.text) && !name.text.contains('{')) {
        let message = format!("nothing in this document has the label `{}`", name.text);
        found.push(suggest(
            Diagnostic::new(Code::DanglingLabel, name.span, message),
            &name.text,
            labels.iter().map(String::as_str),
            || format!("write `{{#{}}}` at the paragraph that is meant", name.text),
            // A label that is likely is not the one that was meant.
            None,
        ));
    }
}
