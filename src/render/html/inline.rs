//! What stands inside a paragraph.

use super::names::NoteName;
use super::writer::Writer;
use crate::model::{Inline, Lead, capitals, keeps_letters};
use crate::web::escaped;

impl Writer {
    /// Writes a paragraph's words.
    pub fn inlines(&mut self, content: &[Inline]) {
        self.set(content, false);
    }

    /// Writes the lines of a title; they are shown in capitals, but for letters behind a
    /// figure.
    pub fn title_lines(&mut self, lines: &[Vec<Inline>]) {
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.raw(" ");
            }
            let is_upper = !keeps_letters(at, line);
            self.raw(if is_upper { "<span class=\"line capitals\">" } else { "<span class=\"line\">" });
            self.set(line, is_upper);
            self.raw("</span>");
        }
    }

    /// Writes words that are shown in capitals.
    pub fn in_capitals(&mut self, content: &[Inline]) {
        self.raw("<span class=\"capitals\">");
        self.set(content, true);
        self.raw("</span>");
    }

    fn set(&mut self, content: &[Inline], upper: bool) {
        for inline in content {
            match inline {
                Inline::Text(text) if upper => self.kept_letters(text),
                Inline::Text(text) => self.text(text),
                Inline::Raised(text) => self.wrapped("<sup>", text, "</sup>"),
                Inline::Placeholder(text) | Inline::Unresolved(text) => {
                    self.wrapped("<span class=\"gap\">", text, "</span>")
                }
                Inline::Emphasis { strong, content } => {
                    let tag = if *strong { "strong" } else { "em" };
                    self.raw(&format!("<{tag}>"));
                    self.set(content, upper);
                    self.raw(&format!("</{tag}>"));
                }
                Inline::Bracket(content) => {
                    self.raw("<span class=\"bracket\">");
                    self.set(content, upper);
                    self.raw("</span>");
                }
                Inline::Link { target, text } => match self.names.get(*target).map(str::to_owned) {
                    Some(name) => self.wrapped(&format!("<a href=\"#{}\">", escaped(&name)), text, "</a>"),
                    None => self.text(text),
                },
                Inline::Instrument { lead, content } => self.instrument(lead, content, upper),
                Inline::NoteMark { note, mark } => self.mark(&self.names.note(self.part, *note), mark),
                Inline::Foreign { language, content } => {
                    self.raw(&format!("<span lang=\"{}\">", escaped(language)));
                    self.set(content, upper);
                    self.raw("</span>");
                }
            }
        }
    }

    /// The mark of a note. Raised figures would be read and copied as part of a number before
    /// them: brackets that are not seen keep them apart.
    pub fn mark(&mut self, name: &NoteName, mark: &str) {
        let (id, note) = (escaped(&name.mark), escaped(&name.note));
        self.raw(&format!("<sup><a role=\"doc-noteref\" id=\"{id}\" href=\"#{note}\">"));
        self.wrapped("<span class=\"hidden\">(</span>", mark, "<span class=\"hidden\">)</span></a></sup>");
    }

    fn instrument(&mut self, lead: &Lead, content: &[Inline], upper: bool) {
        let address = match lead {
            Lead::Address(address) => Some(address.to_string()),
            Lead::Text(anchor) => self.names.get(*anchor).map(|name| format!("#{name}")),
        };
        if let Some(address) = &address {
            self.raw(&format!("<a href=\"{}\">", escaped(address)));
        }
        self.set(content, upper);
        if address.is_some() {
            self.raw("</a>");
        }
    }

    fn wrapped(&mut self, open: &str, text: &str, close: &str) {
        self.raw(open);
        self.text(text);
        self.raw(close);
    }

    /// Words of which letters behind a figure are kept as they are: `1315th`.
    fn kept_letters(&mut self, text: &str) {
        let shown = capitals(text);
        if shown == text.to_uppercase() {
            return self.text(text);
        }
        let mut rest = text;
        while let Some(start) = rest.find(|sign: char| sign.is_ascii_digit()) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            self.text(before);
            if word.contains(char::is_lowercase) {
                self.wrapped("<span class=\"kept\">", word, "</span>");
            } else {
                self.text(word);
            }
            rest = after;
        }
        self.text(rest);
    }
}
