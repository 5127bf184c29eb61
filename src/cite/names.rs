//! Instruments that go by a name, “the Helsinki Final Act”.

use std::collections::BTreeSet;
use std::ops::Range;

use super::cited::{Cited, Problem, What};
use super::saying;
use crate::locale::Locale;
use crate::registry::{Registry, Text, base_of, unrevised};
use crate::syntax::citation::{self, Stopped};

/// The names by which instruments go in a language.
pub(super) struct NameIndex {
    /// By how they begin; of those that begin alike the longest first.
    names: Vec<(Beginning, Name)>,
    /// Two characters with which one of them is written, as bits: most words of a text are none.
    written: [u64; WRITTEN / 64],
}

/// The first characters of a name, in small letters.
type Beginning = [char; 4];

/// A name, and what it names.
struct Name {
    words: Text,
    key: Text,
    /// Whether it is a common noun too, and written in small letters.
    common: bool,
}

/// So many bytes may stand between a name and its symbol in parentheses:
/// “… of the Organization for Security and Co-operation in Europe (”.
const BESIDE: usize = 120;

/// How many bits tell pairs of characters apart.
const WRITTEN: usize = 4096;

impl NameIndex {
    pub fn of(registry: &Registry, language: &str) -> NameIndex {
        let common = Locale::of(language).map(|locale| locale.cited.common_names.iter());
        let common: BTreeSet<String> = common.into_iter().flatten().map(|name| name.to_lowercase()).collect();
        let is_common = |name: &str| !common.is_empty() && common.contains(&name.to_lowercase());
        let mut index = NameIndex { names: Vec::new(), written: [0; WRITTEN / 64] };
        for entry in registry.worded() {
            let names = entry.names(language);
            if names.is_empty() {
                continue;
            }
            // What a correction is called is called what it corrects.
            let corrected = entry.symbol.as_deref().and_then(base_of);
            let key = corrected.map(Text::Owned).or_else(|| entry.symbol.clone()).or_else(|| entry.slug.clone());
            let Some(key) = key else { continue };
            for name in names {
                for words in joined(name).into_iter().chain([name.clone()]) {
                    index.insert(Name { common: is_common(&words), key: key.clone(), words });
                }
            }
        }
        index.names.sort_by(|(a, one), (b, other)| a.cmp(b).then(other.words.len().cmp(&one.words.len())));
        index
    }

    fn insert(&mut self, name: Name) {
        let mut letters = name.words.chars();
        if let (Some(first), Some(second)) = (letters.next(), letters.next()) {
            let small = lower(first);
            let pairs = [(first, second), (small, second), (small, lower(second)), (upper(first), upper(second))];
            for (first, second) in pairs {
                let bit = pair(first, second);
                self.written[bit / 64] |= 1 << (bit % 64);
            }
        }
        self.names.push((beginning(&name.words), name));
    }

    /// The names that begin as a text does, in any case.
    fn beside(&self, text: &str) -> &[(Beginning, Name)] {
        let mut letters = text.chars();
        let bit = pair(letters.next().unwrap_or_default(), letters.next().unwrap_or_default());
        if self.written[bit / 64] >> (bit % 64) & 1 == 0 {
            return &[];
        }
        let sought = beginning(text);
        let from = self.names.partition_point(|(known, _)| *known < sought);
        let count = self.names[from..].iter().take_while(|(known, _)| *known == sought).count();
        &self.names[from..from + count]
    }

