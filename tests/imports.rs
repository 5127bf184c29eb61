//! What files of Rust name of their own crate, read from their words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The files of `src/` by their modules, `compile/check/quotes`; a folder's
/// `mod.rs` is the folder, and `lib.rs` is "".
pub struct Sources {
    pub files: BTreeMap<String, File>,
}

pub struct File {
    /// Below `src/`.
    pub path: String,
    pub text: String,
}

impl File {
    /// What is compiled into the library.
    pub fn code(&self) -> &str {
        self.text.split("#[cfg(test)]\nmod ").next().unwrap_or("")
    }
}

impl Sources {
    pub fn read() -> Self {
        let mut sources = Sources { files: BTreeMap::new() };
        sources.add(Path::new("src"));
        sources
    }

    fn add(&mut self, path: &Path) {
        if path.is_dir() {
            std::fs::read_dir(path).expect("a folder").for_each(|entry| self.add(&entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let path_below = path.strip_prefix("src").expect("under src").display().to_string();
            let module = path_below.trim_end_matches(".rs").trim_end_matches("/mod");
            let module = if module == "lib" { "" } else { module }.to_owned();
            self.files.insert(module, File { path: path_below, text: std::fs::read_to_string(path).expect("UTF-8") });
        }
    }

    /// The paths of the crate that a module names, from its root:
    /// `compile/check/Words`.
    pub fn named_by(&self, module: &str) -> BTreeSet<String> {
        let paths = paths(self.files[module].code());
        paths.iter().filter_map(|path| self.rooted(path, module)).collect()
    }

    fn rooted(&self, path: &[&str], module: &str) -> Option<String> {
        let mut at: Vec<&str> = module.split('/').filter(|name| !name.is_empty()).collect();
        let mut rest = path;
        match path.first().copied()? {
            "crate" => (at, rest) = (Vec::new(), &path[1..]),
            "self" => rest = &path[1..],
            "super" => {
                while rest.first() == Some(&"super") {
                    at.pop();
                    rest = &rest[1..];
                }
            }
            // A module in this one; anything else is of another crate, or was imported.
            child => {
                let is_child = self.files.contains_key(&[at.as_slice(), &[child]].concat().join("/"));
                if !is_child {
                    return None;
                }
            }
        }
        at.extend(rest.iter().filter(|name| **name != "self"));
        Some(at.join("/"))
    }

    /// The module in which a path from the root lies.
    pub fn home(&self, path: &str) -> &str {
        let mut at = path;
        loop {
            if let Some((module, _)) = self.files.get_key_value(at) {
                return module;
            }
            at = at.rsplit_once('/').map_or("", |(room, _)| room);
        }
    }

    /// The modules that a module imports.
    pub fn imports(&self, module: &str) -> BTreeSet<&str> {
        self.named_by(module).iter().map(|path| self.home(path)).filter(|home| *home != module).collect()
    }

    /// The modules of a room: its folder's file and all in it.
    pub fn of_room(&self, room: &str) -> BTreeSet<&str> {
        self.files.keys().map(String::as_str).filter(|module| is_in(module, room)).collect()
    }
}

/// Whether a module is a room, or in it.
pub fn is_in(module: &str, room: &str) -> bool {
    module.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// All paths of a text: those of `use`, with their trees taken apart, and those
/// that stand in the code.
fn paths(code: &str) -> Vec<Vec<&str>> {
    let tokens = tokens(code);
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let before = at.checked_sub(1).map_or(";", |at| tokens[at]);
        if tokens[at] == "use" && [";", "{", "}", "]", ")", "pub"].contains(&before) {
            at += 1;
            tree(&tokens, &mut at, Vec::new(), &mut paths);
        } else if is_name(tokens[at]) && before != "::" && tokens.get(at + 1) == Some(&"::") {
            let mut path = vec![tokens[at]];
            while tokens.get(at + 1) == Some(&"::") && tokens.get(at + 2).is_some_and(|token| is_name(token)) {
                path.push(tokens[at + 2]);
                at += 2;
            }
            paths.push(path);
            at += 1;
        } else {
            at += 1;
        }
    }
    paths
}

/// `a::{b, c::d as e}`: reads a tree of `use` up to the sign after it.
fn tree<'a>(tokens: &[&'a str], at: &mut usize, mut path: Vec<&'a str>, paths: &mut Vec<Vec<&'a str>>) {
    while let Some(&token) = tokens.get(*at) {
        match token {
            "," | "}" | ";" => break,
            "{" => {
                *at += 1;
                while tokens.get(*at).is_some_and(|token| *token != "}") {
                    tree(tokens, at, path.clone(), paths);
                    *at += usize::from(tokens.get(*at) == Some(&","));
                }
                *at += 1;
                return;
            }
            "as" => *at += 1,
            name if is_name(name) => path.push(name),
            _ => {}
        }
        *at += 1;
    }
    paths.push(path);
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names and signs; comments and what stands in quotation marks left out.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let name = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let after = &rest[name..];
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => quoted(rest),
            '\'' => letter(rest),
            'r' | 'b' if ["r", "br"].contains(&&rest[..name]) && after.trim_start_matches('#').starts_with('"') => {
                let signs = after.len() - after.trim_start_matches('#').len();
                let end = format!("\"{}", "#".repeat(signs));
                let inner = &after[signs + 1..];
                rest.len() - inner.len() + inner.find(&end).map_or(inner.len(), |at| at + end.len())
            }
            ':' if rest.starts_with("::") => 2,
            _ => name.max(first.len_utf8()),
        };
        let token = &rest[..length];
        if !first.is_whitespace() && !['"', '\'', '/'].contains(&first) && !token.ends_with(['"', '#']) || token == "#"
        {
            tokens.push(token);
        }
        rest = &rest[length..];
    }
    tokens
}

/// The length of a string.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// The length of a letter in quotation marks, or of a lifetime's sign.
fn letter(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    let first = letters.next();
    match (first, letters.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let from = at + escaped.len_utf8();
            text[from..].find('\'').map_or(text.len(), |end| from + end + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

#[test]
fn paths_are_read_out_of_trees_and_code_and_not_out_of_words() {
    let code = "use crate::{a, b::{self, c as d}};\npub(in crate::x) use super::e::*;\nfn f<'a>() -> impl Sized + use<'a> {\n\
                \x20   // crate::no\n    let _ = (\"crate::no\", 'c', '\\'', r#\"crate::\"no\"#);\n    g::h(crate::i::J::k());\n}\n";
    let paths: Vec<String> = paths(code).iter().map(|path| path.join("::")).collect();
    assert_eq!(paths, ["crate::a", "crate::b::self", "crate::b::c", "crate::x", "super::e", "g::h", "crate::i::J::k"]);
}
