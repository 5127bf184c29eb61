//! What many compilations of one project have in common: its registry, how it is
//! set, and the texts that they bring in, read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::kind::Kind;
use super::typeface;
use crate::assemble::{Files, Prepared};
use crate::cite::Indexes;
use crate::config::{self, Project};
use crate::diag::Diagnostics;
use crate::layout::style::Style;
use crate::registry::{self, Registry};
use crate::source::{FileId, Source, Sources};
use crate::world::World;

/// A project that texts are compiled in, one or many.
pub struct Session<'w> {
    pub(super) files: Files<'w>,
    /// The sources that every compilation begins with: a place for its own
    /// text, then the project's files, then what was added.
    pub(super) sources: Sources,
    /// What the project file says.
    pub project: Project,
    /// What is known of instruments in the project.
    pub(super) registry: Registry,
    /// What was made of the registry for reading references.
    pub(super) indexes: Arc<Indexes>,
    /// How its documents are set: the house style, in the project's fonts.
    pub style: Arc<Style>,
    /// What was found in the project's files.
    pub(super) found: Diagnostics,
    /// What is ready to be filled in, by path and language.
    ready: Mutex<HashMap<ReadyKey, Arc<Ready>>>,
}

/// A file's path, and the language that its documents are given.
pub(super) type ReadyKey = (String, Option<String>);

/// What the documents of a file have in common, whatever their values.
pub(super) struct Ready {
    pub kind: Kind,
    /// What was read for them, and found in that.
    pub sources: Sources,
    pub found: Diagnostics,
    pub prepared: Option<Prepared>,
}

impl<'w> Session<'w> {
    /// Reads the project file, and the registries and fonts that it names.
    pub fn new(world: &'w dyn World) -> Session<'w> {
        let (mut sources, mut found) = (Sources::default(), Diagnostics::with_room());
        sources.add(Source::new("", ""));
        let project = config::project(world, &mut sources, &mut found);
        let registry = registry::of_project(&project, world, &mut sources, &mut found);
        let typeface = typeface::of_project(&project, world, &mut found);
        let style = Arc::new(Style { typeface, ..Style::house() });
        let files = Files::of(world);
        sources.are_of_project();
        found.settle();
        Session { files, sources, project, registry, indexes: Arc::default(), style, found, ready: Mutex::default() }
    }

    /// Adds a source that is not the world's: data. Its number is the same in
    /// all compilations.
    pub fn add(&mut self, source: Arc<Source>) -> FileId {
        // What was made ready has numbers of its own.
        self.ready.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        self.sources.add(source)
    }

    /// What is known of instruments in the project. It stays as it was read: what references
    /// are read with is made of it.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// What was found in the project's files.
    pub fn found(&self) -> &Diagnostics {
        &self.found
    }

    /// All sources that every compilation of the session begins with.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What was made ready under a key.
    pub(super) fn made_ready(&self, key: &ReadyKey) -> Option<Arc<Ready>> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps what was made ready; where another thread was faster, that is kept.
    pub(super) fn keep_ready(&self, key: ReadyKey, ready: Ready) -> Arc<Ready> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert_with(|| Arc::new(ready)).clone()
    }
}
