//! What differs between two texts that are one: by word, as a drafter would have changed
//! it.

use std::hash::Hash;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::words::{Word, WordKind, Words};
use crate::model::Anchor;

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// They are as they were.
    Same,
    /// They are gone.
    Gone,
    /// They are new.
    New,
    /// The number of a reference to the text itself, which follows what it means.
    Follows,
    /// They are emphasized, or no longer.
    Restyled,
}

/// Words of both texts, and what became of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What became of them.
    pub op: Op,
    /// Which words of the old text.
    pub old: Range<usize>,
    /// Which words of the new one.
    pub new: Range<usize>,
}

/// What words are compared by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Key<'t> {
    Text(&'t str),
    /// Where a reference to the text itself leads, in the new text.
    Link(Anchor),
    #[default]
    NoteMark,
    Cell,
    Paragraph,
}

/// Where what references mean stands.
#[derive(Clone, Copy)]
pub(super) struct Follows<'f> {
    /// Where the block of an old reference stands in the new text.
    pub old: &'f dyn Fn(Anchor) -> Option<Anchor>,
    /// Whether the block of a new reference is compared: a table without rows is not.
    pub new: &'f dyn Fn(Anchor) -> bool,
}

/// So few of the words are the same that all are new.
const SAME: f64 = 0.2;

/// Where two lists of words differ: ranges of the one, and of the other.
pub fn hunks(old: &[String], new: &[String]) -> Vec<(Range<usize>, Range<usize>)> {
    hunks_by(old.iter().map(String::as_str), new.iter().map(String::as_str))
}

/// The same of whatever words are compared by.
fn hunks_by<K: Eq + Hash + Default>(
    old: impl Iterator<Item = K>,
    new: impl Iterator<Item = K>,
) -> Vec<(Range<usize>, Range<usize>)> {
    let mut input: InternedInput<K> = InternedInput::default();
    input.update_before(old);
    input.update_after(new);
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_no_heuristic(&input);
    let range = |range: &Range<u32>| range.start as usize..range.end as usize;
    diff.hunks().map(|hunk| (range(&hunk.before), range(&hunk.after))).collect()
}

/// Compares two texts. Put together, the segments are all words of both.
pub(super) fn compare(old: &Words, new: &Words, follows: Follows<'_>) -> Vec<Segment> {
    let cells = |words: &Words| -> Vec<Range<usize>> {
        let ends = words.words.iter().enumerate().filter(|(_, word)| word.kind == WordKind::Cell);
        let mut cells = Vec::new();
        let mut start = 0;
        for (end, _) in ends {
            cells.push(start..end);
            start = end + 1;
        }
        cells.push(start..words.words.len());
        cells
    };
    let (old_cells, new_cells) = (cells(old), cells(new));
    let mut segments = Vec::new();
    if old_cells.len() == new_cells.len() {
        // What stands in one cell stays there.
        for (at, (a, b)) in old_cells.into_iter().zip(new_cells).enumerate() {
            if at > 0 {
                segments.push(Segment { op: Op::Same, old: a.start - 1..a.start, new: b.start - 1..b.start });
            }
            segments.extend(stretch((old, a), (new, b), follows));
        }
    } else {
        segments = stretch((old, 0..old.words.len()), (new, 0..new.words.len()), follows);
    }
    joined(styled(segments, old, new))
}

fn stretch((old, a): (&Words, Range<usize>), (new, b): (&Words, Range<usize>), follows: Follows<'_>) -> Vec<Segment> {
    // What leads to no block is compared by what it prints.
    let of_old = |word: &Word| match (word.kind, old.text.get(word.place.clone())) {
        (WordKind::Link(anchor), text) => (follows.old)(anchor).map_or(Key::Text(text.unwrap_or_default()), Key::Link),
        (kind, text) => key(text, kind),
    };
    let of_new = |word: &Word| match (word.kind, new.text.get(word.place.clone())) {
        (WordKind::Link(anchor), text) if !(follows.new)(anchor) => Key::Text(text.unwrap_or_default()),
        (kind, text) => key(text, kind),
    };
    let olds = old.words.get(a.clone()).unwrap_or_default().iter().map(of_old);
    let news = new.words.get(b.clone()).unwrap_or_default().iter().map(of_new);
    let mut segments: Vec<Segment> = Vec::new();
    let (mut at_old, mut at_new) = (a.start, b.start);
    for (before, after) in hunks_by(olds, news) {
        let before = a.start + before.start..a.start + before.end;
        let after = b.start + after.start..b.start + after.end;
        push(&mut segments, Op::Same, at_old..before.start, at_new..after.start);
        (at_old, at_new) = (before.end, after.end);
        push(&mut segments, Op::Gone, before.clone(), after.start..after.start);
        push(&mut segments, Op::New, before.end..before.end, after);
    }
    push(&mut segments, Op::Same, at_old..a.end, at_new..b.end);
    let smooth = smoothed(segments, old, new);
    let all = words_in(old, &a) + words_in(new, &b);
    let same: usize =
        smooth.iter().filter(|segment| segment.op == Op::Same).map(|segment| words_in(old, &segment.old)).sum();
    let changes = smooth.iter().filter(|segment| segment.op != Op::Same).count();
    if all > 8 && changes > 2 && 2.0 * (same as f64) < SAME * all as f64 {
        let mut whole = Vec::new();
        push(&mut whole, Op::Gone, a.clone(), b.start..b.start);
        push(&mut whole, Op::New, a.end..a.end, b);
        return whole;
    }
    let mut smooth = smooth;
    smooth.push(Segment { op: Op::Same, old: a.end..a.end, new: b.end..b.end });
    slid(smooth, old, new)
}

