//! Turns the data files that people write into what the crate reads without
//! effort: TOML without its sources, fonts into tables of widths.

#[path = "grammar/citation/keys.rs"]
mod keys;
#[path = "src/locale/data.rs"]
#[allow(dead_code, reason = "the crate uses more of it")]
mod locale;
#[path = "src/fonts/read.rs"]
#[allow(dead_code, reason = "the crate uses more of it")]
mod read;
#[path = "build/registry.rs"]
mod registry;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The faces in the order of `fonts::Face`.
const FACES: [&str; 4] = ["Regular", "Bold", "Italic", "BoldItalic"];

fn main() -> Result<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let read = [
        "locales",
        "styles",
        "templates",
        "clauses",
        "assets/fonts",
        "src/fonts/read.rs",
        "src/locale/data.rs",
        "src/locale/status.rs",
    ];
    for folder in read {
        println!("cargo::rerun-if-changed={folder}");
    }
    locales(&out)?;
    table("styles", "toml", "STYLES", &out, json)?;
    templates(&out)?;
    clauses(&out)?;
    println!("cargo::rerun-if-changed=src/diag/explanations.toml");
    fs::write(out.join("explanations.json"), json(Path::new("src/diag/explanations.toml"))?)?;
    registry::registry(&out)?;
    fonts(&out)
}

fn templates(out: &Path) -> Result<()> {
    table("templates", "decl", "TEMPLATES", out, |path| Ok(fs::read_to_string(path)?))
}

/// The clauses that come along: a folder a language.
fn clauses(out: &Path) -> Result<()> {
    let mut code = String::from("static CLAUSES: &[(&str, &str)] = &[\n");
    let mut folders: Vec<PathBuf> = fs::read_dir("clauses")?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    folders.retain(|path| path.is_dir());
    folders.sort();
    for folder in folders {
        let mut files: Vec<PathBuf> = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        files.sort();
        for path in files {
            let name = path.strip_prefix("clauses")?.with_extension("");
            writeln!(code, "    ({:?}, {:?}),", name.to_string_lossy().replace('\\', "/"), fs::read_to_string(&path)?)?;
        }
    }
    code.push_str("];\n");
    fs::write(out.join("clauses.rs"), code)?;
    Ok(())
}

/// The files of a folder with an extension, by their names.
fn files(folder: &str, extension: &str) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    Ok(files)
}

/// A table of `(name, text)`, a row a file of the folder.
fn table(
    folder: &str,
    extension: &str,
    name: &str,
    out: &Path,
    mut read: impl FnMut(&Path) -> Result<String>,
) -> Result<()> {
    let mut code = format!("static {name}: &[(&str, &str)] = &[\n");
    for path in files(folder, extension)? {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a file name is not UTF-8")?;
        writeln!(code, "    ({stem:?}, {:?}),", read(&path)?)?;
    }
    code.push_str("];\n");
    fs::write(out.join(format!("{}.rs", name.to_lowercase())), code)?;
    Ok(())
}

/// The languages, each in a file as postcard writes it: a quarter of the time of JSON,
/// and each start reads one of them at least.
fn locales(out: &Path) -> Result<()> {
    let mut code = String::from("static LOCALES: &[(&str, &[u8])] = &[\n");
    for path in files("locales", "toml")? {
        let locale = language(&path)
            .map_err(|error| format!("{}: {}", path.display(), error.to_string().trim().replace('\n', ", ")))?;
        let name = format!("{}.locale", locale.language);
        fs::write(out.join(&name), postcard::to_allocvec(&locale)?)?;
        writeln!(code, "    ({:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))),", locale.language)?;
    }
    code.push_str("];\n");
    fs::write(out.join("locales.rs"), code)?;
    Ok(())
}

/// Reads a file of `locales/`, of which the crate's own struct says what it may hold.
fn language(path: &Path) -> Result<locale::Locale> {
    let mut data: toml::Table = toml::from_str(&fs::read_to_string(path)?)?;
    drop_sources(&mut data);
    // The grammar has them.
    if let Some(cited) = data.get_mut("cited").and_then(toml::Value::as_table_mut) {
        cited.retain(|key, _| !keys::KEYS.contains(&key));
    }
    let locale: locale::Locale = data.try_into()?;
    if path.file_stem().is_none_or(|stem| *stem != *locale.language) {
        return Err(format!("`language` is not the file's name: {}", locale.language).into());
    }
    Ok(locale)
}

/// A TOML file as JSON.
fn json(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path)?;
    let mut data: toml::Table = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    drop_sources(&mut data);
    Ok(serde_json::to_string(&data)?)
}

/// Sources are for the people who read the file.
fn drop_sources(table: &mut toml::Table) {
    table.retain(|key, _| !key.ends_with("source"));
    table.iter_mut().for_each(|(_, value)| drop_sources_in(value));
}

fn drop_sources_in(value: &mut toml::Value) {
    match value {
        toml::Value::Table(table) => drop_sources(table),
        toml::Value::Array(list) => list.iter_mut().for_each(drop_sources_in),
        _ => {}
    }
}

/// The fonts as the reader of a project's own fonts reads them.
fn fonts(out: &Path) -> Result<()> {
    let mut code = String::from("static FONTS: [Font; 4] = [\n");
    let mut tables = Vec::new();
    for face in FACES {
        let path = format!("assets/fonts/LiberationSerif-{face}.ttf");
        let read::Tables { name, units_per_em, glyphs, boxes, metrics } =
            read::read(&fs::read(&path)?).map_err(|unfit| format!("{path} {unfit}"))?;
        writeln!(
            code,
            "    Font {{
                name: Cow::Borrowed({name:?}),
                path: None,
                units_per_em: {units_per_em},
                glyphs: Cow::Borrowed(&{glyphs:?}),
                boxes: Cow::Borrowed(&{boxes:?}),
                metrics: {metrics:?},
                #[cfg(all(feature = \"pdf\", not(feature = \"house-fonts\")))]
                file: Cow::Borrowed(&[]),
                #[cfg(all(feature = \"pdf\", feature = \"house-fonts\"))]
                file: Cow::Borrowed(include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{path}\"))),
            }},"
        )?;
        tables.push(glyphs);
    }
    let [regular, bold, italic, bold_italic] = tables.as_slice() else { return Err("four faces are wanted".into()) };
    let everywhere = read::everywhere([regular, bold, italic, bold_italic]);
    writeln!(code, "];\nstatic EVERYWHERE: &[u64] = &{everywhere:?};")?;
    fs::write(out.join("fonts.rs"), code)?;
    Ok(())
}
