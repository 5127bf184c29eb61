//! A document as a list: its blocks one after the other, each with the texts of the leaf that
//! it is in a comparison.

use std::borrow::Cow;

use super::slices::notes_in;
use crate::layout::{Column, Slot};
use crate::model::{Anchor, Block, BlockKind, Document, Inline, Item, List, Numbering, Part, Row, Table, Text};

/// What a block stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Which list or quotation of its document.
    pub id: usize,
    /// That of the block.
    pub anchor: Anchor,
    pub level: usize,
    pub of: StepKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepKind {
    /// An item of a list.
    List(Numbering),
    /// A quotation, or a statement.
    Quote(bool),
}

/// A block without what belongs to it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind<'d> {
    /// A text.
    Text(&'d Block),
    /// What has no words of its own, or only such as follow others.
    Still(&'d Block),
    /// An item of the list that its path ends with.
    Item(&'d Item),
    /// A row of the table with this number.
    Row(usize, &'d Block, &'d Table, &'d Row),
    /// A line of several.
    Line(usize, &'d Block, bool, &'d Text),
}

/// A block in its place.
#[derive(Clone, Debug)]
pub(super) struct Flat<'d> {
    pub path: Vec<Step>,
    pub kind: Kind<'d>,
    /// The leaf that it is.
    pub leaf: Option<usize>,
}

/// A text of a leaf, and what stands before it in the words of the leaf.
#[derive(Clone, Debug)]
pub(super) struct Component<'d> {
    pub slot: Slot,
    pub before: &'static str,
    pub content: Cow<'d, [Inline]>,
}

/// What a leaf is in its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Head,
    Title,
    By,
    Block,
    Note(usize),
}

/// The texts of a leaf.
#[derive(Clone, Debug)]
pub(super) struct LeafTexts<'d> {
    pub part: usize,
    pub place: Place,
    /// Its number as it is printed.
    pub label: Option<String>,
    pub components: Vec<Component<'d>>,
}

/// A part of a document.
#[derive(Clone, Debug)]
pub(super) struct FlatPart<'d> {
    pub part: &'d Part,
    pub flats: Vec<Flat<'d>>,
}

/// A document as a list; texts that are appended to it are compared by themselves.
#[derive(Clone, Debug, Default)]
pub(super) struct FlatDocument<'d> {
    pub parts: Vec<FlatPart<'d>>,
    pub leaves: Vec<LeafTexts<'d>>,
}

impl<'d> FlatDocument<'d> {
    pub fn of(document: &'d Document) -> FlatDocument<'d> {
        let mut walk = Walk { flat: FlatDocument::default(), path: Vec::new(), ids: 0 };
        walk.document(document);
        walk.flat
    }
}

impl FlatDocument<'_> {
    /// The anchors of all parts and blocks.
    pub fn anchors(&self) -> impl Iterator<Item = Anchor> {
        self.parts.iter().flat_map(|part| {
            let of_flat = |flat: &Flat<'_>| match flat.kind {
                Kind::Text(block) | Kind::Still(block) | Kind::Row(_, block, ..) | Kind::Line(_, block, ..) => {
                    block.anchor
                }
                Kind::Item(item) => item.anchor,
            };
            let around = |flat: &Flat<'_>| flat.path.iter().map(|step| step.anchor).collect::<Vec<_>>();
            let flats = part.flats.iter().flat_map(move |flat| around(flat).into_iter().chain([of_flat(flat)]));
            [part.part.anchor].into_iter().chain(flats)
        })
    }
}

struct Walk<'d> {
    flat: FlatDocument<'d>,
    path: Vec<Step>,
    ids: usize,
}

/// A text that is nothing but words.
fn words<'d>(text: &str) -> Cow<'d, [Inline]> {
    Cow::Owned(vec![Inline::Text(text.to_owned())])
}

impl<'d> Walk<'d> {
    fn document(&mut self, document: &'d Document) {
        for (at, part) in document.parts.iter().enumerate() {
            self.flat.parts.push(FlatPart { part, flats: Vec::new() });
            if at == 0 {
                self.letterhead(document);
            }
            self.part(part);
        }
    }

    /// The lines of the first page, in the order in which they are compared.
    fn letterhead(&mut self, document: &'d Document) {
        let head = &document.letterhead;
        for (column, rows) in [(Column::Right, &head.right), (Column::Left, &head.left)] {
            for (at, row) in rows.iter().enumerate() {
                self.head(Slot::Letterhead(column, at), &row.text);
            }
        }
        document.draft.iter().for_each(|word| self.head(Slot::Draft, word));
        for (at, line) in head.meeting.iter().enumerate() {
            self.head(Slot::Meeting(at), line);
        }
        head.correction.iter().for_each(|line| self.head(Slot::Correction, line));
        head.file_code.iter().for_each(|line| self.head(Slot::FileCode, line));
    }

    fn head(&mut self, slot: Slot, line: &str) {
        if !line.is_empty() {
            self.leaf(Place::Head, None, vec![Component { slot, before: "", content: words(line) }]);
        }
    }

