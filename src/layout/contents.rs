//! Lists of contents: their lines, dots and numbers of pages.

use super::break_lines::{Measure, SetLine, break_lines};
use super::page::{Bar, Link, LinkTarget, Role};
use super::paginate::{Placed, Unit, baseline_in};
use super::setter::PartSetter;
use super::structure::Tag;
use super::style::Style;
use super::styled::Styled;
use crate::fonts::Face;
use crate::model::{Anchor, Block, Contents};

impl PartSetter<'_> {
    /// A list of contents inside a text.
    pub fn contents(&mut self, contents: &Contents, block: &Block) -> Vec<Unit> {
        let style = self.style;
        let (size, leading) = (style.text.size, style.text.leading);
        let title = Styled::of(&contents.title, size, Face::Bold, style);
        let tag = Tag::Heading(self.heading_level(1));
        let element = self.element(tag);
        let mut units = self.paragraph(Role::Heading(1), title, element, self.full_measure(0.0), block.anchor, None);
        units.iter_mut().for_each(|unit| unit.keep = true);
        units.push(page_word(self, &contents.page));
        let list = self.structure.add(self.place.container, Tag::Contents);
        let around = std::mem::replace(&mut self.place.container, list);
        let numbers = self.numbers.clone();
        for line in &contents.entries {
            let indent = line.level.saturating_sub(1) as f64 * style.indent;
            let number = numbers.get(&line.anchor).copied().unwrap_or_default();
            let words = (line.label.as_deref(), Styled::plain(&line.words, size));
            let unit = entry(self, words, indent, line.anchor, Some(number));
            let space = if line.level == 1 { leading / 2.0 } else { 0.0 };
            units.push(Unit { space, ..unit });
        }
        self.place.container = around;
        units
    }
}

/// The word above the numbers, which helps the eye alone.
pub(super) fn page_word(setter: &PartSetter<'_>, word: &str) -> Unit {
    let style = setter.style;
    let (size, leading) = (style.text.size, style.text.leading);
    let word = Styled::plain(word, size);
    let x = style.page.margin + style.line_width() - word.width(&style.typeface);
    let line = at_place(&word, x, style);
    let placed = Placed { role: Role::Prose, element: None, baseline: baseline_in(size, leading), line };
    Unit { height: leading, lines: vec![placed], keep: true, space: leading, ..Unit::default() }
}

/// A line of the contents: the words, and of a text dots and the number of the page; it is
/// 0 while that is not known. All of it leads to the page, and its words and number are read.
pub(super) fn entry(
    setter: &mut PartSetter<'_>,
    (label, mut text): (Option<&str>, Styled),
    indent: f64,
    anchor: Anchor,
    number: Option<u32>,
) -> Unit {
    let style = setter.style;
    let (size, leading) = (style.text.size, style.text.leading);
    let left = style.page.margin + indent;
    let edge = style.page.margin + style.line_width();
    let column = edge - style.volume.numbers;
    let element = setter.structure.add(setter.place.container, Tag::Entry);
    let reference = setter.structure.add(element, Tag::Reference);
    let said = label.map(|label| format!("{label} {}", text.text)).unwrap_or_else(|| text.text.clone());
    let link = setter.structure.link(reference, &said);
    let hang = if label.is_some() { left + style.indent } else { left };
    let measure = |left: f64| Measure { first: left, left, right: column - size };
    let label = label.map(|label| {
        // The blank is read, so that number and words are two.
        let mut label = Styled::plain(&format!("{label}\u{A0}"), size);
        setter.structure.tag(&mut label, link);
        label
    });
    setter.structure.tag(&mut text, link);
    let lines = match &label {
        Some(label) => setter.hanging((label, measure(left)), (&text, measure(hang)), anchor),
        None => setter.break_text(&text, measure(left), anchor),
    };
    let last = lines.len().saturating_sub(1);
    let mut unit = Unit::default();
    for (at, mut line) in lines.into_iter().enumerate() {
        let end = line.runs.iter().map(|run| run.x + run.width).fold(left, f64::max);
        let mut active = end;
        if at == last
            && let Some(number) = number
        {
            leader(&mut line, end, column, style);
            if number > 0 {
                // A blank, so that it is not read as part of the last word.
                let mut number = Styled::plain(&format!("\u{A0}{number}"), size);
                setter.structure.tag(&mut number, link);
                let x = edge - number.width(&style.typeface);
                line.runs.extend(at_place(&number, x, style).runs);
            }
            active = edge;
        }
        let area = Bar { x: left, y: -size * 0.8, width: active - left, height: size };
        line.links.push(Link { area, target: LinkTarget::Anchor(anchor), element: Some(link) });
        unit.lines.push(Placed {
            role: Role::Prose,
            element: Some(element),
            baseline: unit.height + baseline_in(size, leading),
            line,
        });
        unit.height += leading;
    }
    unit
}

/// Dots up to the column of numbers; those of all lines stand below each
/// other.
fn leader(line: &mut SetLine, from: f64, column: f64, style: &Style) {
    let size = style.text.size;
    let dot = Styled::plain(".\u{A0}", size);
    let width = dot.width(&style.typeface);
    let count = ((column - from - size / 2.0) / width).floor().max(0.0) as usize;
    if count < 2 {
        return;
    }
    let dots = Styled::plain(&".\u{A0}".repeat(count), size);
    line.runs.extend(at_place(&dots, column - count as f64 * width, style).runs);
}

fn at_place(text: &Styled, x: f64, style: &Style) -> SetLine {
    let measure = Measure { first: x, left: x, right: f64::INFINITY };
    break_lines(text, &style.typeface, measure, &mut |_| {}).into_iter().next().unwrap_or_default()
}
