//! Days and numbers as a language says them.

use super::cited::SaidDate;
use crate::locale::Locale;

/// “of 2 December 2009”, “de 2011”
pub(super) fn date(locale: &Locale, words: &str) -> Option<SaidDate> {
    let figures = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>().parse::<i16>().ok();
    let is_word = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '’' | '\'');
    let parts: Vec<&str> = words.split(is_word).filter(|part| !part.is_empty()).collect();
    if let Some(date) = parts.iter().find_map(|part| in_figures(part)) {
        return Some(date);
    }
    let year = parts.iter().filter_map(|part| figures(part)).find(|year| *year > 1900)?;
    let month = parts
        .iter()
        .find_map(|part| locale.date.months.iter().position(|month| month.to_lowercase() == part.to_lowercase()));
    let day = parts.iter().filter_map(|part| figures(part)).find(|day| (1..=31).contains(day));
    let month = month.and_then(|month| i8::try_from(month + 1).ok());
    Some((year, month.zip(day.and_then(|day| i8::try_from(day).ok()))))
}

/// `5.12.2006`, `2006-12-05`
fn in_figures(word: &str) -> Option<SaidDate> {
    let (day, month, year) = match word.trim_matches(',').split(['.', '-']).collect::<Vec<_>>().as_slice() {
        [year, month, day] if year.len() == 4 => (*day, *month, *year),
        [day, month, year] => (*day, *month, *year),
        _ => return None,
    };
    Some((year.parse().ok()?, Some((month.parse().ok()?, day.parse().ok()?))))
}

/// “twentieth”, “20th”
pub(super) fn ordinal(locale: &Locale, words: &str) -> Option<u32> {
    let figures: String = words.chars().take_while(char::is_ascii_digit).collect();
    if !figures.is_empty() {
        return figures.parse().ok();
    }
    let words = words.to_lowercase();
    let at = locale.ordinals.values().find_map(|forms| forms.iter().position(|form| form.word == words))?;
    u32::try_from(at + 1).ok()
}
