//! The order of a text: its parts, what each block is, and every number.

use std::collections::BTreeMap;

use super::context::Context;
use super::list::ListCounter;
use super::parting::{Parting, is_opening, parting};
use super::pasted::Unread;
use crate::assemble::Filled;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::{Enumeration, Locale};
use crate::model::{Anchor, Numbering, PartKind};
use crate::source::{Sources, Span};
use crate::syntax::ast::{self, Block, BlockKind, Inline, Keyword, Paragraph, StructureName};
use crate::syntax::marker::{Marker, MarkerKind};
use crate::syntax::to_roman;
use crate::syntax::{ItemKind, labels_of, words_of};

/// The text with everything counted; its words are still those of the tree.
pub(super) struct Outline<'a> {
    pub parts: Vec<PartOutline<'a>>,
    pub labels: Labels,
    /// The place of each anchor's block.
    pub places: Vec<Span>,
}

/// What labels name. An included text has labels of its own.
pub(super) type Labels = BTreeMap<(u32, String), Labelled>;

/// The text itself, an annex or an attachment.
pub(super) struct PartOutline<'a> {
    pub kind: PartKind,
    pub anchor: Anchor,
    /// The keyword line of an annex.
    pub keyword: Option<&'a Keyword>,
    /// Its number among its kind; none where it is the only one.
    pub number: Option<u32>,
    pub nodes: Vec<Node<'a>>,
    /// For each node the block of the body that it is made of.
    blocks: Vec<usize>,
}

/// A block and its number.
pub(super) struct Node<'a> {
    pub anchor: Anchor,
    pub kind: NodeKind<'a>,
}

