//! What was read, written as a source.

use std::collections::{BTreeMap, BTreeSet};

use super::bonds::{labels_of, paired};
use super::inline::{Label, Setting, written};
use super::levels::{Levels, STEP};
use super::read::{Block, Keyword, Lost, Paragraph, Role, Stands, Style, Table, What, first_words, words_of};
use super::table::{self, remark};
use crate::compile::is_heading;
use crate::syntax::escape::{
    Beginning, Brackets, beginning, escaped, escaped_line, has_paired_brackets, typed_marker, wrapped,
};
use crate::syntax::{read_symbol, roman};

/// So many signs stand on a line.
const WIDTH: usize = 96;

/// What is known of a text beside its blocks.
pub(super) struct Frame<'f> {
    pub document: &'f str,
    pub language: &'f str,
    pub keys: &'f BTreeMap<String, String>,
    /// Names of delegations that have no code.
    pub delegations: &'f [String],
}

/// What was found out of a text by compiling it.
#[derive(Clone, Debug, Default)]
pub(super) struct Choices {
    /// Blocks whose typed marker is none.
    pub escaped: BTreeSet<usize>,
    /// Whether numbers are printed as they are typed.
    pub as_typed: bool,
    /// Whether references are words.
    pub plain_references: bool,
}

/// What a block is to print.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub block: usize,
    pub label: Option<String>,
    pub words: String,
    pub is_typed: bool,
}

/// A source, and what it is to print.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub text: String,
    pub units: Vec<Unit>,
    pub lost: Vec<Lost>,
    pub has_references: bool,
}

struct Writer<'f> {
    frame: &'f Frame<'f>,
    choices: &'f Choices,
    labels: BTreeMap<String, Label>,
    paired: BTreeSet<usize>,
    levels: Levels,
    body: String,
    title: Vec<String>,
    out: Written,
    /// Where the text is: before its first paragraph, in its preamble, in its operative part.
    place: Place,
    in_quote: bool,
    /// Whether the paragraph before is a line of the title.
    in_title: bool,
    /// Whether a remark, or what holds it, stands right above what comes next.
    has_remark: bool,
    sections: u32,
    /// Where the rows of the session end that is open.
    rows_end: usize,
    at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    Body,
    Preamble,
    Operative,
}

/// Writes the source of blocks.
pub(super) fn source(blocks: &[Block], frame: &Frame<'_>, choices: &Choices) -> Written {
    let labels = if choices.plain_references { BTreeMap::new() } else { labels_of(blocks) };
    let mut writer = Writer {
        frame,
        choices,
        labels,
        paired: paired(blocks),
        levels: Levels::default(),
        body: String::new(),
        title: Vec::new(),
        out: Written::default(),
        place: Place::Top,
        in_quote: false,
        in_title: false,
        has_remark: false,
        sections: 0,
        rows_end: 0,
        at: 0,
    };
    for (at, block) in blocks.iter().enumerate() {
        writer.at = at;
        match block {
            Block::Paragraph(paragraph) => writer.paragraph(paragraph),
            Block::Table(table) => writer.table_or_head(table),
        }
    }
    writer.finish()
}

