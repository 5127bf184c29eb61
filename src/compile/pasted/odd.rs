//! Numbers and letters before a paragraph in forms that are no marker: `2.Second`,
//! `3 . We`, `2- We`, `2 We`, `3.a text`, `(a)text`, `a.- text`.

use crate::syntax::marker::value_of_letter;
use crate::syntax::roman;

/// A beginning that is nearly a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    /// Its bytes, with the blanks after it.
    pub length: usize,
    /// What is meant, with a blank.
    pub right: String,
    /// What it counts.
    pub value: u32,
    /// Whether it is a paragraph's number, else a sub-paragraph's letter.
    pub is_number: bool,
    /// Whether it is figures and nothing else, as in “2 States agreed”.
    pub is_bare: bool,
}

/// The odd marker at the start of a paragraph. Whether it is one is for its
/// neighbours to say.
pub fn odd_marker(text: &str) -> Option<Odd> {
    match text.chars().next()? {
        c if c.is_ascii_digit() => number(text),
        '(' => enclosed(text),
        c if c.is_lowercase() => closed(text),
        _ => None,
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\u{A0}', '\u{202F}']).len()
}

/// `2.Second`, `2)Second`, `2- We`, `3 . We`, `2.) We`, `2° We`
fn number(text: &str) -> Option<Odd> {
    let figures = text.find(|c: char| !c.is_ascii_digit()).filter(|end| *end <= 3)?;
    let value: u32 = text[..figures].parse().ok().filter(|value| *value > 0)?;
    let apart = blanks(&text[figures..]);
    let signs_at = figures + apart;
    let signs = text[signs_at..].find(|c: char| !".)-–—:/°º".contains(c))?;
    let sign = &text[signs_at..signs_at + signs];
    let after = signs_at + signs;
    let gap = blanks(&text[after..]);
    let rest = &text[after + gap..];
    let is_odd = match (sign, apart, gap) {
        ("", 1.., _) => rest.starts_with(char::is_uppercase),
        (".", 0, 1..) | (")", 0, 1..) => false,
        // “2.ª reunión”
        (".", 0, 0) if rest.starts_with(['ª', 'º']) => false,
        (".", 0, 0) if behind_number(rest).is_some() => return behind_number(rest).map(|odd| odd.longer(after)),
        ("." | ")", 0, 0) => begins_word(rest) || begins_item(rest),
        (
            "-" | "–" | "—" | ":" | "/" | "°" | "º" | "." | ")" | ".)" | ".-" | ".–" | "./" | ".." | "°)" | "º)",
            _,
            1..,
        ) => true,
        (".)" | ".-" | ".–", _, 0) => begins_word(rest),
        _ => false,
    };
    let starts =
        rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '«' | '„' | '[')) || begins_item(rest);
    let right = format!("{value}. ");
    (is_odd && starts).then(|| Odd { length: after + gap, right, value, is_number: true, is_bare: sign.is_empty() })
}

/// `3.a text`, `3.b) text`: the letter of a sub-paragraph behind the paragraph's number.
fn behind_number(text: &str) -> Option<Odd> {
    let end = text.find(|c: char| !c.is_lowercase())?;
    let value = value_of_letter(&text[..end]).filter(|_| text[..end].chars().count() == 1)?;
    let signs = text[end..].find(|c: char| !matches!(c, '.' | ')'))?;
    let gap = blanks(&text[end + signs..]);
    (signs <= 1 && gap > 0).then(|| Odd::item(end + signs + gap, format!("({}) ", &text[..end]), value))
}

/// “1.(a) text”
fn begins_item(text: &str) -> bool {
    let item = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    item.is_some_and(|(item, rest)| letter(item).is_some() && rest.starts_with([' ', '\u{A0}']))
}

/// A word, or a single letter that is one: “I agree”, “A plan”.
fn begins_word(text: &str) -> bool {
    if text.starts_with(['“', '«', '„', '[']) {
        return true;
    }
    let word = text.find(|c: char| !c.is_alphabetic()).map_or(text, |end| &text[..end]);
    word.chars().count() >= 2 || !word.is_empty() && text[word.len()..].starts_with(' ')
}

