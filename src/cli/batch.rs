//! Documents filled with values from outside: one, or one for each record.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicatif::ProgressBar;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::args::{Build, Check, Format, Reading};
use super::disk::DiskWorld;
use super::files::{self, Input, Kept};
use super::given::Given;
use super::interrupt::Wish;
use super::manifest::{self, Manifest};
use super::outcome::{Failure, Outcome};
use super::output::{Made, Output, made, outputs};
use super::place::{self, NamedBy};
use super::rendering::{Origin, Rendering};
use super::report::{self, Shown, Totals};
use super::terminal::{print_report, print_words, progress, say, tell};
use crate::compile::{Compilation, Kind, Options, Session};
use crate::data::Record;
use crate::diag::Diagnostics;
use crate::source::{FileId, Source, Sources};
use crate::world::{Recorder, World};

/// How many documents are made before what was found in them is printed, and what was
/// made is recorded.
const AT_ONCE: usize = 100;

/// Of so many records it is said one by one why their files have no name.
const MAX_UNNAMED: usize = 20;

/// `chancery check` with values.
pub(super) fn check(inputs: &[Input], arguments: &Check) -> Result<Outcome, Failure> {
    let input = only(inputs)?;
    if arguments.fix || arguments.baseline.is_some() {
        return Err(Failure::Usage("`--fix` and `--baseline` are for texts, not for values from outside".to_owned()));
    }
    let world = input.world()?;
    let mut session = Session::new(&world);
    let given = Given::read(&arguments.reading.values, world.name(), &mut session)?;
    if given.outcome() != Outcome::Good {
        return refused(&given, &arguments.reading);
    }
    let numbers: Vec<usize> = (0..given.len()).collect();
    let wish = Wish::listen(given.len());
    let compiled: Vec<(String, Result<Compilation, Failure>)> = numbers
        .par_iter()
        .filter(|_| !wish.is_told())
        .map(|at| {
            let record = given.get(*at);
            let name = given.name(*at, &record);
            (name, compiled(&session, world.name(), &arguments.reading, record))
        })
        .collect();
    let mut worst = Outcome::Good;
    let mut reports = Vec::new();
    let (mut said, mut counts) = (Shown::new(arguments.reading.format), Totals::default());
    for (name, result) in &compiled {
        let shown = shown(input, name);
        let named = Input::named(PathBuf::from(&shown));
        match result {
            Ok(compilation) => {
                print_report(&said.of_record(&compilation.found, &compilation.sources))?;
                counts.add(&compilation.found, &compilation.sources);
                tell(&format!("{shown}: {}", report::summary(compilation)));
                worst = worst.max(report::outcome(compilation));
                reports.push(report::report(&named, Ok((compilation, 0))));
            }
            Err(failure) => {
                say(&format!("error: {shown}: {failure}"));
                counts.unread += 1;
                worst = Outcome::Failed;
                reports.push(report::report(&named, Err(failure.to_string())));
            }
        }
    }
    if compiled.len() > 1 {
        tell(&counts.in_words());
    }
    let outcome = wish.outcome(worst, &format!("{} of {} records checked", compiled.len(), given.len()));
    // A report of some of them would pass for one of all.
    if outcome != Outcome::Interrupted {
        print_words(&report::together(&reports, arguments.reading.format))?;
    }
    Ok(outcome)
}

/// `chancery build` with values.
pub(super) fn build(inputs: &[Input], arguments: &Build, pattern: Option<&str>) -> Result<Outcome, Failure> {
    let input = only(inputs)?;
    let disk = input.world()?;
    let world = Recorder::of(&disk);
    let mut session = Session::new(&world);
    let given = Given::read(&arguments.reading.values, disk.name(), &mut session)?;
    if given.outcome() != Outcome::Good {
        return refused(&given, &arguments.reading);
    }
    if given.len() == 0 {
        return Err(Failure::Usage("the data has no record, so that no document is made".to_owned()));
    }
    let rendering = Rendering::of(arguments, &session.project, &world)?;
    // No result may overwrite what it is made of.
    let mut sources: Vec<PathBuf> = arguments.reading.values.data.iter().cloned().collect();
    sources.push(input.path.clone());
    sources.extend(world.reads().keys().map(|path| disk.place_of(path)));
    let sources: Vec<PathBuf> = sources.iter().filter_map(|source| std::fs::canonicalize(source).ok()).collect();
    match pattern {
        Some(pattern) => {
            let batch =
                Batch { input, arguments, given: &given, rendering: &rendering, disk: &disk, world: &world, sources };
            batch.run(&mut session, pattern)
        }
        None if given.len() == 1 => {
            let output = outputs(std::slice::from_ref(input), arguments)?.pop().unwrap_or(Output::Standard);
            if let Some(path) = output.path()
                && std::fs::canonicalize(path).is_ok_and(|path| sources.contains(&path))
            {
                return Err(Failure::Usage(format!(
                    "`{}` is what the document is made of; the result would take its place",
                    path.display()
                )));
            }
            one(&session, input, &disk, given.get(0), &output, arguments, &rendering)
        }
        None => Err(Failure::Usage(format!(
            "{} records make as many documents, which need a name each: `-o 'out/{{symbol}}.pdf'`",
            given.len()
        ))),
    }
}

