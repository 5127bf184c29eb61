//! What a PDF is for, and what it claims to be.

use jiff::civil::DateTime;

/// For whom a PDF is made. All have the same pages, text and structure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Edition {
    /// To read on a screen: PDF/A-2a and PDF/UA-1, with links.
    #[default]
    Screen,
    /// For the print shop: PDF/X-4 besides, without links.
    Press,
}

impl Edition {
    /// Whether its references are links: PDF/X-4 keeps annotations off the page.
    pub(super) fn has_links(self) -> bool {
        self != Edition::Press
    }

    /// PDF/X-4 is defined on PDF 1.6.
    pub(super) fn version(self) -> &'static str {
        match self {
            Edition::Screen => "1.7",
            Edition::Press => "1.6",
        }
    }

    /// The part of PDF/A, at level a.
    pub(super) fn archive_part(self) -> u8 {
        match self {
            Edition::Screen | Edition::Press => 2,
        }
    }
}

/// How a PDF is made.
#[derive(Clone, Debug, Default)]
pub struct PdfOptions {
    /// For whom.
    pub edition: Edition,
    /// When it was made, in UTC, for documents that have no day of their own;
    /// where it has neither, no date is written.
    pub made: Option<DateTime>,
}
