//! A suggestion that gives a paragraph another number says which references to it, typed
//! by hand, would lead elsewhere.

use std::collections::BTreeMap;

use super::typed::Typed;
use crate::cite::in_one_line;
use crate::diag::{Code, Diagnostics};
use crate::source::{Sources, Span};
use crate::syntax::citation::PartWord;

/// So many of them are named with a suggestion.
const MAX_NAMED: usize = 5;

/// Says with each suggestion of another number which of the references it would move.
pub(super) fn say(typed: &[Typed<'_>], sources: &Sources, found: &mut Diagnostics) {
    let mut by_number: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    for (number, words) in typed.iter().flat_map(paragraphs) {
        by_number.entry(number).or_default().push(words);
    }
    for (code, slot) in found.fixes_mut() {
        let Some(fix) = slot.as_mut().filter(|_| code == Code::Misnumbered) else { continue };
        let Some((place, _)) = fix.edits.first() else { continue };
        let Some(moved) = number_in(sources.slice(*place)).and_then(|number| by_number.get(&number)) else { continue };
        let named: Vec<String> = moved.iter().take(MAX_NAMED).map(|words| in_words(*words, sources)).collect();
        let more = moved.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        fix.what.push_str(&format!("; look at {}{more}, typed by hand", named.join(", ")));
    }
}

/// The paragraphs that a reference names, each with its words up to the last number.
fn paragraphs<'t>(typed: &'t Typed<'_>) -> impl Iterator<Item = (u32, Span)> + 't {
    let steps = typed.steps.iter().filter(|step| step.part == PartWord::Paragraph);
    steps.flat_map(|step| {
        let words = step.pins.last().map_or(typed.words, |last| typed.words.head().to(last.place));
        step.pins.iter().filter_map(move |pin| Some((number_in(pin.numbers.as_ref()?.first()?)?, words)))
    })
}

fn in_words(words: Span, sources: &Sources) -> String {
    let shown = in_one_line(sources.slice(words));
    match sources.get(words.file).map(|source| source.location(words.range().start).line) {
        Some(line) => format!("`{shown}` in line {line}"),
        None => format!("`{shown}`"),
    }
}

/// The number that a word begins with.
fn number_in(word: &str) -> Option<u32> {
    let word = word.trim_start_matches(['(', '[']);
    let figures = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    word[..figures].parse().ok()
}
