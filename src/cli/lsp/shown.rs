//! What the library says, as the protocol has it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::paths;
use super::positions::{Encoding, Positions};
use super::shared::Shared;
use super::world::OpenWorld;
use crate::compile::Compilation;
use crate::diag::{Code, Diagnostic, Severity};
use crate::editor::{Completion, CompletionKind, Hover, Located, Symbol, SymbolKind};
use crate::source::{Source, Span};

/// What turns places into those of the protocol.
pub(super) struct Places<'a> {
    pub shared: &'a Shared,
    pub world: &'a OpenWorld,
    pub uri: &'a str,
    pub encoding: Encoding,
}

impl Places<'_> {
    /// The address of a source; none where it comes along.
    pub fn uri_of(&self, source: &Source) -> Option<String> {
        if source.name() == self.world.name() {
            return Some(self.uri.to_owned());
        }
        if source.name().is_empty() {
            return None;
        }
        Some(self.shared.uri_of(&self.world.place_of(source.name())?))
    }

    /// A place as the protocol has it.
    pub fn location(&self, located: &Located) -> Option<Value> {
        let uri = self.uri_of(&located.source)?;
        let positions = Positions::of(located.source.text(), self.encoding);
        Some(json!({ "uri": uri, "range": positions.shown(&located.range) }))
    }
}

/// What was found, by the address of its file.
pub(super) fn findings(compilation: &Compilation, places: &Places<'_>, strict: bool) -> BTreeMap<String, Vec<Value>> {
    let mut by_file: BTreeMap<String, Vec<Value>> = BTreeMap::from([(places.uri.to_owned(), Vec::new())]);
    let mut lines: BTreeMap<u32, (Option<String>, Positions<'_>)> = BTreeMap::new();
    for (file, source) in compilation.sources.iter() {
        lines.insert(file.0, (places.uri_of(source), Positions::of(source.text(), places.encoding)));
    }
    let place = |span: Span| {
        let (uri, positions) = lines.get(&span.file.0)?;
        Some((uri.clone()?, positions.shown(&span.range())))
    };
    for found in compilation.found.iter() {
        // What stands in a file that comes along is shown at the beginning of the text.
        let top = || {
            let origin = json!({ "line": 0, "character": 0 });
            (places.uri.to_owned(), json!({ "start": origin, "end": origin }))
        };
        let (uri, range) = place(found.place).unwrap_or_else(top);
        by_file.entry(uri).or_default().push(finding(found, range, &place, strict));
    }
    for more in compilation.found.unkept() {
        let words = format!("{} more findings `{}` are not shown", more.count, more.code.name());
        let origin = json!({ "line": 0, "character": 0 });
        let shown = json!({
            "range": { "start": origin, "end": origin },
            "severity": severity(more.severity, strict),
            "code": more.code.name(),
            "source": "chancery",
            "message": words,
        });
        by_file.entry(places.uri.to_owned()).or_default().push(shown);
    }
    by_file
}

fn severity(severity: Severity, strict: bool) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning if strict => 1,
        Severity::Warning => 2,
        Severity::Info => 3,
    }
}

fn finding(found: &Diagnostic, range: Value, place: &dyn Fn(Span) -> Option<(String, Value)>, strict: bool) -> Value {
    let mut message = found.message.clone();
    if found.count > 1 {
        message.push_str(&format!(" ({} times)", found.count));
    }
    if let Some(hint) = &found.hint {
        message.push('\n');
        message.push_str(hint);
    }
    let related: Vec<Value> = found
        .others
        .iter()
        .filter_map(|(span, what)| {
            let (uri, range) = place(*span)?;
            Some(json!({ "location": { "uri": uri, "range": range }, "message": what }))
        })
        .collect();
    let mut shown = json!({
        "range": range,
        "severity": severity(found.severity, strict),
        "code": found.code.name(),
        "source": "chancery",
        "message": message,
    });
    if !related.is_empty() {
        shown["relatedInformation"] = related.into();
    }
    // What is no longer in force is struck out.
    if matches!(found.code, Code::Superseded | Code::Terminated) {
        shown["tags"] = json!([2]);
    }
    shown
}

