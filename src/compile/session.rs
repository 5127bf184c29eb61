//! What many compilations of one project have in common: its registry, and
//! the texts that they bring in, read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::{Ready, builtin, typeface};
use crate::config::{self, Project};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::layout::style::Style;
use crate::registry::{self, Registry};
use crate::source::{Chain, FileId, Source, Sources, Span};
use crate::syntax::ast::File;
use crate::syntax::{self};
use crate::world::{World, WorldError};

/// A project that texts are compiled in, one or many.
pub struct Session<'w> {
    pub(super) world: &'w dyn World,
    /// The sources that every compilation begins with: a place for its own
    /// text, then the project's files, then what was added.
    pub(super) sources: Sources,
    /// What the project file says.
    pub project: Project,
    /// What is known of instruments in the project.
    pub registry: Registry,
    /// How its documents are set: the house style, in the project's fonts.
    pub style: Arc<Style>,
    /// What was found in the project's files.
    pub(super) found: Diagnostics,
    /// What was read, by path.
    files: Kept<(String, Reading), Result<Arc<Parsed>, WorldError>>,
    /// What is ready to be filled in, by path and language.
    pub(super) ready: Kept<(String, Option<String>), Arc<Ready>>,
}

/// What is made once, for all threads.
type Kept<K, V> = Mutex<HashMap<K, V>>;

/// As what a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Reading {
    /// A document or a template.
    Whole,
    /// A text that others include.
    Included,
}

/// A file as it was read, its places those of `FileId(0)`.
pub(super) struct Parsed {
    pub source: Arc<Source>,
    pub tree: File,
    pub found: Diagnostics,
}

impl<'w> Session<'w> {
    /// Reads the project file, and the registries and fonts that it names.
    pub fn new(world: &'w dyn World) -> Session<'w> {
        let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
        sources.add(Source::new("", ""));
        let project = config::project(world, &mut sources, &mut found);
        let registry = registry::of_project(&project, world, &mut sources, &mut found);
        let typeface = typeface::of_project(&project, world, &mut found);
        let style = Arc::new(Style { typeface, ..Style::house() });
        Session { world, sources, project, registry, style, found, files: Mutex::default(), ready: Mutex::default() }
    }

    /// Adds a source that is not the world's: data. Its number is the same in
    /// all compilations.
    pub fn add(&mut self, source: Arc<Source>) -> FileId {
        // What was made ready has numbers of its own.
        self.ready.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
        self.sources.add(source)
    }

    /// A file of the world, or one that is built in; where it was read before,
    /// that is used.
    pub(super) fn parsed(&self, path: &str, reading: Reading) -> Result<Arc<Parsed>, WorldError> {
        let key = (path.to_owned(), reading);
        let lock = || self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return known.clone();
        }
        let read = match (self.world.read(path), builtin::text(path)) {
            (Ok(bytes), _) => Ok(Arc::new(parse(path, bytes, reading))),
            // The project's own file wins; one that it cannot have does not.
            (Err(WorldError::NotFound { .. }), Some(text)) => {
                Ok(Arc::new(parse(&format!("{}{path}", builtin::FOLDER), text.into(), reading)))
            }
            (Err(error), _) => Err(error),
        };
        lock().entry(key).or_insert(read).clone()
    }
}

/// Takes the bytes over as text, says where they are none, and reads them.
pub(super) fn parse(name: &str, bytes: Vec<u8>, reading: Reading) -> Parsed {
    let mut found = Diagnostics::default();
    let file = FileId(0);
    let source = match String::from_utf8(bytes) {
        Ok(text) => Source::new(name, text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
            let mut text = bytes;
            text.truncate(at);
            let message = format!("the file is not UTF-8 text: its first odd byte is in line {line}");
            let hint = if wide {
                "it is UTF-16, as some word processors save it: save it as UTF-8"
            } else {
                "save it as UTF-8 (in Word: Save As, Plain Text, Unicode UTF-8)"
            };
            found.push(Diagnostic::new(Code::NotUtf8, Span::new(file, at..at), message).hint(hint));
            Source::new(name, String::from_utf8(text).unwrap_or_default())
        }
    };
    let tree = match reading {
        _ if found.has_errors() => File::default(),
        Reading::Whole => syntax::parse(&source, file, &mut found),
        Reading::Included => syntax::parse_included(&source, file, &mut found),
    };
    Parsed { source: Arc::new(source), tree, found }
}

impl Parsed {
    /// Its tree as part of a compilation, reached by a chain; what was found
    /// in it is said there.
    pub fn bring_in(&self, chain: Chain, sources: &mut Sources, found: &mut Diagnostics) -> (FileId, File) {
        let file = sources.add(self.source.clone());
        (file, self.at(file, chain, found))
    }

    /// The same where its source has a number already.
    pub fn at(&self, file: FileId, chain: Chain, found: &mut Diagnostics) -> File {
        let place = |span: &mut Span| *span = Span { file, chain, ..*span };
        let mut tree = self.tree.clone();
        tree.each_span(&mut |span| place(span));
        found.bring_in(&self.found, &|span| Span { file, chain, ..span });
        tree
    }
}

/// As what the file at a path is read: a clause may have no header.
pub(super) fn reading_of(path: &str) -> Reading {
    if is_clause_path(path) { Reading::Included } else { Reading::Whole }
}

/// Whether a file lies in a library of clauses.
pub(super) fn is_clause_path(path: &str) -> bool {
    folders(path).any(|folder| folder == "clauses")
}

/// The language of a library of clauses, which its folder is named by.
pub(super) fn language_of_path(path: &str) -> Option<String> {
    let tags = || crate::locale::Locale::tags();
    folders(path).find(|folder| tags().any(|tag| tag == *folder)).map(str::to_owned)
}

/// The folders that a path goes through.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    let folder = path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder);
    folder.split(['/', '\\'])
}
