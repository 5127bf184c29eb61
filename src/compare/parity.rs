//! Whether a text in one language says what the original says: not its words, but all that
//! no language changes.

use std::collections::BTreeMap;

use super::cite::Cite;
use super::fingerprint::{Fingerprint, apart, figures_apart, fingerprints};
use super::languages::{Aligned, Version, aligned, together};
use super::leaf::{Leaf, LeafKind, Leaves};
use super::locate::{last_line, locate};
use super::place::shortened;
use super::side::Side;
use crate::compile::Compilation;
use crate::compile::references::Reference;
use crate::diag::{Code, Diagnostic};
use crate::model::Anchor;
use crate::source::Span;

/// Two languages of one text beside each other.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parity {
    /// The original, block by block.
    pub original: Leaves,
    /// The other language.
    pub version: Leaves,
    /// Which block is which: one of each, or two of one.
    pub pairs: Vec<(Vec<usize>, Vec<usize>)>,
    /// Blocks of the original that the version lacks.
    pub missing: Vec<usize>,
    /// Blocks that the original lacks.
    pub extra: Vec<usize>,
    /// Blocks that stand elsewhere than in the original.
    pub elsewhere: Vec<(usize, usize)>,
    /// What differs, each at its place in the version and with its place in the original.
    pub found: Vec<Differing>,
}

/// What differs between two languages.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Differing {
    /// What is said, at its place in the version.
    pub finding: Diagnostic,
    /// Where that is in the original, and what it says there.
    pub original: (Span, String),
    /// Which block of the original it is about, and which of the version.
    pub blocks: (Option<usize>, Option<usize>),
}

impl Parity {
    /// Compares a version with the original; none where one of them is no document.
    pub fn of(original: &Compilation, version: &Compilation) -> Option<Parity> {
        let (side_a, side_b) = (Side::of(original)?, Side::of(version)?);
        let (leaves_a, leaves_b) = (Leaves::of(&side_a), Leaves::of(&side_b));
        let prints = |leaves: &Leaves, side: &Side<'_>| fingerprints(leaves, side);
        let a = Version { prints: prints(&leaves_a, &side_a), leaves: &leaves_a };
        let b = Version { prints: prints(&leaves_b, &side_b), leaves: &leaves_b };
        let blocks = aligned(&a, &b);
        let lasts = || blocks.pairs.iter().map(|(a, b)| (a.last().copied(), b.last().copied()));
        let mut judge = Judge {
            original,
            version,
            a: &a,
            b: &b,
            tag: &side_a.document.language,
            blocks: &blocks,
            cited: (references(original), references(version)),
            counterparts: (counterparts(lasts()), counterparts(lasts().map(|(a, b)| (b, a)))),
            found: Vec::new(),
        };
        judge.header();
        judge.alone(true);
        judge.alone(false);
        judge.elsewhere();
        judge.pairs();
        let found = judge.found;
        let Aligned { pairs, missing, extra, elsewhere } = blocks;
        Some(Parity { original: leaves_a, version: leaves_b, pairs, missing, extra, elsewhere, found })
    }

    /// How many blocks were compared, how many of them differ, and how many stand alone.
    pub fn counts(&self) -> (usize, usize, usize) {
        let mut differ: Vec<usize> =
            self.found.iter().filter_map(|found| found.blocks.0.filter(|_| found.blocks.1.is_some())).collect();
        differ.sort_unstable();
        differ.dedup();
        (self.pairs.len(), differ.len(), self.missing.len() + self.extra.len())
    }
}

/// Keys that say the same in every language; a difference of the symbol weighs more.
const KEYS: [&str; 9] =
    ["symbol", "status", "adopted", "meeting", "day", "journal", "agenda-item", "silence", "document"];

struct Judge<'c, 'a> {
    original: &'c Compilation,
    version: &'c Compilation,
    a: &'c Version<'a>,
    b: &'c Version<'a>,
    /// The language of the original.
    tag: &'c str,
    blocks: &'c Aligned,
    /// What each block cites, of the original and of the version.
    cited: (References<'c>, References<'c>),
    /// For each block that has one its counterpart, of the original and of the version.
    counterparts: (Counterparts, Counterparts),
    found: Vec<Differing>,
}

/// Blocks and their counterparts.
type Counterparts = Vec<(usize, usize)>;

