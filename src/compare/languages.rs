//! Which block of one language is which of another: by what no language changes, in the
//! order of the text. One paragraph that is missing is one that is missing, whatever numbers
//! follow it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fingerprint::{Fingerprint, apart, figures_apart, is_telling};
use super::leaf::{InPart, Leaf, LeafKind, Leaves};

/// So many pairs of blocks are looked at for a stretch of text; beyond that those near the
/// same place.
const PAIRS: usize = 300_000;
/// So many pairs are looked at in any case, half on each side of the diagonal.
const CELLS: usize = 3_000_000;
/// What a block without a counterpart costs.
const ALONE: f64 = -0.9;
/// What two blocks for one cost.
const TWO: f64 = -1.1;
/// The shortest block that is found again by its length alone.
const LONG: usize = 60;

/// A text in one language.
pub(super) struct Version<'a> {
    pub leaves: &'a Leaves,
    pub prints: Vec<Fingerprint>,
}

/// Which block is which.
#[derive(Clone, Debug, Default)]
pub(super) struct Aligned {
    /// Blocks of the one and the other, one of each or two of one.
    pub pairs: Vec<(Vec<usize>, Vec<usize>)>,
    /// Blocks of the first text alone, and of the second.
    pub missing: Vec<usize>,
    pub extra: Vec<usize>,
    /// Blocks that stand elsewhere.
    pub elsewhere: Vec<(usize, usize)>,
}

/// Aligns two languages. Lines of the first page are compared by their keys.
pub(super) fn aligned(a: &Version<'_>, b: &Version<'_>) -> Aligned {
    let is_compared = |leaf: &Leaf| !matches!(leaf.kind, LeafKind::Head | LeafKind::By);
    let parts = |leaves: &Leaves| -> Vec<Vec<usize>> {
        let mut parts: Vec<Vec<usize>> = vec![Vec::new(); leaves.parts.len()];
        for (at, leaf) in leaves.list.iter().enumerate().filter(|(_, leaf)| is_compared(leaf)) {
            if let Some(part) = parts.get_mut(leaf.part) {
                part.push(at);
            }
        }
        parts
    };
    let (of_a, of_b) = (parts(a.leaves), parts(b.leaves));
    let align = |ratio: f64| {
        let mut aligner = Aligner { a, b, ratio, aligned: Aligned::default() };
        match parts_of_both(a.leaves, b.leaves) {
            Some(parts) => {
                let none = Vec::new();
                let of =
                    |parts: &[Vec<usize>], at: Option<usize>| at.and_then(|at| parts.get(at)).unwrap_or(&none).clone();
                parts.iter().for_each(|(a, b)| aligner.stretch(&of(&of_a, *a), &of(&of_b, *b)));
            }
            None => aligner.stretch(&of_a.concat(), &of_b.concat()),
        }
        aligner.elsewhere();
        aligner.aligned
    };
    let length = |prints: &[Fingerprint], at: &mut dyn Iterator<Item = usize>| -> f64 {
        at.filter_map(|at| prints.get(at)).map(|print| print.length as f64).sum::<f64>().max(1.0)
    };
    let first = length(&b.prints, &mut (0..b.prints.len())) / length(&a.prints, &mut (0..a.prints.len()));
    let aligned = align(first.clamp(SHORTEST, LONGEST));
    // Without what only one of them has.
    let in_a = length(&a.prints, &mut aligned.pairs.iter().flat_map(|(a, _)| a.clone()));
    let in_b = length(&b.prints, &mut aligned.pairs.iter().flat_map(|(_, b)| b.clone()));
    let again = (in_b / in_a).clamp(SHORTEST, LONGEST);
    if (again / first).ln().abs() > 0.04 { align(again) } else { aligned }
}

/// How much shorter and longer a language is than another at the most.
const SHORTEST: f64 = 0.6;
const LONGEST: f64 = 1.7;

