//! Words as they are written so that they are read as words: what the language would read
//! otherwise has a backslash before it.

use super::ast::KeywordName;
use super::line::{Form, Line, form, is_dropped, is_gap};
use super::marker::Marker;
use crate::source::{FileId, Span};

/// What becomes of square brackets and the bars in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brackets {
    /// They say that words are not agreed.
    Kept,
    /// They are signs like others.
    Signs,
}

/// Words inside a text, on one line. Line breaks are blanks, and what cannot be printed is left out.
pub fn escaped(words: &str, brackets: Brackets) -> String {
    let mut depth = 0;
    escaped_within(words, brackets, &mut depth)
}

/// The same of a part of a text, in which so many brackets are open before it; and after it,
/// so many are.
pub fn escaped_within(words: &str, brackets: Brackets, depth: &mut usize) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let mut address_end = 0;
    for (at, sign) in words.char_indices() {
        if at >= address_end && is_address(&words[at..]) {
            let rest = &words[at..];
            address_end = at + rest.find(ends_address).unwrap_or(rest.len());
        }
        let kept = brackets == Brackets::Kept;
        match sign {
            // In an address a backslash would be printed.
            _ if at < address_end => out.push(sign),
            '[' if kept => {
                *depth += 1;
                out.push(sign);
            }
            ']' if kept => {
                *depth = depth.saturating_sub(1);
                out.push(sign);
            }
            '|' if kept && *depth > 0 => out.push(sign),
            '\\' | '{' | '}' | '[' | ']' | '*' | '|' => out.extend(['\\', sign]),
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\t' => out.push(' '),
            '\u{1E}' | '\u{1F}' => out.push(sign),
            _ if sign.is_control() => {}
            _ => out.push(sign),
        }
    }
    out
}

fn is_address(rest: &str) -> bool {
    rest.starts_with("https://") || rest.starts_with("http://")
}

fn ends_address(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '\u{A0}' | '{' | '}' | '[' | ']' | '<' | '>' | '”' | '»' | '"') || sign.is_control()
}

/// Whether the square brackets of words are in pairs, so that they can say what is not agreed.
pub fn has_paired_brackets(words: &str) -> bool {
    let mut depth = 0_usize;
    for sign in words.chars() {
        match sign {
            '[' => depth += 1,
            ']' if depth == 0 => return false,
            ']' => depth -= 1,
            _ => {}
        }
        if depth > super::MAX_DEPTH {
            return false;
        }
    }
    depth == 0
}

/// What the beginning of a line would be read as, were it not escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// Words.
    Words,
    /// What may be the marker of a paragraph, which the paragraphs around it decide.
    Marker,
    /// A keyword, a remark, dashes, the head of a page.
    Structure,
}

/// What the beginning of a line would be read as.
pub fn beginning(line: &str) -> Beginning {
    let span = Span::new(FileId(0), 0..line.len());
    match form(line, Line { span, blank_before: true }).form {
        Form::Keyword { word, .. } if KeywordName::of(&word.text).is_some() => Beginning::Structure,
        // Its own sign is escaped wherever it stands.
        Form::PastedMark if line.trim_start().starts_with('*') => Beginning::Words,
        Form::Comment | Form::ClosingRule | Form::PageHead | Form::PastedMark => Beginning::Structure,
        Form::Marked { .. } => Beginning::Marker,
        Form::Keyword { .. } | Form::Prose => {
            let start = line.len() - line.trim_start().len();
            let rest = &line[start..];
            match Marker::offered(rest, span.part(start..line.len())) {
                Some(_) => Beginning::Marker,
                None => Beginning::Words,
            }
        }
    }
}

/// The marker that a line may begin with, with a bracket before it, and the words behind it.
pub fn typed_marker(line: &str) -> Option<(&str, &str)> {
    let span = Span::new(FileId(0), 0..line.len());
    let read = form(line, Line { span, blank_before: true });
    let start = read.text_start as usize;
    let end = match read.form {
        Form::Marked { marker, .. } => marker.span.range().end,
        Form::Keyword { .. } | Form::Prose => {
            Marker::offered(line.get(start..)?, span.part(start..line.len()))?.span.range().end
        }
        Form::Comment | Form::ClosingRule | Form::PageHead | Form::PastedMark => return None,
    };
    Some((line.get(start..end)?, line.get(end..)?.trim_start_matches(|c| is_gap(c) || is_dropped(c))))
}

/// A line that begins a paragraph, with a backslash before what would be read as something
/// else than words. Its words are [`escaped`] already.
pub fn escaped_line(line: &str) -> String {
    match beginning(line) {
        Beginning::Words => line.to_owned(),
        Beginning::Marker | Beginning::Structure => format!("\\{line}"),
    }
}

/// The paragraph's text on lines of about so many signs; none begins with what could be read
/// as something else than words.
pub fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let (mut column, mut end) = (indent.chars().count(), 0);
    for (at, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        end += word.len() + usize::from(at > 0);
        if at > 0 {
            // A colon behind a blank makes a keyword of a word all the same.
            let is_plain = word.starts_with(char::is_alphabetic)
                && length > 2
                && !word.contains([':', '.', ')', '\\', '|'])
                && !text.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':'));
            if column + 1 + length > width && is_plain {
                out.push('\n');
                out.push_str(indent);
                column = indent.chars().count();
            } else {
                out.push(' ');
                column += 1;
            }
        }
        out.push_str(word);
        column += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_language_reads_has_a_backslash() {
        for (words, written) in [
            ("a {b} * c | d \\", "a \\{b\\} \\* c \\| d \\\\"),
            ("[FR: a | b] | c", "[FR: a | b] \\| c"),
            ("see https://a.example/*/x|y {z}", "see https://a.example/*/x|y \\{z\\}"),
            ("one\ntwo\u{0}", "one two"),
        ] {
            assert_eq!(escaped(words, Brackets::Kept), written);
        }
        assert_eq!(escaped("[a]", Brackets::Signs), "\\[a\\]");
        assert!(has_paired_brackets("a [b [c]]") && !has_paired_brackets("a] [b"));
    }

    #[test]
    fn what_begins_as_structure_is_a_word() {
        for line in ["include: x", "// a", "---", "- 2 -", "1. a", "(a) b", "OP6 alt", "2- c", "– d", "[3. a]"] {
            assert_eq!(escaped_line(line), format!("\\{line}"));
        }
        for line in ["We include: x", "Note: this", "M. Exemple", "\\* a"] {
            let line = if line.starts_with("M.") { "Monsieur. Exemple" } else { line };
            assert_eq!(escaped_line(line), line);
        }
    }
}
