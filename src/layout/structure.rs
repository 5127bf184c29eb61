//! The logical structure of a document: what its lines are, in the order of
//! reading, whatever page they stand on.
//!
//! Layout makes an element when it sets what belongs to it, before there are
//! pages; each run names its element. An element never comes before its parent.

use super::changes::{Change, Said};
use crate::model::Numbering;

/// The number of an element in [`Structure::elements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub u32);

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// All of it.
    Document,
    /// The text with its letterhead, an annex or an attachment; a cover.
    Section,
    /// A section of a volume.
    Group,
    /// A text of a volume.
    Article,
    /// A title or heading, from 1; never more than one deeper than the one
    /// before.
    Heading(u8),
    /// A paragraph, a line of a head.
    Paragraph,
    /// Numbered paragraphs, or sub-paragraphs.
    List(Numbering),
    /// One of them.
    Item,
    /// Its number, or the mark of a note before the note.
    Label,
    /// Its text, with what belongs to it.
    Body,
    /// A quotation that stands by itself.
    Quotation,
    /// A table.
    Table,
    /// A row of it.
    Row,
    /// A cell of its header row.
    HeaderCell,
    /// Another cell.
    Cell,
    /// A footnote.
    Note,
    /// The mark of a footnote in the text; what leads on from a list of
    /// contents.
    Reference,
    /// Words that lead somewhere.
    Link,
    /// Words of another language, or whose letters are not their text.
    Span,
    /// A list of contents.
    Contents,
    /// A line of it.
    Entry,
}

impl Tag {
    /// Whether it stands among the words of a paragraph, and not below them.
    pub fn is_inline(self) -> bool {
        matches!(self, Tag::Label | Tag::Reference | Tag::Link | Tag::Span)
    }
}

/// An element.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// What it belongs to; the first one belongs to itself.
    pub parent: ElementId,
    /// What it is.
    pub tag: Tag,
    /// Its language, where it differs from that of its parent.
    pub language: Option<String>,
    /// What a link says; of other elements the text, where its letters do not show
    /// it plainly: raised, or wide apart.
    pub words: Option<String>,
    /// What became of its words, where two drafts are set as one; its words are what is said
    /// then.
    pub change: Option<Change>,
}

/// All elements of a document; the first is the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Structure {
    /// In the order in which they were made.
    pub elements: Vec<Element>,
    /// What is said of changes in the language of the next text.
    pub(super) said: Said,
}

impl Default for Structure {
    fn default() -> Self {
        let document = Element { parent: ElementId(0), tag: Tag::Document, language: None, words: None, change: None };
        Structure { elements: vec![document], said: Said::default() }
    }
}

impl Structure {
    /// The document itself.
    pub const ROOT: ElementId = ElementId(0);

    /// The element of a number.
    pub fn get(&self, id: ElementId) -> Option<&Element> {
        self.elements.get(id.0 as usize)
    }

    pub(super) fn add(&mut self, parent: ElementId, tag: Tag) -> ElementId {
        self.add_in(parent, tag, None)
    }

    /// An element in a language of its own.
    pub(super) fn add_in(&mut self, parent: ElementId, tag: Tag, language: Option<&str>) -> ElementId {
        let id = ElementId(u32::try_from(self.elements.len()).unwrap_or(u32::MAX));
        self.elements.push(Element { parent, tag, language: language.map(str::to_owned), words: None, change: None });
        id
    }

    /// A link that says `words`.
    pub(super) fn link(&mut self, parent: ElementId, words: &str) -> ElementId {
        let id = self.add(parent, Tag::Link);
        if let Some(element) = self.elements.last_mut() {
            element.words = Some(words.to_owned());
        }
        id
    }

    /// Where the notes of an element's text stand: after it, in what it
    /// belongs to.
    pub(super) fn place_of_notes(&self, id: ElementId) -> ElementId {
        match self.get(id) {
            Some(element) if element.tag != Tag::Body => element.parent,
            _ => id,
        }
    }
}
