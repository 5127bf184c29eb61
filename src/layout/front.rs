//! The page before a text of two drafts: which these are, and what changed.

use super::break_lines::{Measure, break_lines};
use super::changes::{Change, Changes, Front, Said};
use super::marked::changed;
use super::page::Role;
use super::paginate::{PageHead, Paginator, Placed, Unit, baseline_in};
use super::setter::{PartSetter, Place};
use super::structure::{ElementId, Structure, Tag};
use super::styled::Styled;
use crate::fonts::Face;
use crate::model::{Anchor, Numbering};

/// What stands at the foot of pages is so large.
const FOOT: f64 = 8.0;

impl<'a> PartSetter<'a> {
    /// Sets the first page, and the foot of all.
    pub fn front(&mut self, changes: &Changes, pages: &mut Paginator<'a>) {
        let style = self.style;
        let Front { title, lines, groups, language } = &changes.front;
        let section = self.structure.add_in(Structure::ROOT, Tag::Section, Some(language));
        self.place = Place::of(section);
        self.structure.said = changes.said.get(language).cloned().unwrap_or_default();
        pages.number_from(None);
        pages.set_head(|_, style| PageHead { lines: Vec::new(), text_top: style.page.margin });
        pages.begin_page();
        let mut units =
            self.front_text(Role::Title, Tag::Heading(1), Styled::in_face(title, style.text.size, Face::Bold));
        for pieces in lines {
            let text = changed(Some(pieces), &[], &|words| Styled::of(words, style.text.size, Face::Regular, style));
            units.extend(self.front_text(Role::Prose, Tag::Paragraph, text));
        }
        for (heading, sentences) in groups {
            let text = Styled::in_face(heading, style.text.size, Face::Bold);
            let mut heading = self.front_text(Role::Heading(2), Tag::Heading(2), text);
            heading.iter_mut().for_each(|unit| unit.keep = true);
            units.extend(heading);
            let list = self.structure.add(section, Tag::List(Numbering::Unordered));
            for sentence in sentences {
                units.extend(self.front_item(sentence, list));
            }
        }
        for unit in units {
            pages.add(unit, &mut |_| (None, Vec::new()));
        }
        pages.end_part(&mut |_| (None, Vec::new()));
        self.structure.said = Said::default();
        pages.number_from(Some(1));
        let mut foot = Styled::plain(&changes.foot, FOOT);
        foot.stretches.iter_mut().for_each(|stretch| stretch.look.change = Some(Change::Remark));
        let margin = style.page.margin;
        let measure = Measure { first: margin, left: margin, right: margin + style.line_width() };
        // What is too long for the line ends there.
        pages
            .set_foot(break_lines(&foot, &style.typeface, measure, &mut |_| {}).into_iter().next().unwrap_or_default());
    }

    fn front_text(&mut self, role: Role, tag: Tag, text: Styled) -> Vec<Unit> {
        let element = self.element(tag);
        self.paragraph(role, text, element, self.full_measure(0.0), Anchor(u32::MAX), None)
    }

    /// A sentence behind a dash.
    fn front_item(&mut self, sentence: &str, list: ElementId) -> Vec<Unit> {
        let style = self.style;
        let (size, leading) = (style.text.size, style.text.leading);
        let item = self.structure.add(list, Tag::Item);
        let (label, body) = (self.structure.add(item, Tag::Label), self.structure.add(item, Tag::Body));
        let (mut dash, mut text) = (Styled::plain("–", size), Styled::plain(sentence, size));
        self.structure.tag(&mut dash, label);
        self.structure.tag(&mut text, body);
        let full = self.full_measure(0.0);
        let left = full.left + style.table.hang;
        let hanging = Measure { first: left, left, right: full.right };
        let lines = self.hanging((&dash, full), (&text, hanging), Anchor(u32::MAX));
        let unit = |line| {
            let placed =
                Placed { role: Role::Item(1), element: Some(body), baseline: baseline_in(size, leading), line };
            Unit { height: leading, lines: vec![placed], ..Unit::default() }
        };
        lines.into_iter().map(unit).collect()
    }
}
