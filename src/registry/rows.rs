//! TOML and CSV as rows of fields, each with its place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// An entry as it stands in a file.
pub(super) struct Row {
    /// `instrument` or `coverage`.
    pub table: &'static str,
    pub place: Span,
    pub fields: Vec<Field>,
}

/// A key and what is given for it. `title.en` is one key.
pub(super) struct Field {
    pub key: String,
    pub key_place: Span,
    /// Several where a list was written.
    pub values: Vec<(String, Span)>,
}

impl Row {
    pub fn get(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// The tables that a registry may have.
const TABLES: [&str; 2] = ["instrument", "coverage"];

pub(super) fn of_toml(text: &str, file: FileId, found: &mut Diagnostics) -> Vec<Row> {
    let place = |range: Range<usize>| Span::new(file, range.start.min(text.len())..range.end.min(text.len()));
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let message = format!("this is not TOML: {}", error.message());
        found.push(
            Diagnostic::new(Code::RegistrySyntax, place(error.span().unwrap_or_default()), message)
                .hint("an entry is `[[instrument]]`, and below it lines as `symbol = \"MC.DEC/5/11\"`"),
        );
    }
    let mut rows = Vec::new();
    for (key, value) in table.get_ref() {
        let name = TABLES.iter().find(|table| **table == key.get_ref().as_ref());
        let (Some(name), Some(entries)) = (name, value.get_ref().as_array()) else {
            let message = format!("a registry has no `{}`", key.get_ref());
            found.push(
                Diagnostic::new(Code::RegistryEntry, place(key.span()), message)
                    .hint("it has entries `[[instrument]]` and `[[coverage]]`"),
            );
            continue;
        };
        for entry in entries.iter() {
            let Some(table) = entry.get_ref().as_table() else { continue };
            let mut fields = Vec::new();
            collect("", table, &place, &mut fields);
            rows.push(Row { table: name, place: place(entry.span()), fields });
        }
    }
    // Tables are sorted by their names, entries are not: places decide.
    rows.sort_by_key(|row| row.place.start);
    rows
}

fn collect(prefix: &str, table: &DeTable<'_>, place: &dyn Fn(Range<usize>) -> Span, fields: &mut Vec<Field>) {
    for (key, value) in table {
        let name = format!("{prefix}{}", key.get_ref());
        match value.get_ref() {
            // `title.en`: one level, and no more.
            DeValue::Table(inner) if prefix.is_empty() => collect(&format!("{name}."), inner, place, fields),
            DeValue::Array(list) => {
                let values = list.iter().map(|item| (plain(item), place(item.span()))).collect();
                fields.push(Field { key: name, key_place: place(key.span()), values });
            }
            _ => fields.push(Field {
                key: name,
                key_place: place(key.span()),
                values: vec![(plain(value), place(value.span()))],
            }),
        }
    }
}

fn plain(value: &Spanned<DeValue<'_>>) -> String {
    match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Datetime(day) => day.to_string(),
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Array(_) | DeValue::Table(_) => String::new(),
    }
}

pub(super) fn of_csv(text: &str, file: FileId, found: &mut Diagnostics) -> Vec<Row> {
    let delimiter = delimiter(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let heads: Vec<String> = match reader.headers() {
        Ok(heads) => heads.iter().map(|head| head.trim().trim_start_matches('\u{FEFF}').to_lowercase()).collect(),
        Err(_) => return Vec::new(),
    };
    let first_line = Span::new(file, 0..text.find('\n').unwrap_or(text.len()));
    if !heads.iter().any(|head| head == "symbol" || head == "slug") {
        found.push(
            Diagnostic::new(Code::RegistrySyntax, first_line, "the first line names no column `symbol`")
                .hint("the first line of a CSV names its columns: symbol,adopted,title.en,source …"),
        );
        return Vec::new();
    }
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let place = Span::new(file, start..start);
                let message = format!("this line is not CSV: {error}");
                found.push(
                    Diagnostic::new(Code::RegistrySyntax, place, message)
                        .hint("put quotation marks around a value with a comma"),
                );
                break;
            }
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len()).min(text.len());
        // Empty lines are passed over by the reader, but not by its position.
        let start = start + text[start..end].len() - text[start..end].trim_start_matches(['\r', '\n']).len();
        let line = text[start..end].trim_end_matches(['\r', '\n']);
        let place = Span::new(file, start..start + line.len());
        if record.len() > heads.len() {
            let message = format!("this line has {} values for {} columns", record.len(), heads.len());
            found.push(
                Diagnostic::new(Code::RegistrySyntax, place, message)
                    .hint("put quotation marks around a value with a comma"),
            );
            continue;
        }
        let places = cells(line, delimiter);
        let mut fields = Vec::new();
        for (at, value) in record.iter().enumerate() {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let cell = places.get(at).map_or(place, |range| place.part(range.clone()));
            // A list in a cell is divided by semicolons.
            let values =
                value.split(';').map(|item| (item.trim().to_owned(), cell)).filter(|(item, _)| !item.is_empty());
            let values = if heads[at].starts_with("title") { vec![(value.to_owned(), cell)] } else { values.collect() };
            fields.push(Field { key: heads[at].clone(), key_place: cell, values });
        }
        rows.push(Row { table: "instrument", place, fields });
    }
    rows
}

/// Spreadsheets divide by commas, semicolons or tabs.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    if count('\t') > 0 {
        b'\t'
    } else if count(';') > count(',') {
        b';'
    } else {
        b','
    }
}

/// Where the cells of a line stand, their quotation marks not counted.
fn cells(line: &str, delimiter: u8) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            _ if byte == delimiter && !quoted => {
                cells.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    cells.push(start..line.len());
    for cell in &mut cells {
        let inside = &line[cell.clone()];
        if inside.len() >= 2 && inside.starts_with('"') && inside.ends_with('"') {
            *cell = cell.start + 1..cell.end - 1;
        }
    }
    cells
}
