//! Edits of an author's text, tried before they are made: those after which it would not print
//! what the file has are left.

use std::ops::Range;

use super::edit::Hunk;
use super::proof::bare;
use super::spots::Spot;

/// So many texts are tried at the most to find the edits that do not come out as they should.
const MAX_TRIALS: usize = 48;

/// The author's text with the edits, and what was not applied.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried {
    pub text: String,
    /// Each with the line of the author's text that it is about.
    pub left: Vec<(usize, String)>,
}

/// What an edit does to what is printed.
#[derive(Clone, Debug)]
pub(super) enum Effect {
    /// Words of a spot became others.
    Words(usize, Hunk),
    Gone(usize),
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
    fn expected(&self, edits: &[&Edit]) -> String {
        let mut out = String::new();
        let put = |behind: Option<usize>, out: &mut String| {
            for edit in edits {
                if let Effect::New(after, new) = edit.effect
                    && after == behind
                {
                    out.push_str(&bare(&self.new.get(new).map(|spot| spot.words.clone()).unwrap_or_default()));
                    out.push('\n');
                }
            }
        };
        put(None, &mut out);
        for (at, spot) in self.old.iter().enumerate() {
            let is_gone = edits.iter().any(|edit| matches!(edit.effect, Effect::Gone(gone) if gone == at));
            if !is_gone {
                let mut words: Vec<char> = spot.words.chars().collect();
                let mut own: Vec<&Hunk> = edits
                    .iter()
                    .filter_map(|edit| match &edit.effect {
                        Effect::Words(of, hunk) if *of == at => Some(hunk),
                        _ => None,
                    })
                    .collect();
                own.sort_by_key(|hunk| std::cmp::Reverse((hunk.old.start, hunk.old.end)));
                for hunk in own {
                    let end = hunk.old.end.min(words.len());
                    words.splice(hunk.old.start.min(end)..end, hunk.new.chars());
                }
                let words = bare(&words.into_iter().collect::<String>());
                if !words.is_empty() {
                    out.push_str(&words);
                    out.push('\n');
                }
            }
            put(Some(at), &mut out);
        }
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
                printed.is_some_and(|spots| shown(&spots) == self.expected(&all))
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
        Carried { text, left }
    }
}

/// What a text prints, spot by spot.
fn shown(spots: &[Spot]) -> String {
    let words = spots.iter().map(|spot| bare(&spot.words)).filter(|words| !words.is_empty());
    words.map(|words| words + "\n").collect()
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
