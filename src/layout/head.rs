//! What stands at the top of pages.

use super::break_lines::{Measure, SetLine, break_lines};
use super::paginate::{PageHead, Placed, Unit, baseline_in};
use super::style::Style;
use super::styled::Styled;
use super::{Line, Role};
use crate::model::{Document, Part};

/// The first page above the title.
pub(super) struct FirstPage {
    /// Columns and meeting lines, with their places on the page.
    pub fixed: Vec<Unit>,
    /// The height at which the title begins, or more where the letterhead
    /// needs it.
    pub title_top: f64,
}

/// Composes the first page's head; `element` numbers its paragraphs.
pub(super) fn first_page(document: &Document, style: &Style, element: &mut dyn FnMut() -> u32) -> FirstPage {
    let letterhead = &document.letterhead;
    let margin = style.page.margin;
    let (size, leading) = (style.text.size, style.text.leading);
    let split = margin + style.first_page.right_column;
    let edge = margin + style.line_width();
    // Rows are as tall as the column that needs more lines in them.
    let rows = letterhead.left.len().max(letterhead.right.len());
    let mut fixed = Unit::default();
    let mut y = margin;
    for row in 0..rows {
        let mut lines_in_row = 1;
        let columns =
            [(letterhead.left.get(row), margin, split - 12.0), (letterhead.right.get(row), split, edge.max(split))];
        for (at, (text, left, right)) in columns.into_iter().enumerate() {
            let Some(text) = text.filter(|text| !text.is_empty()) else { continue };
            let mut styled = Styled::plain(text, size);
            if at == 1 && letterhead.symbol_row == Some(row) && letterhead.correction.is_some() {
                styled.push_raised("*", size, None, style);
            }
            let lines = break_lines(&styled, Measure { first: left, left, right }, &mut |_| {});
            let element = element();
            lines_in_row = lines_in_row.max(lines.len());
            for (index, line) in lines.into_iter().enumerate() {
                let baseline = y + index as f64 * leading + baseline_in(size, leading);
                fixed.lines.push(Placed { role: Role::Letterhead, element, baseline, line });
            }
        }
        y += lines_in_row as f64 * leading;
    }
    if !letterhead.meeting.is_empty() {
        y += leading;
        for text in &letterhead.meeting {
            let element = element();
            let measure = Measure { first: margin, left: margin, right: edge };
            for line in break_lines(&Styled::plain(text, size), measure, &mut |_| {}) {
                fixed.lines.push(Placed {
                    role: Role::Meeting,
                    element,
                    baseline: y + baseline_in(size, leading),
                    line,
                });
                y += leading;
            }
        }
    }
    if let Some(code) = &letterhead.file_code {
        let baseline = style.page.height - style.head.top;
        let lines =
            break_lines(&Styled::plain(code, size), Measure { first: margin, left: margin, right: edge }, &mut |_| {});
        let line = lines.into_iter().next().unwrap_or_default();
        fixed.lines.push(Placed { role: Role::FileCode, element: element(), baseline, line });
    }
    let top = style.first_page.title_top;
    FirstPage { fixed: vec![fixed], title_top: if y + leading > top { y + 2.0 * leading } else { top } }
}

/// The head of a page that is not the first of its part: `- 2 -` in the
/// middle, symbol and date at the right, and the part's name under them.
pub(super) fn running(document: &Document, part: Option<&Part>, number: u32, style: &Style) -> PageHead {
    let name = part.map(|part| part.head.first().cloned().unwrap_or_default());
    page_head(document, name.as_slice(), number, Role::RunningHead, style)
}

/// The head of a page that has its number alone: in a volume the first one of a
/// text, and those of the list of contents.
pub(super) fn folio(document: &Document, number: u32, style: &Style) -> PageHead {
    let mut head = page_head(document, &[], number, Role::RunningHead, style);
    let right = style.page.margin + style.first_page.right_column;
    head.lines.retain(|line| line.runs.first().is_some_and(|run| run.x < right));
    head
}

/// The head of the first page of an annex or attachment, with all its tags.
pub(super) fn attached<'a>(document: &'a Document, part: &'a Part, style: &'a Style) -> impl Fn(u32) -> PageHead + 'a {
    move |number| {
        let mut head = page_head(document, &part.head, number, Role::PartHead, style);
        head.text_top += style.text.leading;
        head
    }
}

fn page_head(document: &Document, more: &[String], number: u32, role: Role, style: &Style) -> PageHead {
    let (size, leading, margin) = (style.text.size, style.text.leading, style.page.margin);
    let mut lines = Vec::new();
    let mut push = |role, text: &str, x: f64, row: usize| {
        let baseline = style.head.top + row as f64 * leading + baseline_in(size, leading);
        lines.push(Line { role, element: 0, baseline, runs: one_line(text, size, x).runs });
    };
    if let Some(draft) = &document.draft {
        push(Role::RunningHead, draft, margin, 0);
    }
    let first = number == 1;
    if !first {
        let folio = format!("-\u{A0}{number}\u{A0}-");
        let width = Styled::plain(&folio, size).width();
        push(Role::RunningHead, &folio, (style.page.width - width) / 2.0, 0);
    }
    let right = margin + style.first_page.right_column;
    let shown = if first { &[] } else { document.running_head.as_slice() };
    let mut row = 0;
    for (at, text) in shown.iter().chain(if first { &[] } else { more }).enumerate() {
        let role = if at < shown.len() { Role::RunningHead } else { role };
        push(role, text, right, row);
        row += 1;
    }
    let below = style.head.top + (row + 1) as f64 * leading;
    let text_top = if first { margin } else { below.max(style.head.text_top) };
    PageHead { lines, text_top }
}

fn one_line(text: &str, size: f64, x: f64) -> SetLine {
    let measure = Measure { first: x, left: x, right: f64::INFINITY };
    break_lines(&Styled::plain(text, size), measure, &mut |_| {}).into_iter().next().unwrap_or_default()
}
