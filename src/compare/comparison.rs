//! Two drafts beside each other: what each block became.

use std::collections::{BTreeMap, BTreeSet};

use super::align::{Drafts, Match};
use super::cite::Cite;
use super::leaf::{Leaf, LeafKind, Leaves};
use super::leftover;
use super::pair::{self, Follows, Op, Segment};
use super::side::Side;
use super::words::{WordKind, Words};
use crate::model::Anchor;

/// Two drafts beside each other.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Comparison {
    /// The old draft, block by block.
    pub old: Leaves,
    /// The new one.
    pub new: Leaves,
    /// What each block became, in the order of the new draft; what is gone stands where it
    /// stood.
    pub entries: Vec<Entry>,
    /// What the two are, where that is not the same: types of document.
    pub kinds: Option<(String, String)>,
}

/// What a block became, or several that were joined.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// What became of it.
    pub what: What,
    /// Which leaves of the old draft it was.
    pub old: Vec<usize>,
    /// Which leaves of the new one it is.
    pub new: Vec<usize>,
    /// The words of both, where they were compared: of several leaves put together.
    pub words: Option<(Words, Words)>,
    /// What became of the words.
    pub segments: Vec<Segment>,
    /// What kinds of change there are.
    pub changes: Vec<Change>,
}

/// What became of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Nothing; its number may follow.
    Same,
    /// It has other words, or other marks.
    Changed,
    /// It stands elsewhere; its words may be others.
    Moved,
    /// It was divided.
    Divided,
    /// It was joined with others.
    Joined,
    /// It is new.
    New,
    /// It is gone.
    Gone,
}

impl What {
    /// The name that programs are told.
    pub fn name(self) -> &'static str {
        match self {
            What::Same => "same",
            What::Changed => "changed",
            What::Moved => "moved",
            What::Divided => "divided",
            What::Joined => "joined",
            What::New => "new",
            What::Gone => "gone",
        }
    }
}

/// A kind of change within a block.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Other words.
    Words,
    /// Other figures or days, and nothing else.
    Figures,
    /// Another instrument, or another place in one: what was cited, and what is.
    References {
        /// No longer cited.
        gone: Vec<Cite>,
        /// Cited now.
        new: Vec<Cite>,
    },
    /// Brackets: how many, and of whom, were settled and opened.
    Brackets {
        /// The names of brackets that are gone.
        settled: Vec<String>,
        /// The names of those that are new.
        opened: Vec<String>,
    },
    /// Emphasis.
    Emphasis,
    /// Marks of footnotes.
    Notes,
    /// It is another kind of block, or stands deeper or less deep.
    Place,
}

impl Change {
    /// The name that programs are told.
    pub fn name(&self) -> &'static str {
        match self {
            Change::Words => "words",
            Change::Figures => "figures",
            Change::References { .. } => "references",
            Change::Brackets { .. } => "brackets",
            Change::Emphasis => "emphasis",
            Change::Notes => "notes",
            Change::Place => "place",
        }
    }
}

impl Comparison {
    /// Compares two drafts in one language.
    pub fn of(old: &Side<'_>, new: &Side<'_>) -> Comparison {
        let (old_leaves, new_leaves) = (Leaves::of(old), Leaves::of(new));
        let drafts = Drafts::of((&old_leaves, old), (&new_leaves, new));
        let matches = leftover::matches(&drafts);
        drop(drafts);
        let entries = entries(&old_leaves, &new_leaves, &matches);
        let kinds =
            (old.document.kind != new.document.kind).then(|| (old.document.kind.clone(), new.document.kind.clone()));
        Comparison { old: old_leaves, new: new_leaves, entries, kinds }
    }

    /// Whether anything differs that is printed.
    pub fn differs(&self) -> bool {
        self.kinds.is_some()
            || self.entries.iter().any(|entry| entry.what != What::Same || self.label_of(entry).is_some())
    }

