//! The types of document and the clauses that come along.

include!(concat!(env!("OUT_DIR"), "/templates.rs"));
include!(concat!(env!("OUT_DIR"), "/clauses.rs"));

/// Under this name messages show a file that is built in.
pub(super) const FOLDER: &str = "chancery:";

/// The text of a file that is built in.
pub(super) fn text(path: &str) -> Option<&'static str> {
    let find = |list: &'static [(&str, &'static str)], name: &str| {
        list.iter().find(|(found, _)| *found == name).map(|(_, text)| *text)
    };
    let name = path.strip_suffix(".decl")?;
    match name.strip_prefix("templates/") {
        Some(name) => find(TEMPLATES, name),
        None => find(CLAUSES, name.strip_prefix("clauses/")?),
    }
}

/// The names of the types of document, each once.
pub fn templates() -> impl Iterator<Item = &'static str> {
    let stem = |(name, _): &(&'static str, &str)| name.split_once('.').map_or(*name, |(stem, _)| stem);
    let names: std::collections::BTreeSet<&str> = TEMPLATES.iter().map(stem).collect();
    names.into_iter()
}

/// The paths of the clauses, as texts include them.
pub fn clauses() -> impl Iterator<Item = String> {
    CLAUSES.iter().map(|(name, _)| format!("clauses/{name}.decl"))
}
