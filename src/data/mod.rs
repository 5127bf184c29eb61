//! Values from outside a text: what the command line sets, and tables and
//! records in JSON, TOML, YAML and CSV. What they are is said by the types of
//! parameters; here they are words, lists and records, each at its place.

mod json;
pub mod table;
mod toml;
mod yaml;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Source, Span};
use crate::syntax;
use crate::syntax::ast::Word;

/// How deep lists and records may nest.
const MAX_DEPTH: usize = 16;

/// What was given for a name, before it is read by its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// Words, a line each. A word whose text is as long as its place is the
    /// very bytes there.
    Words(Vec<Word>),
    /// Several values, with their places.
    List(Vec<(Datum, Span)>),
    /// Values by name: key, value, and the value's place.
    Record(Vec<Entry>),
}

/// A name, what is given for it, and where.
pub type Entry = (Word, Datum, Span);

/// The values of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// What is given, in the order of the file.
    pub entries: Vec<Entry>,
    /// All of it.
    pub place: Span,
    /// The row of a table as a spreadsheet counts it: from 1, with its header row and with
    /// empty ones.
    pub row: Option<usize>,
}

/// What a file of data gives.
#[derive(Clone, Debug)]
pub enum Data {
    /// The values of one document.
    One(Record),
    /// Those of many.
    Many(Records),
}

/// The values of many documents; rows of a table are read when they are asked
/// for.
#[derive(Clone, Debug)]
pub struct Records {
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    List(Vec<Record>),
    Table { source: Arc<Source>, file: FileId, heads: Vec<Word>, delimiter: u8, rows: Vec<Row> },
}

/// A row of a table.
#[derive(Clone, Debug)]
struct Row {
    place: Range<usize>,
    /// Its number, as a spreadsheet counts it.
    number: usize,
}

