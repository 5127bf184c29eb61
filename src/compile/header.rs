//! The header's values, read by the types that the template gives them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::template::Template;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::source::Span;
use crate::syntax::ast::{Entry, Header, Word};
use crate::syntax::{self, Bounds, Need, Parameter, Symbol, Type};

/// A value of the header.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Lines(Vec<Word>),
    Integer(u32),
    Boolean(bool),
    Date(Date),
    Symbol(Symbol),
    Language(String),
    Choice(String),
    List(Vec<String>),
}

/// The values of a header, by key, each with its place.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    values: BTreeMap<String, (Value, Span)>,
}

impl Values {
    pub fn place(&self, key: &str) -> Option<Span> {
        self.values.get(key).map(|(_, span)| *span)
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.values.get(key)?.0 {
            Value::Text(text) | Value::Choice(text) | Value::Language(text) => Some(text),
            _ => None,
        }
    }

    pub fn lines(&self, key: &str) -> &[Word] {
        match self.values.get(key) {
            Some((Value::Lines(lines), _)) => lines,
            _ => &[],
        }
    }

    pub fn integer(&self, key: &str) -> Option<u32> {
        match self.values.get(key)?.0 {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    pub fn is_yes(&self, key: &str) -> bool {
        matches!(self.values.get(key), Some((Value::Boolean(true), _)))
    }

    pub fn date(&self, key: &str) -> Option<Date> {
        match self.values.get(key)?.0 {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    pub fn symbol(&self, key: &str) -> Option<&Symbol> {
        match &self.values.get(key)?.0 {
            Value::Symbol(symbol) => Some(symbol),
            _ => None,
        }
    }

    pub fn list(&self, key: &str) -> &[String] {
        match self.values.get(key) {
            Some((Value::List(list), _)) => list,
            _ => &[],
        }
    }

    /// Whether the author called the text final.
    pub fn is_final(&self) -> bool {
        self.text("status") == Some("final")
    }
}

/// Reads the header of a document by its template; `end` is where a missing
/// key is reported.
pub(super) fn read(header: &Header, template: &Template, end: Span, found: &mut Diagnostics) -> Values {
    let mut values = read_by(header, &template.parameters, &["document"], &template.name, found);
    let is_final = values.is_final();
    for parameter in &template.parameters {
        let missing = match parameter.need {
            Need::Required => true,
            Need::RequiredInFinal => is_final,
            Need::Optional => false,
        };
        if missing && header.get(&parameter.name).is_none() {
            let kind = if parameter.need == Need::RequiredInFinal { "a final" } else { "a" };
            let message = format!("{kind} {} needs `{}:` in its header", template.name, parameter.name);
            found.push(Diagnostic::new(Code::MissingKey, end, message).hint(format!(
                "{}: write {}",
                parameter.about,
                parameter.kind.expected()
            )));
        }
        if let Some(default) = &parameter.default
            && !values.values.contains_key(&parameter.name)
            && let Ok(value) =
                read_value(&parameter.kind, &[Word { text: default.clone(), span: end }], parameter.bounds)
        {
            values.values.insert(parameter.name.clone(), (value, end));
        }
    }
    values
}

/// Reads `key: value` pairs by a list of parameters; `others` are keys that are
/// read elsewhere.
pub(super) fn read_by(
    header: &Header,
    parameters: &[Parameter],
    others: &[&str],
    of: &str,
    found: &mut Diagnostics,
) -> Values {
    let mut values = Values::default();
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for entry in header.entries() {
        let key = entry.key.text.as_str();
        let Some(parameter) = parameters.iter().find(|parameter| parameter.name == key) else {
            if !others.contains(&key) {
                unknown_key(entry, parameters, others, of, found);
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
        match read_value(&parameter.kind, &entry.lines, parameter.bounds) {
            Ok(value) => {
                values.values.insert(key.to_owned(), (value, entry.value_span()));
            }
            Err(wrong) => wrong_type(entry, parameter, wrong, found),
        }
    }
    values
}

fn unknown_key(entry: &Entry, parameters: &[Parameter], others: &[&str], of: &str, found: &mut Diagnostics) {
    let key = entry.key.text.as_str();
    let names = || parameters.iter().map(|parameter| parameter.name.as_str()).chain(others.iter().copied());
    let lower = key.to_lowercase();
    if names().any(|name| name == lower) {
        found.push(
            Diagnostic::new(Code::KeyCase, entry.key.span, format!("the key `{key}` is written in lower case"))
                .hint(format!("write `{lower}:`"))
                .fix(format!("write `{lower}`"), entry.key.span, lower),
        );
        return;
    }
    let article = if of.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let message = format!("{article} {of} has no key `{key}`");
    let mut diagnostic = Diagnostic::new(Code::UnknownKey, entry.key.span, message);
    let nearest = names().min_by_key(|name| strsim::damerau_levenshtein(name, &lower));
    diagnostic = match nearest.filter(|name| strsim::damerau_levenshtein(name, &lower) <= 2) {
        Some(name) => {
            diagnostic.hint(format!("did you mean `{name}:`?")).fix(format!("write `{name}`"), entry.key.span, name)
        }
        None => diagnostic.hint(format!("its keys are {}", names().collect::<Vec<_>>().join(", "))),
    };
    found.push(diagnostic);
}

/// What is wrong with a value.
enum Wrong {
    Form,
    Bounds,
    Damaged(String),
}

fn wrong_type(entry: &Entry, parameter: &Parameter, wrong: Wrong, found: &mut Diagnostics) {
    let (key, value) = (&parameter.name, entry.value());
    let place = entry.value_span();
    let expected = parameter.kind.expected();
    found.push(match wrong {
        Wrong::Damaged(repaired) => {
            Diagnostic::new(Code::SymbolDamage, place, format!("`{value}` has letters or signs that no symbol has"))
                .hint(format!("the symbol is `{repaired}`; its letters are Latin, with no blank inside"))
                .fix(format!("write `{repaired}`"), place, repaired)
        }
        Wrong::Bounds => {
            let Bounds { least, greatest } = parameter.bounds;
            let bound = match (least, greatest) {
                (Some(least), Some(greatest)) => format!("from {least} to {greatest}"),
                (Some(least), None) => format!("at least {least}"),
                _ => expected,
            };
            Diagnostic::new(Code::WrongType, place, format!("`{key}: {value}` is out of bounds"))
                .hint(format!("write {bound}"))
        }
        Wrong::Form if value.is_empty() => {
            Diagnostic::new(Code::WrongType, place, format!("`{key}:` has no value")).hint(format!("write {expected}"))
        }
        Wrong::Form => Diagnostic::new(Code::WrongType, place, format!("`{value}` is no value for `{key}:`"))
            .hint(format!("write {expected}")),
    });
}

fn read_value(kind: &Type, lines: &[Word], bounds: Bounds) -> Result<Value, Wrong> {
    let joined =
        lines.iter().map(|line| line.text.as_str()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    if joined.is_empty() {
        return Err(Wrong::Form);
    }
    let number = || joined.parse::<u32>().map_err(|_| Wrong::Form);
    Ok(match kind {
        Type::Text => Value::Text(joined),
        Type::Lines => Value::Lines(lines.iter().filter(|line| !line.text.is_empty()).cloned().collect()),
        Type::Integer => {
            let number = number()?;
            let fits =
                bounds.least.is_none_or(|least| number >= least) && bounds.greatest.is_none_or(|most| number <= most);
            if !fits {
                return Err(Wrong::Bounds);
            }
            Value::Integer(number)
        }
        Type::Boolean => match joined.as_str() {
            "yes" | "true" => Value::Boolean(true),
            "no" | "false" => Value::Boolean(false),
            _ => return Err(Wrong::Form),
        },
        Type::Date => Value::Date(syntax::read_date(&joined).ok_or(Wrong::Form)?),
        Type::Symbol => match syntax::read_symbol(&joined) {
            Some(symbol) => Value::Symbol(symbol),
            None => return Err(syntax::repaired_symbol(&joined).map_or(Wrong::Form, Wrong::Damaged)),
        },
        Type::Language => {
            if !Locale::tags().any(|tag| tag == joined) {
                return Err(Wrong::Form);
            }
            Value::Language(joined)
        }
        Type::Choice(words) => {
            if !words.contains(&joined) {
                return Err(Wrong::Form);
            }
            Value::Choice(joined)
        }
        Type::List(_) => {
            let items = lines.iter().flat_map(|line| line.text.split(';'));
            let items: Vec<String> = items
                .map(|item| item.trim().trim_start_matches("- ").trim().to_owned())
                .filter(|item| !item.is_empty())
                .collect();
            if bounds.least.is_some_and(|least| items.len() < least as usize) {
                return Err(Wrong::Bounds);
            }
            Value::List(items)
        }
    })
}
