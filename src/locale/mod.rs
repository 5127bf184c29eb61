//! The languages, as data: one file each under `locales/`.

mod data;
mod letterhead;
mod ordinal;
mod quotations;
mod states;
mod typewriter;
mod words;

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

    /// Whether `text` begins with one of `phrases`, or with the verb of one.
    pub fn opens_with(phrases: &[Phrase], text: &str) -> bool {
        // The verb is enough: "Decides to" as well as "Decides that".
        let verb = |phrase: &str| phrase.split(' ').next().filter(|verb| verb.chars().count() >= 5).map(str::to_owned);
        phrases.iter().any(|phrase| {
            starts_with_words(text, &phrase.phrase)
                || verb(&phrase.phrase).is_some_and(|verb| starts_with_words(text, &verb))
        })
    }

    /// The name of a participating State or the EU for a delegation's code.
    pub fn is_delegation(&self, code: &str) -> bool {
        code == states::UNION || self.states.contains_key(code)
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
