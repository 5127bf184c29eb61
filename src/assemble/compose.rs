//! A document's blocks in the place of its template's.

use std::collections::{BTreeMap, BTreeSet};

use super::piece::{BODY, Piece};
use crate::diag::{Code, Diagnostic, Diagnostics, suggest};
use crate::syntax::ast::{BlockKind, Word};

/// Puts the named blocks of `own` in the place of those of `base`, and what
/// stands outside of them in the place of the block `body`. A template may
/// name blocks that `base` lacks, a document may not.
pub(crate) fn compose(base: Vec<Piece>, own: Vec<Piece>, is_document: bool, found: &mut Diagnostics) -> Vec<Piece> {
    let mut names = BTreeSet::new();
    collect_names(&base, &mut names);
    let mut replacing = replacements(own, &names, is_document, found);
    replacing.outside(&names, is_document, found);
    let given: Vec<Word> = replacing.blocks.values().map(|(name, _)| name.clone()).collect();
    let mut composer = Composer { replacing: replacing.blocks, left: MAX_PIECES, found };
    let composed = composer.replace(base);
    // A block inside one that was replaced is gone with it.
    let mut left = BTreeSet::new();
    collect_names(&composed, &mut left);
    for name in given.iter().filter(|name| name.text != BODY && !left.contains(&name.text)) {
        let message =
            format!("the block `{}` stands inside one that is replaced, and has no place any more", name.text);
        composer.found.push(
            Diagnostic::new(Code::UnknownBlock, name.span, message)
                .hint("put its text into the block that takes the other's place, or keep that with `{inherited}`"),
        );
    }
    composed
}

/// What takes the place of a template's blocks.
struct Replacements {
    /// By the names of the blocks.
    blocks: BTreeMap<String, (Word, Vec<Piece>)>,
    /// What stands outside of blocks that the template has.
    outside: Vec<Piece>,
    /// Whether there is more of it than comments.
    has_outside: bool,
}

fn is_comment(piece: &Piece) -> bool {
    matches!(piece, Piece::Block(block) if matches!(block.kind, BlockKind::Comment))
}

/// Divides a text into the blocks that take another's place and what stands
/// outside of them.
fn replacements(own: Vec<Piece>, names: &BTreeSet<String>, is_document: bool, found: &mut Diagnostics) -> Replacements {
    if is_document {
        for piece in &own {
            nested_blocks(piece, found);
        }
    }
    let is_outside = |piece: &Piece| match piece {
        // Of a document's blocks that are not there that is said.
        Piece::Named { name, .. } => !is_document && !names.contains(&name.text),
        piece => !is_comment(piece),
    };
    let has_outside = own.iter().any(is_outside);
    let mut replacing = Replacements { blocks: BTreeMap::new(), outside: Vec::new(), has_outside };
    for piece in own {
        match piece {
            // Beside a text of its own the block is a part of that text.
            Piece::Named { name, content }
                if names.contains(&name.text) && !(name.text == BODY && has_outside && !is_document) =>
            {
                replacing.add(name, content, found);
            }
            Piece::Named { name, .. } if is_document => {
                let message = format!("the template has no block `{}`", name.text);
                found.push(suggest(
                    Diagnostic::new(Code::UnknownBlock, name.span, message),
                    &name.text,
                    names.iter().map(String::as_str),
                    || format!("its blocks are {}", names.iter().cloned().collect::<Vec<_>>().join(", ")),
                    Some(name.span),
                ));
            }
            other => replacing.outside.push(other),
        }
    }
    replacing
}

impl Replacements {
    fn add(&mut self, name: Word, content: Vec<Piece>, found: &mut Diagnostics) {
        match self.blocks.get(&name.text) {
            Some((first, _)) => {
                let message = format!("`block: {}` is given twice", name.text);
                found.push(
                    Diagnostic::new(Code::UnknownBlock, name.span, message)
                        .other(first.span, "first given here")
                        .hint("put both texts into one of them"),
                );
            }
            None => {
                self.blocks.insert(name.text.clone(), (name, content));
            }
        }
    }

