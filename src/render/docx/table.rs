//! Tables.

use super::composer::{Composer, Notes};
use super::paragraph::{Format, Look, Mark, Paragraph, Row, Run, Table, Unit, What, twips};
use crate::model::{self, Anchor};
use crate::ooxml::names::ParagraphRole;

impl Composer<'_> {
    /// A table, with an empty line before it: Word has no room above tables.
    pub fn table(&mut self, table: &model::Table, anchor: Anchor, notes: &mut Notes<'_>) {
        let style = self.style_of(table.turned);
        let margin = style.page.margin;
        let edges = match self.measures.tables.get(&anchor) {
            Some(edges) => edges.clone(),
            None => vec![margin, margin + style.line_width()],
        };
        let pad = if table.ruled { style.table.pad } else { 0.0 };
        let widths: Vec<i64> = edges.windows(2).map(|pair| twips(pair[1] - pair[0]).max(1)).collect();
        let left = edges.first().map_or(0, |left| twips(left - margin));
        let is_led = self.lead_table();
        if !is_led {
            let mut space = Paragraph::of(ParagraphRole::Normal, Vec::new());
            space.format.keep_next = true;
            self.push(space);
        }
        let mut rows = Vec::new();
        for (at, row) in table.rows.iter().enumerate() {
            let leaf = self.next_leaf();
            let is_header = table.ruled && at == 0;
            let mut cells = Vec::new();
            for (column, cell) in row.cells.iter().enumerate() {
                let mut paragraphs: Vec<Paragraph> =
                    cell.iter().map(|text| self.cell_text(text, is_header, notes)).collect();
                if paragraphs.is_empty() {
                    paragraphs.push(Paragraph::of(ParagraphRole::Cell, Vec::new()));
                }
                for paragraph in &mut paragraphs {
                    paragraph.format.at_right = table.right.contains(&column);
                    paragraph.format.keep_next |= is_header;
                }
                if row.spaced
                    && let Some(first) = paragraphs.first_mut()
                {
                    first.format.before = Some(twips(style.text.leading));
                }
                cells.push(paragraphs);
            }
            if let Some(leaf) = leaf {
                around(&mut cells, &crate::ooxml::names::leaf_bookmark(leaf));
            }
            if at == 0 && self.is_target(anchor) {
                around(&mut cells, &crate::ooxml::names::reference_bookmark(anchor.0));
            }
            self.finish_notes();
            rows.push(Row { is_header, cells, mark: Mark::Same, leaf });
        }
        let pad_below = if table.ruled { twips(style.table.pad / 2.0) } else { 0 };
        let pad = (twips(pad), pad_below);
        self.body.units.push(Unit::Table(Table { left, widths, ruled: table.ruled, pad, rows }));
    }

    fn cell_text(&mut self, text: &model::CellText, is_header: bool, notes: &mut Notes<'_>) -> Paragraph {
        let look = Look { bold: is_header, ..self.look() };
        let mut runs = Vec::new();
        let role = match &text.label {
            Some(label) => {
                runs.push(Run::text(label, &look));
                runs.push(Run::new(What::Tab, &look));
                ParagraphRole::CellItem
            }
            None if is_header => ParagraphRole::HeaderCell,
            None => ParagraphRole::Cell,
        };
        runs.extend(self.runs(&text.content, &look, notes));
        Paragraph { format: Format::default(), ..Paragraph::of(role, runs) }
    }
}

/// Puts a bookmark around all cells of a row.
fn around(cells: &mut [Vec<Paragraph>], name: &str) {
    let look = Look::default();
    if let Some(first) = cells.first_mut().and_then(|cell| cell.first_mut()) {
        first.runs.insert(0, Run::new(What::Start(name.to_owned()), &look));
    }
    if let Some(last) = cells.last_mut().and_then(|cell| cell.last_mut()) {
        last.runs.push(Run::new(What::End(name.to_owned()), &look));
    }
}
