//! Modules name only what `ARCHITECTURE.md` allows them.

use std::path::Path;

/// Folder or file under `src/`, and the modules of the crate that it may name.
const ALLOWED: &[(&str, &[&str])] = &[
    ("source.rs", &[]),
    ("world.rs", &["source"]),
    ("config.rs", &["source", "diag", "world", "fonts"]),
    ("fonts", &[]),
    ("diag", &["source", "world"]),
    ("locale", &["source", "diag"]),
    ("syntax", &["source", "diag", "locale"]),
    ("model", &[]),
    ("data", &["source", "diag", "syntax"]),
    ("registry", &["source", "world", "config", "diag", "syntax", "data"]),
    ("cite", &["locale", "registry", "syntax"]),
    (
        "compile",
        &[
            "source", "data", "world", "config", "cite", "diag", "locale", "fonts", "syntax", "registry", "model",
            "layout", "Error",
        ],
    ),
    ("layout", &["model", "locale", "fonts", "diag", "layout"]),
    ("render", &["model", "layout", "fonts", "Error"]),
];

fn sources(path: &Path, found: &mut Vec<(String, String)>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).expect("a folder") {
            sources(&entry.expect("an entry").path(), found);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        let name = path.strip_prefix("src").expect("under src").display().to_string();
        found.push((name, std::fs::read_to_string(path).expect("UTF-8")));
    }
}

#[test]
fn modules_name_only_what_they_may() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for (name, text) in &files {
        let top = name.split('/').next().expect("a name");
        let Some((_, allowed)) = ALLOWED.iter().find(|(folder, _)| *folder == top) else { continue };
        let code = text.split("#[cfg(test)]").next().expect("code");
        for (_, rest) in code.match_indices("crate::").map(|(at, found)| code.split_at(at + found.len())) {
            let module: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let own = top.trim_end_matches(".rs");
            let visibility = module.is_empty() || module == own;
            assert!(visibility || allowed.contains(&module.as_str()), "{name} names crate::{module}");
        }
    }
}

#[test]
fn libraries_stay_behind_their_doors() {
    let doors = [
        ("pest", "syntax/"),
        ("printpdf", "render/pdf/"),
        ("lopdf", "render/pdf/"),
        ("quick_xml", "diag/ render/pdf/metadata.rs"),
        ("sha2", "cli/ render/pdf/file.rs"),
        ("toml", "config.rs registry/ data/"),
        ("csv", "data/table.rs cli/"),
        ("ttf_parser", "fonts/read.rs"),
        ("saphyr_parser", "data/yaml.rs"),
        ("icu_list", "locale/words.rs"),
        ("icu_decimal", "locale/words.rs"),
        ("icu_plurals", "locale/words.rs"),
        ("clap", "cli/"),
        ("std::fs", "cli/"),
        ("std::env", "cli/"),
        ("rayon", "cli/"),
        ("indicatif", "cli/"),
    ];
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for (name, text) in &files {
        let code = text.split("#[cfg(test)]").next().expect("code");
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
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for (name, text) in &files {
        let code = text.split("#[cfg(test)]").next().expect("code");
        for word in [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("] {
            assert!(!code.contains(word), "{name} has {word}");
        }
    }
}
