//! The checks: one function a fault, all on one list.

mod brackets;
mod empty;
mod glyphs;
mod keywords;
mod languages;
mod markers;
mod misplaced;
mod paste;
mod printed;
mod quotes;
mod spacing;
mod symbol;
mod terms;

use super::Context;
use super::passage::{Passage, each_block, each_text};
use crate::diag::Diagnostics;
use crate::syntax::ast::{self, Inline};

pub(super) use brackets::is_placeholder;
pub(super) use printed::{Origins, Words, without_glyph as printed_without_glyph};

/// All checks, in the order of the table in `ARCHITECTURE.md`.
const CHECKS: &[fn(&Context<'_>, &[Passage<'_>], &mut Diagnostics)] = &[
    symbol::series,
    symbol::year,
    keywords::leads,
    keywords::members,
    markers::as_prose,
    empty::paragraphs,
    brackets::open,
    languages::unknown,
    misplaced::labels_and_notes,
    paste::sections,
    paste::letterhead,
    paste::symbols,
    glyphs::missing,
    quotes::straight,
    spacing::signs,
    terms::house,
];

/// Runs every check.
pub(super) fn run(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    for check in CHECKS {
        check(context, passages, found);
    }
}

/// Calls `visit` for each inline of the document, title included.
fn each_inline<'a>(context: &Context<'a>, visit: &mut dyn FnMut(&'a Inline, bool)) {
    for line in context.title {
        ast::walk(line, &mut |inline| visit(inline, false));
    }
    each_text(context.body, false, &mut |content, quoted| {
        ast::walk(content, &mut |inline| visit(inline, quoted));
    });
}
