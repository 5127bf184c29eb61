//! What a page may ask.

use jiff::civil::Date;
use serde::Deserialize;

/// What a page may ask. Places are those of its editor: units of UTF-16.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Request {
    /// A text under a name, in a project without other files.
    Open {
        name: String,
        /// Today: there is no clock here.
        today: Option<Date>,
        /// The day at which references are judged, where it is another one.
        as_of: Option<Date>,
    },
    /// Another file of the project, whose bytes follow.
    File { name: String },
    /// The text, which follows, is checked; all that is asked after that is asked of it.
    Check,
    /// The pages: those that differ from what was asked for last have their drawing.
    Pages,
    /// What each word is, what is printed, what may be folded.
    Words,
    /// What stands at a place.
    Hover { at: usize },
    /// What can be done between two places.
    Actions { from: usize, to: usize },
    /// What may stand at a place.
    Complete { at: usize },
    /// Where what stands at a place is defined.
    Definition { at: usize },
    /// What is renamed at a place.
    Renamed { at: usize },
    /// It is given another name.
    Rename { at: usize, to: String },
    /// The canonical form.
    Format,
    /// All cures that change no word.
    MendAll,
    /// A Word file, whose bytes follow, made a text; changes in it are accepted where that is wished,
    /// else their authors are told.
    Import { accept: bool },
    /// What a code means.
    Explain { code: String },
    /// A file of the house fonts, whose bytes follow.
    Face { at: usize },
    /// A file of the text.
    Make { to: Format },
    /// For tests: a panic.
    Fail,
}

/// What a text can be made into.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    Pdf,
    Docx,
    Html,
    /// Filled to a width.
    Text,
    /// Line by line as the PDF has it.
    Printed,
    Akn,
}
