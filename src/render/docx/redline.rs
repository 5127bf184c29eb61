//! What differs between two documents as tracked changes: accepted they give the new text, rejected
//! the old one. Which block is which is the comparison's; within a block all words are
//! kept of both.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::compose::compose;
use super::merge::{merged_paragraph, whole};
use super::options::DocxOptions;
use super::paragraph::{Body, Mark, Paragraph, Row, Table, Unit, What};
use super::{numbers, package};
use crate::Error;
use crate::compare::{Comparison, Side, What as Became, hunks};
use crate::layout::measures;
use crate::layout::style::Style;
use crate::model::Document;
use crate::ooxml::names::ParagraphRole;
use crate::ooxml::pack;

/// Whose changes they are.
#[derive(Clone, Debug)]
pub struct RedlineOptions {
    /// The name that Word shows beside each change.
    pub author: String,
    /// When they were made; the new document's day if not given.
    pub date: Option<DateTime>,
}

/// What differs between two documents as a Word file with tracked changes. The heads of pages are the new
/// document's.
///
/// # Errors
/// [`Error::Office`] if the file would be too large.
pub fn redline(
    (old, new): (&Side<'_>, &Side<'_>),
    comparison: &Comparison,
    style: &Style,
    options: &RedlineOptions,
) -> Result<Vec<u8>, Error> {
    let (mut was, mut is) = composed_together((old.document, new.document), style);
    let notes = pair_notes(comparison, &mut was, &mut is);
    let mut body = Body {
        notes: notes.all.clone(),
        lists: is.lists.clone(),
        language: is.language.clone(),
        notes_restart: is.notes_restart,
        own_leaves: is.own_leaves,
        units: Vec::new(),
    };
    let date = options.date.or(new.document.day.map(|day| day.at(0, 0, 0, 0)));
    let mut pairs = Pairs::of(comparison);
    if date.is_none() {
        // Word's moves need one.
        pairs.moves.clear();
    }
    body.units = merged(&pairs, &was, &is);
    one_mark_each(&mut body);
    let revision = super::write::Revision {
        author: options.author.clone(),
        date: date.map(|date| date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
    };
    let options = DocxOptions { source: None, made: options.date };
    pack::zip(&package::all(new.document, &body, style, &options, Some(revision)))
}

/// Which leaf of the old document is which of the new one.
struct Pairs {
    /// The old leaf of each new one.
    old_of: BTreeMap<usize, usize>,
    /// The name of the move that a pair is.
    moves: BTreeMap<usize, usize>,
}

impl Pairs {
    fn of(comparison: &Comparison) -> Pairs {
        let mut pairs = Pairs { old_of: BTreeMap::new(), moves: BTreeMap::new() };
        for entry in &comparison.entries {
            // Of what was divided or joined the first is the pair; the rest is new or gone.
            let (Some(old), Some(new)) = (entry.old.first(), entry.new.first()) else { continue };
            pairs.old_of.insert(*new, *old);
            if entry.what == Became::Moved {
                let name = pairs.moves.len() + 1;
                pairs.moves.insert(*old, name);
            }
        }
        pairs
    }
}

/// The notes of both documents, those that are one put together.
struct Notes {
    all: Vec<Paragraph>,
}

/// Puts notes together that are one, and gives all marks the places of what came out.
fn pair_notes(comparison: &Comparison, was: &mut Body, is: &mut Body) -> Notes {
    let pairs = Pairs::of(comparison);
    let old_marks = marks(was);
    let new_marks = marks(is);
    let of_leaf: BTreeMap<usize, usize> =
        was.notes.iter().enumerate().filter_map(|(at, note)| Some((note.leaf?, at))).collect();
    let mut all: Vec<Paragraph> = is.notes.iter().map(|note| whole(note, Mark::New)).collect();
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, note) in is.notes.iter().enumerate() {
        let old = note.leaf.and_then(|leaf| of_leaf.get(pairs.old_of.get(&leaf)?)).copied();
        if let Some(old) = old
            && old_marks.get(&old) == new_marks.get(&at)
            && let (Some(before), Some(paragraph)) = (was.notes.get(old), all.get_mut(at))
        {
            *paragraph = merged_paragraph(before, note);
            places.insert(old, at);
        }
    }
    for (at, note) in was.notes.iter().enumerate() {
        places.entry(at).or_insert_with(|| {
            all.push(whole(note, Mark::Gone));
            all.len() - 1
        });
    }
    // The end of a note's only paragraph is never new or gone.
    all.iter_mut().for_each(|note| note.mark = Mark::Same);
    numbers::each_mut(was, &mut |paragraph| {
        for run in &mut paragraph.runs {
            if let What::Note(at, _) = &mut run.what {
                *at = places.get(at).copied().unwrap_or(*at);
            }
        }
    });
    Notes { all }
}

