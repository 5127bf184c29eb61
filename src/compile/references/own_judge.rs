//! Whether a text has what its references to itself name.

use super::inventory::{Inventory, folded};
use super::typed::{Typed, TypedPin, TypedStep};
use crate::compile::context::Context;
use crate::compile::landmarks::{Landmark, Landmarks, Spot, Thing};
use crate::model::PartKind;
use crate::source::Span;
use crate::syntax::citation::{PartWord, Pointer};
use crate::syntax::marker::value_of_letter;
use crate::syntax::to_roman;

/// What came of a reference.
pub(super) enum Verdict<'t> {
    /// It may be another text's.
    NotJudged,
    /// All is there: each number, with its place in the list of landmarks where
    /// that is sure.
    There(Vec<(&'t TypedPin, usize)>),
    NotThere {
        place: Span,
        message: String,
    },
    /// It is there, but not above, or not below.
    Elsewhere {
        place: Span,
        message: String,
    },
}

/// No range is longer that all of its numbers are looked for.
const LONGEST_RANGE: u32 = 200;

/// Judges references by what a text has.
pub(super) struct Judge<'a> {
    context: &'a Context<'a>,
    marks: &'a Landmarks<'a>,
    has: Inventory,
    /// How many footnotes are printed.
    notes: usize,
    /// How many paragraphs of the text itself have no number.
    unnumbered: usize,
}

/// Where a reference may lead: some parts, the first that has it; and in them a
/// section.
struct Scope {
    parts: Vec<usize>,
    section: String,
}

impl<'a> Judge<'a> {
    pub fn new(context: &'a Context<'a>, marks: &'a Landmarks<'a>, notes: usize) -> Self {
        let is_one = |mark: &&Landmark<'_>| mark.spot.part == 0 && mark.thing == Thing::Unnumbered;
        let unnumbered = marks.all.iter().filter(is_one).count();
        Judge { context, marks, has: Inventory::of(marks), notes, unnumbered }
    }

    /// Judges a reference that stands at `here`, in a paragraph that names
    /// another instrument or not.
    pub fn verdict<'t>(&self, typed: &'t Typed<'_>, here: Spot, names_another: bool) -> Verdict<'t> {
        let says = |asked: fn(&Pointer) -> bool| typed.pointers.iter().any(asked);
        let mut this = typed.pointers.iter().filter_map(|pointer| match pointer {
            Pointer::ThisText(kind) => Some(*kind),
            _ => None,
        });
        let this = this.next();
        let kind = self.context.filled.kind();
        if this.flatten().is_some_and(|said| kind.is_some_and(|own| own != said)) {
            return Verdict::NotJudged;
        }
        let is_placed =
            this.is_some() || says(|pointer| matches!(pointer, Pointer::Above | Pointer::Below | Pointer::ThisPart(_)));
        let is_unnumbered = says(|p| matches!(p, Pointer::Unnumbered));
        if is_unnumbered && is_placed {
            return self.unnumbered(typed);
        }
        let is_anothers = is_unnumbered
            || this.is_none() && says(|p| matches!(p, Pointer::That(_) | Pointer::Its))
            || !is_placed && says(|p| matches!(p, Pointer::Owned));
        let is_sure = is_placed || says(|p| matches!(p, Pointer::Operative));
        if is_anothers || !is_sure && names_another {
            return Verdict::NotJudged;
        }
        let (outer, step) = match typed.steps.as_slice() {
            [step] => (None, step),
            [first, second] if is_inner(first.part) => (Some(second), first),
            [first, second] => (Some(first), second),
            _ => return Verdict::NotJudged,
        };
        if !is_sure && !self.is_sure_alone(typed, step, outer.is_some()) {
            return Verdict::NotJudged;
        }
        let scope = match self.scope(typed, here, this.is_some(), outer) {
            Ok(scope) => scope,
            Err(verdict) => return verdict,
        };
        let found = match step.part {
            PartWord::Paragraph | PartWord::SubParagraph => self.paragraphs(typed, step, &scope),
            PartWord::Section | PartWord::Chapter => self.sections(step, &scope),
            PartWord::Table => self.tables(step, &scope),
            PartWord::Annex | PartWord::Attachment => self.annexes(typed, step),
            PartWord::Footnote => self.footnotes(step),
            PartWord::Article => Err(Verdict::NotJudged),
        };
        let found = match found {
            Ok(found) => found,
            Err(verdict) => return verdict,
        };
        let found = match self.direction(typed, here, &found) {
            None => found,
            // “paragraph 2 above” in an annex may be the text's after all.
            Some(wrong) => match self.in_the_text(typed, step, here, &scope) {
                Some(found) => found,
                None => return wrong,
            },
        };
        let sure = found.into_iter().filter_map(|(pin, marks)| match (pin, marks.as_slice()) {
            (Some(pin), [only]) => Some((pin, *only)),
            _ => None,
        });
        Verdict::There(sure.collect())
    }

