//! The order of a text: its parts, what each block is, and every number.

use std::collections::BTreeMap;

use super::columns;
use super::context::Context;
use super::counting::{CountAs, Counting, Divisions};
pub(super) use super::node::{Node, NodeKind, Sessions};
use super::parting::{Parting, is_opening, lines_needed, parting};
use crate::assemble::Filled;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::locale::{Enumeration, Locale};
use crate::model::{Anchor, Numbering, PartKind};
use crate::source::{Sources, Span};
use crate::syntax::ast::{self, Block, BlockKind, Inline, Keyword, Paragraph, StructureName};
use crate::syntax::marker::{Marker, MarkerKind};
use crate::syntax::{ItemKind, labels_of, prints_nothing, words_of};

/// The text with everything counted; its words are still those of the tree.
pub(super) struct Outline<'a> {
    pub parts: Vec<PartOutline<'a>>,
    /// The place of each anchor's block.
    pub places: Vec<Span>,
}

/// The text itself, an annex or an attachment.
pub(super) struct PartOutline<'a> {
    pub kind: PartKind,
    pub anchor: Anchor,
    /// The keyword line of an annex.
    pub keyword: Option<&'a Keyword>,
    /// Its number among its kind; none where it is the only one.
    pub number: Option<u32>,
    pub nodes: Vec<Node<'a>>,
    /// The first of its blocks among those of the body.
    pub first: usize,
    /// For each node the block of the body that it is made of.
    pub blocks: Vec<usize>,
}

impl Outline<'_> {
    /// The paragraph that each block of the body belongs to, by its number in
    /// the body.
    pub fn paragraphs(&self) -> BTreeMap<usize, String> {
        let mut paragraphs = BTreeMap::new();
        for part in &self.parts {
            let (mut number, mut suspended): (Option<String>, Option<String>) = (None, None);
            for (node, block) in part.nodes.iter().zip(&part.blocks) {
                let label = match &node.kind {
                    NodeKind::Numbered { number: own, .. } => {
                        number = Some(own.clone());
                        number.clone()
                    }
                    NodeKind::Item { marker, resumes, .. } => {
                        number = number.or_else(|| suspended.take().filter(|_| *resumes));
                        Some(format!("{}{}", number.as_deref().unwrap_or_default(), marker.trim()))
                    }
                    NodeKind::Continuation { .. }
                    | NodeKind::Quote { .. }
                    | NodeKind::Table { .. }
                    | NodeKind::Labelled { .. }
                    | NodeKind::Led { level: Some(_), .. } => number.clone(),
                    NodeKind::Stated { number: own, .. } => {
                        number = Some(own.clone());
                        number.clone()
                    }
                    NodeKind::HouseOpening
                    | NodeKind::Opening(_)
                    | NodeKind::Clause(_)
                    | NodeKind::Prose(_)
                    | NodeKind::Heading { .. }
                    | NodeKind::Led { level: None, .. }
                    | NodeKind::Lines { .. }
                    | NodeKind::Contents { .. }
                    | NodeKind::Quoted { .. } => {
                        suspended = number.take().or(suspended);
                        None
                    }
                };
                paragraphs.extend(label.map(|label| (*block, label)));
            }
        }
        paragraphs
    }
}

/// Divides the body into parts and counts everything in them.
pub(super) fn outline<'a>(context: &Context<'a>, found: &mut Diagnostics) -> Outline<'a> {
    let Filled { blocks: body, locale, values, .. } = context.filled;
    let sources = context.sources;
    let (numbering, divisions) = (CountAs::of_text(values), Divisions::of_text(values));
    let mut outliner = Outliner {
        sessions: Sessions::default(),
        has_contents: false,
        context,
        sources,
        locale,
        found,
        places: Vec::new(),
        numbering,
        divisions,
    };
    let of_kind = |name: StructureName| {
        body.iter().filter(|b| matches!(&b.kind, BlockKind::Keyword(k) if k.name == name)).count()
    };
    let (annexes, attachments) = (of_kind(StructureName::Annex), of_kind(StructureName::Attachment));
    let mut counts = (0, 0);
    let mut parts = Vec::new();
    for (keyword, first, blocks) in divide(body) {
        let (kind, all, count) = match keyword.map(|keyword| keyword.name) {
            None => (PartKind::Main, 0, &mut 0),
            Some(StructureName::Annex) => (PartKind::Annex, annexes, &mut counts.0),
            Some(_) => (PartKind::Attachment, attachments, &mut counts.1),
        };
        let given = keyword.and_then(|keyword| keyword.header.get("number")?.value().parse().ok());
        // What comes after a number that was given is counted on from it.
        *count = given.unwrap_or(*count + 1);
        let number = given.or((all > 1).then_some(*count));
        let place = keyword.map(|keyword| keyword.word).or(body.first().map(|block| block.span.head()));
        let anchor = outliner.anchor(place.unwrap_or_default());
        let (nodes, blocks) = outliner.part(kind, first, blocks);
        parts.push(PartOutline { kind, anchor, keyword, number, nodes, first, blocks });
    }
    Outline { parts, places: outliner.places }
}

