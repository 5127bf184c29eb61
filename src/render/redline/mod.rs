//! Two drafts as one document: the new one with what is gone where it stood, and with what became of
//! each of its words, ready to be laid out.

mod build;
mod flat;
mod front;
mod heads;
mod merge;
mod pieces;
mod slices;

use crate::Error;
use crate::compare::{Comparison, Side};
use crate::layout::Changes;
use crate::model::Document;

/// Two drafts as one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Redlined {
    /// The new draft with the blocks of the old one that are gone.
    pub document: Document,
    /// What is new and gone in them.
    pub changes: Changes,
}

/// Two drafts of these names as one document.
///
/// # Errors
/// [`Error::Refused`] for volumes.
pub fn redlined(
    (old, new): (&Side<'_>, &Side<'_>),
    comparison: &Comparison,
    names: (&str, &str),
) -> Result<Redlined, Error> {
    if old.document.volume.is_some() || new.document.volume.is_some() {
        return Err(Error::Refused("a volume has no redline as PDF: compare its texts one by one".to_owned()));
    }
    let (document, texts) = merge::merged((old.document, new.document), comparison)?;
    Ok(Redlined { document, changes: front::changes(texts, comparison, names) })
}
