//! Sub-paragraphs: which level a marker is on, and what it counts.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Sources;
use crate::syntax::ItemKind;
use crate::syntax::marker::{Form, Marker, MarkerKind};

/// The lists that are open, the outermost first.
#[derive(Default)]
pub(super) struct ListCounter {
    levels: Vec<Level>,
    /// Whether a paragraph that belongs to no list stands behind the last item.
    is_interrupted: bool,
    /// Whether items are printed as they are typed.
    as_typed: bool,
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
    /// Whether it goes on with a list over a paragraph that belongs to none.
    pub resumes: bool,
}

/// What a marker is taken for when it says nothing: by level.
const USUAL: [ItemKind; 4] = [ItemKind::Letter, ItemKind::Roman, ItemKind::Figure, ItemKind::Capital];

impl ListCounter {
    /// A counter; `as_typed` prints items as they are typed.
    pub fn new(as_typed: bool) -> ListCounter {
        ListCounter { as_typed, ..ListCounter::default() }
    }

    /// Counts a marker at an indentation; `next` is the marker after it.
    pub fn count(
        &mut self,
        marker: &Marker,
        indent: usize,
        next: Option<(&Marker, usize)>,
        sources: &Sources,
        found: &mut Diagnostics,
    ) -> Item {
        let within = self.levels.iter().take_while(|level| level.indent <= indent).count();
        let (kind, typed) = self.reading(within, marker, indent, next, sources, found);
        let interrupted = std::mem::take(&mut self.is_interrupted);
        let is_inserted = matches!(&marker.kind, MarkerKind::Item { inserted: Some(_), .. });
        let goes_on = self.goes_on(within, kind, typed, indent, is_inserted);
        let is_whole = match goes_on {
            Some(at) => {
                self.levels.truncate(at + 1);
                true
            }
            None => {
                self.levels.truncate(if interrupted { 0 } else { within });
                self.enter(kind, indent, marker, found)
            }
        };
        let level = self.levels.len();
        let resumes = interrupted && goes_on.is_some();
        let Some(top) = self.levels.last_mut() else {
            return Item { level: 1, text: String::new(), kind, resumes };
        };
        top.indent = indent;
        let typed = typed.filter(|_| is_whole);
        if !is_inserted || top.value == 0 {
            top.value = match typed {
                Some(typed) if self.as_typed => typed,
                _ => top.value.saturating_add(1),
            };
            top.typed = typed.unwrap_or(top.value);
        }
        let mut text = top.kind.text(top.value);
        if let MarkerKind::Item { inserted: Some(inserted), .. } = &marker.kind {
            let gap = if inserted.chars().count() > 1 { "\u{A0}" } else { "" };
            text.push_str(&format!("{gap}{inserted}"));
        }
        let (kind, value) = (top.kind, top.value);
        if let Some(typed) = typed.filter(|typed| {
            *typed != value && kind != ItemKind::Dash && marker.form != Form::Copyright && !marker.is_free
        }) {
            misnumbered(marker, kind, typed, &text, sources, found);
        }
        Item { level, text, kind, resumes }
    }

    /// A paragraph follows that belongs to no list: only a marker that is the next one
    /// of a list goes on with it.
    pub fn interrupt(&mut self) {
        self.is_interrupted = true;
    }

    /// The list in which a marker is the next one, at whatever indentation: those at
    /// its own first, then the innermost.
    fn goes_on(
        &self,
        within: usize,
        kind: ItemKind,
        typed: Option<u32>,
        indent: usize,
        is_inserted: bool,
    ) -> Option<usize> {
        let typed = typed.filter(|typed| kind != ItemKind::Dash && (*typed > 1 || is_inserted))?;
        let fits = |level: &Level| {
            let next = |value: u32| if is_inserted { value == typed } else { value.saturating_add(1) == typed };
            level.kind == kind && (next(level.value) || next(level.typed))
        };
        let beside = self.levels[..within].iter().rposition(|level| level.indent == indent && fits(level));
        beside.or_else(|| self.levels.iter().rposition(fits))
    }

