//! Markers of paragraphs and sub-paragraphs, and what they can mean.

use pest::iterators::Pair;

use super::grammar::Rule;
use crate::source::Span;

/// `3.`, `3 bis.`, `(a)`, `–` … before a paragraph.
#[derive(Clone, Debug)]
pub struct Marker {
    /// The marker without the blank after it.
    pub span: Span,
    /// What it says.
    pub kind: MarkerKind,
    /// Whether the number that is typed need not be the one that is printed:
    /// in templates, branches and included texts.
    pub is_free: bool,
}

/// What a marker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkerKind {
    /// `3.`, `3 bis.`; no value in `#.`
    Number {
        /// The typed number.
        value: Option<u32>,
        /// `bis`, `ter` …
        inserted: Option<String>,
    },
    /// `(a)`, `iv)`, `A.`, `–`: all that it can mean, most usual first.
    Item {
        /// Kind and value, from 1.
        readings: Vec<(ItemKind, u32)>,
        /// Whether it is the `©` of a word processor.
        copyright: bool,
    },
    /// `(#)`
    AutoItem,
}

/// How the items of one list are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// a, b, … z, aa
    Letter,
    /// i, ii, iii
    Roman,
    /// 1, 2, 3
    Figure,
    /// A, B, C
    Capital,
    /// а, б, в
    Cyrillic,
    /// А, Б, В
    CyrillicCapital,
    /// – – –
    Dash,
}

/// The letters that Russian lists count with: all but ё, й, ъ, ы, ь.
const CYRILLIC: &str = "абвгдежзиклмнопрстуфхцчшщэюя";

impl Marker {
    /// Reads what the grammar found at `span`; none where letters stand there
    /// that count nothing, as in `(to)`.
    pub(super) fn read(pair: Pair<'_, Rule>, span: Span) -> Option<Marker> {
        let form = pair.into_inner().next()?;
        let text = form.as_str();
        let kind = match form.as_rule() {
            Rule::numbered => {
                let (mut value, mut inserted) = (None, None);
                for part in form.into_inner() {
                    match part.as_rule() {
                        Rule::number => value = part.as_str().parse().ok(),
                        _ => inserted = Some(part.as_str().to_owned()),
                    }
                }
                MarkerKind::Number { value, inserted }
            }
            Rule::auto_numbered => MarkerKind::Number { value: None, inserted: None },
            Rule::bullet => MarkerKind::Item { readings: vec![(ItemKind::Dash, 1)], copyright: false },
            Rule::copyright => MarkerKind::Item { readings: vec![(ItemKind::Letter, 3)], copyright: true },
            Rule::upper_letter => MarkerKind::Item { readings: capital(text.trim_end_matches('.'))?, copyright: false },
            _ if text == "(#)" => MarkerKind::AutoItem,
            _ => MarkerKind::Item { readings: readings(text.trim_matches(['(', ')']))?, copyright: false },
        };
        Some(Marker { span, kind, is_free: false })
    }

    /// Whether it begins a numbered paragraph.
    pub fn is_number(&self) -> bool {
        matches!(self.kind, MarkerKind::Number { .. })
    }

    /// Whether this marker is what comes after `before` in the same list.
    pub(super) fn follows(&self, before: &Marker) -> bool {
        match (&before.kind, &self.kind) {
            (MarkerKind::Number { value: first, .. }, MarkerKind::Number { value: next, inserted }) => {
                match (first, next) {
                    (Some(first), Some(next)) => first + 1 == *next || first == next && inserted.is_some(),
                    (_, next) => next.is_none(),
                }
            }
            (MarkerKind::Item { readings: first, .. }, MarkerKind::Item { readings: next, .. }) => {
                first.iter().any(|a| next.iter().any(|b| a.0 == b.0 && (a.1 + 1 == b.1 || a.0 == ItemKind::Dash)))
            }
            (MarkerKind::AutoItem, MarkerKind::AutoItem) => true,
            _ => false,
        }
    }
}

