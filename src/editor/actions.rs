//! What can be done at a place, beside the cures that findings have: let a finding stand,
//! say which instrument is meant, enter one, settle a bracket, begin the next paragraph.

use std::ops::Range;

use super::place::touches;
use super::reading::{Part, Reading};
use crate::cite::State;
use crate::compile::references::Reference;
use crate::diag::{Diagnostic, Group};
use crate::negotiate::{self, Choice};
use crate::registry::{Instrument, to_toml};
use crate::syntax::ast::BlockKind;
use crate::syntax::marker::{Form, MarkerKind};
use crate::syntax::{Resolution, read_symbol};

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Action {
    /// What it does, as an order.
    pub what: String,
    /// Whether it cures a finding; else it changes the text.
    pub cures: bool,
    /// Where what it lets stand is, with a reason that is still to be given: no cure.
    pub lets_stand: Option<Range<usize>>,
    /// The changes.
    pub edits: Vec<FileEdit>,
}

/// A change of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileEdit {
    /// Which file.
    pub place: Where,
    /// The new text.
    pub text: String,
}

/// Where a change is made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Where {
    /// In the text itself, in the place of these bytes.
    Here(Range<usize>),
    /// At the beginning of a file of the project, which may not be there yet.
    Before(String),
    /// At the end of a file of the project, which may not be there yet.
    Behind(String),
}

/// So many instruments are offered for a reference that may be one of several.
const CANDIDATES: usize = 8;

/// No words longer than this, in bytes, are put into a line of the header.
const LONGEST: usize = 80;

