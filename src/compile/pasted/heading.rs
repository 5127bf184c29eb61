//! Lines that look like the heading of a part: `Annex I`, `PREAMBLE`, `Section II – Title`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::words::{eat_words, first_letters, has_end, is_capitals};
use crate::locale::{HeadingWords, Locale};
use crate::syntax::ast::StructureName;
use crate::syntax::roman;

/// So long is a heading at the most, in bytes of a line.
const LONGEST: usize = 300;

/// How many lines a title has below its heading at the most.
const TITLE_LINES: usize = 3;

/// A heading that is no keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The keyword that is meant.
    pub name: StructureName,
    /// Its number.
    pub number: Option<u32>,
    /// Its title, line by line.
    pub title: Vec<String>,
    /// Words that are neither: `to MC.DEC/3/13`.
    pub is_linked: bool,
    /// Its bytes in the block.
    pub length: usize,
}

/// The heading with which a block begins, if one stands there by itself: words in
/// which it is only named are prose.
pub fn heading_of(text: &str) -> Option<Heading> {
    let first_end = text.find('\n').unwrap_or(text.len());
    let first = text.get(..first_end)?.trim_end();
    if first.len() > LONGEST || !first.starts_with(|c: char| c.is_alphabetic() || c == '*') {
        return None;
    }
    let mut heading = in_line(first)?;
    heading.length = first.len();
    let below = text.get(first_end..)?.trim();
    if below.is_empty() {
        return Some(heading);
    }
    // The sentence may go on over the end of a line.
    if below.starts_with(|c: char| !c.is_uppercase() && !c.is_ascii_digit() && !matches!(c, '(' | '“' | '«' | '„'))
    {
        return None;
    }
    let lines: Vec<&str> = below.lines().map(str::trim).collect();
    let is_title = heading.title.is_empty()
        && takes_title(heading.name)
        && lines.len() <= TITLE_LINES
        && lines.iter().all(|line| line.len() <= LONGEST && !has_end(line) && line.starts_with(char::is_alphabetic));
    if is_title {
        heading.title = lines.iter().map(|line| (*line).to_owned()).collect();
        heading.length = text.trim_end().len();
    }
    Some(heading)
}

/// `II. Title`, a whole block of one line: what a section prints.
pub fn numbered_section(text: &str) -> Option<Heading> {
    let (numeral, title) = text.split_once('.')?;
    // A numeral in small letters is that of an item; most texts begin with none.
    if !numeral.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let number = roman(&numeral.to_lowercase())?;
    let rest = title.trim();
    let is_title = title.starts_with([' ', '\t', '\u{A0}'])
        && rest.starts_with(char::is_uppercase)
        && text.len() <= LONGEST
        && !text.contains('\n')
        && !has_end(rest);
    if !is_title {
        return None;
    }
    Some(Heading {
        name: StructureName::Section,
        number: Some(number),
        title: vec![rest.to_owned()],
        is_linked: false,
        length: text.trim_end().len(),
    })
}

/// Whether words stand after a keyword's colon.
fn takes_title(name: StructureName) -> bool {
    match name {
        StructureName::Section
        | StructureName::Subsection
        | StructureName::Heading
        | StructureName::Annex
        | StructureName::Attachment
        | StructureName::Session
        | StructureName::Item => true,
        StructureName::Preamble
        | StructureName::Operative
        | StructureName::Numbering
        | StructureName::Member
        | StructureName::Row
        | StructureName::Decision
        | StructureName::Address
        | StructureName::Signature
        | StructureName::Contents => false,
    }
}

/// The letters that words of headings begin with, small, in all languages: most paragraphs
/// begin with others.
static BEGINNINGS: LazyLock<BTreeSet<[char; 2]>> = LazyLock::new(|| {
    let locales = Locale::tags().filter_map(Locale::of);
    let words = locales.flat_map(|locale| of_kinds(&locale.headings)).flat_map(|(_, words)| words);
    let keywords = HEADING_KEYWORDS.map(StructureName::word);
    words.map(String::as_str).chain(keywords).filter_map(first_letters).collect()
});

/// Keywords that are no words of a text: `subsection A: Title`.
const HEADING_KEYWORDS: [StructureName; 2] = [StructureName::Subsection, StructureName::Heading];

/// A heading that is all of a line.
fn in_line(line: &str) -> Option<Heading> {
    let line = line.trim_matches('*').trim();
    if !first_letters(line).is_some_and(|letters| BEGINNINGS.contains(&letters)) {
        return None;
    }
    for name in HEADING_KEYWORDS {
        if line.contains(':')
            && let Some(end) = eat_words(line, 0, name.word())
            && let Some(heading) =
                Locale::tags().next().and_then(Locale::of).and_then(|l| after_word(line, end, name, l))
        {
            return Some(heading);
        }
    }
    Locale::tags().filter_map(Locale::of).find_map(|locale| {
        of_kinds(&locale.headings).into_iter().find_map(|(name, words)| {
            // The longest first: a word may begin another one.
            let end = words.iter().filter_map(|word| eat_words(line, 0, word)).max()?;
            after_word(line, end, name, locale)
        })
    })
}

