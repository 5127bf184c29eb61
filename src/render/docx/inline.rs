//! Words as runs.

use super::composer::{Composer, Notes};
use super::paragraph::{Link, Look, Paragraph, Run, What};
use crate::model::{Anchor, Inline, Lead};
use crate::ooxml::names::{ParagraphRole, reference_bookmark};

impl Composer<'_> {
    /// The runs of a text. Its notes are made with it: each is a leaf behind the text's own.
    pub fn runs(&mut self, content: &[Inline], look: &Look, notes: &mut Notes<'_>) -> Vec<Run> {
        let mut out = Vec::new();
        self.add(content, look, notes, &mut out);
        out
    }

    fn add(&mut self, content: &[Inline], look: &Look, notes: &mut Notes<'_>, out: &mut Vec<Run>) {
        for inline in content {
            match inline {
                Inline::Text(text) if look.capitals => capitals(text, look, out),
                Inline::Text(text) | Inline::Unresolved(text) => out.push(Run::text(text, look)),
                Inline::Raised(text) => out.push(Run::text(text, &Look { raised: true, ..look.clone() })),
                Inline::Placeholder(text) => out.push(Run::text(text, &Look { placeholder: true, ..look.clone() })),
                Inline::Emphasis { strong, content } => {
                    let mut inner = look.clone();
                    // Emphasis inside emphasis stands upright again.
                    if *strong {
                        inner.bold = !inner.bold
                    } else {
                        inner.italic = !inner.italic
                    }
                    self.add(content, &inner, notes, out);
                }
                Inline::Bracket(content) => self.add(content, &Look { bracket: true, ..look.clone() }, notes, out),
                Inline::Link { target, text } => self.reference(*target, text, look, out),
                Inline::Instrument { lead, content } => {
                    let link = match lead {
                        Lead::Address(address) => Link::Address(address.to_string()),
                        Lead::Text(anchor) => Link::Bookmark(reference_bookmark(anchor.0)),
                    };
                    self.add(content, &Look { link: Some(link), ..look.clone() }, notes, out);
                }
                Inline::NoteMark { note, mark } => {
                    if let Some(made) = self.note(*note, notes) {
                        out.push(Run::new(What::Note(made, mark.clone()), look));
                    }
                }
                Inline::Foreign { language, content } => {
                    let inner = Look { language: self.tag(language), ..look.clone() };
                    self.add(content, &inner, notes, out);
                }
            }
        }
    }

    fn reference(&mut self, target: Anchor, text: &str, look: &Look, out: &mut Vec<Run>) {
        out.push(Run::new(What::Reference(target, text.to_owned()), look));
    }

    /// Makes a note, the first time that its mark stands somewhere; each mark is a leaf.
    fn note(&mut self, at: usize, notes: &mut Notes<'_>) -> Option<usize> {
        if let Some(made) = notes.made.get(at).copied().flatten() {
            self.waiting.push(made);
            return Some(made);
        }
        let note = notes.of_part.get(at)?;
        let place = self.body.notes.len();
        self.body.notes.push(Paragraph::of(ParagraphRole::Note, Vec::new()));
        if let Some(made) = notes.made.get_mut(at) {
            *made = Some(place);
        }
        let look = self.look();
        let runs = self.runs(&note.content, &look, &mut Notes::of(&[]));
        if let Some(made) = self.body.notes.get_mut(place) {
            made.runs = runs;
        }
        self.waiting.push(place);
        Some(place)
    }
}

/// Words of a title: capitals, but for letters behind a figure.
fn capitals(text: &str, look: &Look, out: &mut Vec<Run>) {
    let small = Look { capitals: false, ..look.clone() };
    let mut piece = String::new();
    let (mut is_behind_figure, mut is_small) = (false, false);
    for letter in text.chars() {
        is_behind_figure = letter.is_ascii_digit() || is_behind_figure && letter.is_alphabetic();
        let keeps = is_behind_figure && letter.is_alphabetic();
        if keeps != is_small && !piece.is_empty() {
            out.push(Run::text(&std::mem::take(&mut piece), if is_small { &small } else { look }));
        }
        is_small = keeps;
        piece.push(letter);
    }
    if !piece.is_empty() {
        out.push(Run::text(&piece, if is_small { &small } else { look }));
    }
}
