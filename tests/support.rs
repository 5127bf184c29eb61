//! Texts compiled in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use chancery::compile::{Compilation, Options, Session, compile};
use chancery::data::{self, Data, Record};
use chancery::diag::{Code, Diagnostics};
use chancery::layout::style::Style;
use chancery::layout::{Pages, pages};
use chancery::source::Source;
use chancery::world::MemoryWorld;
use proptest::test_runner::RngSeed;

/// The day of every test.
pub const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

/// The header that bodies get which have none.
pub const HEADER: &str = "document: declaration\nlanguage: en\ntitle: Draft declaration on an example\n---\n\n";

/// A body in a language, with a header.
pub fn draft(language: &str, body: &str) -> String {
    HEADER.replace("language: en", &format!("language: {language}")) + body
}

/// A whole text, or a body of an English draft.
pub fn compiled(text: &str) -> Compilation {
    compiled_in(text, &BTreeMap::new())
}

/// The same in a project with these files; registries are named by themselves.
pub fn compiled_in(text: &str, files: &BTreeMap<String, String>) -> Compilation {
    let whole = text.contains("\n---\n") || text.starts_with("document:");
    let text = if whole || text.trim().is_empty() { text.to_owned() } else { HEADER.to_owned() + text };
    let mut world = MemoryWorld::new().on(TODAY).with("text.decl", text.into_bytes());
    let registries: Vec<String> =
        files.keys().filter(|p| p.starts_with("registry/")).map(|p| format!("{p:?}")).collect();
    if !registries.is_empty() {
        world = world.with("chancery.toml", format!("registries = [{}]\n", registries.join(", ")));
    }
    for (path, text) in files {
        world = world.with(path, text.as_bytes());
    }
    match files.iter().find(|(path, _)| path.starts_with("data.")) {
        Some((path, text)) => filled(&world, "text.decl", path, text).swap_remove(0),
        None => compile(&world, "text.decl", &Options::default()).expect("a world in memory can be read"),
    }
}

/// A text with each record of a file of data; where that cannot be read, one
/// compilation says why.
pub fn filled(world: &MemoryWorld, path: &str, name: &str, data: &str) -> Vec<Compilation> {
    let mut session = Session::new(world);
    let source = Arc::new(Source::new(name, data));
    let file = session.add(source.clone());
    let mut found = Diagnostics::default();
    let records = match data::read(&source, file, &mut found) {
        Some(Data::One(record)) => vec![record],
        Some(Data::Many(records)) => (0..records.len()).filter_map(|at| records.get(at)).collect(),
        None => Vec::new(),
    };
    let compiled = |record: Option<Record>| {
        session.compile(path, &Options { record, ..Options::default() }).expect("a world in memory can be read")
    };
    if found.has_errors() {
        let mut compilation = compiled(None);
        compilation.found = found;
        return vec![compilation];
    }
    records.into_iter().map(|record| compiled(Some(record))).collect()
}

pub fn compiled_bytes(bytes: Vec<u8>) -> Compilation {
    let world = MemoryWorld::new().on(TODAY).with("text.decl", bytes);
    compile(&world, "text.decl", &Options::default()).expect("a world in memory can be read")
}

/// The codes that were found, in the order of the text.
pub fn codes(text: &str) -> Vec<Code> {
    compiled(text).found.iter().map(|found| found.code).collect()
}

pub fn laid_out(text: &str) -> Pages {
    let compilation = compiled(text);
    let checked = compilation.checked.unwrap_or_else(|| panic!("{:?}", compilation.found));
    pages(&checked, &Style::house())
}

/// The text of each line of a document, page by page; heads left out.
pub fn body_lines(pages: &Pages) -> Vec<Vec<String>> {
    let line = |line: &chancery::layout::Line| {
        let words: Vec<&str> = line.runs.iter().map(|run| run.text.as_str()).collect();
        words.concat().replace('\u{A0}', " ")
    };
    pages.pages.iter().map(|page| page.lines.iter().filter(|l| !l.role.is_artifact()).map(line).collect()).collect()
}

/// How many texts a property is tried on, and which: `PROPTEST_CASES` new ones if that is
/// given, else as many as are tried each time, and always the same.
pub fn cases(usual: u32) -> proptest::prelude::ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(1994) };
    proptest::prelude::ProptestConfig {
        cases: asked.unwrap_or(usual),
        rng_seed,
        failure_persistence: None,
        ..Default::default()
    }
}

/// The published texts of `CHANCERY_CORPUS`, pasted below a header; none where it is not
/// given.
pub fn published() -> Vec<String> {
    let Some(folder) = std::env::var_os("CHANCERY_CORPUS") else { return Vec::new() };
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let texts = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    texts
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let language = name.split('_').next().unwrap_or_default();
            draft(language, &std::fs::read_to_string(path).expect("UTF-8"))
        })
        .collect()
}
