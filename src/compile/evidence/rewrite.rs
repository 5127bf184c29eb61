//! The blocks of a text, changed as was decided.

use super::candidates::{Candidate, Stands};
use super::decide::Decision;
use crate::source::{Sources, Span};
use crate::syntax::ast::{Block, BlockKind, Header, Inline, Keyword, Paragraph, StructureName, Word};
use crate::syntax::marker::Marker;

/// Changes the blocks so that each marker in them is one.
pub(super) fn rewrite(blocks: &mut Vec<Block>, all: &[Candidate], decided: &[Decision], sources: &Sources) {
    let mut decisions = all.iter().zip(decided).peekable();
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for (at, block) in std::mem::take(blocks).into_iter().enumerate() {
        let mut current = block;
        while let Some((candidate, decision)) = decisions.next_if(|(candidate, _)| candidate.block == at) {
            match (decision, candidate.stands) {
                (Decision::Words, Stands::Typed) => restore(&mut current, sources),
                (Decision::Words, Stands::Offered | Stands::Behind) | (Decision::Marker, Stands::Typed) => {}
                (Decision::Marker, Stands::Offered) => take(&mut current, &candidate.marker),
                (Decision::Marker, Stands::Behind) => out.extend(divide(&mut current, &candidate.marker)),
                (Decision::Subsection, _) => subsection(&mut current),
            }
        }
        match out.last_mut() {
            Some(before) if goes_on(before, &current) => join(before, current),
            _ => out.push(current),
        }
    }
    *blocks = out;
}

/// Puts a marker that is none back before the words of its paragraph.
fn restore(block: &mut Block, sources: &Sources) {
    let BlockKind::Paragraph(paragraph) = &mut block.kind else { return };
    let Some(marker) = paragraph.marker.take() else { return };
    let typed = Inline::Text(Word { text: sources.slice(marker.span).to_owned(), span: marker.span });
    let content = match paragraph.content.first_mut() {
        Some(Inline::Bracket { alternatives, .. }) if paragraph.bracket_before.is_some() => {
            &mut alternatives[0].content
        }
        _ => &mut paragraph.content,
    };
    // A bracket that goes on over other paragraphs stays before the words.
    let at = usize::from(matches!(content.first(), Some(Inline::OpenBracket { .. })));
    let gap = content.get(at).map(|first| Inline::Break(marker.span.tail().to(first.span().head())));
    content.splice(at..at, [typed].into_iter().chain(gap));
    paragraph.bracket_before = None;
}

/// Takes the marker out of the words of a paragraph.
fn take(block: &mut Block, marker: &Marker) {
    let BlockKind::Paragraph(paragraph) = &mut block.kind else { return };
    without(&mut paragraph.content, marker.span);
    paragraph.marker = Some(marker.clone());
}

/// A content without the bytes of a marker, and the blanks and the line break after
/// it. Returns how many pieces stand before it.
fn without(content: &mut Vec<Inline>, marker: Span) -> usize {
    let holds = |inline: &Inline| matches!(inline, Inline::Text(word) if word.span.contains(marker));
    let Some(at) = content.iter().position(holds) else { return 0 };
    if let Inline::Text(word) = &mut content[at] {
        let cut = marker.range().end - word.span.range().start;
        let rest = word.text[cut..].trim_start();
        let from = word.text.len() - rest.len();
        *word = Word { text: rest.to_owned(), span: word.span.part(from..word.text.len()) };
        if word.text.is_empty() {
            content.remove(at);
        }
    }
    if matches!(content.get(at), Some(Inline::Break(_))) {
        content.remove(at);
    }
    at
}

/// Divides a paragraph at the marker behind its own: the block keeps what comes after,
/// and what stood before is returned.
fn divide(block: &mut Block, marker: &Marker) -> Option<Block> {
    let BlockKind::Paragraph(paragraph) = &mut block.kind else { return None };
    let at = without(&mut paragraph.content, marker.span);
    let rest = paragraph.content.split_off(at);
    let own = Paragraph { content: rest, marker: Some(marker.clone()), ..Paragraph::default() };
    let mut first = std::mem::replace(paragraph, own);
    std::mem::swap(&mut first.lines, &mut paragraph.lines);
    first.leads_in = true;
    let whole = block.span;
    block.span = marker.span.to(whole.tail());
    let span = whole.head().to(marker.span.head());
    Some(Block { span, indent: block.indent, kind: BlockKind::Paragraph(first) })
}

/// A letter with a title over numbered paragraphs is the heading that `subsection:`
/// makes.
fn subsection(block: &mut Block) {
    let BlockKind::Paragraph(paragraph) = &mut block.kind else { return };
    let word = paragraph.marker.as_ref().map_or(block.span.head(), |marker| marker.span);
    block.kind = BlockKind::Keyword(Keyword {
        name: StructureName::Subsection,
        word,
        lines: paragraph.lines.iter().map(|line| line.span).collect(),
        value: std::mem::take(&mut paragraph.content),
        header: Header::default(),
    });
}

/// Whether a block goes on with the paragraph before it: only its marker, which is
/// none, had set it apart.
fn goes_on(before: &Block, block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(Paragraph { marker: None, is_joined: true, .. }))
        && matches!(&before.kind, BlockKind::Paragraph(_))
        // What a template or a clause put before it is another text.
        && (before.span.file, before.span.chain) == (block.span.file, block.span.chain)
}

fn join(before: &mut Block, block: Block) {
    let (BlockKind::Paragraph(paragraph), BlockKind::Paragraph(more)) = (&mut before.kind, block.kind) else { return };
    paragraph.content.push(Inline::Break(before.span.tail().to(block.span.head())));
    paragraph.content.extend(more.content);
    paragraph.lines.extend(more.lines);
    before.span = before.span.to(block.span);
}
