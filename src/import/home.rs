//! A file that was made of an author's text, brought back to it.

use std::collections::{BTreeMap, BTreeSet};

use super::apply::{Carried, Whence, line_of};
use super::authors::{delegations, known_authors};
use super::back::carried;
use super::looks::{Made, unlike};
use super::numbering::Numbering;
use super::package;
use super::proof::bare;
use super::read::{Block, Lost, Piece, Read, Role, What};
use super::spots::{Spot, SpotKind, of_document, spots, trimmed};
use super::view::{View, changed_by, renamed, seen};
use super::wish::{Changes, Imported, Refused, Wish};
use crate::compare::Side;
use crate::compile::{Compilation, Options, compile};
use crate::diag::{Code, Diagnostic, Severity};
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
    let home = Home { world, path, read: &read, numbering: &numbering, text, round: wish.round };
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
    /// Which round of proposals brackets are of.
    round: u32,
}

impl Home<'_> {
    fn compiled(&self, text: &[u8]) -> Result<Compilation, Refused> {
        let world = Instead { world: self.world, path: self.path, text };
        compile(&world, self.path, &Options::default()).map_err(|error| Refused::Wish(error.to_string()))
    }

    /// Carries what a file has into a text, and says of the rest why it is left.
    fn carry(&self, base: &Compilation, old: &[Spot], file: &[Spot]) -> Carried {
        let tried = |text: &str| printed(&self.compiled(text.as_bytes()).ok()?);
        let was = made(base);
        let plain = || old.iter().filter(|spot| spot.role != Role::Head).cloned().collect();
        let mut done = carried(base, old, file, &was.clone().unwrap_or_else(plain), &tried);
        let source = base.text();
        let after = self.compiled(done.text.as_bytes()).ok();
        let printed = after.as_ref().and_then(printed).unwrap_or_default();
        let is = after.as_ref().and_then(made);
        let result = Made { was: was.as_deref(), is: is.as_deref(), printed: &printed };
        for (at, what) in unlike(file, &done, &result) {
            done.left.push((line_of(source, at), what));
        }
        done.left.sort_by_key(|(line, _)| *line);
        done
    }

    /// What the base prints.
    fn base(&self, text: &[u8]) -> Result<(Compilation, Vec<Spot>), Refused> {
        let base = self.compiled(text)?;
        if base.document.as_ref().is_some_and(|document| document.volume.is_some()) {
            return Err(Refused::Wish("the base is a volume: bring its texts back one by one".to_owned()));
        }
        // The file was made with values that are not known here.
        let open = base.found.iter().filter(|found| matches!(found.code, Code::MissingKey | Code::Placeholder));
        let is_open = |found: &&Diagnostic| found.severity == Severity::Error && text == self.text;
        if let Some(open) = open.into_iter().find(is_open) {
            return Err(Refused::Wish(format!(
                "{}: a file whose values came from outside cannot come back into a text without them; import it without \
                 `--base`, and let `chancery diff` compare the two",
                open.message
            )));
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
            match block {
                Block::Paragraph(paragraph) => comments(&paragraph.pieces, &paragraph.words(), &mut told),
                Block::Table(table) => {
                    for paragraph in table.rows.iter().flat_map(|row| row.cells.iter().flatten()) {
                        comments(&paragraph.pieces, &paragraph.words(), &mut told);
                    }
                }
            }
        }
        told
    }

    fn plain(&self, blocks: &[Block]) -> Result<Imported, Refused> {
        let (base, old) = self.base(&self.text)?;
        let done = self.carry(&base, &old, &of_file(blocks, &base, &old));
        let left = done.left.into_iter().map(|(line, what)| format!("line {line}: {what}")).collect();
        Ok(Imported { text: done.text, lost: self.told(), left })
    }

    /// The changes of each delegation as a copy of the base, put together.
    fn brackets(&self, whose: &BTreeMap<String, Vec<u16>>) -> Result<Imported, Refused> {
        let mut left: Vec<String> = Vec::new();
        let mut seen_left: BTreeSet<String> = BTreeSet::new();
        let (base, old) = self.base(&self.text)?;
        // What was changed without a track is in all copies.
        let rejected = seen(&self.read.blocks, View::Rejected, self.numbering);
        let quiet = self.carry(&base, &old, &of_file(&rejected, &base, &old));
        let (own, own_spots) = self.base(quiet.text.as_bytes())?;
        let leaves = leaves_now(&quiet, &old, &own_spots);
        for (line, what) in &quiet.left {
            left.push(format!("line {line}: {what}"));
            seen_left.insert(what.clone());
        }
        let mut copies: Vec<(String, Compilation)> = Vec::new();
        for (name, authors) in whose {
            let name = if self.round > 1 { format!("{name}@{}", self.round) } else { name.clone() };
            let mut blocks = self.read.blocks.clone();
            let first = authors.first().copied().unwrap_or_default();
            renamed(&mut blocks, &|author| if authors.contains(&author) { first } else { author });
            let mut file = of_file(&seen(&blocks, View::Of(first), self.numbering), &base, &old);
            file = joined_as(file, &quiet.joined);
            file.iter_mut().for_each(|spot| spot.leaf = spot.leaf.and_then(|leaf| leaves.get(&leaf).copied()));
            let done = self.carry(&own, &own_spots, &file);
            for (line, what) in done.left.into_iter().filter(|(_, what)| !seen_left.contains(what)) {
                left.push(format!("line {line}: {name}: {what}"));
            }
            copies.push((name, self.compiled(done.text.as_bytes())?));
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

/// What a file that is made of a text has; none where it has errors.
fn made(text: &Compilation) -> Option<Vec<Spot>> {
    let file = docx(text.checked.as_ref()?, &text.style, &DocxOptions::default()).ok()?;
    let (read, numbering) = package::read(&file.content, true).ok()?;
    Some(spots(&seen(&read.blocks, View::Accepted, &numbering)))
}

/// The leaf that each leaf of a text is, once some of its changes are made.
fn leaves_now(done: &Carried, old: &[Spot], now: &[Spot]) -> BTreeMap<usize, usize> {
    let now = now.iter().filter(|spot| !bare(&spot.words).is_empty()).filter_map(|spot| spot.leaf);
    let was = done.order.iter().map(|whence| match whence {
        Whence::Old(at) => old.get(*at).and_then(|spot| spot.leaf),
        Whence::New(_) => None,
    });
    was.zip(now).filter_map(|(was, now)| Some((was?, now))).collect()
}

/// Spots with those in one that the text has in one now.
fn joined_as(file: Vec<Spot>, joined: &BTreeSet<usize>) -> Vec<Spot> {
    let mut out: Vec<Spot> = Vec::with_capacity(file.len());
    for spot in file {
        let is_joined = spot.joins && spot.leaf.is_some_and(|leaf| joined.contains(&leaf));
        match out.iter_mut().rev().find(|before| before.kind != SpotKind::Note).filter(|_| is_joined) {
            Some(before) => {
                before.words = trimmed(&format!("{} {}", before.words, spot.words));
                before.pieces.extend(spot.pieces);
            }
            None => out.push(spot),
        }
    }
    out
}

fn comments(pieces: &[Piece], near: &str, told: &mut Vec<Lost>) {
    for piece in pieces {
        match &piece.what {
            What::Comment(author, words) => {
                let near = super::read::first_words(near);
                told.push(Lost { paragraph: 0, near, what: format!("a comment of {author}: “{words}”") });
            }
            What::Note { content, .. } => comments(content, near, told),
            What::Words(_) | What::Break | What::Reference { .. } | What::Leaf(_) => {}
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
    let plain = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let of_old = |spot: &Spot| spot.leaf.and_then(|leaf| old.get(leaf));
    // Behind a number without words of its own the next label is typed.
    for at in 1..spots.len() {
        let [.., before, spot] = spots.get_mut(..=at).unwrap_or_default() else { continue };
        let label = of_old(spot).and_then(|old| old.label.as_deref()).map(plain).unwrap_or_default();
        let is_label = spot.joins && !label.is_empty() && plain(&before.words) == label;
        if is_label && of_old(before).is_some_and(|old| old.words.is_empty()) {
            spot.lead = std::mem::take(&mut before.words);
            spot.joins = false;
        }
    }
    for spot in spots.iter_mut().filter(|spot| !spot.lead.is_empty()) {
        let label = of_old(spot).and_then(|old| old.label.clone()).unwrap_or_default();
        // Several labels may stand before one text.
        if !plain(&spot.lead).ends_with(&plain(&label)) || label.is_empty() {
            spot.words = trimmed(&format!("{} {}", spot.lead, spot.words));
        }
    }
    spots
}
