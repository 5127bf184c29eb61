//! Blocks of two drafts as one tree: those of the new draft stand as they stand there, and those
//! that are gone stand where they stood, in what is open.

use std::collections::{BTreeMap, BTreeSet};

use super::flat::{Flat, Kind, LeafTexts, Step, StepKind};
use super::pieces::LeafPieces;
use crate::layout::{Change, Piece, Slot};
use crate::model::{Anchor, Block, BlockKind, CellText, Heading, Inline, Item, List, Row, Table, plain};

/// Texts of the merged document, and what became of them.
pub(super) type Texts = BTreeMap<(Anchor, Slot), Vec<Piece>>;

/// Which anchors blocks have: those of the new draft keep theirs.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    used: BTreeSet<Anchor>,
    next: u32,
}

impl Anchors {
    /// The first number that no block of the new draft has.
    pub fn from(next: u32) -> Anchors {
        Anchors { used: BTreeSet::new(), next }
    }

    /// An anchor for a block with texts: its own, if it is new and the first that has it.
    fn of(&mut self, own: Option<Anchor>) -> Anchor {
        match own.filter(|own| self.used.insert(*own)) {
            Some(own) => own,
            None => self.fresh(),
        }
    }

    pub fn fresh(&mut self) -> Anchor {
        self.next = self.next.saturating_add(1);
        Anchor(self.next)
    }
}

struct Open {
    step: Step,
    /// Whether its number is one of the new draft.
    is_new: bool,
    items: Vec<Item>,
    blocks: Vec<Block>,
}

/// What rows and lines can be added to: the block that was pushed last.
struct Last {
    anchor: Anchor,
    /// Which of the new draft it is.
    id: Option<usize>,
    columns: usize,
    /// How many rows or lines it has.
    count: usize,
}

/// Makes the blocks of a part.
pub(super) struct Builder<'b, 'd> {
    anchors: &'b mut Anchors,
    texts: &'b mut Texts,
    root: Vec<Block>,
    open: Vec<Open>,
    last: Option<Last>,
    /// Rows that are gone and fit into no table that is open.
    waiting: Vec<(Flat<'d>, LeafTexts<'d>, LeafPieces)>,
}

impl<'b, 'd> Builder<'b, 'd> {
    pub fn new(anchors: &'b mut Anchors, texts: &'b mut Texts) -> Self {
        Builder { anchors, texts, root: Vec::new(), open: Vec::new(), last: None, waiting: Vec::new() }
    }

    /// Adds a block of the new draft.
    pub fn put(&mut self, flat: &Flat<'d>, leaf: Option<&LeafTexts<'d>>, pieces: LeafPieces) {
        if !matches!(flat.kind, Kind::Row(..)) {
            self.flush();
        }
        self.push(flat, leaf, pieces, true);
    }

    /// Adds a block that is gone.
    pub fn gone(&mut self, flat: &Flat<'d>, leaf: &LeafTexts<'d>, pieces: LeafPieces) {
        let is_row = if let Kind::Row(_, _, _, row) = flat.kind {
            let fits = self.last.as_ref().is_some_and(|last| last.columns == row.cells.len());
            if !fits {
                return self.waiting.push((flat.clone(), leaf.clone(), pieces));
            }
            true
        } else {
            false
        };
        if !is_row {
            self.flush();
        }
        self.push(flat, Some(leaf), pieces, false);
    }

    /// A text that is gone and has no other place.
    pub fn gone_text(&mut self, content: Vec<Inline>, change: Change) {
        self.flush();
        self.close_to(0);
        let anchor = self.anchors.fresh();
        self.texts.insert((anchor, Slot::Text), vec![Piece { content: content.clone(), change: Some(change) }]);
        self.add(Block { anchor, kind: BlockKind::Prose(content) });
    }

