//! The words of a paragraph set one after the other, with their spaces, raised
//! letters and links.

use std::ops::Range;

use super::typography::{Mark, Setting};
use crate::model::{Inline, Lead, NO_BREAK_HYPHEN, SOFT_HYPHEN};

/// A paragraph while its words are set.
pub(super) struct Setter<'m> {
    pub text: &'m str,
    pub marks: std::iter::Peekable<std::slice::Iter<'m, Mark>>,
    pub at: usize,
    /// Whether the last sign written was a space, or none was.
    pub blank: bool,
    /// What leads somewhere, sorted.
    pub links: &'m [(Range<usize>, Lead)],
    /// Whether the next sign is a hyphen after which no line ends.
    keeps: bool,
}

impl<'m> Setter<'m> {
    /// At the start of a text, with what its language changes of it.
    pub fn new(text: &'m str, marks: &'m [Mark], links: &'m [(Range<usize>, Lead)]) -> Self {
        Setter { text, marks: marks.iter().peekable(), at: 0, blank: true, links, keeps: false }
    }

    /// Writes the hyphen that comes next as one after which no line ends.
    pub fn no_break_hyphen(&mut self, out: &mut Vec<Inline>) {
        self.keeps = true;
        self.set(1, out);
        self.keeps = false;
    }

    /// Writes that the word may be divided here; between words there is nothing to
    /// divide.
    pub fn soft_hyphen(&mut self, out: &mut Vec<Inline>) {
        let (before, after) = self.text.split_at(self.at.min(self.text.len()));
        if !before.ends_with(char::is_alphanumeric) || !after.starts_with(char::is_alphanumeric) {
            return;
        }
        let sign = SOFT_HYPHEN.to_string();
        let next = self.links.partition_point(|(range, _)| range.end <= self.at);
        match self.links.get(next) {
            Some((range, lead)) if range.start < self.at => link(out, lead, vec![Inline::Text(sign)]),
            _ => write(&sign, out),
        }
    }

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
                None if self.keeps => self.push(NO_BREAK_HYPHEN, out),
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
        write(c.encode_utf8(&mut [0; 4]), out);
    }
}

/// Adds words to those before them.
fn write(words: &str, out: &mut Vec<Inline>) {
    match out.last_mut() {
        Some(Inline::Text(text)) => text.push_str(words),
        _ => out.push(Inline::Text(words.to_owned())),
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
