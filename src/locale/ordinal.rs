//! Ordinals in words.

use super::{Locale, capital};

impl Locale {
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
