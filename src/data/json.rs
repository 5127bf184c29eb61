//! JSON by serde_json; raw values know where they stand.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::Deserializer;
use serde_json::value::RawValue;

use super::{Fault, Key, MAX_DEPTH, Node, NodeKind};

struct Items;
struct Pairs;

impl<'de> Visitor<'de> for Items {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(items)
    }
}

impl<'de> Visitor<'de> for Pairs {
    type Value = Vec<(&'de RawValue, &'de RawValue)>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}

pub(super) fn read(text: &str) -> Result<Node, Fault> {
    // A byte order mark is no JSON, and some editors write it all the same.
    let body = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let top: &RawValue = serde_json::from_str(body).map_err(|error| fault(text, body, &error))?;
    node(text, top.get(), 0)
}

/// Where a part of the text stands in it.
fn place(text: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    start..(start + part.len()).min(text.len())
}

fn node(text: &str, raw: &str, depth: usize) -> Result<Node, Fault> {
    let at = place(text, raw);
    let failed = |error: serde_json::Error| fault(text, raw, &error);
    let kind = match raw.as_bytes().first() {
        Some(b'[' | b'{') if depth >= MAX_DEPTH => return Err(Fault::too_deep(at.start..at.start + 1)),
        Some(b'[') => {
            let items = Deserializer::from_str(raw).deserialize_seq(Items).map_err(failed)?;
            let items = items.into_iter().map(|item| node(text, item.get(), depth + 1));
            NodeKind::List(items.collect::<Result<_, _>>()?)
        }
        Some(b'{') => {
            let mut entries = Vec::new();
            for (key, value) in Deserializer::from_str(raw).deserialize_map(Pairs).map_err(failed)? {
                let name = serde_json::from_str::<String>(key.get()).map_err(|error| fault(text, key.get(), &error))?;
                let key = Key { text: name, at: inside(place(text, key.get())) };
                entries.push((key, node(text, value.get(), depth + 1)?));
            }
            NodeKind::Map(entries)
        }
        Some(b'"') => {
            let words = serde_json::from_str::<String>(raw).map_err(failed)?;
            return Ok(Node { at: inside(at), kind: NodeKind::Scalar(words) });
        }
        Some(b'n') => NodeKind::Null,
        _ => NodeKind::Scalar(raw.to_owned()),
    };
    Ok(Node { at, kind })
}

/// A string without its marks.
fn inside(at: Range<usize>) -> Range<usize> {
    at.start + 1..at.end.saturating_sub(1).max(at.start + 1)
}

/// What is wrong, at its byte; the part that was read begins somewhere in the
/// text.
fn fault(text: &str, part: &str, error: &serde_json::Error) -> Fault {
    let lines = part.split_inclusive('\n').take(error.line().saturating_sub(1));
    let within = lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
    let at = (place(text, part).start + within).min(text.len());
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    Fault::new(at..at, format!("this is not JSON: {what}"), "look for a comma, bracket or quotation mark at this place")
}