/// A note whose mark is gone at one place and new at another is two in Word.
fn one_mark_each(body: &mut Body) {
    let mut seen = std::collections::BTreeSet::new();
    let mut notes = std::mem::take(&mut body.notes);
    numbers::each_mut(body, &mut |paragraph| {
        for run in &mut paragraph.runs {
            if let What::Note(at, _) = &mut run.what
                && !seen.insert(*at)
                && let Some(note) = notes.get(*at).cloned()
            {
                *at = notes.len();
                seen.insert(*at);
                let is_place = |run: &super::paragraph::Run| run.is_place();
                notes.push(Paragraph { runs: note.runs.into_iter().filter(|run| !is_place(run)).collect(), ..note });
            }
        }
    });
    body.notes = notes;
}

/// What is printed at each note's mark.
fn marks(body: &Body) -> BTreeMap<usize, String> {
    let mut marks = BTreeMap::new();
    numbers::each(body, &mut |paragraph| {
        for run in &paragraph.runs {
            if let What::Note(at, mark) = &run.what {
                marks.insert(*at, mark.clone());
            }
        }
    });
    marks
}

/// A paragraph, a row, or the end of a section, with what it is known by.
struct Item<'b> {
    key: String,
    /// The old leaf that it is or was.
    leaf: Option<usize>,
    what: Piece<'b>,
}

#[derive(Clone, Copy)]
enum Piece<'b> {
    Paragraph(&'b Paragraph),
    Row { table: &'b Table, at: usize, row: &'b Row },
    Section(&'b super::paragraph::Section),
}

/// The pieces of a body; `name` says by what a leaf is known, and which old one it is.
fn items<'b>(body: &'b Body, side: &str, name: &dyn Fn(usize) -> Option<usize>) -> Vec<Item<'b>> {
    let mut items: Vec<Item<'b>> = Vec::new();
    // The leaf that is open, and how many paragraphs it has had.
    let mut open: Option<(usize, usize)> = None;
    let is_own = |leaf: &usize| *leaf < body.own_leaves;
    for (number, unit) in body.units.iter().enumerate() {
        match unit {
            Unit::Paragraph(paragraph) => {
                let is_title = matches!(paragraph.role, ParagraphRole::Title | ParagraphRole::TitleLine);
                open = match (paragraph.leaf.filter(is_own), open) {
                    (Some(leaf), _) => Some((leaf, 0)),
                    (None, Some((leaf, count))) if is_title => Some((leaf, count + 1)),
                    (None, _) => None,
                };
                let (leaf, key) = match open {
                    Some((leaf, count)) => match name(leaf) {
                        Some(old) => (Some(old), format!("leaf {old} {count}")),
                        None => (None, format!("{side} {leaf} {count}")),
                    },
                    None => (None, format!("{:?} {}", paragraph.role, words(paragraph))),
                };
                items.push(Item { key, leaf, what: Piece::Paragraph(paragraph) });
            }
            Unit::Table(table) => {
                open = None;
                for row in &table.rows {
                    let cells = row.cells.iter().flatten();
                    let leaves =
                        row.leaf.into_iter().chain(cells.filter_map(|paragraph| paragraph.leaf)).filter(is_own);
                    let old = leaves.clone().find_map(name);
                    let count = row.cells.len();
                    let key = match (old, leaves.clone().next()) {
                        (Some(old), _) => format!("row {old} {count}"),
                        (None, Some(leaf)) => format!("{side} row {leaf}"),
                        (None, None) => format!("row {}", row.cells.iter().flatten().map(words).collect::<String>()),
                    };
                    items.push(Item { key, leaf: None, what: Piece::Row { table, at: number, row } });
                }
            }
            Unit::Section(section) if side == "new" => {
                open = None;
                items.push(Item { key: format!("section {number}"), leaf: None, what: Piece::Section(section) });
            }
            Unit::Section(_) => open = None,
        }
    }
    items
}

fn words(paragraph: &Paragraph) -> String {
    let word = |run: &super::paragraph::Run| match &run.what {
        What::Text(text) | What::Field(_, text) | What::Reference(_, text) => text.clone(),
        What::Tab => "\t".to_owned(),
        What::Note(..) | What::Start(_) | What::End(_) => String::new(),
    };
    paragraph.runs.iter().map(word).collect()
}

