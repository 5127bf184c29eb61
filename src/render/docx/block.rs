//! Each kind of block as paragraphs.

use super::composer::{Composer, Led, Notes, bookmarked};
use super::paragraph::{Family, Format, Link, Look, Number, Paragraph, Run, Tab, What, twips};
use crate::model::{self, Anchor, Block, BlockKind, Contents, Inline, Item, List, Numbering, Text};
use crate::ooxml::names::{ParagraphRole, leaf_bookmark, reference_bookmark};

impl<'a> Composer<'a> {
    /// Adds a block of a part; `is_first` says that no other is before it.
    pub fn block(&mut self, block: &'a Block, is_first: bool, notes: &mut Notes<'_>) {
        let anchor = Some(block.anchor);
        match &block.kind {
            BlockKind::Opening(content) => self.prose(ParagraphRole::Opening, anchor, content, notes),
            BlockKind::Clause(content) => self.prose(ParagraphRole::Preambular, anchor, content, notes),
            BlockKind::Prose(content) => self.prose(ParagraphRole::Prose, anchor, content, notes),
            BlockKind::Continuation { level, content } => {
                let mut paragraph = self.text(ParagraphRole::Continuation(*level), anchor, content, notes);
                if *level > 0 && self.in_item {
                    paragraph.format.indent = Some((twips(self.item_left(*level)), 0));
                }
                self.push(paragraph);
            }
            BlockKind::Heading { level, label, content } => {
                self.heading(*level, label.as_deref(), content, block.anchor, is_first, notes);
            }
            BlockKind::List(list) => self.list(list, notes),
            BlockKind::Quote { level, is_statement, blocks } => self.quote(*level, *is_statement, blocks, notes),
            BlockKind::Lines { is_signature, lines } => self.lines(*is_signature, lines, block.anchor, notes),
            BlockKind::Contents(contents) => self.contents(contents, notes),
            BlockKind::Table(table) => self.table(table, block.anchor, notes),
        }
    }

    fn prose(&mut self, role: ParagraphRole, anchor: Option<Anchor>, content: &[Inline], notes: &mut Notes<'_>) {
        let paragraph = self.text(role, anchor, content, notes);
        self.push(paragraph);
    }

    /// A paragraph; what a colon leads to begins on the same page.
    fn text(
        &mut self,
        role: ParagraphRole,
        anchor: Option<Anchor>,
        content: &[Inline],
        notes: &mut Notes<'_>,
    ) -> Paragraph {
        let look = self.look();
        let mut paragraph = self.leaf_paragraph(role, anchor, content, &look, notes);
        paragraph.format.keep_next = model::plain(content).trim_end().ends_with(':');
        paragraph
    }

    fn heading(
        &mut self,
        level: usize,
        label: Option<&str>,
        content: &[Inline],
        anchor: Anchor,
        is_first: bool,
        notes: &mut Notes<'_>,
    ) {
        let role = if level == 0 { ParagraphRole::Session } else { ParagraphRole::Heading(level) };
        let look = Look { bold: level == 1, italic: level > 1, capitals: level == 0, ..self.look() };
        let mut paragraph = self.leaf_paragraph(role, Some(anchor), content, &look, notes);
        paragraph.format.keep_next = true;
        if let Some(label) = label.filter(|_| level > 0) {
            let family = Family::Headings;
            paragraph.number =
                Number::Printed { family, level: level - 1, label: label.to_owned(), anchor, counts: None };
        }
        if level == 0 {
            paragraph.format.page_break = !is_first;
            if let Some(width) = self.measures.titles.get(&(anchor, 0)) {
                let side = twips((self.style.line_width() - width) / 2.0 - 0.5).max(0);
                paragraph.format.indent = Some((side, 0));
                paragraph.format.right = Some(side);
            }
        }
        self.push(paragraph);
        if level == 0 {
            self.room = i64::from(self.style.first_page.after_title) * twips(self.style.text.leading);
        }
    }

    /// Where the text of a sub-paragraph begins, from the margin.
    pub fn item_left(&self, level: usize) -> f64 {
        let level = if self.in_item && level > 0 { (level - 1).max(1) } else { level };
        level.min(6) as f64 * self.style.step + if level > 0 { self.style.step } else { 0.0 }
    }

