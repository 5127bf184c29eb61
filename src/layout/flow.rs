//! A document from its first page to its last: parts, heads, titles, blocks.

use super::break_lines::{Measure, SetLine, break_lines};
use super::head;
use super::paginate::{Paginator, Placed, Unit, baseline_in};
use super::style::Style;
use super::styled::Styled;
use super::{Page, Role, volume};
use crate::model::{Anchor, Document, Inline, Member, Part, PartKind};

/// Lays out a document and gives each finished page to `take`.
pub(super) fn document(document: &Document, style: &Style, take: &mut dyn FnMut(Page)) -> Vec<(Anchor, String)> {
    if let Some(volume) = &document.volume {
        return volume::volume(document, volume, style, take);
    }
    let mut setter = PartSetter { document, style, element: 0, wide: Vec::new(), member: None };
    let mut pages = Paginator::new(style, take);
    for part in &document.parts {
        setter.part(part, &mut pages);
    }
    pages.finish();
    setter.wide
}

/// Sets the parts of a document one after another.
pub(super) struct PartSetter<'a> {
    pub document: &'a Document,
    pub style: &'a Style,
    /// The number of the last paragraph, cell or note.
    pub element: u32,
    pub wide: Vec<(Anchor, String)>,
    /// The text of a volume that is set, which has a line under its title in
    /// place of a letterhead.
    pub member: Option<&'a Member>,
}

impl<'a> PartSetter<'a> {
    pub fn part(&mut self, part: &'a Part, pages: &mut Paginator<'a>) {
        let style = self.style;
        match part.kind {
            PartKind::Main if self.member.is_some() => {
                let document = self.document;
                pages.set_head(move |number| head::folio(document, number, style));
                pages.begin_page();
            }
            PartKind::Main => {
                let document = self.document;
                let first = head::first_page(document, style, &mut || self.element());
                pages.set_head(move |number| head::running(document, None, number, style));
                pages.begin_page();
                if let Some(correction) = &document.letterhead.correction {
                    let element = self.element();
                    let lines = self.note_lines("*", &[Inline::Text(correction.clone())], part.anchor);
                    pages.add_note(element, lines);
                }
                for unit in first.fixed {
                    pages.fix(unit);
                }
                pages.advance_to(first.title_top);
            }
            _ => {
                pages.set_head(head::attached(self.document, part, style));
                pages.begin_page();
            }
        }
        let document = self.document;
        let after = part.kind.is_attached().then_some(part);
        pages.set_head(move |number| head::running(document, after, number, style));
        self.title(part, pages);
        for block in &part.blocks {
            for unit in self.block(block) {
                pages.add(unit, &mut |note| self.note(part, note));
            }
        }
        pages.end_part(&mut |note| self.note(part, note));
    }

    fn title(&mut self, part: &Part, pages: &mut Paginator<'a>) {
        let style = self.style;
        let mut lines: Vec<(Role, Styled)> = Vec::new();
        if let Some(line) = &part.title_line {
            lines.push((Role::TitleLine, Styled::plain(line, style.text.size)));
        }
        lines.extend(part.title.iter().map(|line| (Role::Title, Styled::capitals(line, style.text.size, style))));
        let under_title =
            self.member.filter(|_| part.kind == PartKind::Main).and_then(|member| member.under_title.as_ref());
        lines.extend(under_title.map(|line| (Role::Letterhead, Styled::plain(line, style.text.size))));
        let none = lines.is_empty();
        let mut unit = Unit { anchor: Some(part.anchor), keep: true, ..Unit::default() };
        for (role, styled) in lines {
            let element = self.element();
            let set = self.break_text(&styled, self.full_measure(0.0), part.anchor);
            for line in set {
                let line = self.centred(line);
                let baseline = unit.height + baseline_in(style.text.size, style.text.leading);
                unit.lines.push(Placed { role, element, baseline, line });
                unit.height += style.text.leading;
            }
        }
        if !none {
            unit.height += f64::from(style.first_page.after_title) * style.text.leading;
        }
        pages.add(unit, &mut |note| self.note(part, note));
        if let Some(by) = &part.by {
            let units = self.paragraph(
                Role::Prose,
                &Styled::plain(by, style.text.size),
                self.full_measure(0.0),
                part.anchor,
                None,
            );
            for unit in units {
                pages.add(Unit { space: 0.0, ..unit }, &mut |note| self.note(part, note));
            }
        }
    }

    /// The next number for a paragraph, cell or note.
    pub fn element(&mut self) -> u32 {
        self.element += 1;
        self.element
    }

    /// Full lines, the first one indented.
    pub fn full_measure(&self, indent: f64) -> Measure {
        let margin = self.style.page.margin;
        Measure { first: margin + indent, left: margin, right: margin + self.style.line_width() }
    }

    /// The lines of a text in the block of an anchor.
    pub fn break_text(&mut self, text: &Styled, measure: Measure, anchor: Anchor) -> Vec<SetLine> {
        let wide = &mut self.wide;
        break_lines(text, measure, &mut |word| wide.push((anchor, word.to_owned())))
    }

    /// The units of a paragraph: its first lines and its last ones stay
    /// together.
    pub fn paragraph(
        &mut self,
        role: Role,
        text: &Styled,
        measure: Measure,
        anchor: Anchor,
        marker: Option<SetLine>,
    ) -> Vec<Unit> {
        let (element, style) = (self.element(), self.style);
        let mut lines = self.break_text(text, measure, anchor);
        if let (Some(marker), Some(first)) = (marker, lines.first_mut()) {
            let rest = std::mem::take(&mut first.runs);
            first.runs = marker.runs.into_iter().chain(rest).collect();
        }
        let least = style.least_lines.max(1);
        let count = lines.len();
        let (size, leading) = (style.text.size, style.text.leading);
        let mut units: Vec<Unit> = Vec::new();
        for (at, line) in lines.into_iter().enumerate() {
            let joins = at > 0 && (at < least || at > count - least.min(count) || count < 2 * least);
            if !joins {
                let space = if at == 0 { leading } else { 0.0 };
                units.push(Unit { space, anchor: (at == 0).then_some(anchor), ..Unit::default() });
            }
            if let Some(unit) = units.last_mut() {
                let baseline = unit.height + baseline_in(size, leading);
                unit.lines.push(Placed { role, element, baseline, line });
                unit.height += leading;
            }
        }
        units
    }

    /// The lines of a footnote of a part, broken when its mark has a place.
    fn note(&mut self, part: &Part, note: usize) -> (u32, Vec<SetLine>) {
        match part.notes.get(note) {
            Some(found) => (self.element(), self.note_lines(&found.mark, &found.content, part.anchor)),
            None => (0, Vec::new()),
        }
    }

    fn note_lines(&mut self, mark: &str, content: &[Inline], anchor: Anchor) -> Vec<SetLine> {
        let size = self.style.note.size;
        let mut text = Styled::default();
        text.push_raised(mark, size, None, self.style);
        text.append(Styled::plain("\u{A0}", size));
        text.append(Styled::of(content, size, crate::fonts::Face::Regular, self.style));
        self.break_text(&text, self.full_measure(0.0), anchor)
    }

    pub fn centred(&self, mut line: SetLine) -> SetLine {
        let width: f64 = line.runs.iter().map(|run| run.width).sum();
        let shift = (self.style.line_width() - width).max(0.0) / 2.0;
        line.runs.iter_mut().for_each(|run| run.x += shift);
        line.links.iter_mut().for_each(|link| link.area.x += shift);
        line
    }
}
