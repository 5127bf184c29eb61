//! Lists of contents: what stands in them is known when all parts are set.

use crate::model::{Anchor, Block, BlockKind, Contents, Entry, Heading, Inline, Part, PartKind, capitals, plain};

/// Fills the lists of contents: that of a text has its divisions and its annexes, that of an
/// annex its own divisions.
pub(super) fn fill(parts: &mut [Part]) {
    let lists = |part: &Part| part.blocks.iter().any(|block| block.kind.contents().is_some());
    if !parts.iter().any(lists) {
        return;
    }
    let attached = parts.iter().filter(|part| part.kind.is_attached());
    let attached: Vec<Entry> = attached.map(|part| entry(part.anchor, 1, None, part.name.clone())).collect();
    for part in parts {
        let mut all: Vec<Entry> = part.blocks.iter().filter_map(division).collect();
        if part.kind == PartKind::Main {
            all.extend(attached.iter().cloned());
        }
        for block in &mut part.blocks {
            if let Some(contents) = block.kind.contents() {
                block.kind = BlockKind::Contents(Contents { entries: all.clone(), ..contents.clone() });
            }
        }
    }
}

/// A division as a line: sections in capitals, and divisions that have the number of one.
fn division(block: &Block) -> Option<Entry> {
    let Heading { level, label, content } = block.kind.heading()?;
    let is_nested = label.is_some_and(|label| !label.starts_with('(') && !label.ends_with('.'));
    let words = plain_of(content);
    let (level, words) = match level {
        0 | 1 => (1, capitals(&words)),
        _ if is_nested => (1, capitals(&words)),
        _ => (2, words),
    };
    Some(entry(block.anchor, level, label.map(str::to_owned), words))
}

fn plain_of(content: &[Inline]) -> String {
    plain(content).trim().to_owned()
}

fn entry(anchor: Anchor, level: usize, label: Option<String>, words: String) -> Entry {
    Entry { anchor, level, label, words }
}
