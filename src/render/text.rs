//! Plain text: as printed, with the lines and pages of the PDF, and flowed to
//! a width.

use std::collections::BTreeMap;

use super::Rendered;
use super::filling::{cell_words, fill, row_lines, words};
use crate::layout::style::Style;
use crate::layout::{Page, Role, Run, lay_out};
use crate::model::{
    Block, BlockKind, CellText, Checked, Document, Entry, HeadLine, Inline, List, Note, Numbering, Part, PartKind,
    SOFT_HYPHEN, Table, Volume, behind_symbol, capitals, keeps_letters,
};

/// The width that one character of plain text stands for, in pt: that of an
/// average letter.
const CELL: f64 = 5.5;

/// The text with the lines of the PDF; a form feed stands between pages.
pub fn printed(checked: &Checked, style: &Style) -> Rendered<String> {
    let mut out = String::new();
    let rest = lay_out(checked, style, &mut |page| {
        if page.number > 1 {
            out.push('\u{C}');
        }
        page_text(&page, style, &mut out);
    });
    Rendered { content: out, wide_words: rest.wide_words }
}

fn page_text(page: &Page, style: &Style, out: &mut String) {
    let mut runs: Vec<Printed<'_>> = Vec::new();
    for line in &page.lines {
        let in_cell = matches!(line.role, Role::Cell(..));
        let begins = |at: usize, run: &Run| {
            let before = at.checked_sub(1).and_then(|before| line.runs.get(before));
            before.is_none_or(|before| run.x - before.x - before.width > MARKER_GAP)
        };
        let run = |(at, run)| Printed { baseline: line.baseline, run, at_stop: in_cell && begins(at, run) };
        runs.extend(line.runs.iter().enumerate().map(run));
    }
    runs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.run.x.total_cmp(&b.run.x)));
    let mut stops = Stops::default();
    for _ in 0..MAX_COLUMNS {
        let before = stops.clone();
        if runs.iter().any(|run| run.at_stop) {
            for line in lines_of(&runs) {
                line_text(line, style.page.margin, &mut stops);
            }
        }
        if stops == before {
            break;
        }
    }
    let mut last: Option<f64> = None;
    for line in lines_of(&runs) {
        let baseline = line.first().map_or(0.0, |run| run.baseline);
        // Empty lines of the page are empty lines of the text.
        let blank = last.map_or(0.0, |last| ((baseline - last) / style.text.leading - 0.6).max(0.0));
        out.extend(std::iter::repeat_n('\n', blank.round() as usize));
        last = Some(baseline);
        let text = line_text(line, style.page.margin, &mut stops);
        out.push_str(text.trim_end());
        out.push('\n');
    }
}

/// A run with what is known of its line.
struct Printed<'p> {
    baseline: f64,
    run: &'p Run,
    /// Whether it stands at a column of its own: a line of a cell begins with it, or the text behind a dash.
    at_stop: bool,
}

/// Where the columns of tables begin in plain text, by their places in tenths of a pt:
/// further to the right than on the page if letters are narrow.
type Stops = BTreeMap<i64, usize>;

/// What stands so far behind a run is not its next word but the text of a marker, in pt.
const MARKER_GAP: f64 = 0.5;

/// So often a column may push the next one.
const MAX_COLUMNS: usize = 24;

fn lines_of<'r, 'p>(runs: &'r [Printed<'p>]) -> impl Iterator<Item = &'r [Printed<'p>]> {
    runs.chunk_by(|a, b| (a.baseline - b.baseline).abs() < 1.0)
}

