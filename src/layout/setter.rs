//! What all parts of a document are set with: the state that is carried from
//! block to block, and how a paragraph is set.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::break_lines::{Measure, SetLine, break_lines, break_until};
use super::changes::{Changes, Slot};
use super::marked::changed;
use super::page::{Measures, Rest, Role};
use super::paginate::{Placed, Unit, baseline_in};
use super::structure::{ElementId, Structure, Tag};
use super::style::Style;
use super::styled::Styled;
use crate::fonts::{Face, Typeface};
use crate::model::{Anchor, Document, Inline, Member};

/// A title of more lines is none.
const MAX_BALANCED: usize = 20;

/// So many words at the end of a title may stand together.
const MAX_TIED: usize = 8;

/// Sets the parts of a document one after another.
pub(super) struct PartSetter<'a> {
    pub document: &'a Document,
    /// That of the page on which the next block stands.
    pub style: &'a Style,
    /// Of upright pages, and of turned ones.
    pub styles: [&'a Style; 2],
    pub structure: Structure,
    /// Where in the structure the next block belongs.
    pub place: Place,
    /// The elements of notes whose marks were set and which have no place yet.
    pub notes: BTreeMap<usize, ElementId>,
    pub wide: Vec<(Anchor, String)>,
    /// What other formats ask for.
    pub measures: Measures,
    /// The edges of the columns of tables that share them with others.
    pub shared: BTreeMap<Anchor, Vec<f64>>,
    /// Labels of items without words of their own, which stand on the line of the next
    /// one.
    pub leading: Vec<SetLine>,
    /// The pages of what was set before; none the first time.
    pub numbers: Rc<BTreeMap<Anchor, u32>>,
    /// Where the texts of rows begin in the part that is set.
    pub label_column: f64,
    /// Whether the block that is set is the first of its part.
    pub is_first: bool,
    /// The text of a volume that is set, which has a line under its title in
    /// place of a letterhead.
    pub member: Option<&'a Member>,
    /// What is new and gone, where two drafts are set as one.
    pub changes: Option<&'a Changes>,
    /// How many levels of headings stand above those of a text: in a volume the
    /// cover's title, and that of a section.
    pub above: u8,
    /// The level of the last title, or `above`.
    pub title_level: u8,
}

/// A place in the structure.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The element for blocks that belong to no paragraph.
    pub container: ElementId,
    /// Whether a section of level 1 has begun.
    pub in_section: bool,
    /// Whether it is the text of an item with words before it: lists in it stand as those of
    /// a paragraph do.
    pub in_item: bool,
    /// Where tables that belong to no paragraph begin, where that is not the margin.
    pub left: Option<f64>,
}

impl Place {
    pub fn of(container: ElementId) -> Place {
        Place { container, in_section: false, in_item: false, left: None }
    }
}

