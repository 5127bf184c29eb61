//! Volumes: documents of others put together, each counted and checked by
//! itself.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::adopted;
use super::check;
use super::contents;
use super::context::{Appended, Siblings};
use super::kind::Kind;
use super::members;
use super::understood::Understood;
use super::work::Work;
use crate::assemble::{Filled, ReadAs, resolve};
use crate::data::Record;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::locale::Locale;
use crate::model::{
    Anchor, Block, BlockKind, Cover, Document, HeadLine, Inline, Lead, Letterhead, Member, Part, Volume, VolumeSection,
};
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, Entry, File, StructureName, Word};
use crate::world::WorldError;

/// So many texts may stand in one volume.
const MAX_MEMBERS: usize = 10_000;

/// A member that is still to be compiled.
struct Named {
    path: Word,
    tree: File,
    file: FileId,
}

impl Named {
    /// What its header calls it, for the text that it is appended to.
    fn appended(&self) -> Appended {
        let value = |key: &str| self.tree.header.get(key).map(Entry::value);
        let symbol = value("symbol");
        let is_decision = match &symbol {
            Some(symbol) => adopted::is_decision(symbol),
            None => value("document").is_some_and(|name| name.ends_with("decision")),
        };
        // What a value will print is not known yet.
        let title = value("title").filter(|title| !title.contains('{')).unwrap_or_default();
        Appended { symbol, is_decision, title, language: value("language").unwrap_or_default(), place: self.path.span }
    }
}

impl Work<'_, '_> {
    /// A volume: its own text as any other, then its members, each compiled by
    /// itself, put into it.
    pub(super) fn volume(&mut self, filled: &Filled, record: Option<&Record>) -> Understood {
        let mut named = self.members(&filled.blocks);
        if self.is_member
            && let Some(first) = named.first().map(|member| member.path.span)
        {
            let message = "a text to which others are appended cannot stand in another one";
            self.refuse(first, message, "name them in that one, behind this text");
            named.clear();
        }
        let siblings = siblings_of(&named);
        self.same_symbol(&named);
        let headers = named.iter().map(|member| (&member.path, &member.tree.header));
        let known = (filled, self.session.registry());
        members::compare(known, &self.assembly.sources, headers, &mut self.assembly.found);
        // A text names those that are appended to it.
        if filled.template.appends() {
            self.siblings.extend(siblings.clone());
            self.appended = named.iter().map(Named::appended).collect();
        }
        let mut own = self.text(filled, record);
        let Some(document) = own.document.take() else { return own };
        let places = std::mem::take(&mut own.places);
        let mut understood = self.with_members(filled, places, document, (named, &siblings));
        if filled.template.appends() {
            (understood.entry, understood.as_of) = (own.entry.take(), own.as_of);
            (understood.allowances, understood.allowed) = (std::mem::take(&mut own.allowances), own.allowed);
            understood.untaken += own.untaken;
        }
        own.references.append(&mut understood.references);
        understood.references = own.references;
        understood.header = own.header;
        understood.own.add(own.own);
        // What its own pages print besides, and no text of it was said to.
        understood.without_glyph.append(&mut own.without_glyph);
        if let Some(document) = &understood.document {
            let origins = check::Origins::of(filled, self.session, record);
            let (said, found) = (&mut understood.without_glyph, &mut self.assembly.found);
            check::printed_without_glyph(document, check::Words::default(), &origins, said, found);
        }
        understood
    }

