//! How deep a paragraph stands in the lists around it.

use super::read::Number;
use crate::syntax::roman;

/// By what the items of one list are known.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    /// A list of the word processor, and a level.
    List(u32, u8),
    /// Markers that were typed in one form.
    Typed(&'static str),
}

/// A list that is open.
#[derive(Clone, Debug)]
struct Open {
    key: Key,
    /// How far its text is indented.
    indent: i32,
    last: String,
}

/// The lists that are open, each in the one before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels {
    open: Vec<Open>,
}

/// Columns of a level.
pub(super) const STEP: usize = 4;
/// So deep texts are indented at the most.
const DEEPEST: usize = 20;

/// Whether a marker numbers a paragraph of the text: `3.`, `3 bis.`
pub(super) fn is_number(label: &str) -> bool {
    let label = label.trim_start_matches('[');
    let label = label.rsplit(": ").next().unwrap_or(label);
    label.ends_with('.')
        && label.starts_with(|c: char| c.is_ascii_digit() || c == '#')
        && !label.trim_end_matches('.').contains('.')
}

impl Levels {
    /// Nothing is open any more.
    pub fn close(&mut self) {
        self.open.clear();
    }

    /// The column of an item.
    pub fn item(&mut self, label: &str, number: Option<&Number>, indent: i32) -> usize {
        let key = match number {
            Some(number) => Key::List(number.list, number.level),
            None => Key::Typed(self.form(label)),
        };
        if is_number(label) {
            self.open.clear();
        } else if let Some(at) = self.open.iter().position(|open| open.key == key) {
            self.open.truncate(at);
        } else if let Key::List(list, level) = key {
            // Of the same list what is deeper or as deep, and of others what is indented as far.
            while let Some(top) = self.open.last() {
                let ends = match top.key {
                    Key::List(other, above) if other == list => above >= level,
                    _ => top.indent >= indent && self.open.len() > 1,
                };
                if !ends {
                    break;
                }
                self.open.pop();
            }
        }
        self.open.push(Open { key, indent, last: label.to_owned() });
        STEP * (self.open.len() - 1).min(DEEPEST)
    }

    /// The column of a further paragraph, by how far it is indented; none where it belongs
    /// to no item.
    pub fn continuation(&self, indent: i32) -> Option<usize> {
        let at = self.open.iter().rposition(|open| open.indent <= indent).or((!self.open.is_empty()).then_some(0))?;
        Some(STEP * (at + 1).min(DEEPEST))
    }

    /// The column of what belongs to the paragraph of a level.
    pub fn below(&self, level: usize) -> Option<usize> {
        (!self.open.is_empty()).then(|| STEP * (level.min(self.open.len() - 1) + 1).min(DEEPEST))
    }

    /// Whether any item is open.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The form of a typed marker: those of one form are one list.
    fn form(&self, label: &str) -> &'static str {
        let bare = label.trim_matches(['(', ')', '.', '[']);
        let kind = |label: &str| match (label.starts_with('('), label.ends_with(')')) {
            (true, _) => 0,
            (_, true) => 1,
            _ => 2,
        };
        if label.chars().all(|c| matches!(c, '–' | '-' | '—' | '•')) {
            return "dash";
        }
        let letters = ["(a)", "a)", "a."][kind(label)];
        // `(i)` goes on behind `(h)`, and is the first numeral elsewhere.
        let goes_on = self.open.iter().any(|open| {
            let before = open.last.trim_matches(['(', ')', '.', '[']);
            open.key == Key::Typed(letters)
                && before.len() == 1
                && bare.len() == 1
                && before.chars().next().map(u32::from).map(|c| c + 1) == bare.chars().next().map(u32::from)
        });
        if roman(bare).is_some() && !goes_on {
            ["(i)", "i)", "i."][kind(label)]
        } else if bare.starts_with(|c: char| c.is_ascii_digit()) {
            ["(1)", "1)", "1."][kind(label)]
        } else if bare.starts_with(char::is_uppercase) {
            ["(A)", "A)", "A."][kind(label)]
        } else {
            letters
        }
    }
}