/// What is said of a place. No word of an author's is markup.
pub(super) fn hover(hover: &Hover, positions: &Positions<'_>, markdown: bool) -> Value {
    let value = if markdown {
        let lines = hover.lines.iter().map(|line| escaped(line));
        let head = format!("**{}**", escaped(&hover.head));
        let address = hover.address.iter().map(|address| format!("<{}>", address.replace(['<', '>', ' '], "")));
        std::iter::once(head).chain(lines).chain(address).collect::<Vec<_>>().join("\n\n")
    } else {
        let lines = std::iter::once(&hover.head).chain(&hover.lines).chain(&hover.address);
        lines.cloned().collect::<Vec<_>>().join("\n")
    };
    let kind = if markdown { "markdown" } else { "plaintext" };
    json!({ "contents": { "kind": kind, "value": value }, "range": positions.shown(&hover.range) })
}

/// Words in which nothing is markup.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ';' | ':' | '(' | ')' | '/' | '-' | '\'' | '?') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    // A line that would begin a list or a heading begins with its words.
    if out.starts_with('-') { format!("\\{out}") } else { out }
}

/// Something that may stand at a place.
pub(super) fn completion(completion: &Completion, positions: &Positions<'_>, snippets: bool, at: usize) -> Value {
    let kind = match completion.kind {
        CompletionKind::Key => 10,
        CompletionKind::Value => 12,
        CompletionKind::Keyword => 14,
        CompletionKind::Phrase => 1,
        CompletionKind::Instrument => 18,
        CompletionKind::Label => 18,
        CompletionKind::Parameter => 6,
        CompletionKind::Filter => 3,
        CompletionKind::Delegation => 20,
        CompletionKind::File => 17,
    };
    let is_snippet = snippets && completion.insert.contains("$0");
    let text = if is_snippet { completion.insert.replace('}', "\\}") } else { completion.insert.replace("$0", "") };
    let mut item = json!({
        "label": completion.label,
        "kind": kind,
        "sortText": format!("{at:05}"),
        "insertTextFormat": if is_snippet { 2 } else { 1 },
        "textEdit": { "range": positions.shown(&completion.range), "newText": text },
    });
    if !completion.detail.is_empty() {
        item["detail"] = completion.detail.clone().into();
    }
    if let Some(filter) = &completion.filter {
        item["filterText"] = filter.clone().into();
    }
    item
}

/// The outline as a tree: what is deeper belongs to what stands before.
pub(super) fn symbols(symbols: &[Symbol], positions: &Positions<'_>) -> Vec<Value> {
    // From behind, so that what belongs to a symbol is made when it comes.
    let mut levels: Vec<Vec<Value>> = Vec::new();
    for symbol in symbols.iter().rev() {
        while levels.len() < symbol.depth + 2 {
            levels.push(Vec::new());
        }
        let mut children = std::mem::take(&mut levels[symbol.depth + 1]);
        children.reverse();
        let kind = match symbol.kind {
            SymbolKind::Title => 1,
            SymbolKind::Part => 2,
            SymbolKind::Section => 3,
            SymbolKind::Paragraph => 15,
            SymbolKind::Item => 20,
            SymbolKind::Other => 19,
        };
        let name = symbol.name.trim();
        levels[symbol.depth].push(json!({
            "name": if name.is_empty() { "–" } else { name },
            "kind": kind,
            "range": positions.shown(&symbol.range),
            "selectionRange": positions.shown(&symbol.selection),
            "children": children,
        }));
    }
    let mut top = levels.into_iter().next().unwrap_or_default();
    top.reverse();
    top
}

/// The name of a file for messages.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The address and place of a whole file.
pub(super) fn beginning(path: &Path) -> Value {
    let origin = json!({ "line": 0, "character": 0 });
    json!({ "uri": paths::to_uri(path), "range": { "start": origin, "end": origin } })
}

/// A source that is no longer part of a compilation.
pub(super) fn source_of(compilation: &Compilation) -> Option<Arc<Source>> {
    compilation.sources.shared(compilation.file)
}
