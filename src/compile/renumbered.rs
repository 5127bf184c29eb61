//! References to paragraphs that were typed by hand: a suggestion that gives a paragraph
//! another number says which of them would lead elsewhere.

use std::collections::BTreeMap;

use super::context::Context;
use super::passage::Passage;
use super::references::Reference;
use crate::diag::{Code, Diagnostics};
use crate::source::Span;

/// So many of them are named with a suggestion.
const MAX_NAMED: usize = 5;

/// A word is known by so many of its letters less, whatever its ending.
const ENDING: usize = 2;

/// Says with each suggestion of another number which references it would move.
pub(super) fn say(context: &Context<'_>, passages: &[Passage<'_>], references: &[Reference], found: &mut Diagnostics) {
    let renumbers = |code: Code| code == Code::Misnumbered;
    if !found.fixes_mut().any(|(code, fix)| renumbers(code) && fix.is_some()) {
        return;
    }
    let typed = typed(context, passages, references);
    for (code, slot) in found.fixes_mut() {
        let Some(fix) = slot.as_mut().filter(|_| renumbers(code)) else { continue };
        let Some((place, _)) = fix.edits.first() else { continue };
        let number = number_in(context.sources.slice(*place));
        let Some(moved) = number.and_then(|number| typed.get(&number)) else { continue };
        let named: Vec<String> = moved.iter().take(MAX_NAMED).map(|reference| reference.in_words(context)).collect();
        let more = moved.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        fix.what.push_str(&format!("; look at {}{more}, typed by hand", named.join(", ")));
    }
}

/// `paragraph 4` in a text.
struct Typed {
    words: String,
    place: Span,
}

impl Typed {
    fn in_words(&self, context: &Context<'_>) -> String {
        let line = context.sources.get(self.place.file).map(|source| source.location(self.place.range().start).line);
        match line {
            Some(line) => format!("`{}` in line {line}", self.words),
            None => format!("`{}`", self.words),
        }
    }
}

/// The references to paragraphs that no instrument is named with, by the numbers in them.
fn typed(context: &Context<'_>, passages: &[Passage<'_>], references: &[Reference]) -> BTreeMap<u32, Vec<Typed>> {
    let cited: BTreeMap<_, _> = references.iter().map(|r| ((r.place.file, r.place.start), r.place.end)).collect();
    let is_cited = |place: Span| {
        let before = cited.range(..=(place.file, place.start)).next_back();
        before.is_some_and(|((file, _), end)| *file == place.file && place.start < *end)
    };
    let mut typed: BTreeMap<u32, Vec<Typed>> = BTreeMap::new();
    for passage in passages.iter().filter(|passage| !passage.quoted) {
        let text = passage.flat.text.as_str();
        let pattern = passage.locale(context).cross_reference.paragraph.text.as_str();
        let word = pattern.split_whitespace().next().unwrap_or_default();
        let known = word.chars().count().saturating_sub(ENDING).max(4);
        let stem: String = word.chars().take(known).flat_map(char::to_lowercase).collect();
        let mut from = 0;
        for part in text.split_inclusive(char::is_whitespace) {
            let (start, end) = (from, from + part.len());
            from = end;
            let begins = part.trim_start_matches(|c: char| !c.is_alphanumeric());
            if stem.is_empty() || !begins.to_lowercase().starts_with(&stem) {
                continue;
            }
            let start = start + part.len() - begins.len();
            let (numbers, length) = numbers(&text[end..]);
            let place = passage.flat.span(start..end + length);
            if is_cited(place) {
                continue;
            }
            let words = text[start..end + length].split_whitespace().collect::<Vec<_>>().join(" ");
            for number in numbers {
                typed.entry(number).or_default().push(Typed { words: words.clone(), place });
            }
        }
    }
    typed
}

/// The numbers of `7 to 9`, `3, 4 and 5`, `1(c)` as they stand there, and how long they
/// are.
fn numbers(text: &str) -> (Vec<u32>, usize) {
    let (mut numbers, mut length, mut at): (Vec<u32>, usize, usize) = (Vec::new(), 0, 0);
    for part in text.split_inclusive(char::is_whitespace).take(16) {
        let word = part.trim_end();
        let end = at + word.trim_end_matches([',', ';', '.', ':']).len();
        let number = number_in(word);
        // A word between numbers is short: and, to, bis, e, и.
        let joins = !numbers.is_empty() && word.chars().count() <= 3;
        match number {
            Some(number) => {
                numbers.push(number);
                length = end;
            }
            None if joins => {}
            None => break,
        }
        if word.ends_with([';', '.', ':']) {
            break;
        }
        at += part.len();
    }
    (numbers, length)
}

/// The number that a word begins with.
fn number_in(word: &str) -> Option<u32> {
    let word = word.trim_start_matches(['(', '[']);
    let figures = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    word[..figures].parse().ok()
}