    /// The leaves of an entry, old and new.
    pub fn leaves_of<'c>(&'c self, entry: &Entry) -> (Vec<&'c Leaf>, Vec<&'c Leaf>) {
        let of = |leaves: &'c Leaves, at: &[usize]| at.iter().filter_map(|at| leaves.list.get(*at)).collect();
        (of(&self.old, &entry.old), of(&self.new, &entry.new))
    }

    /// The old and the new number of an entry, as they are printed, where they differ.
    pub fn label_of(&self, entry: &Entry) -> Option<(String, String)> {
        let (old, new) = self.leaves_of(entry);
        let label = |leaves: &[&Leaf]| leaves.first().and_then(|leaf| leaf.label.clone()).unwrap_or_default();
        let (old, new) = (label(&old), label(&new));
        (!entry.old.is_empty() && !entry.new.is_empty() && old != new).then_some((old, new))
    }

    /// The words of an entry, old and new.
    pub fn words_of<'c>(&'c self, entry: &'c Entry) -> (Option<&'c Words>, Option<&'c Words>) {
        if let Some((old, new)) = &entry.words {
            return (Some(old), Some(new));
        }
        let (old, new) = self.leaves_of(entry);
        (old.first().map(|leaf| &leaf.words), new.first().map(|leaf| &leaf.words))
    }
}

/// What each block became.
fn entries(old: &Leaves, new: &Leaves, matches: &[Match]) -> Vec<Entry> {
    let mut follows: BTreeMap<Anchor, Anchor> = BTreeMap::new();
    for pair in matches {
        let first = |leaves: &Leaves, at: &[usize]| at.first().and_then(|at| leaves.list.get(*at)?.anchor);
        if let (Some(old), Some(new)) = (first(old, &pair.old), first(new, &pair.new)) {
            follows.entry(old).or_insert(new);
        }
    }
    let compared: BTreeSet<Anchor> = new.list.iter().filter_map(|leaf| leaf.anchor).collect();
    let follows = Follows { old: &|anchor| follows.get(&anchor).copied(), new: &|anchor| compared.contains(&anchor) };
    let mut by_new: BTreeMap<usize, &Match> = BTreeMap::new();
    let mut used_old = vec![false; old.list.len()];
    let mut used_new = vec![false; new.list.len()];
    for pair in matches {
        by_new.extend(pair.new.first().map(|first| (*first, pair)));
        pair.old.iter().for_each(|at| used_old[*at] = true);
        pair.new.iter().for_each(|at| used_new[*at] = true);
    }
    // Behind which new leaf each one that is gone stood.
    let mut gone: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut stands: Vec<Option<usize>> = vec![None; old.list.len()];
    for pair in matches.iter().filter(|pair| !pair.moved) {
        for at in &pair.old {
            stands[*at] = pair.new.last().copied();
        }
    }
    let mut last = None;
    for (at, used) in used_old.iter().enumerate() {
        last = stands[at].or(last);
        if !used {
            gone.entry(last).or_default().push(at);
        }
    }
    let removed = |behind: Option<usize>| -> Vec<Entry> {
        gone.get(&behind).into_iter().flatten().map(|at| alone(What::Gone, vec![*at], Vec::new())).collect()
    };
    let mut entries = removed(None);
    for (at, is_used) in used_new.iter().enumerate() {
        if let Some(pair) = by_new.get(&at) {
            entries.push(entry(old, new, pair, follows));
        } else if !is_used {
            entries.push(alone(What::New, Vec::new(), vec![at]));
        }
        entries.extend(removed(Some(at)));
    }
    entries
}

fn alone(what: What, old: Vec<usize>, new: Vec<usize>) -> Entry {
    Entry { what, old, new, words: None, segments: Vec::new(), changes: Vec::new() }
}

