//! A table as a source has it: a line a row.

use super::inline::{Setting, written};
use super::levels::STEP;
use super::read::{Paragraph, Row, Table, What, words_of};
use crate::syntax::escape::{Beginning, Brackets, beginning, has_paired_brackets};

/// The lines of a table, what each row prints, and what had to be said of it.
pub(super) struct WrittenTable {
    pub lines: Vec<String>,
    pub rows: Vec<String>,
    pub remarks: Vec<String>,
    pub lost: Vec<String>,
}

/// Writes a table at a column.
pub(super) fn table(table: &Table, column: usize, setting: &Setting<'_>) -> WrittenTable {
    let word = if table.has_header { "table:" } else { "table: plain" };
    let mut out = WrittenTable {
        lines: vec![format!("{}{word}", " ".repeat(column))],
        rows: Vec::new(),
        remarks: Vec::new(),
        lost: Vec::new(),
    };
    let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    for (at, row) in table.rows.iter().enumerate() {
        let lines = row_lines(row, width, setting, &mut out.lost);
        if lines.is_empty() {
            continue;
        }
        let starts_empty = lines.first().is_some_and(|cells| cells.first().is_none_or(String::is_empty));
        if starts_empty && at > 0 && width > 1 {
            out.lost.push("a row whose first cell is empty goes on in the row above it".to_owned());
        }
        let mut shown = String::new();
        for cells in lines {
            let first = cells.first().map_or("", String::as_str);
            let mut cells = cells.clone();
            let whole = cells.join(" | ");
            // What decides, and a remark, have no sign that would make words of them here.
            if first.starts_with("//") || width == 1 && beginning(&whole) == Beginning::Structure {
                cells[0] = format!("{{none: {first}}}");
            }
            let line = cells.join(" | ");
            out.lines.push(format!("{}{}", " ".repeat(column + STEP), line.trim_end()));
        }
        for text in row.cells.iter().flatten() {
            if let Some(number) = &text.number {
                shown.push_str(&number.label);
                shown.push(' ');
            }
            shown.push_str(&text.words());
            shown.push(' ');
        }
        out.rows.push(shown);
        for piece in row.cells.iter().flatten().flat_map(|text| &text.pieces) {
            match &piece.what {
                What::Comment(author, words) => out.remarks.push(remark(author, words)),
                What::Note { content, .. } => out.rows.push(words_of(content)),
                What::Words(_) | What::Break | What::Reference { .. } | What::Leaf(_) => {}
            }
        }
    }
    out
}

/// A comment on one line.
pub(super) fn remark(author: &str, words: &str) -> String {
    let clean = |text: &str| -> String {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (author, words) = (clean(author), clean(words));
    if author.is_empty() { format!("// {words}") } else { format!("// {author}: {words}") }
}

/// The lines of a row: paragraphs of a cell below each other, those of the first one joined,
/// since what stands there begins a row.
fn row_lines(row: &Row, width: usize, setting: &Setting<'_>, lost: &mut Vec<String>) -> Vec<Vec<String>> {
    let mut columns: Vec<Vec<String>> = Vec::new();
    for (at, cell) in row.cells.iter().enumerate() {
        let texts = cell.iter().filter(|text| !text.is_empty() || text.number.is_some());
        let mut texts: Vec<String> = texts.map(|text| cell_text(text, setting, lost)).collect();
        if at == 0 && texts.len() > 1 {
            texts = vec![texts.join(" ")];
        }
        columns.push(texts);
    }
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let mut cells: Vec<String> = columns.iter().map(|column| column.get(at).cloned().unwrap_or_default()).collect();
        cells.resize(width.max(1), String::new());
        cells
    };
    (0..height).map(line).collect()
}

fn cell_text(text: &Paragraph, setting: &Setting<'_>, lost: &mut Vec<String>) -> String {
    let brackets = if has_paired_brackets(&text.words()) { Brackets::Kept } else { Brackets::Signs };
    let (source, without) = written(&text.pieces, &Setting { brackets, ..*setting });
    if without > 0 {
        lost.push("emphasis of a part of a word is left out".to_owned());
    }
    let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
    match &text.number {
        Some(number) => format!("{} {source}", number.label),
        None => source,
    }
}
