//! The project that a folder belongs to, as a command finds it that names no text.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::{self, Input};
use super::outcome::Failure;
use super::terminal::tell;
use crate::config::PROJECT_FILE;

/// The project's folder, as a path from where the command runs; none where no
/// `chancery.toml` upward marks one.
pub(super) fn folder() -> Option<PathBuf> {
    let here = fs::canonicalize(".").ok()?;
    let up = here.ancestors().position(|folder| folder.join(PROJECT_FILE).is_file())?;
    Some(if up == 0 { PathBuf::from(".") } else { std::iter::repeat_n("..", up).collect() })
}

/// The documents that were named, or, where none was, those of the project.
pub(super) fn inputs(named: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    if !named.is_empty() {
        return files::inputs(named);
    }
    match folder() {
        Some(folder) => files::inputs(&[folder]),
        None => {
            tell(&format!(
                "no `{PROJECT_FILE}` here or above: the texts of this folder are meant; `chancery init` makes a project of it"
            ));
            files::inputs(&[Path::new(".").to_owned()])
        }
    }
}