pub(super) enum NodeKind<'a> {
    /// The body's own opening line, where the author gave none.
    HouseOpening,
    Opening(&'a [Inline]),
    Clause(&'a [Inline]),
    Prose(&'a [Inline]),
    Numbered {
        number: String,
        paragraph: &'a Paragraph,
    },
    Item {
        level: usize,
        numbering: Numbering,
        marker: String,
        paragraph: &'a Paragraph,
    },
    Continuation {
        level: usize,
        content: &'a [Inline],
    },
    Heading {
        level: usize,
        number: Option<String>,
        content: &'a [Inline],
    },
    Quote {
        level: usize,
        nodes: Vec<Node<'a>>,
    },
    /// A paragraph of a quotation with the marker that the author typed.
    Quoted {
        marker: &'a str,
        paragraph: &'a Paragraph,
    },
    Table(&'a ast::Table),
}

/// What a label names.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    pub anchor: Anchor,
    pub place: Span,
    /// `paragraph 5(a)`, `Annex 1`
    pub words: String,
    /// `5(a)`, `1`
    pub number: String,
    /// The name of the annex or attachment that it is in; empty in the text.
    pub part: String,
}

impl Outline<'_> {
    /// The paragraph that each block of the body belongs to, by its number in
    /// the body.
    pub fn paragraphs(&self) -> BTreeMap<usize, String> {
        let mut paragraphs = BTreeMap::new();
        for part in &self.parts {
            let mut number: Option<String> = None;
            for (node, block) in part.nodes.iter().zip(&part.blocks) {
                let label = match &node.kind {
                    NodeKind::Numbered { number: own, .. } => {
                        number = Some(own.clone());
                        number.clone()
                    }
                    NodeKind::Item { marker, .. } => {
                        Some(format!("{}{}", number.as_deref().unwrap_or_default(), marker.trim()))
                    }
                    NodeKind::Continuation { .. } | NodeKind::Quote { .. } | NodeKind::Table(_) => number.clone(),
                    NodeKind::HouseOpening
                    | NodeKind::Opening(_)
                    | NodeKind::Clause(_)
                    | NodeKind::Prose(_)
                    | NodeKind::Heading { .. }
                    | NodeKind::Quoted { .. } => {
                        number = None;
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
    let restart_by_default = values.text("numbering") == Some("restart");
    let mut outliner = Outliner {
        context,
        sources,
        locale,
        found,
        labels: BTreeMap::new(),
        places: Vec::new(),
        part_name: String::new(),
        tables: 0,
        restart_by_default,
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
        outliner.part_name = part_words(locale, kind, number);
        if let Some(keyword) = keyword {
            outliner.label_part(kind, number, anchor, &keyword.value);
        }
        let (nodes, blocks) = outliner.part(kind, first, blocks);
        parts.push(PartOutline { kind, anchor, keyword, number, nodes, blocks });
    }
    Outline { parts, labels: outliner.labels, places: outliner.places }
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

pub(super) struct Outliner<'a, 'b> {
    pub context: &'b Context<'a>,
    pub sources: &'a Sources,
    pub locale: &'b Locale,
    pub found: &'b mut Diagnostics,
    pub labels: Labels,
    places: Vec<Span>,
    /// The name of the annex or attachment that is outlined.
    pub part_name: String,
    /// How many tables the part has up to here.
    tables: u32,
    restart_by_default: bool,
}

/// What is counted along a part.
struct Counting {
    paragraph: u32,
    section: u32,
    subsection: u32,
    list: ListCounter,
    /// The number of the paragraph that items and continuations belong to.
    current: Option<String>,
    restart: bool,
    /// What looks like structure and is not counted.
    unread: Unread,
}

impl<'a> Outliner<'a, '_> {
    /// The next anchor, for what stands at `place`.
    pub fn anchor(&mut self, place: Span) -> Anchor {
        self.places.push(place);
        Anchor(u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX))
    }

    fn part(&mut self, kind: PartKind, first: usize, blocks: &'a [Block]) -> (Vec<Node<'a>>, Vec<usize>) {
        let parting = match kind {
            PartKind::Main => parting(self.context, blocks, self.found),
            _ => Parting { operative: 0, preamble: false },
        };
        let mut nodes = Vec::new();
        let mut made_of = Vec::new();
        let mut counting = Counting {
            paragraph: 0,
            section: 0,
            subsection: 0,
            list: ListCounter::default(),
            current: None,
            restart: self.restart_by_default,
            unread: Unread::default(),
        };
        self.tables = 0;
        let mut opening_due = parting.preamble;
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
                    let anchor = self.name(&paragraph.content, String::new(), String::new());
                    nodes.push(Node { anchor, kind: NodeKind::Opening(&paragraph.content) });
                    continue;
                }
                let anchor = self.anchor(block.span.head());
                nodes.push(Node { anchor, kind: NodeKind::HouseOpening });
            }
            match &block.kind {
                BlockKind::Comment => {}
                BlockKind::Paragraph(paragraph) => {
                    let indented = block.indent >= 2 && !in_preamble;
                    let node =
                        self.paragraph(paragraph, block, indented, in_preamble, &blocks[at + 1..], &mut counting);
                    nodes.push(node);
                }
                BlockKind::Keyword(keyword) => nodes.extend(self.keyword(keyword, &mut counting)),
                BlockKind::Quote(quote) => {
                    let anchor = self.anchor(quote.word);
                    // One blank is no indentation, as of a paragraph.
                    let level = if block.indent >= 2 { counting.list.level_at(block.indent) } else { 0 };
                    nodes.push(Node { anchor, kind: NodeKind::Quote { level, nodes: self.quoted(&quote.blocks) } });
                }
                BlockKind::Table(table) => nodes.push(self.table(table)),
            }
        }
        made_of.resize(nodes.len(), first + blocks.len().saturating_sub(1));
        (nodes, made_of)
    }

    /// A table, wherever it stands: they are counted through the part.
    pub fn table(&mut self, table: &'a ast::Table) -> Node<'a> {
        let odd = |inline: &&Inline| match inline {
            Inline::Label { .. } | Inline::Comment(_) | Inline::Break(_) => false,
            Inline::Text(word) => !matches!(word.text.trim(), "" | "plain"),
            _ => true,
        };
        if let Some(odd) = table.value.iter().find(odd) {
            let message = format!("a table is not `{}`", self.sources.slice(odd.span()).trim());
            let hint = "`table: plain` has no rules and no header row; the rows stand below, indented by two blanks";
            self.found.push(Diagnostic::new(Code::KeywordValue, odd.span(), message).hint(hint));
        }
        self.tables += 1;
        let number = self.tables.to_string();
        let words = self.locale.cross_reference.table.text.replace("{}", &number);
        let anchor = self.anchor(table.word);
        for (scope, label) in labels_of(&table.value) {
            self.label(scope, label, anchor, words.clone(), number.clone());
        }
        Node { anchor, kind: NodeKind::Table(table) }
    }

    fn paragraph(
        &mut self,
        paragraph: &'a Paragraph,
        block: &'a Block,
        indented: bool,
        in_preamble: bool,
        following: &'a [Block],
        counting: &mut Counting,
    ) -> Node<'a> {
        let content = paragraph.content.as_slice();
        let Some(marker) = &paragraph.marker else {
            counting.unread.meet(self.sources.slice(block.span), &mut counting.paragraph);
            if indented && counting.current.is_some() {
                let level = counting.list.level_at(block.indent);
                let anchor = self.name(content, String::new(), String::new());
                return Node { anchor, kind: NodeKind::Continuation { level, content } };
            }
            if !in_preamble {
                counting.current = None;
            }
            counting.list = ListCounter::default();
            let anchor = self.name(content, String::new(), String::new());
            let kind = if in_preamble { NodeKind::Clause(content) } else { NodeKind::Prose(content) };
            return Node { anchor, kind };
        };
        if marker.is_number() {
            let number = self.number(marker, counting);
            counting.list = ListCounter::default();
            counting.current = Some(number.clone());
            let words = self.locale.cross_reference.paragraph.text.replace("{}", &number);
            let anchor = self.name(content, words, number.clone());
            return Node { anchor, kind: NodeKind::Numbered { number, paragraph } };
        }
        let next = following.iter().find_map(|next| Some((next.paragraph()?.marker.as_ref()?, next.indent)));
        let item = counting.list.count(marker, block.indent, next, self.sources, self.found);
        // Items of a text without numbered paragraphs have nothing before them.
        let before = counting.current.get_or_insert_default().clone();
        let printed = match (item.kind, self.locale.enumeration) {
            (ItemKind::Dash, _) => item.text.clone(),
            // A capital has a full stop in every language.
            (ItemKind::Capital | ItemKind::CyrillicCapital, _) => format!("{}.", item.text),
            (_, Enumeration::Both) => format!("({})", item.text),
            (_, Enumeration::Closing) => format!("{})", item.text),
        };
        let number = self.path(&before, counting, &printed);
        let form = match (&self.locale.cross_reference.sub_paragraph, before.is_empty()) {
            (Some(form), _) => form,
            (None, _) => &self.locale.cross_reference.paragraph,
        };
        let words = form.text.replace("{}", &number);
        let anchor = self.name(content, words, number);
        Node {
            anchor,
            kind: NodeKind::Item { level: item.level, numbering: numbering(item.kind), marker: printed, paragraph },
        }
    }

    /// `5(a)(ii)`: the paragraph's number and the markers of all levels.
    fn path(&self, before: &str, counting: &Counting, last: &str) -> String {
        let mut path = before.to_owned();
        let outer = counting.list.outer_texts().map(|text| match self.locale.enumeration {
            Enumeration::Both => format!("({text})"),
            Enumeration::Closing => format!("{text})"),
        });
        for marker in outer.chain([last.to_owned()]) {
            path = if path.is_empty() {
                marker
            } else {
                self.locale.cross_reference.joined.replace("{paragraph}", &path).replace("{sub}", &marker)
            };
        }
        path
    }

    fn number(&mut self, marker: &Marker, counting: &mut Counting) -> String {
        let MarkerKind::Number { value, inserted } = &marker.kind else { return String::new() };
        counting.unread.begin(value.filter(|_| !marker.is_free), &mut counting.paragraph);
        if inserted.is_none() || counting.paragraph == 0 {
            counting.paragraph += 1;
        }
        let mut number = counting.paragraph.to_string();
        if let Some(inserted) = inserted {
            number.push('\u{A0}');
            number.push_str(inserted);
        }
        if let Some(typed) = value.filter(|_| !marker.is_free)
            && typed != counting.paragraph
        {
            let shown = number.replace('\u{A0}', " ");
            let message = format!(
                "this paragraph is number {shown}; `{}` is typed",
                self.sources.slice(marker.span).trim_end_matches('.')
            );
            self.found.push(
                Diagnostic::new(Code::Misnumbered, marker.span, message)
                    .hint("the number that is printed is counted; `#.` leaves it to the compiler")
                    .fix(format!("write `{shown}.`"), marker.span, format!("{shown}.")),
            );
        }
        number
    }

    fn keyword(&mut self, keyword: &'a Keyword, counting: &mut Counting) -> Option<Node<'a>> {
        let content = keyword.value.as_slice();
        let plain = words_of(content);
        let (level, number, words) = match keyword.name {
            StructureName::Section => {
                counting.section += 1;
                counting.subsection = 0;
                let number = to_roman(counting.section).to_uppercase();
                (1, Some(number.clone()), self.locale.cross_reference.section.text.replace("{}", &number))
            }
            StructureName::Subsection => {
                counting.subsection += 1;
                let number = ItemKind::Capital.text(counting.subsection);
                let whole = if counting.section > 0 {
                    format!("{}.{number}", to_roman(counting.section).to_uppercase())
                } else {
                    number.clone()
                };
                (2, Some(number), self.locale.cross_reference.section.text.replace("{}", &whole))
            }
            StructureName::Heading => (2, None, plain.trim().to_owned()),
            StructureName::Numbering => {
                self.no_label(keyword);
                match plain.trim() {
                    "restart" => counting.paragraph = 0,
                    "continuous" => counting.restart = false,
                    _ => self.found.push(
                        Diagnostic::new(
                            Code::KeywordValue,
                            keyword.word,
                            format!("`numbering: {}` says nothing", plain.trim()),
                        )
                        .hint("write `numbering: restart` to count the paragraphs anew from here"),
                    ),
                }
                return None;
            }
            StructureName::Preamble | StructureName::Operative => {
                counting.list = ListCounter::default();
                self.no_label(keyword);
                if !plain.trim().is_empty() {
                    let message = format!("`{}:` takes no words after its colon", keyword.name.word());
                    let hint = "put the text on the next line";
                    self.found.push(Diagnostic::new(Code::KeywordValue, keyword.word, message).hint(hint));
                }
                return None;
            }
            // Parts of their own, and texts of a volume.
            StructureName::Annex | StructureName::Attachment | StructureName::Member => return None,
        };
        if counting.restart && keyword.name == StructureName::Section {
            counting.paragraph = 0;
        }
        counting.list = ListCounter::default();
        counting.current = None;
        let shown = number.clone().unwrap_or_default();
        let anchor = self.name(content, words, shown);
        Some(Node { anchor, kind: NodeKind::Heading { level, number, content } })
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

/// `Annex`, `Annex 1`
pub(super) fn part_words(locale: &Locale, kind: PartKind, number: Option<u32>) -> String {
    let word = match kind {
        PartKind::Main => return String::new(),
        PartKind::Annex => &locale.words.annex.text,
        PartKind::Attachment => &locale.words.attachment.text,
    };
    match number {
        Some(number) => format!("{word}\u{A0}{number}"),
        None => word.clone(),
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