    /// What is named, if it is looked for in the text itself and stands there as it
    /// is said to.
    fn in_the_text<'t>(
        &self,
        typed: &'t Typed<'_>,
        step: &'t TypedStep,
        here: Spot,
        scope: &Scope,
    ) -> Option<Found<'t>> {
        let is_wide = scope.parts.len() > 1 && scope.section.is_empty() && is_inner(step.part);
        if !is_wide {
            return None;
        }
        let text = Scope { parts: vec![0], section: String::new() };
        let found = self.paragraphs(typed, step, &text).ok()?;
        self.direction(typed, here, &found).is_none().then_some(found)
    }

    /// Whether words without “above” or “of this Declaration” are sure to mean the
    /// text, in a paragraph that names no other.
    fn is_sure_alone(&self, typed: &Typed<'_>, step: &TypedStep, is_compound: bool) -> bool {
        let is_numbered = !step.pins.is_empty();
        match step.part {
            PartWord::Paragraph => is_numbered,
            PartWord::SubParagraph => !step.subs.is_empty() && is_numbered || step.pins.iter().any(has_letter),
            PartWord::Section => is_numbered,
            // “the Annex”
            PartWord::Annex | PartWord::Attachment => {
                // Another word may be no part: “die Anlage”.
                let is_own_word = typed.locale.words.annex.text.to_lowercase() == step.word.to_lowercase();
                is_numbered || is_compound || is_own_word && typed.pointers.contains(&Pointer::Definite)
            }
            PartWord::Table => self.has.has_tables(),
            PartWord::Footnote => self.notes > 0,
            PartWord::Chapter | PartWord::Article => false,
        }
    }

    fn scope<'t>(
        &self,
        typed: &'t Typed<'_>,
        here: Spot,
        of_text: bool,
        outer: Option<&'t TypedStep>,
    ) -> Result<Scope, Verdict<'t>> {
        let own = || if here.part == 0 { vec![0] } else { vec![here.part, 0] };
        if let Some(outer) = outer {
            return match outer.part {
                PartWord::Annex | PartWord::Attachment => {
                    let annexes = self.annexes(typed, outer)?;
                    match annexes.iter().flat_map(|(_, marks)| marks).collect::<Vec<_>>().as_slice() {
                        [only] => {
                            let part = self.marks.all.get(**only).map_or(0, |mark| mark.spot.part);
                            Ok(Scope { parts: vec![part], section: String::new() })
                        }
                        _ => Err(Verdict::NotJudged),
                    }
                }
                PartWord::Section => {
                    let parts = if of_text { vec![0] } else { own() };
                    let sections = self.sections(outer, &Scope { parts, section: String::new() })?;
                    let only = sections.iter().flat_map(|(_, marks)| marks).next();
                    let mark = only.and_then(|only| self.marks.all.get(*only)).ok_or(Verdict::NotJudged)?;
                    Ok(Scope { parts: vec![mark.spot.part], section: mark.path.first().cloned().unwrap_or_default() })
                }
                PartWord::Paragraph
                | PartWord::SubParagraph
                | PartWord::Chapter
                | PartWord::Table
                | PartWord::Footnote
                | PartWord::Article => Err(Verdict::NotJudged),
            };
        }
        let this_part = typed.pointers.iter().find_map(|pointer| match pointer {
            Pointer::ThisPart(part) => Some(*part),
            _ => None,
        });
        match this_part {
            Some(PartWord::Annex | PartWord::Attachment) if here.part == 0 => Err(Verdict::NotJudged),
            Some(PartWord::Annex | PartWord::Attachment) => {
                Ok(Scope { parts: vec![here.part], section: String::new() })
            }
            Some(_) => {
                let section = here.section.and_then(|at| self.marks.sections.get(at)).cloned();
                match section {
                    Some(section) => Ok(Scope { parts: vec![here.part], section }),
                    None => Err(Verdict::NotJudged),
                }
            }
            None => Ok(Scope { parts: if of_text { vec![0] } else { own() }, section: String::new() }),
        }
    }

    /// What has a number in the first part of a scope that has it: the first and
    /// the last such.
    fn having(&self, thing: Thing, path: &[String], scope: &Scope) -> Vec<usize> {
        let there = scope.parts.iter().find_map(|part| self.has.numbered(*part, &scope.section, thing, path));
        there.map(|(first, last)| if first == last { vec![first] } else { vec![first, last] }).unwrap_or_default()
    }

    fn paragraphs<'t>(
        &self,
        typed: &'t Typed<'_>,
        step: &'t TypedStep,
        scope: &Scope,
    ) -> Result<Found<'t>, Verdict<'t>> {
        let mut found = Found::new();
        if step.pins.is_empty() {
            // “sub-paragraph (c) above”
            for sub in &step.subs {
                let there = self.having(Thing::SubParagraph, &[folded(sub)], scope);
                let is_typed = || scope.parts.iter().any(|part| self.has.typed_in_part(*part, sub));
                if there.is_empty() && !is_typed() {
                    let message = format!("there is no sub-paragraph ({sub})");
                    return Err(Verdict::NotThere { place: typed.words, message });
                }
                found.push((None, there));
            }
            return Ok(found);
        }
        for pin in &step.pins {
            // “paragraph I.1(A)9”: its division, and its number there.
            if let Some((division, number)) = divided(&pin.text) {
                let there = self.within(division, pin.place, scope)?;
                found.push((Some(pin), self.paragraph(&[number.to_owned()], pin.place, &there)?));
                continue;
            }
            let Some(numbers) = pin.numbers.as_ref().filter(|numbers| is_number(&numbers[0])) else {
                return Err(Verdict::NotJudged);
            };
            // “alinéa 5” may be a paragraph elsewhere.
            if step.part == PartWord::SubParagraph && numbers.len() == 1 {
                return Err(Verdict::NotJudged);
            }
            found.push((Some(pin), self.paragraph(numbers, pin.place, scope)?));
            for sub in &step.subs {
                let with_sub: Vec<String> = numbers.iter().chain([sub]).cloned().collect();
                found.push((None, self.paragraph(&with_sub, pin.place, scope)?));
            }
        }
        for number in between(step) {
            self.paragraph(&[number.to_string()], typed.words, scope)?;
        }
        Ok(found)
    }

    /// A division whose paragraphs are looked at, where the text has divisions within others.
    fn within<'t>(&self, division: &str, place: Span, scope: &Scope) -> Result<Scope, Verdict<'t>> {
        if !self.marks.sections.iter().any(|section| section.contains('.')) {
            return Err(Verdict::NotJudged);
        }
        match self.marks.sections.iter().find(|section| folded(section) == folded(division)) {
            Some(section) => Ok(Scope { parts: scope.parts.clone(), section: section.clone() }),
            None => Err(Verdict::NotThere { place, message: format!("there is no division {division}") }),
        }
    }

    fn paragraph<'t>(&self, numbers: &[String], place: Span, scope: &Scope) -> Result<Vec<usize>, Verdict<'t>> {
        let path: Vec<String> = numbers.iter().map(|number| folded(number)).collect();
        let first = &path[..1];
        let paragraphs = self.having(Thing::Paragraph, first, scope);
        if paragraphs.is_empty() {
            return Err(Verdict::NotThere { place, message: self.no_paragraph(&numbers[0], scope) });
        }
        if path.len() == 1 {
            return Ok(paragraphs);
        }
        let there = self.having(Thing::SubParagraph, &path, scope);
        let last = &numbers[numbers.len() - 1];
        let heads = paragraphs.iter().filter_map(|at| self.marks.all.get(*at)).map(|mark| mark.spot.head);
        if there.is_empty() && !heads.into_iter().any(|head| self.has.typed_in_paragraph(head, last)) {
            let outer = numbers[..numbers.len() - 1].iter().enumerate();
            let outer: String = outer.map(|(at, n)| if at == 0 { n.clone() } else { format!("({n})") }).collect();
            let message = format!("paragraph {outer} has no sub-paragraph ({last})");
            return Err(Verdict::NotThere { place, message });
        }
        Ok(there)
    }

    fn no_paragraph(&self, number: &str, scope: &Scope) -> String {
        let highest = scope.parts.iter().filter_map(|part| self.has.highest(*part, &scope.section)).max();
        let here = if scope.parts == [0] { "" } else { " here" };
        match highest {
            Some(last) if !scope.section.is_empty() => {
                format!("section {} has no paragraph {number}; its last one is {last}", scope.section)
            }
            Some(last) => format!("there is no paragraph {number}{here}; the last one is {last}"),
            None => format!("there is no paragraph {number}: no paragraph{here} has a number"),
        }
    }

    fn sections<'t>(&self, step: &'t TypedStep, scope: &Scope) -> Result<Found<'t>, Verdict<'t>> {
        let mut found = Found::new();
        if step.pins.is_empty() {
            return Err(Verdict::NotJudged);
        }
        for pin in &step.pins {
            let name = match pin.text.parse::<u32>() {
                Ok(number) => to_roman(number).to_uppercase(),
                Err(_) => pin.text.clone(),
            };
            let there = self.having(Thing::Section, &[folded(&name)], scope);
            if there.is_empty() {
                // A heading typed by hand, “IV. Trust”.
                if self.has.opens_with(&name) || self.has.opens_with(&pin.text) {
                    return Err(Verdict::NotJudged);
                }
                let message = match scope.parts.iter().find_map(|part| self.has.last_section(*part)) {
                    Some(last) => format!("there is no section {}; the last one is {last}", pin.text),
                    None => format!("there is no section {}: no section has a number", pin.text),
                };
                return Err(Verdict::NotThere { place: pin.place, message });
            }
            found.push((Some(pin), there));
        }
        Ok(found)
    }

    fn tables<'t>(&self, step: &'t TypedStep, scope: &Scope) -> Result<Found<'t>, Verdict<'t>> {
        let mut found = Found::new();
        for pin in &step.pins {
            let there = self.having(Thing::Table, &[folded(&pin.text)], scope);
            if there.is_empty() {
                if pin.text.parse::<u32>().is_err() {
                    return Err(Verdict::NotJudged);
                }
                let message = match scope.parts.iter().find_map(|part| self.has.last_table(*part)) {
                    None => format!("there is no table {}: there are no tables here", pin.text),
                    Some(last) => format!("there is no table {}; the last one is {last}", pin.text),
                };
                return Err(Verdict::NotThere { place: pin.place, message });
            }
            found.push((Some(pin), there));
        }
        Ok(found)
    }

    /// “footnote 7 above”: one of which the number is too high is not there.
    fn footnotes<'t>(&self, step: &'t TypedStep) -> Result<Found<'t>, Verdict<'t>> {
        for pin in &step.pins {
            let Ok(number) = pin.text.parse::<usize>() else { return Err(Verdict::NotJudged) };
            if number > self.notes {
                let message = match self.notes {
                    0 => format!("there is no footnote {number}: the text has no footnote"),
                    1 => format!("there is no footnote {number}; there is one"),
                    count => format!("there is no footnote {number}; there are {count}"),
                };
                return Err(Verdict::NotThere { place: pin.place, message });
            }
        }
        Ok(Found::new())
    }

    /// “preambular paragraph 12 of this Declaration”: nobody counted them, and there are no more
    /// than paragraphs without a number.
    fn unnumbered<'t>(&self, typed: &'t Typed<'_>) -> Verdict<'t> {
        let count = self.unnumbered;
        for pin in typed.steps.iter().flat_map(|step| &step.pins) {
            if pin.text.parse::<usize>().is_ok_and(|number| number > count) {
                let message = match count {
                    0 => "the text has no paragraph without a number".to_owned(),
                    1 => "there is one paragraph without a number".to_owned(),
                    count => format!("there are {count} paragraphs without a number"),
                };
                return Verdict::NotThere { place: pin.place, message };
            }
        }
        Verdict::NotJudged
    }

    fn annexes<'t>(&self, typed: &'t Typed<'_>, step: &'t TypedStep) -> Result<Found<'t>, Verdict<'t>> {
        let (kind, word, words) = match step.part {
            PartWord::Attachment => (PartKind::Attachment, "attachment", "attachments"),
            _ => (PartKind::Annex, "annex", "annexes"),
        };
        let of_kind = self.has.parts(kind);
        // Where the text has the other kind alone, the word may mean that.
        let other = if kind == PartKind::Annex { PartKind::Attachment } else { PartKind::Annex };
        let others = if of_kind.is_empty() { self.has.parts(other) } else { &[] };
        if step.pins.is_empty() && !others.is_empty() {
            return Err(Verdict::NotJudged);
        }
        if step.pins.is_empty() {
            return match of_kind {
                [] => Err(Verdict::NotThere { place: typed.words, message: format!("there is no {word}") }),
                [(_, only)] => Ok(vec![(None, vec![*only])]),
                _ => Err(Verdict::NotJudged),
            };
        }
        let mut found = Found::new();
        for pin in &step.pins {
            // The second annex is called B elsewhere.
            let letter = || value_of_letter(&pin.text.to_lowercase()).filter(|_| pin.text.chars().count() == 1);
            let Some(number) = pin.text.parse::<u32>().ok().or_else(|| from_roman(&pin.text)).or_else(letter) else {
                return Err(Verdict::NotJudged);
            };
            if others.iter().any(|(other, _)| *other == number) {
                return Err(Verdict::NotJudged);
            }
            let Ok(at) = of_kind.binary_search_by_key(&number, |(own, _)| *own) else {
                let named = &pin.text;
                let message = match of_kind.len() {
                    0 => format!("there is no {word} {named}: the text has no {word}"),
                    1 => format!("there is no {word} {named}; there is one {word}"),
                    count => format!("there is no {word} {named}; there are {count} {words}"),
                };
                return Err(Verdict::NotThere { place: pin.place, message });
            };
            found.push((Some(pin), vec![of_kind[at].1]));
        }
        Ok(found)
    }

    /// What is said above must stand above, if anything that is meant does.
    fn direction<'t>(&self, typed: &'t Typed<'_>, here: Spot, found: &Found<'t>) -> Option<Verdict<'t>> {
        typed.block?;
        let above = typed.pointers.contains(&Pointer::Above);
        if above == typed.pointers.contains(&Pointer::Below) {
            return None;
        }
        for (pin, marks) in found.iter().filter(|(_, marks)| !marks.is_empty()) {
            let mut orders = marks.iter().filter_map(|at| self.marks.all.get(*at)).map(|mark| mark.spot.order);
            if orders.clone().any(|order| if above { order < here.order } else { order > here.order }) {
                continue;
            }
            let what = pin.map_or_else(|| self.context.sources.slice(typed.words).to_owned(), |pin| pin.text.clone());
            let message = match (orders.any(|order| order == here.order), above) {
                (true, true) => format!("number {what} is this very paragraph, and not above it"),
                (true, false) => format!("number {what} is this very paragraph, and not below it"),
                (false, true) => format!("number {what} stands below, not above"),
                (false, false) => format!("number {what} stands above, not below"),
            };
            return Some(Verdict::Elsewhere { place: typed.words, message });
        }
        None
    }
}

