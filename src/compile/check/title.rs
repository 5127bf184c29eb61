//! A title that stands a second time as a paragraph.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{Sources, Span};
use crate::syntax::ast::{Block, Inline};
use crate::syntax::words_of;

/// So many blocks may be one title.
const BLOCKS: usize = 4;

/// The title of the text, of an annex or a section, pasted below itself.
pub(super) fn again(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let blocks = context.filled.blocks.as_slice();
    let title: String = context.filled.title.iter().map(|line| words_of(line) + " ").collect();
    let place = context.filled.values.place("title");
    said(context.sources, &title, place, blocks, found);
    for (at, block) in blocks.iter().enumerate() {
        if let Some(keyword) = block.keyword() {
            let own: &[Inline] = &keyword.value;
            said(context.sources, &words_of(own), Some(keyword.word), &blocks[at + 1..], found);
        }
    }
}

fn said(sources: &Sources, title: &str, at: Option<Span>, blocks: &[Block], found: &mut Diagnostics) {
    let wanted = plain(title);
    if wanted.is_empty() {
        return;
    }
    let mut words = String::new();
    let mut first: Option<Span> = None;
    for (count, block) in blocks.iter().take(BLOCKS).enumerate() {
        let Some(paragraph) = block.paragraph().filter(|paragraph| paragraph.marker.is_none()) else { return };
        words.push_str(&plain(&words_of(&paragraph.content)));
        let start = *first.get_or_insert(block.span);
        if words == wanted {
            let place = start.to(block.span);
            let whole =
                blocks.get(count + 1).filter(|next| next.span.file == place.file && next.span.chain == place.chain);
            let between = whole
                .map(|next| place.to(next.span.head()))
                .filter(|whole| sources.slice(Span { start: place.end, ..*whole }).trim().is_empty());
            let mut finding =
                Diagnostic::new(Code::PastedTitle, place, "the title stands in the text too, and is printed twice")
                    .hint("delete it here: the compiler prints the title")
                    .fix("delete it", between.unwrap_or(place), "");
            finding.others.extend(at.map(|at| (at, "the title".to_owned())));
            found.push(finding);
            return;
        }
        if !wanted.starts_with(words.as_str()) {
            return;
        }
    }
}

/// Letters and figures alone, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
