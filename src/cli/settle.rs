//! `chancery settle`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use super::args::Settle;
use super::disk::DiskWorld;
use super::files::{self, Kept};
use super::outcome::{Failure, Outcome};
use super::place::NamedBy;
use super::project;
use super::report::number_of;
use super::terminal::{print_result, print_words, say, tell};
use crate::cite::in_one_line;
use crate::compare::{Leaf, Leaves, Side};
use crate::compile::{Compilation, Options, Session, compile};
use crate::negotiate::{Choice, Held, held, renumber, settle, typed_numbers};
use crate::source::Chain;
use crate::syntax::ast::delegation_and_round;
use crate::world::Instead;

pub(super) fn run(arguments: &Settle) -> Result<Outcome, Failure> {
    let input = files::Input::named(arguments.file.clone());
    let world = input.world()?;
    let session = Session::new(&world);
    project::say_faults_of(&session);
    let compilation = session.compile(world.name(), &Options::default())?;
    let text = compilation.text().to_owned();
    let places = Places::of(&compilation);
    if arguments.list {
        print_words(&list(&held(&text), &places))?;
        return Ok(Outcome::Good);
    }
    if arguments.take.is_empty() && arguments.drop.is_empty() && !arguments.renumber {
        return Err(Failure::Usage(
            "say what is settled: `--take NAME`, `--take base` or `--drop NAME`, or `--renumber` a settled text; `--list` shows who holds what"
                .to_owned(),
        ));
    }
    let choices = choices(arguments, &held(&text))?;
    let only: Vec<Range<usize>> = arguments
        .only
        .iter()
        .map(|wanted| {
            places
                .named(wanted)
                .ok_or_else(|| Failure::Usage(format!("`{wanted}` is no paragraph and no label of the text")))
        })
        .collect::<Result<Vec<_>, Failure>>()?
        .concat();
    let is_meant = |at: usize| only.is_empty() || only.iter().any(|range| range.start <= at && at < range.end);
    let mut done = settle(&text, &choices, &is_meant);
    let mut typed = Vec::new();
    if arguments.renumber {
        (done, typed) = renumbered(arguments, &world, &done)?;
    }
    match &arguments.output {
        Some(path) if path == Path::new("-") => print_result(done.as_bytes())?,
        None if input.is_standard_input() => print_result(done.as_bytes())?,
        output => {
            let path = output.as_ref().unwrap_or(&arguments.file);
            if done != text || output.is_some() {
                files::write(path, done.as_bytes(), NamedBy::User, Kept::Synced)?;
            }
        }
    }
    if !choices.is_empty() {
        tell(&format!("{}: {}", arguments.file.display(), remaining(held(&text).len(), &held(&done))));
    }
    typed.iter().for_each(|typed| say(typed));
    Ok(if typed.is_empty() { Outcome::Good } else { Outcome::Faulty })
}

/// A settled text with its paragraphs numbered anew, and the numbers in words that no longer lead to
/// what they did.
fn renumbered(arguments: &Settle, world: &DiskWorld, settled: &str) -> Result<(String, Vec<String>), Failure> {
    let name = arguments.file.display();
    let compiled = |text: &str| {
        let instead = Instead { world, path: world.name(), text: text.as_bytes() };
        compile(&instead, world.name(), &Options::default())
    };
    let before = compiled(settled)?;
    let text = renumber(&before).map_err(|why| Failure::Usage(format!("`{name}` was not renumbered: {why}")))?;
    let after = compiled(&text)?;
    let (Some(old), Some(new)) = (Side::of(&before), Side::of(&after)) else {
        return Err(Failure::Usage(format!("`{name}` was not renumbered: it is no document")));
    };
    let (was, is) = (Leaves::of(&old).list, Leaves::of(&new).list);
    let is_alike = |(a, b): (&Leaf, &Leaf)| (a.kind, a.level, a.anchor) == (b.kind, b.level, b.anchor);
    if was.len() != is.len() || !was.iter().zip(&is).all(is_alike) {
        return Err(Failure::Usage(format!(
            "`{name}` was not renumbered: it would have other paragraphs then; please report it with the text"
        )));
    }
    let mut typed = Vec::new();
    for number in typed_numbers(&before) {
        let Some(at) = was.iter().position(|leaf| leaf.anchor == Some(number.anchor)) else { continue };
        let (Some(old), Some(new)) = (was.get(at), is.get(at)) else { continue };
        if old.number != new.number {
            let line = before.sources.get(before.file).map_or(0, |source| source.location(number.range.start).line);
            typed.push(format!(
                "{name}:{line}: “{}” is typed in words and stays: what was {} is {} now",
                number.words, old.number, new.number
            ));
        }
    }
    Ok((text, typed))
}

