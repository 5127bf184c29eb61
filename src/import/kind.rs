//! What a text is, by its words and its marks: language and type of document; and its source
//! as it was proved.

use std::collections::BTreeMap;

use super::proof;
use super::read::{Block, Lost, Read};
use super::source::Frame;
use super::wish::Wish;
use crate::compile::{built_in_templates, language_of, template_named};
use crate::locale::Locale;
use crate::syntax::read_symbol;
use crate::world::MemoryWorld;

/// The source of blocks, as it was proved, and what was lost on the way.
pub(super) fn proved(blocks: &[Block], read: &Read, wish: &Wish, delegations: &[String]) -> (String, Vec<Lost>) {
    let words: String = blocks.iter().take(400).map(words_of).collect::<Vec<_>>().join("\n");
    let language = language(wish, &words, read.language.as_deref());
    let document = wish.document.clone().unwrap_or_else(|| document_of(read.keys.get("symbol"), &words, language));
    let frame = Frame { document: &document, language, keys: &read.keys, delegations };
    let (text, mut found) = proof::proved(blocks, &frame);
    let mut lost = read.lost.clone();
    lost.append(&mut found);
    (proof::mended(&text, &mut lost), lost)
}

fn words_of(block: &Block) -> String {
    match block {
        Block::Paragraph(paragraph) => paragraph.words(),
        Block::Table(_) => String::new(),
    }
}

/// So many lines are the top of a text.
const TOP: usize = 40;

/// What the organization is called in a language.
fn locale_name(locale: &Locale) -> &str {
    locale.bodies.get("OSCE").map_or("", |body| body.name.as_str())
}

/// The language of a text: what is wished, what its words say, what it is marked as, in which one the organization is
/// named at its top.
pub(super) fn language(wish: &Wish, words: &str, marked: Option<&str>) -> &'static str {
    let wished = wish.language.as_deref().and_then(Locale::of).map(|locale| locale.language.as_str());
    let marked = || marked.and_then(Locale::of).map(|locale| locale.language.as_str());
    let top = || words.lines().take(TOP);
    let is_named = |name: &str| !name.is_empty() && top().any(|line| line.contains(name));
    let mut named = Locale::tags().filter_map(Locale::of).filter(|locale| is_named(locale_name(locale)));
    let named = || named.next().map(|locale| locale.language.as_str());
    wished.or_else(|| language_of(words)).or_else(marked).or_else(named).unwrap_or("en")
}

/// The type of document whose symbols are of the series of the first symbol at the top.
pub(super) fn document_of(symbol: Option<&String>, words: &str, language: &str) -> String {
    let top = words.lines().take(TOP).flat_map(str::split_whitespace);
    let mut candidates = symbol.map(String::as_str).into_iter().chain(top);
    let Some(symbol) = candidates.find_map(|word| read_symbol(word.trim_end_matches(['*', ',', '.']))) else {
        return "declaration".to_owned();
    };
    let world = MemoryWorld::new();
    let mut fitting: BTreeMap<(usize, &str), ()> = BTreeMap::new();
    for name in built_in_templates() {
        let Ok(template) = template_named(&world, name, language) else { continue };
        if template.series.iter().any(|series| series.names(&symbol)) {
            fitting.insert((template.lineage.len(), name), ());
        }
    }
    fitting.keys().next().map_or("declaration", |(_, name)| name).to_owned()
}
