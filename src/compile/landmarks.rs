//! What a text has that can be referred to, as it is printed: paragraphs,
//! sub-paragraphs, sections, tables, annexes; and where each stands.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::{Node, NodeKind, Outline, PartOutline};
use crate::model::{Anchor, PartKind};
use crate::syntax::ast::{Entry, Inline, Paragraph};
use crate::syntax::marker::MarkerKind;
use crate::syntax::to_roman;

/// All that a text has, in the order in which it stands.
pub(super) struct Landmarks<'a> {
    pub all: Vec<Landmark<'a>>,
    pub parts: Vec<LandPart>,
    /// The sections by number, as they are called: `II`, `II.B`.
    pub sections: Vec<String>,
    /// Whether their numbers are nested: paragraphs are counted within each.
    are_nested: bool,
    /// Where each block of the text stands; what is in a quotation stands
    /// where the quotation does.
    spots: BTreeMap<Anchor, Spot>,
    /// The same by the block of the body, its last node.
    of_blocks: BTreeMap<usize, Spot>,
    /// How many of a kind in a run have a number.
    counted: BTreeMap<(usize, usize, Thing, Vec<String>), usize>,
    /// The runs of numbers in each section of a part: in its first level, and in
    /// the one that is nearest.
    runs: BTreeMap<(usize, String), BTreeSet<usize>>,
}

/// The text itself, an annex or an attachment.
pub(super) struct LandPart {
    pub kind: PartKind,
    /// Its number among its kind; none where it is the only one.
    pub number: Option<u32>,
    /// What stands at the head of its pages, where that is the author's own.
    pub head: Option<String>,
}

/// Something that can be referred to.
pub(super) struct Landmark<'a> {
    pub thing: Thing,
    /// Its number with those around it: `5`, `(a)`, `(i)`. Empty where it has
    /// none.
    pub path: Vec<String>,
    /// The number that a paragraph was typed with, where it is printed with another one.
    pub typed: Option<u32>,
    pub anchor: Anchor,
    pub spot: Spot,
    /// Its words, in which labels stand.
    pub content: &'a [Inline],
}

/// What can be referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    Paragraph,
    SubParagraph,
    Section,
    Heading,
    Table,
    /// An item of the agenda of a journal, or a part of one.
    AgendaItem,
    Part,
    /// What has no number: a clause, a paragraph of prose, a dash.
    Unnumbered,
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Which part of the text, by its place among them.
    pub part: usize,
    /// Which run of numbers, counted through the part: each begins anew.
    pub run: usize,
    /// The section, as a place in the list of them.
    pub section: Option<usize>,
    /// The how manieth block of the document.
    pub order: usize,
    /// The block that the paragraph began with.
    pub head: usize,
}

impl Spot {
    /// Before everything: a title.
    pub const START: Spot = Spot { part: 0, run: 0, section: None, order: 0, head: 0 };
}