    /// Instruments that go by a name.
    pub fn named(
        &self,
        text: &str,
        locale: &Locale,
        pins: &[(Range<usize>, String)],
        list: usize,
        all: &mut Vec<Cited>,
    ) {
        let mut at = 0;
        let mut names: Vec<Cited> = Vec::new();
        // Both apostrophes are one; they are not of one length.
        while let Some(word) = citation::next_word(text, at) {
            let rest = &text[word..];
            at = word + rest.chars().next().map_or(1, char::len_utf8);
            let known = self.beside(rest);
            let Some((length, name)) = at_start(known, rest) else {
                let is_free = |end: usize| !all.iter().any(|cited| cited.words.start < end && word < cited.words.end);
                if let Some((length, stopped)) =
                    of_another_year(known, rest).filter(|(length, _)| is_free(word + length))
                {
                    at = word + length;
                    let what = What::Unread(super::cited::in_one_line(&rest[..length]));
                    let problem = Some(Problem::Unread(stopped));
                    names.push(Cited { problem, ..Cited::at(word..at, what, list + names.len()) });
                }
                continue;
            };
            let mut words = word..word + length;
            let number = words.clone();
            at = words.end;
            let after = citation::after_name(&text[words.end..], &locale.language);
            let taken = all.iter().any(|cited| cited.words.start < words.end && words.start < cited.words.end);
            if taken || after.of_another && !begins_with_date(&text[words.end..], locale) {
                continue;
            }
            let before = pins.iter().find(|(range, _)| {
                text.get(range.end..words.start).is_some_and(|between| is_ours_alone(between, locale))
            });
            let mut pinpoint = None;
            if let Some((range, pin)) = before {
                words.start = range.start;
                pinpoint = Some(pin.clone());
            } else if let Some((pin, length)) = after.pinpoint {
                words.end += length;
                pinpoint = Some(pin);
            }
            if name.common && !is_ours(&text[..word], &text[word + length..], pinpoint.as_deref(), locale) {
                continue;
            }
            let date = after.dated.map(|place| place.start + number.end..place.end + number.end);
            let date = date.or_else(|| year_before(&text[..word]));
            let dated = date.and_then(|place| Some((saying::date(locale, &text[place.clone()])?, place)));
            let named = Cited::at(words, What::Named(name.key.to_string()), list + names.len());
            names.push(Cited { pinpoint, number, dated, ..named });
        }
        all.extend(names);
        all.sort_by_key(|cited| cited.words.start);
        // “the Astana Commemorative Declaration (SUM.DOC/1/10)” is one.
        all.dedup_by(|second, first| {
            let between = text.get(first.words.end..second.words.start).unwrap_or_default();
            let same = matches!(first.what, What::Named(_))
                && unrevised(&first.what.key()) == unrevised(&second.what.key())
                && between.ends_with('(')
                && between.len() <= BESIDE
                && !between.contains([',', '.', ';', ':']);
            if same {
                first.words.end = second.words.end + usize::from(text[second.words.end..].starts_with(')'));
                // “…, dont le paragraphe 6” behind both.
                let place = citation::after_name(&text[first.words.end..], &locale.language).pinpoint;
                if let Some((pin, length)) = place.filter(|_| first.pinpoint.is_none()) {
                    first.pinpoint = Some(pin);
                    first.words.end += length;
                }
            }
            same
        });
    }
}

/// The longest of some names with which a text begins, and its length.
fn at_start<'n>(names: &'n [(Beginning, Name)], text: &str) -> Option<(usize, &'n Name)> {
    names.iter().find_map(|(_, name)| {
        let rest = name.after(text, &name.words)?;
        let ends_word = !rest.starts_with(|c: char| c.is_alphanumeric());
        ends_word.then(|| (text.len() - rest.len(), name))
    })
}

/// “Vienna Document 2012”: a name that is known of other years alone, with its length.
fn of_another_year(names: &[(Beginning, Name)], text: &str) -> Option<(usize, Stopped)> {
    let with_a_year = names.iter().filter_map(|(_, name)| {
        let at = name.words.find(|c: char| c.is_ascii_digit())?;
        let year = name.words.get(at..at + 4).filter(|year| is_year(year))?;
        let rest = name.after(text, &name.words[..at])?;
        let said = rest.get(..4).filter(|year| is_year(year))?;
        let ends_word = !rest[4..].starts_with(|c: char| c.is_alphanumeric());
        (ends_word && at > 0).then(|| (text.len() - rest.len() + 4, said, year.to_owned()))
    });
    let with_a_year: Vec<(usize, &str, String)> = with_a_year.collect();
    let (end, said, _) = *with_a_year.iter().max_by_key(|(end, ..)| *end)?;
    let known: BTreeSet<String> =
        with_a_year.iter().filter(|(other, ..)| *other == end).map(|(.., year)| year.clone()).collect();
    (!known.contains(said)).then(|| (end, Stopped::Year(known.into_iter().collect())))
}