    /// Compiles the members and puts them into the volume, whose own text is
    /// `document`, with the place of each of its anchors.
    fn with_members(
        &mut self,
        filled: &Filled,
        places: Vec<Span>,
        mut document: Document,
        (named, siblings): (Vec<Named>, &Siblings),
    ) -> Understood {
        let is_final = filled.values.is_final();
        let mut result = Understood { is_final, places, ..Understood::default() };
        let mut firsts: Vec<Anchor> = Vec::new();
        let mut members: BTreeMap<Span, Member> = BTreeMap::new();
        for Named { path, tree, file, .. } in named {
            let compiled = self.member(tree, file, siblings);
            let offset = u32::try_from(result.places.len()).unwrap_or(u32::MAX);
            result.places.extend(compiled.places);
            let moved = compiled.labels.into_iter().map(|(label, anchor)| (label, Anchor(anchor.0 + offset)));
            result.labels.extend(moved);
            result.references.extend(compiled.references);
            result.own.add(compiled.own);
            result.untaken += compiled.untaken;
            result.without_glyph.extend(compiled.without_glyph);
            firsts.push(Anchor(offset));
            let Some(mut document) = compiled.document else { continue };
            if is_final && document.draft.is_some() {
                let message = format!("`{}` is a draft, and the volume is final", path.text);
                self.assembly.found.push(
                    Diagnostic::new(Code::VolumeMember, path.span, message)
                        .hint("write `status: final` into the text, or leave the volume a draft"),
                );
            }
            each_anchor(&mut document, &mut |anchor| anchor.0 += offset);
            let anchor = document.parts.first().map_or(Anchor(offset), |part| part.anchor);
            if let Some(first) = firsts.last_mut() {
                *first = anchor;
            }
            let under_title = under_title(&document, compiled.as_of, filled.locale);
            let locale = Locale::of(&document.language).unwrap_or(filled.locale);
            let made = || contents::of_member(&document, locale);
            let (entry, is_known) = compiled.entry.map_or_else(made, |entry| (entry, true));
            if filled.template.is_volume() {
                self.judge_entry(&path, &entry, is_known);
            }
            let member = Member { anchor, under_title, entry, document };
            members.insert(path.span, member);
        }
        // What led to the number of a text leads to where it stands now.
        for document in members.values_mut().map(|member| &mut member.document).chain([&mut document]) {
            each_lead(document, &mut |anchor| {
                if let Some(first) = firsts.get(anchor.0 as usize) {
                    *anchor = *first;
                }
            });
        }
        if !filled.template.is_volume() {
            document.appended = in_order(filled, members);
            result.document = Some(document);
            return result;
        }
        // A volume is of the day of its latest text.
        document.day = document.day.or(members.values().filter_map(|member| member.document.day).max());
        document.volume = Some(Volume {
            cover: cover(&document, filled),
            contents: filled.locale.volume.contents.text.clone(),
            page: filled.locale.volume.page.text.clone(),
            sections: sections(&document, filled, members),
        });
        document.parts.clear();
        result.document = Some(document);
        result
    }

    /// The documents that `member:` lines name, as far as they can be had.
    fn members(&mut self, blocks: &[ast::Block]) -> Vec<Named> {
        let mut named: Vec<Named> = Vec::new();
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for block in blocks {
            let ast::BlockKind::Keyword(keyword) = &block.kind else { continue };
            if keyword.name != StructureName::Member {
                continue;
            }
            let Some(span) = keyword.lines.first() else {
                self.refuse(keyword.word, "`member:` names no document", "write the path of a document after it");
                continue;
            };
            let path = Word { text: self.assembly.sources.slice(*span).to_owned(), span: *span };
            if named.len() >= MAX_MEMBERS {
                let message = format!("a volume of more than {MAX_MEMBERS} texts");
                self.assembly.found.push(
                    Diagnostic::new(Code::LimitReached, path.span, message).hint("divide it into several volumes"),
                );
                break;
            }
            let resolved = match resolve(&path, &self.session.files, &self.assembly.sources) {
                Ok(resolved) => resolved,
                Err(error) => {
                    let hint = "a volume takes only documents below the project's folder";
                    self.refuse(path.span, error.to_string(), hint);
                    continue;
                }
            };
            if let Some(first) = seen.insert(resolved.clone(), path.span) {
                self.assembly.found.push(
                    Diagnostic::new(
                        Code::VolumeMember,
                        path.span,
                        format!("`{}` stands in the volume twice", path.text),
                    )
                    .other(first, "first here")
                    .hint("delete one of the two lines"),
                );
                continue;
            }
            match self.session.files.parsed(&resolved, ReadAs::Whole) {
                Ok(parsed) => {
                    let chain = self.assembly.sources.led_by(path.span, "taken into the volume here");
                    let (file, tree) = parsed.bring_in(chain, &mut self.assembly.sources, &mut self.assembly.found);
                    if Kind::of(&tree.header, &resolved) != Kind::Document {
                        self.refuse(
                            path.span,
                            format!("`{}` is no document", path.text),
                            "a volume takes documents alone",
                        );
                        continue;
                    }
                    named.push(Named { path, tree, file });
                }
                Err(WorldError::NotFound { .. }) => {
                    let hint = "paths begin at the project's folder, or with `./` at that of this file";
                    self.refuse(path.span, format!("there is no file `{}`", path.text), hint);
                }
                Err(error) => self.refuse(path.span, error.to_string(), "a volume takes documents of its project"),
            }
        }
        named
    }

    /// Two texts of one symbol: references could lead to one alone.
    fn same_symbol(&mut self, named: &[Named]) {
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        for member in named {
            let Some(entry) = member.tree.header.get("symbol") else { continue };
            if let Some(other) = first.insert(entry.value(), entry.value_span()) {
                let message = format!("two texts of the volume have the symbol `{}`", entry.value());
                self.assembly.found.push(
                    Diagnostic::new(Code::VolumeMember, entry.value_span(), message)
                        .other(other, "the first one")
                        .hint("correct one of the symbols, or leave one of the texts out"),
                );
            }
        }
    }

