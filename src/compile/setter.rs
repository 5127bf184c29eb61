//! The words of a paragraph set one after the other, with their spaces, raised
//! letters and links.

use std::ops::Range;

use super::typography::{Mark, Setting};
use crate::model::{Inline, Lead};

/// A paragraph while its words are set.
pub(super) struct Setter<'m> {
    pub text: &'m str,
    pub marks: std::iter::Peekable<std::slice::Iter<'m, Mark>>,
    pub at: usize,
    /// Whether the last sign written was a space, or none was.
    pub blank: bool,
    /// What leads somewhere, sorted.
    pub links: &'m [(Range<usize>, Lead)],
}

impl Setter<'_> {
    /// Writes the next `length` bytes of the text.
    pub fn set(&mut self, length: usize, out: &mut Vec<Inline>) {
        let stop = (self.at + length).min(self.text.len());
        while self.at < stop {
            let next = self.links.partition_point(|(range, _)| range.end <= self.at);
            match self.links.get(next) {
                Some((range, lead)) if range.start <= self.at => {
                    let mut words = Vec::new();
                    self.set_up_to(range.end.min(stop), &mut words);
                    link(out, lead, words);
                }
                Some((range, _)) => self.set_up_to(range.start.min(stop), out),
                None => self.set_up_to(stop, out),
            }
        }
    }

    fn set_up_to(&mut self, end: usize, out: &mut Vec<Inline>) {
        while self.at < end {
            while self.marks.next_if(|mark| mark.range.end <= self.at).is_some() {}
            let (until, setting) = match self.marks.peek() {
                Some(mark) if mark.range.start <= self.at => {
                    (mark.range.end.min(end), Some((mark.what, mark.range.start)))
                }
                Some(mark) => (mark.range.start.min(end), None),
                None => (end, None),
            };
            let piece = &self.text[self.at..until];
            match setting {
                // A stretch of blanks may come in several pieces.
                Some((Setting::Space(space), start)) if start == self.at => self.push(space, out),
                Some((Setting::Space(_), _)) => {}
                Some((Setting::Raised, _)) => {
                    out.push(Inline::Raised(piece.to_owned()));
                    self.blank = false;
                }
                None => piece.chars().for_each(|c| self.push(c, out)),
            }
            self.at = until;
        }
    }

    /// Passes over what the compiler writes itself.
    pub fn skip(&mut self, length: usize) {
        self.at += length;
        self.blank = false;
    }

    /// Blanks in a row, tabs and line breaks are one space.
    fn push(&mut self, c: char, out: &mut Vec<Inline>) {
        let blank = matches!(c, ' ' | '\t');
        if blank && self.blank {
            return;
        }
        self.blank = blank;
        let c = if blank { ' ' } else { c };
        match out.last_mut() {
            Some(Inline::Text(text)) => text.push(c),
            _ => out.push(Inline::Text(c.to_string())),
        }
    }
}

/// Adds words that lead somewhere.
fn link(out: &mut Vec<Inline>, to: &Lead, words: Vec<Inline>) {
    match out.last_mut() {
        Some(Inline::Instrument { lead, content }) if lead == to => content.extend(words),
        _ => out.push(Inline::Instrument { lead: to.clone(), content: words }),
    }
}

/// Takes the blanks off the end of a text.
pub(super) fn trim_end(content: &mut Vec<Inline>) {
    while let Some(Inline::Text(text)) = content.last_mut() {
        text.truncate(text.trim_end_matches([' ', '\u{A0}']).len());
        if !text.is_empty() {
            break;
        }
        content.pop();
    }
}