/// The references of each block.
type References<'c> = BTreeMap<Anchor, Vec<&'c Reference>>;

fn references(compilation: &Compilation) -> References<'_> {
    let mut all = References::new();
    for (anchor, reference) in compilation.references_by_block() {
        all.entry(anchor).or_default().push(reference);
    }
    all
}

/// For each block its counterpart, in the order of the blocks.
fn counterparts(pairs: impl Iterator<Item = (Option<usize>, Option<usize>)>) -> Counterparts {
    let mut all: Counterparts = pairs.filter_map(|(own, other)| Some((own?, other?))).collect();
    all.sort_unstable();
    all
}

impl Judge<'_, '_> {
    fn push(&mut self, finding: Diagnostic, original: (Span, String), blocks: (Option<usize>, Option<usize>)) {
        self.found.push(Differing { finding, original, blocks });
    }

    fn header(&mut self) {
        let entry = |compilation: &Compilation, key: &str| {
            let entry = compilation.header.iter().find(|entry| entry.key.text == key)?;
            Some((entry.value(), entry.value_span()))
        };
        let start = |compilation: &Compilation| Span::new(compilation.file, 0..0);
        for key in KEYS {
            let (a, b) = (entry(self.original, key), entry(self.version, key));
            let plain = |value: &Option<(String, Span)>| {
                let value = value.as_ref().map(|(value, _)| value.trim().to_owned()).unwrap_or_default();
                // A corrected edition may be one of a language alone.
                match key {
                    "symbol" => value.split("/Corr").next().unwrap_or_default().to_owned(),
                    "status" if value.is_empty() => "draft".to_owned(),
                    _ => value,
                }
            };
            let (was, is) = (plain(&a), plain(&b));
            if was == is {
                continue;
            }
            let code = if matches!(key, "symbol" | "document") { Code::VersionSymbol } else { Code::VersionHeader };
            let said = |value: &str| if value.is_empty() { "nothing".to_owned() } else { format!("`{value}`") };
            let message = format!("`{key}` says {}, and the original ({}) {}", said(&is), self.tag, said(&was));
            let place = b.as_ref().map_or(start(self.version), |(_, place)| *place);
            let other = a.as_ref().map_or(start(self.original), |(_, place)| *place);
            let finding = Diagnostic::new(code, place, message)
                .hint("both languages are of one text: write what is right in both");
            self.push(finding, (other, format!("the original says {}", said(&was))), (None, None));
        }
    }

    /// Blocks of one side alone; what belongs to such a block is not said again.
    fn alone(&mut self, is_missing: bool) {
        let (leaves, list) =
            if is_missing { (self.a.leaves, &self.blocks.missing) } else { (self.b.leaves, &self.blocks.extra) };
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for at in list {
            match groups.last_mut() {
                Some(group) if belongs(leaves, group, *at) => group.push(*at),
                _ => groups.push(vec![*at]),
            }
        }
        for group in groups {
            let Some((first, leaf)) = group.first().and_then(|at| Some((*at, leaves.list.get(*at)?))) else { continue };
            let mut name = leaves.name(leaf);
            let is_part = leaf.kind == LeafKind::Title;
            if let Some(part) = leaves.part_of(leaf).filter(|part| is_part && !part.name.is_empty()) {
                name = part.name.clone();
            }
            if leaf.kind == LeafKind::Row && group.len() > 1 {
                name = leaves.with_part(leaf, format!("{} rows of table {}", group.len(), leaf.table));
            } else if group.len() > 1 {
                name = format!("{name} (with {} further blocks)", group.len() - 1);
            }
            let words = shortened(&leaf.words.text);
            let tag = self.tag;
            if is_missing {
                let place = self.beside(first, true);
                let message = format!("{name} of the original ({tag}) is missing here: “{words}”");
                let finding = Diagnostic::new(Code::VersionBlock, place, message)
                    .hint("translate it here, or take it out of the original");
                let other = locate(self.original, self.a.leaves, first, None);
                self.push(finding, (other, "this has no counterpart".to_owned()), (Some(first), None));
            } else {
                let place = locate(self.version, self.b.leaves, first, None);
                let message = format!("{name} is not in the original ({tag}): “{words}”");
                let finding = Diagnostic::new(Code::VersionBlock, place, message)
                    .hint("take it out here, or put it into the original");
                let other = self.beside(first, false);
                self.push(finding, (other, "behind this nothing corresponds to it".to_owned()), (None, Some(first)));
            }
        }
    }

