//! What stands at the top of pages.

use super::break_lines::{Measure, SetLine, break_lines};
use super::changes::{Changes, Column, Slot};
use super::marked::changed;
use super::page::{Line, Role};
use super::paginate::{PageHead, Placed, Unit, baseline_in};
use super::structure::{ElementId, Structure, Tag};
use super::style::Style;
use super::styled::Styled;
use crate::fonts::Face;
use crate::model::{Document, HeadLine, Inline, Part, behind_symbol};

/// The first page above the title.
pub(super) struct FirstPage {
    /// Columns and meeting lines, with their places on the page.
    pub fixed: Vec<Unit>,
    /// The height at which the title begins, or more where the letterhead
    /// needs it.
    pub title_top: f64,
    /// Where the letterhead ends.
    pub bottom: f64,
    /// The word `draft`.
    pub draft: Draft,
    /// The note of a corrected text.
    pub correction: Option<ElementId>,
    /// Words wider than their line.
    pub wide: Vec<String>,
}

/// The word `draft`: what it belongs to, and the word with its marks where two drafts are set
/// as one.
#[derive(Clone, Default)]
pub(super) struct Draft {
    pub element: Option<ElementId>,
    pub marked: Option<Styled>,
}

impl Draft {
    fn of(document: &Document, mut marked: Option<Styled>, structure: &mut Structure, section: ElementId) -> Draft {
        let element = document.draft.as_ref().map(|_| structure.add(section, Tag::Paragraph));
        if let (Some(element), Some(word)) = (element, &mut marked) {
            structure.tag(word, element);
        }
        Draft { element, marked }
    }
}

/// A line of a head, with its marks where something in it is new or gone.
fn marked(
    (document, changes): (&Document, Option<&Changes>),
    (part, slot): (Option<&Part>, Slot),
    style: &Style,
) -> Option<Styled> {
    let part = part.or(document.parts.first())?;
    let pieces = changes?.of(part.anchor, slot)?;
    Some(changed(Some(pieces), &[], &|words: &[Inline]| Styled::of(words, style.text.size, Face::Regular, style)))
}

/// Composes the first page's head in a section. It is read column by column, the
/// symbol first, as plain text has it.
pub(super) fn first_page(
    (document, changes): (&Document, Option<&Changes>),
    style: &Style,
    structure: &mut Structure,
    section: ElementId,
) -> FirstPage {
    let letterhead = &document.letterhead;
    let margin = style.page.margin;
    let (size, leading) = (style.text.size, style.text.leading);
    let split = margin + style.first_page.right_column;
    let edge = margin + style.line_width();
    let right = Measure { first: split, left: split, right: edge.max(split) };
    let left = Measure { first: margin, left: margin, right: split - 12.0 };
    let mut correction = None;
    let mut wide = Vec::new();
    let mut columns: Vec<Rows> = Vec::new();
    let of = |slot: Slot| marked((document, changes), (None, slot), style);
    for (rows, measure, side) in [(&letterhead.right, right, Column::Right), (&letterhead.left, left, Column::Left)] {
        let mut column = Vec::new();
        for (row, line) in rows.iter().enumerate() {
            if line.text.is_empty() {
                column.push((None, Vec::new()));
                continue;
            }
            let element = structure.add_in(section, Tag::Paragraph, line.language.as_deref());
            let is_symbol = columns.is_empty() && letterhead.symbol_row == Some(row);
            let symbol = document.symbol.as_deref().filter(|_| is_symbol);
            let (mut styled, behind) = match (of(Slot::Letterhead(side, row)), behind_symbol(&line.text, symbol)) {
                (Some(marked), _) => (marked, ""),
                (None, (symbol, behind)) => (Styled::plain(symbol, size), behind),
            };
            if is_symbol && letterhead.correction.is_some() {
                styled.append(mark(&letterhead.correction_mark, structure, element, style));
                correction = Some(structure.add(section, Tag::Note));
            }
            let mut lines: Vec<SetLine> = Vec::new();
            for mut styled in with_behind(styled, behind, measure, style) {
                structure.tag(&mut styled, element);
                lines.last_mut().into_iter().for_each(|line| line.blank_follows = true);
                lines.extend(break_lines(&styled, &style.typeface, measure, &mut |word| wide.push(word.to_owned())));
            }
            column.push((Some(element), lines));
        }
        columns.push(column);
    }
    let tops = tops_of(&columns, margin, leading);
    let mut fixed = Unit::default();
    for (row, (element, lines)) in columns.into_iter().flat_map(|column| column.into_iter().enumerate()) {
        for (index, line) in lines.into_iter().enumerate() {
            let baseline = tops[row] + index as f64 * leading + baseline_in(size, leading);
            fixed.lines.push(Placed { role: Role::Letterhead, element, baseline, line });
        }
    }
    let draft = Draft::of(document, of(Slot::Draft), structure, section);
    let mut y = tops.last().copied().unwrap_or(margin);
    if !letterhead.meeting.is_empty() {
        y += leading;
        for (at, text) in letterhead.meeting.iter().enumerate() {
            let element = structure.add(section, Tag::Paragraph);
            let raised = letterhead.raised.get(at).map_or(&[][..], Vec::as_slice);
            let mut styled = of(Slot::Meeting(at)).unwrap_or_else(|| Styled::with_raised(text, raised, size, style));
            structure.tag(&mut styled, element);
            let measure = Measure { first: margin, left: margin, right: edge };
            for line in break_lines(&styled, &style.typeface, measure, &mut |word| wide.push(word.to_owned())) {
                let baseline = y + baseline_in(size, leading);
                fixed.lines.push(Placed { role: Role::Meeting, element: Some(element), baseline, line });
                y += leading;
            }
        }
    }
    if let Some(code) = &letterhead.file_code {
        let baseline = style.page.height - style.head.top;
        let code = of(Slot::FileCode).unwrap_or_else(|| Styled::plain(code, size));
        let line = set_on_one_line(&code, margin, style);
        fixed.lines.push(Placed { role: Role::FileCode, element: None, baseline, line });
    }
    let top = style.first_page.title_top;
    let title_top = if y + leading > top { y + 2.0 * leading } else { top };
    FirstPage { fixed: vec![fixed], title_top, bottom: y, draft, correction, wide }
}

