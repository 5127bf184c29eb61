//! Nothing is lost: whatever is printed of a text is in its document, or a finding
//! says why it is not. Held while the program is made and tested.

use super::context::Context;
use super::flat::GAP;
use super::passage::Passage;
use crate::diag::Diagnostics;
use crate::model::{Block, BlockKind, CellText, Document, Inline, on_one_line, plain};
use crate::source::Span;
use crate::syntax::ast::{self, StructureName};

/// Longer texts are not compared: each stretch of words is looked for in all.
const MAX_BYTES: usize = 1 << 16;

/// The words of a text that its document does not have and of which nothing was
/// said; none as long as the stages before it are right.
pub(super) fn lost(
    context: &Context<'_>,
    passages: &[Passage<'_>],
    document: &Document,
    found: &Diagnostics,
) -> Option<String> {
    let printed = passages.iter().filter(|passage| passage.is_printed && !steers(context, passage));
    if printed.clone().map(|passage| passage.flat.text.len()).sum::<usize>() > MAX_BYTES {
        return None;
    }
    let set = words_of(document);
    let is_said = |passage: &Passage<'_>| {
        let block = passage.block.and_then(|number| context.filled.blocks.get(number)).map(|block| block.span);
        let Some(place) = block.or_else(|| passage.content.first().map(ast::Inline::span)) else { return true };
        let touches = |other: Span| other.file == place.file && other.start <= place.end && place.start <= other.end;
        found.iter().any(|finding| touches(finding.place))
    };
    let stretches = printed.flat_map(|passage| passage.flat.text.split(GAP).map(move |words| (passage, words)));
    let missing = |(passage, words): &(&Passage<'_>, &str)| {
        let words = bare(words);
        // A bracket that opened before a marker is a part of the label, and the hyphen of an item in a
        // cell is printed as a dash.
        let is_set = set.contains(&words) || words.strip_prefix(['[', '-']).is_some_and(|rest| set.contains(rest));
        !is_set && !is_said(passage)
    };
    stretches.into_iter().find(missing).map(|(_, words)| words.to_owned())
}

/// Whether words stand beside a keyword that prints none.
fn steers(context: &Context<'_>, passage: &Passage<'_>) -> bool {
    let block = passage.block.and_then(|number| context.filled.blocks.get(number));
    block.and_then(|block| block.keyword()).is_some_and(|keyword| match keyword.name {
        StructureName::Numbering | StructureName::Member => true,
        // The number of an item is counted.
        StructureName::Row => context.sources.slice(keyword.word) == "number",
        StructureName::Preamble
        | StructureName::Operative
        | StructureName::Section
        | StructureName::Subsection
        | StructureName::Heading
        | StructureName::Annex
        | StructureName::Attachment
        | StructureName::Session
        | StructureName::Item
        | StructureName::Decision
        | StructureName::Address
        | StructureName::Signature
        | StructureName::Contents => false,
    })
}

/// All words of a document without its blanks, one text after the other.
fn words_of(document: &Document) -> String {
    let mut set = String::new();
    for part in &document.parts {
        let mut add = |text: &[Inline]| set.push_str(&bare(&plain(text)));
        for line in &part.title {
            add(line);
        }
        for block in &part.blocks {
            texts_of(block, &mut add);
        }
        for note in &part.notes {
            add(&note.content);
        }
    }
    set
}

fn texts_of(block: &Block, add: &mut dyn FnMut(&[Inline])) {
    match &block.kind {
        BlockKind::Opening(content)
        | BlockKind::Clause(content)
        | BlockKind::Prose(content)
        | BlockKind::Continuation { content, .. }
        | BlockKind::Heading { content, .. } => add(content),
        BlockKind::List(list) => {
            for item in &list.items {
                if list.numbering.is_labelled() {
                    add(&[Inline::Text(item.label.clone())]);
                }
                add(&item.content);
                item.body.iter().for_each(|block| texts_of(block, add));
            }
        }
        BlockKind::Contents(contents) => add(&contents.title),
        BlockKind::Lines { lines, .. } => lines.iter().for_each(|line| add(line)),
        BlockKind::Quote { blocks, .. } => blocks.iter().for_each(|block| texts_of(block, add)),
        BlockKind::Table(table) => {
            for CellText { label, line: _, content } in table.paragraphs() {
                label.iter().for_each(|label| add(&[Inline::Text(label.clone())]));
                add(content);
            }
        }
    }
}

fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).filter_map(on_one_line).collect()
}
