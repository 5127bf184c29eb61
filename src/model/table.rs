//! Tables.

use super::{BlockKind, Part, Text};

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Whether it has rules and a header row.
    pub ruled: bool,
    /// Whether it stands on pages of its own that are turned.
    pub turned: bool,
    /// The level of the paragraph that it belongs to; none at the margin.
    pub level: Option<usize>,
    /// Where the columns after the first begin, in pt from the table's left edge; none
    /// where their words decide.
    pub columns: Vec<f64>,
    /// The columns whose words stand at the right, from 0.
    pub right: Vec<usize>,
    /// Rows of equally many cells.
    pub rows: Vec<Row>,
}

impl Table {
    /// The paragraphs of all cells.
    pub fn paragraphs(&self) -> impl Iterator<Item = &CellText> {
        self.rows.iter().flat_map(|row| &row.cells).flatten()
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Whether an empty line stands above it.
    pub spaced: bool,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A paragraph of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct CellText {
    /// The dash of an item of a list.
    pub label: Option<String>,
    /// Which of the row's lines in the source it is of: what is of one begins at one
    /// height.
    pub line: usize,
    /// Its words.
    pub content: Text,
}

/// The paragraphs of a cell.
pub type Cell = Vec<CellText>;

impl Part {
    /// Which of its blocks stand on turned pages: tables, and the headings right above them.
    pub fn turned(&self) -> Vec<bool> {
        let mut is_turned = false;
        let flags = self.blocks.iter().rev().map(|block| {
            is_turned = match &block.kind {
                BlockKind::Table(table) => table.turned,
                BlockKind::Heading { level, .. } => is_turned && *level > 0,
                BlockKind::Opening(_)
                | BlockKind::Clause(_)
                | BlockKind::Prose(_)
                | BlockKind::List(_)
                | BlockKind::Continuation { .. }
                | BlockKind::Quote { .. }
                | BlockKind::Lines { .. }
                | BlockKind::Contents(_) => false,
            };
            is_turned
        });
        let mut flags: Vec<bool> = flags.collect();
        flags.reverse();
        flags
    }
}
