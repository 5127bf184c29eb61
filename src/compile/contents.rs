//! Lists of contents: what stands in them is known when all parts are set.

use crate::locale::{Locale, capital};
use crate::model::{
    Anchor, Block, BlockKind, Contents, Document, Entry, Heading, Inline, Part, PartKind, capitals, plain, plain_lines,
};

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
        let mut in_subsection = false;
        let mut all: Vec<Entry> = part.blocks.iter().filter_map(|block| division(block, &mut in_subsection)).collect();
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

/// A division as a line: sections in capitals, and divisions that have the number of one. A heading
/// stands below the subsection that it belongs to.
fn division(block: &Block, in_subsection: &mut bool) -> Option<Entry> {
    let Heading { level, label, content } = block.kind.heading()?;
    let is_nested = label.is_some_and(|label| !label.ends_with([')', '.']));
    let words = plain_of(content);
    let (level, words) = match level {
        0 | 1 => (1, capitals(&words)),
        _ if is_nested => (1, capitals(&words)),
        _ if label.is_none() && *in_subsection => (3, words),
        _ => (2, words),
    };
    *in_subsection = level == 3 || level == 2 && label.is_some();
    Some(entry(block.anchor, level, label.map(str::to_owned), words))
}

/// What the contents of a volume say of a text without words of its own for that: the line before its
/// title, and the title; and whether the letters are known that the line has where it is no title.
pub(super) fn of_member(document: &Document, locale: &Locale) -> (String, bool) {
    let Some(main) = document.parts.first() else { return (String::new(), true) };
    let title = plain_lines(&main.title);
    let Some(line) = &main.title_line else { return (title, true) };
    let (word, rest) = line.split_at(line.find([' ', '\u{A0}']).unwrap_or(line.len()));
    let nouns = locale.cite.kinds.values().filter_map(|kind| kind.get("one"));
    let noun = nouns.map(|noun| capital(noun)).find(|noun| noun.to_uppercase() == word);
    let known = noun.as_ref().map(|noun| format!("{noun}{rest}"));
    (format!("{} {title}", locale.with_colon(known.as_ref().unwrap_or(line))), known.is_some())
}

fn plain_of(content: &[Inline]) -> String {
    plain(content).trim().to_owned()
}

fn entry(anchor: Anchor, level: usize, label: Option<String>, words: String) -> Entry {
    Entry { anchor, level, label, words }
}
