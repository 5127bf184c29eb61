//! Which block of one draft is which of the other.
//!
//! First the longest common sequence of blocks by a score; what is left over is looked at
//! by itself. A pair is a candidate where it has the same words, a rare word, a label or a
//! number in common, a bounded number for each block, so that all of it is linear in the
//! text and a text without a common word costs nothing.

use std::collections::{BTreeMap, HashMap};

use super::leaf::{Leaf, LeafKind, Leaves};
use super::likeness::{Bag, Bags, kinds_agree};
use super::side::Side;

/// A word that stands in more leaves than this finds none.
const COMMON: u32 = 80;
/// So many rare words of a leaf are asked where else they stand.
const RARE: usize = 10;
/// So many leaves are compared with one.
const CANDIDATES: usize = 8;
/// The least likeness of two leaves that are one.
const LEAST: f64 = 0.34;
/// The same of two that stand in the same place, or have the same label.
const LEAST_IN_PLACE: f64 = 0.24;
/// What two lines of a first page have in common at the least.
const LEAST_OF_HEAD: f64 = 0.2;
/// So many pairs of a gap are compared one by one.
const GAP: usize = 10_000;
/// What a label that both have counts for.
const LABEL: f64 = 0.25;
/// What a number that both have counts for.
const NUMBER: f64 = 0.06;

/// Leaves of one side that are leaves of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// One, or several that were joined.
    pub old: Vec<usize>,
    /// One, or several into which one was divided.
    pub new: Vec<usize>,
    /// Whether it stands elsewhere.
    pub moved: bool,
}

/// The labels of each leaf that has some.
type Labels<'a> = BTreeMap<usize, &'a [String]>;

/// By what a leaf is found on the other side: its part, a number, and words.
type Place = (usize, usize, String);

/// Two drafts, and what is known for aligning them.
pub(super) struct Drafts<'a> {
    pub old: &'a Leaves,
    pub new: &'a Leaves,
    pub bags: Bags,
    labels: (Labels<'a>, Labels<'a>),
}

