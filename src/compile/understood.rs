//! What came of a text: the document and what belongs to it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::allow::Allowances;
use super::references::{OwnCount, Reference};
use crate::model::{Anchor, Document};
use crate::source::Span;
use crate::syntax::ast::Entry;

/// What was understood of a text.
#[derive(Default)]
pub(super) struct Understood {
    pub document: Option<Document>,
    /// What the contents of a volume say of it.
    pub entry: Option<String>,
    pub is_final: bool,
    pub as_of: Option<Date>,
    pub references: Vec<Reference>,
    /// How many references to the text itself are typed by hand.
    pub own: OwnCount,
    /// The place of each anchor's block.
    pub places: Vec<Span>,
    /// The characters of which was said that a face has none.
    pub without_glyph: BTreeSet<char>,
    /// What its header allows, and how much of that was found.
    pub allowances: Allowances,
    pub allowed: usize,
    /// What its labels name.
    pub labels: Vec<(String, Anchor)>,
    /// What braces print, each at its place.
    pub printed: Vec<(Span, String)>,
    /// What its header gives.
    pub header: Vec<Entry>,
    /// How many blocks of its sources are in branches that were not taken.
    pub untaken: usize,
}
