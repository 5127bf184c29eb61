//! Ordinals in words.

use super::{Locale, capital, starts_with_words};

impl Locale {
    /// Whether words make an ordinal of the number before them: the month of a day, a noun that is counted.
    pub fn makes_ordinal(&self, value: u32, words: &str) -> bool {
        let is_month = |month: &String| {
            let word = words.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            let cut = word.chars().count() >= 3 && month.starts_with(word) && words[word.len()..].starts_with('.');
            value <= 31 && (cut || starts_with_words(words, month))
        };
        self.date.months.iter().any(is_month) || self.ordinal_nouns.iter().any(|noun| words.starts_with(noun.as_str()))
    }

    /// The ordinal `number` in a grammatical form and a case of letters:
    /// `capital` (first letter), `title` (each part), else as in a sentence.
    pub fn ordinal(&self, number: u32, form: &str, case: &str) -> Option<String> {
        let row = self.ordinals.get(form)?.get(number.checked_sub(1)? as usize)?;
        Some(match case {
            "capital" => capital(&row.word),
            "title" => row.title.clone().unwrap_or_else(|| capital(&row.word)),
            _ => row.word.clone(),
        })
    }
}
