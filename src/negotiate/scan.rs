//! A paragraph of a source as its author wrote it: chunks between blanks, and what stands
//! between brackets and bars.

use std::ops::Range;

use crate::syntax::ast::delegation_and_round;

/// What stands between blanks. What is in brackets, braces or asterisks is one with what it
/// touches, whatever blanks it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    pub range: Range<usize>,
    /// Whether it is a line of comment.
    pub is_comment: bool,
}

/// The chunks of a stretch of text.
pub(super) fn chunks(text: &str, range: Range<usize>) -> Vec<Chunk> {
    let inside = text.get(range.clone()).unwrap_or_default();
    let stars = runs_of_stars(inside);
    let groups_stars = stars.is_multiple_of(2);
    let mut chunks: Vec<Chunk> = Vec::new();
    let (mut start, mut depth, mut in_stars) = (None, 0_usize, false);
    let mut signs = inside.char_indices().peekable();
    let mut before = '\n';
    while let Some((at, sign)) = signs.next() {
        let is_free = depth == 0 && !in_stars;
        if is_free && start.is_none() && begins_comment(inside, at, before) {
            let end = inside.get(at..).and_then(|rest| rest.find(['\n', '\r'])).map_or(inside.len(), |end| at + end);
            chunks.push(Chunk { range: range.start + at..range.start + end, is_comment: true });
            while signs.next_if(|(next, _)| *next < end).is_some() {}
            before = ' ';
            continue;
        }
        if sign.is_whitespace() && sign != '\u{A0}' && is_free {
            if let Some(start) = start.take() {
                chunks.push(Chunk { range: range.start + start..range.start + at, is_comment: false });
            }
            // Blanks after a line break keep what begins a line at its beginning.
            before = if sign == '\n' || sign == '\r' || before == '\n' { '\n' } else { ' ' };
            continue;
        }
        start = start.or(Some(at));
        match sign {
            '\\' => _ = signs.next(),
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            '*' if groups_stars => {
                while signs.next_if(|(_, next)| *next == '*').is_some() {}
                in_stars = !in_stars;
            }
            _ => {}
        }
        before = sign;
    }
    if let Some(start) = start {
        chunks.push(Chunk { range: range.start + start..range.end, is_comment: false });
    }
    chunks
}

fn begins_comment(text: &str, at: usize, before: char) -> bool {
    before == '\n' && at > 0 && text.get(at..).is_some_and(|rest| rest.starts_with("//"))
}

/// How many runs of asterisks a text has that no backslash stands before.
fn runs_of_stars(text: &str) -> usize {
    let mut runs = 0;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => _ = signs.next(),
            '*' => {
                while signs.next_if(|next| *next == '*').is_some() {}
                runs += 1;
            }
            _ => {}
        }
    }
    runs
}

/// A chunk as it is compared and written: line breaks in it are blanks.
pub(super) fn in_one_line(chunk: &str) -> String {
    chunk.split(['\n', '\r', ' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What stands between the bars of a bracket: the ranges of its alternatives in the text,
/// names included.
pub(super) fn alternatives(text: &str, bracket: Range<usize>) -> Vec<Range<usize>> {
    let inner = bracket.start + 1..bracket.end.saturating_sub(1).max(bracket.start + 1);
    let Some(inside) = text.get(inner.clone()) else { return Vec::new() };
    let mut all = Vec::new();
    let (mut start, mut depth) = (inner.start, 0_usize);
    let mut signs = inside.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => _ = signs.next(),
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                all.push(start..inner.start + at);
                start = inner.start + at + 1;
            }
            _ => {}
        }
    }
    all.push(start..inner.end);
    all
}

