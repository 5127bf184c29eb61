//! The paragraphs and tables of a Word document, in their order.

use std::collections::{BTreeMap, BTreeSet};

use super::field::Field;
use super::numbering::Numbering;
use super::read::{Block, Change, Lost, Paragraph, Piece, Read, Row, Table, What, first_words};
use super::styles::{Styles, indent_of, list_of};
use crate::ooxml::names::leaf_of_bookmark;
use crate::ooxml::tree::Element;

/// So many losses are told one by one.
const LOSSES: usize = 200;

/// What a document's words need of the other parts.
pub(super) struct Walk<'t> {
    pub styles: Styles,
    pub numbering: Numbering,
    pub notes: BTreeMap<String, Element<'t>>,
    pub endnotes: BTreeMap<String, Element<'t>>,
    pub comments: BTreeMap<String, Element<'t>>,
    pub read: Read,
    /// Bookmarks before the next paragraph, or in this one.
    pub bookmarks: Vec<String>,
    pub fields: Vec<Field>,
    /// How many letters are marked as what language.
    pub letters: BTreeMap<&'static str, usize>,
    /// Whether words that are set in capitals keep the letters that were typed.
    pub keeps_case: bool,
    /// Notes that are being read: one in itself is none.
    pub in_notes: Vec<String>,
    paragraphs: usize,
    /// What was lost in this paragraph.
    losses: Vec<String>,
    said: BTreeSet<String>,
}