    fn list(&mut self, list: &'a List, notes: &mut Notes<'_>) {
        for (at, item) in list.items.iter().enumerate() {
            if item.leads_in() && !list.numbering.is_labelled() {
                let leaf = self.next_leaf();
                let (level, label, anchor) = (list.level, item.label.clone(), item.anchor);
                self.leading.push(Led { level, label, anchor, leaf, counts: list.numbering });
            } else if list.numbering.is_labelled() {
                self.labelled(list.numbering, at, item, notes);
            } else {
                self.item(list.level, list.numbering, item, notes);
            }
            let around = self.in_item;
            self.in_item |= list.numbering == Numbering::Titles;
            item.body.iter().for_each(|block| self.block(block, false, notes));
            self.in_item = around;
        }
    }

    fn item(&mut self, level: usize, numbering: Numbering, item: &Item, notes: &mut Notes<'_>) {
        let role = if level == 0 { ParagraphRole::Operative } else { ParagraphRole::Sub(level) };
        let mut paragraph = self.text(role, Some(item.anchor), &item.content, notes);
        let number = |label: &str| match label.is_empty() {
            true => Number::Typed,
            false => {
                let family = Family::Paragraphs;
                Number::Printed { family, level, label: label.to_owned(), anchor: item.anchor, counts: Some(numbering) }
            }
        };
        if self.in_item && level > 0 {
            let left = self.item_left(level);
            paragraph.format = Format { keep_next: paragraph.format.keep_next, ..Format::at(left, -self.style.step) };
        }
        let led = std::mem::take(&mut self.leading);
        if led.is_empty() {
            paragraph.number = number(&item.label);
        } else {
            let left = if level > 0 { self.item_left(level) } else { self.style.indent };
            let own = if level > 0 { left - self.style.step } else { 0.0 };
            self.lead(&mut paragraph, led, &item.label, left, own);
        }
        self.push(paragraph);
    }

    /// Puts numbers before a paragraph whose own one is typed then.
    fn lead(&mut self, paragraph: &mut Paragraph, led: Vec<Led>, label: &str, left: f64, own: f64) {
        let look = self.look();
        let mut before = Vec::new();
        let mut tabs = Vec::new();
        for (at, Led { level, label, anchor, leaf, counts }) in led.into_iter().enumerate() {
            let place = level as f64 * self.style.step;
            if at == 0 {
                let family = Family::Paragraphs;
                paragraph.number = Number::Printed { family, level, label, anchor, counts: Some(counts) };
                paragraph.format.indent = Some((twips(left), twips(place - left)));
            } else {
                tabs.push((twips(place), Tab::Left));
                before.push(Run::text(&label, &look));
                before.push(Run::new(What::Tab, &look));
            }
            let names = leaf.map(leaf_bookmark).into_iter();
            let names = names.chain(self.is_target(anchor).then(|| reference_bookmark(anchor.0)));
            for name in names {
                before.extend(bookmarked(Vec::new(), &name));
            }
        }
        if !label.is_empty() {
            tabs.push((twips(own), Tab::Left));
            before.push(Run::text(label, &look));
            before.push(Run::new(What::Tab, &look));
        }
        paragraph.format.tabs.extend(tabs);
        paragraph.runs.splice(0..0, before);
    }

    /// A text beside words.
    fn labelled(&mut self, numbering: Numbering, at: usize, item: &Item, notes: &mut Notes<'_>) {
        let (style, margin) = (self.style, self.style.page.margin);
        let look = Look { capitals: numbering == Numbering::Titles, ..self.look() };
        let mut paragraph =
            self.leaf_paragraph(ParagraphRole::Labelled, Some(item.anchor), &item.content, &look, notes);
        let fallback = (margin + 3.0 * style.indent, margin + 3.0 * style.indent);
        let (first, left) = self.measures.labelled.get(&item.anchor).copied().unwrap_or(fallback);
        let (first, left) = (first - margin, left - margin);
        paragraph.format.indent = Some((twips(left), twips(style.indent - left)));
        if first > left {
            paragraph.format.tabs.push((twips(first), Tab::Left));
        }
        paragraph.format.keep_next = numbering == Numbering::Titles && !item.body.is_empty();
        if numbering == Numbering::Labels && (at > 1 || item.label.is_empty()) {
            paragraph.format.before = Some(0);
        }
        let led = std::mem::take(&mut self.leading);
        if !led.is_empty() {
            self.lead(&mut paragraph, led, &item.label, left, style.indent);
        } else if !item.label.is_empty() {
            let look = self.look();
            let label = [Run::text(&item.label, &look), Run::new(What::Tab, &look)];
            paragraph.runs.splice(0..0, label);
        } else {
            paragraph.format.indent = Some((twips(left), 0));
        }
        self.push(paragraph);
    }

    /// Whether a table stands on the line of numbers, which have a line for themselves here.
    pub fn lead_table(&mut self) -> bool {
        let is_led = !self.leading.is_empty();
        self.flush_leading();
        is_led
    }

