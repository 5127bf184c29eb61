//! Pages from stretches of lines that stay together.

use super::break_lines::SetLine;
use super::marked::{bar_of, lines_of, margin_bars};
use super::page::{Bar, Line, Page, Role};
use super::structure::ElementId;
use super::style::{NoteStyle, Style};
use crate::model::Anchor;

/// A line with its place below the top of its unit.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub role: Role,
    pub element: Option<ElementId>,
    /// From the unit's top to the baseline.
    pub baseline: f64,
    pub line: SetLine,
}

/// Lines that stay on one page, unless they are taller than one.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    /// Empty space above it, which falls away at the top of a page.
    pub space: f64,
    pub height: f64,
    pub lines: Vec<Placed>,
    /// What begins at its top.
    pub anchor: Option<Anchor>,
    /// Whether the next unit must stand on the same page.
    pub keep: bool,
    /// Whether it begins a page.
    pub begins_page: bool,
    /// The edges of a table's columns, where they are ruled.
    pub columns: Vec<f64>,
    /// Bars besides, from the unit's top.
    pub bars: Vec<Bar>,
    /// The row that is repeated above this one at the top of a page.
    pub repeat: Option<std::rc::Rc<Unit>>,
}

/// The head of a page: its lines, and where the text below them begins.
pub(super) struct PageHead {
    pub lines: Vec<Line>,
    pub text_top: f64,
}

/// A footnote's lines that still wait for a place.
struct Waiting {
    element: Option<ElementId>,
    lines: std::vec::IntoIter<SetLine>,
}

/// Makes the head of a page by its number, as its pages are set.
type Head<'a> = Box<dyn Fn(u32, &Style) -> PageHead + 'a>;

/// So many units at the most share a page because each keeps with the next.
const MAX_KEPT: usize = 64;

/// Fills pages and hands over each that is finished.
pub(super) struct Paginator<'a> {
    /// That of the page that is filled.
    style: &'a Style,
    /// Of upright pages, and of turned ones.
    styles: [&'a Style; 2],
    /// Whether the next page is turned, and whether it begins with the next unit.
    turns: bool,
    begins_next: bool,
    take: &'a mut dyn FnMut(Page),
    /// Makes the head of a page by its number.
    head: Head<'a>,
    page: Page,
    /// The number of the next page that has one; none while pages have none.
    next_folio: Option<u32>,
    /// Where the next line goes.
    y: f64,
    /// The top of the text on this page.
    top: f64,
    /// Note lines that have a place on this page.
    notes: Vec<(Option<ElementId>, SetLine)>,
    waiting: Vec<Waiting>,
    /// Units that wait for the one that they must share a page with.
    pending: Vec<Unit>,
    /// Lines of the page with bars in the margin.
    changed: Vec<(f64, f64, bool)>,
    /// What stands at the foot of each page, besides.
    foot: Option<SetLine>,
}

