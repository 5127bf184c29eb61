//! Lines of a paragraph: ragged right, first fit, no hyphenation but where an
//! author put a soft hyphen.
//!
//! A line may break at a space and after a hyphen, never at a space or after a
//! hyphen that does not break and never before a figure. The published line breaks come out
//! with plain advance widths, without kerning.

use std::borrow::Cow;

use super::marks::Seat;
use super::page::{Bar, Link, Run};
use super::styled::{Look, Styled};
use crate::fonts::{Face, Typeface};
use crate::model::{NO_BREAK_HYPHEN, SOFT_HYPHEN, on_one_line};

/// A line of a paragraph that has no place on a page yet: its baseline is at
/// height 0.
#[derive(Clone, Debug, Default)]
pub(super) struct SetLine {
    pub runs: Vec<Run>,
    pub links: Vec<Link>,
    /// Notes whose marks stand in the line.
    pub notes: Vec<usize>,
    /// Whether a blank stands between its last word and the next line's.
    pub blank_follows: bool,
}

impl SetLine {
    pub fn width(&self) -> f64 {
        self.runs.iter().map(|run| run.width).sum()
    }

    /// The same line further to the right.
    pub fn shifted(mut self, by: f64) -> SetLine {
        for run in &mut self.runs {
            run.x += by;
        }
        for link in &mut self.links {
            link.area.x += by;
        }
        self
    }
}

/// Where lines begin and end, from the page's left edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// Left edge of the first line.
    pub first: f64,
    /// Left edge of the others.
    pub left: f64,
    /// Right edge.
    pub right: f64,
}

/// The lines of a text. A word wider than a line is broken anywhere and given
/// to `wide`.
pub(super) fn break_lines(
    text: &Styled,
    typeface: &Typeface,
    measure: Measure,
    wide: &mut dyn FnMut(&str),
) -> Vec<SetLine> {
    break_until(text, typeface, (measure, usize::MAX), wide)
}

/// The same, where the words behind the byte `tied` stand on one line.
pub(super) fn break_until(
    text: &Styled,
    typeface: &Typeface,
    (measure, tied): (Measure, usize),
    wide: &mut dyn FnMut(&str),
) -> Vec<SetLine> {
    let mut lines = Vec::new();
    let mut breaker =
        Breaker { line_start: 0, pen: 0.0, opportunity: None, behind_slash: None, word_start: 0, said: None };
    let mut left = measure.first;
    let mut before = ' ';
    let bytes = text.text.as_bytes();
    for (start, piece, look) in text.iter() {
        for (offset, c) in piece.char_indices() {
            let at = start + offset;
            let advance = |c: char| typeface.advance(look.face, c) * look.size;
            let width = on_one_line(c).map_or(0.0, advance);
            // After a hyphen a line may break, but not before a figure and not
            // where the hyphen stands alone.
            let after_hyphen = at < tied && before == '-' && c.is_alphabetic() && at >= 2 && bytes[at - 2] != b' ';
            if after_hyphen && !is_symbol(word_at(&text.text, at)) {
                breaker.opportunity = Some((at, at, breaker.pen));
            }
            if before == '/' {
                breaker.behind_slash = Some((at, at, breaker.pen));
            }
            if c == SOFT_HYPHEN {
                // The word may end here if its hyphen has room.
                let next = at + c.len_utf8();
                if breaker.pen + advance('-') <= measure.right - left && breaker.line_start < at {
                    breaker.opportunity = Some((next, next, breaker.pen));
                }
            } else if c == ' ' && at < tied {
                breaker.opportunity = Some((at, at + 1, breaker.pen + width));
                breaker.behind_slash = None;
                breaker.word_start = at + 1;
            } else if breaker.pen + width > measure.right - left && breaker.line_start < at {
                let opportunity = breaker.opportunity.take().or(breaker.behind_slash.take());
                let (end, next, pen_at) = opportunity.unwrap_or_else(|| {
                    if breaker.said.replace(breaker.word_start) != Some(breaker.word_start) {
                        wide(word_at(&text.text, at));
                    }
                    (at, at, breaker.pen)
                });
                lines.push(SetLine { blank_follows: next > end, ..set(text, typeface, breaker.line_start..end, left) });
                left = measure.left;
                breaker.line_start = next;
                let behind = breaker.behind_slash.filter(|(at, ..)| *at > next);
                breaker.behind_slash = behind.map(|(end, next, pen)| (end, next, pen - pen_at));
                breaker.pen -= pen_at;
            }
            breaker.pen += width;
            before = c;
        }
    }
    if breaker.line_start < text.text.len() || lines.is_empty() {
        lines.push(set(text, typeface, breaker.line_start..text.text.len(), left));
    }
    lines
}

