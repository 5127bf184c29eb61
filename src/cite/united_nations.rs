//! Resolutions of the United Nations that no registry has: what their number, year
//! and session say.

use jiff::civil::Date;

use super::judgement::Judgement;
use super::state::State;
use crate::registry::Registry;
use crate::syntax::Resolution;

/// The first year of the Security Council and of the General Assembly.
const FIRST: u32 = 1946;

/// The judgement of a resolution that no registry has under its number and year.
pub(super) fn missing(registry: &Registry, resolution: &Resolution, day: Option<Date>) -> Judgement {
    let key = resolution.to_string();
    let judged = match resolution.organ {
        'S' => of_the_council(registry, resolution, &key, day),
        _ => of_the_assembly(registry, &key, day),
    };
    judged.unwrap_or_else(|| {
        let message = format!("`{key}` is in no registry");
        Judgement::new(State::Unverified, message, "check it by hand, or enter it in a registry of your own")
    })
}

fn of_the_council(registry: &Registry, resolution: &Resolution, key: &str, day: Option<Date>) -> Option<Judgement> {
    let number = resolution.number;
    let Some(said) = resolution.year else {
        // Without a year nothing can be compared.
        return (number == 0).then(|| no_such(key, "the first resolution is `S/RES/1 (1946)`"));
    };
    if let Some(year) = registry.year_of_resolution(number) {
        let message = format!("`{key}` has a wrong year: {number} is of {year}");
        let hint = format!("write `{number} ({year})`, or the number that was meant");
        return Some(Judgement::new(State::Mismatch, message, hint));
    }
    let coverage = registry.coverage("S/RES", said);
    if let Some(coverage) = coverage.filter(|coverage| coverage.complete) {
        return Some(no_such(key, &format!("the last of {said} is S/RES/{} ({said})", coverage.highest)));
    }
    if said < FIRST {
        return Some(no_such(key, "the first resolution is `S/RES/1 (1946)`"));
    }
    day.filter(|day| i64::from(said) > i64::from(day.year())).map(|day| later(key, &format!("of {said}"), day))
}

fn no_such(key: &str, why: &str) -> Judgement {
    Judgement::new(State::Nonexistent, format!("there is no `{key}`: {why}"), "check number and year")
}

fn later(key: &str, when: &str, day: Date) -> Judgement {
    let message = format!("`{key}` is {when}, after {day}, the day of this text");
    Judgement::new(State::NotYetAdopted, message, "cite what was in force on that day")
}

/// A resolution of a session that opens after the text.
pub(super) fn of_later_session(key: &str, opens: u32, day: Date) -> Judgement {
    later(key, &format!("of the session that opens in {opens}"), day)
}

/// The year in which the session of a resolution of the Assembly opens. Each opens in
/// September, and goes on into the next year.
pub(super) fn opens(key: &str) -> Option<u32> {
    let (session, _) = key.strip_prefix("A/RES/")?.split_once('/')?;
    session.parse::<u32>().ok().map(|session| session.saturating_add(FIRST - 1))
}

/// A resolution of a session: `A/RES/70/1`.
fn of_the_assembly(registry: &Registry, key: &str, day: Option<Date>) -> Option<Judgement> {
    let (session, number) = key.strip_prefix("A/RES/")?.split_once('/')?;
    let number: u32 = number[..number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len())].parse().ok()?;
    let day = day?;
    let opens = opens(key);
    let year = u32::try_from(day.year()).ok()?;
    if let Some(opens) = opens.filter(|opens| *opens > year) {
        return Some(of_later_session(key, opens, day));
    }
    let known = registry.session(session)?;
    if known.complete && number > known.highest {
        return Some(no_such(key, &format!("the last of the session is {}/{}", known.series, known.highest)));
    }
    let is_over = opens.is_some_and(|opens| opens.saturating_add(1) < year);
    (is_over && number > 0 && number < known.highest).then(|| {
        let message = format!(
            "`{key}` was adopted, by its number; it was never read: `{}/{}` is known",
            known.series, known.highest
        );
        Judgement::new(State::Inferred, message, "")
    })
}