fn readings(item: &str) -> Option<Vec<(ItemKind, u32)>> {
    if let Ok(figure) = item.parse::<u32>() {
        return (figure > 0).then(|| vec![(ItemKind::Figure, figure)]);
    }
    let lower = item.to_lowercase();
    let mut all: Vec<(ItemKind, u32)> = if lower == item {
        letter(item).into_iter().chain(roman(item).map(|value| (ItemKind::Roman, value))).collect()
    } else {
        capital(item)?
    };
    // `i` and what has more than one letter is a numeral; alone, `c`, `v` and
    // the like are letters.
    if item == "i" || item.len() > 1 {
        all.reverse();
    }
    (!all.is_empty()).then_some(all)
}

fn capital(item: &str) -> Option<Vec<(ItemKind, u32)>> {
    let (kind, value) = letter(&item.to_lowercase())?;
    let kind = if kind == ItemKind::Letter { ItemKind::Capital } else { ItemKind::CyrillicCapital };
    Some(vec![(kind, value)])
}

/// `a` is 1, `z` 26, `aa` 27; the same with the letters of Russian lists.
fn letter(item: &str) -> Option<(ItemKind, u32)> {
    let mut signs = item.chars();
    let (first, second) = (signs.next()?, signs.next());
    if signs.next().is_some() || second.is_some_and(|second| second != first) {
        return None;
    }
    let (kind, letters) = if first.is_ascii_lowercase() {
        (ItemKind::Letter, "abcdefghijklmnopqrstuvwxyz")
    } else {
        (ItemKind::Cyrillic, CYRILLIC)
    };
    let at = u32::try_from(letters.chars().position(|c| c == first)?).ok()?;
    let round = u32::try_from(letters.chars().count()).ok()?;
    Some((kind, at + 1 + if second.is_some() { round } else { 0 }))
}

const NUMERALS: [(u32, &str); 9] =
    [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];

/// The value of a lower-case roman numeral below 400; none for letters that
/// are no such numeral.
pub fn roman(text: &str) -> Option<u32> {
    let (mut value, mut rest) = (0, text);
    for (worth, sign) in NUMERALS {
        while let Some(after) = rest.strip_prefix(sign) {
            (value, rest) = (value + worth, after);
        }
    }
    (value > 0 && value < 400 && rest.is_empty() && to_roman(value) == text).then_some(value)
}

/// A number as a lower-case roman numeral.
pub fn to_roman(mut value: u32) -> String {
    let mut text = String::new();
    for (worth, sign) in NUMERALS {
        while value >= worth {
            text.push_str(sign);
            value -= worth;
        }
    }
    text
}

impl ItemKind {
    /// The marker of the item `value` without brackets: `c`, `iii`, `3`, `C`,
    /// `в`, `–`.
    pub fn text(self, value: u32) -> String {
        match self {
            ItemKind::Letter => letters("abcdefghijklmnopqrstuvwxyz", value),
            ItemKind::Capital => letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", value),
            ItemKind::Cyrillic => letters(CYRILLIC, value),
            ItemKind::CyrillicCapital => letters(CYRILLIC, value).to_uppercase(),
            ItemKind::Roman => to_roman(value),
            ItemKind::Figure => value.to_string(),
            ItemKind::Dash => "–".to_owned(),
        }
    }
}

fn letters(alphabet: &str, value: u32) -> String {
    let all: Vec<char> = alphabet.chars().collect();
    let at = value.saturating_sub(1) as usize;
    let letter = all[at % all.len()];
    std::iter::repeat_n(letter, at / all.len() + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_read_back() {
        for value in 1..400 {
            assert_eq!(roman(&to_roman(value)), Some(value));
        }
        assert_eq!(roman("iiii"), None);
        assert_eq!(roman("civil"), None);
    }

    #[test]
    fn a_lone_letter_is_read_as_it_is_mostly_meant() {
        assert_eq!(readings("i"), Some(vec![(ItemKind::Roman, 1), (ItemKind::Letter, 9)]));
        assert_eq!(readings("c"), Some(vec![(ItemKind::Letter, 3), (ItemKind::Roman, 100)]));
        assert_eq!(readings("aa"), Some(vec![(ItemKind::Letter, 27)]));
        assert_eq!(readings("б"), Some(vec![(ItemKind::Cyrillic, 2)]));
        assert_eq!(readings("to"), None);
    }
}
