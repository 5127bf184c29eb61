//! The parts of two drafts put together.

use std::collections::{BTreeMap, BTreeSet};

use super::build::{Anchors, Builder, Texts};
use super::flat::{Flat, FlatDocument, Place};
use super::pieces::{self, LeafPieces, has_other_cells, pairs_of_notes};
use crate::Error;
use crate::compare::{Comparison, Entry, What};
use crate::layout::Change;
use crate::model::{Block, Document, Note, Part};

/// The document of two drafts, and what became of its texts.
pub(super) fn merged((old, new): (&Document, &Document), comparison: &Comparison) -> Result<(Document, Texts), Error> {
    let (flat_old, flat_new) = (FlatDocument::of(old), FlatDocument::of(new));
    if flat_old.leaves.len() != comparison.old.list.len() || flat_new.leaves.len() != comparison.new.list.len() {
        return Err(Error::Refused("these drafts cannot be put together as PDF; `--to html` shows them".to_owned()));
    }
    let highest = flat_new.anchors().chain(flat_old.anchors()).map(|anchor| anchor.0).max().unwrap_or(0);
    let gone = gone_leaves(comparison);
    let mut merge = Merge {
        comparison,
        positions: positions(comparison, &gone),
        homes: homes(comparison, &flat_old, &flat_new),
        pairs: pairs_of_notes(comparison, (&flat_old, &flat_new)),
        notes: flat_new.parts.iter().map(|part| part.part.notes.clone()).collect(),
        gone,
        placed: BTreeMap::new(),
        old: flat_old,
        new: flat_new,
        texts: Texts::new(),
        anchors: Anchors::from(highest),
        leaves: BTreeMap::new(),
        first_old: first_old(comparison),
        flat_of: BTreeMap::new(),
        note_of: BTreeMap::new(),
    };
    merge.index();
    merge.words();
    let mut document = new.clone();
    document.parts = merge.parts();
    Ok((document, merge.texts))
}

/// The old leaves that are gone.
fn gone_leaves(comparison: &Comparison) -> BTreeSet<usize> {
    let gone = comparison.entries.iter().filter(|entry| entry.what == What::Gone);
    gone.flat_map(|entry| entry.old.iter().copied()).collect()
}

/// Where what is gone stands: behind which new leaf, in the order of the old draft.
fn positions(comparison: &Comparison, gone: &BTreeSet<usize>) -> BTreeMap<Option<usize>, Vec<usize>> {
    let mut stands: BTreeMap<usize, usize> = BTreeMap::new();
    for entry in &comparison.entries {
        match entry.what {
            What::Gone | What::New | What::Moved => {}
            What::Same | What::Changed | What::Divided | What::Joined => {
                let last = entry.new.last().copied();
                stands.extend(entry.old.iter().filter_map(|old| Some((*old, last?))));
            }
        }
    }
    let (mut positions, mut last): (BTreeMap<Option<usize>, Vec<usize>>, Option<usize>) = (BTreeMap::new(), None);
    for at in 0..comparison.old.list.len() {
        last = stands.get(&at).copied().or(last);
        if gone.contains(&at) {
            positions.entry(last).or_default().push(at);
        }
    }
    positions
}

/// The old leaf that each new one was, or the first of them.
fn first_old(comparison: &Comparison) -> BTreeMap<usize, usize> {
    let pair = |entry: &Entry| Some((*entry.new.first()?, *entry.old.first()?));
    comparison.entries.iter().filter_map(pair).collect()
}

/// The part of the new draft that each part of the old one is: most of what it had stands there.
fn homes(comparison: &Comparison, old: &FlatDocument<'_>, new: &FlatDocument<'_>) -> Vec<Option<usize>> {
    let mut counts: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); old.parts.len()];
    for entry in comparison.entries.iter().filter(|entry| entry.what != What::Moved) {
        let (Some(was), Some(is)) = (entry.old.first(), entry.new.first()) else { continue };
        let part = |document: &FlatDocument<'_>, at: usize| document.leaves.get(at).map(|leaf| leaf.part);
        if let (Some(was), Some(is)) = (part(old, *was), part(new, *is))
            && let Some(counts) = counts.get_mut(was)
        {
            *counts.entry(is).or_default() += 1;
        }
    }
    let most = |counts: BTreeMap<usize, usize>| {
        counts.into_iter().max_by_key(|(part, count)| (*count, std::cmp::Reverse(*part))).map(|(part, _)| part)
    };
    let mut homes: Vec<Option<usize>> = counts.into_iter().map(most).collect();
    // The text itself is always the text.
    if let Some(first) = homes.first_mut().filter(|_| !new.parts.is_empty()) {
        first.get_or_insert(0);
    }
    homes
}

