//! Markers of paragraphs and sub-paragraphs, and what they can mean.

use pest::Parser;
use pest::iterators::Pair;

use super::grammar::{Grammar, Rule};
use crate::source::Span;

/// No marker is longer, in bytes.
const LONGEST: usize = 64;

/// `3.`, `3 bis.`, `(a)`, `–` … before a paragraph.
#[derive(Clone, Debug)]
pub struct Marker {
    /// The marker without the blank after it.
    pub span: Span,
    /// What it says.
    pub kind: MarkerKind,
    /// How it is written.
    pub form: Form,
    /// Whether the number that is typed need not be the one that is printed:
    /// in templates, branches and included texts.
    pub is_free: bool,
}

/// What a marker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkerKind {
    /// `3.`, `3 bis.`, `OP6 alt`; no value in `#.`
    Number {
        /// What a draft puts before it.
        part: Option<DraftPart>,
        /// The typed number.
        value: Option<u32>,
        /// `bis`, `ter`, `a` …
        inserted: Option<String>,
    },
    /// `1.2`: the numbers of all levels.
    Decimal(Vec<u32>),
    /// `(a)`, `iv)`, `A.`, `–`: all that it can mean, most usual first.
    Item {
        /// Kind and value, from 1; none for letters that count nothing, as in `(za)`.
        readings: Vec<(ItemKind, u32)>,
        /// `bis` in `(b bis)`
        inserted: Option<String>,
    },
    /// `(#)`
    AutoItem,
}

/// How a marker is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// `3.`, `#.`, `a.`, `A.`
    Stop,
    /// `(a)`
    Enclosed,
    /// `a)`
    HalfEnclosed,
    /// `–`, `•`
    Dash,
    /// The `©` of a word processor.
    Copyright,
    /// `1.1`, `(5.1)`
    Decimal,
    /// `2-`, `3 .`: no form that a number has.
    Odd,
    /// `OP6 alt`
    Draft,
}