/// What is done with which names: a name is that of all rounds, or of the one that was asked for.
fn choices(arguments: &Settle, held: &[Held]) -> Result<Vec<Choice>, Failure> {
    let names = held.iter().flat_map(|held| &held.proposals).flat_map(|(names, _)| names);
    let mut names: Vec<&str> = names.map(String::as_str).collect();
    // The last round first: its words stand around those before.
    names.sort_by_key(|name| (std::cmp::Reverse(delegation_and_round(name).1), *name));
    names.dedup();
    let of = |wanted: &String| -> Result<Vec<String>, Failure> {
        let is_meant = |name: &&str| {
            let (bare, round) = delegation_and_round(name);
            arguments.round.is_none_or(|wanted| wanted == round) && (bare == wanted || name == wanted)
        };
        let meant: Vec<String> = names.iter().filter(|name| is_meant(name)).map(|name| (*name).to_owned()).collect();
        if meant.is_empty() {
            let file = arguments.file.display();
            let round = arguments.round.map(|round| format!(" in round {round}")).unwrap_or_default();
            return Err(Failure::Usage(format!("no bracket of `{file}` has the name `{wanted}`{round}")));
        }
        Ok(meant)
    };
    let (mut take, mut drop) = (Vec::new(), Vec::new());
    for name in &arguments.take {
        match (name.as_str(), arguments.round) {
            ("base", Some(round)) => take.push(Choice::TakeBaseOf(round)),
            ("base", None) => take.push(Choice::TakeBase),
            _ => take.extend(of(name)?.into_iter().map(Choice::Take)),
        }
    }
    for name in &arguments.drop {
        drop.extend(of(name)?.into_iter().map(Choice::Drop));
    }
    // What is dropped is no longer there to be taken.
    drop.append(&mut take);
    Ok(drop)
}

/// `2 brackets settled, 1 remains: FR 1`
fn remaining(before: usize, after: &[Held]) -> String {
    let settled = number_of(before.saturating_sub(after.len()) as u64, "bracket settled", "brackets settled");
    if after.is_empty() {
        return format!("{settled}, none remains");
    }
    let remain = number_of(after.len() as u64, "remains", "remain");
    format!("{settled}, {remain}: {}", by_name(after).join(", "))
}

/// How many brackets each delegation holds.
fn by_name(held: &[Held]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (names, _) in held.iter().flat_map(|held| &held.proposals) {
        names.iter().for_each(|name| *counts.entry(name).or_default() += 1);
    }
    counts.iter().map(|(name, count)| format!("{name} {count}")).collect()
}

/// The table on a chair's desk: what is open, by paragraph and by delegation.
fn list(held: &[Held], places: &Places) -> String {
    if held.is_empty() {
        return "no bracket has a name\n".to_owned();
    }
    let mut out = String::new();
    for bracket in held {
        let _ = writeln!(out, "{}", places.name(bracket.range.start));
        if let Some(base) = &bracket.base {
            let _ = writeln!(out, "    base: {}", in_one_line(base));
        }
        for (names, words) in &bracket.proposals {
            let words = if words.is_empty() { "(to be deleted)".to_owned() } else { in_one_line(words) };
            let _ = writeln!(out, "    {}: {words}", names.join(", "));
        }
    }
    let _ = writeln!(out, "\n{}: {}", number_of(held.len() as u64, "bracket", "brackets"), by_name(held).join(", "));
    out
}

/// Which paragraph stands where in the author's own text.
struct Places {
    /// Where each begins, what it is called, its number and its labels.
    starts: Vec<(usize, String, String, Vec<String>)>,
    end: usize,
}

impl Places {
    fn of(compilation: &Compilation) -> Places {
        let end = compilation.text().len();
        let mut starts = Vec::new();
        if let Some(side) = Side::of(compilation) {
            let leaves = Leaves::of(&side);
            let place = |leaf: &Leaf| {
                let place = compilation.place_of(leaf.anchor?)?;
                (place.file == compilation.file && place.chain == Chain::default()).then(|| place.range().start)
            };
            for leaf in &leaves.list {
                let Some(start) = place(leaf) else { continue };
                let labels = leaf.anchor.and_then(|anchor| side.labels.get(&anchor)).cloned().unwrap_or_default();
                starts.push((start, leaves.name(leaf), leaf.number.clone(), labels));
            }
        }
        starts.sort_by_key(|(start, ..)| *start);
        starts.dedup_by_key(|(start, ..)| *start);
        Places { starts, end }
    }

    /// What the paragraph is called that a byte stands in.
    fn name(&self, at: usize) -> String {
        let before = self.starts.partition_point(|(start, ..)| *start <= at);
        self.starts.get(before.saturating_sub(1)).map_or("the text".to_owned(), |(_, name, ..)| name.clone())
    }

    /// Where the paragraphs stand of a number or a label, with what belongs to them.
    fn named(&self, wanted: &str) -> Option<Vec<Range<usize>>> {
        let is_wanted = |number: &str, labels: &[String]| {
            let inside = number
                .strip_prefix(wanted)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('(') || rest.starts_with(" –"));
            inside && !number.is_empty() || labels.iter().any(|label| label == wanted)
        };
        let mut all = Vec::new();
        for (at, (start, _, number, labels)) in self.starts.iter().enumerate() {
            if is_wanted(number, labels) {
                let end = self.starts.get(at + 1).map_or(self.end, |(next, ..)| *next);
                all.push(*start..end);
            }
        }
        (!all.is_empty()).then_some(all)
    }
}
