//! What was found at a place, each cure tried.

use std::ops::Range;

use crate::compile::{Compilation, Options, try_fixes};
use crate::diag::Diagnostic;
use crate::world::World;

/// What was found between two bytes of a text, with the cures that hold. `world`, `path` and
/// `options` are those that it was compiled with; where cures cannot be tried, there are none.
pub fn cures(
    world: &dyn World,
    path: &str,
    options: &Options,
    compilation: &Compilation,
    within: &Range<usize>,
) -> Vec<Diagnostic> {
    let is_here = |found: &Diagnostic| {
        let range = found.place.range();
        found.place.file == compilation.file && range.start <= within.end && within.start <= range.end
    };
    if !compilation.found.iter().any(is_here) {
        return Vec::new();
    }
    let mut here = compilation.clone();
    here.found.accept(|found| !is_here(found));
    let is_tried = try_fixes(world, path, options, &mut here).is_ok();
    let without = |found: &Diagnostic| Diagnostic { fix: found.fix.clone().filter(|_| is_tried), ..found.clone() };
    here.found.iter().map(without).collect()
}
