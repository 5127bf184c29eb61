//! The checks: one function a fault, all on one list.

mod alphabets;
mod brackets;
mod delegations;
mod empty;
mod found_again;
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

use super::context::Context;
use super::passage::Passage;
use crate::diag::Diagnostics;

pub(super) use printed::{Origins, Words, without_glyph as printed_without_glyph};

/// All checks, in the order of the table in `ARCHITECTURE.md`.
const CHECKS: &[fn(&Context<'_>, &[Passage<'_>], &mut Diagnostics)] = &[
    symbol::series,
    symbol::year,
    symbol::correction,
    delegations::listed,
    delegations::named,
    keywords::leads,
    keywords::members,
    markers::as_prose,
    empty::paragraphs,
    brackets::open,
    languages::unknown,
    misplaced::labels_and_notes,
    found_again::note_marks,
    found_again::tables,
    paste::sections,
    paste::letterhead,
    paste::symbols,
    glyphs::missing,
    alphabets::mixed,
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
