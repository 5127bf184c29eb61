//! The head of the first page of an annex or attachment, as it is copied: symbol,
//! date, `Annex`, language, title.

use std::ops::Range;

use super::letterhead::{What, pieces};
use crate::syntax::ast::StructureName;

/// Such a head, and the keyword lines that are meant.
#[derive(Clone, Debug)]
pub struct PartHead {
    pub name: StructureName,
    /// Its bytes.
    pub range: Range<usize>,
    /// `annex: Title` with the lines below it.
    pub lines: String,
}

/// Reads the head of a part whose symbol stands at the byte `at`.
pub fn head_of_part(text: &str, at: usize) -> Option<PartHead> {
    let read = pieces(text, at, true);
    if !matches!(read.first()?.what, What::Symbol(_)) {
        return None;
    }
    let (name, number) = read.iter().find_map(|piece| match piece.what {
        What::Part(name, number) => Some((name, number)),
        _ => None,
    })?;
    let title = read.iter().find_map(|piece| match &piece.what {
        What::Title(lines) => Some(lines.join("\n  ")),
        _ => None,
    });
    let mut lines = format!("{}: {}", name.word(), title.unwrap_or_default()).trim_end().to_owned();
    let mut key = |key: &str, value: String| lines.push_str(&format!("\n{key}: {value}"));
    for piece in &read {
        match &piece.what {
            What::Language(tag) => key("language", (*tag).to_owned()),
            What::Original(tag) => key("original", (*tag).to_owned()),
            _ => {}
        }
    }
    if let Some(number) = number {
        key("number", number.to_string());
    }
    Some(PartHead { name, range: at..read.last()?.range.end, lines })
}
