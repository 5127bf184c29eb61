//! Names of others, which are spelt as they spell themselves.

use std::ops::Range;

use crate::locale::Locale;
use crate::syntax::citation;

/// So many words with a capital beside one make a name of it.
const SEVERAL: usize = 2;
/// Longer words in small letters join no name: “of”, “for”, “and”.
const LONGEST_JOINT: usize = 3;
/// So many articles stand between a body and whose it is.
const MOST_ARTICLES: usize = 2;

/// “the Centre for Security Cooperation”: whether a word with a capital stands among others of a name that is none of
/// ours; `right` is how the house writes it. Where every noun has a capital nothing tells so.
pub(super) fn is_in_a_name(text: &str, word: Range<usize>, right: &str, locale: &Locale) -> bool {
    if locale.cited.capital_nouns || !text[word.clone()].starts_with(char::is_uppercase) {
        return false;
    }
    // A word with a sign behind it is the last of a name.
    let end = text[word.end..].find(char::is_whitespace).map_or(text.len(), |at| word.end + at);
    let mut is_open = !closes(&text[word.start..end]);
    let before = text[..word.start].split_whitespace().rev().take_while(|word| joins(word) && !closes(word));
    let behind = text[end..].split_whitespace().take_while(|word| {
        let is_part = is_open && joins(word);
        is_open &= !closes(word);
        is_part
    });
    let (mut before, behind): (Vec<&str>, Vec<&str>) = (before.collect(), behind.collect());
    before.reverse();
    // Any word has a capital with which a sentence begins.
    let outside = text[..word.start].split_whitespace().rev().nth(before.len());
    let first = usize::from(outside.is_none_or(closes)).min(before.len());
    let capitals = before[first..].iter().chain(&behind).filter(|word| has_capital(word)).count();
    // A title has capitals throughout.
    let is_all = before.len() + behind.len() + 1 >= text.split_whitespace().count();
    let name = [before.join(" "), right.to_owned(), behind.join(" ")].join(" ");
    !is_all && capitals >= SEVERAL && !is_ours(&name, locale)
}

fn joins(word: &str) -> bool {
    has_capital(word) || word.chars().count() <= LONGEST_JOINT && word.chars().all(|c| c.is_lowercase() || c == '–')
}

fn closes(word: &str) -> bool {
    word.ends_with(['.', ',', ';', ':', '!', '?', ')'])
}

fn has_capital(word: &str) -> bool {
    word.trim_start_matches(['(', '“', '«', '„']).starts_with(char::is_uppercase)
}

/// Whether a name has the organization or one of its bodies in it.
fn is_ours(name: &str, locale: &Locale) -> bool {
    let has_word = |word: &str| name.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    let own = locale.bodies.get("OSCE").map(|body| body.name.as_str()).unwrap_or_default();
    // The Conference had the same name behind its first word.
    let without_first = own.split_once(' ').and_then(|(_, rest)| rest.split_once(' ')).map(|(_, rest)| rest);
    locale.organization().is_some_and(has_word)
        || without_first.is_some_and(|rest| name.contains(rest))
        || locale.bodies.values().any(|body| name.contains(body.name.as_str()))
}

/// “Consiglio ministeriale della Lega araba”: whether behind a body or an office it is said that it is another’s.
pub(super) fn is_of_another(behind: &str, language: &str) -> bool {
    let named = citation::named_bodies(behind, language).into_iter().next();
    named.is_some_and(|named| {
        let between = &behind[..named.words.start];
        let articles = between.split_whitespace().count();
        named.body.is_none() && (1..=MOST_ARTICLES).contains(&articles) && !closes(between.trim_end())
    })
}
