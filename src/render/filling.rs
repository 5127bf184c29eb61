//! Words filled to lines of a width, in paragraphs and in cells.

use crate::model::{CellText, Inline, plain, tops};

/// A paragraph of a cell with the dash before it.
pub(super) fn cell_words(CellText { label, line: _, content }: &CellText) -> String {
    label.iter().cloned().chain([words(content)]).collect::<Vec<_>>().join(" ")
}

/// The lines of the cells of a row.
pub(super) fn row_lines(cells: &[Vec<CellText>], widths: &[usize]) -> Vec<Vec<String>> {
    let shared = |line: usize| cells.iter().filter(|cell| cell.iter().any(|text| text.line == line)).count() > 1;
    let filled = |(cell, &width): (&Vec<CellText>, &usize)| cell_lines(cell, width, &shared);
    let filled: Vec<Vec<(usize, Vec<String>)>> = cells.iter().zip(widths).map(filled).collect();
    let heights: Vec<Vec<(usize, usize)>> =
        filled.iter().map(|cell| cell.iter().map(|(of, lines)| (*of, lines.len())).collect()).collect();
    let placed = |(cell, tops): (Vec<(usize, Vec<String>)>, Vec<usize>)| {
        let mut all: Vec<String> = Vec::new();
        for ((_, lines), top) in cell.into_iter().zip(tops) {
            all.resize(top, String::new());
            all.extend(lines);
        }
        all
    };
    filled.into_iter().zip(tops(&heights)).map(placed).collect()
}

/// The lines of a cell, by the line of the source at which they begin: its paragraphs are
/// one, but for items, whose dashes hang, and what stands beside other cells.
pub(super) fn cell_lines(cell: &[CellText], width: usize, shared: &dyn Fn(usize) -> bool) -> Vec<(usize, Vec<String>)> {
    let goes_on = |a: &CellText, b: &CellText| a.label.is_none() && b.label.is_none() && !shared(b.line);
    let lines = |chunk: &[CellText]| {
        let text = chunk.iter().map(|text| words(&text.content)).collect::<Vec<_>>().join(" ");
        let Some(label) = chunk.first().and_then(|text| text.label.as_ref()) else {
            return fill(&text, width, width);
        };
        let room = width.saturating_sub(2).max(1);
        let hanging = fill(&text, room, room).into_iter().enumerate();
        hanging.map(|(at, line)| format!("{} {line}", if at == 0 { label.as_str() } else { " " })).collect()
    };
    cell.chunk_by(goes_on).map(|chunk| (chunk.first().map_or(0, |text| text.line), lines(chunk))).collect()
}

/// The words, with the marks of notes in brackets of their own.
pub(super) fn words(content: &[Inline]) -> String {
    let mut out = String::new();
    for inline in content {
        match inline {
            Inline::NoteMark { mark, .. } => out.push_str(&format!("({mark})")),
            Inline::Emphasis { content, .. }
            | Inline::Bracket(content)
            | Inline::Foreign { content, .. }
            | Inline::Instrument { content, .. } => {
                out.push_str(&words(content));
            }
            other => out.push_str(&plain(std::slice::from_ref(other))),
        }
    }
    out
}

/// Lines of a text, broken at blanks; a word longer than a line has one to
/// itself.
pub(super) fn fill(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let width = word.chars().count();
        let room = if lines.is_empty() { first } else { rest };
        if length > 0 && length + 1 + width > room {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += width;
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}
