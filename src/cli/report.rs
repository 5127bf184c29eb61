//! What was found in a document, printed, and what it comes to.

use super::args::{Format, Reading};
use super::files::Input;
use super::{Failure, Outcome};
use crate::compile::{Compilation, Options, compile};
use crate::diag::{Severity, concise, human};

/// Compiles a document that was named.
pub(super) fn compiled(input: &Input, reading: &Reading) -> Result<Compilation, Failure> {
    let world = input.world()?;
    Ok(compile(&world, world.name(), &Options { as_of: reading.as_of })?)
}

/// The findings as they are printed.
pub(super) fn findings(compilation: &Compilation, reading: &Reading) -> String {
    let colour = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    match reading.format {
        Format::Human => human(&compilation.found, &compilation.sources, colour),
        Format::Concise => concise(&compilation.found, &compilation.sources),
    }
}

/// How much was found, in words; nothing where there is nothing to say.
pub(super) fn summary(compilation: &Compilation) -> String {
    let count = |severity: Severity, one: &str, many: &str| {
        let number = compilation.found.count(severity);
        (number > 0).then(|| format!("{number} {}", if number == 1 { one } else { many }))
    };
    let counts = [
        count(Severity::Error, "error", "errors"),
        count(Severity::Warning, "warning", "warnings"),
        count(Severity::Info, "remark", "remarks"),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") }
}

/// Whether a document may go on.
pub(super) fn outcome(compilation: &Compilation, strict: bool) -> Outcome {
    let warned = strict && compilation.found.count(Severity::Warning) > 0;
    if warned || compilation.found.has_errors() { Outcome::Faulty } else { Outcome::Good }
}
