//! Edits of an author's text, tried before they are made: those after which it would not print
//! what the file has are left.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::edit::Hunk;
use super::proof::bare;
use super::spots::{Spot, SpotKind};

/// So many texts are tried at the most to find the edits that do not come out as they should.
const MAX_TRIALS: usize = 48;

/// The author's text with the edits, and what was not applied.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried {
    pub text: String,
    /// Each with the line of the author's text that it is about.
    pub left: Vec<(usize, String)>,
    /// What the text prints, spot by spot, those without words left out.
    pub order: Vec<Whence>,
    /// The spots that go on in the paragraph before them now.
    pub joined: BTreeSet<usize>,
    /// Of each spot of the file that came back, which one it is or is put in behind.
    pub places: BTreeMap<usize, Place>,
}

/// Which spot of the author's text one of the file is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// None where it is new.
    pub old: Option<usize>,
    /// The byte where its block begins, or the one behind which it is new.
    pub at: usize,
}

/// What a spot that a text prints was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whence {
    /// A spot that it printed before.
    Old(usize),
    /// A new one of the file that came back.
    New(usize),
}

/// What an edit does to what is printed.
#[derive(Clone, Debug)]
pub(super) enum Effect {
    /// Words of a spot became others.
    Words(usize, Hunk),
    Gone(usize),
    /// A spot goes on in the paragraph before it.
    Joined(usize),
    New(Option<usize>, usize),
}

#[derive(Clone, Debug)]
pub(super) struct Edit {
    pub place: Range<usize>,
    pub with: String,
    pub effect: Effect,
}

/// The text, and what it printed and is to print.
pub(super) struct Trial<'b> {
    pub source: &'b str,
    pub old: &'b [Spot],
    pub new: &'b [Spot],
}

/// The line that a byte stands in.
pub(super) fn line_of(source: &str, at: usize) -> usize {
    source.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
}

