//! Brackets settled in the author's source: what is chosen takes the place of its bracket,
//! and all else stays to the byte.

use std::ops::Range;

use super::scan::alternatives;
use crate::diag::Diagnostics;
use crate::source::{FileId, Source, Span};
use crate::syntax;
use crate::syntax::ast::{Alternative, Block, BlockKind, Inline, Segment, delegation_and_round};

/// What is done with the words of a delegation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Its alternative takes the place of the bracket.
    Take(String),
    /// What stood there before any proposal takes the place of the bracket.
    TakeBase,
    /// The same of proposals of one round alone.
    TakeBaseOf(u32),
    /// Its alternative is gone.
    Drop(String),
}

/// A bracket that has names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Held {
    /// Its bytes.
    pub range: Range<usize>,
    /// What stood there before any proposal, if anything.
    pub base: Option<String>,
    /// Who proposes what, in the order of the bracket; nothing is to be deleted.
    pub proposals: Vec<(Vec<String>, String)>,
}

/// Settles the brackets of a text, those at whose first byte `only` says so; what no choice
/// is about stays. Of several choices the first that fits decides.
pub fn settle(text: &str, choices: &[Choice], only: &dyn Fn(usize) -> bool) -> String {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    each_bracket(text, &mut |bracket| {
        let decided = if only(bracket.range.start) { decided(text, bracket, choices) } else { None };
        let Some(words) = decided else { return true };
        edits.push(replaced(text, bracket, within(&words, choices)));
        false
    });
    applied(text, edits)
}