/// The paragraphs that drafts of resolutions count apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DraftPart {
    /// `PP`
    Preambular,
    /// `OP`
    Operative,
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
        let marker = Marker::of(pair.into_inner().next()?, span);
        let counts = !matches!(&marker.kind, MarkerKind::Item { readings, .. } if readings.is_empty());
        counts.then_some(marker)
    }

    /// The marker that a paragraph may begin with whose line has none for the
    /// grammar: `a.`, `1.1`, `9a.`, `OP6 alt`, `2-`. `text` is the paragraph's,
    /// which begins at the start of `span`.
    pub fn offered(text: &str, span: Span) -> Option<Marker> {
        // Most paragraphs begin with a longer word.
        let (first, second) = (text.as_bytes().first()?, text.as_bytes().get(1)?);
        let may = match first {
            b'(' | b'0'..=b'9' => true,
            b'P' | b'O' => *second == b'P',
            b'a'..=b'z' => text[..text.floor_char_boundary(9)].contains('.'),
            0xD0 | 0xD1 => text[..text.floor_char_boundary(5)].contains('.'),
            _ => false,
        };
        may.then(|| Marker::at_start(Rule::offered, text, span)).flatten()
    }

    /// The marker that stands right behind another one, as in `1. (a) text`; `text`
    /// is what follows the first one and begins at the start of `span`.
    pub fn behind(text: &str, span: Span) -> Option<Marker> {
        let marker = Marker::at_start(Rule::behind, text, span)?;
        let counts = match &marker.kind {
            MarkerKind::Item { readings, .. } => !readings.is_empty() && marker.form != Form::Dash,
            MarkerKind::AutoItem => true,
            MarkerKind::Number { .. } | MarkerKind::Decimal(_) => false,
        };
        counts.then_some(marker)
    }

    fn at_start(rule: Rule, text: &str, span: Span) -> Option<Marker> {
        let beginning = &text[..text.floor_char_boundary(LONGEST)];
        let pair = Grammar::parse(rule, beginning).ok()?.next()?.into_inner().next()?;
        let pair = match pair.as_rule() {
            Rule::marker => pair.into_inner().next()?,
            _ => pair,
        };
        let at = pair.as_span();
        Some(Marker::of(pair, span.part(at.start()..at.end())))
    }

    fn of(form: Pair<'_, Rule>, span: Span) -> Marker {
        let text = form.as_str();
        let rule = form.as_rule();
        let (mut numbers, mut inserted) = (Vec::new(), None);
        let (mut part, mut item) = (None, "");
        for piece in form.into_inner() {
            match piece.as_rule() {
                Rule::number => numbers.push(piece.as_str().parse().unwrap_or(u32::MAX)),
                Rule::draft_part if piece.as_str() == "PP" => part = Some(DraftPart::Preambular),
                Rule::draft_part => part = Some(DraftPart::Operative),
                Rule::item | Rule::auto_item => item = piece.as_str(),
                _ => inserted = Some(piece.as_str().to_owned()),
            }
        }
        let number = || MarkerKind::Number { part, value: numbers.first().copied(), inserted: inserted.clone() };
        let read = |text: &str| MarkerKind::Item { readings: readings(text), inserted: inserted.clone() };
        let (kind, form) = match rule {
            Rule::numbered | Rule::auto_numbered | Rule::lettered_number => (number(), Form::Stop),
            Rule::draft_number => (number(), Form::Draft),
            Rule::odd_number => (number(), Form::Odd),
            Rule::decimal => (MarkerKind::Decimal(numbers), Form::Decimal),
            Rule::bullet => (item_of(ItemKind::Dash, 1), Form::Dash),
            Rule::copyright => (item_of(ItemKind::Letter, 3), Form::Copyright),
            Rule::upper_letter => {
                (MarkerKind::Item { readings: capital(text.trim_end_matches('.')), inserted: None }, Form::Stop)
            }
            Rule::stopped => (read(text.trim_end_matches('.')), Form::Stop),
            Rule::lettered_item => {
                // `(9a)` is put in after 9; two letters count nothing.
                let kind = match numbers.first() {
                    Some(&value) => MarkerKind::Item { readings: vec![(ItemKind::Figure, value)], inserted },
                    None => read(text.trim_matches(['(', ')'])),
                };
                (kind, Form::Enclosed)
            }
            _ if item == "#" => (MarkerKind::AutoItem, Form::Enclosed),
            Rule::half_enclosed => (read(item), Form::HalfEnclosed),
            _ => (read(item), Form::Enclosed),
        };
        Marker { span, kind, form, is_free: false }
    }

    /// A dash at the place of another sign.
    pub(super) fn dash(span: Span) -> Marker {
        Marker { span, kind: item_of(ItemKind::Dash, 1), form: Form::Dash, is_free: false }
    }

    /// Whether it begins a numbered paragraph.
    pub fn is_number(&self) -> bool {
        matches!(self.kind, MarkerKind::Number { .. })
    }

    /// Whether it begins a paragraph of an operative part.
    pub fn is_operative(&self) -> bool {
        matches!(self.kind, MarkerKind::Number { part: None | Some(DraftPart::Operative), .. })
    }

    /// Whether this marker is what comes after `before` in the same list.
    pub fn follows(&self, before: &Marker) -> bool {
        match (&before.kind, &self.kind) {
            (
                MarkerKind::Number { part: before, value: first, .. },
                MarkerKind::Number { part, value: next, inserted },
            ) if before == part => match (first, next) {
                (Some(first), Some(next)) => first + 1 == *next || first == next && inserted.is_some(),
                (_, next) => next.is_none(),
            },
            (MarkerKind::Item { readings: first, .. }, MarkerKind::Item { readings: next, .. }) => {
                first.iter().any(|a| next.iter().any(|b| a.0 == b.0 && (a.1 + 1 == b.1 || a.0 == ItemKind::Dash)))
            }
            (MarkerKind::AutoItem, MarkerKind::AutoItem) => true,
            _ => false,
        }
    }
}

fn item_of(kind: ItemKind, value: u32) -> MarkerKind {
    MarkerKind::Item { readings: vec![(kind, value)], inserted: None }
}

/// All that the letters or figures of an item can mean; nothing for those that
/// count nothing.
fn readings(item: &str) -> Vec<(ItemKind, u32)> {
    if let Ok(figure) = item.parse::<u32>() {
        return if figure > 0 { vec![(ItemKind::Figure, figure)] } else { Vec::new() };
    }
    let lower = item.to_lowercase();
    if lower != item {
        return capital(item);
    }
    let mut all: Vec<(ItemKind, u32)> =
        letter(item).into_iter().chain(roman(item).map(|value| (ItemKind::Roman, value))).collect();
    // `i` and what has more than one letter is a numeral; alone, `c`, `v` and
    // the like are letters.
    if item == "i" || item.len() > 1 {
        all.reverse();
    }
    all
}

fn capital(item: &str) -> Vec<(ItemKind, u32)> {
    let Some((kind, value)) = letter(&item.to_lowercase()) else { return Vec::new() };
    let kind = if kind == ItemKind::Letter { ItemKind::Capital } else { ItemKind::CyrillicCapital };
    vec![(kind, value)]
}

/// What the small letter of a list counts.
pub fn value_of_letter(item: &str) -> Option<u32> {
    letter(item).map(|(_, value)| value)
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
        assert_eq!(readings("i"), [(ItemKind::Roman, 1), (ItemKind::Letter, 9)]);
        assert_eq!(readings("c"), [(ItemKind::Letter, 3), (ItemKind::Roman, 100)]);
        assert_eq!(readings("aa"), [(ItemKind::Letter, 27)]);
        assert_eq!(readings("б"), [(ItemKind::Cyrillic, 2)]);
        assert_eq!(readings("to"), []);
    }
}
