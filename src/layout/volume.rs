//! A volume: cover, contents with page numbers, sections, and its texts one
//! after the other.
//!
//! Which page a text begins on is known when all is set. So it is set twice:
//! the numbers that the first time gives are printed the second time, in a
//! column of fixed width, so that they change no line.

use std::collections::BTreeMap;

use super::break_lines::{Measure, SetLine, break_lines};
use super::flow::PartSetter;
use super::head;
use super::paginate::{Paginator, Placed, Unit, baseline_in};
use super::style::Style;
use super::styled::Styled;
use super::{Bar, Link, LinkTarget, Page, Role};
use crate::fonts::Face;
use crate::model::{Anchor, Cover, Document, Volume, VolumeSection, plain};

/// Lays a volume out, and gives each finished page to `take`.
pub(super) fn volume(
    document: &Document,
    volume: &Volume,
    style: &Style,
    take: &mut dyn FnMut(Page),
) -> Vec<(Anchor, String)> {
    let mut numbers: BTreeMap<Anchor, u32> = BTreeMap::new();
    set(document, volume, style, &BTreeMap::new(), &mut |page| {
        for (anchor, _) in &page.anchors {
            numbers.entry(*anchor).or_insert(page.number);
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
) -> Vec<(Anchor, String)> {
    let mut pages = Paginator::new(style, take);
    let mut setter = PartSetter { document, style, element: 0, wide: Vec::new(), member: None };
    pages.set_head(move |number| head::folio(document, number, style));
    pages.begin_page();
    for unit in cover(&mut setter, &volume.cover) {
        pages.fix(unit);
    }
    pages.begin_page();
    for unit in contents(&mut setter, volume, numbers) {
        pages.add(unit, &mut |_| (0, Vec::new()));
    }
    pages.end_part(&mut |_| (0, Vec::new()));
    for section in &volume.sections {
        if section.number.is_some() {
            pages.set_head(move |number| head::folio(document, number, style));
            pages.begin_page();
            pages.advance_to(style.first_page.title_top);
            let unit = divider(&mut setter, section);
            pages.add(unit, &mut |_| (0, Vec::new()));
            pages.end_part(&mut |_| (0, Vec::new()));
        }
        for member in &section.members {
            let (element, wide) = (setter.element, std::mem::take(&mut setter.wide));
            setter = PartSetter { document: &member.document, style, element, wide, member: Some(member) };
            member.document.parts.iter().for_each(|part| setter.part(part, &mut pages));
        }
        setter = PartSetter { document, member: None, ..setter };
    }
    pages.finish();
    setter.wide
}

/// One centred line of the cover, its top at a height of the page.
fn centred(setter: &mut PartSetter<'_>, role: Role, text: &Styled, top: f64, out: &mut Unit) -> f64 {
    let style = setter.style;
    let (size, leading) = (style.text.size, style.text.leading);
    let element = setter.element();
    let mut y = top;
    for line in break_lines(text, setter.full_measure(0.0), &mut |_| {}) {
        let line = setter.centred(line);
        out.lines.push(Placed { role, element, baseline: y + baseline_in(size, leading), line });
        y += leading;
    }
    y
}

fn cover(setter: &mut PartSetter<'_>, cover: &Cover) -> Vec<Unit> {
    let style = setter.style;
    let size = style.text.size;
    let mut unit = Unit::default();
    let mut y = style.volume.names_top;
    for name in &cover.names {
        y = centred(setter, Role::Letterhead, &Styled::plain(name, size), y, &mut unit) + style.text.leading / 2.0;
    }
    if cover.place.is_some() || cover.year.is_some() {
        let x = (style.page.width - style.volume.rule) / 2.0;
        let bar = |y: f64| Bar { x, y, width: style.volume.rule, height: style.table.rule };
        unit.bars.push(bar(style.volume.place_top));
        let mut y = style.volume.place_top + style.text.leading;
        if let Some(place) = &cover.place {
            y = centred(setter, Role::Title, &Styled::plain(&letter_spaced(place), size), y, &mut unit);
            y += style.text.leading / 2.0;
        }
        if let Some(year) = &cover.year {
            y = centred(setter, Role::Title, &Styled::plain(year, size), y, &mut unit);
        }
        unit.bars.push(bar(y + style.text.leading));
    }
    let mut y = style.volume.title_top;
    for line in &cover.title {
        y = centred(setter, Role::Title, &Styled::capitals(line, size, style), y, &mut unit);
    }
    vec![unit]
}

/// `T I R A N A`, which breaks nowhere.
fn letter_spaced(words: &str) -> String {
    let letters: Vec<String> = words.to_uppercase().chars().map(String::from).collect();
    letters.join("\u{A0}")
}

fn contents(setter: &mut PartSetter<'_>, volume: &Volume, numbers: &BTreeMap<Anchor, u32>) -> Vec<Unit> {
    let style = setter.style;
    let (size, leading) = (style.text.size, style.text.leading);
    let mut title = Unit { keep: true, ..Unit::default() };
    title.height = centred(setter, Role::Heading(1), &bold(&volume.contents, size), 0.0, &mut title);
    let mut units = vec![title];
    for section in &volume.sections {
        if section.number.is_some() {
            let text = section_title(section);
            let unit = entry(setter, &bold(&text, size), &text, 0.0, section.anchor, numbers);
            units.push(Unit { space: 1.5 * leading, keep: !section.members.is_empty(), ..unit });
        }
        for member in &section.members {
            let text = member.entry();
            let unit = entry(setter, &Styled::plain(&text, size), &text, style.indent, member.anchor, numbers);
            units.push(Unit { space: leading / 2.0, ..unit });
        }
    }
    units
}

fn bold(text: &str, size: f64) -> Styled {
    let mut styled = Styled::plain(text, size);
    styled.stretches.iter_mut().for_each(|stretch| stretch.look.face = Face::Bold);
    styled
}

/// `I. Declarations`
fn section_title(section: &VolumeSection) -> String {
    let title = plain(&section.title);
    match &section.number {
        Some(number) if title.is_empty() => format!("{number}."),
        Some(number) => format!("{number}.\u{A0}{title}"),
        None => title,
    }
}

/// A line of the contents: the words, dots, and the number of the page.
fn entry(
    setter: &mut PartSetter<'_>,
    text: &Styled,
    words: &str,
    indent: f64,
    anchor: Anchor,
    numbers: &BTreeMap<Anchor, u32>,
) -> Unit {
    let style = setter.style;
    let (size, leading) = (style.text.size, style.text.leading);
    let left = style.page.margin + indent;
    let edge = style.page.margin + style.line_width();
    let column = edge - style.volume.numbers;
    let lines = setter.break_text(text, Measure { first: left, left, right: column - size }, anchor);
    let element = setter.element();
    let last = lines.len().saturating_sub(1);
    let mut unit = Unit::default();
    for (at, mut line) in lines.into_iter().enumerate() {
        let end = line.runs.last().map_or(left, |run| run.x + run.width);
        let mut active = end;
        if at == last {
            leader(&mut line, end, column, size);
            if let Some(number) = numbers.get(&anchor) {
                let number = Styled::plain(&number.to_string(), size);
                let x = edge - number.width();
                line.runs.extend(at_place(&number, x).runs);
            }
            active = edge;
        }
        let area = Bar { x: left, y: -size * 0.8, width: active - left, height: size };
        line.links.push(Link { area, target: LinkTarget::Anchor(anchor), text: words.to_owned() });
        unit.lines.push(Placed {
            role: Role::Prose,
            element,
            baseline: unit.height + baseline_in(size, leading),
            line,
        });
        unit.height += leading;
    }
    unit
}

/// Dots up to the column of numbers; those of all lines stand below each
/// other.
fn leader(line: &mut SetLine, from: f64, column: f64, size: f64) {
    let dot = Styled::plain(".\u{A0}", size);
    let width = dot.width();
    let count = ((column - from - size / 2.0) / width).floor().max(0.0) as usize;
    if count < 2 {
        return;
    }
    let dots = Styled::plain(&".\u{A0}".repeat(count), size);
    line.runs.extend(at_place(&dots, column - count as f64 * width).runs);
}

fn at_place(text: &Styled, x: f64) -> SetLine {
    let measure = Measure { first: x, left: x, right: f64::INFINITY };
    break_lines(text, measure, &mut |_| {}).into_iter().next().unwrap_or_default()
}

/// The page on which a section begins.
fn divider(setter: &mut PartSetter<'_>, section: &VolumeSection) -> Unit {
    let style = setter.style;
    let mut unit = Unit { anchor: Some(section.anchor), ..Unit::default() };
    let text = section_title(section).to_uppercase();
    unit.height = centred(setter, Role::Heading(1), &bold(&text, style.text.size), 0.0, &mut unit);
    unit
}
