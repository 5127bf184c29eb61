//! TOML and CSV as rows of fields, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::data::table;
use crate::diag::{Code, Diagnostic, Diagnostics, TomlFault};
use crate::source::{FileId, Span};

/// An entry as it stands in a file. A hundred thousand of them borrow what
/// they can from the text.
pub(super) struct Row<'t> {
    /// `instrument` or `coverage`.
    pub table: &'static str,
    pub place: Span,
    pub fields: Vec<Field<'t>>,
}

/// A key and what is given for it. `title.en` is one key.
pub(super) struct Field<'t> {
    pub key: Cow<'t, str>,
    pub key_place: Span,
    /// The first of the values, or the only one.
    pub first: (Cow<'t, str>, Span),
    /// The others, where a list was written.
    pub others: Vec<(Cow<'t, str>, Span)>,
}

impl<'t> Field<'t> {
    pub fn values(&self) -> impl Iterator<Item = &(Cow<'t, str>, Span)> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// A field of a list; none where it is empty.
    fn of(key: Cow<'t, str>, key_place: Span, values: impl Iterator<Item = (Cow<'t, str>, Span)>) -> Option<Field<'t>> {
        let mut values = values;
        let first = values.next()?;
        Some(Field { key, key_place, first, others: values.collect() })
    }
}

impl<'t> Row<'t> {
    pub fn get(&self, key: &str) -> Option<&Field<'t>> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// The keys that take several values; in a CSV semicolons divide them.
const LISTS: [&str; 4] = ["amends", "endorses", "recalls", "complements"];

/// The tables that a registry may have.
const TABLES: [&str; 2] = ["instrument", "coverage"];

/// How many bytes of entries are parsed at once, so that the parser's tree of a
/// large registry is never there whole.
const PIECE: usize = 256 << 10;

pub(super) fn of_toml<'t>(text: &'t str, file: FileId, found: &mut Diagnostics) -> Vec<Row<'t>> {
    let mut rows = Vec::new();
    let good = pieces(text).into_iter().all(|piece| {
        let (table, errors) = DeTable::parse_recoverable(&text[piece.clone()]);
        let known = |(key, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
            TABLES.contains(&key.get_ref().as_ref()) && value.get_ref().as_array().is_some()
        };
        let is_good = errors.is_empty() && table.get_ref().iter().all(known);
        if is_good {
            entries(table.get_ref(), &|range| at(file, text, range, piece.start), &mut rows, found);
        }
        is_good
    });
    if good {
        return rows;
    }
    // An error is said as it is in the whole; a line `[[…]]` may stand in a
    // text of several lines.
    rows.clear();
    let place = |range: Range<usize>| at(file, text, range, 0);
    let (table, errors) = DeTable::parse_recoverable(text);
    for TomlFault { at, message, cure, first, .. } in
        TomlFault::of(text, errors.iter().map(|error| (error.span(), error.message())))
    {
        let of_entry = || "an entry is `[[instrument]]`, and below it lines as `symbol = \"MC.DEC/5/11\"`".to_owned();
        let finding = Diagnostic::new(Code::RegistrySyntax, place(at), message).hint(cure.unwrap_or_else(of_entry));
        found.push(match first {
            Some(first) => finding.other(place(first), "it stands here first"),
            None => finding,
        });
    }
    entries(table.get_ref(), &place, &mut rows, found);
    rows
}

/// A range of a piece that starts at `start`, as a place of the file.
fn at(file: FileId, text: &str, range: Range<usize>, start: usize) -> Span {
    Span::new(file, (range.start + start).min(text.len())..(range.end + start).min(text.len()))
}

/// Divides a file where entries begin.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while text.len() - start > PIECE {
        let from = text.floor_char_boundary(start + PIECE);
        let Some(entry) = text[from..].find("\n[[") else { break };
        pieces.push(start..from + entry + 1);
        start = from + entry + 1;
    }
    pieces.push(start..text.len());
    pieces
}