struct Breaker {
    line_start: usize,
    /// Width of the line so far.
    pen: f64,
    /// Where the line may end, where the next one would start, and the pen
    /// there.
    opportunity: Option<(usize, usize, f64)>,
    /// The same behind the last slash of the word: where a symbol ends that is wider than the line.
    behind_slash: Option<(usize, usize, f64)>,
    word_start: usize,
    /// The word that was said to be too wide.
    said: Option<usize>,
}

/// Whether a word is a symbol, `FSC-PC.JOUR/47`: no line parts it at a hyphen.
fn is_symbol(word: &str) -> bool {
    word.split('/').skip(1).any(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}

fn word_at(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(' ').map_or(0, |blank| blank + 1);
    let end = text[at..].find(' ').map_or(text.len(), |blank| at + blank);
    let word = &text[start..end];
    &word[..word.floor_char_boundary(80)]
}

/// A range of a text as a line that starts at `x`.
fn set(text: &Styled, typeface: &Typeface, range: std::ops::Range<usize>, x: f64) -> SetLine {
    let mut line = SetLine::default();
    let mut pen = x;
    let first = text.stretches.partition_point(|stretch| stretch.end <= range.start);
    for stretch in &text.stretches[first.min(text.stretches.len())..] {
        let from = range.start.max(line_start_of(text, stretch.end));
        let to = range.end.min(stretch.end);
        if from >= range.end {
            break;
        }
        let words = &text.text[from..to];
        let ends_in_hyphen = to == range.end && words.ends_with(SOFT_HYPHEN);
        pen = push(&mut line, typeface, words, ends_in_hyphen, &stretch.look, pen);
    }
    // A blank at the end of a line is not printed.
    if let Some(last) = line.runs.last_mut() {
        let trimmed = last.text.trim_end_matches(' ').len();
        if trimmed < last.text.len() {
            last.text.truncate(trimmed);
            last.width = typeface.width(last.face, &last.text, last.size);
        }
    }
    line.runs.retain(|run| !run.text.is_empty());
    line
}

/// The start of the stretch that ends at `end`.
fn line_start_of(text: &Styled, end: usize) -> usize {
    let at = text.stretches.partition_point(|stretch| stretch.end < end);
    at.checked_sub(1).and_then(|before| text.stretches.get(before)).map_or(0, |stretch| stretch.end)
}

/// Words as they are printed in a line: a soft hyphen at its end as one that a
/// reader of the PDF can tell from the word's own, where the face has it.
fn printed<'w>(words: &'w str, ends_in_hyphen: bool, face: Face, typeface: &Typeface) -> Cow<'w, str> {
    if !words.contains([SOFT_HYPHEN, NO_BREAK_HYPHEN]) {
        return Cow::Borrowed(words);
    }
    let mut printed: String = words.chars().filter_map(on_one_line).collect();
    if ends_in_hyphen {
        let has = typeface.font(face).glyph(SOFT_HYPHEN).is_some();
        printed.push(if has { SOFT_HYPHEN } else { '-' });
    }
    Cow::Owned(printed)
}