impl Records {
    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.kind {
            Kind::List(list) => list.len(),
            Kind::Table { rows, .. } => rows.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The names of a table's columns, or those that occur in a list.
    pub fn names(&self) -> Vec<&Word> {
        match &self.kind {
            Kind::List(list) => {
                let mut seen = BTreeSet::new();
                let keys = list.iter().flat_map(|record| record.entries.iter().map(|(key, ..)| key));
                keys.filter(|key| seen.insert(key.text.as_str())).collect()
            }
            Kind::Table { heads, .. } => heads.iter().filter(|head| !head.text.is_empty()).collect(),
        }
    }

    /// One of them, from 0; nothing beyond the last.
    pub fn get(&self, at: usize) -> Option<Record> {
        match &self.kind {
            Kind::List(list) => list.get(at).cloned(),
            Kind::Table { source, file, heads, delimiter, rows } => {
                let Row { place: range, number } = rows.get(at)?;
                let line = source.text().get(range.clone())?;
                let place = Span::new(*file, range.clone());
                let mut entries = Vec::new();
                for (head, (text, cell)) in heads.iter().zip(table::cells_of(line, *delimiter)) {
                    // An empty cell gives nothing.
                    if !text.trim().is_empty() && !head.text.is_empty() {
                        let cell = place.part(cell);
                        entries.push((head.clone(), words(&text, cell), cell));
                    }
                }
                Some(Record { entries, place, row: Some(*number) })
            }
        }
    }
}

/// Reads a file of data by the ending of its name: `json`, `toml`, `yaml` or
/// `yml`, `csv` or `tsv`. What is wrong in it is in `found`; then nothing may
/// be made of it.
pub fn read(source: &Arc<Source>, file: FileId, found: &mut Diagnostics) -> Option<Data> {
    let (name, text) = (source.name(), source.text());
    syntax::directions(text, file, found);
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    let node = match ending.as_str() {
        "csv" | "tsv" => return of_table(source, file, found),
        "json" => json::read(text),
        "toml" => toml::read(text),
        "yaml" | "yml" => yaml::read(text),
        _ => {
            let message = format!("`{name}` is no file of data that can be read");
            found.push(
                Diagnostic::new(Code::DataSyntax, Span::new(file, 0..0), message)
                    .hint("its name ends in .json, .toml, .yaml or .csv, and says what it is"),
            );
            return None;
        }
    };
    let node = match node {
        Ok(node) => node,
        Err(Fault { at, message, hint }) => {
            let at = text.floor_char_boundary(at.start)..text.ceil_char_boundary(at.end.max(at.start));
            found.push(Diagnostic::new(Code::DataSyntax, Span::new(file, at), message).hint(hint));
            return None;
        }
    };
    let place = |range: &Range<usize>| Span::new(file, range.clone());
    match node.kind {
        NodeKind::Map(entries) => {
            // TOML has no list at its top: `[[record]]` is one.
            if let [(key, only)] = &entries[..]
                && key.text == "record"
                && let NodeKind::List(items) = &only.kind
            {
                return many(items.clone(), file, found);
            }
            let entries = record(entries, file, found)?;
            Some(Data::One(Record { entries, place: place(&node.at), row: None }))
        }
        NodeKind::List(items) => many(items, file, found),
        NodeKind::Scalar(_) | NodeKind::Null => {
            found.push(
                Diagnostic::new(Code::DataSyntax, place(&node.at), "the file gives no values by name")
                    .hint("it holds a record as `{ \"place\": \"Tirana\" }`, or a list of records, one a document"),
            );
            None
        }
    }
}

/// `name=value`, as the command line sets it, a source each.
pub fn assignments<'s>(given: impl Iterator<Item = (FileId, &'s Source)>, found: &mut Diagnostics) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut set: HashMap<String, Span> = HashMap::new();
    for (file, source) in given {
        let line = source.text();
        let place = Span::new(file, 0..line.len());
        let Some((key, value)) = line.split_once('=') else {
            found.push(
                Diagnostic::new(Code::DataSyntax, place, format!("`--set {line}` gives no value"))
                    .hint("write `--set name=value`"),
            );
            continue;
        };
        let name = key.trim();
        let value_place = place.part(key.len() + 1..line.len());
        let key = Word { text: name.to_owned(), span: place.part(0..key.len()) };
        if let Some(first) = set.get(name) {
            found.push(
                Diagnostic::new(Code::DataSyntax, key.span, format!("`{name}` is set twice"))
                    .other(*first, "first set here")
                    .hint("set it once; a list is divided by `;`"),
            );
            continue;
        }
        if !value.trim().is_empty() {
            set.insert(name.to_owned(), key.span);
            entries.push((key, words(value, value_place), value_place));
        }
    }
    entries
}

impl Record {
    /// The same with these values; they win over its own.
    pub fn with(mut self, entries: &[Entry]) -> Record {
        let set: HashSet<&str> = entries.iter().map(|(key, ..)| key.text.as_str()).collect();
        self.entries.retain(|(key, ..)| !set.contains(key.text.as_str()));
        self.entries.extend(entries.iter().cloned());
        self
    }
}

/// A value as it stands in a file.
#[derive(Clone, Debug)]
struct Node {
    at: Range<usize>,
    kind: NodeKind,
}

#[derive(Clone, Debug)]
enum NodeKind {
    /// A text, a number, a day, yes or no: as it is written without its marks.
    Scalar(String),
    /// Nothing.
    Null,
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

#[derive(Clone, Debug)]
struct Key {
    text: String,
    at: Range<usize>,
}

/// Why a file cannot be read.
#[derive(Clone, Debug)]
struct Fault {
    at: Range<usize>,
    message: String,
    hint: Cow<'static, str>,
}

impl Fault {
    fn new(at: Range<usize>, message: impl Into<String>, hint: impl Into<Cow<'static, str>>) -> Fault {
        Fault { at, message: message.into(), hint: hint.into() }
    }

