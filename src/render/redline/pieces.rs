//! What became of the texts of each leaf, as words that layout can set.

use std::collections::BTreeMap;
use std::ops::Range;

use super::flat::{FlatDocument, LeafTexts, Place};
use super::slices::{as_old, length, notes_in, slice};
use crate::compare::{Comparison, Entry, Op, What, Words, unbracketed};
use crate::layout::{Change, Piece, Slot};
use crate::model::Inline;

/// The words of a leaf, text by text; nothing where a text is the same.
#[derive(Clone, Debug, Default)]
pub(super) struct LeafPieces {
    pub label: Option<Vec<Piece>>,
    pub components: Vec<Option<Vec<Piece>>>,
}

/// A text of a leaf with its bytes in the words of an entry.
struct Placed<'c> {
    /// Which of the entry's leaves.
    nth: usize,
    component: usize,
    content: &'c [Inline],
    range: Range<usize>,
}

/// Where the notes of old words stand: the part that they come into, and their own part and
/// number.
pub(super) type PlaceOfNote<'n> = &'n mut dyn FnMut(usize, (usize, usize)) -> Option<usize>;

fn placed<'c>(leaves: &[&'c LeafTexts<'_>]) -> Vec<Placed<'c>> {
    let (mut all, mut at) = (Vec::new(), 0);
    for (nth, leaf) in leaves.iter().enumerate() {
        at += usize::from(nth > 0);
        for (component, text) in leaf.components.iter().enumerate() {
            let start = at + text.before.len();
            at = start + length(&text.content);
            all.push(Placed { nth, component, content: &text.content, range: start..at });
        }
    }
    all
}

