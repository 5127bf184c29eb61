//! What a PDF is for, and what it claims to be.

use jiff::civil::DateTime;

use super::attach::Attachment;
use super::profile::OutputProfile;

/// How a PDF is made.
#[derive(Clone, Debug, Default)]
pub struct PdfOptions {
    /// For whom.
    pub edition: Edition,
    /// When it was made, in UTC, for documents that have no day of their own;
    /// where it has neither, no date is written.
    pub made: Option<DateTime>,
}

/// For whom a PDF is made. All have the same pages, text and structure.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Edition {
    /// To read on a screen: PDF/A-2a and PDF/UA-1, with links.
    #[default]
    Screen,
    /// For the print shop: PDF/X-4, PDF/A-2a and PDF/UA-1, without links.
    Press(Press),
    /// To keep: PDF/A-3a and PDF/UA-1, with links, and with what it was made of.
    Archive(Vec<Attachment>),
}

/// What a print shop asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Press {
    /// The condition that it prints under.
    pub profile: OutputProfile,
    /// How far the sheet goes beyond the page on each side, in pt.
    pub bleed: f64,
    /// Whether there are marks at which the page is cut.
    pub marks: bool,
}

/// Between the bleed and the mark, and how long the mark is, in pt.
pub(super) const MARK: (f64, f64) = (6.0, 18.0);

impl Press {
    /// What the sheet has around the page.
    fn around(&self) -> f64 {
        self.bleed + if self.marks { MARK.0 + MARK.1 } else { 0.0 }
    }
}

impl Edition {
    /// Whether its references are links: PDF/X-4 keeps annotations off the page.
    pub(super) fn has_links(&self) -> bool {
        self.press().is_none()
    }

    pub(super) fn press(&self) -> Option<&Press> {
        match self {
            Edition::Press(press) => Some(press),
            Edition::Screen | Edition::Archive(_) => None,
        }
    }

    /// The files that it carries.
    pub(super) fn attachments(&self) -> &[Attachment] {
        match self {
            Edition::Archive(attachments) => attachments,
            Edition::Screen | Edition::Press(_) => &[],
        }
    }

    /// What the sheet has around the page on each side, in pt.
    pub(super) fn around(&self) -> f64 {
        self.press().map_or(0.0, Press::around)
    }

    /// PDF/X-4 is defined on PDF 1.6.
    pub(super) fn version(&self) -> &'static str {
        if self.press().is_some() { "1.6" } else { "1.7" }
    }

    /// The part of PDF/A, at level a: only part 3 lets a file carry any other file.
    pub(super) fn archive_part(&self) -> u8 {
        match self {
            Edition::Screen | Edition::Press(_) => 2,
            Edition::Archive(_) => 3,
        }
    }
}
