//! The registries that a project names in its `chancery.toml`.

use super::Registry;
use crate::config::{Project, text_of};
use crate::diag::Diagnostics;
use crate::source::Sources;
use crate::world::World;

/// The registry of a project: ours, and what the project names. What is wrong
/// in a file is said at its lines.
pub fn of_project(project: &Project, world: &dyn World, sources: &mut Sources, found: &mut Diagnostics) -> Registry {
    let mut registry = Registry::built_in();
    for (path, place) in &project.registries {
        if let Some(bytes) = project.read(world, path, *place, found)
            && let Some(file) = text_of(path, bytes, sources, found)
            && let Some(source) = sources.get(file)
        {
            registry.add(path, source.text(), file, found);
        }
    }
    registry.check(found);
    registry
}
