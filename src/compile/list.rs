//! Sub-paragraphs: which level a marker is on, and what it counts.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Sources;
use crate::syntax::ItemKind;
use crate::syntax::marker::{Marker, MarkerKind};

/// The lists that are open, the outermost first.
#[derive(Default)]
pub(super) struct ListCounter {
    levels: Vec<Level>,
}

struct Level {
    kind: ItemKind,
    indent: usize,
    value: u32,
    /// The value that its last marker says.
    typed: u32,
}

/// A sub-paragraph with its place in the lists.
pub(super) struct Item {
    /// From 1.
    pub level: usize,
    /// `a`, `ii`, `–`
    pub text: String,
    pub kind: ItemKind,
}

/// What a marker is taken for when it says nothing: by level.
const USUAL: [ItemKind; 4] = [ItemKind::Letter, ItemKind::Roman, ItemKind::Figure, ItemKind::Capital];

impl ListCounter {
    /// Counts a marker at an indentation; `next` is the marker after it.
    pub fn count(
        &mut self,
        marker: &Marker,
        indent: usize,
        next: Option<(&Marker, usize)>,
        sources: &Sources,
        found: &mut Diagnostics,
    ) -> Item {
        self.levels.retain(|level| level.indent <= indent);
        let (kind, mut typed) = self.reading(marker, indent, next, sources, found);
        let same_kind = self.levels.iter().rposition(|level| level.kind == kind);
        // Deeper indentation opens a list, whatever its kind.
        let deeper = self.levels.last().is_some_and(|level| indent > level.indent);
        match same_kind.filter(|_| !deeper) {
            Some(at) => self.levels.truncate(at + 1),
            None if self.levels.len() < crate::syntax::MAX_DEPTH => {
                self.levels.push(Level { kind, indent, value: 0, typed: 0 })
            }
            None => {
                let message = format!("sub-paragraphs are nested more than {} deep", crate::syntax::MAX_DEPTH);
                found.push(Diagnostic::new(Code::TooDeep, marker.span, message).hint("divide the paragraph"));
                typed = None;
            }
        }
        let level = self.levels.len();
        let Some(top) = self.levels.last_mut() else {
            return Item { level: 1, text: String::new(), kind };
        };
        top.value += 1;
        top.typed = typed.unwrap_or(top.value);
        let (kind, text) = (top.kind, top.kind.text(top.value));
        if let Some(typed) = typed
            .filter(|typed| *typed != top.value && kind != ItemKind::Dash && !is_copyright(marker) && !marker.is_free)
        {
            misnumbered(marker, kind, typed, &text, sources, found);
        }
        Item { level, text, kind }
    }

    /// The level that a block at this indentation continues; 0 is the
    /// paragraph above all lists.
    pub fn level_at(&self, indent: usize) -> usize {
        self.levels.iter().filter(|level| level.indent < indent).count()
    }

    /// What a marker counts, and the value that it says.
    fn reading(
        &self,
        marker: &Marker,
        indent: usize,
        next: Option<(&Marker, usize)>,
        sources: &Sources,
        found: &mut Diagnostics,
    ) -> (ItemKind, Option<u32>) {
        let MarkerKind::Item { readings, .. } = &marker.kind else {
            let here = self.levels.last().filter(|level| level.indent == indent);
            let level = self.levels.len().min(USUAL.len() - 1);
            return (here.map_or(USUAL[level], |level| level.kind), None);
        };
        let first = readings.first().copied().unwrap_or((ItemKind::Letter, 1));
        let chosen = |reading: &(ItemKind, u32)| (reading.0, Some(reading.1));
        if readings.len() < 2 {
            return chosen(&first);
        }
        let here = |kind: ItemKind| self.levels.iter().rev().find(|l| l.indent == indent && l.kind == kind);
        // It goes on in a list at this indentation.
        let goes_on = |(kind, value): (ItemKind, u32)| {
            here(kind).is_some_and(|level| level.value + 1 == value || level.typed + 1 == value)
        };
        let begins = readings.iter().find(|(_, value)| *value == 1);
        let deeper = self.levels.last().is_some_and(|level| indent > level.indent);
        if let Some(begins) = begins.filter(|_| deeper) {
            return chosen(begins);
        }
        if let Some((Marker { kind: MarkerKind::Item { readings: after, .. }, .. }, after_indent)) = next
            && after_indent == indent
            && let [leads] =
                readings.iter().filter(|(kind, value)| after.contains(&(*kind, value + 1))).collect::<Vec<_>>()[..]
        {
            return chosen(leads);
        }
        let possible: Vec<_> = readings.iter().filter(|reading| goes_on(**reading) || reading.1 == 1).collect();
        match possible[..] {
            [only] => return chosen(only),
            // A wrong number: it belongs to the list that is open here.
            [] => return chosen(readings.iter().find(|(kind, _)| here(*kind).is_some()).unwrap_or(&first)),
            _ => {}
        }
        let reading = possible.into_iter().copied().find(|reading| goes_on(*reading)).unwrap_or(first);
        let words = if reading.0 == ItemKind::Roman { "the roman numeral" } else { "the letter" };
        let typed = sources.slice(marker.span);
        found.push(
            Diagnostic::new(Code::MarkerReading, marker.span, format!("`{typed}` is read as {words}"))
                .hint("indent the items of an inner list by two blanks to say which list it belongs to"),
        );
        chosen(&reading)
    }
}

/// Whether it is the `©` of a word processor, which is reported as that.
fn is_copyright(marker: &Marker) -> bool {
    matches!(marker.kind, MarkerKind::Item { copyright: true, .. })
}

fn misnumbered(marker: &Marker, kind: ItemKind, typed: u32, text: &str, sources: &Sources, found: &mut Diagnostics) {
    let written = sources.slice(marker.span);
    let item = kind.text(typed);
    // The author's own brackets stay.
    let cured = if written.contains(&item) { written.replacen(&item, text, 1) } else { format!("({text})") };
    found.push(
        Diagnostic::new(
            Code::Misnumbered,
            marker.span,
            format!("this sub-paragraph is `{text}`; `{written}` is typed"),
        )
        .hint("the marker that is printed is counted; `(#)` leaves it to the compiler")
        .fix(format!("write `{cured}`"), marker.span, cured),
    );
}
