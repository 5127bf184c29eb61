//! Fixes applied to a text.

use std::collections::BTreeMap;

use super::{Diagnostic, Severity};
use crate::source::{FileId, Span};

/// The text of `file` with the fixes applied that do not overlap, those of
/// errors first, and how many were applied. What was left out is reported
/// again by the next check.
pub fn apply_fixes<'a>(text: &str, file: FileId, found: impl IntoIterator<Item = &'a Diagnostic>) -> (String, usize) {
    let mut fixes: Vec<(Severity, &[(Span, String)])> = found
        .into_iter()
        .filter_map(|d| d.fix.as_ref().map(|fix| (d.severity, fix.edits.as_slice())))
        .filter(|(_, edits)| edits.iter().all(|(span, _)| span.file == file && text.get(span.range()).is_some()))
        .collect();
    // What cures an error goes before what smooths a warning at the same place.
    fixes.sort_by_key(|(severity, edits)| (std::cmp::Reverse(*severity), edits.first().map(|(span, _)| *span)));
    let mut taken: BTreeMap<Span, &str> = BTreeMap::new();
    let mut applied = 0;
    for (_, edits) in fixes {
        let free = edits.iter().all(|(span, _)| {
            let before = taken.range(..=*span).next_back();
            let after = taken.range(*span..).next();
            !before.into_iter().chain(after).any(|(other, _)| touch(*span, *other))
        });
        if free && !edits.is_empty() {
            taken.extend(edits.iter().map(|(span, new)| (*span, new.as_str())));
            applied += 1;
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in taken {
        if span.range().start < at {
            continue;
        }
        out.push_str(&text[at..span.range().start]);
        out.push_str(new);
        at = span.range().end;
    }
    out.push_str(&text[at..]);
    (out, applied)
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
