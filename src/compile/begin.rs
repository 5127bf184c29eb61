//! The header of a text that has none, offered as the cure: its language by its words, its
//! title by its first lines where they look like one.

use std::collections::BTreeSet;
use std::ops::Range;

use super::pasted::{heading_of, language_of, read_top};
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
    let known = format!("`document: declaration`, `language: {language}`");
    let start = format!("document: declaration\nlanguage: {language}\n");
    let (what, lines, end) = if read_top(text, 0, &BTreeSet::new(), None).is_some() {
        // A letterhead says its title too, and has a cure of its own once there is a header.
        (format!("write the header: {known}; the rest is read from the letterhead below"), String::new(), 0)
    } else if let Some(range) = title(text) {
        let lines: Vec<&str> = text[range.clone()].lines().map(str::trim).collect();
        let (first, more) = (lines.first().copied().unwrap_or_default(), if lines.len() > 1 { " …" } else { "" });
        let what = format!("write the header: {known}, `title: {first}{more}`");
        (what, format!("title:    {}\n", lines.join("\n          ")), range.end)
    } else {
        (format!("write the header: {known}, `title: …`"), "title:    [title]\n".to_owned(), 0)
    };
    // The line of a title has an end of its own, and a blank line behind it.
    let after = match (end, &text[end..]) {
        (_, rest) if rest.is_empty() || text.trim().is_empty() => "\n",
        (0, _) => "\n\n",
        _ => "",
    };
    let header = format!("{start}{lines}---{after}");
    let header = if text.contains("\r\n") { header.replace('\n', "\r\n") } else { header };
    Fix::suggested(what, vec![(Span::new(file, 0..end), header)])
}

/// Where the title stands, if the first lines look like one: short, and neither a sentence
/// that goes on nor a heading or a line with a marker, a key or a symbol.
fn title(text: &str) -> Option<Range<usize>> {
    let is_blank = |c: char| c.is_whitespace() || is_dropped(c);
    let start = text.len() - text.trim_start_matches(is_blank).len();
    let lines = text.get(start..)?.split_inclusive('\n').take(LINES + 1);
    let lines: Vec<&str> = lines.take_while(|line| !line.chars().all(is_blank)).collect();
    let length: usize = lines.iter().map(|line| line.len()).sum();
    let words = text.get(start..start + length)?.trim_end_matches(is_blank);
    if lines.len() > LINES || words.len() > LONGEST {
        return None;
    }
    let first = words.chars().next()?;
    let has_end = words.ends_with(['.', ',', ';', ':', '…', '!']);
    let is_marked = !(first.is_uppercase() || matches!(first, '“' | '«' | '„' | '"'));
    let is_other = lines.iter().any(|line| read_key(line).is_some() || line.starts_with("//"))
        || words.split_whitespace().any(|word| read_symbol(word.trim_end_matches(['*', ','])).is_some())
        || words.contains(['{', '[', '|'])
        // Signs that end a line, but are no line end of the header's.
        || words.contains(['\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'])
        || words.replace("\r\n", "\n").contains('\r')
        || heading_of(words).is_some();
    let is_title = !has_end && !is_marked && !is_other;
    is_title.then(|| start..start + words.len())
}
