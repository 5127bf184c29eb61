//! The project that a folder belongs to, as a command finds it that names no text.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::disk::DiskWorld;
use super::files::{self, Input};
use super::outcome::{Failure, Outcome};
use super::terminal::{say, tell};
use crate::Session;
use crate::config::PROJECT_FILE;
use crate::diag::{Diagnostic, Severity};

/// The project's folder, as a path from where the command runs; none where no
/// `chancery.toml` upward marks one.
pub(super) fn folder() -> Option<PathBuf> {
    let here = fs::canonicalize(".").ok()?;
    let up = here.ancestors().position(|folder| folder.join(PROJECT_FILE).is_file())?;
    Some(if up == 0 { PathBuf::from(".") } else { std::iter::repeat_n("..", up).collect() })
}

/// Says what is wrong in the projects of these texts, each project once: for commands that
/// show no findings.
pub(super) fn say_faults(inputs: &[Input]) -> Outcome {
    say_all(&faults(inputs))
}

/// The same of the project of one session.
pub(super) fn say_faults_of(session: &Session<'_>) -> Outcome {
    say_all(&faults_of(session))
}

fn say_all(faults: &[String]) -> Outcome {
    faults.iter().for_each(|fault| say(&format!("error: {fault}")));
    if faults.is_empty() { Outcome::Good } else { Outcome::Faulty }
}

/// What is wrong in the projects of these texts, a line each.
pub(super) fn faults(inputs: &[Input]) -> Vec<String> {
    let worlds = inputs.iter().filter(|input| !input.leads_out).map(|input| DiskWorld::of(&input.path));
    let mut known = BTreeSet::new();
    worlds
        .filter(|world| world.is_marked() && known.insert(world.root().to_owned()))
        .flat_map(|world| faults_of(&Session::new(&world)))
        .collect()
}

/// `chancery.toml:8:2: a project has no key `denny`; its keys are …`
fn faults_of(session: &Session<'_>) -> Vec<String> {
    let errors = session.found().iter().filter(|found| found.severity == Severity::Error);
    let said = |found: &Diagnostic| {
        let source = session.sources().get(found.place.file)?;
        let at = source.location(found.place.range().start);
        Some(format!("{}:{}:{}: {}", source.name(), at.line, at.column, found.in_words()))
    };
    errors.filter_map(said).collect()
}

/// The documents that were named, or, where none was, those of the project.
pub(super) fn inputs(named: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    if !named.is_empty() {
        return files::inputs(named);
    }
    match folder() {
        Some(folder) => files::inputs(&[folder]),
        None => {
            tell(&format!(
                "no `{PROJECT_FILE}` here or above: the texts of this folder are meant; `chancery init` makes a project of it"
            ));
            files::inputs(&[Path::new(".").to_owned()])
        }
    }
}
