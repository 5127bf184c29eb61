//! What a document is, once everything is counted and resolved: no grammar,
//! no files, no places in a source.

mod block;
mod table;
mod text;

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

pub use block::Heading;
pub use table::{Cell, CellText, Row, Table};
pub use text::{
    NO_BREAK_HYPHEN, SOFT_HYPHEN, behind_symbol, capitals, each_text, keeps_letters, on_one_line, plain, plain_lines,
    tops,
};

/// A document that may be rendered: it has no error left, and carries what was
/// found besides. There is no other way to make one than to compile a text.
#[derive(Clone, Debug)]
pub struct Checked {
    document: Document,
}

impl Checked {
    pub(crate) fn new(document: Document) -> Self {
        Checked { document }
    }

    /// What was checked.
    pub fn document(&self) -> &Document {
        &self.document
    }
}

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The name of its type, as `declaration`.
    pub kind: String,
    /// The tag of its language.
    pub language: String,
    /// The symbol as it is printed; a draft may have none.
    pub symbol: Option<String>,
    /// The word for "draft" in its language; none in a final text.
    pub draft: Option<String>,
    /// The first page above the title.
    pub letterhead: Letterhead,
    /// The day of adoption, or the one that a draft's references are judged at
    /// by its header.
    pub day: Option<Date>,
    /// Symbol and date, in the head of the following pages.
    pub running_head: Vec<HeadLine>,
    /// The text, then its annexes and attachments; of a volume none.
    pub parts: Vec<Part>,
    /// What a volume is made of.
    pub volume: Option<Volume>,
    /// Texts that stand behind its own, each with a first page of its own.
    pub appended: Vec<Member>,
    /// The names that the author gave to blocks, `{#name}`.
    pub labels: Vec<(String, Anchor)>,
    /// Words that cite instruments, those of a volume's texts included, which have none by
    /// themselves.
    pub cites: Vec<Cited>,
}

/// Words of a block that cite an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The block.
    pub anchor: Anchor,
    /// The words, blanks alike.
    pub words: String,
    /// The symbol of the instrument, or the name under which it is known.
    pub symbol: String,
    /// The day of its adoption, or its year; nothing where neither is known.
    pub date: String,
}

/// Texts of others, put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Volume {
    /// The first page.
    pub cover: Cover,
    /// The head of the list of texts.
    pub contents: String,
    /// The word above the numbers of their pages.
    pub page: String,
    /// Its sections, in their order; what stands before the first is in one
    /// without a title.
    pub sections: Vec<VolumeSection>,
}

/// The first page of a volume.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cover {
    /// The organization and the body, a line each.
    pub names: Vec<String>,
    /// The city, which is letter-spaced between rules.
    pub place: Option<String>,
    /// The year.
    pub year: Option<String>,
    /// The lines of the title.
    pub title: Vec<Vec<Inline>>,
    /// City and year, below the list of its sections.
    pub imprint: Option<String>,
    /// On its back: code, date and language tags.
    pub back: Vec<HeadLine>,
}

/// A section of a volume.
#[derive(Clone, Debug, PartialEq)]
pub struct VolumeSection {
    /// Where references to it lead.
    pub anchor: Anchor,
    /// `I.`; none where it has no title either.
    pub label: Option<String>,
    /// Its title.
    pub title: Vec<Inline>,
    /// Its texts.
    pub members: Vec<Member>,
}

/// A text of a volume.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Where references to it lead.
    pub anchor: Anchor,
    /// Under its title, in place of its letterhead: symbol and day.
    pub under_title: Option<String>,
    /// What the contents say of it.
    pub entry: String,
    /// The text.
    pub document: Document,
}

impl Document {
    /// The texts of others in it: those of a volume, and those that are appended.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.volume
            .iter()
            .flat_map(|volume| &volume.sections)
            .flat_map(|section| &section.members)
            .chain(&self.appended)
    }

    /// The lines of its title; of a volume those of the cover.
    pub fn title(&self) -> &[Vec<Inline>] {
        match &self.volume {
            Some(volume) => &volume.cover.title,
            None => self.parts.first().map_or(&[], |part| &part.title),
        }
    }
}

