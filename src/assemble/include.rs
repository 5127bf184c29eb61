//! Texts that others bring in: found below the project's folder, read once.

use std::collections::BTreeMap;

use super::declared;
use super::files::{Files, ReadAs};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::source::{Sources, Span};
use crate::syntax::ast::{Entry, File, Word};
use crate::syntax::{self, Need, Parameter, Type};
use crate::world::WorldError;

use super::nest::nest;
use super::piece::Piece;

/// The texts that a compilation brings in, by path.
#[derive(Default)]
pub(crate) struct Library {
    pub clauses: BTreeMap<String, Option<Clause>>,
}

/// A text that others bring in.
pub(crate) struct Clause {
    pub about: String,
    /// The instrument that its words were agreed in.
    pub agreed_in: Option<Word>,
    /// The language that it says it is in.
    pub language: Option<Word>,
    /// What those who include it give, and what all of them have.
    pub parameters: Vec<Parameter>,
    pub text: Vec<Piece>,
    /// How far its own check is: a text that includes itself is open still.
    pub is_open: bool,
}

/// The keys of a clause's header.
const KEYS: [&str; 4] = ["about", "language", "agreed-in", "params"];

/// What every clause sees of the document, besides what it is given.
pub(super) const SHARED: [&str; 2] = ["language", "adopted"];

/// Where a path leads: from the project's folder, or with `./` from that of
/// the file that names it. None leads out of the project.
pub(crate) fn resolve(path: &Word, files: &Files<'_>, sources: &Sources) -> Result<String, WorldError> {
    let outside = || WorldError::Outside { path: path.text.clone() };
    let given = path.text.as_str();
    let is_absolute = given.starts_with(['/', '\\']) || given.as_bytes().get(1) == Some(&b':');
    let (folder, rest) = match given.strip_prefix("./") {
        Some(rest) => {
            let from = sources.get(path.span.file).map_or("", |source| source.name());
            let from = from.strip_prefix(super::builtin::FOLDER).unwrap_or(from);
            (files.world.folder_of(from), rest)
        }
        None => (String::new(), given),
    };
    let parts: Vec<&str> = rest.split(['/', '\\']).collect();
    if is_absolute || parts.contains(&"..") {
        return Err(outside());
    }
    let parts = folder.split('/').chain(parts).filter(|part| !part.is_empty() && *part != ".");
    Ok(parts.collect::<Vec<_>>().join("/"))
}

/// Reads a clause from its tree.
pub(crate) fn read_clause(tree: File, sources: &Sources, found: &mut Diagnostics) -> Clause {
    let mut clause = Clause {
        about: String::new(),
        agreed_in: None,
        language: None,
        parameters: Vec::new(),
        text: Vec::new(),
        is_open: false,
    };
    for entry in tree.header.entries() {
        match entry.key.text.as_str() {
            "about" => clause.about = entry.value(),
            "language" => language(entry, &mut clause, found),
            "agreed-in" => clause.agreed_in = Some(Word::from(entry)),
            "params" => clause.parameters = declared::parameters(entry, found),
            key => {
                let message = format!("a text that others include has no key `{key}`");
                let hint = match key {
                    "document" => {
                        "this is a document of its own: `member:` in a compilation takes documents".to_owned()
                    }
                    _ => format!("its keys are {}", KEYS.join(", ")),
                };
                found.push(Diagnostic::new(Code::UnknownKey, entry.key.span, message).hint(hint));
            }
        }
    }
    clause.text = nest(tree.body, true, sources, found);
    clause
}

fn language(entry: &Entry, clause: &mut Clause, found: &mut Diagnostics) {
    let word = Word::from(entry);
    if Locale::tags().any(|tag| tag == word.text) {
        clause.language = Some(word);
        return;
    }
    let message = format!("`{}` is no value for `language:`", word.text);
    found.push(
        Diagnostic::new(Code::WrongType, word.span, message).hint(format!("write {}", Type::Language.expected())),
    );
}

impl Library {
    /// The clause at a path, read where it was not; says why there is none.
    pub fn find(
        &mut self,
        path: &Word,
        files: &Files<'_>,
        sources: &mut Sources,
        found: &mut Diagnostics,
    ) -> Option<String> {
        let resolved = match resolve(path, files, sources) {
            Ok(resolved) => resolved,
            Err(error) => {
                unreadable(path, &error, files, found);
                return None;
            }
        };
        if !self.clauses.contains_key(&resolved) {
            let clause = match files.parsed(&resolved, ReadAs::Included) {
                Ok(parsed) => {
                    let chain = sources.led_by(path.span, "included here");
                    let (_, tree) = parsed.bring_in(chain, sources, found);
                    Some(read_clause(tree, sources, found))
                }
                Err(error) => {
                    unreadable(path, &error, files, found);
                    None
                }
            };
            self.clauses.insert(resolved.clone(), clause);
        } else if self.clauses.get(&resolved).is_some_and(Option::is_none) {
            unreadable(path, &WorldError::NotFound { path: resolved.clone() }, files, found);
        }
        self.clauses.get(&resolved).is_some_and(Option::is_some).then_some(resolved)
    }
}

fn unreadable(path: &Word, error: &WorldError, files: &Files<'_>, found: &mut Diagnostics) {
    let hint = match error {
        WorldError::Outside { .. } => {
            "a text includes only files below the project's folder, the nearest with a `chancery.toml`"
        }
        _ => "paths begin at the project's folder, or with `./` at that of this file",
    };
    let looked_in = files.world.looked_in().filter(|_| matches!(error, WorldError::NotFound { .. }));
    let looked_in = looked_in.map(|folders| format!("; it was looked for in {folders}")).unwrap_or_default();
    let message = match error {
        WorldError::NotFound { .. } => format!("there is no file `{}`", path.text),
        WorldError::Outside { .. } => format!("`{}` lies outside the project's folder", path.text),
        error => error.to_string(),
    };
    found.push(Diagnostic::new(Code::IncludedFile, path.span, message).hint(format!("{hint}{looked_in}")));
}

/// The names that a clause sees: its own, and two of the document's.
pub(crate) fn seen_by(own: &[Parameter]) -> Vec<Parameter> {
    let kinds = [Type::Language, Type::Date];
    let needs = [Need::Required, Need::RequiredInFinal];
    let parameter = |((name, kind), need): ((&str, Type), Need)| Parameter {
        name: name.to_owned(),
        place: Span::default(),
        kind,
        need,
        bounds: syntax::Bounds::default(),
        repeatable: false,
        default: None,
        role: None,
        about: String::new(),
    };
    let shared = SHARED.into_iter().zip(kinds).zip(needs).map(parameter);
    let shared = shared.filter(|shared| own.iter().all(|own| own.name != shared.name));
    own.iter().cloned().chain(shared).collect()
}
