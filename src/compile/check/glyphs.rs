//! Characters that the fonts do not have.

use std::collections::BTreeSet;

use super::Passage;
use crate::compile::Context;
use crate::compile::flat::GAP;
use crate::config::Project;
use crate::data::{Datum, Record};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fonts::Face;
use crate::layout::style::Style;
use crate::layout::{self, Missing};
use crate::model::{Anchor, Document, each_text};
use crate::source::Span;
use crate::syntax::ast::{Header, Word};

/// A character that no font has would be printed as a box or not at all.
pub(super) fn missing(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    for passage in passages {
        for (at, c) in passage.flat.text.char_indices() {
            // Control characters are reported by themselves.
            if c == GAP || c.is_control() || is_in_any(context.style, c) {
                continue;
            }
            let place = passage.flat.span(at..at + c.len_utf8());
            let diagnostic = Diagnostic::new(Code::MissingGlyph, place, in_no_font(c));
            found.push(match substitute(c) {
                Some(instead) => diagnostic.hint(format!("`{instead}` is meant in most texts")).fix_if(
                    format!("write `{instead}`"),
                    passage.flat.edit(at..at + c.len_utf8()),
                    instead.to_string(),
                ),
                None => diagnostic.hint("write it in letters, or with a sign that the fonts have"),
            });
        }
    }
}

fn is_in_any(style: &Style, c: char) -> bool {
    let typeface = &style.typeface;
    typeface.has_everywhere(c) || Face::ALL.iter().any(|face| typeface.font(*face).glyph(c).is_some())
}

fn in_no_font(c: char) -> String {
    format!("the fonts have no `{c}` (U+{:04X})", u32::from(c))
}

/// What stands for a sign that word processors use and the fonts lack.
fn substitute(c: char) -> Option<char> {
    Some(match c {
        '\u{2011}' => '-',
        '\u{2060}' => return None,
        '\u{2007}' | '\u{2009}' => '\u{A0}',
        '⁰' => '0',
        _ => return None,
    })
}

/// Where what a document prints may have been written.
pub(in crate::compile) struct Origins<'a> {
    pub style: &'a Style,
    pub project: &'a Project,
    pub passages: &'a [Passage<'a>],
    /// The place of each anchor's block.
    pub places: &'a [Span],
    pub header: &'a Header,
    pub record: Option<&'a Record>,
    /// Where the header ends.
    pub end: Span,
}

/// Says which characters a document prints in a face that has none of them. Layout
/// alone knows the faces; it is asked where a character is not in all of them.
/// Each is said once: of a volume's texts it may be `said`.
pub(in crate::compile) fn printed(
    document: &Document,
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
    let mut now = BTreeSet::new();
    for (Missing { character, face }, anchors) in layout::missing_glyphs(document, origins.style) {
        if !said.contains(&character) {
            origins.say(character, face, &anchors, found);
            now.insert(character);
        }
    }
    said.extend(now);
}

impl Origins<'_> {
    fn say(&self, c: char, face: Face, anchors: &BTreeSet<Option<Anchor>>, found: &mut Diagnostics) {
        let is_in_any = is_in_any(self.style, c);
        let in_words = match is_in_any {
            true => format!("the font for `{}` has no `{c}` (U+{:04X})", face.name(), u32::from(c)),
            false => in_no_font(c),
        };
        let hint = match is_in_any {
            true => "write it otherwise, or name a font in `chancery.toml` that has it",
            false => "write it in letters, or with a sign that the fonts have",
        };
        let places = self.places_in_text(c, anchors);
        if !places.is_empty() {
            // A letter that no font has was said of all passages, its capital not.
            for (_, place) in places.into_iter().filter(|(letter, _)| is_in_any || *letter != c) {
                found.push(Diagnostic::new(Code::MissingGlyph, place, in_words.clone()).hint(hint));
            }
            return;
        }
        if let Some(place) = self.place_in_values(c) {
            found.push(Diagnostic::new(Code::MissingGlyph, place, in_words).hint(hint));
            return;
        }
        let (message, place) = match &self.project.fonts {
            Some(fonts) => {
                let (path, place) = &fonts[face as usize];
                (format!("`{path}` has no `{c}` (U+{:04X}), which this document prints", u32::from(c)), *place)
            }
            None => (in_words, self.end),
        };
        found.push(Diagnostic::new(Code::MissingGlyph, place, message).hint("name a font that has it"));
    }

    /// Where the words of a document have a character, or a letter of which it is
    /// the capital: in the blocks of the anchors, else in titles, else anywhere.
    fn places_in_text(&self, c: char, anchors: &BTreeSet<Option<Anchor>>) -> Vec<(char, Span)> {
        let blocks: Vec<Span> =
            anchors.iter().flatten().filter_map(|anchor| self.places.get(anchor.0 as usize).copied()).collect();
        let [mut in_blocks, mut in_titles, mut elsewhere] = [const { Vec::new() }; 3];
        for passage in self.passages {
            for (at, letter) in passage.flat.text.char_indices() {
                if letter != c && letter.to_uppercase().all(|capital| capital != c) {
                    continue;
                }
                let place = passage.flat.span(at..at + letter.len_utf8());
                let places = match () {
                    () if blocks.iter().any(|block| block.contains(place)) => &mut in_blocks,
                    () if passage.block.is_none() => &mut in_titles,
                    () => &mut elsewhere,
                };
                places.push((letter, place));
            }
        }
        [in_blocks, in_titles, elsewhere].into_iter().find(|places| !places.is_empty()).unwrap_or_default()
    }

    /// The first value of the header, or from outside, that has a character.
    fn place_in_values(&self, c: char) -> Option<Span> {
        let given = self.record.into_iter().flat_map(|record| &record.entries);
        let mut lines: Vec<&Word> = Vec::new();
        given.for_each(|(_, datum, _)| words(datum, &mut lines));
        lines.extend(self.header.entries().flat_map(|entry| &entry.lines));
        lines.into_iter().find_map(|line| {
            let (at, found) = line.text.char_indices().find(|(_, found)| *found == c)?;
            // What was read otherwise than it is written has one place.
            let is_verbatim = line.text.len() == line.span.range().len();
            Some(if is_verbatim { line.span.part(at..at + found.len_utf8()) } else { line.span })
        })
    }
}

fn words<'d>(datum: &'d Datum, out: &mut Vec<&'d Word>) {
    match datum {
        Datum::Words(lines) => out.extend(lines),
        Datum::List(items) => items.iter().for_each(|(item, _)| words(item, out)),
        Datum::Record(entries) => entries.iter().for_each(|(_, datum, _)| words(datum, out)),
    }
}