    pub fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.close_to(0);
        self.root
    }

    /// Rows that wait become tables of their own.
    fn flush(&mut self) {
        for (flat, leaf, pieces) in std::mem::take(&mut self.waiting) {
            self.push(&flat, Some(&leaf), pieces, false);
        }
    }

    fn push(&mut self, flat: &Flat<'d>, leaf: Option<&LeafTexts<'d>>, pieces: LeafPieces, is_new: bool) {
        let own = |anchor: Anchor| is_new.then_some(anchor);
        match flat.kind {
            Kind::Text(block) => {
                let anchor = self.anchors.of(own(block.anchor));
                self.record(anchor, leaf, &pieces, &|slot| slot);
                let kind = filled(&block.kind, &pieces);
                self.place(&flat.path, is_new);
                self.add(Block { anchor, kind });
            }
            Kind::Still(block) => {
                self.place(&flat.path, is_new);
                self.add(block.clone());
            }
            Kind::Item(item) => self.item(flat, item, leaf, &pieces, is_new),
            Kind::Line(id, block, is_signature, content) => {
                let fits = self
                    .last
                    .as_ref()
                    .is_some_and(|last| last.columns == 0 && (!is_new || last.id.is_none_or(|other| other == id)));
                let content = if content.is_empty() { all(pieces.components.first()) } else { content.clone() };
                if !fits || !self.add_line(&content, is_signature) {
                    self.place(&flat.path, is_new);
                    let anchor = self.anchors.of(own(block.anchor));
                    let kind = BlockKind::Lines { is_signature, lines: vec![content] };
                    self.add(Block { anchor, kind });
                    self.last = Some(Last { anchor, id: None, columns: 0, count: 1 });
                }
                self.recorded_last(leaf, &pieces, is_new.then_some(id));
            }
            Kind::Row(id, block, table, row) => self.row((id, block, table, row), &flat.path, leaf, pieces, is_new),
        }
    }

    /// Adds a line to the lines that were pushed last, if they are of its kind.
    fn add_line(&mut self, content: &[Inline], is_signature: bool) -> bool {
        match self.container().last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::Lines { is_signature: of, lines }) if *of == is_signature => {
                lines.push(content.to_vec());
                if let Some(last) = &mut self.last {
                    last.count += 1;
                }
                true
            }
            _ => false,
        }
    }

    fn item(&mut self, flat: &Flat<'d>, item: &Item, leaf: Option<&LeafTexts<'d>>, pieces: &LeafPieces, is_new: bool) {
        let anchor = self.anchors.of(is_new.then_some(item.anchor));
        self.record(anchor, leaf, pieces, &|slot| slot);
        let label = if item.label.is_empty() { plain(&all(Some(&pieces.label))) } else { item.label.clone() };
        let content = if item.content.is_empty() { all(pieces.components.first()) } else { item.content.clone() };
        let made = Item { anchor, label, content, body: Vec::new() };
        let Some((step, around)) = flat.path.split_last() else { return };
        let at = self.align(around, is_new);
        self.last = None;
        let fits = self.open.get(at).is_some_and(|open| fits(open, step, is_new));
        if fits {
            self.close_to(at + 1);
        } else {
            self.close_to(at);
            self.open.push(Open { step: *step, is_new, items: Vec::new(), blocks: Vec::new() });
        }
        if let Some(open) = self.open.last_mut() {
            open.items.push(made);
            if is_new {
                (open.step, open.is_new) = (*step, true);
            }
        }
    }

    fn row(
        &mut self,
        (id, block, table, row): (usize, &Block, &Table, &Row),
        path: &[Step],
        leaf: Option<&LeafTexts<'d>>,
        pieces: LeafPieces,
        is_new: bool,
    ) {
        let columns = row.cells.len();
        let fits = self
            .last
            .as_ref()
            .is_some_and(|last| last.columns == columns && (!is_new || last.id.is_none_or(|other| other == id)));
        let made = Row { spaced: row.spaced, cells: filled_cells(row, leaf, &pieces) };
        let rows = match self.container().last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::Table(open)) if fits => Some(&mut open.rows),
            _ => None,
        };
        let is_first = rows.is_none();
        if let Some(rows) = rows {
            rows.push(made);
            if let Some(last) = &mut self.last {
                last.count += 1;
            }
        } else {
            self.place(path, is_new);
            let anchor = self.anchors.of(is_new.then_some(block.anchor));
            let kind = BlockKind::Table(Table { rows: vec![made], ..table.clone() });
            self.add(Block { anchor, kind });
            self.last = Some(Last { anchor, id: None, columns, count: 1 });
        }
        self.recorded_last(leaf, &pieces, is_new.then_some(id));
        if is_new && is_first {
            // Behind the head of the table those that were before it.
            let waiting = std::mem::take(&mut self.waiting);
            for (flat, leaf, pieces) in waiting {
                self.gone(&flat, &leaf, pieces);
            }
        }
    }

    /// Records the pieces of the row or line that was added last.
    fn recorded_last(&mut self, leaf: Option<&LeafTexts<'d>>, pieces: &LeafPieces, id: Option<usize>) {
        let Some(last) = &mut self.last else { return };
        last.id = id.or(last.id);
        let (anchor, at) = (last.anchor, last.count.saturating_sub(1));
        self.record(anchor, leaf, pieces, &|slot| match slot {
            Slot::Line(_) => Slot::Line(at),
            Slot::Cell(_, column, nth) => Slot::Cell(at, column, nth),
            Slot::CellLabel(_, column, nth) => Slot::CellLabel(at, column, nth),
            other => other,
        });
    }

    fn record(
        &mut self,
        anchor: Anchor,
        leaf: Option<&LeafTexts<'d>>,
        pieces: &LeafPieces,
        slot: &dyn Fn(Slot) -> Slot,
    ) {
        if let Some(label) = &pieces.label {
            self.texts.insert((anchor, Slot::Label), label.clone());
        }
        let components = leaf.map(|leaf| leaf.components.as_slice()).unwrap_or_default();
        for (text, pieces) in components.iter().zip(&pieces.components) {
            if let Some(pieces) = pieces {
                self.texts.insert((anchor, slot(text.slot)), pieces.clone());
            }
        }
    }

    /// Opens what a block stands in, as far as it is there, and closes all else.
    fn place(&mut self, path: &[Step], is_new: bool) {
        let at = self.align(path, is_new);
        self.close_to(at);
        self.last = None;
    }

    /// How much of what is open a path goes through; quotations are opened for it.
    fn align(&mut self, path: &[Step], is_new: bool) -> usize {
        let mut at = 0;
        for step in path {
            if let Some(open) = self.open.get_mut(at).filter(|open| fits(open, step, is_new)) {
                if is_new {
                    (open.step, open.is_new) = (*step, true);
                }
                at += 1;
            } else if matches!(step.of, StepKind::Quote(_)) {
                self.close_to(at);
                self.open.push(Open { step: *step, is_new, items: Vec::new(), blocks: Vec::new() });
                at += 1;
            }
            // A list without the item that it would stand in is left out.
        }
        at
    }

    fn container(&mut self) -> &mut Vec<Block> {
        let Builder { open, root, .. } = self;
        match open.last_mut() {
            Some(Open { step: Step { of: StepKind::Quote(_), .. }, blocks, .. }) => blocks,
            Some(Open { items, .. }) => items.last_mut().map_or(root, |item| &mut item.body),
            None => root,
        }
    }

    fn add(&mut self, block: Block) {
        self.last = None;
        self.container().push(block);
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth
            && let Some(Open { step, items, blocks, is_new }) = self.open.pop()
        {
            self.last = None;
            let anchor = if is_new { step.anchor } else { self.anchors.fresh() };
            let kind = match step.of {
                StepKind::List(numbering) => BlockKind::List(List { level: step.level, numbering, items }),
                StepKind::Quote(is_statement) => BlockKind::Quote { level: step.level, is_statement, blocks },
            };
            self.container().push(Block { anchor, kind });
        }
    }
}

