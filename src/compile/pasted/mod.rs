//! What a paste brings in the place of structure, read from the author's bytes:
//! headings, odd markers, lines that are paragraphs, a letterhead, another language.
//! Nothing is said here; `check/` does, and the outline asks what it may not count.

mod heading;
mod keys;
mod letterhead;
mod odd;
mod part_head;
mod run;
mod tongue;
mod words;

pub(super) use heading::{Heading, heading_of};
pub(super) use keys::{Top, letterhead};
pub(super) use odd::{Odd, odd_marker};
pub(super) use part_head::part_head;
pub(super) use run::{run_of, sequence_within};
pub(super) use tongue::{language_of, other_than};

/// What a paragraph without a marker is, if it is no paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// A heading: what is counted after it may begin anew.
    Heading,
    /// A paragraph of that number, typed in a form that is no marker.
    Number(u32),
}

/// What the author's bytes of a paragraph without a marker look like, so that a
/// number after it is not said to be wrong.
pub(super) fn unread(text: &str) -> Option<Unread> {
    if heading_of(text).is_some() {
        return Some(Unread::Heading);
    }
    odd_marker(text).filter(|odd| odd.is_number).map(|odd| Unread::Number(odd.value))
}
