//! The header of a text that has none, offered as the cure: its language by its words, its
//! title by its first lines where they look like one.

use std::ops::Range;

use super::pasted::language_of;
use crate::diag::{Code, Diagnostics, Fix};
use crate::source::{FileId, Sources, Span};
use crate::syntax::{is_dropped, read_key, read_symbol};

/// No title goes over more lines.
const LINES: usize = 4;

/// No title is longer, in bytes.
const LONGEST: usize = 300;

/// So many bytes are read to know the language.
const READ: usize = 1 << 14;

/// Offers a header where a text has none.
pub(super) fn offer(found: &mut Diagnostics, file: FileId, sources: &Sources) {
    let text = sources.get(file).map(|source| source.text()).unwrap_or_default();
    for (code, fix) in found.fixes_mut() {
        // A header without an end has a cure of its own.
        if fix.is_none() && matches!(code, Code::NoHeader | Code::EmptyFile) {
            *fix = Some(header(text, file));
        }
    }
}

fn header(text: &str, file: FileId) -> Fix {
    let language = language_of(&text[..text.floor_char_boundary(READ)]).unwrap_or("en");
    let title = title(text);
    let lines: Vec<&str> = title.clone().map(|range| lines_of(&text[range])).unwrap_or_default();
    let (shown, said) = match lines.first() {
        Some(first) if lines.len() == 1 => (lines.join("\n          "), (*first).to_owned()),
        Some(first) => (lines.join("\n          "), format!("{first} …")),
        None => ("[title]".to_owned(), "…".to_owned()),
    };
    let header = format!("document: declaration\nlanguage: {language}\ntitle:    {shown}\n---");
    let is_all = text.len() == title.as_ref().map_or(0, |range| range.end) || text.trim().is_empty();
    let (end, after) = match title {
        // The line of the title has an end of its own, and a blank line behind it.
        Some(range) => (range.end, if is_all { "\n" } else { "" }),
        None => (0, if is_all { "\n" } else { "\n\n" }),
    };
    let what = format!("write the header: `document: declaration`, `language: {language}`, `title: {said}`");
    let header = header + after;
    let header = if text.contains("\r\n") { header.replace('\n', "\r\n") } else { header };
    Fix::suggested(what, vec![(Span::new(file, 0..end), header)])
}

/// Where the title stands, if the first lines look like one: short, and neither a sentence
/// that goes on nor a line with a marker, a key or a symbol.
fn title(text: &str) -> Option<Range<usize>> {
    let is_blank = |c: char| c.is_whitespace() || is_dropped(c);
    let start = text.len() - text.trim_start_matches(is_blank).len();
    let lines = text.get(start..)?.split_inclusive('\n').take(LINES + 1);
    let lines: Vec<&str> = lines.take_while(|line| !line.chars().all(is_blank)).collect();
    let length: usize = lines.iter().map(|line| line.len()).sum();
    let words = text.get(start..start + length)?.trim_end_matches(is_blank);
    let first = words.chars().next()?;
    let has_end = words.ends_with(['.', ',', ';', ':', '…', '!']);
    let is_marked = !(first.is_uppercase() || matches!(first, '“' | '«' | '„' | '"'));
    let is_other = lines.iter().any(|line| read_key(line).is_some() || line.starts_with("//"))
        || words.split_whitespace().any(|word| read_symbol(word.trim_end_matches(['*', ','])).is_some())
        || words.contains(['{', '[', '|']);
    let is_title = lines.len() <= LINES && words.len() <= LONGEST && !has_end && !is_marked && !is_other;
    is_title.then(|| start..start + words.len())
}

fn lines_of(words: &str) -> Vec<&str> {
    words.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}
