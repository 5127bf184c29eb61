//! From a checked document to what people read: one file or folder a format.

#[cfg(feature = "pdf")]
mod pdf;
mod text;

#[cfg(feature = "pdf")]
pub use pdf::{
    Attached, Attachment, Edition, OutputProfile, PdfOptions, Press, Relation, attachments, font_files, pdf,
};
pub use text::{flowed, printed};
