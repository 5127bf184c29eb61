//! The checks: one function a fault, all on one list.

mod agreement;
mod alphabets;
mod brackets;
mod broken;
mod delegations;
mod empty;
mod found_again;
mod glyphs;
mod headings;
mod keywords;
mod languages;
mod lines;
mod lookalikes;
mod markdown;
mod markers;
mod misplaced;
mod names;
mod notes;
mod paste;
mod printed;
mod quotes;
mod spacing;
mod symbol;
mod terms;
mod title;
mod top;
mod tried;

use super::context::Context;
use super::passage::Passage;
use crate::diag::Diagnostics;

pub(super) use printed::{Origins, Words, without_glyph as printed_without_glyph};
pub(super) use top::beginning;

/// All checks, in the order in which they are run.
const CHECKS: &[fn(&Context<'_>, &[Passage<'_>], &mut Diagnostics)] = &[
    symbol::series,
    symbol::year,
    symbol::correction,
    symbol::years_of_series,
    agreement::meeting,
    agreement::journal,
    agreement::body,
    agreement::opening,
    agreement::correction_note,
    agreement::days,
    agreement::title,
    delegations::listed,
    delegations::named,
    keywords::leads,
    keywords::members,
    keywords::empty_sections,
    markers::as_prose,
    empty::paragraphs,
    brackets::open,
    languages::unknown,
    misplaced::labels_and_notes,
    found_again::note_marks,
    found_again::tables,
    headings::parts,
    headings::heads,
    headings::odd_markers,
    lookalikes::of_markers,
    lines::pasted,
    broken::sentences,
    title::again,
    notes::pasted,
    markdown::blocks,
    markdown::words,
    languages::other,
    paste::sections,
    paste::symbols,
    glyphs::missing,
    glyphs::loose_marks,
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