impl Name {
    /// What follows words of the name at the start of a text, in one of the ways in which it is written: with a small
    /// letter where it has several words, in capitals, and a common noun in small letters.
    fn after<'t>(&self, text: &'t str, words: &str) -> Option<&'t str> {
        let small = if self.common { after(text, words, false, lower) } else { None };
        let written = after(text, words, starts_a_sentence(&self.words), |c| c);
        small.or(written).or_else(|| after(text, words, false, upper))
    }
}

/// Whether a name of several words begins with one that is no abbreviation.
fn starts_a_sentence(name: &str) -> bool {
    let mut letters = name.chars();
    let is_word = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    is_word && name.contains(' ')
}

fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

fn upper(c: char) -> char {
    if c.is_ascii() { c.to_ascii_uppercase() } else { c.to_uppercase().next().unwrap_or(c) }
}

fn pair(first: char, second: char) -> usize {
    (first as usize * 61 + second as usize) % WRITTEN
}

fn beginning(text: &str) -> Beginning {
    let mut letters = text.chars().map(|c| lower(same(c)));
    std::array::from_fn(|_| letters.next().unwrap_or_default())
}

/// Apostrophes are one, and blanks are.
fn same(c: char) -> char {
    match c {
        '\'' => '’',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Whether a day in words follows, “vom fünften Dezember 1994”: not whose it is.
fn begins_with_date(text: &str, locale: &Locale) -> bool {
    let words = text.split_whitespace().take(DAY);
    let is_month = |word: &str| locale.date.months.iter().any(|month| month.as_str() == word.trim_end_matches(','));
    words.take_while(|word| word.ends_with(char::is_alphanumeric)).any(is_month)
}

/// “of the fifth of December”, in words.
const DAY: usize = 5;

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// “the 1976 Helsinki Final Act”: the year that ends a text.
fn year_before(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim_end();
    let start = trimmed.rfind(char::is_whitespace).map_or(0, |blank| trimmed.ceil_char_boundary(blank + 1));
    let beside = trimmed.len() < text.len() && is_year(&trimmed[start..]);
    beside.then_some(start..trimmed.len())
}

/// A name as French joins it to another with an H, too.
fn joined(name: &str) -> Vec<Text> {
    let pairs = [(" de H", " d’H"), (" d’H", " de H"), (" d'H", " de H")];
    let others = pairs.iter().filter(|(one, _)| name.contains(one)).map(|(one, other)| name.replace(one, other));
    others.map(Text::Owned).collect()
}

/// Whether a common noun is the name of ours: the organization stands beside it,
/// or a place in it that only the Rules of Procedure have.
fn is_ours(before: &str, after: &str, pinpoint: Option<&str>, locale: &Locale) -> bool {
    let short = locale.organization().unwrap_or_default();
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(BEFORE))..];
    let after = &after[..after.floor_char_boundary(AFTER)];
    let after = after.split(['.', ';', ',']).next().unwrap_or_default();
    let is_named = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == short);
    let has_name = locale.cited.organization_names.iter().any(|name| after.contains(name.as_str()));
    let is_form = |pin: &str| pin.contains('.') || pin.starts_with(|c: char| c.is_ascii_uppercase());
    is_named(near) || is_named(after) || has_name || pinpoint.is_some_and(is_form)
}

/// How far from a common noun the organization may stand, in bytes.
const BEFORE: usize = 16;
const AFTER: usize = 60;

/// What follows a name at the start of a text, whatever its apostrophes and blanks, its letters in a case; the first
/// of them may be a small one.
fn after<'t>(text: &'t str, name: &str, starts_small: bool, case: fn(char) -> char) -> Option<&'t str> {
    let mut rest = text.chars();
    for (at, expected) in name.chars().enumerate() {
        let (sign, expected) = (same(rest.next()?), same(expected));
        let fits = sign == case(expected) || at == 0 && starts_small && sign == lower(expected);
        if !fits {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Between a place and a name at most our abbreviation stands: “Article 19 ICCPR”.
fn is_ours_alone(between: &str, locale: &Locale) -> bool {
    let between = between.trim();
    between.is_empty() || locale.organization() == Some(between)
}
