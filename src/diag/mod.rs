//! A diagnostic as data: code, severity, place, message, hint, fix. One file
//! a way to show it.

mod code;
mod concise;
mod explanation;
mod fix;
mod form;
mod github;
mod human;
mod json;
mod junit;
mod report;
mod sarif;
mod suggest;
mod visible;
mod weights;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use code::{Code, Group, Held, Stage};
pub use concise::concise;
pub use explanation::Explanation;
pub use fix::{apply, apply_fixes, fitting};
pub(crate) use form::TomlFault;
pub use github::github;
pub use human::{Human, human};
pub use json::json;
pub use junit::junit;
pub use report::{NotRead, Report, Tally};
pub use sarif::sarif;
pub use suggest::{likely, one_of, suggest};
pub use visible::{plain_cell, steers, visible, visible_json, visible_line, visible_report};
pub use weights::{NotWeighed, Wanted, Weights};

use crate::source::{FileId, Sources, Span};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Said, and nothing more.
    Info,
    /// Printed; an error under `--strict`.
    Warning,
    /// Nothing is built.
    Error,
}

impl Severity {
    /// `error`, `warning`, `info`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Who may apply a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Signs, blanks and spellings that mean the same: `--fix` applies it.
    Safe,
    /// Whatever may mean something else: the author looks at it first.
    Suggested,
}

impl Applicability {
    /// `safe`, `suggested`.
    pub fn name(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Suggested => "suggested",
        }
    }
}

/// A change of the source that cures a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: `write “5.”`.
    pub what: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// The bytes to replace, each with its new text; they do not overlap.
    pub edits: Vec<(Span, String)>,
}

impl Fix {
    /// A change that the author is asked about.
    pub(crate) fn suggested(what: impl Into<String>, edits: Vec<(Span, String)>) -> Fix {
        Fix { what: of_author(what), applicability: Applicability::Suggested, edits }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Which fault it is; `chancery explain CODE` says more.
    pub code: Code,
    /// How much it weighs here.
    pub severity: Severity,
    /// The author's bytes.
    pub place: Span,
    /// The fault, in lower case, the author's words in backticks.
    pub message: String,
    /// Other places that belong to it, each with what it is.
    pub others: Vec<(Span, String)>,
    /// The delegations whose words it is about.
    pub by: Vec<String>,
    /// The cure.
    pub hint: Option<String>,
    /// The cure as an edit.
    pub fix: Option<Fix>,
    /// How often it was found: equal findings are one.
    pub count: u32,
}

/// Words that may hold some of an author's: they are shown, and never steer what shows
/// them.
fn of_author(words: impl Into<String>) -> String {
    let words = words.into();
    match visible(&words) {
        Cow::Borrowed(_) => words,
        Cow::Owned(shown) => shown,
    }
}

impl Diagnostic {
    /// A finding with the severity that its code has by itself.
    pub fn new(code: Code, place: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            place,
            message: of_author(message),
            others: Vec::new(),
            by: Vec::new(),
            hint: None,
            fix: None,
            count: 1,
        }
    }

    /// Says the cure.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(of_author(hint));
        self
    }

    /// Points at another place too.
    pub fn other(mut self, place: Span, what: impl Into<String>) -> Self {
        self.others.push((place, of_author(what)));
        self
    }

    /// Says whose words it is about.
    pub fn by(mut self, delegations: Vec<String>) -> Self {
        self.by = delegations;
        self
    }

    /// Offers one edit as the cure; the author is asked before it is applied, unless
    /// it is [safe](Self::safe).
    pub fn fix(self, what: impl Into<String>, place: Span, text: impl Into<String>) -> Self {
        self.fixes(what, vec![(place, text.into())])
    }

    /// Offers an edit as the cure where there is a place for it: words that
    /// come from several places have none.
    pub fn fix_if(self, what: impl Into<String>, place: Option<Span>, text: impl Into<String>) -> Self {
        match place {
            Some(place) => self.fix(what, place, text),
            None => self,
        }
    }

    /// Offers several edits as the cure.
    pub fn fixes(mut self, what: impl Into<String>, edits: Vec<(Span, String)>) -> Self {
        self.fix = Some(Fix::suggested(what, edits));
        self
    }

    /// The fix that is offered changes no word, no digit and no meaning. Where it
    /// would, it is suggested all the same: `compile/fixes.rs` looks at its letters.
    pub fn safe(mut self) -> Self {
        if let Some(fix) = &mut self.fix {
            fix.applicability = Applicability::Safe;
        }
        self
    }

    /// The message with its cure, in one line.
    pub fn in_words(&self) -> String {
        let mut words = self.message.clone();
        if self.count > 1 {
            words.push_str(&format!(" ({} times)", self.count));
        }
        if let Some(hint) = &self.hint {
            words.push_str("; ");
            words.push_str(hint);
        }
        words
    }

    /// Weighs no more than `most`.
    pub fn at_most(mut self, most: Severity) -> Self {
        self.severity = self.severity.min(most);
        self
    }
}

