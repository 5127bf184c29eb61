//! `chancery check --fix`: the fixes of a text applied until none is left, each of them
//! said, or shown as a diff.

use std::collections::BTreeSet;

use similar::TextDiff;

use super::disk::DiskWorld;
use super::manifest::hash;
use super::outcome::Failure;
use crate::compile::{Compilation, Options, compile, try_fixes};
use crate::diag::{Applicability, Diagnostic, apply, fitting};
use crate::world::World;

/// A cure may uncover what the next one cures; and of one code 200 are found at once.
const MAX_ROUNDS: usize = 100;

/// A text with its fixes.
pub(super) struct Fixed {
    /// What came of the text as it is now.
    pub compilation: Compilation,
    /// The text before and after.
    pub before: String,
    pub text: String,
    /// Each change, with the line that it was made in: `7: write “5/11”`.
    pub changes: Vec<String>,
}

impl Fixed {
    /// Whether there is anything to write.
    pub fn is_changed(&self) -> bool {
        self.text != self.before
    }

    /// What changes, as `diff -u` shows it.
    pub fn diff(&self, name: &str) -> String {
        if !self.is_changed() {
            return String::new();
        }
        let diff = TextDiff::from_lines(&self.before, &self.text);
        diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string()
    }
}

/// Applies the fixes that are safe, and those that are suggested too if they are wanted,
/// until no more are offered.
pub(super) fn fixed(world: &DiskWorld, options: &Options, suggested: bool) -> Result<Fixed, Failure> {
    let mut compilation = tried(world, options)?;
    let before = text_of(&compilation);
    let mut fixed = Fixed { text: before.clone(), before, changes: Vec::new(), compilation: compilation.clone() };
    if world.read(world.name())? != fixed.before.as_bytes() {
        // What is no text is left alone.
        return Ok(fixed);
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for _ in 0..MAX_ROUNDS {
        seen.insert(hash(fixed.text.as_bytes()));
        let wanted = wanted(&compilation, suggested);
        let chosen = fitting(&fixed.text, compilation.file, wanted);
        let next = apply(&fixed.text, &chosen);
        // A text that was there before would come again and again.
        if chosen.is_empty() || seen.contains(&hash(next.as_bytes())) {
            break;
        }
        fixed.changes.extend(chosen.iter().map(|found| change(found, &compilation)));
        fixed.text = next;
        compilation = tried(&world.instead(fixed.text.clone()), options)?;
    }
    fixed.compilation = compilation;
    Ok(fixed)
}

fn tried(world: &DiskWorld, options: &Options) -> Result<Compilation, Failure> {
    let mut compilation = compile(world, world.name(), options)?;
    try_fixes(world, world.name(), options, &mut compilation)?;
    Ok(compilation)
}

fn text_of(compilation: &Compilation) -> String {
    compilation.sources.get(compilation.file).map(|source| source.text().to_owned()).unwrap_or_default()
}

/// The findings whose fixes are applied together: those that change words, and when
/// none of these is left, those that make other blocks.
fn wanted(compilation: &Compilation, suggested: bool) -> Vec<&Diagnostic> {
    let is_wanted = |found: &&Diagnostic| {
        found.fix.as_ref().is_some_and(|fix| suggested || fix.applicability == Applicability::Safe)
    };
    let wanted = compilation.found.iter().filter(is_wanted);
    let (blocks, words): (Vec<_>, Vec<_>) = wanted.partition(|found| found.code.reshapes_blocks());
    if words.is_empty() { blocks } else { words }
}

/// `7: write “5/11”`
fn change(found: &Diagnostic, compilation: &Compilation) -> String {
    let fix = found.fix.as_ref();
    let place = fix.and_then(|fix| fix.edits.first()).map_or(found.place, |(place, _)| *place);
    let line = compilation.sources.get(place.file).map_or(0, |source| source.location(place.range().start).line);
    format!("{line}: {}", fix.map(|fix| fix.what.as_str()).unwrap_or_default())
}
