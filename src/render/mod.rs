//! From a checked document to what people read: a file or folder for each format.

mod akn;
#[cfg(feature = "office")]
mod docx;
mod filling;
mod html;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "pdf")]
mod redline;
mod svg;
mod text;

pub use akn::{AknOptions, akn};
pub use html::{HtmlOptions, html};
#[cfg(feature = "pdf")]
pub use pdf::{
    Attached, Attachment, Edition, OutputProfile, PdfOptions, Press, ProfileError, Relation, attachments, pdf,
    redline_pdf,
};
#[cfg(feature = "pdf")]
pub use redline::{Redlined, redlined};
pub use svg::svg;
pub use text::{flowed, printed};

#[cfg(feature = "office")]
pub use docx::{DocxOptions, RedlineOptions, docx, redline};

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
