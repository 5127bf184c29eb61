//! Characters that are printed in a face that has none of them.

use std::collections::{BTreeMap, BTreeSet};

use super::glyphs::{Letters, OTHERWISE, in_no_font, is_in_any, listed, named};
use crate::assemble::Filled;
use crate::compile::passage::Passage;
use crate::compile::session::Session;
use crate::config::Project;
use crate::data::{Datum, Record};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fonts::Face;
use crate::layout::style::Style;
use crate::layout::{self, Missing, Within};
use crate::model::{Document, each_text};
use crate::source::Span;
use crate::syntax::ast::{Block, Header, Word};

/// The words of a document.
#[derive(Clone, Copy, Default)]
pub(crate) struct Words<'a> {
    pub passages: &'a [Passage<'a>],
    /// The blocks that passages name by their numbers.
    pub body: &'a [Block],
    /// The place of each anchor.
    pub places: &'a [Span],
}

/// How a document is set, and what of it was written outside of its text.
pub(crate) struct Origins<'a> {
    pub style: &'a Style,
    pub project: &'a Project,
    pub header: &'a Header,
    pub record: Option<&'a Record>,
    /// Where the header ends.
    pub end: Span,
}

impl<'a> Origins<'a> {
    pub fn of(filled: &'a Filled, session: &'a Session<'_>, record: Option<&'a Record>) -> Self {
        let Filled { header, end, .. } = filled;
        Origins { style: &session.style, project: &session.project, header, record, end: *end }
    }
}

/// Says which characters a document prints in a face that has none of them. Layout
/// alone knows the faces; it is asked where a character is not in all of them.
/// Each is said once: of a volume's texts it may be `said`.
pub(crate) fn without_glyph(
    document: &Document,
    words: Words<'_>,
    origins: &Origins<'_>,
    said: &mut BTreeSet<char>,
    found: &mut Diagnostics,
) {
    let typeface = &origins.style.typeface;
    let is_everywhere = |text: &str| text.chars().all(|c| typeface.has_everywhere(c));
    let mut all = is_everywhere(layout::OWN_SIGNS);
    each_text(document, &mut |text| all = all && is_everywhere(text));
    if all {
        return;
    }
    let mut faces: BTreeMap<Face, Vec<Wanted>> = BTreeMap::new();
    let mut last = None;
    for (Missing { character, face }, within) in layout::missing_glyphs(document, origins.style) {
        let is_in_any = is_in_any(origins.style, character);
        // What no font has is said of the first face that is without it.
        let is_next = last.replace(character) != Some(character);
        if (is_next || is_in_any) && !said.contains(&character) {
            faces.entry(face).or_default().push(Wanted::new(character, is_in_any, &within, words.places));
        }
    }
    origins.find(words, faces.values_mut().flatten().collect());
    for (face, missing) in faces {
        said.extend(missing.iter().map(|wanted| wanted.c));
        origins.say(face, missing, found);
    }
}

/// A character that a face lacks, and where it may have been written.
struct Wanted {
    c: char,
    /// Whether another face has it.
    is_in_any: bool,
    /// The places of what it is printed in, sorted.
    blocks: Vec<Span>,
    /// Whether it is printed in a title, and in a note.
    in_title: bool,
    in_note: bool,
    /// Where the text has it: in what it is printed in without a glyph, and elsewhere.
    there: Vec<Span>,
    elsewhere: Vec<Span>,
    /// Whether the text has it at all.
    is_in_text: bool,
    in_values: Option<Span>,
}

/// More places of one character are not shown.
const MAX_PLACES: usize = 1000;

