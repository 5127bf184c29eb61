//! The running text of a document, a passage at a time.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Context;
use super::flat::{Flat, Inset};
use crate::locale::Locale;
use crate::syntax::ast::{Block, BlockKind, Inline, KeywordName, Row};

/// A stretch of running text: a paragraph, a title, a cell, a footnote.
pub(super) struct Passage<'a> {
    pub flat: Flat,
    /// Its words in the tree.
    pub content: &'a [Inline],
    /// The tag of its language.
    pub language: &'a str,
    /// What is known of its language, where it is another than the document's.
    other: Option<Rc<Locale>>,
    /// Whether it stands in a quotation: its words are another's.
    pub quoted: bool,
}

impl Passage<'_> {
    /// What is known of its language.
    pub fn locale<'l>(&'l self, context: &Context<'l>) -> &'l Locale {
        self.other.as_deref().unwrap_or(context.locale)
    }
}

/// All running text of a document.
pub(super) fn passages<'a>(context: &Context<'a>) -> Vec<Passage<'a>> {
    let mut passages = Vec::new();
    let language = context.locale.language.as_str();
    for line in context.title {
        add(line, language, false, &mut passages);
    }
    // An annex may have a language of its own, up to the next one.
    let mut language = language;
    for block in &context.file.body {
        if let BlockKind::Keyword(keyword) = &block.kind
            && matches!(keyword.name, KeywordName::Annex | KeywordName::Attachment)
        {
            let own = keyword.header.get("language").and_then(|entry| entry.lines.first());
            let known = own.filter(|word| Locale::tags().any(|tag| tag == word.text));
            language = known.map_or(context.locale.language.as_str(), |word| &word.text);
        }
        let block = std::slice::from_ref(block);
        each_text(block, false, &mut |content, quoted| add(content, language, quoted, &mut passages));
    }
    // A language is read once, however many passages there are in it.
    let mut others: BTreeMap<&str, Option<Rc<Locale>>> = BTreeMap::new();
    for passage in passages.iter_mut().filter(|passage| passage.language != context.locale.language) {
        let read = || Locale::of(passage.language).map(Rc::new);
        passage.other = others.entry(passage.language).or_insert_with(read).clone();
    }
    passages
}

fn add<'a>(content: &'a [Inline], language: &'a str, quoted: bool, passages: &mut Vec<Passage<'a>>) {
    let mut insets: Vec<Inset<'a>> = Vec::new();
    let flat = Flat::of(content, &mut |inset| insets.push(inset));
    passages.push(Passage { flat, content, language, other: None, quoted });
    for inset in insets {
        add(inset.content, inset.language.unwrap_or(language), quoted, passages);
    }
}

/// Calls `visit` for each text of the blocks, and whether it is quoted.
pub(super) fn each_text<'a>(blocks: &'a [Block], quoted: bool, visit: &mut dyn FnMut(&'a [Inline], bool)) {
    each_block(blocks, quoted, &mut |block, quoted| match &block.kind {
        BlockKind::Paragraph(paragraph) => visit(&paragraph.content, quoted),
        BlockKind::Keyword(keyword) => visit(&keyword.value, quoted),
        BlockKind::Table(table) => {
            for row in &table.rows {
                if let Row::Cells(_, cells) = row {
                    cells.iter().for_each(|cell| visit(cell, quoted));
                }
            }
        }
        BlockKind::Quote(_) | BlockKind::Comment => {}
    });
}

/// Calls `visit` for each block, those in quotations included.
pub(super) fn each_block<'a>(blocks: &'a [Block], quoted: bool, visit: &mut dyn FnMut(&'a Block, bool)) {
    for block in blocks {
        visit(block, quoted);
        if let BlockKind::Quote(quote) = &block.kind {
            each_block(&quote.blocks, true, visit);
        }
    }
}
