//! What of a document is new or gone, where two drafts of it are set as one: layout sets these
//! words in the place of the model's, marks them, and says them to who listens.

use std::collections::BTreeMap;

use crate::model::{Anchor, Inline};

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// They are new.
    New,
    /// They are gone.
    Gone,
    /// A new number that only follows others.
    Follows,
    /// The number that it was.
    Followed,
    /// They stood elsewhere.
    Moved,
    /// Said by the program, and in neither text.
    Remark,
}

impl Change {
    /// Whether it stood in the old text alone.
    pub fn is_gone(self) -> bool {
        matches!(self, Change::Gone | Change::Followed)
    }

    /// Whether it stands in the new text alone.
    pub fn is_new(self) -> bool {
        matches!(self, Change::New | Change::Follows)
    }

    /// Whether a bar in the margin leads to it.
    pub(super) fn has_bar(self) -> bool {
        !matches!(self, Change::Follows | Change::Followed | Change::Remark)
    }
}

/// Words with one fate.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The words.
    pub content: Vec<Inline>,
    /// What became of them; nothing if they are the same.
    pub change: Option<Change>,
}

/// Which text of a block or a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// A number, or the words before a text.
    Label,
    /// The words of a block.
    Text,
    /// A line of several that stand together.
    Line(usize),
    /// A paragraph of a cell: row, column, and which.
    Cell(usize, usize, usize),
    /// The dash before one.
    CellLabel(usize, usize, usize),
    /// The line before a title.
    TitleLine,
    /// A line of a title.
    Title(usize),
    /// Who makes a statement.
    By,
    /// A line at the head of a part.
    Head(usize),
    /// A row of a column of the first page.
    Letterhead(Column, usize),
    /// Day line and journal line.
    Meeting(usize),
    /// The word `draft`.
    Draft,
    /// The footnote of a corrected text.
    Correction,
    /// The code at the foot of the first page.
    FileCode,
    /// A footnote, and its mark before it.
    Note(usize),
    /// That mark.
    NoteMark(usize),
}

/// A column of the first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Symbol, date.
    Right,
    /// Names.
    Left,
}

/// What is said around a change to who listens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Before what is new.
    pub new: String,
    /// Before what is gone.
    pub gone: String,
    /// Behind both.
    pub end: String,
}

/// A page before the text: which drafts these are, and what changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Front {
    /// Its title.
    pub title: String,
    /// Its paragraphs.
    pub lines: Vec<Vec<Piece>>,
    /// What changed, under headings.
    pub groups: Vec<(String, Vec<String>)>,
    /// The language of all this.
    pub language: String,
}

/// All that differs in a document whose blocks are those of two drafts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The texts of which something is new or gone.
    pub pieces: BTreeMap<(Anchor, Slot), Vec<Piece>>,
    /// What is said of changes, by language.
    pub said: BTreeMap<String, Said>,
    /// The first page.
    pub front: Front,
    /// At the foot of each page.
    pub foot: String,
}

impl Changes {
    /// The words of a text, old and new, in the place of its own.
    pub fn of(&self, anchor: Anchor, slot: Slot) -> Option<&[Piece]> {
        self.pieces.get(&(anchor, slot)).map(Vec::as_slice)
    }
}
