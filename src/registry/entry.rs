//! Rows as entries: what each key takes, and what contradicts itself.

use std::borrow::Cow;

use jiff::civil::Date;

use super::address::web_address;
use super::resolutions;
use super::rows::{Field, Row};
use super::{Coverage, Instrument, List, Seen, Text};
use crate::diag::{Code, Diagnostic, Diagnostics, likely};
use crate::source::Span;
use crate::syntax;

const KEYS: [&str; 19] = [
    "symbol",
    "slug",
    "adopted",
    "readings",
    "terminated",
    "year",
    "meeting",
    "silence",
    "paragraphs",
    "superseded-by",
    "corrected-by",
    "amends",
    "endorses",
    "recalls",
    "complements",
    "address",
    "seen",
    "inferred",
    "source",
];

fn fault(place: Span, message: impl Into<String>, hint: impl Into<String>, found: &mut Diagnostics) {
    found.push(Diagnostic::new(Code::RegistryEntry, place, message).hint(hint));
}

fn text(row: &Row<'_>, key: &str) -> Option<(String, Span)> {
    row.get(key).map(|field| (syntax::composed(&field.first.0).into_owned(), field.first.1))
}

fn date(row: &Row<'_>, key: &str, found: &mut Diagnostics) -> Option<Date> {
    let (value, place) = text(row, key)?;
    let date = syntax::read_date(&value);
    if date.is_none() {
        fault(place, format!("`{value}` is no day"), "write a day of the calendar as `2011-12-07`", found);
    }
    date
}

fn number(row: &Row<'_>, key: &str, found: &mut Diagnostics) -> Option<u32> {
    let (value, place) = text(row, key)?;
    let number = value.parse().ok();
    if number.is_none() {
        fault(place, format!("`{value}` is no number for `{key}`"), "write a whole number", found);
    }
    number
}

/// A symbol of the organization or of the United Nations, as it stands.
fn symbol((value, place): (String, Span), found: &mut Diagnostics) -> Option<Text> {
    // A series is no instrument.
    let numbered = |symbol: &syntax::Symbol| symbol.number.is_some() || symbol.meeting.is_some();
    if syntax::read_symbol(&value).as_ref().is_some_and(numbered) || resolutions::folded(&value).is_some() {
        return Some(Cow::Owned(value));
    }
    let diagnostic = Diagnostic::new(Code::RegistryEntry, place, format!("`{value}` is no symbol"));
    found.push(match syntax::repaired_symbol(&value).filter(|meant| *meant != value) {
        Some(meant) => diagnostic.hint(format!("write `{meant}`")),
        None => diagnostic.hint("write it as `MC.DEC/5/11`, `PC.DEC/1202`, `S/RES/1325 (2000)` or `A/RES/70/1`"),
    });
    None
}

fn symbols(row: &Row<'_>, key: &str, found: &mut Diagnostics) -> List<Text> {
    let values = row.get(key).into_iter().flat_map(Field::values);
    Cow::Owned(
        values.filter_map(|(value, place)| symbol((syntax::composed(value).into_owned(), *place), found)).collect(),
    )
}

fn one_symbol(row: &Row<'_>, key: &str, found: &mut Diagnostics) -> Option<Text> {
    text(row, key).and_then(|value| symbol(value, found))
}

/// Keys that an instrument does not have, or that have more values than one.
fn keys(row: &Row<'_>, found: &mut Diagnostics) {
    let unknown = |field: &&Field<'_>| {
        let family = field.key.split_once('.').map(|(family, _)| family);
        !KEYS.contains(&field.key.as_ref()) && !matches!(family, Some("title" | "name"))
    };
    for field in row.fields.iter().filter(unknown) {
        let hint = match likely(&field.key, KEYS) {
            Some(key) => format!("did you mean `{key}`?"),
            None => format!("its keys are {}, `title.en` and `name.en` (or another language)", KEYS.join(", ")),
        };
        fault(field.key_place, format!("an instrument has no `{}`", field.key), hint, found);
    }
    // `source` and `name.en` may have several values too.
    for field in &row.fields {
        let single = !["amends", "endorses", "recalls", "complements", "source"].contains(&field.key.as_ref());
        if single && !field.key.starts_with("name.") && field.values().count() > 1 {
            fault(field.key_place, format!("`{}` takes one value", field.key), "keep one of them", found);
        }
    }
}

