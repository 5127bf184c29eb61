//! Whether what is cited exists, is the right one, and is in force on a day.

use jiff::civil::Date;

use super::cited::What;
pub use super::judgement::Judgement;
use super::judgement::{Compared, Most};
use super::series;
use super::state::State;
use super::united_nations;
use crate::registry::{Instrument, Numbering, Registry, unrevised};
use crate::syntax::{Symbol, read_symbol};

/// The entry of what is cited; of a text that is entered only as corrected or
/// revised, that entry.
pub fn entry_of<'r>(registry: &'r Registry, what: &What) -> Option<&'r Instrument> {
    match what {
        What::Symbol(symbol) => registry.find(symbol).or_else(|| {
            let revised = registry.revisions(symbol);
            symbol.revisions.is_empty().then(|| revised.first().copied()).flatten()
        }),
        What::Named(key) => registry.get(key).or_else(|| {
            let symbol = read_symbol(key)?;
            registry.revisions(&symbol).first().copied()
        }),
        What::Resolution(resolution) => registry.get(&resolution.to_string()),
        What::Open(..) | What::Unread(_) => None,
    }
}

/// Judges what is cited at a day; `pinpoint` is the place in it.
pub fn judge(registry: &Registry, what: &What, pinpoint: Option<&str>, day: Option<Date>) -> Judgement {
    let key = what.key();
    let symbol = match what {
        What::Symbol(symbol) => Some(symbol.clone()),
        What::Named(key) => read_symbol(key),
        What::Resolution(_) | What::Open(..) | What::Unread(_) => None,
    };
    let Some(entry) = entry_of(registry, what) else {
        return match what {
            What::Resolution(resolution) => united_nations::missing(registry, resolution, day),
            What::Symbol(_) | What::Named(_) | What::Open(..) | What::Unread(_) => {
                missing(registry, &key, symbol.as_ref(), day)
            }
        };
    };
    let by_series = |judgement: Judgement| match &symbol {
        Some(symbol) if judgement.state == State::Unverified => {
            series::inferred(registry, symbol, day).unwrap_or(judgement)
        }
        _ => judgement,
    };
    if let Some(judgement) = adoption(registry, &key, symbol.as_ref(), entry, day) {
        return by_series(judgement);
    }
    let by = if matches!(what, What::Named(_)) { Compared::Name } else { Compared::Number };
    let at = if entry.adopted.is_some() { Compared::Day } else { Compared::Year };
    let found = in_force(registry, what, symbol.as_ref(), entry, pinpoint, day);
    Judgement { compared: vec![by, at], ..found.unwrap_or_else(Judgement::valid) }
}

/// What is wrong with an instrument that was adopted by the day.
fn in_force(
    registry: &Registry,
    what: &What,
    symbol: Option<&Symbol>,
    entry: &Instrument,
    pinpoint: Option<&str>,
    day: Option<Date>,
) -> Option<Judgement> {
    let key = what.key();
    if let Some(most) = entry.paragraphs
        && let Some(pinpoint) = pinpoint
        && let Some(beyond) = highest(pinpoint).filter(|asked| *asked > most)
    {
        let message = format!("`{key}` has {most} paragraphs, and no paragraph {beyond}");
        return Some(Judgement::new(State::OutOfRange, message, format!("name one of its paragraphs 1 to {most}")));
    }
    if let Some(end) = entry.terminated
        && day.is_some_and(|day| end <= day)
    {
        let message = format!("`{key}` has not been in force since {end}");
        return Some(Judgement::new(State::Terminated, message, allow_hint(State::Terminated, &key)));
    }
    let is_named = matches!(what, What::Named(_));
    replacement(registry, &key, symbol, is_named, entry, day).or_else(|| correction(registry, &key, symbol, entry))
}

fn allow_hint(state: State, key: &str) -> String {
    format!(
        "cite what is in force; if it is cited on purpose, say so in the header: `allow: {} {key} – why`",
        state.name()
    )
}

