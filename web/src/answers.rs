//! What the library says of a text, in the places of a browser.

use chancery::diag::{Applicability, Code, Diagnostic, Severity};
use chancery::editor::{Completion, CompletionKind, Reading, TokenKind, TokenState, Where, cures};
use chancery::source::Span;
use chancery::{Compilation, Options, World, model};
use serde_json::{Value, json};

use crate::units::Units;

/// A text that is asked about.
pub struct Answers<'a> {
    pub reading: &'a Reading<'a>,
    pub compilation: &'a Compilation,
    pub units: &'a Units<'a>,
}

/// All that was found, as `check` has it, and what the text is.
pub fn findings(compilation: &Compilation, units: &Units<'_>) -> Value {
    let found: Vec<Value> = compilation.found.iter().map(|found| finding(found, compilation, units)).collect();
    let more: Vec<String> = compilation
        .found
        .unkept()
        .map(|more| format!("{} more findings `{}` are not shown", more.count, more.code.name()))
        .collect();
    let title = compilation.document.as_ref().map(|document| model::plain_lines(document.title()));
    json!({
        "findings": found,
        "more": more,
        "errors": compilation.found.count(Severity::Error),
        "warnings": compilation.found.count(Severity::Warning),
        "allowed": compilation.allowed,
        "references": compilation.references.len(),
        "title": title.unwrap_or_default(),
        "language": compilation.document.as_ref().map(|document| document.language.clone()),
        "built": compilation.checked.is_some(),
        "as_of": compilation.as_of.map(|day| day.to_string()),
    })
}

/// A finding. What stands in a file that comes along is shown at the beginning of the text.
fn finding(found: &Diagnostic, compilation: &Compilation, units: &Units<'_>) -> Value {
    let is_here = |span: &Span| span.file == compilation.file;
    let (from, to) = if is_here(&found.place) { units.units(&found.place.range()) } else { (0, 0) };
    let file = compilation.sources.get(found.place.file).filter(|_| !is_here(&found.place));
    let others = found.others.iter().filter(|(span, _)| is_here(span)).map(|(span, what)| {
        let (from, to) = units.units(&span.range());
        json!({ "from": from, "to": to, "what": what })
    });
    json!({
        "from": from,
        "to": to,
        "file": file.map(|file| file.name()),
        "line": compilation.sources.get(found.place.file).map(|file| file.location(found.place.range().start).line),
        "severity": found.severity.name(),
        "code": found.code.name(),
        "message": found.in_words(),
        "others": others.collect::<Vec<_>>(),
        "cure": found.fix.as_ref().map(|fix| fix.applicability.name()),
        "struck": matches!(found.code, Code::Superseded | Code::Terminated),
    })
}