impl<'a> Drafts<'a> {
    pub fn of((old, of_old): (&'a Leaves, &'a Side<'a>), (new, of_new): (&'a Leaves, &'a Side<'a>)) -> Drafts<'a> {
        let bags = Bags::of(&old.list, &new.list);
        Drafts { old, new, bags, labels: (labels(old, of_old), labels(new, of_new)) }
    }

    fn leaves(&self, old: usize, new: usize) -> Option<(&'a Leaf, &'a Leaf)> {
        Some((self.old.list.get(old)?, self.new.list.get(new)?))
    }

    /// Whether two leaves have the same words in the same order.
    pub fn is_same(&self, old: usize, new: usize) -> bool {
        self.leaves(old, new).is_some_and(|(old, new)| old.kind == new.kind && old.words.text == new.words.text)
    }

    fn share_label(&self, old: usize, new: usize) -> bool {
        match (self.labels.0.get(&old), self.labels.1.get(&new)) {
            (Some(old), Some(new)) => old.iter().any(|label| new.contains(label)),
            _ => false,
        }
    }

    /// How sure it is that two leaves are one; none where it is not.
    pub fn score(&self, old: usize, new: usize) -> Option<f64> {
        let (a, b) = self.leaves(old, new)?;
        let kinds = kinds_agree(a, b);
        if kinds == 0.0 {
            return None;
        }
        let likeness = if self.is_same(old, new) { 1.0 } else { self.bags.likeness(old, new) * kinds };
        let label = self.share_label(old, new);
        let number = a.kind == b.kind && a.number == b.number && a.ordinal == b.ordinal;
        // A line of a first page has its place, whatever it says.
        if matches!(a.kind, LeafKind::Head | LeafKind::Title | LeafKind::Opening | LeafKind::By) && a.kind == b.kind {
            return Some(likeness.max(LEAST_OF_HEAD));
        }
        let least = if label || number { LEAST_IN_PLACE } else { LEAST };
        let witnesses = if label { LABEL } else { 0.0 } + if number { NUMBER } else { 0.0 };
        (likeness >= least).then_some(likeness + witnesses)
    }

    /// What a pair counts for in the common sequence: long ones more than short ones.
    fn weight(&self, old: usize, new: usize) -> Option<f64> {
        let score = self.score(old, new)?;
        let words = self.bags.old.get(old).map_or(0, |bag| bag.words.len());
        Some(score * score * (1.0 + (1.0 + words as f64).ln()))
    }

    /// All pairs that may be one, by the old leaf.
    pub fn candidates(&self) -> Vec<Vec<usize>> {
        let mut candidates: Vec<Vec<usize>> = vec![Vec::new(); self.old.list.len()];
        self.same_words(&mut candidates);
        self.rare_words(&mut candidates);
        let mut add = |key_of: &dyn Fn(&Leaf) -> Option<Place>| {
            let mut there: BTreeMap<Place, usize> = BTreeMap::new();
            for (at, leaf) in self.new.list.iter().enumerate() {
                if let Some(key) = key_of(leaf) {
                    there.entry(key).or_insert(at);
                }
            }
            for (leaf, found) in self.old.list.iter().zip(&mut candidates) {
                found.extend(key_of(leaf).and_then(|key| there.get(&key)));
            }
        };
        // What stands in the same place, counted by kind and by number.
        add(&|leaf| Some((leaf.part, leaf.ordinal, format!("{:?}{}", leaf.kind, leaf.table))));
        add(&|leaf| (!leaf.number.is_empty()).then(|| (leaf.part, 0, format!("{:?}{}", leaf.kind, leaf.number))));
        let by_label: HashMap<&String, usize> =
            self.labels.1.iter().flat_map(|(at, labels)| labels.iter().map(move |label| (label, *at))).collect();
        for (at, labels) in &self.labels.0 {
            if let Some(found) = candidates.get_mut(*at) {
                found.extend(labels.iter().filter_map(|label| by_label.get(label)));
            }
        }
        for found in &mut candidates {
            found.sort_unstable();
            found.dedup();
        }
        candidates
    }

    /// Leaves with the very same words. Where many have them, those pair that have as many
    /// of them before or behind them.
    fn same_words(&self, candidates: &mut [Vec<usize>]) {
        let mut groups: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (at, leaf) in self.old.list.iter().enumerate() {
            groups.entry(&leaf.words.text).or_default().0.push(at);
        }
        for (at, leaf) in self.new.list.iter().enumerate() {
            groups.entry(&leaf.words.text).or_default().1.push(at);
        }
        for (old, new) in groups.values() {
            for (nth, at) in old.iter().enumerate() {
                let Some(found) = candidates.get_mut(*at) else { continue };
                if new.len() <= CANDIDATES {
                    found.extend(new);
                } else {
                    let from_end = (nth + new.len()).checked_sub(old.len());
                    found.extend(new.get(nth).into_iter().chain(from_end.and_then(|nth| new.get(nth))));
                }
            }
        }
    }

    /// Leaves with the same rare words.
    fn rare_words(&self, candidates: &mut [Vec<usize>]) {
        let is_rare = |word: &u32| self.bags.in_leaves.get(*word as usize).is_some_and(|count| *count <= COMMON);
        let rare = |bag: &Bag| {
            let mut words: Vec<u32> = bag.words.iter().copied().filter(is_rare).collect();
            words.dedup();
            words
        };
        let mut stands_in: HashMap<u32, Vec<usize>> = HashMap::new();
        for (at, bag) in self.bags.new.iter().enumerate() {
            for word in rare(bag) {
                stands_in.entry(word).or_default().push(at);
            }
        }
        for (at, (bag, found)) in self.bags.old.iter().zip(candidates).enumerate() {
            let mut words = rare(bag);
            words.sort_by_key(|word| (self.bags.in_leaves.get(*word as usize), *word));
            let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
            for word in words.iter().take(RARE) {
                for new in stands_in.get(word).into_iter().flatten() {
                    *counts.entry(*new).or_default() += self.bags.weight(&[*word]);
                }
            }
            let mut best: Vec<(usize, f64)> = counts.into_iter().collect();
            // Of equals the one that stands nearest.
            best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.abs_diff(at).cmp(&b.0.abs_diff(at))).then(a.0.cmp(&b.0)));
            found.extend(best.iter().take(CANDIDATES).map(|(new, _)| *new));
        }
    }

    /// The longest common sequence of blocks by weight: for each old leaf its new one.
    pub fn sequence(&self, candidates: &[Vec<usize>]) -> Vec<Option<usize>> {
        // The best chain that ends before each new leaf: its weight and its last link.
        let mut best = Fenwick::new(self.new.list.len());
        let mut links: Vec<Link> = Vec::new();
        for (old, found) in candidates.iter().enumerate() {
            let mut next: Vec<(usize, f64, Option<usize>)> = Vec::new();
            for new in found {
                if let Some(weight) = self.weight(old, *new) {
                    let (before, link) = best.before(*new);
                    next.push((*new, before + weight, link));
                }
            }
            for (new, weight, before) in next {
                links.push(Link { old, new, before });
                best.raise(new, weight, links.len() - 1);
            }
        }
        let mut partner = vec![None; self.old.list.len()];
        let mut at = best.before(self.new.list.len()).1;
        while let Some(link) = at.and_then(|at| links.get(at)) {
            if let Some(partner) = partner.get_mut(link.old) {
                *partner = Some(link.new);
            }
            at = link.before;
        }
        self.fill_gaps(&mut partner);
        partner
    }

    /// Pairs in what is left between two pairs, by the same rule on a small scale.
    fn fill_gaps(&self, partner: &mut [Option<usize>]) {
        let (mut from_old, mut from_new) = (0, 0);
        let ends: Vec<(usize, usize)> =
            partner.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))).collect();
        for (old, new) in ends.into_iter().chain([(self.old.list.len(), self.new.list.len())]) {
            let (olds, news) = (from_old..old, from_new..new);
            (from_old, from_new) = (old + 1, new + 1);
            if olds.is_empty() || news.is_empty() || olds.len().saturating_mul(news.len()) > GAP {
                continue;
            }
            for (old, new) in self.in_gap(&olds, &news) {
                if let Some(partner) = partner.get_mut(old) {
                    *partner = Some(new);
                }
            }
        }
    }

    fn in_gap(&self, olds: &std::ops::Range<usize>, news: &std::ops::Range<usize>) -> Vec<(usize, usize)> {
        let width = news.len() + 1;
        let mut table = vec![0.0_f64; (olds.len() + 1) * width];
        let cell = |table: &[f64], a: usize, b: usize| table.get(a * width + b).copied().unwrap_or_default();
        let mut weights = vec![None; olds.len() * news.len()];
        for (a, old) in olds.clone().enumerate() {
            for (b, new) in news.clone().enumerate() {
                let weight = self.weight(old, new);
                let paired = weight.map_or(0.0, |weight| cell(&table, a, b) + weight);
                let most = cell(&table, a, b + 1).max(cell(&table, a + 1, b)).max(paired);
                if let Some(kept) = table.get_mut((a + 1) * width + b + 1) {
                    *kept = most;
                }
                if let Some(kept) = weights.get_mut(a * news.len() + b) {
                    *kept = weight;
                }
            }
        }
        let (mut a, mut b) = (olds.len(), news.len());
        let mut pairs = Vec::new();
        while a > 0 && b > 0 {
            let here = cell(&table, a, b);
            let weight = weights.get((a - 1) * news.len() + b - 1).copied().flatten();
            if weight.is_some_and(|weight| cell(&table, a - 1, b - 1) + weight >= here) {
                (a, b) = (a - 1, b - 1);
                pairs.push((olds.start + a, news.start + b));
            } else if cell(&table, a - 1, b) >= here {
                a -= 1;
            } else {
                b -= 1;
            }
        }
        pairs
    }
}

