//! The fonts that a project names.

use std::sync::Arc;

use crate::config::Project;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fonts::{Face, Font, Typeface};
use crate::world::World;

/// The fonts of a project, or the house style's where it names none; what is wrong
/// with one is said at its line, and the house style's stand for them all.
pub(super) fn of_project(project: &Project, world: &dyn World, found: &mut Diagnostics) -> Arc<Typeface> {
    let Some(named) = &project.fonts else { return Typeface::house() };
    let fonts = Face::ALL.map(|face| {
        let (path, place) = &named[face as usize];
        let file = project.read(world, path, *place, found)?;
        let unfit = match Font::read(path, file) {
            Ok(font) => return Some(font),
            Err(unfit) => unfit,
        };
        let message = format!("`{path}` {unfit}");
        found.push(Diagnostic::new(Code::ProjectFile, *place, message).hint(unfit.cure()));
        None
    });
    match fonts {
        [Some(regular), Some(bold), Some(italic), Some(bold_italic)] => {
            Arc::new(Typeface::own([regular, bold, italic, bold_italic]))
        }
        _ => Typeface::house(),
    }
}