/// The rows of a column, each with what it belongs to.
type Rows = Vec<(Option<ElementId>, Vec<SetLine>)>;

/// Where rows begin: they are as tall as the column that needs more lines in them.
fn tops_of(columns: &[Rows], margin: f64, leading: f64) -> Vec<f64> {
    let mut tops = vec![margin];
    for row in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
        let lines = columns.iter().filter_map(|column| column.get(row)).map(|(_, lines)| lines.len()).max();
        tops.push(tops[row] + lines.unwrap_or(0).max(1) as f64 * leading);
    }
    tops
}

/// A symbol with its mark, and what stands behind it: below it where it has no room.
fn with_behind(mut symbol: Styled, behind: &str, measure: Measure, style: &Style) -> Vec<Styled> {
    let width = |styled: &Styled| styled.width(&style.typeface);
    let word = Styled::plain(behind, style.text.size);
    if width(&symbol) + width(&word) <= measure.right - measure.first {
        symbol.append(word);
        return vec![symbol];
    }
    let below = Styled::plain(behind.trim_start(), style.text.size);
    [symbol, below].into_iter().filter(|styled| !styled.text.is_empty()).collect()
}

/// The mark of a correction behind a symbol.
fn mark(mark: &str, structure: &mut Structure, element: ElementId, style: &Style) -> Styled {
    let size = style.text.size;
    let mut raised = Styled::default();
    raised.push_raised(mark, size, None, style);
    let reference = structure.add(element, Tag::Reference);
    structure.tag(&mut raised, reference);
    let mut styled = apart(mark, size);
    styled.append(raised);
    styled
}

/// What stands between the symbol and the mark of its correction: a figure stands apart, so
/// that it is not read as part of the symbol.
fn apart(mark: &str, size: f64) -> Styled {
    let is_figure = mark.starts_with(|c: char| c.is_ascii_digit());
    if is_figure { Styled::plain("\u{A0}", size) } else { Styled::default() }
}

/// The head of a page that is not the first of its part: `- 2 -` in the
/// middle, symbol and date at the right, and the part's name under them.
pub(super) fn running(document: &Document, part: Option<&Part>, number: u32, style: &Style) -> PageHead {
    let name = part.and_then(|part| part.head.first());
    let rows: Vec<Row<'_>> =
        document.running_head.iter().chain(name).map(|line| Row::of(Role::RunningHead, &line.text, None)).collect();
    page_head(document, &Draft::default(), &rows, number, style)
}