/// The bytes of some words of a text.
fn bytes(words: &Words, range: &Range<usize>) -> Range<usize> {
    match words.words.get(range.clone()).and_then(|inside| Some((inside.first()?, inside.last()?))) {
        Some((first, last)) => first.place.start..last.place.end,
        None => {
            let at = words.words.get(range.start).map_or(words.text.len(), |word| word.place.start);
            at..at
        }
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> Option<Range<usize>> {
    let (start, end) = (a.start.max(b.start), a.end.min(b.end));
    (start < end).then_some(start..end)
}

/// Which new note each old one is whose mark is the same.
pub(super) fn pairs_of_notes(
    comparison: &Comparison,
    (old, new): (&FlatDocument<'_>, &FlatDocument<'_>),
) -> BTreeMap<(usize, usize), (usize, usize)> {
    let mut pairs = BTreeMap::new();
    for entry in &comparison.entries {
        let (Some(was), Some(is)) = comparison.words_of(entry) else { continue };
        let (olds, news) = (leaves_of(old, &entry.old), leaves_of(new, &entry.new));
        let (placed_old, placed_new) = (placed(&olds), placed(&news));
        for segment in entry.segments.iter().filter(|segment| !matches!(segment.op, Op::Gone | Op::New)) {
            let marks = |placed: &[Placed<'_>], leaves: &[&LeafTexts<'_>], range: Range<usize>| {
                let mut all: Vec<(usize, usize)> = Vec::new();
                for text in placed {
                    let Some(inside) = overlap(&text.range, &range) else { continue };
                    let part = leaves.get(text.nth).map_or(0, |leaf| leaf.part);
                    let own = inside.start - text.range.start..inside.end - text.range.start;
                    all.extend(notes_in(&slice(text.content, &own)).into_iter().map(|note| (part, note)));
                }
                all
            };
            let before = marks(&placed_old, &olds, bytes(was, &segment.old));
            let after = marks(&placed_new, &news, bytes(is, &segment.new));
            pairs.extend(before.into_iter().zip(after));
        }
    }
    pairs
}

pub(super) fn leaves_of<'c, 'd>(document: &'c FlatDocument<'d>, at: &[usize]) -> Vec<&'c LeafTexts<'d>> {
    at.iter().filter_map(|at| document.leaves.get(*at)).collect()
}

/// The words of an old leaf that is gone, all of them.
pub(super) fn gone(leaf: &LeafTexts<'_>, part: usize, note: PlaceOfNote<'_>) -> LeafPieces {
    let piece = |content: &[Inline], note: PlaceOfNote<'_>| {
        let content = as_old(content.to_vec(), &mut |mark| note(part, (leaf.part, mark)));
        Some(vec![Piece { content, change: Some(Change::Gone) }])
    };
    LeafPieces {
        label: leaf.label.as_deref().and_then(|label| piece(&[Inline::Text(label.to_owned())], note)),
        components: leaf.components.iter().map(|text| piece(&text.content, note)).collect(),
    }
}

/// The words of a leaf that is new.
pub(super) fn new(leaf: &LeafTexts<'_>) -> LeafPieces {
    let piece = |content: &[Inline]| Some(vec![Piece { content: content.to_vec(), change: Some(Change::New) }]);
    LeafPieces {
        label: leaf.label.as_deref().and_then(|label| piece(&[Inline::Text(label.to_owned())])),
        components: leaf.components.iter().map(|text| piece(&text.content)).collect(),
    }
}

/// Words of the program before a text.
fn remark(comparison: &Comparison, entry: &Entry) -> Option<Piece> {
    let (old, _) = comparison.leaves_of(entry);
    let names: Vec<String> = old.iter().map(|leaf| comparison.old.name(leaf)).collect();
    let what = match entry.what {
        What::Moved => "moved from",
        What::Divided => "divided from",
        What::Joined => "joined from",
        What::Same | What::Changed | What::New | What::Gone => return None,
    };
    let words = format!("‹{what} {}› ", names.join(", "));
    Some(Piece { content: vec![Inline::Text(words)], change: Some(Change::Remark) })
}

/// The words of the new leaves of an entry; none where nothing in them differs.
pub(super) fn changed(
    comparison: &Comparison,
    entry: &Entry,
    (old, new): (&FlatDocument<'_>, &FlatDocument<'_>),
    note: PlaceOfNote<'_>,
) -> Vec<LeafPieces> {
    let (olds, news) = (leaves_of(old, &entry.old), leaves_of(new, &entry.new));
    let mut out: Vec<LeafPieces> = Vec::new();
    for (nth, leaf) in news.iter().enumerate() {
        let label = match (nth, olds.first()) {
            (0, Some(before)) => labels(before.label.as_deref(), leaf.label.as_deref()),
            _ => leaf.label.as_deref().map(|label| vec![piece(vec![Inline::Text(label.to_owned())], Change::New)]),
        };
        out.push(LeafPieces { label, components: vec![None; leaf.components.len()] });
    }
    let (Some(was), Some(is)) = comparison.words_of(entry) else { return out };
    if entry.what == What::Same && entry.segments.iter().all(|segment| segment.op == Op::Same) {
        return out;
    }
    let mut merge = Merge {
        olds: &olds,
        was,
        placed_old: placed(&olds),
        placed_new: placed(&news),
        part: news.first().map_or(0, |leaf| leaf.part),
        note,
        out: &mut out,
        texts: Vec::new(),
    };
    merge.texts = merge.placed_new.iter().map(|_| Vec::new()).collect();
    merge.run(entry, is);
    if news.first().is_some_and(|leaf| leaf.place == Place::Head) {
        out.iter_mut().flat_map(|leaf| &mut leaf.components).flatten().for_each(set_apart);
    }
    if let Some(remark) = remark(comparison, entry)
        && let Some(Some(first)) = out.first_mut().and_then(|leaf| leaf.components.first_mut())
    {
        first.insert(0, remark);
    }
    // A number that the text has no longer stands before it.
    let before = olds.first().and_then(|leaf| leaf.label.as_deref());
    if let (Some(label), Some(None)) = (before, news.first().map(|leaf| leaf.label.as_deref()))
        && let Some(Some(first)) = out.first_mut().and_then(|leaf| leaf.components.first_mut())
    {
        first.insert(0, piece(vec![Inline::Text(format!("{label} "))], Change::Gone));
    }
    out
}

/// A blank between what is gone and what takes its place: a line of a head has few of its own, at
/// which it could be broken.
fn set_apart(pieces: &mut Vec<Piece>) {
    let mut apart: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        let touches = apart.last().is_some_and(|last| last.change == Some(Change::Gone));
        if touches && piece.change == Some(Change::New) {
            apart.push(Piece { content: vec![Inline::Text(" ".to_owned())], change: None });
        }
        apart.push(piece);
    }
    *pieces = apart;
}

fn piece(content: Vec<Inline>, change: Change) -> Piece {
    Piece { content, change: Some(change) }
}

/// The old number and the new one, if they differ.
fn labels(old: Option<&str>, new: Option<&str>) -> Option<Vec<Piece>> {
    let text = |label: &str| vec![Inline::Text(label.to_owned())];
    let (old, new) = (old.unwrap_or_default(), new?);
    if old == new {
        return None;
    }
    // A bracket before it is no number.
    let follows = unbracketed(old) != unbracketed(new) && !old.is_empty();
    let (gone, put) = if follows { (Change::Followed, Change::Follows) } else { (Change::Gone, Change::New) };
    let blank = Piece { content: text("\u{A0}"), change: None };
    let mut pieces = vec![piece(text(old), gone), blank, piece(text(new), put)];
    pieces.retain(|piece| piece.content != text(""));
    if pieces.len() < 3 {
        pieces.retain(|piece| piece.change.is_some());
    }
    Some(pieces)
}

