//! The languages, as data: one file each under `locales/`.

mod data;
mod letterhead;
mod ordinal;
mod quotations;
mod states;
mod typewriter;
mod words;

use std::cmp::Ordering;
use std::sync::OnceLock;

use crate::diag::Severity;

pub use data::*;
pub use letterhead::gaps;
pub use quotations::Quotations;
pub use states::delegation_of;
pub use typewriter::{Print, Typed};

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

impl Status {
    /// The most that a finding may weigh that is made from such a fact.
    pub fn bound(self) -> Severity {
        match self {
            Status::SeenOsce => Severity::Error,
            Status::Seen => Severity::Warning,
            Status::Unread => Severity::Info,
        }
    }
}

impl Before {
    /// The space itself.
    pub fn space(self) -> Option<char> {
        match self {
            Before::None => None,
            Before::Nbsp => Some('\u{A0}'),
            Before::Nnbsp => Some('\u{202F}'),
        }
    }
}

impl Term {
    /// Whether the house asks for it in texts of a year; of a text without a day it
    /// asks what it asks today.
    pub fn is_of(&self, year: Option<i16>) -> bool {
        match year {
            Some(year) => self.since.is_none_or(|since| since <= year) && self.until.is_none_or(|until| year <= until),
            None => self.until.is_none(),
        }
    }

    /// What a finding weighs, within what the fact allows.
    pub fn weight(&self) -> Severity {
        let wanted = match self.severity {
            Weight::Error => Severity::Error,
            Weight::Warning => Severity::Warning,
            Weight::Info => Severity::Info,
        };
        wanted.min(self.status.bound())
    }
}

impl Locale {
    /// The locale of a language; none where no file describes it. Its data are
    /// read when it is first asked for, and kept.
    pub fn of(tag: &str) -> Option<&'static Locale> {
        static READ: [OnceLock<Option<Locale>>; LOCALES.len()] = [const { OnceLock::new() }; LOCALES.len()];
        let at = LOCALES.iter().position(|(name, _)| *name == tag)?;
        let read = || {
            let read: Result<Locale, _> = postcard::from_bytes(LOCALES.get(at)?.1);
            debug_assert!(read.is_ok(), "locales/{tag}.toml: {:?}", read.as_ref().err());
            read.ok()
        };
        READ.get(at)?.get_or_init(read).as_ref()
    }

    /// The tags of all languages that a file describes.
    pub fn tags() -> impl Iterator<Item = &'static str> {
        LOCALES.iter().map(|(tag, _)| *tag)
    }

    /// What the opening words of a clause say: by the phrases that are known, else by the
    /// form of the first word that is not passed over. The longest ending decides.
    pub fn opening(&self, text: &str) -> Option<Opening> {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let (preambular, operative) = (self.opens_with(&self.preambular, text), self.opens_with(&self.operative, text));
        match preambular.cmp(&operative) {
            Ordering::Greater => return Some(Opening::Preambular),
            Ordering::Less => return Some(Opening::Operative { is_known: true }),
            // Both lists have it, or neither.
            Ordering::Equal => {}
        }
        let first = self.clauses.first_word(text).to_lowercase();
        let longest = |endings: &[String]| endings.iter().filter_map(|ending| fits(&first, ending)).max();
        match longest(&self.clauses.preambular).cmp(&longest(&self.clauses.operative)) {
            Ordering::Greater => Some(Opening::Preambular),
            Ordering::Less => Some(Opening::Operative { is_known: false }),
            Ordering::Equal => None,
        }
    }

    /// How many letters of `text` are the beginning of one of `phrases`, or its verb.
    fn opens_with(&self, phrases: &[Phrase], text: &str) -> usize {
        let rest = self.clauses.without_passed_over(text);
        let first = first_word(rest);
        let is_verb = first.chars().count() >= SHORTEST_VERB;
        // Without its first letter, which may be a capital.
        let mut word = first.chars();
        word.next();
        let word = word.as_str();
        let letter = |words: &str| words.chars().next().map(|c| c.to_lowercase().next());
        let begins = letter(text);
        let known = phrases.iter().filter_map(|phrase| {
            let whole = phrase.phrase.as_str();
            // The verb is enough: "Decides to" as well as "Decides that". Few phrases have it.
            let may_be_verb = is_verb && whole.contains(word);
            if !may_be_verb && letter(whole) != begins {
                return None;
            }
            // What stands in brackets is for people.
            let phrase = whole.split(" (").next().unwrap_or_default();
            if starts_with_words(text, phrase) {
                return Some(phrase.len());
            }
            let verb = if may_be_verb { self.clauses.first_word(phrase) } else { "" };
            (verb.chars().count() >= SHORTEST_VERB && starts_with_words(rest, verb)).then_some(verb.len())
        });
        known.max().unwrap_or_default()
    }

    /// The organization's own letters, `OSCE`.
    pub fn organization(&self) -> Option<&str> {
        self.bodies.get("OSCE")?.short.as_deref()
    }

    /// Whether words begin a clause that is known, “Pursuant to”, “Further to”, and not with the name of a State.
    pub fn opens_a_clause(&self, words: &str) -> bool {
        let first = first_word(words);
        let is_known = matches!(self.opening(words), Some(Opening::Preambular | Opening::Operative { is_known: true }));
        let is_state = || self.states.values().any(|state| first_word(&state.name) == first);
        (is_known || self.clauses.passes_over(&first.to_lowercase())) && !is_state()
    }

    /// The name of a participating State or the EU for a delegation's code.
    pub fn is_delegation(&self, code: &str) -> bool {
        code == states::UNION || self.states.contains_key(code)
    }
}

