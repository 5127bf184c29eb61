//! A file that was made of an author's text, brought back to it.

use std::collections::{BTreeMap, BTreeSet};

use super::apply::Carried;
use super::authors::{delegations, known_authors};
use super::back::carried;
use super::numbering::Numbering;
use super::package;
use super::proof::bare;
use super::read::{Block, Lost, Read, Role, What};
use super::spots::{Spot, of_document, spots, trimmed};
use super::view::{View, changed_by, renamed, seen};
use super::wish::{Changes, Imported, Refused, Wish};
use crate::compare::{LeafKind, Leaves, Side};
use crate::compile::{Compilation, Options, compile};
use crate::model;
use crate::negotiate::{Proposal, consolidate};
use crate::render::{DocxOptions, docx};
use crate::world::{Instead, World};

/// Brings what was changed in a file back into the text at `path`, of which it was made.
///
/// # Errors
/// The file cannot be read, or was made of another text; or what is wished cannot be had.
pub fn import_home(bytes: &[u8], wish: &Wish, world: &dyn World, path: &str) -> Result<Imported, Refused> {
    let (read, numbering) = package::read(bytes, true)?;
    let text = world.read(path).map_err(|error| Refused::Wish(error.to_string()))?;
    known(&read, &text, path)?;
    let home = Home { world, path, read: &read, numbering: &numbering, text };
    let authors = changed_by(&read.blocks);
    let changes = wish.changes.unwrap_or(Changes::Brackets);
    known_authors(&read, wish)?;
    if authors.is_empty() || changes != Changes::Brackets {
        let view = if changes == Changes::Reject { View::Rejected } else { View::Accepted };
        return home.plain(&seen(&read.blocks, view, &numbering));
    }
    let whose = delegations(&read, wish, &authors)?;
    home.brackets(&whose)
}

/// Whether a file was made of a text.
fn known(read: &Read, text: &[u8], path: &str) -> Result<(), Refused> {
    let own = crate::ooxml::hash::of_source(text);
    match &read.source {
        Some(source) if *source == own => Ok(()),
        Some(_) => Err(Refused::Wish(format!(
            "the file was made of another text than `{path}` is now: give the one that was sent, as it was then \
             (`git show REVISION:{path}`), or import without `--base`"
        ))),
        None => {
            Err(Refused::Wish("the file does not say of which text it was made: import it without `--base`".to_owned()))
        }
    }
}

struct Home<'h> {
    world: &'h dyn World,
    path: &'h str,
    read: &'h Read,
    numbering: &'h Numbering,
    text: Vec<u8>,
}

