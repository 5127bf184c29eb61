//! The registries that a project names in its `chancery.toml`.

use super::Registry;
use crate::config::{Project, text_of};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Sources;
use crate::world::{World, WorldError};

/// The registry of a project: ours, and what the project names. What is wrong
/// in a file is said at its lines.
pub fn of_project(project: &Project, world: &dyn World, sources: &mut Sources, found: &mut Diagnostics) -> Registry {
    let mut registry = Registry::built_in();
    for (path, place) in &project.registries {
        match world.read(path) {
            Ok(bytes) => {
                if let Some(file) = text_of(path, bytes, sources, found)
                    && let Some(source) = sources.get(file)
                {
                    registry.add(path, source.text(), file, found);
                }
            }
            Err(error) => {
                let hint = match error {
                    WorldError::Outside { .. } => "a project reads only files below the folder of its `chancery.toml`",
                    _ => "paths begin at the folder of `chancery.toml`",
                };
                found.push(Diagnostic::new(Code::ProjectFile, *place, error.to_string()).hint(hint));
            }
        }
    }
    registry.check(found);
    registry
}
