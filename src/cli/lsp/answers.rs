//! Requests on a text, answered.

use lsp_types::{
    CodeActionParams, DocumentRangeFormattingParams, InlayHintParams, ReferenceParams, RenameParams,
    SelectionRangeParams, SemanticTokensRangeParams, TextDocumentPositionParams,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::asked::{Answer, Asked};
use super::edits::{Changes, text_edit};
use super::positions::Positions;
use super::shared::{FAILED, INVALID};
use super::shown;
use super::{actions, library, tokens};
use crate::compile::parse_by_path;
use crate::diag::Diagnostics;
use crate::editor::Reading;
use crate::syntax;

fn read<P: DeserializeOwned>(params: Value) -> Result<P, (i32, String)> {
    serde_json::from_value(params).map_err(|error| (INVALID, error.to_string()))
}

impl Asked<'_> {
    /// Answers a request of the protocol.
    pub fn answer(&self, method: &str, params: Value) -> Answer {
        let Some(reading) = Reading::of(self.session, self.compilation) else { return Ok(Value::Null) };
        let source = reading.source().clone();
        let positions = Positions::of(source.text(), self.places.encoding);
        let settings = self.shared.settings();
        match method {
            "textDocument/hover" => {
                let at = positions.offset(read::<TextDocumentPositionParams>(params)?.position);
                let hover = reading.hover(at);
                Ok(hover.map_or(Value::Null, |hover| shown::hover(&hover, &positions, settings.markdown)))
            }
            "textDocument/completion" => {
                let at = positions.offset(read::<TextDocumentPositionParams>(params)?.position);
                Ok(self.completions(&reading, &positions, at, settings.snippets))
            }
            "textDocument/definition" => {
                let at = positions.offset(read::<TextDocumentPositionParams>(params)?.position);
                let places = reading.definition(at);
                Ok(places.iter().filter_map(|place| self.places.location(place)).collect())
            }
            "textDocument/references" => {
                let at = positions.offset(read::<ReferenceParams>(params)?.text_document_position.position);
                Ok(reading.uses(at).iter().filter_map(|place| self.places.location(place)).collect())
            }
            "textDocument/documentHighlight" => {
                let at = positions.offset(read::<TextDocumentPositionParams>(params)?.position);
                let uses = reading.uses(at);
                let own = uses.iter().filter(|place| place.source.name() == source.name());
                Ok(own.map(|place| json!({ "range": positions.shown(&place.range) })).collect())
            }
            "textDocument/prepareRename" => {
                let at = positions.offset(read::<TextDocumentPositionParams>(params)?.position);
                let range = reading.renamed(at).map_err(|why| (FAILED, why))?;
                let placeholder = source.text().get(range.clone()).unwrap_or_default();
                Ok(json!({ "range": positions.shown(&range), "placeholder": placeholder }))
            }
            "textDocument/rename" => self.rename(&reading, &positions, read(params)?),
            "textDocument/documentSymbol" => Ok(shown::symbols(&reading.symbols(), &positions).into()),
            "textDocument/foldingRange" => Ok(folds(&reading, &positions)),
            "textDocument/selectionRange" => selections(&reading, &positions, &read(params)?),
            "textDocument/inlayHint" => {
                let within = positions.range(read::<InlayHintParams>(params)?.range);
                Ok(hints(&reading, &positions, within))
            }
            "textDocument/semanticTokens/full" => Ok(tokens::encoded(&reading.tokens(), &positions, None)),
            "textDocument/semanticTokens/range" => {
                let within = positions.range(read::<SemanticTokensRangeParams>(params)?.range);
                Ok(tokens::encoded(&reading.tokens(), &positions, Some(within)))
            }
            "textDocument/documentLink" => Ok(self.links(&reading, &positions)),
            "textDocument/codeLens" => Ok(self.lenses(&reading, &positions)),
            "textDocument/codeAction" => {
                let params: CodeActionParams = read(params)?;
                actions::actions(self, &reading, &positions, &params)
            }
            "textDocument/formatting" => self.format(&positions, None),
            "textDocument/rangeFormatting" => {
                let within = positions.range(read::<DocumentRangeFormattingParams>(params)?.range);
                self.format(&positions, Some(within))
            }
            "workspace/executeCommand" => actions::command(self, &params),
            _ => Err((-32601, format!("`{method}` is not known"))),
        }
    }

    fn completions(&self, reading: &Reading<'_>, positions: &Positions<'_>, at: usize, snippets: bool) -> Value {
        let before = reading.text().get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
        let needs_files = ["include:", "member:", "document:", "extends:"].iter().any(|word| line.starts_with(word));
        let files = if needs_files { library::files_below(self.places.world.root()) } else { Vec::new() };
        let items = reading.completions(at, &files);
        let items = items.iter().enumerate();
        let items: Vec<Value> =
            items.map(|(order, item)| shown::completion(item, positions, snippets, order)).collect();
        // What is found by words changes with each word.
        json!({ "isIncomplete": true, "items": items })
    }

    fn rename(&self, reading: &Reading<'_>, positions: &Positions<'_>, params: RenameParams) -> Answer {
        let at = positions.offset(params.text_document_position.position);
        let places = reading.rename(at, &params.new_name).map_err(|why| (FAILED, why))?;
        let mut changes = Changes::default();
        for place in &places {
            let Some(uri) = self.places.uri_of(&place.source) else { continue };
            let positions = Positions::of(place.source.text(), self.places.encoding);
            changes.edits.entry(uri).or_default().push(text_edit(&positions, &place.range, &params.new_name));
        }
        Ok(changes.shown(false).unwrap_or_default())
    }

    fn links(&self, reading: &Reading<'_>, positions: &Positions<'_>) -> Value {
        let links = reading.links().into_iter().filter_map(|link| {
            let target = if link.is_address {
                link.target
            } else {
                super::paths::to_uri(&self.places.world.place_of(&link.target)?)
            };
            Some(json!({ "range": positions.shown(&link.range), "target": target, "tooltip": link.told }))
        });
        links.collect()
    }

    fn lenses(&self, reading: &Reading<'_>, positions: &Positions<'_>) -> Value {
        let mut lenses: Vec<Value> = Vec::new();
        for lens in reading.lenses() {
            let command = json!({ "title": lens.told, "command": "" });
            lenses.push(json!({ "range": positions.shown(&lens.range), "command": command }));
        }
        if let Some((range, symbol)) = reading.cited_as() {
            let data = json!({ "symbol": symbol, "uri": self.places.uri });
            lenses.push(json!({ "range": positions.shown(&range), "data": data }));
        }
        lenses.into()
    }

    /// The canonical form: all of it, or the lines that a range touches.
    fn format(&self, positions: &Positions<'_>, within: Option<std::ops::Range<usize>>) -> Answer {
        let Some(source) = shown::source_of(self.compilation) else { return Ok(Value::Null) };
        let mut found = Diagnostics::default();
        let tree = parse_by_path(&source, self.compilation.file, &mut found);
        if found.has_errors() {
            // What was not understood could be damaged.
            return Err((FAILED, "the text has errors in its form; mend these first".to_owned()));
        }
        let formatted = syntax::format(&tree, &source);
        let edits = actions::line_edits(source.text(), &formatted);
        let edits = edits.into_iter().filter(|(range, _)| {
            within.as_ref().is_none_or(|within| range.start <= within.end && within.start <= range.end)
        });
        Ok(edits.map(|(range, text)| text_edit(positions, &range, &text)).collect())
    }
}

