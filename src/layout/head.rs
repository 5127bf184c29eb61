//! What stands at the top of pages.

use super::break_lines::{Measure, SetLine, break_lines};
use super::page::{Line, Role};
use super::paginate::{PageHead, Placed, Unit, baseline_in};
use super::structure::{ElementId, Structure, Tag};
use super::style::Style;
use super::styled::Styled;
use crate::model::{Document, HeadLine, Part};

/// The first page above the title.
pub(super) struct FirstPage {
    /// Columns and meeting lines, with their places on the page.
    pub fixed: Vec<Unit>,
    /// The height at which the title begins, or more where the letterhead
    /// needs it.
    pub title_top: f64,
    /// Where the letterhead ends.
    pub bottom: f64,
    /// What the word `draft` belongs to.
    pub draft: Option<ElementId>,
    /// The note of a corrected text.
    pub correction: Option<ElementId>,
    /// Words wider than their line.
    pub wide: Vec<String>,
}

/// Composes the first page's head in a section. It is read column by column, the
/// symbol first, as plain text has it.
pub(super) fn first_page(
    document: &Document,
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
    let mut columns: Vec<Vec<(Option<ElementId>, Vec<SetLine>)>> = Vec::new();
    for (rows, measure) in [(&letterhead.right, right), (&letterhead.left, left)] {
        let mut column = Vec::new();
        for (row, line) in rows.iter().enumerate() {
            if line.text.is_empty() {
                column.push((None, Vec::new()));
                continue;
            }
            let element = structure.add_in(section, Tag::Paragraph, line.language.as_deref());
            let mut styled = Styled::plain(&line.text, size);
            if columns.is_empty() && letterhead.symbol_row == Some(row) && letterhead.correction.is_some() {
                let mut mark = Styled::default();
                mark.push_raised(&letterhead.correction_mark, size, None, style);
                styled.append(apart(&letterhead.correction_mark, size));
                let reference = structure.add(element, Tag::Reference);
                structure.tag(&mut mark, reference);
                styled.append(mark);
                correction = Some(structure.add(section, Tag::Note));
            }
            structure.tag(&mut styled, element);
            let lines = break_lines(&styled, &style.typeface, measure, &mut |word| wide.push(word.to_owned()));
            column.push((Some(element), lines));
        }
        columns.push(column);
    }
    // Rows are as tall as the column that needs more lines in them.
    let mut tops = vec![margin];
    for row in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
        let lines = columns.iter().filter_map(|column| column.get(row)).map(|(_, lines)| lines.len()).max();
        tops.push(tops[row] + lines.unwrap_or(0).max(1) as f64 * leading);
    }
    let mut fixed = Unit::default();
    for (row, (element, lines)) in columns.into_iter().flat_map(|column| column.into_iter().enumerate()) {
        for (index, line) in lines.into_iter().enumerate() {
            let baseline = tops[row] + index as f64 * leading + baseline_in(size, leading);
            fixed.lines.push(Placed { role: Role::Letterhead, element, baseline, line });
        }
    }
    let draft = document.draft.as_ref().map(|_| structure.add(section, Tag::Paragraph));
    let mut y = tops.last().copied().unwrap_or(margin);
    if !letterhead.meeting.is_empty() {
        y += leading;
        for (at, text) in letterhead.meeting.iter().enumerate() {
            let element = structure.add(section, Tag::Paragraph);
            let raised = letterhead.raised.get(at).map_or(&[][..], Vec::as_slice);
            let mut styled = Styled::with_raised(text, raised, size, style);
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
        let line = one_line(code, size, margin, None, style);
        fixed.lines.push(Placed { role: Role::FileCode, element: None, baseline, line });
    }
    let top = style.first_page.title_top;
    let title_top = if y + leading > top { y + 2.0 * leading } else { top };
    FirstPage { fixed: vec![fixed], title_top, bottom: y, draft, correction, wide }
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
        document.running_head.iter().chain(name).map(|line| (Role::RunningHead, line.text.as_str(), None)).collect();
    page_head(document, None, &rows, number, style)
}

/// The head of a page that has nothing but its number, and on a document's first
/// page not even that. `draft` is the element of the word `draft`, if it is read.
pub(super) fn folio(document: &Document, draft: Option<ElementId>, number: u32, style: &Style) -> PageHead {
    page_head(document, draft, &[], number, style)
}

/// The head of the first page of an annex or attachment, with all its tags: it
/// is read, unlike those of the pages after it.
pub(super) fn attached<'a>(
    document: &'a Document,
    part: &'a Part,
    structure: &mut Structure,
    section: ElementId,
) -> impl Fn(u32, &Style) -> PageHead + 'a {
    let own = document.language.as_str();
    let mut row = |role: Role, line: &'a HeadLine| {
        // A head in the document's language may stand in a part in another one.
        let language = line.language.as_deref().or(part.language.as_ref().map(|_| own));
        (role, line.text.as_str(), Some(structure.add_in(section, Tag::Paragraph, language)))
    };
    let symbol = document.running_head.iter().map(|line| (Role::RunningHead, line));
    let tags = part.head.iter().map(|line| (Role::PartHead, line));
    let rows: Vec<Row<'a>> = symbol.chain(tags).map(|(role, line)| row(role, line)).collect();
    move |number, style| {
        let mut head = page_head(document, None, &rows, number, style);
        head.text_top += style.text.leading;
        head
    }
}

/// A row at the right of a page's head, and what it belongs to.
type Row<'a> = (Role, &'a str, Option<ElementId>);

/// On a document's first page the letterhead has its rows.
fn page_head(document: &Document, draft: Option<ElementId>, rows: &[Row<'_>], number: u32, style: &Style) -> PageHead {
    let (size, leading, margin) = (style.text.size, style.text.leading, style.page.margin);
    let mut lines = Vec::new();
    let mut push = |role, text: &str, x: f64, row: usize, element| {
        let baseline = style.head.top + row as f64 * leading + baseline_in(size, leading);
        let runs = one_line(text, size, x, element, style).runs;
        lines.push(Line { role, element, baseline, runs, blank_follows: false });
    };
    if let Some(word) = &document.draft {
        push(Role::RunningHead, word, margin, 0, draft);
    }
    let first = number == 1;
    if !first {
        let folio = format!("-\u{A0}{number}\u{A0}-");
        let width = Styled::plain(&folio, size).width(&style.typeface);
        push(Role::RunningHead, &folio, (style.page.width - width) / 2.0, 0, None);
    }
    let rows = if first { &[] } else { rows };
    let right = margin + style.first_page.right_column;
    for (at, (role, text, element)) in rows.iter().enumerate() {
        push(*role, text, right, at, *element);
    }
    let below = style.head.top + (rows.len() + 1) as f64 * leading;
    let text_top = if first { margin } else { below.max(style.head.text_top) };
    PageHead { lines, text_top }
}

fn one_line(text: &str, size: f64, x: f64, element: Option<ElementId>, style: &Style) -> SetLine {
    let measure = Measure { first: x, left: x, right: f64::INFINITY };
    let mut styled = Styled::plain(text, size);
    for stretch in &mut styled.stretches {
        stretch.look.element = element;
    }
    break_lines(&styled, &style.typeface, measure, &mut |_| {}).into_iter().next().unwrap_or_default()
}
