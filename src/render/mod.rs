//! From a checked document to what people read: a file or folder for each format.

mod filling;
#[cfg(feature = "pdf")]
mod pdf;
mod svg;
mod text;

#[cfg(feature = "pdf")]
pub use pdf::{
    Attached, Attachment, Edition, OutputProfile, PdfOptions, Press, ProfileError, Relation, attachments, pdf,
};
pub use svg::svg;
pub use text::{flowed, printed};

use crate::model::Anchor;

/// What was made of a document's pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered<T> {
    /// The file or the text.
    pub content: T,
    /// Words that are wider than their line, with the anchor of their block, to be
    /// reported.
    pub wide_words: Vec<(Anchor, String)>,
}
