//! A document as paragraphs: its parts one after another, each a section with heads of its own.

use std::collections::BTreeSet;

use super::composer::{Composer, Notes, bookmarked, proofing};
use super::paragraph::{Body, Look, Paragraph, Run, Section, Unit, What, twips};
use crate::layout::Measures;
use crate::layout::style::Style;
use crate::model::{Anchor, Block, BlockKind, CellText, Document, Inline, Lead, Part, PartKind, keeps_letters};
use crate::ooxml::names::{ParagraphRole, TITLE_TAG, leaf_bookmark, reference_bookmark};

/// The paragraphs of a document.
pub(super) fn compose(document: &Document, style: &Style, measures: &Measures) -> Body {
    let turned = style.turned();
    let mut targets = BTreeSet::new();
    collect(document, &mut targets);
    let mut composer = Composer {
        document,
        style,
        turned: &turned,
        measures,
        body: Body { language: proofing(&document.language), ..Body::default() },
        leaf: Some(0),
        waiting: Vec::new(),
        language: document.language.clone(),
        targets,
        leading: Vec::new(),
        room: 0,
        section: Section::plain(),
        in_item: false,
        member: None,
    };
    match &document.volume {
        Some(volume) => composer.volume(volume),
        None => composer.parts(document, Some(1)),
    }
    composer.body.own_leaves = composer.leaf.unwrap_or_default();
    for member in &document.appended {
        composer.document = &member.document;
        composer.parts(&member.document, Some(1));
    }
    composer.body
}

impl<'a> Composer<'a> {
    /// The parts of a document, its pages numbered from `starts`.
    pub fn parts(&mut self, document: &'a Document, starts: Option<u32>) {
        let mut starts = starts;
        for part in &document.parts {
            let language = part.language.as_deref().unwrap_or(&document.language);
            self.language = language.to_owned();
            self.part(part, starts.take());
        }
        self.language = document.language.clone();
    }

    fn part(&mut self, part: &'a Part, starts: Option<u32>) {
        let turned = part.turned();
        let turns = part.kind.is_attached() && turned.first() == Some(&true);
        let on_right = self.section.on_right;
        self.section = self.section_of(part, turns, true);
        (self.section.starts, self.section.on_right) = (starts, on_right);
        if part.kind == PartKind::Main && self.member.is_none() {
            self.letterhead(part);
        }
        part.head.iter().filter(|line| !line.text.is_empty()).for_each(|_| {
            self.next_leaf();
        });
        let mut notes = Notes::of(&part.notes);
        self.title(part, &mut notes);
        for (at, block) in part.blocks.iter().enumerate() {
            let turns = turned.get(at).copied().unwrap_or_default();
            if turns != self.section.turned {
                let next = self.section_of(part, turns, false);
                self.next_section(next);
            }
            let before = self.body.units.len();
            self.block(block, at == 0, &mut notes);
            let begins_page = at == 1 && part.blocks.first().is_some_and(|first| first.kind.contents().is_some());
            if begins_page && let Some(Unit::Paragraph(first)) = self.body.units.get_mut(before) {
                first.format.page_break = true;
                first.format.before = Some(0);
            }
            if part.blocks.get(at + 1).is_some_and(|next| next.kind.is_signature())
                && let Some(Unit::Paragraph(last)) = self.body.units.last_mut()
            {
                last.format.keep_next = true;
            }
        }
        self.flush_leading();
        self.next_section(Section::plain());
    }

