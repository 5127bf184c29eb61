//! Each kind of block as units of lines.

use super::break_lines::{Measure, SetLine, break_lines};
use super::page::Role;
use super::paginate::Unit;
use super::setter::{OpenList, PartSetter, Place};
use super::structure::{ElementId, Tag, numbering};
use super::style::Style;
use super::styled::Styled;
use crate::fonts::Face;
use crate::model::{Block, BlockKind, Inline};

impl PartSetter<'_> {
    /// The units of a block.
    pub fn block(&mut self, block: &Block) -> Vec<Unit> {
        let indent = self.style.indent;
        match &block.kind {
            BlockKind::Opening(content) => self.prose(Role::Opening, content, self.full_measure(indent), block),
            BlockKind::Clause(content) => self.prose(Role::Clause, content, self.full_measure(indent), block),
            BlockKind::Prose(content) => self.prose(Role::Prose, content, self.full_measure(indent), block),
            BlockKind::Continuation { level: 0, content } => {
                let body = self.body_of(0);
                self.plain(Role::Prose, content, body, self.full_measure(indent), block)
            }
            BlockKind::Continuation { level, content } => {
                let body = self.body_of(*level);
                let measure = self.item_measure(*level);
                self.plain(Role::Prose, content, body, Measure { first: measure.left, ..measure }, block)
            }
            BlockKind::Numbered { number, bracketed, content } => {
                let marker = bracketed_text(&format!("{number}."), *bracketed);
                let label = self.item(0, number);
                let measure = self.full_measure(indent);
                self.with_marker(Role::Numbered, &marker, label, content, measure, measure.left, block)
            }
            BlockKind::Item { level, marker, bracketed, content } => {
                let label = self.item(*level, marker);
                let marker = bracketed_text(marker, *bracketed);
                let measure = self.item_measure(*level);
                let at = measure.left - self.style.step;
                self.with_marker(Role::Item(*level), &marker, label, content, measure, at, block)
            }
            BlockKind::Heading { level, number, content } => self.heading(*level, number.as_deref(), content, block),
            BlockKind::Quote { level, blocks } => self.quote(*level, blocks, block),
            BlockKind::Table(table) => {
                self.place.lists.clear();
                self.table(table, block.anchor)
            }
        }
    }

    /// A paragraph that ends all lists.
    fn prose(&mut self, role: Role, content: &[Inline], measure: Measure, block: &Block) -> Vec<Unit> {
        self.place.lists.clear();
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

    /// The element for a block that continues a level: the body of the last member
    /// there, or of the list around it. Deeper lists end.
    fn body_of(&mut self, level: usize) -> ElementId {
        self.place.lists.retain(|list| list.level <= level);
        self.place.lists.last().map_or(self.place.container, |list| list.body)
    }

    /// A new member of the list at a level: its label. Its body is that of the
    /// level from now on.
    fn item(&mut self, level: usize, marker: &str) -> ElementId {
        let numbering = numbering(marker);
        self.place.lists.retain(|list| list.level <= level);
        // A list that counts in another way is a new list.
        let last = self.place.lists.pop_if(|list| list.level == level);
        let list = match last {
            Some(last) if last.numbering == numbering || level == 0 => last.list,
            _ => {
                let parent = self.place.lists.last().map_or(self.place.container, |list| list.body);
                self.structure.add(parent, Tag::List(numbering))
            }
        };
        let item = self.structure.add(list, Tag::Item);
        // The label comes before the body.
        let label = self.structure.add(item, Tag::Label);
        let body = self.structure.add(item, Tag::Body);
        self.place.lists.push(OpenList { level, numbering, list, body });
        label
    }

    /// All lines at the place of a sub-paragraph's text.
    fn item_measure(&self, level: usize) -> Measure {
        let full = self.full_measure(0.0);
        // The deepest levels are indented alike, so that their lines keep some width.
        let depth = level.min(6) as f64;
        let left = full.left + depth * self.style.step + if level > 0 { self.style.step } else { 0.0 };
        Measure { first: left, left, right: full.right }
    }

    #[expect(clippy::too_many_arguments, reason = "what is set, what it belongs to, and where it stands")]
    fn with_marker(
        &mut self,
        role: Role,
        marker: &str,
        label: ElementId,
        content: &[Inline],
        measure: Measure,
        at: f64,
        block: &Block,
    ) -> Vec<Unit> {
        let size = self.style.text.size;
        let set = marker_line(marker, size, at, Face::Regular, label, self.style);
        // A marker that reaches its text pushes it to the next tab.
        let end = at + self.style.typeface.width(Face::Regular, marker, size) + 3.0;
        let mut first = measure.first;
        while first < end {
            first += self.style.indent;
        }
        let text = Styled::of(content, size, Face::Regular, self.style);
        let body = self.place.lists.last().map_or(label, |list| list.body);
        self.paragraph(role, text, body, Measure { first, ..measure }, block.anchor, Some(set))
    }

    fn heading(&mut self, level: usize, number: Option<&str>, content: &[Inline], block: &Block) -> Vec<Unit> {
        self.place.lists.clear();
        let tag = Tag::Heading(self.heading_level(level));
        let element = self.element(tag);
        let face = if level == 1 { Face::Bold } else { Face::Italic };
        let size = self.style.text.size;
        let full = self.full_measure(0.0);
        let (measure, marker) = match number {
            Some(number) => {
                let left = full.left + self.style.indent;
                let label = self.structure.add(element, Tag::Label);
                let marker = marker_line(&format!("{number}."), size, full.left, face, label, self.style);
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
    fn quote(&mut self, level: usize, blocks: &[Block], block: &Block) -> Vec<Unit> {
        let parent = self.body_of(level);
        let quotation = self.structure.add(parent, Tag::Quotation);
        let inside = Place { in_section: self.place.in_section, ..Place::of(quotation) };
        let around = std::mem::replace(&mut self.place, inside);
        let measure = if level == 0 { self.full_measure(0.0) } else { self.item_measure(level) };
        let mut units = Vec::new();
        for inner in blocks {
            match &inner.kind {
                BlockKind::Prose(content) => units.extend(self.prose(Role::Quote, content, measure, inner)),
                BlockKind::Quote { blocks, .. } => units.extend(self.quote(level, blocks, inner)),
                _ => units.extend(self.block(inner)),
            }
        }
        if let Some(first) = units.first_mut() {
            first.anchor = Some(block.anchor);
        }
        self.place = around;
        units
    }
}

fn bracketed_text(marker: &str, bracketed: bool) -> String {
    if bracketed { format!("[{marker}") } else { marker.to_owned() }
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
