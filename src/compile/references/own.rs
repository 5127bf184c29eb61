//! References of a text to itself, typed by hand: gathered passage by passage,
//! judged when all of the text is known.

use std::collections::BTreeSet;
use std::ops::Range;

use super::own_judge::{Judge, Verdict};
use super::typed::{OwnCount, Typed, TypedPin, TypedStep};
use super::{own_label, own_moved};
use crate::cite::Cited;
use crate::compile::context::Context;
use crate::compile::flat::Flat;
use crate::compile::labels::Labels;
use crate::compile::landmarks::{Landmarks, Spot};
use crate::compile::passage::Passage;
use crate::compile::pasted::heading_of;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::source::Span;
use crate::syntax::citation::{Place, numbers};

/// What was read in a text of a passage.
pub(super) struct Asked<'t, 'a> {
    pub cited: &'t [Cited],
    pub places: &'t [Place],
    pub locale: &'a Locale,
}

/// The references of a document that may be its own.
pub(super) struct Own<'a> {
    typed: Vec<Typed<'a>>,
    known: BTreeSet<Span>,
    /// Blocks in which instruments are named.
    naming: BTreeSet<Option<usize>>,
    /// What is “this Declaration” in a passage, by the place of its first word.
    this: BTreeSet<(Span, usize, usize)>,
}

impl<'a> Own<'a> {
    pub fn new() -> Self {
        Own { typed: Vec::new(), known: BTreeSet::new(), naming: BTreeSet::new(), this: BTreeSet::new() }
    }

    /// Takes what was read in one text of a passage; `free` are words of which
    /// braces do not say what they are.
    pub fn passage(
        &mut self,
        passage: &Passage<'_>,
        flat: &Flat,
        asked: Asked<'_, 'a>,
        free: &dyn Fn(&Range<usize>) -> bool,
    ) {
        if !passage.is_printed {
            return;
        }
        if !asked.cited.is_empty() || !flat.braces.is_empty() {
            self.naming.insert(passage.block);
        }
        // A heading that is no keyword names a part and refers to none.
        if passage.quoted || asked.places.is_empty() || heading_of(&flat.text).is_some() {
            return;
        }
        let quotations = asked.locale.quotes.quotations(&flat.text);
        for place in asked.places {
            if let (Some(first), Some(this)) = (passage.content.first(), &place.this) {
                self.this.insert((first.span(), this.start, this.end));
            }
            if place.steps.is_empty() {
                continue;
            }
            let words = flat.span(place.words.clone());
            if quotations.hold(place.words.start) || !free(&place.words) || !self.known.insert(words) {
                continue;
            }
            let pin = |range: &Range<usize>| TypedPin {
                text: flat.text[range.clone()].to_owned(),
                numbers: numbers(&flat.text[range.clone()]),
                place: flat.span(range.clone()),
                edit: flat.edit(range.clone()),
            };
            let steps = place.steps.iter().map(|step| TypedStep {
                part: step.part,
                word: step.word.clone().map(|word| flat.text[word].to_owned()).unwrap_or_default(),
                pins: step.pins.iter().map(pin).collect(),
                is_range: step.is_range,
                subs: step.subs.iter().filter_map(|sub| numbers(&flat.text[sub.clone()])?.pop()).collect(),
            });
            self.typed.push(Typed {
                words,
                steps: steps.collect(),
                pointers: place.pointers.clone(),
                block: passage.block,
                locale: asked.locale,
            });
        }
    }

    /// Judges all of them, says what is not there, and offers labels for what is.
    pub fn judge(
        self,
        context: &Context<'_>,
        passages: &[Passage<'_>],
        (marks, labels): (&Landmarks<'_>, &Labels),
        found: &mut Diagnostics,
    ) -> OwnCount {
        let mut count = OwnCount::default();
        if self.typed.is_empty() {
            return count;
        }
        let spot = |block: Option<usize>| block.and_then(|block| marks.spot_of_block(block)).unwrap_or(Spot::START);
        let mut naming: BTreeSet<usize> = self.naming.iter().map(|block| spot(*block).head).collect();
        let asked: BTreeSet<usize> = self.typed.iter().map(|typed| spot(typed.block).head).collect();
        for passage in passages.iter().filter(|passage| passage.is_printed) {
            let head = spot(passage.block).head;
            if asked.contains(&head) && !naming.contains(&head) && self.names_another(context, passage) {
                naming.insert(head);
            }
        }
        let notes = passages.iter().filter(|passage| passage.is_printed && passage.is_note).count();
        let judge = Judge::new(context, marks, notes);
        let mut there = Vec::new();
        for typed in &self.typed {
            let here = spot(typed.block);
            match judge.verdict(typed, here, naming.contains(&here.head)) {
                Verdict::NotJudged => count.not_judged += 1,
                Verdict::There(pins) => {
                    count.there += 1;
                    there.push((typed, pins));
                }
                Verdict::NotThere { place, message } => {
                    count.missing += 1;
                    found.push(Diagnostic::new(Code::OwnReference, place, message).hint(
                        "write the number that is meant, or `{@name}` with `{#name}` at what is meant: that is counted",
                    ));
                }
                Verdict::Elsewhere { place, message } => {
                    count.missing += 1;
                    found.push(
                        Diagnostic::new(Code::OwnDirection, place, message)
                            .hint("write the other word, or the number that is meant"),
                    );
                }
            }
        }
        own_moved::say(&self.typed, context.sources, found);
        if !context.filled.values.is_final() {
            own_label::offer(&there, (marks, labels), found);
        }
        count
    }

    /// Whether a noun stands in a passage that may be another instrument's.
    fn names_another(&self, context: &Context<'_>, passage: &Passage<'_>) -> bool {
        let nouns = &passage.locale(context).cited.instruments;
        let text = &passage.flat.text;
        let first = passage.content.first().map(|first| first.span());
        let is_this = |at: usize| {
            first.is_some_and(|first| {
                let from = (first, at.saturating_sub(LONGEST_THIS), 0);
                let near = self.this.range(from..=(first, at, usize::MAX));
                near.into_iter().any(|(_, start, end)| *start <= at && at < *end)
            })
        };
        let mut at = 0;
        text.split(|c: char| !c.is_alphanumeric()).any(|word| {
            let start = at;
            at += word.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            !word.is_empty() && nouns.iter().any(|noun| noun == word) && !is_this(start)
        })
    }
}

/// “this Declaration” has no more bytes.
const LONGEST_THIS: usize = 64;