    /// Where a block of one side would stand on the other: behind the counterpart of the one
    /// before it.
    fn beside(&self, at: usize, is_missing: bool) -> Span {
        let counterparts = if is_missing { &self.counterparts.0 } else { &self.counterparts.1 };
        let before = counterparts.partition_point(|(own, _)| *own < at);
        let nearest = before.checked_sub(1).and_then(|before| counterparts.get(before));
        let (compilation, leaves) =
            if is_missing { (self.version, self.b.leaves) } else { (self.original, self.a.leaves) };
        match nearest {
            Some((_, other)) => last_line(compilation, locate(compilation, leaves, *other, None)),
            None => Span::new(compilation.file, 0..0),
        }
    }

    fn elsewhere(&mut self) {
        for (a, b) in &self.blocks.elsewhere {
            // What belongs to a block goes with it.
            let before = (a.checked_sub(1), b.checked_sub(1));
            let follows = self.blocks.elsewhere.iter().any(|(a, b)| (Some(*a), Some(*b)) == before);
            let belongs = self.b.leaves.list.get(*b).is_some_and(|leaf| leaf.level > 0 || leaf.kind == LeafKind::Note);
            if follows && belongs {
                continue;
            }
            let (Some(was), Some(is)) = (self.a.leaves.list.get(*a), self.b.leaves.list.get(*b)) else { continue };
            let (is, was) = (self.b.leaves.name(is), self.a.leaves.name(was));
            let message = format!("{is} stands elsewhere than in the original ({}), where it is {was}", self.tag);
            let place = locate(self.version, self.b.leaves, *b, None);
            let finding = Diagnostic::new(Code::VersionBlock, place, message).hint("put it where the original has it");
            let other = locate(self.original, self.a.leaves, *a, None);
            self.push(finding, (other, "it stands here in the original".to_owned()), (Some(*a), Some(*b)));
        }
    }

    fn pairs(&mut self) {
        let blocks = self.blocks;
        for (a, b) in &blocks.pairs {
            let (Some(first_a), Some(first_b)) = (a.first().copied(), b.first().copied()) else { continue };
            let (Some(was), Some(is)) = (self.a.leaves.list.get(first_a), self.b.leaves.list.get(first_b)) else {
                continue;
            };
            let name = self.b.leaves.name(is);
            self.shape((a, b), (was, is), &name);
            let (print_a, print_b) = (together(&self.a.prints, a), together(&self.b.prints, b));
            self.cites((&print_a, &print_b), (first_a, first_b), &name);
            self.figures((&print_a, &print_b), (first_a, first_b), &name);
            self.brackets((&print_a, &print_b), (first_a, first_b), &name);
            self.labels((&print_a, &print_b), (first_a, first_b), &name);
            self.named((&print_a, &print_b), (first_a, first_b), &name);
        }
    }

    /// Says of a pair what differs, at words of both sides.
    fn say(
        &mut self,
        code: Code,
        (a, b): (usize, usize),
        message: String,
        words: (Option<&str>, Option<&str>),
        hint: &str,
    ) {
        let place = locate(self.version, self.b.leaves, b, words.1);
        let other = locate(self.original, self.a.leaves, a, words.0);
        let finding = Diagnostic::new(code, place, message).hint(hint);
        self.push(finding, (other, "the original says this".to_owned()), (Some(a), Some(b)));
    }

