//! A volume: cover, its back, contents, sections, and its texts.

use super::composer::{Composer, Notes, bookmarked, proofing};
use super::paragraph::{Look, Paragraph, Run, Section, What, twips};
use crate::layout::style::Style;
use crate::model::{Volume, VolumeSection};
use crate::ooxml::names::{ParagraphRole, TITLE_TAG, leaf_bookmark, reference_bookmark};

/// Lines in the middle of the cover, whose places are counted from the top of the page.
struct Cover {
    y: f64,
}

impl<'a> Composer<'a> {
    pub fn volume(&mut self, volume: &'a Volume) {
        self.section = Section::plain();
        self.section.has_first = true;
        self.section.first = self.page_head(false, &[], self.style, 0.0);
        self.cover(volume);
        let following = self.page_head(false, &[], self.style, 0.0);
        self.next_section(Section { following, ..Section::plain() });
        self.back(volume);
        self.contents_of(volume);
        self.next_section(Section::plain());
        let mut starts = Some(1);
        for section in &volume.sections {
            let mut on_right = starts.is_some();
            let has_words = !section.title.is_empty() || section.label.is_some();
            let leaf = if has_words { self.next_leaf() } else { None };
            if section.label.is_some() {
                self.divider(section, leaf, starts.take());
                on_right = true;
            }
            for member in &section.members {
                self.document = &member.document;
                self.member = Some(member);
                self.section.on_right = std::mem::take(&mut on_right);
                self.parts(&member.document, starts.take());
            }
            self.member = None;
        }
    }

    /// The page on which a section begins.
    fn divider(&mut self, section: &'a VolumeSection, leaf: Option<usize>, starts: Option<u32>) {
        let style = self.style;
        let head = self.page_head(true, &[], style, 0.0);
        // The first page of all has no number.
        let first = if starts.is_some() { self.page_head(false, &[], style, 0.0) } else { head.clone() };
        self.section = Section { on_right: true, first, following: head, has_first: true, starts, ..Section::plain() };
        let look = Look { bold: true, capitals: true, ..self.look() };
        let mut runs = self.runs(&section.title, &look, &mut Notes::of(&[]));
        if let Some(leaf) = leaf {
            runs = bookmarked(runs, &leaf_bookmark(leaf));
        }
        if let Some(label) = &section.label {
            let blank = if section.title.is_empty() { "" } else { "\u{A0}" };
            runs.insert(0, Run::text(&format!("{label}{blank}"), &look));
        }
        runs = bookmarked(runs, &reference_bookmark(section.anchor.0));
        let mut paragraph = Paragraph { leaf, ..Paragraph::of(ParagraphRole::Session, runs) };
        let top = if self.section.starts.is_some() { style.page.margin } else { style.head.text_top };
        paragraph.format.before = Some(twips(style.first_page.title_top - top));
        self.push(paragraph);
        self.next_section(Section::plain());
    }

    fn centred(&mut self, cover: &mut Cover, role: ParagraphRole, runs: Vec<Run>, top: f64, leaf: Option<usize>) {
        let mut runs = runs;
        if let Some(leaf) = leaf {
            runs = bookmarked(runs, &leaf_bookmark(leaf));
        }
        let mut paragraph = Paragraph { leaf, ..Paragraph::of(role, runs) };
        paragraph.format.before = Some(twips(top - cover.y).max(0));
        paragraph.format.centred = true;
        self.push(paragraph);
        cover.y = top.max(cover.y) + self.style.text.leading;
    }

