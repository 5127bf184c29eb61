//! The fixes of a text applied until none is left.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::compilation::Compilation;
use super::options::Options;
use super::run::compile;
use super::trial::try_fixes;
use crate::Error;
use crate::diag::{Applicability, Diagnostic, Fix, apply, fitting};
use crate::world::{Instead, World};

/// A cure may uncover what the next one cures; and of one code 200 are found at once.
const MAX_ROUNDS: usize = 100;

/// A text with its fixes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Mended {
    /// The text before.
    pub before: String,
    /// The text as it is now.
    pub text: String,
    /// What came of it.
    pub compilation: Compilation,
    /// What was changed, in the order in which it was.
    pub changes: Vec<Change>,
}

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The line that it was made in.
    pub line: usize,
    /// What it was, as an order: `write “5/11”`.
    pub what: String,
    /// Whether it was one of those that make other blocks.
    pub reshapes_blocks: bool,
}

/// Applies to the text at `path` the fixes that are safe, and with `suggested` those that
/// are suggested too, until no more are offered. What is no text is left alone.
///
/// # Errors
/// As [`compile`].
pub fn mend(world: &dyn World, path: &str, options: &Options, suggested: bool) -> Result<Mended, Error> {
    mend_of(world, path, options, &|_, fix| suggested || fix.applicability == Applicability::Safe)
}

/// The same with the fixes that are wanted.
///
/// # Errors
/// As [`compile`].
pub(crate) fn mend_of(
    world: &dyn World,
    path: &str,
    options: &Options,
    is_wanted: &dyn Fn(&Diagnostic, &Fix) -> bool,
) -> Result<Mended, Error> {
    let compilation = tried(world, path, options)?;
    let before = compilation.text().to_owned();
    let is_text = world.read(path)? == before.as_bytes();
    let mut mended = Mended { text: before.clone(), before, compilation, changes: Vec::new() };
    if !is_text {
        return Ok(mended);
    }
    let mut seen: BTreeSet<u64> = BTreeSet::new();
    for _ in 0..MAX_ROUNDS {
        seen.insert(hash(&mended.text));
        let Mended { text, compilation, .. } = &mended;
        let chosen = fitting(text, compilation.file, wanted(compilation, is_wanted));
        let next = apply(text, &chosen);
        // A text that was there before would come again and again.
        if chosen.is_empty() || seen.contains(&hash(&next)) {
            break;
        }
        let changes: Vec<Change> = chosen.iter().map(|found| change(found, compilation)).collect();
        let world = Instead { world, path, text: next.as_bytes() };
        mended.compilation = tried(&world, path, options)?;
        mended.changes.extend(changes);
        mended.text = next;
    }
    Ok(mended)
}

fn tried(world: &dyn World, path: &str, options: &Options) -> Result<Compilation, Error> {
    let mut compilation = compile(world, path, options)?;
    try_fixes(world, path, options, &mut compilation)?;
    Ok(compilation)
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The findings whose fixes are applied together: those that change words, and when
/// none of these is left, those that make other blocks.
fn wanted<'c>(compilation: &'c Compilation, is_wanted: &dyn Fn(&Diagnostic, &Fix) -> bool) -> Vec<&'c Diagnostic> {
    let has_wanted = |found: &&Diagnostic| found.fix.as_ref().is_some_and(|fix| is_wanted(found, fix));
    let wanted = compilation.found.iter().filter(has_wanted);
    let (blocks, words): (Vec<_>, Vec<_>) = wanted.partition(|found| found.code.reshapes_blocks());
    if words.is_empty() { blocks } else { words }
}

fn change(found: &Diagnostic, compilation: &Compilation) -> Change {
    let fix = found.fix.as_ref();
    let place = fix.and_then(|fix| fix.edits.first()).map_or(found.place, |(place, _)| *place);
    let line = compilation.sources.get(place.file).map_or(0, |source| source.location(place.range().start).line);
    let what = fix.map(|fix| fix.what.clone()).unwrap_or_default();
    Change { line, what, reshapes_blocks: found.code.reshapes_blocks() }
}
