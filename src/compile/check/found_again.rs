//! What a reader of the page looks for: the note of a mark, the table of a number.

use std::collections::BTreeMap;

use crate::compile::context::Context;
use crate::compile::dated::correction_mark;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::ast::{self, BlockKind, Inline};
use crate::syntax::{each_block, each_text, labels_of};

/// The marks that a note may have of its own, in the order of their use.
const MARKS: [&str; 5] = ["*", "**", "***", "†", "‡"];

/// Two notes with one mark in a part.
pub(super) fn note_marks(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let filled = context.filled;
    let mut marks = Marks::default();
    // The symbol has a mark too.
    if let Some(place) = filled.values.place("correction-note") {
        marks.first.insert(correction_mark(context), place);
    }
    for line in &filled.title {
        marks.text(line, found);
    }
    for block in &filled.blocks {
        // Notes of a part stand on pages of its own.
        if block.keyword().is_some_and(|keyword| keyword.name.begins_part()) {
            marks.first.clear();
        }
        each_text(std::slice::from_ref(block), false, &mut |text, _| marks.text(text, found));
    }
}

/// The marks of a part, each with its first note.
#[derive(Default)]
struct Marks {
    first: BTreeMap<String, Span>,
}

impl Marks {
    fn text(&mut self, text: &[Inline], found: &mut Diagnostics) {
        ast::walk(text, &mut |inline| {
            let Inline::Note { mark: Some(mark), .. } = inline else { return };
            let Some(first) = self.first.get(&mark.text) else {
                self.first.insert(mark.text.clone(), mark.span);
                return;
            };
            let message = format!("`{}` is the mark of two notes: a reader cannot tell which is meant", mark.text);
            let free = MARKS.iter().find(|free| !self.first.contains_key(**free)).copied();
            let diagnostic = Diagnostic::new(Code::NoteMark, mark.span, message).other(*first, "the first one");
            found.push(match free {
                Some(free) => {
                    let diagnostic = diagnostic.hint("give it another mark, or none: then it has a number");
                    let diagnostic = diagnostic.fix(format!("write `{free}`"), mark.span, free);
                    self.first.insert(free.to_owned(), mark.span);
                    diagnostic
                }
                None => diagnostic.hint("leave the mark out: then the note has a number"),
            });
        });
    }
}

/// A reference that prints a table's number: tables bear none.
pub(super) fn tables(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let mut labels: BTreeMap<(u32, &str), Span> = BTreeMap::new();
    each_block(&context.filled.blocks, false, &mut |block, _| {
        if let BlockKind::Table(table) = &block.kind {
            labels.extend(
                labels_of(&table.value).into_iter().map(|(scope, name)| ((scope, name.text.as_str()), table.word)),
            );
        }
    });
    if labels.is_empty() {
        return;
    }
    context.each_inline(&mut |inline, _| {
        let Inline::CrossReference { span, name, scope, .. } = inline else { return };
        if let Some(table) = labels.get(&(*scope, name.text.as_str())) {
            let message = "this prints the number of a table, and tables are printed without one";
            found.push(
                Diagnostic::new(Code::TableNumber, *span, message)
                    .other(*table, "the table that is meant")
                    .hint("say in words which table is meant, as “the table below”, or write its number above it"),
            );
        }
    });
}