fn of_kinds(words: &HeadingWords) -> [(StructureName, &[String]); 5] {
    [
        (StructureName::Preamble, &words.preamble),
        (StructureName::Operative, &words.operative),
        (StructureName::Section, &words.section),
        (StructureName::Annex, &words.annex),
        (StructureName::Attachment, &words.attachment),
    ]
}

/// What stands after the word, if it makes a heading of it.
fn after_word(line: &str, end: usize, name: StructureName, locale: &Locale) -> Option<Heading> {
    let (number, rest) = number_of(&line[end..], locale);
    let rest = if number.is_some() { rest.trim_start_matches(['.', ')']) } else { rest };
    let tail = rest.trim();
    let heading = |title: &str, is_linked| {
        let title = if title.is_empty() { Vec::new() } else { vec![title.to_owned()] };
        Some(Heading { name, number, title, is_linked, length: 0 })
    };
    if !takes_title(name) {
        return if number.is_none() && matches!(tail, "" | ":") { heading("", false) } else { None };
    }
    // “part” and “section” are words of sentences.
    if !name.begins_part() && number.is_none() {
        return None;
    }
    if tail.is_empty() {
        return heading("", false);
    }
    if let Some(title) = tail.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        return if is_title(title) { heading(title, false) } else { None };
    }
    if let Some(title) = tail.strip_prefix([':', '–', '—', '-']) {
        let title = title.trim();
        return if title.is_empty() || is_title(title) { heading(title, false) } else { None };
    }
    let first = tail.split_whitespace().next().unwrap_or_default().to_lowercase();
    let links = matches!(name, StructureName::Annex | StructureName::Attachment)
        && locale.headings.link.contains(&first)
        && tail.split_whitespace().count() <= 8
        && !has_end(tail);
    if links {
        return heading("", true);
    }
    let stands_apart = number.is_some() && tail.starts_with(char::is_uppercase) || is_capitals(line);
    if stands_apart && is_title(tail) { heading(tail, false) } else { None }
}

fn is_title(words: &str) -> bool {
    words.chars().count() <= 150 && !has_end(words) && words.chars().any(char::is_alphabetic)
}

/// `I`, `2`, `B`, `No. 1` at the start, and what follows.
fn number_of<'t>(text: &'t str, locale: &Locale) -> (Option<u32>, &'t str) {
    let mut rest = text.trim_start();
    let signs = &locale.number_sign;
    if let Some(sign) = signs.accept.iter().filter(|sign| rest.starts_with(sign.as_str())).max_by_key(|s| s.len()) {
        rest = rest[sign.len()..].trim_start();
    }
    let token = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    let value = if token.len() <= 3 && token.bytes().all(|byte| byte.is_ascii_digit()) {
        token.parse().ok()
    } else {
        let lower = token.to_lowercase();
        let in_one_case = token == lower || token == token.to_uppercase();
        // `Annex I` has a numeral, `Annex C` a letter: no text has a hundred annexes.
        let numeral = roman(&lower).filter(|value| in_one_case && (token.len() > 1 || *value <= MOST_BY_ONE_LETTER));
        numeral.or_else(|| capital_of(token))
    };
    match value {
        Some(value) => (Some(value), &rest[token.len()..]),
        None => (None, text),
    }
}

/// `X`: one letter is no greater numeral.
const MOST_BY_ONE_LETTER: u32 = 10;

/// `B` is the second.
fn capital_of(token: &str) -> Option<u32> {
    match token.as_bytes() {
        [letter @ b'A'..=b'Z'] => Some(u32::from(letter - b'A') + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_six_languages() {
        for line in [
            "Annex I",
            "ANNEX",
            "annex 1: Title",
            "Annex 1 to MC.DEC/903/26",
            "PREAMBLE",
            "Preamble:",
            "Attachment 2",
            "Operative part",
            "section I: Title",
            "Section II – Title",
            "Anhang",
            "ANHANG 2",
            "Annexe I",
            "Pièce complémentaire",
            "ALLEGATO 1",
            "Annesso",
            "Anexo 3: Lista",
            "Приложение № 1",
            "Приложение",
            "Präambel",
            "Préambule",
            "Abschnitt IV",
            "Annex 2 List of archives",
            "ANNEX LIST OF ARCHIVES",
            "**Annex B**",
            "Annexe à la Décision no 903/26",
        ] {
            assert!(heading_of(line).is_some(), "{line}");
        }
    }

    #[test]
    fn sentences_that_begin_with_such_a_word_are_prose() {
        for line in [
            "Annex 1 to this decision contains the list of archives that are open to all.",
            "Annex I contains the list",
            "Section II applies to archives;",
            "Part of the archives is open",
            "Annexes are lists",
            "Annex 1\nto this decision contains a list.",
            "Preamble and operative part",
            "Anhang 1 enthält die Liste.",
            "Приложение содержит список",
            "Annexe contenant la liste des archives",
            "Annex 1: the list is open.",
        ] {
            assert_eq!(heading_of(line), None, "{line}");
        }
    }

    #[test]
    fn a_heading_has_its_number_and_title() {
        let heading = heading_of("Annex IV\nList of archives\nand libraries");
        let (number, title) = heading.map(|h| (h.number, h.title)).unwrap_or_default();
        assert_eq!((number, title), (Some(4), vec!["List of archives".to_owned(), "and libraries".to_owned()]));
    }
}
