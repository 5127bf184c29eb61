//! What all ways to show it have in common.

use std::ops::Range;

use crate::compare::{Comparison, Entry, Leaf, Leaves, Op, Segment, What, Words};

/// A stretch of a block as it is shown.
pub(super) struct Piece<'c> {
    pub op: Op,
    /// What it said.
    pub old: &'c str,
    /// What it says.
    pub new: &'c str,
    /// Which words of the old text these are.
    pub old_words: Range<usize>,
    /// Which of the new one.
    pub new_words: Range<usize>,
}

impl<'c> Piece<'c> {
    /// A text that is no words of a block.
    pub fn of_text(op: Op, old: &'c str, new: &'c str) -> Self {
        Piece { op, old, new, old_words: 0..0, new_words: 0..0 }
    }
}

/// The stretches of an entry, in their order.
pub(super) fn pieces<'c>(comparison: &'c Comparison, entry: &'c Entry) -> Vec<Piece<'c>> {
    let (old, new) = comparison.words_of(entry);
    let whole = |words: Option<&'c Words>| words.map_or("", |words| words.text.as_str());
    let all = |words: Option<&Words>| words.map_or(0, |words| words.words.len());
    match entry.what {
        What::New => {
            vec![Piece { op: Op::New, old: "", new: whole(new), old_words: 0..0, new_words: 0..all(new) }]
        }
        What::Gone => {
            vec![Piece { op: Op::Gone, old: whole(old), new: "", old_words: 0..all(old), new_words: 0..0 }]
        }
        What::Same | What::Changed | What::Moved | What::Divided | What::Joined => {
            let slice =
                |words: Option<&'c Words>, range: std::ops::Range<usize>| words.map_or("", |words| words.slice(range));
            let piece = |segment: &Segment| Piece {
                op: segment.op,
                old: slice(old, segment.old.clone()),
                new: slice(new, segment.new.clone()),
                old_words: segment.old.clone(),
                new_words: segment.new.clone(),
            };
            entry.segments.iter().map(piece).collect()
        }
    }
}

/// The labels of an entry as they are printed, old and new; nothing where there is none.
pub(super) fn labels(comparison: &Comparison, entry: &Entry) -> (String, String) {
    let (old, new) = comparison.leaves_of(entry);
    let label = |leaves: &[&Leaf]| leaves.first().and_then(|leaf| leaf.label.clone()).unwrap_or_default();
    (label(&old), label(&new))
}

/// `2 blocks changed, 1 new, 1 gone, 1 moved`.
pub(crate) fn counts(comparison: &Comparison) -> String {
    let count = |wanted: &[What]| comparison.entries.iter().filter(|entry| wanted.contains(&entry.what)).count();
    let all = [
        (count(&[What::Changed]), "changed"),
        (count(&[What::New]), "new"),
        (count(&[What::Gone]), "gone"),
        (count(&[What::Moved]), "moved"),
        (count(&[What::Divided]), "divided"),
        (count(&[What::Joined]), "joined"),
    ];
    let told: Vec<String> =
        all.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    match (told.is_empty(), comparison.differs()) {
        (true, false) => "no difference".to_owned(),
        (true, true) => "only numbers differ".to_owned(),
        (false, _) => format!("blocks: {}", told.join(", ")),
    }
}

/// What is said above a block: where it stands, and where it stood.
pub(super) fn heading(comparison: &Comparison, entry: &Entry) -> String {
    let (old, new) = comparison.leaves_of(entry);
    let names = |leaves: &Leaves, list: &[&Leaf]| -> String {
        list.iter().map(|leaf| leaves.name(leaf)).collect::<Vec<_>>().join(", ")
    };
    let (was, is) = (names(&comparison.old, &old), names(&comparison.new, &new));
    match entry.what {
        What::New => format!("{is}: new"),
        What::Gone => format!("{was}: gone"),
        What::Moved => format!("{is}: moved, was {was}"),
        What::Divided => format!("{is}: divided, was {was}"),
        What::Joined => format!("{is}: joined, was {was}"),
        What::Same | What::Changed if was == is => is,
        What::Same | What::Changed => format!("{is}: was {was}"),
    }
}
