//! Tables.

use std::collections::BTreeSet;

use super::writer::Writer;
use crate::model::{Anchor, Cell, CellText, Row, Table};

/// So many columns may be too wide for a narrow screen: the table is moved by itself there.
const WIDE: usize = 3;

impl Writer {
    /// A table with its header row, if it has one.
    pub fn table(&mut self, anchor: Anchor, table: &Table) {
        self.tables += 1;
        let id = self.id(anchor);
        let columns = table.rows.first().map_or(0, |row| row.cells.len());
        let is_wide = table.turned || columns >= WIDE;
        if is_wide {
            // Who has no mouse moves it by keys, and is told what it is.
            let name =
                self.words().map(|locale| locale.cross_reference.table.text.replace("{}", &self.tables.to_string()));
            let name = name.unwrap_or_default();
            self.raw("<div class=\"table wide\" role=\"group\" tabindex=\"0\" aria-label=\"");
            self.text(&name);
            self.raw("\">\n");
        } else {
            self.raw("<div class=\"table\">\n");
        }
        self.other_ids(anchor);
        self.raw(&format!("<table{id} class=\"{}\">\n", if table.ruled { "ruled" } else { "plain" }));
        let mut rows = table.rows.iter();
        if table.ruled
            && let Some(head) = rows.next()
        {
            self.raw("<thead>\n");
            self.row(table, head, true);
            self.raw("</thead>\n");
        }
        let rows = rows.as_slice();
        if !rows.is_empty() {
            self.raw("<tbody>\n");
            rows.iter().for_each(|row| self.row(table, row, false));
            self.raw("</tbody>\n");
        }
        self.raw("</table>\n</div>\n");
    }

    /// A row; where cells go on beside each other further down, each height is a row.
    fn row(&mut self, table: &Table, row: &Row, is_head: bool) {
        for (at, (from, to)) in heights(&row.cells).into_iter().enumerate() {
            let class = match (at > 0, row.spaced) {
                (true, _) => " class=\"goes-on\"",
                (false, true) => " class=\"spaced\"",
                (false, false) => "",
            };
            self.raw(&format!("<tr{class}>"));
            for (column, cell) in row.cells.iter().enumerate() {
                let here: Vec<&CellText> = cell.iter().filter(|text| (from..to).contains(&text.line)).collect();
                let is_empty = here.iter().all(|text| text.content.is_empty() && text.label.is_none());
                let tag = if is_head && !is_empty { "th" } else { "td" };
                let scope = if tag == "th" { " scope=\"col\"" } else { "" };
                let right = if table.right.contains(&column) { " class=\"right\"" } else { "" };
                self.raw(&format!("<{tag}{scope}{right}>"));
                self.cell(&here);
                self.raw(&format!("</{tag}>"));
            }
            self.raw("</tr>\n");
        }
    }

    /// The paragraphs of a cell are one, but for items of a list.
    fn cell(&mut self, cell: &[&CellText]) {
        for (at, text) in cell.iter().enumerate() {
            let Some(label) = &text.label else {
                if at > 0 {
                    self.raw(" ");
                }
                self.inlines(&text.content);
                continue;
            };
            self.raw("<span class=\"dash\">");
            self.text(label);
            self.raw(" ");
            self.inlines(&text.content);
            self.raw("</span>\n");
        }
    }
}

/// The lines of the source at which something begins in two cells or more, each with where
/// the next one begins.
fn heights(cells: &[Cell]) -> Vec<(usize, usize)> {
    let (mut seen, mut shared) = (BTreeSet::new(), BTreeSet::new());
    for cell in cells {
        let lines: BTreeSet<usize> = cell.iter().map(|text| text.line).collect();
        shared.extend(lines.iter().filter(|line| seen.contains(*line)).copied());
        seen.extend(lines);
    }
    let mut starts: Vec<usize> = vec![0];
    let first = seen.first().copied().unwrap_or(0);
    starts.extend(shared.into_iter().filter(|line| *line > first));
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).collect()
}