    fn too_deep(at: Range<usize>) -> Fault {
        Fault::new(
            at,
            format!("lists and records are nested more than {MAX_DEPTH} deep"),
            "a document takes values, lists, and lists of records",
        )
    }
}

fn many(items: Vec<Node>, file: FileId, found: &mut Diagnostics) -> Option<Data> {
    let mut records = Vec::new();
    let mut is_good = true;
    for item in items {
        let place = Span::new(file, item.at.clone());
        match item.kind {
            NodeKind::Map(entries) => match record(entries, file, found) {
                Some(entries) => records.push(Record { entries, place, row: None }),
                None => is_good = false,
            },
            _ => {
                is_good = false;
                found.push(
                    Diagnostic::new(Code::DataSyntax, place, "this is no record")
                        .hint("in a list each document has a record of its own, values by name"),
                );
            }
        }
    }
    is_good.then_some(Data::Many(Records { kind: Kind::List(records) }))
}

fn record(entries: Vec<(Key, Node)>, file: FileId, found: &mut Diagnostics) -> Option<Vec<Entry>> {
    let mut out: Vec<Entry> = Vec::new();
    let mut given: HashMap<String, Span> = HashMap::new();
    let mut is_good = true;
    for (key, node) in entries {
        let key = Word { span: Span::new(file, key.at), text: key.text };
        if let Some(first) = given.get(&key.text) {
            is_good = false;
            found.push(
                Diagnostic::new(Code::DataSyntax, key.span, format!("`{}` is given twice", key.text))
                    .other(*first, "first given here")
                    .hint("delete one of them"),
            );
            continue;
        }
        let place = Span::new(file, node.at.clone());
        match datum(node, file, found) {
            Ok(Some(datum)) => {
                given.insert(key.text.clone(), key.span);
                out.push((key, datum, place));
            }
            Ok(None) => {}
            Err(()) => is_good = false,
        }
    }
    is_good.then_some(out)
}

/// A value as a document takes it; nothing where nothing is given. Its depth
/// was bounded when it was read.
fn datum(node: Node, file: FileId, found: &mut Diagnostics) -> Result<Option<Datum>, ()> {
    let place = Span::new(file, node.at.clone());
    Ok(match node.kind {
        NodeKind::Null => None,
        NodeKind::Scalar(text) if text.trim().is_empty() => None,
        NodeKind::Scalar(text) => Some(words(&text, place)),
        NodeKind::List(items) => {
            let mut list = Vec::new();
            for item in items {
                let place = Span::new(file, item.at.clone());
                list.extend(datum(item, file, found)?.map(|datum| (datum, place)));
            }
            Some(Datum::List(list))
        }
        NodeKind::Map(entries) => Some(Datum::Record(record(entries, file, found).ok_or(())?)),
    })
}

/// A text at its place, a word a line. Where it is not the bytes there, each
/// line has all of the place.
fn words(text: &str, place: Span) -> Datum {
    // Signs that are not printed, and would turn what stands around them.
    let is_silent = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t' | '\u{1E}' | '\u{1F}')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    if text.contains(is_silent) {
        return words(&text.replace(is_silent, ""), place);
    }
    let is_verbatim = place.range().len() == text.len();
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let inner = line.trim();
        let from = start + line.len() - line.trim_start().len();
        // A line of many is as long as its place only by chance.
        let span = if is_verbatim { place.part(from..from + inner.len()) } else { place };
        let span = if !is_verbatim && span.range().len() == inner.len() { place.head() } else { span };
        lines.push(Word { text: inner.to_owned(), span });
        start += line.len() + 1;
    }
    lines.retain(|line| !line.text.is_empty());
    Datum::Words(lines)
}

/// The names of a table's columns.
fn heads(text: &str, place: Span, delimiter: u8) -> Vec<Word> {
    let head = |(text, at): (String, Range<usize>)| {
        // A spreadsheet begins its headings with capitals; names have none.
        let text = text.trim().trim_start_matches('\u{FEFF}').to_lowercase();
        Word { text, span: place.part(at) }
    };
    table::cells_of(&text[place.range()], delimiter).map(head).collect()
}