impl Origins<'_> {
    /// Looks once through all that may have been printed, for all characters: the
    /// words of the text, also for letters of which they are the capitals; then the
    /// values of the header and from outside.
    fn find(&self, words: Words<'_>, wanted: Vec<&mut Wanted>) {
        let mut by_character: BTreeMap<char, Vec<&mut Wanted>> = BTreeMap::new();
        for wanted in wanted {
            by_character.entry(wanted.c).or_default().push(wanted);
        }
        let is_doubtful = |c: char| !self.style.typeface.has_everywhere(c);
        for passage in words.passages {
            for (at, letter) in passage.flat.text.char_indices().filter(|(_, letter)| is_doubtful(*letter)) {
                for c in with_capitals(letter) {
                    for wanted in by_character.get_mut(&c).into_iter().flatten() {
                        wanted.is_in_text = true;
                        // What no font has was said of all passages.
                        if is_in_any(self.style, letter) {
                            let place = passage.flat.span(at..at + letter.len_utf8());
                            wanted.stands(place, passage, words.body);
                        }
                    }
                }
            }
        }
        let mut lines: Vec<&Word> = Vec::new();
        let given = self.record.into_iter().flat_map(|record| &record.entries);
        for (_, datum, _) in given {
            lines_of(datum, &mut lines);
        }
        lines.extend(self.header.entries().flat_map(|entry| &entry.lines));
        for line in lines {
            // What was read otherwise than it is written has one place.
            let is_verbatim = line.text.len() == line.span.range().len();
            for (at, c) in line.text.char_indices().filter(|(_, c)| is_doubtful(*c)) {
                let place = if is_verbatim { line.span.part(at..at + c.len_utf8()) } else { line.span };
                for c in with_capitals(c) {
                    for wanted in by_character.get_mut(&c).into_iter().flatten() {
                        wanted.in_values.get_or_insert(place);
                    }
                }
            }
        }
    }

    fn say(&self, face: Face, missing: Vec<Wanted>, found: &mut Diagnostics) {
        let mut letters = Letters::default();
        let mut written_by_nobody = BTreeSet::new();
        for wanted in &missing {
            for place in wanted.places() {
                letters.add(wanted.c, *place);
            }
            if !wanted.is_in_text && wanted.in_values.is_none() {
                written_by_nobody.insert(wanted.c);
            }
        }
        let said = letters.said(&format!("the font for `{}` has", face.name()));
        let is_said = said.is_some();
        found.extend(said);
        for wanted in missing.iter().filter(|wanted| !(is_said && wanted.c.is_alphabetic())) {
            let (message, hint) = if wanted.is_in_any {
                (
                    format!("the font for `{}` has no {}", face.name(), named(wanted.c)),
                    "write it otherwise, or name a font in `chancery.toml` that has it",
                )
            } else {
                (in_no_font(wanted.c), OTHERWISE)
            };
            for place in wanted.places() {
                found.push(Diagnostic::new(Code::MissingGlyph, *place, message.clone()).hint(hint));
            }
        }
        if !written_by_nobody.is_empty() {
            let (font, place) = match &self.project.fonts {
                Some(fonts) => (fonts[face as usize].0.as_str(), fonts[face as usize].1),
                None => (self.style.typeface.font(face).name(), self.end),
            };
            let message = format!("`{font}` has no {}, which Chancery prints in this text", listed(&written_by_nobody));
            found.push(Diagnostic::new(Code::MissingGlyph, place, message).hint("name a font that has them"));
        }
    }
}

impl Wanted {
    fn new(c: char, is_in_any: bool, within: &BTreeSet<Within>, places: &[Span]) -> Wanted {
        let place = |within: &Within| match within {
            Within::Block(anchor) => places.get(anchor.0 as usize).copied(),
            Within::Title | Within::Note | Within::Head => None,
        };
        let mut blocks: Vec<Span> = within.iter().filter_map(place).collect();
        blocks.sort();
        let (in_title, in_note) = (within.contains(&Within::Title), within.contains(&Within::Note));
        let [there, elsewhere] = [const { Vec::new() }; 2];
        Wanted { c, is_in_any, blocks, in_title, in_note, there, elsewhere, is_in_text: false, in_values: None }
    }

    fn stands(&mut self, place: Span, passage: &Passage<'_>, body: &[Block]) {
        let block = passage.block.and_then(|number| body.get(number));
        let begins_part = |block: &Block| block.keyword().is_some_and(|keyword| keyword.name.begins_part());
        let is_title = block.is_none_or(begins_part);
        let is_there = match block {
            _ if passage.is_note => self.in_note,
            _ if is_title => self.in_title,
            Some(block) => {
                let before = self
                    .blocks
                    .partition_point(|other| (other.file, other.start) < (block.span.file, block.span.start));
                self.blocks.get(before).is_some_and(|other| block.span.contains(*other))
            }
            None => false,
        };
        let places = if is_there { &mut self.there } else { &mut self.elsewhere };
        if places.len() < MAX_PLACES {
            places.push(place);
        }
    }

    /// Where it stands: in what is printed in the face, else anywhere in the text,
    /// else in a value.
    fn places(&self) -> &[Span] {
        match [&self.there, &self.elsewhere].into_iter().find(|places| !places.is_empty()) {
            Some(places) => places,
            None if self.is_in_text => &[],
            None => self.in_values.as_slice(),
        }
    }
}

/// A letter, and what it becomes in a title.
fn with_capitals(letter: char) -> impl Iterator<Item = char> {
    std::iter::once(letter).chain(letter.to_uppercase().filter(move |capital| *capital != letter))
}

fn lines_of<'d>(datum: &'d Datum, out: &mut Vec<&'d Word>) {
    match datum {
        Datum::Words(lines) => out.extend(lines),
        Datum::List(items) => items.iter().for_each(|(item, _)| lines_of(item, out)),
        Datum::Record(entries) => entries.iter().for_each(|(_, datum, _)| lines_of(datum, out)),
    }
}
