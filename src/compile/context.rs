//! What the stages after filling in know of a document.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::assemble::Filled;
use crate::cite::Indexes;
use crate::layout::style::Style;
use crate::model::Anchor;
use crate::registry::Registry;
use crate::source::{Sources, Span};
use crate::syntax::ast::{self, Inline};
use crate::syntax::each_text;

/// What the stages after filling in know of a document.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub sources: &'a Sources,
    pub filled: &'a Filled,
    pub style: &'a Style,
    pub registry: &'a Registry,
    /// What was made of the registry for reading references.
    pub indexes: &'a Arc<Indexes>,
    /// The day at which references are judged.
    pub day: Option<Date>,
    /// The texts of the volume that it stands in, by symbol.
    pub siblings: &'a Siblings,
    /// The texts that are appended to it.
    pub appended: &'a [Appended],
}

/// A text that is appended to another one, as its own header calls it.
pub(super) struct Appended {
    pub symbol: Option<String>,
    pub is_decision: bool,
    pub title: String,
    pub language: String,
    /// Where it is named.
    pub place: Span,
}

/// The texts of a volume by their symbols: the number of each among them, which
/// stands for the anchor that it will have.
pub(super) type Siblings = BTreeMap<String, Anchor>;

impl<'a> Context<'a> {
    /// Calls `visit` for each inline that is printed, title included, and whether
    /// it stands in a quotation.
    pub fn each_inline(&self, visit: &mut dyn FnMut(&'a Inline, bool)) {
        for line in &self.filled.title {
            ast::walk(line, &mut |inline| visit(inline, false));
        }
        each_text(&self.filled.blocks, false, &mut |content, quoted| {
            ast::walk(content, &mut |inline| visit(inline, quoted));
        });
    }
}
