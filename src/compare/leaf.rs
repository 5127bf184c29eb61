//! A document as a list: each block once, in the order of reading, with its words.

use std::collections::BTreeMap;

use super::cite::Cite;
use super::side::Side;
use super::words::{Builder, Reading, Words};
use crate::locale::Locale;
use crate::model::{
    Anchor, Block, BlockKind, Document, HeadLine, Inline, Item, List, Part, PartKind, Table, Volume, plain_lines,
};

/// What a leaf is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeafKind {
    /// A line of the first page above the title.
    Head,
    /// The lines of a title, with the line before them.
    Title,
    /// Who makes an interpretative statement.
    By,
    /// The line with which a preamble opens.
    Opening,
    /// A preambular clause.
    Clause,
    /// A paragraph without a number.
    Prose,
    /// A numbered paragraph or a sub-paragraph.
    Item,
    /// A further paragraph of one.
    Continuation,
    /// A heading.
    Heading,
    /// A row of a table.
    Row,
    /// A footnote.
    Note,
}

/// The part of a document that a leaf stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InPart {
    /// What it is.
    pub kind: PartKind,
    /// `Annex 1`; nothing for the text itself.
    pub name: String,
    /// Of a volume, the text that it belongs to.
    pub member: Option<String>,
    /// The tag of its language.
    pub language: String,
}

/// A block, or a row of a table, or a footnote: what is compared with another.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// What it is.
    pub kind: LeafKind,
    /// Which part it stands in.
    pub part: usize,
    /// How deep.
    pub level: usize,
    /// Its number or marker as it is printed, `[5.`, `(a)`.
    pub label: Option<String>,
    /// Its number with that of what it belongs to, `5(a)`; nothing where it has none.
    pub number: String,
    /// Which of its kind it is in its part, or in its table, from 1.
    pub ordinal: usize,
    /// Which table of its part, from 1; 0 where it stands in none.
    pub table: usize,
    /// Whether it stands in a quotation.
    pub quoted: bool,
    /// Whether a keyword makes it: a line of an address or a signature, a row of a session, an item of an
    /// agenda.
    pub by_keyword: bool,
    /// Where references to it lead; none for a line of a head.
    pub anchor: Option<Anchor>,
    /// Its words.
    pub words: Words,
    /// What it cites, its notes left out.
    pub cites: Vec<Cite>,
}

/// A document as a list.
#[derive(Clone, Debug, Default)]
pub struct Leaves {
    /// Its parts, in their order.
    pub parts: Vec<InPart>,
    /// All leaves, in the order of reading.
    pub list: Vec<Leaf>,
}

impl Leaves {
    /// Which of those at its place a leaf is, from 0, and how many there are: a line of an address.
    pub fn nth(&self, leaf: &Leaf) -> (usize, usize) {
        let all: Vec<&Leaf> = self.list.iter().filter(|other| other.anchor == leaf.anchor).collect();
        let at = all.iter().position(|other| std::ptr::eq(*other, leaf));
        (at.unwrap_or_default(), all.len())
    }

    /// Those of one side of a comparison.
    pub fn of(side: &Side<'_>) -> Leaves {
        let mut walk = Walk { side, leaves: Leaves::default(), counts: BTreeMap::new(), table: 0, path: Vec::new() };
        walk.document(side.document, None);
        walk.leaves
    }

    /// The part that a leaf stands in.
    pub fn part_of(&self, leaf: &Leaf) -> Option<&InPart> {
        self.parts.get(leaf.part)
    }
}

struct Walk<'a> {
    side: &'a Side<'a>,
    leaves: Leaves,
    counts: BTreeMap<LeafKind, usize>,
    table: usize,
    /// The labels of the items that are open.
    path: Vec<String>,
}

/// Where a leaf is made.
#[derive(Clone, Copy)]
struct Spot<'a> {
    notes: &'a [crate::model::Note],
    quoted: bool,
    by_keyword: bool,
    months: &'a [String],
}

impl<'a> Walk<'a> {
    fn document(&mut self, document: &'a Document, member: Option<&str>) {
        let main = InPart {
            kind: PartKind::Main,
            name: String::new(),
            member: member.map(str::to_owned),
            language: document.language.clone(),
        };
        self.begin(main);
        if let Some(volume) = &document.volume {
            return self.volume(document, volume);
        }
        if member.is_none() {
            let head = &document.letterhead;
            let lines = head.right.iter().chain(&head.left).map(|line: &HeadLine| line.text.as_str());
            let lines = lines.chain(document.draft.as_deref()).chain(head.meeting.iter().map(String::as_str));
            lines.chain(head.correction.as_deref()).chain(head.file_code.as_deref()).for_each(|line| self.head(line));
        }
        for (at, part) in document.parts.iter().enumerate() {
            if at > 0 {
                self.begin(InPart {
                    kind: part.kind,
                    name: part.name.split(": ").next().unwrap_or_default().replace('\u{A0}', " "),
                    member: member.map(str::to_owned),
                    language: part.language.clone().unwrap_or_else(|| document.language.clone()),
                });
            }
            self.part(part);
        }
    }

