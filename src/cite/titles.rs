//! Titles in quotation marks after a citation: whose are they?

use std::collections::HashMap;

use crate::registry::{Registry, unrevised};
use crate::syntax::citation;

/// Titles of a language, folded, each with the instruments that bear it.
pub(super) struct Titles {
    /// By the title.
    bearers: HashMap<String, Vec<String>>,
    /// By each of its words, those that have it: places in `all`.
    by_word: HashMap<String, Vec<usize>>,
    /// The instruments, and how many words their titles have.
    all: Vec<String>,
}

/// A title that fits words better than the instrument’s own.
pub(super) struct Fit<'t> {
    /// Whose it is.
    pub bearer: &'t str,
    /// How many of the words are in the own title, and how many in this one.
    pub own_words: usize,
    pub its_words: usize,
    /// How many words there are.
    pub all: usize,
}

impl Titles {
    pub fn of(registry: &Registry, language: &str) -> Titles {
        let mut titles = Titles { bearers: HashMap::new(), by_word: HashMap::new(), all: Vec::new() };
        for entry in registry.worded() {
            // A journal's name is no title that another text has words of.
            let is_journal = entry.symbol.as_deref().is_some_and(|symbol| symbol.contains(".JOUR"));
            if let Some(title) = entry.title(language).filter(|_| !is_journal) {
                titles.bearers.entry(fold(title)).or_default().push(entry.key().to_owned());
                for word in words(title) {
                    titles.by_word.entry(word).or_default().push(titles.all.len());
                }
                titles.all.push(entry.key().to_owned());
            }
        }
        titles
    }

    /// The instruments that bear this very title.
    pub fn bearers(&self, title: &str) -> &[String] {
        self.bearers.get(&fold(title)).map_or(&[], Vec::as_slice)
    }

    /// Who bears this very title, where `own` does not: “on combating terrorism”.
    pub fn whole(&self, beside: &str, own: &str) -> Option<&str> {
        let bearers = self.bearers(beside);
        let is_own = bearers.iter().any(|bearer| unrevised(bearer) == unrevised(own));
        bearers.first().filter(|_| !is_own).map(String::as_str)
    }

    /// The longest title with which words begin, whatever signs are in it, behind an article or without:
    /// who bears it, and how many bytes it takes; none where `own` bears it.
    pub fn beginning(&self, text: &str, own: &str, language: &str) -> Option<(&str, usize)> {
        let (whole, text) = (text, text.trim_start());
        let article = text.find(char::is_whitespace).filter(|at| citation::is_article(&text[..*at], language));
        let starts = [Some(0), article.map(|at| at + 1)];
        let ends: Vec<usize> = text
            .char_indices()
            .filter(|(at, c)| c.is_alphanumeric() && !text[at + c.len_utf8()..].starts_with(char::is_alphanumeric))
            .map(|(at, c)| at + c.len_utf8())
            .take(LONGEST_IN_WORDS)
            .collect();
        let known = |end: &usize| {
            let titles = starts.iter().flatten().filter(|start| *start < end).map(|start| &text[*start..*end]);
            titles.into_iter().find(|title| !self.bearers(title).is_empty())
        };
        let title = ends.iter().rev().find_map(known)?;
        let bearer = self.whole(title, own)?;
        let end = title.as_ptr() as usize + title.len() - whole.as_ptr() as usize;
        (title.split_whitespace().count() >= SEVERAL).then_some((bearer, end))
    }

    /// The title that fits words clearly better than the one that `own` bears.
    pub fn better(&self, beside: &str, own_title: &str, own: &str) -> Option<Fit<'_>> {
        let whole = self.whole(beside, own);
        let beside = words(beside);
        let own_title = words(own_title);
        let own_words = beside.iter().filter(|word| own_title.contains(*word)).count();
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for at in beside.iter().filter_map(|word| self.by_word.get(word)).flatten() {
            *counts.entry(*at).or_default() += 1;
        }
        if let Some(bearer) = whole {
            return Some(Fit { bearer, own_words, its_words: beside.len(), all: beside.len() });
        }
        // Of those that fit alike the first in the registry, so that it is always the same.
        let counts =
            counts.into_iter().filter(|(at, _)| self.all.get(*at).is_some_and(|key| unrevised(key) != unrevised(own)));
        let (at, its_words) = counts.max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)))?;
        let fits =
            its_words >= 2 && its_words > own_words + 1 && 2 * its_words > beside.len() && 2 * own_words < beside.len();
        fits.then(|| Fit { bearer: &self.all[at], own_words, its_words, all: beside.len() })
    }
}

