//! What a pasted letterhead says, as keys of the header.

use std::collections::BTreeSet;
use std::ops::Range;

use super::letterhead::{Piece, What, is_numbered, pieces};
use super::tongue::language_of;
use super::words::{line_at, next_line};
use crate::locale::Locale;
use crate::syntax::ast::KeywordName;
use crate::syntax::read_key;

/// A letterhead at the top of a text, and what to do with it.
#[derive(Clone, Debug, Default)]
pub struct Top {
    /// Its bytes.
    pub range: Range<usize>,
    /// Lines of the header, `key: value`.
    pub keys: String,
    /// What stands in its place: comments, of lines that are no keys.
    pub rest: String,
    /// Another stretch that became a key: the note at the symbol.
    pub note: Option<Range<usize>>,
    /// Whether it is the title alone.
    pub is_title: bool,
}

/// Reads a letterhead at the byte `at`, where the body begins. `known` says which keys
/// the type of document has and its header does not, `language` which language the header gives.
pub fn read_top(text: &str, at: usize, known: &BTreeSet<&str>, language: Option<&str>) -> Option<Top> {
    // Most texts begin with a keyword, and no letterhead does.
    if read_key(text[at..].trim_start()).is_some_and(|(_, _, word)| KeywordName::of(word).is_some()) {
        return None;
    }
    let mut read = pieces(text, at, false);
    let has = |what: fn(&What) -> bool| read.iter().any(|piece| what(&piece.what));
    let is_certain = has(|what| matches!(what, What::Organization(_)))
        || has(|what| matches!(what, What::Journal(..)))
        || has(|what| matches!(what, What::Symbol(_))) && has(|what| matches!(what, What::Date(_) | What::Original(_)));
    // Capitals alone are the title of a text whose header has none.
    let is_title = known.contains("title")
        && has(|what| matches!(what, What::Title(_)))
        && read.iter().all(|piece| matches!(piece.what, What::Title(_) | What::Draft));
    if read.is_empty() || !(is_certain || is_title) {
        return None;
    }
    let range = read.first()?.range.start..read.last()?.range.end;
    let year = read.iter().find_map(|piece| match piece.what {
        What::Date(date) => Some(date.year()),
        _ => None,
    });
    let mut keys = Keys { known, language, lines: Vec::new(), taken: BTreeSet::new(), year };
    keys.language(&read, &text[range.end..]);
    read.retain(|piece| !keys.takes(&piece.what));
    let note = keys.note(text, range.end, &mut read);
    let mut rest = comments(text, &range, &read);
    if !rest.is_empty() {
        rest.push('\n');
    }
    let range = section(text, range, &mut rest);
    // What was a line of its own leaves none behind.
    let line_end = next_line(text, range.end);
    let range = if text[range.end..line_end].trim().is_empty() { range.start..line_end } else { range };
    let order = |line: &(&str, String)| ORDER.iter().position(|key| *key == line.0);
    keys.lines.sort_by_key(order);
    let keys = keys.lines.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
    Some(Top { range, keys, rest, note, is_title: !is_certain })
}

/// The number of a section behind the title, where the lines were lost.
fn section(text: &str, range: Range<usize>, rest: &mut String) -> Range<usize> {
    let (start, line) = line_at(text, range.end);
    let first = line.split(' ').next().unwrap_or_default();
    let is_section = first.len() < line.len()
        && first.ends_with('.')
        && first.starts_with(|c: char| c.is_ascii_uppercase())
        && is_numbered(first);
    if !is_section {
        return range;
    }
    rest.push_str("section:\n\n");
    range.start..start + first.len()
}

/// The order in which keys are written.
const ORDER: [&str; 18] = [
    "symbol",
    "distribution",
    "language",
    "original",
    "adopted",
    "place",
    "place-line",
    "meeting",
    "day",
    "day-line",
    "journal",
    "journal-line",
    "agenda-item",
    "restriction",
    "sender",
    "chairmanship",
    "correction-note",
    "title",
];

struct Keys<'k> {
    known: &'k BTreeSet<&'k str>,
    /// What the header says already.
    language: Option<&'k str>,
    lines: Vec<(&'static str, String)>,
    taken: BTreeSet<&'static str>,
    /// Of the date that is read.
    year: Option<i16>,
}

