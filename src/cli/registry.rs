//! `chancery registry`

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::args::{RegistryArguments, RegistryCommand};
use super::disk::{DiskWorld, read_file};
use super::files::{self, Kept};
use super::outcome::{Failure, Outcome};
use super::place::NamedBy;
use super::report::{instruments, number_of};
use super::terminal::{has_colour, print_report, print_words, say, say_report, tell};
use crate::config::{self, PROJECT_FILE};
use crate::diag::{Diagnostics, Severity, human};
use crate::layout::style::Style;
use crate::registry::{Instrument, Registry, Seen, of_project, to_toml};
use crate::source::{Source, Sources};
use crate::syntax;

pub(super) fn run(arguments: &RegistryArguments) -> Result<Outcome, Failure> {
    match &arguments.command {
        RegistryCommand::List { series } => list(series.as_deref()),
        RegistryCommand::Show { symbol } => show(symbol),
        RegistryCommand::Search { words } => search(words),
        RegistryCommand::Validate { files } => validate(files),
        RegistryCommand::Import { file, output } => import(file, output.as_deref()),
    }
}

/// The registry of the project that the current folder belongs to. Faults in
/// it are printed and end the command.
fn project() -> Result<Registry, Failure> {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let registry = own_registry(&mut sources, &mut found);
    found.settle();
    if found.has_errors() {
        say_report(&human(&found, &sources, false));
        return Err(Failure::Usage(
            "the project's registry has errors; `chancery registry validate` shows them".to_owned(),
        ));
    }
    Ok(registry)
}

fn line(entry: &Instrument) -> String {
    let year = || entry.year.map_or_else(|| " ".repeat(10), |year| format!("{year:<10}"));
    let adopted = entry.adopted.map_or_else(year, |day| day.to_string());
    let title = entry.title(&Style::house().head_language);
    let title = title.or(entry.titles.first().map(|(_, title)| title.as_ref())).unwrap_or_default();
    let name = entry.names(&Style::house().head_language).first();
    let name = name.or(entry.names.first().and_then(|(_, names)| names.first())).map_or("", |name| name.as_ref());
    let words = if title.is_empty() { name } else { title };
    format!("{:30} {adopted}  {words}", entry.key()).trim_end().to_owned()
}

fn list(series: Option<&str>) -> Result<Outcome, Failure> {
    let registry = project()?;
    let of_series = |entry: &&Instrument| {
        let symbol = entry.symbol.as_deref().and_then(syntax::read_symbol);
        let is_in = |series: &str| match &symbol {
            Some(symbol) => symbol.series() == series || symbol.body == series,
            None => entry.key().strip_prefix(series).is_some_and(|rest| rest.starts_with('/')),
        };
        series.is_none_or(is_in)
    };
    // Years and numbers are sorted as numbers.
    let sorted: BTreeMap<_, &Instrument> =
        registry.all().filter(of_series).map(|entry| (order(entry), entry)).collect();
    let mut out = String::new();
    for entry in sorted.values() {
        let _ = writeln!(out, "{}", line(entry));
    }
    print_words(&out)?;
    tell(&instruments(sorted.len()));
    Ok(Outcome::Good)
}

fn order(entry: &Instrument) -> (String, Option<u32>, Option<u32>, Option<u32>, String) {
    let symbol = entry.symbol.as_deref().and_then(syntax::read_symbol);
    let key = entry.key().to_owned();
    match symbol {
        Some(symbol) => (symbol.series(), symbol.full_year(), symbol.meeting, symbol.number, key),
        // Of the United Nations: by year or session, then by number.
        None => {
            let mut figures = key.split(|c: char| !c.is_ascii_digit()).filter_map(|figures| figures.parse().ok());
            let (first, second) = (figures.next(), figures.next());
            let organ = key.get(..6).filter(|organ| organ.ends_with("/RES/")).unwrap_or_default();
            match organ {
                "" => (String::new(), None, None, None, key),
                "S/RES/" => (organ.to_owned(), second, None, first, key),
                _ => (organ.to_owned(), first, None, second, key),
            }
        }
    }
}

