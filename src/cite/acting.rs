//! A body that acts by an instrument, “By Decision No. 2/12, the Council tasked”: what a body
//! acts by is its own.

use std::ops::Range;

use super::council::InWords;
use super::sentence;
use crate::locale::Locale;
use crate::syntax::citation::{self, NamedBody};

/// How far from a number the body is looked for, in bytes.
const CLAUSE: usize = 160;

impl InWords<'_> {
    /// “By Decision No. 2/12, the Council tasked”, “The Forum decided by Decision No. 2/12”: the body that acts.
    pub(super) fn acting(&self) -> Option<String> {
        let start = self.sentence.near(self.text, &self.mention.words);
        let clause = self.behind_means().or_else(|| self.before().strip_suffix('('))?.get(start..)?.trim_end();
        if clause.contains(char::is_alphanumeric) { self.acting_before(clause) } else { self.acting_after() }
    }

    /// What stands before the words that say by what a body acts; they stand before the reference,
    /// or the case of its first word says it, “Решением № 2/12”.
    pub(super) fn behind_means(&self) -> Option<&str> {
        let words = &self.text[self.mention.words.clone()];
        let first = words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len());
        let until_first = &self.text[..self.mention.words.start + first];
        let rest = |means: &String| without_means(self.before(), means).or_else(|| without_means(until_first, means));
        self.locale.cited.by_means.iter().filter_map(rest).min_by_key(|rest| rest.len())
    }

    /// “The Forum decided” before “by Decision No. 2/12”: nothing stands between that could be what is meant by “by”.
    fn acting_before(&self, clause: &str) -> Option<String> {
        let acting = &self.locale.cited.acting;
        acting.iter().filter_map(|verb| without_last(clause, verb)).find_map(|before| self.last_body(before))
    }

    /// “, the Council tasked”, “beauftragte der Ministerrat” behind a reference with which the sentence begins.
    fn acting_after(&self) -> Option<String> {
        let from = self.mention.number.end;
        let rest = &self.text[from..self.text.floor_char_boundary(from + CLAUSE)];
        let language = &self.locale.language;
        let is_coming = |at: usize| self.sentence.coming.iter().any(|next| next.contains(&(from + at)));
        let named = citation::named_bodies(rest, language).into_iter().find(|named| !is_coming(named.words.start))?;
        if sentence::ends(self.text, from..from + named.words.start, self.locale).is_some() {
            return None;
        }
        let lead = rest[..named.words.start].trim_end();
        let start = lead.rfind(|c: char| c.is_whitespace() || matches!(c, '’' | '\'')).map_or(0, |at| at + 1);
        let start = lead.ceil_char_boundary(start);
        let is_article = citation::is_article(&lead[start..].to_lowercase(), language);
        let lead = if is_article { lead[..start].trim_end() } else { lead };
        let behind = rest[named.words.end..].trim_start();
        let acting = &self.locale.cited.acting;
        let acts = lead.ends_with(',') && acting.iter().any(|verb| begins_with(behind, verb))
            || acting.iter().any(|verb| without_last(lead, verb).is_some());
        acts.then(|| named.body.map(str::to_owned)).flatten()
    }
}

/// “The Constitutional Court, by Decision No. 7/16, declared”, “By Decision No. 7/16 the Court declared”, “The Parliament
/// approved by a large majority Resolution 1990 (2014)”: whether a sentence that names nobody of ours says that another
/// acts by what some words say, or adopts it.
pub(super) fn is_by_another(text: &str, words: &Range<usize>, locale: &Locale) -> bool {
    let from = text.ceil_char_boundary(words.start.saturating_sub(CLAUSE));
    let start = sentence::ends(text, from..words.start, locale).unwrap_or(from);
    let after = &text[words.end..text.floor_char_boundary(words.end + CLAUSE)];
    let first = text[words.clone()].find(|c: char| !c.is_alphabetic()).unwrap_or_default();
    let means = locale.cited.by_means.iter().filter_map(|means| {
        let before = without_own(text[start..words.start].trim_end(), locale);
        without_means(before, means).or_else(|| without_means(&text[start..words.start + first], means))
    });
    let means = means.min_by_key(|rest| rest.len());
    let clause = means.unwrap_or(&text[start..words.start]);
    let named = |text: &str| citation::named_bodies(text, &locale.language);
    let (before, behind) = (named(clause), named(after));
    if before.iter().chain(&behind).any(|named| named.body.is_some()) {
        return false;
    }
    let acts = |named: &NamedBody| {
        let between = &after[..named.words.start];
        between.split_whitespace().count() <= MOST_BEFORE && !between.contains(['.', ';', ':'])
    };
    let adopts = |named: &NamedBody| citation::says_adopting(&clause[named.words.end..], &locale.language);
    match means {
        None => before.last().is_some_and(adopts),
        Some(clause) if !clause.contains(char::is_alphanumeric) => behind.first().is_some_and(acts),
        Some(_) => !before.is_empty(),
    }
}

/// What stands before “its own” at the end of a text.
fn without_own<'t>(text: &'t str, locale: &Locale) -> &'t str {
    let own = locale.cited.own.iter().filter_map(|own| text.strip_suffix(own.as_str()));
    let before = own.filter(|rest| rest.ends_with(char::is_whitespace)).min_by_key(|rest| rest.len());
    before.map_or(text, str::trim_end)
}

/// “erklärte das”: so many words may stand between a reference and the name of who acts by it.
const MOST_BEFORE: usize = 3;

/// What stands before such words at the end of a text, whatever their letters.
fn without_means<'t>(text: &'t str, means: &str) -> Option<&'t str> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub(means.len())?)?;
    (!rest.ends_with(char::is_alphanumeric) && end.to_lowercase() == means).then_some(rest)
}

/// What stands before words at the end of a text.
fn without_last<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let rest = text.strip_suffix(words)?;
    rest.ends_with(char::is_whitespace).then(|| rest.trim_end())
}

/// Whether a text begins with words, and not with longer ones.
fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
