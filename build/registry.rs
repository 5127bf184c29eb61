//! The registry as static tables, so that no start pays for reading it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use toml::{Table, Value};

use crate::Result;

pub fn registry(out: &Path) -> Result<()> {
    println!("cargo::rerun-if-changed=registry");
    let mut files: Vec<_> = fs::read_dir("registry")?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let mut instruments = BTreeMap::new();
    let mut rows: BTreeMap<&str, String> = BTreeMap::new();
    for file in files {
        let table: Table =
            fs::read_to_string(&file)?.parse().map_err(|error| format!("{}: {error}", file.display()))?;
        for entry in entries(&table, "instrument") {
            let key = entry.get("symbol").or(entry.get("slug")).and_then(Value::as_str);
            let key = key.ok_or_else(|| format!("{}: an entry without a symbol", file.display()))?;
            if instruments.insert(key.to_owned(), instrument(entry)?).is_some() {
                return Err(format!("{}: {key} is there twice", file.display()).into());
            }
        }
        for entry in entries(&table, "meeting") {
            writeln!(
                rows.entry("MEETINGS: &[Meeting]").or_default(),
                "Meeting {{ code: {}, city: {}, also: {}, year: {} }},",
                text(entry, "code"),
                text(entry, "city"),
                list(entry, "also"),
                date(entry, "end")
                    .or(date(entry, "start"))
                    .map(|(year, ..)| year)
                    .or(year(entry))
                    .ok_or("a meeting without a year")?,
            )?;
        }
        for entry in entries(&table, "coverage") {
            rows.entry("COVERAGE: &[Coverage]").or_default().push_str(&coverage(entry)?);
        }
        for entry in entries(&table, "series") {
            let numbering = entry.get("numbering").and_then(Value::as_str).ok_or("a series without its numbering")?;
            let (first, rest) = numbering.split_at(1);
            writeln!(
                rows.entry("SERIES: &[(Text, Numbering)]").or_default(),
                "({}, Numbering::{}{rest}),",
                text(entry, "name"),
                first.to_uppercase(),
            )?;
            let counted = rows.entry("COUNTING_MEETINGS: &[Text]").or_default();
            if entry.get("counts").and_then(Value::as_str) == Some("meetings") {
                writeln!(counted, "{},", text(entry, "name"))?;
            }
        }
    }
    security_council(&mut rows)?;
    rows.insert("INSTRUMENTS: &[Instrument]", instruments.into_values().collect());
    let mut code = String::new();
    for (table, rows) in rows {
        writeln!(code, "pub(super) static {table} = &[\n{rows}];")?;
    }
    fs::write(out.join("registry.rs"), code)?;
    Ok(())
}

/// A line of coverage: of a year, or of a session, `A/RES/77`.
fn coverage(entry: &Table) -> Result<String> {
    let series = entry.get("series").and_then(Value::as_str).ok_or("a coverage without a series")?;
    let session = entry.get("session").and_then(Value::as_str);
    Ok(format!(
        "Coverage {{ series: {}, year: {}, complete: {}, highest: {} }},\n",
        borrowed(&session.map_or(series.to_owned(), |session| format!("{series}/{session}"))),
        year(entry).or(session.map(|_| 0)).ok_or("a coverage without a year")?,
        entry.get("state").and_then(Value::as_str) == Some("complete"),
        entry.get("highest").and_then(Value::as_integer).ok_or("a coverage without its highest number")?,
    ))
}

/// The resolutions of the Security Council, a row a year: the day of each is its
/// number in the year, 0 where it is not known, and 1000 more where one source
/// alone gives it.
fn security_council(rows: &mut BTreeMap<&str, String>) -> Result<()> {
    let text = fs::read_to_string("registry/un-security-council.txt")?;
    let sources: Vec<String> = text.lines().filter_map(|line| line.strip_prefix("#   ")).map(borrowed).collect();
    writeln!(rows.entry("SECURITY_COUNCIL_SOURCES: &[Text]").or_default(), "{},", sources.join(", "))?;
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let wrong = || format!("un-security-council.txt: {line}");
        let (head, days) = line.split_once(": ").ok_or_else(wrong)?;
        let [year, state, first] = head.split(' ').collect::<Vec<_>>()[..] else { return Err(wrong().into()) };
        let (year, first): (u16, usize) = (year.parse()?, first.parse()?);
        let days: Vec<String> =
            days.split(' ').map(|day| of_year(year, day).ok_or_else(wrong)).collect::<std::result::Result<_, _>>()?;
        let last = first + days.len() - 1;
        writeln!(
            rows.entry("SECURITY_COUNCIL: &[(u16, u32, &[u16])]").or_default(),
            "({year}, {first}, &[{}]),",
            days.join(",")
        )?;
        writeln!(
            rows.entry("COVERAGE: &[Coverage]").or_default(),
            "Coverage {{ series: Cow::Borrowed(\"S/RES\"), year: {year}, complete: {}, highest: {last} }},",
            state == "complete"
        )?;
    }
    Ok(())
}

