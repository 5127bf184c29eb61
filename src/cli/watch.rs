//! `chancery watch`

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::args::{Build, Reading};
use super::build;
use super::files;
use super::outcome::{Failure, Outcome};
use super::rendering::Rendering;
use super::terminal::{say, tell};
use crate::compile::{Options, Session};
use crate::data::Record;
use crate::world::Recorder;

/// Changes that follow each other closer than this are one: editors save in
/// several steps.
const QUIET: Duration = Duration::from_millis(150);

/// How deep folders are watched.
const MAX_FOLDERS: usize = 32;

pub(super) fn run(arguments: &Build) -> Result<Outcome, Failure> {
    let named = &arguments.reading.files;
    if named.iter().any(|path| path == Path::new("-")) {
        return Err(Failure::Usage("standard input does not change, so it cannot be watched; name a file".to_owned()));
    }
    loop {
        // Watching begins before building, so that no change is missed in between.
        let watching = Watching::start(&made_of(arguments)?)?;
        // What fails now may succeed after the next change.
        match build::run(arguments) {
            Ok(Outcome::Interrupted) => return Ok(Outcome::Interrupted),
            Ok(_) => {}
            Err(Failure::Closed) => return Err(Failure::Closed),
            Err(failure) => say(&format!("error: {failure}")),
        }
        // What is not there yet, or has no document yet, is watched like all else.
        for path in named.iter().filter(|path| files::inputs(std::slice::from_ref(path)).is_err() || !path.exists()) {
            let what = if path.exists() { "a document in " } else { "" };
            tell(&format!("waiting for {what}`{}`", path.display()));
        }
        let changed = watching.wait()?;
        let names: Vec<String> = changed.iter().map(|path| path.display().to_string()).collect();
        tell("");
        tell(&format!("changed: {}", names.join(", ")));
    }
}

/// What documents are made of.
#[derive(Default)]
struct MadeOf {
    /// All files, including those that were looked for and not found.
    files: BTreeSet<PathBuf>,
    /// The folders that were named, in which new documents may come.
    folders: Vec<PathBuf>,
}

fn made_of(arguments: &Build) -> Result<MadeOf, Failure> {
    let Reading { files: named, values, .. } = &arguments.reading;
    let mut made_of = MadeOf { files: values.data.iter().cloned().collect(), folders: Vec::new() };
    for path in named {
        // One that was deleted may come back.
        made_of.files.insert(path.clone());
        if path.is_dir() {
            made_of.folders.push(path.clone());
        }
    }
    // A folder without documents gets some, perhaps.
    for input in files::inputs(named).unwrap_or_default() {
        made_of.files.insert(input.path.clone());
        made_of.files.extend(fs::canonicalize(&input.path));
        let Ok(world) = input.world() else { continue };
        let recorder = Recorder::of(&world);
        let record = values.is_given().then(Record::default);
        let session = Session::new(&recorder);
        // Faults are reported when it is built.
        let _ = session.compile(world.name(), &Options { record, ..arguments.reading.options()? });
        let _ = Rendering::of(arguments, &session.project, &recorder);
        for path in recorder.reads().keys().map(|path| world.place_of(path)) {
            // What a link leads to changes without it.
            made_of.files.extend(fs::canonicalize(&path));
            made_of.files.insert(path);
        }
    }
    Ok(made_of)
}

fn failed(error: notify::Error) -> Failure {
    Failure::Usage(format!("cannot watch the files: {error}"))
}

/// Files that are watched until this is dropped.
struct Watching {
    wanted: Wanted,
    receiver: mpsc::Receiver<notify::Result<Event>>,
    _watcher: notify::RecommendedWatcher,
}

/// What is waited for, by its real path.
#[derive(Default)]
struct Wanted {
    files: BTreeSet<PathBuf>,
    /// Folders in which a document, or a folder of some, may come.
    folders: BTreeSet<PathBuf>,
}

impl Watching {
    /// Begins to watch files, including those that are not there yet.
    fn start(made_of: &MadeOf) -> Result<Watching, Failure> {
        let (sender, receiver) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).map_err(failed)?;
        let (mut wanted, mut folders) = (Wanted::default(), BTreeSet::new());
        for file in &made_of.files {
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            // A folder that does not exist yet is noticed in the nearest one that does.
            let Some(real) = folder.ancestors().find_map(|folder| folder.canonicalize().ok()) else { continue };
            if folder.exists()
                && let Some(name) = file.file_name()
            {
                wanted.files.insert(real.join(name));
            } else if let Ok(rest) = folder.strip_prefix(folder.ancestors().find(|up| up.exists()).unwrap_or(folder)) {
                wanted.files.extend(rest.components().next().map(|first| real.join(first)));
            }
            folders.insert(real);
        }
        for folder in made_of.folders.iter().filter_map(|folder| folder.canonicalize().ok()) {
            let mut below = vec![(folder, MAX_FOLDERS)];
            while let Some((folder, depth)) = below.pop() {
                let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
                let inner = entries
                    .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()) && !is_hidden(&entry.path()));
                below.extend(inner.filter(|_| depth > 0).map(|entry| (entry.path(), depth - 1)));
                wanted.folders.insert(folder);
            }
        }
        folders.extend(wanted.folders.iter().cloned());
        for folder in &folders {
            // One that was deleted in this moment is noticed in the one around it.
            if watcher.watch(folder, RecursiveMode::NonRecursive).is_err() && folder.exists() {
                return Err(Failure::Usage(format!("cannot watch the folder `{}`", folder.display())));
            }
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
                    // What cannot be told may be anything.
                    let hit =
                        event.map_or_else(|_| wanted.files.iter().cloned().collect(), |event| wanted.touched(event));
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

impl Wanted {
    /// The files that an event is about; opening and reading changes nothing.
    fn touched(&self, event: Event) -> Vec<PathBuf> {
        if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
            return Vec::new();
        }
        if event.need_rescan() {
            return self.files.iter().cloned().collect();
        }
        let is_wanted = |path: &PathBuf| {
            let is_document = path.extension().is_some_and(|extension| extension == "decl");
            let may_come = path.parent().is_some_and(|folder| self.folders.contains(folder)) && !is_hidden(path);
            self.files.contains(path) || self.folders.contains(path) || may_come && (is_document || path.is_dir())
        };
        event.paths.into_iter().filter(is_wanted).collect()
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
