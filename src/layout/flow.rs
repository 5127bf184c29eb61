//! A document from its first page to its last: parts, heads, titles, blocks.

use std::collections::BTreeMap;

use super::break_lines::{Measure, SetLine, break_lines};
use super::head;
use super::paginate::{Paginator, Placed, Unit, baseline_in};
use super::style::Style;
use super::styled::Styled;
use super::{ElementId, Numbering, Page, Rest, Role, Structure, Tag, volume};
use crate::model::{Anchor, Document, Inline, Member, Part, PartKind};

/// Lays out a document and gives each finished page to `take`.
pub(super) fn document(document: &Document, style: &Style, take: &mut dyn FnMut(Page)) -> Rest {
    if let Some(volume) = &document.volume {
        return volume::volume(document, volume, style, take);
    }
    let mut setter = PartSetter::new(document, style);
    let mut pages = Paginator::new(style, take);
    for part in &document.parts {
        setter.part(part, Structure::ROOT, &mut pages);
    }
    pages.finish();
    setter.rest()
}

/// Sets the parts of a document one after another.
pub(super) struct PartSetter<'a> {
    pub document: &'a Document,
    pub style: &'a Style,
    pub structure: Structure,
    /// Where in the structure the next block belongs.
    pub place: Place,
    /// The elements of notes whose marks were set and which have no place yet.
    notes: BTreeMap<usize, ElementId>,
    pub wide: Vec<(Anchor, String)>,
    /// The text of a volume that is set, which has a line under its title in
    /// place of a letterhead.
    pub member: Option<&'a Member>,
    /// How many levels of headings stand above those of a text: in a volume the
    /// cover's title, and that of a section.
    pub above: u8,
    /// The level of the last title, or `above`.
    title_level: u8,
}

/// A place in the structure.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// What blocks that belong to no paragraph belong to.
    pub container: ElementId,
    /// The lists that are open, from the outermost.
    pub lists: Vec<OpenList>,
    /// Whether a section of level 1 has begun.
    pub in_section: bool,
}

/// A list that may go on.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenList {
    /// The level of its members; that of numbered paragraphs is 0.
    pub level: usize,
    pub numbering: Numbering,
    pub list: ElementId,
    /// The body of its last member.
    pub body: ElementId,
}

impl Place {
    pub fn of(container: ElementId) -> Place {
        Place { container, lists: Vec::new(), in_section: false }
    }
}

impl<'a> PartSetter<'a> {
    pub fn new(document: &'a Document, style: &'a Style) -> Self {
        PartSetter {
            document,
            style,
            structure: Structure::default(),
            place: Place::of(Structure::ROOT),
            notes: BTreeMap::new(),
            wide: Vec::new(),
            member: None,
            above: 0,
            title_level: 0,
        }
    }

    pub fn rest(self) -> Rest {
        Rest { structure: self.structure, wide_words: self.wide }
    }

    pub fn part(&mut self, part: &'a Part, parent: ElementId, pages: &mut Paginator<'a>) {
        let (style, document) = (self.style, self.document);
        self.notes.clear();
        let section = self.structure.add_in(parent, Tag::Section, part.language.as_deref());
        self.place = Place::of(section);
        self.title_level = self.above;
        match part.kind {
            PartKind::Main if self.member.is_some() => {
                pages.set_head(move |number| head::folio(document, None, number, style));
                pages.begin_page();
            }
            PartKind::Main => {
                let first = head::first_page(document, style, &mut self.structure, section);
                let draft = first.draft;
                self.wide.extend(first.wide.into_iter().map(|word| (part.anchor, word)));
                pages.set_head(move |number| head::folio(document, draft, number, style));
                pages.begin_page();
                if let (Some(correction), Some(note)) = (&document.letterhead.correction, first.correction) {
                    let lines = self.note_lines("*", &[Inline::Text(correction.clone())], note, part.anchor);
                    pages.add_note(Some(note), lines);
                }
                for unit in first.fixed {
                    pages.fix(unit);
                }
                pages.advance_to(first.title_top);
            }
            _ => {
                pages.set_head(head::attached(document, part, style, &mut self.structure, section));
                pages.begin_page();
            }
        }
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
        let size = style.text.size;
        let mut lines: Vec<(Role, ElementId, Styled)> = Vec::new();
        if let Some(line) = &part.title_line {
            let element = self.element(Tag::Paragraph);
            lines.push((Role::TitleLine, element, Styled::plain(line, size)));
        }
        if !part.title.is_empty() {
            self.title_level = self.above + 1;
            let element = self.element(Tag::Heading(self.title_level));
            lines.extend(part.title.iter().map(|line| (Role::Title, element, Styled::capitals(line, size, style))));
        }
        let under_title =
            self.member.filter(|_| part.kind == PartKind::Main).and_then(|member| member.under_title.as_ref());
        if let Some(line) = under_title {
            let element = self.element(Tag::Paragraph);
            lines.push((Role::Letterhead, element, Styled::plain(line, size)));
        }
        let none = lines.is_empty();
        let mut unit = Unit { anchor: Some(part.anchor), keep: true, ..Unit::default() };
        for (role, element, mut styled) in lines {
            self.tag(&mut styled, element);
            let set = self.break_text(&styled, self.full_measure(0.0), part.anchor);
            for line in set {
                let mut line = self.centred(line);
                // The lines of a title are one heading.
                line.blank_follows = role == Role::Title;
                let baseline = unit.height + baseline_in(size, style.text.leading);
                unit.lines.push(Placed { role, element: Some(element), baseline, line });
                unit.height += style.text.leading;
            }
        }
        if !none {
            unit.height += f64::from(style.first_page.after_title) * style.text.leading;
        }
        pages.add(unit, &mut |note| self.note(part, note));
        if let Some(by) = &part.by {
            let element = self.element(Tag::Paragraph);
            let text = Styled::plain(by, size);
            let units = self.paragraph(Role::Prose, text, element, self.full_measure(0.0), part.anchor, None);
            for unit in units {
                pages.add(Unit { space: 0.0, ..unit }, &mut |note| self.note(part, note));
            }
        }
    }