/// No title has more words.
const LONGEST_IN_WORDS: usize = 60;
/// So many words are no title by chance.
const SEVERAL: usize = 3;
/// How far after a citation a title may begin, in bytes.
const NEAR: usize = 40;
/// No title is longer, in bytes.
const LONGEST: usize = 600;

/// A title in quotation marks soon after a citation: the bytes of its words.
pub(super) fn quoted_after(text: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let near = &text[from..text.floor_char_boundary(from + NEAR)];
    let open = near.find(['“', '„', '«', '"'])?;
    // Another sentence, or another citation, has titles of its own.
    if near[..open].contains(['.', ';', ':', '(', '\u{FFFC}']) || near[..open].contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mark = near[open..].chars().next()?;
    let start = from + open + mark.len_utf8();
    let rest = &text[start..text.floor_char_boundary(start + LONGEST)];
    let close = match mark {
        '«' => rest.find('»')?,
        '"' => rest.find('"')?,
        _ => rest.find(['”', '“'])?,
    };
    let words = rest[..close].trim_end();
    let lead = words.len() - words.trim_start().len();
    // Quotation marks around blanks alone hold no title.
    (lead < words.len()).then(|| start + lead..start + words.len())
}

/// The words of an unquoted title after a citation, “… on the opening of the
/// archives”, “: Opening the archives”, “entitled Opening”, up to the next sign.
pub(super) fn words_after(text: &str, from: usize, about: &[String]) -> Option<std::ops::Range<usize>> {
    let near = &text[from..text.floor_char_boundary(from + LONGEST_UNQUOTED)];
    let rest = near.trim_start();
    let signed = rest.strip_prefix([',', ':', '(', '–', '—']);
    let rest = signed.unwrap_or(rest).trim_start();
    let lead = leads_in(rest, about).or_else(|| {
        // Behind a sign that opens it any word begins a title, else a capital, also after a word such as “entitled”.
        let opened = signed.is_some_and(|_| near.trim_start().starts_with([':', '(']));
        let word = rest.find(char::is_whitespace).filter(|_| rest.starts_with(char::is_lowercase)).unwrap_or(0);
        let word = if opened || rest[..word].chars().count() < SHORTEST { 0 } else { word };
        (opened || rest[word..].trim_start().starts_with(char::is_uppercase)).then_some(word)
    })?;
    let start = from + near.len() - rest.len() + lead;
    let rest = &text[start..from + near.len()];
    let end = rest.find([',', ';', '.', ':', '(', ')', '“', '„', '«', '"', '\n', '\u{FFFC}']).unwrap_or(rest.len());
    (!rest[..end].trim().is_empty()).then(|| start..start + rest[..end].trim_end().len())
}

const LONGEST_UNQUOTED: usize = 240;

/// How long the word is that leads from a number to a title at the start of some words: “on”, “sur l’”.
pub(super) fn leads_in(words: &str, about: &[String]) -> Option<usize> {
    let leads = |lead: &&String| {
        let rest = words.strip_prefix(lead.as_str());
        rest.is_some_and(|rest| lead.ends_with('’') || rest.starts_with(char::is_whitespace))
    };
    about.iter().find(leads).map(String::len)
}

/// The words of a title that say something, by their beginnings, sorted: endings differ
/// by case and number.
pub fn words(title: &str) -> Vec<String> {
    let folded = title.to_lowercase();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST);
    let mut words: Vec<String> = words.map(|word| word.chars().take(COMPARED).collect()).collect();
    words.sort();
    words.dedup();
    words
}

/// Shorter words join others, or stand in every title.
const SHORTEST: usize = 5;
const COMPARED: usize = 6;

pub(super) fn fold(title: &str) -> String {
    let signs = title.chars().map(|c| match c {
        '\'' => '’',
        '\u{A0}' | '\u{202F}' => ' ',
        '‑' => '-',
        c => c,
    });
    signs.flat_map(char::to_lowercase).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
