//! One line a finding, as compilers print them.

use super::{Diagnostic, Diagnostics, Unkept, visible_line};
use crate::source::Sources;

/// `file:line:column: severity[code]: message; hint`, a line a finding, then
/// a line for each code of which more was found than is shown.
pub fn concise(found: &Diagnostics, sources: &Sources) -> String {
    let mut out = String::new();
    for diagnostic in found.iter() {
        out.push_str(&line(diagnostic, sources));
        out.push('\n');
    }
    for Unkept { file, code, severity, count } in found.unkept() {
        let name = visible_line(sources.get(file).map_or("", |source| source.name()));
        out.push_str(&format!("{name}: {count} more of {}[{}]\n", severity.name(), code.name()));
    }
    out
}

fn line(found: &Diagnostic, sources: &Sources) -> String {
    let Some(source) = sources.get(found.place.file) else {
        return format!("{}[{}]: {}", found.severity.name(), found.code.name(), visible_line(&found.message));
    };
    let at = source.location(found.place.range().start);
    let (severity, code) = (found.severity.name(), found.code.name());
    let (name, words) = (visible_line(source.name()), found.in_words());
    format!("{name}:{}:{}: {severity}[{code}]: {}", at.line, at.column, visible_line(&words))
}