fn show(asked: &str) -> Result<Outcome, Failure> {
    let registry = project()?;
    let meant = syntax::read_symbol(asked);
    let entry = registry.get(asked).or_else(|| registry.find(meant.as_ref()?));
    let mut out = String::new();
    match entry {
        Some(entry) => {
            describe(entry, &mut out);
            if let Some(ours) = registry.overridden(entry.key()) {
                out.push_str("\nIt takes the place of the entry that comes with chancery:\n\n");
                describe(ours, &mut out);
            }
        }
        None => {
            let revised = meant.as_ref().map(|symbol| registry.revisions(symbol)).unwrap_or_default();
            for entry in &revised {
                describe(entry, &mut out);
            }
            if revised.is_empty() {
                return Err(Failure::Usage(not_there(asked, meant.as_ref(), &registry)));
            }
        }
    }
    print_words(&out)?;
    Ok(Outcome::Good)
}

fn not_there(asked: &str, symbol: Option<&syntax::Symbol>, registry: &Registry) -> String {
    let year = symbol.and_then(syntax::Symbol::full_year);
    let coverage = symbol.zip(year).and_then(|(symbol, year)| registry.coverage(&symbol.series(), year));
    match coverage {
        Some(coverage) if coverage.complete => {
            format!("there is no `{asked}`: all of {} of {} is known", coverage.series, coverage.year)
        }
        _ => format!("no registry has `{asked}`; `chancery registry search WORDS` looks for words of titles"),
    }
}

fn describe(entry: &Instrument, out: &mut String) {
    let _ = writeln!(out, "{}", entry.key());
    let mut row = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "  {name:14} {value}");
        }
    };
    if entry.symbol.is_some() {
        row("also", entry.slug.as_ref().map(ToString::to_string));
    }
    let readings = match entry.readings {
        Some(1) => " (one source alone gives the day)".to_owned(),
        Some(number) if entry.adopted.is_some() => format!(" ({number} sources or more give the day)"),
        _ => String::new(),
    };
    row("adopted", entry.adopted.map(|day| format!("{day}{readings}")));
    if entry.adopted.is_none() {
        row("year", entry.year.map(|year| format!("{year}; the day is not known")));
    }
    row("meeting", entry.meeting.as_ref().map(ToString::to_string));
    for (tag, title) in entry.titles.iter() {
        row(&format!("title, {tag}"), Some(title.to_string()));
    }
    for (tag, names) in entry.names.iter() {
        row(&format!("named, {tag}"), Some(names.join("; ")));
    }
    row("paragraphs", entry.paragraphs.map(|number| number.to_string()));
    row("superseded by", entry.superseded_by.as_ref().map(ToString::to_string));
    row("corrected by", entry.corrected_by.as_ref().map(ToString::to_string));
    row("terminated", entry.terminated.map(|day| day.to_string()));
    for (name, list) in [
        ("amends", &entry.amends),
        ("endorses", &entry.endorses),
        ("recalls", &entry.recalls),
        ("complements", &entry.complements),
    ] {
        row(name, (!list.is_empty()).then(|| list.join(", ")));
    }
    row("address", entry.address.as_ref().map(ToString::to_string));
    let seen = entry.seen.map(|seen| match seen {
        Seen::Symbol => "its symbol",
        Seen::Number => "body and number, in words",
        Seen::Name => "its name",
    });
    row("what was read", seen.map(str::to_owned));
    row("inferred", entry.inferred.as_ref().map(ToString::to_string));
    for source in entry.source.iter() {
        row("source", Some(source.to_string()));
    }
}

fn search(words: &[String]) -> Result<Outcome, Failure> {
    let registry = project()?;
    let mut out = String::new();
    let mut count = 0;
    for entry in registry.search(words) {
        count += 1;
        let _ = writeln!(out, "{}", line(entry));
    }
    print_words(&out)?;
    tell(&format!("{count} found"));
    Ok(if count > 0 { Outcome::Good } else { Outcome::Faulty })
}

