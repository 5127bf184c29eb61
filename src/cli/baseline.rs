//! Findings that an old text already had: a JSON report of an earlier check.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use super::Failure;
use crate::compile::Compilation;
use crate::diag::Diagnostic;

/// How often each finding is accepted: by document, code and message. Lines
/// do not count, so that a text can grow around what it had.
#[derive(Clone, Debug, Default)]
pub(super) struct Baseline(HashMap<(String, String, String), u64>);

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
        let mut accepted = HashMap::new();
        for document in documents {
            let file = document.get("file").and_then(Value::as_str).unwrap_or_default();
            for finding in document.get("findings").and_then(Value::as_array).into_iter().flatten() {
                let text = |key: &str| finding.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                let count = finding.get("count").and_then(Value::as_u64).unwrap_or(1);
                *accepted.entry((plain(file), text("code"), text("message"))).or_default() += count;
            }
        }
        Ok(Baseline(accepted))
    }

    /// Takes out of a compilation what is accepted; returns how many findings.
    pub fn accept(&self, document: &Path, compilation: &mut Compilation) -> usize {
        let mut left = self.0.clone();
        let document = plain(&document.display().to_string());
        compilation.found.accept(|found: &Diagnostic| {
            let key = (document.clone(), found.code.name().to_owned(), found.message.clone());
            match left.get_mut(&key) {
                Some(times) if *times >= u64::from(found.count) => {
                    *times -= u64::from(found.count);
                    true
                }
                _ => false,
            }
        })
    }
}

/// `./a.decl` is `a.decl`.
fn plain(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches("./").to_owned()
}
