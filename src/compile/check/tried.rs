//! A fix is tried before it is offered: what it writes is read as a text.

use crate::diag::Diagnostics;
use crate::source::{FileId, Source, Sources, Span};
use crate::syntax;
use crate::syntax::ast::{Block, BlockKind, Segment, StructureName};

/// The blocks that a text would be, comments left out; none where it is more than
/// blocks.
pub(super) fn blocks(text: &str) -> Option<Vec<Block>> {
    let source = Source::new("", format!("---\n{text}\n"));
    let file = syntax::parse_included(&source, FileId::default(), &mut Diagnostics::default());
    let blocks = file.body.into_iter().filter_map(|segment| match segment {
        Segment::Block(Block { kind: BlockKind::Comment, .. }) => None,
        Segment::Block(block) => Some(Some(block)),
        Segment::Quote(block, _) | Segment::Table(block, _) => Some(Some(block)),
        Segment::Directive(_) => Some(None),
    });
    blocks.collect()
}

/// Whether a text would begin with a keyword.
pub(super) fn begins_with(text: &str, name: StructureName) -> bool {
    let first = blocks(text).and_then(|blocks| blocks.into_iter().next());
    first.as_ref().and_then(Block::keyword).is_some_and(|keyword| keyword.name == name)
}

/// Whether a text would be so many paragraphs and nothing else.
pub(super) fn are_paragraphs(text: &str, count: usize) -> bool {
    blocks(text).is_some_and(|blocks| blocks.len() == count && blocks.iter().all(|block| block.paragraph().is_some()))
}

/// The text of a place with edits in it, in their order.
pub(super) fn edited(sources: &Sources, place: Span, edits: &[(Span, String)]) -> String {
    let mut out = String::new();
    let mut at = place.head();
    for (span, new) in edits {
        out.push_str(sources.slice(at.to(span.head())));
        out.push_str(new);
        at = span.tail();
    }
    out.push_str(sources.slice(at.to(place.tail())));
    out
}
