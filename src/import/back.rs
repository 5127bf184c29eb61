//! The way back: what was changed in a file that was made of an author's text, as edits of
//! that text. What has no place in it is listed, and what would not be printed as the file has
//! it is not applied.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::apply::{Carried, Edit, Effect, Place, Trial, line_of};
use super::edit::{Hunk, Mapped, changes};
use super::inline::{Setting, written};
use super::levels::is_number;
use super::pairing::{Became, pairs};
use super::places::{Text, of_entry, texts};
use super::proof::bare;
use super::read::{Role, What};
use super::spots::{Spot, SpotKind};
use crate::compare::{Leaf, LeafKind, Leaves, Side};
use crate::compile::Compilation;
use crate::source::{Chain, Span};
use crate::syntax::escape::{Beginning, Brackets, beginning, escaped, has_paired_brackets};

struct Work<'b> {
    base: &'b Compilation,
    source: &'b str,
    leaves: Leaves,
    texts: Vec<Text>,
    title: Text,
    old: &'b [Spot],
    new: &'b [Spot],
    /// The leaves that stand in one paragraph with one before them in a file that is made of the text.
    joins: BTreeSet<usize>,
    edits: Vec<Edit>,
    left: Vec<(usize, String)>,
}

/// Carries what `new` has and `old` has not into the text of `base`. `tried` says what a text
/// prints; none where it would be no text that can be built. `made` has a file that is made of
/// the text: it has no paragraph for some leaves, as the lines of its pages' heads.
pub(super) fn carried(
    base: &Compilation,
    old: &[Spot],
    new: &[Spot],
    made: &[Spot],
    tried: &dyn Fn(&str) -> Option<Vec<Spot>>,
) -> Carried {
    let source = base.text();
    let leaves = Side::of(base).map(|side| Leaves::of(&side)).unwrap_or_default();
    let own = base.header.iter().find(|entry| entry.key.text == "title" && entry.key.span.file == base.file);
    let title = own.map(of_entry).unwrap_or_default();
    let joins = made.iter().filter(|spot| spot.joins).filter_map(|spot| spot.leaf).collect();
    let there: BTreeSet<usize> = made.iter().filter_map(|spot| spot.leaf).collect();
    let (texts, edits, left) = (texts(source), Vec::new(), Vec::new());
    let mut work = Work { base, source, leaves, texts, title, old, new, joins, edits, left };
    let all = pairs(old, new);
    let gone: BTreeSet<usize> =
        all.iter().filter_map(|became| if let Became::Gone(at) = became { Some(*at) } else { None }).collect();
    let is_absent = |at: usize| old.get(at).and_then(|spot| spot.leaf).is_none_or(|leaf| !there.contains(&leaf));
    for became in &all {
        if !matches!(became, Became::Gone(at) if is_absent(*at)) {
            work.became(*became, &gone);
        }
    }
    let places = all.iter().filter_map(|became| work.place(*became)).collect();
    let trial = Trial { source, old, new };
    Carried { places, ..trial.applied(&work.edits, work.left, tried) }
}

