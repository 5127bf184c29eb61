//! The registries that a project names in its `chancery.toml`.

use toml::de::DeTable;

use super::Registry;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Source, Sources, Span};
use crate::world::{World, WorldError};

/// The file at a project's root.
pub const PROJECT_FILE: &str = "chancery.toml";

/// The registry of the world's project: ours, and what the project names. What
/// is wrong in a file is said at its lines.
pub fn of_project(world: &dyn World, sources: &mut Sources, found: &mut Diagnostics) -> Registry {
    let mut registry = Registry::built_in();
    let Ok(bytes) = world.read(PROJECT_FILE) else { return registry };
    let Some(file) = text_of(PROJECT_FILE, bytes, sources, found) else { return registry };
    let paths = sources.get(file).map(|source| paths(source.text(), file, found)).unwrap_or_default();
    for (path, place) in paths {
        match world.read(&path) {
            Ok(bytes) => {
                if let Some(file) = text_of(&path, bytes, sources, found)
                    && let Some(source) = sources.get(file)
                {
                    registry.add(&path, source.text(), file, found);
                }
            }
            Err(error) => {
                let hint = match error {
                    WorldError::Outside { .. } => "a project reads only files below the folder of its `chancery.toml`",
                    _ => "paths begin at the folder of `chancery.toml`",
                };
                found.push(Diagnostic::new(Code::ProjectFile, place, error.to_string()).hint(hint));
            }
        }
    }
    registry.check(found);
    registry
}

fn text_of(path: &str, bytes: Vec<u8>, sources: &mut Sources, found: &mut Diagnostics) -> Option<FileId> {
    match String::from_utf8(bytes) {
        Ok(text) => Some(sources.add(Source::new(path, text))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(at);
            let file = sources.add(Source::new(path, String::from_utf8(bytes).unwrap_or_default()));
            found.push(
                Diagnostic::new(Code::NotUtf8, Span::new(file, at..at), format!("`{path}` is not UTF-8 text"))
                    .hint("save it as UTF-8 (in a spreadsheet: CSV UTF-8)"),
            );
            None
        }
    }
}

/// The paths after `registries`, each with its place.
fn paths(text: &str, file: FileId, found: &mut Diagnostics) -> Vec<(String, Span)> {
    let place = |range: std::ops::Range<usize>| Span::new(file, range.start.min(text.len())..range.end.min(text.len()));
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let message = format!("this is not TOML: {}", error.message());
        found.push(
            Diagnostic::new(Code::ProjectFile, place(error.span().unwrap_or_default()), message)
                .hint("write as `registries = [\"registry/own.toml\"]`"),
        );
    }
    let mut paths = Vec::new();
    for (key, value) in table.get_ref() {
        if key.get_ref() != "registries" {
            found.push(
                Diagnostic::new(
                    Code::ProjectFile,
                    place(key.span()),
                    format!("a project has no key `{}`", key.get_ref()),
                )
                .hint("its keys are registries"),
            );
            continue;
        }
        let items = value.get_ref().as_array().map(|list| list.iter().collect()).unwrap_or_else(|| vec![value]);
        for item in items {
            match item.get_ref().as_str() {
                Some(path) => paths.push((path.to_owned(), place(item.span()))),
                None => found.push(
                    Diagnostic::new(Code::ProjectFile, place(item.span()), "this is no path of a registry")
                        .hint("write paths in quotation marks, as `registries = [\"registry/own.toml\"]`"),
                ),
            }
        }
    }
    paths
}
