//! Entries as TOML, in the one form in which registries are kept.

use std::fmt::Write as _;

use super::Instrument;

/// A registry file with these entries.
pub fn to_toml<'a>(entries: impl Iterator<Item = &'a Instrument>) -> String {
    let mut out = String::new();
    for entry in entries {
        if !out.is_empty() {
            out.push('\n');
        }
        one(entry, &mut out);
    }
    out
}

fn one(entry: &Instrument, out: &mut String) {
    out.push_str("[[instrument]]\n");
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{key} = {value}");
        }
    };
    let text = |text: &Option<super::Text>| text.as_deref().map(quoted);
    line("symbol", text(&entry.symbol));
    line("slug", text(&entry.slug));
    line("adopted", entry.adopted.map(|day| day.to_string()));
    line("readings", entry.readings.map(|readings| readings.to_string()));
    line("terminated", entry.terminated.map(|day| day.to_string()));
    line("year", entry.year.map(|year| year.to_string()));
    line("meeting", text(&entry.meeting));
    for (tag, title) in entry.titles.iter() {
        line(&format!("title.{tag}"), Some(quoted(title)));
    }
    for (tag, names) in entry.names.iter() {
        line(&format!("name.{tag}"), Some(list(names)));
    }
    line("paragraphs", entry.paragraphs.map(|number| number.to_string()));
    line("superseded-by", text(&entry.superseded_by));
    line("corrected-by", text(&entry.corrected_by));
    for (key, symbols) in [
        ("amends", &entry.amends),
        ("endorses", &entry.endorses),
        ("recalls", &entry.recalls),
        ("complements", &entry.complements),
    ] {
        line(key, (!symbols.is_empty()).then(|| list(symbols)));
    }
    line("address", text(&entry.address));
    line("seen", entry.seen.map(|seen| quoted(seen.word())));
    line("inferred", text(&entry.inferred));
    line(
        "source",
        Some(match entry.source.as_ref() {
            [one] => quoted(one),
            several => list(several),
        }),
    );
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn list(words: &[super::Text]) -> String {
    format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "))
}
