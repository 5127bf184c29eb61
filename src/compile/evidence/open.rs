//! The lists that may go on at a place of a text.

use std::collections::BTreeMap;

use crate::compile::list::decimal_follows;
use crate::syntax::ItemKind;
use crate::syntax::marker::{DraftPart, Form, Marker, MarkerKind};

/// What a marker may be off by: one paragraph inserted, deleted or exchanged.
const NEAR: u32 = 2;

/// What is open in a part.
#[derive(Default)]
pub(super) struct Open {
    pub numbers: BTreeMap<Option<DraftPart>, Run>,
    /// The lists of sub-paragraphs, the outermost first.
    pub lists: Vec<OpenList>,
    /// The last decimal number.
    pub decimal: Vec<u32>,
    /// Whether a heading stands before it that is no keyword: the first number behind it
    /// is taken as it is typed.
    pub is_after_heading: bool,
}

/// Numbers that follow one another: as they are counted and as they are typed.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    pub counted: u32,
    pub typed: u32,
}

impl Run {
    pub fn is_next(self, value: u32) -> bool {
        value == self.counted.saturating_add(1) || value == self.typed.saturating_add(1)
    }

    pub fn is_last(self, value: u32) -> bool {
        value == self.counted || value == self.typed
    }

    pub fn is_near(self, value: u32) -> bool {
        value.abs_diff(self.counted.saturating_add(1)) <= NEAR || value.abs_diff(self.typed.saturating_add(1)) <= NEAR
    }

    pub fn add(&mut self, typed: Option<u32>) {
        self.counted = self.counted.saturating_add(1);
        self.typed = typed.unwrap_or(self.typed.saturating_add(1));
    }
}

/// A list of sub-paragraphs.
pub(super) struct OpenList {
    pub kind: ItemKind,
    pub form: Form,
    pub run: Run,
    /// Whether its items are the headings of numbered paragraphs.
    pub heads: bool,
}

impl Open {
    /// A numbered paragraph begins: sub-paragraphs of another one do not go on, but
    /// capitals may stand above numbers.
    pub fn begin_paragraph(&mut self) {
        self.lists.retain(|list| list.heads || list.form == Form::Stop && list.kind == ItemKind::Capital);
    }

    pub fn run(&self, part: Option<DraftPart>) -> Run {
        self.numbers.get(&part).copied().unwrap_or_default()
    }

    /// The innermost list in which one of the readings comes next.
    pub fn next_in(&self, readings: &[(ItemKind, u32)]) -> Option<(usize, u32)> {
        self.find(readings, |list, value| list.run.is_next(value))
    }

    /// The innermost list whose last item one of the readings is.
    pub fn last_in(&self, readings: &[(ItemKind, u32)]) -> Option<(usize, u32)> {
        self.find(readings, |list, value| list.run.is_last(value))
    }

    /// The innermost list in which one of the readings is near to what comes next.
    pub fn near_in(&self, readings: &[(ItemKind, u32)]) -> Option<(usize, u32)> {
        self.find(readings, |list, value| list.run.is_near(value))
    }

    fn find(&self, readings: &[(ItemKind, u32)], fits: impl Fn(&OpenList, u32) -> bool) -> Option<(usize, u32)> {
        self.lists.iter().enumerate().rev().find_map(|(at, list)| {
            let reading = readings.iter().find(|(kind, value)| *kind == list.kind && fits(list, *value))?;
            Some((at, reading.1))
        })
    }

    /// Goes on with an open list; those in it end.
    pub fn go_on(&mut self, at: usize, typed: u32) {
        self.lists.truncate(at + 1);
        if let Some(list) = self.lists.last_mut() {
            list.run.add(Some(typed));
        }
    }

    /// Begins a list.
    pub fn begin(&mut self, kind: ItemKind, form: Form, typed: u32) {
        // A list of the same kind that is open ends here.
        if let Some(at) = self.lists.iter().position(|list| list.kind == kind) {
            self.lists.truncate(at);
        }
        self.lists.push(OpenList { kind, form, run: Run { counted: 1, typed }, heads: false });
    }
}

/// Whether two markers can stand in one list, and the second is the next.
pub(super) enum Relation {
    /// The second is the successor of the first.
    Successor,
    /// It is of the same form, and not the successor.
    Other,
    /// It says nothing of the first: it has another form, or belongs to another list.
    None,
}

/// What a later marker says of an earlier one.
pub(super) fn relation(marker: &Marker, later: &Marker) -> Relation {
    let form = |form: Form| if form == Form::Odd { Form::Stop } else { form };
    match (&marker.kind, &later.kind) {
        (
            MarkerKind::Number { part, value: Some(value), .. },
            MarkerKind::Number { part: of, value: Some(next), inserted },
        ) if part == of => match inserted {
            // `9a` is of a list with 9.
            Some(_) if value == next => Relation::Successor,
            None if value.checked_add(1) == Some(*next) => Relation::Successor,
            _ => Relation::Other,
        },
        (MarkerKind::Decimal(before), MarkerKind::Decimal(next)) => {
            if decimal_follows(before, next) {
                Relation::Successor
            } else {
                Relation::Other
            }
        }
        (MarkerKind::Item { readings, .. }, MarkerKind::Item { readings: next, .. })
            if form(marker.form) == form(later.form) =>
        {
            let follows = |(kind, value): &(ItemKind, u32)| next.contains(&(*kind, value.saturating_add(1)));
            let shares = readings.iter().any(|(kind, _)| next.iter().any(|(of, _)| kind == of));
            if readings.iter().any(follows) {
                Relation::Successor
            } else if shares && next.len() == 1 {
                Relation::Other
            } else {
                // `i.` after `a.` is a numeral of an inner list.
                Relation::None
            }
        }
        _ => Relation::None,
    }
}