    fn title(&mut self, part: &'a Part, notes: &mut Notes<'_>) {
        let style = self.style_of(self.section.turned);
        let leading = twips(style.text.leading);
        for (at, line) in part.meeting.iter().enumerate() {
            self.next_leaf();
            let look = self.look();
            let runs = self.runs(line, &look, notes);
            let mut paragraph = Paragraph::of(ParagraphRole::Meeting, runs);
            paragraph.format.keep_next = true;
            paragraph.format.before = (at == 0).then_some(0);
            self.push(paragraph);
            self.waiting.clear();
        }
        let mut above = if part.meeting.is_empty() { 0 } else { 2 * leading };
        if let Some((bottom, top)) = self.measures.heads.get(&part.anchor).filter(|_| part.kind == PartKind::Main) {
            above = twips(top - bottom);
        }
        let mut lines: Vec<(ParagraphRole, Vec<Run>)> = Vec::new();
        let look = self.look();
        if let Some(line) = &part.title_line {
            lines.push((ParagraphRole::TitleLine, vec![Run::text(line, &look)]));
        }
        for (at, line) in part.title.iter().enumerate() {
            let keeps = keeps_letters(at, line);
            let control = (part.kind == PartKind::Main).then_some(TITLE_TAG);
            let look = Look { capitals: !keeps, control, ..look.clone() };
            lines.push((ParagraphRole::Title, self.runs(line, &look, notes)));
        }
        let is_leaf = part.title_line.is_some() || lines.len() > 1 || lines.iter().any(|(_, runs)| !runs.is_empty());
        let leaf = if is_leaf { self.next_leaf() } else { None };
        self.finish_notes();
        if let Some(leaf) = leaf {
            around(&mut lines, &leaf_bookmark(leaf));
        }
        if self.is_target(part.anchor) {
            if lines.is_empty() {
                lines.push((ParagraphRole::Title, Vec::new()));
            }
            around(&mut lines, &reference_bookmark(part.anchor.0));
        }
        if part.kind == PartKind::Main
            && let Some(line) = self.member.and_then(|member| member.under_title.as_ref())
        {
            lines.push((ParagraphRole::TitleLine, vec![Run::text(line, &look)]));
        }
        let count = lines.len();
        for (at, (role, runs)) in lines.into_iter().enumerate() {
            let mut paragraph = Paragraph { leaf: leaf.filter(|_| at == 0), ..Paragraph::of(role, runs) };
            paragraph.format.keep_next = true;
            if let Some(width) = self.measures.titles.get(&(part.anchor, at)) {
                let side = twips((style.line_width() - width) / 2.0 - 0.5).max(0);
                paragraph.format.indent = Some((side, 0));
                paragraph.format.right = Some(side);
            }
            if at == 0 {
                paragraph.format.before = Some(above);
            }
            self.push(paragraph);
        }
        self.room = if count > 0 { i64::from(style.first_page.after_title) * leading } else { above };
        if let Some(by) = &part.by {
            let leaf = self.next_leaf();
            let mut runs = vec![Run::text(by, &look)];
            if let Some(leaf) = leaf {
                runs = bookmarked(runs, &leaf_bookmark(leaf));
            }
            self.push(Paragraph { leaf, ..Paragraph::of(ParagraphRole::By, runs) });
        }
    }
}

/// A bookmark around the runs of all lines.
fn around(lines: &mut [(ParagraphRole, Vec<Run>)], name: &str) {
    let look = Look::default();
    if let Some((_, first)) = lines.first_mut() {
        first.insert(0, Run::new(What::Start(name.to_owned()), &look));
    }
    if let Some((_, last)) = lines.last_mut() {
        last.push(Run::new(What::End(name.to_owned()), &look));
    }
}

/// What references and lists of contents lead to.
fn collect(document: &Document, targets: &mut BTreeSet<Anchor>) {
    for part in &document.parts {
        part.meeting.iter().chain(&part.title).for_each(|line| collect_in(line, targets));
        part.notes.iter().for_each(|note| collect_in(&note.content, targets));
        let mut open: Vec<&Block> = part.blocks.iter().collect();
        while let Some(block) = open.pop() {
            match &block.kind {
                BlockKind::Opening(content)
                | BlockKind::Clause(content)
                | BlockKind::Prose(content)
                | BlockKind::Continuation { content, .. }
                | BlockKind::Heading { content, .. } => collect_in(content, targets),
                BlockKind::List(list) => {
                    for item in &list.items {
                        collect_in(&item.content, targets);
                        open.extend(&item.body);
                    }
                }
                BlockKind::Quote { blocks, .. } => open.extend(blocks),
                BlockKind::Lines { lines, .. } => lines.iter().for_each(|line| collect_in(line, targets)),
                BlockKind::Contents(contents) => targets.extend(contents.entries.iter().map(|entry| entry.anchor)),
                BlockKind::Table(table) => {
                    table.paragraphs().for_each(|CellText { content, .. }| collect_in(content, targets));
                }
            }
        }
    }
    for member in document.members() {
        collect(&member.document, targets);
    }
    let sections = document.volume.iter().flat_map(|volume| &volume.sections);
    for section in sections {
        targets.insert(section.anchor);
        targets.extend(section.members.iter().map(|member| member.anchor));
    }
}

fn collect_in(content: &[Inline], targets: &mut BTreeSet<Anchor>) {
    for inline in content {
        match inline {
            Inline::Link { target, .. } => {
                targets.insert(*target);
            }
            Inline::Instrument { lead, content } => {
                if let Lead::Text(anchor) = lead {
                    targets.insert(*anchor);
                }
                collect_in(content, targets);
            }
            Inline::Emphasis { content, .. } | Inline::Bracket(content) | Inline::Foreign { content, .. } => {
                collect_in(content, targets);
            }
            Inline::Text(_)
            | Inline::Raised(_)
            | Inline::Placeholder(_)
            | Inline::Unresolved(_)
            | Inline::NoteMark { .. } => {}
        }
    }
}
