//! `chancery consolidate`

use std::path::Path;

use super::args::Consolidate;
use super::files::{self, Input, Kept};
use super::outcome::{Failure, Outcome};
use super::place::NamedBy;
use super::project;
use super::report::number_of;
use super::revision::AnyWorld;
use super::terminal::{print_result, say, tell};
use crate::compare::{Comparison, Side, Subject};
use crate::compile::{Compilation, Options, compile};
use crate::locale::{Locale, delegation_of};
use crate::negotiate::{Choice, Consolidated, Proposal, consolidate, settle};
use crate::world::Instead;

pub(super) fn run(arguments: &Consolidate) -> Result<Outcome, Failure> {
    project::say_faults(&[Input::named(arguments.base.clone())]);
    let base = read(&arguments.base)?;
    let mut copies: Vec<(String, Compilation)> = Vec::new();
    for typed in &arguments.proposals {
        let Some((name, file)) = typed.split_once('=').filter(|(name, file)| !name.is_empty() && !file.is_empty())
        else {
            return Err(Failure::Usage(format!(
                "`{typed}` is no proposal: write the delegation and its copy, as `FR=france.decl`"
            )));
        };
        known(name, &base)?;
        if copies.iter().any(|(other, _)| other == name) {
            return Err(Failure::Usage(format!("`{name}` is named twice: a delegation has one copy")));
        }
        let copy = read(Path::new(file))?;
        same_text(name, &base, &copy)?;
        copies.push((name.to_owned(), copy));
    }
    // In the brackets a name has its round.
    if arguments.round > 1 {
        copies.iter_mut().for_each(|(name, _)| name.push_str(&format!("@{}", arguments.round)));
    }
    let proposals: Vec<Proposal<'_>> =
        copies.iter().map(|(name, compilation)| Proposal { name, compilation }).collect();
    let done = consolidate(&base, &proposals)
        .map_err(|why| Failure::Usage(format!("`{}` cannot be consolidated: {why}", arguments.base.display())))?;
    let wrong = tried((&arguments.base, arguments.round), &base, &copies, &done)?;
    match &arguments.output {
        Some(path) if path != Path::new("-") => {
            files::write(path, done.text.as_bytes(), NamedBy::User, Kept::Synced)?;
            tell(&format!("{} written", path.display()));
        }
        _ => print_result(done.text.as_bytes())?,
    }
    for left in &done.left {
        say(&format!("{}:{}: left: {} {}", arguments.base.display(), left.line, left.name, left.words));
    }
    wrong.iter().for_each(|wrong| say(wrong));
    let count = |count: usize, one, many| number_of(count as u64, one, many);
    tell(&format!(
        "{} of {}; {}",
        count(done.brackets, "bracket", "brackets"),
        count(copies.len(), "delegation", "delegations"),
        if done.left.is_empty() {
            "nothing was left".to_owned()
        } else {
            count(done.left.len(), "proposal was left", "proposals were left")
        }
    ));
    Ok(if done.left.is_empty() && wrong.is_empty() { Outcome::Good } else { Outcome::Faulty })
}

/// Settles what was put together for each delegation and for the base: what does not come
/// out as it was proposed is said, and what would lose the base is not written.
fn tried(
    (path, round): (&Path, u32),
    base: &Compilation,
    copies: &[(String, Compilation)],
    done: &Consolidated,
) -> Result<Vec<String>, Failure> {
    let before = base.text();
    let take_base = if round > 1 { Choice::TakeBaseOf(round) } else { Choice::TakeBase };
    if settle(&done.text, std::slice::from_ref(&take_base), &|_| true) != before {
        return Err(Failure::Usage(format!(
            "`{}` was not consolidated: the base would not come back when it is settled; please report it with the copies",
            path.display()
        )));
    }
    let mut wrong = Vec::new();
    // What was left is not there to come back.
    for (name, copy) in copies.iter().filter(|(name, _)| done.left.iter().all(|left| left.name != *name)) {
        let choices = [Choice::Take(name.clone()), take_base.clone()];
        let world = AnyWorld::of(path)?;
        let text = settle(&done.text, &choices, &|_| true);
        let instead = Instead { world: world.world(), path: world.name(), text: text.as_bytes() };
        let settled = compile(&instead, world.name(), &Options::default())?;
        let (Some(settled), Some(wanted)) = (Side::of(&settled), Side::of(copy)) else { continue };
        let summary = Comparison::of(&settled, &wanted).summary();
        for said in summary.into_iter().filter(|said| said.subject != Subject::Numbers) {
            wrong.push(format!(
                "{}: look at it: where {name} is taken everywhere, its copy differs: {}",
                path.display(),
                said.words
            ));
        }
    }
    Ok(wrong)
}

fn read(path: &Path) -> Result<Compilation, Failure> {
    let world = AnyWorld::of(path)?;
    let compilation = compile(world.world(), world.name(), &Options::default())?;
    if compilation.document.is_none() {
        return Err(Failure::Usage(format!("`{}` is no document: `chancery check` says why", path.display())));
    }
    Ok(compilation)
}

/// A name must be one that brackets can have.
fn known(name: &str, base: &Compilation) -> Result<(), Failure> {
    let language = base.document.as_ref().map_or("en", |document| document.language.as_str());
    let is_code = Locale::of(language).is_some_and(|locale| locale.is_delegation(name));
    // Several on a line, or a line each after `- `.
    let lines = base.header.iter().filter(|entry| entry.key.text == "delegations").flat_map(|entry| &entry.lines);
    let mut listed = lines.flat_map(|line| line.text.strip_prefix("- ").unwrap_or(&line.text).split(';'));
    if is_code || listed.any(|listed| listed.trim() == name) {
        return Ok(());
    }
    let meant = delegation_of(name).map(|code| format!("; did you mean `{code}`?")).unwrap_or_default();
    Err(Failure::Usage(format!(
        "`{name}` is no delegation that is known: codes are those of participating States and `EU`, other names stand under `delegations:` in the base{meant}"
    )))
}

/// A copy must be one of the same text.
fn same_text(name: &str, base: &Compilation, copy: &Compilation) -> Result<(), Failure> {
    let of = |compilation: &Compilation| {
        compilation.document.as_ref().map(|document| (document.kind.clone(), document.language.clone()))
    };
    if of(base) != of(copy) {
        return Err(Failure::Usage(format!("the copy of {name} is of another type or language than the base")));
    }
    Ok(())
}
