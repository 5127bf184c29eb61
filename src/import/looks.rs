//! How words and paragraphs are set in a file that came back, beside a file that is made of the
//! text as it is then: what differs in nothing but that has no place in the list of words.

use std::collections::BTreeMap;

use super::apply::{Carried, Whence};
use super::proof::bare;
use super::read::{Style, What};
use super::spots::Spot;
use crate::compare::hunks;
use crate::syntax::is_dropped;

/// What files have that are made of a text.
pub(super) struct Made<'m> {
    /// Before it was changed.
    pub was: Option<&'m [Spot]>,
    /// Afterwards; none where it cannot be built then.
    pub is: Option<&'m [Spot]>,
    /// What it prints afterwards.
    pub printed: &'m [Spot],
}

/// What is set otherwise in the file than in one that is made of the text, each with the byte of the author's
/// text where it stands.
pub(super) fn unlike(file: &[Spot], done: &Carried, made: &Made<'_>) -> Vec<(usize, String)> {
    let by_leaf = |spots: Option<&'_ [Spot]>| -> BTreeMap<usize, usize> {
        let spots = spots.unwrap_or_default().iter().enumerate();
        spots.filter_map(|(at, spot)| Some((spot.leaf?, at))).collect()
    };
    let (was, is) = (by_leaf(made.was), by_leaf(made.is));
    let printed = made.printed.iter().filter(|spot| !bare(&spot.words).is_empty());
    let leaves: BTreeMap<Whence, Option<usize>> =
        done.order.iter().copied().zip(printed.map(|spot| spot.leaf)).collect();
    let mut out = Vec::new();
    for (at, spot) in file.iter().enumerate() {
        let Some(place) = done.places.get(&at) else { continue };
        let own = match made.is {
            Some(spots) => {
                let whence = place.old.map_or(Whence::New(at), Whence::Old);
                leaves.get(&whence).copied().flatten().and_then(|leaf| spots.get(*is.get(&leaf)?))
            }
            None => place.old.and_then(|old| made.was?.get(*was.get(&old)?)),
        };
        let Some(own) = own else { continue };
        out.extend(letters(own, spot).into_iter().chain(standing(own, spot)).map(|what| (place.at, what)));
    }
    out
}

/// What a paragraph is beside its words.
fn standing(own: &Spot, file: &Spot) -> Option<String> {
    let words = super::read::first_words(&file.words);
    let has_number = |spot: &Spot| spot.label.is_some() || !spot.lead.is_empty();
    Some(match (has_number(own), has_number(file)) {
        (true, false) => format!("“{words}” has no number any more"),
        (false, true) => format!("“{words}” has a number now"),
        _ if own.level.zip(file.level).is_some_and(|(own, file)| own != file) => {
            format!("“{words}” stands at another level now")
        }
        _ if own.role != file.role => format!("“{words}” is set as a paragraph of another kind"),
        _ if own.lines != file.lines && bare(&own.words) == bare(&file.words) => {
            format!("“{words}” is divided into other lines")
        }
        _ => return None,
    })
}

/// A letter, where it stands in its words, and how it is set.
type Letter<'s> = (char, usize, &'s Style);

fn set(spot: &Spot) -> (String, Vec<Letter<'_>>) {
    let mut words = String::new();
    let mut letters = Vec::new();
    for piece in &spot.pieces {
        let text = match &piece.what {
            What::Words(text) | What::Reference { shown: text, .. } => text.as_str(),
            What::Break => " ",
            What::Note { .. } | What::Comment(..) | What::Leaf(_) => continue,
        };
        for sign in text.chars() {
            if !sign.is_whitespace() && !is_dropped(sign) {
                letters.push((sign, words.len(), &piece.style));
            }
            words.push(if sign.is_whitespace() { ' ' } else { sign });
        }
    }
    (words, letters)
}

/// Words that are bold or italic in the one and not in the other.
fn letters(own: &Spot, file: &Spot) -> Vec<String> {
    let ((_, was), (words, is)) = (set(own), set(file));
    let mut out: Vec<(&'static str, usize, usize)> = Vec::new();
    let mut compare = |before: &Letter<'_>, after: &Letter<'_>, goes_on: bool| {
        let end = after.1 + after.0.len_utf8();
        let Some(what) = became(before.2, after.2) else { return false };
        match out.last_mut().filter(|(last, ..)| goes_on && *last == what) {
            Some((.., last)) => *last = end,
            None => out.push((what, after.1, end)),
        }
        true
    };
    let signs =
        |letters: &[Letter<'_>]| -> Vec<String> { letters.iter().map(|letter| bare(&letter.0.to_string())).collect() };
    let (old, new) = (signs(&was), signs(&is));
    let changes = if old == new { Vec::new() } else { hunks(&old, &new) };
    let (mut at, mut other, mut goes_on) = (0, 0, false);
    for (gone, put) in changes.into_iter().chain([(was.len()..was.len(), is.len()..is.len())]) {
        while at < gone.start && other < put.start {
            if let (Some(before), Some(after)) = (was.get(at), is.get(other)) {
                goes_on = compare(before, after, goes_on);
            }
            at += 1;
            other += 1;
        }
        (at, other, goes_on) = (gone.end, put.end, false);
    }
    out.into_iter().map(|(what, from, to)| format!("“{}” {what}", words.get(from..to).unwrap_or_default())).collect()
}

fn became(before: &Style, after: &Style) -> Option<&'static str> {
    Some(match ((before.strong, after.strong), (before.emphasized, after.emphasized)) {
        ((a, b), (c, d)) if a == b && c == d => return None,
        ((false, true), (a, b)) if a == b => "is bold now",
        ((true, false), (a, b)) if a == b => "is not bold any more",
        ((a, b), (false, true)) if a == b => "is italic now",
        ((a, b), (true, false)) if a == b => "is not italic any more",
        _ => "is set otherwise now",
    })
}