/// The highest paragraph that a pinpoint names.
fn highest(pinpoint: &str) -> Option<u32> {
    // Behind a section’s number: “IV.40”.
    let behind = |part: &'_ str| part.rsplit('.').next().unwrap_or_default().to_owned();
    let paragraph = |part: &str| behind(part).chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok();
    pinpoint.split([',', '-']).filter_map(paragraph).max()
}

fn full_year(symbol: &Symbol, registry: &Registry) -> Option<u32> {
    symbol.full_year().or_else(|| registry.respelled(symbol)?.full_year()).or_else(|| {
        let meeting = registry.meeting(&format!("{}({})", symbol.body, symbol.meeting?))?;
        Some(u32::from(meeting.year))
    })
}

/// The day that a text is judged at, and that of what it cites.
fn adoption(
    registry: &Registry,
    key: &str,
    symbol: Option<&Symbol>,
    entry: &Instrument,
    day: Option<Date>,
) -> Option<Judgement> {
    let unknown = |why: &str| {
        let hint = "enter it with its day in a registry of your own, or check by hand";
        Some(Judgement::new(State::Unverified, format!("`{key}`: {why}"), hint))
    };
    let Some(day) = day else { return unknown("no day to judge it at") };
    let year = symbol.and_then(|symbol| full_year(symbol, registry)).or(entry.year.map(u32::from));
    let opens = united_nations::opens(entry.key());
    let day_year = u32::try_from(day.year()).unwrap_or(0);
    if let Some(adopted) = entry.adopted {
        return (adopted > day).then(|| {
            let message = format!("`{key}` was adopted on {adopted}, after {day}, the day of this text");
            let judgement = Judgement::new(State::NotYetAdopted, message, "cite what was in force on that day");
            // The year of the symbol, or of its session, is enough where it is a later one.
            let rests_on_day = entry.is_read_once() && year.or(opens).is_none_or(|year| year <= day_year);
            if rests_on_day { judgement.at_most(Most::Warning) } else { judgement }
        });
    }
    match year {
        Some(year) if year < day_year => None,
        Some(year) if year > day_year => Some(later(key, year, day)),
        Some(year) => {
            unknown(&format!("the day in {year} on which it was adopted is not known, and this text is of {year} too"))
        }
        None => match opens {
            Some(opens) if opens > day_year => Some(united_nations::of_later_session(key, opens, day)),
            Some(opens) if opens.saturating_add(1) < day_year => None,
            _ => unknown("the day of its adoption is not known"),
        },
    }
}

fn later(key: &str, year: u32, day: Date) -> Judgement {
    let message = format!("`{key}` is of {year}, after {day}, the day of this text");
    Judgement::new(State::NotYetAdopted, message, "cite what was in force on that day")
}

/// What no registry has.
fn missing(registry: &Registry, key: &str, symbol: Option<&Symbol>, day: Option<Date>) -> Judgement {
    let Some(symbol) = symbol else {
        let message = format!("`{key}` is in no registry");
        let hint = "check it by hand, or enter it in a registry of your own";
        return Judgement::new(State::Unverified, message, hint);
    };
    let series = symbol.series();
    let year = full_year(symbol, registry);
    if let (Some(year), Some(day)) = (year, day)
        && i64::from(year) > i64::from(day.year())
    {
        return later(key, year, day);
    }
    if let Some(judgement) = series::inferred(registry, symbol, day) {
        return judgement;
    }
    if series::is_paper(symbol) {
        let message = format!("`{key}` is a paper of {series}, which no registry has");
        let hint = "look whether its number is right; this is said once for the papers of a series";
        return Judgement::new(State::Unverified, message, hint).at_most(Most::Remark);
    }
    let coverage = year.and_then(|year| registry.coverage(&series, year));
    match (coverage, year) {
        (Some(coverage), Some(year)) if coverage.complete && symbol.revisions.is_empty() => {
            let message = match symbol.number {
                Some(number) if number > coverage.highest => {
                    format!(
                        "there is no `{key}`: the last of {year} is {series}/{}/{:02}",
                        coverage.highest,
                        year % 100
                    )
                }
                _ => format!("there is no `{key}`: the registry has all of {series} of {year}"),
            };
            let hint = match near(registry, symbol) {
                Some(near) => format!("is `{near}` meant?"),
                None => "check number and year".to_owned(),
            };
            Judgement::new(State::Nonexistent, message, hint)
        }
        (_, Some(year)) if registry.numbering(&series).is_some_and(|n| n != Numbering::Running) => {
            let message = format!("`{key}` is in no registry, which does not have all of {series} of {year}");
            let hint = "check it by hand, or enter it in a registry of your own";
            Judgement::new(State::Unverified, message, hint)
        }
        _ => {
            let message = format!("`{key}` is in no registry, and not all of {series} is known");
            Judgement::new(State::Unverified, message, "check it by hand, or enter it in a registry of your own")
        }
    }
}

