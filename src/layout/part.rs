//! A part of a document from its first page to its last: head, title, blocks.

use super::break_lines::{Measure, SetLine};
use super::changes::Slot;
use super::head;
use super::page::Role;
use super::paginate::{Paginator, Placed, Unit, baseline_in};
use super::setter::{PartSetter, Place};
use super::structure::{ElementId, Structure, Tag};
use super::styled::Styled;
use crate::fonts::Face;
use crate::model::{Anchor, Inline, Part, PartKind, keeps_letters, plain};

impl<'a> PartSetter<'a> {
    pub fn part(&mut self, part: &'a Part, parent: ElementId, pages: &mut Paginator<'a>) {
        let (style, document) = (self.style, self.document);
        self.notes.clear();
        // An annex that begins with a turned table has no page for its title alone.
        let turned = part.turned();
        let turns = part.kind.is_attached() && turned.first() == Some(&true);
        self.style = self.styles[usize::from(turns)];
        pages.turn(turns, &mut |_| (None, Vec::new()));
        let section = self.structure.add_in(parent, Tag::Section, part.language.as_deref());
        self.says_changes_of(part);
        self.place = Place::of(section);
        self.title_level = self.above;
        match part.kind {
            PartKind::Main if self.member.is_some() => {
                pages.set_head(move |number, style| head::folio(document, &head::Draft::default(), number, style));
                pages.begin_page();
            }
            PartKind::Main => {
                let first = head::first_page((document, self.changes), style, &mut self.structure, section);
                let draft = first.draft;
                self.measures.heads.insert(part.anchor, (first.bottom, first.title_top));
                self.wide.extend(first.wide.into_iter().map(|word| (part.anchor, word)));
                pages.set_head(move |number, style| head::folio(document, &draft, number, style));
                pages.begin_page();
                if let Some(correction) = &document.letterhead.correction
                    && let Some(note) = first.correction
                {
                    let mark = (Slot::Label, &*document.letterhead.correction_mark);
                    let text = [Inline::Text(correction.clone())];
                    let lines = self.note_lines(mark, (Slot::Correction, &text), note, part.anchor);
                    pages.add_note(Some(note), lines);
                }
                for unit in first.fixed {
                    pages.fix(unit);
                }
                pages.advance_to(first.title_top);
            }
            PartKind::Annex | PartKind::Attachment => {
                pages.set_head(head::attached(
                    (document, self.changes),
                    part,
                    self.style,
                    &mut self.structure,
                    section,
                ));
                pages.begin_page();
            }
        }
        let after = part.kind.is_attached().then_some(part);
        pages.set_head(move |number, style| head::running(document, after, number, style));
        self.title(part, pages);
        self.share_columns(&part.blocks);
        self.label_column = self.column_of_rows(&part.blocks);
        for (at, block) in part.blocks.iter().enumerate() {
            let turns = turned[at];
            self.style = self.styles[usize::from(turns)];
            pages.turn(turns, &mut |note| self.note(part, note));
            self.is_first = at == 0;
            let is_signed = part.blocks.get(at + 1).is_some_and(|next| next.kind.is_signature());
            let mut begins_page = at == 1 && part.blocks[0].kind.contents().is_some();
            self.block(block, &mut |setter, mut units| {
                // A list of contents before a text has a page for itself.
                if let Some(first) = units.first_mut() {
                    first.begins_page |= std::mem::take(&mut begins_page);
                }
                // A signature stands on the page of what is signed.
                if let Some(last) = units.last_mut().filter(|_| is_signed) {
                    last.keep = true;
                }
                for unit in units {
                    pages.add(unit, &mut |note| setter.note(part, note));
                }
            });
        }
        self.style = self.styles[0];
        pages.turn(false, &mut |note| self.note(part, note));
        pages.end_part(&mut |note| self.note(part, note));
    }

    /// What is said of changes is said in the language of the part.
    fn says_changes_of(&mut self, part: &Part) {
        if let Some(changes) = self.changes {
            let language = part.language.as_deref().unwrap_or(&self.document.language);
            self.structure.said = changes.said.get(language).cloned().unwrap_or_default();
        }
    }

