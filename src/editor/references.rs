//! References to instruments at their places: which is here, where it can be read, and what
//! stands above the title.

use std::collections::BTreeMap;
use std::ops::Range;

use super::place::touches;
use super::reading::{Part, Reading};
use crate::compile::references::Reference;
use crate::negotiate;
use crate::syntax::ast::{DirectiveName, StructureName};

/// A place that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Link {
    /// Its bytes.
    pub range: Range<usize>,
    /// A web address, or the path of a file as it was read.
    pub target: String,
    /// Whether it is a web address.
    pub is_address: bool,
    /// What is there.
    pub told: String,
}

/// What is said above a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lens {
    /// Above which line: its bytes.
    pub range: Range<usize>,
    /// The words.
    pub told: String,
}

impl Reading<'_> {
    /// The reference at an offset, the smallest if one stands in another.
    pub(super) fn reference_at(&self, offset: usize) -> Option<&Reference> {
        let here = self.compilation.references.iter().filter(|reference| {
            let mut places = std::iter::once(&reference.place).chain(&reference.others);
            places.any(|place| self.is_own(*place) && touches(&place.range(), offset))
        });
        here.min_by_key(|reference| reference.place.range().len())
    }

    /// What leads to other files and to web addresses.
    pub fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for reference in self.compilation.references.iter().filter(|reference| self.is_own(reference.place)) {
            let Some(address) = self.entry(&reference.symbol).and_then(|entry| entry.address.as_deref()) else {
                continue;
            };
            if let Ok(address) = crate::registry::web_address(address) {
                let (range, target) = (reference.place.range(), address.as_str().to_owned());
                links.push(Link { range, target, is_address: true, told: format!("read {}", reference.symbol) });
            }
        }
        for part in self.parts() {
            let line = match part {
                Part::Directive(directive) if directive.name == DirectiveName::Include => directive.lines.first(),
                Part::Directive(_) => None,
                Part::Block(block) => {
                    let member = block.keyword().filter(|keyword| keyword.name == StructureName::Member);
                    member.and_then(|keyword| keyword.lines.first())
                }
            };
            let Some(path) = line.map(|line| self.word(*line)).filter(|path| !path.text.is_empty()) else { continue };
            if let Some(file) = self.file_named(&path) {
                let (range, target) = (path.span.range(), file.source.name().to_owned());
                links.push(Link { range, target, is_address: false, told: format!("open {}", path.text) });
            }
        }
        links.sort_by_key(|link| link.range.start);
        links
    }

    /// What is said above the title: how many brackets there are, and who holds them.
    pub fn lenses(&self) -> Vec<Lens> {
        let held = negotiate::held(self.text());
        let Some(first) = self.tree.header.get("title").or_else(|| self.tree.header.entries().next()) else {
            return Vec::new();
        };
        if held.is_empty() {
            return Vec::new();
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for bracket in &held {
            let mut names: Vec<&str> =
                bracket.proposals.iter().flat_map(|(names, _)| names.iter().map(String::as_str)).collect();
            names.sort_unstable();
            names.dedup();
            names.into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        let who: Vec<String> = counts.iter().take(12).map(|(name, count)| format!("{name} {count}")).collect();
        let brackets = if held.len() == 1 { "bracket" } else { "brackets" };
        let told = format!("{} {brackets}: {}", held.len(), who.join(", "));
        vec![Lens { range: first.span().range(), told }]
    }

    /// The place above which is said who cites the text, and the symbol under which it is
    /// cited; none where it has none.
    pub fn cited_as(&self) -> Option<(Range<usize>, String)> {
        let symbol = self.compilation.document.as_ref()?.symbol.clone()?;
        let first = self.tree.header.get("title").or_else(|| self.tree.header.entries().next())?;
        Some((first.span().range(), symbol))
    }
}
