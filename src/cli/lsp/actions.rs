//! Quick fixes and what else can be done at a place; commands.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use lsp_types::CodeActionParams;
use serde_json::{Value, json};

use super::asked::{Answer, Asked};
use super::edits::{Changes, text_edit};
use super::positions::Positions;
use super::shared::{FAILED, INVALID};
use crate::compile::mend;
use crate::diag::{Applicability, Code, Diagnostic};
use crate::editor::{Action, Reading, Where, cures};

/// The kinds of actions that there are.
pub(super) const KINDS: [&str; 3] = ["quickfix", "refactor", "source.fixAll"];

/// The commands that there are.
pub(super) const COMMANDS: [&str; 3] = ["chancery.build", "chancery.explain", "chancery.preview"];

/// What can be done in a range.
pub(super) fn actions(
    asked: &Asked<'_>,
    reading: &Reading<'_>,
    positions: &Positions<'_>,
    params: &CodeActionParams,
) -> Answer {
    let within = positions.range(params.range);
    let only: Option<Vec<&str>> =
        params.context.only.as_ref().map(|kinds| kinds.iter().map(|kind| kind.as_str()).collect());
    let is_wanted = |kind: &str| {
        only.as_ref()
            .is_none_or(|only| only.iter().any(|wanted| kind == *wanted || kind.starts_with(&format!("{wanted}."))))
    };
    let mut all: Vec<Value> = Vec::new();
    if is_wanted("quickfix") {
        fixes(asked, positions, &within, &mut all);
    }
    for action in reading.actions(within) {
        let kind = if action.cures { "quickfix" } else { "refactor" };
        if is_wanted(kind) {
            all.extend(shown(asked, positions, kind, action));
        }
    }
    if is_wanted("source.fixAll") {
        all.extend(fix_all(asked, reading, positions));
    }
    Ok(all.into())
}

/// The cures of what was found in a range, each tried, and what each finding means.
fn fixes(asked: &Asked<'_>, positions: &Positions<'_>, within: &Range<usize>, all: &mut Vec<Value>) {
    let world = asked.places.world;
    let mut explained: BTreeSet<Code> = BTreeSet::new();
    for found in cures(world, world.name(), &asked.shared.options(), asked.compilation, within) {
        if let Some(fix) = &found.fix {
            let edits = fix.edits.iter().map(|(span, text)| text_edit(positions, &span.range(), text)).collect();
            let edit = Changes::of(asked.places.uri, edits).shown(false);
            all.push(json!({
                "title": fix.what,
                "kind": "quickfix",
                "isPreferred": fix.applicability == Applicability::Safe,
                "diagnostics": [diagnostic(&found, positions)],
                "edit": edit,
            }));
        }
        explained.insert(found.code);
    }
    for code in explained {
        let title = format!("say what `{}` means", code.name());
        let command =
            json!({ "title": title, "command": "chancery.explain", "arguments": [code.name(), asked.places.uri] });
        all.push(json!({ "title": title, "kind": "quickfix", "command": command }));
    }
}

/// As much of a finding as an editor needs to know which it is.
fn diagnostic(found: &Diagnostic, positions: &Positions<'_>) -> Value {
    json!({
        "range": positions.shown(&found.place.range()),
        "code": found.code.name(),
        "source": "chancery",
        "message": found.message,
    })
}

/// An action of the library's.
fn shown(asked: &Asked<'_>, positions: &Positions<'_>, kind: &str, action: Action) -> Option<Value> {
    let mut changes = Changes::default();
    for edit in &action.edits {
        let (uri, edit) = match &edit.place {
            Where::Here(range) => (asked.places.uri.to_owned(), text_edit(positions, range, &edit.text)),
            Where::Before(path) | Where::Behind(path) => {
                let world = asked.places.world;
                let place = world.place_of(path).filter(|place| place.starts_with(world.root()))?;
                let uri = asked.shared.uri_of(&place);
                let before = crate::world::World::read(world, path).ok();
                if before.is_none() {
                    changes.created.push(uri.clone());
                }
                let text = String::from_utf8(before.unwrap_or_default()).ok()?;
                let positions = Positions::of(&text, asked.places.encoding);
                let at = if matches!(edit.place, Where::Before(_)) { 0 } else { text.len() };
                (uri, text_edit(&positions, &(at..at), &edit.text))
            }
        };
        changes.edits.entry(uri).or_default().push(edit);
    }
    let edit = changes.shown(asked.shared.settings().may_create)?;
    Some(json!({ "title": action.what, "kind": kind, "edit": edit }))
}

