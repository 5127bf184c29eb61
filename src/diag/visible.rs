//! What of a text may be shown: on a terminal, in a log, in a summary, as an
//! annotation. Everything that is shown goes through here.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character steers what shows it, or turns the direction of what stands
/// around it, instead of being shown itself.
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text of several lines with a sign for each character that would steer: `␛` for
/// an escape, and the code point for one that has no sign. Line breaks and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, |c| matches!(c, '\n' | '\t'))
}

/// The same of what stands in one line, as a path: a line break is shown as `\n`.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    shown(text, |_| false)
}

/// A report that may be coloured: the sequences that colour it stay.
pub fn visible_report(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{1B}') {
        return visible(text);
    }
    let mut out = String::new();
    let mut pieces = text.split('\u{1B}');
    out.push_str(&visible(pieces.next().unwrap_or_default()));
    for piece in pieces {
        let figures = |rest: &str| rest.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(rest.len());
        let colours = piece.strip_prefix('[').map(|rest| (figures(rest), rest));
        match colours {
            Some((end, rest)) if rest[end..].starts_with('m') => {
                out.push_str("\u{1B}[");
                out.push_str(&rest[..=end]);
                out.push_str(&visible(&rest[end + 1..]));
            }
            _ => {
                out.push(sign_of('\u{1B}'));
                out.push_str(&visible(piece));
            }
        }
    }
    Cow::Owned(out)
}

/// JSON that says the same and has no such character: those that JSON lets stand are
/// written by their numbers.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    if !json.chars().any(|c| steers(c) && c != '\n') {
        return Cow::Borrowed(json);
    }
    let mut out = String::new();
    for c in json.chars() {
        // All of them have four figures.
        match steers(c) && !matches!(c, '\n' | '\t' | '\r') {
            true => _ = write!(out, "\\u{:04x}", u32::from(c)),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A cell of a table that no spreadsheet runs: what would begin a formula stands
/// behind an apostrophe.
pub fn plain_cell(cell: &str) -> Cow<'_, str> {
    let shown = visible(cell);
    // Blanks before a formula keep no spreadsheet from running it.
    let first = shown.trim_start_matches([' ', '\u{A0}', '\n', '\u{FEFF}', '\u{200B}']).chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '\t' | '＝' | '＋' | '－' | '＠') => Cow::Owned(format!("'{shown}")),
        _ => shown,
    }
}

fn shown(text: &str, stays: fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(|c| steers(c) && !stays(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            _ if stays(c) || !steers(c) => out.push(c),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\x1F' | '\x7F' => out.push(sign_of(c)),
            _ => _ = write!(out, "<U+{:04X}>", u32::from(c)),
        }
    }
    Cow::Owned(out)
}

/// The sign that Unicode has for a control character of ASCII.
fn sign_of(c: char) -> char {
    match c {
        '\x7F' => '\u{2421}',
        c => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_shown_and_what_colours_a_report_stays() {
        assert_eq!(visible("a\x1b[2J\n\tb\u{9b}c\u{202e}\r"), "a␛[2J\n\tb<U+009B>c<U+202E>\\r");
        assert_eq!(visible_line("a\nb\tc\x7f"), "a\\nb\\tc␡");
        assert_eq!(visible_report("\x1b[1;31merror\x1b[0m \x1b[2J\x1b]0;x\x07"), "\x1b[1;31merror\x1b[0m ␛[2J␛]0;x␇");
        assert_eq!(visible_json("{\"a\": \"\u{9b}é\"}\n"), "{\"a\": \"\\u009bé\"}\n");
    }

    #[test]
    fn no_cell_begins_a_formula() {
        for cell in ["=1+1", "+1", "-2+3", "@SUM(1)", "\t=1", " =1", "\n@x"] {
            assert!(plain_cell(cell).starts_with('\''), "{cell:?}");
        }
        assert_eq!(plain_cell("MC.DEC/5/11"), "MC.DEC/5/11");
        assert_eq!(plain_cell(""), "");
    }
}
