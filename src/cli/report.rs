//! What was found in documents, printed, and what it comes to.

use std::borrow::Cow;
use std::collections::HashSet;

use super::args::Format;
use super::disk::DiskWorld;
use super::files::Input;
use super::outcome::{Failure, Outcome};
use super::terminal::{has_colour, is_verbose, say};
use crate::cite::State;
use crate::compile::{Compilation, Options, compile, try_fixes};
use crate::diag::{self, Applicability, Code, Diagnostic, Diagnostics, Human, NotRead, Report, Severity, Tally};
use crate::model::plain_lines;
use crate::source::Sources;
use crate::world::{Recorder, World};

/// Compiles a document that was named, and tries the fixes that it is offered.
pub(super) fn compiled(input: &Input, options: &Options) -> Result<Compilation, Failure> {
    compiled_in(&input.world()?, options)
}

/// The same in its world.
pub(super) fn compiled_in(world: &DiskWorld, options: &Options) -> Result<Compilation, Failure> {
    let recorder = Recorder::of(world);
    let read: &dyn World = if is_verbose() { &recorder } else { world };
    let mut compilation = compile(read, world.name(), options)?;
    if is_verbose() {
        made_of(world, &recorder);
    }
    try_fixes(world, world.name(), options, &mut compilation)?;
    Ok(compilation)
}

/// What was compiled before, with the fixes tried that it is offered.
pub(super) fn tried(input: &Input, options: &Options, mut compilation: Compilation) -> Result<Compilation, Failure> {
    let world = input.world()?;
    try_fixes(&world, world.name(), options, &mut compilation)?;
    Ok(compilation)
}

/// Says of which files a document is made, and where they lie.
pub(super) fn made_of(world: &DiskWorld, recorder: &Recorder<'_>) {
    say(&format!("{}: in {}", world.name(), world.root().display()));
    for (path, _) in recorder.reads().iter().filter(|(path, bytes)| bytes.is_some() && *path != world.name()) {
        say(&format!("{}: reads {}", world.name(), world.place_of(path).display()));
    }
}

/// So many findings are remembered as said.
const MAX_SAID: usize = 100_000;

/// Findings of several documents one after the other, as people read them: a help that
/// was given is not given again.
pub(super) struct Shown {
    format: Format,
    human: Human,
    said: Said,
}

/// What was said already of what several documents have in common.
#[derive(Default)]
struct Said {
    /// A finding as it is said: code, weight, file, bytes and message.
    findings: HashSet<(Code, Severity, String, std::ops::Range<usize>, String)>,
}

impl Said {
    /// What was not said yet, of what several documents may have in common; it is said then.
    fn left<'f>(
        &mut self,
        found: &'f Diagnostics,
        sources: &Sources,
        is_common: impl Fn(&Diagnostic) -> bool,
    ) -> Cow<'f, Diagnostics> {
        if !found.iter().any(&is_common) {
            return Cow::Borrowed(found);
        }
        let mut left = found.clone();
        left.accept(|finding| {
            if !is_common(finding) || self.findings.len() >= MAX_SAID {
                return false;
            }
            let file = sources.get(finding.place.file).map(|source| source.name().to_owned()).unwrap_or_default();
            let key = (finding.code, finding.severity, file, finding.place.range(), finding.message.clone());
            !self.findings.insert(key)
        });
        Cow::Owned(left)
    }
}

impl Shown {
    pub fn new(format: Format) -> Shown {
        Shown { format, human: Human::new(has_colour()), said: Said::default() }
    }

    /// Those of a document, and those of its project once; nothing in the formats that make
    /// one report of all documents.
    pub fn findings(&mut self, found: &Diagnostics, sources: &Sources) -> String {
        let left = self.said.left(found, sources, |finding| sources.is_of_project(finding.place));
        self.report(&left, sources)
    }

    fn report(&mut self, found: &Diagnostics, sources: &Sources) -> String {
        match self.format {
            Format::Human => self.human.report(found, sources),
            format => shown(found, sources, format),
        }
    }

    /// Those of one of many documents of a text: what was said of the text itself with
    /// another one is not said again.
    pub fn of_record(&mut self, found: &Diagnostics, sources: &Sources) -> String {
        let left = self.said.left(found, sources, |_| true);
        self.report(&left, sources)
    }
}

/// How much was found in several documents.
#[derive(Default)]
pub(super) struct Totals {
    files: usize,
    /// Those that could not be read.
    pub unread: usize,
    errors: u64,
    warnings: u64,
    fixes: (usize, usize),
    said: Said,
}

impl Totals {
    /// Adds what was found in a document; what is wrong in its project counts once.
    pub fn add(&mut self, found: &Diagnostics, sources: &Sources) {
        let found = self.said.left(found, sources, |finding| sources.is_of_project(finding.place));
        self.files += 1;
        self.errors += found.count(Severity::Error);
        self.warnings += found.count(Severity::Warning);
        let (safe, suggested) = fixes(&found);
        self.fixes = (self.fixes.0 + safe, self.fixes.1 + suggested);
    }

    /// How many documents there were, those that could not be read among them.
    pub fn documents(&self) -> usize {
        self.files + self.unread
    }

