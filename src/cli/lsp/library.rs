//! What is asked of all texts of the project together: symbols, and who cites what.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::SystemTime;

use lsp_server::Request;
use serde_json::{Value, json};

use super::buffers::real;
use super::positions::Positions;
use super::shared::{INVALID, Shared};
use super::shown::file_name;
use crate::cli::disk::DiskWorld;
use crate::cli::files::{self, Input};
use crate::compile::{compile, parse_by_path};
use crate::diag::Diagnostics;
use crate::source::{FileId, Source};
use crate::syntax::ast::{Entry, Segment};
use crate::syntax::words_of;

/// No more texts of a project are looked at.
const TEXTS: usize = 2000;

/// So many symbols are found at once.
const SYMBOLS: usize = 500;

/// A larger text is not looked at, in bytes.
const LARGEST: u64 = 4 << 20;

/// The paths of the texts below a folder.
pub(super) fn files_below(root: &Path) -> Vec<String> {
    let inputs = files::inputs(&[root.to_owned()]).unwrap_or_default();
    let path = |input: &Input| {
        let inside = input.path.strip_prefix(root).ok()?;
        let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
        Some(parts?.join("/"))
    };
    inputs.iter().filter(|input| !input.leads_out).take(TEXTS).filter_map(path).collect()
}

/// The thread that answers such requests.
pub(super) fn open(shared: Arc<Shared>) -> Sender<Request> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || Library { shared, cited: HashMap::new() }.work(&receiver));
    sender
}

struct Library {
    shared: Arc<Shared>,
    /// What each text cites, as it was at a time.
    cited: HashMap<PathBuf, (Option<SystemTime>, BTreeSet<String>)>,
}

impl Library {
    fn work(mut self, requests: &Receiver<Request>) {
        while let Ok(Request { id, method, params }) = requests.recv() {
            if !self.shared.is_pending(&id) {
                continue;
            }
            let answer = match method.as_str() {
                "workspace/symbol" => Ok(self.symbols(params["query"].as_str().unwrap_or_default())),
                "codeLens/resolve" => self.resolve(params),
                _ => Err((INVALID, format!("`{method}` is not known"))),
            };
            self.shared.answer(id, answer);
        }
    }

    /// The texts of the folders that are open.
    fn texts(&self) -> Vec<PathBuf> {
        let folders = self.shared.settings().folders;
        let mut paths = BTreeSet::new();
        for folder in folders {
            let inputs = files::inputs(&[folder]).unwrap_or_default();
            paths.extend(inputs.into_iter().filter(|input| !input.leads_out).map(|input| input.path));
        }
        let is_small = |path: &PathBuf| std::fs::metadata(path).is_ok_and(|found| found.len() <= LARGEST);
        paths.into_iter().take(TEXTS).filter(is_small).collect()
    }

    /// Titles, symbols and headings that have all words of a query.
    fn symbols(&self, query: &str) -> Value {
        let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let encoding = self.shared.settings().encoding;
        let mut all: Vec<Value> = Vec::new();
        for path in self.texts() {
            let open = self.shared.buffers.get(&real(&path)).map(|buffer| buffer.text.to_string());
            let Some(text) = open.or_else(|| std::fs::read_to_string(&path).ok()) else { continue };
            let source = Source::new(path.display().to_string(), text);
            let tree = parse_by_path(&source, FileId(0), &mut Diagnostics::default());
            let positions = Positions::of(source.text(), encoding);
            let uri = self.shared.uri_of(&path);
            let mut add = |name: String, kind: u8, range: std::ops::Range<usize>| {
                let lower = name.to_lowercase();
                if all.len() < SYMBOLS && !name.trim().is_empty() && words.iter().all(|word| lower.contains(word)) {
                    let location = json!({ "uri": uri, "range": positions.shown(&range) });
                    all.push(json!({
                        "name": name, "kind": kind, "location": location, "containerName": file_name(&path),
                    }));
                }
            };
            let value = |key: &str| tree.header.get(key).map(Entry::value).unwrap_or_default();
            if let Some(title) = tree.header.get("title").or_else(|| tree.header.get("template")) {
                let name = format!("{} {}", value("symbol"), title.value());
                add(name.trim().to_owned(), 1, title.span().range());
            }
            for segment in &tree.body {
                if let Segment::Block(block) = segment
                    && let Some(keyword) = block.keyword()
                {
                    let words = words_of(&keyword.value);
                    if !words.trim().is_empty() {
                        add(format!("{}: {}", keyword.name.word(), words.trim()), 3, block.span.range());
                    }
                }
            }
        }
        all.into()
    }

    /// “cited by 3 texts”
    fn resolve(&mut self, mut lens: Value) -> Result<Value, (i32, String)> {
        let symbol = lens["data"]["symbol"].as_str().unwrap_or_default().to_owned();
        let own = lens["data"]["uri"].as_str().and_then(super::paths::to_path).map(|path| real(&path));
        let mut citing = Vec::new();
        for path in self.texts() {
            let key = real(&path);
            if Some(&key) != own.as_ref() && self.cites(&path, key, &symbol) {
                citing.push(path);
            }
        }
        let title = match citing.len() {
            0 => "cited by no text of the project".to_owned(),
            1 => "cited by 1 text of the project".to_owned(),
            many => format!("cited by {many} texts of the project"),
        };
        let places: Vec<Value> = citing.iter().map(|path| super::shown::beginning(path)).collect();
        lens["command"] = if places.is_empty() {
            json!({ "title": title, "command": "" })
        } else {
            let from = lens["range"]["start"].clone();
            let arguments = json!([lens["data"]["uri"], from, places]);
            json!({ "title": title, "command": "chancery.showPlaces", "arguments": arguments })
        };
        Ok(lens)
    }

    fn cites(&mut self, path: &Path, key: PathBuf, symbol: &str) -> bool {
        let written = std::fs::metadata(path).and_then(|found| found.modified()).ok();
        if let Some((then, cited)) = self.cited.get(&key)
            && *then == written
        {
            return cited.contains(symbol);
        }
        let world = DiskWorld::of(path);
        let compilation = compile(&world, world.name(), &self.shared.options());
        let cited: BTreeSet<String> = compilation
            .map(|compilation| compilation.references.into_iter().map(|reference| reference.symbol).collect())
            .unwrap_or_default();
        let is_citing = cited.contains(symbol);
        self.cited.insert(key, (written, cited));
        is_citing
    }
}