fn applied(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (range, words) in edits {
        // Two that delete the same blank.
        let start = range.start.max(at);
        if range.end < start {
            continue;
        }
        out.push_str(text.get(at..start).unwrap_or_default());
        out.push_str(&words);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The same in words that took the place of a bracket. They are nested no deeper than
/// brackets may be.
fn within(words: &str, choices: &[Choice]) -> String {
    if !words.contains('[') {
        return words.to_owned();
    }
    let content = syntax::read_inline(words, &[Span::new(FileId(0), 0..words.len())], &mut Diagnostics::default());
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    in_text(&content, None, &mut |bracket| {
        let Some(inner) = decided(words, bracket, choices) else { return true };
        edits.push(replaced(words, bracket, within(&inner, choices)));
        false
    });
    applied(words, edits)
}

/// All brackets of a text that have names, the outer ones first.
pub fn held(text: &str) -> Vec<Held> {
    let mut all = Vec::new();
    each_bracket(text, &mut |bracket| {
        let parts = parts(text, bracket);
        if parts.iter().any(|part| !part.names.is_empty()) {
            let base = parts.first().filter(|part| part.names.is_empty()).map(|part| part.words.clone());
            let proposals = parts.into_iter().filter(|part| !part.names.is_empty());
            let proposals = proposals.map(|part| (part.names, part.words)).collect();
            all.push(Held { range: bracket.range.clone(), base, proposals });
        }
        true
    });
    all
}

/// A bracket of the source.
struct Bracket<'a> {
    range: Range<usize>,
    alternatives: &'a [Alternative],
    /// The block that it stands in, where it is one of a file.
    block: Option<&'a Block>,
}

/// Calls `visit` for each bracket, and for those within it where it says so.
fn each_bracket(text: &str, visit: &mut dyn FnMut(&Bracket<'_>) -> bool) {
    let source = Source::new("", text);
    let tree = syntax::parse(&source, FileId(0), &mut Diagnostics::default());
    let mut open: Vec<&Segment> = tree.body.iter().rev().collect();
    while let Some(segment) = open.pop() {
        let block = match segment {
            Segment::Block(block) => block,
            Segment::Quote(block, content) | Segment::Table(block, content) => {
                open.extend(content.iter().rev());
                block
            }
            Segment::Directive(_) => continue,
        };
        let mut blocks: Vec<&Block> = vec![block];
        while let Some(block) = blocks.pop() {
            blocks.extend(block.children().iter().rev());
            block.texts().into_iter().for_each(|content| in_text(content, Some(block), visit));
        }
    }
}

/// The same in a text.
fn in_text(content: &[Inline], block: Option<&Block>, visit: &mut dyn FnMut(&Bracket<'_>) -> bool) {
    let mut open: Vec<&Inline> = content.iter().rev().collect();
    while let Some(inline) = open.pop() {
        let goes_in = match inline {
            Inline::Bracket { span, alternatives } => visit(&Bracket { range: span.range(), alternatives, block }),
            _ => true,
        };
        if goes_in {
            open.extend(inline.children().into_iter().flatten().rev().collect::<Vec<_>>());
        }
    }
}

/// An alternative: whose, and its words in the source.
struct Part {
    names: Vec<String>,
    words: String,
}

fn parts(text: &str, bracket: &Bracket<'_>) -> Vec<Part> {
    let ranges = alternatives(text, bracket.range.clone());
    if ranges.len() != bracket.alternatives.len() {
        return Vec::new();
    }
    let part = |(range, alternative): (Range<usize>, &Alternative)| {
        let (names, start) = match &alternative.by {
            Some((names, place)) => {
                (names.iter().map(|name| name.text.clone()).collect(), place.span.range().end.max(range.start))
            }
            None => (Vec::new(), range.start),
        };
        let words = text.get(start..range.end.max(start)).unwrap_or_default().trim().to_owned();
        Part { names, words }
    };
    ranges.into_iter().zip(bracket.alternatives).map(part).collect()
}

/// What takes the place of a bracket; none where it stays as it is.
fn decided(text: &str, bracket: &Bracket<'_>, choices: &[Choice]) -> Option<String> {
    let mut parts = parts(text, bracket);
    if parts.iter().all(|part| part.names.is_empty()) {
        return None;
    }
    let before = parts.len();
    let mut dropped = false;
    for choice in choices {
        match choice {
            Choice::Take(name) => {
                if let Some(part) = parts.iter().find(|part| part.names.contains(name)) {
                    return Some(part.words.clone());
                }
            }
            Choice::TakeBase => {
                let base = parts.first().filter(|part| part.names.is_empty());
                return Some(base.map(|part| part.words.clone()).unwrap_or_default());
            }
            Choice::TakeBaseOf(round) => {
                dropped |= drop_names(&mut parts, &|name| delegation_and_round(name).1 == *round);
            }
            Choice::Drop(name) => dropped |= drop_names(&mut parts, &|other| other == name),
        }
    }
    if !dropped {
        return None;
    }
    match parts.as_slice() {
        [] => Some(String::new()),
        // What stood there before, and nobody wants it otherwise.
        [only] if only.names.is_empty() && before > 1 => Some(only.words.clone()),
        rest => Some(written(rest)),
    }
}

/// Takes names out, and with the last name of an alternative its words; whether there were any.
fn drop_names(parts: &mut Vec<Part>, is_meant: &dyn Fn(&str) -> bool) -> bool {
    let mut dropped = false;
    parts.retain_mut(|part| {
        let count = part.names.len();
        part.names.retain(|name| !is_meant(name));
        dropped |= part.names.len() < count;
        // Nobody proposes it any more.
        count == 0 || !part.names.is_empty()
    });
    dropped
}

fn written(parts: &[Part]) -> String {
    let part = |part: &Part| match (part.names.is_empty(), part.words.is_empty()) {
        (true, _) => part.words.clone(),
        (false, true) => format!("{}: ", part.names.join(", ")),
        (false, false) => format!("{}: {}", part.names.join(", "), part.words),
    };
    format!("[{}]", parts.iter().map(part).collect::<Vec<_>>().join(" | "))
}

/// The edit that puts words in the place of a bracket. Where nothing is left of it, a blank
/// goes with it, and a block that was all bracket.
fn replaced(text: &str, bracket: &Bracket<'_>, words: String) -> (Range<usize>, String) {
    let Range { start, end } = bracket.range;
    if !words.is_empty() {
        return (start..end, words);
    }
    if let Some(range) = whole_block(text, bracket) {
        return range;
    }
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let blank = |c: char| c == ' ' || c == '\t';
    let head = before.trim_end_matches(blank);
    let tail = after.trim_start_matches(blank);
    if (head.is_empty() || head.ends_with('\n')) && tail.starts_with(['\n', '\r']) {
        // An empty line in its place would end the paragraph.
        let line_end = if tail.starts_with("\r\n") { 2 } else { 1 };
        return (head.len()..text.len() - tail.len() + line_end, String::new());
    }
    // Nothing stands before what is proposed any more.
    if let Some(rest) = tail.strip_prefix('|').filter(|_| before.trim_end().ends_with('[')) {
        return (start..text.len() - rest.trim_start_matches(blank).len(), String::new());
    }
    let next = after.chars().next();
    let stands_free = next.is_none_or(|c| c.is_whitespace() || ";,.:!?)]}»”".contains(c));
    if before.ends_with(blank) && stands_free && !before.trim_end_matches(blank).ends_with('\n') {
        return (before.trim_end_matches(blank).len()..end, String::new());
    }
    // At the beginning of a line what follows takes its place.
    let skipped = after.len() - after.trim_start_matches(blank).len();
    (start..end + skipped, String::new())
}

/// All of a block that is nothing but the bracket, with the blank line behind it; its
/// comments stay.
fn whole_block(text: &str, bracket: &Bracket<'_>) -> Option<(Range<usize>, String)> {
    let block = bracket.block?;
    let BlockKind::Paragraph(paragraph) = &block.kind else { return None };
    let block = block.span.range();
    let before = text.get(block.start..bracket.range.start)?;
    let after = text.get(bracket.range.end..block.end)?;
    let is_comment = |line: &str| line.trim().is_empty() || line.trim_start().starts_with("//");
    let has_marker_before = paragraph.marker.is_some() && paragraph.bracket_before.is_none();
    if has_marker_before || !before.trim().is_empty() || !after.lines().all(is_comment) {
        return None;
    }
    let start = text.get(..block.start)?.rfind('\n').map_or(0, |at| at + 1);
    let comments: String = paragraph
        .lines
        .iter()
        .filter(|line| line.is_comment)
        .filter_map(|line| text.get(line.span.range()))
        .map(|line| format!("{line}\n"))
        .collect();
    let rest = text.get(block.end..)?;
    let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let blank = rest.get(line_end..)?;
    let blank_end = blank.find(|c: char| c != '\n' && c != '\r').unwrap_or(blank.len());
    // One blank line goes with it; what stood further away stays there.
    let blank_end = blank_end.min(if blank.starts_with("\r\n") { 2 } else { 1 });
    let end = block.end + line_end + if comments.is_empty() { blank_end } else { 0 };
    // The last block takes the blank line before it along.
    let is_last = text.get(end..)?.trim().is_empty() && comments.is_empty();
    let head = text.get(..start)?;
    let blank_before = if head.ends_with("\r\n\r\n") { 2 } else { usize::from(head.ends_with("\n\n")) };
    Some((if is_last { start - blank_before } else { start }..end, comments))
}
