//! Characters that the fonts do not have.

use std::collections::BTreeSet;

use unicode_normalization::char::is_combining_mark;

use crate::compile::context::Context;
use crate::compile::flat::GAP;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fonts::Face;
use crate::layout::{self, style::Style};
use crate::source::Span;

/// Of so many letters each is said where it stands; where more are missing, the
/// fonts are not made for the text's language, and that is one thing to say.
const MAX_LETTERS: usize = 8;

/// A character that no font has would be printed as a box or not at all.
pub(super) fn missing(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    let is_missing = |c: char| c != GAP && !c.is_control() && !is_in_any(context.style, c);
    let mut letters = Letters::default();
    for passage in passages {
        for (at, c) in passage.flat.text.char_indices().filter(|(_, c)| is_missing(*c)) {
            letters.add(c, passage.flat.span(at..at + c.len_utf8()));
        }
    }
    let said = letters.said("the fonts have");
    let is_said = said.is_some();
    found.extend(said);
    for passage in passages {
        for (at, c) in passage.flat.text.char_indices().filter(|(_, c)| is_missing(*c)) {
            if is_said && c.is_alphabetic() {
                continue;
            }
            let range = at..at + c.len_utf8();
            let diagnostic = Diagnostic::new(Code::MissingGlyph, passage.flat.span(range.clone()), in_no_font(c));
            found.push(match substitute(c) {
                Some(instead) => diagnostic
                    .hint(format!("`{instead}` is meant in most texts"))
                    .fix_if(format!("write `{instead}`"), passage.flat.edit(range), instead.to_string())
                    .safe(),
                None => diagnostic.hint(OTHERWISE),
            });
        }
    }
}

/// A mark above or below a letter with which it makes none that the fonts have, where it
/// cannot be set on it: it is printed beside. Each is said where it stands first.
pub(super) fn loose_marks(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    let mut said: BTreeSet<(char, char)> = BTreeSet::new();
    for passage in passages.iter().filter(|passage| !passage.flat.text.is_ascii()) {
        let mut before: Option<(usize, char)> = None;
        for (at, c) in passage.flat.text.char_indices() {
            let is_mark = is_combining_mark(c) && is_in_any(context.style, c);
            if !is_mark {
                before = Some((at, c));
                continue;
            }
            // Where a text begins with one, there is nothing to set it on.
            let (from, letter) = before.unwrap_or((at, ' '));
            if said.insert((letter, c)) && !layout::can_be_set(&context.style.typeface, letter, c) {
                let message =
                    format!("`{letter}{c}` is no letter that the fonts have, and its mark cannot be set on `{letter}`");
                found.push(
                    Diagnostic::new(Code::LooseMark, passage.flat.span(from..at + c.len_utf8()), message).hint(
                        "leave out a mark that only says where the stress is, or name fonts that have the letter",
                    ),
                );
            }
        }
    }
}

pub(super) const OTHERWISE: &str = "write it in letters, or with a sign that the fonts have";

pub(super) fn is_in_any(style: &Style, c: char) -> bool {
    let typeface = &style.typeface;
    typeface.has_everywhere(c) || Face::ALL.iter().any(|face| typeface.font(*face).glyph(c).is_some())
}

pub(super) fn in_no_font(c: char) -> String {
    format!("the fonts have no {}", named(c))
}

pub(super) fn named(c: char) -> String {
    format!("`{c}` (U+{:04X})", u32::from(c))
}

/// The letters that are missing, and where the first of them stands.
#[derive(Default)]
pub(super) struct Letters {
    all: BTreeSet<char>,
    first: Option<Span>,
}

impl Letters {
    pub fn add(&mut self, c: char, place: Span) {
        if c.is_alphabetic() {
            self.all.insert(c);
            self.first = Some(self.first.map_or(place, |first| first.min(place)));
        }
    }

    /// What is said in place of many letters.
    pub fn said(&self, who: &str) -> Option<Diagnostic> {
        let first = self.first.filter(|_| self.all.len() > MAX_LETTERS)?;
        let message = format!("{who} none of {} letters of this text: {}", self.all.len(), listed(&self.all));
        let hint = "name fonts in `chancery.toml` that are made for this script: `[fonts]`";
        Some(Diagnostic::new(Code::MissingGlyph, first, message).hint(hint))
    }
}

/// As `а`, `б` and 21 more, each in backticks.
pub(super) fn listed(characters: &BTreeSet<char>) -> String {
    let names: Vec<String> = characters.iter().take(MAX_LETTERS).map(|c| format!("`{c}`")).collect();
    match characters.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
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
