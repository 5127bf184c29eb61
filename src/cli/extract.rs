//! `chancery extract`

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::archive::{self, FOLDER, MANIFEST, Manifest, VALUES};
use super::args::Extract;
use super::disk::{self, DiskWorld};
use super::files;
use super::manifest::hash;
use super::outcome::{Failure, Outcome};
use super::terminal::say;
use crate::compile::{Options, Session};
use crate::data::{self, Data, Record};
use crate::diag::Diagnostics;
use crate::fonts::Typeface;
use crate::render;
use crate::source::Source;
use crate::world::{MemoryWorld, World, is_plain_path};

/// How much an archive may carry, in bytes: a few times what a text may have.
const MAX_BYTES: usize = 256 << 20;

pub(super) fn run(arguments: &Extract) -> Result<Outcome, Failure> {
    let shown = arguments.file.display().to_string();
    let pdf = disk::read_file(&arguments.file, &shown)?;
    let carried = render::attachments(&pdf, MAX_BYTES).map_err(|error| refused(&shown, &error.to_string()))?;
    let carried: BTreeMap<String, Vec<u8>> = carried.into_iter().collect();
    if let Some(name) = carried.keys().find(|name| !is_plain_path(name)) {
        return Err(refused(&shown, &format!("it carries `{name}`, which would lie outside of the folder")));
    }
    let manifest = carried.get(MANIFEST).and_then(|bytes| serde_json::from_slice::<Manifest>(bytes).ok());
    if let Some(folder) = &arguments.output {
        write(folder, &carried)?;
        let count = match carried.len() {
            1 => "1 file".to_owned(),
            count => format!("{count} files"),
        };
        say(&format!("{shown}: {count} written to {}", folder.display()));
    }
    let Some(manifest) = manifest else {
        return Err(refused(&shown, &format!("it carries no `{MANIFEST}` that says how it was made")));
    };
    let fonts = fonts(&manifest, &arguments.project);
    let missing = missing(&manifest, &carried, &fonts, &arguments.project);
    if !missing.is_empty() {
        for what in &missing {
            say(&format!("{shown}: {what}"));
        }
        say(&format!("{shown}: it cannot be built again to the byte"));
        return Ok(Outcome::Faulty);
    }
    let same = built_again(&manifest, carried, fonts)?.is_some_and(|again| again == pdf);
    if same {
        say(&format!("{shown}: `{}` builds the same bytes again", manifest.document));
        Ok(Outcome::Good)
    } else {
        say(&format!("{shown}: what it carries builds another PDF; it was changed after it was made"));
        Ok(Outcome::Faulty)
    }
}

fn refused(shown: &str, reason: &str) -> Failure {
    Failure::Usage(format!("`{shown}`: {reason}"))
}

fn write(folder: &Path, carried: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    let failed = |reason: String| Failure::Write { path: folder.display().to_string(), reason };
    files::make_folder(folder)?;
    let mut there = std::fs::read_dir(folder).map_err(|error| failed(error.to_string()))?;
    if there.next().is_some() {
        return Err(failed("the folder is not empty".to_owned()));
    }
    for (name, bytes) in carried {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            files::make_folder(parent)?;
        }
        files::write(&path, bytes)?;
    }
    Ok(())
}

/// The project's fonts that a PDF was made with, as far as the project has them.
fn fonts(manifest: &Manifest, project: &Path) -> BTreeMap<String, Vec<u8>> {
    let world = DiskWorld::of(&project.join("-"));
    let paths = manifest.project_fonts.keys().filter(|path| is_plain_path(path));
    paths.filter_map(|path| Some((path.clone(), world.read(path).ok()?))).collect()
}

/// What is missing here to build the same bytes, in words.
fn missing(
    manifest: &Manifest,
    carried: &BTreeMap<String, Vec<u8>>,
    fonts: &BTreeMap<String, Vec<u8>>,
    project: &Path,
) -> Vec<String> {
    let mut missing = Vec::new();
    let own = env!("CARGO_PKG_VERSION");
    if manifest.version != own {
        missing.push(format!("it was made by version {}, and this is {own}", manifest.version));
    }
    let built_in = archive::built_in_fonts(&Typeface::house());
    for (name, made_with) in &manifest.fonts {
        match built_in.get(name) {
            None => missing.push(format!("the font `{name}` is not here")),
            Some(own) if own != made_with => missing.push(format!("the font `{name}` is another one here")),
            Some(_) => {}
        }
    }
    for (path, made_with) in &manifest.project_fonts {
        let folder = project.display();
        match fonts.get(path) {
            None => missing.push(format!(
                "the font `{path}` is not in the project `{folder}`, and no archive carries a project's fonts; say by \
                 `--project` where it is"
            )),
            Some(bytes) if hash(bytes) != *made_with => {
                missing.push(format!("the font `{path}` in the project `{folder}` is another one"));
            }
            Some(_) => {}
        }
    }
    for (name, made_of) in &manifest.files {
        match carried.get(name) {
            None => missing.push(format!("it does not carry `{name}`")),
            Some(bytes) if hash(bytes) != *made_of => missing.push(format!("`{name}` was changed after it was made")),
            Some(_) => {}
        }
    }
    missing
}

/// The PDF that is made of what one carries; none where that has errors.
fn built_again(
    manifest: &Manifest,
    carried: BTreeMap<String, Vec<u8>>,
    fonts: BTreeMap<String, Vec<u8>>,
) -> Result<Option<Vec<u8>>, Failure> {
    let record = carried.get(VALUES).map(|bytes| values(bytes));
    let mut world = MemoryWorld::new();
    if let Some(day) = manifest.judged_at {
        world = world.on(day);
    }
    for (name, bytes) in carried.into_iter().filter(|(name, _)| !name.starts_with(FOLDER)).chain(fonts) {
        world = world.with(name, bytes);
    }
    let options = Options { as_of: manifest.as_of, record, weights: manifest.weights() };
    let made = archive::edition(&world, &manifest.document, &options, manifest.made)?;
    Ok(made.map(|made| made.content))
}

/// The values that the document was filled with; none if they cannot be read.
fn values(bytes: &[u8]) -> Record {
    let world = MemoryWorld::new();
    let mut session = Session::new(&world);
    let source = Arc::new(Source::new(VALUES, String::from_utf8_lossy(bytes)));
    let file = session.add(source.clone());
    match data::read(&source, file, &mut Diagnostics::default()) {
        Some(Data::One(record)) => record,
        _ => Record::default(),
    }
}