/// Which part is which: in a volume those of texts with one symbol, else all in their
/// order; none where they are not of the same kinds.
fn parts_of_both(a: &Leaves, b: &Leaves) -> Option<Vec<(Option<usize>, Option<usize>)>> {
    let kinds = |leaves: &Leaves| leaves.parts.iter().map(|part| part.kind).collect::<Vec<_>>();
    let is_volume = |leaves: &Leaves| leaves.parts.iter().any(|part| part.member.is_some());
    if !is_volume(a) && !is_volume(b) {
        let both = |at: usize| (Some(at), Some(at));
        return (kinds(a) == kinds(b)).then(|| (0..a.parts.len()).map(both).collect());
    }
    let keys = |leaves: &Leaves| {
        let mut seen: BTreeMap<Option<String>, usize> = BTreeMap::new();
        let key = |part: &InPart| {
            let nth = seen.entry(part.member.clone()).or_default();
            *nth += 1;
            (part.member.clone(), *nth)
        };
        leaves.parts.iter().map(key).collect::<Vec<_>>()
    };
    let (keys_a, keys_b) = (keys(a), keys(b));
    let there: BTreeMap<_, usize> = keys_b.iter().enumerate().map(|(at, key)| (key, at)).collect();
    let mut used = vec![false; keys_b.len()];
    let mut parts = Vec::new();
    for (at, key) in keys_a.iter().enumerate() {
        let other = there.get(key).copied();
        if let Some(used) = other.and_then(|other| used.get_mut(other)) {
            *used = true;
        }
        parts.push((Some(at), other));
    }
    parts.extend(used.iter().enumerate().filter(|(_, used)| !**used).map(|(at, _)| (None, Some(at))));
    Some(parts)
}

struct Aligner<'v, 'a> {
    a: &'v Version<'a>,
    b: &'v Version<'a>,
    /// How much longer the second language is.
    ratio: f64,
    aligned: Aligned,
}

/// How a cell of the table was reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Start,
    Pair,
    Missing,
    Extra,
    /// One block of the first text, two of the second.
    Divided,
    Joined,
}

impl Aligner<'_, '_> {
    fn stretch(&mut self, a: &[usize], b: &[usize]) {
        let (rows, columns) = (a.len(), b.len());
        // A band along the diagonal, as wide as there is room for.
        let most = (CELLS / (rows + 1)).max(32);
        let half = (PAIRS / (rows + 1) / 2).max(rows.abs_diff(columns) + 8).min(most);
        let band = |row: usize| -> Range<usize> {
            let middle = (row * columns).checked_div(rows).unwrap_or_default();
            middle.saturating_sub(half)..(middle + half + 1).min(columns + 1)
        };
        let mut scores: Vec<Vec<f64>> = Vec::with_capacity(rows + 1);
        let mut steps: Vec<Vec<Step>> = Vec::with_capacity(rows + 1);
        for row in 0..=rows {
            let range = band(row);
            scores.push(vec![f64::NEG_INFINITY; range.len()]);
            steps.push(vec![Step::Start; range.len()]);
            for column in range.clone() {
                let at = |row: usize, column: usize| {
                    let cells: Option<&Vec<f64>> = scores.get(row);
                    let inside = column.checked_sub(band(row).start);
                    cells.zip(inside).and_then(|(cells, at)| cells.get(at)).copied().unwrap_or(f64::NEG_INFINITY)
                };
                let mut best =
                    if row == 0 && column == 0 { (0.0, Step::Start) } else { (f64::NEG_INFINITY, Step::Start) };
                let mut offer = |score: f64, step: Step| {
                    if score > best.0 {
                        best = (score, step);
                    }
                };
                if row > 0 && column > 0 {
                    offer(at(row - 1, column - 1) + self.score(&a[row - 1..row], &b[column - 1..column]), Step::Pair);
                }
                if row > 0 {
                    offer(at(row - 1, column) + ALONE, Step::Missing);
                }
                if column > 0 {
                    offer(at(row, column - 1) + ALONE, Step::Extra);
                }
                if row > 0 && column > 1 {
                    offer(
                        at(row - 1, column - 2) + TWO + self.score(&a[row - 1..row], &b[column - 2..column]),
                        Step::Divided,
                    );
                }
                if row > 1 && column > 0 {
                    offer(
                        at(row - 2, column - 1) + TWO + self.score(&a[row - 2..row], &b[column - 1..column]),
                        Step::Joined,
                    );
                }
                if let (Some(scores), Some(steps)) = (scores.last_mut(), steps.last_mut()) {
                    scores[column - range.start] = best.0;
                    steps[column - range.start] = best.1;
                }
            }
        }
        self.read_back(a, b, |row, column| {
            let inside = column.checked_sub(band(row).start);
            inside.and_then(|at| steps.get(row)?.get(at)).copied().unwrap_or(Step::Start)
        });
    }