/// Whether no two columns have the same name; what is wrong is said.
fn are_distinct(heads: &[Word], found: &mut Diagnostics) -> bool {
    let mut is_good = true;
    let mut known: HashMap<&str, Span> = HashMap::new();
    for head in heads.iter().filter(|head| !head.text.is_empty()) {
        if let Some(first) = known.get(head.text.as_str()) {
            is_good = false;
            found.push(
                Diagnostic::new(Code::DataSyntax, head.span, format!("two columns have the name `{}`", head.text))
                    .other(*first, "the first one")
                    .hint("give one of them another name, or delete it"),
            );
        } else {
            known.insert(&head.text, head.span);
        }
    }
    is_good
}

/// How many lines end in what stands between two rows.
fn line_ends(text: &str) -> usize {
    let marks = text.matches('\n').count();
    if marks > 0 { marks } else { text.matches('\r').count() }
}

fn of_table(source: &Arc<Source>, file: FileId, found: &mut Diagnostics) -> Option<Data> {
    let text = source.text();
    let delimiter = table::delimiter(text);
    let mut rows = table::rows(text, delimiter);
    let Some(Ok(first)) = rows.next() else {
        found.push(
            Diagnostic::new(Code::DataSyntax, Span::new(file, 0..0), "the table is empty")
                .hint("its first line names the columns, and each line below it makes a document"),
        );
        return None;
    };
    let mut before = 0..0;
    let mut number = 1;
    // A line break in a cell is one of its row; those between rows end them.
    let mut counted = move |row: &Range<usize>, text: &str| {
        number += text.get(before.end..row.start).map_or(0, line_ends);
        before = row.clone();
        number
    };
    counted(&first, text);
    let heads = heads(text, Span::new(file, first), delimiter);
    let mut is_good = are_distinct(&heads, found);
    let named = heads.iter().rposition(|head| !head.text.is_empty()).map_or(0, |last| last + 1);
    let mut ranges = Vec::new();
    for row in rows {
        match row {
            Ok(range) => {
                let number = counted(&range, text);
                // A mark without its partner would join cells, or rows.
                let row = &text[range.clone()];
                if let Some(mark) = row.find('"')
                    && row.matches('"').count() % 2 == 1
                {
                    is_good = false;
                    let mark = range.start + mark;
                    let message = format!("a quotation mark in row {number} has no partner");
                    found.push(
                        Diagnostic::new(Code::DataSyntax, Span::new(file, mark..mark + 1), message)
                            .hint("inside a cell in quotation marks a mark is doubled; elsewhere write “ or ”"),
                    );
                }
                let count = table::cells_of(&text[range.clone()], delimiter).count();
                let many = || {
                    (
                        format!("{count} cells for {} columns", heads.len()),
                        "put quotation marks around a cell with a comma",
                    )
                };
                // What a spreadsheet writes has all cells; a row that ends early was cut off.
                let few =
                    || (format!("{count} of {} cells", heads.len()), "write a comma for each cell that is left empty");
                let wrong = match count.cmp(&heads.len()) {
                    Ordering::Greater => Some(many()),
                    Ordering::Less if count < named => Some(few()),
                    Ordering::Less | Ordering::Equal => None,
                };
                if let Some((has, hint)) = wrong {
                    is_good = false;
                    let message = format!("row {number} has {has}");
                    found.push(Diagnostic::new(Code::DataSyntax, Span::new(file, range.clone()), message).hint(hint));
                }
                ranges.push(Row { place: range, number });
            }
            Err(at) => {
                let number = counted(&(at..at), text);
                let message = format!("row {number} is no line of a table");
                found.push(
                    Diagnostic::new(Code::DataSyntax, Span::new(file, at..at), message)
                        .hint("save it as CSV UTF-8, with quotation marks around cells that have commas"),
                );
                return None;
            }
        }
    }
    let kind = Kind::Table { source: source.clone(), file, heads, delimiter, rows: ranges };
    is_good.then_some(Data::Many(Records { kind }))
}
