//! A text with its annexes, and the notes of each.

use super::names::NoteName;
use super::writer::Writer;
use crate::model::{Anchor, Document, HeadLine, Letterhead, Note, Part, PartKind, plain_lines};
use crate::web::escaped;

impl Writer {
    /// A text with its letterhead, its annexes, and what is appended to it.
    pub fn document(&mut self, document: &Document) {
        self.part = document.parts.first().map_or(Anchor(0), |part| part.anchor);
        self.letterhead(document);
        self.parts(document, None);
        if let Some(code) = &document.letterhead.file_code {
            self.raw("<p class=\"code\">");
            self.text(code);
            self.raw("</p>\n");
        }
        for member in &document.appended {
            let id = self.id(member.anchor);
            let lang = self.lang(Some(&member.document.language));
            let around = std::mem::replace(&mut self.language, member.document.language.clone());
            let top = self.top;
            self.top = (top + 1).min(6);
            self.raw(&format!("<article{id} class=\"appended\"{lang}>\n"));
            self.document(&member.document);
            self.raw("</article>\n");
            (self.language, self.top) = (around, top);
        }
    }

    /// The text and its annexes; in a volume with a line below the title.
    pub fn parts(&mut self, document: &Document, under_title: Option<&str>) {
        let correction = under_title.is_none().then_some(&document.letterhead);
        for part in &document.parts {
            self.part = part.anchor;
            if part.kind == PartKind::Main {
                self.part_text(part, under_title, self.top);
                self.notes(part, correction.filter(|head| head.correction.is_some()));
                continue;
            }
            let id = self.id(part.anchor);
            let lang = self.lang(part.language.as_deref());
            let own = self.language.clone();
            self.raw(&format!("<section{id} class=\"annex\"{lang}>\n"));
            self.other_ids(part.anchor);
            if let Some(language) = &part.language {
                self.language = language.clone();
            }
            let top = self.top;
            self.top = (top + 1).min(6);
            self.annex_head(part, &document.running_head, &own);
            self.part_text(part, None, self.top);
            self.notes(part, None);
            (self.language, self.top) = (own, top);
            self.raw("</section>\n");
        }
    }

    /// What stands above an annex; its name is its heading where it has no title.
    fn annex_head(&mut self, part: &Part, running_head: &[HeadLine], own: &str) {
        self.head_lines(running_head.iter(), own);
        let has_title = !plain_lines(&part.title).is_empty() || part.title_line.is_some();
        let mut lines = part.head.iter();
        if !has_title && let Some(name) = lines.next() {
            let lang = self.lang(Some(name.language.as_deref().unwrap_or(own)));
            self.raw(&format!("<h{0} class=\"part-head\"{lang}>", self.top));
            self.text(&name.text);
            self.raw(&format!("</h{}>\n", self.top));
        }
        self.head_lines(lines, own);
    }

    fn part_text(&mut self, part: &Part, under_title: Option<&str>, depth: usize) {
        self.open.clear();
        for line in &part.meeting {
            self.raw("<p class=\"meeting\">");
            self.inlines(line);
            self.raw("</p>\n");
        }
        if part.title_line.is_some() || !plain_lines(&part.title).is_empty() {
            let id = if part.kind == PartKind::Main { self.id(part.anchor) } else { String::new() };
            self.raw(&format!("<h{depth}{id} class=\"title\">"));
            if let Some(line) = &part.title_line {
                self.raw("<span class=\"line\">");
                self.text(line);
                self.raw("</span> ");
            }
            self.title_lines(&part.title);
            self.raw(&format!("</h{depth}>\n"));
        }
        for (class, line) in [("under-title", under_title), ("by", part.by.as_deref())] {
            if let Some(line) = line {
                self.raw(&format!("<p class=\"{class}\">"));
                self.text(line);
                self.raw("</p>\n");
            }
        }
        self.blocks(&part.blocks);
    }

    /// The notes of a part below it, that of a corrected text first; the number of each leads
    /// back to its mark.
    fn notes(&mut self, part: &Part, corrected: Option<&Letterhead>) {
        if part.notes.is_empty() && corrected.is_none() {
            return;
        }
        self.open.clear();
        let depth = self.inner();
        let heading = self.words().map_or("Notes", |locale| locale.web.notes.text.as_str());
        self.raw("<section role=\"doc-endnotes\" class=\"notes\">\n");
        self.raw(&format!("<h{depth}>{}</h{depth}>\n", escaped(heading)));
        if let Some(head) = corrected {
            let name = self.names.correction(self.part);
            self.note(&name, &head.correction_mark, |writer| {
                writer.text(head.correction.as_deref().unwrap_or_default());
            });
        }
        for (at, Note { mark, content }) in part.notes.iter().enumerate() {
            let name = self.names.note(self.part, at);
            self.note(&name, mark, |writer| writer.inlines(content));
        }
        self.raw("</section>\n");
    }

    fn note(&mut self, name: &NoteName, mark: &str, words: impl FnOnce(&mut Writer)) {
        let (id, back) = (escaped(&name.note), escaped(&name.mark));
        self.raw(&format!("<p id=\"{id}\"><a role=\"doc-backlink\" href=\"#{back}\" class=\"number\">"));
        self.text(mark);
        self.raw("</a> ");
        words(self);
        self.raw("</p>\n");
    }
}
