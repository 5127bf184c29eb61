//! Word files: a document's blocks as paragraphs in styles that number, with fields, native
//! notes and heads. `compose` makes the paragraphs, `numbers` says who counts them, `write` makes
//! XML of them.

mod block;
mod compose;
mod composer;
mod head;
mod inline;
mod letters;
mod merge;
mod numbers;
mod options;
mod package;
mod paragraph;
mod redline;
mod styles;
mod table;
mod theme;
mod volume;
mod write;

use super::Rendered;
use crate::Error;
use crate::layout::measures;
use crate::layout::style::Style;
use crate::model::{Checked, Document};
use crate::ooxml::pack;
use compose::compose;
pub use options::DocxOptions;
use paragraph::Body;
pub use redline::{RedlineOptions, redline};

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
