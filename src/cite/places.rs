//! Places whose text was named before: “its paragraph 3”, “paragraph 3 thereof”.

use super::cited::{Cited, What};
use crate::syntax::citation::{PartWord, Place, Pointer};

/// Gives the places that an instrument's name or a word for it leads to, to that
/// instrument as its pinpoints; what is left may be the text's own.
pub(super) fn bind(text: &str, places: &mut Vec<Place>, all: &mut Vec<Cited>) {
    // Instruments and “this Declaration” as they stand one after the other.
    let mut this: Option<(usize, Option<&'static str>)> = None;
    let mut left = Vec::new();
    let mut added = Vec::new();
    for mut place in std::mem::take(places) {
        if place.steps.is_empty() {
            if let Some(Pointer::ThisText(kind)) = place.pointers.first() {
                this = Some((place.words.start, *kind));
            }
            left.push(place);
            continue;
        }
        // The name of an instrument took it along.
        let after = all.partition_point(|cited| cited.words.start < place.words.end);
        if after.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|cited| place.words.start < cited.words.end) {
            continue;
        }
        let kind = place.pointers.iter().find_map(|pointer| match pointer {
            Pointer::That(kind) => Some(*kind),
            Pointer::Its => Some(None),
            _ => None,
        });
        // “The Convention forbids, in Article 31, …”: no text of ours has articles.
        let is_article = place.steps.iter().any(|step| step.part == PartWord::Article)
            && place.pointers.iter().all(|pointer| matches!(pointer, Pointer::Its | Pointer::Definite));
        let leads_on = || leads_on(text, place.words.end, all.get(after));
        let Some(kind) = kind.or_else(|| (is_article && !leads_on()).then_some(None)) else {
            left.push(place);
            continue;
        };
        let fits = |cited: &Cited| match (&cited.what, kind) {
            (What::Symbol(_) | What::Resolution(_), _) if is_article => false,
            (What::Symbol(symbol), Some(kind)) => symbol.kind == kind,
            (What::Symbol(symbol), None) => symbol.kind != "JOUR",
            (What::Resolution(_), kind) => kind.is_none_or(|kind| kind == "RES"),
            (What::Named(_), _) => true,
            (What::Open(..) | What::Unread(_), _) => false,
        };
        let last = all[..after].iter_mut().rev().take(LOOKED_AT).find(|cited| fits(cited));
        match (last, this) {
            (last, Some((at, this))) if last.as_ref().is_none_or(|cited| cited.words.end < at) => {
                place.pointers.push(Pointer::ThisText(this));
                left.push(place);
            }
            (Some(last), _) if is_article && !is_in_sentence(text, last.words.end, place.words.start) => {
                left.push(place)
            }
            (Some(last), _) if !place.pinpoint.is_empty() => {
                if last.pinpoint.is_none() && !ends_sentence(&text[last.words.end..place.words.start]) {
                    last.pinpoint = Some(place.pinpoint);
                } else {
                    let again = Cited::at(place.words, last.what.clone(), usize::MAX);
                    added.push(Cited { pinpoint: Some(place.pinpoint), again: true, ..again });
                }
            }
            _ => left.push(place),
        }
    }
    all.append(&mut added);
    all.sort_by_key(|cited| cited.words.start);
    *places = left;
}

/// So many instruments before a place are asked whether they are meant.
const LOOKED_AT: usize = 8;

/// So far an article stands from what it is of, in bytes.
const NEAR: usize = 400;

/// “Article 3 common to the four Geneva Conventions” leads to what comes next.
fn leads_on(text: &str, end: usize, next: Option<&Cited>) -> bool {
    let near = &text[end..text.floor_char_boundary(end + NEAR)];
    let clause = end + near.find(['.', ',', ';', ':']).unwrap_or(near.len());
    let is_next = next.is_some_and(|next| next.words.start < clause);
    is_next || near.trim_start_matches([' ', '\u{A0}']).starts_with(char::is_uppercase)
}

fn is_in_sentence(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| between.len() <= NEAR && !between.contains(['.', '!', '?', ';']))
}

fn ends_sentence(between: &str) -> bool {
    between.contains(['!', '?', ';'])
}