    /// What the contents say of a text.
    fn judge_entry(&mut self, path: &Word, entry: &str, is_known: bool) {
        let hint = "write `entry:` and the words of the entry into its header";
        if entry.trim().is_empty() {
            let message = format!("`{}` has no title: its entry in the contents would be empty", path.text);
            self.refuse(path.span, message, hint);
        } else if !is_known {
            let message =
                format!("the line before the title of `{}` would stand in capitals in the contents", path.text);
            let finding = Diagnostic::new(Code::VolumeMember, path.span, message).hint(hint);
            self.assembly.found.push(finding.at_most(Severity::Warning));
        }
    }

    fn refuse(&mut self, place: Span, message: impl Into<String>, hint: &str) {
        self.assembly.found.push(Diagnostic::new(Code::VolumeMember, place, message).hint(hint));
    }

    /// A member, compiled as if it stood alone; what a draft may have is said
    /// as it would be there.
    fn member(&mut self, tree: File, file: FileId, siblings: &Siblings) -> Understood {
        let sources = std::mem::take(&mut self.assembly.sources);
        let mut work = Work::new(self.session, self.options, file, sources, Diagnostics::default());
        work.siblings = siblings.clone();
        work.is_member = true;
        let place = tree.header.get("document").map(Entry::value_span);
        let mut understood = Understood::default();
        if let Some(prepared) = work.document(tree, None) {
            if prepared.template.is_volume() {
                let message = "a volume cannot stand in a volume";
                work.refuse(place.unwrap_or_default(), message, "name its members in this one");
            } else {
                understood = work.understand(prepared, None);
            }
        }
        self.assembly.sources = work.assembly.sources;
        let mut found = work.assembly.found;
        if !understood.is_final {
            found.soften_for_draft();
        }
        self.assembly.found.bring_in(&found, &|span| span);
        understood
    }
}

/// The members by their symbols, each with its place among them.
fn siblings_of(named: &[Named]) -> Siblings {
    let symbols = named.iter().enumerate().filter_map(|(at, member)| {
        let symbol = member.tree.header.get("symbol").map(Entry::value)?;
        let symbol = crate::syntax::read_symbol(&symbol)?;
        Some((symbol.to_string(), Anchor(u32::try_from(at).ok()?)))
    });
    symbols.collect()
}

/// Members in the order in which the text names them.
fn in_order(filled: &Filled, mut members: BTreeMap<Span, Member>) -> Vec<Member> {
    let keywords = filled.blocks.iter().filter_map(ast::Block::keyword);
    let named = keywords.filter(|keyword| keyword.name == StructureName::Member);
    named.filter_map(|keyword| members.remove(keyword.lines.first()?)).collect()
}

/// `(MC.DOC/2/18 of 7 December 2018)`; the symbol alone where a draft has no
/// day.
fn under_title(document: &Document, day: Option<Date>, locale: &Locale) -> Option<String> {
    let symbol = document.symbol.clone()?;
    let own = Locale::of(&document.language).unwrap_or(locale);
    let day = day.filter(|_| document.draft.is_none() || document.running_head.len() > 1);
    match day {
        Some(day) => own.line(&own.volume.under_title.text, |gap| {
            Some(if gap == "symbol" { symbol.clone() } else { own.long_date(day) })
        }),
        None => Some(format!("({symbol})")),
    }
}

fn cover(document: &Document, filled: &Filled) -> Cover {
    let Letterhead { left, right, .. } = &document.letterhead;
    let is_written = |line: &&HeadLine| !line.text.is_empty();
    let year = filled.values.integer("year").map(|year| year.to_string());
    let place = filled.values.text("place").map(str::to_owned);
    let imprint = filled.locale.line(&filled.locale.letterhead.place.text, |gap| match gap {
        "place" => place.clone(),
        _ => year.clone(),
    });
    Cover {
        names: left.iter().filter(is_written).map(|line| line.text.clone()).collect(),
        imprint,
        back: right.iter().filter(is_written).cloned().collect(),
        place,
        year,
        title: document.parts.first().map(|part| part.title.clone()).unwrap_or_default(),
    }
}

