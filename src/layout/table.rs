//! Tables: widths of columns, rows as units, the header row repeated.

use std::rc::Rc;

use super::break_lines::Measure;
use super::page::Role;
use super::paginate::{Placed, Unit, baseline_in};
use super::setter::PartSetter;
use super::structure::{ElementId, Tag};
use super::styled::Styled;
use crate::fonts::Face;
use crate::model::{Anchor, Inline, Table};

impl PartSetter<'_> {
    /// The units of a table: a row each.
    pub fn table(&mut self, table: &Table, anchor: Anchor) -> Vec<Unit> {
        let mut rows: Vec<Vec<Vec<Styled>>> =
            table.rows.iter().enumerate().map(|(at, row)| self.styled_row(row, table.ruled && at == 0)).collect();
        let edges = self.edges(&rows, table.ruled);
        let leading = self.style.text.leading;
        let mut units: Vec<Unit> = Vec::new();
        let mut header: Option<Rc<Unit>> = None;
        let element = self.element(Tag::Table);
        let count = rows.len();
        for (at, row) in rows.iter_mut().enumerate() {
            let mut unit = self.row(row, at, &edges, table.ruled, element, anchor);
            if at == 0 {
                unit.space = leading;
                unit.anchor = Some(anchor);
                if table.ruled {
                    unit.keep = count > 1;
                    header = Some(Rc::new(repeated(&unit)));
                }
            } else {
                unit.repeat = header.clone();
            }
            units.push(unit);
        }
        units
    }

    fn styled_row(&self, row: &[Vec<Vec<Inline>>], header: bool) -> Vec<Vec<Styled>> {
        let face = if header { Face::Bold } else { Face::Regular };
        let size = self.style.text.size;
        row.iter().map(|cell| cell.iter().map(|text| Styled::of(text, size, face, self.style)).collect()).collect()
    }

    /// The left edges of the columns and the right edge of the last. Columns
    /// get what their widest lines need; if that is too much, what their
    /// widest words need and a share of the rest.
    fn edges(&self, rows: &[Vec<Vec<Styled>>], ruled: bool) -> Vec<f64> {
        let count = rows.first().map_or(0, Vec::len);
        let pad = 2.0 * self.style.table.pad;
        let typeface = &*self.style.typeface;
        let mut natural = vec![pad; count];
        let mut least = vec![pad; count];
        for row in rows {
            for (column, cell) in row.iter().enumerate().take(count) {
                for text in cell {
                    natural[column] = natural[column].max(text.width(typeface) + pad + 0.5);
                    least[column] = least[column].max(text.widest_word(typeface) + pad + 0.5);
                }
            }
        }
        let whole = self.style.line_width();
        let (wanted, needed): (f64, f64) = (natural.iter().sum(), least.iter().sum());
        let widths: Vec<f64> = if wanted <= whole {
            let spare = if ruled { whole - wanted } else { 0.0 };
            natural.iter().map(|width| width + spare * width / wanted).collect()
        } else if needed < whole {
            let share = (whole - needed) / (wanted - needed);
            natural.iter().zip(&least).map(|(natural, least)| least + (natural - least) * share).collect()
        } else {
            capped(&least, whole)
        };
        let mut edges = vec![self.style.page.margin];
        for width in widths {
            edges.push(edges.last().copied().unwrap_or_default() + width);
        }
        edges
    }

    fn row(
        &mut self,
        row: &mut [Vec<Styled>],
        number: usize,
        edges: &[f64],
        ruled: bool,
        table: ElementId,
        anchor: Anchor,
    ) -> Unit {
        let is_header = ruled && number == 0;
        let tags = self.structure.add(table, Tag::Row);
        let (size, leading, pad) = (self.style.text.size, self.style.text.leading, self.style.table.pad);
        let above = if ruled { pad / 2.0 } else { 0.0 };
        let mut unit = Unit { columns: if ruled { edges.to_vec() } else { Vec::new() }, ..Unit::default() };
        let mut height = leading;
        for (column, cell) in row.iter_mut().enumerate() {
            let element = self.structure.add(tags, if is_header { Tag::HeaderCell } else { Tag::Cell });
            let Some(&[left, right]) = edges.get(column..column + 2) else { continue };
            let inner = if ruled { left + pad } else { left };
            let measure = Measure { first: inner, left: inner, right: (right - pad).max(inner + 1.0) };
            let mut y = 0.0;
            for text in cell {
                let paragraph = self.structure.add(element, Tag::Paragraph);
                self.tag(text, paragraph);
                for line in self.break_text(text, measure, anchor) {
                    let baseline = above + y + baseline_in(size, leading);
                    unit.lines.push(Placed {
                        role: Role::Cell(number, column, is_header),
                        element: Some(element),
                        baseline,
                        line,
                    });
                    y += leading;
                }
            }
            height = height.max(y);
        }
        unit.height = height + 2.0 * above;
        unit
    }
}

/// A header row as further pages repeat it; it is not read aloud again.
fn repeated(row: &Unit) -> Unit {
    let mut row = Unit { space: 0.0, anchor: None, keep: false, ..row.clone() };
    for placed in &mut row.lines {
        placed.element = None;
        for run in &mut placed.line.runs {
            run.element = None;
        }
    }
    row
}

/// Widths of which the widest give way until the sum is `whole`: a long word
/// takes nothing from the columns beside it.
fn capped(widths: &[f64], whole: f64) -> Vec<f64> {
    let mut sorted = widths.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut left = whole;
    let mut cap = whole;
    for (at, width) in sorted.iter().enumerate() {
        cap = left / (sorted.len() - at) as f64;
        if *width > cap {
            break;
        }
        left -= width;
    }
    widths.iter().map(|width| width.min(cap)).collect()
}