/// The blocks of the text, then those of each annex and attachment, and which
/// block of the body is the first of each.
fn divide(body: &[Block]) -> Vec<(Option<&Keyword>, usize, &[Block])> {
    let starts: Vec<(usize, &Keyword)> = body
        .iter()
        .enumerate()
        .filter_map(|(at, block)| Some((at, block.keyword().filter(|keyword| keyword.name.begins_part())?)))
        .collect();
    let mut parts = vec![(None, 0, &body[..starts.first().map_or(body.len(), |(at, _)| *at)])];
    for (index, (at, keyword)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(body.len(), |(at, _)| *at);
        parts.push((Some(*keyword), at + 1, &body[at + 1..end]));
    }
    parts
}

/// Where a paragraph stands.
#[derive(Clone, Copy)]
struct Standing {
    indented: bool,
    in_preamble: bool,
    /// How much deeper lists stand here.
    depth: usize,
}

pub(super) struct Outliner<'a, 'b> {
    /// The sessions of the part that is passed.
    pub sessions: Sessions<'a>,
    /// Whether it has a list of contents.
    has_contents: bool,
    pub context: &'b Context<'a>,
    pub sources: &'a Sources,
    pub locale: &'b Locale,
    pub found: &'b mut Diagnostics,
    places: Vec<Span>,
    numbering: CountAs,
    divisions: Divisions,
}

