//! Which proposals there are: paragraph by paragraph, what each delegation changed, put in
//! or took out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::amended::{amended, is_written_alike};
use super::base::{blocks_of, has_names_already, inserted, nth_line, side_labels};
use super::scan::{unfit, within_bracket};
use crate::compare::{Comparison, Entry, Leaf, LeafKind, Side, What};
use crate::compile::Compilation;
use crate::source::{Chain, Span};
use crate::syntax::ast::delegation_and_round;

/// A delegation's copy of the base.
#[derive(Clone, Copy, Debug)]
pub struct Proposal<'c> {
    /// The delegation.
    pub name: &'c str,
    /// What came of its copy.
    pub compilation: &'c Compilation,
}

/// What could not be put together: it is in the base as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Left {
    /// Whose proposal it is.
    pub name: String,
    /// The line of the base that it is about.
    pub line: usize,
    /// What is proposed, and why it was left.
    pub words: String,
}

/// A text with the proposals of several delegations in it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Consolidated {
    /// The source.
    pub text: String,
    /// What was left.
    pub left: Vec<Left>,
    /// How many brackets were opened.
    pub brackets: usize,
}

/// Puts proposals together.
///
/// # Errors
/// A sentence, where the base has brackets with names already, or one of the texts is no
/// document.
pub fn consolidate(base: &Compilation, proposals: &[Proposal<'_>]) -> Result<Consolidated, String> {
    let text = base.text();
    let rounds = proposals.iter().map(|proposal| delegation_and_round(proposal.name).1);
    let round = rounds.max().unwrap_or(1);
    if let Some(why) = has_names_already(text, round) {
        return Err(why);
    }
    let Some(side) = Side::of(base) else { return Err("the base is no document".to_owned()) };
    if side.document.volume.is_some() {
        return Err("the base is a volume: consolidate its texts".to_owned());
    }
    let names: Vec<String> = proposals.iter().map(|proposal| proposal.name.to_owned()).collect();
    let mut work = Work {
        base,
        text,
        names,
        round,
        taken: side_labels(&side),
        blocks: blocks_of(text),
        amended: BTreeMap::new(),
        put: BTreeMap::new(),
        gone: BTreeMap::new(),
        of_gone: BTreeMap::new(),
        left: Vec::new(),
    };
    for (by, proposal) in proposals.iter().enumerate() {
        let Some(own) = Side::of(proposal.compilation) else {
            return Err(format!("what {} proposes is no document", proposal.name));
        };
        let comparison = Comparison::of(&side, &own);
        let (found, all) = found_again(&comparison);
        if all >= FEW && found * 10 < all * SHARE {
            return Err(format!(
                "what {} proposes is of another text: {found} of {all} paragraphs of the base are found in it",
                proposal.name
            ));
        }
        work.proposal(by, proposal.compilation, &comparison);
    }
    Ok(work.finish())
}

/// So many paragraphs tell whether a copy is one of the base, and so many tenths of them
/// must be found in it.
const FEW: usize = 4;
const SHARE: usize = 3;

/// So many blocks before a place are looked through for one around it, and for one of a kind.
const NESTED: usize = 2000;

/// How many paragraphs of the base are found again, and how many there are.
fn found_again(comparison: &Comparison) -> (usize, usize) {
    let is_text = |at: &usize| {
        let leaf = comparison.old.list.get(*at);
        leaf.is_some_and(|leaf| {
            matches!(leaf.kind, LeafKind::Clause | LeafKind::Prose | LeafKind::Item | LeafKind::Continuation)
        })
    };
    let count = |entry: &Entry| entry.old.iter().filter(|at| is_text(at)).count();
    let all = comparison.entries.iter().map(count).sum();
    (comparison.entries.iter().filter(|entry| entry.what != What::Gone).map(count).sum(), all)
}

/// A paragraph that is put in behind a block.
struct Put {
    by: Vec<usize>,
    /// Its marker without a number of its own, and its words.
    marker: Marker,
    words: String,
    indent: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Marker {
    None,
    /// Behind a paragraph or sub-paragraph of this label.
    Behind(String),
    /// As it is, a dash.
    Own(String),
}

struct Work<'c> {
    base: &'c Compilation,
    text: &'c str,
    names: Vec<String>,
    /// Which round of proposals it is.
    round: u32,
    /// The numbers that paragraphs of the base have.
    taken: BTreeSet<String>,
    /// The places of all blocks of the source.
    blocks: Vec<Range<usize>>,
    /// For each paragraph of the base what delegations made of it.
    amended: BTreeMap<(usize, usize), Vec<(usize, String)>>,
    /// What is put in behind a byte of the base.
    put: BTreeMap<usize, Vec<Put>>,
    /// Blocks of the base that are to be deleted, and by whom.
    gone: BTreeMap<(usize, usize), Vec<usize>>,
    /// What each of these is: kind and level.
    of_gone: BTreeMap<usize, (usize, LeafKind, usize)>,
    left: Vec<Left>,
}

impl Work<'_> {
    fn leave(&mut self, by: usize, at: usize, words: String) {
        let line = self.text.get(..at.min(self.text.len())).unwrap_or_default().matches('\n').count() + 1;
        let name = self.names.get(by).cloned().unwrap_or_default();
        self.left.push(Left { name, line, words });
    }

    fn proposal(&mut self, by: usize, own: &Compilation, comparison: &Comparison) {
        // What was put in or taken out with its block is told of it.
        let mut behind: Option<usize> = None;
        for (nth, entry) in comparison.entries.iter().enumerate() {
            let (old, new) = comparison.leaves_of(entry);
            let place = old.first().and_then(|leaf| self.own_place(leaf));
            let at = place.as_ref().map_or_else(|| behind.unwrap_or_default(), |place| place.start);
            let leaf = new.first().or(old.first()).copied();
            let is_note = leaf.is_some_and(|leaf| leaf.kind == LeafKind::Note);
            match entry.what {
                _ if is_note => {}
                What::Same | What::Changed => {
                    let notes = comparison.entries.get(nth + 1..).unwrap_or_default();
                    if entry.what == What::Changed || notes_differ(comparison, notes) {
                        self.changed(by, own, (comparison, entry), at);
                    }
                }
                What::Gone => self.gone(by, &old, at),
                What::New => self.put_in(by, own, comparison, nth, behind),
                What::Moved | What::Divided | What::Joined => {
                    let words: Vec<&str> = new.iter().map(|leaf| leaf.words.text.as_str()).collect();
                    let how = match entry.what {
                        What::Moved => "moves a paragraph here or away",
                        What::Divided => "divides a paragraph",
                        _ => "joins paragraphs",
                    };
                    self.leave(by, at, format!("{how}: “{}”", words.join(" / ")));
                }
            }
            if let Some(last) = old.last().filter(|leaf| leaf.kind != LeafKind::Note)
                && let Some(place) = self.own_place(last)
            {
                behind = Some(place.start);
            }
        }
    }

    /// Where a leaf of the base stands in the author's own text; none where it comes from a
    /// template, an include, a loop or a value.
    fn own_place(&self, leaf: &Leaf) -> Option<Range<usize>> {
        own_place(self.base, leaf)
    }

    /// Words within a paragraph.
    fn changed(&mut self, by: usize, own: &Compilation, (comparison, entry): (&Comparison, &Entry), at: usize) {
        let (old, new) = comparison.leaves_of(entry);
        let (Some(was), Some(is)) = (old.first(), new.first()) else { return };
        let is_text = |leaf: &Leaf| match leaf.kind {
            LeafKind::Clause
            | LeafKind::Prose
            | LeafKind::Item
            | LeafKind::Continuation
            | LeafKind::Heading
            | LeafKind::Opening => true,
            LeafKind::Head | LeafKind::Title | LeafKind::By | LeafKind::Row | LeafKind::Note => false,
        };
        let own_text = own.text();
        let mut places = (self.own_place(was), own_place(own, is));
        if was.by_keyword && is.by_keyword {
            let (of_was, of_is) = (comparison.old.nth(was), comparison.new.nth(is));
            places.0 = places.0.and_then(|place| nth_line(self.text, &place, of_was));
            places.1 = places.1.and_then(|place| nth_line(own_text, &place, of_is)).filter(|_| of_was == of_is);
        }
        let (Some(place), Some(other), true) = (places.0, places.1, is_text(was) && is_text(is)) else {
            let what = match was.kind {
                LeafKind::Head | LeafKind::Title => "changes the first page or the title",
                LeafKind::Row => "changes a row of a table",
                _ if was.by_keyword => "changes a line where others come or go",
                _ => "changes words that come from a template, an include or a value",
            };
            return self.leave(by, at, format!("{what}: “{}”", is.words.text));
        };
        if was.level != is.level || was.kind != is.kind && was.label.is_some() != is.label.is_some() {
            return self.leave(by, at, format!("puts a paragraph at another level: “{}”", is.words.text));
        }
        let mut words = own_text.get(other).unwrap_or_default();
        let mut place = place;
        let base = self.text.get(place.clone()).unwrap_or_default();
        if base.starts_with('[') && was.label.as_ref().is_some_and(|label| label.starts_with('[')) {
            // Of a bracket around all of it what stands in it is changed.
            match (within_bracket(base), within_bracket(words)) {
                (Some(inside), Some(other)) if base.get(..inside.start) == words.get(..other.start) => {
                    place = place.start + inside.start..place.start + inside.end;
                    words = words.get(other).unwrap_or_default();
                }
                _ => return self.leave(by, at, format!("changes a paragraph in brackets: “{}”", is.words.text)),
            }
        }
        if self.text.get(place.clone()).is_some_and(|base| is_written_alike(base, words)) {
            let what = "changes words that a value, a label or a registry writes";
            return self.leave(by, at, format!("{what}: “{}”", is.words.text));
        }
        self.amended.entry((place.start, place.end)).or_default().push((by, words.to_owned()));
    }

    fn gone(&mut self, by: usize, old: &[&Leaf], at: usize) {
        let Some(leaf) = old.first() else { return };
        let can = can_be_bracketed(leaf);
        match self.own_place(leaf).filter(|_| can) {
            Some(place)
                if self.text.get(place.clone()).is_some_and(|words| {
                    // Brackets before a number do not nest.
                    let is_held = words.starts_with('[') && self.round > 1;
                    !is_held && unfit(words, self.round).is_none()
                }) =>
            {
                self.gone.entry((place.start, place.end)).or_default().push(by);
                self.of_gone.insert(place.start, (place.end, leaf.kind, leaf.level));
            }
            _ => self.leave(by, at, format!("takes out what cannot be bracketed: “{}”", leaf.words.text)),
        }
    }

    fn put_in(&mut self, by: usize, own: &Compilation, comparison: &Comparison, nth: usize, behind: Option<usize>) {
        let Some(leaf) = comparison.entries.get(nth).and_then(|entry| comparison.leaves_of(entry).1.first().copied())
        else {
            return;
        };
        let words = own_place(own, leaf)
            .and_then(|place| own.text().get(place).map(str::to_owned))
            .map(|words| without_labels(&words));
        if let (Some(at), Some(words)) = (behind, &words)
            && self.exchanged(by, at, leaf, words)
        {
            return;
        }
        let can = can_be_bracketed(leaf);
        let place = behind.and_then(|at| self.end_of_block(at));
        let left = |work: &mut Self, why: &str| {
            work.leave(by, behind.unwrap_or_default(), format!("puts in {why}: “{}”", leaf.words.text));
        };
        let (Some(words), Some((place, line)), true) = (words, place, can) else {
            return left(self, "what cannot be put into brackets here");
        };
        // What is put between lines that touch could not be taken out again to the byte.
        let behind_it = self.text.get(place..).unwrap_or_default().trim_start_matches([' ', '\t', '\r']);
        let next = behind_it.strip_prefix('\n').map(|rest| rest.trim_start_matches('\r'));
        if !behind_it.is_empty() && !next.is_some_and(|rest| rest.is_empty() || rest.starts_with('\n')) {
            return left(self, "a paragraph between lines that no blank line divides");
        }
        if let Some(why) = unfit(&words, self.round) {
            return left(self, &format!("what cannot be bracketed ({why})"));
        }
        let marker = match &leaf.label {
            None => Marker::None,
            Some(label) if label.starts_with(['–', '-', '•', '—']) => Marker::Own("–".to_owned()),
            Some(_) => match last_label(comparison, nth, leaf) {
                Some(label) => Marker::Behind(label),
                None => return left(self, "a paragraph before the first of its list, for which there is no number"),
            },
        };
        let indent = self.indent_for(comparison, nth, leaf, line);
        let puts = self.put.entry(place).or_default();
        match puts.iter_mut().find(|put| put.words == words && put.marker == marker) {
            Some(put) => put.by.push(by),
            None => puts.push(Put { by: vec![by], marker, words, indent }),
        }
    }

    /// Whether a paragraph takes the place of one that its delegation takes out: then it is
    /// one with other words.
    fn exchanged(&mut self, by: usize, at: usize, leaf: &Leaf, words: &str) -> bool {
        let Some((end, kind, level)) = self.of_gone.get(&at).copied() else { return false };
        let Some(names) = self.gone.get_mut(&(at, end)) else { return false };
        let is_alike = (kind, level) == (leaf.kind, leaf.level);
        let Some(own) = names.iter().position(|other| *other == by).filter(|_| is_alike) else { return false };
        names.remove(own);
        if names.is_empty() {
            self.gone.remove(&(at, end));
        }
        self.amended.entry((at, end)).or_default().push((by, words.to_owned()));
        true
    }

    /// The blanks before the line of what is put in: those of the last block of its kind.
    fn indent_for(&self, comparison: &Comparison, nth: usize, leaf: &Leaf, line: usize) -> String {
        let before = comparison.entries.get(..nth).unwrap_or_default().iter().rev().take(NESTED);
        let alike = before
            .filter_map(|entry| comparison.leaves_of(entry).0.first().copied())
            .find(|other| other.part == leaf.part && other.kind == leaf.kind && other.level == leaf.level);
        let at = alike.and_then(|leaf| self.own_place(leaf)).map_or(line, |place| place.start);
        let start = self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let rest = self.text.get(start..).unwrap_or_default();
        let mut indent: String = rest.chars().take_while(|c| *c == ' ' || *c == '\t').collect();
        // A further text stands deeper than the paragraph that it belongs to.
        if alike.is_none() && leaf.kind == LeafKind::Continuation {
            indent.push_str("    ");
        }
        indent
    }

    /// The innermost block around a place.
    fn block_around(&self, place: Range<usize>) -> Option<Range<usize>> {
        let before = self.blocks.partition_point(|block| block.start <= place.start);
        let near = self.blocks.get(..before)?.iter().rev().take(NESTED);
        near.filter(|block| place.end <= block.end).min_by_key(|block| block.len()).cloned()
    }

    /// Where the block ends that a byte of the base stands in, and where it begins.
    fn end_of_block(&self, at: usize) -> Option<(usize, usize)> {
        let block = self.block_around(at..at + 1)?;
        Some((block.end, block.start))
    }

    fn finish(mut self) -> Consolidated {
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for ((start, end), proposed) in std::mem::take(&mut self.amended) {
            let result = amended(self.text, start..end, &proposed, (&self.names, self.round));
            edits.extend(result.edits);
            for (by, words, why) in result.left {
                self.leave(by, start, format!("“{words}”: {why}"));
            }
        }
        let mut brackets = edits.len();
        for ((start, end), by) in std::mem::take(&mut self.gone) {
            let Some(block) = self.block_around(start..end) else { continue };
            let names: Vec<&str> = by.iter().filter_map(|by| self.names.get(*by)).map(String::as_str).collect();
            edits.push((block.start..block.start, "[".to_owned()));
            edits.push((end..end, format!(" | {}: ]", names.join(", "))));
            brackets += 1;
        }
        for (place, puts) in std::mem::take(&mut self.put) {
            let mut nth: BTreeMap<String, usize> = BTreeMap::new();
            for put in puts {
                let names: Vec<&str> = put.by.iter().filter_map(|by| self.names.get(*by)).map(String::as_str).collect();
                let marker = match &put.marker {
                    Marker::None => String::new(),
                    Marker::Own(marker) => format!("{marker} "),
                    Marker::Behind(label) => {
                        let count = nth.entry(label.clone()).or_default();
                        *count += 1;
                        // A number that stands in brackets already is no other one's.
                        while inserted(label, *count).is_some_and(|marker| self.taken.contains(&marker)) {
                            *count += 1;
                        }
                        match inserted(label, *count) {
                            Some(marker) => format!("{marker} "),
                            None => {
                                for by in &put.by {
                                    self.leave(
                                        *by,
                                        place,
                                        format!("more paragraphs at one place than can be numbered: “{}”", put.words),
                                    );
                                }
                                continue;
                            }
                        }
                    }
                };
                edits.push((place..place, format!("\n\n{}[{}: {marker}{}]", put.indent, names.join(", "), put.words)));
                brackets += 1;
            }
        }
        // What is put in behind a block comes behind its own edits.
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut out, mut at) = (String::with_capacity(self.text.len()), 0);
        for (range, words) in edits {
            if range.start < at {
                continue;
            }
            out.push_str(self.text.get(at..range.start).unwrap_or_default());
            out.push_str(&words);
            at = range.end;
        }
        out.push_str(self.text.get(at..).unwrap_or_default());
        let mut seen = BTreeSet::new();
        self.left.retain(|left| seen.insert((left.name.clone(), left.line, left.words.clone())));
        self.left.sort_by_key(|left| left.line);
        Consolidated { text: out, left: self.left, brackets }
    }
}