    fn part(&mut self, part: &'d Part) {
        for (at, line) in part.head.iter().enumerate() {
            self.head(Slot::Head(at), &line.text);
        }
        for (at, line) in part.meeting.iter().enumerate() {
            let content = Cow::Borrowed(line.as_slice());
            self.leaf(Place::Head, None, vec![Component { slot: Slot::Meeting(at), before: "", content }]);
        }
        let mut title: Vec<Component<'d>> = Vec::new();
        if let Some(line) = &part.title_line {
            title.push(Component { slot: Slot::TitleLine, before: "", content: words(line) });
        }
        for (at, line) in part.title.iter().enumerate() {
            let before = if title.is_empty() { "" } else { " " };
            title.push(Component { slot: Slot::Title(at), before, content: Cow::Borrowed(line) });
        }
        let has_words = title.len() > 1 || title.iter().any(|line| super::slices::length(&line.content) > 0);
        if has_words || part.title_line.is_some() {
            self.leaf(Place::Title, None, title);
        }
        if let Some(by) = &part.by {
            self.leaf(Place::By, None, vec![Component { slot: Slot::By, before: "", content: words(by) }]);
        }
        self.path.clear();
        part.blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'d Block) {
        match &block.kind {
            BlockKind::Opening(content)
            | BlockKind::Clause(content)
            | BlockKind::Prose(content)
            | BlockKind::Continuation { content, .. } => self.text(block, None, content),
            BlockKind::Heading { label, content, .. } => self.text(block, label.clone(), content),
            BlockKind::List(list) => self.list(block, list),
            BlockKind::Quote { level, is_statement, blocks } if !blocks.is_empty() => {
                self.step(block.anchor, *level, StepKind::Quote(*is_statement));
                blocks.iter().for_each(|block| self.block(block));
                self.path.pop();
            }
            BlockKind::Lines { is_signature, lines } => {
                self.ids += 1;
                let id = self.ids;
                for line in lines {
                    self.flat(Kind::Line(id, block, *is_signature, line), true);
                    self.own(None, Slot::Line(0), line);
                }
            }
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::Contents(_) | BlockKind::Quote { .. } => self.flat(Kind::Still(block), false),
        }
    }

    fn step(&mut self, anchor: Anchor, level: usize, of: StepKind) {
        self.ids += 1;
        self.path.push(Step { id: self.ids, anchor, level, of });
    }

    fn list(&mut self, block: &'d Block, list: &'d List) {
        self.step(block.anchor, list.level, StepKind::List(list.numbering));
        for item in &list.items {
            self.flat(Kind::Item(item), true);
            self.own(Some(item.label.clone()), Slot::Text, &item.content);
            item.body.iter().for_each(|block| self.block(block));
        }
        self.path.pop();
    }

    fn table(&mut self, block: &'d Block, table: &'d Table) {
        if table.rows.is_empty() {
            return self.flat(Kind::Still(block), false);
        }
        self.ids += 1;
        let id = self.ids;
        for row in &table.rows {
            self.flat(Kind::Row(id, block, table, row), true);
            let mut components: Vec<Component<'d>> = Vec::new();
            for (column, cell) in row.cells.iter().enumerate() {
                let mut before = if column > 0 { " | " } else { "" };
                for (at, text) in cell.iter().enumerate() {
                    if let Some(label) = &text.label {
                        let slot = Slot::CellLabel(0, column, at);
                        components.push(Component { slot, before, content: words(label) });
                        before = " ";
                    }
                    let content = Cow::Borrowed(text.content.as_slice());
                    components.push(Component { slot: Slot::Cell(0, column, at), before, content });
                    before = " ";
                }
                if cell.is_empty() {
                    let content = Cow::Borrowed(&[][..]);
                    components.push(Component { slot: Slot::Cell(0, column, 0), before, content });
                }
            }
            self.leaf(Place::Block, None, components);
        }
    }

    fn flat(&mut self, kind: Kind<'d>, is_leaf: bool) {
        let leaf = is_leaf.then_some(self.flat.leaves.len());
        let path = self.path.clone();
        if let Some(part) = self.flat.parts.last_mut() {
            part.flats.push(Flat { path, kind, leaf });
        }
    }

    fn text(&mut self, block: &'d Block, label: Option<String>, content: &'d [Inline]) {
        self.flat(Kind::Text(block), true);
        self.own(label, Slot::Text, content);
    }

    fn own(&mut self, label: Option<String>, slot: Slot, content: &'d [Inline]) {
        self.leaf(Place::Block, label, vec![Component { slot, before: "", content: Cow::Borrowed(content) }]);
    }

    /// A leaf, and the notes whose marks stand in it behind it.
    fn leaf(&mut self, place: Place, label: Option<String>, components: Vec<Component<'d>>) {
        let part = self.flat.parts.len().saturating_sub(1);
        let marks: Vec<usize> = components.iter().flat_map(|component| notes_in(&component.content)).collect();
        self.flat.leaves.push(LeafTexts { part, place, label, components });
        let Some(notes) = self.flat.parts.last().map(|part| &part.part.notes) else { return };
        for at in marks {
            let Some(note) = notes.get(at) else { continue };
            let text = Component { slot: Slot::Note(at), before: "", content: Cow::Borrowed(&note.content[..]) };
            let label = Some(note.mark.clone());
            self.flat.leaves.push(LeafTexts { part, place: Place::Note(at), label, components: vec![text] });
        }
    }
}