fn key(text: Option<&str>, kind: WordKind) -> Key<'_> {
    match kind {
        WordKind::Link(anchor) => Key::Link(anchor),
        WordKind::NoteMark => Key::NoteMark,
        WordKind::Cell => Key::Cell,
        WordKind::Paragraph => Key::Paragraph,
        WordKind::Word
        | WordKind::Blank
        | WordKind::Sign
        | WordKind::Bracket
        | WordKind::Name
        | WordKind::Number
        | WordKind::Date
        | WordKind::Reference
        | WordKind::Gap => Key::Text(text.unwrap_or_default()),
    }
}

fn push(segments: &mut Vec<Segment>, op: Op, old: Range<usize>, new: Range<usize>) {
    if !old.is_empty() || !new.is_empty() {
        segments.push(Segment { op, old, new });
    }
}

/// How many words stand in a stretch, signs and blanks left out.
fn words_in(words: &Words, range: &Range<usize>) -> usize {
    let is_word = |word: &&Word| match word.kind {
        WordKind::Word | WordKind::Number | WordKind::Date | WordKind::Reference | WordKind::Gap => true,
        WordKind::Link(_) => true,
        WordKind::Blank
        | WordKind::Sign
        | WordKind::Bracket
        | WordKind::Name
        | WordKind::NoteMark
        | WordKind::Cell
        | WordKind::Paragraph => false,
    };
    words.words.get(range.clone()).unwrap_or_default().iter().filter(is_word).count()
}

/// A change with no more than a blank, or a short word between two long changes, within it
/// is one change.
fn smoothed(segments: Vec<Segment>, old: &Words, new: &Words) -> Vec<Segment> {
    // Changes as pairs of what is gone and what is new, with what is the same between them.
    let mut changes: Vec<(Range<usize>, Range<usize>, bool)> = Vec::new();
    for segment in segments {
        match (segment.op, changes.last_mut()) {
            (Op::Same, _) => changes.push((segment.old, segment.new, false)),
            (_, Some((gone, put, true))) => {
                gone.end = segment.old.end;
                put.end = segment.new.end;
            }
            (_, _) => changes.push((segment.old, segment.new, true)),
        }
    }
    let mut merged: Vec<(Range<usize>, Range<usize>, bool)> = Vec::new();
    for (at, (gone, put, is_change)) in changes.iter().enumerate() {
        let next = changes.get(at + 1).filter(|(_, _, is_change)| *is_change);
        match merged.last_mut() {
            Some((a, b, true)) if *is_change => {
                a.end = gone.end;
                b.end = put.end;
            }
            Some((a, b, true)) if next.is_some_and(|next| is_weak(gone, (a, b), (&next.0, &next.1), old, new)) => {
                a.end = gone.end;
                b.end = put.end;
            }
            _ => merged.push((gone.clone(), put.clone(), *is_change)),
        }
    }
    let mut out = Vec::new();
    for (gone, put, is_change) in merged {
        if is_change {
            let (start, end) = (put.start, gone.end);
            push(&mut out, Op::Gone, gone, start..start);
            push(&mut out, Op::New, end..end, put);
        } else {
            push(&mut out, Op::Same, gone, put);
        }
    }
    out
}

type Change<'c> = (&'c Range<usize>, &'c Range<usize>);

/// Whether what is the same between two changes is too little to keep them apart.
fn is_weak(same: &Range<usize>, before: Change<'_>, after: Change<'_>, old: &Words, new: &Words) -> bool {
    let inside = old.words.get(same.clone()).unwrap_or_default();
    let holds = |word: &Word| match word.kind {
        WordKind::Bracket | WordKind::Name | WordKind::Cell | WordKind::Paragraph | WordKind::NoteMark => true,
        WordKind::Link(_) | WordKind::Reference | WordKind::Date | WordKind::Gap => true,
        WordKind::Word | WordKind::Blank | WordKind::Sign | WordKind::Number => false,
    };
    if inside.iter().any(holds) {
        return false;
    }
    let of = |(gone, put): Change<'_>| (words_in(old, gone), words_in(new, put));
    let ((gone_before, new_before), (gone_after, new_after)) = (of(before), of(after));
    // A word that was put in beside another change is no exchange.
    let both = (gone_before > 0 || gone_after > 0) && (new_before > 0 || new_after > 0);
    let is_exchange = gone_before.min(new_before) > 0 && gone_after.min(new_after) > 0;
    match words_in(old, same) {
        0 if inside.iter().all(|word| word.kind == WordKind::Blank) => both,
        0 => is_exchange && gone_before.max(new_before).min(gone_after.max(new_after)) > 2,
        1 => {
            let letters: usize = inside.iter().map(|word| old.of(word).trim().chars().count()).sum();
            is_exchange && letters <= 3 && gone_before.max(new_before).min(gone_after.max(new_after)) > 1
        }
        2 => is_exchange && gone_before.min(new_before).min(gone_after.min(new_after)) > 3,
        _ => false,
    }
}

