//! Words of a language that no line parts: dates, hours, initials and the names behind them.

use std::ops::Range;

use crate::locale::{DateForm, signs};

/// A word of a text: what stands between two stretches of white space.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    pub start: usize,
    pub text: &'a str,
}

/// Words one behind the other, `{d}.{nbsp}{month} {y}`.
pub(super) struct Pattern(Vec<Part>);

/// A word of a pattern, and the space after it.
struct Part {
    kind: Kind,
    /// What stands close before it and behind it: the full stop of `4. Dezember`, the article of `l’8 marzo`.
    before: String,
    behind: String,
    keeps: bool,
}

/// What a gap stands for.
enum Kind {
    /// A day of a month, or two of them with a dash.
    Day,
    Month,
    Year,
    /// Figures, with the signs of an hour or an ordinal among them.
    Number,
    /// Figures of Roman numbers.
    Roman,
    /// One capital.
    Initial,
    /// A word with a capital.
    Name,
    /// Any word.
    Any,
    /// No gap: the word itself.
    Exactly(String),
}

/// Signs that may open the first of the words, and close the last.
pub(super) const OPENING: [char; 5] = ['(', '[', '«', '“', '„'];
const CLOSING: [char; 11] = ['.', ',', ';', ':', ')', ']', '»', '”', '“', '?', '!'];

impl Pattern {
    pub fn new(pattern: &str) -> Pattern {
        let pattern = signs(pattern);
        let parts = pattern.split_inclusive([' ', '\u{A0}']).map(|piece| {
            let word = piece.trim_end_matches([' ', '\u{A0}']);
            let gap = word.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
            let (before, kind, behind) = match gap {
                Some((before, (gap, behind))) => (before, Kind::of(gap), behind),
                None => ("", Kind::Exactly(word.to_owned()), ""),
            };
            Part { kind, before: before.to_owned(), behind: behind.to_owned(), keeps: piece.ends_with('\u{A0}') }
        });
        Pattern(parts.collect())
    }

    /// The spaces that must not break where words begin with those of the pattern.
    pub fn kept_in(&self, words: &[Word<'_>], dates: &DateForm) -> Vec<Range<usize>> {
        let last = self.0.len().saturating_sub(1);
        let fits = words.len() > last
            && self.0.iter().zip(words).enumerate().all(|(at, (part, word))| {
                let text = if at == 0 { word.text.trim_start_matches(OPENING) } else { word.text };
                part.fits(text, dates) || at == last && closed(text).any(|text| part.fits(text, dates))
            });
        if !fits {
            return Vec::new();
        }
        let kept = self.0.iter().zip(words.windows(2)).filter(|(part, _)| part.keeps);
        kept.map(|(_, pair)| pair[0].start + pair[0].text.len()..pair[1].start).collect()
    }
}

/// A word without one sign that closes it, without two and so on.
fn closed(text: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(text.strip_suffix(CLOSING), |text| text.strip_suffix(CLOSING))
}

impl Part {
    fn fits(&self, text: &str, dates: &DateForm) -> bool {
        // Most words are none of the pattern: one byte of each tells it.
        let (first, last) = (self.before.bytes().next(), self.behind.bytes().next_back());
        let may_fit = first.is_none_or(|first| text.bytes().next() == Some(first))
            && last.is_none_or(|last| text.bytes().next_back() == Some(last))
            && self.kind.may_fit(text);
        if !may_fit {
            return false;
        }
        let inner = text.strip_prefix(self.before.as_str()).and_then(|text| text.strip_suffix(self.behind.as_str()));
        inner.is_some_and(|text| self.kind.fits(text, dates))
    }
}

impl Kind {
    /// That of a gap. What is none of the others is a year; a test holds that the languages have no other gaps.
    fn of(gap: &str) -> Kind {
        match gap {
            "d" => Kind::Day,
            "month" => Kind::Month,
            "n" => Kind::Number,
            "roman" => Kind::Roman,
            "initial" => Kind::Initial,
            "name" => Kind::Name,
            "word" => Kind::Any,
            _ => Kind::Year,
        }
    }

    /// What a look at few bytes says of a word.
    fn may_fit(&self, text: &str) -> bool {
        match self {
            Kind::Day | Kind::Year | Kind::Number => text.bytes().any(|byte| byte.is_ascii_digit()),
            Kind::Exactly(word) => text.len() == word.len() && text.bytes().next() == word.bytes().next(),
            Kind::Month | Kind::Roman | Kind::Initial | Kind::Name | Kind::Any => true,
        }
    }

    fn fits(&self, text: &str, dates: &DateForm) -> bool {
        let is_day = |text: &str| {
            // “3.–4. Dezember”
            is_number(text.trim_end_matches('.'), 1..=2) || dates.first_day.as_deref() == Some(text)
        };
        match self {
            Kind::Day => is_day(text) || text.split_once('–').is_some_and(|(from, to)| is_day(from) && is_day(to)),
            Kind::Month => dates.months.iter().any(|month| month == text),
            Kind::Year => is_number(text, 4..=4),
            Kind::Number => {
                text.starts_with(|c: char| c.is_ascii_digit())
                    && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':' | ',' | '–'))
            }
            Kind::Roman => !text.is_empty() && text.chars().all(|c| matches!(c, 'I' | 'V' | 'X')),
            Kind::Initial => text.chars().count() == 1 && text.starts_with(char::is_uppercase),
            Kind::Name => text.starts_with(char::is_uppercase),
            Kind::Any => true,
            Kind::Exactly(word) => text == word,
        }
    }
}

/// Whether a word is a number of so many digits.
pub(super) fn is_number(text: &str, digits: std::ops::RangeInclusive<usize>) -> bool {
    digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                words.push(Word { start: from, text: &text[from..at] });
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push(Word { start: from, text: &text[from..] });
    }
    words
}