    fn cover(&mut self, volume: &'a Volume) {
        let Style { text, volume: places, .. } = self.style;
        let (cover, leading) = (&volume.cover, text.leading);
        let names: Vec<Option<usize>> = cover.names.iter().map(|line| self.counted(line)).collect();
        let place = cover.place.as_ref().and_then(|line| self.counted(line));
        let year = cover.year.as_ref().and_then(|line| self.counted(line));
        if let Some(draft) = &self.document.draft {
            self.counted(draft);
        }
        let imprint = cover.imprint.as_ref().and_then(|line| self.counted(line));
        let look = self.look();
        let mut at = Cover { y: self.style.page.margin };
        let mut top = places.names_top;
        for (name, leaf) in cover.names.iter().zip(names) {
            self.centred(&mut at, ParagraphRole::Letterhead, vec![Run::text(name, &look)], top, leaf);
            top = at.y + leading / 2.0;
        }
        let mut top = places.place_top + leading;
        if let Some(words) = &cover.place {
            let letters: Vec<String> = words.to_uppercase().chars().map(String::from).collect();
            let runs = vec![Run::text(&letters.join("\u{A0}"), &look)];
            self.centred(&mut at, ParagraphRole::Letterhead, runs, top, place);
            if let Some(super::paragraph::Unit::Paragraph(city)) = self.body.units.last_mut() {
                let side = twips((self.style.line_width() - places.rule) / 2.0);
                city.format.indent = Some((side, 0));
                city.format.right = Some(side);
                city.format.ruled = true;
            }
            top = at.y + 1.5 * leading;
        }
        if let Some(words) = &cover.year {
            self.centred(&mut at, ParagraphRole::Letterhead, vec![Run::text(words, &look)], top, year);
        }
        self.cover_title(volume, &mut at);
        let mut top = places.parts_top.max(at.y + 2.0 * leading);
        for section in volume.sections.iter().filter(|section| !section.title.is_empty()) {
            let runs = self.runs(&section.title, &look, &mut Notes::of(&[]));
            self.centred(&mut at, ParagraphRole::Letterhead, runs, top, None);
            top = at.y + leading / 2.0;
        }
        if let Some(words) = &cover.imprint {
            let top = places.imprint_top.max(at.y + leading);
            self.centred(&mut at, ParagraphRole::Letterhead, vec![Run::text(words, &look)], top, imprint);
        }
    }

    fn cover_title(&mut self, volume: &'a Volume, at: &mut Cover) {
        // The back of the cover comes before its title among the leaves.
        let back = volume.cover.back.iter().filter(|line| !line.text.is_empty()).count();
        let leaf = self.leaf.map(|leaf| leaf + back);
        let look = Look { bold: true, control: Some(TITLE_TAG), ..self.look() };
        let lines = &volume.cover.title;
        let top = self.style.volume.title_top;
        for (number, line) in lines.iter().enumerate() {
            let mut runs = self.runs(line, &look, &mut Notes::of(&[]));
            let empty = Look::default();
            if let Some(leaf) = leaf.filter(|_| number == 0) {
                runs.insert(0, Run::new(What::Start(leaf_bookmark(leaf)), &empty));
            }
            if let Some(leaf) = leaf.filter(|_| number + 1 == lines.len()) {
                runs.push(Run::new(What::End(leaf_bookmark(leaf)), &empty));
            }
            let top = if number == 0 { top } else { at.y };
            self.centred(at, ParagraphRole::Title, runs, top, None);
        }
    }

    fn back(&mut self, volume: &'a Volume) {
        let style = self.style;
        for row in &volume.cover.back {
            let leaf = self.counted(&row.text);
            let language = row.language.as_deref().unwrap_or(&self.document.language);
            let look = Look { language: proofing(language), ..Look::default() };
            let mut runs = vec![Run::text(&row.text, &look)];
            if let Some(leaf) = leaf {
                runs = bookmarked(runs, &leaf_bookmark(leaf));
            }
            let mut paragraph = Paragraph { leaf, ..Paragraph::of(ParagraphRole::Letterhead, runs) };
            paragraph.format.indent = Some((twips(style.first_page.right_column), 0));
            self.push(paragraph);
        }
        let is_leaf = match &volume.cover.title[..] {
            [] => false,
            [line] => !line.is_empty(),
            _ => true,
        };
        if is_leaf {
            self.next_leaf();
        }
    }

    fn contents_of(&mut self, volume: &'a Volume) {
        let (style, leading) = (self.style, self.style.text.leading);
        let look = Look { bold: true, ..self.look() };
        let mut title = Paragraph::of(ParagraphRole::ContentsTitle, vec![Run::text(&volume.contents, &look)]);
        title.format.page_break = true;
        title.format.centred = true;
        title.format.before = Some(0);
        self.push(title);
        self.page_word(&volume.page);
        for section in &volume.sections {
            if section.label.is_some() {
                self.entry(1, (None, &section.heading()), section.anchor, None, (0.0, 1.5 * leading), true);
            }
            for member in &section.members {
                let number = self.measures.folios.get(&member.anchor).copied();
                let place = (style.indent, leading / 2.0);
                self.entry(2, (None, &member.entry), member.anchor, number, place, false);
            }
        }
    }

    fn counted(&mut self, text: &str) -> Option<usize> {
        if text.is_empty() { None } else { self.next_leaf() }
    }
}
