//! Each kind of block as units of lines.

use super::break_lines::{Measure, SetLine, break_lines};
use super::changes::Slot;
use super::page::Role;
use super::paginate::{Placed, Unit, baseline_in};
use super::setter::{PartSetter, Place};
use super::structure::{ElementId, Tag};
use super::style::Style;
use super::styled::Styled;
use crate::fonts::Face;
use crate::model::{Block, BlockKind, Inline, Item, List, Numbering, Text};

/// Takes the units of what was set, one paragraph after the other: a page is
/// finished before the next ones are set.
pub(super) type Add<'s, 'a> = &'s mut dyn FnMut(&mut PartSetter<'a>, Vec<Unit>);

impl<'a> PartSetter<'a> {
    /// Sets a block.
    pub fn block(&mut self, block: &Block, add: Add<'_, 'a>) {
        let indent = self.style.indent;
        let units = match &block.kind {
            BlockKind::Opening(content) => self.prose(Role::Opening, content, self.full_measure(indent), block),
            BlockKind::Clause(content) => self.prose(Role::Clause, content, self.full_measure(indent), block),
            BlockKind::Prose(content) => self.prose(Role::Prose, content, self.full_measure(indent), block),
            BlockKind::Continuation { level, content } => {
                let measure = match level {
                    0 => self.full_measure(indent),
                    level => self.item_measure(*level),
                };
                self.prose(Role::Prose, content, measure, block)
            }
            BlockKind::Contents(contents) => self.contents(contents, block),
            BlockKind::Lines { is_signature, lines } => self.lines(*is_signature, lines, block),
            BlockKind::List(list) => return self.list(list, add),
            BlockKind::Heading { level: 0, content, .. } => self.session(content, block),
            BlockKind::Heading { level, label, content } => self.heading(*level, label.as_deref(), content, block),
            BlockKind::Quote { level, is_statement, blocks } => self.quote(*level, *is_statement, blocks, block),
            BlockKind::Table(table) => self.table(table, block.anchor),
        };
        add(self, units);
    }

    fn prose(&mut self, role: Role, content: &[Inline], measure: Measure, block: &Block) -> Vec<Unit> {
        self.plain(role, content, self.place.container, measure, block)
    }

    fn plain(
        &mut self,
        role: Role,
        content: &[Inline],
        parent: ElementId,
        measure: Measure,
        block: &Block,
    ) -> Vec<Unit> {
        let text = self.words((block.anchor, Slot::Text), content, self.style.text.size, Face::Regular);
        let element = self.structure.add(parent, Tag::Paragraph);
        self.paragraph(role, text, element, measure, block.anchor, None)
    }

    /// A list with all that belongs to its items.
    fn list(&mut self, list: &List, add: Add<'_, 'a>) {
        let element = self.structure.add(self.place.container, Tag::List(list.numbering));
        let column = match list.numbering {
            Numbering::Labels => Some(self.label_column.max(self.label_column(list))),
            Numbering::Titles => Some(self.label_column(list)),
            Numbering::Unordered
            | Numbering::Decimal
            | Numbering::LowerRoman
            | Numbering::LowerAlpha
            | Numbering::UpperAlpha => None,
        };
        for (at, item) in list.items.iter().enumerate() {
            let member = self.structure.add(element, Tag::Item);
            // The label comes before the body.
            // One that goes on with the item before it has none.
            let label = if item.label.is_empty() { member } else { self.structure.add(member, Tag::Label) };
            let body = self.structure.add(member, Tag::Body);
            let mut units = match column {
                Some(column) => self.labelled(list.numbering, column, item, label, body),
                None => self.item(list.level, item, label, body),
            };
            // What is said of one thing stands close together below its first line.
            let is_close = list.numbering == Numbering::Labels && (at > 1 || item.label.is_empty());
            if let Some(first) = units.first_mut().filter(|_| is_close) {
                first.space = 0.0;
            }
            add(self, units);
            let inside = Place { container: body, ..self.place.clone() };
            let in_item = inside.in_item || list.numbering == Numbering::Titles;
            let around = std::mem::replace(&mut self.place, Place { in_item, ..inside });
            self.share_columns(&item.body);
            for (at, block) in item.body.iter().enumerate() {
                // The Chairperson alone below the title of an item stands on the page of what comes next.
                let begins = list.numbering == Numbering::Titles && at == 0 && item.body.len() > 1;
                let is_continued = begins && matches!(block.kind, BlockKind::Continuation { .. });
                self.block(block, &mut |setter, mut units| {
                    if let [only] = units.as_mut_slice() {
                        only.keep |= is_continued && only.lines.len() == 1;
                    }
                    add(setter, units);
                });
            }
            self.place = around;
        }
    }