    /// Goes on with the list of a kind, or opens one; deeper indentation opens one of
    /// whatever kind. Returns whether there was room for it.
    fn enter(&mut self, kind: ItemKind, indent: usize, marker: &Marker, found: &mut Diagnostics) -> bool {
        let same_kind = self.levels.iter().rposition(|level| level.kind == kind);
        let deeper = self.levels.last().is_some_and(|level| indent > level.indent);
        match same_kind.filter(|_| !deeper) {
            Some(at) => self.levels.truncate(at + 1),
            None if self.levels.len() < crate::syntax::MAX_DEPTH => {
                self.levels.push(Level { kind, indent, value: 0, typed: 0 });
            }
            None => {
                let message = format!("sub-paragraphs are nested more than {} deep", crate::syntax::MAX_DEPTH);
                found.push(Diagnostic::new(Code::TooDeep, marker.span, message).hint("divide the paragraph"));
                return false;
            }
        }
        true
    }

    /// The level that a block at this indentation continues; 0 is the
    /// paragraph above all lists.
    pub fn level_at(&self, indent: usize) -> usize {
        self.levels.iter().filter(|level| level.indent < indent).count()
    }

    /// What a marker counts, and the value that it says.
    fn reading(
        &self,
        within: usize,
        marker: &Marker,
        indent: usize,
        next: Option<(&Marker, usize)>,
        sources: &Sources,
        found: &mut Diagnostics,
    ) -> (ItemKind, Option<u32>) {
        let levels = &self.levels[..within];
        let MarkerKind::Item { readings, .. } = &marker.kind else {
            let here = levels.last().filter(|level| level.indent == indent);
            let level = levels.len().min(USUAL.len() - 1);
            return (here.map_or(USUAL[level], |level| level.kind), None);
        };
        let first = readings.first().copied().unwrap_or((ItemKind::Letter, 1));
        let chosen = |reading: &(ItemKind, u32)| (reading.0, Some(reading.1));
        if readings.len() < 2 {
            return chosen(&first);
        }
        let here = |kind: ItemKind| levels.iter().rev().find(|l| l.indent == indent && l.kind == kind);
        // It goes on in a list at this indentation.
        let goes_on = |(kind, value): (ItemKind, u32)| {
            here(kind).is_some_and(|level| level.value + 1 == value || level.typed + 1 == value)
        };
        let begins = readings.iter().find(|(_, value)| *value == 1);
        let deeper = levels.last().is_some_and(|level| indent > level.indent);
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

/// Whether a decimal number may come after another one: as its sibling, its first
/// child, or the next of a number above it.
pub(super) fn decimal_follows(before: &[u32], next: &[u32]) -> bool {
    let common = before.iter().zip(next).take_while(|(a, b)| a == b).count();
    let rest = &next[common..];
    match rest {
        // `1.2` → `1.2.1`
        [1] if common == before.len() => true,
        // `1.2` → `1.3`, `1.2.4` → `1.3`; `1.4` → `2.1`
        [step, deeper @ ..] if common < before.len() => {
            before[common].checked_add(1) == Some(*step) && deeper.iter().all(|value| *value == 1)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::decimal_follows;

    #[test]
    fn decimal_numbers_follow_one_another() {
        for (before, next) in [
            (&[1, 1][..], &[1, 2][..]),
            (&[1, 2], &[1, 2, 1]),
            (&[1, 2, 4], &[1, 3]),
            (&[1, 4], &[2, 1]),
            (&[3], &[3, 1]),
        ] {
            assert!(decimal_follows(before, next), "{before:?} {next:?}");
        }
        for (before, next) in [(&[1, 2][..], &[1, 4][..]), (&[1, 2], &[1, 2]), (&[1, 2], &[2, 2]), (&[1, 2], &[3, 1])] {
            assert!(!decimal_follows(before, next), "{before:?} {next:?}");
        }
    }
}
