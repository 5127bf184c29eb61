//! What was found in documents, printed, and what it comes to.

use super::args::{Format, Reading};
use super::files::Input;
use super::outcome::{Failure, Outcome};
use super::terminal::has_colour;
use crate::cite::State;
use crate::compile::{Compilation, Options, compile};
use crate::diag::{self, Diagnostics, NotRead, Report, Severity, Tally};
use crate::source::Sources;

/// Compiles a document that was named.
pub(super) fn compiled(input: &Input, reading: &Reading) -> Result<Compilation, Failure> {
    let world = input.world()?;
    Ok(compile(&world, world.name(), &Options { as_of: reading.as_of, ..Options::default() })?)
}

/// The findings of a document as people read them; nothing in the formats that
/// make one report of all documents.
pub(super) fn findings(compilation: &Compilation, reading: &Reading) -> String {
    shown(&compilation.found, &compilation.sources, reading.format)
}

/// Findings as people read them.
pub(super) fn shown(found: &Diagnostics, sources: &Sources, format: Format) -> String {
    match format {
        Format::Human => diag::human(found, sources, has_colour()),
        Format::Concise => diag::concise(found, sources),
        _ => String::new(),
    }
}

/// The report of all documents together, in the formats that have one.
pub(super) fn together(reports: &[Report<'_>], format: Format) -> String {
    match format {
        Format::Human | Format::Concise => String::new(),
        Format::Json => diag::json(reports),
        Format::Sarif => diag::sarif(reports),
        Format::Github => diag::github(reports),
        Format::Junit => diag::junit(reports),
    }
}

/// A document's part of such a report.
pub(super) fn report<'a>(input: &Input, result: Result<(&'a Compilation, usize), String>) -> Report<'a> {
    let name = input.path.display().to_string();
    match result {
        Ok((compilation, accepted)) => Report {
            name,
            judged_at: compilation.as_of.map(|day| day.to_string()),
            tally: Tally { accepted, ..tally(compilation) },
            outcome: Ok((&compilation.found, &compilation.sources)),
        },
        Err(why) => Report { name, judged_at: None, tally: Tally::default(), outcome: Err(NotRead { why }) },
    }
}

fn tally(compilation: &Compilation) -> Tally {
    let references = &compilation.references;
    let count = |state: State| references.iter().filter(|r| r.state == state && !r.allowed).count();
    Tally {
        references: references.len(),
        valid: count(State::Valid) + count(State::Corrected),
        unverified: count(State::Unverified),
        allowed: references.iter().filter(|reference| reference.allowed).count(),
        accepted: 0,
    }
}

/// How much was found, in words, and how the references came out.
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
    let mut summary = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
    let tally = tally(compilation);
    if tally.references > 0 {
        let noun = if tally.references == 1 { "reference" } else { "references" };
        summary.push_str(&format!("; {} {noun}", tally.references));
        if let Some(day) = compilation.as_of {
            summary.push_str(&format!(" judged at {day}"));
        }
        summary.push_str(&format!(": {} valid", tally.valid));
        for (number, what) in [(tally.unverified, "unverified"), (tally.allowed, "allowed")] {
            if number > 0 {
                summary.push_str(&format!(", {number} {what}"));
            }
        }
        let rest = tally.references - tally.valid - tally.unverified - tally.allowed;
        if rest > 0 {
            summary.push_str(&format!(", {rest} at fault"));
        }
    }
    summary
}

/// Whether a document may go on.
pub(super) fn outcome(compilation: &Compilation, strict: bool) -> Outcome {
    let warned = strict && compilation.found.count(Severity::Warning) > 0;
    if warned || compilation.found.has_errors() { Outcome::Faulty } else { Outcome::Good }
}
