//! What layout makes: pages with their lines, and what is known once all are set.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::changes::Change;
use super::structure::{ElementId, Structure};
use crate::fonts::Face;
use crate::model::Anchor;

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Symbol, date, names and tags on the first page.
    Letterhead,
    /// Day and journal line.
    Meeting,
    /// The line before the title.
    TitleLine,
    /// The title of the text, an annex or an attachment.
    Title,
    /// Symbol, date and kind on the first page of an annex or attachment.
    PartHead,
    /// The line with which a preamble opens.
    Opening,
    /// A preambular clause.
    Clause,
    /// A paragraph without a number, or the continuation of one.
    Prose,
    /// A numbered paragraph.
    Numbered,
    /// A sub-paragraph of a level from 1.
    Item(usize),
    /// A text beside words, as `Date:`.
    Labelled,
    /// A heading of level 1 or 2, or the title of a session.
    Heading(usize),
    /// A paragraph of a quotation.
    Quote,
    /// A cell of a table: row, column, and whether it is in the header row.
    Cell(usize, usize, bool),
    /// A footnote.
    Note,
    /// Page number, symbol and date on the following pages.
    RunningHead,
    /// The file code at the foot of the first page.
    FileCode,
}

impl Role {
    /// Whether it belongs to the page and not to the text.
    pub fn is_artifact(self) -> bool {
        matches!(self, Role::RunningHead | Role::FileCode)
    }
}

/// A stretch of text in one face and size.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its left edge.
    pub x: f64,
    /// Its width.
    pub width: f64,
    /// Its text; every character has a glyph in the face.
    pub text: String,
    /// The face.
    pub face: Face,
    /// The size.
    pub size: f64,
    /// How far it stands above the line.
    pub rise: f64,
    /// What it belongs to; none for what only helps the eye, as leaders.
    pub element: Option<ElementId>,
    /// Whether it is the mark of a footnote in the text.
    pub is_note_mark: bool,
    /// What became of it, where two drafts are set as one.
    pub change: Option<Change>,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is for.
    pub role: Role,
    /// The paragraph, cell or note that it belongs to; none for what belongs to
    /// the page, as its number.
    pub element: Option<ElementId>,
    /// Where its letters stand.
    pub baseline: f64,
    /// Its text from left to right.
    pub runs: Vec<Run>,
    /// Whether a blank stands between its last word and the next line's: nothing
    /// is drawn of it, but without it two words would be read as one.
    pub blank_follows: bool,
}

/// A filled bar: the rule above notes, the lines of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// To a part of the document.
    Anchor(Anchor),
    /// To a web address.
    Address(Arc<str>),
}

/// A reference to a part of the document, or to an instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The area that is active.
    pub area: Bar,
    /// Where it leads.
    pub target: LinkTarget,
    /// The element that it belongs to, which knows its words.
    pub element: Option<ElementId>,
}

/// A finished page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Which it is, from 1.
    pub number: u32,
    /// The number that is printed on it, and by which contents name it; 0 where it has none.
    pub folio: u32,
    /// Whether it is turned: as wide as others are high. What it has is read when the sheet is
    /// turned to the right.
    pub turned: bool,
    /// Its lines, in the order of reading; heads first, notes last.
    pub lines: Vec<Line>,
    /// Its bars.
    pub bars: Vec<Bar>,
    /// Its links.
    pub links: Vec<Link>,
    /// What begins on it, and at what height.
    pub anchors: Vec<(Anchor, f64)>,
}

/// All pages of a document, for tests and for looking at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// The pages in their order.
    pub pages: Vec<Page>,
    /// What the pages do not say.
    pub rest: Rest,
}

/// What is known of a document when all its pages are set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rest {
    /// What its lines are.
    pub structure: Structure,
    /// A word wider than its line in the block of an anchor, which had to be
    /// broken anywhere.
    pub wide_words: Vec<(Anchor, String)>,
    /// Where things stand that only their words decide, for formats that set lines themselves.
    pub measures: Measures,
}

/// Places that words decide, in pt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// The left edges of the columns of a table and the right edge of the last, from the page's left edge.
    pub tables: BTreeMap<Anchor, Vec<f64>>,
    /// Where the first line of a text beside words begins, and where the others do, from the
    /// page's left edge.
    pub labelled: BTreeMap<Anchor, (f64, f64)>,
    /// How wide the lines of a title of more lines than one are, by the part and the line of the
    /// title.
    pub titles: BTreeMap<(Anchor, usize), f64>,
    /// Where the letterhead above a part ends, and where the title begins, from the page's top.
    pub heads: BTreeMap<Anchor, (f64, f64)>,
    /// The pages on which blocks begin, as they are printed.
    pub folios: BTreeMap<Anchor, u32>,
}
