//! Instruments that go by a name, “the Helsinki Final Act”.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cited::{Cited, Problem, What};
use super::saying;
use crate::locale::Locale;
use crate::registry::{Registry, base_of, unrevised};
use crate::syntax::citation::{self, Stopped};

/// The names by which instruments go in a language, sorted.
pub(super) struct NameIndex {
    /// By how they begin.
    names: BTreeMap<String, Beginning>,
    /// Names that are common nouns too, in small letters.
    common: BTreeSet<String>,
}

/// What names begin alike.
#[derive(Default)]
struct Beginning {
    /// Each with what it names, the longest first.
    names: Vec<(String, String)>,
    /// What stands before the year of those that have one, and the years.
    of_years: BTreeMap<String, BTreeSet<String>>,
}

/// So many bytes may stand between a name and its symbol in parentheses:
/// “… of the Organization for Security and Co-operation in Europe (”.
const BESIDE: usize = 120;

/// By so many characters names are looked up.
const FIRST: usize = 4;

impl NameIndex {
    pub fn of(registry: &Registry, language: &str) -> NameIndex {
        let mut names: BTreeMap<String, Beginning> = BTreeMap::new();
        let common = Locale::of(language).map(|locale| locale.cited.common_names.iter());
        let common: BTreeSet<String> = common.into_iter().flatten().map(|name| name.to_lowercase()).collect();
        let mut insert = |name: String, key: &str| {
            let known = names.entry(name.chars().take(FIRST).collect()).or_default();
            if let Some(at) = name.find(|c: char| c.is_ascii_digit()).filter(|at| *at > FIRST)
                && let Some(year) = name.get(at..at + 4).filter(|year| is_year(year))
            {
                known.of_years.entry(name[..at].to_owned()).or_default().insert(year.to_owned());
            }
            known.names.push((name, key.to_owned()));
        };
        for entry in registry.worded() {
            for name in entry.names(language) {
                // What a correction is called is called what it corrects.
                let key = entry.symbol.as_deref().and_then(base_of);
                let key = key.unwrap_or_else(|| entry.key().to_owned());
                let name = name.replace('\'', "’");
                insert(name.to_uppercase(), &key);
                let is_common = common.contains(&name.to_lowercase());
                if is_common {
                    insert(name.to_lowercase(), &key);
                }
                for name in spellings(&name) {
                    insert(name, &key);
                }
            }
        }
        for known in names.values_mut() {
            known.names.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        NameIndex { names, common }
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
            let Some(known) = self.names.get(&rest.chars().take(FIRST).collect::<String>()) else { continue };
            let Some((length, key)) = known.at_start(rest) else {
                let is_free = |end: usize| !all.iter().any(|cited| cited.words.start < end && word < cited.words.end);
                if let Some((length, stopped)) =
                    known.of_another_year(rest).filter(|(length, _)| is_free(word + length))
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
            if self.common.contains(&text[word..word + length].to_lowercase())
                && !is_ours(&text[..word], &text[word + length..], pinpoint.as_deref(), locale)
            {
                continue;
            }
            let date = after.dated.map(|place| place.start + number.end..place.end + number.end);
            let date = date.or_else(|| year_before(&text[..word]));
            let dated = date.and_then(|place| Some((saying::date(locale, &text[place.clone()])?, place)));
            let named = Cited::at(words, What::Named(key.to_owned()), list + names.len());
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
            }
            same
        });
    }
}

impl Beginning {
    /// The longest name with which a text begins: its length, and what it names.
    fn at_start(&self, text: &str) -> Option<(usize, &str)> {
        self.names.iter().find_map(|(name, key)| {
            let rest = after(text, name)?;
            let ends_word = !rest.starts_with(|c: char| c.is_alphanumeric());
            ends_word.then(|| (text.len() - rest.len(), key.as_str()))
        })
    }

    /// “Vienna Document 2012”: a name that is known of other years alone, with its length.
    fn of_another_year(&self, text: &str) -> Option<(usize, Stopped)> {
        self.of_years.iter().rev().find_map(|(stem, years)| {
            let rest = after(text, stem)?;
            let year = rest.get(..4).filter(|year| is_year(year))?;
            let end = text.len() - rest.len() + 4;
            let ends_word = !rest[4..].starts_with(|c: char| c.is_alphanumeric());
            let known = years.iter().cloned().collect();
            (ends_word && !years.contains(year)).then_some((end, Stopped::Year(known)))
        })
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

/// A name as it is written: with a small letter where it has several words, and
/// as French joins it to a name with an H.
fn spellings(name: &str) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    for (one, other) in [(" de H", " d’H"), (" d’H", " de H")] {
        if name.contains(one) {
            all.push(name.replace(one, other));
        }
    }
    let mut letters = name.chars();
    if name.contains(' ')
        && let (Some(first), Some(second)) = (letters.next(), letters.next())
        && first.is_uppercase()
        && second.is_lowercase()
    {
        let small = |name: &String| first.to_lowercase().chain(name.chars().skip(1)).collect();
        all.extend(all.iter().map(small).collect::<Vec<_>>());
    }
    all
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

/// What follows a name at the start of a text, whatever its apostrophes and
/// blanks.
fn after<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for expected in name.chars() {
        let sign = rest.next()?;
        let same = sign == expected || expected == '’' && sign == '\'' || expected == ' ' && is_blank(sign);
        if !same {
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

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}