/// `04-30` as the number of a day in its year.
fn of_year(year: u16, day: &str) -> Option<String> {
    const BEFORE: [u16; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    if day == "?" {
        return Some("0".to_owned());
    }
    let (month, of_month) = day.trim_end_matches('*').split_once('-')?;
    let (month, of_month): (usize, u16) = (month.parse().ok()?, of_month.parse().ok()?);
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let number = BEFORE.get(month.checked_sub(1)?)? + of_month + u16::from(is_leap && month > 2);
    Some((number + if day.ends_with('*') { 1000 } else { 0 }).to_string())
}

fn entries<'a>(table: &'a Table, name: &str) -> impl Iterator<Item = &'a Table> {
    table.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

fn instrument(entry: &Table) -> Result<String> {
    let by_language = |key: &str, value: fn(&Value) -> String| {
        let table = entry.get(key).and_then(Value::as_table);
        let rows: String = table
            .into_iter()
            .flatten()
            .map(|(tag, words)| format!("({}, {}), ", borrowed(tag), value(words)))
            .collect();
        format!("Cow::Borrowed(&[{rows}])")
    };
    let adopted =
        date(entry, "adopted").map_or("None".to_owned(), |(y, m, d)| format!("Some(jiff::civil::date({y}, {m}, {d}))"));
    let seen = match entry.get("seen").and_then(Value::as_str) {
        Some("symbol") => "Symbol",
        Some("number") => "Number",
        Some("name") => "Name",
        other => return Err(format!("seen = {other:?}").into()),
    };
    let mut code = String::from("Instrument { ");
    for key in ["symbol", "slug", "meeting", "superseded-by", "corrected-by", "address", "inferred"] {
        write!(code, "{}: {}, ", key.replace('-', "_"), optional(entry, key))?;
    }
    for key in ["amends", "endorses", "recalls", "complements"] {
        write!(code, "{key}: {}, ", list(entry, key))?;
    }
    write!(code, "adopted: {adopted}, terminated: None, year: {:?}, paragraphs: None, ", year(entry))?;
    let readings = entry.get("readings").and_then(Value::as_integer);
    write!(code, "readings: {readings:?}, ")?;
    write!(code, "titles: {}, ", by_language("title", |title| borrowed(title.as_str().unwrap_or_default())))?;
    write!(code, "names: {}, ", by_language("name", borrowed_list))?;
    write!(code, "source: {}, ", list(entry, "source"))?;
    writeln!(code, "seen: Some(Seen::{seen}), place: None }},")?;
    Ok(code)
}

fn borrowed(text: &str) -> String {
    format!("Cow::Borrowed({text:?})")
}

fn borrowed_list(value: &Value) -> String {
    let one = value.as_str().into_iter().map(borrowed);
    let many = value.as_array().into_iter().flatten().filter_map(Value::as_str).map(borrowed);
    format!("Cow::Borrowed(&[{}])", one.chain(many).collect::<Vec<_>>().join(", "))
}

fn text(entry: &Table, key: &str) -> String {
    borrowed(entry.get(key).and_then(Value::as_str).unwrap_or_default())
}

fn optional(entry: &Table, key: &str) -> String {
    entry.get(key).and_then(Value::as_str).map_or("None".to_owned(), |text| format!("Some({})", borrowed(text)))
}

fn list(entry: &Table, key: &str) -> String {
    entry.get(key).map_or("Cow::Borrowed(&[])".to_owned(), borrowed_list)
}

fn year(entry: &Table) -> Option<u16> {
    entry.get("year").and_then(Value::as_integer).and_then(|year| year.try_into().ok())
}

fn date(entry: &Table, key: &str) -> Option<(u16, u8, u8)> {
    let date = entry.get(key)?.as_datetime()?.date?;
    Some((date.year, date.month, date.day))
}
