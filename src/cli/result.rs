//! A result that a command was told to write somewhere.

use std::path::Path;

use super::files::{self, Kept};
use super::outcome::Failure;
use super::place::NamedBy;
use super::terminal::{print_result, tell};

/// Writes a result to a file that was named, or to standard output for `-`.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if path == Path::new("-") {
        return print_result(bytes);
    }
    if files::is_text_of_project(path) {
        let path = path.display();
        return Err(Failure::Usage(format!("`{path}` is the name of a text: nothing is written over it")));
    }
    files::write(path, bytes, NamedBy::User, Kept::Written)?;
    tell(&format!("{} written", path.display()));
    Ok(())
}
