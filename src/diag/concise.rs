//! One line a finding, as compilers print them.

use super::{Applicability, Diagnostic, Diagnostics, Unkept, visible_line};
use crate::source::Sources;

/// How many columns a line has, and how many its words have whatever the path.
const WIDTH: usize = 120;
const LEAST: usize = 40;

/// `file:line:column: severity[code]: message; hint [fix]`, a line a finding, then
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

/// `cut …` where it does not fit; what it does to the text is marked.
fn line(found: &Diagnostic, sources: &Sources) -> String {
    let (severity, code) = (found.severity.name(), found.code.name());
    let place = sources.get(found.place.file).map(|source| {
        let at = source.location(found.place.range().start);
        format!("{}:{}:{}: ", visible_line(source.name()), at.line, at.column)
    });
    let mark = match found.fix.as_ref().map(|fix| fix.applicability) {
        Some(Applicability::Safe) => " [fix]",
        Some(Applicability::Suggested) => " [suggested]",
        None => "",
    };
    let head = format!("{}{severity}[{code}]: ", place.unwrap_or_default());
    let room = WIDTH.saturating_sub(head.chars().count() + mark.chars().count()).max(LEAST);
    let words = found.in_words();
    let shown = visible_line(&words);
    match shown.char_indices().nth(room) {
        Some(_) => {
            let cut = shown.char_indices().nth(room - 1).map_or(shown.len(), |(at, _)| at);
            format!("{head}{}…{mark}", shown[..cut].trim_end())
        }
        None => format!("{head}{shown}{mark}"),
    }
}
