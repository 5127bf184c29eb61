//! What `ARCHITECTURE.md` says of the sources is true.

use std::collections::{BTreeMap, BTreeSet};

use crate::imports::{Sources, is_in};

/// A row of the table of folders: a room under `src/`, and what it may name.
struct Row {
    /// `compile/check`.
    room: String,
    /// Modules of the crate; of a room in another room, modules beside it, and
    /// that room's own name for what its `mod.rs` holds.
    may_name: BTreeSet<String>,
}

impl Row {
    /// The room around it.
    fn around(&self) -> Option<&str> {
        self.room.rsplit_once('/').map(|(around, _)| around)
    }

    fn may(&self, name: &str) -> bool {
        self.may_name.contains(name) || self.may_name.contains("anything")
    }
}

/// `| folder | what it is | may name |`
fn table() -> Vec<Row> {
    let text = std::fs::read_to_string("ARCHITECTURE.md").expect("UTF-8");
    let rows = text.lines().filter(|line| line.starts_with("| `src/"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [path, _, may_name] = cells[..] else { panic!("a row has three cells: {line}") };
        let path = path.strip_prefix("`src/").and_then(|path| path.strip_suffix('`'));
        let path = path.unwrap_or_else(|| panic!("a row has one path: {line}"));
        let room = path.trim_end_matches('/').trim_end_matches(".rs").to_owned();
        let may_name = may_name.split(", ").filter(|name| *name != "–").map(str::to_owned).collect();
        Row { room, may_name }
    })
    .collect()
}

#[test]
fn the_table_has_a_row_for_each_room_and_no_other() {
    let sources = Sources::read();
    let mut rooms: BTreeSet<&str> = BTreeSet::new();
    for (module, file) in &sources.files {
        let ends = file.path.match_indices('/').map(|(end, _)| end);
        rooms.extend(ends.map(|end| &file.path[..end]));
        if !file.path.contains('/') && !["lib.rs", "main.rs"].contains(&file.path.as_str()) {
            rooms.insert(module);
        }
    }
    let table = table();
    let rows: BTreeSet<&str> = table.iter().map(|row| row.room.as_str()).collect();
    assert_eq!(rows.len(), table.len(), "a room has two rows");
    let missing: Vec<_> = rooms.difference(&rows).collect();
    let gone: Vec<_> = rows.difference(&rooms).collect();
    assert!(missing.is_empty() && gone.is_empty(), "rooms without a row: {missing:?}; rows without a room: {gone:?}");
    // What may be named is there.
    let root = sources.files[""].code();
    for row in &table {
        for name in row.may_name.iter().filter(|name| *name != "anything") {
            let is_there = match row.around() {
                Some(around) => {
                    sources.files.contains_key(&format!("{around}/{name}")) || around.rsplit('/').next() == Some(name)
                }
                None => sources.files.contains_key(name) || root.contains(&format!("pub enum {name} ")),
            };
            assert!(is_there, "src/{} may name `{name}`, which is not there", row.room);
        }
    }
}

#[test]
fn every_file_begins_with_what_it_is() {
    let sources = Sources::read();
    let silent: Vec<_> =
        sources.files.values().filter(|file| !file.text.starts_with("//! ")).map(|file| &file.path).collect();
    assert!(silent.is_empty(), "files that do not say what they are: {silent:?}");
}