/// All fixes that are safe, until none is left.
fn fix_all(asked: &Asked<'_>, reading: &Reading<'_>, positions: &Positions<'_>) -> Option<Value> {
    let is_safe = |found: &Diagnostic| found.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
    if !asked.compilation.found.iter().any(is_safe) {
        return None;
    }
    let world = asked.places.world;
    let mended = mend(world, world.name(), &asked.shared.options(), false).ok()?;
    if mended.before != reading.text() {
        return None;
    }
    let edits = line_edits(&mended.before, &mended.text);
    let edits: Vec<Value> = edits.iter().map(|(range, text)| text_edit(positions, range, text)).collect();
    if edits.is_empty() {
        return None;
    }
    let edit = Changes::of(asked.places.uri, edits).shown(false);
    Some(json!({ "title": "mend all that changes no word", "kind": "source.fixAll", "edit": edit }))
}

/// What makes one text of another, by lines.
pub(super) fn line_edits(before: &str, after: &str) -> Vec<(Range<usize>, String)> {
    let diff = similar::TextDiff::configure().timeout(std::time::Duration::from_millis(500)).diff_lines(before, after);
    let starts = |slices: &[&str]| {
        let mut at = 0;
        let mut starts = vec![0];
        for slice in slices {
            at += slice.len();
            starts.push(at);
        }
        starts
    };
    let (old, new) = (starts(diff.old_slices()), starts(diff.new_slices()));
    let at = |starts: &[usize], line: usize| starts.get(line).copied().unwrap_or_default();
    let changed = diff.ops().iter().filter(|op| op.tag() != similar::DiffTag::Equal);
    changed
        .map(|op| {
            let (from, to) = (op.old_range(), op.new_range());
            let text = after.get(at(&new, to.start)..at(&new, to.end)).unwrap_or_default();
            (at(&old, from.start)..at(&old, from.end), text.to_owned())
        })
        .collect()
}

/// Does what a command says.
pub(super) fn command(asked: &Asked<'_>, params: &Value) -> Answer {
    let argument = |at: usize| params["arguments"].get(at).and_then(Value::as_str).unwrap_or_default().to_owned();
    match params["command"].as_str() {
        Some("chancery.explain") => explain(asked, &argument(0)),
        Some("chancery.build") => {
            let Some(path) = asked.places.world.place_of(asked.places.world.name()) else {
                return Err((FAILED, "the text has no place on the disk: save it first".to_owned()));
            };
            build(asked, &path)
        }
        _ => Err((INVALID, "there is no such command".to_owned())),
    }
}

fn explain(asked: &Asked<'_>, name: &str) -> Answer {
    let explanation = Code::named(name).and_then(Code::explanation);
    let Some(explanation) = explanation else { return Err((INVALID, format!("there is no code `{name}`"))) };
    let words = format!("{name}: {}\n\n{}", explanation.what.trim(), explanation.why.trim());
    asked.shared.sender.show(3, &words);
    Ok(words.into())
}

/// Builds a text as it is on the disk, by the program itself, so that nothing of it can
/// disturb the server.
fn build(asked: &Asked<'_>, path: &Path) -> Answer {
    let failed = |error: std::io::Error| (FAILED, format!("cannot build: {error}"));
    let program = std::env::current_exe().map_err(failed)?;
    let done = std::process::Command::new(program)
        .arg("build")
        .arg("--color=never")
        .arg(path)
        .stdin(std::process::Stdio::null())
        .output()
        .map_err(failed)?;
    let said = String::from_utf8_lossy(&done.stderr);
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
    let is_good = done.status.success();
    asked.shared.sender.show(if is_good { 3 } else { 1 }, &last);
    Ok(json!({ "built": is_good, "said": said }))
}
