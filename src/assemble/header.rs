//! The header's values, read by the types that the template gives them.

use std::collections::{BTreeMap, HashSet};

use super::template::Template;
use super::value::{self, Given, Value, Values, Wrong};
use crate::data::{Datum, Record};
use crate::diag::{Code, Diagnostic, Diagnostics, suggest};
use crate::source::{Sources, Span};
use crate::syntax::ast::{Entry, Header, Word};
use crate::syntax::{self, Need, Parameter, Type};

/// Where a document's values come from.
pub(crate) struct ValuesOf<'a> {
    pub header: &'a Header,
    /// What was given from outside, which wins over the header.
    pub record: Option<&'a Record>,
    /// Where a missing key is reported.
    pub end: Span,
    /// Keys that are read elsewhere.
    pub others: &'a [&'a str],
}

impl ValuesOf<'_> {
    /// Whether a key is given, well or badly.
    fn gives(&self, name: &str) -> bool {
        let in_record = |record: &Record| record.entries.iter().any(|(key, ..)| key.text == name);
        self.header.get(name).is_some() || self.record.is_some_and(in_record)
    }
}

/// Reads the values of a document by its template.
pub(super) fn read(given: &ValuesOf<'_>, template: &Template, sources: &Sources, found: &mut Diagnostics) -> Values {
    let mut values = read_by(given.header, &template.parameters, given.others, &template.name, sources, found);
    if let Some(record) = given.record {
        from_record(record, template, &mut values, found);
    }
    let is_final = values.is_final();
    for parameter in &template.parameters {
        let name = &parameter.name;
        if values.get(name).is_none() {
            let is_preset = |entry: &Entry| given.header.get(name).is_none() && entry.key.text == *name;
            let preset = template.presets.iter().find(|entry| is_preset(entry)).map(|entry| entry.lines.clone());
            let default = preset.or_else(|| parameter.default.clone().map(|default| vec![default]));
            if let Some(lines) = default {
                let place = lines.first().map_or(given.end, |first| first.span.to(lines[lines.len() - 1].span));
                match typed(parameter, &lines, sources, found) {
                    Ok(value) => values.insert(name, Given { value, place }),
                    Err(wrong) => {
                        let words = Word { text: words_of(&lines), span: place };
                        found.push(wrong.said(&words, parameter, ""));
                    }
                }
            }
        }
        match values.get(name) {
            Some(Given { value: Value::Gap(words), place }) => {
                let message = format!("`{name}: {words}` is still to be filled in");
                found.push(Diagnostic::new(Code::Placeholder, *place, message).hint(format!(
                    "{}: write {}",
                    parameter.about,
                    parameter.kind.expected()
                )));
            }
            // Of what was given and is no value that was said.
            None if !given.gives(name) => missing(parameter, template, is_final, given.end, found),
            _ => {}
        }
    }
    values
}

