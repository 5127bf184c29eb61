//! From a checked document to what people read: one file or folder a format.

#[cfg(feature = "pdf")]
mod pdf;
mod text;

#[cfg(feature = "pdf")]
pub use pdf::{Edition, OutputProfile, PdfOptions, Press, pdf};
pub use text::{flowed, printed};
