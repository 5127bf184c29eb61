//! Resolutions of the United Nations: one form for all spellings of a symbol, and
//! those of the Security Council, of which number, year and day are compiled in.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use jiff::ToSpan;
use jiff::civil::date;

use super::built_in::{self, SECURITY_COUNCIL, SECURITY_COUNCIL_SOURCES};
use super::{Instrument, Seen};

/// So much is added to the day of a resolution of which one source alone gives it.
const ONE_SOURCE: u16 = 1000;
/// There are not more years than these in the table.
const MOST_YEARS: usize = 128;

/// One form for the spellings of a symbol: `A/RES/III/217A` for
/// `A/RES/217(III)[A]` and `A/RES/217 A (III)`; none where it is no symbol of a
/// resolution.
pub(super) fn folded(symbol: &str) -> Option<String> {
    let organ = symbol.get(..6).filter(|organ| matches!(*organ, "S/RES/" | "A/RES/"))?;
    let signs = symbol[6..].chars().filter(|c| !c.is_whitespace() && !matches!(c, '[' | ']'));
    let rest: String = signs.collect();
    let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let (outer, inner) = match rest.split_once('(') {
        Some((before, rest)) => {
            let (inside, after) = rest.split_once(')')?;
            (format!("{before}{after}"), Some(inside))
        }
        None => (rest.clone(), None),
    };
    if inner.is_some_and(|inside| inside.is_empty() || !inside.chars().all(is_sign)) {
        return None;
    }
    let has_number = |number: &str| number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(is_sign);
    match (outer.split_once('/'), inner) {
        // Of a session: `A/RES/70/1`, `A/RES/ES-11/1`.
        (Some((session, number)), None) => {
            let is_session = !session.is_empty() && session.chars().all(is_sign);
            (is_session && has_number(number)).then(|| format!("{organ}{session}/{number}"))
        }
        (None, Some(inside)) if has_number(&outer) && inside.starts_with(|c: char| c.is_ascii_digit()) => {
            Some(format!("{organ}{outer}({inside})"))
        }
        (None, Some(inside)) if has_number(&outer) => Some(format!("{organ}{inside}/{outer}")),
        (None, None) if has_number(&outer) => Some(format!("{organ}{outer}")),
        _ => None,
    }
}

/// The entry that comes along, by the folded symbol.
pub(super) fn find(folded_symbol: &str) -> Option<&'static Instrument> {
    static ASSEMBLY: LazyLock<HashMap<String, &'static Instrument>> = LazyLock::new(|| {
        let all = built_in::with_prefix("A/RES/").iter();
        all.filter_map(|entry| Some((folded(entry.symbol.as_deref()?)?, entry))).collect()
    });
    if folded_symbol.starts_with('S') {
        return security_council(folded_symbol);
    }
    ASSEMBLY.get(folded_symbol).copied()
}

/// The year of a resolution of the Security Council, by its number.
pub(super) fn year_of(number: u32) -> Option<u16> {
    let years = SECURITY_COUNCIL.partition_point(|(_, first, _)| *first <= number);
    let (year, first, days) = SECURITY_COUNCIL.get(years.checked_sub(1)?)?;
    (usize::try_from(number - first).ok()? < days.len()).then_some(*year)
}

/// The entry of a resolution of the Security Council, by its folded symbol, with or
/// without its year.
fn security_council(folded: &str) -> Option<&'static Instrument> {
    let rest = folded.strip_prefix("S/RES/")?;
    let (number, year) = rest.split_once('(').unwrap_or((rest, ""));
    let number: u32 = number.parse().ok()?;
    let of_number = year_of(number)?;
    if !year.is_empty() && year.trim_end_matches(')').parse() != Ok(of_number) {
        return None;
    }
    let at = SECURITY_COUNCIL.iter().position(|(year, ..)| *year == of_number)?;
    let (_, first, _) = SECURITY_COUNCIL.get(at)?;
    of_year(at).get(usize::try_from(number - first).ok()?)
}

/// All of them, in their order.
pub(super) fn all_of_the_council() -> impl Iterator<Item = &'static Instrument> {
    (0..SECURITY_COUNCIL.len()).flat_map(of_year)
}

/// The entries of a year, made when one of them is asked for.
fn of_year(at: usize) -> &'static [Instrument] {
    static YEARS: [OnceLock<Box<[Instrument]>>; MOST_YEARS] = [const { OnceLock::new() }; MOST_YEARS];
    let (Some(kept), Some((year, first, days))) = (YEARS.get(at), SECURITY_COUNCIL.get(at)) else { return &[] };
    kept.get_or_init(|| (*first..).zip(*days).map(|(number, day)| entry(*year, number, *day)).collect())
}

fn entry(year: u16, number: u32, day: u16) -> Instrument {
    let of_year = i64::from(day % ONE_SOURCE);
    let start = i16::try_from(year).ok().map(|year| date(year, 1, 1));
    Instrument {
        symbol: Some(Cow::Owned(format!("S/RES/{number} ({year})"))),
        year: Some(year),
        adopted: start.filter(|_| of_year > 0).and_then(|start| start.checked_add((of_year - 1).days()).ok()),
        readings: (of_year > 0).then_some(if day > ONE_SOURCE { 1 } else { 2 }),
        source: Cow::Borrowed(SECURITY_COUNCIL_SOURCES),
        seen: Some(Seen::Symbol),
        ..Instrument::default()
    }
}