impl<'a> PartSetter<'a> {
    pub fn new(document: &'a Document, styles: [&'a Style; 2]) -> Self {
        PartSetter {
            document,
            style: styles[0],
            styles,
            structure: Structure::default(),
            place: Place::of(Structure::ROOT),
            notes: BTreeMap::new(),
            wide: Vec::new(),
            measures: Measures::default(),
            shared: BTreeMap::new(),
            leading: Vec::new(),
            numbers: Rc::default(),
            label_column: 0.0,
            is_first: false,
            member: None,
            changes: None,
            above: 0,
            title_level: 0,
        }
    }

    pub fn rest(self) -> Rest {
        Rest { structure: self.structure, wide_words: self.wide, measures: self.measures }
    }

    /// The level of a heading in the structure: never more than one deeper than the
    /// one before it, even if a title or a section is missing.
    pub fn heading_level(&mut self, level: usize) -> u8 {
        self.place.in_section = self.place.in_section && level > 0 || level == 1;
        self.title_level + 1 + u8::from(level > 1 && self.place.in_section)
    }

    /// A new element for what comes next.
    pub fn element(&mut self, tag: Tag) -> ElementId {
        self.structure.add(self.place.container, tag)
    }

    /// Full lines, the first one indented.
    pub fn full_measure(&self, indent: f64) -> Measure {
        let margin = self.style.page.margin;
        Measure { first: margin + indent, left: margin, right: margin + self.style.line_width() }
    }

    /// The lines of a text in the block of an anchor.
    pub fn break_text(&mut self, text: &Styled, measure: Measure, anchor: Anchor) -> Vec<SetLine> {
        let wide = &mut self.wide;
        break_lines(text, &self.style.typeface, measure, &mut |word| wide.push((anchor, word.to_owned())))
    }

    /// The lines of a text that hangs behind a label on the first of them.
    pub fn hanging(&mut self, label: (&Styled, Measure), text: (&Styled, Measure), anchor: Anchor) -> Vec<SetLine> {
        let label = self.break_text(label.0, label.1, anchor).into_iter().next().unwrap_or_default();
        let mut lines = self.break_text(text.0, text.1, anchor);
        if let Some(first) = lines.first_mut() {
            first.runs.splice(0..0, label.runs);
        }
        lines
    }

    /// Gives a text to an element, and its notes a place in the structure.
    pub fn tag(&mut self, text: &mut Styled, element: ElementId) {
        self.structure.tag(text, element);
        let parent = self.structure.place_of_notes(element);
        for note in text.stretches.iter().filter_map(|stretch| stretch.look.note) {
            let id = self.structure.add(parent, Tag::Note);
            self.notes.insert(note, id);
        }
    }

    /// The units of a paragraph: its first lines and its last ones stay
    /// together.
    pub fn paragraph(
        &mut self,
        role: Role,
        mut text: Styled,
        element: ElementId,
        measure: Measure,
        anchor: Anchor,
        marker: Option<SetLine>,
    ) -> Vec<Unit> {
        let style = self.style;
        self.tag(&mut text, element);
        let mut lines = self.break_text(&text, measure, anchor);
        if let Some(marker) = marker
            && let Some(first) = lines.first_mut()
        {
            let rest = std::mem::take(&mut first.runs);
            let leading = std::mem::take(&mut self.leading).into_iter().flat_map(|line| line.runs);
            first.runs = leading.chain(marker.runs).chain(rest).collect();
        }
        let least = style.least_lines.max(1);
        let count = lines.len();
        let (size, leading) = (style.text.size, style.text.leading);
        let mut units: Vec<Unit> = Vec::new();
        for (at, line) in lines.into_iter().enumerate() {
            let joins = at > 0 && (at < least || at > count - least.min(count) || count < 2 * least);
            if !joins {
                let space = if at == 0 { leading } else { 0.0 };
                units.push(Unit { space, anchor: (at == 0).then_some(anchor), ..Unit::default() });
            }
            if let Some(unit) = units.last_mut() {
                let baseline = unit.height + baseline_in(size, leading);
                unit.lines.push(Placed { role, element: Some(element), baseline, line });
                unit.height += leading;
            }
        }
        // What a colon leads to begins on the same page.
        if let Some(last) = units.last_mut().filter(|_| text.leads_on()) {
            last.keep = true;
        }
        units
    }

    pub fn centred(&self, line: SetLine) -> SetLine {
        let room = self.style.line_width() - line.width();
        line.shifted(room.max(0.0) / 2.0)
    }

    /// The lines of a title, which are about as long as each other: as many as a full
    /// line needs, and no longer than they must be for that. A word is divided only where it
    /// does not fit on a line, and the last line is half as long as the first at least.
    pub fn balanced(&mut self, text: &Styled, anchor: Anchor, at: usize) -> Vec<SetLine> {
        let full = self.full_measure(0.0);
        let typeface = self.style.typeface.clone();
        let whole = text.in_whole_words();
        let fits = whole.widest_word(&typeface) <= full.right - full.left;
        let text = if fits { &whole } else { text };
        let lines = self.break_text(text, full, anchor);
        if !(2..=MAX_BALANCED).contains(&lines.len()) {
            return lines;
        }
        let narrowest = |tied: usize| narrowest(text, &typeface, (full, tied), lines.len());
        let tied = text.text.rmatch_indices(' ').map(|(blank, _)| blank).take(MAX_TIED);
        let all = std::iter::once(usize::MAX).chain(tied);
        let ends_well = |lines: &[SetLine]| match lines {
            [first, .., last] => last.width() >= first.width() / 2.0,
            _ => true,
        };
        let even = all.filter_map(narrowest).find(|(_, lines)| ends_well(lines)).or_else(|| narrowest(usize::MAX));
        let Some((right, lines)) = even else { return lines };
        self.measures.titles.insert((anchor, at), right - full.left);
        lines
    }
}

/// The lines of a text in the narrowest measure that has no more of them than `count` and
/// breaks no word, and its right edge; none ends behind `tied`.
fn narrowest(
    text: &Styled,
    typeface: &Typeface,
    (full, tied): (Measure, usize),
    count: usize,
) -> Option<(f64, Vec<SetLine>)> {
    let broken = |right: f64| {
        let mut has_room = true;
        let lines = break_until(text, typeface, (Measure { right, ..full }, tied), &mut |_| has_room = false);
        (has_room && lines.len() <= count).then_some((right, lines))
    };
    let mut best = broken(full.right)?;
    let mut short = full.left;
    for _ in 0..12 {
        let middle = f64::midpoint(short, best.0);
        match broken(middle) {
            Some(better) => best = better,
            None => short = middle,
        }
    }
    Some(best)
}

impl PartSetter<'_> {
    /// The words of a text, with what is new and gone in it.
    pub fn words(&self, at: (Anchor, Slot), content: &[Inline], size: f64, face: Face) -> Styled {
        self.changed(at, content, &|content| Styled::of(content, size, face, self.style))
    }

    /// The same of a text that is set in a way of its own.
    pub fn changed(&self, (anchor, slot): (Anchor, Slot), own: &[Inline], set: &dyn Fn(&[Inline]) -> Styled) -> Styled {
        changed(self.changes.and_then(|changes| changes.of(anchor, slot)), own, set)
    }

    /// Words without emphasis of their own: a number, a name.
    pub fn plain_words(&self, at: (Anchor, Slot), words: &str, size: f64, face: Face) -> Styled {
        match self.changes.and_then(|changes| changes.of(at.0, at.1)) {
            Some(pieces) => changed(Some(pieces), &[], &|content| Styled::of(content, size, face, self.style)),
            None => Styled::in_face(words, size, face),
        }
    }
}
