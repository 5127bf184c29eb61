//! `chancery build`

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::args::{Build, Target};
use super::files::{self, Input};
use super::rendering::{Origin, Rendering};
use super::{Failure, Outcome, batch, print, report, say};
use crate::Error;
use crate::compile::{Kind, Options, Session};

/// From so many documents on, a terminal sees how far the work is.
const MANY: usize = 8;

pub(super) fn run(arguments: &Build) -> Result<Outcome, Failure> {
    let inputs = files::inputs(&arguments.reading.files)?;
    let pattern = arguments.output.as_deref().and_then(Path::to_str).filter(|path| path.contains('{'));
    if arguments.reading.values.is_given() || pattern.is_some() {
        return batch::build(&inputs, arguments, pattern);
    }
    let outputs = outputs(&inputs, arguments)?;
    let jobs: Vec<(&Input, &Output)> = inputs.iter().zip(&outputs).collect();
    let results: Vec<Result<Built, Failure>> = match jobs.as_slice() {
        // One document is not worth a pool of threads.
        [(input, output)] => vec![build(input, output, arguments)],
        many => {
            let bar = progress(many.len());
            let built = many.par_iter().map(|(input, output)| {
                let built = build(input, output, arguments);
                bar.inc(1);
                built
            });
            let built = built.collect();
            bar.finish_and_clear();
            built
        }
    };
    let mut worst = Outcome::Good;
    for ((input, output), result) in jobs.into_iter().zip(results) {
        match result {
            Ok(Built::PassedOver) => {}
            Ok(Built::Done { findings, summary, outcome, bytes }) => {
                match (output, bytes) {
                    // Standard output is the document's; findings step aside.
                    (Output::Standard, bytes) => {
                        if !findings.is_empty() {
                            say(findings.trim_end());
                        }
                        print(&bytes.unwrap_or_default())?;
                    }
                    _ => print(findings.as_bytes())?,
                }
                say(&format!("{}: {summary}", input.path.display()));
                worst = worst.max(outcome);
            }
            Err(failure) => {
                match &failure {
                    Failure::Machine(Error::Refused(reason)) => {
                        say(&format!("error: {}: {reason}", input.path.display()));
                    }
                    other => say(&format!("error: {other}")),
                }
                worst = Outcome::Failed;
            }
        }
    }
    Ok(worst)
}

/// Where a result goes.
#[derive(Clone, Debug)]
pub(super) enum Output {
    File(PathBuf),
    Standard,
}

/// What came of a document.
enum Built {
    /// A template in a folder.
    PassedOver,
    Done {
        findings: String,
        summary: String,
        outcome: Outcome,
        bytes: Option<Vec<u8>>,
    },
}

pub(super) fn progress(length: usize) -> ProgressBar {
    if length < MANY || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}") {
        bar.set_style(style);
    }
    bar
}

pub(super) fn outputs(inputs: &[Input], arguments: &Build) -> Result<Vec<Output>, Failure> {
    let extension = match arguments.to {
        Target::Pdf => "pdf",
        Target::Text => "txt",
    };
    let folder =
        arguments.output.as_deref().filter(|path| path.is_dir() || path.as_os_str().to_string_lossy().ends_with('/'));
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::Write { path: folder.display().to_string(), reason: error.to_string() })?;
    }
    let several = inputs.len() > 1 || inputs.iter().any(|input| input.in_folder);
    let mut taken: BTreeMap<PathBuf, &Path> = BTreeMap::new();
    let mut outputs = Vec::new();
    for input in inputs {
        let output = match (&arguments.output, folder) {
            (Some(path), None) if path == Path::new("-") => Output::Standard,
            (Some(path), None) if several => {
                let message =
                    format!("`{}` is no folder; several documents need one (`-o {}/`)", path.display(), path.display());
                return Err(Failure::Usage(message));
            }
            (Some(path), None) => Output::File(path.clone()),
            (_, Some(folder)) => {
                let name = if input.is_standard_input() { Path::new("document") } else { &input.path };
                let name = name.file_name().map(PathBuf::from).unwrap_or_default();
                Output::File(folder.join(name.with_extension(extension)))
            }
            (None, None) if input.is_standard_input() => Output::Standard,
            (None, None) => Output::File(input.path.with_extension(extension)),
        };
        match &output {
            Output::Standard if several => {
                return Err(Failure::Usage("several documents cannot go to standard output".to_owned()));
            }
            Output::Standard => {}
            Output::File(path) => {
                if files::is_text_of_project(path) {
                    return Err(Failure::Usage(format!(
                        "`{}` would be a text of the project; give the result another name",
                        path.display()
                    )));
                }
                let same = |input: &Input| {
                    std::fs::canonicalize(&input.path)
                        .is_ok_and(|input| std::fs::canonicalize(path).is_ok_and(|path| path == input))
                };
                if inputs.iter().any(same) {
                    return Err(Failure::Usage(format!(
                        "`{}` is a document; the result would take its place",
                        path.display()
                    )));
                }
                if let Some(other) = taken.insert(path.clone(), &input.path) {
                    let message = format!(
                        "`{}` and `{}` would both be written to `{}`",
                        other.display(),
                        input.path.display(),
                        path.display()
                    );
                    return Err(Failure::Usage(message));
                }
            }
        }
        outputs.push(output);
    }
    Ok(outputs)
}

fn build(input: &Input, output: &Output, arguments: &Build) -> Result<Built, Failure> {
    let world = input.world()?;
    let session = Session::new(&world);
    let rendering = Rendering::of(arguments, &session.project, &world)?;
    let options = Options { as_of: arguments.reading.as_of, ..Options::default() };
    let mut compilation = session.compile(world.name(), &options)?;
    let what = match compilation.kind {
        Kind::Document => None,
        Kind::Template => Some("a template; give it values by `--set` or `--data`, or build a document that names it"),
        Kind::Clause => Some("a text that others include; a document that does can be built"),
    };
    if let Some(what) = what {
        if input.in_folder {
            return Ok(Built::PassedOver);
        }
        return Err(Failure::Usage(format!("`{}` is {what}", input.path.display())));
    }
    let outcome = report::outcome(&compilation, arguments.reading.strict);
    let mut bytes = None;
    if let Some(checked) = compilation.checked.clone().filter(|_| outcome == Outcome::Good) {
        let rendered = rendering.render(&checked, &compilation.style, &Origin { world: &world, record: None })?;
        compilation.wide_words(&rendered.wide_words);
        bytes = Some(rendered.content);
    }
    let findings = report::findings(&compilation, &arguments.reading);
    let mut summary = report::summary(&compilation);
    match (&bytes, output) {
        (Some(bytes), Output::File(path)) => {
            files::write(path, bytes)?;
            summary = format!("{summary}; written to {}", path.display());
        }
        (Some(_), Output::Standard) => {}
        (None, _) => summary.push_str("; nothing written"),
    }
    Ok(Built::Done { findings, summary, outcome, bytes })
}