/// A shorter word than this, in letters, is no verb that tells a clause by itself.
const SHORTEST_VERB: usize = 5;

/// What the opening words of a clause say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It gives a reason.
    Preambular,
    /// It says what is done.
    Operative {
        /// Whether the language's list has its words; else their form tells.
        is_known: bool,
    },
}

impl ClauseForms {
    /// A text from the first word on that is not passed over.
    fn without_passed_over<'t>(&self, text: &'t str) -> &'t str {
        let mut rest = text;
        loop {
            let word = first_word(rest);
            let lower = word.to_lowercase();
            if word.is_empty() || !self.passes_over(&lower) {
                return rest;
            }
            rest = rest[word.len()..].trim_start_matches(|c: char| !c.is_alphanumeric());
        }
    }

    /// Whether a word in small letters says nothing of the clause that it begins.
    fn passes_over(&self, word: &str) -> bool {
        self.passed_over.iter().any(|ending| fits(word, ending).is_some())
    }

    fn first_word<'t>(&self, text: &'t str) -> &'t str {
        first_word(self.without_passed_over(text))
    }
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(text.len())]
}

/// How long an ending is that a word has: `-ing`, or without the dash the whole word.
fn fits(word: &str, ending: &str) -> Option<usize> {
    match ending.strip_prefix('-') {
        Some(ending) => (word.len() > ending.len() && word.ends_with(ending)).then_some(ending.len()),
        None => (word == ending).then_some(word.len()),
    }
}

/// Whether `text` begins with `words`, whatever the case of the first letter,
/// and no letter follows them.
pub fn starts_with_words(text: &str, words: &str) -> bool {
    let mut left = text.chars();
    for (at, expected) in words.chars().enumerate() {
        let Some(found) = left.next() else { return false };
        let same = found == expected || at == 0 && found.to_lowercase().eq(expected.to_lowercase());
        if !same {
            return false;
        }
    }
    left.next().is_none_or(|c| !c.is_alphanumeric())
}

/// A word with a capital.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `{nbsp}` and `{nnbsp}` in the data are the signs themselves.
pub fn signs(text: &str) -> String {
    text.replace("{nbsp}", "\u{A0}").replace("{nnbsp}", "\u{202F}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_can_be_read() {
        for tag in Locale::tags() {
            let locale = Locale::of(tag);
            assert!(locale.is_some_and(|locale| locale.language == tag), "{tag}");
        }
    }

    #[test]
    fn unconfirmed_facts_make_no_errors() {
        assert_eq!(Status::Unread.bound(), Severity::Info);
        let term = Term {
            wrong: "a".into(),
            right: "b".into(),
            prefix: false,
            since: None,
            until: None,
            severity: Weight::Error,
            status: Status::Seen,
        };
        assert_eq!(term.weight(), Severity::Warning);
    }
}
