//! References to instruments: read in the flat text, bound to what they mean,
//! judged at a day.

mod allow;
mod report;

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use super::Context;
use super::flat::Flat;
use super::passage::Passage;
use crate::cite::{self, Cited, State, What, entry_of};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::Lead;
use crate::registry::Registry;
use crate::source::Span;
use crate::syntax::ast::{self, Inline, Word};

/// A reference of a document, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The symbol or slug of what is cited; kind and number where the body
    /// cannot be told.
    pub symbol: String,
    /// Its words.
    pub text: String,
    /// The tag of their language.
    pub language: String,
    /// The paragraph that it stands in, `5`, `5(a)`; none in a preamble.
    pub paragraph: Option<String>,
    /// The place in what is cited.
    pub pinpoint: Option<String>,
    /// What came of judging it.
    pub state: State,
    /// Whether the header allows it.
    pub allowed: bool,
    /// Whether it stands in a quotation.
    pub quoted: bool,
    /// Its bytes.
    pub place: Span,
    /// Where else its words stand, if they do not stand in one place.
    pub others: Vec<Span>,
}

/// The paragraph that each block of the body belongs to.
pub(super) type Paragraphs = BTreeMap<usize, String>;

/// Where what is cited can be read: in the same volume, or at the address that
/// the registry has.
pub(super) fn lead(context: &Context<'_>, registry: &Registry, what: &What) -> Option<Lead> {
    if let Some(member) = context.siblings.get(&what.key()) {
        return Some(Lead::Text(*member));
    }
    entry_of(registry, what)?.address.as_deref().map(|address| Lead::Address(address.into()))
}

/// Ranges of the flat text of a passage that lead somewhere, by the place of
/// the passage's first word.
pub(super) type Links = BTreeMap<Span, Vec<(Range<usize>, Lead)>>;

/// So many alternatives of a bracket are read.
const MAX_ALTERNATIVES: usize = 16;

/// What is wrong with an instrument that is named by its symbol or slug alone,
/// outside of running text.
pub(super) fn judge_alone(word: &Word, registry: &Registry, day: Option<Date>) -> Option<Diagnostic> {
    let by_slug = !word.text.contains(['/', '.']);
    report::finding_at_word(cite::judge_named(&word.text, by_slug, registry, day), word)
}

/// Reads and judges all references of a document.
pub(super) fn read(
    context: &Context<'_>,
    passages: &[Passage<'_>],
    paragraphs: &Paragraphs,
    registry: &Registry,
    day: Option<Date>,
    found: &mut Diagnostics,
) -> (Vec<Reference>, Links) {
    let mut reader = cite::Reader::new(registry).of_body(context.template.body());
    let mut reporter = report::Reporter::new(context, registry, day, found);
    let mut links = Links::new();
    for passage in passages {
        let locale = passage.locale(context);
        let Some(first) = passage.content.first().map(Inline::span) else { continue };
        let paragraph = passage.block.and_then(|block| paragraphs.get(&block)).cloned();
        let alternatives = alternatives(passage.content);
        let mut ranges = Vec::new();
        for alternative in 0..alternatives.unwrap_or(1) {
            let agreed = alternatives.map(|_| Flat::agreed(passage.content, alternative));
            let flat = agreed.as_ref().unwrap_or(&passage.flat);
            let taken = spoken_for(flat);
            let free = |cited: &Cited| !is_spoken_for(flat, &taken, &cited.words);
            let cited = reader.read(&flat.text, locale).into_iter().filter(free);
            let judged = cited.map(|cited| {
                let judgement = reader.judge(&flat.text, &cited, locale, day);
                (cited, judgement)
            });
            ranges.extend(reporter.passage(passage, flat, judged, paragraph.as_deref(), locale));
        }
        ranges.extend(reporter.braces(passage, paragraph.as_deref()));
        // Where alternatives are open, ranges are those of other texts.
        if alternatives.is_none() && !ranges.is_empty() {
            ranges.sort_by_key(|(range, _)| range.start);
            links.insert(first, ranges);
        }
    }
    (reporter.finish(), links)
}

/// The ranges of which braces say what they are, joined and sorted.
fn spoken_for(flat: &Flat) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = flat.braces.iter().map(|(range, _)| range.clone()).collect();
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|next, first| {
        let inside = next.start < first.end;
        if inside {
            first.end = first.end.max(next.end);
        }
        inside
    });
    ranges
}

/// Whether braces say what these words are, or an address holds them.
fn is_spoken_for(flat: &Flat, taken: &[Range<usize>], words: &Range<usize>) -> bool {
    let before = taken.partition_point(|range| range.start < words.end);
    let inside = before.checked_sub(1).and_then(|at| taken.get(at)).is_some_and(|range| words.start < range.end);
    inside || flat.in_address(words.start)
}

/// How many texts the brackets of a passage make; none where it has none.
fn alternatives(content: &[Inline]) -> Option<usize> {
    let mut most = None;
    ast::walk(content, &mut |inline| {
        if let Inline::Bracket { alternatives, .. } = inline {
            most = Some(most.unwrap_or(1).max(alternatives.len().min(MAX_ALTERNATIVES)));
        }
    });
    most
}
