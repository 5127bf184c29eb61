//! From text to tree and back: the grammar in `grammar/` reads lines and what
//! stands in them, the readers here build blocks and nesting from that.
//! Nothing outside this folder names pest.

pub mod ast;
mod block;
mod brace;
pub mod citation;
pub mod escape;
mod fmt;
mod grammar;
mod header;
mod inline;
mod keyword;
mod line;
pub mod marker;
mod nesting;
mod rows;
mod signs;
mod spanning;
mod spans;
mod symbol;
mod template;
mod text;
mod words;

pub use brace::{is_reserved, subject_of};
pub use fmt::format;
pub use header::{read_date, read_key};
pub use inline::read_inline;
pub(crate) use line::is_dropped;
pub use marker::{ItemKind, roman, to_roman};
pub(crate) use signs::{composed, turns_direction, words_at};
pub use spans::each_span;
pub use symbol::{Resolution, Revision, Symbol, latin_for, read_symbol, repaired_symbol};
pub(crate) use symbol::{cyrillic_for, is_cyrillic};
pub use template::{
    Bounds, Condition, Field, Need, Parameter, PartName, Role, RowPlace, SessionRow, Test, Type, read_argument,
    read_condition, read_parameter, read_part, read_repetition, read_session_row,
};

pub use words::{each_block, each_text, is_placeholder, labels_of, prints_nothing, words_of};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Source, Span};

/// The most bytes a file may have.
pub const MAX_BYTES: usize = 64 << 20;
/// The most pieces (blocks, runs of text, brackets …) a file may have.
pub const MAX_NODES: usize = 4 << 20;
/// How deep brackets, braces, quotations and sub-paragraphs may nest.
pub const MAX_DEPTH: usize = 32;

/// Reads a file into its tree. Never fails: what it could not understand is in
/// `found`, and the tree holds the rest.
pub fn parse(source: &Source, file: FileId, found: &mut Diagnostics) -> ast::File {
    parse_as(source, file, header::read, found)
}

/// The same for a file that another one includes: it may be blocks alone.
pub fn parse_included(source: &Source, file: FileId, found: &mut Diagnostics) -> ast::File {
    parse_as(source, file, header::read_included, found)
}

/// Reads the header, and says at which line the body begins.
type ReadHeader = fn(&str, &line::Lines, &mut Diagnostics) -> (ast::Header, usize);

fn parse_as(source: &Source, file: FileId, read_header: ReadHeader, found: &mut Diagnostics) -> ast::File {
    let text = source.text();
    if text.len() > MAX_BYTES {
        let message = format!("the file has more than {} MB", MAX_BYTES >> 20);
        found
            .push(Diagnostic::new(Code::TooLarge, Span::new(file, 0..0), message).hint("divide it into several files"));
        return ast::File::default();
    }
    control_characters(text, file, found);
    directions(text, file, found);
    let lines = line::Lines::split(text, file);
    if lines.is_empty() {
        found.push(
            Diagnostic::new(Code::EmptyFile, Span::new(file, 0..0), "the file is empty")
                .hint("begin it with `document: declaration`, `language: en`, a title and a line of dashes"),
        );
        return ast::File::default();
    }
    let (header, body_at) = read_header(text, &lines, found);
    let mut body = block::read(text, &lines, body_at, found);
    spanning::pair(text, &mut body, found);
    ast::File { header, body }
}

/// Signs that turn the direction make a text look otherwise where it is written
/// than where it is printed: it could say what nobody agreed to.
pub(crate) fn directions(text: &str, file: FileId, found: &mut Diagnostics) {
    if text.is_ascii() {
        return;
    }
    for (at, c) in text.char_indices().filter(|&(_, c)| turns_direction(c)) {
        let place = Span::new(file, at..at + c.len_utf8());
        let message = format!("the sign U+{:04X}, which nobody sees, turns the direction of the text", u32::from(c));
        found.push(
            Diagnostic::new(Code::DirectionSign, place, message)
                .hint("it is not printed: read the words around it without it, and delete it")
                .fix("delete it", place, ""),
        );
    }
}

/// NUL and its like belong to no text; a file that has them is seldom one.
fn control_characters(text: &str, file: FileId, found: &mut Diagnostics) {
    let odd = |c: char| {
        c.is_control() && !signs::is_pasted_hyphen(c) && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}')
    };
    for (at, c) in text.char_indices().filter(|&(_, c)| odd(c)) {
        let place = Span::new(file, at..at + c.len_utf8());
        let message = format!("the control character U+{:04X} cannot be printed", u32::from(c));
        found.push(
            Diagnostic::new(Code::ControlCharacter, place, message)
                .hint("delete it; many of them mean that the file is not a text")
                .fix("delete it", place, ""),
        );
    }
}