/// How many findings of one code and severity are kept for one file; the rest
/// is counted.
pub const KEPT: u32 = 200;

/// The findings of one run.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    seen: BTreeMap<(FileId, Code, Severity), Seen>,
    /// How many of one code and severity are held for one file before they are
    /// settled.
    room: u32,
}

impl Default for Diagnostics {
    fn default() -> Self {
        Diagnostics { list: Vec::new(), seen: BTreeMap::new(), room: KEPT }
    }
}

/// Of so many findings is asked whether the header allows them.
const ROOM: u32 = 20 * KEPT;

/// How often a code has been found: what is kept and what is counted are two
/// things.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    kept: u32,
    counted: u32,
}

/// What was found and is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unkept {
    /// Where.
    pub file: FileId,
    /// What.
    pub code: Code,
    /// What each of them weighs.
    pub severity: Severity,
    /// How many there are.
    pub count: u32,
}

impl Diagnostics {
    /// None yet; more than are [`KEPT`] are held until they are settled.
    pub(crate) fn with_room() -> Self {
        Diagnostics { room: ROOM, ..Diagnostics::default() }
    }

    /// Adds a finding, or counts it where its code has been found too often.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let seen = self.seen.entry((diagnostic.place.file, diagnostic.code, diagnostic.severity)).or_default();
        if seen.kept < self.room {
            seen.kept += 1;
            self.list.push(diagnostic);
        } else {
            seen.counted = seen.counted.saturating_add(1);
        }
    }

    /// How many findings of a code in a file are kept: who looks for likely names looks for no more than are shown.
    pub fn kept(&self, file: FileId, code: Code) -> u32 {
        let of_code = self.seen.iter().filter(|((of, other, _), _)| *of == file && *other == code);
        of_code.map(|(_, seen)| seen.kept).sum()
    }

    /// The same without edits: of texts that no fix is applied to.
    pub fn without_fixes(mut self) -> Self {
        for found in &mut self.list {
            found.fix = None;
        }
        self
    }

    /// Adds several findings.
    pub fn extend(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in found {
            self.push(diagnostic);
        }
    }

    /// Adds what was found in a text before it got its place in a compilation.
    pub fn bring_in(&mut self, others: &Diagnostics, place: &dyn Fn(Span) -> Span) {
        for found in &others.list {
            let mut found = found.clone();
            found.place = place(found.place);
            for (other, _) in &mut found.others {
                *other = place(*other);
            }
            for (edit, _) in found.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
                *edit = place(*edit);
            }
            self.push(found);
        }
        for Unkept { file, code, severity, count } in others.unkept() {
            let file = place(Span::new(file, 0..0)).file;
            let seen = self.seen.entry((file, code, severity)).or_default();
            seen.counted = seen.counted.saturating_add(count);
        }
    }

    /// Whether an error was found, kept or not.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// The findings that are kept.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many findings there are of a severity, those included that were
    /// counted only.
    pub fn count(&self, severity: Severity) -> u64 {
        let kept = self.list.iter().filter(|found| found.severity == severity).map(|found| u64::from(found.count));
        let unkept = self.unkept().filter(|unkept| unkept.severity == severity).map(|unkept| u64::from(unkept.count));
        kept.chain(unkept).sum()
    }

    /// Where more was found than is kept.
    pub fn unkept(&self) -> impl Iterator<Item = Unkept> {
        let more = self.seen.iter().filter(|(_, seen)| seen.counted > 0);
        more.map(|(&(file, code, severity), seen)| Unkept { file, code, severity, count: seen.counted })
    }

    /// In a draft, what a draft may still have is a warning.
    pub fn soften_for_draft(&mut self) {
        self.reweigh(|code, severity| {
            Some(if code.allowed_in_draft() { severity.min(Severity::Warning) } else { severity })
        });
    }

    /// Gives each finding the severity that `weight` says, and takes out those to
    /// which it gives none, kept or not; returns how many these are.
    pub fn reweigh(&mut self, weight: impl Fn(Code, Severity) -> Option<Severity>) -> usize {
        let mut taken = 0_u64;
        self.list.retain_mut(|found| match weight(found.code, found.severity) {
            Some(severity) => {
                found.severity = severity;
                true
            }
            None => {
                taken += u64::from(found.count);
                false
            }
        });
        for ((file, code, severity), Seen { kept, counted }) in std::mem::take(&mut self.seen) {
            let Some(severity) = weight(code, severity) else {
                taken += u64::from(counted);
                continue;
            };
            let seen = self.seen.entry((file, code, severity)).or_default();
            seen.kept = seen.kept.saturating_add(kept);
            seen.counted = seen.counted.saturating_add(counted);
        }
        usize::try_from(taken).unwrap_or(usize::MAX)
    }

    /// The fix of each finding, to be looked at once more.
    pub fn fixes_mut(&mut self) -> impl Iterator<Item = (Code, &mut Option<Fix>)> {
        self.list.iter_mut().map(|found| (found.code, &mut found.fix))
    }

    /// Takes out of what is not kept what `accepted` knows: it says how many of
    /// them are accepted. Returns how many are.
    pub fn accept_unkept(&mut self, mut accepted: impl FnMut(Unkept) -> u32) -> usize {
        let mut all = 0;
        for (&(file, code, severity), seen) in &mut self.seen {
            if seen.counted > 0 {
                let taken = accepted(Unkept { file, code, severity, count: seen.counted }).min(seen.counted);
                seen.counted -= taken;
                all += taken as usize;
            }
        }
        all
    }

    /// Takes out the findings that `accepted` knows; returns how many.
    pub fn accept(&mut self, mut accepted: impl FnMut(&Diagnostic) -> bool) -> usize {
        let before = self.list.len();
        self.list.retain(|found| !accepted(found));
        before - self.list.len()
    }

    /// Sorts by place, and makes equal findings one with a count; of many of one code
    /// the first are kept.
    pub fn settle(&mut self) {
        self.list.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.place.bytes(), d.code);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message)).then(a.place.cmp(&b.place))
        });
        self.list.dedup_by(|next, first| {
            let equal =
                next.place.bytes() == first.place.bytes() && next.code == first.code && next.message == first.message;
            if equal {
                first.count += next.count;
            }
            equal
        });
        let mut kept: BTreeMap<(FileId, Code, Severity), u32> = BTreeMap::new();
        let seen = &mut self.seen;
        self.list.retain(|found| {
            let key = (found.place.file, found.code, found.severity);
            let kept = kept.entry(key).or_default();
            *kept += 1;
            if *kept > KEPT {
                let seen = seen.entry(key).or_default();
                seen.counted = seen.counted.saturating_add(found.count);
            }
            *kept <= KEPT
        });
    }

    /// Says of each finding what led to its place. Only `file` is one that a fix
    /// may change.
    pub fn trace(&mut self, file: FileId, sources: &Sources) {
        for found in &mut self.list {
            let is_ours = |fix: &Fix| fix.edits.iter().all(|(edit, _)| edit.file == file);
            found.fix = found.fix.take().filter(is_ours);
            for step in sources.steps(found.place).take(MAX_STEPS) {
                let told = found.others.iter().any(|(place, what)| *place == step.at && *what == visible(&step.what));
                if !told {
                    found.others.push((step.at, of_author(step.what.to_string())));
                }
            }
        }
    }
}

/// So many steps of a chain are told.
const MAX_STEPS: usize = 40;
