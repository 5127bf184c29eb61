//! What a base is asked before proposals come into it: which brackets and numbers it has, and
//! where its blocks stand.

use std::collections::BTreeSet;
use std::ops::Range;

use super::settle::{Held, held};
use crate::compare::{Leaves, Side, unbracketed};
use crate::diag::Diagnostics;
use crate::source::{FileId, Source};
use crate::syntax;
use crate::syntax::ast::{Segment, delegation_and_round};

/// Words that number what is put in behind a paragraph.
pub(super) const INSERTED: [&str; 9] =
    ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];

/// Why a base has no room for the proposals of a round.
pub(super) fn has_names_already(text: &str, round: u32) -> Option<String> {
    let held = held(text);
    let rounds = |held: &Held| -> Vec<u32> {
        held.proposals.iter().flat_map(|(names, _)| names).map(|name| delegation_and_round(name).1).collect()
    };
    let line = |held: &Held| line_of(text, held.range.start);
    let last = held.iter().flat_map(&rounds).max()?;
    let first = held.iter().find(|held| round == 1 || rounds(held).iter().any(|other| *other >= round))?;
    Some(match round {
        1 => format!(
            "the base has brackets with names already, the first in line {}: settle them first, or put the new ones beside them by `--round {}`",
            line(first),
            last + 1
        ),
        _ => format!(
            "the base has brackets of round {last} already, one in line {}: the next round is `--round {}`",
            line(first),
            last + 1
        ),
    })
}

/// The line of a byte, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}

/// A number without the bracket before it, its blanks as they are typed: `5 bis.`
pub(super) fn plain_label(label: &str) -> String {
    unbracketed(label).replace('\u{A0}', " ")
}

/// The numbers of all paragraphs, without the brackets before them.
pub(super) fn side_labels(side: &Side<'_>) -> BTreeSet<String> {
    let leaves = Leaves::of(side);
    leaves.list.iter().filter_map(|leaf| leaf.label.as_deref()).map(plain_label).collect()
}

/// `5 bis.` behind `5.`, `(b ter)` behind `(b)`; the nth at this place.
pub(super) fn inserted(label: &str, nth: usize) -> Option<String> {
    let label = plain_label(label);
    let bare = label.trim_matches(['(', ')', '.']);
    let (number, before) = bare.split_once(' ').unwrap_or((bare, ""));
    let first = INSERTED.iter().position(|word| *word == before).map_or(0, |at| at + 1);
    let word = INSERTED.get(first + nth - 1)?;
    let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && !label.contains(')');
    Some(if is_number { format!("{number} {word}.") } else { format!("({number} {word})") })
}

/// The places of all blocks of a source, those in quotations too.
pub(super) fn blocks_of(text: &str) -> Vec<Range<usize>> {
    let source = Source::new("", text);
    let tree = syntax::parse(&source, FileId(0), &mut Diagnostics::default());
    let mut places = Vec::new();
    let mut open: Vec<&Segment> = tree.body.iter().collect();
    while let Some(segment) = open.pop() {
        places.push(segment.span().range());
        if let Segment::Quote(_, content) = segment {
            open.extend(content);
        }
    }
    places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    places
}

/// The place of the nth of so many lines of a block, where each is a line of the source.
pub(super) fn nth_line(text: &str, block: &Range<usize>, (nth, count): (usize, usize)) -> Option<Range<usize>> {
    if count == 1 {
        return Some(block.clone());
    }
    let lines: Vec<&str> = text.get(block.clone())?.lines().map(str::trim).collect();
    let line = lines.get(nth).filter(|_| lines.len() == count)?;
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    Some(start..start + line.len())
}
