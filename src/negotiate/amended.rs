//! The words of a paragraph with what several delegations make of them, as brackets.

use std::ops::Range;

use super::scan::{Chunk, chunks, in_one_line, unfit};
use crate::compare::hunks;

/// A change of a stretch of chunks.
#[derive(Clone, Debug)]
struct Edit {
    /// Whose it is.
    by: usize,
    /// Which chunks it takes the place of.
    old: Range<usize>,
    /// What it puts there.
    new: Vec<String>,
}

/// What became of a paragraph: the edits of its source, and why a delegation's words could
/// not be put in.
#[derive(Default)]
pub(super) struct Amended {
    pub edits: Vec<(Range<usize>, String)>,
    /// Whose words were left, which, and why.
    pub left: Vec<(usize, String, &'static str)>,
}

/// Puts the paragraphs of several delegations into that of the base, which stands at
/// `range` of its source. `proposed` has each delegation's number and words.
pub(super) fn amended(
    base: &str,
    range: Range<usize>,
    proposed: &[(usize, String)],
    (names, round): (&[String], u32),
) -> Amended {
    let all = chunks(base, range.clone());
    let words: Vec<Chunk> = all.into_iter().filter(|chunk| !chunk.is_comment && !is_label(base, chunk)).collect();
    let old: Vec<String> = words.iter().map(|chunk| text_of(base, chunk)).collect();
    let mut edits: Vec<Edit> = Vec::new();
    for (by, text) in proposed {
        let new: Vec<String> = chunks(text, 0..text.len())
            .iter()
            .filter(|chunk| !chunk.is_comment && !is_label(text, chunk))
            .map(|chunk| text_of(text, chunk))
            .collect();
        for (gone, put) in smoothed(hunks(&old, &new)) {
            let new = new.get(put).unwrap_or_default().to_vec();
            edits.push(Edit { by: *by, old: gone, new });
        }
    }
    edits.sort_by_key(|edit| (edit.old.start, edit.old.end, edit.by));
    let mut amended = Amended::default();
    for group in groups(edits) {
        match bracket(base, &words, &old, &group, (names, round)) {
            Ok((place, text)) => amended.edits.push((place, text)),
            Err(why) => {
                for edit in &group.edits {
                    let words = if edit.new.is_empty() { "(nothing)".to_owned() } else { edit.new.join(" ") };
                    amended.left.push((edit.by, words, why));
                }
            }
        }
    }
    amended
}

/// Whether two paragraphs are written with the same words, whatever they print.
pub(super) fn is_written_alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let chunks = chunks(text, 0..text.len());
        chunks
            .iter()
            .filter(|chunk| !chunk.is_comment && !is_label(text, chunk))
            .map(|chunk| text_of(text, chunk))
            .collect()
    };
    words(a) == words(b)
}

/// A label is the author's and no word of the text.
fn is_label(text: &str, chunk: &Chunk) -> bool {
    text.get(chunk.range.clone()).is_some_and(|word| word.starts_with("{#") && word.ends_with('}'))
}

/// The words of a chunk on one line: a backslash that kept its line from beginning with a number or a
/// keyword would be printed there.
fn text_of(text: &str, chunk: &Chunk) -> String {
    let words = in_one_line(text.get(chunk.range.clone()).unwrap_or_default());
    let before = text.get(..chunk.range.start).unwrap_or_default().trim_end_matches([' ', '\t']);
    let kept = words.strip_prefix('\\').filter(|rest| rest.starts_with(char::is_alphanumeric));
    match kept {
        Some(kept) if before.is_empty() || before.ends_with('\n') => kept.to_owned(),
        _ => words,
    }
}

type Hunk = (Range<usize>, Range<usize>);

/// Two exchanges with one word between them are one.
fn smoothed(hunks: Vec<Hunk>) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    for (gone, put) in hunks {
        match out.last_mut() {
            Some((before, new))
                if gone.start == before.end + 1 && before.start < before.end && gone.start < gone.end =>
            {
                before.end = gone.end;
                new.end = put.end;
            }
            _ => out.push((gone, put)),
        }
    }
    out
}

/// Edits that overlap, over their union.
struct Group {
    old: Range<usize>,
    edits: Vec<Edit>,
}

fn groups(edits: Vec<Edit>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for edit in edits {
        match groups.last_mut() {
            Some(group) if overlaps(&group.old, &edit.old) => {
                group.old.end = group.old.end.max(edit.old.end);
                group.edits.push(edit);
            }
            _ => groups.push(Group { old: edit.old.clone(), edits: vec![edit] }),
        }
    }
    groups
}

/// Whether an edit that begins no earlier than another one lies over it, or puts words at
/// the same place.
fn overlaps(first: &Range<usize>, next: &Range<usize>) -> bool {
    next.start < first.end || next.start == first.start && (next.is_empty() == first.is_empty())
}