/// `(a)text`, `( a ) text`, `(2.) We`
fn enclosed(text: &str) -> Option<Odd> {
    let close = text.find(')').filter(|close| *close <= 8)?;
    let inside = &text[1..close];
    let item = inside.trim().trim_end_matches('.');
    let gap = blanks(&text[close + 1..]);
    let is_usual = item == inside && gap > 0;
    if is_usual || !begins_word(&text[close + 1 + gap..]) {
        return None;
    }
    let is_figures = !item.is_empty() && item.bytes().all(|byte| byte.is_ascii_digit());
    let value = if is_figures { item.parse().ok()? } else { letter(item)? };
    Some(Odd::item(close + 1 + gap, format!("({item}) "), value))
}

/// `a)text`, `a.- text`, `a.) text`; `ё) text`, which counts nothing.
fn closed(text: &str) -> Option<Odd> {
    let end = text.find(|c: char| !c.is_lowercase()).filter(|end| *end <= 4)?;
    let (item, rest) = text.split_at(end);
    let signs = rest.find(|c: char| !".)-–:".contains(c))?;
    let (sign, rest) = rest.split_at(signs);
    let gap = blanks(rest);
    let length = end + signs + gap;
    let is_letter = item.chars().count() == 1;
    match (sign, gap, letter(item)) {
        (")", 0, Some(value)) if begins_word(rest) => Some(Odd::item(length, format!("{item}) "), value)),
        (".-" | ".–" | ".)" | ")." | ")-" | ")–", 1.., Some(value)) => {
            Some(Odd::item(length, format!("{item}) "), value))
        }
        (")", 1.., None) if is_letter => Some(Odd::item(length, "(#) ".to_owned(), 0)),
        _ => None,
    }
}

impl Odd {
    fn item(length: usize, right: String, value: u32) -> Odd {
        Odd { length, right, value, is_number: false, is_bare: false }
    }

    /// The same behind so many bytes.
    fn longer(self, before: usize) -> Odd {
        Odd { length: self.length + before, ..self }
    }
}

/// What a letter or a Roman numeral of a list counts, in either case.
pub fn item_value(item: &str) -> Option<u32> {
    let small = item.to_lowercase();
    let is_counted = small == "i" || small.chars().count() == 1 || small.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let value = if small == "i" { Some(1) } else { letter(&small) };
    value.filter(|_| is_counted)
}

/// What a letter or a numeral counts; `i` is one.
fn letter(item: &str) -> Option<u32> {
    match item.chars().count() {
        1 if item != "i" => value_of_letter(item),
        _ => roman(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_markers_are_known() {
        for (text, right) in [
            ("2.Second", "2. "),
            ("2)Second", "2. "),
            ("2- We wait", "2. "),
            ("3 . We meet", "3. "),
            ("12 – We meet", "12. "),
            ("2.) We meet", "2. "),
            ("4 ) We meet", "4. "),
            ("(a)text", "(a) "),
            ("( b ) text", "(b) "),
            ("a)text", "a) "),
            ("б)текст", "б) "),
            ("a.- informe", "a) "),
            ("ё) ещё", "(#) "),
            ("2 We meet", "2. "),
            ("1.(a) We meet", "1. "),
            ("5°) Finissons", "5. "),
            ("3.a one", "(a) "),
            ("2.b) two", "(b) "),
        ] {
            assert_eq!(odd_marker(text).map(|odd| odd.right).as_deref(), Some(right), "{text}");
        }
        for text in [
            "2. We",
            "2.ª reunión",
            "2) We",
            "2.5 million",
            "3 – 4 December",
            "3-year plan",
            "(a) text",
            "2026 was",
            "2 states met",
            "a. text",
            "a) text",
            "a - text",
            "(sic)",
            "(+5)text",
        ] {
            assert_eq!(odd_marker(text), None, "{text}");
        }
    }
}