impl Home<'_> {
    fn compiled(&self, text: &[u8]) -> Result<Compilation, Refused> {
        let world = Instead { world: self.world, path: self.path, text };
        compile(&world, self.path, &Options::default()).map_err(|error| Refused::Wish(error.to_string()))
    }

    fn carry(&self, base: &Compilation, old: &[Spot], blocks: &[Block]) -> Carried {
        let tried = |text: &str| printed(&self.compiled(text.as_bytes()).ok()?);
        carried(base, old, &of_file(blocks, base, old), &absent(base), &tried)
    }

    /// What the base prints.
    fn base(&self, text: &[u8]) -> Result<(Compilation, Vec<Spot>), Refused> {
        let base = self.compiled(text)?;
        if base.document.as_ref().is_some_and(|document| document.volume.is_some()) {
            return Err(Refused::Wish("the base is a volume: bring its texts back one by one".to_owned()));
        }
        match printed(&base) {
            Some(spots) => Ok((base, spots)),
            None => Err(Refused::Wish(format!("`{}` cannot be built: `chancery check` says why", self.path))),
        }
    }

    /// What is said of the file beside its words.
    fn told(&self) -> Vec<Lost> {
        // What the author's text has is not lost where the file has it otherwise.
        let own = |lost: &&Lost| {
            let what = lost.what.as_str();
            ["a picture", "a text box", "a formula", "an object", "a file within", "a table in", "the sign", "hidden"]
                .iter()
                .any(|beginning| what.starts_with(beginning))
        };
        let mut told: Vec<Lost> = self.read.lost.iter().filter(own).cloned().collect();
        for block in &self.read.blocks {
            let Block::Paragraph(paragraph) = block else { continue };
            for piece in &paragraph.pieces {
                if let What::Comment(author, words) = &piece.what {
                    let near = super::read::first_words(&paragraph.words());
                    told.push(Lost { paragraph: 0, near, what: format!("a comment of {author}: “{words}”") });
                }
            }
        }
        told
    }

    fn plain(&self, blocks: &[Block]) -> Result<Imported, Refused> {
        let (base, old) = self.base(&self.text)?;
        let done = self.carry(&base, &old, blocks);
        let left = done.left.into_iter().map(|(line, what)| format!("line {line}: {what}")).collect();
        Ok(Imported { text: done.text, lost: self.told(), left })
    }

    /// The changes of each delegation as a copy of the base, put together.
    fn brackets(&self, whose: &BTreeMap<String, Vec<u16>>) -> Result<Imported, Refused> {
        let mut left: Vec<String> = Vec::new();
        let mut seen_left: BTreeSet<String> = BTreeSet::new();
        let (base, old) = self.base(&self.text)?;
        // What was changed without a track is in all copies.
        let quiet = self.carry(&base, &old, &seen(&self.read.blocks, View::Rejected, self.numbering));
        let (own, own_spots) = self.base(quiet.text.as_bytes())?;
        for (line, what) in &quiet.left {
            left.push(format!("line {line}: {what}"));
            seen_left.insert(what.clone());
        }
        let mut copies: Vec<(String, Compilation)> = Vec::new();
        for (name, authors) in whose {
            let mut blocks = self.read.blocks.clone();
            let first = authors.first().copied().unwrap_or_default();
            renamed(&mut blocks, &|author| if authors.contains(&author) { first } else { author });
            let done = self.carry(&own, &own_spots, &seen(&blocks, View::Of(first), self.numbering));
            for (line, what) in done.left.into_iter().filter(|(_, what)| !seen_left.contains(what)) {
                left.push(format!("line {line}: {name}: {what}"));
            }
            copies.push((name.clone(), self.compiled(done.text.as_bytes())?));
        }
        let proposals: Vec<Proposal<'_>> =
            copies.iter().map(|(name, compilation)| Proposal { name, compilation }).collect();
        let done = consolidate(&own, &proposals).map_err(|why| {
            Refused::Wish(format!("the changes cannot be made brackets: {why}; or take them by `--changes accept`"))
        })?;
        left.extend(done.left.into_iter().map(|left| format!("line {}: {} {}", left.line, left.name, left.words)));
        Ok(Imported { text: done.text, lost: self.told(), left })
    }
}

/// What a text prints, as spots: what a file that is made of it has.
fn printed(compilation: &Compilation) -> Option<Vec<Spot>> {
    Side::of(compilation).map(|side| of_document(&side))
}

/// The leaves that a file of a text has no paragraph for.
fn absent(base: &Compilation) -> BTreeSet<usize> {
    let leaves = Side::of(base).map(|side| Leaves::of(&side).list).unwrap_or_default();
    let made = base.checked.as_ref().and_then(|checked| docx(checked, &base.style, &DocxOptions::default()).ok());
    let read = made.and_then(|made| package::read(&made.content, true).ok());
    match read {
        Some((read, numbering)) => {
            let there = spots(&seen(&read.blocks, View::Accepted, &numbering));
            let there: BTreeSet<usize> = there.iter().filter_map(|spot| spot.leaf).collect();
            (0..leaves.len()).filter(|leaf| !there.contains(leaf)).collect()
        }
        None => {
            (0..leaves.len()).filter(|at| leaves.get(*at).is_some_and(|leaf| leaf.kind == LeafKind::Head)).collect()
        }
    }
}

/// What the file has, without lines of heads that are no leaves, and with words that somebody put
/// before a paragraph's own.
fn of_file(blocks: &[Block], base: &Compilation, old: &[Spot]) -> Vec<Spot> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    if let Some(document) = &base.document {
        model::each_text(document, &mut |words| _ = known.insert(bare(words)));
        for line in document.parts.iter().flat_map(|part| &part.meeting) {
            known.insert(bare(&model::plain(line)));
        }
    }
    let mut spots = spots(blocks);
    spots.retain(|spot| spot.leaf.is_some() || spot.role != Role::Head || !known.contains(&bare(&spot.words)));
    for spot in spots.iter_mut().filter(|spot| !spot.lead.is_empty()) {
        let label = spot.leaf.and_then(|leaf| old.get(leaf)?.label.clone()).unwrap_or_default();
        let plain = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
        // Several labels may stand before one text.
        if !plain(&spot.lead).ends_with(&plain(&label)) || label.is_empty() {
            spot.words = trimmed(&format!("{} {}", spot.lead, spot.words));
        }
    }
    spots
}
