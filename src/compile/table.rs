//! Tables: cells made of rows.

use super::columns::Options;
use super::lower::Lowerer;
use crate::diag::{Code, Diagnostic};
use crate::model::{self, Cell, CellText, Inline, Text};
use crate::syntax::ast::{self, Inline as Written, Row};

/// With more columns than that a column has no room for a letter.
const MAX_COLUMNS: usize = 24;
/// What begins an item of a list in a cell, and how it is printed.
const DASHES: [(char, char); 4] = [('–', '–'), ('—', '—'), ('-', '–'), ('•', '•')];

impl Lowerer<'_, '_> {
    /// A table at the text of a level of sub-paragraphs, or at the margin, so far from which it begins.
    pub fn table(&mut self, table: &ast::Table, level: Option<usize>, left: f64) -> model::Table {
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
                    // What goes on beside each other begins beside each other.
                    let last = above.cells.iter().flatten().map(|text| text.line).max().unwrap_or_default();
                    for (cell, more) in above.cells.iter_mut().zip(cells) {
                        if !model::plain(&more).trim().is_empty() {
                            cell.push(cell_text(more, last + 1));
                        }
                    }
                }
                None => {
                    let mut cells: Vec<Cell> =
                        cells.into_iter().take(width).map(|cell| vec![cell_text(cell, 0)]).collect();
                    cells.resize(width, Vec::new());
                    // Rules divide rows already.
                    let spaced = *spaced && options.is_plain && !rows.is_empty();
                    rows.push(model::Row { spaced, cells });
                }
            }
        }
        let style = &self.context.style;
        let line = if options.is_turned { style.turned().line_width() } else { style.line_width() };
        if let Some(fault) = options.fault(width, line - left).filter(|_| width > 0) {
            let hint = "`columns` has a number for each column but the first, from left to right, and `right` the numbers of columns";
            self.found.push(Diagnostic::new(Code::TableShape, table.line, fault).hint(hint));
        }
        let Options { is_plain, is_turned, columns, right } = options;
        let right = right.into_iter().filter_map(|column| column.checked_sub(1)).collect();
        model::Table { ruled: !is_plain, turned: is_turned, level, columns, right, rows }
    }
}

/// A paragraph of a cell; a dash before it hangs.
fn cell_text(mut content: Text, line: usize) -> CellText {
    let mut label = None;
    if let Some(Inline::Text(first)) = content.first_mut() {
        let mut signs = first.chars();
        let sign = signs.next();
        let dash = DASHES.into_iter().find(|(typed, _)| sign == Some(*typed));
        let rest = signs.as_str();
        // A dash alone is the sign of an empty cell.
        if dash.is_some() && rest.starts_with([' ', '\u{A0}']) {
            label = dash.map(|(_, printed)| printed.into());
            *first = rest.trim_start_matches([' ', '\u{A0}']).to_owned();
        }
    }
    CellText { label, line, content }
}
