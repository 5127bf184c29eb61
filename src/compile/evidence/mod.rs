//! Which typed marker is one: decided once, over the filled-in tree, by what stands
//! around it. What is none goes back into the text as it was typed.
//!
//! A marker is one if it is the next of an open list, if its successor is the next
//! marker of its form, if it begins a list, or if it is off by two at the most.
//! Forms that are ordinary writing too need one of the first two. What nothing speaks
//! for is said.

mod candidates;
mod decide;
mod open;
mod rewrite;

use crate::assemble::Filled;
use crate::diag::Diagnostics;
use crate::source::Sources;

/// Decides on every marker of a text, and changes its blocks accordingly: after
/// this each marker in them is one.
pub(super) fn settle(filled: &mut Filled, sources: &Sources, found: &mut Diagnostics) {
    let all = candidates::candidates(filled, sources);
    if all.is_empty() {
        return;
    }
    let decided = decide::decide(&all, filled, sources, found);
    rewrite::rewrite(&mut filled.blocks, &all, &decided, sources);
}
