//! What a paste brings in the place of structure, read from the author's bytes:
//! headings, odd markers, lines that are paragraphs, a letterhead, another language.
//! Nothing is said here; `check/` does, and the outline asks what it may not count.

#[cfg(feature = "office")]
mod first_page;
mod heading;
mod keys;
mod letterhead;
mod odd;
mod part_head;
mod run;
mod tongue;
mod words;

#[cfg(feature = "office")]
pub(super) use first_page::{is_of_head, top_end};
pub(super) use heading::{Heading, heading_of, numbered_section};
pub(super) use keys::{Top, read_top};
pub(super) use letterhead::letterhead_at;
pub(super) use odd::{Odd, item_value, odd_marker};
pub(super) use part_head::head_of_part;
pub(super) use run::{run_of, sequence_within};
pub(super) use tongue::{language_of, other_than};
pub(super) use words::has_end;

/// What is not counted though it looks like structure, so that no number after it is
/// said to be wrong.
#[derive(Default)]
pub(super) struct Unread {
    /// A heading stands above, and numbers may begin anew.
    heading: bool,
    /// Figures stand above that are the next number if the one after it follows.
    figures: bool,
}

impl Unread {
    /// Looks at the author's bytes of a paragraph without a marker, behind the paragraph
    /// of that number.
    pub fn meet(&mut self, text: &str, paragraph: &mut u32) {
        if heading_of(text.strip_prefix('[').unwrap_or(text)).is_some() {
            self.heading = true;
        } else if let Some(odd) = odd_marker(text).filter(|odd| odd.is_number && odd.value == *paragraph + 1) {
            self.figures = odd.is_bare;
            *paragraph += u32::from(!odd.is_bare);
        }
    }

    /// The first number behind a heading is as it is typed.
    pub fn begin(&mut self, typed: Option<u32>, paragraph: &mut u32) {
        if std::mem::take(&mut self.figures) && typed == Some(*paragraph + 2) {
            *paragraph += 1;
        }
        if let Some(typed) = typed
            && std::mem::take(&mut self.heading)
        {
            *paragraph = typed.saturating_sub(1);
        }
    }
}

/// Whether a paragraph without a marker begins with what is nearly one, or a heading.
pub(super) fn is_unread(text: &str) -> bool {
    heading_of(text).is_some() || odd_marker(text).is_some_and(|odd| !odd.is_bare)
}
