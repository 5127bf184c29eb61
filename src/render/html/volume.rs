//! A volume: its cover, its contents, and all its texts.

use super::writer::Writer;
use crate::model::{Document, Volume, VolumeSection};

impl Writer {
    /// Cover, contents, sections and texts.
    pub fn volume(&mut self, document: &Document, volume: &Volume) {
        self.cover(document, volume);
        self.list_of_texts(volume);
        for section in &volume.sections {
            self.section(section);
        }
    }

    fn line(&mut self, class: &str, line: &str) {
        self.raw(&format!("<p class=\"{class}\">"));
        self.text(line);
        self.raw("</p>\n");
    }

    fn cover(&mut self, document: &Document, volume: &Volume) {
        let cover = &volume.cover;
        let top = self.top;
        self.raw("<header class=\"cover\">\n");
        cover.names.iter().for_each(|line| self.line("body", line));
        for line in cover.place.iter().chain(&cover.year).chain(&document.draft) {
            self.line("place", line);
        }
        self.raw(&format!("<h{top} class=\"title\">"));
        for (at, line) in cover.title.iter().enumerate() {
            self.raw(if at > 0 { " <span class=\"line\">" } else { "<span class=\"line\">" });
            self.inlines(line);
            self.raw("</span>");
        }
        self.raw(&format!("</h{top}>\n"));
        for section in volume.sections.iter().filter(|section| !section.title.is_empty()) {
            self.raw("<p class=\"section\">");
            self.inlines(&section.title);
            self.raw("</p>\n");
        }
        cover.imprint.iter().for_each(|line| self.line("imprint", line));
        for line in &cover.back {
            self.raw(&format!("<p class=\"back\"{}>", self.lang(line.language.as_deref())));
            self.text(&line.text);
            self.raw("</p>\n");
        }
        self.raw("</header>\n");
    }

    fn list_of_texts(&mut self, volume: &Volume) {
        self.has_contents = true;
        let depth = self.top + 1;
        self.raw("<nav class=\"contents\" aria-labelledby=\"contents_\">\n");
        self.raw(&format!("<h{depth} id=\"contents_\">"));
        self.text(&volume.contents);
        self.raw(&format!("</h{depth}>\n<ul>\n"));
        for section in &volume.sections {
            if section.label.is_some() {
                self.entry(section.anchor, 1, &section.heading());
            }
            for member in &section.members {
                self.entry(member.anchor, 2, &member.entry);
            }
        }
        self.raw("</ul>\n</nav>\n");
    }

    fn section(&mut self, section: &VolumeSection) {
        let depth = self.top + 1;
        if section.label.is_some() {
            let id = self.id(section.anchor);
            self.raw(&format!("<section class=\"of-volume\">\n<h{depth}{id} class=\"section\">"));
            self.other_ids(section.anchor);
            self.text(&section.heading());
            self.raw(&format!("</h{depth}>\n"));
        }
        let below = if section.label.is_some() { depth + 1 } else { depth };
        let top = std::mem::replace(&mut self.top, below);
        for member in &section.members {
            let id = self.id(member.anchor);
            let lang = self.lang(Some(&member.document.language));
            let around = std::mem::replace(&mut self.language, member.document.language.clone());
            self.raw(&format!("<article{id} class=\"member\"{lang}>\n"));
            self.parts(&member.document, member.under_title.as_deref());
            self.raw("</article>\n");
            self.language = around;
        }
        self.top = top;
        if section.label.is_some() {
            self.raw("</section>\n");
        }
    }
}
