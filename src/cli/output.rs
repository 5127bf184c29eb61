//! A document made, shown and written: what `build` does with one text, with one
//! that is filled with values, and with each of a batch.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::{Build, Reading};
use super::files::{self, Input, Kept};
use super::outcome::{Failure, Outcome};
use super::place::{self, NamedBy};
use super::rendering::{Origin, Rendering};
use super::report;
use super::terminal::{print_report, print_result, say_report};
use crate::compile::{Compilation, try_fixes};
use crate::diag::Diagnostics;
use crate::source::Sources;

/// Where a result goes.
#[derive(Clone, Debug)]
pub(super) enum Output {
    /// A file that the user named.
    File(PathBuf),
    /// A file whose name was made, below a folder.
    Made {
        path: PathBuf,
        folder: PathBuf,
    },
    Standard,
}

/// What came of a document.
pub(super) struct Made {
    pub outcome: Outcome,
    /// What was found, and in what.
    pub found: Diagnostics,
    pub sources: Sources,
    /// How much was found, in words.
    pub summary: String,
    /// The result; none where errors keep it from being made.
    pub bytes: Option<Vec<u8>>,
    /// Its title in one line, if it has one.
    pub title: Option<String>,
}

/// Renders what was compiled, unless findings forbid it, and sums up what was
/// found in compiling and rendering.
pub(super) fn made(
    mut compilation: Compilation,
    reading: &Reading,
    rendering: &Rendering<'_>,
    origin: &Origin<'_>,
) -> Result<Made, Failure> {
    let mut outcome = report::outcome(&compilation);
    let (mut bytes, mut said) = (None, String::new());
    if outcome == Outcome::Good
        && let Some(checked) = compilation.checked.take()
    {
        let (rendered, leaving) = rendering.render(&checked, &compilation.style, origin)?;
        compilation.wide_words(&rendered.wide_words);
        outcome = report::outcome(&compilation);
        said = leaving;
        bytes = Some(rendered.content).filter(|_| outcome == Outcome::Good);
    }
    if compilation.found.iter().any(|found| found.fix.is_some()) && origin.record.is_none() {
        let world = origin.world;
        try_fixes(world, world.name(), &reading.options()?, &mut compilation)?;
    }
    let summary = report::summary(&compilation) + &said;
    let title = report::title(&compilation);
    Ok(Made { outcome, summary, found: compilation.found, sources: compilation.sources, bytes, title })
}

impl Output {
    /// The file that it goes to.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Output::File(path) | Output::Made { path, .. } => Some(path),
            Output::Standard => None,
        }
    }

    /// Writes a result that goes to a file; returns what the summary says of it.
    pub fn write(&self, bytes: Option<&[u8]>) -> Result<String, Failure> {
        match (self, bytes) {
            (_, None) => Ok("; nothing written".to_owned()),
            (Output::Standard, Some(_)) => Ok(String::new()),
            (Output::File(path), Some(bytes)) => {
                files::write(path, bytes, NamedBy::User, Kept::Written)?;
                Ok(format!("; written to {}", path.display()))
            }
            (Output::Made { path, folder }, Some(bytes)) => {
                files::write(path, bytes, NamedBy::Rule(folder), Kept::Written)?;
                Ok(format!("; written to {}", path.display()))
            }
        }
    }

    /// Prints what was found, and a result that goes to standard output; findings
    /// then go to standard error.
    pub fn show(&self, findings: &str, bytes: Option<&[u8]>) -> Result<(), Failure> {
        match self {
            Output::Standard => {
                say_report(findings);
                print_result(bytes.unwrap_or_default())
            }
            Output::File(_) | Output::Made { .. } => print_report(findings),
        }
    }
}

/// Where the result of each document goes: no two to the same file, and none to
/// the file of a text.
pub(super) fn outputs(inputs: &[Input], arguments: &Build) -> Result<Vec<Output>, Failure> {
    let folder =
        arguments.output.as_deref().filter(|path| path.is_dir() || path.as_os_str().to_string_lossy().ends_with('/'));
    if let Some(folder) = folder {
        files::make_folder(folder)?;
    }
    let several = inputs.len() > 1 || inputs.iter().any(|input| input.in_folder);
    let mut taken: BTreeMap<PathBuf, &Path> = BTreeMap::new();
    let mut outputs = Vec::new();
    for input in inputs {
        let output = output_of(input, arguments, folder, several)?;
        if let Some(path) = output.path() {
            spare_texts(path, inputs)?;
            if let Some(other) = taken.insert(path.to_owned(), &input.path) {
                return Err(Failure::Usage(format!(
                    "`{}` and `{}` would both be written to `{}`",
                    other.display(),
                    input.path.display(),
                    path.display()
                )));
            }
        }
        outputs.push(output);
    }
    Ok(outputs)
}

/// Where the result of one document goes: to the folder that was named, or to
/// the file, or beside the document.
fn output_of(input: &Input, arguments: &Build, folder: Option<&Path>, several: bool) -> Result<Output, Failure> {
    let extension = arguments.extension();
    let output = match (&arguments.output, folder) {
        (_, Some(folder)) => {
            let name = if input.is_standard_input() { Path::new("document") } else { &input.path };
            let name = name.file_name().map(PathBuf::from).unwrap_or_default();
            Output::Made { path: folder.join(name.with_extension(extension)), folder: folder.to_owned() }
        }
        (Some(path), None) if path == Path::new("-") => Output::Standard,
        (Some(path), None) if several => {
            return Err(Failure::Usage(format!(
                "`{0}` is no folder; several documents need one (`-o {0}/`)",
                path.display()
            )));
        }
        (Some(path), None) => Output::File(path.clone()),
        (None, None) if input.is_standard_input() => Output::Standard,
        (None, None) => Output::Made {
            path: input.path.with_extension(extension),
            folder: place::folder_of(&input.path).to_owned(),
        },
    };
    if several && matches!(output, Output::Standard) {
        return Err(Failure::Usage("several documents cannot go to standard output".to_owned()));
    }
    Ok(output)
}

/// Fails if a result would overwrite a text of the project or one of the
/// documents.
fn spare_texts(path: &Path, inputs: &[Input]) -> Result<(), Failure> {
    if files::is_text_of_project(path) {
        return Err(Failure::Usage(format!(
            "`{}` would be a text of the project; give the result another name",
            path.display()
        )));
    }
    let there = std::fs::canonicalize(path).ok();
    let is_there = |input: &Input| there.is_some() && std::fs::canonicalize(&input.path).ok() == there;
    if inputs.iter().any(is_there) {
        return Err(Failure::Usage(format!("`{}` is a document; the result would take its place", path.display())));
    }
    Ok(())
}