/// Each number with the landmarks that have it.
type Found<'t> = Vec<(Option<&'t TypedPin>, Vec<usize>)>;

/// The numbers inside a range, its ends apart.
fn between(step: &TypedStep) -> std::ops::Range<u32> {
    let end = |pin: Option<&TypedPin>| pin.and_then(|pin| pin.text.parse::<u32>().ok());
    match (end(step.pins.first()), end(step.pins.last())) {
        (Some(first), Some(last)) if step.is_range && first < last && last - first <= LONGEST_RANGE => first + 1..last,
        _ => 0..0,
    }
}

fn is_inner(part: PartWord) -> bool {
    matches!(part, PartWord::Paragraph | PartWord::SubParagraph)
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn has_letter(pin: &TypedPin) -> bool {
    pin.numbers.as_ref().is_some_and(|numbers| numbers.len() > 1)
}

/// `IV` is 4.
fn from_roman(text: &str) -> Option<u32> {
    (1..=60).find(|number| to_roman(*number).eq_ignore_ascii_case(text))
}

/// A number behind its division, `I.1(A)9`.
fn divided(pin: &str) -> Option<(&str, &str)> {
    let digits = pin.len() - pin.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (division, figures) = pin.split_at(pin.len() - digits);
    let is_one = digits > 0 && division.ends_with(')') && pin.starts_with(['I', 'V', 'X']);
    is_one.then_some((division, figures))
}
