//! What looks like a reference and was not read; and letters that look like a symbol’s.

use std::ops::Range;

/// Words around a number that were not read as a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// From the first word that was understood to the number.
    pub words: Range<usize>,
    /// What was understood, and what stopped it.
    pub stopped: Stopped,
}

/// What kept words from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Letters behind a body’s that are no type of document: the body’s, theirs.
    Letters(String, String),
    /// A word that differs by a letter from one for a kind: the word, the one
    /// that may be meant.
    Slip(String, String),
    /// The form of the number.
    Number(String),
    /// The sentence names a body that is none of ours, and no other.
    Another(String),
    /// The words between the kind, the number and the body.
    Words(String),
    /// It is a symbol of the Conference, which became the Organization in 1995.
    Conference,
    /// The year: what goes by this name is of these.
    Year(Vec<String>),
}

/// Bodies whose letters begin a symbol, beside those with words; symbols of before 1995
/// begin with `DOC`.
const ORGANS: [&str; 8] = ["FSC-PC", "FSC", "SUM", "CIO", "SEC", "DOC", "MC", "PC"];
/// With what symbols of the Conference begin: `CSCE/WV.3`.
const CONFERENCE: &str = "CSCE";
/// Types of documents.
const TYPES: [&str; 9] = ["DEC", "DOC", "JOUR", "DEL", "GAL", "INF", "DECL", "DECS", "DD"];

/// The figure that is meant by a letter that looks like it, Latin or Cyrillic.
pub fn figure_like(letter: char) -> Option<char> {
    match letter {
        'l' | 'I' | 'І' => Some('1'),
        'O' | 'o' | 'О' | 'о' => Some('0'),
        'З' | 'з' => Some('3'),
        'б' => Some('6'),
        _ => None,
    }
}

pub(super) fn is_like_a_figure(letter: char) -> bool {
    figure_like(letter).is_some()
}

/// `MC.DOX/10/14`: a body’s letters with unknown ones behind, before a number; `before`
/// is the text that ends there.
pub(super) fn like_a_symbol(text: &str, number: usize, before: &str) -> Option<Left> {
    let word = before
        .trim_end_matches(['/', '.', ' ', '\u{A0}'])
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '„' | '«' | '"' | '['))
        .next()?;
    let start = number - (before.len() - (word.as_ptr() as usize - before.as_ptr() as usize));
    if word == CONFERENCE && before.ends_with('/')
        || word.strip_prefix(CONFERENCE).is_some_and(|rest| rest.starts_with('/'))
    {
        let rest = &text[number..];
        let length = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '.' | '-'))).unwrap_or(rest.len());
        let length = rest[..length].trim_end_matches(['.', '/', '-']).len();
        return Some(Left { words: start..number + length, stopped: Stopped::Conference });
    }
    // `MC.DEC/l/25`
    let lettered = word.rsplit_once('/').filter(|(_, letter)| letter.len() == 1 && letter.ends_with(is_like_a_figure));
    let (word, number) = lettered.map_or((word, number), |(word, _)| (word, start + word.len() + 1));
    // `ES-XI/1`
    let session = word.strip_prefix("ES").map(|rest| rest.trim_start_matches(['-', '‑', '–']));
    if session.is_some_and(|session| !session.is_empty() && session.bytes().all(|c| b"IVXL".contains(&c)))
        && before.ends_with('/')
    {
        let end = number + text[number..].bytes().take_while(u8::is_ascii_digit).count();
        return Some(Left { words: start..end, stopped: Stopped::Number(text[start..end].to_owned()) });
    }
    if let Some(left) = like_a_resolution(text, number, start, word) {
        return Some(left);
    }
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    // `M.DEC/5/11`: a letter of the body’s is missing.
    let alone =
        word.split_once('.').filter(|(organ, kind)| organ.len() == 1 && TYPES.contains(kind)).map(|(organ, _)| organ);
    let organ = ORGANS.into_iter().find(|organ| word.starts_with(*organ)).or(alone)?;
    let rest = &word[organ.len()..];
    let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
    let letters = rest.trim_start_matches(['.', '-', '/']);
    let dotted = letters.len() < rest.len();
    let is_type =
        |letters: &str| TYPES.contains(&letters) || is_one_off(&letters.chars().collect::<Vec<_>>(), &['D', 'E', 'C']);
    // `PC.DEC 9999`
    if !(before.ends_with('/') || dotted && TYPES.contains(&letters)) {
        return None;
    }
    let plain = !letters.is_empty() && letters.len() <= 8 && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    if !plain || !dotted && !is_type(letters) {
        return None;
    }
    let rest = &text[number..];
    let length = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '.'))).unwrap_or(rest.len());
    let length = rest[..length].trim_end_matches(['.', '/']).len();
    let stopped = if dotted && TYPES[..6].contains(&letters) {
        Stopped::Number(text[number..number + length].to_owned())
    } else {
        Stopped::Letters(organ.to_owned(), letters.to_owned())
    };
    Some(Left { words: start..number + length, stopped })
}

/// `S.RES/1325`, `A/REZ/70/1`: letters that are nearly those of a resolution’s symbol.
fn like_a_resolution(text: &str, number: usize, start: usize, word: &str) -> Option<Left> {
    let organ = word.chars().next().filter(|organ| matches!(organ, 'S' | 'A'))?;
    let letters = word[1..].trim_matches(['/', '.', '-']);
    let touches = letters.len() + 1 == word.len() && !letters.is_empty();
    let folded: Vec<char> = letters.to_lowercase().chars().collect();
    let is_type = folded == ['r', 'e', 's'] || !touches && is_one_off(&folded, &['r', 'e', 's']);
    let rest = &text[number..];
    let length = rest.find(|c: char| !(c.is_ascii_digit() || c == '/')).unwrap_or(rest.len());
    is_type.then(|| Left {
        words: start..number + rest[..length].trim_end_matches('/').len(),
        stopped: Stopped::Letters(organ.to_string(), letters.to_owned()),
    })
}

/// So far apart letters may have changed places, to the end of the word.
const MOVED: usize = 8;

/// Whether two words differ by one letter: another, one more or less, or two
/// that changed places.
pub(super) fn is_one_off(a: &[char], b: &[char]) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let first = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    let (long, short) = (&long[first..], &short[first..]);
    match (long, short) {
        ([], _) => false,
        ([_, long @ ..], short) if long == short => true,
        ([_, long @ ..], [_, short @ ..]) if long == short => true,
        ([a, b, long @ ..], [c, d, short @ ..]) if a == d && b == c && long == short => true,
        // “desicion”: letters that changed places.
        (long, short) if long.len() == short.len() && long.len() <= MOVED => {
            let sorted = |letters: &[char]| {
                let mut letters = letters.to_vec();
                letters.sort_unstable();
                letters
            };
            sorted(long) == sorted(short)
        }
        _ => false,
    }
}

/// A word without the signs around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// A word with a capital.
pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::is_one_off;

    #[test]
    fn words_that_differ_by_a_letter() {
        let off = |a: &str, b: &str| is_one_off(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert!(off("decison", "decision") && off("descision", "decision") && off("dceision", "decision"));
        assert!(off("dezision", "decision") && !off("decision", "decision") && !off("division", "decision"));
    }
}
