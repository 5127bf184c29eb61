//! A text that was compiled, with its tree: what all answers are made of.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::cite::{self, What};
use crate::compile::{self, Compilation, Session, Template};
use crate::diag::Diagnostics;
use crate::locale::Locale;
use crate::model::{Anchor, Block, BlockKind, Document};
use crate::registry::Instrument;
use crate::source::{Chain, FileId, Source, Sources, Span};
use crate::syntax::ast::{self, Directive, Entry, File, Inline, Segment};

/// A text that was compiled, to be asked about its places.
pub struct Reading<'a> {
    pub(super) session: &'a Session<'a>,
    pub(super) compilation: &'a Compilation,
    pub(super) source: Arc<Source>,
    pub(super) tree: File,
    /// The type of document that it is, with the sources that its places are in.
    pub(super) template: Option<(Template, Sources)>,
    pub(super) locale: &'static Locale,
}

/// A place in a file of the project, or in one that comes along.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Located {
    /// The file; its name is the path that it was read by.
    pub source: Arc<Source>,
    /// Its bytes.
    pub range: Range<usize>,
}

/// What follows one another in a text.
#[derive(Clone, Copy)]
pub(super) enum Part<'t> {
    Block(&'t ast::Block),
    Directive(&'t Directive),
}

impl Part<'_> {
    pub fn span(&self) -> Span {
        match self {
            Part::Block(block) => block.span,
            Part::Directive(directive) => directive.span,
        }
    }
}

impl<'a> Reading<'a> {
    /// Reads the text that a compilation of a session was made of; none where it has none.
    pub fn of(session: &'a Session<'a>, compilation: &'a Compilation) -> Option<Reading<'a>> {
        let source = compilation.sources.shared(compilation.file)?;
        let tree = compile::parse_by_path(&source, compilation.file, &mut Diagnostics::default());
        let value = |key: &str| tree.header.get(key).map(Entry::value).filter(|value| !value.is_empty());
        let tag = compilation.document.as_ref().map(|document| document.language.clone()).or_else(|| value("language"));
        let template = value("document")
            .or_else(|| value("extends"))
            .and_then(|name| session.template(&name, tag.as_deref().filter(|tag| Locale::of(tag).is_some())));
        let locale = tag.as_deref().and_then(Locale::of).or_else(|| Locale::of("en"))?;
        Some(Reading { session, compilation, source, tree, template, locale })
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// Its source.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text().get(range).unwrap_or_default()
    }

    pub(super) fn here(&self, range: Range<usize>) -> Located {
        Located { source: self.source.clone(), range }
    }

    /// Whether a place is one of the author's own bytes.
    pub(super) fn is_own(&self, span: Span) -> bool {
        span.file == self.compilation.file && span.chain == Chain::default()
    }

    /// All that follows one another in the body, what is quoted included.
    pub(super) fn parts(&self) -> Vec<Part<'_>> {
        parts(&self.tree)
    }

    /// Calls `visit` for each inline of the body.
    pub(super) fn each_inline<'t>(&'t self, visit: &mut dyn FnMut(&'t Inline)) {
        each_inline(&self.tree, visit);
    }

    /// The numbers and letters that are printed before paragraphs and headings, by where
    /// their words begin.
    pub(super) fn numbers(&self) -> BTreeMap<usize, String> {
        let mut numbers = BTreeMap::new();
        if let Some(document) = &self.compilation.document {
            each_label(document, &mut |anchor, label| {
                if let Some(place) = self.compilation.place_of(anchor).filter(|place| self.is_own(*place)) {
                    numbers.insert(place.range().start, label.to_owned());
                }
            });
        }
        numbers
    }

    /// The number printed before what a label names.
    pub(super) fn number_of_label(&self, label: &str) -> Option<String> {
        let (_, wanted) = self.compilation.labels.iter().find(|(name, _)| name == label)?;
        let mut number = None;
        each_label(self.compilation.document.as_ref()?, &mut |anchor, label| {
            if anchor == *wanted {
                number = Some(label.to_owned());
            }
        });
        number
    }

    /// What braces at a place print.
    pub(super) fn printed(&self, span: Span) -> Option<&str> {
        let is_there = |(place, _): &&(Span, String)| place.bytes() == span.bytes();
        self.compilation.printed.iter().find(is_there).map(|(_, printed)| printed.as_str())
    }

    /// The entry of what a reference cites, by its symbol or slug.
    pub(super) fn entry(&self, key: &str) -> Option<&Instrument> {
        let registry = self.session.registry();
        let what = cite::named(key, false, registry).unwrap_or_else(|| What::Named(key.to_owned()));
        cite::entry_of(registry, &what).or_else(|| registry.get(key))
    }

    /// The title of an instrument in the document's language, or in English, or in any.
    pub(super) fn title<'e>(&self, entry: &'e Instrument) -> Option<&'e str> {
        let known = || Locale::tags().find_map(|tag| entry.title(tag));
        let first = || entry.titles.first().map(|(_, title)| title.as_ref());
        let named = || {
            let own = entry.names(&self.locale.language).first();
            own.or_else(|| entry.names("en").first()).map(|name| name.as_ref())
        };
        entry.title(&self.locale.language).or_else(|| entry.title("en")).or_else(known).or_else(first).or_else(named)
    }
}

pub(super) fn parts(tree: &File) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut open: Vec<&Segment> = tree.body.iter().rev().collect();
    while let Some(segment) = open.pop() {
        match segment {
            Segment::Block(block) => parts.push(Part::Block(block)),
            Segment::Quote(block, content) | Segment::Table(block, content) => {
                parts.push(Part::Block(block));
                open.extend(content.iter().rev());
            }
            Segment::Directive(directive) => parts.push(Part::Directive(directive)),
        }
    }
    parts
}

pub(super) fn each_inline<'t>(tree: &'t File, visit: &mut dyn FnMut(&'t Inline)) {
    for part in parts(tree) {
        let Part::Block(block) = part else { continue };
        let mut blocks = vec![block];
        while let Some(block) = blocks.pop() {
            blocks.extend(block.children().iter().rev());
            for text in block.texts() {
                ast::walk(text, visit);
            }
        }
    }
}

/// Calls `visit` with what is printed before each item and heading of a document.
fn each_label(document: &Document, visit: &mut dyn FnMut(Anchor, &str)) {
    let mut documents: Vec<&Document> = vec![document];
    while let Some(document) = documents.pop() {
        documents.extend(document.members().map(|member| &member.document));
        let mut open: Vec<&Block> = document.parts.iter().flat_map(|part| &part.blocks).collect();
        while let Some(block) = open.pop() {
            match &block.kind {
                BlockKind::List(list) => {
                    for item in &list.items {
                        visit(item.anchor, &item.label);
                        open.extend(&item.body);
                    }
                }
                BlockKind::Heading { label: Some(label), .. } => visit(block.anchor, label),
                BlockKind::Quote { blocks, .. } => open.extend(blocks),
                BlockKind::Opening(_)
                | BlockKind::Clause(_)
                | BlockKind::Prose(_)
                | BlockKind::Continuation { .. }
                | BlockKind::Heading { label: None, .. }
                | BlockKind::Lines { .. }
                | BlockKind::Contents(_)
                | BlockKind::Table(_) => {}
            }
        }
    }
}

/// A file of a compilation by its number, as a place.
pub(super) fn located(sources: &Sources, file: FileId, range: Range<usize>) -> Option<Located> {
    Some(Located { source: sources.shared(file)?, range })
}