/// The bracket of a group, and what it takes the place of.
fn bracket(
    base: &str,
    words: &[Chunk],
    old: &[String],
    group: &Group,
    (names, round): (&[String], u32),
) -> Result<(Range<usize>, String), &'static str> {
    // What each delegation has in the stretch, in the order in which they were named.
    let mut by: Vec<usize> = group.edits.iter().map(|edit| edit.by).collect();
    by.sort_unstable();
    by.dedup();
    let mut alternatives: Vec<(Vec<&str>, String)> = Vec::new();
    for delegation in by {
        let mut own: Vec<String> = Vec::new();
        let mut at = group.old.start;
        for edit in group.edits.iter().filter(|edit| edit.by == delegation) {
            own.extend(old.get(at..edit.old.start).unwrap_or_default().iter().cloned());
            own.extend(edit.new.iter().cloned());
            at = edit.old.end;
        }
        own.extend(old.get(at..group.old.end).unwrap_or_default().iter().cloned());
        let (own, name) = (own.join(" "), names.get(delegation).map_or("", String::as_str));
        match alternatives.iter_mut().find(|(_, words)| *words == own) {
            Some((names, _)) => names.push(name),
            None => alternatives.push((vec![name], own)),
        }
    }
    let place = match (words.get(group.old.start), group.old.end.checked_sub(1).and_then(|last| words.get(last))) {
        (Some(first), Some(last)) if !group.old.is_empty() => first.range.start..last.range.end,
        // Put in behind a word, or before the first.
        _ => match group.old.start.checked_sub(1).and_then(|before| words.get(before)) {
            Some(before) => before.range.end..before.range.end,
            None => words.first().map_or(0..0, |first| first.range.start..first.range.start),
        },
    };
    let mut was = base.get(place.clone()).unwrap_or_default().to_owned();
    let tail = common_sign(&was, &alternatives);
    if let Some(sign) = tail {
        was.truncate(was.len() - sign.len_utf8());
        alternatives.iter_mut().for_each(|(_, words)| words.truncate(words.len() - sign.len_utf8()));
    }
    if let Some(why) = unfit(&was, round).or_else(|| alternatives.iter().find_map(|(_, words)| unfit(words, round))) {
        return Err(why);
    }
    let alternative = |(names, words): &(Vec<&str>, String)| {
        let names = names.join(", ");
        if words.is_empty() { format!("{names}: ") } else { format!("{names}: {words}") }
    };
    let sign = tail.map(String::from).unwrap_or_default();
    if let Some(text) =
        put_in(&was, &alternatives, round, &alternative).or_else(|| taken_out(&was, &alternatives, round))
    {
        return Ok((place, text + &sign));
    }
    let proposed: Vec<String> = alternatives.iter().map(alternative).collect();
    let proposed = proposed.join(" | ");
    let text = if group.old.is_empty() {
        let is_first = group.old.start == 0;
        if is_first { format!("[{proposed}] ") } else { format!(" [{proposed}]") }
    } else {
        format!("[{was} | {proposed}]")
    };
    Ok((place, text + &sign))
}

/// Names, and the words that they wish.
type Wish<'n> = (Vec<&'n str>, String);

type Alternatives<'n> = Vec<Wish<'n>>;

/// Words that all alternatives put in behind what was there, or before it.
fn put_in(
    was: &str,
    alternatives: &Alternatives<'_>,
    round: u32,
    written: &dyn Fn(&Wish<'_>) -> String,
) -> Option<String> {
    if was.is_empty() {
        return None;
    }
    let rest = |behind: bool| -> Option<String> {
        let one = |(names, words): &(Vec<&str>, String)| {
            let rest = if behind {
                words.strip_prefix(was)?.strip_prefix(' ')?
            } else {
                words.strip_suffix(was)?.strip_suffix(' ')?
            };
            unfit(rest, round).is_none().then(|| written(&(names.clone(), rest.to_owned())))
        };
        let all: Option<Vec<String>> = alternatives.iter().map(one).collect();
        Some(format!("[{}]", all?.join(" | ")))
    };
    let behind = rest(true).map(|bracket| format!("{was} {bracket}"));
    behind.or_else(|| rest(false).map(|bracket| format!("{bracket} {was}")))
}

/// Words that the only alternative takes out at the end, or at the beginning.
fn taken_out(was: &str, alternatives: &Alternatives<'_>, round: u32) -> Option<String> {
    let [(names, words)] = alternatives.as_slice() else { return None };
    if words.is_empty() {
        return None;
    }
    let names = names.join(", ");
    let at_end = was.strip_prefix(words.as_str()).and_then(|rest| rest.strip_prefix(' '));
    let at_start = was.strip_suffix(words.as_str()).and_then(|rest| rest.strip_suffix(' '));
    match (at_end, at_start) {
        (Some(rest), _) if unfit(rest, round).is_none() => Some(format!("{words} [{rest} | {names}: ]")),
        (_, Some(rest)) if unfit(rest, round).is_none() => Some(format!("[{rest} | {names}: ] {words}")),
        _ => None,
    }
}

/// The sign that all alternatives end with: it stays behind the bracket.
fn common_sign(base: &str, alternatives: &[(Vec<&str>, String)]) -> Option<char> {
    let sign = base.chars().next_back().filter(|sign| matches!(sign, ';' | ',' | '.' | ':' | '!' | '?'))?;
    let fits = |words: &str| {
        let rest = words.strip_suffix(sign)?;
        (!rest.trim().is_empty() && !rest.ends_with('\\')).then_some(())
    };
    let all = std::iter::once(base).chain(alternatives.iter().map(|(_, words)| words.as_str()));
    let all: Option<Vec<()>> = all.map(fits).collect();
    all.map(|_| sign)
}