/// The fields of a family, `title.en`, by the tag of their language.
fn by_language<'r>(row: &'r Row<'_>, family: &'static str) -> impl Iterator<Item = (Text, &'r Field<'r>)> {
    let tag = move |field: &Field<'_>| Some(field.key.strip_prefix(family)?.strip_prefix('.')?.to_owned());
    row.fields.iter().filter_map(move |field| Some((Cow::Owned(tag(field)?), field)))
}

fn texts(field: &Field<'_>) -> List<Text> {
    field.values().map(|(value, _)| Cow::Owned(syntax::composed(value).into_owned())).collect()
}

/// An entry; none where it has no symbol and no slug, or no source.
pub(super) fn instrument(row: &Row<'_>, found: &mut Diagnostics) -> Option<Instrument> {
    keys(row, found);
    let symbol = one_symbol(row, "symbol", found);
    let slug = slug(row, found);
    names(row, found);
    let Some(named) = symbol.as_deref().or(slug.as_deref()) else {
        // One that is none was said to be none.
        if row.get("symbol").is_none() {
            let hint = "write `symbol = \"MC.DEC/5/11\"`, or a `slug` for what has none";
            fault(row.place, "this entry has no symbol", hint, found);
        }
        return None;
    };
    let source = row.get("source").map(texts).unwrap_or_default();
    if source.iter().all(|source| source.trim().is_empty()) {
        let hint = "say where it was read: an address, or the name of the document";
        fault(row.place, format!("`{named}` has no source"), hint, found);
        return None;
    }
    let instrument = Instrument {
        adopted: date(row, "adopted", found),
        terminated: date(row, "terminated", found),
        readings: number(row, "readings", found).and_then(|readings| readings.try_into().ok()),
        year: number(row, "year", found).and_then(|year| year.try_into().ok()),
        meeting: text(row, "meeting").map(|(meeting, _)| Cow::Owned(meeting)),
        paragraphs: number(row, "paragraphs", found),
        superseded_by: one_symbol(row, "superseded-by", found),
        corrected_by: one_symbol(row, "corrected-by", found),
        amends: symbols(row, "amends", found),
        endorses: symbols(row, "endorses", found),
        recalls: symbols(row, "recalls", found),
        complements: symbols(row, "complements", found),
        address: address(row, found),
        inferred: text(row, "inferred").map(|(what, _)| Cow::Owned(what)),
        titles: by_language(row, "title").map(|(tag, field)| (tag, Cow::Owned(field.first.0.to_string()))).collect(),
        names: by_language(row, "name").map(|(tag, field)| (tag, texts(field))).collect(),
        source,
        seen: seen(row, found),
        place: Some(row.place),
        symbol,
        slug,
    };
    contradictions(row, &instrument, found);
    Some(instrument)
}

/// `helsinki-final-act`: a name that no symbol can be taken for.
fn slug(row: &Row<'_>, found: &mut Diagnostics) -> Option<Text> {
    let (slug, place) = text(row, "slug")?;
    let is_slug = slug.starts_with(|c: char| c.is_ascii_lowercase())
        && slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_slug {
        fault(
            place,
            format!("`{slug}` is no slug"),
            "it has small letters, figures and hyphens, as `helsinki-final-act`",
            found,
        );
        return None;
    }
    Some(Cow::Owned(slug))
}

/// Names are found in running text: a common word is none.
fn names(row: &Row<'_>, found: &mut Diagnostics) {
    for field in row.fields.iter().filter(|field| field.key.starts_with("name.")) {
        for (name, place) in field.values() {
            let capital = name.chars().any(char::is_uppercase);
            let letters = name.chars().count();
            // “CEDAW”, “ДОВСЕ”: abbreviations are found in capitals alone.
            let is_abbreviation = letters >= 4 && name.chars().all(char::is_uppercase);
            if !capital || letters < 8 && !is_abbreviation {
                let hint = "write the whole name as it stands in a sentence, as `Helsinki Final Act`";
                fault(*place, format!("`{name}` is too common a word to be found as a name"), hint, found);
            }
        }
    }
}

