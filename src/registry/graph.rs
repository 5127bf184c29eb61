//! The entries together: relations that lead nowhere, or in a circle.

use std::collections::HashSet;

use super::{Instrument, Registry};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// The entry that stands at the end of what superseded this one, itself where
/// nothing did; with all that stands between.
pub(super) fn successors<'a>(registry: &'a Registry, first: &'a Instrument) -> Vec<&'a Instrument> {
    let mut chain = Vec::new();
    let mut seen = HashSet::from([first.key()]);
    let mut at = first;
    while let Some(next) = at.superseded_by.as_deref().and_then(|symbol| registry.get(symbol)) {
        if !seen.insert(next.key()) {
            break;
        }
        chain.push(next);
        at = next;
    }
    chain
}

pub(super) fn check(registry: &Registry, found: &mut Diagnostics) {
    beyond_the_last(registry, found);
    other_years(registry, found);
    // Each entry is walked over once: those that were found to end are known.
    let mut done: HashSet<&str> = HashSet::new();
    for first in registry.own() {
        let mut path: Vec<&Instrument> = Vec::new();
        let mut on_path: HashSet<&str> = HashSet::new();
        let mut at = Some(first);
        while let Some(entry) = at {
            if done.contains(entry.key()) {
                break;
            }
            if !on_path.insert(entry.key()) {
                let before = |other: &&&Instrument| other.key() != entry.key();
                circle(&path[path.iter().take_while(before).count()..], entry, found);
                break;
            }
            path.push(entry);
            at = entry.superseded_by.as_deref().and_then(|symbol| registry.get(symbol));
        }
        done.extend(on_path);
        let Some(place) = first.place else { continue };
        let single = [("replaced", &first.superseded_by), ("corrected", &first.corrected_by)];
        for (done, symbol) in single {
            let Some(symbol) = symbol else { continue };
            if registry.get(symbol).is_none() {
                let message = format!("`{}` was {done} by `{symbol}`, which no registry has", first.key());
                found.push(
                    Diagnostic::new(Code::RegistryRelation, place, message).hint("enter it too, with its source"),
                );
            }
        }
    }
}

/// An entry above what a coverage calls the last of its year.
fn beyond_the_last(registry: &Registry, found: &mut Diagnostics) {
    for entry in registry.own() {
        let Some(symbol) = entry.symbol.as_deref().and_then(crate::syntax::read_symbol) else { continue };
        let (Some(place), Some(year), Some(number)) = (entry.place, symbol.full_year(), symbol.number) else {
            continue;
        };
        let coverage = registry.coverage(&symbol.series(), year).filter(|coverage| coverage.complete);
        if let Some(coverage) = coverage.filter(|coverage| number > coverage.highest) {
            let message =
                format!("`{}` is beyond {}, which is called the last of {year}", entry.key(), coverage.highest);
            found.push(
                Diagnostic::new(Code::RegistryEntry, place, message)
                    .hint("correct `highest` of the coverage, or the symbol"),
            );
        }
    }
}

/// Resolutions of the Security Council with the year of another.
fn other_years(registry: &Registry, found: &mut Diagnostics) {
    for entry in registry.own() {
        let rest = entry.key().strip_prefix("S/RES/").and_then(|rest| rest.split_once('('));
        let (Some((number, year)), Some(place)) = (rest, entry.place) else { continue };
        let (Ok(number), Ok(year)) = (number.trim().parse(), year.trim().trim_end_matches(')').parse::<u32>()) else {
            continue;
        };
        let known = registry.year_of_resolution(number);
        let last = registry.coverage("S/RES", year).filter(|coverage| coverage.complete);
        let why = match (known, last) {
            (Some(known), _) if known != year => format!("{number} is of {known}"),
            (None, Some(last)) => format!("the last of {year} is {}", last.highest),
            _ => continue,
        };
        let message = format!("`{}` cannot be: {why}", entry.key());
        found.push(Diagnostic::new(Code::RegistryEntry, place, message).hint("correct number or year of the symbol"));
    }
}

/// Entries that replace each other, up to the one that leads `back` to the first.
fn circle(path: &[&Instrument], back: &Instrument, found: &mut Diagnostics) {
    let names: Vec<&str> = path.iter().map(|entry| entry.key()).chain([back.key()]).collect();
    let mut places = path.iter().filter_map(|entry| entry.place.map(|place| (place, entry.key())));
    let Some((first, _)) = places.next() else { return };
    let message = format!("instruments replace each other in a circle: {}", names.join(" → "));
    let mut diagnostic = Diagnostic::new(Code::RegistryCycle, first, message)
        .hint("one of them is not superseded: delete its `superseded-by`");
    for (place, key) in places {
        diagnostic = diagnostic.other(place, format!("`{key}` is entered here"));
    }
    found.push(diagnostic);
}
