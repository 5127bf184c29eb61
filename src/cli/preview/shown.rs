//! What a preview shows: pages, findings, and where the cursor is.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use crate::compile::Compilation;
use crate::editor;

/// How long a browser waits for the next version before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);

/// A page: its SVG, a hash of it, and which line of the text stands where.
struct PageShown {
    svg: String,
    hash: u64,
    places: Vec<(f64, usize)>,
    size: (f64, f64),
}

#[derive(Default)]
struct State {
    version: u64,
    title: String,
    pages: Vec<PageShown>,
    findings: Vec<Value>,
    /// Whether the pages are those of an older version, because this one is no document.
    is_old: bool,
    /// Whether the text has errors, so that the pages cannot be built.
    is_proof: bool,
    cursor: Option<usize>,
    fonts: Vec<Vec<u8>>,
}

/// What is shown, and who waits for it.
#[derive(Default)]
pub(super) struct Shown {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shown {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        change(&mut state);
        state.version += 1;
        drop(state);
        self.changed.notify_all();
    }

    /// Shows a version: its pages, or if it is no document those of the last one that was.
    pub fn show(&self, compilation: &Compilation) {
        let style = &compilation.style;
        let source = compilation.sources.get(compilation.file);
        let line = |byte: usize| source.map_or(0, |source| source.location(byte).line);
        let pages = editor::pages(compilation).map(|pages| {
            let shown = pages.into_iter().map(|page| {
                let places = page.places.iter().map(|(height, at)| (*height, line(*at))).collect();
                PageShown { places, hash: page.drawing(), svg: page.svg, size: page.size }
            });
            shown.collect::<Vec<PageShown>>()
        });
        let findings = compilation.found.iter().map(|found| {
            let own = found.place.file == compilation.file;
            json!({
                "severity": found.severity.name(),
                "code": found.code.name(),
                "message": found.in_words(),
                "line": if own { line(found.place.range().start) } else { 0 },
            })
        });
        let findings: Vec<Value> = findings.collect();
        let title = compilation.document.as_ref().map(|document| crate::model::plain_lines(document.title()));
        let faces = crate::fonts::Face::ALL.map(|face| style.typeface.font(face).file().to_vec());
        self.change(|state| {
            state.is_old = pages.is_none();
            state.is_proof = compilation.checked.is_none();
            if let Some(pages) = pages {
                state.pages = pages;
            }
            state.findings = findings;
            state.title = title.unwrap_or_default();
            state.fonts = faces.into();
        });
    }

    /// Says why nothing can be shown.
    pub fn fail(&self, why: &str) {
        self.change(|state| {
            state.is_old = true;
            state.findings = vec![json!({ "severity": "error", "code": "", "message": why, "line": 0 })];
        });
    }

    /// The line in which the cursor of an editor is.
    pub fn cursor(&self, line: usize) {
        self.change(|state| state.cursor = Some(line));
    }

    /// What is shown, as soon as it is another version than the one that is known.
    pub fn next(&self, known: u64) -> Value {
        let state = self.lock();
        let wait = self.changed.wait_timeout_while(state, PATIENCE, |state| state.version == known);
        let (state, _) = wait.unwrap_or_else(PoisonError::into_inner);
        let pages: Vec<Value> = state
            .pages
            .iter()
            .map(|page| json!({ "hash": page.hash.to_string(), "places": page.places, "size": page.size }))
            .collect();
        json!({
            "version": state.version,
            "title": state.title,
            "old": state.is_old,
            "proof": state.is_proof,
            "cursor": state.cursor,
            "pages": pages,
            "findings": state.findings,
        })
    }

    pub fn page(&self, at: usize) -> Option<String> {
        self.lock().pages.get(at).map(|page| page.svg.clone())
    }

    pub fn font(&self, at: usize) -> Option<Vec<u8>> {
        self.lock().fonts.get(at).cloned()
    }
}