fn address(row: &Row<'_>, found: &mut Diagnostics) -> Option<Text> {
    let (address, place) = text(row, "address")?;
    match web_address(&address) {
        Ok(address) => Some(Cow::Owned(address)),
        Err((why, cure)) => {
            fault(place, format!("`{}` {why}", without_user(&address)), cure, found);
            None
        }
    }
}

/// An address as messages repeat it, which go to logs: the name of a user, and the password
/// behind it, are nobody's to read there.
fn without_user(address: &str) -> String {
    let (scheme, rest) = address.split_once("//").map_or(("", address), |(scheme, rest)| (scheme, rest));
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}//…{}", &rest[at..]),
        None => address.to_owned(),
    }
}

fn seen(row: &Row<'_>, found: &mut Diagnostics) -> Option<Seen> {
    let (word, place) = text(row, "seen")?;
    let seen = [Seen::Symbol, Seen::Number, Seen::Name].into_iter().find(|seen| seen.word() == word);
    if seen.is_none() {
        let message = format!("`{word}` does not say what was read");
        fault(place, message, "write `symbol`, `number` or `name`", found);
    }
    seen
}

/// What an entry says against itself.
fn contradictions(row: &Row<'_>, instrument: &Instrument, found: &mut Diagnostics) {
    let place = |key: &str| text(row, key).map_or(row.place, |(_, place)| place);
    let key = instrument.key();
    if let (Some(adopted), Some(terminated)) = (instrument.adopted, instrument.terminated)
        && terminated < adopted
    {
        let message = format!("`{key}` is terminated on {terminated}, before it was adopted on {adopted}");
        fault(place("terminated"), message, "one of the two days is wrong", found);
    }
    // A revision is of a later day than the text whose symbol it has.
    let symbol = instrument.symbol.as_deref().and_then(syntax::read_symbol).filter(|s| s.revisions.is_empty());
    if let (Some(adopted), Some(year)) = (instrument.adopted, symbol.as_ref().and_then(syntax::Symbol::full_year))
        && i64::from(year) != i64::from(adopted.year())
    {
        let message = format!("`{key}` is of {year}, but is adopted on {adopted}");
        fault(place("adopted"), message, "the last part of a symbol is the year of adoption", found);
    }
    for (relation, other) in [("superseded-by", &instrument.superseded_by), ("corrected-by", &instrument.corrected_by)]
    {
        if other.as_deref() == Some(key) {
            fault(
                place(relation),
                format!("`{key}` is {} itself", relation.replace('-', " ")),
                "name the other text",
                found,
            );
        }
    }
}

/// A line of coverage.
pub(super) fn coverage(row: &Row<'_>, found: &mut Diagnostics) -> Option<Coverage> {
    let series = text(row, "series");
    let complete = match text(row, "state") {
        Some((state, _)) if state == "complete" => true,
        Some((state, _)) if state == "partial" => false,
        other => {
            let place = other.map_or(row.place, |(_, place)| place);
            fault(place, "a coverage says neither `complete` nor `partial`", "write `state = \"partial\"`", found);
            return None;
        }
    };
    if text(row, "source").is_none() {
        fault(row.place, "this coverage has no source", "say who claims that the year is complete", found);
        return None;
    }
    // Of the General Assembly a session takes the place of the year.
    let session = text(row, "session");
    let (year, highest) = (number(row, "year", found), number(row, "highest", found));
    let year = year.or(session.as_ref().map(|_| 0));
    let series = series.map(|(series, _)| match &session {
        Some((session, _)) => format!("{series}/{session}"),
        None => series,
    });
    let (Some(series), Some(year), Some(highest)) = (series, year, highest) else {
        fault(row.place, "a coverage needs `series`, `year` and `highest`", "as `series = \"MC.DEC\"`", found);
        return None;
    };
    Some(Coverage { series: Cow::Owned(series), year: year.try_into().ok()?, complete, highest })
}
