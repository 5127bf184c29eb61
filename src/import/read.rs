//! What was read of a foreign file, before it is written as a source.

use std::collections::BTreeMap;

/// A file, read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// Paragraphs and tables in their order.
    pub blocks: Vec<Block>,
    /// What content controls name: `symbol`, `title` …
    pub keys: BTreeMap<String, String>,
    /// Who changed it, in the order in which they are met.
    pub authors: Vec<String>,
    /// What was left behind.
    pub lost: Vec<Lost>,
    /// The language that most of its words are marked as.
    pub language: Option<String>,
    /// The hash of the source that it was made of, if it says so.
    pub source: Option<String>,
}

/// Something that a source cannot have, or that was read in part.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lost {
    /// Which paragraph it stands in or behind, from 1; 0 where it is of the file.
    pub paragraph: usize,
    /// The paragraph's first words.
    pub near: String,
    /// What it is, and what became of it.
    pub what: String,
}

/// A paragraph or a table.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// Who put something in, and who took it out, by their number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Who put it in; nobody where it was there.
    pub put_in: Option<u16>,
    /// Who took it out.
    pub taken_out: Option<u16>,
}

/// What a paragraph is, by its style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Words.
    #[default]
    Text,
    /// A line of the title.
    Title,
    /// A heading of a level, from 1.
    Heading(u8),
    /// A quotation.
    Quotation,
    /// A line of the letterhead, which the header's keys print.
    Head,
    /// A clause of the preamble.
    Preambular,
    /// A paragraph of the operative part.
    Operative,
    /// A line of a list of contents, which the compiler writes.
    Contents,
}

/// A keyword before words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The keyword.
    pub word: String,
    /// What it prints: of each line its label, and its words.
    pub prints: Vec<(String, String)>,
    /// Where it stands.
    pub stands: Stands,
}

/// Where a keyword stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands {
    /// By itself, with lines directly below it.
    Own(Vec<String>),
    /// Among the rows of the session that is open.
    Row,
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// What it is.
    pub role: Role,
    /// The keyword that its words stand behind.
    pub keyword: Option<Keyword>,
    /// The list that counts it, and its level there.
    pub list: Option<(u32, u8)>,
    /// Its number as the word processor shows it, once it is known which paragraphs count.
    pub number: Option<Number>,
    /// How far its text is indented, in twentieths of a point.
    pub indent: i32,
    /// The level of the paragraph that it goes on with, where its style says so.
    pub continues: Option<u8>,
    /// Its words and what stands between them.
    pub pieces: Vec<Piece>,
    /// Who changed its end.
    pub end: Change,
    /// The bookmarks that begin in it.
    pub bookmarks: Vec<String>,
    /// Whether it begins a page.
    pub begins_page: bool,
}

/// A number that a word processor writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// As it is shown, `3.`, `(a)`; a dash for every sign of an unnumbered list.
    pub label: String,
    /// Which list it belongs to.
    pub list: u32,
    /// Its level in it, from 0.
    pub level: u8,
}

/// Words, or what stands between words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// What.
    pub what: What,
    /// How it is set.
    pub style: Style,
    /// Who changed it.
    pub change: Change,
}

/// What a piece is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum What {
    /// Words.
    Words(String),
    /// The end of a line inside a paragraph.
    #[default]
    Break,
    /// A footnote.
    Note {
        /// Its mark, where that is no number.
        mark: Option<String>,
        /// Its words.
        content: Vec<Piece>,
        /// The bookmarks in it.
        bookmarks: Vec<String>,
    },
    /// The number of the paragraph that a bookmark stands at.
    Reference {
        /// The bookmark.
        bookmark: String,
        /// What is shown.
        shown: String,
    },
    /// A comment: who wrote it, and what.
    Comment(String, String),
    /// The beginning of a leaf of the text that the file was made of, by its number.
    Leaf(usize),
}

/// How words are set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasized: bool,
    /// The tag of their language, where it is one that is known.
    pub language: Option<&'static str>,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Whether its first row is a header.
    pub has_header: bool,
    /// The indentation of the paragraph above it, and more.
    pub indent: i32,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Of each cell its paragraphs.
    pub cells: Vec<Vec<Paragraph>>,
    /// Who changed it.
    pub change: Change,
}

impl Paragraph {
    /// Its words, without notes.
    pub fn words(&self) -> String {
        words_of(&self.pieces)
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| match &piece.what {
            What::Words(words) => words.trim().is_empty(),
            What::Break => true,
            What::Note { .. } | What::Reference { .. } | What::Comment(..) => false,
            What::Leaf(_) => true,
        })
    }
}

/// The words of pieces, without notes.
pub fn words_of(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match &piece.what {
            What::Words(words) => out.push_str(words),
            What::Break => out.push(' '),
            What::Reference { shown, .. } => out.push_str(shown),
            What::Note { .. } | What::Comment(..) | What::Leaf(_) => {}
        }
    }
    out
}

/// The first words of a text, to show where something stands.
pub fn first_words(text: &str) -> String {
    let mut out: String = text.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    if out.chars().count() > 50 {
        out = out.chars().take(50).collect();
    }
    if out.len() < text.trim().len() { out + "…" } else { out }
}

/// Whether words are a title, which has capitals alone.
pub(super) fn is_capitals(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    let letters = words.flat_map(str::chars);
    letters.clone().filter(|c| c.is_uppercase()).count() >= 3 && !letters.into_iter().any(char::is_lowercase)
}
