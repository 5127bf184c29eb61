//! `chancery init`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::args::Init;
use super::disk::DiskWorld;
use super::files::{self, Kept};
use super::outcome::{Failure, Outcome};
use super::place::NamedBy;
use super::report::number_of;
use super::terminal::{say, tell};
use crate::config::PROJECT_FILE;
use crate::diag::Diagnostics;
use crate::fonts::{Face, Font};
use crate::registry::Registry;
use crate::source::{Source, Sources};
use crate::world::{World, is_plain_path};

/// How the files of fonts end.
const FONTS: [&str; 2] = ["ttf", "otf"];

/// So many files of a folder are looked at.
const MAX_FILES: usize = 1000;

pub(super) fn run(arguments: &Init) -> Result<Outcome, Failure> {
    let folder = arguments.folder.as_path();
    if !folder.is_dir() {
        return Err(Failure::Usage(format!("`{}` is no folder; make it first", folder.display())));
    }
    let path = folder.join(PROJECT_FILE);
    if path.symlink_metadata().is_ok() {
        return Err(Failure::Usage(format!("`{}` is there already", path.display())));
    }
    let around = std::fs::canonicalize(folder).ok();
    let around = around.as_deref().and_then(Path::parent).into_iter().flat_map(Path::ancestors);
    if let Some(outer) = around.take(64).find(|outer| outer.join(PROJECT_FILE).is_file()) {
        say(&format!("this folder lies in the project `{}`, and becomes one of its own", outer.display()));
    }
    let found = Found::look(folder);
    files::write(&path, found.file().as_bytes(), NamedBy::Rule(folder), Kept::Synced)?;
    tell(&format!("{}: written, with {}", path.display(), found.in_words()));
    if found.has_fonts && found.fonts.is_none() {
        let faces = Face::ALL.map(|face| format!("NAME-{}", face.name())).join(", ");
        tell(&format!("no font is named: `fonts/` needs one that can be read for each of the four faces, {faces}"));
    }
    let documents = files::inputs(&[folder.to_owned()]).map_or(0, |inputs| inputs.len());
    tell(&match documents {
        0 => "no text is here yet; `chancery new declaration -o my.en.decl` writes a first one".to_owned(),
        1 => "1 text is here; `chancery check` checks it".to_owned(),
        count => format!("{count} texts are here; `chancery check` checks them"),
    });
    Ok(Outcome::Good)
}

/// What a project's file can name, as it lies in the folder.
struct Found {
    /// Registries without a fault.
    registries: Vec<String>,
    /// Those with one.
    faulty: Vec<String>,
    /// A font for each face, or none.
    fonts: Option<[String; 4]>,
    /// Whether files of fonts lie there.
    has_fonts: bool,
    profile: Option<String>,
}

impl Found {
    fn look(folder: &Path) -> Found {
        let world = DiskWorld::of(&folder.join("-"));
        let (mut registries, mut faulty) = (Vec::new(), Vec::new());
        for path in files_in(folder, "registry", &["toml", "csv"]) {
            let list = if is_registry(&world, &path) { &mut registries } else { &mut faulty };
            list.push(path);
        }
        let profiles = ["", "press", "profiles"].into_iter();
        let profile = profiles.flat_map(|inner| files_in(folder, inner, &["icc", "icm"])).next();
        let has_fonts = !files_in(folder, "fonts", &FONTS).is_empty();
        Found { registries, faulty, fonts: fonts(folder, &world), has_fonts, profile }
    }

