//! Akoma Ntoso 3.0 (OASIS LegalDocML), with the names of its naming convention 1.0.

mod block;
mod identity;
mod inline;
mod list;
mod part;
mod writer;

use jiff::civil::Date;

use crate::Error;
use crate::layout::style::Style;
use crate::model::Checked;
use writer::Writer;

/// What is asked of an Akoma Ntoso file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AknOptions {
    /// The day of a draft that has none: the format wants one of every text.
    pub made: Option<Date>,
}

/// The document as Akoma Ntoso 3.0. The languages of a text are expressions of one work, a
/// file each. The same document gives the same bytes.
///
/// # Errors
/// [`Error::Refused`] if the text has no day, by which the format names it.
pub fn akn(checked: &Checked, style: &Style, options: AknOptions) -> Result<String, Error> {
    let document = checked.document();
    let mut names = None;
    // References lead forward too: what each block is called is known when all are written.
    for _ in 0..2 {
        let mut writer = Writer::of(document, style, options.made, names);
        writer.whole(document)?;
        if let Some(out) = writer.finished() {
            return Ok(out);
        }
        names = Some(writer.given);
    }
    Err(Error::Refused("the names of the blocks could not be settled".to_owned()))
}