    fn read_back(&mut self, a: &[usize], b: &[usize], step: impl Fn(usize, usize) -> Step) {
        let (mut row, mut column) = (a.len(), b.len());
        let mut found = Aligned::default();
        while row > 0 || column > 0 {
            let (up, left) = match step(row, column) {
                Step::Pair => (1, 1),
                Step::Divided => (1, 2),
                Step::Joined => (2, 1),
                Step::Missing => (1, 0),
                Step::Extra => (0, 1),
                // Beyond the band nothing is known.
                Step::Start => (row.min(1), column.min(1)),
            };
            let (next_row, next_column) = (row.saturating_sub(up), column.saturating_sub(left));
            let (olds, news) = (&a[next_row..row], &b[next_column..column]);
            match (up, left) {
                (1.., 0) => found.missing.extend(olds),
                (0, 1..) => found.extra.extend(news),
                _ => found.pairs.push((olds.to_vec(), news.to_vec())),
            }
            (row, column) = (next_row, next_column);
        }
        found.pairs.reverse();
        found.missing.reverse();
        found.extra.reverse();
        self.aligned.pairs.extend(found.pairs);
        self.aligned.missing.extend(found.missing);
        self.aligned.extra.extend(found.extra);
    }

    /// How well blocks fit each other: one of each, or two of one.
    fn score(&self, a: &[usize], b: &[usize]) -> f64 {
        let (Some(at_a), Some(at_b)) = (a.first(), b.first()) else { return f64::NEG_INFINITY };
        let (Some(first_a), Some(first_b)) = (self.a.leaves.list.get(*at_a), self.b.leaves.list.get(*at_b)) else {
            return f64::NEG_INFINITY;
        };
        let kinds = kinds(first_a, first_b);
        if kinds == f64::NEG_INFINITY {
            return kinds;
        }
        let is_one = a.len() == 1 && b.len() == 1;
        if !is_one {
            let is_text = |leaves: &Leaves, at: &[usize]| {
                at.iter().filter_map(|at| leaves.list.get(*at)).all(|leaf| {
                    matches!(leaf.kind, LeafKind::Clause | LeafKind::Prose | LeafKind::Item | LeafKind::Continuation)
                })
            };
            if !is_text(self.a.leaves, a) || !is_text(self.b.leaves, b) {
                return f64::NEG_INFINITY;
            }
            let long = |prints: &[Fingerprint], at: &[usize]| Fingerprint {
                length: at.iter().filter_map(|at| prints.get(*at)).map(|print| print.length).sum(),
                ..Fingerprint::default()
            };
            // Most are told by their length, which costs nothing.
            let fits = length(&long(&self.a.prints, a), &long(&self.b.prints, b), self.ratio);
            if fits < -0.4 {
                return f64::NEG_INFINITY;
            }
            return kinds + witnesses(&together(&self.a.prints, a), &together(&self.b.prints, b)) + fits;
        }
        let (Some(a), Some(b)) = (self.a.prints.get(*at_a), self.b.prints.get(*at_b)) else { return f64::NEG_INFINITY };
        kinds + witnesses(a, b) + length(a, b, self.ratio)
    }