/// A single document, written where one without values would be.
fn one(
    session: &Session<'_>,
    input: &Input,
    world: &DiskWorld,
    record: Record,
    output: &Output,
    arguments: &Build,
    rendering: &Rendering<'_>,
) -> Result<Outcome, Failure> {
    let compilation = compiled(session, world.name(), &arguments.reading, record.clone())?;
    let origin = Origin { world, record: Some(&record) };
    let mut made = made(compilation, &arguments.reading, rendering, &origin)?;
    output.show(&report::shown(&made.found, &made.sources, arguments.reading.format), made.bytes.as_deref())?;
    made.summary += &output.write(made.bytes.as_deref())?;
    tell(&format!("{}: {}", report::called(input, made.title.as_deref()), made.summary));
    Ok(made.outcome)
}

/// The one document that values are for.
fn only(inputs: &[Input]) -> Result<&Input, Failure> {
    match inputs {
        [input] if !input.in_folder => Ok(input),
        _ => Err(Failure::Usage("values from outside are for one document or template; name it alone".to_owned())),
    }
}

/// Says what is wrong with what was given; nothing is made of it.
fn refused(given: &Given, reading: &Reading) -> Result<Outcome, Failure> {
    let format = match reading.format {
        Format::Human => Format::Human,
        _ => Format::Concise,
    };
    print_report(&report::shown(&given.found, &given.sources, format))?;
    Ok(Outcome::Faulty)
}

fn compiled(session: &Session<'_>, path: &str, reading: &Reading, record: Record) -> Result<Compilation, Failure> {
    let compilation = session.compile(path, &Options { record: Some(record), ..reading.options()? })?;
    match compilation.kind {
        Kind::Clause => Err(Failure::Usage(format!("`{path}` is a text that others include; it takes no values"))),
        // What is wrong with a template's header is among the findings.
        Kind::Document | Kind::Template => Ok(compilation),
    }
}

/// `letter.decl, row 3`
fn shown(input: &Input, record: &str) -> String {
    match record {
        "" => input.path.display().to_string(),
        record => format!("{}, {record}", input.path.display()),
    }
}

/// Documents that are named by their values.
struct Batch<'a, 'w> {
    input: &'a Input,
    arguments: &'a Build,
    given: &'a Given,
    rendering: &'a Rendering<'a>,
    disk: &'a DiskWorld,
    world: &'a Recorder<'w>,
    /// The files that documents are made of, which no result may replace.
    sources: Vec<PathBuf>,
}

/// What came of a record.
enum RecordOutcome {
    Written {
        found: (Diagnostics, Sources),
        hash: String,
    },
    UpToDate,
    Faulty {
        found: (Diagnostics, Sources),
        summary: String,
    },
    Failed(Failure),
    /// Not made, as the batch was interrupted.
    Left,
}

/// How many records came out how.
#[derive(Default)]
struct Counts {
    written: usize,
    up_to_date: usize,
    faulty: usize,
    failed: usize,
}

/// What is told of the records while they are made.
struct Telling<'m> {
    counts: Counts,
    shown: Shown,
    manifest: &'m mut Manifest,
}

impl Counts {
    /// `3 written, 1 with errors`
    fn in_words(&self) -> String {
        let mut parts = vec![format!("{} written", self.written)];
        for (number, what) in
            [(self.up_to_date, "up to date"), (self.faulty, "with errors"), (self.failed, "could not be made")]
        {
            if number > 0 {
                parts.push(format!("{number} {what}"));
            }
        }
        parts.join(", ")
    }

    fn outcome(&self) -> Outcome {
        if self.failed > 0 {
            Outcome::Failed
        } else if self.faulty > 0 {
            Outcome::Faulty
        } else {
            Outcome::Good
        }
    }
}

