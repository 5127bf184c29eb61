//! What differs, for programs. The shape is told in `docs/drafts.md`: who goes through the
//! blocks in their order turns the printed words of the old draft into those of the new one.

use serde_json::{Value, json};

use super::shown::{Piece, heading, labels, pieces};
use crate::compare::{Change, Comparison, Entry, Op, What};
use crate::diag::visible_json;

/// The number of this shape.
const FORMAT: u32 = 1;

/// What differs between two drafts of these names, as one object.
pub fn json(comparison: &Comparison, (old, new): (&str, &str)) -> String {
    let summary: Vec<Value> = comparison
        .summary()
        .iter()
        .map(|statement| json!({ "subject": statement.subject.name(), "sentence": statement.words }))
        .collect();
    let mut blocks: Vec<Value> = Vec::new();
    let mut run: Option<Run> = None;
    for entry in &comparison.entries {
        let is_plain = entry.what == What::Same
            && comparison.label_of(entry).is_none()
            && entry.segments.iter().all(|segment| segment.op == Op::Same);
        if let (true, Some(old), Some(new)) = (is_plain, entry.old.first(), entry.new.first()) {
            match &mut run {
                Some(run) if run.old.1 + 1 == *old && run.new.1 + 1 == *new => (run.old.1, run.new.1) = (*old, *new),
                _ => blocks.extend(run.replace(Run { old: (*old, *old), new: (*new, *new) }).map(Run::value)),
            }
        } else {
            blocks.extend(run.take().map(Run::value));
            blocks.push(block(comparison, entry));
        }
    }
    blocks.extend(run.take().map(Run::value));
    let all = json!({
        "format": FORMAT,
        "old": { "name": old, "blocks": comparison.old.list.len() },
        "new": { "name": new, "blocks": comparison.new.list.len() },
        "differs": comparison.differs(),
        "summary": summary,
        "blocks": blocks,
    });
    visible_json(&format!("{all:#}\n")).into_owned()
}

/// Blocks that are the same, one after the other.
struct Run {
    old: (usize, usize),
    new: (usize, usize),
}

impl Run {
    fn value(self) -> Value {
        json!({
            "what": What::Same.name(),
            "old": { "from": self.old.0 + 1, "to": self.old.1 + 1 },
            "new": { "from": self.new.0 + 1, "to": self.new.1 + 1 },
        })
    }
}

fn block(comparison: &Comparison, entry: &Entry) -> Value {
    let (was, is) = labels(comparison, entry);
    let numbers = |list: &[usize]| list.iter().map(|at| at + 1).collect::<Vec<_>>();
    let words: Vec<Value> = pieces(comparison, entry).iter().filter_map(piece).collect();
    json!({
        "what": entry.what.name(),
        "place": heading(comparison, entry),
        "old": numbers(&entry.old),
        "new": numbers(&entry.new),
        "label": { "old": was, "new": is },
        "changes": entry.changes.iter().map(change).collect::<Vec<_>>(),
        "words": words,
    })
}

fn piece(piece: &Piece<'_>) -> Option<Value> {
    let (op, text) = match piece.op {
        Op::Same => ("same", piece.new),
        Op::Gone => ("gone", piece.old),
        Op::New => ("new", piece.new),
        Op::Restyled => ("restyled", piece.new),
        Op::Follows => return Some(json!({ "op": "follows", "old": piece.old, "new": piece.new })),
    };
    (!text.is_empty()).then(|| json!({ "op": op, "text": text }))
}

fn change(change: &Change) -> Value {
    match change {
        Change::References { gone, new } => {
            let list = |cites: &[crate::compare::Cite]| -> Vec<Value> {
                cites.iter().map(|cite| json!({ "symbol": cite.symbol, "pinpoint": cite.pinpoint })).collect()
            };
            json!({ "kind": change.name(), "gone": list(gone), "new": list(new) })
        }
        Change::Brackets { settled, opened } => {
            json!({ "kind": change.name(), "settled": settled, "opened": opened })
        }
        Change::Words | Change::Figures | Change::Emphasis | Change::Notes | Change::Place => {
            json!({ "kind": change.name() })
        }
    }
}