impl Writer<'_> {
    fn lose(&mut self, near: &str, what: impl Into<String>) {
        self.out.lost.push(Lost { paragraph: self.at + 1, near: first_words(near), what: what.into() });
    }

    fn setting(&self, words: &str) -> Setting<'_> {
        let keeps = has_paired_brackets(words) || self.paired.contains(&self.at);
        let brackets = if keeps { Brackets::Kept } else { Brackets::Signs };
        Setting { language: self.frame.language, labels: &self.labels, brackets }
    }

    /// A block on lines of its own, at a column.
    fn block(&mut self, column: usize, text: &str) {
        self.apart();
        let indent = " ".repeat(column);
        self.body.push_str(&indent);
        self.body.push_str(&wrapped(text, WIDTH, &indent));
        self.body.push('\n');
    }

    /// A blank line, but not between a remark and what it is about.
    fn apart(&mut self) {
        if !std::mem::take(&mut self.has_remark) && !self.body.is_empty() {
            self.body.push('\n');
        }
    }

    fn keyword(&mut self, word: &str) {
        self.levels.close();
        self.block(0, word);
    }

    /// A keyword with its words, on further lines where they have some, and the lines below it.
    fn behind_keyword(&mut self, Keyword { word, prints, stands }: &Keyword, paragraph: &Paragraph) {
        const INDENT: &str = "    ";
        self.levels.close();
        let words = paragraph.words();
        let lines = paragraph.pieces.split(|piece| piece.what == What::Break);
        let lines = lines.map(|line| written(line, &self.setting(&words)).0);
        let lines: Vec<String> = lines.map(|line| wrapped(line.trim(), WIDTH, INDENT)).collect();
        let text = format!("{word}: {}", lines.join(&format!("\n{INDENT}"))).trim_end().to_owned() + "\n";
        match stands {
            Stands::Own(below) => {
                self.apart();
                self.body.push_str(&text);
                below.iter().for_each(|line| self.body.push_str(&format!("{line}\n")));
                // Rows stand below a session, and not below an item.
                if word == "session" {
                    self.rows_end = self.body.len();
                }
            }
            Stands::Row => {
                self.body.insert_str(self.rows_end, &text);
                self.rows_end += text.len();
            }
        }
        for (label, words) in prints {
            let label = Some(label.clone()).filter(|label| !label.is_empty());
            self.unit(label, words.clone(), false);
        }
        self.place = Place::Body;
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        if let Some(keyword) = &paragraph.keyword {
            return self.behind_keyword(keyword, paragraph);
        }
        let words = paragraph.words();
        let comments: Vec<String> = paragraph
            .pieces
            .iter()
            .filter_map(|piece| match &piece.what {
                What::Comment(author, words) => Some(remark(author, words)),
                What::Words(_) | What::Break | What::Note { .. } | What::Reference { .. } | What::Leaf(_) => None,
            })
            .collect();
        if paragraph.is_empty() && comments.is_empty() {
            if let Some(number) = &paragraph.number {
                let what = format!("the number {} has no words and is left out", number.label);
                self.lose("", what);
            }
            return;
        }
        if paragraph.role != Role::Quotation {
            self.in_quote = false;
        }
        self.in_title &= paragraph.role == Role::Title;
        match paragraph.role {
            Role::Title if self.title.is_empty() || self.in_title => return self.title(paragraph),
            Role::Contents => return self.lose(&words, "a list of contents is left out: `contents:` has one written"),
            Role::Title | Role::Heading(_) => self.heading(paragraph, &words, &comments),
            Role::Quotation => self.quotation(paragraph, &words, &comments),
            Role::Preambular if self.place != Place::Preamble && self.place != Place::Operative => {
                self.keyword("preamble:");
                self.place = Place::Preamble;
                self.text(paragraph, &words, &comments);
            }
            Role::Operative if self.place == Place::Preamble => {
                self.keyword("operative:");
                self.place = Place::Operative;
                self.text(paragraph, &words, &comments);
            }
            Role::Head => {
                // A letterhead has a language of its own.
                let mut plain = paragraph.clone();
                plain.pieces.iter_mut().for_each(|piece| piece.style = Style::default());
                return self.text(&plain, &words, &comments);
            }
            Role::Text | Role::Preambular | Role::Operative => self.text(paragraph, &words, &comments),
        }
        if self.place == Place::Top {
            self.place = Place::Body;
        }
    }

    fn title(&mut self, paragraph: &Paragraph) {
        self.in_title = true;
        let mut lines = vec![Vec::new()];
        for piece in &paragraph.pieces {
            match &piece.what {
                What::Break => lines.push(Vec::new()),
                _ => lines.last_mut().into_iter().for_each(|line: &mut Vec<_>| {
                    let mut piece = piece.clone();
                    (piece.style.strong, piece.style.emphasized) = (false, false);
                    line.push(piece);
                }),
            }
        }
        for line in lines {
            let words = words_of(&line);
            let (source, _) = written(&line, &self.setting(&words));
            let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
            if !source.is_empty() {
                self.title.push(source);
                // It is printed below the letterhead, wherever that stood.
                let unit = Unit { block: self.at, label: None, words, is_typed: false };
                self.out.units.insert(self.title.len() - 1, unit);
            }
        }
    }

    fn unit(&mut self, label: Option<String>, words: String, is_typed: bool) {
        self.out.units.push(Unit { block: self.at, label, words, is_typed });
    }

    fn notes(&mut self, paragraph: &Paragraph) {
        for piece in &paragraph.pieces {
            if let What::Note { content, mark, .. } = &piece.what {
                if mark.as_ref().is_some_and(|mark| !matches!(mark.as_str(), "*" | "**" | "***" | "†" | "‡")) {
                    self.lose(&words_of(content), "the mark of a footnote is a number now");
                }
                self.unit(None, words_of(content), false);
            }
        }
    }

    /// The source of a paragraph's words on one line.
    fn inline(&mut self, paragraph: &Paragraph, words: &str) -> String {
        let (source, lost) = written(&paragraph.pieces, &self.setting(words));
        if lost > 0 {
            self.lose(words, "emphasis of a part of a word, or right beside other emphasis, is left out");
        }
        source.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn heading(&mut self, paragraph: &Paragraph, words: &str, comments: &[String]) {
        self.levels.close();
        let mut plain = paragraph.clone();
        plain.pieces.iter_mut().for_each(|piece| (piece.style.strong, piece.style.emphasized) = (false, false));
        let source = self.inline(&plain, words);
        self.remarks(comments, 0);
        // The heading of an annex is read where it stands alone.
        if paragraph.number.is_none() && is_heading(words.trim()) {
            self.block(0, &source);
            self.unit(None, words.to_owned(), false);
            return self.notes(paragraph);
        }
        let typed = if paragraph.number.is_none() { typed_marker(&source) } else { None };
        let (label, title) = match (&paragraph.number, typed) {
            (Some(number), _) => (Some(number.label.clone()), source.clone()),
            (None, Some((label, rest))) => (Some(label.to_owned()), rest.to_owned()),
            (None, None) => (None, source.clone()),
        };
        let numeral = label.as_deref().map(|label| label.trim_end_matches('.').to_ascii_lowercase());
        let is_next = numeral.as_deref().and_then(roman) == Some(self.sections + 1)
            && label.as_deref().is_some_and(|label| label.starts_with(|c: char| c.is_ascii_uppercase()));
        let (line, is_label) = match &label {
            Some(_) if is_next => {
                self.sections += 1;
                (format!("section: {title}"), true)
            }
            Some(label) => (format!("heading: {} {title}", escaped(label, Brackets::Signs)), false),
            None => (format!("heading: {title}"), false),
        };
        self.block(0, &line);
        let shown = match (&paragraph.number, is_label) {
            (_, true) => words_behind(words, paragraph.number.is_none()),
            (Some(number), false) => format!("{} {words}", number.label),
            (None, false) => words.to_owned(),
        };
        self.unit(label.filter(|_| is_label), shown, false);
        self.notes(paragraph);
    }

    fn remarks(&mut self, comments: &[String], column: usize) {
        if comments.is_empty() {
            return;
        }
        self.apart();
        for comment in comments {
            self.body.push_str(&" ".repeat(column));
            self.body.push_str(comment);
            self.body.push('\n');
        }
        self.has_remark = true;
    }

    fn quotation(&mut self, paragraph: &Paragraph, words: &str, comments: &[String]) {
        let column = if self.levels.is_open() { STEP } else { 0 };
        if !self.in_quote {
            self.block(column, "quote:");
            (self.in_quote, self.has_remark) = (true, true);
        }
        self.remarks(comments, column + STEP);
        let mut source = self.inline(paragraph, words);
        if beginning(&source) == Beginning::Structure {
            source.insert(0, '\\');
        }
        let label = paragraph.number.as_ref().map(|number| number.label.clone());
        if let Some(label) = &label {
            source = format!("{label} {source}");
        }
        self.block(column + STEP, &source);
        let shown = label.map(|label| format!("{label} {words}")).unwrap_or_else(|| words.to_owned());
        self.unit(None, shown, false);
        self.notes(paragraph);
    }

    fn text(&mut self, paragraph: &Paragraph, words: &str, comments: &[String]) {
        let source = self.inline(paragraph, words);
        let reference =
            paragraph.bookmarks.iter().find_map(|bookmark| self.labels.get(bookmark)).map(|label| label.name.clone());
        let label_source = reference.map(|label| format!("{{#{label}}} ")).unwrap_or_default();
        if let Some(number) = &paragraph.number {
            let shown = number.label.clone();
            let is_marker = typed_marker(&format!("{shown} x")).is_some_and(|(marker, _)| marker == shown);
            let column = self.levels.item(&shown, Some(number), paragraph.indent);
            self.remarks(comments, column);
            if is_marker {
                let rest = if label_source.is_empty() && beginning(&source) != Beginning::Words {
                    format!("\\{source}")
                } else {
                    source
                };
                self.block(column, &format!("{shown} {label_source}{rest}"));
                self.unit(Some(shown), words.to_owned(), false);
            } else {
                // A number of a form that the language does not have is words.
                let line = escaped_line(&format!("{} {source}", escaped(&shown, Brackets::Signs)));
                self.block(column, &line);
                self.unit(None, format!("{shown} {words}"), false);
            }
            return self.notes(paragraph);
        }
        match beginning(&source) {
            Beginning::Marker if !self.choices.escaped.contains(&self.at) && is_typed_marker(&source) => {
                let typed = typed_marker(&source).map(|(marker, rest)| (marker.to_owned(), rest.to_owned()));
                let (marker, rest) = typed.unwrap_or_default();
                let column = self.levels.item(&marker, None, paragraph.indent);
                self.remarks(comments, column);
                self.block(column, &format!("{marker} {rest}"));
                self.unit(None, words.to_owned(), true);
            }
            begins => {
                let column = match paragraph.continues {
                    Some(level) => self.levels.below(usize::from(level)),
                    None if paragraph.indent > 0 => self.levels.continuation(paragraph.indent),
                    None => None,
                };
                self.remarks(comments, column.unwrap_or(0));
                let line = if begins == Beginning::Words { source } else { format!("\\{source}") };
                self.block(column.unwrap_or(0), &line);
                self.unit(None, words.to_owned(), false);
                if column.is_none() {
                    self.levels.close();
                }
            }
        }
        self.notes(paragraph);
    }

    /// A letterhead stands in a table of its own, and is lines of a letterhead.
    fn table_or_head(&mut self, table: &Table) {
        let texts = || table.rows.iter().flat_map(|row| row.cells.iter().flatten());
        if texts().any(|text| text.role == Role::Head) {
            texts().for_each(|text| self.paragraph(text));
        } else {
            self.table(table);
        }
    }

    fn table(&mut self, table: &Table) {
        self.in_quote = false;
        let column = if self.levels.is_open() && table.indent > 200 { STEP } else { 0 };
        let written = table::table(table, column, &self.setting(""));
        if written.lines.len() < 2 {
            return;
        }
        self.remarks(&written.remarks, column);
        self.apart();
        for line in written.lines {
            self.body.push_str(&line);
            self.body.push('\n');
        }
        for words in written.rows {
            self.unit(None, words, false);
        }
        for what in written.lost {
            self.lose("", what);
        }
        if column == 0 {
            self.levels.close();
        }
        if self.place == Place::Top {
            self.place = Place::Body;
        }
    }

    fn finish(mut self) -> Written {
        let Frame { document, language, keys, delegations } = self.frame;
        let mut head = format!("document:  {document}\nlanguage:  {language}\n");
        let symbol = keys.get("symbol").map(|symbol| symbol.trim()).filter(|symbol| read_symbol(symbol).is_some());
        if let Some(symbol) = symbol {
            head.push_str(&format!("symbol:    {symbol}\n"));
        }
        if self.title.is_empty()
            && let Some(title) = keys.get("title")
        {
            let lines = title.lines().map(|line| escaped(line.trim(), Brackets::Signs));
            self.title = lines.filter(|line| !line.is_empty()).collect();
        }
        if !self.title.is_empty() {
            head.push_str(&format!("title:     {}\n", self.title.join("\n           ")));
        }
        if !delegations.is_empty() {
            head.push_str(&format!("delegations: {}\n", delegations.join("; ")));
        }
        if self.choices.as_typed {
            head.push_str("numbering: as-typed\n");
        }
        self.out.text = format!("{head}---\n\n{}", self.body);
        self.out.has_references = !self.labels.is_empty();
        self.out
    }
}

/// Whether a line begins with a marker that somebody typed: `#.` has its number written by the
/// compiler, and a number alone would be that of the next paragraph.
fn is_typed_marker(line: &str) -> bool {
    typed_marker(line).is_some_and(|(marker, rest)| !marker.contains('#') && !rest.trim().is_empty())
}

/// The words behind the number of a heading that was typed before them.
fn words_behind(words: &str, is_typed: bool) -> String {
    match typed_marker(words).filter(|_| is_typed) {
        Some((_, rest)) => rest.to_owned(),
        None => words.to_owned(),
    }
}