pub(super) struct Merge<'m, 'd> {
    pub comparison: &'m Comparison,
    pub old: FlatDocument<'d>,
    pub new: FlatDocument<'d>,
    pub positions: BTreeMap<Option<usize>, Vec<usize>>,
    pub homes: Vec<Option<usize>>,
    /// Which new note each old one is whose mark is the same, by part and number.
    pub pairs: BTreeMap<(usize, usize), (usize, usize)>,
    /// The notes of each new part, and behind its own those that are gone.
    pub notes: Vec<Vec<Note>>,
    /// The old leaves that are gone.
    pub gone: BTreeSet<usize>,
    /// Where the notes that are gone stand now, by old part and number: new part and number.
    pub placed: BTreeMap<(usize, usize), (usize, usize)>,
    pub texts: Texts,
    pub anchors: Anchors,
    /// The words of new leaves in which something differs.
    pub leaves: BTreeMap<usize, LeafPieces>,
    /// The old leaf that each new one was, or the first of them.
    pub first_old: BTreeMap<usize, usize>,
    /// The block of each old leaf, by its part.
    pub flat_of: BTreeMap<usize, (usize, usize)>,
    /// The leaf of each old note, by part and number.
    pub note_of: BTreeMap<(usize, usize), usize>,
}

impl<'d> Merge<'_, 'd> {
    /// Where blocks and notes of the old draft are found.
    fn index(&mut self) {
        for (part, flat) in self.old.parts.iter().enumerate() {
            let leaves = flat.flats.iter().enumerate().filter_map(|(at, flat)| Some((flat.leaf?, (part, at))));
            self.flat_of.extend(leaves);
        }
        for (at, leaf) in self.old.leaves.iter().enumerate() {
            if let Place::Note(note) = leaf.place {
                self.note_of.entry((leaf.part, note)).or_insert(at);
            }
        }
    }

    /// The words of all new leaves, with what is new and gone in them.
    fn words(&mut self) {
        let comparison = self.comparison;
        for entry in &comparison.entries {
            match entry.what {
                What::Gone => {}
                What::New => {
                    for at in &entry.new {
                        let Some(leaf) = self.new.leaves.get(*at) else { continue };
                        self.leaves.insert(*at, pieces::new(leaf));
                    }
                }
                What::Same | What::Changed | What::Moved | What::Divided | What::Joined => {
                    let Merge { old, new, notes, gone, placed, pairs, note_of, .. } = &mut *self;
                    let mut places = Places { old, notes, gone, placed, pairs, note_of };
                    let changed =
                        pieces::changed(comparison, entry, (old, new), &mut |part, note| places.of(part, note));
                    self.leaves.extend(entry.new.iter().copied().zip(changed));
                }
            }
        }
    }

    /// The words of an old leaf that is gone, for a part of the new draft.
    pub fn gone_words(&mut self, at: usize, part: usize) -> Option<LeafPieces> {
        let Merge { old, notes, gone, placed, pairs, note_of, .. } = &mut *self;
        let leaf = old.leaves.get(at)?;
        let mut places = Places { old, notes, gone, placed, pairs, note_of };
        Some(pieces::gone(leaf, part, &mut |part, note| places.of(part, note)))
    }

    /// All parts of the new draft, and those that are gone.
    fn parts(&mut self) -> Vec<Part> {
        // What is gone, by the part that it comes into; behind which leaf it stands there.
        let mut inside: BTreeMap<usize, Vec<(Option<usize>, usize)>> = BTreeMap::new();
        // Parts that are gone as a whole, by the part behind which they stood.
        let mut whole: BTreeMap<usize, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
        for (behind, leaves) in &self.positions {
            let stands = behind.and_then(|at| self.new.leaves.get(at)).map_or(0, |leaf| leaf.part);
            for at in leaves {
                let Some(part) = self.old.leaves.get(*at).map(|leaf| leaf.part) else { continue };
                match self.homes.get(part).copied().flatten() {
                    Some(home) => {
                        let key = match stands.cmp(&home) {
                            std::cmp::Ordering::Less => None,
                            std::cmp::Ordering::Equal => *behind,
                            std::cmp::Ordering::Greater => Some(usize::MAX),
                        };
                        inside.entry(home).or_default().push((key, *at));
                    }
                    None => whole.entry(stands).or_default().entry(part).or_default().push(*at),
                }
            }
        }
        let mut parts = Vec::new();
        for at in 0..self.new.parts.len() {
            let mut gone = inside.remove(&at).unwrap_or_default();
            gone.sort();
            parts.extend(self.part(at, &gone));
            for (old, leaves) in whole.remove(&at).unwrap_or_default() {
                parts.extend(self.gone_part(old, &leaves));
            }
        }
        parts
    }

    /// A part of the new draft, and in it what is gone of the old one.
    fn part(&mut self, at: usize, gone: &[(Option<usize>, usize)]) -> Option<Part> {
        let flat = self.new.parts.get(at)?.clone();
        let mut part = flat.part.clone();
        let place = |merge: &Merge<'_, 'd>, leaf: usize| merge.old.leaves.get(leaf).map(|leaf| leaf.place);
        let mut texts: Vec<(Option<usize>, usize)> = Vec::new();
        for (behind, leaf) in gone {
            match place(self, *leaf)? {
                Place::Block => texts.push((*behind, *leaf)),
                Place::Head => self.gone_head(at, *behind, *leaf, &mut texts),
                Place::Title => self.gone_title(at, *leaf, &mut part),
                Place::By => self.gone_by(at, *leaf, &mut part),
                // It stands where its mark does.
                Place::Note(_) => {}
            }
        }
        self.heads(at, &part);
        let mut texts = texts.into_iter().peekable();
        let mut made: Vec<Step<'d>> = Vec::new();
        let first = flat.flats.iter().find_map(|flat| flat.leaf);
        while let Some((_, leaf)) = texts.next_if(|(behind, _)| behind.is_none_or(|at| Some(at) < first)) {
            made.push(Step::Gone(leaf));
        }
        for (nth, block) in flat.flats.iter().enumerate() {
            made.push(Step::New(block.clone()));
            let next = flat.flats.get(nth + 1..).unwrap_or_default().iter().find_map(|flat| flat.leaf);
            if block.leaf.is_none() && next.is_some() {
                continue;
            }
            while let Some((_, leaf)) = texts.next_if(|(behind, _)| next.is_none_or(|next| *behind < Some(next))) {
                made.push(Step::Gone(leaf));
            }
        }
        made.extend(texts.map(|(_, leaf)| Step::Gone(leaf)));
        part.blocks = self.blocks(at, made);
        part.notes = self.notes.get(at).cloned().unwrap_or_default();
        self.gone_notes(at, &mut part);
        Some(part)
    }

    fn blocks(&mut self, at: usize, steps: Vec<Step<'d>>) -> Vec<Block> {
        let mut ready: Vec<(bool, Option<usize>, Flat<'d>, LeafPieces)> = Vec::new();
        let mut rest: Vec<LeafPieces> = Vec::new();
        for step in steps {
            match step {
                Step::Gone(leaf) => {
                    let Some(words) = self.gone_words(leaf, at) else { continue };
                    match self.old_flat(leaf) {
                        Some(flat) => ready.push((false, Some(leaf), flat, words)),
                        None => rest.push(words),
                    }
                }
                Step::New(flat) => {
                    let words = flat.leaf.and_then(|leaf| self.leaves.get(&leaf)).cloned().unwrap_or_default();
                    let other = flat.leaf.and_then(|leaf| self.other_row(leaf));
                    if let Some((old, words)) = other
                        && let Some(row) = self.old_flat(old)
                        && let (Some(leaf), Some(gone)) = (flat.leaf, self.gone_words(old, at))
                    {
                        ready.push((true, Some(leaf), flat, words));
                        ready.push((false, Some(old), row, gone));
                        continue;
                    }
                    ready.push((true, flat.leaf, flat, words));
                }
            }
        }
        let Merge { old, new, anchors, texts, .. } = self;
        let mut builder = Builder::new(anchors, texts);
        for (is_new, leaf, flat, words) in ready {
            if is_new {
                builder.put(&flat, leaf.and_then(|leaf| new.leaves.get(leaf)), words);
            } else if let Some(leaf) = leaf.and_then(|leaf| old.leaves.get(leaf)) {
                builder.gone(&flat, leaf, words);
            }
        }
        for words in rest {
            let content = words.components.into_iter().flatten().flatten().flat_map(|piece| piece.content).collect();
            builder.gone_text(content, Change::Gone);
        }
        builder.finish()
    }

    /// Of a row that had another number of cells: the old one, and the new one's words, all new.
    fn other_row(&self, leaf: usize) -> Option<(usize, LeafPieces)> {
        let old = *self.first_old.get(&leaf)?;
        let (was, is) = (self.old.leaves.get(old)?, self.new.leaves.get(leaf)?);
        has_other_cells(was, is).then(|| (old, pieces::new(is)))
    }

    pub fn old_flat(&self, leaf: usize) -> Option<Flat<'d>> {
        let (part, at) = self.flat_of.get(&leaf)?;
        self.old.parts.get(*part)?.flats.get(*at).cloned()
    }
}

enum Step<'d> {
    New(Flat<'d>),
    Gone(usize),
}

/// Where the marks of old notes lead.
struct Places<'p, 'd> {
    old: &'p FlatDocument<'d>,
    notes: &'p mut Vec<Vec<Note>>,
    gone: &'p BTreeSet<usize>,
    placed: &'p mut BTreeMap<(usize, usize), (usize, usize)>,
    note_of: &'p BTreeMap<(usize, usize), usize>,
    pairs: &'p BTreeMap<(usize, usize), (usize, usize)>,
}

impl Places<'_, '_> {
    /// Where the note of an old mark stands, in a part of the new draft: behind its own notes, if
    /// it is gone. What stands there still has a new mark.
    fn of(&mut self, part: usize, note: (usize, usize)) -> Option<usize> {
        let leaf = self.note_of.get(&note)?;
        if !self.gone.contains(leaf) || self.pairs.contains_key(&note) || self.placed.contains_key(&note) {
            return None;
        }
        let own = self.old.parts.get(note.0)?.part.notes.get(note.1)?;
        let notes = self.notes.get_mut(part)?;
        notes.push(own.clone());
        self.placed.insert(note, (part, notes.len() - 1));
        Some(notes.len() - 1)
    }
}
