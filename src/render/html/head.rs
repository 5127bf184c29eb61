//! The first page above the title.

use super::writer::Writer;
use crate::model::{Document, HeadLine, behind_symbol};

impl Writer {
    /// The letterhead, column by column, the symbol first.
    pub fn letterhead(&mut self, document: &Document) {
        let head = &document.letterhead;
        self.raw("<header class=\"letterhead\">\n");
        let marked = head.symbol_row.filter(|_| head.correction.is_some());
        self.column("right", &head.right, marked, document);
        self.column("left", &head.left, None, document);
        if let Some(draft) = &document.draft {
            self.raw("<p class=\"draft\">");
            self.text(draft);
            self.raw("</p>\n");
        }
        for (at, line) in head.meeting.iter().enumerate() {
            self.raw("<p class=\"meeting\">");
            let mut from = 0;
            for range in head.raised.get(at).map_or(&[][..], Vec::as_slice) {
                let (Some(before), Some(letters)) = (line.get(from..range.start), line.get(range.clone())) else {
                    continue;
                };
                self.text(before);
                self.raw("<sup>");
                self.text(letters);
                self.raw("</sup>");
                from = range.end;
            }
            self.text(line.get(from..).unwrap_or_default());
            self.raw("</p>\n");
        }
        self.raw("</header>\n");
    }

    fn column(&mut self, class: &str, lines: &[HeadLine], marked: Option<usize>, document: &Document) {
        let (head, symbol) = (&document.letterhead, document.symbol.as_deref());
        if lines.iter().all(|line| line.text.is_empty()) {
            return;
        }
        self.raw(&format!("<div class=\"{class}\">\n"));
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.text.is_empty()) {
            self.raw(&format!("<p{}>", self.lang(line.language.as_deref())));
            if marked == Some(at) {
                let (symbol, behind) = behind_symbol(&line.text, symbol);
                self.text(symbol);
                self.raw("\u{A0}");
                self.mark(&self.names.correction(self.part), &head.correction_mark);
                self.text(behind);
            } else {
                self.text(&line.text);
            }
            self.raw("</p>\n");
        }
        self.raw("</div>\n");
    }

    /// Lines at the right, above an annex.
    pub fn head_lines<'l>(&mut self, lines: impl Iterator<Item = &'l HeadLine>, own: &str) {
        for line in lines.filter(|line| !line.text.is_empty()) {
            let lang = self.lang(Some(line.language.as_deref().unwrap_or(own)));
            self.raw(&format!("<p class=\"part-head\"{lang}>"));
            self.text(&line.text);
            self.raw("</p>\n");
        }
    }
}
