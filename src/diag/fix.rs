//! Fixes applied to a text.

use std::collections::{BTreeMap, BTreeSet};

use super::Diagnostic;
use crate::source::{FileId, Span};

/// The text of `file` with the fixes applied that fit together, and how many these are.
/// What was left out is reported again by the next check.
pub fn apply_fixes<'a>(text: &str, file: FileId, found: impl IntoIterator<Item = &'a Diagnostic>) -> (String, usize) {
    let chosen = fitting(text, file, found);
    (apply(text, &chosen), chosen.len())
}

/// The findings whose fixes do not overlap, those of errors chosen first, in the order
/// of the text.
pub fn fitting<'a>(text: &str, file: FileId, found: impl IntoIterator<Item = &'a Diagnostic>) -> Vec<&'a Diagnostic> {
    let in_text = |(span, _): &(Span, String)| span.file == file && text.get(span.range()).is_some();
    let mut fixes: Vec<(&Diagnostic, &[(Span, String)])> = found
        .into_iter()
        .filter_map(|found| found.fix.as_ref().map(|fix| (found, fix.edits.as_slice())))
        .filter(|(_, edits)| edits.iter().all(in_text))
        .collect();
    let first = |edits: &[(Span, String)]| edits.first().map(|(span, _)| *span);
    // What cures an error goes before what smooths a warning at the same place.
    fixes.sort_by_key(|(found, edits)| (std::cmp::Reverse(found.severity), first(edits)));
    let mut taken: BTreeSet<Span> = BTreeSet::new();
    let mut chosen = Vec::new();
    for (found, edits) in fixes {
        let free = edits.iter().all(|(span, _)| {
            let before = taken.range(..=*span).next_back();
            let after = taken.range(*span..).next();
            !before.into_iter().chain(after).any(|other| touch(*span, *other))
        });
        if free && !edits.is_empty() {
            taken.extend(edits.iter().map(|(span, _)| *span));
            chosen.push((first(edits), found));
        }
    }
    chosen.sort_by_key(|(first, _)| *first);
    chosen.into_iter().map(|(_, found)| found).collect()
}

/// The text with the fixes of findings that [`fitting`] chose.
pub fn apply(text: &str, chosen: &[&Diagnostic]) -> String {
    let edits = chosen.iter().filter_map(|found| found.fix.as_ref()).flat_map(|fix| &fix.edits);
    let edits: BTreeMap<Span, &str> = edits.map(|(span, new)| (*span, new.as_str())).collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in edits {
        if span.range().start < at {
            continue;
        }
        out.push_str(&text[at..span.range().start]);
        out.push_str(new);
        at = span.range().end;
    }
    out.push_str(&text[at..]);
    out
}

/// Whether two edits may not be made together. Two insertions at one place
/// would come out in an order that nobody chose.
fn touch(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end || a.start == b.start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn overlapping_fixes_are_applied_one_at_a_time() {
        let at = |range| Span::new(FileId(0), range);
        let found = [
            Diagnostic::new(Code::StraightQuote, at(0..1), "").fix("", at(0..1), "“"),
            Diagnostic::new(Code::StraightQuote, at(2..4), "").fix("", at(2..4), "X"),
            Diagnostic::new(Code::StraightQuote, at(3..4), "").fix("", at(3..4), "Y"),
        ];
        assert_eq!(apply_fixes("\"bcd", FileId(0), &found), ("“bX".into(), 2));
    }
}
