//! The header: lines of `key: value` up to a line of dashes.

use jiff::civil::Date;
use pest::Parser;

use super::ast::{Entry, Header, HeaderItem, KeywordName, Word};
use super::grammar::{Grammar, Rule};
use super::inline::word;
use super::line::{Form, Line, Lines, form, trim};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Reads the header, and says at which line the body begins.
pub(super) fn read(text: &str, lines: &Lines, found: &mut Diagnostics) -> (Header, usize) {
    let rule = lines.iter().position(|line| matches!(form(text, line).form, Form::ClosingRule));
    let Some(rule) = rule else { return without_rule(text, lines, found) };
    let mut header = read_lines(text, lines, 0..rule, found);
    header.rule = lines.get(rule).map(|line| line.span);
    (header, rule + 1)
}

/// The keys of a text that others include.
const INCLUDED: [&str; 4] = ["about", "language", "agreed-in", "params"];

/// The header of a text that others include; without a line of dashes it has
/// one only where its first line says so.
pub(super) fn read_included(text: &str, lines: &Lines, found: &mut Diagnostics) -> (Header, usize) {
    let first = lines.iter().find(|line| !matches!(form(text, *line).form, Form::Comment));
    let has_header = lines.iter().any(|line| matches!(form(text, line).form, Form::ClosingRule))
        || first.and_then(|line| read_key(&text[line.span.range()])).is_some_and(|(_, _, key)| INCLUDED.contains(&key));
    if has_header { read(text, lines, found) } else { (Header::default(), 0) }
}

/// Without a line of dashes the header is the first lines that look like one.
fn without_rule(text: &str, lines: &Lines, found: &mut Diagnostics) -> (Header, usize) {
    let is_header = |line: Line| {
        let read = form(text, line);
        read.indent > 0 || matches!(read.form, Form::Comment) || read_key(&text[line.span.range()]).is_some()
    };
    // An empty file was said to be one.
    let Some(first) = lines.get(0).map(|line| line.span) else { return (Header::default(), 0) };
    let first_key = read_key(&text[first.range()]).map(|(_, _, key)| key);
    let has_header = first_key.is_some_and(|key| KeywordName::of(key).is_none());
    if !has_header {
        let hint = "begin the file with `document: declaration`, `language: en`, a title and a line of dashes";
        found.push(Diagnostic::new(Code::NoHeader, first, "the file has no header").hint(hint));
        return (Header::default(), 0);
    }
    let end = lines.iter().take_while(|&line| is_header(line)).count();
    let last = lines.iter().take(end).last().map_or(first, |line| line.span);
    found.push(
        Diagnostic::new(Code::NoHeader, last, "the header has no end")
            .hint("write a line of three dashes between the header and the text")
            .fix("write `---`", last.tail(), "\n---"),
    );
    (read_lines(text, lines, 0..end, found), end)
}

/// Reads lines of `key: value`, also those of an annex.
pub(super) fn read_lines(text: &str, lines: &Lines, range: std::ops::Range<usize>, found: &mut Diagnostics) -> Header {
    let mut header = Header::default();
    for line in range.filter_map(|at| lines.get(at)) {
        let read = form(text, line);
        let start = Span { start: read.text_start, ..line.span };
        if matches!(read.form, Form::Comment) {
            header.items.push(HeaderItem::Comment(trim(text, start)));
            continue;
        }
        let last = header.items.iter_mut().rev().find_map(|item| match item {
            HeaderItem::Entry(entry) => Some(entry),
            HeaderItem::Comment(_) => None,
        });
        match (read.indent, last, read_key(&text[start.range()])) {
            (1.., Some(entry), _) => entry.lines.push(word(text, trim(text, start))),
            (_, _, Some((rest, key, _))) => header.items.push(HeaderItem::Entry(Entry {
                key: word(text, start.part(key)),
                lines: vec![word(text, trim(text, start.part(rest..start.range().len())))],
            })),
            _ => {
                let place = trim(text, start);
                found.push(
                    Diagnostic::new(Code::HeaderLine, place, "this line of the header has no key")
                        .hint("write `key: value`, or indent the line by two blanks if it continues the one above"),
                );
            }
        }
    }
    header
}

/// The key at the start of `key: value`: where the value starts, where the key
/// stands, and the key itself, in bytes of `line`.
pub fn read_key(line: &str) -> Option<(usize, std::ops::Range<usize>, &str)> {
    let beginning = &line[..line.floor_char_boundary(256)];
    let pair = Grammar::parse(Rule::header_line, beginning).ok()?.next()?;
    let end = pair.as_span().end();
    let key = pair.into_inner().next()?.as_span();
    Some((end, key.start()..key.end(), &line[key.start()..key.end()]))
}

/// A date as headers have it, `2020-12-04`; none where the form is another or
/// the calendar has no such day.
pub fn read_date(text: &str) -> Option<Date> {
    let pair = Grammar::parse(Rule::date, text).ok()?.next()?;
    let mut parts = pair.into_inner().map(|part| part.as_str().parse::<i16>());
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A value's lines joined as one word, for messages and short values.
impl From<&Entry> for Word {
    fn from(entry: &Entry) -> Word {
        Word { text: entry.value(), span: entry.value_span() }
    }
}