fn entries<'t>(
    table: &DeTable<'t>,
    place: &dyn Fn(Range<usize>) -> Span,
    rows: &mut Vec<Row<'t>>,
    found: &mut Diagnostics,
) {
    let before = rows.len();
    for (key, value) in table {
        let name = TABLES.iter().find(|table| **table == key.get_ref().as_ref());
        let (Some(name), Some(list)) = (name, value.get_ref().as_array()) else {
            let message = format!("a registry has no `{}`", key.get_ref());
            found.push(
                Diagnostic::new(Code::RegistryEntry, place(key.span()), message)
                    .hint("it has entries `[[instrument]]` and `[[coverage]]`"),
            );
            continue;
        };
        for entry in list.iter() {
            let Some(table) = entry.get_ref().as_table() else { continue };
            let mut fields = Vec::new();
            collect("", table, place, &mut fields);
            rows.push(Row { table: name, place: place(entry.span()), fields });
        }
    }
    // Tables are sorted by their names, entries are not: places decide.
    rows[before..].sort_by_key(|row| row.place.start);
}

fn collect<'t>(prefix: &str, table: &DeTable<'t>, place: &dyn Fn(Range<usize>) -> Span, fields: &mut Vec<Field<'t>>) {
    for (key, value) in table {
        let name = match prefix {
            "" => key.get_ref().clone(),
            prefix => Cow::Owned(format!("{prefix}{}", key.get_ref())),
        };
        let key_place = place(key.span());
        match value.get_ref() {
            // `title.en`: one level, and no more.
            DeValue::Table(inner) if prefix.is_empty() => collect(&format!("{name}."), inner, place, fields),
            DeValue::Array(list) => {
                let values = list.iter().map(|item| (plain(item), place(item.span())));
                fields.extend(Field::of(name, key_place, values));
            }
            _ => fields.extend(Field::of(name, key_place, std::iter::once((plain(value), place(value.span()))))),
        }
    }
}

fn plain<'t>(value: &Spanned<DeValue<'t>>) -> Cow<'t, str> {
    match value.get_ref() {
        DeValue::String(text) => text.clone(),
        DeValue::Integer(number) => Cow::Owned(number.as_str().to_owned()),
        DeValue::Datetime(day) => Cow::Owned(day.to_string()),
        DeValue::Boolean(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
        DeValue::Float(number) => Cow::Owned(number.as_str().to_owned()),
        DeValue::Array(_) | DeValue::Table(_) => Cow::Borrowed(""),
    }
}

pub(super) fn of_csv<'t>(text: &'t str, file: FileId, found: &mut Diagnostics) -> Vec<Row<'t>> {
    let delimiter = table::delimiter(text);
    let mut lines = table::rows(text, delimiter);
    let Some(Ok(first)) = lines.next() else { return Vec::new() };
    let first_line = Span::new(file, first.clone());
    let heads = table::cells_of(&text[first], delimiter);
    let heads: Vec<String> = heads.map(|(head, _)| head.trim().trim_start_matches('\u{FEFF}').to_lowercase()).collect();
    if !heads.iter().any(|head| head == "symbol" || head == "slug") {
        found.push(
            Diagnostic::new(Code::RegistrySyntax, first_line, "the first line names no column `symbol`")
                .hint("the first line of a CSV names its columns: symbol,adopted,title.en,source …"),
        );
        return Vec::new();
    }
    if let Some(head) = heads.iter().enumerate().find_map(|(at, head)| heads[..at].contains(head).then_some(head)) {
        let message = format!("the first line names the column `{head}` twice");
        found.push(Diagnostic::new(Code::RegistrySyntax, first_line, message).hint("delete one of the columns"));
    }
    let mut rows = Vec::new();
    for line in lines {
        let Ok(line) = line else { break };
        let place = Span::new(file, line.clone());
        let cells: Vec<(String, Range<usize>)> = table::cells_of(&text[line], delimiter).collect();
        if cells.len() > heads.len() {
            let message = format!("this line has {} values for {} columns", cells.len(), heads.len());
            found.push(
                Diagnostic::new(Code::RegistrySyntax, place, message)
                    .hint("put quotation marks around a value with a comma"),
            );
            continue;
        }
        let mut fields = Vec::new();
        for (head, (value, range)) in heads.iter().zip(cells) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let cell = place.part(range);
            let key = Cow::Owned(head.clone());
            if !LISTS.iter().any(|list| head == list || head.starts_with("name.")) {
                fields.extend(Field::of(key, cell, std::iter::once((Cow::Owned(value.to_owned()), cell))));
                continue;
            }
            // A list in a cell is divided by semicolons.
            let items = value.split(';').map(str::trim).filter(|item| !item.is_empty());
            fields.extend(Field::of(key, cell, items.map(|item| (Cow::Owned(item.to_owned()), cell))));
        }
        rows.push(Row { table: "instrument", place, fields });
    }
    rows
}
