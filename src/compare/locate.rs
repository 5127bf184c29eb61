//! Where the blocks of a document stand in their source, and words of them.

use super::leaf::{LeafKind, Leaves};
use crate::compile::Compilation;
use crate::source::Span;

/// So many bytes behind a block are looked through for words of it.
const NEAR: usize = 20_000;

/// Where a block stands in its source, or words of it.
pub(super) fn locate(compilation: &Compilation, leaves: &Leaves, at: usize, words: Option<&str>) -> Span {
    // A footnote has the place of its block.
    let anchored = leaves.list.get(..=at).unwrap_or_default().iter().rev().find_map(|leaf| leaf.anchor);
    let Some(place) = anchored.and_then(|anchor| compilation.place_of(anchor)) else {
        return Span::new(compilation.file, 0..0);
    };
    let leaf = leaves.list.get(at);
    let is_inside = leaf.is_some_and(|leaf| matches!(leaf.kind, LeafKind::Row | LeafKind::Note));
    let Some(text) = compilation.sources.get(place.file).map(|source| source.text()) else { return place };
    let end = if is_inside { (place.range().start + NEAR).min(text.len()) } else { place.range().end };
    let inside = text.get(place.range().start..text.floor_char_boundary(end)).unwrap_or_default();
    let found = |wanted: &str| {
        let at = inside.find(wanted).filter(|_| !wanted.is_empty())?;
        Some(place.part(at..at + wanted.len()))
    };
    if let Some(place) = words.and_then(found) {
        return place;
    }
    // Its first words, as many of them as stand there on one line.
    let first = leaf.filter(|_| is_inside).map_or("", |leaf| leaf.words.text.split(" | ").next().unwrap_or_default());
    let ends = first.match_indices(' ').map(|(at, _)| at).take(FIRST_WORDS).chain([first.len()]);
    let mut ends: Vec<usize> = ends.collect();
    ends.reverse();
    ends.into_iter().find_map(|end| found(first.get(..end).unwrap_or_default())).unwrap_or(place)
}

/// So many first words of a block are looked for.
const FIRST_WORDS: usize = 8;

/// The last line of a place: where the next block would stand.
pub(super) fn last_line(compilation: &Compilation, place: Span) -> Span {
    let words = compilation.sources.slice(place);
    let start = words.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    place.part(start..words.len())
}