    /// `3 files: 1 error, 4 warnings; 2 can be fixed by `--fix``
    pub fn in_words(&self) -> String {
        let files = number_of(self.documents() as u64, "file", "files");
        let unread = (self.unread > 0).then(|| format!("{} not read", self.unread));
        let counts = [unread, counted(self.errors, "error", "errors"), counted(self.warnings, "warning", "warnings")];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        let counts = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
        format!("{files}: {counts}{}", fixes_in_words(self.fixes))
    }
}

/// How many findings have a fix that is safe, and one that is suggested.
fn fixes(found: &Diagnostics) -> (usize, usize) {
    let of = |applicability: Applicability| {
        let fixes = found.iter().filter_map(|found| found.fix.as_ref());
        fixes.filter(|fix| fix.applicability == applicability).count()
    };
    (of(Applicability::Safe), of(Applicability::Suggested))
}

fn fixes_in_words((safe, suggested): (usize, usize)) -> String {
    match (safe, suggested) {
        (0, 0) => String::new(),
        (safe, 0) => format!("; {safe} can be fixed by `--fix`"),
        (0, suggested) => format!("; {suggested} suggested: `--fix --suggested`"),
        (safe, suggested) => format!("; {safe} can be fixed by `--fix`, {suggested} suggested: `--fix --suggested`"),
    }
}

/// `1 text`, `2 texts`.
pub(super) fn number_of(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `1 instrument`, of which registries tell how many they have.
pub(super) fn instruments(number: usize) -> String {
    number_of(number as u64, "instrument", "instruments")
}

fn counted(number: u64, one: &str, many: &str) -> Option<String> {
    (number > 0).then(|| number_of(number, one, many))
}

/// What a summary calls a document: what came by standard input has no name but its title.
pub(super) fn called(input: &Input, title: Option<&str>) -> String {
    match title {
        Some(title) if input.is_standard_input() => format!("“{title}”"),
        _ => input.path.display().to_string(),
    }
}

/// The title of a document in one line, if it has one.
pub(super) fn title(compilation: &Compilation) -> Option<String> {
    let title = plain_lines(compilation.document.as_ref()?.title());
    Some(title.trim().to_owned()).filter(|title| !title.is_empty())
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
    let is_valid = |state: State| matches!(state, State::Valid | State::Corrected);
    let count = |state: State| references.iter().filter(|r| r.state == state && !r.allowed).count();
    Tally {
        references: references.len(),
        valid: count(State::Valid) + count(State::Corrected),
        by_number: references.iter().filter(|r| is_valid(r.state) && r.by_number && !r.allowed).count(),
        inferred: count(State::Inferred),
        unverified: count(State::Unverified),
        unread: count(State::Unread),
        allowed: references.iter().filter(|reference| reference.allowed).count(),
        accepted: 0,
        findings_allowed: compilation.allowed,
    }
}

/// How much was found, in words, and how the references came out.
pub(super) fn summary(compilation: &Compilation) -> String {
    summary_but(compilation, 0)
}

/// The same where so many findings were accepted, and are not counted.
pub(super) fn summary_but(compilation: &Compilation, accepted: usize) -> String {
    let count = |severity: Severity| compilation.found.count(severity);
    let counts = [
        counted(count(Severity::Error), "error", "errors"),
        counted(count(Severity::Warning), "warning", "warnings"),
        counted(count(Severity::Info), "remark", "remarks"),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let mut summary = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
    if counts.is_empty() && compilation.allowed + accepted > 0 {
        "nothing else found".clone_into(&mut summary);
    }
    summary.push_str(&fixes_in_words(fixes(&compilation.found)));
    if let Some(allowed) = counted(compilation.allowed as u64, "finding allowed", "findings allowed") {
        summary.push_str(&format!("; {allowed}"));
    }
    let tally = tally(compilation);
    if tally.references > 0 {
        summary.push_str(&format!("; {}", number_of(tally.references as u64, "reference", "references")));
        if let Some(day) = compilation.as_of {
            summary.push_str(&format!(" judged at {day}"));
        }
        summary.push_str(&format!(": {} valid", tally.valid));
        if tally.by_number > 0 {
            summary.push_str(&format!(" ({} with number known, title not)", tally.by_number));
        }
        let others = [
            (tally.inferred, "inferred"),
            (tally.unverified, "unverified"),
            (tally.unread, "unread"),
            (tally.allowed, "allowed"),
        ];
        for (number, what) in others {
            if number > 0 {
                summary.push_str(&format!(", {number} {what}"));
            }
        }
        let others = tally.inferred + tally.unverified + tally.unread + tally.allowed;
        let rest = tally.references - tally.valid - others;
        if rest > 0 {
            summary.push_str(&format!(", {rest} at fault"));
        }
    }
    if accepted > 0 {
        summary.push_str(&format!("; {accepted} accepted by the baseline"));
    }
    summary
}

/// Whether a document may go on.
pub(super) fn outcome(compilation: &Compilation) -> Outcome {
    if compilation.found.has_errors() { Outcome::Faulty } else { Outcome::Good }
}