impl Trial<'_> {
    /// What is printed with some of the edits.
    fn expected(&self, edits: &[&Edit]) -> Vec<(Whence, String)> {
        let mut words_of: BTreeMap<usize, Vec<&Hunk>> = BTreeMap::new();
        let mut behind: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        let (mut gone, mut joined) = (BTreeSet::new(), BTreeSet::new());
        for edit in edits {
            match &edit.effect {
                Effect::Words(at, hunk) => words_of.entry(*at).or_default().push(hunk),
                Effect::Gone(at) => _ = gone.insert(*at),
                Effect::Joined(at) => _ = joined.insert(*at),
                Effect::New(after, new) => behind.entry(*after).or_default().push(*new),
            }
        }
        let mut out: Vec<(Whence, String)> = Vec::new();
        let put = |after: Option<usize>, out: &mut Vec<(Whence, String)>| {
            for new in behind.get(&after).into_iter().flatten() {
                out.push((Whence::New(*new), self.new.get(*new).map(|spot| bare(&spot.words)).unwrap_or_default()));
            }
        };
        put(None, &mut out);
        // The line of the paragraph that is open: its notes have lines behind it.
        let mut paragraph = 0;
        for (at, spot) in self.old.iter().enumerate() {
            if !gone.contains(&at) {
                let hunks = words_of.remove(&at).unwrap_or_default();
                let words = bare(&changed(&spot.words, hunks));
                match out.get_mut(paragraph).filter(|_| joined.contains(&at)) {
                    Some((_, before)) => before.push_str(&words),
                    None => {
                        if spot.kind != SpotKind::Note {
                            paragraph = out.len();
                        }
                        out.push((Whence::Old(at), words));
                    }
                }
            }
            put(Some(at), &mut out);
        }
        out.retain(|(_, words)| !words.is_empty());
        out
    }

    /// Applies the edits that come out as they should.
    pub fn applied(
        &self,
        edits: &[Edit],
        mut left: Vec<(usize, String)>,
        tried: &dyn Fn(&str) -> Option<Vec<Spot>>,
    ) -> Carried {
        let (mut good, mut refused): (Vec<&Edit>, Vec<&Edit>) = (Vec::new(), Vec::new());
        let mut open: Vec<Range<usize>> = std::iter::once(0..edits.len()).collect();
        let mut trials = MAX_TRIALS;
        while let Some(range) = open.pop() {
            let some: Vec<&Edit> = edits.get(range.clone()).unwrap_or_default().iter().collect();
            if some.is_empty() {
                continue;
            }
            let all: Vec<&Edit> = good.iter().copied().chain(some.iter().copied()).collect();
            let fits = trials > 0 && {
                trials -= 1;
                let printed = applied(self.source, &all).and_then(|text| tried(&text));
                let expected = self.expected(&all);
                printed.is_some_and(|spots| shown(&spots).eq(expected.iter().map(|(_, words)| words.clone())))
            };
            if fits {
                good = all;
            } else if some.len() == 1 || trials == 0 {
                refused.extend(some);
            } else {
                let middle = range.start + some.len() / 2;
                open.extend([middle..range.end, range.start..middle]);
            }
        }
        for edit in refused {
            let what = match &edit.effect {
                Effect::Words(spot, hunk) => {
                    let words = self.old.get(*spot).map_or("", |spot| spot.words.as_str());
                    let before: String = words.chars().skip(hunk.old.start).take(hunk.old.len()).collect();
                    format!(
                        "“{}” became “{}”: it would be printed otherwise than it stands there",
                        before.trim(),
                        hunk.new.trim()
                    )
                }
                Effect::Gone(spot) => {
                    let words = self.old.get(*spot).map_or("", |spot| spot.words.as_str());
                    format!("“{words}” is taken out: what is left would not be printed as it stands there")
                }
                Effect::Joined(spot) => {
                    let words = self.old.get(*spot).map_or("", |spot| spot.words.as_str());
                    format!("“{words}” is joined to the paragraph before it: it would be printed otherwise")
                }
                Effect::New(_, new) => {
                    let words = self.new.get(*new).map_or("", |spot| spot.words.as_str());
                    format!("is put in: “{words}”: it would be printed otherwise than it stands there")
                }
            };
            let line = line_of(self.source, edit.place.start);
            left.push((line, what));
        }
        let text = applied(self.source, &good).unwrap_or_else(|| self.source.to_owned());
        left.sort_by_key(|(line, _)| *line);
        let order = self.expected(&good).into_iter().map(|(whence, _)| whence).collect();
        let joined = |edit: &&Edit| if let Effect::Joined(at) = edit.effect { Some(at) } else { None };
        let joined = good.iter().filter_map(joined).collect();
        Carried { text, left, order, joined, places: BTreeMap::new() }
    }
}

/// What a text prints, spot by spot.
fn shown(spots: &[Spot]) -> impl Iterator<Item = String> {
    spots.iter().map(|spot| bare(&spot.words)).filter(|words| !words.is_empty())
}

/// Words with what became of them.
fn changed(words: &str, mut hunks: Vec<&Hunk>) -> String {
    let mut words: Vec<char> = words.chars().collect();
    hunks.sort_by_key(|hunk| std::cmp::Reverse((hunk.old.start, hunk.old.end)));
    for hunk in hunks {
        let end = hunk.old.end.min(words.len());
        words.splice(hunk.old.start.min(end)..end, hunk.new.chars());
    }
    words.into_iter().collect()
}

/// The text with edits; none where two of them lie over each other.
fn applied(source: &str, edits: &[&Edit]) -> Option<String> {
    let mut sorted: Vec<&&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.place.start, edit.place.end));
    let (mut out, mut at) = (String::with_capacity(source.len()), 0);
    for edit in sorted {
        if edit.place.start < at {
            return None;
        }
        out.push_str(source.get(at..edit.place.start)?);
        out.push_str(&edit.with);
        at = edit.place.end;
    }
    out.push_str(source.get(at..)?);
    Some(out)
}
