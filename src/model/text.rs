//! The words of a text, without what is drawn about them.

use super::Inline;

/// The words, raised letters on the line, footnotes left out.
pub fn plain(content: &[Inline]) -> String {
    let mut out = String::new();
    add(content, &mut out);
    out
}

/// A title's lines joined by a space.
pub fn plain_lines(lines: &[Vec<Inline>]) -> String {
    lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join(" ")
}

fn add(content: &[Inline], out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text)
            | Inline::Raised(text)
            | Inline::Placeholder(text)
            | Inline::Link { text, .. }
            | Inline::Unresolved(text) => out.push_str(text),
            Inline::Emphasis { content, .. }
            | Inline::Bracket(content)
            | Inline::Foreign { content, .. }
            | Inline::Instrument { content, .. } => add(content, out),
            Inline::NoteMark { .. } => {}
        }
    }
}
