//! What came of a text.

use std::sync::Arc;

use jiff::civil::Date;

use super::kind::Kind;
use super::references::{OwnCount, Reference};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::layout::style::Style;
use crate::model::{Anchor, Checked, Document};
use crate::source::{FileId, Sources, Span};

/// What came of a text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Compilation {
    /// All that was read.
    pub sources: Sources,
    /// The document's own file in `sources`.
    pub file: FileId,
    /// All that was found.
    pub found: Diagnostics,
    /// What the file is; only a document has pages.
    pub kind: Kind,
    /// The document, as far as it was understood.
    pub document: Option<Document>,
    /// The document, if it has no error.
    pub checked: Option<Checked>,
    /// The day at which its references are judged.
    pub as_of: Option<Date>,
    /// All references to instruments, by place.
    pub references: Vec<Reference>,
    /// How many references to the text itself are typed by hand.
    pub own: OwnCount,
    /// How it is set.
    pub style: Arc<Style>,
    /// The place of each anchor's block.
    pub(super) places: Vec<Span>,
}

impl Compilation {
    /// Adds what only the pages show: words wider than their line, in the block
    /// of an anchor.
    pub fn wide_words(&mut self, words: &[(Anchor, String)]) {
        for (anchor, word) in words {
            let place = self.places.get(anchor.0 as usize).copied().unwrap_or_default();
            self.found.push(
                Diagnostic::new(
                    Code::WideWord,
                    place,
                    format!("`{word}` is wider than its line and is broken anywhere"),
                )
                .hint("put a blank into it where it may be divided"),
            );
        }
        self.found.settle();
        self.found.trace(self.file, &self.sources);
    }
}
