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
    let is_named = |piece: &Piece| matches!(piece, Piece::Named { name, .. } if names.contains(&name.text));
    let is_comment = |piece: &Piece| matches!(piece, Piece::Block(block) if matches!(block.kind, BlockKind::Comment));
    if is_document {
        own.iter().for_each(|piece| nested_blocks(piece, found));
    }
    let unknown = |piece: &Piece| is_document && matches!(piece, Piece::Named { .. }) && !is_named(piece);
    let has_outside = own.iter().any(|piece| !is_comment(piece) && !is_named(piece) && !unknown(piece));
    let mut replacing: BTreeMap<String, (Word, Vec<Piece>)> = BTreeMap::new();
    let mut outside = Vec::new();
    for piece in own {
        match piece {
            // Beside a text of its own the block is a part of that text.
            Piece::Named { name, content }
                if names.contains(&name.text) && !(name.text == BODY && has_outside && !is_document) =>
            {
                if let Some((first, _)) = replacing.get(&name.text) {
                    found.push(
                        Diagnostic::new(
                            Code::UnknownBlock,
                            name.span,
                            format!("`block: {}` is given twice", name.text),
                        )
                        .other(first.span, "first given here")
                        .hint("put both texts into one of them"),
                    );
                    continue;
                }
                replacing.insert(name.text.clone(), (name, content));
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
            other => outside.push(other),
        }
    }
    if has_outside {
        let first = outside.iter().find(|piece| !is_comment(piece)).map(Piece::place).unwrap_or_default();
        if let Some((name, _)) = replacing.get(BODY).filter(|_| is_document) {
            found.push(
                Diagnostic::new(Code::UnknownBlock, first, "this text and `block: body` are for one place")
                    .other(name.span, "the block")
                    .hint("put the text into the block"),
            );
        } else if names.contains(BODY) {
            let name = Word { text: BODY.to_owned(), span: first };
            replacing.insert(BODY.to_owned(), (name, outside));
        } else {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let hint = match names.as_slice() {
                [] => {
                    "the template lets nothing be replaced; choose another, or let it have a `block: body`".to_owned()
                }
                names => format!("put it into one of the template's blocks: {}", names.join(", ")),
            };
            found.push(
                Diagnostic::new(Code::UnknownBlock, first, "the template has no place for text outside of its blocks")
                    .hint(hint),
            );
        }
    }
    let given: Vec<Word> = replacing.values().map(|(name, _)| name.clone()).collect();
    let mut composer = Composer { replacing, left: MAX_PIECES, found };
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