fn push(line: &mut SetLine, typeface: &Typeface, words: &str, ends_in_hyphen: bool, look: &Look, x: f64) -> f64 {
    let words = printed(words, ends_in_hyphen, look.face, typeface);
    let width = typeface.width(look.face, &words, look.size);
    if let Some(target) = &look.link {
        let area = Bar { x, y: -look.size * 0.8, width, height: look.size };
        match line.links.last_mut() {
            // A raised letter inside a link does not divide it.
            Some(last) if last.element == look.link_element && (last.area.x + last.area.width - x).abs() < 0.001 => {
                last.area.width += width;
            }
            _ => line.links.push(Link { area, target: target.clone(), element: look.link_element }),
        }
    }
    line.notes.extend(look.note);
    let run = |text: String, x: f64, width: f64, rise: f64| Run {
        x,
        width,
        text,
        face: look.face,
        size: look.size,
        rise: look.rise + rise,
        element: look.element,
        is_note_mark: look.note.is_some(),
        change: look.change,
    };
    if words.is_ascii() || !words.chars().any(|c| typeface.font(look.face).mark(c).is_some()) {
        line.runs.push(run(words.into_owned(), x, width, 0.0));
        return x + width;
    }
    marked(&words, typeface, look, x, &mut |text, x, width, rise| line.runs.push(run(text, x, width, rise)));
    x + width
}

/// Words with marks that are set on their letters, each a run of its own.
fn marked(words: &str, typeface: &Typeface, look: &Look, x: f64, add: &mut dyn FnMut(String, f64, f64, f64)) {
    let (mut pen, mut start, mut text) = (x, x, String::new());
    let mut letter = (Seat::default(), x);
    for c in words.chars() {
        if let Some(shift) = letter.0.place(typeface, look.face, c) {
            if !text.is_empty() {
                add(std::mem::take(&mut text), start, pen - start, 0.0);
            }
            add(c.to_string(), letter.1 + shift.x * look.size, 0.0, shift.y * look.size);
            start = pen;
            continue;
        }
        letter = (Seat::of(typeface, look.face, c), pen);
        text.push(c);
        pen += typeface.advance(look.face, c) * look.size;
    }
    if !text.is_empty() {
        add(text, start, pen - start, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, width: f64) -> Vec<String> {
        let measure = Measure { first: 0.0, left: 0.0, right: width };
        let lines = break_lines(&Styled::plain(text, 12.0), &Typeface::house(), measure, &mut |_| {});
        lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    #[test]
    fn lines_break_at_blanks_and_after_hyphens_only() {
        assert_eq!(broken("a politico-military dimension", 60.0), ["a politico-", "military", "dimension"]);
        assert_eq!(broken("see MC.DOC/1/16-4/16 there", 105.0), ["see", "MC.DOC/1/16-4/16", "there"]);
        assert_eq!(broken("of FSC-PC.JOUR/47 then", 100.0), ["of", "FSC-PC.JOUR/47", "then"]);
        assert_eq!(broken("MC.DD/958/26/Rev.10/Corr.1", 100.0), ["MC.DD/958/26/", "Rev.10/Corr.1"]);
        assert_eq!(broken("on 8\u{A0}May\u{A0}2006 in", 60.0), ["on", "8\u{A0}May\u{A0}2006", "in"]);
    }

    #[test]
    fn a_word_is_divided_at_a_soft_hyphen_only_where_the_line_ends() {
        assert_eq!(broken("mit Entschlossen\u{AD}heit und", 90.0), ["mit Entschlossen\u{AD}", "heit und"]);
        assert_eq!(broken("mit Entschlossen\u{AD}heit und", 200.0), ["mit Entschlossenheit und"]);
        // Without room for the hyphen the word goes on the next line whole.
        assert_eq!(broken("mit Entschlossen\u{AD}heit und", 84.0), ["mit", "Entschlossenheit", "und"]);
        let lines = broken("a politico\u{2011}military dimension", 60.0);
        assert!(lines.iter().all(|line| !line.ends_with('-')), "{lines:?}");
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_and_said() {
        let mut wide = Vec::new();
        let measure = Measure { first: 0.0, left: 0.0, right: 40.0 };
        let text = Styled::plain("aaaaaaaaaaaaaaaaaaaaaaaa", 12.0);
        break_lines(&text, &Typeface::house(), measure, &mut |word| wide.push(word.to_owned()));
        assert_eq!(wide, ["aaaaaaaaaaaaaaaaaaaaaaaa"]);
    }
}
