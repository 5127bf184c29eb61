//! Texts of word processors and plain texts made sources.
//!
//! A file is read first (`package`, `body`, `run`; `plain`), as paragraphs with what was
//! changed in them; `view` says what it reads with some of the changes accepted; `source`
//! writes that, escaped; `proof` compiles it and compares what it prints with what was read.
//! Changes become brackets by what puts copies of a negotiation together. What cannot be had
//! in a source is told, place by place.

mod apply;
mod authors;
mod back;
mod body;
mod bonds;
mod brackets;
mod edit;
mod field;
mod home;
mod inline;
mod journal;
mod kind;
mod levels;
mod looks;
mod meeting;
mod numbering;
mod package;
mod pairing;
mod places;
mod plain;
mod proof;
pub mod read;
mod run;
mod source;
mod spots;
mod styles;
mod table;
mod view;
mod wish;

pub use home::import_home;
pub use read::Lost;
pub use wish::{Changes, Imported, Refused, Wish};

use authors::{delegations, known_authors};
use kind::proved;
use numbering::Numbering;
use read::Read;
use view::View;

use crate::ooxml::unpack::is_no_text;

/// Makes a source of a Word document or a plain text.
///
/// # Errors
/// The file cannot be read, or what is wished cannot be had of it.
pub fn import(bytes: &[u8], wish: &Wish) -> Result<Imported, Refused> {
    if bytes.is_empty() {
        return Err(Refused::NoText(
            "the file is empty, so that nothing tells its format: save it again, as .docx or as text in UTF-8",
        ));
    }
    if is_no_text(bytes) {
        let (read, numbering) = package::read(bytes, false)?;
        return document(&read, &numbering, wish);
    }
    let text = plain::decoded(bytes).ok_or(Refused::NoText(
        "the file is neither a Word document (.docx) nor a text in UTF-8: save it as .docx, or as text in UTF-8",
    ))?;
    if text.trim().is_empty() {
        return Err(Refused::NoText("the file has no words"));
    }
    Ok(plain::import(&text, wish))
}

/// The same of the inside of a document's body alone, `<w:p>…</w:p>`: for fuzzing.
///
/// # Errors
/// As [`import`].
#[doc(hidden)]
pub fn import_body(inside: &[u8], wish: &Wish) -> Result<Imported, Refused> {
    let (read, numbering) = package::read_body(inside)?;
    document(&read, &numbering, wish)
}

fn document(read: &Read, numbering: &Numbering, wish: &Wish) -> Result<Imported, Refused> {
    let authors = view::changed_by(&read.blocks);
    let changes = wish.changes.unwrap_or(Changes::Brackets);
    known_authors(read, wish)?;
    if authors.is_empty() || changes != Changes::Brackets {
        let view = if changes == Changes::Reject { View::Rejected } else { View::Accepted };
        let made = proved(&view::seen(&read.blocks, view, numbering), read, wish, &[]);
        return Ok(Imported { text: made.0, lost: made.1, left: Vec::new() });
    }
    brackets::import(read, numbering, wish, &delegations(read, wish, &authors)?)
}