/// An entry whose words are put together.
struct Merge<'m, 'c, 'd, 'n> {
    olds: &'m [&'c LeafTexts<'d>],
    was: &'m Words,
    placed_old: Vec<Placed<'c>>,
    placed_new: Vec<Placed<'c>>,
    /// The part that the words come into.
    part: usize,
    note: PlaceOfNote<'n>,
    out: &'m mut Vec<LeafPieces>,
    /// The pieces of each new text.
    texts: Vec<Vec<Piece>>,
}

impl Merge<'_, '_, '_, '_> {
    fn run(&mut self, entry: &Entry, is: &Words) {
        let same = (entry.what == What::Moved).then_some(Change::Moved);
        for segment in &entry.segments {
            let (old, new) = (bytes(self.was, &segment.old), bytes(is, &segment.new));
            match segment.op {
                Op::Same => self.put(&new, same),
                Op::Gone => self.take(&old, new.start, Change::Gone),
                Op::New => self.put(&new, Some(Change::New)),
                Op::Follows => {
                    self.take(&old, new.start, Change::Followed);
                    self.put(&new, Some(Change::Follows));
                }
                Op::Restyled => {
                    self.take(&old, new.start, Change::Gone);
                    self.put(&new, Some(Change::New));
                }
            }
        }
        for (text, pieces) in self.placed_new.iter().zip(std::mem::take(&mut self.texts)) {
            let leaf = self.out.get_mut(text.nth);
            if let Some(components) = leaf.and_then(|leaf| leaf.components.get_mut(text.component)) {
                *components = Some(pieces);
            }
        }
    }

    /// New words, each in its text.
    fn put(&mut self, range: &Range<usize>, change: Option<Change>) {
        for (text, pieces) in self.placed_new.iter().zip(&mut self.texts) {
            if let Some(inside) = overlap(&text.range, range) {
                let own = inside.start - text.range.start..inside.end - text.range.start;
                pieces.push(Piece { content: slice(text.content, &own), change });
            }
        }
    }

    /// Old words, in the new text that stands at `at`.
    fn take(&mut self, range: &Range<usize>, at: usize, change: Change) {
        let mut content = Vec::new();
        let mut from = range.start;
        for text in &self.placed_old {
            let Some(inside) = overlap(&text.range, range) else { continue };
            content.extend(self.between(from..inside.start));
            let own = inside.start - text.range.start..inside.end - text.range.start;
            let part = self.olds.get(text.nth).map_or(0, |leaf| leaf.part);
            let words = slice(text.content, &own);
            content.extend(as_old(words, &mut |mark| (self.note)(self.part, (part, mark))));
            from = inside.end;
        }
        content.extend(self.between(from..range.end));
        let place = self.placed_new.iter().position(|text| at <= text.range.end);
        let place = place.unwrap_or(self.texts.len().saturating_sub(1));
        if let Some(pieces) = self.texts.get_mut(place).filter(|_| !content.is_empty()) {
            pieces.push(piece(content, change));
        }
    }

    /// What stood between two old texts: of paragraphs that were joined, the sign of their end and
    /// the number of the next one.
    fn between(&self, range: Range<usize>) -> Option<Inline> {
        let words = self.was.text.get(range.clone()).filter(|words| !words.is_empty())?;
        let mut out = String::new();
        for (at, c) in words.char_indices() {
            if c != '\n' {
                out.push(c);
                continue;
            }
            out.push('¶');
            let next = self.placed_old.iter().find(|text| text.range.start > range.start + at);
            let label = next.and_then(|text| self.olds.get(text.nth)?.label.as_deref());
            out.push_str(&label.map_or(" ".to_owned(), |label| format!(" {label} ")));
        }
        Some(Inline::Text(out))
    }
}

/// Whether a leaf is a row of another number of cells than it was.
pub(super) fn has_other_cells(old: &LeafTexts<'_>, new: &LeafTexts<'_>) -> bool {
    let columns = |leaf: &LeafTexts<'_>| {
        let column = |slot: Slot| match slot {
            Slot::Cell(_, column, _) | Slot::CellLabel(_, column, _) => Some(column),
            Slot::Label
            | Slot::Text
            | Slot::Line(_)
            | Slot::TitleLine
            | Slot::Title(_)
            | Slot::By
            | Slot::Head(_)
            | Slot::Letterhead(..)
            | Slot::Meeting(_)
            | Slot::Draft
            | Slot::Correction
            | Slot::FileCode
            | Slot::Note(_)
            | Slot::NoteMark(_) => None,
        };
        leaf.components.iter().filter_map(|text| column(text.slot)).max()
    };
    old.place == Place::Block && columns(old) != columns(new)
}
