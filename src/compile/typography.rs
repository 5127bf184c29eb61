//! Spaces that must not break and letters that are raised, found in running
//! text by the data of its language.

use std::ops::Range;

use super::kept::{OPENING, Pattern, Word, is_number, words};
use crate::locale::{Before, DateForm, Locale};

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

/// A language's rules, made ready for many paragraphs.
pub(super) struct Typography {
    signs: Vec<(String, Option<Range<usize>>)>,
    before: Vec<(char, char)>,
    quotes: Option<(String, String)>,
    units: Vec<String>,
    dates: DateForm,
    kept: Vec<Pattern>,
    raised_ordinals: Vec<String>,
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
        let patterns = locale.kept.iter().flat_map(|row| &row.words).chain([&locale.date.pattern.text]);
        let kept = patterns.map(|pattern| Pattern::new(pattern)).collect();
        Typography {
            signs,
            before,
            quotes: spaced.then(|| (locale.quotes.open.clone(), locale.quotes.close.clone())),
            units: locale.units.clone(),
            dates: locale.date.clone(),
            kept,
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
            for range in self.kept.iter().flat_map(|pattern| pattern.kept_in(&words[at..], &self.dates)) {
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
        let opened = left.trim_start_matches(OPENING);
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
        let opened = word.text.trim_start_matches(OPENING);
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
            ("en", "held on 3–4 December 2020.", "held on 3–4~December~2020."),
            ("fr", "les 3 et 4 décembre 2015, à 10 h 05", "les 3 et~4~décembre~2015, à 10~h~05"),
            ("fr", "Mme R. Essai et M. Exemple", "Mme~R.~Essai et M.~Exemple"),
            ("de", "am 3. und 4. Dezember 2015, z. B.", "am 3. und~4.~Dezember 2015, z.~B."),
            ("de", "nach § 5", "nach §~5"),
            ("de", "vom 3.–4. Dezember 2015", "vom 3.–4.~Dezember 2015"),
            ("es", "el 1º de agosto de 1975,", "el 1º~de~agosto~de~1975,"),
            ("it", "da S.E. Alba Esempio", "da S.E.~Alba Esempio"),
            ("it", "il 1º agosto 1975, alle ore 10.10", "il 1º~agosto~1975, alle ore~10.10"),
            ("it", "l’8 marzo 2015", "l’8~marzo~2015"),
            ("es", "los días 3 y 4 de diciembre de 2020", "los días 3 y~4~de~diciembre~de~2020"),
            ("ru", "1 августа 1975 г., и т. д.", "1~августа~1975~г., и~т.~д."),
            ("ru", "государств – участников, А. Б. Пример", "государств~– участников, А.~Б.~Пример"),
        ];
        for (tag, text, expected) in texts {
            assert_eq!(set(tag, text), expected);
        }
    }

    #[test]
    fn the_gaps_of_what_is_kept_are_known() {
        let known = ["d", "month", "y", "n", "roman", "initial", "name", "word", "nbsp"];
        for locale in Locale::tags().filter_map(Locale::of) {
            for pattern in locale.kept.iter().flat_map(|row| &row.words).chain([&locale.date.pattern.text]) {
                assert!(crate::locale::gaps(pattern).all(|gap| known.contains(&gap)), "{pattern}");
            }
        }
    }

    #[test]
    fn what_is_no_date_may_break() {
        assert_eq!(set("en", "we have 12 members in May 2006"), "we have 12 members in May 2006");
        assert_eq!(set("fr", "il dit no à 5 États"), "il dit no à 5 États");
    }
}
