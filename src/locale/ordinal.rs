//! Ordinals in words.

use super::{Locale, capital, starts_with_words};

impl Locale {
    /// Whether words make an ordinal of the number before them: the month of a day, a noun that is counted, behind
    /// a second ordinal too; month and year in figures.
    pub fn makes_ordinal(&self, value: u32, words: &str) -> bool {
        let is_month = |month: u32| (1..=12).contains(&month);
        let in_figures = |(month, rest): (u32, &str)| value <= 31 && is_month(month) && begins_year(rest);
        self.is_counted(value, words)
            || ordinal_figures(words).is_some_and(in_figures)
            || second_ordinal(words).is_some_and(|(second, rest)| self.is_counted(second, rest))
    }

    fn is_counted(&self, value: u32, words: &str) -> bool {
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

/// `12. words`: figures with a full stop, and what follows them.
fn ordinal_figures(words: &str) -> Option<(u32, &str)> {
    let figures = words.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=2).contains(end))?;
    let rest = words[figures..].strip_prefix('.')?;
    Some((words[..figures].parse().ok()?, rest.trim_start()))
}

/// The ordinal behind one short word or stroke, “und 3. Dezember”, “/ 25. Juni”.
fn second_ordinal(words: &str) -> Option<(u32, &str)> {
    let (between, rest) = words.split_once(' ')?;
    let is_joint = between.len() <= 4 && !between.contains(|c: char| c.is_uppercase() || c.is_ascii_digit());
    ordinal_figures(rest.trim_start()).filter(|_| is_joint)
}

fn begins_year(words: &str) -> bool {
    words.len() >= 4 && words.bytes().take(4).all(|byte| byte.is_ascii_digit())
}