/// Both bodies in one.
fn merged(pairs: &Pairs, was: &Body, is: &Body) -> Vec<Unit> {
    let olds = items(was, "old", &|leaf| Some(leaf));
    let news = items(is, "new", &|leaf| pairs.old_of.get(&leaf).copied());
    let keys = |items: &[Item<'_>]| -> Vec<String> { items.iter().map(|item| item.key.clone()).collect() };
    let mut out = Merged { units: Vec::new(), open: None };
    let (mut at_old, mut at_new) = (0, 0);
    let whole_end = (olds.len()..olds.len(), news.len()..news.len());
    for (gone, put) in hunks(&keys(&olds), &keys(&news)).into_iter().chain([whole_end]) {
        while at_old < gone.start && at_new < put.start {
            if let (Some(old), Some(new)) = (olds.get(at_old), news.get(at_new)) {
                out.both(old, new);
            }
            at_old += 1;
            at_new += 1;
        }
        let moved = |item: &Item<'_>| item.leaf.and_then(|leaf| pairs.moves.get(&leaf).copied());
        let is_put = |leaf: Option<usize>| leaf.is_some() && news.iter().any(|item| item.leaf == leaf);
        for item in olds.get(gone.clone()).unwrap_or_default() {
            let mark = moved(item).filter(|_| is_put(item.leaf)).map_or(Mark::Gone, Mark::From);
            out.one(item, mark);
        }
        for item in news.get(put.clone()).unwrap_or_default() {
            out.one(item, moved(item).map_or(Mark::New, Mark::To));
        }
        (at_old, at_new) = (gone.end, put.end);
    }
    out.units
}

struct Merged {
    units: Vec<Unit>,
    /// The table that is open: its place in the new body, or in the old one, and how many
    /// columns it has.
    open: Option<(Option<usize>, Option<usize>, usize)>,
}

impl Merged {
    fn both(&mut self, old: &Item<'_>, new: &Item<'_>) {
        match (old.what, new.what) {
            (Piece::Paragraph(before), Piece::Paragraph(after)) => {
                self.open = None;
                self.units.push(Unit::Paragraph(merged_paragraph(before, after)));
            }
            (Piece::Row { at: was, row: before, .. }, Piece::Row { table, at, row: after }) => {
                let row = Row {
                    is_header: after.is_header,
                    cells: merged_cells(&before.cells, &after.cells),
                    mark: Mark::Same,
                    leaf: None,
                };
                self.row((Some(was), Some(at)), table, row);
            }
            (_, Piece::Section(section)) => {
                self.open = None;
                self.units.push(Unit::Section(section.clone()));
            }
            // Keys tell paragraphs and rows apart.
            _ => {
                self.one(old, Mark::Gone);
                self.one(new, Mark::New);
            }
        }
    }

    fn one(&mut self, item: &Item<'_>, mark: Mark) {
        match item.what {
            Piece::Paragraph(paragraph) => {
                self.open = None;
                self.units.push(Unit::Paragraph(whole(paragraph, mark)));
            }
            Piece::Row { table, at, row } => {
                let mark = if matches!(mark, Mark::Gone | Mark::From(_)) { Mark::Gone } else { Mark::New };
                let cell = |cell: &Vec<Paragraph>| -> Vec<Paragraph> {
                    cell.iter().map(|paragraph| whole(paragraph, mark)).collect()
                };
                let cells = row.cells.iter().map(cell).collect();
                let places = if mark == Mark::Gone { (Some(at), None) } else { (None, Some(at)) };
                self.row(places, table, Row { is_header: row.is_header, cells, mark, leaf: None });
            }
            Piece::Section(section) => {
                self.open = None;
                self.units.push(Unit::Section(section.clone()));
            }
        }
    }

    /// Adds a row to the table that is open, if it is its own.
    fn row(&mut self, (old, new): (Option<usize>, Option<usize>), table: &Table, row: Row) {
        let count = row.cells.len();
        let fits = self.open.is_some_and(|(was, is, columns)| {
            let same = |a: Option<usize>, b: Option<usize>| a.is_none() || b.is_none() || a == b;
            columns == count
                && same(was, old)
                && same(is, new)
                && (was.is_some() && old.is_some() || is.is_some() && new.is_some())
        });
        match (fits, self.units.last_mut()) {
            (true, Some(Unit::Table(open))) => open.rows.push(row),
            _ => {
                self.units.push(Unit::Table(Table { rows: vec![row], ..table.clone() }));
                self.open = Some((None, None, count));
            }
        }
        if let Some((was, is, _)) = &mut self.open {
            *was = was.or(old);
            *is = is.or(new);
        }
    }
}

/// Cells beside each other; the last paragraph of a cell is always in both.
fn merged_cells(old: &[Vec<Paragraph>], new: &[Vec<Paragraph>]) -> Vec<Vec<Paragraph>> {
    let cell = |(old, new): (&Vec<Paragraph>, &Vec<Paragraph>)| {
        let (more_old, more_new) = (old.len().saturating_sub(new.len()), new.len().saturating_sub(old.len()));
        let mut out: Vec<Paragraph> = Vec::new();
        out.extend(old.iter().take(more_old).map(|paragraph| whole(paragraph, Mark::Gone)));
        out.extend(new.iter().take(more_new).map(|paragraph| whole(paragraph, Mark::New)));
        let pairs = old.iter().skip(more_old).zip(new.iter().skip(more_new));
        out.extend(pairs.map(|(old, new)| merged_paragraph(old, new)));
        out
    };
    old.iter().zip(new).map(cell).collect()
}

/// Two documents whose lists are in one file.
fn composed_together(documents: (&Document, &Document), style: &Style) -> (Body, Body) {
    let one = |document: &Document| compose(document, style, &measures(document, style));
    let (mut old, mut new) = (one(documents.0), one(documents.1));
    numbers::settle(&mut [&mut old, &mut new]);
    (old, new)
}