impl Keys<'_> {
    /// Writes a key that can be written.
    fn set(&mut self, key: &'static str, value: String) -> bool {
        let is_new = self.known.contains(key) && self.taken.insert(key);
        if is_new {
            self.lines.push((key, value));
        }
        is_new
    }

    /// The language of the text: its tag says it, or the organization's name, or the
    /// words below.
    fn language(&mut self, read: &[Piece], below: &str) {
        let tag = read.iter().find_map(|piece| match &piece.what {
            What::Language(tag) => Some(*tag),
            _ => None,
        });
        let named = read.iter().find_map(|piece| match &piece.what {
            What::Organization(tags) if tags.len() == 1 => tags.first().copied(),
            _ => None,
        });
        let words = &below[..below.floor_char_boundary(4000)];
        if let Some(tag) = tag.or(named).or_else(|| language_of(words)) {
            self.set("language", tag.to_owned());
        }
    }

    /// Whether this is the language of the text.
    fn is_own(&self, tag: &str) -> bool {
        self.language == Some(tag) || self.lines.iter().any(|(key, value)| *key == "language" && value == tag)
    }

    /// Whether a piece became a key, or is what the compiler writes by itself.
    fn takes(&mut self, what: &What) -> bool {
        match what {
            What::Language(tag) => self.is_own(tag),
            What::Original(tag) => self.is_own(tag) || self.set("original", (*tag).to_owned()),
            // The year is that of the day; where none is known, the line is given as it stands.
            What::Place(place, year, _) if self.year == Some(*year) => self.set("place", place.clone()),
            What::Place(_, _, line) => self.set("place-line", line.clone()),
            What::Distribution(letters) => self.set("distribution", letters.clone()),
            What::Restriction(line) => self.set("restriction", line.clone()),
            What::Sender(line) => self.set("sender", line.clone()),
            What::Chairmanship(name) => self.set("chairmanship", name.clone()),
            What::Symbol(symbol) => self.set("symbol", symbol.clone()),
            What::Date(date) => self.set("adopted", date.to_string()),
            What::Day(values, line, locale) => {
                self.meeting("day-line", &locale.letterhead.day_line.text, values, line, locale)
            }
            What::Journal(values, line, locale) => {
                self.meeting("journal-line", &locale.letterhead.journal_line.text, values, line, locale)
            }
            What::Title(lines) => self.set("title", lines.join("\n  ")),
            What::Organization(_)
            | What::Body
            | What::Draft
            | What::Mark(_)
            | What::TitleLine
            | What::Part(..)
            | What::Unread => false,
        }
    }

    /// Numbers from which a line is written, and the line itself where it would be
    /// written otherwise.
    fn meeting(
        &mut self,
        key: &'static str,
        pattern: &str,
        values: &[(String, String)],
        line: &str,
        locale: &Locale,
    ) -> bool {
        let written =
            locale.line(pattern, |gap| values.iter().find(|(name, _)| name == gap).map(|(_, value)| value.clone()));
        let plain = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        // A line in other words than ours is given as it stands.
        if written.is_none_or(|written| plain(&written) != plain(line)) {
            return self.set(key, plain(line));
        }
        let mut is_new = false;
        for (name, value) in values {
            let name = ["meeting", "day", "journal", "agenda-item"].into_iter().find(|known| known == name);
            is_new |= name.is_some_and(|name| self.set(name, value.clone()));
        }
        is_new
    }

    /// The note that a mark at the symbol leads to: where it stands in the text.
    fn note(&mut self, text: &str, from: usize, read: &mut Vec<Piece>) -> Option<Range<usize>> {
        let at = read.iter().position(|piece| matches!(piece.what, What::Mark(_)))?;
        let What::Mark(mark) = read.get(at)?.what.clone() else { return None };
        let mut line = from;
        while line < text.len() {
            let (start, words) = line_at(text, line);
            let after = words
                .strip_prefix(mark.as_str())
                .filter(|rest| rest.is_empty() || mark.starts_with('*') && rest.starts_with(' '));
            if let Some(first) = after {
                let (mut note, mut end) = (vec![first.trim().to_owned()], next_line(text, start));
                while !note.last().is_some_and(|last| last.ends_with('.')) && note.len() < 6 && end < text.len() {
                    let (_, next) = line_at(text, end);
                    note.push(next.to_owned());
                    end = next_line(text, end);
                }
                let note = note.join(" ").trim().to_owned();
                let is_note = note.ends_with('.') && self.set("correction-note", note);
                if is_note {
                    read.remove(at);
                }
                return is_note.then_some(start..end);
            }
            line = next_line(text, start.max(line));
        }
        None
    }
}

/// What was not taken, a comment a line: a line that was read in part is kept whole
/// where it stood by itself.
fn comments(text: &str, range: &Range<usize>, left: &[Piece]) -> String {
    let mut out = String::new();
    for piece in left.iter().filter(|piece| range.contains(&piece.range.start)) {
        for line in text[piece.range.clone()].lines().filter(|line| !line.trim().is_empty()) {
            out.push_str(&format!("// {}\n", line.trim()));
        }
    }
    out
}