    fn shape(&mut self, (a, b): (&[usize], &[usize]), (was, is): (&Leaf, &Leaf), name: &str) {
        let firsts = (a.first().copied().unwrap_or_default(), b.first().copied().unwrap_or_default());
        let tag = self.tag;
        let old = self.a.leaves.name(was);
        if a.len() != b.len() {
            let message = if b.len() > a.len() {
                format!("{name} and the block behind it are one block in the original ({tag}), {old}")
            } else {
                format!("{name} is two blocks in the original ({tag}), from {old} on")
            };
            return self.say(Code::VersionBlock, firsts, message, (None, None), "divide it as the original is divided");
        }
        let text = |kind: LeafKind| matches!(kind, LeafKind::Opening | LeafKind::Clause | LeafKind::Prose);
        let same_kind = was.kind == is.kind || text(was.kind) && text(is.kind);
        if !same_kind || was.level != is.level {
            let message = format!("{name} is {old} in the original ({tag}): it is of another kind or level");
            self.say(
                Code::VersionBlock,
                firsts,
                message,
                (None, None),
                "give it the marker and the indentation that the original has",
            );
        } else if was.quoted != is.quoted {
            let message = format!("{name} stands in a quotation in one language alone");
            self.say(Code::VersionBlock, firsts, message, (None, None), "quote it in both languages, or in none");
        }
        let cells = (
            self.a.prints.get(firsts.0).map(|print| print.cells),
            self.b.prints.get(firsts.1).map(|print| print.cells),
        );
        if was.kind == LeafKind::Row && cells.0 != cells.1 {
            let count = |cells: Option<usize>| cells.unwrap_or_default() + 1;
            let message =
                format!("{name} has {} cells, and in the original ({tag}) {}", count(cells.1), count(cells.0));
            self.say(
                Code::VersionBlock,
                firsts,
                message,
                (None, None),
                "give the row as many cells as the original has",
            );
        }
    }

