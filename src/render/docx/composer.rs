//! What paragraphs are made with: what is carried from one to the next.

use std::collections::BTreeSet;

use super::paragraph::{Body, Format, Look, Paragraph, Run, Section, Unit, What, twips};
use super::styles::room_above;
use crate::layout::Measures;
use crate::layout::style::Style;
use crate::locale::Locale;
use crate::model::{Anchor, Document, Inline, Member, Note, Numbering};
use crate::ooxml::names::{ParagraphRole, leaf_bookmark, reference_bookmark};

/// Makes the paragraphs of a document.
pub(super) struct Composer<'a> {
    pub document: &'a Document,
    pub style: &'a Style,
    pub turned: &'a Style,
    pub measures: &'a Measures,
    pub body: Body,
    /// The number of the next leaf; none in what no comparison looks at.
    pub leaf: Option<usize>,
    /// Notes whose paragraphs are made and whose leaves are not yet counted, and whether each is
    /// the first with its mark.
    pub waiting: Vec<usize>,
    /// The language of the part.
    pub language: String,
    /// What references lead to.
    pub targets: BTreeSet<Anchor>,
    /// Numbers of items without words of their own, which stand before the next text.
    pub leading: Vec<Led>,
    /// More room above the next paragraph.
    pub room: i64,
    /// The section that is open.
    pub section: Section,
    /// Whether text stands in an item of an agenda.
    pub in_item: bool,
    /// The text of a volume that is set.
    pub member: Option<&'a Member>,
}

/// The notes of a part, and which of the file's each of them became.
pub(super) struct Notes<'a> {
    pub of_part: &'a [Note],
    pub made: Vec<Option<usize>>,
}

impl<'a> Notes<'a> {
    pub fn of(of_part: &'a [Note]) -> Notes<'a> {
        Notes { of_part, made: vec![None; of_part.len()] }
    }
}

/// A number without words of its own, which stands before the next text.
pub(super) struct Led {
    pub level: usize,
    pub label: String,
    pub anchor: Anchor,
    pub leaf: Option<usize>,
    pub counts: Numbering,
}

/// The tag by which Word knows the dictionary of a language.
pub(super) fn proofing(tag: &str) -> String {
    match Locale::of(tag) {
        Some(locale) => locale.proofing.clone().unwrap_or_else(|| locale.unicode.clone()),
        None => tag.to_owned(),
    }
}

impl<'a> Composer<'a> {
    /// The look of words that have none of their own.
    pub fn look(&self) -> Look {
        Look { language: proofing(&self.language), ..Look::default() }
    }

    /// What a run says of a language.
    pub fn tag(&self, language: &str) -> String {
        proofing(language)
    }

    pub fn style_of(&self, is_turned: bool) -> &'a Style {
        if is_turned { self.turned } else { self.style }
    }

    pub fn is_target(&self, anchor: Anchor) -> bool {
        self.targets.contains(&anchor)
    }

    /// The number of the leaf that begins here.
    pub fn next_leaf(&mut self) -> Option<usize> {
        let leaf = self.leaf?;
        self.leaf = Some(leaf + 1);
        Some(leaf)
    }

    /// Adds a paragraph.
    pub fn push(&mut self, mut paragraph: Paragraph) {
        if self.room > 0 {
            let own = paragraph.format.before.unwrap_or_else(|| room_above(paragraph.role, self.style));
            paragraph.format.before = Some(own + self.room);
            self.room = 0;
        }
        self.body.units.push(Unit::Paragraph(paragraph));
    }

    /// The notes whose marks stand in the leaf before are leaves behind it.
    pub fn finish_notes(&mut self) {
        for place in std::mem::take(&mut self.waiting) {
            let leaf = self.next_leaf();
            if let Some((leaf, note)) = leaf.zip(self.body.notes.get_mut(place))
                && note.leaf.is_none()
            {
                note.leaf = Some(leaf);
                note.runs = bookmarked(std::mem::take(&mut note.runs), &leaf_bookmark(leaf));
            }
        }
    }

    /// A paragraph that is a leaf, and to which references may lead.
    pub fn leaf_paragraph(
        &mut self,
        role: ParagraphRole,
        anchor: Option<Anchor>,
        content: &[Inline],
        look: &Look,
        notes: &mut Notes<'_>,
    ) -> Paragraph {
        let leaf = self.next_leaf();
        let mut runs = self.runs(content, look, notes);
        if let Some(leaf) = leaf {
            runs = bookmarked(runs, &leaf_bookmark(leaf));
        }
        if let Some(anchor) = anchor.filter(|anchor| self.is_target(*anchor)) {
            runs = bookmarked(runs, &reference_bookmark(anchor.0));
        }
        self.finish_notes();
        Paragraph { leaf, ..Paragraph::of(role, runs) }
    }

    /// Ends the section that is open; the next one is this.
    pub fn next_section(&mut self, next: Section) {
        let done = std::mem::replace(&mut self.section, next);
        self.body.units.push(Unit::Section(done));
    }
}

/// Runs with a bookmark around them.
pub(super) fn bookmarked(mut runs: Vec<Run>, name: &str) -> Vec<Run> {
    let look = Look::default();
    runs.insert(0, Run::new(What::Start(name.to_owned()), &look));
    runs.push(Run::new(What::End(name.to_owned()), &look));
    runs
}

impl Format {
    /// Lines at a place, the first one further right by so much.
    pub fn at(left: f64, first: f64) -> Format {
        Format { indent: Some((twips(left), twips(first))), ..Format::default() }
    }
}
