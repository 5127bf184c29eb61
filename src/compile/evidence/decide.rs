//! The rules: which candidate is a marker, by what is open and by what follows.

use super::candidates::{Candidate, Stands};
use super::open::{Open, Relation, relation};
use crate::assemble::Filled;
use crate::compile::counting::CountAs;
use crate::compile::list::decimal_follows;
use crate::compile::pasted::heading_of;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Sources;
use crate::syntax::ast::{BlockKind, StructureName};
use crate::syntax::marker::{DraftPart, Form, MarkerKind};
use crate::syntax::{ItemKind, words_of};

/// So many later markers are asked for a successor: between two items of a list
/// stand those of the lists in it.
const LOOKED_AT: usize = 200;

/// What a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    Marker,
    Words,
    /// The letter of a heading over numbered paragraphs.
    Subsection,
}

/// What speaks for a candidate.
enum Evidence {
    Marker(Decision),
    /// Nothing; it is not even near to what is open.
    Words,
    /// Too little: it is printed as it was typed, and said.
    Undecided,
}

/// Decides on all candidates of a text, in their order.
pub(super) fn decide(all: &[Candidate], filled: &Filled, sources: &Sources, found: &mut Diagnostics) -> Vec<Decision> {
    let default = CountAs::of_text(&filled.values);
    let mut decider =
        Decider { all, sources, found, open: Open::default(), default, how: default, has_said_decimals: false };
    let mut decided = Vec::with_capacity(all.len());
    let mut next = 0;
    for (at, block) in filled.blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Keyword(keyword) => decider.keyword(keyword.name, words_of(&keyword.value).trim()),
            BlockKind::Paragraph(paragraph) if paragraph.marker.is_none() => {
                decider.unmarked(sources.slice(block.span));
            }
            BlockKind::Paragraph(_) | BlockKind::Comment | BlockKind::Quote(_) | BlockKind::Table(_) => {}
        }
        let mut words = false;
        while let Some(candidate) = all.get(next).filter(|candidate| candidate.block == at) {
            // Behind words there is no marker.
            let decision = if words { Decision::Words } else { decider.candidate(next, candidate) };
            words = decision == Decision::Words;
            decided.push(decision);
            next += 1;
        }
    }
    decided
}

struct Decider<'a> {
    all: &'a [Candidate],
    sources: &'a Sources,
    found: &'a mut Diagnostics,
    open: Open,
    default: CountAs,
    /// How numbers are counted here.
    how: CountAs,
    /// Whether decimal numbers of this part were said to be printed as they are typed.
    has_said_decimals: bool,
}