impl VolumeSection {
    /// `I. DECLARATIONS`
    pub fn heading(&self) -> String {
        let title = plain(&self.title).to_uppercase();
        match &self.label {
            Some(label) if title.is_empty() => label.clone(),
            Some(label) => format!("{label}\u{A0}{title}"),
            None => title,
        }
    }
}

/// The first page above the title. An empty line keeps its row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Letterhead {
    /// The left column, row by row.
    pub left: Vec<HeadLine>,
    /// The right column, row by row.
    pub right: Vec<HeadLine>,
    /// Which row of the right column has the symbol.
    pub symbol_row: Option<usize>,
    /// Day line and journal line.
    pub meeting: Vec<String>,
    /// Which bytes of each of these stand raised.
    pub raised: Vec<Vec<Range<usize>>>,
    /// The footnote of a corrected text, whose mark stands at the symbol.
    pub correction: Option<String>,
    /// That mark.
    pub correction_mark: String,
    /// The code at the foot of the first page.
    pub file_code: Option<String>,
}

/// A line of a head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadLine {
    /// What it says; an empty one keeps its row.
    pub text: String,
    /// Its language, where it is another than the document's: dates and tags
    /// are in English.
    pub language: Option<String>,
}

/// Where a reference leads: the number of a block in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub u32);

/// The text itself, an annex or an attachment.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Which.
    pub kind: PartKind,
    /// Where references to it lead.
    pub anchor: Anchor,
    /// What its bookmark says.
    pub name: String,
    /// The right column of its first page: `Annex`, language tags.
    pub head: Vec<HeadLine>,
    /// The meeting and its journal, above the title of what a journal has annexed.
    pub meeting: Vec<Vec<Inline>>,
    /// The line before the title, as `DECISION No. 9/09`.
    pub title_line: Option<String>,
    /// The lines of the title.
    pub title: Vec<Vec<Inline>>,
    /// Who makes an interpretative statement.
    pub by: Option<String>,
    /// Its language, where it is another than the document's.
    pub language: Option<String>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The footnotes, in the order of their marks.
    pub notes: Vec<Note>,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// The text.
    Main,
    /// `annex:`
    Annex,
    /// `attachment:`
    Attachment,
}

impl PartKind {
    /// Whether it begins with a page of its own.
    pub fn is_attached(self) -> bool {
        self != PartKind::Main
    }
}

/// A footnote.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its number, or `*`.
    pub mark: String,
    /// Its text.
    pub content: Vec<Inline>,
}

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Where references to it lead.
    pub anchor: Anchor,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// The line with which a preamble opens.
    Opening(Vec<Inline>),
    /// A preambular clause.
    Clause(Vec<Inline>),
    /// A paragraph without a number.
    Prose(Vec<Inline>),
    /// Numbered paragraphs or sub-paragraphs, one after the other.
    List(List),
    /// A further paragraph of a numbered one (level 0) or of a sub-paragraph.
    Continuation {
        /// The level that it belongs to.
        level: usize,
        /// The text.
        content: Text,
    },
    /// A heading.
    Heading {
        /// 0 for sessions of a meeting, 1 for sections, 2 for subsections and headings
        /// without a number.
        level: usize,
        /// `I.`, `A.`
        label: Option<String>,
        /// The title; empty where a section has none.
        content: Text,
    },
    /// A quotation at a level of sub-paragraphs, or a statement of somebody.
    Quote {
        /// The level that it belongs to.
        level: usize,
        /// Whether it is a statement, which stands deeper than all other text.
        is_statement: bool,
        /// What is quoted; numbers stand as the author typed them.
        blocks: Vec<Block>,
    },
    /// Lines that are printed each by itself: an address, or a signature.
    Lines {
        /// Whether they are a signature.
        is_signature: bool,
        /// The lines.
        lines: Vec<Text>,
    },
    /// A list of contents.
    Contents(Contents),
    /// A table.
    Table(Table),
}

