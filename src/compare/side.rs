//! One side of a comparison: a document, and what else is known of it.

use std::collections::BTreeMap;

use super::cite::Cite;
use crate::compile::Compilation;
use crate::model::{Anchor, Document};

/// A document with what its model does not say: labels, and what each block cites.
#[derive(Clone, Debug)]
pub struct Side<'d> {
    /// The document.
    pub document: &'d Document,
    /// The labels of each block.
    pub labels: BTreeMap<Anchor, Vec<String>>,
    /// What each block cites, with its words in the source.
    pub cited: BTreeMap<Anchor, Vec<(Cite, String)>>,
}

impl<'d> Side<'d> {
    /// A document of which nothing else is known.
    pub fn of_document(document: &'d Document) -> Side<'d> {
        Side { document, labels: BTreeMap::new(), cited: BTreeMap::new() }
    }

    /// What came of a text; none where it is no document.
    pub fn of(compilation: &'d Compilation) -> Option<Side<'d>> {
        let mut side = Side::of_document(compilation.document.as_ref()?);
        for (name, anchor) in &compilation.labels {
            side.labels.entry(*anchor).or_default().push(name.clone());
        }
        for (anchor, reference) in compilation.references_by_block() {
            let cite = Cite { symbol: reference.symbol.clone(), pinpoint: reference.pinpoint.clone() };
            // As it is printed, blanks alike.
            let words = reference.text.split_whitespace().collect::<Vec<_>>().join(" ");
            side.cited.entry(anchor).or_default().push((cite, words));
        }
        Some(side)
    }
}
