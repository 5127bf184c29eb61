//! How alike two leaves of one language are: by the words that they have in common,
//! of which rare ones count for more.

use std::collections::HashMap;

use super::leaf::{Leaf, LeafKind};
use super::words::WordKind;

/// What is known of all leaves of both sides.
pub(super) struct Bags {
    pub old: Vec<Bag>,
    pub new: Vec<Bag>,
    /// What each word weighs.
    weights: Vec<f64>,
    /// In how many leaves each word stands.
    pub in_leaves: Vec<u32>,
}

/// The words of a leaf.
pub(super) struct Bag {
    /// Their numbers, in their order, as often as they stand there.
    pub words: Vec<u32>,
    /// What all of them weigh.
    weight: f64,
}

impl Bags {
    pub fn of(old: &[Leaf], new: &[Leaf]) -> Bags {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut in_leaves: Vec<u32> = Vec::new();
        let mut bag = |leaf: &Leaf| {
            let mut words: Vec<u32> = Vec::new();
            let mut add = |text: &str| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry(text.to_lowercase()).or_insert(next);
                if number as usize == in_leaves.len() {
                    in_leaves.push(0);
                }
                words.push(number);
            };
            for word in &leaf.words.words {
                match word.kind {
                    WordKind::Word | WordKind::Number | WordKind::Gap => add(leaf.words.of(word)),
                    // Another number or another day leaves most of it the same.
                    WordKind::Reference | WordKind::Date => leaf.words.of(word).split(' ').for_each(&mut add),
                    // Its number only follows.
                    WordKind::Link(_) => add("@"),
                    WordKind::Blank
                    | WordKind::Sign
                    | WordKind::Bracket
                    | WordKind::Name
                    | WordKind::NoteMark
                    | WordKind::Cell
                    | WordKind::Paragraph => {}
                }
            }
            words.sort_unstable();
            for (at, word) in words.iter().enumerate() {
                let is_first = at.checked_sub(1).and_then(|before| words.get(before)) != Some(word);
                if let Some(count) = in_leaves.get_mut(*word as usize).filter(|_| is_first) {
                    *count += 1;
                }
            }
            words
        };
        let (old, new): (Vec<_>, Vec<_>) = (old.iter().map(&mut bag).collect(), new.iter().map(&mut bag).collect());
        let all = (old.len() + new.len()) as f64;
        let weights: Vec<f64> = in_leaves.iter().map(|count| (1.0 + all / f64::from(*count)).ln()).collect();
        let weigh = |words: Vec<u32>| {
            let weight = words.iter().filter_map(|word| weights.get(*word as usize)).sum();
            Bag { words, weight }
        };
        let (old, new) = (old.into_iter().map(weigh).collect(), new.into_iter().map(weigh).collect());
        Bags { old, new, weights, in_leaves }
    }

    /// From 0 to 1: what two leaves have in common, of all that they have.
    pub fn likeness(&self, old: usize, new: usize) -> f64 {
        let (Some(old), Some(new)) = (self.old.get(old), self.new.get(new)) else { return 0.0 };
        let all = old.weight + new.weight;
        if all == 0.0 { 0.0 } else { 2.0 * self.common(&old.words, &new.words) / all }
    }

    /// How much of a weight two lists of words have in common.
    pub fn common(&self, a: &[u32], b: &[u32]) -> f64 {
        let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
        let mut common = 0.0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => _ = a.next(),
                std::cmp::Ordering::Greater => _ = b.next(),
                std::cmp::Ordering::Equal => {
                    common += self.weights.get(**x as usize).copied().unwrap_or_default();
                    a.next();
                    b.next();
                }
            }
        }
        common
    }

    /// What a list of words weighs.
    pub fn weight(&self, words: &[u32]) -> f64 {
        words.iter().filter_map(|word| self.weights.get(*word as usize)).sum()
    }
}

/// By what factor the likeness of two leaves counts: what is of another kind is less
/// likely the same.
pub(super) fn kinds_agree(old: &Leaf, new: &Leaf) -> f64 {
    use LeafKind::{By, Clause, Continuation, Head, Heading, Item, Note, Opening, Prose, Row, Title};
    match (old.kind, new.kind) {
        (a, b) if a == b => 1.0,
        (Head | Title | By | Note | Row, _) | (_, Head | Title | By | Note | Row) => 0.0,
        (Heading, _) | (_, Heading) => 0.6,
        (Opening | Clause | Prose | Item | Continuation, Opening | Clause | Prose | Item | Continuation) => 0.9,
    }
}
