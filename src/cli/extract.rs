//! `chancery extract`

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::archive::{self, MANIFEST, MAX_BYTES, Manifest, VALUES};
use super::args::Extract;
use super::disk::{self, DiskWorld};
use super::files::{self, Kept};
use super::manifest::hash;
use super::outcome::{Failure, Outcome};
use super::place::{self, NamedBy};
use super::terminal::{say, tell};
use crate::compile::{Options, Session};
use crate::data::{self, Data, Record};
use crate::diag::Diagnostics;
use crate::fonts::Typeface;
use crate::render::{self, Attached};
use crate::source::Source;
use crate::world::{MemoryWorld, World, is_plain_path};

pub(super) fn run(arguments: &Extract) -> Result<Outcome, Failure> {
    let shown = arguments.file.display().to_string();
    let pdf = disk::read_up_to(&arguments.file, &shown, MAX_BYTES)?;
    if pdf.len() > MAX_BYTES {
        return Err(refused(&shown, &format!("it has more than {} MB", MAX_BYTES >> 20)));
    }
    let carried = render::attachments(&pdf, MAX_BYTES).map_err(|error| refused(&shown, &error.to_string()))?;
    let (manifest, carried) = listed(carried).map_err(|reason| refused(&shown, &reason))?;
    let changed = changed(&manifest, &carried);
    if let (Some(folder), []) = (&arguments.output, changed.as_slice()) {
        write(folder, &carried)?;
        let count = match carried.len() {
            1 => "1 file".to_owned(),
            count => format!("{count} files"),
        };
        tell(&format!("{shown}: {count} written to {}", folder.display()));
    }
    let fonts = fonts(&manifest, &arguments.project);
    let mut missing = missing(&manifest, &fonts, &arguments.project);
    missing.extend(changed);
    if !missing.is_empty() {
        for what in &missing {
            say(&format!("{shown}: {what}"));
        }
        say(&format!("{shown}: it cannot be built again to the byte"));
        return Ok(Outcome::Faulty);
    }
    let again = built_again(&manifest, carried, fonts)?.unwrap_or_default();
    let added = pdf.strip_prefix(again.as_slice()).filter(|_| !again.is_empty()).map(<[u8]>::len);
    if added == Some(0) {
        tell(&format!("{shown}: `{}` builds the same bytes again", manifest.document));
        Ok(Outcome::Good)
    } else if let Some(added) = added {
        // A signature does that; so does whoever wants another page to be seen.
        say(&format!(
            "{shown}: `{}` builds its first {} bytes again; {added} were added after it was made, as by a signature, and may \
             change what is shown",
            manifest.document,
            again.len()
        ));
        Ok(Outcome::Faulty)
    } else {
        say(&format!("{shown}: what it carries builds another PDF; it was changed after it was made"));
        Ok(Outcome::Faulty)
    }
}

/// The list of what an archive carries, and the files that it names with it; why they
/// are not taken if one has a name that no archive's file has. What the list does not
/// name is no part of it, and neither is an archive that carries such a file.
fn listed(carried: Vec<Attached>) -> Result<(Manifest, BTreeMap<String, Vec<u8>>), String> {
    if let Some((first, second)) = place::collision(carried.iter().map(|(name, _)| name.as_str())) {
        return Err(format!("it carries `{first}` and `{second}`, which are one file on some systems"));
    }
    let unfit = carried.iter().find_map(|(name, _)| Some((name, place::unfit_for_archive(name)?)));
    if let Some((name, why)) = unfit {
        return Err(format!("it carries `{name}`: {why}"));
    }
    let carried: BTreeMap<String, Vec<u8>> = carried.into_iter().collect();
    let list = carried.get(MANIFEST).ok_or_else(|| format!("it carries no `{MANIFEST}` that says how it was made"))?;
    let manifest: Manifest = serde_json::from_slice(list)
        .map_err(|_| format!("`{MANIFEST}` does not say how it was made: another version of Chancery wrote it"))?;
    match carried.keys().find(|name| *name != MANIFEST && !manifest.files.contains_key(*name)) {
        Some(name) => Err(format!("it carries `{name}`, which its list of files does not name")),
        None => Ok((manifest, carried)),
    }
}

/// What is not as the list says, in words.
fn changed(manifest: &Manifest, carried: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let said = manifest.files.iter().filter_map(|(name, made_of)| match carried.get(name) {
        None => Some(format!("it does not carry `{name}`")),
        Some(bytes) if hash(bytes) != *made_of => Some(format!("`{name}` was changed after it was made")),
        Some(_) => None,
    });
    said.collect()
}

fn refused(shown: &str, reason: &str) -> Failure {
    Failure::Usage(format!("`{shown}`: {reason}"))
}

/// Writes all files to an empty folder, or none, and no folder then.
fn write(folder: &Path, carried: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    // The folders that are made for it, the outermost last.
    let made: Vec<&Path> = folder.ancestors().take_while(|up| !up.as_os_str().is_empty() && !up.exists()).collect();
    let written = files::make_folder(folder).and_then(|()| fill(folder, carried));
    if written.is_err() {
        for folder in made {
            // One in which somebody else put something stays.
            let _ = fs::remove_dir(folder);
        }
    }
    written
}

fn fill(folder: &Path, carried: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    let failed = |reason: String| Failure::Write { path: folder.display().to_string(), reason };
    let mut there = fs::read_dir(folder).map_err(|error| failed(error.to_string()))?;
    if there.next().is_some() {
        return Err(failed("the folder is not empty".to_owned()));
    }
    // It removes itself, whatever happens until all is there.
    let inner = tempfile::Builder::new().prefix(".chancery-").tempdir_in(folder);
    let inner = inner.map_err(|error| failed(error.to_string()))?;
    let top = inner.path();
    for (name, bytes) in carried {
        let path = top.join(name);
        place::make_folder_in(top, place::folder_of(&path))?;
        files::write(&path, bytes, NamedBy::Rule(top), Kept::Written)?;
    }
    let mut moved = Vec::new();
    for entry in fs::read_dir(top).map_err(|error| failed(error.to_string()))? {
        let renamed = entry.and_then(|entry| {
            let to = folder.join(entry.file_name());
            fs::rename(entry.path(), &to).map(|()| moved.push(to))
        });
        if let Err(error) = renamed {
            for path in &moved {
                let _ = fs::remove_dir_all(path).or_else(|_| fs::remove_file(path));
            }
            return Err(failed(error.to_string()));
        }
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
fn missing(manifest: &Manifest, fonts: &BTreeMap<String, Vec<u8>>, project: &Path) -> Vec<String> {
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
    for (name, bytes) in carried.into_iter().filter(|(name, _)| !name.starts_with(place::ARCHIVE)).chain(fonts) {
        world = world.with(name, bytes);
    }
    let options = Options { as_of: manifest.as_of, record, weights: manifest.weights() };
    let made = archive::edition(&world, &manifest.document, &options, manifest.made)?;
    Ok(made.map(|made| made.rendered.content))
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
