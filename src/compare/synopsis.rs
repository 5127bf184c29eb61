//! All languages of a text beside each other, a row a block.

use std::collections::BTreeMap;

use super::leaf::{Leaf, LeafKind, Leaves};
use super::parity::Parity;

/// All languages of a text beside each other.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Synopsis {
    /// The tags of the languages, the original first.
    pub languages: Vec<String>,
    /// A row a block.
    pub rows: Vec<SynopsisRow>,
}

/// A block in all languages.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SynopsisRow {
    /// What it says in each language; nothing where it is missing.
    pub cells: Vec<Option<SynopsisCell>>,
    /// What is wrong with it: in which language, and what.
    pub wrong: Vec<(usize, String)>,
}

/// A block in a language.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SynopsisCell {
    /// Its number as it is printed.
    pub label: String,
    /// Its words.
    pub text: String,
    /// What it is.
    pub kind: LeafKind,
    /// How deep it stands.
    pub level: usize,
}

impl Synopsis {
    /// Puts versions of one original beside it.
    pub fn of(language: &str, versions: &[(&str, &Parity)]) -> Synopsis {
        let languages =
            std::iter::once(language).chain(versions.iter().map(|(tag, _)| *tag)).map(str::to_owned).collect();
        let Some((_, first)) = versions.first() else { return Synopsis { languages, rows: Vec::new() } };
        let columns = versions.len() + 1;
        let mut behind: BTreeMap<Option<usize>, Vec<SynopsisRow>> = BTreeMap::new();
        let mut of_original: BTreeMap<usize, Vec<(usize, Vec<usize>)>> = BTreeMap::new();
        let mut wrong: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
        for (at, (_, parity)) in versions.iter().enumerate() {
            let column = at + 1;
            let moved = parity.elsewhere.iter().map(|(a, b)| (vec![*a], vec![*b]));
            for (a, b) in parity.pairs.iter().cloned().chain(moved) {
                if let Some(first) = a.first() {
                    of_original.entry(*first).or_default().push((column, b.clone()));
                }
            }
            for found in &parity.found {
                if let Some(block) = found.blocks.0 {
                    wrong.entry(block).or_default().push((column, found.finding.message.clone()));
                }
            }
            for extra in &parity.extra {
                let before = parity.pairs.iter().filter(|(_, b)| b.last().is_some_and(|last| last < extra));
                let before = before.filter_map(|(a, _)| a.last().copied()).max();
                let mut cells = vec![None; columns];
                if let Some(cell) = cells.get_mut(column) {
                    *cell = cell_of(&parity.version, &[*extra]);
                }
                let said = parity.found.iter().filter(|found| found.blocks == (None, Some(*extra)));
                let wrong = said.map(|found| (column, found.finding.message.clone())).collect();
                behind.entry(before).or_default().push(SynopsisRow { cells, wrong });
            }
        }
        let mut rows = behind.remove(&None).unwrap_or_default();
        let compared = |leaf: &Leaf| !matches!(leaf.kind, LeafKind::Head | LeafKind::By);
        for (at, leaf) in first.original.list.iter().enumerate() {
            if compared(leaf) {
                let mut cells = vec![None; columns];
                if let Some(cell) = cells.first_mut() {
                    *cell = cell_of(&first.original, &[at]);
                }
                for (column, blocks) in of_original.remove(&at).unwrap_or_default() {
                    if let (Some(cell), Some((_, parity))) = (cells.get_mut(column), versions.get(column - 1)) {
                        *cell = cell_of(&parity.version, &blocks);
                    }
                }
                rows.push(SynopsisRow { cells, wrong: wrong.remove(&at).unwrap_or_default() });
            }
            rows.extend(behind.remove(&Some(at)).unwrap_or_default());
        }
        Synopsis { languages, rows }
    }
}

fn cell_of(leaves: &Leaves, at: &[usize]) -> Option<SynopsisCell> {
    let all: Vec<&Leaf> = at.iter().filter_map(|at| leaves.list.get(*at)).collect();
    let first = all.first()?;
    let text = all.iter().map(|leaf| leaf.words.text.as_str()).collect::<Vec<_>>().join("\n");
    Some(SynopsisCell { label: first.label.clone().unwrap_or_default(), text, kind: first.kind, level: first.level })
}
