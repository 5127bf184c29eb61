//! Words compared as people type them.

/// The end of `words` in `text` from the byte `at` on, whatever the case, however many
/// blanks and line breaks stand where it has one, with or without commas and hyphens.
pub(super) fn eat(text: &str, at: usize, words: &str) -> Option<usize> {
    let rest = text.get(at..)?;
    let mut typed = rest.char_indices().peekable();
    let mut end = at;
    for wanted in words.chars().filter(|c| !is_passed_over(*c)) {
        if wanted.is_whitespace() {
            while let Some((from, c)) = typed.next_if(|(_, c)| c.is_whitespace() || *c == ',') {
                end = at + from + c.len_utf8();
            }
            continue;
        }
        // French has a blank before its colon.
        while typed.next_if(|(_, c)| is_passed_over(*c) || wanted == ':' && c.is_whitespace()).is_some() {}
        let (from, found) = typed.next()?;
        let same =
            found == wanted || matches!((found, wanted), ('\'', '’')) || found.to_lowercase().eq(wanted.to_lowercase());
        if !same {
            return None;
        }
        end = at + from + found.len_utf8();
    }
    Some(end)
}

/// The first two letters of words, small, of those that [`eat`] looks at.
pub(super) fn first_letters(words: &str) -> Option<[char; 2]> {
    let mut letters = words.chars().filter(|c| !is_passed_over(*c)).map(|c| c.to_lowercase().next().unwrap_or(c));
    Some([letters.next()?, letters.next()?])
}

/// What may stand, or not, between the letters of words.
fn is_passed_over(c: char) -> bool {
    matches!(c, ',' | '-' | '\u{2011}' | '\u{AD}')
}

/// The same, if no letter and no figure follows.
pub(super) fn eat_words(text: &str, at: usize, words: &str) -> Option<usize> {
    eat(text, at, words).filter(|&end| text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric()))
}

/// The line from the byte `at` on, without blanks at its ends, and the byte where
/// its words begin.
pub(super) fn line_at(text: &str, at: usize) -> (usize, &str) {
    let rest = &text[at..];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    (at + line.len() - line.trim_start().len(), line.trim())
}

/// Where the next line begins, or the text's end.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// Whether it is words in capitals.
pub(super) fn is_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 3 && !text.chars().any(char::is_lowercase)
}

/// Capitals, and the figures and endings of ordinals (`9488th PLENARY MEETING`); no letters apart
/// (`T I R A N A`), as on a cover, and no comment, which is what was made of other lines.
pub fn is_title(line: &str) -> bool {
    let words = || line.split_whitespace().filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    let is_spaced = words().all(|word| word.chars().count() == 1);
    !is_spaced && !line.starts_with("//") && is_capitals(&words().collect::<Vec<_>>().join(" "))
}

/// What ends a clause or sentence, behind whatever closes.
pub fn has_end(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['”', '»', '“', '"', '’', ')', ']', '*', '\u{A0}', ' ']);
    if text.ends_with(['.', ';', ':', ',', '–', '—', '!', '?', '…']) {
        return true;
    }
    // `; and`, but not “, and”.
    let mut words = text.rsplitn(3, char::is_whitespace);
    let (last, before) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    last.chars().count() <= 3 && last.chars().all(char::is_lowercase) && before.ends_with(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_as_they_are_typed() {
        assert_eq!(eat("Original : ANGLAIS", 0, "Original: "), Some(11));
        assert_eq!(eat("Agenda Item\n10", 0, "Agenda item "), Some(12));
        assert_eq!(eat("Cooperation", 0, "Co-operation"), Some(11));
        assert_eq!(eat_words("Annexes", 0, "annex"), None);
        assert!(has_end("first; and") && has_end("(“so.”)") && !has_end("democracy and"));
    }
}