fn labels<'a>(leaves: &Leaves, side: &'a Side<'a>) -> Labels<'a> {
    let mut labels = BTreeMap::new();
    let mut last = None;
    for (at, leaf) in leaves.list.iter().enumerate() {
        // The rows of a table have one anchor.
        if leaf.anchor.is_some() && leaf.anchor != last {
            let named = leaf.anchor.and_then(|anchor| side.labels.get(&anchor));
            labels.extend(named.map(|labels| (at, labels.as_slice())));
        }
        last = leaf.anchor;
    }
    labels
}

/// A pair in a chain of pairs.
struct Link {
    old: usize,
    new: usize,
    before: Option<usize>,
}

/// The heaviest chain that ends before a place, for all places.
struct Fenwick {
    cells: Vec<(f64, Option<usize>)>,
}

impl Fenwick {
    fn new(length: usize) -> Fenwick {
        Fenwick { cells: vec![(0.0, None); length + 1] }
    }

    /// The heaviest that ends before `at`.
    fn before(&self, at: usize) -> (f64, Option<usize>) {
        let (mut at, mut best) = (at, (0.0, None));
        while at > 0 {
            if let Some(cell) = self.cells.get(at).filter(|cell| cell.0 > best.0) {
                best = *cell;
            }
            at &= at - 1;
        }
        best
    }

    fn raise(&mut self, at: usize, weight: f64, link: usize) {
        let mut at = at + 1;
        while let Some(cell) = self.cells.get_mut(at) {
            if weight > cell.0 {
                *cell = (weight, Some(link));
            }
            at += at & at.wrapping_neg();
        }
    }
}
