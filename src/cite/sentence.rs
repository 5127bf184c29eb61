//! What a sentence has said so far, where it ends, and what it speaks of.

use std::ops::Range;

use crate::locale::Locale;
use crate::syntax::citation::{self, NamedBody};

/// What the sentence has said so far.
#[derive(Default)]
pub(super) struct Sentence {
    /// Where it begins.
    pub start: usize,
    /// Up to which byte of the text it was read.
    pub end: usize,
    /// The bodies that it named, by the letters of their symbols.
    pub bodies: Vec<String>,
    /// `S` or `A`, where it named a resolution.
    pub united_nations: Option<char>,
    /// The references that it has so far.
    pub read: Vec<Range<usize>>,
    /// The one at hand, and those that come next in the text.
    pub coming: Vec<Range<usize>>,
}

/// So much of a sentence is looked at on either side, in bytes.
const NEAR: usize = 400;

/// “in its”, “at the request of all, in its own”: so many words stand between a subject and what is its own.
const MOST_BESIDE: usize = 8;

/// So many words a name has behind its first, or its article.
const LONGEST_NAME: usize = 4;

/// “, in its own ”, in bytes.
const BESIDE: usize = 24;

/// Where in a stretch of a text the last sentence ends: after a full stop that
/// belongs to no number sign, no initial and no day (“12. März”), where a blank and a
/// capital follow.
pub(super) fn ends(text: &str, stretch: Range<usize>, locale: &Locale) -> Option<usize> {
    let signs = &locale.number_sign.accept;
    let inside = &text[stretch.clone()];
    let mut stops = inside.rmatch_indices(['.', '!', '?']);
    let is_end = |at: usize| {
        // “… No. 5/11.” The next sentence
        let mut rest = text[at + 1..].trim_start_matches(is_closing).chars();
        let blank = rest.next().is_some_and(char::is_whitespace);
        let capital = rest.find(|c| !c.is_whitespace()).is_some_and(char::is_uppercase);
        let near = &text[text.ceil_char_boundary(at.saturating_sub(NEAR))..=at];
        let last = near.rsplit(char::is_whitespace).next().unwrap_or_default();
        let initial = last.chars().count() <= 2 && last.starts_with(char::is_alphabetic);
        let is_day = || {
            let next = text[at + 1..].split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
            last.starts_with(|c: char| c.is_ascii_digit())
                && locale.date.months.iter().any(|month| Some(month.as_str()) == next)
        };
        blank && capital && !initial && !signs.iter().any(|sign| sign == last) && !is_day()
    };
    stops.find_map(|(at, _)| is_end(stretch.start + at).then_some(stretch.start + at + 1))
}

/// The article and the names with which a sentence begins, and the rest: “The World Bank”, “ recalled its”.
fn names_at_start(sentence: &str) -> Option<(&str, &str)> {
    let words = sentence.split_inclusive(char::is_whitespace).enumerate();
    let names = words.take_while(|(at, word)| *at == 0 || word.starts_with(char::is_uppercase));
    let length = names.map(|(_, word)| word.len()).sum();
    (length > 0 && length < sentence.len()).then(|| sentence.split_at(length))
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '“' | '»' | '’' | '"' | ')')
}

impl Sentence {
    /// Whether the sentence begins with a name of which nobody knows whose it is, and then says
    /// “its” of some words: “The World Bank, in its”, “The World Bank recalled its”.
    pub fn has_a_subject(&self, text: &str, words: &Range<usize>, locale: &Locale) -> bool {
        let start = self.near(text, words);
        let before = text.get(start..words.start).unwrap_or_default().trim_start_matches(|c: char| !c.is_alphabetic());
        let Some((name, rest)) = before.split_once(',').or_else(|| names_at_start(before)) else { return false };
        let is_clause = locale.opens_a_clause(before);
        let is_name = |word: &&str| word.starts_with(char::is_uppercase);
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_subject = match words.as_slice() {
            [only] => is_name(only),
            // Behind an article, or a name of several words.
            [_, rest @ ..] => {
                rest.len() <= LONGEST_NAME && rest.iter().filter(|word| is_name(word)).count() * 2 > rest.len()
            }
            [] => false,
        };
        let is_ours = citation::has_a_body_word(name, &locale.language);
        is_subject && !is_clause && !is_ours && rest.split_whitespace().count() <= MOST_BESIDE
    }

    /// Whether the body right before some words, “at the request of the Council, in its”, is another than the one that the
    /// sentence began with: nothing says which of the two is meant.
    pub fn names_several(&self, text: &str, words: &Range<usize>, locale: &Locale) -> bool {
        let mut free = self.free_before(text, words, locale);
        // What stands before a reference has had its own.
        let start = self.near(text, words);
        let read = self.read.iter().map(|read| read.end).filter(|end| *end <= words.start).max();
        free.retain(|named| read.is_none_or(|read| start + named.words.start >= read));
        free.first().zip(free.last()).is_some_and(|(first, last)| first.body != last.body)
    }

    /// What the sentence speaks of at some words: of the bodies and organizations
    /// before them that are no part of a reference the one that stands beside them
    /// (“the Forum, in its”) or else the first, and where there is none the first
    /// after them.
    pub fn subject(&self, text: &str, words: &Range<usize>, locale: &Locale) -> Option<NamedBody> {
        let language = &locale.language;
        let start = self.near(text, words);
        let mut free = self.free_before(text, words, locale);
        if let Some(last) = free.pop_if(|last| start + last.words.end + BESIDE >= words.start) {
            return Some(last);
        }
        if !free.is_empty() {
            return Some(free.swap_remove(0));
        }
        let rest = words.end..text.floor_char_boundary(words.end + NEAR);
        let first = |at: usize| ends(text, rest.start..at, locale).is_none();
        let is_free =
            |named: &NamedBody| !self.coming.iter().any(|next| next.contains(&(rest.start + named.words.start)));
        let after = citation::named_bodies(&text[rest.clone()], language).into_iter().find(is_free)?;
        first(rest.start + after.words.start).then_some(after)
    }

    /// The bodies and organizations that stand before some words in the sentence and are no part of a reference.
    fn free_before(&self, text: &str, words: &Range<usize>, locale: &Locale) -> Vec<NamedBody> {
        let start = self.near(text, words);
        let is_free = |named: &NamedBody| !self.read.iter().any(|read| read.contains(&(start + named.words.start)));
        let before = citation::named_bodies(&text[start.min(words.start)..words.start], &locale.language);
        before.into_iter().filter(is_free).collect()
    }

    /// From where on the sentence is looked at before some words.
    pub fn near(&self, text: &str, words: &Range<usize>) -> usize {
        text.ceil_char_boundary(self.start.max(words.start.saturating_sub(NEAR)))
    }
}
