//! Stretches of a text by the bytes of its words as they are compared.

use std::ops::Range;

use crate::compare::common;
use crate::model::{Inline, Lead};

/// How many bytes the words of a text have as they are compared.
pub(super) fn length(content: &[Inline]) -> usize {
    content.iter().map(length_of).sum()
}

fn length_of(inline: &Inline) -> usize {
    match inline {
        Inline::Text(text)
        | Inline::Raised(text)
        | Inline::Placeholder(text)
        | Inline::Link { text, .. }
        | Inline::Unresolved(text) => text.chars().filter_map(common).map(char::len_utf8).sum(),
        Inline::NoteMark { mark, .. } => mark.chars().filter_map(common).map(char::len_utf8).sum::<usize>() + 2,
        Inline::Emphasis { content, .. }
        | Inline::Bracket(content)
        | Inline::Foreign { content, .. }
        | Inline::Instrument { content, .. } => length(content),
    }
}

/// The stretch of a text with these bytes, set as it is set there.
pub(super) fn slice(content: &[Inline], range: &Range<usize>) -> Vec<Inline> {
    let mut at = 0;
    slice_from(content, range, &mut at)
}

fn slice_from(content: &[Inline], range: &Range<usize>, at: &mut usize) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in content {
        if *at >= range.end {
            break;
        }
        let start = *at;
        let mut words = |text: &str| -> Option<String> {
            let mut kept = String::new();
            for c in text.chars() {
                if range.contains(&start_of(at, c)) {
                    kept.push(c);
                }
            }
            (!kept.is_empty()).then_some(kept)
        };
        let part = match inline {
            Inline::Text(text) => words(text).map(Inline::Text),
            Inline::Raised(text) => words(text).map(Inline::Raised),
            Inline::Placeholder(text) => words(text).map(Inline::Placeholder),
            Inline::Unresolved(text) => words(text).map(Inline::Unresolved),
            Inline::Link { target, text } => words(text).map(|text| Inline::Link { target: *target, text }),
            Inline::NoteMark { .. } => {
                *at += length_of(inline);
                range.contains(&start).then(|| inline.clone())
            }
            Inline::Emphasis { strong, content } => {
                let content = slice_from(content, range, at);
                (!content.is_empty()).then_some(Inline::Emphasis { strong: *strong, content })
            }
            Inline::Bracket(content) => {
                let content = slice_from(content, range, at);
                (!content.is_empty()).then_some(Inline::Bracket(content))
            }
            Inline::Foreign { language, content } => {
                let content = slice_from(content, range, at);
                (!content.is_empty()).then(|| Inline::Foreign { language: language.clone(), content })
            }
            Inline::Instrument { lead, content } => {
                let content = slice_from(content, range, at);
                (!content.is_empty()).then(|| Inline::Instrument { lead: lead.clone(), content })
            }
        };
        out.extend(part);
    }
    out
}

/// Where a sign begins; the next one begins behind it.
fn start_of(at: &mut usize, sign: char) -> usize {
    let start = *at;
    *at += common(sign).map_or(0, char::len_utf8);
    start
}

/// Words of the old text: what they lead to is not there any more, and their notes stand
/// where `note` says; a mark without a note of its own is a raised letter.
pub(super) fn as_old(content: Vec<Inline>, note: &mut dyn FnMut(usize) -> Option<usize>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    for inline in content {
        match inline {
            Inline::Link { text, .. } => out.push(Inline::Text(text)),
            Inline::NoteMark { note: old, mark } => out.push(match note(old) {
                Some(note) => Inline::NoteMark { note, mark },
                None => Inline::Raised(mark),
            }),
            Inline::Instrument { lead: Lead::Text(_), content } => out.extend(as_old(content, note)),
            Inline::Instrument { lead, content } => {
                out.push(Inline::Instrument { lead, content: as_old(content, note) });
            }
            Inline::Emphasis { strong, content } => {
                out.push(Inline::Emphasis { strong, content: as_old(content, note) });
            }
            Inline::Bracket(content) => out.push(Inline::Bracket(as_old(content, note))),
            Inline::Foreign { language, content } => {
                out.push(Inline::Foreign { language, content: as_old(content, note) });
            }
            Inline::Text(_) | Inline::Raised(_) | Inline::Placeholder(_) | Inline::Unresolved(_) => out.push(inline),
        }
    }
    out
}

/// The notes whose marks stand in a text, in their order.
pub(super) fn notes_in(content: &[Inline]) -> Vec<usize> {
    let mut notes = Vec::new();
    for inline in content {
        match inline {
            Inline::NoteMark { note, .. } => notes.push(*note),
            Inline::Emphasis { content, .. }
            | Inline::Bracket(content)
            | Inline::Foreign { content, .. }
            | Inline::Instrument { content, .. } => notes.extend(notes_in(content)),
            Inline::Text(_)
            | Inline::Raised(_)
            | Inline::Placeholder(_)
            | Inline::Unresolved(_)
            | Inline::Link { .. } => {}
        }
    }
    notes
}