impl<'a> Landmarks<'a> {
    /// What an outline has.
    pub fn of(outline: &Outline<'a>) -> Landmarks<'a> {
        let mut walk = Walk {
            marks: Landmarks {
                all: Vec::new(),
                parts: Vec::new(),
                sections: Vec::new(),
                are_nested: false,
                spots: BTreeMap::new(),
                of_blocks: BTreeMap::new(),
                counted: BTreeMap::new(),
                runs: BTreeMap::new(),
            },
            spot: Spot::START,
            top: 0,
            around: Vec::new(),
            is_interrupted: false,
            in_item: false,
            highest: None,
            tables: 0,
        };
        for part in &outline.parts {
            walk.part(part);
        }
        walk.marks
    }

    /// Where a block of the text stands.
    pub fn spot(&self, anchor: Anchor) -> Option<Spot> {
        self.spots.get(&anchor).copied()
    }

    /// Where a block of the body stands.
    pub fn spot_of_block(&self, block: usize) -> Option<Spot> {
        self.of_blocks.get(&block).copied()
    }

    /// The highest number of a paragraph of the text itself.
    pub fn last_paragraph(&self) -> Option<u32> {
        let own = self.all.iter().filter(|mark| mark.spot.part == 0 && mark.thing == Thing::Paragraph);
        own.filter_map(|mark| mark.path.first()?.parse().ok()).max()
    }

    /// Whether another thing of its run has the same number.
    pub fn has_twin(&self, mark: &Landmark<'_>) -> bool {
        let key = (mark.spot.part, mark.spot.run, mark.thing, mark.path.clone());
        self.counted.get(&key).is_some_and(|count| *count > 1)
    }

    /// Whether the paragraphs of a part are counted anew somewhere.
    pub fn begins_anew(&self, part: usize) -> bool {
        self.runs.get(&(part, String::new())).is_some_and(|runs| runs.len() > 1)
    }

    /// The section that tells a run of numbers from the others of its part, as
    /// it is called: the one of the first level if that is enough, and all of a nested number.
    pub fn section_of_run(&self, spot: Spot) -> Option<&str> {
        let nearest = self.sections.get(spot.section?)?.as_str();
        let first = if self.are_nested { nearest } else { nearest.split('.').next().unwrap_or(nearest) };
        let is_enough =
            |section: &str| self.runs.get(&(spot.part, section.to_owned())).is_some_and(|runs| runs.len() == 1);
        [first, nearest].into_iter().find(|section| is_enough(section))
    }
}

/// The number that was typed before a paragraph, where it was meant to be the one that is printed.
fn typed(paragraph: &Paragraph) -> Option<u32> {
    let marker = paragraph.marker.as_ref().filter(|marker| !marker.is_free)?;
    match &marker.kind {
        MarkerKind::Number { part: None, value, inserted: None } => *value,
        _ => None,
    }
}

/// Whether a block begins a paragraph; what belongs to one goes on with it.
fn begins(kind: &NodeKind<'_>) -> bool {
    match kind {
        NodeKind::HouseOpening
        | NodeKind::Opening(_)
        | NodeKind::Clause(_)
        | NodeKind::Prose(_)
        | NodeKind::Numbered { .. }
        | NodeKind::Heading { .. } => true,
        NodeKind::Stated { .. }
        | NodeKind::Led { level: None, .. }
        | NodeKind::Lines { .. }
        | NodeKind::Contents { .. } => true,
        NodeKind::Item { .. }
        | NodeKind::Labelled { .. }
        | NodeKind::Led { .. }
        | NodeKind::Continuation { .. }
        | NodeKind::Quote { .. }
        | NodeKind::Quoted { .. }
        | NodeKind::Table { .. } => false,
    }
}

/// What is known while blocks are passed one after the other.
struct Walk<'a> {
    marks: Landmarks<'a>,
    spot: Spot,
    /// The section of the first level that is open.
    top: u32,
    /// The paragraph and the sub-paragraphs that are open: the level of each,
    /// and its number.
    around: Vec<(usize, String)>,
    /// Whether a paragraph stands behind them that belongs to none.
    is_interrupted: bool,
    /// Whether they are an item of an agenda and its parts.
    in_item: bool,
    /// The last number of a paragraph.
    highest: Option<Vec<u32>>,
    tables: u32,
}

impl<'a> Walk<'a> {
    fn part(&mut self, part: &PartOutline<'a>) {
        let index = self.marks.parts.len();
        let head = part.keyword.and_then(|keyword| keyword.header.get("head")).map(Entry::value);
        self.marks.parts.push(LandPart { kind: part.kind, number: part.number, head });
        self.spot = Spot { part: index, run: 0, section: None, ..self.spot };
        (self.top, self.tables, self.highest, self.in_item) = (0, 0, None, false);
        self.around.clear();
        if let Some(keyword) = part.keyword {
            self.spot.order += 1;
            self.spot.head = self.spot.order;
            let path = part.number.map(|number| number.to_string()).into_iter().collect();
            self.mark(Thing::Part, path, part.anchor, &keyword.value);
            self.marks.of_blocks.insert(part.first.saturating_sub(1), self.spot);
        }
        for (node, block) in part.nodes.iter().zip(&part.blocks) {
            self.spot.order += 1;
            // What is said on an item of an agenda speaks of itself alone.
            if begins(&node.kind) || self.in_item {
                self.spot.head = self.spot.order;
            }
            self.node(node);
            self.marks.of_blocks.insert(*block, self.spot);
        }
    }

