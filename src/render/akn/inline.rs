//! What stands inside a paragraph.

use std::ops::Range;

use super::identity::address;
use super::writer::{Writer, escaped};
use crate::model::{Anchor, Inline, Lead, on_one_line};

/// A paragraph while its words are written.
#[derive(Default)]
struct Reading {
    /// How many signs were written.
    at: usize,
    /// The signs that cite something, and what, in their order.
    cites: Vec<(Range<usize>, String)>,
}

impl Writer<'_> {
    /// Writes the words of a block.
    pub fn inlines(&mut self, anchor: Option<Anchor>, content: &[Inline]) {
        let cites = anchor.map(|anchor| self.cited(anchor, content)).unwrap_or_default();
        self.set(content, &mut Reading { at: 0, cites });
    }

    /// The places of the words that cite something.
    fn cited(&self, anchor: Anchor, content: &[Inline]) -> Vec<(Range<usize>, String)> {
        let Some(cites) = self.cites.get(&anchor) else { return Vec::new() };
        // As they are printed, blanks alike; each with the number of its sign.
        let (mut flat, mut signs) = (String::new(), Vec::new());
        let mut number = 0;
        each_sign(content, &mut |sign| {
            if let Some(sign) = on_one_line(sign) {
                let sign = if matches!(sign, '\u{A0}' | '\u{202F}' | '\u{2009}') { ' ' } else { sign };
                flat.push(sign);
                signs.extend(std::iter::repeat_n(number, sign.len_utf8()));
            }
            number += 1;
        });
        let mut found = Vec::new();
        let mut from = 0;
        for cited in cites.iter().filter(|cited| !cited.words.is_empty()) {
            let Some(start) = flat.get(from..).and_then(|rest| rest.find(&cited.words)).map(|at| at + from) else {
                continue;
            };
            from = start + cited.words.len();
            let range = signs.get(start).zip(signs.get(from - 1));
            if let (Some((first, last)), Some(address)) = (range, address(self.style, &cited.symbol, &cited.date)) {
                found.push((*first..*last + 1, address));
            }
        }
        found
    }

    fn set(&mut self, content: &[Inline], reading: &mut Reading) {
        for (at, inline) in content.iter().enumerate() {
            match inline {
                Inline::Text(text) | Inline::Unresolved(text) => self.leaf(text, reading),
                Inline::Placeholder(text) => {
                    self.raw(&format!("<placeholder originalText=\"{}\">", escaped(text)));
                    self.leaf(text, reading);
                    self.raw("</placeholder>");
                }
                Inline::Raised(text) => {
                    self.raw("<sup>");
                    self.leaf(text, reading);
                    self.raw("</sup>");
                }
                Inline::Emphasis { strong, content } => {
                    let tag = if *strong { "b" } else { "i" };
                    self.raw(&format!("<{tag}>"));
                    self.set(content, reading);
                    self.raw(&format!("</{tag}>"));
                }
                // In a word, `[w]e`, it is whoever quotes.
                Inline::Bracket(inner)
                    if self.out.ends_with(char::is_alphanumeric) || begins_word(content.get(at + 1)) =>
                {
                    self.set(inner, reading);
                }
                Inline::Bracket(content) => {
                    self.raw("<ins class=\"bracket\">");
                    self.set(content, reading);
                    self.raw("</ins>");
                }
                Inline::Link { target, text } => {
                    reading.at += text.chars().count();
                    match self.target(*target).map(str::to_owned) {
                        Some(name) => self.element(&format!("ref href=\"#{}\"", escaped(&name)), text),
                        None => self.text(text),
                    }
                }
                Inline::Instrument { lead, content } => self.instrument(lead, content, reading),
                Inline::NoteMark { note, mark } => {
                    let name = format!("{}note_{}", self.notes, note + 1);
                    self.raw(&format!("<noteRef href=\"#{name}\" marker=\"{}\"/>", escaped(mark)));
                }
                Inline::Foreign { language, content } => {
                    self.raw(&format!("<span xml:lang=\"{}\">", escaped(language)));
                    self.set(content, reading);
                    self.raw("</span>");
                }
            }
        }
    }

    /// Words that can be read somewhere: the instrument's own name is said where it is known.
    fn instrument(&mut self, lead: &Lead, content: &[Inline], reading: &mut Reading) {
        let is_named = reading.cites.iter().any(|(range, _)| range.contains(&reading.at));
        let address = match lead {
            Lead::Address(address) => Some(address.to_string()),
            Lead::Text(anchor) => self.target(*anchor).map(|name| format!("#{name}")),
        };
        let address = address.filter(|_| !is_named);
        if let Some(address) = &address {
            self.raw(&format!("<ref href=\"{}\">", escaped(address)));
        }
        self.set(content, reading);
        if address.is_some() {
            self.raw("</ref>");
        }
    }

    /// Words, of which some cite something.
    fn leaf(&mut self, text: &str, reading: &mut Reading) {
        let mut rest = text;
        while !rest.is_empty() {
            let next = reading.cites.partition_point(|(range, _)| range.end <= reading.at);
            let (length, address) = match reading.cites.get(next) {
                Some((range, address)) if range.start <= reading.at => (range.end - reading.at, Some(address.clone())),
                Some((range, _)) => (range.start - reading.at, None),
                None => (usize::MAX, None),
            };
            let end = rest.char_indices().nth(length).map_or(rest.len(), |(end, _)| end);
            let (words, behind) = rest.split_at(end);
            match address {
                Some(address) => self.element(&format!("ref href=\"{}\"", escaped(&address)), words),
                None => self.text(words),
            }
            reading.at += words.chars().count();
            rest = behind;
        }
    }
}

/// Whether what follows goes on with a word.
fn begins_word(next: Option<&Inline>) -> bool {
    matches!(next, Some(Inline::Text(text)) if text.starts_with(char::is_alphanumeric))
}

/// Calls `visit` for each sign of a text, marks of notes left out.
fn each_sign(content: &[Inline], visit: &mut dyn FnMut(char)) {
    for inline in content {
        match inline {
            Inline::Text(text)
            | Inline::Raised(text)
            | Inline::Placeholder(text)
            | Inline::Unresolved(text)
            | Inline::Link { text, .. } => text.chars().for_each(&mut *visit),
            Inline::Emphasis { content, .. }
            | Inline::Bracket(content)
            | Inline::Instrument { content, .. }
            | Inline::Foreign { content, .. } => each_sign(content, visit),
            Inline::NoteMark { .. } => {}
        }
    }
}
