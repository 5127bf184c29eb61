//! TOML, by the parser that reads registries.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::TomlFault;

use super::{Fault, Key, MAX_DEPTH, Node, NodeKind};

pub(super) fn read(text: &str) -> Result<Node, Fault> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if let Some(TomlFault { at, message, cure, .. }) =
        TomlFault::of(text, errors.iter().map(|error| (error.span(), error.message()))).into_iter().next()
    {
        let of_data = "a value is `place = \"Tirana\"`; a record of many begins with `[[record]]`".to_owned();
        return Err(Fault::new(at, message, cure.unwrap_or(of_data)));
    }
    Ok(Node { at: 0..text.len(), kind: map(text, table.get_ref(), 0)? })
}

fn map(text: &str, table: &DeTable<'_>, depth: usize) -> Result<NodeKind, Fault> {
    let mut entries = Vec::new();
    for (key, value) in table {
        entries.push((Key { text: key.get_ref().to_string(), at: key.span() }, node(text, value, depth + 1)?));
    }
    // Tables are sorted by their names; a file is read from its top.
    entries.sort_by_key(|(key, _)| key.at.start);
    Ok(NodeKind::Map(entries))
}

fn node(text: &str, value: &Spanned<DeValue<'_>>, depth: usize) -> Result<Node, Fault> {
    let mut at = value.span();
    if depth > MAX_DEPTH {
        return Err(Fault::too_deep(at));
    }
    let kind = match value.get_ref() {
        DeValue::String(words) => {
            // Without its marks, where it has one on each side.
            let raw = text.get(at.clone()).unwrap_or_default();
            if raw.len() == words.len() + 2 {
                at = at.start + 1..at.end - 1;
            }
            NodeKind::Scalar(words.to_string())
        }
        DeValue::Integer(number) => NodeKind::Scalar(number.as_str().to_owned()),
        DeValue::Float(number) => NodeKind::Scalar(number.as_str().to_owned()),
        DeValue::Boolean(yes) => NodeKind::Scalar(yes.to_string()),
        DeValue::Datetime(day) => NodeKind::Scalar(day.to_string()),
        DeValue::Array(items) => {
            NodeKind::List(items.iter().map(|item| node(text, item, depth + 1)).collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => map(text, table, depth)?,
    };
    Ok(Node { at, kind })
}
