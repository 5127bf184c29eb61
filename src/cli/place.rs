//! What may be written where, and read by a name that the program made: one place
//! that all commands share.

use std::fs;
use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::outcome::Failure;
use crate::diag::steers;
use crate::world::is_plain_path;

/// How deep the folders of a path may be that others wrote.
const MAX_FOLDERS: usize = 32;

/// Who says where something is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum NamedBy<'a> {
    /// The user named this very file: where it is a link, it is followed.
    User,
    /// A rule made the name, below a folder that its real path may not leave.
    Rule(&'a Path),
}

/// The real path of a file that may be written, or why it may not.
pub(super) fn to_write(path: &Path, named_by: NamedBy<'_>) -> Result<PathBuf, Failure> {
    let refused = |reason: &str| Failure::Write { path: path.display().to_string(), reason: reason.to_owned() };
    let target = match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => {
            fs::canonicalize(path).map_err(|_| refused("it is a link that leads nowhere; delete it first"))?
        }
        Ok(_) | Err(_) => in_real_folder(path),
    };
    if let NamedBy::Rule(folder) = named_by
        && !lies_in(&target, folder)
    {
        return Err(refused(&format!("it lies outside of `{}`", folder.display())));
    }
    match fs::metadata(&target) {
        Ok(found) if found.is_dir() => Err(refused("it is a folder")),
        Ok(found) if !found.is_file() => {
            Err(refused("it is a device, a pipe or a socket; `-o -` writes to standard output"))
        }
        // A new file would take the place of one that is protected.
        Ok(found) if found.permissions().readonly() => Err(refused("the file is read-only")),
        Ok(_) => Ok(target),
        Err(_) => {
            let folder = folder_of(&target);
            if folder.is_dir() {
                return Ok(target);
            }
            Err(refused(&format!("there is no folder `{}`", folder.display())))
        }
    }
}

/// Makes a folder below another, and none outside of it on the way there.
pub(super) fn make_folder_in(folder: &Path, below: &Path) -> Result<(), Failure> {
    let failed = |reason: String| Failure::Write { path: below.display().to_string(), reason };
    let outside = || failed(format!("it lies outside of `{}`", folder.display()));
    // Only names are below it for certain: `..` would be made somewhere else.
    let is_named = below.strip_prefix(folder).is_ok_and(|rest| rest.components().all(is_name));
    let there = below.ancestors().find_map(|up| fs::canonicalize(up).ok());
    if !is_named || !there.is_some_and(|there| lies_in(&there, folder)) {
        return Err(outside());
    }
    fs::create_dir_all(below).map_err(|error| failed(error.to_string()))?;
    if fs::canonicalize(below).is_ok_and(|real| lies_in(&real, folder)) { Ok(()) } else { Err(outside()) }
}

/// The bytes of a regular file that the program itself wrote before; nothing where
/// there is none, or something else is there, as a pipe that would never end.
pub(super) fn read_own(path: &Path) -> Option<Vec<u8>> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    fs::read(path).ok()
}

/// Whether a path is what remains in a folder when all links are followed.
pub(super) fn lies_in(real: &Path, folder: &Path) -> bool {
    fs::canonicalize(folder).is_ok_and(|folder| real.starts_with(folder))
}

fn is_name(part: Component<'_>) -> bool {
    matches!(part, Component::Normal(_))
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path with its folder as it really is.
fn in_real_folder(path: &Path) -> PathBuf {
    match (fs::canonicalize(folder_of(path)), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// What lies in this folder of an archive comes from Chancery and not from the project.
pub(super) const ARCHIVE: &str = "chancery-archive/";

/// Why a file of this path may not come out of an archive, and so goes into none.
pub(super) fn unfit_for_archive(path: &str) -> Option<&'static str> {
    const SILENT: [char; 8] =
        ['\u{AD}', '\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{180E}', '\u{34F}'];
    let is_silent = |c: char| {
        steers(c)
            || SILENT.contains(&c)
            || matches!(c, '\u{2061}'..='\u{2064}' | '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
    };
    if path.contains(is_silent) {
        return Some("its name has signs that cannot be seen");
    }
    if !is_plain_path(path) {
        return Some("it would lie outside of the folder");
    }
    if path.split('/').count() > MAX_FOLDERS {
        return Some("it lies too deep");
    }
    let parts = || path.split('/');
    if parts().any(|part| part.starts_with('.')) {
        return Some("a part of its name begins with a dot");
    }
    if parts()
        .any(|part| part.ends_with(|c: char| c == '.' || c.is_whitespace()) || part.starts_with(char::is_whitespace))
    {
        return Some("a part of its name begins with a blank, or ends with one or with a dot");
    }
    parts().any(is_device).then_some("a part of its name is that of a device")
}

/// Names that some systems keep for devices, whatever follows behind a dot.
fn is_device(part: &str) -> bool {
    let stem: String = part.split('.').next().unwrap_or_default().trim_end().nfkc().collect::<String>().to_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(char::is_numeric))
    };
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str())
        || ["COM", "LPT"].into_iter().any(numbered)
}

/// Two of these paths that some systems take for the same one, or of which one would
/// have to be a file and a folder; none if they all keep apart.
pub(super) fn collision<'a>(paths: impl Iterator<Item = &'a str>) -> Option<(String, String)> {
    let mut spelled = std::collections::HashMap::new();
    for path in paths {
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            let (part, is_file) = (&path[..end], end == path.len());
            let plain: String = part.nfkc().flat_map(char::to_lowercase).nfkc().collect();
            // Folders that are spelled alike are one; a file is nothing besides.
            match spelled.insert(plain, (part, is_file)) {
                Some((other, other_is_file)) if other != part || is_file || other_is_file => {
                    return Some((other.to_owned(), part.to_owned()));
                }
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_carry_names_that_are_names_everywhere() {
        for name in ["a.decl", "drafts/ä b.decl", "templates/a.en.decl", "COM.decl", "console.decl", "a..b"] {
            assert_eq!(unfit_for_archive(name), None, "{name:?}");
        }
        let deep = vec!["a"; 33].join("/");
        for name in [
            ".git/config",
            "a/.b",
            "../a",
            "/a",
            "a//b",
            "a\\b",
            "c:a",
            "a.",
            "a /b",
            "con",
            "Aux.decl",
            "lpt1.txt",
            "COM¹",
            "nul .x",
            "a\u{202E}b",
            "a\u{200B}",
            "a\nb",
            "a\u{9b}",
            " a",
            &deep,
            "",
            ".",
        ] {
            assert!(unfit_for_archive(name).is_some(), "{name:?}");
        }
        assert!(collision(["a/b", "a/c", "d"].into_iter()).is_none());
        for pair in [["a/b", "A/c"], ["a", "A"], ["é", "e\u{301}"], ["a", "a/b"], ["a/b", "a"], ["x", "x"]] {
            assert!(collision(pair.into_iter()).is_some(), "{pair:?}");
        }
    }
}