/// Whether what is open is what a step leads through: of two that are new the same one.
fn fits(open: &Open, step: &Step, is_new: bool) -> bool {
    match open.is_new && is_new {
        true => open.step.id == step.id,
        false => (open.step.level, open.step.of) == (step.level, step.of),
    }
}

/// All words of some pieces.
fn all(pieces: Option<&Option<Vec<Piece>>>) -> Vec<Inline> {
    let pieces = pieces.and_then(Option::as_ref);
    pieces.into_iter().flatten().flat_map(|piece| piece.content.clone()).collect()
}

/// A block whose text is not empty where something was in it.
fn filled(kind: &BlockKind, pieces: &LeafPieces) -> BlockKind {
    let unnumbered = kind.heading().filter(|heading| heading.label.is_none() && pieces.label.is_some());
    let Some(Heading { level, content, .. }) = unnumbered else { return kind.clone() };
    BlockKind::Heading { level, label: Some(plain(&all(Some(&pieces.label)))), content: content.clone() }
}

/// The cells of a row, each with a paragraph where something is or was in it.
fn filled_cells(row: &Row, leaf: Option<&LeafTexts<'_>>, pieces: &LeafPieces) -> Vec<Vec<CellText>> {
    let mut cells = row.cells.clone();
    let components = leaf.map(|leaf| leaf.components.as_slice()).unwrap_or_default();
    for (text, pieces) in components.iter().zip(&pieces.components) {
        if let (Slot::Cell(_, column, 0), Some(_)) = (text.slot, pieces)
            && let Some(cell) = cells.get_mut(column).filter(|cell| cell.is_empty())
        {
            cell.push(CellText { label: None, line: 0, content: all(Some(pieces)) });
        }
    }
    cells
}