    /// The level of a heading in the structure: never more than one below the
    /// one before it, also where a title or a section is missing.
    pub fn heading_level(&mut self, level: usize) -> u8 {
        self.place.in_section |= level == 1;
        self.title_level + 1 + u8::from(level > 1 && self.place.in_section)
    }

    /// A new element for what comes next.
    pub fn element(&mut self, tag: Tag) -> ElementId {
        self.structure.add(self.place.container, tag)
    }

    /// Full lines, the first one indented.
    pub fn full_measure(&self, indent: f64) -> Measure {
        let margin = self.style.page.margin;
        Measure { first: margin + indent, left: margin, right: margin + self.style.line_width() }
    }

    /// The lines of a text in the block of an anchor.
    pub fn break_text(&mut self, text: &Styled, measure: Measure, anchor: Anchor) -> Vec<SetLine> {
        let wide = &mut self.wide;
        break_lines(text, &self.style.typeface, measure, &mut |word| wide.push((anchor, word.to_owned())))
    }

    /// Gives a text to an element, and its notes a place in the structure.
    pub fn tag(&mut self, text: &mut Styled, element: ElementId) {
        self.structure.tag(text, element);
        let parent = self.structure.place_of_notes(element);
        for note in text.stretches.iter().filter_map(|stretch| stretch.look.note) {
            let id = self.structure.add(parent, Tag::Note);
            self.notes.insert(note, id);
        }
    }

    /// The units of a paragraph: its first lines and its last ones stay
    /// together.
    pub fn paragraph(
        &mut self,
        role: Role,
        mut text: Styled,
        element: ElementId,
        measure: Measure,
        anchor: Anchor,
        marker: Option<SetLine>,
    ) -> Vec<Unit> {
        let style = self.style;
        self.tag(&mut text, element);
        let mut lines = self.break_text(&text, measure, anchor);
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
                unit.lines.push(Placed { role, element: Some(element), baseline, line });
                unit.height += leading;
            }
        }
        units
    }

    /// The lines of a footnote of a part, broken when its mark has a place. One
    /// that comes again, under a header row that is repeated, is not read again.
    fn note(&mut self, part: &Part, note: usize) -> (Option<ElementId>, Vec<SetLine>) {
        let Some(found) = part.notes.get(note) else { return (None, Vec::new()) };
        let element = self.notes.remove(&note);
        let id = element.unwrap_or(Structure::ROOT);
        let mut lines = self.note_lines(&found.mark, &found.content, id, part.anchor);
        if element.is_none() {
            lines.iter_mut().flat_map(|line| &mut line.runs).for_each(|run| run.element = None);
        }
        (element, lines)
    }

    fn note_lines(&mut self, mark: &str, content: &[Inline], element: ElementId, anchor: Anchor) -> Vec<SetLine> {
        let size = self.style.note.size;
        let mut text = Styled::default();
        text.push_raised(mark, size, None, self.style);
        let label = self.structure.add(element, Tag::Label);
        self.structure.tag(&mut text, label);
        text.append(Styled::plain("\u{A0}", size));
        text.append(Styled::of(content, size, crate::fonts::Face::Regular, self.style));
        self.structure.tag(&mut text, element);
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