/// The files that are named, or those of the project.
fn validate(files: &[PathBuf]) -> Result<Outcome, Failure> {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let registry = if files.is_empty() {
        own_registry(&mut sources, &mut found)
    } else {
        let mut registry = Registry::built_in();
        for file in files {
            let name = file.display().to_string();
            let text = read(file)?;
            let id = sources.add(Source::new(name.clone(), text.clone()));
            registry.add(&name, &text, id, &mut found);
        }
        registry.check(&mut found);
        registry
    };
    found.settle();
    print_report(&human(&found, &sources, has_colour()))?;
    let own = instruments(registry.own().len());
    let errors = number_of(found.count(Severity::Error), "error", "errors");
    let warnings = number_of(found.count(Severity::Warning), "warning", "warnings");
    tell(&format!("{own} of your own; {errors}, {warnings}"));
    Ok(if found.has_errors() { Outcome::Faulty } else { Outcome::Good })
}

fn read(file: &Path) -> Result<String, Failure> {
    let bytes = read_file(file, &file.display().to_string())?;
    String::from_utf8(bytes).map_err(|_| {
        Failure::Usage(format!(
            "`{}` is not UTF-8 text; save it as UTF-8 (in a spreadsheet: CSV UTF-8)",
            file.display()
        ))
    })
}

/// Writes a registry in the project's own form, and names it in
/// `chancery.toml` where there is none yet.
fn import(file: &Path, output: Option<&Path>) -> Result<Outcome, Failure> {
    let name = file.display().to_string();
    let text = read(file)?;
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let id = sources.add(Source::new(name.clone(), text.clone()));
    let mut registry = Registry::built_in();
    registry.add(&name, &text, id, &mut found);
    registry.check(&mut found);
    found.settle();
    print_report(&human(&found, &sources, has_colour()))?;
    if found.has_errors() {
        say(&format!("{name}: {}; nothing written", number_of(found.count(Severity::Error), "error", "errors")));
        return Ok(Outcome::Faulty);
    }
    let stem = file.file_stem().map(PathBuf::from).unwrap_or_default();
    let here = Path::new(".");
    let named_by = if output.is_some() { NamedBy::User } else { NamedBy::Rule(here) };
    let output = output.map_or_else(|| Path::new("registry").join(stem).with_extension("toml"), Path::to_owned);
    if output.exists() {
        return Err(Failure::Usage(format!("`{}` is there already; name another with -o", output.display())));
    }
    if let Some(folder) = output.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        files::make_folder(folder)?;
    }
    files::write(&output, to_toml(registry.own().iter()).as_bytes(), named_by, Kept::Synced)?;
    tell(&format!("{} written to {}", instruments(registry.own().len()), output.display()));
    let path = output.display().to_string().replace('\\', "/");
    let project = Path::new(PROJECT_FILE);
    if project.exists() {
        // What it names already stays.
        let world = DiskWorld::of(Path::new("-"));
        let known = config::project(&world, &mut Sources::default(), &mut Diagnostics::default()).registries;
        let line = naming(known.into_iter().map(|(path, _)| path).chain([path]));
        say(&format!("{PROJECT_FILE} is there already; above its first `[…]` write the line"));
        say(&format!("  {line}"));
    } else {
        files::write(project, (naming([path].into_iter()) + "\n").as_bytes(), NamedBy::Rule(here), Kept::Synced)?;
        tell(&format!("{PROJECT_FILE} written, which names it"));
    }
    Ok(Outcome::Good)
}

/// The line of a project's file that names registries, each once.
fn naming(paths: impl Iterator<Item = String>) -> String {
    let mut list: Vec<String> = paths.map(|path| serde_json::Value::String(path).to_string()).collect();
    let mut known = BTreeSet::new();
    list.retain(|path| known.insert(path.clone()));
    format!("registries = [{}]", list.join(", "))
}

/// The registry of the project that the command runs in.
fn own_registry(sources: &mut Sources, found: &mut Diagnostics) -> Registry {
    let world = DiskWorld::of(Path::new("-"));
    let project = config::project(&world, sources, found);
    of_project(&project, &world, sources, found)
}