    /// The lines of the meeting above what a journal has annexed.
    fn meeting(&mut self, part: &Part, pages: &mut Paginator<'a>) {
        let size = self.style.text.size;
        for (at, line) in part.meeting.iter().enumerate() {
            let element = self.element(Tag::Paragraph);
            let text = self.words((part.anchor, Slot::Meeting(at)), line, size, Face::Regular);
            let units = self.paragraph(Role::Meeting, text, element, self.full_measure(0.0), part.anchor, None);
            for mut unit in units {
                unit.keep = true;
                unit.space = if at == 0 { unit.space } else { 0.0 };
                pages.add(unit, &mut |note| self.note(part, note));
            }
        }
    }

    fn title(&mut self, part: &Part, pages: &mut Paginator<'a>) {
        self.meeting(part, pages);
        let style = self.style;
        let size = style.text.size;
        let mut lines: Vec<(Role, ElementId, Styled)> = Vec::new();
        if let Some(line) = &part.title_line {
            let element = self.element(Tag::Paragraph);
            lines.push((
                Role::TitleLine,
                element,
                self.plain_words((part.anchor, Slot::TitleLine), line, size, Face::Regular),
            ));
        }
        if !part.title.is_empty() {
            self.title_level = self.above + 1;
            let element = self.element(Tag::Heading(self.title_level));
            for (at, line) in part.title.iter().enumerate() {
                let keeps = keeps_letters(at, line);
                let set = |words: &[Inline]| match keeps {
                    true => Styled::of(words, size, Face::Regular, style),
                    false => Styled::title(0, words, size, style),
                };
                lines.push((Role::Title, element, self.changed((part.anchor, Slot::Title(at)), line, &set)));
            }
        }
        if part.kind == PartKind::Main
            && let Some(line) = self.member.and_then(|member| member.under_title.as_ref())
        {
            let element = self.element(Tag::Paragraph);
            lines.push((Role::Letterhead, element, Styled::plain(line, size)));
        }
        let none = lines.is_empty();
        let above = if part.meeting.is_empty() { 0.0 } else { 2.0 * style.text.leading };
        let mut unit = Unit { anchor: Some(part.anchor), keep: true, space: above, ..Unit::default() };
        for (at, (role, element, mut styled)) in lines.into_iter().enumerate() {
            self.tag(&mut styled, element);
            for line in self.balanced(&styled, part.anchor, at) {
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
            let text = self.plain_words((part.anchor, Slot::By), by, size, Face::Regular);
            let units = self.paragraph(Role::Prose, text, element, self.full_measure(0.0), part.anchor, None);
            for unit in units {
                pages.add(Unit { space: 0.0, ..unit }, &mut |note| self.note(part, note));
            }
        }
    }

    /// The lines of a footnote of a part, broken when its mark has a place. One
    /// that comes again, under a header row that is repeated, is not read again.
    fn note(&mut self, part: &Part, note: usize) -> (Option<ElementId>, Vec<SetLine>) {
        let Some(found) = part.notes.get(note) else { return (None, Vec::new()) };
        let element = self.notes.remove(&note);
        let id = element.unwrap_or(Structure::ROOT);
        let (mark, words) = ((Slot::NoteMark(note), &*found.mark), (Slot::Note(note), &*found.content));
        let mut lines = self.note_lines(mark, words, id, part.anchor);
        if element.is_none() {
            for run in lines.iter_mut().flat_map(|line| &mut line.runs) {
                run.element = None;
            }
        }
        (element, lines)
    }

    fn note_lines(
        &mut self,
        (slot_of_mark, mark): (Slot, &str),
        (slot, content): (Slot, &[Inline]),
        element: ElementId,
        anchor: Anchor,
    ) -> Vec<SetLine> {
        let size = self.style.note.size;
        let raised = |mark: &[Inline]| {
            let mut label = Styled::default();
            label.push_raised(&plain(mark), size, None, self.style);
            label
        };
        let mut label = self.changed((anchor, slot_of_mark), &[Inline::Text(mark.to_owned())], &raised);
        let labelled = self.structure.add(element, Tag::Label);
        self.structure.tag(&mut label, labelled);
        let mut text = self.words((anchor, slot), content, size, Face::Regular);
        self.structure.tag(&mut text, element);
        let full = self.full_measure(0.0);
        let left = full.left + self.style.indent;
        self.hanging((&label, full), (&text, Measure { first: left, left, right: full.right }), anchor)
    }
}
