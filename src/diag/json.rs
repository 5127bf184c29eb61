//! Findings as JSON, for programs. The shape is kept from version to version;
//! keys may be added.

use serde_json::{Value, json};

use super::report::{Place, Report};
use super::{Diagnostic, NotRead, Unkept, visible_json};
use crate::source::{Sources, Span};

/// One object: `version`, and `documents` with their `findings`.
pub fn json(reports: &[Report<'_>]) -> String {
    let documents: Vec<Value> = reports.iter().map(document).collect();
    let report = json!({
        "tool": "chancery",
        "version": env!("CARGO_PKG_VERSION"),
        "documents": documents,
    });
    visible_json(&format!("{report:#}\n")).into_owned()
}

fn document(report: &Report<'_>) -> Value {
    let tally = report.tally;
    let mut document = json!({
        "file": report.name,
        "judged-at": report.judged_at,
        "references": {
            "all": tally.references,
            "valid": tally.valid,
            "by-number": tally.by_number,
            "inferred": tally.inferred,
            "unverified": tally.unverified,
            "unread": tally.unread,
            "allowed": tally.allowed,
        },
        "accepted": tally.accepted,
        "findings-allowed": tally.findings_allowed,
        "findings": [],
    });
    match &report.outcome {
        Ok((found, sources)) => {
            document["findings"] = found.iter().map(|found| finding(found, sources)).collect();
            let more = found.unkept().map(|Unkept { file: _, code, severity, count }| {
                json!({ "code": code.name(), "severity": severity.name(), "more": count })
            });
            document["not-shown"] = more.collect();
        }
        Err(NotRead { why }) => document["failure"] = json!(why),
    }
    document
}

fn finding(found: &Diagnostic, sources: &Sources) -> Value {
    let mut finding = json!({
        "code": found.code.name(),
        "severity": found.severity.name(),
        "message": found.message,
        "hint": found.hint,
        "count": found.count,
        "place": place(found.place, sources),
        "others": found.others.iter().map(|(span, what)| {
            json!({ "place": place(*span, sources), "message": what })
        }).collect::<Vec<_>>(),
    });
    if let Some(fix) = &found.fix {
        let edits: Vec<Value> =
            fix.edits.iter().map(|(span, text)| json!({ "place": place(*span, sources), "text": text })).collect();
        finding["fix"] = json!({ "what": fix.what, "applicability": fix.applicability.name(), "edits": edits });
    }
    finding
}

/// File, bytes, and line and column from 1.
fn place(span: Span, sources: &Sources) -> Value {
    Place::of(span, sources).map_or(Value::Null, |place| {
        json!({
            "file": place.file,
            "span": { "start": place.span.start, "end": place.span.end },
            "line": place.start.line,
            "column": place.start.column,
            "end-line": place.end.line,
            "end-column": place.end.column,
        })
    })
}
