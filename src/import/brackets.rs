//! Tracked changes as brackets with names: the text before them, and for each delegation the
//! text with its own, put together as copies of a negotiation are.

use std::collections::BTreeMap;

use super::kind::proved;
use super::numbering::Numbering;
use super::read::Read;
use super::view::{View, seen};
use super::wish::{Imported, Refused, Wish};
use crate::compile::{Compilation, Options, compile};
use crate::locale::Locale;
use crate::negotiate::{Proposal, consolidate};
use crate::world::MemoryWorld;

/// The name of a text while it is put together.
const NAME: &str = "imported.decl";

fn compiled(text: &str) -> Result<Compilation, Refused> {
    let world = MemoryWorld::new().with(NAME, text.as_bytes());
    compile(&world, NAME, &Options::default()).map_err(|error| Refused::Wish(error.to_string()))
}

/// Imports a file whose authors are all known.
pub(super) fn import(
    read: &Read,
    numbering: &Numbering,
    wish: &Wish,
    delegations: &BTreeMap<String, Vec<u16>>,
) -> Result<Imported, Refused> {
    let named: Vec<String> = delegations
        .keys()
        .filter(|name| !Locale::of("en").is_some_and(|locale| locale.is_delegation(name)))
        .cloned()
        .collect();
    let (base, lost) = proved(&seen(&read.blocks, View::Rejected, numbering), read, wish, &named);
    let base_compiled = compiled(&base)?;
    let mut copies: Vec<(String, Compilation)> = Vec::new();
    for (name, own) in delegations {
        let blocks = seen_by(read, numbering, own);
        let (copy, _) = proved(&blocks, read, wish, &named);
        copies.push((name.clone(), compiled(&copy)?));
    }
    let proposals: Vec<Proposal<'_>> =
        copies.iter().map(|(name, compilation)| Proposal { name, compilation }).collect();
    let done = consolidate(&base_compiled, &proposals).map_err(|why| {
        Refused::Wish(format!("the changes cannot be made brackets: {why}; or take them by `--changes accept`"))
    })?;
    let left = done.left.into_iter().map(|left| format!("line {}: {} {}", left.line, left.name, left.words)).collect();
    Ok(Imported { text: done.text, lost, left })
}

/// What the file says with the changes of several authors.
fn seen_by(read: &Read, numbering: &Numbering, authors: &[u16]) -> Vec<super::read::Block> {
    match authors {
        [one] => seen(&read.blocks, View::Of(*one), numbering),
        [first, rest @ ..] => {
            // As if the first had made those of the others.
            let mut blocks = read.blocks.clone();
            super::view::renamed(&mut blocks, &|author| if rest.contains(&author) { *first } else { author });
            seen(&blocks, View::Of(*first), numbering)
        }
        [] => seen(&read.blocks, View::Rejected, numbering),
    }
}