impl Work<'_> {
    fn leave(&mut self, spot: Option<usize>, what: String) {
        self.left.push((line_of(self.source, self.start(spot)), what));
    }

    /// Where the block of a spot begins.
    fn start(&self, spot: Option<usize>) -> usize {
        spot.and_then(|spot| self.text_of(spot).ok()).map_or(0, |text| text.block.start)
    }

    fn place(&self, became: Became) -> Option<(usize, Place)> {
        match became {
            Became::There(old, new) => Some((new, Place { old: Some(old), at: self.start(Some(old)) })),
            Became::New(behind, new) => Some((new, Place { old: None, at: self.start(behind) })),
            Became::Moved(..) | Became::Gone(_) => None,
        }
    }

    fn leaf(&self, spot: usize) -> Option<(usize, &Leaf)> {
        let at = self.old.get(spot)?.leaf?;
        Some((at, self.leaves.list.get(at)?))
    }

    /// Where a leaf stands in the author's own text.
    fn own_place(&self, leaf: &Leaf) -> Result<usize, String> {
        let Some(place) = leaf.anchor.and_then(|anchor| self.base.place_of(anchor)) else {
            return Err("words of the first page, which the header's keys give".to_owned());
        };
        if place == Span::default() {
            return Err("words that the compiler writes".to_owned());
        }
        if place.file != self.base.file {
            let name = self.base.sources.get(place.file).map_or("another file", |source| source.name());
            return Err(format!("words that come from `{name}`"));
        }
        if place.chain != Chain::default() {
            return Err("words that a loop or a template repeats".to_owned());
        }
        Ok(place.range().start)
    }

    /// The author's text of a spot, or whose words it has.
    fn text_of(&self, spot: usize) -> Result<&Text, String> {
        let Some((at, leaf)) = self.leaf(spot) else {
            return Err(match self.old.get(spot).and_then(|spot| spot.appended.as_deref()) {
                Some(name) => format!("words of {name}, a text of its own that is appended"),
                None => "words that are none of the text's own".to_owned(),
            });
        };
        match leaf.kind {
            LeafKind::Head => Err("the letterhead, which the header's keys give".to_owned()),
            LeafKind::Title if leaf.part == 0 && !self.title.signs.is_empty() => Ok(&self.title),
            LeafKind::Note => {
                let owner = self
                    .leaves
                    .list
                    .get(..at)
                    .and_then(|before| before.iter().rev().find(|leaf| leaf.kind != LeafKind::Note));
                let owner = owner.ok_or_else(|| "a footnote of the first page".to_owned())?;
                self.at(owner)
            }
            LeafKind::Title
            | LeafKind::By
            | LeafKind::Opening
            | LeafKind::Clause
            | LeafKind::Prose
            | LeafKind::Item
            | LeafKind::Continuation
            | LeafKind::Heading
            | LeafKind::Row => self.at(leaf),
        }
    }

    fn at(&self, leaf: &Leaf) -> Result<&Text, String> {
        let start = self.own_place(leaf)?;
        // An anchor has the place of its words, behind a marker.
        let before = self.texts.partition_point(|text| text.block.start <= start);
        let text = before.checked_sub(1).and_then(|at| self.texts.get(at)).filter(|text| start < text.block.end);
        let text = text.ok_or_else(|| "words that the compiler writes".to_owned())?;
        match leaf.kind {
            LeafKind::Row => {
                text.rows.get(leaf.ordinal.saturating_sub(1)).ok_or_else(|| "rows that are decided".to_owned())
            }
            _ => Ok(text),
        }
    }

    /// Which note of its text a spot is, if it is one.
    fn note_of(&self, spot: usize) -> Option<usize> {
        let (at, leaf) = self.leaf(spot)?;
        if leaf.kind != LeafKind::Note {
            return None;
        }
        let before = self.leaves.list.get(..at)?.iter().rev();
        Some(before.take_while(|leaf| leaf.kind == LeafKind::Note).count())
    }

    fn became(&mut self, became: Became, gone: &BTreeSet<usize>) {
        match became {
            Became::There(old, new) => self.there(old, new),
            Became::Moved(old, new) => {
                let words = self.new.get(new).map(|spot| spot.words.clone()).unwrap_or_default();
                self.leave(Some(old), format!("a paragraph was moved behind other text: “{words}”"));
            }
            Became::Gone(old) => self.gone(old),
            Became::New(behind, new) => self.put_in(behind, new, gone),
        }
    }

    fn there(&mut self, old: usize, new: usize) {
        let (Some(was), Some(is)) = (self.old.get(old), self.new.get(new)) else { return };
        if is.joins && was.leaf.is_none_or(|leaf| !self.joins.contains(&leaf)) {
            self.joined(old);
        }
        let (Some(was), Some(is)) = (self.old.get(old), self.new.get(new)) else { return };
        if bare(&was.words) == bare(&is.words) && was.cells.len() == is.cells.len() {
            return;
        }
        let hunks = changes(&was.words, &is.words);
        let said = |hunk: &Hunk| {
            let before: String = was.words.chars().skip(hunk.old.start).take(hunk.old.len()).collect();
            match (before.trim(), hunk.new.trim()) {
                ("", put) => format!("“{put}” is put in"),
                (gone, "") => format!("“{gone}” is taken out"),
                (gone, put) => format!("“{gone}” became “{put}”"),
            }
        };
        if was.cells.len() != is.cells.len() {
            let all: Vec<String> = hunks.iter().map(said).collect();
            return self.leave(Some(old), format!("a row has other cells: {}", all.join(", ")));
        }
        let mut found: Vec<Edit> = Vec::new();
        let mut left: Vec<String> = Vec::new();
        match self.text_of(old) {
            Ok(text) => {
                let note = self.note_of(old);
                let signs = match note {
                    Some(at) => text.notes.get(at).map(Vec::as_slice),
                    None => Some(text.signs.as_slice()),
                };
                let mapped = Mapped::of(self.source, text, signs.unwrap_or_default(), &was.words);
                for hunk in hunks {
                    match mapped.edit(&hunk, is) {
                        Ok((place, with)) => found.push(Edit { place, with, effect: Effect::Words(old, hunk) }),
                        Err(origin) => left.push(format!("{}: {}", said(&hunk), origin.said())),
                    }
                }
            }
            Err(origin) => left.extend(hunks.iter().map(|hunk| format!("{}: {origin}", said(hunk)))),
        }
        self.edits.append(&mut found);
        left.into_iter().for_each(|what| self.leave(Some(old), what));
    }

    /// A paragraph that goes on in the one before it.
    fn joined(&mut self, old: usize) {
        match self.joint(old) {
            Some(place) => self.edits.push(Edit { place, with: " ".to_owned(), effect: Effect::Joined(old) }),
            None => {
                let words = self.old.get(old).map_or("", |spot| spot.words.as_str());
                self.leave(Some(old), format!("“{words}” is joined to the paragraph before it"));
            }
        }
    }

    /// What stands between the words of a paragraph and those of the one before it, if that is nothing
    /// but its number.
    fn joint(&self, old: usize) -> Option<Range<usize>> {
        let is_text = |spot: usize| {
            self.leaf(spot).is_some_and(|(_, leaf)| {
                matches!(leaf.kind, LeafKind::Clause | LeafKind::Prose | LeafKind::Item | LeafKind::Continuation)
            })
        };
        let before = self.owner(old.checked_sub(1)?);
        if !is_text(before) || !is_text(old) {
            return None;
        }
        let (one, other) = (self.text_of(before).ok()?, self.text_of(old).ok()?);
        let (end, start) = (one.block.end, other.signs.first()?.from);
        let between = self.source.get(end..other.block.start)?;
        let marker = self.source.get(other.block.start..start)?;
        let is_marker = marker.chars().all(|c| c.is_alphanumeric() || " .()#–-".contains(c));
        (between.trim().is_empty() && is_marker).then_some(end..start)
    }

    /// The lines of a block, with those that are blank below it.
    fn lines_of(&self, block: &Range<usize>, with_blank: bool) -> Option<Range<usize>> {
        let start = self.source.get(..block.start)?.rfind('\n').map_or(0, |at| at + 1);
        let lead = self.source.get(start..block.start)?;
        let rest = self.source.get(block.end..)?;
        let tail = rest.find('\n').map_or(rest.len(), |at| at + 1);
        if !lead.trim().is_empty() || !rest.get(..tail)?.trim().is_empty() {
            return None;
        }
        let mut end = block.end + tail;
        if with_blank {
            let rest = self.source.get(end..)?;
            let blank = rest.split_inclusive('\n').take_while(|line| line.trim().is_empty());
            end += blank.map(str::len).sum::<usize>();
        }
        Some(start..end)
    }

    fn gone(&mut self, old: usize) {
        let Some(was) = self.old.get(old).cloned() else { return };
        let kind = self.leaf(old).map(|(_, leaf)| leaf.kind);
        let can = kind.is_some_and(|kind| match kind {
            LeafKind::Clause
            | LeafKind::Prose
            | LeafKind::Item
            | LeafKind::Continuation
            | LeafKind::Row
            | LeafKind::Heading => true,
            LeafKind::Head | LeafKind::Title | LeafKind::By | LeafKind::Opening | LeafKind::Note => false,
        });
        let place = match self.text_of(old) {
            Ok(text) if can => self.lines_of(&text.block.clone(), kind != Some(LeafKind::Row)),
            Ok(_) => None,
            Err(origin) => return self.leave(Some(old), format!("“{}” is taken out: {origin}", was.words)),
        };
        match place {
            Some(place) => self.edits.push(Edit { place, with: String::new(), effect: Effect::Gone(old) }),
            None => {
                let what = if kind == Some(LeafKind::Note) { "the footnote " } else { "" };
                self.leave(Some(old), format!("{what}“{}” is taken out", was.words));
            }
        }
    }

    fn put_in(&mut self, behind: Option<usize>, new: usize, gone: &BTreeSet<usize>) {
        let Some(is) = self.new.get(new).cloned() else { return };
        if is.kind == SpotKind::Note {
            return self.leave(behind, format!("a footnote is put in: “{}”", is.words));
        }
        let owner = behind.map(|behind| self.owner(behind));
        match self.room_for(owner, &is, gone) {
            Some((at, column, is_before)) => {
                let Some(words) = self.source_of(&is, owner) else {
                    return self.leave(behind, format!("is put in: “{}”", is.words));
                };
                let indent = " ".repeat(column);
                let with = match (is.kind, is_before) {
                    (SpotKind::Row, _) => format!("\n{indent}{words}"),
                    (_, true) => format!("{indent}{words}\n\n"),
                    (_, false) => format!("\n\n{indent}{words}"),
                };
                self.edits.push(Edit { place: at..at, with, effect: Effect::New(behind, new) });
            }
            None => {
                self.leave(behind, format!("is put in where the author's text has no place for it: “{}”", is.words))
            }
        }
    }

    /// A note's paragraph; of others the spot itself.
    fn owner(&self, spot: usize) -> usize {
        let before = self.old.get(..=spot).unwrap_or_default().iter().rposition(|spot| spot.kind != SpotKind::Note);
        before.unwrap_or(spot)
    }

    /// Where something new stands, at which column, and whether before what is there.
    fn room_for(&self, owner: Option<usize>, is: &Spot, gone: &BTreeSet<usize>) -> Option<(usize, usize, bool)> {
        let column = |at: usize| {
            let start = self.source.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            self.source.get(start..at).map_or(0, |lead| lead.chars().count())
        };
        let own = owner.filter(|owner| {
            self.leaf(*owner).is_some_and(|(_, leaf)| !matches!(leaf.kind, LeafKind::Title | LeafKind::Head))
        });
        if let Some((owner, text)) = own.and_then(|owner| Some((owner, self.text_of(owner).ok()?))) {
            let is_row = self.old.get(owner).is_some_and(|spot| spot.kind == SpotKind::Row);
            return match (is.kind == SpotKind::Row, is_row) {
                (true, true) if !gone.contains(&owner) => Some((text.block.end, column(text.block.start), false)),
                (true, true) => None,
                (true, false) => None,
                (false, true) => {
                    // Behind the last row of its table.
                    let (_, leaf) = self.leaf(owner)?;
                    let start = self.own_place(leaf).ok()?;
                    let table = self.texts.iter().find(|text| text.block.start <= start && start < text.block.end)?;
                    let is_last = table.rows.last().is_some_and(|last| last.block.end == text.block.end);
                    is_last.then(|| (text.block.end, self.column_of(is, owner).unwrap_or(0), false))
                }
                (false, false) => {
                    let column = self.column_of(is, owner).unwrap_or_else(|| column(text.block.start));
                    let start = self.source.get(..text.block.start)?.rfind('\n').map_or(0, |at| at + 1);
                    if gone.contains(&owner) {
                        Some((start, column, true))
                    } else {
                        Some((text.block.end, column, false))
                    }
                }
            };
        }
        // Before the first text that is the author's own, if nothing of others stands between.
        let next = owner.map_or(0, |owner| owner + 1);
        let next = (next..self.old.len()).find(|at| {
            self.leaf(*at)
                .is_some_and(|(_, leaf)| !matches!(leaf.kind, LeafKind::Title | LeafKind::Head | LeafKind::Note))
        })?;
        let text = self.text_of(next).ok().filter(|_| is.kind == SpotKind::Paragraph)?;
        let start = self.source.get(..text.block.start)?.rfind('\n').map_or(0, |at| at + 1);
        Some((start, column(text.block.start), true))
    }

    /// The column of the paragraphs of a list: where the last one of it stands.
    fn column_of(&self, is: &Spot, owner: usize) -> Option<usize> {
        let column = |at: usize| {
            let start = self.source.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            self.source.get(start..at).map_or(0, |lead| lead.chars().count())
        };
        let before = self.old.get(..=owner)?.iter().enumerate().rev().take(500);
        let alike = before.clone().find(|(_, spot)| {
            spot.kind == SpotKind::Paragraph && spot.level == is.level && spot.continues == is.continues
        });
        if let Some((at, _)) = alike {
            return self.text_of(at).ok().map(|text| column(text.block.start));
        }
        // The first of a deeper list, or of what goes on.
        let (_, last) = (owner, self.text_of(owner).ok()?);
        let deeper = is.level.is_some_and(|level| level > 0) || is.continues;
        Some(column(last.block.start) + if deeper { 4 } else { 0 })
    }

    /// The words of something new as a source has them; none where they cannot be written.
    fn source_of(&self, is: &Spot, owner: Option<usize>) -> Option<String> {
        if is.kind == SpotKind::Row {
            let cells: Vec<String> = is.cells.iter().map(|cell| escaped(cell, Brackets::Signs)).collect();
            let line = cells.join(" | ");
            let fits = cells.first().is_some_and(|first| !first.is_empty()) && beginning(&line) != Beginning::Structure;
            return fits.then_some(line);
        }
        let labels = BTreeMap::new();
        let keeps = has_paired_brackets(&is.words);
        let language = self.base.document.as_ref().map_or("en", |document| document.language.as_str());
        let brackets = if keeps { Brackets::Kept } else { Brackets::Signs };
        let plain: Vec<_> =
            is.pieces.iter().filter(|piece| !matches!(piece.what, What::Note { .. })).cloned().collect();
        let (source, _) = written(&plain, &Setting { language, labels: &labels, brackets });
        let source = super::spots::trimmed(&source);
        if let Role::Heading(_) = is.role {
            return Some(format!("heading: {source}"));
        }
        let typed = |source: String| {
            if beginning(&source) == Beginning::Words { source } else { format!("\\{source}") }
        };
        Some(match &is.label {
            // The words of a quotation have no numbers that count.
            Some(label) if is.role == Role::Quotation => format!("{label} {source}"),
            Some(label) if label.starts_with(['–', '-', '•', '—']) => format!("– {}", typed(source)),
            Some(label) if is_number(label) => format!("#. {}", typed(source)),
            Some(_) if owner.is_some() => format!("(#) {}", typed(source)),
            Some(_) => return None,
            None => typed(source),
        })
    }
}
