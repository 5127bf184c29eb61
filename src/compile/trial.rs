//! Fixes tried on a text: one after which it has other blocks is not offered.

use std::ops::Range;

use super::compilation::Compilation;
use super::options::Options;
use super::run::compile;
use super::shape::{Shape, shape};
use crate::Error;
use crate::diag::{Applicability, Code, Diagnostic, Fix, Severity, apply_fixes};
use crate::source::FileId;
use crate::world::{Instead, World};

/// So many texts are compiled at the most to find the fixes that make other blocks.
const MAX_TRIALS: usize = 40;

/// So many bytes are compiled for it at the most.
const MAX_TRIED: usize = 16 << 20;

/// Takes back the fixes of a compilation after which the text has other blocks, where
/// that is not what the finding is about: each is tried. `world`, `path` and `options`
/// are those that it was compiled with.
///
/// # Errors
/// As [`compile`].
pub fn try_fixes(world: &dyn World, path: &str, options: &Options, compilation: &mut Compilation) -> Result<(), Error> {
    let file = compilation.file;
    let text = compilation.sources.get(file).map(|source| source.text().to_owned()).unwrap_or_default();
    let left = (MAX_TRIED / text.len().max(1)).clamp(2, MAX_TRIALS);
    let mut trial = Trial { world, path, options, file, text: &text, before: Before::of(compilation), left };
    let all: Vec<&Diagnostic> = compilation.found.iter().collect();
    let mut refused: Vec<Fix> = Vec::new();
    for applicability in [Applicability::Safe, Applicability::Suggested] {
        for is_of_case in [false, true] {
            let of_kind = |found: &&&Diagnostic| {
                let is_wanted = found.fix.as_ref().is_some_and(|fix| fix.applicability == applicability);
                let is_case = matches!(found.code, Code::KeyCase | Code::KeywordCase);
                is_wanted && (if is_of_case { is_case } else { !found.code.reshapes_blocks() })
            };
            let fixes: Vec<&Diagnostic> = all.iter().filter(of_kind).copied().collect();
            refused.extend(trial.refused(&fixes)?.into_iter().filter_map(|found| found.fix.clone()));
        }
    }
    for (_, slot) in compilation.found.fixes_mut() {
        if slot.as_ref().is_some_and(|fix| refused.contains(fix)) {
            *slot = None;
        }
    }
    Ok(())
}

/// What a text was before its fixes.
struct Before {
    shape: Shape,
    errors: Vec<Code>,
}

impl Before {
    fn of(compilation: &Compilation) -> Before {
        Before { shape: shape(compilation), errors: errors(compilation) }
    }
}

fn errors(compilation: &Compilation) -> Vec<Code> {
    let errors = compilation.found.iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| found.code).collect()
}

/// Fixes that are tried on a text.
struct Trial<'a> {
    world: &'a dyn World,
    path: &'a str,
    options: &'a Options,
    file: FileId,
    text: &'a str,
    before: Before,
    /// How many texts may still be compiled.
    left: usize,
}

impl Trial<'_> {
    /// Those of the fixes after which there are other blocks: all together are tried
    /// first, then halves of those among which one is at fault. What could not be
    /// tried is refused.
    fn refused<'d>(&mut self, fixes: &[&'d Diagnostic]) -> Result<Vec<&'d Diagnostic>, Error> {
        let (mut good, mut refused): (Vec<&Diagnostic>, Vec<&Diagnostic>) = (Vec::new(), Vec::new());
        let mut open: Vec<Range<usize>> = std::iter::once(0..fixes.len()).collect();
        while let Some(range) = open.pop() {
            let some = fixes.get(range.clone()).unwrap_or_default();
            if some.is_empty() {
                continue;
            }
            if self.left > 0 && self.is_harmless(good.iter().chain(some).copied())? {
                good.extend(some);
            } else if some.len() == 1 || self.left == 0 {
                refused.extend(some);
            } else {
                let middle = range.start + some.len() / 2;
                open.extend([middle..range.end, range.start..middle]);
            }
        }
        Ok(refused)
    }

    fn is_harmless<'d>(&mut self, fixes: impl Iterator<Item = &'d Diagnostic> + Clone) -> Result<bool, Error> {
        self.left -= 1;
        let is_of_case = fixes.clone().any(|found| found.code.reshapes_blocks());
        let (text, _) = apply_fixes(self.text, self.file, fixes);
        let world = Instead { world: self.world, path: self.path, text: text.as_bytes() };
        let after = compile(&world, self.path, self.options)?;
        Ok(if is_of_case {
            // A keyword in its right case is one: there are other blocks. A fault that
            // was not there before shows that it was meant as a word.
            errors(&after).iter().all(|code| self.before.errors.contains(code))
        } else {
            shape(&after) == self.before.shape
        })
    }
}