impl<'a> Paginator<'a> {
    pub fn new(styles: [&'a Style; 2], take: &'a mut dyn FnMut(Page)) -> Self {
        Paginator {
            style: styles[0],
            styles,
            turns: false,
            begins_next: false,
            take,
            head: Box::new(|_, _| PageHead { lines: Vec::new(), text_top: 0.0 }),
            page: Page::default(),
            next_folio: Some(1),
            y: 0.0,
            top: 0.0,
            notes: Vec::new(),
            waiting: Vec::new(),
            pending: Vec::new(),
            changed: Vec::new(),
            foot: None,
        }
    }

    /// Each page has this line at its foot.
    pub fn set_foot(&mut self, foot: SetLine) {
        self.foot = Some(foot);
    }

    /// From the next page on, pages have this head.
    pub fn set_head(&mut self, head: impl Fn(u32, &Style) -> PageHead + 'a) {
        self.head = Box::new(head);
    }

    /// Begins a page; the one before it is finished.
    pub fn begin_page(&mut self) {
        if self.page.number > 0 {
            self.finish_page();
        }
        self.begins_next = false;
        self.style = self.styles[usize::from(self.turns)];
        let folio = self.next_folio.unwrap_or(0);
        self.next_folio = self.next_folio.map(|next| next + 1);
        let head = (self.head)(folio, self.style);
        let number = self.page.number + 1;
        self.page = Page { number, folio, turned: self.turns, ..Page::default() };
        head.lines.into_iter().for_each(|line| self.push_line(line));
        self.top = head.text_top;
        self.y = head.text_top;
        self.seat_notes(self.style.text.leading);
    }

    /// The next page has this number, or none and those after it neither.
    pub fn number_from(&mut self, folio: Option<u32>) {
        self.next_folio = folio;
    }

    /// From the next unit on, pages are turned, or upright again.
    pub fn turn(&mut self, turns: bool, notes: &mut dyn FnMut(usize) -> (Option<ElementId>, Vec<SetLine>)) {
        if self.turns != turns {
            self.place_pending(notes);
            (self.turns, self.begins_next) = (turns, true);
        }
    }

    /// Leaves a page blank, where the next one would not be a right-hand page.
    pub fn begin_right(&mut self) {
        if self.page.number % 2 == 1 {
            self.set_head(|_, _| PageHead { lines: Vec::new(), text_top: 0.0 });
            self.begin_page();
        }
    }

    /// Puts the next line at this height, or below what is there already.
    pub fn advance_to(&mut self, y: f64) {
        self.y = self.y.max(y);
        self.top = self.y;
    }

    /// What the page has on it whatever follows: the letterhead, its
    /// baselines counted from the page's top.
    pub fn fix(&mut self, unit: Unit) {
        self.draw(unit, 0.0);
    }

    /// Adds a note whose mark stands in what was fixed.
    pub fn add_note(&mut self, element: Option<ElementId>, lines: Vec<SetLine>) {
        self.waiting.push(Waiting { element, lines: lines.into_iter() });
        self.seat_notes(0.0);
    }

    /// Adds a unit; `notes` gives the lines of a footnote when its mark has a
    /// place.
    pub fn add(&mut self, unit: Unit, notes: &mut dyn FnMut(usize) -> (Option<ElementId>, Vec<SetLine>)) {
        if unit.begins_page || self.begins_next {
            self.place_pending(notes);
            self.begin_page();
        }
        let keep = unit.keep;
        self.pending.push(unit);
        // More do not fit on a page.
        if !keep || self.pending.len() >= MAX_KEPT {
            self.place_pending(notes);
        }
    }

    /// Ends a part: what waits is placed, and notes that run on get pages.
    pub fn end_part(&mut self, notes: &mut dyn FnMut(usize) -> (Option<ElementId>, Vec<SetLine>)) {
        self.place_pending(notes);
        while !self.waiting.is_empty() {
            self.begin_page();
        }
    }

    /// Ends the document.
    pub fn finish(&mut self) {
        if self.page.number > 0 {
            self.finish_page();
        }
    }

    fn bottom(&self) -> f64 {
        self.style.page.height - self.style.page.margin - self.notes_height()
    }

    fn notes_height(&self) -> f64 {
        if self.notes.is_empty() {
            return 0.0;
        }
        2.0 * self.style.note.gap + self.notes.len() as f64 * self.style.note.leading
    }

    /// The height that the beginnings of these notes need.
    fn least_notes(&self, units: &[Unit]) -> f64 {
        let marks: usize = units.iter().flat_map(|unit| &unit.lines).map(|placed| placed.line.notes.len()).sum();
        let gap = if self.notes.is_empty() && marks > 0 { 2.0 * self.style.note.gap } else { 0.0 };
        gap + marks as f64 * self.style.note.leading
    }

    fn at_top(&self) -> bool {
        self.y <= self.top
    }

    fn place_pending(&mut self, notes: &mut dyn FnMut(usize) -> (Option<ElementId>, Vec<SetLine>)) {
        let units = std::mem::take(&mut self.pending);
        if units.is_empty() {
            return;
        }
        // What is taller than a page may begin anywhere with some room.
        let tall = units.iter().any(|unit| unit.height > self.style.page.height - self.style.page.margin - self.top);
        if !(self.fits(&units) || self.at_top() || tall && self.room_for_a_piece()) {
            self.begin_page();
            if let Some(row) = units.first().and_then(|unit| unit.repeat.clone()) {
                self.place(Unit::clone(&row), notes);
            }
        }
        let fits = self.fits(&units);
        for unit in units {
            if fits || self.fits(std::slice::from_ref(&unit)) {
                self.place(unit, notes);
            } else {
                self.place_in_pieces(unit, notes);
            }
        }
    }

    fn fits(&self, units: &[Unit]) -> bool {
        let mut height = 0.0;
        for (at, unit) in units.iter().enumerate() {
            height += unit.height + if at == 0 && self.at_top() { 0.0 } else { unit.space };
        }
        // Sums of heights are not exact.
        self.y + height + self.least_notes(units) <= self.bottom() + 0.01
    }

    fn place(&mut self, mut unit: Unit, notes: &mut dyn FnMut(usize) -> (Option<ElementId>, Vec<SetLine>)) {
        if !self.at_top() {
            self.y += unit.space;
        }
        let marks: Vec<usize> =
            unit.lines.iter_mut().flat_map(|placed| std::mem::take(&mut placed.line.notes)).collect();
        let y = self.y;
        self.y += unit.height;
        self.draw(unit, y);
        for mark in marks {
            let (element, lines) = notes(mark);
            self.waiting.push(Waiting { element, lines: lines.into_iter() });
        }
        self.seat_notes(0.0);
    }

    /// Whether there is room for a few lines of a unit that runs over pages.
    fn room_for_a_piece(&self) -> bool {
        self.bottom() - self.y >= 5.0 * self.style.text.leading
    }

    /// A unit taller than a page goes on over pages, line by line, each with
    /// the beginnings of its notes.
    fn place_in_pieces(&mut self, mut unit: Unit, notes: &mut dyn FnMut(usize) -> (Option<ElementId>, Vec<SetLine>)) {
        if !self.at_top() && !self.room_for_a_piece() {
            self.begin_page();
            if let Some(row) = unit.repeat.clone() {
                self.place(Unit::clone(&row), notes);
            }
        }
        unit.lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
        let repeat = unit.repeat.clone();
        let descent = self.style.text.leading * 0.25;
        let mut lines = unit.lines.into_iter().peekable();
        let mut anchor = unit.anchor;
        let mut space = unit.space;
        let mut offset = 0.0;
        while let Some(first) = lines.next() {
            let mut piece = Unit {
                space: std::mem::take(&mut space),
                height: first.baseline + descent - offset,
                lines: vec![first],
                anchor: anchor.take(),
                columns: unit.columns.clone(),
                ..Unit::default()
            };
            while let Some(line) = lines.peek() {
                let height = std::mem::replace(&mut piece.height, line.baseline + descent - offset);
                piece.lines.push(line.clone());
                if !self.fits(std::slice::from_ref(&piece)) {
                    piece.lines.pop();
                    piece.height = height;
                    break;
                }
                lines.next();
            }
            let end = offset + piece.height;
            for placed in &mut piece.lines {
                placed.baseline -= offset;
            }
            offset = end;
            self.place(piece, notes);
            if lines.peek().is_some() {
                self.begin_page();
                if let Some(row) = &repeat {
                    self.place(Unit::clone(row), notes);
                }
            }
        }
    }

    fn draw(&mut self, unit: Unit, y: f64) {
        self.page.anchors.extend(unit.anchor.map(|anchor| (anchor, y)));
        if let Some(&left) = unit.columns.first()
            && let Some(&right) = unit.columns.last()
        {
            let rule = self.style.table.rule;
            for edge in [y, y + unit.height] {
                self.page.bars.push(Bar { x: left, y: edge, width: right - left + rule, height: rule });
            }
            for &x in &unit.columns {
                self.page.bars.push(Bar { x, y, width: rule, height: unit.height });
            }
        }
        self.page.bars.extend(unit.bars.into_iter().map(|bar| Bar { y: bar.y + y, ..bar }));
        for placed in unit.lines {
            let baseline = y + placed.baseline;
            self.draw_line(placed.role, placed.element, baseline, placed.line);
        }
    }

    fn draw_line(&mut self, role: Role, element: Option<ElementId>, baseline: f64, line: SetLine) {
        for mut link in line.links {
            link.area.y += baseline;
            self.page.links.push(link);
        }
        let SetLine { runs, blank_follows, .. } = line;
        self.push_line(Line { role, element, baseline, runs, blank_follows });
    }

    /// A line with the marks of what is new and gone in it.
    fn push_line(&mut self, line: Line) {
        lines_of(&line, &mut self.page.bars);
        let leading = if line.role == Role::Note { self.style.note.leading } else { self.style.text.leading };
        self.changed.extend(bar_of(&line, leading));
        self.page.lines.push(line);
    }

    /// Places waiting note lines at the foot of the page, but leaves `reserve` free.
    fn seat_notes(&mut self, reserve: f64) {
        let leading = self.style.note.leading;
        while let Some(first) = self.waiting.first_mut() {
            let gap = if self.notes.is_empty() { 2.0 * self.style.note.gap } else { 0.0 };
            let room = self.style.page.height
                - self.style.page.margin
                - self.notes.len() as f64 * leading
                - if self.notes.is_empty() { 0.0 } else { 2.0 * self.style.note.gap }
                - self.y
                - reserve;
            if room + 0.01 < gap + leading {
                return;
            }
            match first.lines.next() {
                Some(line) => self.notes.push((first.element, line)),
                None => {
                    self.waiting.remove(0);
                }
            }
        }
    }

    fn finish_page(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        if !notes.is_empty() {
            let NoteStyle { size, leading, gap, rule } = self.style.note;
            let margin = self.style.page.margin;
            let mut y = self.style.page.height - margin - notes.len() as f64 * leading;
            self.page.bars.push(Bar { x: margin, y: y - gap, width: rule, height: self.style.table.rule });
            for (element, line) in notes {
                self.draw_line(Role::Note, element, y + baseline_in(size, leading), line);
                y += leading;
            }
        }
        let changed = std::mem::take(&mut self.changed);
        self.page.bars.extend(margin_bars(changed, self.style));
        if let Some(foot) = self.foot.clone() {
            let baseline = self.style.page.height - self.style.head.top / 2.0;
            self.draw_line(Role::FileCode, None, baseline, foot);
        }
        let number = self.page.number;
        let page = std::mem::replace(&mut self.page, Page { number, ..Page::default() });
        (self.take)(page);
    }
}

/// From the top of a line to its baseline: the typeface's ascent is 0.891 em,
/// and what a line has over the typeface's own height stands above and below
/// alike.
pub(super) fn baseline_in(size: f64, leading: f64) -> f64 {
    const ASCENT: f64 = 0.891;
    const HEIGHT: f64 = 1.107;
    (leading - HEIGHT * size) / 2.0 + ASCENT * size
}