impl<'a> Outliner<'a, '_> {
    /// The next anchor, for what stands at `place`.
    pub fn anchor(&mut self, place: Span) -> Anchor {
        self.places.push(place);
        Anchor(u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX))
    }

    /// The same for a text.
    pub fn anchor_of(&mut self, content: &[Inline]) -> Anchor {
        let place = content.first().map_or(Span::default(), Inline::span);
        let place = content.last().map_or(place, |last| place.to(last.span()));
        self.anchor(place)
    }

    /// Whether the line is known with which the body's texts open; one that is not is said.
    fn knows_opening(&mut self, place: Span) -> bool {
        let (body, language) = (self.context.filled.body(), &self.locale.language);
        let is_known = self.locale.bodies.get(body).is_some_and(|name| name.opening.is_some());
        if !is_known {
            let message = format!(
                "this language ({language}) has no opening line for the body `{body}`: nothing stands above the preamble"
            );
            let hint = "write the line as a paragraph of its own, ending in a comma or a dash";
            self.found.push(Diagnostic::new(Code::NoWords, place, message).hint(hint).at_most(Severity::Warning));
        }
        is_known
    }

    fn part(&mut self, kind: PartKind, first: usize, blocks: &'a [Block]) -> (Vec<Node<'a>>, Vec<usize>) {
        let parting = match kind {
            PartKind::Main if self.has_parts() => parting(self.context, blocks, self.found),
            _ => Parting { operative: 0, preamble: false },
        };
        if kind == PartKind::Main {
            lines_needed(self.context, blocks, self.found);
        }
        let mut nodes = Vec::new();
        let mut made_of = Vec::new();
        let mut counting = Counting::new(self.numbering, self.divisions);
        let mut opening_due = parting.preamble;
        (self.sessions, self.has_contents) = (Sessions::default(), false);
        for (at, block) in blocks.iter().enumerate() {
            made_of.resize(nodes.len(), first + at.saturating_sub(1));
            let in_preamble = parting.preamble && at < parting.operative;
            if at == parting.operative {
                // Paragraphs are counted through the operative part.
                counting.paragraph = 0;
            }
            if opening_due && let BlockKind::Paragraph(paragraph) = &block.kind {
                opening_due = false;
                if is_opening(paragraph, self.locale) {
                    let anchor = self.anchor_of(&paragraph.content);
                    nodes.push(Node { anchor, kind: NodeKind::Opening(&paragraph.content) });
                    continue;
                }
                let anchor = self.anchor(block.span.head());
                if self.knows_opening(block.span.head()) {
                    nodes.push(Node { anchor, kind: NodeKind::HouseOpening });
                }
            }
            match &block.kind {
                BlockKind::Comment => {}
                BlockKind::Paragraph(paragraph) => {
                    let indented = block.indent > 0 && !in_preamble;
                    let place = Standing { indented, in_preamble, depth: self.sessions.depth() };
                    let node = self.paragraph(paragraph, block, place, &blocks[at + 1..], &mut counting);
                    nodes.push(node);
                }
                BlockKind::Keyword(keyword) if keyword.name.is_of_sessions() => {
                    nodes.extend(self.of_session(keyword, &blocks[at + 1..], &mut counting));
                }
                BlockKind::Keyword(keyword) => {
                    self.sessions.in_item = false;
                    nodes.extend(self.keyword(keyword, &mut counting));
                }
                BlockKind::Quote(quote) => {
                    let anchor = self.anchor(quote.word);
                    let level = counting.level_at(block.indent) + self.sessions.depth();
                    let left = self.context.style.left_of_quote(level, quote.is_statement, self.sessions.in_item);
                    let (is_statement, nodes_in) = (quote.is_statement, self.quoted(&quote.blocks, left));
                    nodes.push(Node { anchor, kind: NodeKind::Quote { level, is_statement, nodes: nodes_in } });
                }
                BlockKind::Table(table) => {
                    let may_be_inside = block.indent > 0 || self.sessions.in_item;
                    let is_inside = may_be_inside && counting.current.is_some() && !in_preamble;
                    let level = is_inside.then(|| counting.level_at(block.indent) + self.sessions.depth());
                    let left = level.map(|level| self.context.style.left_of_text(level, self.sessions.in_item));
                    nodes.push(self.table(table, level, left.unwrap_or_default()));
                }
            }
        }
        nodes.extend(self.end_session(&mut counting));
        made_of.resize(nodes.len(), first + blocks.len().saturating_sub(1));
        (nodes, made_of)
    }

    /// A table, at the text of a level or at the margin.
    pub fn table(&mut self, table: &'a ast::Table, level: Option<usize>, left: f64) -> Node<'a> {
        columns::check(table, self.sources, self.found);
        // What stands on pages of its own belongs to no paragraph.
        let turns = columns::Options::turns(table);
        let (level, left) = if turns { (None, 0.0) } else { (level, left) };
        Node { anchor: self.anchor(table.word), kind: NodeKind::Table { level, left, table } }
    }

    fn paragraph(
        &mut self,
        paragraph: &'a Paragraph,
        block: &'a Block,
        Standing { indented, in_preamble, depth }: Standing,
        following: &'a [Block],
        counting: &mut Counting,
    ) -> Node<'a> {
        let content = paragraph.content.as_slice();
        let Some(marker) = &paragraph.marker else {
            counting.meet(self.sources.slice(block.span));
            if (indented || depth > 0) && counting.current.is_some() {
                if !indented {
                    counting.list.interrupt();
                }
                let level = counting.level_at(block.indent) + depth;
                let anchor = self.anchor_of(content);
                return Node { anchor, kind: NodeKind::Continuation { level, content } };
            }
            counting.interrupt();
            let anchor = self.anchor_of(content);
            let kind = if in_preamble { NodeKind::Clause(content) } else { NodeKind::Prose(content) };
            return Node { anchor, kind };
        };
        if marker.is_number() {
            let number = counting.number(marker, self.sources, self.found);
            counting.end_lists();
            counting.current = Some(0);
            let anchor = self.anchor_of(content);
            let label = format!("{number}.");
            return Node { anchor, kind: NodeKind::Numbered { number, level: 0, label, paragraph } };
        }
        let next = following.iter().find_map(|next| Some((next.paragraph()?.marker.as_ref()?, next.indent)));
        if matches!(marker.kind, MarkerKind::Decimal(_)) {
            return self.decimal(marker, paragraph, counting);
        }
        let item = counting.list.count(marker, block.indent, next, self.sources, self.found);
        if item.resumes {
            counting.resume();
        }
        // Items of a text without numbered paragraphs have nothing before them.
        let above = *counting.current.get_or_insert_default();
        let printed = match (item.kind, self.locale.enumeration) {
            (ItemKind::Dash, _) => item.text.clone(),
            // A capital has a full stop in every language.
            (ItemKind::Capital | ItemKind::CyrillicCapital, _) => format!("{}.", item.text),
            (_, Enumeration::Both) => format!("({})", item.text),
            (_, Enumeration::Closing) => format!("{})", item.text),
        };
        let anchor = self.anchor_of(content);
        Node {
            anchor,
            kind: NodeKind::Item {
                level: item.level + above + depth,
                numbering: numbering(item.kind),
                marker: printed,
                resumes: item.resumes,
                paragraph,
            },
        }
    }

    /// A paragraph with a decimal number, where these are counted.
    fn decimal(&mut self, marker: &Marker, paragraph: &'a Paragraph, counting: &mut Counting) -> Node<'a> {
        let (label, depth) = counting.decimal(marker, self.sources, self.found);
        let number = label.trim_matches(['(', ')', '.']).to_owned();
        counting.end_lists();
        let anchor = self.anchor_of(&paragraph.content);
        let level = depth.saturating_sub(1);
        counting.current = Some(level);
        Node { anchor, kind: NodeKind::Numbered { number, level, label, paragraph } }
    }

    fn keyword(&mut self, keyword: &'a Keyword, counting: &mut Counting) -> Option<Node<'a>> {
        let content = keyword.value.as_slice();
        let plain = words_of(content);
        let (level, number) = match keyword.name {
            StructureName::Section => (1, Some(counting.divisions.section())),
            StructureName::Subsection => (2, Some(counting.divisions.subsection())),
            StructureName::Heading => (2, counting.divisions.heading(self.locale)),
            StructureName::Numbering => {
                self.no_label(keyword);
                match CountAs::of(plain.trim()) {
                    Some(CountAs::Restart) => counting.restart(),
                    Some(how) => counting.count_as(how),
                    None => self.numbering_says_nothing(keyword, plain.trim()),
                }
                return None;
            }
            StructureName::Preamble | StructureName::Operative => {
                counting.end_lists();
                self.no_label(keyword);
                self.no_parts(keyword);
                if !prints_nothing(&keyword.value) {
                    let message = format!("`{}:` takes no words after its colon", keyword.name.word());
                    let hint = "put the text on the next line";
                    self.found.push(Diagnostic::new(Code::KeywordValue, keyword.word, message).hint(hint));
                }
                return None;
            }
            // Parts of their own, and texts of a volume.
            StructureName::Annex | StructureName::Attachment | StructureName::Member => return None,
            StructureName::Contents => {
                self.no_label(keyword);
                if std::mem::replace(&mut self.has_contents, true) {
                    let message = "this part of the text has a list of contents already";
                    let finding = Diagnostic::new(Code::Parts, keyword.word, message);
                    self.found.push(finding.hint("delete one of the two lines"));
                    return None;
                }
                counting.end_lists();
                counting.current = None;
                return Some(Node { anchor: self.anchor(keyword.word), kind: NodeKind::Contents { content } });
            }
            StructureName::Address | StructureName::Signature => {
                counting.end_lists();
                counting.current = None;
                let anchor = self.anchor_of(content);
                let is_signature = keyword.name == StructureName::Signature;
                return Some(Node { anchor, kind: NodeKind::Lines { is_signature, content } });
            }
            // They were looked at before.
            StructureName::Session | StructureName::Row | StructureName::Item | StructureName::Decision => return None,
        };
        let begins_anew = keyword.name == StructureName::Section || counting.divisions.are_nested;
        if counting.how == CountAs::Restart && begins_anew {
            counting.restart();
        }
        if let Some(number) = &number {
            counting.end_lists();
            counting.current = None;
            self.judge_division(keyword, number, counting.divisions.are_nested);
        } else {
            // A letter that goes on with a list over a heading is as it was typed.
            counting.interrupt();
        }
        let anchor = self.anchor_of(content);
        Some(Node { anchor, kind: NodeKind::Heading { level, number, content } })
    }

    fn numbering_says_nothing(&mut self, keyword: &Keyword, value: &str) {
        let message = format!("`numbering: {value}` says nothing");
        let hint = "`numbering: restart` counts the paragraphs anew from here; `as-typed`, `decimal` and `continuous` say how they are counted";
        self.found.push(Diagnostic::new(Code::KeywordValue, keyword.word, message).hint(hint));
    }

    /// A label beside a keyword that has no number and no words.
    fn no_label(&mut self, keyword: &Keyword) {
        for (_, label) in labels_of(&keyword.value) {
            let message = format!("the label `{}` cannot stand beside `{}:`", label.text, keyword.name.word());
            self.found
                .push(Diagnostic::new(Code::Misplaced, label.span, message).hint("label the paragraph that is meant"));
        }
    }
}

/// How a list of such markers counts.
fn numbering(kind: ItemKind) -> Numbering {
    match kind {
        ItemKind::Dash => Numbering::Unordered,
        ItemKind::Figure => Numbering::Decimal,
        ItemKind::Roman => Numbering::LowerRoman,
        ItemKind::Letter | ItemKind::Cyrillic => Numbering::LowerAlpha,
        ItemKind::Capital | ItemKind::CyrillicCapital => Numbering::UpperAlpha,
    }
}
