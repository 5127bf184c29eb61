//! The branches that were not taken, so that they can be checked.

use std::collections::BTreeSet;

use super::files::Files;
use super::include::{Library, resolve};
use super::piece::Piece;
use crate::source::{Chain, Sources};
use crate::syntax::ast::{Block, BlockKind, Inline, Paragraph, Row, Word};

/// The blocks of every branch, once each, their values still open.
pub(crate) fn every_branch(pieces: &[Piece], library: &Library, files: &Files<'_>, sources: &Sources) -> Vec<Block> {
    let mut untaken = Untaken::default();
    untaken.pieces(pieces, None, &|path| {
        let resolved = resolve(path, files, sources).ok()?;
        library.clauses.get(&resolved)?.as_ref().map(|clause| (resolved, clause.text.as_slice()))
    });
    untaken.blocks
}

/// The text at the path of an include, with the path that it was found at.
type Find<'f, 'p> = &'f dyn Fn(&Word) -> Option<(String, &'p [Piece])>;

/// The rows of a table in every branch.
fn each_row(pieces: &[Piece], visit: &mut dyn FnMut(&Row)) {
    for piece in pieces {
        if let Piece::Block(Block { kind: BlockKind::Table(table), .. }) = piece {
            table.rows.iter().for_each(&mut *visit);
        }
        piece.contents().into_iter().for_each(|content| each_row(content, visit));
    }
}

/// The branches that were not taken.
#[derive(Default)]
pub(super) struct Untaken {
    pub blocks: Vec<Block>,
    /// The bytes of those that are kept: a loop passes a branch many times.
    seen: BTreeSet<(crate::source::FileId, u32, u32)>,
    included: BTreeSet<String>,
}

impl Untaken {
    pub fn pieces<'p>(&mut self, pieces: &'p [Piece], chain: Option<Chain>, find: Find<'_, 'p>) {
        for piece in pieces {
            match piece {
                Piece::Block(block) => self.block(block, chain),
                Piece::Table(block, _) if self.seen.contains(&block.span.bytes()) => {}
                Piece::Table(block, rows) => {
                    let mut whole = block.clone();
                    if let BlockKind::Table(table) = &mut whole.kind {
                        each_row(rows, &mut |row| table.rows.push(row.clone()));
                    }
                    self.block(&whole, chain);
                }
                Piece::Include { path, .. } => {
                    if let Some((resolved, text)) = find(path)
                        && self.included.insert(resolved)
                    {
                        self.pieces(text, None, find);
                    }
                }
                Piece::Quote(..) | Piece::If { .. } | Piece::For { .. } | Piece::Named { .. } | Piece::Inherited(_) => {
                    piece.contents().into_iter().for_each(|content| self.pieces(content, chain, find));
                }
            }
        }
    }

    fn block(&mut self, block: &Block, chain: Option<Chain>) {
        if self.seen.insert(block.span.bytes()) {
            let mut block = block.clone();
            if let Some(chain) = chain {
                block.each_span(&mut |span| *span = span.by(chain));
            }
            self.blocks.push(block);
        }
    }

    /// A branch inside a paragraph.
    pub fn text(&mut self, content: &[Inline], chain: Option<Chain>) {
        let (Some(first), Some(last)) = (content.first(), content.last()) else { return };
        let span = first.span().to(last.span());
        let paragraph = Paragraph { content: content.to_vec(), ..Paragraph::default() };
        self.block(&Block { span, indent: 0, kind: BlockKind::Paragraph(paragraph) }, chain);
    }
}
