//! Whose the changes of a file are: authors, and the delegations that they stand for.

use std::collections::BTreeMap;

use super::read::Read;
use super::wish::{Refused, Wish};

/// Those who are given a delegation must have changed something.
pub(super) fn known_authors(read: &Read, wish: &Wish) -> Result<(), Refused> {
    match wish.authors.iter().find(|(author, _)| !read.authors.contains(author)) {
        Some((author, _)) => {
            let known: Vec<String> = read.authors.iter().map(|author| format!("“{author}”")).collect();
            let known = if known.is_empty() { "nobody".to_owned() } else { known.join(", ") };
            Err(Refused::Wish(format!("“{author}” changed nothing in the file; {known} did")))
        }
        None => Ok(()),
    }
}

/// The authors of each delegation; those of one make one proposal.
pub(super) fn delegations(read: &Read, wish: &Wish, authors: &[u16]) -> Result<BTreeMap<String, Vec<u16>>, Refused> {
    let mut delegations: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for author in authors {
        let name = read.authors.get(usize::from(*author)).cloned().unwrap_or_default();
        match wish.authors.iter().find(|(known, _)| *known == name) {
            Some((_, by)) => delegations.entry(by.clone()).or_default().push(*author),
            None => unknown.push(name),
        }
    }
    if unknown.is_empty() { Ok(delegations) } else { Err(Refused::Authors(unknown)) }
}
