//! The kind in words and the symbol, across the title that stands between them:
//! “the Declaration on the opening of the archives (MC.DEC/901/11)”.

use super::cited::{Cited, Problem, What};
use crate::syntax::citation;

/// No title is longer, in bytes.
const LONGEST: usize = 300;

/// Marks each symbol in parentheses whose words say another kind. `instruments` are
/// nouns that name instruments: one of them between kind and symbol may be what
/// the symbol is of.
pub(super) fn compare(text: &str, language: &str, instruments: &[String], all: &mut [Cited]) {
    let mut from = 0;
    for cited in all {
        let start = from;
        from = cited.words.end;
        let (What::Symbol(symbol), None) = (&cited.what, &cited.problem) else { continue };
        let Some(before) = text.get(start..cited.words.start) else { continue };
        if !matches!(symbol.kind.as_str(), "DEC" | "DOC") || !before.ends_with('(') {
            continue;
        }
        let phrase = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST))..before.len() - 1];
        let ends = |(at, sign): &(usize, &str)| *sign != "." || phrase[at + 1..].starts_with(char::is_whitespace);
        let mut stops = phrase.rmatch_indices(['.', ';', ':', '(', ')', '\n', '\u{FFFC}']);
        let phrase = &phrase[stops.find(ends).map_or(0, |(at, sign)| at + sign.len())..];
        let kinds = citation::kind_words(phrase, language);
        // What is said in small letters may be said of anything.
        let is_name = |words: &std::ops::Range<usize>| phrase[words.clone()].starts_with(char::is_uppercase);
        let Some((words, said)) = kinds.iter().rev().find(|(words, _)| is_name(words)) else { continue };
        let rest = &phrase[words.end..];
        let mut nouns = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let another =
            nouns.any(|word| instruments.iter().any(|noun| noun == word) && word.starts_with(char::is_uppercase));
        let agrees = kinds.iter().any(|(_, kind)| *kind == symbol.kind);
        if !agrees && !another && matches!(*said, "DEC" | "DOC" | "RES") {
            cited.problem = Some(Problem::Kind((*said).to_owned()));
        }
    }
}