impl Answers<'_> {
    /// Words with what they are, what is printed beside them, and what may be folded.
    pub fn words(&self) -> Value {
        let tokens = self.reading.tokens();
        let tokens = tokens.iter().map(|token| {
            let (from, to) = self.units.units(&token.range);
            json!([from, to, kind(token.kind), token.state.map(state)])
        });
        let hints = self.reading.hints(0..self.reading.text().len());
        let hints = hints.iter().map(|hint| json!([self.units.unit(hint.at), hint.label]));
        let folds = self.reading.folds();
        let folds = folds.iter().map(|fold| json!(self.units.units(&fold.range)));
        json!({
            "tokens": tokens.collect::<Vec<_>>(),
            "hints": hints.collect::<Vec<_>>(),
            "folds": folds.collect::<Vec<_>>(),
        })
    }

    /// What stands at a place; the lines are words without markup.
    pub fn hover(&self, at: usize) -> Value {
        let Some(hover) = self.reading.hover(self.units.byte(at)) else { return Value::Null };
        let (from, to) = self.units.units(&hover.range);
        json!({ "from": from, "to": to, "head": hover.head, "lines": hover.lines, "address": hover.address })
    }

    /// The cures of what was found between two places, each tried, and what else can be done.
    pub fn actions(&self, world: &dyn World, name: &str, options: &Options, from: usize, to: usize) -> Value {
        let within = self.units.bytes(from, to);
        let mut all: Vec<Value> = Vec::new();
        for found in cures(world, name, options, self.compilation, &within) {
            let Some(fix) = &found.fix else { continue };
            let own = fix.edits.iter().filter(|(span, _)| span.file == self.compilation.file);
            let edits: Vec<Value> = own.map(|(span, text)| self.edit(&span.range(), text)).collect();
            let is_safe = fix.applicability == Applicability::Safe;
            let (from, to) = self.units.units(&found.place.range());
            let of = json!({ "code": found.code.name(), "from": from, "to": to });
            let action =
                json!({ "what": fix.what, "cures": true, "safe": is_safe, "of": of, "stands": null, "edits": edits });
            all.push(action);
        }
        for action in self.reading.actions(within) {
            let edits: Option<Vec<Value>> = action
                .edits
                .iter()
                .map(|edit| match &edit.place {
                    Where::Here(range) => Some(self.edit(range, &edit.text)),
                    // The page holds no other files that it could change.
                    _ => None,
                })
                .collect();
            if let Some(edits) = edits {
                let stands = action.lets_stand.map(|range| self.units.units(&range));
                let (what, cures) = (action.what, action.cures);
                let action = json!({ "what": what, "cures": cures, "safe": false, "of": null, "stands": stands, "edits": edits });
                all.push(action);
            }
        }
        all.into()
    }

    fn edit(&self, range: &std::ops::Range<usize>, text: &str) -> Value {
        let (from, to) = self.units.units(range);
        json!({ "from": from, "to": to, "insert": text })
    }

    /// What may stand at a place, the likeliest first.
    pub fn completions(&self, at: usize, files: &[String]) -> Value {
        let items = self.reading.completions(self.units.byte(at), files);
        items.iter().map(|item| self.completion(item)).collect()
    }

    fn completion(&self, item: &Completion) -> Value {
        let (from, to) = self.units.units(&item.range);
        json!({
            "label": item.label, "detail": item.detail, "kind": of_completion(item.kind),
            "from": from, "to": to, "insert": item.insert,
        })
    }

    /// Where what stands at a place leads, where that is in the text.
    pub fn definition(&self, at: usize) -> Value {
        let places = self.reading.definition(self.units.byte(at));
        let own = places.iter().find(|place| place.source.name() == self.reading.source().name());
        own.map_or(Value::Null, |place| json!(self.units.units(&place.range)))
    }

    /// The name at a place.
    pub fn renamed(&self, at: usize) -> Result<Value, String> {
        let range = self.reading.renamed(self.units.byte(at))?;
        let name = self.reading.text().get(range.clone()).unwrap_or_default();
        let (from, to) = self.units.units(&range);
        Ok(json!({ "from": from, "to": to, "name": name }))
    }

    /// The changes that give a label another name.
    pub fn rename(&self, at: usize, to: &str) -> Result<Value, String> {
        let places = self.reading.rename(self.units.byte(at), to)?;
        let own = places.iter().filter(|place| place.source.name() == self.reading.source().name());
        Ok(own.map(|place| self.edit(&place.range, to)).collect())
    }
}

fn kind(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Keyword => "keyword",
        TokenKind::Key => "key",
        TokenKind::Value => "value",
        TokenKind::Comment => "comment",
        TokenKind::Label => "label",
        TokenKind::Parameter => "parameter",
        TokenKind::Filter => "filter",
        TokenKind::Bracket => "bracket",
        TokenKind::Delegation => "delegation",
        TokenKind::Reference => "reference",
        TokenKind::Marker => "marker",
        _ => "other",
    }
}

fn state(state: TokenState) -> &'static str {
    match state {
        TokenState::Good => "good",
        TokenState::Wrong => "wrong",
        TokenState::Allowed => "allowed",
        _ => "open",
    }
}

fn of_completion(kind: CompletionKind) -> &'static str {
    match kind {
        CompletionKind::Key => "property",
        CompletionKind::Value | CompletionKind::Parameter => "variable",
        CompletionKind::Keyword => "keyword",
        CompletionKind::Phrase => "text",
        CompletionKind::Instrument => "class",
        CompletionKind::Label => "constant",
        CompletionKind::Filter => "function",
        CompletionKind::Delegation => "enum",
        _ => "namespace",
    }
}
