//! Each kind of block as units of lines.

use super::break_lines::{Measure, SetLine, break_lines};
use super::page::Role;
use super::paginate::Unit;
use super::setter::{PartSetter, Place};
use super::structure::{ElementId, Tag};
use super::style::Style;
use super::styled::Styled;
use crate::fonts::Face;
use crate::model::{Block, BlockKind, Inline, Item, List};

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
            BlockKind::List(list) => return self.list(list, add),
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
        let text = Styled::of(content, self.style.text.size, Face::Regular, self.style);
        let element = self.structure.add(parent, Tag::Paragraph);
        self.paragraph(role, text, element, measure, block.anchor, None)
    }

    /// A list with all that belongs to its items.
    fn list(&mut self, list: &List, add: Add<'_, 'a>) {
        let element = self.structure.add(self.place.container, Tag::List(list.numbering));
        for item in &list.items {
            let member = self.structure.add(element, Tag::Item);
            // The label comes before the body.
            let label = self.structure.add(member, Tag::Label);
            let body = self.structure.add(member, Tag::Body);
            let units = self.item(list.level, item, label, body);
            add(self, units);
            let around = std::mem::replace(&mut self.place.container, body);
            for block in &item.body {
                self.block(block, add);
            }
            self.place.container = around;
        }
    }

    /// All lines at the place of a sub-paragraph's text.
    pub fn item_measure(&self, level: usize) -> Measure {
        let full = self.full_measure(0.0);
        // The deepest levels are indented alike, so that their lines keep some width.
        let depth = level.min(6) as f64;
        let left = full.left + depth * self.style.step + if level > 0 { self.style.step } else { 0.0 };
        Measure { first: left, left, right: full.right }
    }

    /// Where what belongs to the text of an item begins: behind its label.
    pub fn text_of_level(&self, level: usize) -> f64 {
        match level {
            0 => self.full_measure(self.style.indent).first,
            level => self.item_measure(level).left,
        }
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
        let set = marker_line(&item.label, size, at, Face::Regular, label, self.style);
        if item.leads_in() {
            self.leading.push(set);
            return vec![Unit { anchor: Some(item.anchor), keep: true, ..Unit::default() }];
        }
        // A label that reaches its text pushes it to the next tab.
        let end = at + self.style.typeface.width(Face::Regular, &item.label, size) + 3.0;
        let mut first = measure.first;
        while first < end {
            first += self.style.indent;
        }
        let text = Styled::of(&item.content, size, Face::Regular, self.style);
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
                let marker = marker_line(label, size, full.left, face, labelled, self.style);
                (Measure { first: left, left, right: full.right }, Some(marker))
            }
            None => (full, None),
        };
        let text = Styled::of(content, size, face, self.style);
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
        let inside = Place { in_section: self.place.in_section, ..Place::of(quotation) };
        let around = std::mem::replace(&mut self.place, inside);
        let measure = match level {
            _ if is_statement => {
                let full = self.full_measure(self.style.statement);
                Measure { left: full.first, ..full }
            }
            0 => self.full_measure(0.0),
            level => self.item_measure(level),
        };
        let mut units = Vec::new();
        for inner in blocks {
            match &inner.kind {
                BlockKind::Prose(content) => units.extend(self.prose(Role::Quote, content, measure, inner)),
                BlockKind::Quote { blocks, .. } => units.extend(self.quote(level, is_statement, blocks, inner)),
                _ => self.block(inner, &mut |_, more| units.extend(more)),
            }
        }
        if let Some(first) = units.first_mut() {
            first.anchor = Some(block.anchor);
        }
        self.place = around;
        units
    }
}

fn marker_line(marker: &str, size: f64, at: f64, face: Face, element: ElementId, style: &Style) -> SetLine {
    let mut text = Styled::plain(marker, size);
    for stretch in &mut text.stretches {
        stretch.look.face = face;
        stretch.look.element = Some(element);
    }
    let measure = Measure { first: at, left: at, right: f64::INFINITY };
    break_lines(&text, &style.typeface, measure, &mut |_| {}).into_iter().next().unwrap_or_default()
}