    /// Blocks of both sides that were left and are one all the same.
    fn elsewhere(&mut self) {
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        let (missing, extra) = (&self.aligned.missing, &self.aligned.extra);
        if missing.len().saturating_mul(extra.len()) > PAIRS {
            return;
        }
        for a in missing {
            for b in extra {
                let (Some(print_a), Some(print_b)) = (self.a.prints.get(*a), self.b.prints.get(*b)) else { continue };
                let same_kind = self.a.leaves.list.get(*a).map(|leaf| leaf.kind)
                    == self.b.leaves.list.get(*b).map(|leaf| leaf.kind);
                let witness = witnesses(print_a, print_b);
                let fits = length(print_a, print_b, self.ratio);
                let is_sure = is_telling(print_a) && witness > 0.9 && fits > -0.8
                    || witness >= 0.0 && fits > -0.06 && print_a.length.min(print_b.length) >= LONG;
                if same_kind && is_sure {
                    pairs.push((witness + fits, *a, *b));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, a, b) in pairs {
            let Aligned { missing, extra, elsewhere, .. } = &mut self.aligned;
            let (Some(in_a), Some(in_b)) =
                (missing.iter().position(|at| *at == a), extra.iter().position(|at| *at == b))
            else {
                continue;
            };
            missing.remove(in_a);
            extra.remove(in_b);
            elsewhere.push((a, b));
        }
    }
}

/// Two blocks as one.
pub(super) fn together(prints: &[Fingerprint], at: &[usize]) -> Fingerprint {
    let mut whole = Fingerprint::default();
    for print in at.iter().filter_map(|at| prints.get(*at)) {
        whole.cites.extend(print.cites.clone());
        whole.figures.extend(print.figures.clone());
        whole.in_words.extend(print.in_words.clone());
        whole.notes += print.notes;
        whole.brackets.extend(print.brackets.clone());
        whole.alternatives += print.alternatives;
        whole.named.extend(print.named.clone());
        whole.cells += print.cells;
        whole.labels.extend(print.labels.clone());
        whole.cognates.extend(print.cognates.clone());
        whole.links.extend(print.links.clone());
        whole.length += print.length;
    }
    whole.cognates.sort_unstable();
    whole.cognates.dedup();
    whole
}

/// How well the kinds, the levels and the numbers of two blocks fit.
fn kinds(a: &Leaf, b: &Leaf) -> f64 {
    use LeafKind::{Clause, Continuation, Heading, Item, Note, Opening, Prose, Row, Title};
    let kind = match (a.kind, b.kind) {
        (a, b) if a == b => 0.9,
        (Opening | Clause | Prose, Opening | Clause | Prose) => 0.5,
        (Item | Continuation | Clause | Prose, Item | Continuation | Clause | Prose) => 0.1,
        (Heading, Item | Prose | Clause) | (Item | Prose | Clause, Heading) => -1.2,
        (Note | Row | Title, _) | (_, Note | Row | Title) => return f64::NEG_INFINITY,
        _ => -0.6,
    };
    let level = if a.level == b.level { 0.2 } else { -0.3 };
    let number = match (a.kind, b.kind) {
        (Item, Item) if a.level == 0 && a.number == b.number => 0.25,
        (Item, Item) if a.level > 0 && a.ordinal == b.ordinal => 0.05,
        (Item, Item) if a.level == 0 => -0.05,
        _ => 0.0,
    };
    kind + level + number + if a.quoted == b.quoted { 0.0 } else { -0.4 }
}

/// How well what no language changes fits.
fn witnesses(a: &Fingerprint, b: &Fingerprint) -> f64 {
    let mut score = 0.0;
    let mut weigh = |both: usize, apart: usize, good: f64, bad: f64| {
        if both + apart > 0 {
            let share = both as f64 / (both + apart) as f64;
            score += good * share - bad * (1.0 - share);
        }
    };
    let (gone, new) = apart(&a.cites, &b.cites);
    weigh(a.cites.len() - gone.len(), gone.len().max(new.len()), 2.0, 0.8);
    let (gone, new) = figures_apart(a, b);
    weigh(a.figures.len().saturating_sub(gone.len()), gone.len().max(new.len()), 1.0, 0.5);
    let (gone, new) = apart(&a.labels, &b.labels);
    weigh(a.labels.len() - gone.len(), gone.len().max(new.len()), 2.0, 0.4);
    let (gone, new) = apart(&a.links, &b.links);
    weigh(a.links.len() - gone.len(), gone.len().max(new.len()), 1.0, 0.4);
    let (gone, new) = apart(&a.brackets, &b.brackets);
    weigh(a.brackets.len() - gone.len(), gone.len().max(new.len()), 0.6, 0.2);
    weigh(a.notes.min(b.notes), a.notes.abs_diff(b.notes), 0.5, 0.2);
    weigh(a.cells.min(b.cells), a.cells.abs_diff(b.cells), 0.2, 0.6);
    let (gone, new) = (a.named.difference(&b.named).count(), b.named.difference(&a.named).count());
    weigh(a.named.intersection(&b.named).count(), gone.max(new), 0.5, 0.2);
    let kin = a.cognates.iter().filter(|word| b.cognates.binary_search(word).is_ok()).count();
    let all = a.cognates.len() + b.cognates.len();
    score + if all == 0 { 0.0 } else { KIN * 2.0 * kin as f64 / all as f64 }
}

/// What kin of all words counts for.
const KIN: f64 = 1.0;

/// How well the lengths fit: a short block may be of any length, a long one not.
fn length(a: &Fingerprint, b: &Fingerprint, ratio: f64) -> f64 {
    let (expected, found) = (a.length as f64 * ratio + 4.0, b.length as f64 + 4.0);
    let apart = (found / expected).ln().abs();
    let sure = (1.0 - (-(expected.max(found)) / 60.0).exp()).max(0.15);
    -(apart * apart * 6.0).min(2.4) * sure
}