/// The head of a page that has nothing but its number, and on a document's first
/// page not even that. `draft` is the element of the word `draft`, if it is read.
pub(super) fn folio(document: &Document, draft: &Draft, number: u32, style: &Style) -> PageHead {
    page_head(document, draft, &[], number, style)
}

/// The head of the first page of an annex or attachment, with all its tags: it
/// is read, unlike those of the pages after it.
pub(super) fn attached<'a>(
    (document, changes): (&'a Document, Option<&Changes>),
    part: &'a Part,
    style: &Style,
    structure: &mut Structure,
    section: ElementId,
) -> impl Fn(u32, &Style) -> PageHead + use<'a> {
    let own = document.language.as_str();
    let mut row = |role: Role, line: &'a HeadLine, slot: Option<Slot>| {
        // A head in the document's language may stand in a part in another one.
        let language = line.language.as_deref().or(part.language.as_ref().map(|_| own));
        let element = structure.add_in(section, Tag::Paragraph, language);
        let mut own = slot.and_then(|slot| marked((document, changes), (Some(part), slot), style));
        if let Some(words) = &mut own {
            structure.tag(words, element);
        }
        Row { marked: own, ..Row::of(role, &line.text, Some(element)) }
    };
    let symbol = document.running_head.iter().map(|line| (Role::RunningHead, line, None));
    let tags = part.head.iter().enumerate().map(|(at, line)| (Role::PartHead, line, Some(Slot::Head(at))));
    let rows: Vec<Row<'a>> = symbol.chain(tags).map(|(role, line, slot)| row(role, line, slot)).collect();
    move |number, style| {
        let mut head = page_head(document, &Draft::default(), &rows, number, style);
        head.text_top += style.text.leading;
        head
    }
}

/// A row at the right of a page's head, and what it belongs to.
struct Row<'a> {
    role: Role,
    text: &'a str,
    element: Option<ElementId>,
    /// The text with its marks, where something in it is new or gone.
    marked: Option<Styled>,
}

impl<'a> Row<'a> {
    fn of(role: Role, text: &'a str, element: Option<ElementId>) -> Row<'a> {
        Row { role, text, element, marked: None }
    }
}

/// On a document's first page the letterhead has its rows.
fn page_head(document: &Document, draft: &Draft, rows: &[Row<'_>], number: u32, style: &Style) -> PageHead {
    let (size, leading, margin) = (style.text.size, style.text.leading, style.page.margin);
    let mut lines = Vec::new();
    // How many rows it takes.
    let mut push = |role, (text, marked): (&str, Option<&Styled>), (x, right): (f64, f64), row: usize, element| {
        let plain = tagged(text, size, element);
        let measure = Measure { first: x, left: x, right };
        let set = break_lines(marked.unwrap_or(&plain), &style.typeface, measure, &mut |_| {});
        let count = set.len();
        for (at, SetLine { runs, blank_follows, .. }) in set.into_iter().enumerate() {
            let baseline = style.head.top + (row + at) as f64 * leading + baseline_in(size, leading);
            lines.push(Line { role, element, baseline, runs, blank_follows });
        }
        count
    };
    if let Some(word) = &document.draft {
        push(Role::RunningHead, (word, draft.marked.as_ref()), (margin, f64::INFINITY), 0, draft.element);
    }
    let first = number == 1;
    if !first {
        let folio = format!("-\u{A0}{number}\u{A0}-");
        let width = Styled::plain(&folio, size).width(&style.typeface);
        push(Role::RunningHead, (&folio, None), ((style.page.width - width) / 2.0, f64::INFINITY), 0, None);
    }
    let rows = if first { &[] } else { rows };
    let column = (margin + style.first_page.right_column, margin + style.line_width());
    let count =
        rows.iter().fold(0, |at, row| at + push(row.role, (row.text, row.marked.as_ref()), column, at, row.element));
    let below = style.head.top + (count + 1) as f64 * leading;
    let text_top = if first { margin } else { below.max(style.head.text_top) };
    PageHead { lines, text_top }
}

fn tagged(text: &str, size: f64, element: Option<ElementId>) -> Styled {
    let mut styled = Styled::plain(text, size);
    for stretch in &mut styled.stretches {
        stretch.look.element = element;
    }
    styled
}

fn set_on_one_line(text: &Styled, x: f64, style: &Style) -> SetLine {
    let measure = Measure { first: x, left: x, right: f64::INFINITY };
    break_lines(text, &style.typeface, measure, &mut |_| {}).into_iter().next().unwrap_or_default()
}