impl Batch<'_, '_> {
    fn run(&self, session: &mut Session<'_>, pattern: &str) -> Result<Outcome, Failure> {
        let (folder, rest) = match pattern.find('{').and_then(|brace| pattern[..brace].rfind('/')) {
            Some(slash) => pattern.split_at(slash + 1),
            None => ("", pattern),
        };
        let folder = if folder.is_empty() { PathBuf::from(".") } else { PathBuf::from(folder) };
        let named = session.add(Arc::new(Source::new("--output", rest)));
        let names = self.names(session, named)?;
        if let Some(outcome) = self.unnamed(&names)? {
            return Ok(outcome);
        }
        let names: Vec<Option<String>> = names.into_iter().map(Result::ok).collect();
        self.distinct(&names)?;
        files::make_folder(&folder)?;
        let folder = std::fs::canonicalize(&folder).unwrap_or(folder);
        let mut manifest = Manifest::of(&folder, &self.options(pattern), self.world)?;
        let wish = Wish::listen(names.len());
        let bar = progress(names.len());
        let counts = self.make_all(session, &folder, &names, &mut manifest, (&bar, &wish))?;
        bar.finish_and_clear();
        let count = report::number_of(names.len() as u64, "document", "documents");
        tell(&format!("{}: {count}: {}", self.input.path.display(), counts.in_words()));
        Ok(wish.outcome(counts.outcome(), "what is made is recorded, and the next run makes the rest"))
    }

    /// Makes the documents of all records that have a name, and says what was
    /// found in the order of the records.
    fn make_all(
        &self,
        session: &Session<'_>,
        folder: &Path,
        names: &[Option<String>],
        manifest: &mut Manifest,
        (bar, wish): (&ProgressBar, &Wish),
    ) -> Result<Counts, Failure> {
        let shown = Shown::new(self.arguments.reading.format);
        let mut telling = Telling { counts: Counts::default(), shown, manifest };
        let numbered: Vec<(usize, Option<&str>)> = names.iter().map(Option::as_deref).enumerate().collect();
        for chunk in numbered.chunks(AT_ONCE) {
            let results: Vec<Option<RecordOutcome>> = chunk
                .par_iter()
                .map(|(at, name)| {
                    let made = name.map(|name| match wish.is_told() {
                        true => RecordOutcome::Left,
                        false => self.make(session, folder, name, *at, telling.manifest),
                    });
                    bar.inc(1);
                    made
                })
                .collect();
            for ((at, name), made) in chunk.iter().zip(results) {
                match made {
                    Some(made) => self.tell(*at, name.unwrap_or_default(), made, &mut telling, bar)?,
                    // Why it has no name has been said already.
                    None => telling.counts.faulty += 1,
                }
            }
            if wish.is_told() {
                break;
            }
            if telling.manifest.not_recorded() > 0 {
                telling.manifest.record(folder, &self.world.reads())?;
            }
        }
        telling.manifest.write(folder, &self.world.reads())?;
        Ok(telling.counts)
    }

    /// Counts what came of a record and says what was found; what was written is
    /// entered into the manifest.
    fn tell(
        &self,
        at: usize,
        name: &str,
        made: RecordOutcome,
        telling: &mut Telling<'_>,
        bar: &ProgressBar,
    ) -> Result<(), Failure> {
        let Telling { counts, shown: said, manifest } = telling;
        let record = self.given.get(at);
        let shown = format!("{} ({name})", shown(self.input, &self.given.name(at, &record)));
        match made {
            RecordOutcome::Written { found: (found, sources), hash } => {
                counts.written += 1;
                manifest.made(name, &record, hash);
                bar.suspend(|| print_report(&said.of_record(&found, &sources)))?;
            }
            RecordOutcome::UpToDate => counts.up_to_date += 1,
            RecordOutcome::Left => {}
            RecordOutcome::Faulty { found: (found, sources), summary } => {
                counts.faulty += 1;
                bar.suspend(|| print_report(&said.of_record(&found, &sources)))?;
                bar.suspend(|| say(&format!("{shown}: {summary}; nothing written")));
            }
            RecordOutcome::Failed(Failure::Closed) => return Err(Failure::Closed),
            RecordOutcome::Failed(failure) => {
                counts.failed += 1;
                bar.suspend(|| say(&format!("error: {shown}: {failure}")));
            }
        }
        Ok(())
    }

    /// Everything that results depend on besides files and values.
    fn options(&self, pattern: &str) -> String {
        let Build { reading, .. } = self.arguments;
        let day = reading.as_of.or_else(|| self.world.today());
        let weighing = &reading.weighing;
        format!("{} {} {weighing:?} {day:?} {} {pattern}", self.rendering.in_words(), reading.strict, self.disk.name())
    }

