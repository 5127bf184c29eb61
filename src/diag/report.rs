//! The findings of a run over several documents, as data for reports.

use super::Diagnostics;
use crate::source::{Location, Sources, Span};

/// What a run has to say of one document.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The document, as it was named.
    pub name: String,
    /// The day at which its references were judged.
    pub judged_at: Option<String>,
    /// How its references came out.
    pub tally: Tally,
    /// Its findings and the texts that they are in; or why it could not be
    /// read.
    pub outcome: Result<(&'a Diagnostics, &'a Sources), NotRead>,
}

/// Why a document could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct NotRead {
    /// In words.
    pub why: String,
}

/// How the references of a document came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub references: usize,
    /// Found, adopted, in force.
    pub valid: usize,
    /// Of these, those of which the registry knows the number and no title.
    pub by_number: usize,
    /// Adopted by their number, and never read.
    pub inferred: usize,
    /// The registry cannot say.
    pub unverified: usize,
    /// They look like references and were not read.
    pub unread: usize,
    /// Allowed by the header.
    pub allowed: usize,
    /// Findings of any kind that a baseline accepts.
    pub accepted: usize,
    /// Those that the header, the project or the command allows.
    pub findings_allowed: usize,
}

/// A place as reports give it.
pub(super) struct Place<'a> {
    pub file: &'a str,
    pub span: Span,
    pub start: Location,
    pub end: Location,
}

impl<'a> Place<'a> {
    pub fn of(span: Span, sources: &'a Sources) -> Option<Place<'a>> {
        let source = sources.get(span.file)?;
        let range = span.range();
        Some(Place { file: source.name(), span, start: source.location(range.start), end: source.location(range.end) })
    }
}
