//! Findings that an old text already had: a JSON report of an earlier check.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use super::outcome::Failure;
use crate::compile::Compilation;
use crate::diag::{Diagnostic, Unkept};

/// How often each finding is accepted: by document, code and message. Line
/// numbers do not matter, so that a text can grow around what it had.
#[derive(Clone, Debug, Default)]
pub(super) struct Baseline {
    findings: HashMap<(String, String, String), u64>,
    /// The same of findings that a report counts without showing them: by document,
    /// code and severity.
    not_shown: HashMap<(String, String, String), u64>,
}

impl Baseline {
    /// Reads what `check --format json` wrote.
    pub fn read(path: &Path) -> Result<Baseline, Failure> {
        let name = path.display();
        let bytes = std::fs::read(path).map_err(|error| Failure::Usage(format!("cannot read `{name}`: {error}")))?;
        let report: Value = serde_json::from_slice(&bytes)
            .map_err(|error| Failure::Usage(format!("the baseline `{name}` is no JSON: {error}")))?;
        let documents = report.get("documents").and_then(Value::as_array).ok_or_else(|| {
            Failure::Usage(format!("the baseline `{name}` is no report; `chancery check --format json` writes one"))
        })?;
        let mut baseline = Baseline::default();
        for document in documents {
            let file = document.get("file").and_then(Value::as_str).unwrap_or_default();
            let listed = |key: &str| document.get(key).and_then(Value::as_array).into_iter().flatten();
            for finding in listed("findings") {
                let text = |key: &str| finding.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                let count = finding.get("count").and_then(Value::as_u64).unwrap_or(1);
                *baseline.findings.entry((plain(file), text("code"), text("message"))).or_default() += count;
            }
            for more in listed("not-shown") {
                let text = |key: &str| more.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                let count = more.get("more").and_then(Value::as_u64).unwrap_or_default();
                *baseline.not_shown.entry((plain(file), text("code"), text("severity"))).or_default() += count;
            }
        }
        Ok(baseline)
    }

    /// Removes accepted findings from a compilation; returns how many there were.
    pub fn accept(&self, document: &Path, compilation: &mut Compilation) -> usize {
        let mut left = self.findings.clone();
        let document = plain(&document.display().to_string());
        let shown = compilation.found.accept(|found: &Diagnostic| {
            let key = (document.clone(), found.code.name().to_owned(), found.message.clone());
            match left.get_mut(&key) {
                Some(times) if *times >= u64::from(found.count) => {
                    *times -= u64::from(found.count);
                    true
                }
                _ => false,
            }
        });
        let not_shown = compilation.found.accept_unkept(|Unkept { file: _, code, severity, count }| {
            let key = (document.clone(), code.name().to_owned(), severity.name().to_owned());
            let known = self.not_shown.get(&key).copied().unwrap_or_default();
            u32::try_from(known).unwrap_or(u32::MAX).min(count)
        });
        shown + not_shown
    }
}

/// `./a.decl` is `a.decl`.
fn plain(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches("./").to_owned()
}