impl Decider<'_> {
    /// A keyword line: what it ends, and where numbers begin anew.
    fn keyword(&mut self, name: StructureName, value: &str) {
        match name {
            StructureName::Annex | StructureName::Attachment => {
                self.open = Open::default();
                self.how = self.default;
                self.has_said_decimals = false;
            }
            StructureName::Preamble | StructureName::Operative | StructureName::Address | StructureName::Signature => {
                self.open = Open::default();
            }
            StructureName::Section => {
                self.open.lists.clear();
                if self.how == CountAs::Restart {
                    self.open.numbers.clear();
                }
            }
            StructureName::Subsection => self.open.lists.clear(),
            StructureName::Numbering => match CountAs::of(value) {
                Some(CountAs::Restart) => self.open.numbers.clear(),
                Some(how) => self.how = how,
                None => {}
            },
            StructureName::Session => self.open = Open::default(),
            StructureName::Item => self.open.lists.clear(),
            // A list may go on below a heading.
            StructureName::Heading
            | StructureName::Contents
            | StructureName::Member
            | StructureName::Row
            | StructureName::Decision => {}
        }
    }

    /// A paragraph without a marker; numbers may begin anew behind a heading, also behind
    /// one that is no keyword.
    fn unmarked(&mut self, text: &str) {
        if heading_of(text).is_some() {
            self.open = Open { is_after_heading: true, ..Open::default() };
        }
    }

    fn candidate(&mut self, at: usize, candidate: &Candidate) -> Decision {
        if candidate.is_ordinal {
            return Decision::Words;
        }
        let evidence = match &candidate.marker.kind {
            MarkerKind::Number { part, value, inserted } => {
                self.number(at, candidate, *part, *value, inserted.as_deref())
            }
            MarkerKind::Decimal(numbers) => self.decimal(at, candidate, numbers),
            MarkerKind::AutoItem => Evidence::Marker(Decision::Marker),
            MarkerKind::Item { readings, inserted } => self.item(at, candidate, readings, inserted.is_some()),
        };
        match evidence {
            Evidence::Marker(decision) => decision,
            Evidence::Words => Decision::Words,
            Evidence::Undecided => {
                self.undecided(candidate);
                Decision::Words
            }
        }
    }

    fn number(
        &mut self,
        at: usize,
        candidate: &Candidate,
        part: Option<DraftPart>,
        value: Option<u32>,
        inserted: Option<&str>,
    ) -> Evidence {
        let run = self.open.run(part);
        let marker = &candidate.marker;
        // In branches and included texts every number is a marker.
        let is_free = marker.is_free && marker.form == Form::Stop;
        let is_marker = match (value, inserted) {
            (None, _) => true,
            // Nothing else is written so.
            _ if part.is_some() => true,
            (Some(value), Some(inserted)) => {
                // `9a` is ordinary writing too; `9 bis` is not.
                let is_word = inserted.chars().count() > 1;
                run.is_last(value) || is_word && (is_free || run.counted > 0 && run.is_near(value))
            }
            (Some(value), None) if marker.form == Form::Odd => run.is_next(value) || self.has_successor(at),
            (Some(value), None) => {
                is_free || value == 1 || run.is_near(value) || self.open.is_after_heading || self.has_successor(at)
            }
        };
        if !is_marker {
            let says_nothing = marker.form == Form::Odd && !value.is_some_and(|value| run.is_near(value));
            return if says_nothing { Evidence::Words } else { Evidence::Undecided };
        }
        self.open.begin_paragraph();
        self.open.is_after_heading = false;
        let run = self.open.numbers.entry(part).or_default();
        if inserted.is_none() || run.counted == 0 {
            run.add(value);
        }
        self.open.decimal = vec![run.counted];
        Evidence::Marker(Decision::Marker)
    }

    fn item(&mut self, at: usize, candidate: &Candidate, readings: &[(ItemKind, u32)], is_inserted: bool) -> Evidence {
        let form = candidate.marker.form;
        if matches!(form, Form::Dash | Form::Copyright) {
            return Evidence::Marker(Decision::Marker);
        }
        if readings.is_empty() || is_inserted {
            let is_open = self.open.lists.iter().any(|list| list.form == Form::Enclosed);
            return match self.open.last_in(readings) {
                Some(_) => Evidence::Marker(Decision::Marker),
                None if is_open => Evidence::Undecided,
                None => Evidence::Words,
            };
        }
        if let Some((list, value)) = self.open.next_in(readings) {
            self.open.go_on(list, value);
            let heads = self.open.lists[list].heads && candidate.is_title;
            return Evidence::Marker(if heads { Decision::Subsection } else { Decision::Marker });
        }
        let is_ordinary = form == Form::Stop || candidate.stands == Stands::Behind;
        // “C. Smith”, “D. Jones”: no list of capitals begins in its middle.
        let is_initial = form == Form::Stop
            && readings
                .iter()
                .all(|(kind, value)| matches!(kind, ItemKind::Capital | ItemKind::CyrillicCapital) && *value != 1);
        if is_initial && self.open.near_in(readings).is_none() {
            return Evidence::Words;
        }
        let begins = readings.iter().find(|(_, value)| *value == 1).copied();
        let first = readings[0];
        if self.has_successor(at) {
            let reading = readings.iter().copied().find(|reading| self.leads_on(at, *reading)).unwrap_or(first);
            return Evidence::Marker(self.begin(at, candidate, reading));
        }
        let near = self.open.near_in(readings);
        if is_ordinary {
            let is_near = near.is_some_and(|(list, _)| self.open.lists[list].form == form);
            return if is_near { Evidence::Undecided } else { Evidence::Words };
        }
        if let Some(reading) = begins {
            self.open.begin(reading.0, form, reading.1);
        } else if let Some((list, value)) = near {
            self.open.go_on(list, value);
        } else if let Some(reading) = readings.iter().find(|(_, value)| *value <= 3) {
            self.open.begin(reading.0, form, reading.1);
        } else {
            return Evidence::Undecided;
        }
        Evidence::Marker(Decision::Marker)
    }

    /// A list begins with an item whose successor follows.
    fn begin(&mut self, at: usize, candidate: &Candidate, (kind, value): (ItemKind, u32)) -> Decision {
        let form = candidate.marker.form;
        self.open.begin(kind, form, value);
        if form != Form::Stop || !matches!(kind, ItemKind::Capital | ItemKind::CyrillicCapital) {
            return Decision::Marker;
        }
        let successor = self.successor(at);
        let heads = candidate.is_title
            && successor.is_some_and(|successor| {
                let between = &self.all[at + 1..successor];
                between.iter().any(|c| matches!(c.marker.kind, MarkerKind::Number { .. }) && !c.is_ordinal)
            });
        if heads {
            if let Some(list) = self.open.lists.last_mut() {
                list.heads = true;
            }
            return Decision::Subsection;
        }
        // Two names with initials look alike.
        let ends = successor.is_some_and(|successor| self.successor(successor).is_none());
        if value == 1 && ends && candidate.is_capital {
            self.initials(candidate);
        }
        Decision::Marker
    }

    fn decimal(&mut self, at: usize, candidate: &Candidate, numbers: &[u32]) -> Evidence {
        let before = &self.open.decimal;
        let follows = decimal_follows(before, numbers);
        let same = before.len() == numbers.len() && before[..before.len() - 1] == numbers[..numbers.len() - 1];
        let near = same && before.last().zip(numbers.last()).is_some_and(|(a, b)| a.abs_diff(*b) <= 3);
        let leads = self.has_successor(at);
        if !(follows || leads || near && before.len() > 1) {
            return Evidence::Words;
        }
        let is_gap = !follows && before.len() > 1;
        self.open.decimal = numbers.to_vec();
        if self.how == CountAs::Decimal {
            return Evidence::Marker(Decision::Marker);
        }
        // A lone `1.1` after paragraph 1 is a number like another.
        if is_gap {
            self.gap(candidate);
        } else if leads && !self.has_said_decimals {
            self.has_said_decimals = true;
            self.decimals(candidate);
        }
        Evidence::Words
    }

    /// Whether the next marker of its form is the successor of a candidate.
    fn has_successor(&self, at: usize) -> bool {
        self.successor(at).is_some()
    }

    fn successor(&self, at: usize) -> Option<usize> {
        let this = &self.all[at];
        let later = self.all.iter().enumerate().skip(at + 1).take(LOOKED_AT);
        for (index, other) in later.take_while(|(_, other)| other.part == this.part) {
            if other.is_ordinal {
                continue;
            }
            match relation(&this.marker, &other.marker) {
                Relation::Successor => return Some(index),
                Relation::Other => return None,
                Relation::None => {}
            }
        }
        None
    }

    /// Whether the successor of a candidate goes on with this reading.
    fn leads_on(&self, at: usize, (kind, value): (ItemKind, u32)) -> bool {
        self.successor(at).is_some_and(|successor| match &self.all[successor].marker.kind {
            MarkerKind::Item { readings, .. } => readings.contains(&(kind, value.saturating_add(1))),
            MarkerKind::Number { .. } | MarkerKind::Decimal(_) | MarkerKind::AutoItem => false,
        })
    }

    fn undecided(&mut self, candidate: &Candidate) {
        let typed = self.sources.slice(candidate.marker.span);
        let (message, auto) = match &candidate.marker.kind {
            MarkerKind::Number { part, .. } => {
                let next = self.open.run(*part).counted.saturating_add(1);
                (format!("`{typed}` is not the next number, which is {next}, and is printed as words"), "#.")
            }
            MarkerKind::Decimal(_) | MarkerKind::Item { .. } | MarkerKind::AutoItem => {
                (format!("`{typed}` is not the next of a list, and is printed as words"), "(#)")
            }
        };
        let hint = format!("write `{auto}` if a paragraph begins here, `\\{typed}` if it is part of the text");
        self.found.push(Diagnostic::new(Code::MarkerUndecided, candidate.marker.span, message).hint(hint));
    }

    fn initials(&mut self, candidate: &Candidate) {
        let typed = self.sources.slice(candidate.marker.span);
        let message = format!("`{typed}` and the letter after it are taken for those of a list");
        let hint = format!("write `\\{typed}` if it is part of the text, an initial for instance");
        self.found.push(Diagnostic::new(Code::MarkerUndecided, candidate.marker.span, message).hint(hint));
    }

    fn decimals(&mut self, candidate: &Candidate) {
        let typed = self.sources.slice(candidate.marker.span);
        let message = format!("`{typed}` and the decimal numbers after it are printed as they are typed");
        let hint = "`numbering: decimal` in the header counts them";
        self.found.push(Diagnostic::new(Code::DecimalNumbers, candidate.marker.span, message).hint(hint));
    }

    fn gap(&mut self, candidate: &Candidate) {
        let typed = self.sources.slice(candidate.marker.span);
        let message = format!("`{typed}` does not come after the decimal number before it");
        let hint = "correct the number, or write `numbering: decimal` in the header to have them counted";
        self.found.push(Diagnostic::new(Code::DecimalNumbers, candidate.marker.span, message).hint(hint));
    }
}
