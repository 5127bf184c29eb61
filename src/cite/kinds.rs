//! The kind and the body in words and the symbol, across the title that stands between
//! them: “the Declaration on the opening of the archives (MC.DEC/901/11)”.

use std::ops::Range;

use super::cited::{Cited, Problem, What};
use super::titles::leads_in;
use crate::locale::Locale;
use crate::syntax::citation;

/// No title is longer, in bytes.
const LONGEST: usize = 300;

/// The words before a symbol that say what it is.
pub(super) struct Phrase {
    /// The letters of the kind that they name last.
    pub kind: &'static str,
    /// Those of all kinds that they name.
    kinds: Vec<&'static str>,
    /// The letters of the body right before it.
    body: Option<&'static str>,
    /// The bytes from the kind to the symbol.
    pub title: Range<usize>,
}

/// Marks each symbol whose words, before it or in parentheses behind it, say another kind
/// or body.
pub(super) fn compare(text: &str, locale: &Locale, all: &mut [Cited]) {
    let mut from = 0;
    for cited in all {
        let start = from;
        from = cited.words.end;
        let (What::Symbol(symbol), None) = (&cited.what, &cited.problem) else { continue };
        if !matches!(symbol.kind.as_str(), "DEC" | "DOC") {
            continue;
        }
        if let Some(phrase) = phrase_before(text, start..cited.words.start, locale) {
            let names_another = names_an_instrument(&text[phrase.title.clone()], &locale.cited.instruments);
            let agrees = phrase.kinds.contains(&symbol.kind.as_str());
            if !agrees && !names_another && matches!(phrase.kind, "DEC" | "DOC" | "RES") {
                cited.problem = Some(Problem::Kind(phrase.kind.to_owned()));
            } else if let Some(body) = phrase.body.filter(|body| *body != symbol.body && !names_another) {
                cited.problem = Some(Problem::Body(body.to_owned()));
            }
        } else if let Some(kind) = kind_behind(&text[cited.words.end..], locale).filter(|kind| *kind != symbol.kind) {
            cited.problem = Some(Problem::Kind(kind.to_owned()));
        }
    }
}

/// The words before a symbol in parentheses, or behind a comma where they say what the
/// text is about; `before` ends where the symbol begins.
pub(super) fn phrase_before(text: &str, before: Range<usize>, locale: &Locale) -> Option<Phrase> {
    let before = text.get(before)?;
    let enclosed = before.ends_with('(');
    let phrase = before.trim_end().strip_suffix(['(', ','])?;
    let phrase = &phrase[phrase.ceil_char_boundary(phrase.len().saturating_sub(LONGEST))..];
    let ends = |(at, sign): &(usize, &str)| *sign != "." || phrase[at + 1..].starts_with(char::is_whitespace);
    let mut stops = phrase.rmatch_indices(['.', ';', ':', '(', ')', '\n', '\u{FFFC}']);
    let phrase = &phrase[stops.find(ends).map_or(0, |(at, sign)| at + sign.len())..];
    let kinds = citation::kind_words(phrase, &locale.language);
    // What is said in small letters may be said of anything.
    let is_name = |words: &Range<usize>| phrase[words.clone()].starts_with(char::is_uppercase);
    let (words, kind) = kinds.iter().rev().find(|(words, _)| is_name(words))?;
    let title = &phrase[words.end..];
    if !enclosed && !begins_a_title(title, locale) {
        return None;
    }
    let body = citation::named_bodies(&phrase[..words.start], &locale.language).pop();
    let body = body.filter(|body| phrase[body.words.end..words.start].trim().is_empty()).and_then(|body| body.body);
    let at = title.as_ptr() as usize - text.as_ptr() as usize;
    let kinds = kinds.iter().map(|(_, kind)| *kind).collect();
    Some(Phrase { kind, kinds, body, title: at..at + title.len() })
}

/// “(Declaration on archives)” right behind a symbol.
fn kind_behind(after: &str, locale: &Locale) -> Option<&'static str> {
    let inside = after.trim_start().strip_prefix('(')?;
    let inside = &inside[..inside.find(')').filter(|end| *end <= LONGEST)?];
    let kinds = citation::kind_words(inside, &locale.language);
    let (words, kind) = kinds.first().filter(|(words, _)| words.start == 0)?;
    let is_title = inside.starts_with(char::is_uppercase) && begins_a_title(&inside[words.end..], locale);
    (is_title && matches!(*kind, "DEC" | "DOC" | "RES")).then_some(*kind)
}

/// “ on the opening of the archives”
fn begins_a_title(words: &str, locale: &Locale) -> bool {
    leads_in(words.trim_start(), &locale.cited.about).is_some()
}

/// Whether one of the nouns for instruments stands in words: the symbol may be its.
fn names_an_instrument(words: &str, instruments: &[String]) -> bool {
    let mut nouns = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    nouns.any(|word| word.starts_with(char::is_uppercase) && instruments.iter().any(|noun| noun == word))
}
