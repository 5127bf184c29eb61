//! A paragraph as one string, with the face, size and meaning of each stretch.

use std::ops::Range;
use std::rc::Rc;

use super::changes::Change;
use super::page::LinkTarget;
use super::structure::ElementId;
use super::style::Style;
use crate::fonts::{Face, Typeface};
use crate::model::{Inline, Lead, NO_BREAK_HYPHEN, SOFT_HYPHEN, capitals, keeps_letters, on_one_line};

/// A paragraph ready to be measured.
#[derive(Clone, Debug, Default)]
pub(super) struct Styled {
    pub text: String,
    /// Stretches in their order; the last ends with the text.
    pub stretches: Vec<Stretch>,
}

/// A part of a paragraph that is set in one way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    /// The byte after its last.
    pub end: usize,
    pub look: Look,
}

/// How a stretch is set, and what it means.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Look {
    pub face: Face,
    pub size: f64,
    pub rise: f64,
    pub language: Option<String>,
    pub link: Option<LinkTarget>,
    /// The note whose mark this is.
    pub note: Option<usize>,
    /// What a reader should hear, where the letters alone would mislead.
    pub actual: Option<Rc<str>>,
    /// What it belongs to.
    pub element: Option<ElementId>,
    /// The link that it belongs to.
    pub link_element: Option<ElementId>,
    /// What became of it, where two drafts are set as one.
    pub change: Option<Change>,
}

/// The emphasis that surrounds an inline.
#[derive(Clone, Default)]
struct Around {
    bold: bool,
    italic: bool,
    upper: bool,
    language: Option<String>,
    link: Option<LinkTarget>,
}

impl Styled {
    /// A text in a size and a face, which emphasis in it changes.
    pub fn of(content: &[Inline], size: f64, face: Face, style: &Style) -> Styled {
        let around = Around {
            bold: matches!(face, Face::Bold | Face::BoldItalic),
            italic: matches!(face, Face::Italic | Face::BoldItalic),
            ..Around::default()
        };
        let mut styled = Styled::default();
        styled.add(content, size, &around, style);
        styled
    }

    /// A line of a title: capitals, but for one that keeps its letters.
    pub fn title(at: usize, content: &[Inline], size: f64, style: &Style) -> Styled {
        if keeps_letters(at, content) {
            return Styled::of(content, size, Face::Regular, style);
        }
        let mut styled = Styled::default();
        styled.add(content, size, &Around { upper: true, ..Around::default() }, style);
        styled
    }

    /// Words in the upright face.
    pub fn plain(text: &str, size: f64) -> Styled {
        Styled::in_face(text, size, Face::default())
    }

    /// Words in a face.
    pub fn in_face(text: &str, size: f64, face: Face) -> Styled {
        let mut styled = Styled::default();
        styled.push(text, Look { size, face, ..Look::default() });
        styled
    }

    /// Marks all of it; what the program says is small.
    pub fn change(&mut self, change: Change) {
        const SMALL: f64 = 0.8;
        for Stretch { look, .. } in &mut self.stretches {
            look.change = Some(change);
            if change == Change::Remark {
                (look.size, look.face) = (look.size * SMALL, Face::Italic);
            }
        }
    }

