//! Words that the house writes otherwise.

use std::cell::LazyCell;
use std::ops::Range;

use super::names;
use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::{Locale, Term, capital};
use crate::syntax::read_symbol;

/// House terms, in all text that is not quoted.
pub(super) fn house(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    for passage in passages.iter().filter(|passage| !passage.quoted) {
        let locale = passage.locale(context);
        let quotations = LazyCell::new(|| locale.quotes.quotations(&passage.flat.text));
        let spared = LazyCell::new(|| spared(locale, &passage.flat.text));
        let is_spared = |at| {
            let before = spared.partition_point(|name: &Range<usize>| name.start <= at);
            before.checked_sub(1).and_then(|last| spared.get(last)).is_some_and(|name| at < name.end)
        };
        let is_quoted = |at| quotations.hold(at) || is_spared(at);
        let year = context.day.map(|day| day.year());
        for term in locale.terms.iter().filter(|term| term.is_of(year)) {
            occurrences(context, passage, &is_quoted, (term, &term.wrong, &term.right), found);
            let (wrong, right) = (capital(&term.wrong), capital(&term.right));
            if wrong != term.wrong {
                occurrences(context, passage, &is_quoted, (term, &wrong, &right), found);
            }
        }
    }
}

/// Where the names of others stand, which are spelt as they are, in their order; names
/// in each other are one.
fn spared(locale: &Locale, text: &str) -> Vec<Range<usize>> {
    let places = locale.spared_names.iter().flat_map(|spared| text.match_indices(spared.name.as_str()));
    let mut places: Vec<Range<usize>> = places.map(|(at, name)| at..at + name.len()).collect();
    places.sort_by_key(|place| place.start);
    places.dedup_by(|next, before| {
        let joins = next.start < before.end;
        before.end = if joins { before.end.max(next.end) } else { before.end };
        joins
    });
    places
}

/// Where a term stands as `wrong`, which is written `right`.
fn occurrences(
    context: &Context<'_>,
    passage: &Passage<'_>,
    is_quoted: &dyn Fn(usize) -> bool,
    (term, wrong, right): (&Term, &str, &str),
    found: &mut Diagnostics,
) {
    let text = passage.flat.text.as_str();
    let locale = passage.locale(context);
    for (at, _) in text.match_indices(wrong) {
        let end = at + wrong.len();
        let joins = |c: char| c.is_alphanumeric();
        let inside = text[..at].ends_with(joins) || !term.prefix && text[end..].starts_with(joins);
        // The right form begins as the wrong one does, or holds it: `Ständiger Rat`.
        let is_right = is_part_of(right, wrong, text, at);
        if inside || is_right || passage.flat.in_address(at) || is_quoted(at) || is_distribution(text, at..end) {
            continue;
        }
        let word_end = end + text[end..].find(|c: char| !joins(c)).unwrap_or(text.len() - end);
        let (written, cured) = (&text[at..word_end], format!("{right}{}", &text[end..word_end]));
        let is_in_a_name = || !wrong.contains(' ') && names::is_in_a_name(text, at..word_end, &cured, locale);
        if is_in_a_name() || !term.prefix && names::is_of_another(&text[word_end..], &locale.language) {
            continue;
        }
        let mut diagnostic = Diagnostic::new(
            Code::HouseTerm,
            passage.flat.span(at..word_end),
            format!("`{written}` is written `{cured}` in OSCE texts"),
        );
        diagnostic.severity = term.weight();
        diagnostic = diagnostic.hint(format!("write `{cured}`, unless it is in a name or another text says so"));
        // A capital inside a sentence may be that of a name.
        let may_be_name = term.prefix && written.starts_with(char::is_uppercase) && !begins_sentence(&text[..at]);
        if !may_be_name {
            diagnostic = diagnostic.fix_if(format!("write `{cured}`"), passage.flat.edit(at..end), right).safe();
        }
        found.push(diagnostic);
    }
}

/// Whether a word is the sign behind a symbol that says who may read it, which is the same
/// in every language: `PC.DEL/1613/15 OSCE+`.
fn is_distribution(text: &str, word: Range<usize>) -> bool {
    let Some(sign) = text.get(word.start..word.end + 1).filter(|sign| sign.ends_with('+')) else { return false };
    // `PC.DEL/1613/15/OSCE+`, `PC.DEL/1613/15, OSCE+`
    let before = text[..word.start].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | '-'));
    let symbol = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[')).next().unwrap_or_default();
    before.len() < word.start && read_symbol(&format!("{symbol} {sign}")).is_some()
}

/// Whether what stands at `at` is a part of the right form there.
fn is_part_of(right: &str, wrong: &str, text: &str, at: usize) -> bool {
    right.match_indices(wrong).any(|(offset, _)| {
        at.checked_sub(offset).and_then(|start| text.get(start..)).is_some_and(|there| there.starts_with(right))
    })
}

fn begins_sentence(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', ':', '!', '?']) && !ends_in_title(before)
}

/// Whether an initial or the short form of a title stands there, behind which a name goes on: `B.`, `Ms.`, `H.E.`
fn ends_in_title(before: &str) -> bool {
    let Some(words) = before.strip_suffix('.') else { return false };
    let last = words.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    last.chars().count() <= 3 && last.starts_with(char::is_uppercase) && last.chars().skip(1).all(char::is_lowercase)
}
