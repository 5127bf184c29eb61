//! Which spot of a file that came back is which of the one that went out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::proof::bare;
use super::read::Role;
use super::spots::{Spot, SpotKind};

/// What became of a spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Became {
    /// It is there, perhaps in other words: old and new.
    There(usize, usize),
    /// It stands elsewhere.
    Moved(usize, usize),
    Gone(usize),
    /// A new one, behind that old one.
    New(Option<usize>, usize),
}

/// What became of all spots, those that are there in the order of the file that came back.
pub(super) fn pairs(old: &[Spot], new: &[Spot]) -> Vec<Became> {
    let mut by_leaf: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, spot) in old.iter().enumerate() {
        if let Some(leaf) = spot.leaf {
            by_leaf.entry(leaf).or_insert(at);
        }
    }
    let mut of_new: Vec<Option<usize>> = vec![None; new.len()];
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for (at, spot) in new.iter().enumerate() {
        let known = spot.leaf.and_then(|leaf| by_leaf.get(&leaf)).copied();
        // What is empty now is gone: only its place is there.
        let is_there =
            |known: &usize| !spot.words.is_empty() || old.get(*known).is_some_and(|old| old.words.is_empty());
        if let Some(known) = known.filter(is_there)
            && used.insert(known)
        {
            of_new[at] = Some(known);
        }
    }
    same_words(old, new, &mut of_new, &mut used);
    in_gaps(old, new, &mut of_new, &mut used);
    // The lines of a letterhead stand in columns, in whatever order.
    let is_head = |known: &usize| old.get(*known).is_some_and(|spot| spot.role == Role::Head);
    let in_order: Vec<Option<usize>> = of_new.iter().map(|known| known.filter(|known| !is_head(known))).collect();
    let kept = longest_rising(&in_order);
    let mut out = Vec::new();
    let mut behind = None;
    for (at, known) in of_new.iter().enumerate() {
        match known {
            // One behind text that it stood before was moved.
            Some(known) if is_head(known) && behind.is_none_or(|behind| behind < *known) => {
                out.push(Became::There(*known, at));
            }
            Some(known) if kept.contains(&at) => {
                out.push(Became::There(*known, at));
                behind = Some(*known);
            }
            Some(known) => out.push(Became::Moved(*known, at)),
            None if new.get(at).is_some_and(|spot| !spot.words.is_empty()) => out.push(Became::New(behind, at)),
            None => {}
        }
    }
    let is_gone = |at: &usize| !used.contains(at) && old.get(*at).is_some_and(|spot| !spot.words.is_empty());
    out.extend((0..old.len()).filter(is_gone).map(Became::Gone));
    out
}

/// Spots without a leaf, and those whose bookmark was lost, are found by their words.
fn same_words(old: &[Spot], new: &[Spot], of_new: &mut [Option<usize>], used: &mut BTreeSet<usize>) {
    let mut by_words: HashMap<(String, SpotKind), Vec<usize>> = HashMap::new();
    for (at, spot) in old.iter().enumerate().rev().filter(|(at, _)| !used.contains(at)) {
        by_words.entry((bare(&spot.words), spot.kind)).or_default().push(at);
    }
    for (at, spot) in new.iter().enumerate() {
        if of_new.get(at).is_some_and(Option::is_some) {
            continue;
        }
        if let Some(known) = by_words.get_mut(&(bare(&spot.words), spot.kind)).and_then(Vec::pop) {
            used.insert(known);
            if let Some(slot) = of_new.get_mut(at) {
                *slot = Some(known);
            }
        }
    }
}

/// Between two that are known, one that lost its bookmark and some of its words.
fn in_gaps(old: &[Spot], new: &[Spot], of_new: &mut [Option<usize>], used: &mut BTreeSet<usize>) {
    let mut last = None;
    for at in 0..new.len() {
        if let Some(known) = of_new.get(at).copied().flatten() {
            last = Some(known);
            continue;
        }
        let next = last.map_or(0, |last| last + 1);
        let (Some(was), Some(is)) = (old.get(next), new.get(at)) else { continue };
        if !used.contains(&next) && was.kind == is.kind && is.leaf.is_none() && likeness(&was.words, &is.words) >= 1 {
            used.insert(next);
            if let Some(slot) = of_new.get_mut(at) {
                *slot = Some(next);
            }
            last = Some(next);
        }
    }
}

/// How many halves of their words two texts have in common.
fn likeness(a: &str, b: &str) -> usize {
    let words = |text: &str| -> BTreeSet<String> { text.split_whitespace().map(str::to_lowercase).collect() };
    let (a, b) = (words(a), words(b));
    let both = a.intersection(&b).count();
    2 * both / a.len().max(b.len()).max(1)
}

/// The places of the longest rising sequence: what is not in it was moved.
fn longest_rising(all: &[Option<usize>]) -> BTreeSet<usize> {
    let mut tails: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; all.len()];
    for (at, value) in all.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?))) {
        let place = tails.partition_point(|(_, tail)| *tail < value);
        before[at] = place.checked_sub(1).and_then(|place| tails.get(place)).map(|(at, _)| *at);
        match tails.get_mut(place) {
            Some(tail) => *tail = (at, value),
            None => tails.push((at, value)),
        }
    }
    let mut out = BTreeSet::new();
    let mut at = tails.last().map(|(at, _)| *at);
    while let Some(here) = at {
        out.insert(here);
        at = before.get(here).copied().flatten();
    }
    out
}