/// A key that must be given and is not. What a template's text asks for is a
/// gap in it, which a draft may have.
fn missing(parameter: &Parameter, template: &Template, is_final: bool, end: Span, found: &mut Diagnostics) {
    let (kind, name) = match parameter.need {
        Need::Required => ("", &parameter.name),
        Need::RequiredInFinal if is_final => ("final ", &parameter.name),
        Need::RequiredInFinal | Need::Optional => return,
    };
    let hint =
        format!("write `{name}: …` above the line of dashes, with {} ({})", parameter.kind.expected(), parameter.about);
    let article = if kind.is_empty() { article(&template.name) } else { "a" };
    let message = format!("{article} {kind}{} needs `{name}:` in its header", template.name);
    let code =
        if template.own_keys.contains(name) || name == "language" { Code::MissingKey } else { Code::Placeholder };
    found.push(Diagnostic::new(code, end, message).hint(hint).other(parameter.place, "it is declared here"));
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// Reads `key: value` pairs by a list of parameters; `others` are keys that are
/// read elsewhere.
pub(crate) fn read_by(
    header: &Header,
    parameters: &[Parameter],
    others: &[&str],
    of: &str,
    sources: &Sources,
    found: &mut Diagnostics,
) -> Values {
    let mut values = Values::default();
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for entry in header.entries() {
        let key = entry.key.text.as_str();
        let Some(parameter) = parameters.iter().find(|parameter| parameter.name == key) else {
            if !others.contains(&key) {
                unknown_key(&entry.key, parameters, others, of, found);
            }
            continue;
        };
        if let Some(&before) = first.get(key)
            && !parameter.repeatable
        {
            found.push(
                Diagnostic::new(Code::DuplicateKey, entry.key.span, format!("`{key}:` is given twice"))
                    .other(before, "first given here")
                    .hint("delete one of them"),
            );
            continue;
        }
        first.insert(key, entry.key.span);
        match typed(parameter, &entry.lines, sources, found) {
            Ok(value) => values.insert(key, Given { value, place: entry.value_span() }),
            Err(wrong) => found.push(wrong.said(&Word::from(entry), parameter, "")),
        }
    }
    values
}

/// A value that an author typed: lines of prose are prose, all else is data.
fn typed(parameter: &Parameter, lines: &[Word], sources: &Sources, found: &mut Diagnostics) -> Result<Value, Wrong> {
    if parameter.kind != Type::Lines {
        return value::read(&parameter.kind, &Datum::Words(lines.to_vec()), parameter.bounds);
    }
    let prose = lines.iter().filter(|line| !line.text.is_empty()).map(|line| {
        let text = sources.get(line.span.file).map_or("", |source| source.text());
        syntax::read_inline(text, &[line.span], found)
    });
    let prose: Vec<_> = prose.collect();
    if prose.is_empty() { Err(Wrong::Form) } else { Ok(Value::Lines(prose)) }
}

/// What was given from outside.
fn from_record(record: &Record, template: &Template, values: &mut Values, found: &mut Diagnostics) {
    let row = record.row.map(|row| format!(" in row {row}")).unwrap_or_default();
    for (key, datum, place) in &record.entries {
        let Some(parameter) = template.parameter(&key.text) else {
            unknown_key(key, &template.parameters, &[], &template.name, found);
            continue;
        };
        match value::read(&parameter.kind, datum, parameter.bounds) {
            Ok(value) => values.insert(&key.text, Given { value, place: *place }),
            Err(wrong) => {
                let words = Word { text: shown(datum), span: *place };
                found.push(wrong.said(&words, parameter, &row));
            }
        }
    }
}

/// For so many unknown names is looked which one was meant: more are not shown.
const SUGGESTED: usize = 1000;

/// The names that no parameter has.
pub(crate) fn unknown_names(names: &[&Word], template: &Template, found: &mut Diagnostics) {
    let known: HashSet<&str> = template.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    for (at, name) in names.iter().filter(|name| !known.contains(name.text.as_str())).enumerate() {
        if at < SUGGESTED {
            unknown_key(name, &template.parameters, &[], &template.name, found);
        } else {
            let message = format!("{} {} has no key `{}`", article(&template.name), template.name, name.text);
            found.push(Diagnostic::new(Code::UnknownKey, name.span, message));
        }
    }
}

fn shown(datum: &Datum) -> String {
    match datum {
        Datum::Words(lines) => words_of(lines),
        Datum::List(_) => "(a list)".to_owned(),
        Datum::Record(_) => "(a record)".to_owned(),
    }
}

fn words_of(lines: &[Word]) -> String {
    lines.iter().map(|line| line.text.as_str()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The keys that people mean by words that are none.
fn usual(word: &str) -> impl Iterator<Item = &'static str> {
    let keys: &[&str] = match word {
        "date" => &["adopted", "as-of"],
        "lang" => &["language"],
        "type" | "kind" | "doctype" => &["document"],
        "subject" | "heading" | "headline" => &["title"],
        "number" | "reference" => &["symbol"],
        "author" | "delegation" => &["by"],
        "city" | "venue" | "location" => &["place"],
        _ => &[],
    };
    keys.iter().copied()
}

fn unknown_key(key: &Word, parameters: &[Parameter], others: &[&str], of: &str, found: &mut Diagnostics) {
    let names = || parameters.iter().map(|parameter| parameter.name.as_str()).chain(others.iter().copied());
    let lower = key.text.to_lowercase();
    if names().any(|name| name == lower) {
        found.push(
            Diagnostic::new(Code::KeyCase, key.span, format!("the key `{}` is written in lower case", key.text))
                .hint(format!("write `{lower}:`"))
                .fix(format!("write `{lower}`"), key.span, lower)
                .safe(),
        );
        return;
    }
    let message = format!("{} {of} has no key `{}`", article(of), key.text);
    let unknown = Diagnostic::new(Code::UnknownKey, key.span, message);
    let meant: Vec<&str> = usual(&lower).filter(|meant| names().any(|name| name == *meant)).collect();
    if let [first, ..] = meant.as_slice() {
        let shown: Vec<String> = meant.iter().map(|name| format!("`{name}:`")).collect();
        let finding = unknown.hint(format!("write {}", shown.join(" or ")));
        found.push(if meant.len() == 1 { finding.fix(format!("write `{first}`"), key.span, *first) } else { finding });
        return;
    }
    found.push(suggest(
        unknown,
        &key.text,
        names(),
        || format!("its keys are {}", names().collect::<Vec<_>>().join(", ")),
        Some(key.span),
    ));
}