    /// Words of which some letters stand raised.
    pub fn with_raised(text: &str, raised: &[Range<usize>], size: f64, style: &Style) -> Styled {
        let mut content = Vec::new();
        let mut at = 0;
        for range in raised {
            let (Some(before), Some(letters)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
            content.push(Inline::Text(before.to_owned()));
            content.push(Inline::Raised(letters.to_owned()));
            at = range.end;
        }
        content.push(Inline::Text(text.get(at..).unwrap_or_default().to_owned()));
        Styled::of(&content, size, Face::Regular, style)
    }

    /// Whether it ends in a colon, which the marks of notes may follow.
    pub fn leads_on(&self) -> bool {
        let last = self.stretches.iter().rfind(|stretch| stretch.look.note.is_none());
        let end = last.map_or(0, |last| last.end);
        self.text.get(..end).is_some_and(|words| words.trim_end().ends_with(':'))
    }

    /// The same text, every stretch of it read as `words`.
    pub fn read_as(mut self, words: &str) -> Styled {
        let words: Rc<str> = Rc::from(words);
        for stretch in &mut self.stretches {
            stretch.look.actual = Some(words.clone());
        }
        self
    }

    /// Adds a raised mark, as that of a footnote.
    pub fn push_raised(&mut self, text: &str, size: f64, note: Option<usize>, style: &Style) {
        let look = Look {
            size: size * style.raised.scale,
            rise: style.raised.rise * size / style.text.size,
            note,
            ..Look::default()
        };
        self.push(text, look);
    }

    pub fn append(&mut self, mut other: Styled) {
        let offset = self.text.len();
        self.text.push_str(&other.text);
        for stretch in &mut other.stretches {
            stretch.end += offset;
        }
        self.stretches.extend(other.stretches);
    }

    fn push(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let end = self.text.len();
        match self.stretches.last_mut() {
            Some(last) if last.look == look => last.end = end,
            _ => self.stretches.push(Stretch { end, look }),
        }
    }

    fn add(&mut self, content: &[Inline], size: f64, around: &Around, style: &Style) {
        let look = Look {
            face: Face::of(around.bold, around.italic),
            size,
            language: around.language.clone(),
            link: around.link.clone(),
            ..Look::default()
        };
        for inline in content {
            match inline {
                Inline::Text(text) if around.upper => self.push(&capitals(text), look.clone()),
                Inline::Text(text) | Inline::Placeholder(text) | Inline::Unresolved(text) => {
                    self.push(text, look.clone())
                }
                Inline::Raised(text) => {
                    let actual = self.read_with_word_before(text);
                    let raised = Look {
                        size: size * style.raised.scale,
                        rise: style.raised.rise * size / style.text.size,
                        actual,
                        ..look.clone()
                    };
                    self.push(text, raised);
                }
                Inline::Emphasis { strong, content } => {
                    let mut inner = around.clone();
                    // Emphasis inside emphasis stands upright again.
                    if *strong {
                        inner.bold = !inner.bold
                    } else {
                        inner.italic = !inner.italic
                    }
                    self.add(content, size, &inner, style);
                }
                Inline::Bracket(content) => self.add(content, size, around, style),
                Inline::Foreign { language, content } => {
                    let inner = Around { language: Some(language.clone()), ..around.clone() };
                    self.add(content, size, &inner, style);
                }
                Inline::Link { target, text } => {
                    let text = if around.upper { capitals(text) } else { text.clone() };
                    self.push(&text, Look { link: Some(LinkTarget::Anchor(*target)), ..look.clone() });
                }
                Inline::Instrument { lead, content } => {
                    let link = Some(match lead {
                        Lead::Address(address) => LinkTarget::Address(address.clone()),
                        Lead::Text(anchor) => LinkTarget::Anchor(*anchor),
                    });
                    self.add(content, size, &Around { link, ..around.clone() }, style);
                }
                Inline::NoteMark { note, mark } => self.push_raised(mark, size, Some(*note), style),
            }
        }
    }

    /// The whole word that a raised part ends, as `no` with its o raised. The
    /// letters before the raised part become a stretch of their own.
    fn read_with_word_before(&mut self, raised: &str) -> Option<Rc<str>> {
        let at = self.stretches.len().checked_sub(1)?;
        let start = at.checked_sub(1).and_then(|before| self.stretches.get(before)).map_or(0, |before| before.end);
        let last = self.stretches.get_mut(at)?;
        let letters = self.text[start..].trim_end_matches(char::is_alphanumeric).len() + start;
        if letters == self.text.len() || last.look.actual.is_some() || last.look.note.is_some() {
            return None;
        }
        let word: Rc<str> = Rc::from(format!("{}{raised}", &self.text[letters..]));
        let look = Look { actual: Some(word.clone()), ..last.look.clone() };
        if letters == start {
            last.look = look;
        } else {
            last.end = letters;
            self.stretches.push(Stretch { end: self.text.len(), look });
        }
        Some(word)
    }

    /// Each stretch with its text.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &str, &Look)> {
        self.stretches.iter().scan(0, |start, stretch| {
            let from = std::mem::replace(start, stretch.end);
            Some((from, &self.text[from..stretch.end], &stretch.look))
        })
    }

    /// The same words, which no line parts at a hyphen.
    pub fn in_whole_words(&self) -> Styled {
        let mut whole = Styled::default();
        for (_, text, look) in self.iter() {
            let text = text.replace(SOFT_HYPHEN, "").replace('-', NO_BREAK_HYPHEN.encode_utf8(&mut [0; 4]));
            whole.push(&text, look.clone());
        }
        whole
    }

    /// Its width on one line.
    pub fn width(&self, typeface: &Typeface) -> f64 {
        let advance = |c: char, look: &Look| typeface.advance(look.face, c) * look.size;
        let width = |text: &str, look: &Look| -> f64 {
            if text.contains([SOFT_HYPHEN, NO_BREAK_HYPHEN]) {
                text.chars().filter_map(on_one_line).map(|c| advance(c, look)).sum()
            } else {
                typeface.width(look.face, text, look.size)
            }
        };
        self.iter().map(|(_, text, look)| width(text, look)).sum()
    }

    /// The width of its widest word.
    pub fn widest_word(&self, typeface: &Typeface) -> f64 {
        let (mut widest, mut word) = (0.0f64, 0.0);
        for (_, text, look) in self.iter() {
            for c in text.chars() {
                if c == ' ' {
                    word = 0.0;
                } else if let Some(c) = on_one_line(c) {
                    word += typeface.advance(look.face, c) * look.size;
                    widest = widest.max(word);
                }
            }
        }
        widest
    }
}
