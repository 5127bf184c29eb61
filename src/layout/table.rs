//! Tables: widths of columns, rows as units, the header row repeated.

use std::rc::Rc;

use super::break_lines::{Measure, SetLine};
use super::changes::Slot;
use super::page::Role;
use super::paginate::{Placed, Unit, baseline_in};
use super::setter::PartSetter;
use super::structure::{ElementId, Tag};
use super::style::TableStyle;
use super::styled::Styled;
use crate::fonts::Face;
use crate::model::{Anchor, Block, BlockKind, Cell, CellText, Numbering, Row, Table, tops};

/// A paragraph of a cell ready to be measured, with the dash that hangs before it.
struct CellLines {
    label: Option<Styled>,
    /// Which line of the source it is of.
    of_line: usize,
    text: Styled,
}

/// The widths that columns want, and those that they need.
#[derive(Clone)]
struct Widths {
    natural: Vec<f64>,
    least: Vec<f64>,
}

impl PartSetter<'_> {
    /// The units of a table: a row each.
    pub fn table(&mut self, table: &Table, anchor: Anchor) -> Vec<Unit> {
        let mut rows: Vec<Vec<Vec<CellLines>>> = self.styled_rows(table, anchor);
        let edges = match self.shared.remove(&anchor) {
            Some(edges) => edges,
            None => self.edges(table, &self.widths(table, &rows)),
        };
        self.measures.tables.insert(anchor, edges.clone());
        let leading = self.style.text.leading;
        let mut units: Vec<Unit> = Vec::new();
        let mut header: Option<Rc<Unit>> = None;
        let element = self.element(Tag::Table);
        let count = rows.len();
        for (at, row) in rows.iter_mut().enumerate() {
            let mut unit = self.row(row, at, &edges, table, element, anchor);
            if at == 0 {
                unit.space = leading;
                unit.anchor = Some(anchor);
                if table.ruled {
                    unit.keep = count > 1;
                    header = Some(Rc::new(repeated(&unit)));
                }
            } else {
                unit.space = if table.rows.get(at).is_some_and(|row| row.spaced) { leading } else { 0.0 };
                unit.repeat = header.clone();
            }
            units.push(unit);
        }
        if let Some(first) = units.first_mut() {
            self.leading_into(first);
        }
        units
    }

    /// Puts the labels of items without words of their own on the line of a first row.
    fn leading_into(&mut self, row: &mut Unit) {
        let baseline = row.lines.first().map_or(0.0, |placed| placed.baseline);
        for line in std::mem::take(&mut self.leading) {
            let element = line.runs.first().and_then(|run| run.element);
            row.lines.insert(0, Placed { role: Role::Numbered, element, baseline, line });
        }
    }

    /// Plain tables with headings alone between them are one timetable: their columns
    /// stand at the same places, at those that are given for one of them.
    pub fn share_columns(&mut self, blocks: &[Block]) {
        let mut group: Vec<(Anchor, &Table)> = Vec::new();
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { .. } => {}
                BlockKind::Table(table) if !table.ruled && !table.turned => {
                    if group.iter().any(|(_, before)| !may_share(before, table)) {
                        self.share_in(&std::mem::take(&mut group));
                    }
                    group.push((block.anchor, table));
                }
                BlockKind::Opening(_)
                | BlockKind::Clause(_)
                | BlockKind::Prose(_)
                | BlockKind::List(_)
                | BlockKind::Continuation { .. }
                | BlockKind::Quote { .. }
                | BlockKind::Lines { .. }
                | BlockKind::Contents(_)
                | BlockKind::Table(_) => self.share_in(&std::mem::take(&mut group)),
            }
        }
        self.share_in(&group);
    }

    fn share_in(&mut self, group: &[(Anchor, &Table)]) {
        let Some(((anchor, first), rest)) = group.split_first().filter(|(_, rest)| !rest.is_empty()) else { return };
        let mut shared = self.widths(first, &self.styled_rows(first, *anchor));
        for (anchor, table) in rest {
            let widths = self.widths(table, &self.styled_rows(table, *anchor));
            for (all, own) in [(&mut shared.natural, widths.natural), (&mut shared.least, widths.least)] {
                all.iter_mut().zip(own).for_each(|(all, own)| *all = all.max(own));
            }
        }
        let given = group.iter().map(|(_, table)| *table).find(|table| !table.columns.is_empty());
        for (anchor, table) in group {
            let edges = self.edges(given.unwrap_or(table), &shared);
            self.shared.insert(*anchor, edges);
        }
    }

    fn styled_rows(&self, table: &Table, anchor: Anchor) -> Vec<Vec<Vec<CellLines>>> {
        let size = self.style.text.size;
        let paragraph = |(row, column, at): (usize, usize, usize), text: &CellText| {
            let face = if table.ruled && row == 0 { Face::Bold } else { Face::Regular };
            let label = |label: &String| {
                self.plain_words((anchor, Slot::CellLabel(row, column, at)), label, size, Face::Regular)
            };
            CellLines {
                label: text.label.as_ref().map(label),
                of_line: text.line,
                text: self.words((anchor, Slot::Cell(row, column, at)), &text.content, size, face),
            }
        };
        let row = |(row, cells): (usize, &Row)| {
            let cell = |(column, cell): (usize, &Cell)| {
                cell.iter().enumerate().map(|(at, text)| paragraph((row, column, at), text)).collect()
            };
            cells.cells.iter().enumerate().map(cell).collect()
        };
        table.rows.iter().enumerate().map(row).collect()
    }

    fn widths(&self, table: &Table, rows: &[Vec<Vec<CellLines>>]) -> Widths {
        let count = columns_of(table);
        let TableStyle { pad, hang, .. } = self.style.table;
        let typeface = &*self.style.typeface;
        let mut widths = Widths { natural: vec![2.0 * pad; count], least: vec![2.0 * pad; count] };
        for row in rows {
            for (column, cell) in row.iter().enumerate().take(count) {
                for CellLines { label, text, .. } in cell {
                    let around = 2.0 * pad + 0.5 + if label.is_some() { hang } else { 0.0 };
                    widths.natural[column] = widths.natural[column].max(text.width(typeface) + around);
                    widths.least[column] = widths.least[column].max(text.widest_word(typeface) + around);
                }
            }
        }
        widths
    }

    /// The left edges of the columns and the right edge of the last. Columns that have
    /// no places given get what their widest lines need; if that is too much, short ones keep
    /// it, and the others have what their widest words need and a share of the rest.
    fn edges(&self, table: &Table, Widths { natural, least }: &Widths) -> Vec<f64> {
        let full = self.full_measure(0.0);
        let left = match table.level {
            Some(level) => self.text_of_level(level),
            None => self.place.left.unwrap_or(full.left),
        };
        if !table.columns.is_empty() {
            let places = table.columns.iter().map(|place| left + place);
            return [left].into_iter().chain(places).chain([full.right]).collect();
        }
        let whole = full.right - left;
        let equal = whole / natural.len().max(1) as f64;
        let short = |(natural, least): (&f64, &f64)| if *natural <= equal { *natural } else { *least };
        let unbroken: Vec<f64> = natural.iter().zip(least).map(short).collect();
        let least = if unbroken.iter().sum::<f64>() < whole { &unbroken } else { least };
        let (wanted, needed): (f64, f64) = (natural.iter().sum(), least.iter().sum());
        let widths: Vec<f64> = if wanted <= whole {
            let spare = if table.ruled { whole - wanted } else { 0.0 };
            natural.iter().map(|width| width + spare * width / wanted).collect()
        } else if needed < whole {
            let share = (whole - needed) / (wanted - needed);
            natural.iter().zip(least).map(|(natural, least)| least + (natural - least) * share).collect()
        } else {
            capped(least, whole)
        };
        let mut edges = vec![left];
        for width in widths {
            edges.push(edges.last().copied().unwrap_or_default() + width);
        }
        edges
    }

    fn row(
        &mut self,
        row: &mut [Vec<CellLines>],
        number: usize,
        edges: &[f64],
        table: &Table,
        element: ElementId,
        anchor: Anchor,
    ) -> Unit {
        let ruled = table.ruled;
        let is_header = ruled && number == 0;
        let tags = self.structure.add(element, Tag::Row);
        let (leading, pad) = (self.style.text.leading, self.style.table.pad);
        let above = if ruled { pad / 2.0 } else { 0.0 };
        let mut unit = Unit { columns: if ruled { edges.to_vec() } else { Vec::new() }, ..Unit::default() };
        let mut elements: Vec<ElementId> = Vec::new();
        let mut cells: Vec<Vec<(usize, Vec<SetLine>)>> = Vec::new();
        for (column, cell) in row.iter_mut().enumerate() {
            let element = self.structure.add(tags, if is_header { Tag::HeaderCell } else { Tag::Cell });
            let Some(&[left, right]) = edges.get(column..column + 2) else { continue };
            let inner = if ruled { left + pad } else { left };
            let measure = Measure { first: inner, left: inner, right: (right - pad).max(inner + 1.0) };
            let mut lines = self.cell(cell, element, measure, anchor);
            if table.right.contains(&column) {
                for (_, lines) in &mut lines {
                    *lines = std::mem::take(lines).into_iter().map(|line| at_right(line, measure.right)).collect();
                }
            }
            elements.push(element);
            cells.push(lines);
        }
        let heights: Vec<Vec<(usize, usize)>> =
            cells.iter().map(|cell| cell.iter().map(|(of, lines)| (*of, lines.len())).collect()).collect();
        let tops = tops(&heights);
        let mut height: usize = 1;
        for (column, (cell, tops)) in cells.into_iter().zip(tops).enumerate() {
            let role = Role::Cell(number, column, is_header);
            let lines = cell.into_iter().zip(tops).flat_map(|((_, lines), top)| (top..).zip(lines));
            for (at, line) in lines {
                let baseline = above + at as f64 * leading + baseline_in(self.style.text.size, leading);
                unit.lines.push(Placed { role, element: elements.get(column).copied(), baseline, line });
                height = height.max(at + 1);
            }
        }
        unit.height = height as f64 * leading + 2.0 * above;
        unit
    }

    /// The lines of each paragraph of a cell; its items are lists of their own.
    fn cell(
        &mut self,
        cell: &mut [CellLines],
        element: ElementId,
        measure: Measure,
        anchor: Anchor,
    ) -> Vec<(usize, Vec<SetLine>)> {
        let mut lines = Vec::new();
        let mut list: Option<ElementId> = None;
        for CellLines { label, of_line, text } in cell {
            let Some(label) = label else {
                list = None;
                let paragraph = self.structure.add(element, Tag::Paragraph);
                self.tag(text, paragraph);
                lines.push((*of_line, self.break_text(text, measure, anchor)));
                continue;
            };
            let list = *list.get_or_insert_with(|| self.structure.add(element, Tag::List(Numbering::Unordered)));
            let item = self.structure.add(list, Tag::Item);
            let labelled = self.structure.add(item, Tag::Label);
            let body = self.structure.add(item, Tag::Body);
            self.tag(label, labelled);
            self.tag(text, body);
            let hang = (measure.left + self.style.table.hang).min(measure.right - 1.0);
            let hanging = Measure { first: hang, left: hang, right: measure.right };
            lines.push((*of_line, self.hanging((label, measure), (text, hanging), anchor)));
        }
        lines
    }
}

fn columns_of(table: &Table) -> usize {
    table.rows.first().map_or(0, |row| row.cells.len())
}

/// Whether two tables may have their columns at the same places.
fn may_share(one: &Table, other: &Table) -> bool {
    let is_given_twice = !one.columns.is_empty() && !other.columns.is_empty();
    columns_of(one) == columns_of(other) && (!is_given_twice || one.columns == other.columns)
}

/// A line whose last sign stands at `right`.
fn at_right(line: SetLine, right: f64) -> SetLine {
    let end = line.runs.iter().map(|run| run.x + run.width).reduce(f64::max).unwrap_or(right);
    line.shifted((right - end).max(0.0))
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
