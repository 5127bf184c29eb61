//! `chancery consolidate`

use std::path::Path;

use super::args::Consolidate;
use super::files::{self, Kept};
use super::outcome::{Failure, Outcome};
use super::place::NamedBy;
use super::report::number_of;
use super::revision::AnyWorld;
use super::terminal::{print_result, say, tell};
use crate::compile::{Compilation, Options, compile};
use crate::locale::{Locale, delegation_of};
use crate::negotiate::{Proposal, consolidate};

pub(super) fn run(arguments: &Consolidate) -> Result<Outcome, Failure> {
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
    let proposals: Vec<Proposal<'_>> =
        copies.iter().map(|(name, compilation)| Proposal { name, compilation }).collect();
    let done = consolidate(&base, &proposals)
        .map_err(|why| Failure::Usage(format!("`{}` cannot be consolidated: {why}", arguments.base.display())))?;
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
    Ok(if done.left.is_empty() { Outcome::Good } else { Outcome::Faulty })
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
    let listed = base.header.iter().filter(|entry| entry.key.text == "delegations").map(|entry| entry.value());
    let is_listed = listed
        .flat_map(|value| value.split(';').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
        .any(|listed| listed == name);
    if is_code || is_listed {
        return Ok(());
    }
    let meant = delegation_of(name).map(|code| format!("; did you mean `{code}`?")).unwrap_or_default();
    Err(Failure::Usage(format!(
        "`{name}` is no delegation that is known{meant} Codes are those of participating States and `EU`; other names stand under `delegations:` in the base"
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