    fn node(&mut self, node: &Node<'a>) {
        match &node.kind {
            NodeKind::HouseOpening => {}
            NodeKind::Opening(content)
            | NodeKind::Clause(content)
            | NodeKind::Prose(content)
            | NodeKind::Contents { content }
            | NodeKind::Lines { content, .. } => {
                self.is_interrupted = true;
                self.mark(Thing::Unnumbered, Vec::new(), node.anchor, content);
            }
            NodeKind::Numbered { number, paragraph, .. } => {
                self.count(number);
                self.around = vec![(0, number.clone())];
                (self.is_interrupted, self.in_item) = (false, false);
                self.mark(Thing::Paragraph, vec![number.clone()], node.anchor, &paragraph.content);
                if let Some(mark) = self.marks.all.last_mut() {
                    mark.typed = typed(paragraph).filter(|typed| number.parse() != Ok(*typed));
                }
            }
            NodeKind::Item { level, numbering, marker, resumes, paragraph } => {
                if std::mem::take(&mut self.is_interrupted) && !resumes {
                    self.around.clear();
                    self.in_item = false;
                }
                self.around.retain(|(of, _)| of <= level);
                let number = if numbering.counts() { marker.clone() } else { String::new() };
                self.around.push((level + 1, number));
                let path: Vec<String> = self.around.iter().map(|(_, number)| number.clone()).collect();
                // What stands below a dash has no number that leads there.
                let is_numbered = path.iter().all(|number| !number.is_empty());
                let (thing, path) = match is_numbered {
                    true if self.in_item => (Thing::AgendaItem, path),
                    true => (Thing::SubParagraph, path),
                    false => (Thing::Unnumbered, Vec::new()),
                };
                self.mark(thing, path, node.anchor, &paragraph.content);
            }
            NodeKind::Stated { number, .. } => {
                self.count(number);
                self.around = vec![(0, number.clone())];
                (self.is_interrupted, self.in_item) = (false, false);
                self.mark(Thing::Paragraph, vec![number.clone()], node.anchor, &[]);
            }
            NodeKind::Labelled { item: Some(number), content, .. } => {
                self.in_item = true;
                self.around = vec![(0, number.to_string())];
                self.mark(Thing::AgendaItem, vec![number.to_string()], node.anchor, content);
            }
            NodeKind::Labelled { item: None, content, .. } => {
                // What stands below it has its words before it, and no number.
                self.around = vec![(0, String::new())];
                self.mark(Thing::Unnumbered, Vec::new(), node.anchor, content);
            }
            NodeKind::Continuation { content, .. } | NodeKind::Led { content, .. } => {
                self.mark(Thing::Unnumbered, Vec::new(), node.anchor, content);
            }
            NodeKind::Heading { level, number, content } => {
                let number = number.as_ref().map(|number| number.name.as_str());
                self.heading(node.anchor, *level, number, content)
            }
            NodeKind::Quote { nodes, .. } => {
                self.marks.spots.insert(node.anchor, self.spot);
                self.quoted(nodes);
            }
            NodeKind::Quoted { paragraph, .. } => {
                self.mark(Thing::Unnumbered, Vec::new(), node.anchor, &paragraph.content);
            }
            NodeKind::Table { table, .. } => {
                self.tables += 1;
                self.mark(Thing::Table, vec![self.tables.to_string()], node.anchor, &table.value);
            }
        }
        self.marks.spots.entry(node.anchor).or_insert(self.spot);
    }

    /// What stands in a quotation has no number of this text; tables are counted
    /// through.
    fn quoted(&mut self, nodes: &[Node<'a>]) {
        let around = self.around.clone();
        let mut left: Vec<&Node<'a>> = nodes.iter().rev().collect();
        while let Some(node) = left.pop() {
            if let NodeKind::Quote { nodes, .. } = &node.kind {
                left.extend(nodes.iter().rev());
            } else {
                self.node(node);
            }
        }
        self.around = around;
    }

    fn heading(&mut self, anchor: Anchor, level: usize, number: Option<&str>, content: &'a [Inline]) {
        let Some(number) = number else {
            self.is_interrupted = true;
            self.mark(Thing::Heading, Vec::new(), anchor, content);
            return;
        };
        self.around.clear();
        self.in_item = false;
        if level == 1 {
            self.top += 1;
        }
        let first = to_roman(self.top).to_uppercase();
        // Nested numbers have it already.
        let is_nested = number.starts_with(&format!("{first}."));
        self.marks.are_nested |= is_nested;
        let name = match (level, self.top) {
            (1, _) | (_, 0) => number.to_owned(),
            _ if is_nested => number.to_owned(),
            _ => format!("{first}.{number}"),
        };
        self.marks.sections.push(name.clone());
        self.spot.section = Some(self.marks.sections.len() - 1);
        self.mark(Thing::Section, vec![name], anchor, content);
    }

    /// A number that is not greater than the one before it begins a run.
    fn count(&mut self, number: &str) {
        let (figures, inserted) = number.split_once('\u{A0}').map_or((number, false), |(figures, _)| (figures, true));
        let value: Vec<u32> =
            figures.split(|c: char| !c.is_ascii_digit()).filter_map(|figures| figures.parse().ok()).collect();
        let inserted = inserted || figures.ends_with(char::is_alphabetic);
        if !inserted && self.highest.as_ref().is_some_and(|highest| value <= *highest) {
            self.spot.run += 1;
        }
        self.highest = Some(value);
    }

    fn mark(&mut self, thing: Thing, path: Vec<String>, anchor: Anchor, content: &'a [Inline]) {
        let mut spot = self.spot;
        if thing == Thing::AgendaItem {
            // Items are counted through all sessions.
            spot.run = 0;
        }
        if !path.is_empty() {
            *self.marks.counted.entry((spot.part, spot.run, thing, path.clone())).or_default() += 1;
        }
        if thing == Thing::Paragraph {
            let nearest = spot.section.and_then(|at| self.marks.sections.get(at)).cloned().unwrap_or_default();
            let first = nearest.split('.').next().unwrap_or_default().to_owned();
            for section in [String::new(), first, nearest] {
                self.marks.runs.entry((spot.part, section)).or_default().insert(spot.run);
            }
        }
        self.marks.spots.insert(anchor, self.spot);
        self.marks.all.push(Landmark { thing, path, typed: None, anchor, spot, content });
    }
}
