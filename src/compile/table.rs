//! Tables: what stands beside the keyword, and cells made of rows.

use super::lower::Lowerer;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{self, Cell, CellText, Inline, Text};
use crate::source::Sources;
use crate::syntax::ast::{self, Inline as Written, Row};

/// With more columns than that a column has no room for a letter.
const MAX_COLUMNS: usize = 24;
/// A column has room for a few letters, in pt.
const LEAST_WIDTH: f64 = 18.0;
/// What begins an item of a list in a cell.
const DASHES: [char; 4] = ['–', '—', '-', '•'];

/// What is said of a table beside its keyword.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Options {
    /// No rules and no header row.
    is_plain: bool,
    /// Where the columns after the first begin, in pt from the table's left edge.
    columns: Vec<f64>,
    /// The columns whose words stand at the right, from 1.
    right: Vec<usize>,
}

impl Options {
    /// Reads `plain, columns 72 252, right 3`; what is none of these comes back.
    fn read(words: &str) -> Result<Options, String> {
        #[derive(PartialEq)]
        enum Reading {
            Words,
            Columns,
            Right,
        }
        let mut options = Options::default();
        let mut reading = Reading::Words;
        for word in words.split([' ', '\t', '\u{A0}', ',']).filter(|word| !word.is_empty()) {
            match (word, &reading) {
                ("plain", _) => (options.is_plain, reading) = (true, Reading::Words),
                ("columns", _) => reading = Reading::Columns,
                ("right", _) => reading = Reading::Right,
                (number, Reading::Columns) if is_number(number) => options.columns.extend(number.parse::<f64>()),
                (number, Reading::Right) if is_number(number) => options.right.extend(number.parse::<usize>()),
                (odd, _) => return Err(odd.to_owned()),
            }
        }
        // The first column begins where the table does.
        if options.columns.first() == Some(&0.0) {
            options.columns.remove(0);
        }
        Ok(options)
    }

    /// What is wrong with it in a table of so many columns on lines of this width.
    fn fault(&self, count: usize, width: f64) -> Option<String> {
        let edges: Vec<f64> = [0.0].into_iter().chain(self.columns.iter().copied()).chain([width]).collect();
        if !self.columns.is_empty() && self.columns.len() + 1 != count {
            let given = self.columns.len() + 1;
            return Some(format!("places are given for {given} columns; the first row has {count}"));
        }
        if edges.windows(2).any(|pair| pair[1] - pair[0] < LEAST_WIDTH) && !self.columns.is_empty() {
            let least = LEAST_WIDTH;
            return Some(format!("a column has no room: each needs {least} pt, and all have {width:.0}"));
        }
        let odd = self.right.iter().find(|column| !(1..=count).contains(column))?;
        Some(format!("there is no column {odd}; the first row has {count}"))
    }
}

fn is_number(word: &str) -> bool {
    word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Says what stands beside `table:` that says nothing.
pub(super) fn check(table: &ast::Table, sources: &Sources, found: &mut Diagnostics) {
    let is_odd = |inline: &&Written| match inline {
        Written::Label { .. } | Written::Comment(_) | Written::Break(_) => false,
        Written::Text(word) => Options::read(&word.text).is_err(),
        _ => true,
    };
    let Some(odd) = table.value.iter().find(is_odd) else { return };
    let message = format!("a table is not `{}`", sources.slice(odd.span()).trim());
    let hint = "`table: plain` has no rules and no header row, `columns 72 252` says where its columns begin, in pt, `right 3` which have their words at the right; the rows stand below, indented by two blanks";
    found.push(Diagnostic::new(Code::KeywordValue, odd.span(), message).hint(hint));
}

impl Lowerer<'_, '_> {
    /// A table at the text of a level of sub-paragraphs, or at the margin.
    pub fn table(&mut self, table: &ast::Table, level: Option<usize>) -> model::Table {
        let options = Options::read(&crate::syntax::words_of(&table.value)).unwrap_or_default();
        let mut rows: Vec<model::Row> = Vec::new();
        let mut width = 0;
        for row in &table.rows {
            let Row::Cells { span, cells, spaced } = row else { continue };
            // What values left empty is no cell that was left empty.
            let is_left = |inline: &Written| match inline {
                Written::Text(word) => word.text.trim().is_empty(),
                Written::Comment(_) | Written::Break(_) => true,
                _ => false,
            };
            let goes_on = cells.first().is_some_and(|cell| cell.iter().all(is_left));
            let cells: Vec<Text> = cells.iter().map(|cell| self.text(cell)).collect();
            if rows.is_empty() {
                width = cells.len();
                if width > MAX_COLUMNS {
                    let message = format!("a table of {width} columns has no room on the page");
                    let hint = format!("divide it: up to {MAX_COLUMNS} columns can be set");
                    self.found.push(Diagnostic::new(Code::TableShape, *span, message).hint(hint));
                }
            } else if cells.len() > width {
                let message = format!("this row has {} cells; the first one has {width}", cells.len());
                self.found.push(
                    Diagnostic::new(Code::TableShape, *span, message).hint("a `|` inside a cell is written `\\|`"),
                );
            }
            match rows.last_mut().filter(|_| goes_on) {
                Some(above) => {
                    for (cell, more) in above.cells.iter_mut().zip(cells) {
                        if !model::plain(&more).trim().is_empty() {
                            cell.push(cell_text(more));
                        }
                    }
                }
                None => {
                    let mut cells: Vec<Cell> =
                        cells.into_iter().take(width).map(|cell| vec![cell_text(cell)]).collect();
                    cells.resize(width, Vec::new());
                    // Rules divide rows already.
                    let spaced = *spaced && options.is_plain && !rows.is_empty();
                    rows.push(model::Row { spaced, cells });
                }
            }
        }
        let (indent, step) = (self.context.style.indent, self.context.style.step);
        let left = level.map_or(0.0, |level| indent + step * level.min(6) as f64);
        if let Some(fault) = options.fault(width, self.context.style.line_width() - left).filter(|_| width > 0) {
            let hint = "`columns` has a number for each column but the first, from left to right, and `right` the numbers of columns";
            self.found.push(Diagnostic::new(Code::TableShape, table.line, fault).hint(hint));
        }
        let Options { is_plain, columns, right } = options;
        let right = right.into_iter().filter_map(|column| column.checked_sub(1)).collect();
        model::Table { ruled: !is_plain, level, columns, right, rows }
    }
}

/// A paragraph of a cell; a dash before it hangs.
fn cell_text(mut content: Text) -> CellText {
    let mut label = None;
    if let Some(Inline::Text(first)) = content.first_mut() {
        let mut signs = first.chars();
        let dash = signs.next().filter(|sign| DASHES.contains(sign));
        let rest = signs.as_str();
        // A dash alone is the sign of an empty cell.
        if dash.is_some() && rest.starts_with([' ', '\u{A0}']) {
            label = dash.map(String::from);
            *first = rest.trim_start_matches([' ', '\u{A0}']).to_owned();
        }
    }
    CellText { label, content }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_words_and_numbers_in_any_order() {
        let read = Options::read("right 2 3, plain columns 0 72 252").ok();
        let expected = Options { is_plain: true, columns: vec![72.0, 252.0], right: vec![2, 3] };
        assert_eq!(read, Some(expected));
        for odd in ["wide", "72", "columns -4", "columns 1e9", "plain 72", "right a"] {
            assert!(Options::read(odd).is_err(), "{odd}");
        }
    }
}