#[test]
fn modules_name_only_what_they_may() {
    let sources = Sources::read();
    let mut wrong = Vec::new();
    for row in table() {
        for module in sources.of_room(&row.room) {
            for path in sources.named_by(module) {
                let name = match row.around() {
                    // Modules of the crate, or what lib.rs itself has.
                    None => path.split('/').next().unwrap_or(""),
                    // What lies outside of the room around it is for that room's row.
                    Some(around) if !is_in(sources.home(&path), around) => continue,
                    Some(around) => {
                        let beside = sources.home(&path)[around.len()..].trim_start_matches('/').split('/').next();
                        beside.filter(|name| !name.is_empty()).or(around.rsplit('/').next()).unwrap_or(around)
                    }
                };
                if Some(name) != row.room.rsplit('/').next() && !row.may(name) {
                    wrong.push(format!("src/{} names {}", sources.files[module].path, path.replace('/', "::")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rooms in which no two files import each other, however far around.
const ROOMS: &[&str] = &[
    "assemble",
    "cite",
    "cli",
    "compare",
    "compile",
    "editor",
    "import",
    "layout",
    "negotiate",
    "render/docx",
    "render/redline",
    "render/html",
    "render/akn",
    "render/pdf",
];

#[test]
fn no_two_files_of_a_room_import_each_other() {
    let sources = Sources::read();
    let mut wrong = String::new();
    for room in ROOMS {
        let circles = circles(&sources, &sources.of_room(room));
        if !circles.is_empty() {
            wrong.push_str(&format!("{room} has circles:\n{}\n", circles.join("\n\n")));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Sets of modules each of which reaches all others by imports, each with what
/// it imports of them.
fn circles(sources: &Sources, modules: &BTreeSet<&str>) -> Vec<String> {
    let imports: BTreeMap<&str, BTreeSet<&str>> = modules
        .iter()
        .map(|module| (*module, sources.imports(module).intersection(modules).copied().collect()))
        .collect();
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        modules.iter().map(|module| (*module, reached_from(module, &imports))).collect();
    let mut circles = BTreeSet::new();
    for module in modules {
        let circle: BTreeSet<&str> =
            reached[module].iter().copied().filter(|other| reached[other].contains(module)).collect();
        let line = |module: &&str| {
            let of_circle: Vec<&str> = imports[module].intersection(&circle).copied().collect();
            format!("  {module} → {}", of_circle.join(", "))
        };
        if !circle.is_empty() {
            circles.insert(circle.iter().map(line).collect::<Vec<_>>().join("\n"));
        }
    }
    circles.into_iter().collect()
}

fn reached_from<'a>(module: &str, imports: &BTreeMap<&str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = imports[module].iter().copied().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(&imports[next]);
        }
    }
    reached
}

/// How many lines a file has at the most.
const MAX_FILE: usize = 500;

/// How many lines a function has at the most.
const MAX_FUNCTION: usize = 80;

/// Files that are longer, and are to be divided.
const LONG_FILES: &[&str] = &[];

/// Functions that are longer, and are to be cut.
const LONG_FUNCTIONS: &[&str] = &[];

/// Says what is too long and not in the list, and what is in the list and not
/// too long.
fn hold(too_long: &BTreeMap<String, usize>, list: &[&str], most: usize) {
    let new: Vec<_> = too_long.iter().filter(|(name, _)| !list.contains(&name.as_str())).collect();
    assert!(new.is_empty(), "longer than {most} lines: {new:?}");
    let done: Vec<_> = list.iter().filter(|name| !too_long.contains_key(**name)).collect();
    assert!(done.is_empty(), "no longer than {most} lines any more, take them out of the list: {done:?}");
}

#[test]
fn no_file_is_longer_than_can_be_read_at_once() {
    let sources = Sources::read();
    let lengths = sources.files.values().map(|file| (file.path.clone(), file.text.lines().count()));
    hold(&lengths.filter(|(_, lines)| *lines > MAX_FILE).collect(), LONG_FILES, MAX_FILE);
}

#[test]
fn no_function_is_longer_than_can_be_read_at_once() {
    let mut too_long = BTreeMap::new();
    for file in Sources::read().files.values() {
        let lines: Vec<&str> = file.text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(name) = function(line) else { continue };
            let length = lines_of_function(&lines[at..]);
            if length > MAX_FUNCTION {
                too_long.insert(format!("{}: {name}", file.path), length);
            }
        }
    }
    hold(&too_long, LONG_FUNCTIONS, MAX_FUNCTION);
}

/// The name of the function that a line begins.
fn function(line: &str) -> Option<&str> {
    let (before, after) = line.trim_start().split_once("fn ")?;
    let begins = before.is_empty() || ["pub", "const ", "async "].iter().any(|word| before.starts_with(word));
    let name = after.split(['(', '<']).next()?;
    (begins && !name.is_empty()).then_some(name)
}

/// The lines up to the bracket at the indentation of the first, where rustfmt
/// puts the one that closes it.
fn lines_of_function(lines: &[&str]) -> usize {
    let indentation = |line: &str| line.len() - line.trim_start().len();
    if lines[0].ends_with(['}', ';']) {
        return 1;
    }
    let ends = |line: &&str| {
        let words = line.trim_start();
        let closes = words.starts_with('}') || words.starts_with(')') && words.ends_with(';');
        closes && indentation(line) == indentation(lines[0])
    };
    lines.iter().skip(1).position(ends).map_or(lines.len(), |at| at + 2)
}

#[test]
fn libraries_stay_behind_their_doors() {
    let doors = [
        ("pest", "syntax/"),
        ("printpdf", "render/pdf/"),
        ("lopdf", "render/pdf/"),
        ("quick_xml", "diag/ render/pdf/metadata.rs ooxml/"),
        ("sha2", "cli/ render/pdf/file.rs ooxml/hash.rs"),
        ("toml", "config.rs registry/ data/"),
        ("csv", "data/table.rs cli/"),
        ("ttf_parser", "fonts/read.rs"),
        ("saphyr_parser", "data/yaml.rs"),
        ("icu_list", "locale/words.rs"),
        ("icu_decimal", "locale/words.rs"),
        ("icu_plurals", "locale/words.rs"),
        ("rawzip", "ooxml/"),
        ("imara_diff", "compare/pair.rs"),
        ("lsp_types", "cli/lsp/"),
        ("lsp_server", "cli/lsp/"),
        ("clap", "cli/"),
        ("std::fs", "cli/"),
        ("std::env", "cli/"),
        ("rayon", "cli/"),
        ("indicatif", "cli/"),
    ];
    for file in Sources::read().files.values() {
        let (name, code) = (&file.path, file.code());
        for (library, doors) in doors {
            let named = [format!("use {library}"), format!("{library}::")];
            let names = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| named.iter().any(|n| line.contains(n.as_str())));
            assert!(!names || doors.split(' ').any(|door| name.starts_with(door)), "{name} names {library}");
        }
    }
}

/// Faults are findings, never panics.
#[test]
fn no_code_can_panic_by_its_own_words() {
    for file in Sources::read().files.values() {
        let (name, code) = (&file.path, file.code());
        for word in [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("] {
            assert!(!code.contains(word), "{name} has {word}");
        }
    }
}