/// Sections and members in the order of the text.
fn sections(document: &Document, filled: &Filled, mut members: BTreeMap<Span, Member>) -> Vec<VolumeSection> {
    let blocks = document.parts.first().map(|part| part.blocks.as_slice()).unwrap_or_default();
    let mut headings = blocks.iter().filter_map(|block| {
        let heading = block.kind.heading().filter(|heading| heading.level == 1)?;
        Some((block.anchor, heading.label.map(str::to_owned), heading.content.clone()))
    });
    let start = document.parts.first().map_or(Anchor(0), |part| part.anchor);
    let mut sections = vec![VolumeSection { anchor: start, label: None, title: Vec::new(), members: Vec::new() }];
    for block in &filled.blocks {
        let ast::BlockKind::Keyword(keyword) = &block.kind else { continue };
        match keyword.name {
            StructureName::Section => {
                if let Some((anchor, label, title)) = headings.next() {
                    sections.push(VolumeSection { anchor, label, title, members: Vec::new() });
                }
            }
            StructureName::Member => {
                let member = keyword.lines.first().and_then(|path| members.remove(path));
                if let (Some(member), Some(section)) = (member, sections.last_mut()) {
                    section.members.push(member);
                }
            }
            // What else stands in a volume was said.
            StructureName::Preamble
            | StructureName::Operative
            | StructureName::Subsection
            | StructureName::Heading
            | StructureName::Numbering
            | StructureName::Annex
            | StructureName::Attachment
            | StructureName::Session
            | StructureName::Row
            | StructureName::Item
            | StructureName::Decision
            | StructureName::Address
            | StructureName::Signature
            | StructureName::Contents => {}
        }
    }
    sections.retain(|section| section.label.is_some() || !section.members.is_empty());
    sections
}

/// Calls `visit` for each anchor of a document, and for each reference to one.
fn each_anchor(document: &mut Document, visit: &mut dyn FnMut(&mut Anchor)) {
    document.labels.iter_mut().for_each(|(_, anchor)| visit(anchor));
    for part in &mut document.parts {
        visit(&mut part.anchor);
        blocks_of(&mut part.blocks, &mut |block| {
            visit(&mut block.anchor);
            match &mut block.kind {
                BlockKind::Contents(contents) => {
                    contents.entries.iter_mut().for_each(|entry| visit(&mut entry.anchor));
                }
                BlockKind::List(list) => list.items.iter_mut().for_each(|item| visit(&mut item.anchor)),
                BlockKind::Opening(_)
                | BlockKind::Clause(_)
                | BlockKind::Prose(_)
                | BlockKind::Continuation { .. }
                | BlockKind::Heading { .. }
                | BlockKind::Quote { .. }
                | BlockKind::Lines { .. }
                | BlockKind::Table(_) => {}
            }
        });
    }
    each_inline(document, &mut |inline| {
        if let Inline::Link { target, .. } = inline {
            visit(target);
        }
    });
}

/// Calls `visit` for each reference to another text of the volume.
fn each_lead(document: &mut Document, visit: &mut dyn FnMut(&mut Anchor)) {
    each_inline(document, &mut |inline| {
        if let Inline::Instrument { lead: Lead::Text(anchor), .. } = inline {
            visit(anchor);
        }
    });
}

fn blocks_of(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        match &mut block.kind {
            BlockKind::Quote { blocks, .. } => blocks_of(blocks, visit),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    blocks_of(&mut item.body, visit);
                }
            }
            BlockKind::Opening(_)
            | BlockKind::Clause(_)
            | BlockKind::Prose(_)
            | BlockKind::Continuation { .. }
            | BlockKind::Heading { .. }
            | BlockKind::Lines { .. }
            | BlockKind::Contents(_)
            | BlockKind::Table(_) => {}
        }
    }
}

fn each_inline(document: &mut Document, visit: &mut dyn FnMut(&mut Inline)) {
    for Part { title, blocks, notes, .. } in &mut document.parts {
        title.iter_mut().for_each(|line| inlines_of(line, visit));
        notes.iter_mut().for_each(|note| inlines_of(&mut note.content, visit));
        blocks_of(blocks, &mut |block| match &mut block.kind {
            BlockKind::Opening(content)
            | BlockKind::Clause(content)
            | BlockKind::Prose(content)
            | BlockKind::Continuation { content, .. }
            | BlockKind::Heading { content, .. } => inlines_of(content, visit),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    inlines_of(&mut item.content, visit);
                }
            }
            BlockKind::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells).flatten();
                cells.for_each(|text| inlines_of(&mut text.content, visit));
            }
            BlockKind::Contents(contents) => inlines_of(&mut contents.title, visit),
            BlockKind::Lines { lines, .. } => lines.iter_mut().for_each(|line| inlines_of(line, visit)),
            BlockKind::Quote { .. } => {}
        });
    }
}

fn inlines_of(content: &mut [Inline], visit: &mut dyn FnMut(&mut Inline)) {
    for inline in content {
        visit(inline);
        match inline {
            Inline::Emphasis { content, .. }
            | Inline::Bracket(content)
            | Inline::Instrument { content, .. }
            | Inline::Foreign { content, .. } => inlines_of(content, visit),
            Inline::Text(_)
            | Inline::Raised(_)
            | Inline::Placeholder(_)
            | Inline::Link { .. }
            | Inline::Unresolved(_)
            | Inline::NoteMark { .. } => {}
        }
    }
}