    /// Gives what stands outside of blocks the place of `body`.
    fn outside(&mut self, names: &BTreeSet<String>, is_document: bool, found: &mut Diagnostics) {
        if !self.has_outside {
            return;
        }
        let outside = std::mem::take(&mut self.outside);
        let first = outside.iter().find(|piece| !is_comment(piece)).map(Piece::place).unwrap_or_default();
        if let Some((name, _)) = self.blocks.get(BODY)
            && is_document
        {
            found.push(
                Diagnostic::new(Code::UnknownBlock, first, "this text and `block: body` are for one place")
                    .other(name.span, "the block")
                    .hint("put the text into the block"),
            );
            return;
        }
        if names.contains(BODY) {
            let name = Word { text: BODY.to_owned(), span: first };
            self.blocks.insert(BODY.to_owned(), (name, outside));
            return;
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let hint = match names.as_slice() {
            [] => "the template lets nothing be replaced; choose another, or let it have a `block: body`".to_owned(),
            names => format!("put it into one of the template's blocks: {}", names.join(", ")),
        };
        let message = "the template has no place for text outside of its blocks";
        found.push(Diagnostic::new(Code::UnknownBlock, first, message).hint(hint));
    }
}

fn collect_names(pieces: &[Piece], names: &mut BTreeSet<String>) {
    for piece in pieces {
        if let Piece::Named { name, .. } = piece {
            names.insert(name.text.clone());
        }
        piece.contents().into_iter().for_each(|content| collect_names(content, names));
    }
}

/// A document's blocks stand beside each other: one inside another part would
/// be decided with it, and never take the template's place.
fn nested_blocks(piece: &Piece, found: &mut Diagnostics) {
    for inner in piece.contents().into_iter().flatten() {
        if let Piece::Named { name, .. } = inner {
            let message = format!("`block: {}` stands inside another part", name.text);
            found.push(
                Diagnostic::new(Code::UnknownBlock, name.span, message)
                    .hint("end the other part before it: a document's blocks stand beside each other"),
            );
        }
        nested_blocks(inner, found);
    }
}

/// So many pieces may come in by `{inherited}`: a template that doubles what
/// it inherits, on one that does the same, ends here.
const MAX_PIECES: usize = 100_000;

struct Composer<'a> {
    replacing: BTreeMap<String, (Word, Vec<Piece>)>,
    left: usize,
    found: &'a mut Diagnostics,
}

impl Composer<'_> {
    fn replace(&mut self, pieces: Vec<Piece>) -> Vec<Piece> {
        let mut out = Vec::new();
        for piece in pieces {
            out.push(match piece {
                Piece::Named { name, content } => match self.replacing.get(&name.text).cloned() {
                    Some((_, new)) if name.text == BODY => {
                        let old = self.replace(content);
                        out.extend(self.inherit(new, &old));
                        continue;
                    }
                    Some((own, new)) => {
                        let old = self.replace(content);
                        Piece::Named { name: Word { text: name.text, ..own }, content: self.inherit(new, &old) }
                    }
                    None => Piece::Named { name, content: self.replace(content) },
                },
                other => other.map_content(&mut |content| self.replace(content)),
            });
        }
        out
    }

    /// The new text of a block, with what it replaces where it says
    /// `{inherited}`.
    fn inherit(&mut self, new: Vec<Piece>, old: &[Piece]) -> Vec<Piece> {
        let mut out = Vec::new();
        for piece in new {
            match piece {
                Piece::Inherited(place) => {
                    let size: usize = old.iter().map(Piece::size).sum();
                    match self.left.checked_sub(size) {
                        Some(left) => {
                            self.left = left;
                            out.extend(old.iter().cloned());
                        }
                        None => self.found.push(
                            Diagnostic::new(
                                Code::LimitReached,
                                place,
                                format!("more than {MAX_PIECES} blocks are inherited"),
                            )
                            .hint("write `{inherited}` once in a block"),
                        ),
                    }
                }
                other => out.push(other.map_content(&mut |content| self.inherit(content, old))),
            }
        }
        out
    }
}
