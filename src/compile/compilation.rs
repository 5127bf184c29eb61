//! What came of a text.

use std::sync::Arc;

use jiff::civil::Date;

use super::allow::Allowances;
use super::kind::Kind;
use super::references::{OwnCount, Reference};
use crate::diag::{Code, Diagnostic, Diagnostics, Stage, Weights};
use crate::layout::style::Style;
use crate::model::{Anchor, Checked, Cited, Document};
use crate::registry::Registry;
use crate::source::{Chain, FileId, Sources, Span};
use crate::syntax::ast::Entry;
use crate::syntax::read_symbol;

/// What is made of findings: by the header, by the command and by the project.
#[derive(Clone, Debug, Default)]
pub(super) struct Weighing {
    pub allowances: Allowances,
    pub command: Weights,
    pub project: Weights,
    pub is_final: bool,
}

impl Weighing {
    /// Gives findings the weight that command and project say; returns how many they
    /// allow.
    pub fn weigh(&self, found: &mut Diagnostics) -> usize {
        let these = [&self.command, &self.project];
        found.reweigh(|code, severity| Weights::weight(&these, code, severity, self.is_final))
    }
}

/// What came of a text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Compilation {
    /// All that was read.
    pub sources: Sources,
    /// The document's own file in `sources`.
    pub file: FileId,
    /// All that was found and is not allowed.
    pub found: Diagnostics,
    /// How much was found that the header, the project or the command allows.
    pub allowed: usize,
    /// What the file is; only a document has pages.
    pub kind: Kind,
    /// The document, as far as it was understood.
    pub document: Option<Document>,
    /// The document, if it has no error.
    pub checked: Option<Checked>,
    /// The day at which its references are judged.
    pub as_of: Option<Date>,
    /// All references to instruments, by place.
    pub references: Vec<Reference>,
    /// How many blocks of its sources are in branches that were not taken: they are
    /// printed nowhere.
    pub untaken: usize,
    /// How many references to the text itself are typed by hand.
    pub own: OwnCount,
    /// How it is set.
    pub style: Arc<Style>,
    /// What its labels name.
    pub labels: Vec<(String, Anchor)>,
    /// What braces print, each at its place: values, and references to the text itself.
    pub printed: Vec<(Span, String)>,
    /// What its header gives.
    pub header: Vec<Entry>,
    /// The place of each anchor's block.
    pub(super) places: Vec<Span>,
    /// What is made of findings.
    pub(super) weighing: Weighing,
}

impl Compilation {
    /// Whether nobody may make less of a fault here, by a header, a project, a command or a baseline.
    pub fn holds(&self) -> impl Fn(Code) -> bool + use<> {
        let is_final = self.weighing.is_final;
        move |code| code.is_held(is_final)
    }

    /// The author's own text.
    pub fn text(&self) -> &str {
        self.sources.get(self.file).map_or("", |source| source.text())
    }

    /// Where the block of an anchor stands.
    pub fn place_of(&self, anchor: Anchor) -> Option<Span> {
        self.places.get(anchor.0 as usize).copied()
    }

    /// All references with the block in which each stands: the last that begins before it
    /// in the same text. Those of a title stand in none.
    pub fn references_by_block(&self) -> Vec<(Anchor, &Reference)> {
        let mut starts: Vec<(FileId, Chain, u32, Anchor)> = Vec::with_capacity(self.places.len());
        for (at, place) in self.places.iter().enumerate() {
            // What has no place of its own is made by the compiler.
            if *place != Span::default() {
                starts.push((place.file, place.chain, place.start, Anchor(u32::try_from(at).unwrap_or(u32::MAX))));
            }
        }
        starts.sort_unstable();
        let block = |reference: &Reference| {
            let Span { file, start, chain, .. } = reference.place;
            let before = starts.partition_point(|known| (known.0, known.1, known.2) <= (file, chain, start));
            let (in_file, by, _, anchor) = *starts.get(before.checked_sub(1)?)?;
            ((in_file, by) == (file, chain)).then_some(anchor)
        };
        self.references.iter().filter_map(|reference| Some((block(reference)?, reference))).collect()
    }

    /// The words that cite instruments, each with the day of what it cites.
    pub(super) fn cites(&self, registry: &Registry) -> Vec<Cited> {
        let date = |symbol: &str| {
            let entry = registry.get(symbol);
            let day = entry.and_then(|entry| entry.adopted).map(|day| day.to_string());
            let year = || entry.and_then(|entry| entry.year).map(|year| year.to_string());
            let of_symbol = || read_symbol(symbol)?.full_year().map(|year| year.to_string());
            day.or_else(year).or_else(of_symbol).unwrap_or_default()
        };
        let cited = |(anchor, reference): (Anchor, &Reference)| Cited {
            anchor,
            words: reference.text.split_whitespace().collect::<Vec<_>>().join(" "),
            symbol: reference.symbol.clone(),
            date: date(&reference.symbol),
        };
        self.references_by_block().into_iter().map(cited).collect()
    }

    /// Adds what only the pages show: words wider than their line, in the block
    /// of an anchor.
    pub fn wide_words(&mut self, words: &[(Anchor, String)]) {
        for (anchor, word) in words {
            let place = self.places.get(anchor.0 as usize).copied().unwrap_or_default();
            self.found.push(
                Diagnostic::new(
                    Code::WideWord,
                    place,
                    format!("`{word}` is wider than its line and is broken anywhere"),
                )
                .hint("put a blank into it where it may be divided"),
            );
        }
        self.weigh_again(Stage::Pages);
    }

    /// Adds what only the other languages show: each finding with what it belongs to in the
    /// sources of another compilation, which are read with this one's from then on.
    pub fn add_of_versions(&mut self, original: &Sources, findings: Vec<(Diagnostic, (Span, String))>) {
        let base = self.sources.iter().count();
        for (file, _) in original.iter() {
            if let Some(source) = original.shared(file) {
                self.sources.add(source);
            }
        }
        let base = u32::try_from(base).unwrap_or(u32::MAX);
        for (finding, (place, what)) in findings {
            let there = Span::new(FileId(place.file.0.saturating_add(base)), place.range());
            let place = finding.place.by(Chain::default());
            self.found.push(Diagnostic { place, ..finding }.other(there, what));
        }
        self.weigh_again(Stage::Versions);
    }

    /// Weighs what was found after the text.
    fn weigh_again(&mut self, stage: Stage) {
        let Weighing { allowances, .. } = &mut self.weighing;
        self.allowed += allowances.apply(&mut self.found, &self.sources, None);
        allowances.unused(&mut self.found, &self.sources, stage);
        self.allowed += self.weighing.weigh(&mut self.found);
        self.found.settle();
        self.found.trace(self.file, &self.sources);
    }
}
