//! Spaces that must not break and letters that are raised, found in running
//! text by the data of its language.

use std::ops::Range;

use crate::locale::{Before, Locale, signs};

/// What happens to a range of a text when it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub range: Range<usize>,
    pub what: Setting,
}

/// How a range is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// White space that becomes this space.
    Space(char),
    /// Letters above the line.
    Raised,
}

const NBSP: char = '\u{A0}';

/// A word of a text: what stands between two stretches of white space.
#[derive(Clone, Copy)]
struct Word<'a> {
    start: usize,
    text: &'a str,
}

/// A language's rules, made ready for many paragraphs.
pub(super) struct Typography {
    signs: Vec<(String, Option<Range<usize>>)>,
    before: Vec<(char, char)>,
    quotes: Option<(String, String)>,
    units: Vec<String>,
    months: Vec<String>,
    date: Vec<DatePart>,
    first_day: Option<String>,
    raised_ordinals: Vec<String>,
}

/// A word of a date, and the space after it.
struct DatePart {
    kind: DateWord,
    /// A full stop after the day, `4. Dezember`.
    suffix: String,
    keeps: bool,
}

enum DateWord {
    Day,
    Month,
    Year,
    Word(String),
}

impl Typography {
    pub fn new(locale: &Locale) -> Self {
        let sign = &locale.number_sign;
        let raised = |word: &str| {
            let start = word.find(sign.raised.chars().next()?)?;
            (word == sign.print || word == sign.plural).then_some(start..word.len())
        };
        let signs =
            sign.accept.iter().chain([&sign.print, &sign.plural]).map(|word| (word.clone(), raised(word))).collect();
        let before = locale.spacing.iter().filter_map(|rule| Some((rule.sign, rule.before.space()?))).collect();
        let spaced = !locale.quotes.space.is_empty();
        Typography {
            signs,
            before,
            quotes: spaced.then(|| (locale.quotes.open.clone(), locale.quotes.close.clone())),
            units: locale.units.clone(),
            months: locale.date.months.to_vec(),
            date: date_parts(&locale.date.pattern.text),
            first_day: locale.date.first_day.clone(),
            raised_ordinals: locale.raised_ordinals.clone(),
        }
    }

    /// What is to be set otherwise than typed, in the order of the text.
    pub fn marks(&self, text: &str) -> Vec<Mark> {
        let words = words(text);
        let mut marks: Vec<Mark> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let next = words.get(at + 1);
            let gap = next.map(|next| word.start + word.text.len()..next.start);
            if let Some(gap) = gap
                && let Some(next) = next
                && let Some(space) = self.space_between(word.text, next.text)
            {
                marks.push(Mark { range: gap, what: Setting::Space(space) });
            }
            self.raise(word, next, &mut marks);
            for range in self.date_at(&words[at..]) {
                marks.push(Mark { range, what: Setting::Space(NBSP) });
            }
        }
        marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
        marks.dedup_by(|next, first| next.range.start < first.range.end);
        marks
    }

    /// Which bytes of a text are set raised.
    pub fn raised(&self, text: &str) -> Vec<Range<usize>> {
        let marks = self.marks(text).into_iter();
        marks.filter(|mark| matches!(mark.what, Setting::Raised)).map(|mark| mark.range).collect()
    }

    /// The space that keeps two words together; none where they may part.
    fn space_between(&self, left: &str, right: &str) -> Option<char> {
        let digit_first = right.starts_with(|c: char| c.is_ascii_digit());
        let opened = left.trim_start_matches(['(', '[', '«', '“', '„']);
        if digit_first && self.signs.iter().any(|(sign, _)| sign == opened) {
            return Some(NBSP);
        }
        let ends_in_digit = left.ends_with(|c: char| c.is_ascii_digit());
        if ends_in_digit && is_bracketed_year(right) {
            return Some(NBSP);
        }
        let bare = right.trim_end_matches(['.', ',', ';', ')', '»', '”']);
        if ends_in_digit && self.units.iter().any(|unit| unit == bare || unit == right) {
            return Some(NBSP);
        }
        let first = right.chars().next();
        if let Some((_, space)) = self.before.iter().find(|(sign, _)| first == Some(*sign)) {
            return Some(*space);
        }
        let (open, close) = self.quotes.as_ref()?;
        (left.ends_with(open.as_str()) || right.starts_with(close.as_str())).then_some(NBSP)
    }

    fn raise(&self, word: &Word<'_>, next: Option<&Word<'_>>, marks: &mut Vec<Mark>) {
        let opened = word.text.trim_start_matches(['(', '[', '«', '“', '„']);
        let start = word.start + word.text.len() - opened.len();
        if next.is_some_and(|next| next.text.starts_with(|c: char| c.is_ascii_digit()))
            && let Some(raised) =
                self.signs.iter().find(|(sign, _)| sign == opened).and_then(|(_, raised)| raised.clone())
        {
            marks.push(Mark { range: start + raised.start..start + raised.end, what: Setting::Raised });
        }
        let digits = opened.len() - opened.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let suffix = opened[digits..].trim_end_matches(['.', ',', ';', ':', ')', '»']);
        if digits > 0 && self.raised_ordinals.iter().any(|ordinal| ordinal == suffix) {
            marks.push(Mark { range: start + digits..start + digits + suffix.len(), what: Setting::Raised });
        }
    }

    /// The spaces that must not break in a date that begins with the first of
    /// these words.
    fn date_at(&self, words: &[Word<'_>]) -> Vec<Range<usize>> {
        // A text has few words that could be a day.
        let may_be_day =
            words.first().is_some_and(|w| w.text.len() <= 8 && w.text.contains(|c: char| c.is_ascii_digit()));
        if !may_be_day || words.len() < self.date.len() {
            return Vec::new();
        }
        let mut kept = Vec::new();
        for (at, part) in self.date.iter().enumerate() {
            let last = at + 1 == self.date.len();
            let mut text = words[at].text;
            if at == 0 {
                text = text.trim_start_matches(['(', '[', '«', '“', '„']);
            }
            if last {
                text = text.trim_end_matches(['.', ',', ';', ':', ')', ']', '»', '”', '?', '!']);
            }
            let Some(text) = text.strip_suffix(part.suffix.as_str()) else { return Vec::new() };
            let fits = match &part.kind {
                DateWord::Day => is_number(text, 1..=2) || self.first_day.as_deref() == Some(text),
                DateWord::Year => is_number(text, 4..=4),
                DateWord::Month => self.months.iter().any(|month| month == text),
                DateWord::Word(word) => word == text,
            };
            if !fits {
                return Vec::new();
            }
            if part.keeps && !last {
                kept.push(words[at].start + words[at].text.len()..words[at + 1].start);
            }
        }
        kept
    }
}

