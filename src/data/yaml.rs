//! YAML as events, without anchors, aliases and tags: a file of values needs
//! none, and aliases that name aliases grow without bound.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{Fault, Key, MAX_DEPTH, Node, NodeKind};

/// The parser counts characters; places are bytes.
struct Bytes<'t> {
    text: &'t str,
    starts: Option<Vec<u32>>,
}

impl<'t> Bytes<'t> {
    fn of(text: &'t str) -> Bytes<'t> {
        let starts = || text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect();
        Bytes { text, starts: (!text.is_ascii()).then(starts) }
    }

    fn at(&self, character: usize) -> usize {
        match &self.starts {
            None => character.min(self.text.len()),
            Some(starts) => starts.get(character).map_or(self.text.len(), |at| *at as usize),
        }
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.at(span.start.index());
        start..self.at(span.end.index()).max(start)
    }

    /// A scalar without its marks; the parser's end may lie beyond them.
    fn scalar(&self, span: Span, style: ScalarStyle) -> Range<usize> {
        let range = self.range(span);
        let text = &self.text[range.clone()];
        match style {
            ScalarStyle::Plain => range,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let end = closing_mark(text, style == ScalarStyle::DoubleQuoted);
                (range.start + 1).min(range.end)..range.start + end.max(1).min(text.len())
            }
            ScalarStyle::Literal | ScalarStyle::Folded => range.start..range.start + text.trim_end().len(),
        }
    }
}

/// Where the mark stands that closes a quoted scalar.
fn closing_mark(text: &str, double: bool) -> usize {
    let bytes = text.as_bytes();
    let mark = if double { b'"' } else { b'\'' };
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if double => at += 2,
            _ if byte == mark && !double && bytes.get(at + 1) == Some(&mark) => at += 2,
            _ if byte == mark => return at,
            _ => at += 1,
        }
    }
    text.len()
}

/// A list or a record that is not closed yet.
enum Open {
    List(Vec<Node>),
    Map(Vec<(Key, Node)>, Option<Key>),
}

const PLAIN: &str = "write the value itself; anchors, aliases and tags are not read";

pub(super) fn read(text: &str) -> Result<Node, Fault> {
    let bytes = Bytes::of(text);
    let mut open: Vec<(Open, usize)> = Vec::new();
    let mut top: Option<Node> = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let at = bytes.at(error.marker().index());
            let hint = "look at the indentation and the colons near this place; a text with `: ` needs quotation marks";
            Fault::new(at..at, format!("this is not YAML: {}", error.info()), hint)
        })?;
        let at = bytes.range(span);
        let node = match event {
            Event::Alias(_) => return Err(Fault::new(at, "an alias is not read", PLAIN)),
            Event::Scalar(_, _, anchor, tag) | Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag)
                if anchor != 0 || tag.is_some() =>
            {
                return Err(Fault::new(at, "an anchor or a tag is not read", PLAIN));
            }
            Event::Scalar(words, style, ..) => {
                let is_null = style == ScalarStyle::Plain && matches!(words.as_ref(), "" | "~" | "null");
                let kind = if is_null { NodeKind::Null } else { NodeKind::Scalar(words.into_owned()) };
                Node { at: bytes.scalar(span, style), kind }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= MAX_DEPTH => {
                return Err(Fault::too_deep(at));
            }
            Event::SequenceStart(..) => {
                open.push((Open::List(Vec::new()), at.start));
                continue;
            }
            Event::MappingStart(..) => {
                open.push((Open::Map(Vec::new(), None), at.start));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some((Open::List(items), start)) => {
                    let end = items.last().map_or(start, |item| item.at.end);
                    Node { at: start..end.max(start), kind: NodeKind::List(items) }
                }
                Some((Open::Map(entries, _), start)) => {
                    let end = entries.last().map_or(start, |(_, value)| value.at.end);
                    Node { at: start..end.max(start), kind: NodeKind::Map(entries) }
                }
                None => continue,
            },
            Event::DocumentStart(_) if top.is_some() => {
                return Err(Fault::new(
                    at,
                    "a second document begins here",
                    "write several records as a list: `- place: Tirana`",
                ));
            }
            _ => continue,
        };
        match open.last_mut() {
            None => top = Some(node),
            Some((Open::List(items), _)) => items.push(node),
            Some((Open::Map(entries, key), _)) => match (key.take(), node) {
                (Some(key), node) => entries.push((key, node)),
                (None, Node { at, kind: NodeKind::Scalar(text) }) => *key = Some(Key { text, at }),
                (None, node) => {
                    return Err(Fault::new(node.at, "this is no name of a value", "a name is a word before a colon"));
                }
            },
        }
    }
    top.ok_or_else(|| Fault::new(0..0, "the file is empty", "it holds values by name, as `place: Tirana`"))
}
