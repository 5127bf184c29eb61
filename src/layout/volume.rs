//! A volume: cover, contents with page numbers, sections, and its texts one
//! after the other.
//!
//! Page numbers are known only when everything is set. So a volume is set twice:
//! the numbers found the first time are printed the second time, in a column of
//! fixed width, so that no line changes.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::break_lines::Measure;
use super::contents::{entry, page_word};
use super::head;
use super::page::{Bar, Page, Rest, Role};
use super::paginate::{Paginator, Placed, Unit, baseline_in};
use super::setter::{PartSetter, Place};
use super::structure::{ElementId, Structure, Tag};
use super::style::Style;
use super::styled::Styled;
use crate::fonts::Face;
use crate::model::{Anchor, Cover, Document, Volume, VolumeSection};

/// Lays a volume out, and gives each finished page to `take`.
pub(super) fn volume(document: &Document, volume: &Volume, style: &Style, take: &mut dyn FnMut(Page)) -> Rest {
    let mut numbers: BTreeMap<Anchor, u32> = BTreeMap::new();
    set(document, volume, style, &BTreeMap::new(), &mut |page| {
        for (anchor, _) in &page.anchors {
            numbers.entry(*anchor).or_insert(page.folio);
        }
    });
    set(document, volume, style, &numbers, take)
}

fn set<'a>(
    document: &'a Document,
    volume: &'a Volume,
    style: &'a Style,
    numbers: &BTreeMap<Anchor, u32>,
    take: &'a mut dyn FnMut(Page),
) -> Rest {
    let turned = style.turned();
    let mut pages = Paginator::new([style, &turned], take);
    let mut setter = PartSetter::new(document, [style, &turned]);
    setter.numbers = Rc::new(numbers.clone());
    let section = setter.structure.add(Structure::ROOT, Tag::Section);
    setter.place = Place::of(section);
    let (fixed, draft) = cover(&mut setter, volume);
    // What stands before the first section has no numbers.
    pages.number_from(None);
    pages.set_head(move |_, style| {
        head::folio(document, &head::Draft { element: draft, ..head::Draft::default() }, 1, style)
    });
    pages.begin_page();
    pages.fix(fixed);
    let back = back(&mut setter, &volume.cover);
    pages.set_head(move |_, style| head::folio(document, &head::Draft::default(), 1, style));
    pages.begin_page();
    pages.fix(back);
    pages.begin_page();
    let titles = u8::from(!volume.cover.title.is_empty());
    for unit in contents(&mut setter, volume, titles, numbers) {
        pages.add(unit, &mut |_| (None, Vec::new()));
    }
    pages.end_part(&mut |_| (None, Vec::new()));
    pages.begin_right();
    pages.number_from(Some(1));
    for section in &volume.sections {
        let mut parent = Structure::ROOT;
        setter.above = titles;
        if section.label.is_some() {
            parent = setter.structure.add(Structure::ROOT, Tag::Group);
            setter.place = Place::of(parent);
            pages.begin_right();
            pages.set_head(move |number, style| head::folio(document, &head::Draft::default(), number, style));
            pages.begin_page();
            pages.advance_to(style.first_page.title_top);
            setter.above += 1;
            let unit = divider(&mut setter, section);
            pages.add(unit, &mut |_| (None, Vec::new()));
            pages.end_part(&mut |_| (None, Vec::new()));
            // Its back stays blank.
            if !section.members.is_empty() {
                pages.begin_right();
            }
        }
        for member in &section.members {
            (setter.document, setter.member) = (&member.document, Some(member));
            let language = Some(member.document.language.as_str()).filter(|tag| *tag != document.language);
            let article = setter.structure.add_in(parent, Tag::Article, language);
            for part in &member.document.parts {
                setter.part(part, article, &mut pages);
            }
        }
        (setter.document, setter.member) = (document, None);
    }
    pages.finish();
    setter.rest()
}

/// A centred text of the cover that begins at the height `top`; returns where it
/// ends.
fn centred(
    setter: &mut PartSetter<'_>,
    (role, element): (Role, ElementId),
    mut text: Styled,
    top: f64,
    out: &mut Unit,
) -> f64 {
    let style = setter.style;
    let (size, leading) = (style.text.size, style.text.leading);
    setter.structure.tag(&mut text, element);
    let mut y = top;
    for line in setter.break_text(&text, setter.full_measure(0.0), Anchor(0)) {
        let mut line = setter.centred(line);
        line.blank_follows = role == Role::Title;
        out.lines.push(Placed { role, element: Some(element), baseline: y + baseline_in(size, leading), line });
        y += leading;
    }
    y
}

