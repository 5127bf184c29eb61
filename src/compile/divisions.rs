//! Numbers of divisions that were typed into their titles, and divisions that stand where
//! their scheme has no number for them.

use super::counting::DivisionNumber;
use super::outline::Outliner;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Inline, Keyword, StructureName};
use crate::syntax::roman;

/// A typed number that is farther from the counted one is none: `C. Example` is a name.
const NEAR: u32 = 5;

impl Outliner<'_, '_> {
    /// What is said of a division's number.
    pub fn judge_division(&mut self, keyword: &Keyword, number: &DivisionNumber, are_nested: bool) {
        let shown = number.label.as_str();
        if are_nested && keyword.name == StructureName::Subsection && !shown.contains('.') {
            let message = format!("this subsection stands under no section: its number is `{shown}` alone");
            let hint = "write `section:` above it, or make a section of it";
            self.found.push(Diagnostic::new(Code::Misnumbered, keyword.word, message).hint(hint));
        }
        let Some((place, typed)) = typed(keyword) else { return };
        let in_letters = keyword.name == StructureName::Subsection && !are_nested;
        let values = |word: &str| values(word, in_letters);
        // Figures alone may be an ordinal: `3. Dezember`.
        if typed.starts_with(|c: char| c.is_ascii_digit()) {
            return;
        }
        let (Some(read), Some(counted)) = (values(&typed), values(shown)) else { return };
        let is_near = read.len() == counted.len()
            && read.iter().zip(&counted).all(|(read, counted)| read.abs_diff(*counted) <= NEAR);
        if !is_near || has_brackets(&typed) != has_brackets(shown) {
            return;
        }
        let message = match read == counted {
            true => format!("`{typed}` is counted, and would be printed twice"),
            false => format!("this is `{shown}`; `{typed}` is typed, and would be printed behind it"),
        };
        let hint = "numbers of divisions are counted, and printed before their titles";
        let finding = Diagnostic::new(Code::Misnumbered, place, message).hint(hint);
        self.found.push(finding.fix("delete it", place, ""));
    }
}

/// The first word of a title that has the form of a number, with the blank behind it.
fn typed(keyword: &Keyword) -> Option<(Span, String)> {
    let Some(Inline::Text(first)) = keyword.value.first() else { return None };
    let (word, rest) = first.text.split_once([' ', '\u{A0}', '\t'])?;
    let is_form = word.ends_with('.') || has_brackets(word) || word.contains('.');
    if !is_form || rest.trim().is_empty() && keyword.value.len() < 2 {
        return None;
    }
    let blank = rest.len() - rest.trim_start().len();
    let end = first.text.len() - rest.len() + blank;
    // Where signs were read as others, its place is not that of its letters.
    (first.span.end - first.span.start == u32::try_from(first.text.len()).ok()?)
        .then(|| (first.span.part(0..end), word.to_owned()))
}

fn has_brackets(word: &str) -> bool {
    word.ends_with(')')
}

/// `IV.` is 4, `IV.1` is 4 and 1, `(B)` and `B)` are 2, and so is `B.` where divisions have letters.
fn values(word: &str, in_letters: bool) -> Option<Vec<u32>> {
    let inner = word.trim_start_matches('(').trim_end_matches([')', '.']);
    let in_letters = in_letters || has_brackets(word);
    let value = |part: &str| match part.as_bytes() {
        [b'0'..=b'9', ..] => part.parse().ok(),
        [letter @ b'A'..=b'Z'] if in_letters => Some(u32::from(letter - b'A') + 1),
        [b'A'..=b'Z', ..] if !in_letters => roman(&part.to_lowercase()),
        _ => None,
    };
    inner.split('.').map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn numbers_of_divisions_are_read() {
        let cases =
            [("IV.", false, vec![4]), ("IV.1", false, vec![4, 1]), ("(B)", false, vec![2]), ("C.", true, vec![3])];
        for (word, in_letters, value) in cases {
            assert_eq!(values(word, in_letters), Some(value), "{word}");
        }
        assert_eq!(values("Mr.", false), None);
    }
}