    fn cites(&mut self, (a, b): (&Fingerprint, &Fingerprint), at: (usize, usize), name: &str) {
        let (gone, new) = apart(&a.cites, &b.cites);
        if gone.is_empty() && new.is_empty() {
            return;
        }
        let list = |cites: &[Cite]| -> String {
            match cites {
                [] => "does not".to_owned(),
                cites => cites.iter().map(Cite::in_words).collect::<Vec<_>>().join(", "),
            }
        };
        let tag = self.tag;
        let message = match (gone.is_empty(), new.is_empty()) {
            (true, _) => format!("{name} cites {}, and the original ({tag}) does not", list(&new)),
            (_, true) => format!("{name} does not cite {}, and the original ({tag}) does", list(&gone)),
            _ => format!("{name} cites {}, and the original ({tag}) {}", list(&new), list(&gone)),
        };
        let words = |references: &References<'_>, cites: &[Cite], anchor: Option<Anchor>| {
            let (cite, anchor) = (cites.first()?, anchor?);
            let found = references
                .get(&anchor)?
                .iter()
                .find(|reference| reference.symbol == cite.symbol && reference.pinpoint == cite.pinpoint);
            found.map(|reference| reference.place)
        };
        let anchor = |leaves: &Leaves, at: usize| leaves.list.get(at).and_then(|leaf| leaf.anchor);
        let place = words(&self.cited.1, &new, anchor(self.b.leaves, at.1))
            .unwrap_or_else(|| locate(self.version, self.b.leaves, at.1, None));
        let other = words(&self.cited.0, &gone, anchor(self.a.leaves, at.0))
            .unwrap_or_else(|| locate(self.original, self.a.leaves, at.0, None));
        let finding =
            Diagnostic::new(Code::VersionReference, place, message).hint("cite the same instrument in both languages");
        self.push(finding, (other, "the original says this".to_owned()), (Some(at.0), Some(at.1)));
    }

    fn figures(&mut self, (a, b): (&Fingerprint, &Fingerprint), at: (usize, usize), name: &str) {
        let (gone, new) = figures_apart(a, b);
        if gone.is_empty() && new.is_empty() {
            return;
        }
        let list = |figures: &[(String, String)]| -> String {
            let typed: Vec<String> = figures.iter().map(|(_, typed)| format!("“{typed}”")).collect();
            typed.join(", ")
        };
        let tag = self.tag;
        let message = match (gone.is_empty(), new.is_empty()) {
            (true, _) => format!("{name} says {}, and the original ({tag}) does not", list(&new)),
            (_, true) => format!("{name} does not say {}, and the original ({tag}) does", list(&gone)),
            _ => format!("{name} says {}, and the original ({tag}) {}", list(&new), list(&gone)),
        };
        let typed = |figures: &[(String, String)]| figures.first().map(|(_, typed)| typed.clone());
        let (was, is) = (typed(&gone), typed(&new));
        self.say(
            Code::VersionFigure,
            at,
            message,
            (was.as_deref(), is.as_deref()),
            "write the same figures and days in both languages",
        );
    }

    fn brackets(&mut self, (a, b): (&Fingerprint, &Fingerprint), at: (usize, usize), name: &str) {
        let (gone, new) = apart(&a.brackets, &b.brackets);
        let tag = self.tag;
        let message = if a.brackets.len() != b.brackets.len() {
            let many = |count: usize| match count {
                0 => "no bracket".to_owned(),
                1 => "one bracket".to_owned(),
                many => format!("{many} brackets"),
            };
            format!("{name} has {}, and the original ({tag}) {}", many(b.brackets.len()), many(a.brackets.len()))
        } else if !gone.is_empty() || !new.is_empty() {
            let names = |list: &[String]| match list.first().map(String::as_str) {
                None | Some("") => "nobody’s".to_owned(),
                Some(names) => format!("of {names}"),
            };
            format!("a bracket in {name} is {}, and in the original ({tag}) {}", names(&new), names(&gone))
        } else if a.alternatives != b.alternatives {
            format!(
                "brackets in {name} leave {} alternatives, and in the original ({tag}) {}",
                b.alternatives + b.brackets.len(),
                a.alternatives + a.brackets.len()
            )
        } else {
            return;
        };
        let bracket = |print: &Fingerprint| (!print.brackets.is_empty()).then_some("[");
        self.say(
            Code::VersionBracket,
            at,
            message,
            (bracket(a), bracket(b)),
            "open and settle brackets in all languages alike",
        );
    }

    fn labels(&mut self, (a, b): (&Fingerprint, &Fingerprint), at: (usize, usize), name: &str) {
        let tag = self.tag;
        for (of_a, of_b, what) in [(&a.labels, &b.labels, "the label"), (&a.links, &b.links, "a reference to")] {
            let (gone, new) = apart(of_a, of_b);
            // Labels are the author's own: a version without any has said nothing wrong.
            if gone.is_empty() && new.is_empty() || what == "the label" && (of_a.is_empty() || of_b.is_empty()) {
                continue;
            }
            let list = |labels: &[String]| match labels {
                [] => "none".to_owned(),
                labels => labels.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", "),
            };
            let message = format!("{name} has {what} {}, and the original ({tag}) {}", list(&new), list(&gone));
            let hint = "give a paragraph one label in all languages, and refer to the same paragraph";
            let (was, is) = (gone.first().cloned(), new.first().cloned());
            self.say(Code::VersionLabel, at, message, (was.as_deref(), is.as_deref()), hint);
        }
    }

    fn named(&mut self, (a, b): (&Fingerprint, &Fingerprint), at: (usize, usize), name: &str) {
        let list =
            |of: &Fingerprint, other: &Fingerprint| of.named.difference(&other.named).cloned().collect::<Vec<_>>();
        let (gone, new) = (list(a, b), list(b, a));
        // A name may be an adjective in one language: only an exchange is remarked upon.
        if gone.is_empty() || new.is_empty() {
            return;
        }
        let message = format!("{name} names {}, and the original ({}) {}", new.join(", "), self.tag, gone.join(", "));
        self.say(Code::VersionName, at, message, (None, None), "name the same States and bodies");
    }
}

/// Whether a block that is alone belongs to those before it.
fn belongs(leaves: &Leaves, group: &[usize], at: usize) -> bool {
    let (Some(first), Some(last)) = (group.first().and_then(|at| leaves.list.get(*at)), group.last()) else {
        return false;
    };
    let Some(leaf) = leaves.list.get(at) else { return false };
    let between = leaves.list.get(last + 1..at).unwrap_or_default();
    let is_next = between.iter().all(|leaf| matches!(leaf.kind, LeafKind::Head | LeafKind::By));
    if !is_next || leaf.part != first.part {
        return false;
    }
    match (first.kind, leaf.kind) {
        (LeafKind::Title, _) => true,
        (LeafKind::Heading, LeafKind::Heading) => leaf.level > first.level,
        (LeafKind::Heading, _) => true,
        (LeafKind::Row, LeafKind::Row) => leaf.table == first.table,
        (_, LeafKind::Note | LeafKind::Continuation) => true,
        (LeafKind::Item, LeafKind::Item) => leaf.level > first.level,
        (LeafKind::Item, LeafKind::Row) => true,
        _ => false,
    }
}
