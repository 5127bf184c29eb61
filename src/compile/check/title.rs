//! A title that stands a second time as a paragraph.

use std::ops::Range;

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
    // A keyword without words stands before what the text begins with: `preamble:`.
    let is_mere = |block: &&Block| block.keyword().is_some_and(|keyword| keyword.value.is_empty());
    let from = blocks.iter().take_while(is_mere).count();
    said(context.sources, &title, place, &blocks[from..], found);
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
        let Some(paragraph) = block.paragraph() else { return };
        // A number goes with a title that is all of its paragraph.
        let is_whole = match &paragraph.marker {
            Some(marker) => marker.is_number() && plain(&words_of(&paragraph.content)) == wanted,
            None => true,
        };
        if !is_whole {
            return;
        }
        let start = *first.get_or_insert(block.span);
        let before = words.len();
        words.push_str(&plain(&words_of(&paragraph.content)));
        if words == wanted {
            let place = start.to(block.span);
            let whole =
                blocks.get(count + 1).filter(|next| next.span.file == place.file && next.span.chain == place.chain);
            let between = whole
                .map(|next| place.to(next.span.head()))
                .filter(|whole| sources.slice(Span { start: place.end, ..*whole }).trim().is_empty());
            found.push(finding(place, at, between.unwrap_or(place)));
            return;
        }
        if !wanted.starts_with(words.as_str()) {
            let lines = lines_of(sources, block, &wanted[before..]).filter(|_| wanted.starts_with(&words[..before]));
            found.extend(lines.map(|lines| {
                let place = start.to(block.span.part(0..lines.start));
                finding(place, at, start.to(block.span.part(0..lines.end)))
            }));
            return;
        }
    }
}

/// The first lines of a block, if they are these words and others follow: where they end,
/// and where the others begin, in bytes of the block.
fn lines_of(sources: &Sources, block: &Block, wanted: &str) -> Option<Range<usize>> {
    let text = sources.slice(block.span);
    let mut words = String::new();
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        words.push_str(&plain(line));
        if words == wanted {
            let next = end + line.len();
            let rest = text[next..].trim_start();
            return (!rest.is_empty()).then(|| end + line.trim_end().len()..text.len() - rest.len());
        }
        if !wanted.starts_with(words.as_str()) {
            return None;
        }
        end += line.len();
    }
    None
}

fn finding(place: Span, title: Option<Span>, whole: Span) -> Diagnostic {
    let mut finding =
        Diagnostic::new(Code::PastedTitle, place, "the title stands in the text too, and is printed twice")
            .hint("delete it here: the compiler prints the title")
            .fix("delete it", whole, "");
    finding.others.extend(title.map(|at| (at, "the title".to_owned())));
    finding
}

/// Letters and figures alone, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