impl Reading<'_> {
    /// What can be done between two offsets, besides fixes; to let something stand comes last.
    pub fn actions(&self, within: Range<usize>) -> Vec<Action> {
        let mut actions = Vec::new();
        let is_here = |range: &Range<usize>| touches(range, within.start) || touches(&within, range.start);
        let references: Vec<&Reference> = self
            .compilation
            .references
            .iter()
            .filter(|reference| self.is_own(reference.place) && is_here(&reference.place.range()))
            .collect();
        for reference in references.iter().take(CANDIDATES) {
            self.bind(reference, &mut actions);
            self.register(reference, &mut actions);
            self.allow_reference(reference, &mut actions);
        }
        for found in self.compilation.found.iter() {
            if self.is_own(found.place) && is_here(&found.place.range()) {
                actions.extend(self.allow(found));
            }
        }
        self.settle(within.start, &mut actions);
        actions.extend(self.next_paragraph(within.start));
        actions.sort_by_key(|action| action.lets_stand.is_some());
        actions
    }

    fn edit(&self, what: String, cures: bool, range: Range<usize>, text: String) -> Action {
        Action { what, cures, lets_stand: None, edits: vec![FileEdit { place: Where::Here(range), text }] }
    }

    /// `{MC.DEC/4/25: Decision No. 4/25}`, for each instrument that may be meant.
    fn bind(&self, reference: &Reference, actions: &mut Vec<Action>) {
        let range = reference.place.range();
        let words = self.slice(range.clone());
        if reference.state != State::Ambiguous || reference.symbol.is_empty() || words.contains(['{', '\n']) {
            return;
        }
        let Some((kind, number)) = reference.symbol.split_once('/') else { return };
        let is_candidate = |entry: &&Instrument| {
            let symbol = entry.symbol.as_deref().unwrap_or_default();
            let rest = symbol.split_once('.').map(|(_, rest)| rest).and_then(|rest| rest.strip_prefix(kind));
            rest.and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|rest| rest == number || rest.strip_prefix(number).is_some_and(|r| r.starts_with('/')))
        };
        let mut all: Vec<&Instrument> = self.session.registry().worded().filter(is_candidate).collect();
        all.sort_by_key(|entry| (std::cmp::Reverse(entry.adopted), entry.symbol.clone()));
        for entry in all.into_iter().take(CANDIDATES) {
            let title = self.title(entry).map(|title| format!(" – {title}")).unwrap_or_default();
            let what = format!("it is {}{title}", entry.key());
            actions.push(self.edit(what, true, range.clone(), format!("{{{}: {words}}}", entry.key())));
        }
    }

    /// An entry in the project's own registry for an instrument that nobody knows.
    fn register(&self, reference: &Reference, actions: &mut Vec<Action>) {
        let symbol = &reference.symbol;
        let is_unknown = matches!(reference.state, State::Unverified | State::Nonexistent);
        let is_symbol = read_symbol(symbol).is_some_and(|symbol| symbol.number.is_some() && !symbol.number_pending)
            || Resolution::read(symbol).is_some();
        if !is_unknown || !is_symbol {
            return;
        }
        let entry =
            Instrument { symbol: Some(symbol.clone().into()), source: vec!["".into()].into(), ..Instrument::default() };
        let entry = to_toml(std::iter::once(&entry));
        let own = self.session.project.registries.iter().map(|(path, _)| path).find(|path| path.ends_with(".toml"));
        let edits = match own {
            Some(path) => vec![FileEdit { place: Where::Behind(path.clone()), text: format!("\n{entry}") }],
            None if self.session.project.registries.is_empty() => vec![
                FileEdit {
                    place: Where::Before(crate::config::PROJECT_FILE.to_owned()),
                    text: "registries = [\"registry/own.toml\"]\n".to_owned(),
                },
                FileEdit { place: Where::Behind("registry/own.toml".to_owned()), text: entry },
            ],
            None => return,
        };
        let what = format!("enter {symbol} in the project's registry, its day and source to be filled in");
        actions.push(Action { what, cures: true, lets_stand: None, edits });
    }

    fn allow_reference(&self, reference: &Reference, actions: &mut Vec<Action>) {
        if reference.state.is_good() || reference.allowed {
            return;
        }
        let words = match reference.state {
            State::Unread | State::Ambiguous | State::Malformed => &reference.text,
            _ => &reference.symbol,
        };
        actions.extend(self.allow_line(reference.state.name(), words, reference.place.range()));
    }

    /// A line of the header that lets a finding stand.
    fn allow(&self, found: &Diagnostic) -> Option<Action> {
        let is_final = self.compilation.document.as_ref().is_some_and(|document| document.draft.is_none());
        // References are allowed by their state.
        let is_state = State::named(found.code.name()).is_some() && found.code.group() == Group::References;
        if found.code.is_held(is_final) || is_state {
            return None;
        }
        self.allow_line(found.code.name(), self.slice(found.place.range()), found.place.range())
    }

    fn allow_line(&self, name: &str, words: &str, place: Range<usize>) -> Option<Action> {
        let words: Vec<&str> = words.split_whitespace().collect();
        let words = words.join(" ");
        let rule = self.tree.header.rule?.range().start;
        if words.is_empty() || words.len() > LONGEST || [" – ", " - ", " — "].iter().any(|dash| words.contains(dash))
        {
            return None;
        }
        let text = format!("allow: {name} {words} – [why]\n");
        let what = format!("let it stand, with a reason: allow: {name} {words}");
        Some(Action { lets_stand: Some(place), ..self.edit(what, true, rule..rule, text) })
    }

    /// What settles the bracket at an offset.
    fn settle(&self, offset: usize, actions: &mut Vec<Action>) {
        let held = negotiate::held(self.text());
        let here = held.into_iter().filter(|held| touches(&held.range, offset)).min_by_key(|held| held.range.len());
        let Some(held) = here else { return };
        let mut names: Vec<String> = held.proposals.iter().flat_map(|(names, _)| names.clone()).collect();
        names.dedup();
        let mut choices: Vec<(String, Choice)> =
            names.iter().map(|name| (format!("take the words of {name}"), Choice::Take(name.clone()))).collect();
        if held.base.is_some() {
            choices.push(("take what stood there".to_owned(), Choice::TakeBase));
        }
        choices.extend(names.iter().map(|name| (format!("drop the words of {name}"), Choice::Drop(name.clone()))));
        for (what, choice) in choices {
            let text = negotiate::settle(self.text(), &[choice], &|at| at == held.range.start);
            if let Some((range, text)) = differs(self.text(), &text) {
                actions.push(self.edit(what, false, range, text));
            }
        }
    }

    /// A paragraph of the same kind behind the one that ends at an offset.
    fn next_paragraph(&self, offset: usize) -> Option<Action> {
        let mut here = None;
        for part in self.parts() {
            if let Part::Block(block) = part
                && let BlockKind::Paragraph(paragraph) = &block.kind
                && let Some(marker) = &paragraph.marker
                && touches(&block.span.range(), offset)
            {
                here = Some((block, marker));
            }
        }
        let (block, marker) = here?;
        let next = match (&marker.kind, marker.form) {
            (MarkerKind::Number { .. }, _) => "#.".to_owned(),
            (MarkerKind::Decimal(_), _) => return None,
            (MarkerKind::Item { .. } | MarkerKind::AutoItem, Form::Enclosed | Form::HalfEnclosed | Form::Stop) => {
                "(#)".to_owned()
            }
            (MarkerKind::Item { .. } | MarkerKind::AutoItem, _) => self.slice(marker.span.range()).to_owned(),
        };
        let end = self.slice(0..block.span.range().end).trim_end().len();
        if offset < end {
            return None;
        }
        let line = self.slice(0..marker.span.range().start);
        let indent: String = line.chars().rev().take_while(|c| *c == ' ' || *c == '\t').collect();
        Some(self.edit("begin the next paragraph".to_owned(), false, end..end, format!("\n\n{indent}{next} ")))
    }
}

/// The one stretch in which two texts differ, and what stands there in the second.
pub(super) fn differs(before: &str, after: &str) -> Option<(Range<usize>, String)> {
    if before == after {
        return None;
    }
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let start = before.floor_char_boundary(same).min(after.floor_char_boundary(same));
    let (rest, new) = (before.get(start..)?, after.get(start..)?);
    let same = rest.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    let tail = (0..=same)
        .rev()
        .find(|tail| rest.is_char_boundary(rest.len() - tail) && new.is_char_boundary(new.len() - tail))?;
    Some((start..before.len() - tail, new.get(..new.len() - tail)?.to_owned()))
}
