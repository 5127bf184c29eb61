//! Findings as the commands by which GitHub shows them beside the lines of a
//! change.

use super::report::{Place, Report};
use super::{Diagnostic, NotRead, Severity, visible};
use crate::source::Sources;

/// A line a finding.
pub fn github(reports: &[Report<'_>]) -> String {
    let mut out = String::new();
    for report in reports {
        match &report.outcome {
            Ok((found, sources)) => {
                for found in found.iter() {
                    out.push_str(&line(found, sources));
                    out.push('\n');
                }
            }
            Err(NotRead { why }) => out.push_str(&format!("::error file={}::{}\n", property(&report.name), data(why))),
        }
    }
    out
}

fn line(found: &Diagnostic, sources: &Sources) -> String {
    let command = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let title = property(found.code.name());
    let message = data(&found.in_words());
    match Place::of(found.place, sources) {
        Some(place) => {
            let (file, start, end) = (property(place.file), place.start, place.end);
            let columns = if start.line == end.line {
                format!(",col={},endColumn={}", start.column, end.column)
            } else {
                String::new()
            };
            format!(
                "::{command} file={file},line={},endLine={}{columns},title={title}::{message}",
                start.line, end.line
            )
        }
        None => format!("::{command} title={title}::{message}"),
    }
}

/// Line breaks have an escape of their own; what else would steer is shown as a sign.
fn data(text: &str) -> String {
    let text: String = text
        .split_inclusive(['\r', '\n'])
        .map(|line| {
            let words = line.trim_end_matches(['\r', '\n']);
            visible(words).into_owned() + &line[words.len()..]
        })
        .collect();
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
