//! What a line in the author's own words says of the values that it stands for.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::locale::Locale;

/// So much of a line is looked at, in bytes: no row of a first page is longer.
const LONGEST: usize = 500;

fn row(words: &str) -> &str {
    &words[..words.floor_char_boundary(LONGEST)]
}

/// Which of the values a line does not say, by their keys: of words each that is not there in some form; of
/// numbers those that are not there, where it says none of them, or one that is nobody's.
pub(super) fn unsaid<'k>(line: &str, values: &[(&'k str, String)], locale: &Locale) -> Vec<&'k str> {
    let line = row(line);
    let said = numbers(line, locale);
    let number = |value: &str| value.split(|c: char| !c.is_ascii_digit()).find_map(|figures| figures.parse().ok());
    let (numbered, worded): (Vec<_>, Vec<_>) =
        values.iter().partition(|(_, value)| value.starts_with(|c: char| c.is_ascii_digit()));
    let given: BTreeSet<u32> = numbered.iter().filter_map(|(_, value)| number(value)).collect();
    let is_another = said.is_disjoint(&given) || !said.is_subset(&given);
    let of_numbers = numbered
        .into_iter()
        .filter(|(_, value)| is_another && number(value).is_some_and(|number| !said.contains(&number)));
    let of_words = worded.into_iter().filter(|(_, value)| !says(line, value));
    of_numbers.chain(of_words).map(|(key, _)| *key).collect()
}

/// The numbers that words have, in figures or as ordinals; the longest ordinal counts.
fn numbers(words: &str, locale: &Locale) -> BTreeSet<u32> {
    let mut left = format!(" {} ", words.to_lowercase());
    let figures = left.split(|c: char| !c.is_ascii_digit());
    let mut numbers: BTreeSet<u32> = figures.filter_map(|figures| figures.parse().ok()).collect();
    let forms = locale.ordinals.values().flat_map(|forms| forms.iter().zip(1u32..));
    let mut forms: Vec<(&str, u32)> = forms.map(|(form, value)| (form.word.as_str(), value)).collect();
    forms.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    for (word, value) in forms {
        while let Some(at) = whole(&left, word) {
            numbers.insert(value);
            left.replace_range(at..at + word.len(), "");
        }
    }
    numbers
}

/// The number with which words begin, in figures or as an ordinal.
pub(super) fn first_number(words: &str, locale: &Locale) -> Option<u32> {
    let words = row(words.trim()).to_lowercase();
    // A figure that stands alone is a year: “2026 conference”.
    let (figures, rest) = words.split_at(words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len()));
    let figures = if rest.starts_with(char::is_whitespace) { "" } else { figures };
    let forms = locale.ordinals.values().flat_map(|forms| forms.iter().zip(1u32..));
    let begins = forms.filter(|(form, _)| whole(&words, &form.word) == Some(0));
    figures.parse().ok().or_else(|| begins.max_by_key(|(form, _)| form.word.len()).map(|(_, value)| value))
}

/// Whether words can mean a day, alone or among several: no other year, month or day is in them.
pub(super) fn may_be_day<'l>(words: &str, day: Date, locales: impl Iterator<Item = &'l Locale>) -> bool {
    let lower = row(words).to_lowercase();
    let numbers: Vec<i32> = lower.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    let mut years = numbers.iter().filter(|number| **number > 1000).peekable();
    let months = locales.flat_map(|locale| locale.date.months.iter().zip(1i8..));
    let months: BTreeSet<i8> =
        months.filter(|(name, _)| whole(&lower, &name.to_lowercase()).is_some()).map(|(_, month)| month).collect();
    let days = numbers.iter().filter(|number| (1..=31).contains(*number));
    let is_year = years.peek().is_none() || years.any(|year| *year == i32::from(day.year()));
    let is_day = match (months.len(), days.clone().min().zip(days.max())) {
        (1, Some((first, last))) => months.contains(&day.month()) && (*first..=*last).contains(&i32::from(day.day())),
        (0, _) => true,
        _ => months.contains(&day.month()),
    };
    is_year && is_day
}

/// Where a word stands that no letter touches.
fn whole(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let (before, after) = (&text[..*at], &text[at + word.len()..]);
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}

/// Whether a line says a value: each of its words, small ones apart, in this form or another.
fn says(line: &str, value: &str) -> bool {
    let words: Vec<&str> = row(value).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_long = |word: &&&str| word.chars().count() > 3;
    match words.iter().filter(is_long).count() {
        0 => words.iter().all(|word| has_form_of(line, word)),
        _ => words.iter().filter(is_long).all(|word| has_form_of(line, word)),
    }
}

/// Whether a word stands there, in this form or another: “delegations”, “delegazioni”.
pub(super) fn has_form_of(text: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    let stem = &word[..word.char_indices().next_back().map_or(0, |(at, _)| at)];
    let is_form = |other: &str| other.starts_with(stem) && other.chars().count().abs_diff(word.chars().count()) <= 1;
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(is_form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_does_not_say() {
        let of = |tag: &str, line: &str, values: &[(&'static str, &str)]| {
            let values: Vec<_> = values.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
            Locale::of(tag).map(|locale| unsaid(line, &values, locale)).unwrap_or_default()
        };
        for (tag, line, values, left) in [
            ("en", "1600th Plenary Meeting", vec![("meeting", "1500")], vec!["meeting"]),
            ("en", "Second day", vec![("day", "2"), ("meeting", "33")], vec![]),
            ("ru", "Второй день двадцать второй встречи", vec![("day", "2"), ("meeting", "22")], vec![]),
            ("fr", "Premier jour de la trentième Réunion", vec![("day", "2"), ("meeting", "30")], vec!["day"]),
            ("en", "Tirana and Vienna", vec![("place", "Tirana")], vec![]),
            ("fr", "Malte 2024", vec![("place", "Vienne")], vec!["place"]),
            ("ru", "Делегация Утопии:", vec![("by", "Утопия")], vec![]),
            ("ru", "Делегация Утопии:", vec![("by", "Руритания")], vec!["by"]),
        ] {
            assert_eq!(of(tag, line, &values), left, "{line}");
        }
    }
}
