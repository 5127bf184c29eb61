//! Word files: a document's blocks as paragraphs in styles that number, with fields, native
//! notes and heads. `compose` makes the paragraphs, `numbers` says who counts them, `write` makes
//! XML of them.

mod block;
mod compose;
mod head;
mod inline;
mod merge;
mod numbers;
mod package;
mod paragraph;
mod redline;
mod styles;
mod table;
mod volume;
mod write;

use jiff::civil::DateTime;

use super::Rendered;
use crate::Error;
use crate::layout::measures;
use crate::layout::style::Style;
use crate::model::{Checked, Document};
use crate::ooxml::pack;
use compose::compose;
use paragraph::Body;
pub use redline::{RedlineOptions, redline};

/// How a Word file is made.
#[derive(Clone, Debug, Default)]
pub struct DocxOptions {
    /// The hash of the author's text, by which it is known when it comes back: see
    /// [`hash::of_source`](crate::ooxml::hash::of_source).
    pub source: Option<String>,
    /// The time that the file says it was made at, where the document has no day.
    pub made: Option<DateTime>,
}

/// The document as a Word file (`.docx`): paragraphs in styles, numbers that Word counts, references as
/// fields, native footnotes. It carries nothing of the text but what is printed. The same document and options
/// give the same bytes.
///
/// # Errors
/// [`Error::Office`] if the file would be too large.
pub fn docx(checked: &Checked, style: &Style, options: &DocxOptions) -> Result<Rendered<Vec<u8>>, Error> {
    let document = checked.document();
    let body = composed(document, style);
    let parts = package::parts(document, &body, style, options);
    Ok(Rendered { content: pack::zip(&parts)?, wide_words: Vec::new() })
}

/// A document's paragraphs, with all that is known of their numbers.
fn composed(document: &Document, style: &Style) -> Body {
    let measures = measures(document, style);
    let mut body = compose(document, style, &measures);
    numbers::settle(&mut [&mut body]);
    body
}

/// Two documents whose lists are in one file.
fn composed_together(documents: (&Document, &Document), style: &Style) -> (Body, Body) {
    let one = |document: &Document| compose(document, style, &measures(document, style));
    let (mut old, mut new) = (one(documents.0), one(documents.1));
    numbers::settle(&mut [&mut old, &mut new]);
    (old, new)
}
