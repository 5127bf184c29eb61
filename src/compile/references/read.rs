//! The references of a document, passage by passage.

use std::ops::Range;

use jiff::civil::Date;

use super::own::{Asked, Own};
use super::reference::{Links, Paragraphs, Reference};
use super::report;
use super::typed::OwnCount;
use crate::cite::{self, Cited};
use crate::compile::context::Context;
use crate::compile::flat::Flat;
use crate::compile::labels::Labels;
use crate::compile::landmarks::Landmarks;
use crate::compile::passage::Passage;
use crate::diag::{Diagnostic, Diagnostics};
use crate::registry::Registry;
use crate::syntax::ast::{self, Inline, Word};

/// So many alternatives of a bracket are read.
const MAX_ALTERNATIVES: usize = 16;

/// What is wrong with an instrument that is named by its symbol or slug alone,
/// outside of running text.
pub(crate) fn judge_alone(word: &Word, registry: &Registry, day: Option<Date>) -> Option<Diagnostic> {
    let by_slug = !word.text.contains(['/', '.']);
    report::finding_at_word(cite::judge_named(&word.text, by_slug, registry, day), word)
}

/// Reads and judges all references of a document: those of its passages, and of the
/// sentences in its header.
pub(crate) fn read(
    context: &Context<'_>,
    (passages, header): (&[Passage<'_>], &[Passage<'_>]),
    paragraphs: &Paragraphs,
    own: Option<(&Landmarks<'_>, &Labels)>,
    found: &mut Diagnostics,
) -> (Vec<Reference>, Links, OwnCount) {
    let indexes = context.indexes.clone();
    let reader = cite::Reader::sharing(context.registry, indexes).of_body(context.filled.body());
    let mut reporter = report::Reporter::new(context, own.and_then(|(marks, _)| marks.last_paragraph()), found);
    let mut links = Links::new();
    let mut asked = Own::new();
    let in_header = header.iter().map(|passage| (passage, true));
    for (passage, in_header) in passages.iter().map(|passage| (passage, false)).chain(in_header) {
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
            let (cited, places) = reader.read_all(&flat.text, locale);
            if own.is_some() && !in_header {
                let free = |words: &Range<usize>| !is_spoken_for(flat, &taken, words);
                asked.passage(passage, flat, Asked { cited: &cited, places: &places, locale }, &free);
            }
            let cited = cited.into_iter().filter(free);
            let judged = cited.map(|cited| {
                let judgement = reader.judge(&flat.text, &cited, locale, context.day);
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
    let references = reporter.finish();
    let count = own.map(|own| asked.judge(context, passages, own, found)).unwrap_or_default();
    (references, links, count)
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
        most = match inline {
            Inline::Bracket { alternatives, .. } => {
                Some(most.unwrap_or(1).max(alternatives.len().min(MAX_ALTERNATIVES)))
            }
            Inline::OpenBracket { .. } | Inline::CloseBracket(_) => most.or(Some(1)),
            _ => most,
        };
    });
    most
}