fn entry(old: &Leaves, new: &Leaves, pair: &Match, follows: Follows<'_>) -> Entry {
    let of = |leaves: &Leaves, at: &[usize]| -> Words {
        let mut leaves = at.iter().filter_map(|at| leaves.list.get(*at));
        let mut words = leaves.next().map(|leaf| leaf.words.clone()).unwrap_or_default();
        leaves.for_each(|leaf| words.join(&leaf.words));
        words
    };
    let is_one = pair.old.len() == 1 && pair.new.len() == 1;
    let (was, is) = (of(old, &pair.old), of(new, &pair.new));
    let segments = pair::compare(&was, &is, follows);
    let leaf = |leaves: &'_ Leaves, at: &[usize]| at.first().and_then(|at| leaves.list.get(*at)).cloned();
    let (first_old, first_new) = (leaf(old, &pair.old), leaf(new, &pair.new));
    let cites = |leaves: &Leaves, at: &[usize]| -> Vec<Cite> {
        at.iter().filter_map(|at| leaves.list.get(*at)).flat_map(|leaf| leaf.cites.clone()).collect()
    };
    let exchanged = exchanged(cites(old, &pair.old), cites(new, &pair.new));
    let mut changes = kinds(&was, &is, &segments, exchanged.is_some());
    changes.extend(exchanged);
    if let (Some(old), Some(new)) = (&first_old, &first_new)
        && ((old.kind, old.level, old.quoted) != (new.kind, new.level, new.quoted)
            || old.label.is_some() != new.label.is_some())
    {
        changes.push(Change::Place);
    }
    let opens = |leaf: &Option<Leaf>| {
        leaf.as_ref().and_then(|leaf| leaf.label.as_ref()).is_some_and(|label| label.starts_with('['))
    };
    match (opens(&first_old), opens(&first_new)) {
        (false, true) => changes.push(Change::Brackets { settled: Vec::new(), opened: vec![String::new()] }),
        (true, false) => changes.push(Change::Brackets { settled: vec![String::new()], opened: Vec::new() }),
        _ => {}
    }
    changes.sort();
    let what = match (pair.old.len(), pair.new.len()) {
        _ if pair.moved => What::Moved,
        (_, 2..) => What::Divided,
        (2.., _) => What::Joined,
        _ if !changes.is_empty() => What::Changed,
        _ => What::Same,
    };
    let words = (!is_one).then_some((was, is));
    Entry { what, old: pair.old.clone(), new: pair.new.clone(), words, segments, changes }
}

/// What kinds of change the words have.
fn kinds(old: &Words, new: &Words, segments: &[Segment], is_exchanged: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    let changed = |op: Op| segments.iter().filter(move |segment| segment.op == op);
    let gone = changed(Op::Gone).flat_map(|segment| old.words.get(segment.old.clone()).unwrap_or_default());
    let put = changed(Op::New).flat_map(|segment| new.words.get(segment.new.clone()).unwrap_or_default());
    let brackets = brackets_changed(old, new);
    let (mut has_words, mut has_figures, mut has_notes, mut has_signs) = (false, false, false, false);
    for word in gone.chain(put) {
        // What came and went with a bracket is told of it.
        if brackets.is_some() && word.style.brackets > 0 {
            continue;
        }
        match word.kind {
            WordKind::Number | WordKind::Date => has_figures = true,
            WordKind::NoteMark => has_notes = true,
            WordKind::Blank | WordKind::Sign => has_signs = true,
            // Brackets are counted by themselves, and references by what they cite.
            WordKind::Bracket | WordKind::Name | WordKind::Paragraph => {}
            WordKind::Reference if is_exchanged => {}
            WordKind::Word | WordKind::Reference | WordKind::Link(_) | WordKind::Gap | WordKind::Cell => {
                has_words = true;
            }
        }
    }
    let has_other = has_figures || has_notes || brackets.is_some() || is_exchanged;
    if has_words || has_signs && !has_other {
        changes.push(Change::Words);
    } else if has_figures {
        changes.push(Change::Figures);
    }
    if has_notes {
        changes.push(Change::Notes);
    }
    if changed(Op::Restyled).next().is_some() {
        changes.push(Change::Emphasis);
    }
    changes.extend(brackets);
    changes
}

/// Instruments that are cited on one side alone.
fn exchanged(mut old: Vec<Cite>, mut new: Vec<Cite>) -> Option<Change> {
    for list in [&mut old, &mut new] {
        list.sort();
        list.dedup();
    }
    let gone: Vec<Cite> = old.iter().filter(|cite| !new.contains(cite)).cloned().collect();
    let put: Vec<Cite> = new.iter().filter(|cite| !old.contains(cite)).cloned().collect();
    (!gone.is_empty() || !put.is_empty()).then_some(Change::References { gone, new: put })
}

/// Brackets of one side alone, each with its names.
fn brackets_changed(old: &Words, new: &Words) -> Option<Change> {
    let (mut settled, mut opened) = (old.brackets(), new.brackets());
    settled.retain(|names| match opened.iter().position(|other| other == names) {
        Some(at) => {
            opened.remove(at);
            false
        }
        None => true,
    });
    (!settled.is_empty() || !opened.is_empty()).then_some(Change::Brackets { settled, opened })
}

/// Whether a leaf has a number of its own that others follow.
pub(super) fn is_counted(leaf: &Leaf) -> bool {
    leaf.label.is_some() && matches!(leaf.kind, LeafKind::Item | LeafKind::Heading | LeafKind::Note)
}
