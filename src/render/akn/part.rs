//! A text with its annexes, and volumes.

use super::identity::Identity;
use super::writer::{Writer, escaped};
use crate::Error;
use crate::model::{
    Block, BlockKind, Document, HeadLine, Inline, Note, Part, PartKind, Volume, behind_symbol, plain_lines,
};

impl Writer<'_> {
    /// The whole file.
    pub fn whole(&mut self, document: &Document) -> Result<(), Error> {
        self.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n");
        match &document.volume {
            Some(volume) => self.volume(document, volume)?,
            None => self.document(document, "", None)?,
        }
        self.raw("</akomaNtoso>\n");
        Ok(())
    }

    /// A text in a container that is called `around`; in a volume with a line below its
    /// title in the place of its letterhead.
    fn document(&mut self, document: &Document, around: &str, under_title: Option<&str>) -> Result<(), Error> {
        let identity = self.identity(document)?;
        let language = std::mem::replace(&mut self.language, document.language.clone());
        self.raw(&format!("<statement name=\"{}\" contains=\"originalVersion\">\n", escaped(&document.kind)));
        let mut parts = document.parts.iter();
        if let Some(main) = parts.next() {
            let correction = if under_title.is_none() { document.letterhead.correction.as_deref() } else { None };
            self.meta(
                &identity,
                main,
                "main",
                correction.map(|words| (document.letterhead.correction_mark.as_str(), words)),
                around,
            );
            self.preface(document, main, under_title);
            self.body(main, around);
        }
        let parts = parts.as_slice();
        if !parts.is_empty() || !document.appended.is_empty() {
            self.raw("<attachments>\n");
            parts.iter().enumerate().for_each(|(at, part)| self.attached(document, &identity, part, at, around));
            for member in &document.appended {
                let name = self.name_of(member.anchor, around, "att", "");
                self.raw(&format!("<attachment eId=\"{name}\">\n"));
                self.document(&member.document, &name, None)?;
                self.raw("</attachment>\n");
            }
            self.raw("</attachments>\n");
        }
        self.raw("</statement>\n");
        self.language = language;
        Ok(())
    }

    fn meta(
        &mut self,
        identity: &Identity,
        part: &Part,
        component: &str,
        correction: Option<(&str, &str)>,
        around: &str,
    ) {
        self.raw("<meta>\n");
        self.identification(identity, component, part.language.as_deref());
        self.organizations(identity);
        self.notes = if around.is_empty() { String::new() } else { format!("{around}__") };
        if !part.notes.is_empty() || correction.is_some() {
            self.raw("<notes source=\"#chancery\">\n");
            if let Some((mark, words)) = correction {
                self.raw(&format!("<note eId=\"{}note_correction\" marker=\"{}\"><p>", self.notes, escaped(mark)));
                self.text(words);
                self.raw("</p></note>\n");
            }
            for (at, Note { mark, content }) in part.notes.iter().enumerate() {
                self.raw(&format!("<note eId=\"{}note_{}\" marker=\"{}\"><p>", self.notes, at + 1, escaped(mark)));
                self.inlines(None, content);
                self.raw("</p></note>\n");
            }
            self.raw("</notes>\n");
        }
        self.raw("</meta>\n");
    }

    /// Letterhead and title.
    fn preface(&mut self, document: &Document, main: &Part, under_title: Option<&str>) {
        self.raw("<preface>\n");
        let head = &document.letterhead;
        if under_title.is_none() {
            for (at, line) in head.right.iter().enumerate().filter(|(_, line)| !line.text.is_empty()) {
                if head.symbol_row == Some(at) {
                    self.raw("<p class=\"letterhead\">");
                    let (symbol, behind) = behind_symbol(&line.text, document.symbol.as_deref());
                    self.element("docNumber", symbol);
                    if head.correction.is_some() {
                        let mark = escaped(&head.correction_mark);
                        self.raw(&format!("<noteRef href=\"#{}note_correction\" marker=\"{mark}\"/>", self.notes));
                    }
                    self.raw(&escaped(behind));
                    self.raw("</p>\n");
                } else {
                    self.head_line(line);
                }
            }
            head.left.iter().for_each(|line| self.head_line(line));
            for line in document.draft.iter().chain(&head.meeting) {
                self.line("letterhead", line);
            }
        }
        self.title(main);
        for (class, line) in [("under-title", under_title), ("by", main.by.as_deref())] {
            line.iter().for_each(|line| self.line(class, line));
        }
        if let Some(code) = head.file_code.as_ref().filter(|_| under_title.is_none()) {
            self.line("code", code);
        }
        self.raw("</preface>\n");
    }

    fn head_line(&mut self, line: &HeadLine) {
        if !line.text.is_empty() {
            self.line("letterhead", &line.text);
        }
    }

    fn line(&mut self, class: &str, words: &str) {
        self.element(&format!("p class=\"{class}\""), words);
        self.raw("\n");
    }

    fn title(&mut self, part: &Part) {
        for line in &part.meeting {
            self.raw("<p class=\"letterhead\">");
            self.inlines(None, line);
            self.raw("</p>\n");
        }
        let has_title = !plain_lines(&part.title).is_empty();
        if !has_title && part.title_line.is_none() {
            return;
        }
        self.raw("<longTitle><p>");
        if let Some(line) = &part.title_line {
            self.text(line);
            self.raw(if has_title { "<eol/>" } else { "" });
        }
        if has_title {
            self.raw("<docTitle>");
            self.title_lines(&part.title);
            self.raw("</docTitle>");
        }
        self.raw("</p></longTitle>\n");
    }

    fn title_lines(&mut self, lines: &[Vec<Inline>]) {
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.raw("<eol/>");
            }
            self.inlines(None, line);
        }
    }

    /// The preamble, if it has one, and what follows.
    fn body(&mut self, part: &Part, around: &str) {
        let is_preamble = |block: &Block| matches!(block.kind, BlockKind::Opening(_) | BlockKind::Clause(_));
        let end = part.blocks.iter().position(|block| !is_preamble(block)).unwrap_or(part.blocks.len());
        let (preamble, text) = part.blocks.split_at(end);
        if !preamble.is_empty() {
            self.raw("<preamble>\n");
            // The name of the recitals that are open.
            let mut recitals: Option<String> = None;
            for block in preamble {
                match &block.kind {
                    BlockKind::Opening(content) => {
                        self.raw(if recitals.take().is_some() { "</recitals>\n" } else { "" });
                        let name = self.name_of(block.anchor, around, "formula", "");
                        self.raw(&format!("<formula name=\"enacting\" eId=\"{name}\"><p>"));
                        self.inlines(Some(block.anchor), content);
                        self.raw("</p></formula>\n");
                    }
                    BlockKind::Clause(content) => {
                        let inside = match &recitals {
                            Some(name) => name.clone(),
                            None => {
                                let name = self.name(around, "recitals", "");
                                self.raw(&format!("<recitals eId=\"{name}\">\n"));
                                recitals.insert(name).clone()
                            }
                        };
                        let name = self.name_of(block.anchor, &inside, "recital", "");
                        self.raw(&format!("<recital eId=\"{name}\"><p>"));
                        self.inlines(Some(block.anchor), content);
                        self.raw("</p></recital>\n");
                    }
                    BlockKind::Prose(_)
                    | BlockKind::List(_)
                    | BlockKind::Continuation { .. }
                    | BlockKind::Heading { .. }
                    | BlockKind::Quote { .. }
                    | BlockKind::Lines { .. }
                    | BlockKind::Contents(_)
                    | BlockKind::Table(_) => {}
                }
            }
            self.raw(if recitals.is_some() { "</recitals>\n</preamble>\n" } else { "</preamble>\n" });
        }
        self.raw("<mainBody>\n");
        if text.is_empty() {
            self.raw("<p/>\n");
        }
        self.mixed(text, around);
        self.raw("</mainBody>\n");
    }

    /// An annex or attachment: a document of its own, with what identifies it.
    fn attached(&mut self, document: &Document, identity: &Identity, part: &Part, at: usize, around: &str) {
        let name = self.name_of(part.anchor, around, "att", "");
        let kind = if part.kind == PartKind::Attachment { "attachment" } else { "annex" };
        let language = self.language.clone();
        self.raw(&format!("<attachment eId=\"{name}\">"));
        if let Some(line) = part.head.first() {
            self.element("heading", &line.text);
        }
        self.raw(&format!("\n<doc name=\"{kind}\" contains=\"originalVersion\">\n"));
        self.meta(identity, part, &format!("{kind}_{}", at + 1), None, &name);
        if let Some(own) = &part.language {
            self.language = own.clone();
        }
        self.raw("<preface>\n");
        document.running_head.iter().chain(part.head.iter().skip(1)).for_each(|line| self.head_line(line));
        self.title(part);
        part.by.iter().for_each(|line| self.line("by", line));
        // An element without anything in it would be wrong.
        let is_empty = self.out.ends_with("<preface>\n");
        self.raw(if is_empty { "<p/>\n</preface>\n" } else { "</preface>\n" });
        self.body(part, &name);
        self.raw("</doc>\n</attachment>\n");
        self.language = language;
    }

    /// A volume: a collection of its texts, each with what identifies it.
    fn volume(&mut self, document: &Document, volume: &Volume) -> Result<(), Error> {
        let identity = self.identity(document)?;
        self.raw(&format!(
            "<documentCollection name=\"{}\" contains=\"originalVersion\">\n<meta>\n",
            escaped(&document.kind)
        ));
        self.identification(&identity, "main", None);
        self.organizations(&identity);
        self.raw("</meta>\n<preface>\n");
        let cover = &volume.cover;
        for line in cover.names.iter().chain(&cover.place).chain(&cover.year).chain(&document.draft) {
            self.line("cover", line);
        }
        self.raw("<longTitle><p><docTitle>");
        self.title_lines(&cover.title);
        self.raw("</docTitle></p></longTitle>\n");
        for section in volume.sections.iter().filter(|section| !section.title.is_empty()) {
            self.raw("<p class=\"cover\">");
            self.inlines(None, &section.title);
            self.raw("</p>\n");
        }
        cover.imprint.iter().for_each(|line| self.line("cover", line));
        cover.back.iter().for_each(|line| self.head_line(line));
        self.line("contents", &volume.contents);
        let mut entries = Vec::new();
        for section in &volume.sections {
            if section.label.is_some() {
                entries.push((section.anchor, 1, section.heading()));
            }
            entries.extend(section.members.iter().map(|member| (member.anchor, 2, member.entry.clone())));
        }
        self.toc(entries, "");
        self.raw("</preface>\n<collectionBody>\n");
        for section in &volume.sections {
            if section.label.is_some() {
                let name = self.name_of(section.anchor, "", "cmp", "");
                let inside = self.name(&name, "interstitial", "");
                self.raw(&format!("<component eId=\"{name}\"><interstitial eId=\"{inside}\">"));
                self.element("p class=\"section\"", &section.heading());
                self.raw("</interstitial></component>\n");
            }
            for member in &section.members {
                let name = self.name_of(member.anchor, "", "cmp", "");
                self.raw(&format!("<component eId=\"{name}\">\n"));
                self.document(&member.document, &name, Some(member.under_title.as_deref().unwrap_or_default()))?;
                self.raw("</component>\n");
            }
        }
        self.raw("</collectionBody>\n</documentCollection>\n");
        Ok(())
    }
}