/// Why words cannot stand in a bracket beside others: a bar would divide them, and what
/// begins with a word and a colon would be taken for names.
pub(super) fn unfit(words: &str, round: u32) -> Option<&'static str> {
    let whole = format!("[{words}]");
    if alternatives(&whole, 0..whole.len()).len() > 1 {
        return Some("a bar in it would divide it");
    }
    let backslashes = words.len() - words.trim_end_matches('\\').len();
    if !backslashes.is_multiple_of(2) {
        return Some("the backslash at its end would make a sign of the bracket");
    }
    if !runs_of_stars(words).is_multiple_of(2) {
        return Some("an asterisk of it would be read with one outside of it");
    }
    if names_before(words).is_some() {
        return Some("its first words and a colon would be taken for names");
    }
    let is_of_round = |at: usize| names_before(words.get(at + 1..)?).map(|rounds| rounds.contains(&round));
    if words.match_indices(['[', '|']).any(|(at, _)| is_of_round(at).unwrap_or_default()) {
        return Some("it has a bracket with names in it, which would be settled with others");
    }
    let mut depth = 0_i64;
    let mut signs = words.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => _ = signs.next(),
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            break;
        }
    }
    (depth != 0).then_some("its brackets do not close in it")
}

/// The rounds of the names that words begin with as `FR, Holy See@2:` does.
fn names_before(words: &str) -> Option<Vec<u32>> {
    let is_word = |word: &str| {
        word.starts_with(char::is_alphabetic) && word.chars().all(|c| c.is_alphabetic() || ".-’/".contains(c))
    };
    let (names, _) = words.split_once(':')?;
    let round = |name: &str| {
        let (bare, round) = delegation_and_round(name.trim());
        (!bare.is_empty() && bare.split_whitespace().all(is_word)).then_some(round)
    };
    names.split(',').map(round).collect()
}

/// What stands within a bracket that is all of a paragraph and has one alternative, behind the
/// names before it.
pub(super) fn within_bracket(words: &str) -> Option<Range<usize>> {
    let end = words.trim_end().len();
    if !words.starts_with('[') || alternatives(words, 0..end).len() != 1 {
        return None;
    }
    let (mut depth, mut closes) = (0_usize, None);
    let mut signs = words.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => _ = signs.next(),
            '[' | '{' => depth += 1,
            ']' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    closes = Some(at);
                    break;
                }
            }
            _ => {}
        }
    }
    let closes = closes.filter(|at| at + 1 == end)?;
    let inside = words.get(1..closes)?;
    let names = names_before(inside).and_then(|_| inside.find(':')).map_or(0, |at| at + 1);
    let blanks = inside.get(names..)?.len() - inside.get(names..)?.trim_start().len();
    Some(1 + names + blanks..closes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        chunks(text, 0..text.len()).into_iter().map(|chunk| &text[chunk.range]).collect()
    }

    #[test]
    fn brackets_braces_and_emphasis_are_one_with_what_they_touch() {
        assert_eq!(
            words("we [FR: all] *agree here*, {note: By\nus.} now"),
            ["we", "[FR: all]", "*agree here*,", "{note: By\nus.}", "now"]
        );
        assert_eq!(words("a \\[ b * c"), ["a", "\\[", "b", "*", "c"]);
        assert_eq!(words("a\n  // c d\nb"), ["a", "// c d", "b"]);
    }

    #[test]
    fn a_bracket_that_is_all_of_a_paragraph_has_an_inside() {
        let inside = |text: &'static str| within_bracket(text).map(|range| &text[range]);
        assert_eq!(inside("[FR: 1 bis. We [x] meet.]"), Some("1 bis. We [x] meet."));
        assert_eq!(inside("[FR, Holy See@2: a]"), Some("a"));
        assert_eq!(inside("[1. a]"), Some("1. a"));
        assert!(["[a] b", "[a] [b]", "[a | FR: b]", "a [b]", "[a"].iter().all(|text| within_bracket(text).is_none()));
    }

    #[test]
    fn alternatives_are_divided_at_their_own_bars() {
        let text = "[a | FR: [b | c] \\| {note: d | e} | DE: ]";
        let parts: Vec<&str> = alternatives(text, 0..text.len()).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(parts, ["a", "FR: [b | c] \\| {note: d | e}", "DE:"]);
        assert!(
            unfit("Note: this", 1).is_some()
                && unfit("this \\", 1).is_some()
                && unfit("*this", 1).is_some()
                && unfit("a | b", 1).is_some()
                && unfit("a [b", 1).is_some()
                && unfit("at 10:30", 1).is_none()
                && unfit("a [FR: b]", 1).is_some()
                && unfit("a [FR: b]", 2).is_none()
                && unfit("a [c | FR@2: b]", 2).is_some()
        );
    }
}