/// How far a change is looked at that could stand earlier.
const SLIDE: usize = 60;

/// What was put in or taken out, and could stand earlier by the same words, stands where a
/// sentence or a word begins.
fn slid(mut segments: Vec<Segment>, old: &Words, new: &Words) -> Vec<Segment> {
    for at in 1..segments.len() {
        let next_is_change = segments.get(at + 1).is_some_and(|next| next.op != Op::Same);
        let Some([before, here]) = segments.get(at - 1..=at) else { continue };
        if before.op != Op::Same || here.op == Op::Same || next_is_change {
            continue;
        }
        let (words, range) = if here.op == Op::New { (new, &here.new) } else { (old, &here.old) };
        let room = before.old.len().min(before.new.len()).min(SLIDE);
        let shift = best_shift(words, range, room);
        let Some(rest) = segments.get_mut(at - 1..) else { continue };
        if shift > 0 {
            move_up(rest, shift);
        }
    }
    segments.retain(|segment| !segment.old.is_empty() || !segment.new.is_empty());
    segments
}

/// By how many words a change is best moved up.
fn best_shift(words: &Words, range: &Range<usize>, room: usize) -> usize {
    let text = |at: usize| words.words.get(at).map(|word| (words.of(word), word.kind));
    let fit = |shift: usize| {
        let (start, end) = (range.start - shift, range.end - shift);
        let before = |at: usize| at.checked_sub(1).and_then(text);
        let blank = |word: Option<(&str, WordKind)>| word.is_none_or(|(_, kind)| kind == WordKind::Blank);
        let stop =
            |word: Option<(&str, WordKind)>| word.is_some_and(|(sign, _)| matches!(sign, "." | ";" | ":" | "!" | "?"));
        let begins_sentence = start == 0 || start >= 2 && stop(before(start - 1)) && blank(before(start));
        let ends_sentence = stop(before(end)) && (blank(text(end)));
        let begins_word = blank(before(start)) && !blank(text(start));
        2 * usize::from(begins_sentence) + usize::from(begins_word) + usize::from(ends_sentence)
    };
    let mut best = (fit(0), 0);
    for shift in 1..=room.min(range.start) {
        // The word that comes in at the front leaves at the end.
        if text(range.start - shift) != text(range.end - shift) {
            break;
        }
        if fit(shift) > best.0 {
            best = (fit(shift), shift);
        }
    }
    best.1
}

/// Moves a change up by so many words, which stand behind it then.
fn move_up(segments: &mut [Segment], shift: usize) {
    let mut segments = segments.iter_mut();
    if let Some(before) = segments.next() {
        before.old.end -= shift;
        before.new.end -= shift;
    }
    if let Some(here) = segments.next() {
        here.old = here.old.start - shift..here.old.end - shift;
        here.new = here.new.start - shift..here.new.end - shift;
    }
    if let Some(after) = segments.next() {
        after.old.start -= shift;
        after.new.start -= shift;
    }
}

/// What is the same in its words and not in its style, or only follows, by itself.
fn styled(segments: Vec<Segment>, old: &Words, new: &Words) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for segment in segments {
        if segment.op != Op::Same {
            out.push(segment);
            continue;
        }
        for (a, b) in segment.old.zip(segment.new) {
            let (Some(was), Some(is)) = (old.words.get(a), new.words.get(b)) else { continue };
            let op = match (was.kind, is.kind) {
                (WordKind::Link(_) | WordKind::NoteMark, _) if old.of(was) != new.of(is) => Op::Follows,
                (WordKind::NoteMark, _) => Op::Same,
                _ if !was.style.looks_like(is.style) => Op::Restyled,
                _ => Op::Same,
            };
            out.push(Segment { op, old: a..a + 1, new: b..b + 1 });
        }
    }
    out
}

/// Segments of one kind that follow each other, as one; a blank between words that were
/// emphasized together is theirs.
fn joined(segments: Vec<Segment>) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for segment in segments {
        match out.last_mut() {
            Some(last) if last.op == segment.op && last.op != Op::Follows && touches(last, &segment) => {
                last.old.end = segment.old.end;
                last.new.end = segment.new.end;
            }
            _ => out.push(segment),
        }
    }
    out
}

fn touches(first: &Segment, next: &Segment) -> bool {
    first.old.end == next.old.start && first.new.end == next.new.start
}