    fn volume(&mut self, document: &'a Document, volume: &'a Volume) {
        let cover = &volume.cover;
        let lines = cover.names.iter().chain(&cover.place).chain(&cover.year).chain(&document.draft);
        let back = cover.back.iter().map(|line| line.text.as_str());
        lines.map(String::as_str).chain(cover.imprint.as_deref()).chain(back).for_each(|line| self.head(line));
        self.title(&cover.title, None, None);
        for section in &volume.sections {
            if !section.title.is_empty() || section.label.is_some() {
                let spot = self.spot(&[]);
                self.leaf(LeafKind::Heading, 0, section.label.clone(), Some(section.anchor), &section.title, spot);
            }
            for member in &section.members {
                let document = &member.document;
                let name = document.symbol.clone().unwrap_or_else(|| plain_lines(document.title()));
                self.document(document, Some(&name));
            }
        }
    }

    /// A new part, in which everything is counted anew.
    fn begin(&mut self, part: InPart) {
        self.leaves.parts.push(part);
        self.counts.clear();
        self.path.clear();
        self.table = 0;
    }

    fn months(&self) -> &'static [String] {
        let language = self.leaves.parts.last().map(|part| part.language.as_str());
        language.and_then(Locale::of).map_or(&[], |locale| locale.date.months.as_slice())
    }

    fn spot<'s>(&self, notes: &'s [crate::model::Note]) -> Spot<'s> {
        Spot { notes, quoted: false, by_keyword: false, months: self.months() }
    }

    fn part(&mut self, part: &'a Part) {
        part.head.iter().for_each(|line| self.head(&line.text));
        for line in &part.meeting {
            let mut builder = Builder::default();
            builder.add(line);
            let words = builder.finish(Reading { months: self.months(), cited: &[] });
            self.push(LeafKind::Head, 0, None, None, words);
        }
        self.title(&part.title, part.title_line.as_deref(), Some((part.anchor, &part.notes)));
        if let Some(by) = &part.by {
            let mut builder = Builder::default();
            builder.plain(by);
            let words = builder.finish(Reading::default());
            self.push(LeafKind::By, 0, None, None, words);
        }
        let spot = self.spot(&part.notes);
        part.blocks.iter().for_each(|block| self.block(block, spot));
    }

    fn head(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        let mut builder = Builder::default();
        builder.plain(line);
        let words = builder.finish(Reading { months: self.months(), cited: &[] });
        self.push(LeafKind::Head, 0, None, None, words);
    }

    fn title(
        &mut self,
        lines: &[Vec<Inline>],
        before: Option<&str>,
        place: Option<(Anchor, &'a [crate::model::Note])>,
    ) {
        let mut builder = Builder::default();
        if let Some(before) = before {
            builder.plain(before);
            builder.plain(" ");
        }
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                builder.plain(" ");
            }
            builder.add(line);
        }
        let notes = std::mem::take(&mut builder.notes);
        let words = builder.finish(Reading { months: self.months(), cited: &[] });
        if words.words.is_empty() {
            return;
        }
        let (anchor, all) = place.map_or((None, &[][..]), |(anchor, notes)| (Some(anchor), notes));
        self.push(LeafKind::Title, 0, None, anchor, words);
        self.notes(&notes, self.spot(all));
    }

    fn block(&mut self, block: &'a Block, spot: Spot<'a>) {
        let anchor = Some(block.anchor);
        match &block.kind {
            BlockKind::Opening(content) => self.text(LeafKind::Opening, anchor, content, spot),
            BlockKind::Clause(content) => self.text(LeafKind::Clause, anchor, content, spot),
            BlockKind::Prose(content) => self.text(LeafKind::Prose, anchor, content, spot),
            BlockKind::Continuation { level, content } => {
                self.path.truncate(level + 1);
                self.leaf(LeafKind::Continuation, *level, None, anchor, content, spot);
            }
            BlockKind::Heading { level, label, content } => {
                self.path.clear();
                self.leaf(LeafKind::Heading, *level, label.clone(), anchor, content, spot);
            }
            BlockKind::List(list) => self.items(list, spot),
            BlockKind::Quote { blocks, .. } => {
                let inside = Spot { quoted: true, ..spot };
                blocks.iter().for_each(|block| self.block(block, inside));
            }
            BlockKind::Lines { lines, .. } => {
                let inside = Spot { by_keyword: true, ..spot };
                lines.iter().for_each(|line| self.text(LeafKind::Prose, anchor, line, inside));
            }
            // It follows from the headings, which are compared.
            BlockKind::Contents(_) => {}
            BlockKind::Table(table) => self.rows(table, block.anchor, spot),
        }
    }

    /// A text without a number.
    fn text(&mut self, kind: LeafKind, anchor: Option<Anchor>, content: &[Inline], spot: Spot<'_>) {
        if !spot.quoted {
            self.path.clear();
        }
        self.leaf(kind, 0, None, anchor, content, spot);
    }

    fn items(&mut self, list: &'a List, spot: Spot<'a>) {
        for (at, item) in list.items.iter().enumerate() {
            let Item { anchor, label, content, body } = item;
            self.path.truncate(list.level);
            self.path.resize(list.level, String::new());
            let marker = unbracketed(label).replace('\u{A0}', " ");
            let counts = list.numbering.counts();
            self.path.push(if counts {
                marker.trim_end_matches('.').to_owned()
            } else {
                format!(" {marker}{}", at + 1)
            });
            let line = Spot { by_keyword: list.numbering.is_labelled(), ..spot };
            self.leaf(LeafKind::Item, list.level, Some(label.clone()), Some(*anchor), content, line);
            body.iter().for_each(|block| self.block(block, spot));
        }
    }

    fn rows(&mut self, table: &'a Table, anchor: Anchor, spot: Spot<'a>) {
        self.table += 1;
        self.counts.remove(&LeafKind::Row);
        for row in &table.rows {
            let mut builder = Builder::default();
            for (at, cell) in row.cells.iter().enumerate() {
                if at > 0 {
                    builder.end_cell();
                }
                for (at, text) in cell.iter().enumerate() {
                    if at > 0 {
                        builder.plain(" ");
                    }
                    if let Some(label) = &text.label {
                        builder.plain(label);
                        builder.plain(" ");
                    }
                    builder.add(&text.content);
                }
            }
            self.built(LeafKind::Row, table.level.map_or(0, |level| level + 1), None, Some(anchor), builder, spot);
        }
    }

    fn leaf(
        &mut self,
        kind: LeafKind,
        level: usize,
        label: Option<String>,
        anchor: Option<Anchor>,
        content: &[Inline],
        spot: Spot<'_>,
    ) {
        let mut builder = Builder::default();
        builder.add(content);
        self.built(kind, level, label, anchor, builder, spot);
    }

    fn built(
        &mut self,
        kind: LeafKind,
        level: usize,
        label: Option<String>,
        anchor: Option<Anchor>,
        mut builder: Builder,
        spot: Spot<'_>,
    ) {
        let notes = std::mem::take(&mut builder.notes);
        let cited = anchor.and_then(|anchor| self.side.cited.get(&anchor)).map_or(&[][..], Vec::as_slice);
        let written: Vec<String> = cited.iter().map(|(_, words)| words.clone()).collect();
        let words = builder.finish(Reading { months: spot.months, cited: &written });
        self.push(kind, level, label, anchor, words);
        if let Some(leaf) = self.leaves.list.last_mut() {
            leaf.quoted = spot.quoted;
            leaf.by_keyword = spot.by_keyword;
            // All rows of a table have its anchor; what is cited is said of its first.
            if kind != LeafKind::Row || leaf.ordinal == 1 {
                leaf.cites = cited.iter().map(|(cite, _)| cite.clone()).collect();
            }
        }
        self.notes(&notes, spot);
    }

    /// The notes whose marks stand in a text, behind it.
    fn notes(&mut self, notes: &[usize], spot: Spot<'_>) {
        for note in notes.iter().filter_map(|note| spot.notes.get(*note)) {
            let mut builder = Builder::default();
            builder.add(&note.content);
            let words = builder.finish(Reading { months: spot.months, cited: &[] });
            self.push(LeafKind::Note, 0, Some(note.mark.clone()), None, words);
        }
    }

    fn push(&mut self, kind: LeafKind, level: usize, label: Option<String>, anchor: Option<Anchor>, words: Words) {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        let number = match kind {
            LeafKind::Item | LeafKind::Continuation | LeafKind::Row => joined(&self.path),
            LeafKind::Heading | LeafKind::Note => label.as_deref().unwrap_or_default().trim_end_matches('.').to_owned(),
            LeafKind::Head
            | LeafKind::Title
            | LeafKind::By
            | LeafKind::Opening
            | LeafKind::Clause
            | LeafKind::Prose => String::new(),
        };
        self.leaves.list.push(Leaf {
            kind,
            part: self.leaves.parts.len().saturating_sub(1),
            level,
            label,
            number,
            ordinal: *count,
            table: if kind == LeafKind::Row { self.table } else { 0 },
            quoted: false,
            by_keyword: false,
            anchor,
            words,
            cites: Vec::new(),
        });
    }
}

/// `5`, `(a)` and `(i)` as `5(a)(i)`; a number that has all before it in it stands alone.
fn joined(path: &[String]) -> String {
    let mut out = String::new();
    for label in path {
        if label.starts_with(|c: char| c.is_ascii_digit()) && label.contains('.') {
            out.clear();
        }
        out.push_str(label);
    }
    out.trim().to_owned()
}

/// A number as it is printed, without the bracket that opens before it: of `[FR: 5 bis.` it
/// is `5 bis.`.
pub(crate) fn unbracketed(label: &str) -> &str {
    match label.strip_prefix('[') {
        Some(inside) => inside.rsplit(':').next().unwrap_or(inside).trim_start(),
        None => label,
    }
}
