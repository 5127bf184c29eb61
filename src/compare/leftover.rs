//! What the common sequence left over: moved, divided, joined.

use super::align::{Drafts, Match};
use super::leaf::LeafKind;

/// The least likeness of a block that stands elsewhere.
const MOVED: f64 = 0.6;
/// The least number of words of a block that is found again elsewhere.
const MOVED_WORDS: usize = 4;
/// How much of a block's words must come from what it was a part of.
const PART: f64 = 0.72;
/// The least number of words of such a part.
const PART_WORDS: usize = 4;

/// Into so many parts a block is divided at the most.
const PARTS: usize = 12;

/// All pairs of two drafts, in the order of the new one.
pub(super) fn matches(drafts: &Drafts<'_>) -> Vec<Match> {
    let candidates = drafts.candidates();
    let partner = drafts.sequence(&candidates);
    let paired = partner.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?)));
    let mut work = Work {
        of_old: partner.clone(),
        of_new: vec![None; drafts.new.list.len()],
        matches: paired.map(|(old, new)| Match { old: vec![old], new: vec![new], moved: false }).collect(),
        drafts,
    };
    for (at, pair) in work.matches.iter().enumerate() {
        for old in &pair.old {
            if let Some(cell) = work.of_old.get_mut(*old) {
                *cell = Some(at);
            }
        }
        for new in &pair.new {
            if let Some(cell) = work.of_new.get_mut(*new) {
                *cell = Some(at);
            }
        }
    }
    work.divided();
    work.joined();
    work.moved(&candidates);
    let mut matches = work.matches;
    matches.sort_by(|a, b| a.new.cmp(&b.new));
    matches
}

struct Work<'d, 'a> {
    drafts: &'d Drafts<'a>,
    /// Which match each old leaf is in.
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
    matches: Vec<Match>,
}

impl Work<'_, '_> {
    /// A new leaf beside a pair, whose words the old leaf had and the new one lost.
    fn divided(&mut self) {
        for new in (0..self.of_new.len()).chain((0..self.of_new.len()).rev()) {
            if self.of_new.get(new).copied().flatten().is_some() {
                continue;
            }
            for beside in [new.checked_sub(1), Some(new + 1)].into_iter().flatten() {
                let Some(at) = self.of_new.get(beside).copied().flatten() else { continue };
                let Some(Match { old, new: news, .. }) = self.matches.get(at) else { continue };
                let bags = &self.drafts.bags;
                let whole = old.first().and_then(|old| bags.old.get(*old)).map_or(&[][..], |bag| &bag.words);
                let kept: Vec<&[u32]> =
                    news.iter().filter_map(|new| bags.new.get(*new)).map(|bag| &bag.words[..]).collect();
                let part = bags.new.get(new).map_or(&[][..], |bag| &bag.words);
                if old.len() == 1 && self.is_text(new, false) && self.is_part(part, whole, &kept) {
                    self.set_new(new, at);
                    break;
                }
            }
        }
    }

    /// An old leaf beside a pair, whose words the new leaf has and the old one had not.
    fn joined(&mut self) {
        for old in (0..self.of_old.len()).chain((0..self.of_old.len()).rev()) {
            if self.of_old.get(old).copied().flatten().is_some() {
                continue;
            }
            for beside in [old.checked_sub(1), Some(old + 1)].into_iter().flatten() {
                let Some(at) = self.of_old.get(beside).copied().flatten() else { continue };
                let Some(Match { old: olds, new, .. }) = self.matches.get(at) else { continue };
                let bags = &self.drafts.bags;
                let whole = new.first().and_then(|new| bags.new.get(*new)).map_or(&[][..], |bag| &bag.words);
                let kept: Vec<&[u32]> =
                    olds.iter().filter_map(|old| bags.old.get(*old)).map(|bag| &bag.words[..]).collect();
                let part = bags.old.get(old).map_or(&[][..], |bag| &bag.words);
                if new.len() == 1 && self.is_text(old, true) && self.is_part(part, whole, &kept) {
                    self.set_old(old, at);
                    break;
                }
            }
        }
    }

    /// Whether most words of a part stand in the whole, over those that others kept.
    fn is_part(&self, part: &[u32], whole: &[u32], kept: &[&[u32]]) -> bool {
        if part.len() < PART_WORDS || whole.len() < part.len() {
            return false;
        }
        if kept.len() >= PARTS {
            return false;
        }
        let rest = kept.iter().fold(whole.to_vec(), |rest, kept| without(&rest, kept));
        let bags = &self.drafts.bags;
        bags.common(part, &rest) >= PART * bags.weight(part)
    }

    fn is_text(&self, at: usize, is_old: bool) -> bool {
        let leaves = if is_old { self.drafts.old } else { self.drafts.new };
        leaves.list.get(at).is_some_and(|leaf| match leaf.kind {
            LeafKind::Clause | LeafKind::Prose | LeafKind::Item | LeafKind::Continuation => true,
            LeafKind::Head
            | LeafKind::Title
            | LeafKind::By
            | LeafKind::Opening
            | LeafKind::Heading
            | LeafKind::Row
            | LeafKind::Note => false,
        })
    }

    fn set_new(&mut self, new: usize, at: usize) {
        if let (Some(pair), Some(cell)) = (self.matches.get_mut(at), self.of_new.get_mut(new)) {
            pair.new.push(new);
            pair.new.sort_unstable();
            *cell = Some(at);
        }
    }

    fn set_old(&mut self, old: usize, at: usize) {
        if let (Some(pair), Some(cell)) = (self.matches.get_mut(at), self.of_old.get_mut(old)) {
            pair.old.push(old);
            pair.old.sort_unstable();
            *cell = Some(at);
        }
    }

    /// Blocks whose words come back elsewhere, the surest first.
    fn moved(&mut self, candidates: &[Vec<usize>]) {
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (old, found) in candidates.iter().enumerate() {
            let words = self.drafts.bags.old.get(old).map_or(0, |bag| bag.words.len());
            if self.of_old.get(old).copied().flatten().is_some() || words < MOVED_WORDS {
                continue;
            }
            for new in found.iter().filter(|new| self.of_new.get(**new).copied().flatten().is_none()) {
                pairs.extend(
                    self.drafts.score(old, *new).filter(|score| *score >= MOVED).map(|score| (score, old, *new)),
                );
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, old, new) in pairs {
            let is_free = |of: &[Option<usize>], at: usize| of.get(at).copied().flatten().is_none();
            if is_free(&self.of_old, old) && is_free(&self.of_new, new) {
                let at = self.matches.len();
                self.matches.push(Match { old: Vec::new(), new: Vec::new(), moved: true });
                self.set_old(old, at);
                self.set_new(new, at);
            }
        }
    }
}

/// The words of a sorted list that another one has not.
fn without(words: &[u32], taken: &[u32]) -> Vec<u32> {
    let mut taken = taken.iter().peekable();
    let mut rest = Vec::with_capacity(words.len());
    for word in words {
        while taken.next_if(|next| *next < word).is_some() {}
        if taken.next_if(|next| *next == word).is_none() {
            rest.push(*word);
        }
    }
    rest
}
