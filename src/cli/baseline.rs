//! Findings that an old text already had: a JSON report of an earlier check.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::archive::MAX_BYTES;
use super::disk::{DiskWorld, read_up_to};
use super::files::Input;
use super::outcome::Failure;
use super::place;
use crate::compile::Compilation;
use crate::config::{self, PROJECT_FILE};
use crate::diag::{Diagnostic, Diagnostics, Unkept};
use crate::source::Sources;
use crate::world::World;

/// So many folders upward are looked in.
const MAX_FOLDERS: usize = 32;

/// What is accepted of each document, by where it really lies: however its path is
/// spelled, and wherever the command runs, it is the same document.
#[derive(Clone, Debug, Default)]
pub(super) struct Baseline {
    documents: HashMap<PathBuf, Accepted>,
}

/// How often each finding is accepted. Line numbers do not matter, so that a text can
/// grow around what it had.
#[derive(Clone, Debug, Default)]
struct Accepted {
    /// By code and message.
    findings: HashMap<(String, String), u64>,
    /// Those that a report counts without showing them: by code and severity.
    not_shown: HashMap<(String, String), u64>,
}

impl Baseline {
    /// Reads what `check --format json` wrote.
    pub fn read(path: &Path) -> Result<Baseline, Failure> {
        let bytes = read_up_to(path, &path.display().to_string(), MAX_BYTES)?;
        let mut baseline = Baseline::default();
        baseline.add(path, &bytes)?;
        Ok(baseline)
    }

    /// What the projects of these documents accept: the report that each names in its
    /// `chancery.toml`.
    pub fn of_projects(inputs: &[Input]) -> Result<Baseline, Failure> {
        let (mut baseline, mut known) = (Baseline::default(), BTreeSet::new());
        for input in inputs.iter().filter(|input| !input.is_standard_input() && !input.leads_out) {
            let world = DiskWorld::of(&input.path);
            if !world.is_marked() || !known.insert(world.root().to_owned()) {
                continue;
            }
            // What is wrong in the project's file is said with its texts.
            let project = config::project(&world, &mut Sources::default(), &mut Diagnostics::default());
            let Some(path) = project.baseline else { continue };
            let bytes = world.read(&path).map_err(|error| {
                let cure = format!("`chancery check --format json > {path}` writes it, in the project's folder");
                Failure::Usage(format!("the baseline that `{PROJECT_FILE}` names: {error}; {cure}"))
            })?;
            baseline.add(&world.place_of(&path), &bytes)?;
        }
        Ok(baseline)
    }

    /// Adds what a report accepts. An empty one accepts nothing: a shell makes it before
    /// the check runs that fills it.
    fn add(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let name = path.display();
        if bytes.trim_ascii().is_empty() {
            return Ok(());
        }
        let report: Value = serde_json::from_slice(bytes)
            .map_err(|error| Failure::Usage(format!("the baseline `{name}` is no JSON: {error}")))?;
        let documents = report.get("documents").and_then(Value::as_array).ok_or_else(|| {
            Failure::Usage(format!("the baseline `{name}` is no report; `chancery check --format json` writes one"))
        })?;
        for document in documents {
            let file = document.get("file").and_then(Value::as_str).unwrap_or_default();
            let accepted = self.documents.entry(recorded(file, place::folder_of(path))).or_default();
            let listed = |key: &str| document.get(key).and_then(Value::as_array).into_iter().flatten();
            for finding in listed("findings") {
                let text = |key: &str| finding.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                let count = finding.get("count").and_then(Value::as_u64).unwrap_or(1);
                let times = accepted.findings.entry((text("code"), text("message"))).or_default();
                *times = times.saturating_add(count);
            }
            for more in listed("not-shown") {
                let text = |key: &str| more.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                let count = more.get("more").and_then(Value::as_u64).unwrap_or_default();
                let times = accepted.not_shown.entry((text("code"), text("severity"))).or_default();
                *times = times.saturating_add(count);
            }
        }
        Ok(())
    }

    /// Removes accepted findings from a compilation; returns how many there were. What
    /// nobody may lower is not accepted either: of a text, or a project, that was not
    /// understood, what a report says is no measure of what is wrong.
    pub fn accept(&self, document: &Path, compilation: &mut Compilation) -> usize {
        let Some(accepted) = self.documents.get(&real(document)) else { return 0 };
        let (mut left, holds) = (accepted.findings.clone(), compilation.holds());
        let shown = compilation.found.accept(|found: &Diagnostic| {
            if holds(found.code) {
                return false;
            }
            match left.get_mut(&(found.code.name().to_owned(), found.message.clone())) {
                Some(times) if *times >= u64::from(found.count) => {
                    *times -= u64::from(found.count);
                    true
                }
                _ => false,
            }
        });
        let not_shown = compilation.found.accept_unkept(|Unkept { file: _, code, severity, count }| {
            let key = (code.name().to_owned(), severity.name().to_owned());
            let known = accepted.not_shown.get(&key).copied().filter(|_| !holds(code)).unwrap_or_default();
            u32::try_from(known).unwrap_or(u32::MAX).min(count)
        });
        shown + not_shown
    }
}

/// Where a document of a report lies. Its path counts from the folder of the report, or
/// from one that it lies in: `check … > ci/baseline.json` writes it from above.
fn recorded(file: &str, folder: &Path) -> PathBuf {
    let file = PathBuf::from(file.replace('\\', "/"));
    let folder = real(folder);
    let found = folder.ancestors().take(MAX_FOLDERS).map(|up| up.join(&file)).find(|path| path.is_file());
    real(&found.unwrap_or(file))
}

/// A path without links, and without `.` and `..`; as it is where nothing is there.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.components().collect())
}