impl<'t> Walk<'t> {
    pub fn new(styles: Styles, numbering: Numbering) -> Walk<'t> {
        Walk {
            styles,
            numbering,
            notes: BTreeMap::new(),
            endnotes: BTreeMap::new(),
            comments: BTreeMap::new(),
            read: Read::default(),
            bookmarks: Vec::new(),
            fields: Vec::new(),
            letters: BTreeMap::new(),
            keeps_case: false,
            in_notes: Vec::new(),
            paragraphs: 0,
            losses: Vec::new(),
            said: BTreeSet::new(),
        }
    }

    /// How many paragraphs were read.
    pub fn paragraphs_read(&self) -> usize {
        self.paragraphs
    }

    /// Says what is lost here.
    pub fn lose(&mut self, what: impl Into<String>) {
        self.losses.push(what.into());
    }

    /// Says once of a file what is lost in it.
    pub fn lose_once(&mut self, what: String) {
        if self.said.insert(what.clone()) {
            self.lose(what);
        }
    }

    /// Says what was lost in the paragraph that ends here.
    pub fn settle(&mut self, words: &str) {
        let near = first_words(words);
        for what in std::mem::take(&mut self.losses) {
            if self.read.lost.len() < LOSSES {
                self.read.lost.push(Lost { paragraph: self.paragraphs, near: near.clone(), what });
            } else if self.read.lost.len() == LOSSES {
                let what = "more was left out than is told one by one".to_owned();
                self.read.lost.push(Lost { paragraph: 0, near: String::new(), what });
            }
        }
    }

    /// The number of an author.
    pub fn author(&mut self, element: Element<'_>) -> Option<u16> {
        let name = element.attribute("author").map(str::trim).filter(|name| !name.is_empty()).unwrap_or("(no name)");
        let at = self.read.authors.iter().position(|known| known == name).unwrap_or_else(|| {
            self.read.authors.push(name.to_owned());
            self.read.authors.len() - 1
        });
        // More authors than that are one.
        Some(u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// What stands in a body, a cell or a content control.
    pub fn blocks(&mut self, of: Element<'t>, change: Change, out: &mut Vec<Block>) {
        for child in of.children() {
            match child.name() {
                "p" => {
                    let paragraph = self.paragraph(child, change);
                    out.push(Block::Paragraph(paragraph));
                }
                "tbl" => {
                    let table = self.table(child, change);
                    out.push(Block::Table(table));
                }
                "sdt" => {
                    let start = out.len();
                    if let Some(content) = child.child("sdtContent") {
                        self.blocks(content, change, out);
                    }
                    let words: Vec<String> = out.get(start..).unwrap_or_default().iter().map(words_of_block).collect();
                    self.control(child, &words.join("\n"));
                }
                "customXml" | "mc:AlternateContent" | "mc:Choice" => self.blocks(alternative(child), change, out),
                "ins" | "moveTo" => {
                    let change = Change { put_in: self.author(child), ..change };
                    self.blocks(child, change, out);
                }
                "del" | "moveFrom" => {
                    let change = Change { taken_out: self.author(child), ..change };
                    self.blocks(child, change, out);
                }
                "bookmarkStart" => self.bookmarks.extend(child.attribute("name").map(str::to_owned)),
                "altChunk" => self.lose("a file within the file is left out"),
                "m:oMathPara" | "m:oMath" => self.formula(child),
                _ => {}
            }
        }
    }

    /// A content control says by its tag what its words are.
    pub fn control(&mut self, control: Element<'_>, words: &str) {
        let tag = control.child("sdtPr").and_then(|properties| properties.value_of("tag"));
        if let Some(tag) = tag.filter(|tag| matches!(*tag, "symbol" | "title")) {
            let words = words.trim();
            if !words.is_empty() {
                self.read.keys.entry(tag.to_owned()).or_insert_with(|| words.to_owned());
            }
        }
    }

    pub fn paragraph(&mut self, element: Element<'t>, change: Change) -> Paragraph {
        self.paragraphs += 1;
        let mut paragraph = Paragraph { end: change, ..Paragraph::default() };
        let properties = element.child("pPr");
        let style = properties.and_then(|properties| properties.value_of("pStyle"));
        let (role, unknown) = self.styles.role(style);
        paragraph.role = role;
        if let Some(name) = unknown {
            let name = name.to_owned();
            self.lose_once(format!("the style “{name}” is not known: what has it is read as text"));
        }
        paragraph.continues = self.styles.continues(style);
        paragraph.list = self.list(properties, style);
        let own = properties.and_then(indent_of);
        let of_list = paragraph.list.and_then(|(list, level)| self.numbering.indent(list, level));
        paragraph.indent = own.or(of_list).or_else(|| self.styles.indent(style)).unwrap_or_default();
        if let Some(properties) = properties {
            self.end_of(properties, &mut paragraph);
            let says = properties.switch("pageBreakBefore");
            paragraph.begins_page = says.unwrap_or_else(|| self.styles.begins_page(style));
        }
        let mut pieces: Vec<Piece> = Vec::new();
        let waiting = std::mem::take(&mut self.bookmarks);
        for name in waiting {
            match leaf_of_bookmark(&name) {
                Some(leaf) => pieces.push(Piece { what: What::Leaf(leaf), ..Piece::default() }),
                None => self.bookmarks.push(name),
            }
        }
        self.inline(element, style, change, &mut pieces);
        paragraph.pieces = pieces;
        paragraph.bookmarks = std::mem::take(&mut self.bookmarks);
        self.settle(&paragraph.words());
        paragraph
    }

    /// What was done to the end of a paragraph.
    fn end_of(&mut self, properties: Element<'_>, paragraph: &mut Paragraph) {
        if let Some(mark) = properties.child("rPr") {
            for child in mark.children() {
                match child.name() {
                    "ins" | "moveTo" => paragraph.end.put_in = self.author(child),
                    "del" | "moveFrom" => paragraph.end.taken_out = self.author(child),
                    _ => {}
                }
            }
        }
    }

    /// The list that counts a paragraph: its own, or its style's.
    fn list(&self, properties: Option<Element<'_>>, style: Option<&str>) -> Option<(u32, u8)> {
        let (own, level) = properties.map_or((None, None), list_of);
        let of_style = self.styles.list(style);
        let list = own.or(of_style.map(|(list, ..)| list)).filter(|list| *list > 0)?;
        let by_style = || {
            let (of, name, level) = of_style?;
            self.numbering.level_of_style(list, style.unwrap_or(name)).or(level.filter(|_| of == list || own.is_none()))
        };
        Some((list, level.or_else(by_style).unwrap_or(0)))
    }

    fn table(&mut self, element: Element<'t>, change: Change) -> Table {
        let mut table = Table::default();
        let indent = element.child("tblPr").and_then(|properties| properties.child("tblInd"));
        table.indent = indent.and_then(|indent| indent.attribute("w")?.trim().parse().ok()).unwrap_or_default();
        let mut rows: Vec<(Element<'t>, Change)> = Vec::new();
        rows_of(element, change, &mut rows);
        for (at, (row, change)) in rows.into_iter().enumerate() {
            let mut made = Row { change, ..Row::default() };
            if let Some(properties) = row.child("trPr") {
                if properties.switch("tblHeader") == Some(true) && at == 0 {
                    table.has_header = true;
                }
                if let Some(ins) = properties.child("ins") {
                    made.change.put_in = self.author(ins);
                }
                if let Some(del) = properties.child("del") {
                    made.change.taken_out = self.author(del);
                }
            }
            self.row(row, &mut made);
            table.rows.push(made);
        }
        if !table.has_header {
            let is_bold = |cell: &Vec<Paragraph>| {
                cell.iter().all(|text| text.is_empty() || text.pieces.iter().all(|piece| piece.style.strong))
            };
            table.has_header =
                table.rows.len() > 1 && table.rows.first().is_some_and(|row| row.cells.iter().all(is_bold));
        }
        table
    }

    fn row(&mut self, row: Element<'t>, made: &mut Row) {
        let mut cells: Vec<Element<'t>> = Vec::new();
        cells_of(row, &mut cells);
        for cell in cells {
            let properties = cell.child("tcPr");
            let span = properties.and_then(|properties| properties.value_of("gridSpan"));
            let span = span.and_then(|span| span.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, 63);
            if span > 1 || properties.is_some_and(|properties| properties.child("vMerge").is_some()) {
                self.lose_once("cells that are joined are read as cells beside or below each other".to_owned());
            }
            let mut blocks = Vec::new();
            self.blocks(cell, made.change, &mut blocks);
            let mut texts = Vec::new();
            for block in blocks {
                match block {
                    Block::Paragraph(paragraph) => texts.push(paragraph),
                    Block::Table(table) => {
                        self.lose("a table in a table is read as paragraphs of its cell");
                        self.settle("");
                        let inner = table.rows.into_iter().flat_map(|row| row.cells).flatten();
                        texts.extend(inner);
                    }
                }
            }
            made.cells.push(texts);
            made.cells.extend(std::iter::repeat_n(Vec::new(), span - 1));
        }
    }
}

fn rows_of<'t>(element: Element<'t>, change: Change, rows: &mut Vec<(Element<'t>, Change)>) {
    for child in element.children() {
        match child.name() {
            "tr" => rows.push((child, change)),
            "sdt" | "customXml" | "sdtContent" | "ins" | "del" => rows_of(child, change, rows),
            _ => {}
        }
    }
}

fn cells_of<'t>(element: Element<'t>, cells: &mut Vec<Element<'t>>) {
    for child in element.children() {
        match child.name() {
            "tc" => cells.push(child),
            "sdt" | "customXml" | "sdtContent" => cells_of(child, cells),
            _ => {}
        }
    }
}

/// Of what is there in two forms, the one that newer programs read.
pub(super) fn alternative(element: Element<'_>) -> Element<'_> {
    if element.name() != "mc:AlternateContent" {
        return element;
    }
    element.child("mc:Choice").or_else(|| element.child("mc:Fallback")).unwrap_or(element)
}

fn words_of_block(block: &Block) -> String {
    match block {
        Block::Paragraph(paragraph) => paragraph.words(),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| row.cells.iter().flatten());
            cells.map(Paragraph::words).collect::<Vec<_>>().join(" ")
        }
    }
}