/// Whether it can be put in or taken out as a bracket.
fn can_be_bracketed(leaf: &Leaf) -> bool {
    matches!(leaf.kind, LeafKind::Clause | LeafKind::Prose | LeafKind::Item | LeafKind::Continuation)
        && !leaf.quoted
        && !leaf.by_keyword
}

/// Whether the notes of a block differ, which stand behind it.
fn notes_differ(comparison: &Comparison, entries: &[Entry]) -> bool {
    let is_note = |entry: &Entry| {
        let (old, new) = comparison.leaves_of(entry);
        new.first().or(old.first()).is_some_and(|leaf| leaf.kind == LeafKind::Note)
    };
    entries.iter().take_while(|entry| is_note(entry)).any(|entry| entry.what != What::Same)
}

fn own_place(compilation: &Compilation, leaf: &Leaf) -> Option<Range<usize>> {
    let place = compilation.place_of(leaf.anchor?)?;
    let is_own = place.file == compilation.file && place.chain == Chain::default() && place != Span::default();
    (is_own && !place.range().is_empty()).then(|| place.range())
}

/// The label of the last item of the level of a new one, before it.
fn last_label(comparison: &Comparison, nth: usize, leaf: &Leaf) -> Option<String> {
    for entry in comparison.entries.get(..nth)?.iter().rev().take(NESTED) {
        let Some(other) = comparison.leaves_of(entry).0.first().copied() else { continue };
        if other.part != leaf.part || other.kind == LeafKind::Item && other.level < leaf.level {
            return None;
        }
        if other.kind == LeafKind::Item && other.level == leaf.level {
            return other.label.clone();
        }
    }
    None
}

/// Words of a paragraph on one line, without its labels, which are the author's.
fn without_labels(words: &str) -> String {
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
    let mut out = lines.join(" ");
    while let Some(start) = out.find("{#") {
        let Some(end) = out.get(start..).and_then(|rest| rest.find('}')) else { break };
        out.replace_range(start..start + end + 1, "");
    }
    out.trim().to_owned()
}
