//! `chancery doctor`: what is in effect for the texts of a folder.

use std::collections::BTreeSet;
use std::path::Path;

use super::args::Doctor;
use super::disk::{self, DiskWorld};
use super::outcome::{Failure, Outcome};
use super::report::{instruments, number_of};
use super::terminal::{has_colour, print_report, print_words};
use crate::compile::built_in_templates;
use crate::config::{self, PROJECT_FILE, Project};
use crate::diag::{Diagnostics, human};
use crate::fonts::Face;
use crate::locale::Locale;
use crate::registry::{Instrument, Registry};
use crate::source::Sources;
use crate::world::World;
use crate::{Session, registry};

/// So many names of a kind are listed.
const MAX_NAMES: usize = 12;

pub(super) fn run(arguments: &Doctor) -> Result<Outcome, Failure> {
    let path = arguments.path.as_path();
    if !path.exists() {
        return Err(Failure::Usage(format!("cannot find `{}`", path.display())));
    }
    let world = if path.is_dir() { DiskWorld::of(&path.join("-")) } else { DiskWorld::of(path) };
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let project = config::project(&world, &mut sources, &mut found);
    let registry = registry::of_project(&project, &world, &mut sources, &mut found);
    found.settle();
    let mut out = Rows::default();
    out.row("chancery", env!("CARGO_PKG_VERSION"));
    let folder = world.root().display();
    out.row(
        "project",
        &if world.is_marked() {
            format!("{folder}, by its `{PROJECT_FILE}`")
        } else {
            format!("{folder}; no `{PROJECT_FILE}` marks a project, and `chancery init` writes one")
        },
    );
    registries(&project, &registry, (&world, &sources), &mut out);
    // A font that cannot be taken is said with the texts; what is in effect is told here.
    let session = Session::new(&world);
    let fonts = Face::ALL.into_iter().map(|face| session.style.typeface.font(face));
    let fonts: BTreeSet<String> =
        fonts.map(|font| font.path().map_or_else(|| font.name().to_owned(), str::to_owned)).collect();
    out.row("fonts", &listed(fonts.into_iter().collect()));
    if let Some(press) = &project.press {
        out.row("press", &format!("{}, by {}", press.condition, press.profile));
    }
    out.row("languages", &listed(Locale::tags().map(str::to_owned).collect()));
    out.row("types", &types(&world).join(", "));
    for library in ["templates", "clauses"] {
        let place = world.place_of(&format!("{library}/-"));
        let place = place.parent().unwrap_or(Path::new("."));
        if place.is_dir() {
            out.row(library, &format!("{} in {}", texts(place), place.display()));
        }
    }
    let weights: Vec<String> =
        project.weights.iter().map(|(name, wanted)| format!("{} {name}", wanted.name())).collect();
    if !weights.is_empty() {
        out.row("findings", &listed(weights));
    }
    if let Some(path) = &project.baseline {
        let cannot = if world.read(path).is_err() { ", which cannot be read" } else { "" };
        out.row("baseline", &format!("{path}{cannot}: `chancery check` accepts what is in it"));
    }
    let today = world.today().map_or_else(|| "not known".to_owned(), |today| today.to_string());
    let by = if disk::source_date().is_some() { ", by SOURCE_DATE_EPOCH" } else { "" };
    out.row("today", &format!("{today}{by}: the day at which a draft without a day is judged"));
    print_words(&out.text)?;
    if found.iter().next().is_none() {
        return Ok(Outcome::Good);
    }
    print_words("\n")?;
    print_report(&human(&found, &sources, has_colour()))?;
    Ok(if found.has_errors() { Outcome::Faulty } else { Outcome::Good })
}

/// What is printed, a line each.
#[derive(Default)]
struct Rows {
    text: String,
}

impl Rows {
    fn row(&mut self, name: &str, what: &str) {
        self.text.push_str(&format!("{name:<12}{}\n", crate::diag::visible_line(what)));
    }
}

/// The registry that comes along, and those of the project, each with how old it is.
fn registries(project: &Project, registry: &Registry, (world, sources): (&DiskWorld, &Sources), out: &mut Rows) {
    let ours = Registry::built_in();
    let of_council = |entry: &&Instrument| entry.key().starts_with("S/RES/");
    let documents = ours.worded().filter(|entry| entry.symbol.is_some() && !of_council(entry));
    let newest =
        [documents.max_by_key(|entry| entry.adopted), ours.all().filter(of_council).max_by_key(|it| it.adopted)];
    let newest =
        newest.into_iter().flatten().filter_map(|entry| Some(format!("{} of {}", entry.key(), entry.adopted?)));
    let newest: Vec<String> = newest.collect();
    let known = ours.all().count();
    out.row("registry", &format!("{} that come along, the last {}", instruments(known), newest.join(" and ")));
    for (path, _) in &project.registries {
        let is_its = |entry: &&Instrument| {
            let source = entry.place.and_then(|place| sources.get(place.file));
            source.is_some_and(|source| source.name() == path)
        };
        let entries = || registry.own().iter().filter(is_its);
        let newest = entries().filter_map(|entry| Some((entry.adopted?, entry.key()))).max();
        let newest = newest.map(|(day, key)| format!(", the last {key} of {day}")).unwrap_or_default();
        out.row(
            "",
            &match world.read(path) {
                Ok(_) => format!("{path}: {}{newest}", instruments(entries().count())),
                Err(_) => format!("{path}, which cannot be read"),
            },
        );
    }
}

/// The types that come along, and those of the project.
fn types(world: &DiskWorld) -> Vec<String> {
    let folder = world.place_of("templates/-");
    let entries = std::fs::read_dir(folder.parent().unwrap_or(Path::new("."))).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let own: BTreeSet<String> =
        names.filter_map(|name| Some(name.strip_suffix(".decl")?.split('.').next()?.to_owned())).collect();
    let ours = built_in_templates().filter(|name| !own.contains(*name)).map(str::to_owned);
    ours.chain(own.iter().map(|name| format!("{name} (the project’s)"))).collect()
}

fn listed(mut names: Vec<String>) -> String {
    let more = names.len().saturating_sub(MAX_NAMES);
    names.truncate(MAX_NAMES);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    names.join(", ")
}

/// How many texts a folder has, with those below it.
fn texts(folder: &Path) -> String {
    let count = super::files::inputs(&[folder.to_owned()]).map_or(0, |inputs| inputs.len());
    number_of(count as u64, "text", "texts")
}