/// The cover, and what the word `draft` on it belongs to.
fn cover(setter: &mut PartSetter<'_>, volume: &Volume) -> (Unit, Option<ElementId>) {
    let (style, cover) = (setter.style, &volume.cover);
    let (size, leading) = (style.text.size, style.text.leading);
    let mut unit = Unit::default();
    let mut y = style.volume.names_top;
    for name in &cover.names {
        let line = (Role::Letterhead, setter.element(Tag::Paragraph));
        y = centred(setter, line, Styled::plain(name, size), y, &mut unit) + leading / 2.0;
    }
    if cover.place.is_some() || cover.year.is_some() {
        city(setter, cover, &mut unit);
    }
    let draft = setter.document.draft.as_ref().map(|_| setter.element(Tag::Paragraph));
    let mut y = style.volume.title_top;
    if !cover.title.is_empty() {
        let title = setter.element(Tag::Heading(1));
        for line in &cover.title {
            y = centred(setter, (Role::Title, title), Styled::of(line, size, Face::Bold, style), y, &mut unit);
        }
    }
    y = style.volume.parts_top.max(y + 2.0 * leading);
    for section in volume.sections.iter().filter(|section| !section.title.is_empty()) {
        let line = (Role::Letterhead, setter.element(Tag::Paragraph));
        y = centred(setter, line, Styled::of(&section.title, size, Face::Regular, style), y, &mut unit) + leading / 2.0;
    }
    if let Some(imprint) = &cover.imprint {
        let line = (Role::Letterhead, setter.element(Tag::Paragraph));
        let top = style.volume.imprint_top.max(y + 2.0 * leading);
        centred(setter, line, Styled::plain(imprint, size), top, &mut unit);
    }
    (unit, draft)
}

/// The city between its rules, and the year.
fn city(setter: &mut PartSetter<'_>, cover: &Cover, unit: &mut Unit) {
    let style = setter.style;
    let (size, leading) = (style.text.size, style.text.leading);
    let x = (style.page.width - style.volume.rule) / 2.0;
    let bar = |y: f64| Bar { x, y, width: style.volume.rule, height: style.table.rule };
    unit.bars.push(bar(style.volume.place_top));
    let mut y = style.volume.place_top + leading;
    if let Some(place) = &cover.place {
        let text = Styled::plain(&letter_spaced(place), size).read_as(place);
        let line = (Role::Title, setter.element(Tag::Paragraph));
        y = centred(setter, line, text, y, unit);
        unit.bars.push(bar(y + leading / 2.0));
        y += leading;
    }
    if let Some(year) = &cover.year {
        let line = (Role::Title, setter.element(Tag::Paragraph));
        centred(setter, line, Styled::plain(year, size), y + leading / 2.0, unit);
    }
}

/// The back of the cover: code, date and language tags in the right column.
fn back(setter: &mut PartSetter<'_>, cover: &Cover) -> Unit {
    let style = setter.style;
    let (size, leading) = (style.text.size, style.text.leading);
    let left = style.page.margin + style.first_page.right_column;
    let right = style.page.margin + style.line_width();
    let mut unit = Unit::default();
    let mut y = style.page.margin;
    for row in &cover.back {
        let element = setter.structure.add_in(setter.place.container, Tag::Paragraph, row.language.as_deref());
        let mut text = Styled::plain(&row.text, size);
        setter.structure.tag(&mut text, element);
        for line in setter.break_text(&text, Measure { first: left, left, right: right.max(left) }, Anchor(0)) {
            let baseline = y + baseline_in(size, leading);
            unit.lines.push(Placed { role: Role::Letterhead, element: Some(element), baseline, line });
            y += leading;
        }
    }
    unit
}

/// `T I R A N A`, which breaks nowhere.
fn letter_spaced(words: &str) -> String {
    let letters: Vec<String> = words.to_uppercase().chars().map(String::from).collect();
    letters.join("\u{A0}")
}

fn contents(setter: &mut PartSetter<'_>, volume: &Volume, titles: u8, numbers: &BTreeMap<Anchor, u32>) -> Vec<Unit> {
    let style = setter.style;
    let (size, leading) = (style.text.size, style.text.leading);
    setter.place = Place::of(Structure::ROOT);
    let mut title = Unit { keep: true, ..Unit::default() };
    let heading = (Role::Heading(1), setter.element(Tag::Heading(titles + 1)));
    title.height = centred(setter, heading, bold(&volume.contents, size), 0.0, &mut title);
    let list = setter.structure.add(Structure::ROOT, Tag::Contents);
    setter.place = Place::of(list);
    let mut units = vec![title, page_word(setter, &volume.page)];
    for section in &volume.sections {
        if section.label.is_some() {
            let text = bold(&section.heading(), size);
            let unit = entry(setter, (None, text), 0.0, section.anchor, None);
            units.push(Unit { space: 1.5 * leading, keep: !section.members.is_empty(), ..unit });
        }
        for member in &section.members {
            let number = numbers.get(&member.anchor).copied().unwrap_or_default();
            let text = Styled::plain(&member.entry, size);
            let unit = entry(setter, (None, text), style.indent, member.anchor, Some(number));
            units.push(Unit { space: leading / 2.0, ..unit });
        }
    }
    units
}

fn bold(text: &str, size: f64) -> Styled {
    let mut styled = Styled::plain(text, size);
    for stretch in &mut styled.stretches {
        stretch.look.face = Face::Bold;
    }
    styled
}

/// The page on which a section begins.
fn divider(setter: &mut PartSetter<'_>, section: &VolumeSection) -> Unit {
    let style = setter.style;
    let mut unit = Unit { anchor: Some(section.anchor), ..Unit::default() };
    let text = bold(&section.heading(), style.text.size);
    let heading = (Role::Heading(1), setter.element(Tag::Heading(setter.above)));
    unit.height = centred(setter, heading, text, 0.0, &mut unit);
    unit
}