/// `{d}.{nbsp}{month} {y}` taken apart.
fn date_parts(pattern: &str) -> Vec<DatePart> {
    let pattern = signs(pattern);
    let mut parts = Vec::new();
    for piece in pattern.split_inclusive([' ', NBSP]) {
        let word = piece.trim_end_matches([' ', NBSP]);
        let (kind, suffix) = match word.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            Some(("d", suffix)) => (DateWord::Day, suffix),
            Some(("month", suffix)) => (DateWord::Month, suffix),
            Some((_, suffix)) => (DateWord::Year, suffix),
            None => (DateWord::Word(word.to_owned()), ""),
        };
        parts.push(DatePart { kind, suffix: suffix.to_owned(), keeps: piece.ends_with(NBSP) });
    }
    parts
}

fn words(text: &str) -> Vec<Word<'_>> {
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

fn is_number(text: &str, digits: std::ops::RangeInclusive<usize>) -> bool {
    digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `(2014)`, as after the number of a resolution.
fn is_bracketed_year(word: &str) -> bool {
    let Some(rest) = word.strip_prefix('(') else { return false };
    rest.get(..4).is_some_and(|year| is_number(year, 4..=4)) && rest[4..].starts_with(')')
}

/// What must stand before a sign, for the checks.
pub(super) fn wanted_before(locale: &Locale, sign: char) -> Option<(Before, crate::locale::Status)> {
    locale.spacing.iter().find(|rule| rule.sign == sign).map(|rule| (rule.before, rule.status))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(tag: &str, text: &str) -> String {
        let Some(locale) = Locale::of(tag) else { return String::new() };
        let mut out = String::new();
        let mut at = 0;
        for mark in Typography::new(locale).marks(text) {
            out.push_str(&text[at..mark.range.start]);
            match mark.what {
                Setting::Space(space) => out.push(if space == NBSP { '~' } else { space }),
                Setting::Raised => out.push_str(&format!("^{}", &text[mark.range.clone()])),
            }
            at = mark.range.end;
        }
        out + &text[at..]
    }

    #[test]
    fn what_published_line_breaks_prove_is_kept_together() {
        let texts = [
            ("en", "of 8 September 2006, and", "of 8~September~2006, and"),
            ("en", "Decision No. 9/09 of", "Decision No.~9/09 of"),
            ("en", "resolutions 2170 (2014) and 2178 (2014).", "resolutions 2170~(2014) and 2178~(2014)."),
            ("fr", "(Décision no 5/11), nos 3/16 et 4/16", "(Décision n^o~5/11), n^os~3/16 et 4/16"),
            ("fr", "le 1er août 1975 : « oui »", "le 1^er~août~1975~: «~oui~»"),
            ("de", "am 22. Juni 2016", "am 22.~Juni 2016"),
            ("es", "el 2 de diciembre de 2009.", "el 2~de~diciembre~de~2009."),
            ("ru", "№ 476 от 23 мая 2002 года", "№~476 от 23~мая~2002~года"),
        ];
        for (tag, text, expected) in texts {
            assert_eq!(set(tag, text), expected);
        }
    }

    #[test]
    fn what_is_no_date_may_break() {
        assert_eq!(set("en", "we have 12 members in May 2006"), "we have 12 members in May 2006");
        assert_eq!(set("fr", "il dit no à 5 États"), "il dit no à 5 États");
    }
}
