//! Findings as SARIF 2.1.0, which code-scanning services read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::report::{Place, Report};
use super::{Code, Diagnostic, NotRead, Severity, visible_json};
use crate::source::{Sources, Span};

/// A log of one run.
pub fn sarif(reports: &[Report<'_>]) -> String {
    let mut codes: BTreeSet<Code> = BTreeSet::new();
    let mut results = Vec::new();
    let mut notifications = Vec::new();
    for report in reports {
        match &report.outcome {
            Ok((found, sources)) => {
                codes.extend(found.iter().map(|found| found.code));
                results.extend(found.iter().map(|found| result(found, sources)));
            }
            Err(NotRead { why }) => notifications.push(json!({ "level": "error", "message": { "text": why } })),
        }
    }
    let rules: Vec<Value> = codes.into_iter().map(rule).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "chancery",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": notifications.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    visible_json(&format!("{log:#}\n")).into_owned()
}

fn rule(code: Code) -> Value {
    let mut rule = json!({ "id": code.name(), "defaultConfiguration": { "level": level(code.severity()) } });
    if let Some(explanation) = code.explanation() {
        rule["shortDescription"] = json!({ "text": explanation.what });
        rule["fullDescription"] = json!({ "text": explanation.why });
        rule["help"] = json!({
            "text": format!("{} {}", explanation.what, explanation.why),
        });
    }
    rule
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(found: &Diagnostic, sources: &Sources) -> Value {
    let mut result = json!({
        "ruleId": found.code.name(),
        "level": level(found.severity),
        "message": { "text": found.in_words() },
        "locations": location(found.place, sources).into_iter().collect::<Vec<_>>(),
        "occurrenceCount": found.count,
    });
    let related: Vec<Value> = found
        .others
        .iter()
        .filter_map(|(span, what)| {
            let mut location = location(*span, sources)?;
            location["message"] = json!({ "text": what });
            Some(location)
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    if let Some(fix) = &found.fix {
        let changes: Vec<Value> = fix.edits.iter().filter_map(|(span, text)| change(*span, text, sources)).collect();
        if !changes.is_empty() {
            result["fixes"] = json!([{
                "description": { "text": fix.what },
                "artifactChanges": changes,
                "properties": { "applicability": fix.applicability.name() },
            }]);
        }
    }
    result
}

fn change(span: Span, text: &str, sources: &Sources) -> Option<Value> {
    let place = Place::of(span, sources)?;
    Some(json!({
        "artifactLocation": { "uri": uri(place.file) },
        "replacements": [{ "deletedRegion": region(&place), "insertedContent": { "text": text } }],
    }))
}

fn location(span: Span, sources: &Sources) -> Option<Value> {
    let place = Place::of(span, sources)?;
    Some(json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(place.file) },
        "region": region(&place),
    } }))
}

fn region(place: &Place<'_>) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
        "byteOffset": place.span.start,
        "byteLength": place.span.end - place.span.start,
    })
}

/// A path as a relative reference: what URIs do not hold is written in
/// hexadecimal, and a drive or a scheme cannot be mistaken.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