    /// Numbers that nothing followed.
    pub fn flush_leading(&mut self) {
        let led = std::mem::take(&mut self.leading);
        if led.is_empty() {
            return;
        }
        let mut paragraph = Paragraph::of(ParagraphRole::Operative, Vec::new());
        paragraph.format.keep_next = true;
        self.lead(&mut paragraph, led, "", self.style.indent, 0.0);
        self.push(paragraph);
    }

    fn quote(&mut self, level: usize, is_statement: bool, blocks: &'a [Block], notes: &mut Notes<'_>) {
        let role = if is_statement { ParagraphRole::Statement } else { ParagraphRole::Quotation(level) };
        for inner in blocks {
            match &inner.kind {
                BlockKind::Prose(content) => {
                    let mut paragraph = self.text(role, Some(inner.anchor), content, notes);
                    if !is_statement && level > 0 && self.in_item {
                        paragraph.format.indent = Some((twips(self.item_left(level)), 0));
                    }
                    self.push(paragraph);
                }
                BlockKind::Quote { blocks, .. } => self.quote(level, is_statement, blocks, notes),
                BlockKind::Opening(_)
                | BlockKind::Clause(_)
                | BlockKind::List(_)
                | BlockKind::Continuation { .. }
                | BlockKind::Heading { .. }
                | BlockKind::Lines { .. }
                | BlockKind::Contents(_)
                | BlockKind::Table(_) => self.block(inner, false, notes),
            }
        }
    }

    fn lines(&mut self, is_signature: bool, lines: &[Text], anchor: Anchor, notes: &mut Notes<'_>) {
        let leading = twips(self.style.text.leading);
        let (role, above) = if is_signature {
            (ParagraphRole::Signature, i64::from(self.style.signature.space.max(1)) * leading)
        } else {
            (ParagraphRole::Line, leading)
        };
        for (at, line) in lines.iter().enumerate() {
            let look = self.look();
            let mut paragraph = self.leaf_paragraph(role, Some(anchor).filter(|_| at == 0), line, &look, notes);
            paragraph.format.keep_next = !is_signature || at + 1 < lines.len();
            if at == 0 {
                paragraph.format.before = Some(above);
            }
            self.push(paragraph);
        }
    }

    fn contents(&mut self, contents: &Contents, notes: &mut Notes<'_>) {
        let look = Look { bold: true, ..self.look() };
        let runs = self.runs(&contents.title, &look, notes);
        self.push(Paragraph::of(ParagraphRole::ContentsTitle, runs));
        self.page_word(&contents.page);
        for entry in &contents.entries {
            let number = self.measures.folios.get(&entry.anchor).copied();
            let above = if entry.level == 1 { self.style.text.leading / 2.0 } else { 0.0 };
            let indent = entry.level.saturating_sub(1) as f64 * self.style.indent;
            let words = (entry.label.as_deref(), entry.words.as_str());
            self.entry(entry.level, words, entry.anchor, number, (indent, above), false);
        }
    }

    /// The word above the numbers of pages.
    pub fn page_word(&mut self, word: &str) {
        let look = self.look();
        let mut paragraph = Paragraph::of(ParagraphRole::Contents(1), vec![Run::text(word, &look)]);
        paragraph.format.at_right = true;
        paragraph.format.keep_next = true;
        paragraph.format.before = Some(twips(self.style.text.leading));
        self.push(paragraph);
    }

    /// A line of a list of contents.
    pub fn entry(
        &mut self,
        level: usize,
        (label, words): (Option<&str>, &str),
        anchor: Anchor,
        number: Option<u32>,
        (indent, above): (f64, f64),
        bold: bool,
    ) {
        let style = self.style;
        let name = reference_bookmark(anchor.0);
        let look = Look { link: Some(Link::Bookmark(name.clone())), bold, ..self.look() };
        let mut runs = Vec::new();
        let mut paragraph = Paragraph::of(ParagraphRole::Contents(level), Vec::new());
        let mut format = Format::at(indent, 0.0);
        if let Some(label) = label {
            format = Format::at(indent + style.indent, -style.indent);
            runs.push(Run::text(label, &look));
            runs.push(Run::new(What::Tab, &look));
        }
        runs.push(Run::text(words, &look));
        if let Some(number) = number {
            runs.push(Run::new(What::Tab, &look));
            runs.push(Run::new(What::Field(format!("PAGEREF {name} \\h"), number.to_string()), &look));
            format.tabs.push((twips(style.line_width()), Tab::Dotted));
        }
        format.before = Some(twips(above));
        paragraph.format = format;
        paragraph.runs = runs;
        self.push(paragraph);
    }
}