/// A known instrument of the same number and kind: another year or body.
fn near(registry: &Registry, symbol: &Symbol) -> Option<String> {
    let turned = symbol.number.zip(symbol.year).filter(|(number, _)| *number < 100);
    let turned = turned.map(|(number, year)| Symbol { number: Some(year), year: Some(number), ..symbol.clone() });
    let other_kind = match symbol.kind.as_str() {
        "DEC" => Some(Symbol { kind: "DOC".to_owned(), ..symbol.clone() }),
        "DOC" => Some(Symbol { kind: "DEC".to_owned(), ..symbol.clone() }),
        _ => None,
    };
    let candidates = [other_kind, turned];
    candidates.into_iter().flatten().map(|near| near.to_string()).find(|near| registry.get(near).is_some())
}

/// What took the place of an instrument.
fn replacement(
    registry: &Registry,
    key: &str,
    symbol: Option<&Symbol>,
    is_named: bool,
    entry: &Instrument,
    day: Option<Date>,
) -> Option<Judgement> {
    // What was adopted later does not count yet.
    let counts = |next: &Instrument| next.adopted.is_none_or(|adopted| day.is_none_or(|day| adopted <= day));
    let mut chain: Vec<&Instrument> = registry.successors(entry).into_iter().take_while(|next| counts(next)).collect();
    if chain.is_empty()
        && let Some(symbol) = symbol.filter(|symbol| symbol.revisions.is_empty())
    {
        let revised = registry.revisions(symbol).into_iter().rev().find(|r| r.key().contains("/Rev.") && counts(r));
        chain.extend(revised);
    }
    let last = chain.last()?;
    // A name is that of all its editions.
    if is_named && unrevised(last.key()) == unrevised(key) {
        return None;
    }
    let way: Vec<String> = chain.iter().map(|next| format!("`{}`", next.key())).collect();
    let message = match way.as_slice() {
        [one] => format!("`{key}` was replaced by {one}"),
        several => format!("`{key}` was replaced by {}", several.join(", then by ")),
    };
    let hint = format!(
        "cite `{}`; if the old text is meant, say so in the header: `allow: superseded {key} – why`",
        last.key()
    );
    Some(Judgement::new(State::Superseded, message, hint))
}

/// A corrected edition.
fn correction(registry: &Registry, key: &str, symbol: Option<&Symbol>, entry: &Instrument) -> Option<Judgement> {
    let symbol = symbol.filter(|symbol| symbol.revisions.is_empty())?;
    let corrected = entry.corrected_by.clone().map(|by| by.into_owned()).or_else(|| {
        let revised = registry.revisions(symbol).into_iter().rev().find(|revised| revised.key().contains("/Corr."));
        revised.map(|last| last.key().to_owned())
    })?;
    let message = format!("`{key}` was corrected: its text is that of `{corrected}`");
    Some(Judgement::new(State::Corrected, message, "make sure that what you rely on is in the corrected text"))
}
