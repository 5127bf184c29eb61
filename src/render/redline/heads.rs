//! What stands around the blocks of a part: its head, title and notes, and parts that are gone as
//! a whole.

use super::build::Builder;
use super::flat::{LeafTexts, Place};
use super::merge::Merge;
use super::pieces::{self, LeafPieces};
use crate::layout::{Change, Piece, Slot};
use crate::model::{Anchor, Block, BlockKind, Inline, Part, PartKind, plain};

/// All words of some pieces.
fn all(words: LeafPieces) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for pieces in words.components.into_iter().flatten() {
        if !out.is_empty() {
            out.push(Inline::Text(" ".to_owned()));
        }
        out.extend(pieces.into_iter().flat_map(|piece| piece.content));
    }
    out
}

fn gone_piece(content: Vec<Inline>) -> Piece {
    Piece { content, change: Some(Change::Gone) }
}

fn blank() -> Piece {
    Piece { content: vec![Inline::Text(" ".to_owned())], change: None }
}

impl<'d> Merge<'_, 'd> {
    /// A text of a new leaf as pieces, made of its own words where nothing is known of it yet.
    fn component(&mut self, leaf: usize, component: usize) -> Option<&mut Vec<Piece>> {
        let texts = self.new.leaves.get(leaf)?;
        let words = self.leaves.entry(leaf).or_default();
        words.components.resize(texts.components.len(), None);
        let own = texts.components.get(component)?;
        let own = || vec![Piece { content: own.content.to_vec(), change: None }];
        Some(words.components.get_mut(component)?.get_or_insert_with(own))
    }

    fn leaf_of(&self, part: usize, place: Place, last: Option<usize>) -> Option<usize> {
        let leaves = self.new.leaves.iter().enumerate();
        let mut found = leaves.filter(|(_, leaf)| leaf.part == part && leaf.place == place).map(|(at, _)| at);
        let first = found.next()?;
        Some(found.take_while(|at| last.is_some_and(|last| *at <= last)).last().unwrap_or(first))
    }

    /// A line of a head that is gone stands behind the one before it.
    pub(super) fn gone_head(
        &mut self,
        part: usize,
        behind: Option<usize>,
        leaf: usize,
        texts: &mut Vec<(Option<usize>, usize)>,
    ) {
        let words = self.gone_words(leaf, part).map(all).unwrap_or_default();
        let place = self.leaf_of(part, Place::Head, behind);
        match place.and_then(|at| self.component(at, 0)) {
            Some(pieces) => pieces.extend([blank(), gone_piece(words)]),
            None => texts.push((None, leaf)),
        }
    }

    /// A title that is gone stands before the new one.
    pub(super) fn gone_title(&mut self, at: usize, leaf: usize, part: &mut Part) {
        let words = self.gone_words(leaf, at).map(all).unwrap_or_default();
        let title = self.leaf_of(at, Place::Title, None);
        let first = title.and_then(|at| {
            let slots = &self.new.leaves.get(at)?.components;
            Some((at, slots.iter().position(|text| matches!(text.slot, Slot::Title(_))).unwrap_or(0)))
        });
        match first.and_then(|(at, component)| self.component(at, component)) {
            Some(pieces) => drop(pieces.splice(0..0, [gone_piece(words), blank()])),
            // Of several that are gone each has a line.
            None => {
                self.texts.insert((part.anchor, Slot::Title(part.title.len())), vec![gone_piece(words.clone())]);
                part.title.push(words);
            }
        }
    }

    pub(super) fn gone_by(&mut self, at: usize, leaf: usize, part: &mut Part) {
        let words = self.gone_words(leaf, at).map(all).unwrap_or_default();
        let by = self.leaf_of(at, Place::By, None);
        match by.and_then(|at| self.component(at, 0)) {
            Some(pieces) => drop(pieces.splice(0..0, [gone_piece(words), blank()])),
            None => {
                let before = part.by.take().map(|by| by + " ").unwrap_or_default();
                part.by = Some(before + &plain(&words));
                let pieces = self.texts.entry((part.anchor, Slot::By)).or_default();
                if !pieces.is_empty() {
                    pieces.push(blank());
                }
                pieces.push(gone_piece(words));
            }
        }
    }

    /// Gives layout the words of a part's head, title and notes.
    pub(super) fn heads(&mut self, at: usize, part: &Part) {
        for (number, leaf) in self.new.leaves.iter().enumerate().filter(|(_, leaf)| leaf.part == at) {
            let Some(words) = self.leaves.get(&number) else { continue };
            if leaf.place == Place::Block {
                continue;
            }
            if let (Place::Note(note), Some(mark)) = (leaf.place, &words.label) {
                self.texts.insert((part.anchor, Slot::NoteMark(note)), mark.clone());
            }
            let texts = leaf.components.iter().zip(&words.components);
            let changed = texts.filter_map(|(text, pieces)| Some(((part.anchor, text.slot), pieces.clone()?)));
            self.texts.extend(changed);
        }
    }

    /// Notes that are gone: those with marks at the foot, those whose mark is another note's now
    /// before its words. What nothing leads to is told at the end of the part.
    pub(super) fn gone_notes(&mut self, at: usize, part: &mut Part) {
        let old = self.note_of.iter().filter(|(_, leaf)| self.gone.contains(leaf));
        let old: Vec<((usize, usize), usize)> = old.map(|(note, leaf)| (*note, *leaf)).collect();
        for (note, leaf) in old {
            let Some(texts) = self.old.leaves.get(leaf).cloned() else { continue };
            let words = pieces::gone(&texts, at, &mut |_, _| None);
            let is_home = self.homes.get(note.0).copied().flatten() == Some(at);
            match (self.placed.get(&note).copied(), self.pairs.get(&note).copied()) {
                (Some((home, number)), _) if home == at => self.note(part.anchor, number, words),
                (None, Some((home, number))) if home == at => {
                    let own = part.notes.get(number).map(|note| note.content.clone()).unwrap_or_default();
                    let key = (part.anchor, Slot::Note(number));
                    let own = || vec![Piece { content: own, change: None }];
                    let pieces = self.texts.entry(key).or_insert_with(own);
                    pieces.splice(0..0, [gone_piece(all(words)), blank()]);
                }
                (None, None) if is_home => {
                    let (anchor, content) = (self.anchors.fresh(), all(words));
                    self.texts.insert((anchor, Slot::Text), vec![gone_piece(content.clone())]);
                    part.blocks.push(Block { anchor, kind: BlockKind::Prose(content) });
                }
                _ => {}
            }
        }
    }

    fn note(&mut self, anchor: Anchor, number: usize, words: LeafPieces) {
        if let Some(mark) = words.label {
            self.texts.insert((anchor, Slot::NoteMark(number)), mark);
        }
        if let Some(text) = words.components.into_iter().next().flatten() {
            self.texts.insert((anchor, Slot::Note(number)), text);
        }
    }

    /// A part that is gone as a whole.
    pub(super) fn gone_part(&mut self, old: usize, leaves: &[usize]) -> Option<Part> {
        let own = self.old.parts.get(old)?.part;
        let kind = if own.kind == PartKind::Main { PartKind::Annex } else { own.kind };
        let anchor = self.anchors.fresh();
        let mut part = Part { kind, anchor, ..own.clone() };
        let of = |leaf: &usize| self.old.leaves.get(*leaf).cloned().map(|texts| (*leaf, texts));
        let gone: Vec<(usize, LeafTexts<'d>)> = leaves.iter().filter_map(of).collect();
        let words = |leaf: &LeafTexts<'d>| pieces::gone(leaf, old, &mut |_, (_, note)| Some(note));
        let mut blocks = Vec::new();
        for (at, leaf) in &gone {
            let words = words(leaf);
            match leaf.place {
                Place::Block => blocks.push((*at, words)),
                Place::Note(number) => self.note(anchor, number, words),
                Place::Head | Place::Title | Place::By => {
                    let texts = leaf.components.iter().zip(words.components);
                    self.texts.extend(texts.filter_map(|(text, pieces)| Some(((anchor, text.slot), pieces?))));
                }
            }
        }
        let flats: Vec<_> =
            blocks.into_iter().filter_map(|(at, words)| Some((at, self.old_flat(at)?, words))).collect();
        let Merge { old, anchors, texts, .. } = self;
        let mut builder = Builder::new(anchors, texts);
        for (at, flat, words) in flats {
            if let Some(leaf) = old.leaves.get(at) {
                builder.gone(&flat, leaf, words);
            }
        }
        part.blocks = builder.finish();
        part.notes = own.notes.clone();
        Some(part)
    }
}