    /// The project's file.
    fn file(&self) -> String {
        let quoted = |path: &String| serde_json::Value::String(path.clone()).to_string();
        let mut text = "# The folder of this file is a project's: what stands here holds for all its texts.\n\
            # Paths begin at this folder.\n\n"
            .to_owned();
        for path in &self.faulty {
            let _ = writeln!(text, "# {path} has faults: `chancery registry validate {path}` says which");
        }
        let named: Vec<String> = self.registries.iter().map(quoted).collect();
        let _ = match named.as_slice() {
            [] => writeln!(
                text,
                "# What the registry lacks, in files of your own:\n# registries = [\"registry/own.toml\"]"
            ),
            named => writeln!(text, "registries = [{}]", named.join(", ")),
        };
        if let Some(fonts) = &self.fonts {
            text.push_str("\n[fonts]\n");
            for (face, path) in Face::ALL.into_iter().zip(fonts) {
                let _ = writeln!(text, "{} = {}", face.name(), quoted(path));
            }
        }
        if let Some(profile) = &self.profile {
            let _ = write!(
                text,
                "\n# The printing condition of press editions; the shop says how it is called.\n# [press]\n# profile = \
                 {}\n# condition = \"FOGRA52\"\n",
                quoted(profile)
            );
        }
        text.push_str(
            "\n# A draft may have what is not settled yet: wrong references are warnings there. Here they are errors.\n\
             [check]\ndeny = [\"nonexistent\", \"not-yet-adopted\", \"ambiguous\", \"out-of-range\", \
             \"own-reference\"]\n# Groups of findings can be named too: references, structure, style.\n# allow = \
             [\"open-bracket\"]\n",
        );
        text
    }

    /// `2 registries and fonts of your own`
    fn in_words(&self) -> String {
        let mut parts = Vec::new();
        if !self.registries.is_empty() {
            parts.push(number_of(self.registries.len() as u64, "registry", "registries"));
        }
        if self.fonts.is_some() {
            parts.push("fonts of your own".to_owned());
        }
        match parts.is_empty() {
            true if self.has_fonts => "no registries, since none lie here".to_owned(),
            true => "no registries and fonts, since none lie here".to_owned(),
            false => parts.join(" and "),
        }
    }
}

/// The files of a folder below the project's, by the ends of their names, in order.
fn files_in(folder: &Path, inner: &str, endings: &[&str]) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder.join(inner)) else { return Vec::new() };
    let names = entries.take(MAX_FILES).filter_map(|entry| {
        let entry = entry.ok().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))?;
        let name = entry.file_name().to_str()?.to_owned();
        let ending = name.rsplit_once('.')?.1.to_lowercase();
        let fits = endings.contains(&ending.as_str()) && !name.starts_with('.') && name != PROJECT_FILE;
        let path = if inner.is_empty() { name } else { format!("{inner}/{name}") };
        (fits && is_plain_path(&path)).then_some(path)
    });
    let mut paths: Vec<String> = names.collect();
    paths.sort();
    paths
}

/// Whether a file is a registry without a fault.
fn is_registry(world: &DiskWorld, path: &str) -> bool {
    let Some(text) = world.read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok()) else { return false };
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let file = sources.add(Source::new(path, text.clone()));
    let mut registry = Registry::built_in();
    registry.add(path, &text, file, &mut found);
    registry.check(&mut found);
    !found.has_errors()
}

/// A font for each face by the names of the files, where no face has two.
fn fonts(folder: &Path, world: &DiskWorld) -> Option<[String; 4]> {
    let mut faces: BTreeMap<String, String> = BTreeMap::new();
    for path in files_in(folder, "fonts", &FONTS) {
        let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem).to_lowercase();
        let face = stem.rsplit_once('-').map_or("", |(_, face)| face).replace("bolditalic", "bold-italic");
        if Face::ALL.iter().any(|known| known.name() == face) && faces.insert(face, path).is_some() {
            return None;
        }
    }
    let of = |face: Face| faces.get(face.name()).cloned();
    let all = [of(Face::Regular)?, of(Face::Bold)?, of(Face::Italic)?, of(Face::BoldItalic)?];
    let can_be_read = |path: &String| world.read(path).is_ok_and(|bytes| Font::read(path, bytes).is_ok());
    all.iter().all(can_be_read).then_some(all)
}
