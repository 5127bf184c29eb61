//! The running text of a document, a passage at a time.

use super::context::Context;
use super::flat::{Flat, Inset};
use crate::locale::Locale;
use crate::syntax::ast::{Block, BlockKind, Entry, Inline};
use crate::syntax::each_text;

/// A stretch of running text: a paragraph, a title, a cell, a footnote.
pub(super) struct Passage<'a> {
    pub flat: Flat,
    /// Its words in the tree.
    pub content: &'a [Inline],
    /// The tag of its language.
    pub language: &'a str,
    /// What is known of its language, where it is another than the document's.
    other: Option<&'static Locale>,
    /// Whether it stands in a quotation: its words are another's.
    pub quoted: bool,
    /// The block of the body that it is in; none for a title, and in a branch
    /// that is not printed.
    pub block: Option<usize>,
    /// Whether it stands in a title, or in a branch that is taken.
    pub is_printed: bool,
    /// Whether it is printed at the foot of the page.
    pub is_note: bool,
}

impl Passage<'_> {
    /// What is known of its language.
    pub fn locale<'l>(&self, context: &Context<'l>) -> &'l Locale {
        self.other.unwrap_or(context.filled.locale)
    }

    /// Whether it stands in a statement that somebody else makes, attached to the text or annexed to a journal.
    pub fn is_of_another_speaker(&self, context: &Context<'_>) -> bool {
        let before = self.block.and_then(|block| context.filled.blocks.get(..=block)).unwrap_or_default();
        let mut keywords = before.iter().rev().filter_map(Block::keyword);
        let part = keywords.find(|keyword| keyword.name.begins_part());
        part.is_some_and(|part| OF_SPEAKERS.iter().any(|key| part.header.get(key).is_some()))
    }
}

/// All running text of a document: what is printed, then the branches that are
/// not.
pub(super) fn passages<'a>(context: &Context<'a>) -> Vec<Passage<'a>> {
    let filled = context.filled;
    let mut passages = Vec::new();
    let language = filled.locale.language.as_str();
    for line in &filled.title {
        Place { language, quoted: false, block: None, is_printed: true, is_note: false }.add(line, &mut passages);
    }
    // An annex may have a language of its own, up to the next one.
    let mut language = language;
    for (number, block) in filled.blocks.iter().enumerate() {
        if let BlockKind::Keyword(keyword) = &block.kind
            && keyword.name.begins_part()
        {
            let own = keyword.header.get("language").and_then(|entry| entry.lines.first());
            let known = own.filter(|word| Locale::tags().any(|tag| tag == word.text));
            language = known.map_or(filled.locale.language.as_str(), |word| &word.text);
        }
        let block = std::slice::from_ref(block);
        each_text(block, false, &mut |content, quoted| {
            Place { language, quoted, block: Some(number), is_printed: true, is_note: false }
                .add(content, &mut passages);
        });
    }
    let language = filled.locale.language.as_str();
    each_text(&filled.untaken, false, &mut |content, quoted| {
        Place { language, quoted, block: None, is_printed: false, is_note: false }.add(content, &mut passages);
    });
    for passage in passages.iter_mut().filter(|passage| passage.language != filled.locale.language) {
        passage.other = Locale::of(passage.language);
    }
    passages
}

/// Keys of the header that are words and no text in print, or whose words are a passage already; and the lines of
/// the meeting, since a journal that they name is the text's own.
const NO_SENTENCES: [&str; 8] =
    ["title", "file-code", "template", "allow", "entry", "day-line", "meeting-line", "journal-line"];
/// The words of a part's header that are printed and are no passage.
const OF_PARTS: [&str; 2] = ["by", "head"];
/// The keys of a part that is somebody's statement.
const OF_SPEAKERS: [&str; 4] = ["kind", "by", "by-line", "agenda-item"];

/// The words of the headers that are printed, and are no passage of the text: a restriction, the note of a
/// correction, whose statement it is. Each with the block of the part that it belongs to.
pub(super) fn sentences_of_headers(context: &Context<'_>) -> Vec<(Vec<Inline>, Option<usize>)> {
    let filled = context.filled;
    let of_text = filled.header.entries().filter(|entry| {
        !NO_SENTENCES.contains(&entry.key.text.as_str()) && filled.values.text(&entry.key.text).is_some()
    });
    let of_text = of_text.map(|entry| (in_one_line(entry), None));
    let of_parts = filled.blocks.iter().enumerate().flat_map(|(number, block)| {
        let header = match &block.kind {
            BlockKind::Keyword(keyword) if keyword.name.begins_part() => Some(&keyword.header),
            _ => None,
        };
        let entries = header.into_iter().flat_map(|header| OF_PARTS.iter().filter_map(|key| header.get(key)));
        entries.map(move |entry| (in_one_line(entry), Some(number)))
    });
    of_text.chain(of_parts).filter(|(words, _)| !words.is_empty()).collect()
}

/// A value’s words: a line break is a blank.
fn in_one_line(entry: &Entry) -> Vec<Inline> {
    let mut words: Vec<Inline> = Vec::new();
    for line in entry.lines.iter().filter(|line| !line.text.is_empty()) {
        if !words.is_empty() {
            words.push(Inline::Break(line.span.head()));
        }
        words.push(Inline::Text(line.clone()));
    }
    words
}

/// These as passages, in which nothing but references is looked for.
pub(super) fn of_headers<'a>(context: &Context<'a>, sentences: &'a [(Vec<Inline>, Option<usize>)]) -> Vec<Passage<'a>> {
    let mut passages = Vec::new();
    let language = context.filled.locale.language.as_str();
    for (sentence, block) in sentences {
        Place { language, quoted: false, block: *block, is_printed: true, is_note: true }.add(sentence, &mut passages);
    }
    passages
}

/// Where a passage stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    language: &'a str,
    quoted: bool,
    block: Option<usize>,
    is_printed: bool,
    is_note: bool,
}

impl<'a> Place<'a> {
    fn add(self, content: &'a [Inline], passages: &mut Vec<Passage<'a>>) {
        let Place { language, quoted, block, is_printed, is_note } = self;
        let mut insets: Vec<Inset<'a>> = Vec::new();
        let flat = Flat::of(content, &mut |inset| insets.push(inset));
        passages.push(Passage { flat, content, language, other: None, quoted, block, is_printed, is_note });
        for inset in insets {
            let language = inset.language.unwrap_or(language);
            Place { language, is_note: is_note || inset.is_note, ..self }.add(inset.content, passages);
        }
    }
}