    /// The name of each record's file, or what is wrong with it.
    fn names(&self, session: &Session<'_>, pattern: FileId) -> Result<Vec<Named>, Failure> {
        let numbers: Vec<usize> = (0..self.given.len()).collect();
        let name = |at: &usize| -> Result<Named, Failure> {
            let record = self.given.get(*at);
            let naming = session.name(self.disk.name(), &record, pattern)?;
            Ok(naming.name.ok_or_else(|| {
                let mut found = naming.found;
                found.trace(FileId(0), &naming.sources);
                (self.given.name(*at, &record), report::shown(&found, &naming.sources, self.arguments.reading.format))
            }))
        };
        numbers.par_iter().map(name).collect()
    }

    /// Says why records have no name; where none has one, that ends the batch.
    fn unnamed(&self, names: &[Named]) -> Result<Option<Outcome>, Failure> {
        let mut said: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for (record, findings) in names.iter().filter_map(|name| name.as_ref().err()) {
            let at = *known.entry(findings).or_insert(said.len());
            match said.get_mut(at) {
                Some((_, records)) => records.push(record),
                None => said.push((findings, vec![record])),
            }
        }
        for (findings, records) in said.iter().take(MAX_UNNAMED) {
            print_report(findings)?;
            let shown: Vec<&str> = records.iter().copied().take(8).collect();
            let more = if records.len() > shown.len() {
                format!(" and {} more", records.len() - shown.len())
            } else {
                String::new()
            };
            say(&format!("{}: no name for the file of {}{more}", self.input.path.display(), shown.join(", ")));
        }
        if said.len() > MAX_UNNAMED {
            say(&format!("{}: {} more files have no name", self.input.path.display(), said.len() - MAX_UNNAMED));
        }
        Ok((!said.is_empty() && names.iter().all(Result::is_err)).then_some(Outcome::Faulty))
    }

    /// Fails where two records have the same name: one would overwrite the other.
    fn distinct(&self, names: &[Option<String>]) -> Result<(), Failure> {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            let Some(name) = name else { continue };
            // Some file systems do not tell capitals from small letters, or two spellings of
            // a letter with an accent.
            if let Some(first) = taken.insert(name.nfc().collect::<String>().to_lowercase(), at) {
                let called = |at: usize| self.given.name(at, &self.given.get(at));
                return Err(Failure::Usage(format!(
                    "{} and {} would both be written to `{name}`; take a value into the name that tells them apart",
                    called(first),
                    called(at)
                )));
            }
        }
        Ok(())
    }

    fn make(&self, session: &Session<'_>, folder: &Path, name: &str, at: usize, manifest: &Manifest) -> RecordOutcome {
        let record = self.given.get(at);
        if !self.arguments.again && manifest.has(folder, name, &record) {
            return RecordOutcome::UpToDate;
        }
        match self.document(session, folder, name, record) {
            Ok(made) => made,
            Err(failure) => RecordOutcome::Failed(failure),
        }
    }

    fn document(
        &self,
        session: &Session<'_>,
        folder: &Path,
        name: &str,
        record: Record,
    ) -> Result<RecordOutcome, Failure> {
        let reading = &self.arguments.reading;
        let compilation = compiled(session, self.disk.name(), reading, record.clone())?;
        let origin = Origin { world: self.disk, record: Some(&record) };
        let Made { found, sources, summary, bytes, .. } = made(compilation, reading, self.rendering, &origin)?;
        let found = (found, sources);
        let Some(bytes) = bytes else { return Ok(RecordOutcome::Faulty { found, summary }) };
        self.write(folder, name, &bytes)?;
        Ok(RecordOutcome::Written { found, hash: manifest::hash(&bytes) })
    }

    /// Writes a result below the folder and nowhere else: not through a link
    /// that leads out of it, and not over what it is made of.
    fn write(&self, folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let target = folder.join(name);
        let failed = |reason: &str| Failure::Write { path: target.display().to_string(), reason: reason.to_owned() };
        let parent = place::folder_of(&target);
        if parent != folder {
            place::make_folder_in(folder, parent)?;
        }
        if target.is_symlink() {
            return Err(failed("it is a link; delete it first"));
        }
        let is_kept = target.file_name().is_some_and(|name| name == manifest::NAME);
        if is_kept || files::is_text_of_project(&target) || self.sources.contains(&target) {
            return Err(failed("a result never takes the place of a text or of data"));
        }
        files::write(&target, bytes, NamedBy::Rule(folder), Kept::Written)
    }
}

/// A file's name, or what the record is called and what is wrong with it.
type Named = Result<String, (String, String)>;