fn line_text(runs: &[Printed<'_>], margin: f64, stops: &mut Stops) -> String {
    let mut text = String::new();
    let mut end: Option<f64> = None;
    let mut is_raised = false;
    for Printed { run, at_stop, .. } in runs {
        let column = ((run.x - margin) / CELL).round().max(0.0) as usize;
        let gap = end.map_or(0.0, |end| run.x - end);
        let is_mark = std::mem::replace(&mut is_raised, run.rise > 0.0) && gap > 12.0;
        let blanks = match end {
            _ if *at_stop => {
                let length = text.chars().count();
                let least = length + usize::from(end.is_some());
                let stop = stops.entry((run.x * 10.0).round() as i64).or_insert(column);
                *stop = least.max(*stop);
                *stop - length
            }
            None => column,
            // A gap between columns, or between the mark of a note and its text.
            Some(_) if gap > 40.0 || is_mark => column.saturating_sub(text.chars().count()).max(1),
            // A marker and its text.
            Some(_) if gap > MARKER_GAP => column.saturating_sub(text.chars().count()).clamp(1, 4),
            Some(_) => 0,
        };
        text.extend(std::iter::repeat_n(' ', blanks));
        let words = run.text.replace(['\u{A0}', '\u{202F}'], " ").replace(SOFT_HYPHEN, "-");
        // A note's mark that is not raised could be read as part of a number.
        if run.is_note_mark {
            text.push_str(&format!("({words})"))
        } else {
            text.push_str(&words)
        }
        // A mark on a letter ends before it.
        end = Some(end.map_or(run.x + run.width, |end| end.max(run.x + run.width)));
    }
    text
}

/// The text filled to lines of `width` characters, for mail: the title in the
/// middle, numbers hanging, notes at the end of their part.
pub fn flowed(checked: &Checked, width: usize) -> String {
    let document = checked.document();
    let mut out = Flowed { width: width.max(20), out: String::new(), leading: Vec::new() };
    match &document.volume {
        Some(volume) => out.volume(document, volume),
        None => out.document(document),
    }
    out.out
}

struct Flowed {
    width: usize,
    out: String,
    /// Labels of items without words of their own, each with its column: they stand on
    /// the line of the next one.
    leading: Vec<(usize, String)>,
}

impl Flowed {
    /// Cover, contents without numbers of pages, sections, and the texts.
    fn volume(&mut self, document: &Document, volume: &Volume) {
        let cover = &volume.cover;
        for name in &cover.names {
            self.centred(name);
        }
        self.blank();
        for line in cover.place.iter().chain(&cover.year).chain(&document.draft) {
            self.centred(line);
        }
        self.blank();
        for line in &cover.title {
            self.centred(&words(line));
        }
        self.blank();
        for section in volume.sections.iter().filter(|section| !section.title.is_empty()) {
            self.centred(&words(&section.title));
        }
        self.blank();
        cover.imprint.iter().for_each(|line| self.centred(line));
        self.blank();
        cover.back.iter().for_each(|line| self.line(&line.text));
        self.blank();
        self.centred(&volume.contents);
        for section in &volume.sections {
            self.blank();
            if section.label.is_some() {
                self.fill("", &section.heading(), 0);
            }
            for member in &section.members {
                self.fill("", &member.entry, 4);
            }
        }
        for section in &volume.sections {
            if section.label.is_some() {
                self.blank();
                self.out.push('\n');
                self.centred(&section.heading());
            }
            for member in &section.members {
                self.blank();
                self.out.push('\n');
                self.parts(&member.document, member.under_title.as_deref());
            }
        }
    }

    fn document(&mut self, document: &Document) {
        let head = &document.letterhead;
        for (at, line) in head.right.iter().enumerate().filter(|(_, line)| !line.text.is_empty()) {
            let is_marked = head.symbol_row == Some(at) && head.correction.is_some();
            // A figure would be read as part of the symbol.
            let mark = match head.correction_mark.as_str() {
                _ if !is_marked => String::new(),
                "*" => "*".to_owned(),
                mark => format!(" ({mark})"),
            };
            let (symbol, behind) = match is_marked {
                true => behind_symbol(&line.text, document.symbol.as_deref()),
                false => (line.text.as_str(), ""),
            };
            self.line(&format!("{symbol}{mark}{behind}"));
        }
        for line in head.left.iter().filter(|line| !line.text.is_empty()) {
            self.line(&line.text);
        }
        if let Some(draft) = &document.draft {
            self.line(draft);
        }
        if !head.meeting.is_empty() {
            self.blank();
            for line in &head.meeting {
                self.line(line);
            }
        }
        self.parts(document, None);
        for member in &document.appended {
            self.blank();
            self.out.push('\n');
            self.document(&member.document);
        }
    }

    fn parts(&mut self, document: &Document, under_title: Option<&str>) {
        let correction = document.letterhead.correction.as_ref();
        for part in &document.parts {
            let is_main = part.kind == PartKind::Main;
            self.part(part, &document.running_head, if is_main { under_title } else { None });
            // In a volume there is no symbol above the text that has its mark.
            if is_main
                && under_title.is_none()
                && let Some(correction) = correction
            {
                self.note(&Note {
                    mark: document.letterhead.correction_mark.clone(),
                    content: vec![Inline::Text(correction.clone())],
                });
            }
            for note in &part.notes {
                self.note(note);
            }
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text.replace(['\u{A0}', '\u{202F}'], " ").trim_end());
        self.out.push('\n');
    }

    fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn part(&mut self, part: &Part, running_head: &[HeadLine], under_title: Option<&str>) {
        self.blank();
        if part.kind.is_attached() {
            self.out.push('\n');
            for line in running_head.iter().chain(&part.head) {
                self.line(&line.text);
            }
            self.blank();
        }
        for line in &part.meeting {
            self.line(&words(line));
        }
        if !part.meeting.is_empty() {
            self.blank();
        }
        if let Some(line) = &part.title_line {
            self.centred(line);
        }
        self.title(&part.title);
        if let Some(line) = under_title {
            self.centred(line);
        }
        if let Some(text) = &part.by {
            self.blank();
            self.fill("", text, 0);
        }
        for block in &part.blocks {
            self.block(block, 0);
        }
    }

    fn title(&mut self, lines: &[Vec<Inline>]) {
        for (at, line) in lines.iter().enumerate() {
            let words = words(line);
            self.centred(&if keeps_letters(at, line) { words } else { capitals(&words) });
        }
    }

    fn centred(&mut self, text: &str) {
        for line in fill(text, self.width, self.width) {
            let shift = self.width.saturating_sub(line.chars().count()) / 2;
            self.line(&format!("{}{line}", " ".repeat(shift)));
        }
    }

    fn note(&mut self, note: &Note) {
        self.blank();
        self.fill(&format!("{} ", note.mark), &words(&note.content), 0);
    }

    fn block(&mut self, block: &Block, indent: usize) {
        self.blank();
        match &block.kind {
            BlockKind::Opening(content) | BlockKind::Clause(content) | BlockKind::Prose(content) => {
                self.fill("", &words(content), indent);
            }
            BlockKind::Continuation { level, content } => self.fill("", &words(content), indent + 4 * (level + 1)),
            BlockKind::Contents(contents) => {
                self.fill("", &words(&contents.title), indent);
                self.blank();
                for Entry { level, label, words, .. } in &contents.entries {
                    let label = label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
                    self.fill(&label, words, indent + 4 * (level - 1));
                }
            }
            BlockKind::Lines { is_signature, lines } => {
                let indent = if *is_signature { self.width / 2 } else { indent };
                lines.iter().for_each(|line| self.fill("", &words(line), indent));
            }
            BlockKind::List(list) => self.list(list, indent),
            BlockKind::Heading { level: 0, content, .. } => self.title(std::slice::from_ref(content)),
            BlockKind::Heading { label, content, .. } => {
                let label = label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
                self.fill(&label, &words(content), indent);
            }
            BlockKind::Quote { level, is_statement, blocks } => {
                let deeper = if *is_statement { 8 } else { 4 * (level + 1) };
                for inner in blocks {
                    self.block(inner, indent + deeper);
                }
            }
            BlockKind::Table(table) => self.table(table, indent + table.level.map_or(0, |level| 4 * (level + 1))),
        }
    }

    fn list(&mut self, list: &List, indent: usize) {
        let labels = list.items.iter().map(|item| item.label.chars().count());
        let width = labels.max().filter(|_| list.numbering.is_labelled()).unwrap_or(0);
        for (at, item) in list.items.iter().enumerate() {
            if at > 0 && list.numbering != Numbering::Labels {
                self.blank();
            }
            if item.leads_in() {
                self.leading.push((indent + 4 * list.level, item.label.clone()));
            } else {
                let words = words(&item.content);
                let words = if list.numbering == Numbering::Titles { capitals(&words) } else { words };
                self.marked(&format!("{:<width$}", item.label), &words, indent + 4 * list.level);
            }
            for block in &item.body {
                self.block(block, indent);
            }
        }
    }

    fn marked(&mut self, marker: &str, words: &str, indent: usize) {
        let mut marker = format!("{marker:<width$}", width = marker.chars().count().max(3) + 1);
        let mut column = indent;
        // Labels of items without words stand before it.
        for (at, label) in std::mem::take(&mut self.leading).into_iter().rev() {
            let room = column.saturating_sub(at).max(label.chars().count() + 1);
            marker = format!("{label:<room$}{marker}");
            column = at;
        }
        self.fill(&marker, words, column);
    }

    /// Labels of items without words, which stand before what begins at `indent`.
    fn labels_before(&mut self, indent: usize) -> String {
        let mut before = String::new();
        for (at, label) in std::mem::take(&mut self.leading) {
            before = format!("{before:<at$}{label} ");
        }
        format!("{before:<indent$}")
    }

    /// Fills a text whose first line begins with a marker that hangs.
    fn fill(&mut self, marker: &str, text: &str, indent: usize) {
        let indent = indent.min(self.width / 2);
        let hang = marker.chars().count();
        let room = self.width.saturating_sub(indent + hang).max(10);
        for (at, line) in fill(text, room, room).into_iter().enumerate() {
            let lead = if at == 0 { marker.to_owned() } else { " ".repeat(hang) };
            self.line(&format!("{}{lead}{line}", " ".repeat(indent)));
        }
    }

    /// Cells stand one below the other where they do not fit beside each other.
    fn table(&mut self, table: &Table, indent: usize) {
        let cell = |cell: &Vec<CellText>| cell.iter().map(cell_words).collect::<Vec<_>>().join(" ");
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect();
        let columns = rows.first().map_or(0, Vec::len);
        let natural: Vec<usize> = (0..columns)
            .map(|column| {
                rows.iter().filter_map(|row| row.get(column)).map(|text| text.chars().count()).max().unwrap_or(0)
            })
            .collect();
        let room = self.width.saturating_sub(indent + 2 * columns.saturating_sub(1));
        let mut widths: Vec<usize> = natural.into_iter().map(|width| width.min(self.width)).collect();
        // The widest column gives way first.
        let mut total: usize = widths.iter().sum();
        while total > room
            && let Some(widest) = widths.iter_mut().max().filter(|width| **width > 6)
        {
            *widest -= 1;
            total -= 1;
        }
        for (at, row) in table.rows.iter().enumerate() {
            if table.rows.get(at).is_some_and(|row| row.spaced) {
                self.blank();
            }
            let cells = row_lines(&row.cells, &widths);
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            for line in 0..height {
                let parts = cells.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
                    let words = cell.get(line).map_or("", String::as_str);
                    if table.right.contains(&column) { format!("{words:>width$}") } else { format!("{words:<width$}") }
                });
                let joined = parts.collect::<Vec<_>>().join("  ");
                let before = self.labels_before(indent);
                self.line(&format!("{before}{joined}"));
            }
            if at == 0 && table.ruled {
                let rule: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
                self.line(&format!("{}{}", " ".repeat(indent), rule.join("  ")));
            }
        }
    }
}
