//! Turns the data files that people write into what the crate reads without
//! effort: TOML into JSON without its sources, fonts into tables of widths.

#[path = "build/citation.rs"]
mod citation;
#[path = "build/registry.rs"]
mod registry;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The faces in the order of `fonts::Face`.
const FACES: [&str; 4] = ["Regular", "Bold", "Italic", "BoldItalic"];

fn main() -> Result<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for folder in ["locales", "styles", "templates", "clauses", "assets/fonts"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    folder_of_toml("locales", "LOCALES", &out)?;
    folder_of_toml("styles", "STYLES", &out)?;
    templates(&out)?;
    clauses(&out)?;
    println!("cargo::rerun-if-changed=src/diag/explanations.toml");
    fs::write(out.join("explanations.json"), json(Path::new("src/diag/explanations.toml"))?)?;
    citation::citations(&out)?;
    registry::registry(&out)?;
    fonts(&out)
}

/// A table of `(name, text)`, a row a file of the folder.
fn folder_of_toml(folder: &str, name: &str, out: &Path) -> Result<()> {
    table(folder, "toml", name, out, json)
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

fn table(folder: &str, extension: &str, name: &str, out: &Path, read: fn(&Path) -> Result<String>) -> Result<()> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    let mut code = format!("static {name}: &[(&str, &str)] = &[\n");
    for path in files {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a file name is not UTF-8")?;
        writeln!(code, "    ({stem:?}, {:?}),", read(&path)?)?;
    }
    code.push_str("];\n");
    fs::write(out.join(format!("{}.rs", name.to_lowercase())), code)?;
    Ok(())
}

/// A TOML file as JSON. Sources are for the people who read the file.
fn json(path: &Path) -> Result<String> {
    let mut value: serde_json::Value =
        toml::from_str(&fs::read_to_string(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    drop_sources(&mut value);
    Ok(value.to_string())
}

fn drop_sources(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            map.retain(|key, _| !key.ends_with("source"));
            map.values_mut().for_each(drop_sources);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(drop_sources),
        _ => {}
    }
}

/// For each face a sorted table of character, glyph and advance width.
fn fonts(out: &Path) -> Result<()> {
    let mut code = String::new();
    let mut metrics = String::from("#[cfg(feature = \"pdf\")]\npub(crate) static METRICS: [Metrics; 4] = [\n");
    for face in FACES {
        let data = fs::read(format!("assets/fonts/LiberationSerif-{face}.ttf"))?;
        let font = ttf_parser::Face::parse(&data, 0)?;
        let mut glyphs = BTreeMap::new();
        for table in font.tables().cmap.iter().flat_map(|cmap| cmap.subtables).filter(|table| table.is_unicode()) {
            table.codepoints(|code| {
                if let Some(glyph) = table.glyph_index(code).filter(|glyph| glyph.0 != 0) {
                    glyphs.insert(code, (glyph.0, font.glyph_hor_advance(glyph).unwrap_or(0)));
                }
            });
        }
        writeln!(code, "static {}: &[(u32, u16, u16)] = &[", face.to_uppercase())?;
        for (code_point, (glyph, advance)) in glyphs {
            writeln!(code, "    ({code_point}, {glyph}, {advance}),")?;
        }
        code.push_str("];\n");
        let bounds = font.global_bounding_box();
        let slope = (-font.italic_angle().to_radians()).tan() * 1000.0;
        writeln!(
            metrics,
            "    Metrics {{ ascent: {}, descent: {}, x_min: {}, y_min: {}, x_max: {}, y_max: {}, caret_rise: {}, caret_run: {}, weight: {}, notdef: {} }},",
            font.ascender(),
            font.descender(),
            bounds.x_min,
            bounds.y_min,
            bounds.x_max,
            bounds.y_max,
            1000,
            slope.round(),
            font.weight().to_number(),
            font.glyph_hor_advance(ttf_parser::GlyphId(0)).unwrap_or(0),
        )?;
    }
    metrics.push_str("];\n");
    fs::write(out.join("fonts.rs"), code + &metrics)?;
    Ok(())
}
