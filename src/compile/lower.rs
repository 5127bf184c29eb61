//! From the tree's words to the document's: spaces and raised letters set,
//! labels resolved, brackets and gaps kept as what they are.

use std::collections::BTreeMap;
use std::ops::Range;

use super::attached;
use super::contents;
use super::context::Context;
use super::dated;
use super::flat::{Flat, GAP};
use super::labels::Labels;
use super::landmarks::{Landmarks, Spot};
use super::letterhead;
use super::outline::{Node, NodeKind, Outline, PartOutline};
use super::references::Links;
use super::setter::{Setter, trim_end};
use super::tree::{Placed, tree};
use super::typography::Typography;
use crate::diag::Diagnostics;
use crate::locale::Locale;
use crate::model::{
    self, Anchor, Block, BlockKind, Contents, Document, Inline, Item, Lead, Note, Numbering, Part, plain_lines,
};
use crate::source::Span;
use crate::syntax;
use crate::syntax::ast::{self, Alternative};

/// Makes the document of the outline.
pub(super) fn lower(
    context: &Context<'_>,
    outline: &Outline<'_>,
    (marks, labels): (&Landmarks<'_>, &Labels),
    links: Links,
    printed: &mut Vec<(Span, String)>,
    found: &mut Diagnostics,
) -> Document {
    let mut head = letterhead::compose(context, found);
    let mut typographies = BTreeMap::new();
    let typography = Typography::new(context.filled.locale);
    head.letterhead.raised = head.letterhead.meeting.iter().map(|line| typography.raised(line)).collect();
    typographies.insert(context.filled.locale.language.clone(), typography);
    let mut lowerer = Lowerer {
        context,
        marks,
        labels,
        here: Spot::START,
        links,
        typographies,
        notes: Vec::new(),
        numbered_notes: 0,
        language: context.filled.locale.language.clone(),
        text_language: context.filled.locale.language.clone(),
        printed,
        found,
    };
    let mut parts: Vec<Part> = outline.parts.iter().map(|part| lowerer.part(part)).collect();
    contents::fill(&mut parts);
    Document {
        kind: context.filled.template.name.clone(),
        language: context.filled.locale.language.clone(),
        symbol: head.symbol,
        draft: (!context.filled.values.is_final()).then(|| context.filled.locale.words.draft.text.clone()),
        letterhead: head.letterhead,
        day: head.day,
        running_head: head.running,
        parts,
        volume: None,
        appended: Vec::new(),
        labels: labels.anchors(marks),
        cites: Vec::new(),
    }
}

pub(super) struct Lowerer<'a, 'b> {
    pub context: &'b Context<'a>,
    pub marks: &'b Landmarks<'a>,
    pub labels: &'b Labels,
    /// Where the block stands that is being made.
    pub here: Spot,
    links: Links,
    pub typographies: BTreeMap<String, Typography>,
    /// The notes of the part that is being made.
    notes: Vec<Note>,
    numbered_notes: u32,
    /// The language of the part that is being made.
    language: String,
    /// The language of the text that is being set.
    pub text_language: String,
    /// What references to the text itself print, each at its place.
    printed: &'b mut Vec<(Span, String)>,
    pub found: &'b mut Diagnostics,
}

impl Lowerer<'_, '_> {
    fn part(&mut self, part: &PartOutline<'_>) -> Part {
        self.notes.clear();
        self.numbered_notes = dated::notes_before(self.context, part.kind);
        let locale = self.context.filled.locale;
        self.language = locale.language.clone();
        self.here = self.marks.spot(part.anchor).unwrap_or(self.here);
        let mut lowered = Part {
            kind: part.kind,
            anchor: part.anchor,
            name: String::new(),
            head: Vec::new(),
            meeting: Vec::new(),
            title_line: None,
            title: Vec::new(),
            by: None,
            language: None,
            blocks: Vec::new(),
            notes: Vec::new(),
        };
        match part.keyword {
            None => {
                lowered.title_line = self.context.filled.title_line.as_ref().map(|line| model::plain(&self.text(line)));
                lowered.title = self.context.filled.title.iter().map(|line| self.text(line)).collect();
                lowered.name = plain_lines(&lowered.title);
            }
            Some(keyword) => {
                let own = attached::attached(self.context, keyword, part.kind, part.number, self.found);
                lowered.name = own.head.first().map(|line| line.text.clone()).unwrap_or_default();
                lowered.head = own.head;
                lowered.by = own.by;
                lowered.meeting = own.meeting.iter().map(|line| self.own_words(line)).collect();
                self.language = own.language.clone().unwrap_or_else(|| locale.language.clone());
                lowered.language = own.language;
                lowered.title = split_lines(&keyword.value).iter().map(|line| self.text(line)).collect();
                // A label alone is no title.
                lowered.title.retain(|line| !line.is_empty());
                if lowered.title.is_empty() {
                    lowered.title = own.title;
                }
                let title = plain_lines(&lowered.title);
                if !title.is_empty() {
                    lowered.name = format!("{} {title}", locale.with_colon(&lowered.name));
                }
            }
        }
        lowered.blocks = self.blocks(&part.nodes);
        lowered.notes = std::mem::take(&mut self.notes);
        lowered
    }

    fn node(&mut self, node: &Node<'_>) -> Placed {
        self.here = self.marks.spot(node.anchor).unwrap_or(self.here);
        let block = |kind| Block { anchor: node.anchor, kind };
        match &node.kind {
            NodeKind::HouseOpening => Placed::Free(block(BlockKind::Opening(vec![Inline::Text(self.house_opening())]))),
            NodeKind::Opening(content) => Placed::Free(block(BlockKind::Opening(self.text(content)))),
            NodeKind::Clause(content) => Placed::Free(block(BlockKind::Clause(self.text(content)))),
            NodeKind::Prose(content) => Placed::Free(block(BlockKind::Prose(self.text(content)))),
            NodeKind::Numbered { level, label, paragraph, .. } => {
                Placed::Item(*level, Numbering::Decimal, self.item(node.anchor, label, paragraph))
            }
            NodeKind::Item { level, numbering, marker, paragraph, .. } => {
                Placed::Item(*level, *numbering, self.item(node.anchor, marker, paragraph))
            }
            NodeKind::Continuation { level, content } => {
                Placed::Of(*level, block(BlockKind::Continuation { level: *level, content: self.text(content) }))
            }
            NodeKind::Heading { level, number, content } => {
                let label = number.as_ref().map(|number| number.label.clone());
                Placed::Free(block(BlockKind::Heading { level: *level, label, content: self.text(content) }))
            }
            NodeKind::Quote { level, is_statement, nodes } => {
                let blocks = self.blocks(nodes);
                Placed::Of(*level, block(BlockKind::Quote { level: *level, is_statement: *is_statement, blocks }))
            }
            NodeKind::Contents { content } => {
                let words = &self.context.filled.locale.volume;
                let mut title = self.text(content);
                if title.is_empty() {
                    title.push(Inline::Text(words.contents.text.clone()));
                }
                let page = words.page.text.clone();
                Placed::Free(block(BlockKind::Contents(Contents { title, page, entries: Vec::new() })))
            }
            NodeKind::Lines { is_signature, content } => {
                let lines = split_lines(content).iter().map(|line| self.text(line)).collect();
                Placed::Free(block(BlockKind::Lines { is_signature: *is_signature, lines }))
            }
            NodeKind::Stated { number, words } => {
                let content = self.own_words(words);
                let item = Item { anchor: node.anchor, label: format!("{number}."), content, body: Vec::new() };
                Placed::Item(0, Numbering::Decimal, item)
            }
            NodeKind::Labelled { label, numbering, content, .. } => {
                let label = model::plain(&self.own_words(label));
                let item = Item { anchor: node.anchor, label, content: self.text(content), body: Vec::new() };
                Placed::Item(1, *numbering, item)
            }
            NodeKind::Led { level, label, content } => {
                let mut words = self.own_words(&label.as_ref().map(|label| format!("{label} ")).unwrap_or_default());
                words.extend(self.text(content));
                match level {
                    Some(level) => Placed::Of(*level, block(BlockKind::Continuation { level: *level, content: words })),
                    None => Placed::Free(block(BlockKind::Prose(words))),
                }
            }
            NodeKind::Quoted { marker, paragraph } => {
                let mut content = vec![Inline::Text(format!("{marker}\u{A0}"))];
                content.extend(self.text(&paragraph.content));
                Placed::Free(block(BlockKind::Prose(content)))
            }
            NodeKind::Table { level, left, table } => {
                let table = block(BlockKind::Table(self.table(table, *level, *left)));
                match level {
                    Some(level) => Placed::Of(*level, table),
                    None => Placed::Free(table),
                }
            }
        }
    }

    fn blocks(&mut self, nodes: &[Node<'_>]) -> Vec<Block> {
        let placed: Vec<Placed> = nodes.iter().map(|node| self.node(node)).collect();
        tree(placed)
    }

    /// An item with its label as it is printed.
    fn item(&mut self, anchor: Anchor, marker: &str, paragraph: &ast::Paragraph) -> Item {
        let (bracket, content) = self.marked(paragraph);
        Item { anchor, label: format!("{bracket}{marker}"), content, body: Vec::new() }
    }

    fn house_opening(&self) -> String {
        let body = self.context.filled.locale.bodies.get(self.context.filled.body());
        body.and_then(|body| body.opening.clone()).unwrap_or_default()
    }

    /// A paragraph whose bracket may have opened before its marker: the bracket, with whose
    /// words they are, is printed there, and not again with the text.
    fn marked(&mut self, paragraph: &ast::Paragraph) -> (String, Vec<Inline>) {
        let mut content = self.text(&paragraph.content);
        if paragraph.bracket_before.is_none() {
            return (String::new(), content);
        }
        let is_named = paragraph.content.iter().find_map(|inline| match inline {
            ast::Inline::Bracket { alternatives, .. } => {
                Some(alternatives.first().is_some_and(|first| first.by.is_some()))
            }
            // It goes on over other paragraphs.
            ast::Inline::OpenBracket { by, .. } => Some(by.is_some()),
            _ => None,
        });
        let first = match content.first_mut() {
            Some(Inline::Bracket(inner)) => inner.first_mut(),
            first => first,
        };
        let Some(Inline::Text(first)) =
            first.filter(|first| matches!(first, Inline::Text(text) if text.starts_with('[')))
        else {
            return (String::new(), content);
        };
        let names = first.find(':').filter(|_| is_named == Some(true));
        let end = names.map_or(1, |colon| {
            let behind = first.get(colon + 1..).unwrap_or_default();
            colon + 1 + behind.len() - behind.trim_start().len()
        });
        let bracket: String = first.drain(..end).collect();
        (bracket, content)
    }

    /// The words of a text, set by its language's rules.
    pub fn text(&mut self, content: &[ast::Inline]) -> Vec<Inline> {
        let language = self.language.clone();
        self.text_in(content, &language)
    }

    fn text_in(&mut self, content: &[ast::Inline], language: &str) -> Vec<Inline> {
        let flat = Flat::of(content, &mut |_| {});
        let links = content.first().and_then(|first| self.links.remove(&first.span())).unwrap_or_default();
        let mut out = self.set(&flat.text, language, &links, content);
        trim_end(&mut out);
        out
    }

    /// Words that the language has, set by its rules.
    fn own_words(&mut self, words: &str) -> Vec<Inline> {
        let language = self.language.clone();
        let marks = self.typography(&language).map(|rules| rules.marks(words)).unwrap_or_default();
        let mut out = Vec::new();
        Setter::new(words, &marks, &[]).set(words.len(), &mut out);
        out
    }

    pub fn typography(&mut self, language: &str) -> Option<&Typography> {
        if !self.typographies.contains_key(language)
            && let Some(locale) = Locale::of(language)
        {
            self.typographies.insert(language.to_owned(), Typography::new(locale));
        }
        self.typographies.get(language)
    }

    /// Sets the words of `content`, whose flat text is `text`.
    fn set(
        &mut self,
        text: &str,
        language: &str,
        links: &[(Range<usize>, Lead)],
        content: &[ast::Inline],
    ) -> Vec<Inline> {
        let marks = self.typography(language).map(|rules| rules.marks(text)).unwrap_or_default();
        let mut setter = Setter::new(text, &marks, links);
        let mut out = Vec::new();
        let before = std::mem::replace(&mut self.text_language, language.to_owned());
        self.inlines(content, &mut setter, &mut out);
        // Reading and setting walk the same leaves.
        debug_assert_eq!(setter.at, text.len());
        self.text_language = before;
        out
    }

    fn inlines(&mut self, content: &[ast::Inline], setter: &mut Setter<'_>, out: &mut Vec<Inline>) {
        for inline in content {
            match inline {
                ast::Inline::Text(text) => setter.set(text.text.len(), out),
                ast::Inline::Break(_) | ast::Inline::Pipe(_) => setter.set(1, out),
                ast::Inline::Hyphen(_, ast::Hyphen::NoBreak) => setter.no_break_hyphen(out),
                ast::Inline::Hyphen(_, ast::Hyphen::Soft) => setter.soft_hyphen(out),
                ast::Inline::Comment(_) | ast::Inline::Label { .. } => {}
                ast::Inline::Emphasis { strong, content, .. } => {
                    let mut inner = Vec::new();
                    self.inlines(content, setter, &mut inner);
                    out.push(Inline::Emphasis { strong: *strong, content: inner });
                }
                ast::Inline::Bracket { span, alternatives } => self.bracket(*span, alternatives, setter, out),
                ast::Inline::OpenBracket { by, .. } => {
                    setter.set(1 + by.as_ref().map_or(0, |(_, names)| names.text.len()), out);
                }
                ast::Inline::CloseBracket(_) => setter.set(1, out),
                ast::Inline::CrossReference { span, name, scope, filter } => {
                    setter.skip(GAP.len_utf8());
                    let pointer = self.cross_reference(*scope, name, filter.as_ref());
                    self.printed.push((*span, model::plain(std::slice::from_ref(&pointer))));
                    out.push(pointer);
                }
                ast::Inline::Note { mark, content, .. } => {
                    let mark = match mark {
                        Some(mark) => mark.text.clone(),
                        None => {
                            self.numbered_notes += 1;
                            self.numbered_notes.to_string()
                        }
                    };
                    let note = self.notes.len();
                    self.notes.push(Note { mark: mark.clone(), content: Vec::new() });
                    let content = self.text(content);
                    if let Some(kept) = self.notes.get_mut(note) {
                        kept.content = content;
                    }
                    // The mark stands at the word before it.
                    if let Some(Inline::Text(before)) = out.last_mut() {
                        before.truncate(before.trim_end_matches(' ').len());
                    }
                    setter.blank = false;
                    out.push(Inline::NoteMark { note, mark });
                }
                ast::Inline::Lang { tag, content, .. } => {
                    setter.skip(GAP.len_utf8());
                    let content = self.text_in(content, &tag.text);
                    out.push(Inline::Foreign { language: tag.text.clone(), content });
                }
                ast::Inline::Citation { span, instruments, by_slug, filter, content } if content.is_empty() => {
                    setter.skip(GAP.len_utf8());
                    let words = self.citation(*span, instruments, *by_slug, filter.as_ref());
                    for word in words {
                        match (out.last_mut(), word) {
                            (Some(Inline::Text(before)), Inline::Text(word)) => before.push_str(&word),
                            (_, word) => out.push(word),
                        }
                    }
                }
                ast::Inline::Citation { content, .. } | ast::Inline::NoCitation { content, .. } => {
                    if content.is_empty() {
                        setter.skip(GAP.len_utf8());
                    }
                    self.inlines(content, setter, out);
                }
                ast::Inline::Filled { text, gap: false, .. } => setter.set(text.len(), out),
                ast::Inline::Filled { text, .. } => {
                    setter.skip(GAP.len_utf8());
                    out.push(Inline::Placeholder(text.clone()));
                }
                // Braces that begin nothing were reported; what is decided was
                // decided before.
                ast::Inline::Unknown { .. }
                | ast::Inline::Value { .. }
                | ast::Inline::If { .. }
                | ast::Inline::For { .. } => setter.skip(GAP.len_utf8()),
            }
        }
    }

    fn bracket(&mut self, span: Span, alternatives: &[Alternative], setter: &mut Setter<'_>, out: &mut Vec<Inline>) {
        let words: String = alternatives.iter().map(|alternative| syntax::words_of(&alternative.content)).collect();
        let mut inner = Vec::new();
        for alternative in alternatives {
            setter.set(1, &mut inner);
            if let Some((_, names)) = &alternative.by {
                setter.set(names.text.len(), &mut inner);
            }
            self.inlines(&alternative.content, setter, &mut inner);
        }
        setter.set(1, &mut inner);
        let place = self.context.sources.slice(span);
        if syntax::is_placeholder(&words) {
            // What has no width is none of its words: at the end of a line it is dropped.
            let words = place.split_whitespace().map(|word| word.trim_matches(syntax::is_dropped));
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            out.push(Inline::Placeholder(words.join(" ")));
        } else {
            out.push(Inline::Bracket(inner));
        }
    }
}

/// A value divided at its line breaks, as titles are.
fn split_lines(content: &[ast::Inline]) -> Vec<Vec<ast::Inline>> {
    let lines = content.split(|inline| matches!(inline, ast::Inline::Break(_)));
    lines.map(<[_]>::to_vec).filter(|line| !line.is_empty()).collect()
}
