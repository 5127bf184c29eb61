//! What blocks a text has, whatever they say: to see whether a change of the text is
//! one of its words alone.

use super::compilation::Compilation;
use crate::model::{Block, BlockKind, Document};

/// The blocks of a text in their order: what each is, and how deep.
pub(super) type Shape = Vec<(Kind, usize)>;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Part,
    Opening,
    Clause,
    Prose,
    List,
    Item,
    Continuation,
    Heading,
    Lines,
    Contents,
    Quote,
    Table,
}

/// The blocks of what came of a text; of one that is no document none.
pub(super) fn shape(compilation: &Compilation) -> Shape {
    let mut shape = Shape::new();
    let mut documents: Vec<&Document> = compilation.document.iter().collect();
    while let Some(document) = documents.pop() {
        for part in &document.parts {
            shape.push((Kind::Part, part.notes.len()));
            blocks(&part.blocks, &mut shape);
        }
        documents.extend(document.members().map(|member| &member.document));
    }
    shape
}

/// Blocks and what is in them, on a stack.
fn blocks(blocks: &[Block], shape: &mut Shape) {
    let mut open: Vec<&Block> = blocks.iter().rev().collect();
    while let Some(block) = open.pop() {
        let one = match &block.kind {
            BlockKind::Opening(_) => (Kind::Opening, 0),
            BlockKind::Clause(_) => (Kind::Clause, 0),
            BlockKind::Prose(_) => (Kind::Prose, 0),
            BlockKind::Continuation { level, .. } => (Kind::Continuation, *level),
            BlockKind::Heading { level, .. } => (Kind::Heading, *level),
            BlockKind::Contents(contents) => (Kind::Contents, contents.entries.len()),
            BlockKind::Lines { lines, .. } => (Kind::Lines, lines.len()),
            BlockKind::Quote { level, blocks, .. } => {
                open.extend(blocks.iter().rev());
                (Kind::Quote, *level)
            }
            BlockKind::Table(table) => (Kind::Table, table.rows.len()),
            BlockKind::List(list) => {
                for item in list.items.iter().rev() {
                    open.extend(item.body.iter().rev());
                }
                shape.extend(list.items.iter().map(|item| (Kind::Item, item.body.len())));
                (Kind::List, list.level)
            }
        };
        shape.push(one);
    }
}
