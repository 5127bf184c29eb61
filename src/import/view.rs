//! What a file says once some of its changes are accepted and the others are rejected.

use super::numbering::Numbering;
use super::read::{Block, Change, Paragraph, Piece, Row, Table, What};

/// Which changes are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// All.
    Accepted,
    /// None.
    Rejected,
    /// Those of one author, by number.
    Of(u16),
}

impl View {
    fn shows(self, change: Change) -> bool {
        match self {
            View::Accepted => change.taken_out.is_none(),
            View::Rejected => change.put_in.is_none(),
            View::Of(author) => change.put_in.is_none_or(|by| by == author) && change.taken_out != Some(author),
        }
    }
}

/// The blocks as they are then, numbered.
pub(super) fn seen(blocks: &[Block], view: View, numbering: &Numbering) -> Vec<Block> {
    let mut numbering = numbering.clone();
    in_view(blocks, view, &mut numbering)
}

fn in_view(blocks: &[Block], view: View, numbering: &mut Numbering) -> Vec<Block> {
    let mut out = Vec::new();
    // What stands before an end that is not there goes on in the next paragraph.
    let mut open: Option<Paragraph> = None;
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let mut paragraph = paragraph.clone();
                paragraph.pieces = pieces(&paragraph.pieces, view);
                if let Some(before) = open.take() {
                    paragraph.pieces.splice(0..0, before.pieces);
                    paragraph.bookmarks.splice(0..0, before.bookmarks);
                }
                if view.shows(paragraph.end) {
                    out.push(Block::Paragraph(numbered(paragraph, numbering)));
                } else if !paragraph.is_empty() {
                    open = Some(paragraph);
                }
            }
            Block::Table(table) => {
                out.extend(
                    open.take().filter(|open| !open.is_empty()).map(|open| Block::Paragraph(numbered(open, numbering))),
                );
                let rows: Vec<Row> = table
                    .rows
                    .iter()
                    .filter(|row| view.shows(row.change))
                    .map(|row| in_row(row, view, numbering))
                    .collect();
                if !rows.is_empty() {
                    out.push(Block::Table(Table { rows, ..table.clone() }));
                }
            }
        }
    }
    out.extend(open.filter(|open| !open.is_empty()).map(|open| Block::Paragraph(numbered(open, numbering))));
    out
}

fn in_row(row: &Row, view: View, numbering: &mut Numbering) -> Row {
    let cell = |cell: &Vec<Paragraph>, numbering: &mut Numbering| {
        let blocks: Vec<Block> = cell.iter().cloned().map(Block::Paragraph).collect();
        let seen = in_view(&blocks, view, numbering);
        let paragraph = |block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        };
        seen.into_iter().filter_map(paragraph).collect()
    };
    Row { cells: row.cells.iter().map(|texts| cell(texts, numbering)).collect(), change: row.change }
}

fn numbered(mut paragraph: Paragraph, numbering: &mut Numbering) -> Paragraph {
    if let Some((list, level)) = paragraph.list {
        paragraph.number = numbering.next(list, level);
    }
    paragraph
}

fn pieces(all: &[Piece], view: View) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(all.len());
    for piece in all.iter().filter(|piece| view.shows(piece.change)) {
        let mut piece = piece.clone();
        if let What::Note { content, .. } = &mut piece.what {
            *content = pieces(content, view);
        }
        piece.change = Change::default();
        // Words that are set alike are one.
        if let (Some(Piece { what: What::Words(before), style, .. }), What::Words(words)) =
            (out.last_mut(), &piece.what)
            && *style == piece.style
        {
            before.push_str(words);
            continue;
        }
        out.push(piece);
    }
    out
}

/// Who changed anything.
pub(super) fn changed_by(blocks: &[Block]) -> Vec<u16> {
    let mut all = std::collections::BTreeSet::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => of_paragraph(paragraph, &mut all),
            Block::Table(table) => {
                for row in &table.rows {
                    all.extend(row.change.put_in.into_iter().chain(row.change.taken_out));
                    row.cells.iter().flatten().for_each(|paragraph| of_paragraph(paragraph, &mut all));
                }
            }
        }
    }
    all.into_iter().collect()
}

fn of_paragraph(paragraph: &Paragraph, all: &mut std::collections::BTreeSet<u16>) {
    all.extend(paragraph.end.put_in.into_iter().chain(paragraph.end.taken_out));
    for piece in &paragraph.pieces {
        of_piece(piece, all);
    }
}

fn of_piece(piece: &Piece, all: &mut std::collections::BTreeSet<u16>) {
    all.extend(piece.change.put_in.into_iter().chain(piece.change.taken_out));
    if let What::Note { content, .. } = &piece.what {
        content.iter().for_each(|piece| of_piece(piece, all));
    }
}

/// Gives changes to other authors.
pub(super) fn renamed(blocks: &mut [Block], name: &dyn Fn(u16) -> u16) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => rename_in(paragraph, name),
            Block::Table(table) => {
                for row in &mut table.rows {
                    rename(&mut row.change, name);
                    row.cells.iter_mut().flatten().for_each(|paragraph| rename_in(paragraph, name));
                }
            }
        }
    }
}

fn rename_in(paragraph: &mut Paragraph, name: &dyn Fn(u16) -> u16) {
    rename(&mut paragraph.end, name);
    paragraph.pieces.iter_mut().for_each(|piece| rename_piece(piece, name));
}

fn rename_piece(piece: &mut Piece, name: &dyn Fn(u16) -> u16) {
    rename(&mut piece.change, name);
    if let What::Note { content, .. } = &mut piece.what {
        content.iter_mut().for_each(|piece| rename_piece(piece, name));
    }
}

fn rename(change: &mut Change, name: &dyn Fn(u16) -> u16) {
    change.put_in = change.put_in.map(name);
    change.taken_out = change.taken_out.map(name);
}
