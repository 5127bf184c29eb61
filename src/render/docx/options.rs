//! How a Word file is made.

use jiff::civil::DateTime;

/// How a Word file is made.
#[derive(Clone, Debug, Default)]
pub struct DocxOptions {
    /// The hash of the author's text, by which it is known when it comes back: see
    /// [`hash::of_source`](crate::ooxml::hash::of_source).
    pub source: Option<String>,
    /// The time that the file says it was made at, where the document has no day.
    pub made: Option<DateTime>,
}