fn folds(reading: &Reading<'_>, positions: &Positions<'_>) -> Value {
    let folds = reading.folds().into_iter().filter_map(|fold| {
        let (first, _) = positions.position(fold.range.start);
        let text = reading.text().get(fold.range.clone()).unwrap_or_default();
        let (last, _) = positions.position(fold.range.start + text.trim_end().len());
        let kind = if fold.is_comment { "comment" } else { "region" };
        (last > first).then(|| json!({ "startLine": first, "endLine": last, "kind": kind }))
    });
    folds.collect()
}

fn selections(reading: &Reading<'_>, positions: &Positions<'_>, params: &SelectionRangeParams) -> Answer {
    let one = |position: &lsp_types::Position| {
        let around = reading.selections(positions.offset(*position));
        let mut selection = Value::Null;
        for range in around.iter().rev() {
            let parent = std::mem::take(&mut selection);
            selection = json!({ "range": positions.shown(range) });
            if !parent.is_null() {
                selection["parent"] = parent;
            }
        }
        selection
    };
    // Nobody has more cursors.
    Ok(params.positions.iter().take(1000).map(one).collect())
}

fn hints(reading: &Reading<'_>, positions: &Positions<'_>, within: std::ops::Range<usize>) -> Value {
    let hints = reading.hints(within).into_iter().map(|hint| {
        let (line, character) = positions.position(hint.at);
        json!({
            "position": { "line": line, "character": character },
            "label": hint.label,
            "paddingLeft": true,
        })
    });
    hints.collect()
}
