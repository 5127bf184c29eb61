//! A day that stands before the words of a reference, and a year behind its number that
//! is none: what the grammar, which begins at the words, does not see.

use std::ops::Range;

use super::cited::{Cited, Problem, SaidDate, What, in_one_line};
use super::saying;
use crate::locale::Locale;
use crate::syntax::citation::{self, Stopped};

/// How far before a reference a day is looked for, in bytes.
const NEAR: usize = 80;
/// “5 декабря 2006 года”: so many words a day has.
const WORDS: usize = 6;

/// Gives each reference the day beside it that it does not have yet.
pub(super) fn look(text: &str, locale: &Locale, all: &mut [Cited]) {
    for cited in all.iter_mut().filter(|cited| cited.problem.is_none() && cited.dated.is_none()) {
        match &cited.what {
            What::Resolution(resolution) if resolution.organ == 'S' && resolution.year.is_none() => {
                if let Some(end) = odd_year(&text[cited.number.end..]) {
                    let words = cited.words.start..cited.number.end + end;
                    let number = in_one_line(&text[cited.number.start..words.end]);
                    cited.what = What::Unread(in_one_line(&text[words.clone()]));
                    cited.words = words;
                    cited.problem = Some(Problem::Unread(Stopped::Number(number)));
                }
            }
            What::Symbol(_) => cited.dated = day_before(text, cited.words.start, locale),
            What::Resolution(_) | What::Named(_) | What::Open(..) | What::Unread(_) => {}
        }
    }
}

/// “(20000)”, “(2001/2002)” behind the number of a resolution: where it ends.
fn odd_year(after: &str) -> Option<usize> {
    let inside =
        after.trim_start().strip_prefix('(').filter(|inside| inside.starts_with(|c: char| c.is_ascii_digit()))?;
    let end = inside.find(')').filter(|end| *end <= NEAR)?;
    let is_year = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '–' | '.' | ' ');
    inside[..end].chars().all(is_year).then(|| after.len() - inside.len() + end + 1)
}

/// “the 2006 Ministerial Council Decision”, “der am 5. Dezember 2006 verabschiedete Beschluss”.
fn day_before(text: &str, at: usize, locale: &Locale) -> Option<(SaidDate, Range<usize>)> {
    let start = text.ceil_char_boundary(at.saturating_sub(NEAR));
    let before = text[start..at].trim_end();
    let before = &before[before
        .rfind(['.', ';', ':', '(', '\n'])
        .filter(|stop| !is_of_a_day(before, *stop))
        .map_or(0, |stop| stop + 1)..];
    let verbs = &locale.cited.adopted_before;
    let verb = verbs.iter().find_map(|verb| before.strip_suffix(verb.as_str()));
    let said = verb.unwrap_or(before).trim_end();
    let words: Vec<&str> = said.split_whitespace().collect();
    let is_year =
        |word: &str| word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|b| b.is_ascii_digit());
    let place = |first: &str| {
        let from = first.as_ptr() as usize - text.as_ptr() as usize;
        from..from + said.len() - (first.as_ptr() as usize - said.as_ptr() as usize)
    };
    if let [.., article, year] = words.as_slice()
        && is_year(year)
        && citation::is_article(article, &locale.language)
    {
        return Some(((year.parse().ok()?, None), place(year)));
    }
    // The participle stands behind the day, or before it: “принятое 5 декабря 2006 года”.
    let last = &words[words.len().saturating_sub(WORDS)..];
    (0..last.len()).find_map(|first| {
        let opened = verb.is_some() || first.checked_sub(1).is_some_and(|at| verbs.iter().any(|verb| verb == last[at]));
        if !opened || !last[first].starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let at = place(last[first]);
        let date = saying::date(locale, &text[at.clone()])?;
        date.1.is_some().then_some((date, at))
    })
}

/// “5. Dezember”: the full stop of a day.
fn is_of_a_day(text: &str, stop: usize) -> bool {
    text[..stop].ends_with(|c: char| c.is_ascii_digit()) && text[stop..].starts_with(". ")
}
