//! From a checked document to what people read: one file or folder a format.

#[cfg(feature = "pdf")]
mod pdf;
mod text;

#[cfg(feature = "pdf")]
pub use pdf::{
    Attached, Attachment, Edition, OutputProfile, PdfOptions, Press, ProfileError, Relation, attachments, pdf,
};
pub use text::{flowed, printed};

use crate::model::Anchor;

/// What was made of a document's pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered<T> {
    /// The file or the text.
    pub content: T,
    /// Words that are wider than their line, in the block of an anchor, for
    /// whoever says what was found.
    pub wide_words: Vec<(Anchor, String)>,
}
