//! `chancery watch`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::args::Build;
use super::build;
use super::files::{self, Input};
use super::outcome::{Failure, Outcome};
use super::rendering::Rendering;
use super::terminal::{say, tell};
use crate::compile::{Options, Session};
use crate::data::Record;
use crate::world::Recorder;

/// Changes that follow each other closer than this are one: editors save in
/// several steps.
const QUIET: Duration = Duration::from_millis(150);

pub(super) fn run(arguments: &Build) -> Result<Outcome, Failure> {
    let inputs = files::inputs(&arguments.reading.files)?;
    if inputs.iter().any(Input::is_standard_input) {
        return Err(Failure::Usage("standard input does not change; name a file".to_owned()));
    }
    loop {
        // Watching begins before building, so that no change is missed in between.
        let watching = Watching::start(&made_of(arguments)?)?;
        // What fails now may succeed after the next change.
        match build::run(arguments) {
            Ok(_) => {}
            Err(Failure::Closed) => return Err(Failure::Closed),
            Err(failure) => say(&format!("error: {failure}")),
        }
        let changed = watching.wait()?;
        let names: Vec<String> = changed.iter().map(|path| path.display().to_string()).collect();
        tell("");
        tell(&format!("changed: {}", names.join(", ")));
    }
}

/// All files that the documents are made of, including those that were looked
/// for and not found.
fn made_of(arguments: &Build) -> Result<BTreeSet<PathBuf>, Failure> {
    let mut paths: BTreeSet<PathBuf> = arguments.reading.values.data.iter().cloned().collect();
    for input in files::inputs(&arguments.reading.files)? {
        paths.insert(input.path.clone());
        let world = input.world()?;
        let recorder = Recorder::of(&world);
        let record = arguments.reading.values.is_given().then(Record::default);
        let session = Session::new(&recorder);
        // Faults are reported when it is built.
        let _ = session.compile(world.name(), &Options { record, ..arguments.reading.options()? });
        let _ = Rendering::of(arguments, &session.project, &recorder);
        paths.extend(recorder.reads().keys().map(|path| world.place_of(path)));
    }
    Ok(paths)
}

fn failed(error: notify::Error) -> Failure {
    Failure::Usage(format!("cannot watch the files: {error}"))
}

/// Files that are watched until this is dropped.
struct Watching {
    wanted: BTreeSet<PathBuf>,
    receiver: mpsc::Receiver<notify::Result<Event>>,
    _watcher: notify::RecommendedWatcher,
}

impl Watching {
    /// Begins to watch files, including those that are not there yet.
    fn start(files: &BTreeSet<PathBuf>) -> Result<Watching, Failure> {
        let (sender, receiver) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).map_err(failed)?;
        let (mut wanted, mut folders) = (BTreeSet::new(), BTreeSet::new());
        for file in files {
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            // A folder that does not exist yet is noticed in the nearest one that does.
            let Some(real) = folder.ancestors().find_map(|folder| folder.canonicalize().ok()) else { continue };
            if folder.exists()
                && let Some(name) = file.file_name()
            {
                wanted.insert(real.join(name));
            } else if let Ok(rest) = folder.strip_prefix(folder.ancestors().find(|up| up.exists()).unwrap_or(folder)) {
                wanted.extend(rest.components().next().map(|first| real.join(first)));
            }
            folders.insert(real);
        }
        for folder in &folders {
            watcher.watch(folder, RecursiveMode::NonRecursive).map_err(failed)?;
        }
        Ok(Watching { wanted, receiver, _watcher: watcher })
    }

    /// Waits until files change and then no more do; returns those that changed.
    fn wait(self) -> Result<BTreeSet<PathBuf>, Failure> {
        let Watching { wanted, receiver, .. } = &self;
        let mut changed: BTreeSet<PathBuf> = BTreeSet::new();
        let mut due: Option<Instant> = None;
        loop {
            let left = due.map_or(Duration::MAX, |due| due.saturating_duration_since(Instant::now()));
            match receiver.recv_timeout(left) {
                Ok(event) => {
                    let hit = touched(event.map_err(failed)?, wanted);
                    if !hit.is_empty() {
                        changed.extend(hit);
                        due = Some(Instant::now() + QUIET);
                    }
                }
                Err(mpsc::RecvTimeoutError::Timeout) => return Ok(changed),
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    return Err(Failure::Usage("the system watches the files no more".to_owned()));
                }
            }
        }
    }
}

/// The files that an event is about; opening and reading changes nothing.
fn touched(event: Event, wanted: &BTreeSet<PathBuf>) -> Vec<PathBuf> {
    if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
        return Vec::new();
    }
    if event.need_rescan() {
        return wanted.iter().cloned().collect();
    }
    event.paths.into_iter().filter(|path| wanted.contains(path)).collect()
}
