//! Brackets over several blocks: `[3. We act: … (b) to write;]`. They open at the
//! start of a block, close in a later one, and both stand in one container: a part, a
//! branch, a loop, a quotation.

use super::ast::{Block, BlockKind, Directive, DirectiveName, Inline, Paragraph, Segment};
use super::signs::words_at;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Pairs the brackets of a text that span blocks; what has no other end is a fault, and
/// its sign is text.
pub(super) fn pair(text: &str, segments: &mut [Segment], found: &mut Diagnostics) {
    let mut pairing = Pairing { containers: vec![Vec::new()], unpaired: Vec::new() };
    for (at, segment) in segments.iter_mut().enumerate() {
        match segment {
            Segment::Quote(_, content) | Segment::Table(_, content) => pair(text, content, found),
            Segment::Directive(directive) => pairing.directive(directive),
            Segment::Block(block) => pairing.block(at, block),
        }
    }
    let ends = pairing.left();
    for end in &ends {
        found.extend(content_of(segments, end).and_then(|content| content.get(end.at)).map(without_other));
    }
    // From the last, so that the places of those before it stay.
    for end in ends.iter().rev() {
        if let Some(content) = content_of(segments, end)
            && let Some(span) = content.get(end.at).map(Inline::span)
        {
            content.splice(end.at..=end.at, words_at(&text[span.range()], span));
        }
    }
}

/// The content that an end stands in.
fn content_of<'s>(segments: &'s mut [Segment], end: &End) -> Option<&'s mut Vec<Inline>> {
    match segments.get_mut(end.block)? {
        Segment::Block(Block { kind: BlockKind::Paragraph(paragraph), .. }) => Some(&mut paragraph.content),
        Segment::Block(_) | Segment::Quote(..) | Segment::Table(..) | Segment::Directive(_) => None,
    }
}

/// An end of a bracket, by its block and its place in the content.
struct End {
    block: usize,
    at: usize,
}

struct Pairing {
    /// The brackets that are open in each container, the innermost last.
    containers: Vec<Vec<End>>,
    /// Ends whose other end is missing.
    unpaired: Vec<End>,
}

impl Pairing {
    fn directive(&mut self, directive: &Directive) {
        match directive.name {
            DirectiveName::If | DirectiveName::For | DirectiveName::Block => self.containers.push(Vec::new()),
            DirectiveName::Else => self.end_container(),
            DirectiveName::End if self.containers.len() > 1 => {
                self.end_container();
                self.containers.pop();
            }
            DirectiveName::End | DirectiveName::Include => {}
        }
    }

    /// What is open in the innermost container has no other end.
    fn end_container(&mut self) {
        if let Some(open) = self.containers.last_mut() {
            self.unpaired.append(open);
        }
    }

    fn block(&mut self, block: usize, content: &Block) {
        match &content.kind {
            BlockKind::Keyword(keyword) if keyword.name.begins_part() => self.end_container(),
            BlockKind::Paragraph(paragraph) => self.paragraph(block, paragraph),
            BlockKind::Keyword(_) | BlockKind::Comment | BlockKind::Quote(_) | BlockKind::Table(_) => {}
        }
    }

    fn paragraph(&mut self, block: usize, paragraph: &Paragraph) {
        for (at, inline) in paragraph.content.iter().enumerate() {
            let end = End { block, at };
            match inline {
                Inline::OpenBracket { .. } => {
                    if let Some(open) = self.containers.last_mut() {
                        open.push(end);
                    }
                }
                Inline::CloseBracket(_) => self.close(end),
                // Ends stand beside the other words, never in them.
                _ => {}
            }
        }
    }

    /// Pairs a closing bracket with the innermost one that is open.
    fn close(&mut self, end: End) {
        let opened = self.containers.last_mut().and_then(Vec::pop);
        if opened.is_none() {
            self.unpaired.push(end);
        }
    }

    fn left(mut self) -> Vec<End> {
        self.unpaired.extend(self.containers.into_iter().flatten());
        // In the order of the text.
        self.unpaired.sort_by_key(|end| (end.block, end.at));
        self.unpaired
    }
}

/// What is said of an end without another one.
fn without_other(end: &Inline) -> Diagnostic {
    match end {
        Inline::OpenBracket { .. } => unclosed(end.span()),
        _ => stray(end.span()),
    }
}

/// A bracket that nothing closes.
pub(super) fn unclosed(open: Span) -> Diagnostic {
    let message = "this bracket is not closed in its paragraph";
    let hint = "write `]` where the text that is not agreed ends; only a bracket at the start of a paragraph may go on \
                over others";
    Diagnostic::new(Code::UnclosedBracket, open.part(0..1), message).hint(hint)
}

/// A `]` that nothing opens.
pub(super) fn stray(place: Span) -> Diagnostic {
    let hint = "delete it, or open the bracket before it; `\\]` prints the sign";
    Diagnostic::new(Code::StrayClosing, place, "`]` closes no bracket").hint(hint).fix("write `\\]`", place, "\\]")
}
