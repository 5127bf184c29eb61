//! A diagnostic as data: code, severity, place, message, hint, fix. One file
//! a way to show it.

mod code;
mod concise;
mod explanation;
mod fix;
mod github;
mod human;
mod json;
mod junit;
mod report;
mod sarif;

use std::collections::BTreeMap;

pub use code::Code;
pub use concise::concise;
pub use explanation::Explanation;
pub use fix::apply_fixes;
pub use github::github;
pub use human::human;
pub use json::json;
pub use junit::junit;
pub use report::{Report, Tally};
pub use sarif::sarif;

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

/// A change of the source that cures a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: `write “5.”`.
    pub what: String,
    /// The bytes to replace, each with its new text; they do not overlap.
    pub edits: Vec<(Span, String)>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The cure.
    pub hint: Option<String>,
    /// The cure as an edit.
    pub fix: Option<Fix>,
    /// How often it was found: equal findings are one.
    pub count: u32,
}

impl Diagnostic {
    /// A finding with the severity that its code has by itself.
    pub fn new(code: Code, place: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            place,
            message: message.into(),
            others: Vec::new(),
            hint: None,
            fix: None,
            count: 1,
        }
    }

    /// Says the cure.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Points at another place too.
    pub fn other(mut self, place: Span, what: impl Into<String>) -> Self {
        self.others.push((place, what.into()));
        self
    }

    /// Offers one edit as the cure.
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
        self.fix = Some(Fix { what: what.into(), edits });
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

/// How many findings of one code are kept for one file; the rest is counted.
pub const KEPT: u32 = 200;

/// The findings of one run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    seen: BTreeMap<(FileId, Code), u32>,
}

impl Diagnostics {
    /// Adds a finding, or counts it where its code has been found too often.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let seen = self.seen.entry((diagnostic.place.file, diagnostic.code)).or_default();
        *seen = seen.saturating_add(1);
        if *seen <= KEPT {
            self.list.push(diagnostic);
        }
    }

    /// Adds several findings.
    pub fn extend(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        found.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Adds what was found in a text before it got its place in a compilation.
    pub fn bring_in(&mut self, others: &Diagnostics, place: &dyn Fn(Span) -> Span) {
        for found in &others.list {
            let mut found = found.clone();
            found.place = place(found.place);
            found.others.iter_mut().for_each(|(other, _)| *other = place(*other));
            found.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|(edit, _)| *edit = place(*edit));
            self.push(found);
        }
        for (file, code, more) in others.unkept() {
            let file = place(Span::new(file, 0..0)).file;
            *self.seen.entry((file, code)).or_default() += more;
        }
    }

    /// How often this code has been found in this file, those included that
    /// were not kept.
    pub fn count_of(&self, file: FileId, code: Code) -> u32 {
        self.seen.get(&(file, code)).copied().unwrap_or(0)
    }

    /// Whether an error was found.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|found| found.severity == Severity::Error)
    }

    /// The findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many findings there are of a severity, those included that were
    /// counted only.
    pub fn count(&self, severity: Severity) -> u64 {
        let kept: u64 = self.list.iter().filter(|d| d.severity == severity).map(|d| u64::from(d.count)).sum();
        let unkept: u64 = self
            .unkept()
            .filter(|(file, code, _)| {
                self.list.iter().any(|d| d.code == *code && d.place.file == *file && d.severity == severity)
            })
            .map(|(_, _, number)| u64::from(number))
            .sum();
        kept + unkept
    }

    /// Where more was found than is kept: file, code, how many more.
    pub fn unkept(&self) -> impl Iterator<Item = (FileId, Code, u32)> {
        self.seen.iter().filter(|(_, seen)| **seen > KEPT).map(|(&(file, code), seen)| (file, code, seen - KEPT))
    }

    /// In a draft, what a draft may still have is a warning.
    pub fn soften_for_draft(&mut self) {
        for found in &mut self.list {
            if found.code.allowed_in_draft() {
                found.severity = found.severity.min(Severity::Warning);
            }
        }
    }

    /// Takes out the findings that `accepted` knows; returns how many.
    pub fn accept(&mut self, mut accepted: impl FnMut(&Diagnostic) -> bool) -> usize {
        let before = self.list.len();
        self.list.retain(|found| !accepted(found));
        before - self.list.len()
    }

    /// Sorts by place, and makes equal findings one with a count.
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
    }

    /// Says of each finding what led to its place. Only `file` is one that a fix
    /// may change.
    pub fn trace(&mut self, file: FileId, sources: &Sources) {
        for found in &mut self.list {
            let is_ours = |fix: &Fix| fix.edits.iter().all(|(edit, _)| edit.file == file);
            found.fix = found.fix.take().filter(is_ours);
            for step in sources.steps(found.place).take(MOST_STEPS) {
                let told = found.others.iter().any(|(place, what)| *place == step.at && *what == step.what);
                if !told {
                    found.others.push((step.at, step.what.to_string()));
                }
            }
        }
    }
}

/// So many steps of a chain are told.
const MOST_STEPS: usize = 40;
