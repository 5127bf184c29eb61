//! What a Word file has in it before it is XML: paragraphs of runs, tables, and where sections
//! end. Lengths are in twips, twenty to a pt.

use std::collections::BTreeMap;

use crate::model::{Anchor, Numbering};
use crate::ooxml::names::ParagraphRole;

/// A length in twips.
pub(super) fn twips(pt: f64) -> i64 {
    (pt * 20.0).round() as i64
}

/// A document.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    pub units: Vec<Unit>,
    /// Footnotes; a run says which by its place here.
    pub notes: Vec<Paragraph>,
    /// The lists that count, as `numbers` found them.
    pub lists: Lists,
    /// The language of what says nothing else.
    pub language: String,
    /// Whether each section counts its notes anew.
    pub notes_restart: bool,
    /// How many leaves are the text's own; those beyond belong to what is appended, which is not compared.
    pub own_leaves: usize,
}

#[derive(Clone, Debug)]
pub(super) enum Unit {
    Paragraph(Paragraph),
    Table(Table),
    /// What stands before it, up to the section before, is set so.
    Section(Section),
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub role: ParagraphRole,
    pub number: Number,
    pub format: Format,
    pub runs: Vec<Run>,
    /// What became of its end.
    pub mark: Mark,
    /// What it was, where a change is shown.
    pub was: Option<Box<(ParagraphRole, Number, Format)>>,
    /// The leaf that begins with it, with how many of its kind; for the redline.
    pub leaf: Option<usize>,
}

impl Paragraph {
    pub fn of(role: ParagraphRole, runs: Vec<Run>) -> Paragraph {
        let (number, format) = (Number::None, Format::default());
        Paragraph { role, number, format, runs, mark: Mark::Same, was: None, leaf: None }
    }
}

/// What becomes of something when changes are accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    #[default]
    Same,
    New,
    Gone,
    /// Moved away, by the name of the move.
    From(usize),
    To(usize),
}

/// The number before a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Number {
    None,
    /// As it is printed; who counts it is not known yet.
    Printed {
        family: Family,
        level: usize,
        label: String,
        anchor: Anchor,
        counts: Option<Numbering>,
    },
    /// Word counts it, in a list at a level.
    Counted {
        list: usize,
        level: usize,
    },
    /// It stands in the text, and the style's own is left out.
    Typed,
}

/// What counts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Paragraphs,
    Headings,
}

/// How a level counts: `(%2)`, `lowerLetter`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form {
    pub template: String,
    pub counts: &'static str,
}

/// What `numbering.xml` is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lists {
    /// The forms of levels, list by list; the first is that of paragraphs, the second that of headings.
    pub kinds: Vec<(Family, BTreeMap<usize, Form>)>,
    /// Of each list that counts anew, its kind, and the level and number that it begins with.
    pub all: Vec<(usize, Option<(usize, u32)>)>,
}

/// How a paragraph stands, where its style says something else.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Format {
    /// Left edge of all lines, and how much further right the first one begins.
    pub indent: Option<(i64, i64)>,
    pub right: Option<i64>,
    pub tabs: Vec<(i64, Tab)>,
    pub before: Option<i64>,
    pub after: Option<i64>,
    /// The height of its lines.
    pub line: Option<i64>,
    pub keep_next: bool,
    pub page_break: bool,
    pub at_right: bool,
    pub centred: bool,
    /// Whether rules stand above and below it.
    pub ruled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Left,
    Centre,
    /// With dots before it.
    Dotted,
}

/// A stretch of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub what: What,
    pub look: Look,
    pub mark: Mark,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Text(String),
    Tab,
    /// The mark of a footnote, by its place among the notes, and what is printed.
    Note(usize, String),
    /// A field, and what it prints.
    Field(String, String),
    /// A reference to something with a number, and what is printed.
    Reference(Anchor, String),
    /// A bookmark begins.
    Start(String),
    /// It ends.
    End(String),
}

/// How a run is set, and what it belongs to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Look {
    pub bold: bool,
    pub italic: bool,
    pub raised: bool,
    pub capitals: bool,
    pub bracket: bool,
    pub placeholder: bool,
    pub language: String,
    pub link: Option<Link>,
    /// The tag of the content control around it.
    pub control: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    Address(String),
    Bookmark(String),
}

impl Run {
    pub fn new(what: What, look: &Look) -> Run {
        Run { what, look: look.clone(), mark: Mark::Same }
    }

    pub fn text(words: &str, look: &Look) -> Run {
        Run::new(What::Text(words.to_owned()), look)
    }

    /// Whether it is a bookmark's beginning or end.
    pub fn is_place(&self) -> bool {
        matches!(self.what, What::Start(_) | What::End(_))
    }
}

/// A table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The left edge, from the margin.
    pub left: i64,
    pub widths: Vec<i64>,
    pub ruled: bool,
    /// Space between rule and text, at the sides and above and below.
    pub pad: (i64, i64),
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub is_header: bool,
    pub cells: Vec<Vec<Paragraph>>,
    pub mark: Mark,
    pub leaf: Option<usize>,
}

/// How the pages of a section are set.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub turned: bool,
    /// Whether it begins on a right-hand page.
    pub on_right: bool,
    /// Whether it goes on on the page of the one before.
    pub first: Vec<Paragraph>,
    pub following: Vec<Paragraph>,
    pub first_foot: Vec<Paragraph>,
    /// Whether its first page has a head of its own.
    pub has_first: bool,
    /// The number of its first page, where they count anew.
    pub starts: Option<u32>,
}
