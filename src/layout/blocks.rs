//! Each kind of block as units of lines.

use super::Role;
use super::break_lines::{Measure, SetLine, break_lines};
use super::flow::PartSetter;
use super::paginate::Unit;
use super::styled::Styled;
use crate::fonts::Face;
use crate::model::{Block, BlockKind, Inline};

impl PartSetter<'_> {
    /// The units of a block.
    pub fn block(&mut self, block: &Block) -> Vec<Unit> {
        let indent = self.style.indent;
        match &block.kind {
            BlockKind::Opening(content) => self.plain(Role::Opening, content, self.full_measure(indent), block),
            BlockKind::Clause(content) => self.plain(Role::Clause, content, self.full_measure(indent), block),
            BlockKind::Prose(content) | BlockKind::Continuation { level: 0, content } => {
                self.plain(Role::Prose, content, self.full_measure(indent), block)
            }
            BlockKind::Continuation { level, content } => {
                let measure = self.item_measure(*level);
                self.plain(Role::Prose, content, Measure { first: measure.left, ..measure }, block)
            }
            BlockKind::Numbered { number, bracketed, content } => {
                let marker = bracketed_text(&format!("{number}."), *bracketed);
                let measure = self.full_measure(indent);
                self.with_marker(Role::Numbered, &marker, content, measure, measure.left, block)
            }
            BlockKind::Item { level, marker, bracketed, content } => {
                let marker = bracketed_text(marker, *bracketed);
                let measure = self.item_measure(*level);
                self.with_marker(Role::Item(*level), &marker, content, measure, measure.left - self.style.step, block)
            }
            BlockKind::Heading { level, number, content } => self.heading(*level, number.as_deref(), content, block),
            BlockKind::Quote { level, blocks } => self.quote(*level, blocks, block),
            BlockKind::Table(table) => self.table(table, block.anchor),
        }
    }

    fn plain(&mut self, role: Role, content: &[Inline], measure: Measure, block: &Block) -> Vec<Unit> {
        let text = Styled::of(content, self.style.text.size, Face::Regular, self.style);
        self.paragraph(role, &text, measure, block.anchor, None)
    }

    /// All lines at the place of a sub-paragraph's text.
    fn item_measure(&self, level: usize) -> Measure {
        let full = self.full_measure(0.0);
        // The deepest levels share a place, so that their lines keep a width.
        let depth = level.min(6) as f64;
        let left = full.left + depth * self.style.step + if level > 0 { self.style.step } else { 0.0 };
        Measure { first: left, left, right: full.right }
    }

    fn with_marker(
        &mut self,
        role: Role,
        marker: &str,
        content: &[Inline],
        measure: Measure,
        at: f64,
        block: &Block,
    ) -> Vec<Unit> {
        let size = self.style.text.size;
        let set = marker_line(marker, size, at, Face::Regular);
        // A marker that reaches its text pushes it to the next tab.
        let end = at + Face::Regular.width(marker, size) + 3.0;
        let mut first = measure.first;
        while first < end {
            first += self.style.indent;
        }
        let text = Styled::of(content, size, Face::Regular, self.style);
        self.paragraph(role, &text, Measure { first, ..measure }, block.anchor, Some(set))
    }

    fn heading(&mut self, level: usize, number: Option<&str>, content: &[Inline], block: &Block) -> Vec<Unit> {
        let face = if level == 1 { Face::Bold } else { Face::Italic };
        let size = self.style.text.size;
        let full = self.full_measure(0.0);
        let (measure, marker) = match number {
            Some(number) => {
                let left = full.left + self.style.indent;
                let marker = marker_line(&format!("{number}."), size, full.left, face);
                (Measure { first: left, left, right: full.right }, Some(marker))
            }
            None => (full, None),
        };
        let text = Styled::of(content, size, face, self.style);
        let mut units = self.paragraph(Role::Heading(level), &text, measure, block.anchor, marker);
        units.iter_mut().for_each(|unit| unit.keep = true);
        units
    }

    /// A quotation stands at the place of the text that quotes it, its first
    /// lines not indented.
    fn quote(&mut self, level: usize, blocks: &[Block], block: &Block) -> Vec<Unit> {
        let measure = if level == 0 { self.full_measure(0.0) } else { self.item_measure(level) };
        let mut units = Vec::new();
        for inner in blocks {
            match &inner.kind {
                BlockKind::Prose(content) => units.extend(self.plain(Role::Quote, content, measure, inner)),
                BlockKind::Quote { blocks, .. } => units.extend(self.quote(level, blocks, inner)),
                _ => units.extend(self.block(inner)),
            }
        }
        if let Some(first) = units.first_mut() {
            first.anchor = Some(block.anchor);
        }
        units
    }
}

fn bracketed_text(marker: &str, bracketed: bool) -> String {
    if bracketed { format!("[{marker}") } else { marker.to_owned() }
}

fn marker_line(marker: &str, size: f64, at: f64, face: Face) -> SetLine {
    let mut text = Styled::plain(marker, size);
    text.stretches.iter_mut().for_each(|stretch| stretch.look.face = face);
    let measure = Measure { first: at, left: at, right: f64::INFINITY };
    break_lines(&text, measure, &mut |_| {}).into_iter().next().unwrap_or_default()
}