    /// Where the texts of all rows of a part begin: of its sessions each has some.
    pub fn column_of_rows<'b>(&self, blocks: &'b [Block]) -> f64 {
        let list = |block: &'b Block| block.kind.list();
        let inner = blocks.iter().filter_map(list).flat_map(|list| &list.items).flat_map(|item| &item.body);
        let rows = inner.filter_map(list).filter(|list| list.numbering == Numbering::Labels);
        let rows = rows.map(|list| self.label_column(list));
        rows.fold(3.0 * self.style.indent, f64::max)
    }

    /// Where the texts begin beside the words of a list: at a tab behind the longest.
    fn label_column(&self, list: &List) -> f64 {
        let Style { text, indent, ref typeface, .. } = *self.style;
        let width = |item: &Item| {
            self.plain_words((item.anchor, Slot::Label), &item.label, text.size, Face::Regular).width(typeface)
        };
        let widths = list.items.iter().map(width);
        let end = indent + widths.fold(0.0, f64::max) + 3.0;
        // Words longer than that push their own text alone.
        let most = (self.style.line_width() / 2.0 / indent).floor() * indent;
        ((end / indent).ceil() * indent).min(most)
    }

    /// A text beside words.
    fn labelled(
        &mut self,
        numbering: Numbering,
        column: f64,
        item: &Item,
        label: ElementId,
        body: ElementId,
    ) -> Vec<Unit> {
        let size = self.style.text.size;
        let full = self.full_measure(0.0);
        let at = full.left + self.style.indent;
        let words = self.plain_words((item.anchor, Slot::Label), &item.label, size, Face::Regular);
        let end = at + words.width(&self.style.typeface) + 3.0;
        let marker = self.marker_line(words, at, label);
        let left = full.left + column;
        let mut first = left;
        while first < end && first + 2.0 * self.style.indent < full.right {
            first += self.style.indent;
        }
        self.measures.labelled.insert(item.anchor, (first, left));
        let set = |words: &[Inline]| match numbering {
            Numbering::Titles => Styled::title(0, words, size, self.style),
            _ => Styled::of(words, size, Face::Regular, self.style),
        };
        let text = self.changed((item.anchor, Slot::Text), &item.content, &set);
        let measure = Measure { first, left, right: full.right };
        let mut units = self.paragraph(Role::Labelled, text, body, measure, item.anchor, Some(marker));
        // A title stands on the page of what follows it.
        for unit in units.iter_mut().filter(|_| numbering == Numbering::Titles && !item.body.is_empty()) {
            unit.keep = true;
        }
        units
    }

    /// Lines that stand together, each a paragraph; a signature has room above it.
    fn lines(&mut self, is_signature: bool, lines: &[Text], block: &Block) -> Vec<Unit> {
        let style = self.style;
        let (size, leading) = (style.text.size, style.text.leading);
        let measure = if is_signature { self.full_measure(style.signature.left) } else { self.full_measure(0.0) };
        let measure = Measure { left: measure.first, ..measure };
        let space = if is_signature { f64::from(style.signature.space.max(1)) * leading } else { leading };
        let mut unit = Unit { space, anchor: Some(block.anchor), keep: !is_signature, ..Unit::default() };
        for (at, content) in lines.iter().enumerate() {
            let element = self.element(Tag::Paragraph);
            let mut text = self.words((block.anchor, Slot::Line(at)), content, size, Face::Regular);
            self.tag(&mut text, element);
            for line in self.break_text(&text, measure, block.anchor) {
                let baseline = unit.height + baseline_in(size, leading);
                unit.lines.push(Placed { role: Role::Prose, element: Some(element), baseline, line });
                unit.height += leading;
            }
        }
        vec![unit]
    }

    /// The title of a session, which begins a page unless it is the first thing of its part.
    fn session(&mut self, content: &[Inline], block: &Block) -> Vec<Unit> {
        let style = self.style;
        let tag = Tag::Heading(self.heading_level(0));
        let element = self.element(tag);
        let set = |words: &[Inline]| Styled::title(0, words, style.text.size, style);
        let mut text = self.changed((block.anchor, Slot::Text), content, &set);
        self.tag(&mut text, element);
        let mut unit = Unit { anchor: Some(block.anchor), keep: true, begins_page: !self.is_first, ..Unit::default() };
        for line in self.balanced(&text, block.anchor, 0) {
            let mut line = self.centred(line);
            line.blank_follows = true;
            let baseline = unit.height + baseline_in(style.text.size, style.text.leading);
            unit.lines.push(Placed { role: Role::Heading(0), element: Some(element), baseline, line });
            unit.height += style.text.leading;
        }
        unit.height += f64::from(style.first_page.after_title) * style.text.leading;
        vec![unit]
    }

    /// All lines at the place of a sub-paragraph's text.
    pub fn item_measure(&self, level: usize) -> Measure {
        let full = self.full_measure(0.0);
        let left = full.left + self.style.left_of_item(level, self.place.in_item);
        Measure { first: left, left, right: full.right }
    }

    /// Where what belongs to the text of an item begins: behind its label.
    pub fn text_of_level(&self, level: usize) -> f64 {
        self.full_measure(self.style.left_of_text(level, self.place.in_item)).first
    }

    /// An item's label and text.
    fn item(&mut self, level: usize, item: &Item, label: ElementId, body: ElementId) -> Vec<Unit> {
        let (role, measure, at) = match level {
            0 => {
                let measure = self.full_measure(self.style.indent);
                (Role::Numbered, measure, measure.left)
            }
            level => {
                let measure = self.item_measure(level);
                (Role::Item(level), measure, measure.left - self.style.step)
            }
        };
        let size = self.style.text.size;
        let words = self.plain_words((item.anchor, Slot::Label), &item.label, size, Face::Regular);
        let width = words.width(&self.style.typeface);
        let set = self.marker_line(words, at, label);
        if item.leads_in() {
            self.leading.push(set);
            return vec![Unit { anchor: Some(item.anchor), keep: true, ..Unit::default() }];
        }
        // A label that reaches its text pushes it to the next tab.
        let end = at + width + 3.0;
        let mut first = measure.first;
        while first < end {
            first += self.style.indent;
        }
        let text = self.words((item.anchor, Slot::Text), &item.content, size, Face::Regular);
        self.paragraph(role, text, body, Measure { first, ..measure }, item.anchor, Some(set))
    }

    fn heading(&mut self, level: usize, label: Option<&str>, content: &[Inline], block: &Block) -> Vec<Unit> {
        let tag = Tag::Heading(self.heading_level(level));
        let element = self.element(tag);
        let face = if level == 1 { Face::Bold } else { Face::Italic };
        let size = self.style.text.size;
        let full = self.full_measure(0.0);
        let (measure, marker) = match label {
            Some(label) => {
                let left = full.left + self.style.indent;
                let labelled = self.structure.add(element, Tag::Label);
                let words = self.plain_words((block.anchor, Slot::Label), label, size, face);
                let marker = self.marker_line(words, full.left, labelled);
                (Measure { first: left, left, right: full.right }, Some(marker))
            }
            None => (full, None),
        };
        let text = self.words((block.anchor, Slot::Text), content, size, face);
        let mut units = self.paragraph(Role::Heading(level), text, element, measure, block.anchor, marker);
        for unit in &mut units {
            unit.keep = true;
        }
        units
    }

    /// A quotation stands at the place of the text that quotes it, its first
    /// lines not indented.
    fn quote(&mut self, level: usize, is_statement: bool, blocks: &[Block], block: &Block) -> Vec<Unit> {
        let quotation = self.structure.add(self.place.container, Tag::Quotation);
        let inside = Place { container: quotation, ..self.place.clone() };
        let around = std::mem::replace(&mut self.place, inside);
        let full = self.full_measure(self.style.left_of_quote(level, is_statement, self.place.in_item));
        let measure = Measure { left: full.first, ..full };
        self.place.left = Some(measure.left);
        self.share_columns(blocks);
        let mut units = Vec::new();
        for inner in blocks {
            match &inner.kind {
                BlockKind::Prose(content) => units.extend(self.prose(Role::Quote, content, measure, inner)),
                BlockKind::Quote { blocks, .. } => units.extend(self.quote(level, is_statement, blocks, inner)),
                BlockKind::Opening(_)
                | BlockKind::Clause(_)
                | BlockKind::List(_)
                | BlockKind::Continuation { .. }
                | BlockKind::Heading { .. }
                | BlockKind::Lines { .. }
                | BlockKind::Contents(_)
                | BlockKind::Table(_) => self.block(inner, &mut |_, more| units.extend(more)),
            }
        }
        if let Some(first) = units.first_mut() {
            first.anchor = Some(block.anchor);
        }
        self.place = around;
        units
    }

    /// A number at its place.
    fn marker_line(&mut self, mut text: Styled, at: f64, element: ElementId) -> SetLine {
        self.structure.tag(&mut text, element);
        let measure = Measure { first: at, left: at, right: f64::INFINITY };
        break_lines(&text, &self.style.typeface, measure, &mut |_| {}).into_iter().next().unwrap_or_default()
    }
}