/// A list of what a text has, with the pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    /// Above it.
    pub title: Text,
    /// The word above the numbers of pages.
    pub page: String,
    /// Its lines.
    pub entries: Vec<Entry>,
}

/// A line of a list of contents.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where it leads.
    pub anchor: Anchor,
    /// How deep, from 1.
    pub level: usize,
    /// The number of what it names.
    pub label: Option<String>,
    /// Its words, as they are printed.
    pub words: String,
}

/// Items that count one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// How deep, from 0, which is that of numbered paragraphs.
    pub level: usize,
    /// How it counts.
    pub numbering: Numbering,
    /// At least one.
    pub items: Vec<Item>,
}

/// How a list counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// By dashes.
    Unordered,
    /// 1, 2, 3
    Decimal,
    /// i, ii, iii
    LowerRoman,
    /// a, b, c
    LowerAlpha,
    /// A, B, C
    UpperAlpha,
    /// By words: `Date:`, `Opened:`
    Labels,
    /// By words, and what stands beside them is a title: `Agenda item 1:`
    Titles,
}

impl Numbering {
    /// Whether its items have a number, and not a dash alone.
    pub fn counts(self) -> bool {
        self != Numbering::Unordered
    }
}

impl Numbering {
    /// Whether words stand before its items, in a column.
    pub fn is_labelled(self) -> bool {
        matches!(self, Numbering::Labels | Numbering::Titles)
    }
}

/// A numbered paragraph or a sub-paragraph, with all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Where references to it lead.
    pub anchor: Anchor,
    /// As it is printed, with a bracket that opens before it: `3.`, `[3 bis.`,
    /// `(a)`, `–`.
    pub label: String,
    /// The text.
    pub content: Text,
    /// Further paragraphs, sub-paragraphs, quotations.
    pub body: Vec<Block>,
}

impl Item {
    /// Whether it has no words of its own and its first sub-paragraph stands on its line,
    /// as in `1. (a) text`, or a table.
    pub fn leads_in(&self) -> bool {
        self.content.is_empty()
            && self.body.first().is_some_and(|first| match &first.kind {
                BlockKind::List(list) => list.level > 0,
                BlockKind::Table(table) => table.level.is_some(),
                BlockKind::Opening(_)
                | BlockKind::Clause(_)
                | BlockKind::Prose(_)
                | BlockKind::Continuation { .. }
                | BlockKind::Heading { .. }
                | BlockKind::Lines { .. }
                | BlockKind::Contents(_)
                | BlockKind::Quote { .. } => false,
            })
    }
}

/// A paragraph's words.
pub type Text = Vec<Inline>;

/// Where a cited instrument can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// At a web address.
    Address(Arc<str>),
    /// In the same volume.
    Text(Anchor),
}

/// What stands inside a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Letters set raised, as the o of "no".
    Raised(String),
    /// `*text*` or `**text**`
    Emphasis {
        /// Bold.
        strong: bool,
        /// What is emphasized.
        content: Vec<Inline>,
    },
    /// Text not yet agreed, with its brackets in it.
    Bracket(Vec<Inline>),
    /// A gap to be filled.
    Placeholder(String),
    /// A reference to a part of this document.
    Link {
        /// Where it leads.
        target: Anchor,
        /// What it prints.
        text: String,
    },
    /// Words that cite an instrument which can be read somewhere.
    Instrument {
        /// Where it can be read.
        lead: Lead,
        /// The words.
        content: Vec<Inline>,
    },
    /// A reference to a name that nothing has.
    Unresolved(String),
    /// The mark of a footnote.
    NoteMark {
        /// Which note of the part.
        note: usize,
        /// What is printed.
        mark: String,
    },
    /// A passage in another language.
    Foreign {
        /// Its tag.
        language: String,
        /// The passage.
        content: Vec<Inline>,
    },
}
