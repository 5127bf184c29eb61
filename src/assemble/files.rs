//! The files of a project that texts are made of, each read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::builtin;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::source::{Chain, FileId, Source, Sources, Span};
use crate::syntax;
use crate::syntax::ast::File;
use crate::world::{World, WorldError};

/// The files of a project, and those that come along.
pub(crate) struct Files<'w> {
    pub world: &'w dyn World,
    /// What was read, by path.
    parsed: Mutex<HashMap<(String, ReadAs), Read>>,
}

/// A file as it was read, or why it was not.
type Read = Result<Arc<Parsed>, WorldError>;

/// As what a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ReadAs {
    /// A document or a template.
    Whole,
    /// A text that others include.
    Included,
}

/// A file as it was read, its places those of `FileId(0)`.
pub(crate) struct Parsed {
    pub source: Arc<Source>,
    pub tree: File,
    pub found: Diagnostics,
}

impl<'w> Files<'w> {
    pub fn of(world: &'w dyn World) -> Self {
        Files { world, parsed: Mutex::default() }
    }

    /// A file of the world, or one that is built in; where it was read before,
    /// that is used.
    pub fn parsed(&self, path: &str, read_as: ReadAs) -> Read {
        let key = (path.to_owned(), read_as);
        let lock = || self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return known.clone();
        }
        let read = match (self.world.read(path), builtin::text(path)) {
            (Ok(bytes), _) => Ok(Arc::new(parse(path, bytes, read_as))),
            // The project's own file wins; one that it cannot have does not.
            (Err(WorldError::NotFound { .. }), Some(text)) => {
                Ok(Arc::new(parse(&format!("{}{path}", builtin::FOLDER), text.into(), read_as)))
            }
            (Err(error), _) => Err(error),
        };
        lock().entry(key).or_insert(read).clone()
    }
}

/// Takes the bytes over as text, says where they are none, and reads them.
pub(crate) fn parse(name: &str, bytes: Vec<u8>, read_as: ReadAs) -> Parsed {
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
    let tree = match read_as {
        _ if found.has_errors() => File::default(),
        ReadAs::Whole => syntax::parse(&source, file, &mut found),
        ReadAs::Included => syntax::parse_included(&source, file, &mut found),
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
pub(crate) fn read_as(path: &str) -> ReadAs {
    if is_clause_path(path) { ReadAs::Included } else { ReadAs::Whole }
}

/// Whether a file lies in a library of clauses.
pub(crate) fn is_clause_path(path: &str) -> bool {
    folders(path).any(|folder| folder == "clauses")
}

/// The language of a library of clauses, which its folder is named by.
pub(crate) fn language_of_path(path: &str) -> Option<String> {
    let tags = || Locale::tags();
    folders(path).find(|folder| tags().any(|tag| tag == *folder)).map(str::to_owned)
}

/// The folders that a path goes through.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    let folder = path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder);
    folder.split(['/', '\\'])
}
