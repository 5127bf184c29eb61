//! What may be a marker, in the order of a text.

use crate::assemble::Filled;
use crate::locale::Locale;
use crate::source::{Sources, Span};
use crate::syntax::ast::{BlockKind, Inline, Paragraph};
use crate::syntax::marker::{Form, Marker, MarkerKind};
use crate::syntax::words_of;

/// What may be a marker.
pub(super) struct Candidate {
    /// The number of its block in the body.
    pub block: usize,
    /// How many annexes and attachments begin before it.
    pub part: usize,
    pub marker: Marker,
    pub stands: Stands,
    /// A day before its month, the number of a session: words in any case.
    pub is_ordinal: bool,
    /// Whether the text behind it is as a title is: one line that ends as no
    /// sentence does.
    pub is_title: bool,
    /// Whether the text behind it begins with a capital.
    pub is_capital: bool,
}

/// How a candidate stands at the start of its block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// The grammar has it as a marker.
    Typed,
    /// The grammar has it as text.
    Offered,
    /// It is the text right behind another candidate.
    Behind,
}

/// All candidates of a text but those in quotations, where nothing is counted.
pub(super) fn candidates(filled: &Filled, sources: &Sources) -> Vec<Candidate> {
    let mut all = Vec::new();
    let mut part = 0;
    for (block, content) in filled.blocks.iter().enumerate() {
        match &content.kind {
            BlockKind::Paragraph(paragraph) => {
                of_paragraph((block, part), paragraph, filled.locale, sources, &mut all);
            }
            BlockKind::Keyword(keyword) => part += usize::from(keyword.name.begins_part()),
            BlockKind::Comment | BlockKind::Quote(_) | BlockKind::Table(_) => {}
        }
    }
    all
}

fn of_paragraph(
    (block, part): (usize, usize),
    paragraph: &Paragraph,
    locale: &Locale,
    sources: &Sources,
    all: &mut Vec<Candidate>,
) {
    let words = words_of(&paragraph.content);
    let rest = words.trim_start();
    let one_line = !paragraph.content.iter().any(|inline| matches!(inline, Inline::Break(_)));
    let candidate = |marker: Marker, stands, rest: &str| Candidate {
        block,
        part,
        is_ordinal: is_ordinal(&marker, rest, locale),
        is_title: one_line && !rest.is_empty() && !rest.trim_end().ends_with(['.', ';', ':', ',']),
        is_capital: rest.starts_with(char::is_uppercase),
        marker,
        stands,
    };
    let first = match &paragraph.marker {
        Some(marker) => candidate(marker.clone(), Stands::Typed, rest),
        None => {
            let Some((text, span)) = beginning(paragraph, sources).filter(|_| !paragraph.is_escaped) else { return };
            let Some(marker) = Marker::offered(text, span) else { return };
            let rest = text[marker.span.range().len()..].trim_start();
            candidate(marker, Stands::Offered, rest)
        }
    };
    let takes_another = matches!(first.marker.kind, MarkerKind::Number { .. } | MarkerKind::Item { .. })
        && first.stands == Stands::Typed
        && first.marker.form != Form::Dash;
    all.push(first);
    let mut behind = beginning(paragraph, sources).filter(|_| takes_another && paragraph.bracket_before.is_none());
    while let Some((text, span)) = behind
        && let Some(marker) = Marker::behind(text, span)
    {
        let (left, skipped) = after(text, marker.span.range().len());
        behind = Some((left, span.part(skipped..span.range().len())));
        all.push(candidate(marker, Stands::Behind, left));
    }
}

/// The text behind the marker at the start of `text`, and where it begins.
fn after(text: &str, marker: usize) -> (&str, usize) {
    let rest = text[marker..].trim_start();
    (rest, text.len() - rest.len())
}

/// The words that a paragraph's text begins with, labels before them left out.
pub(super) fn beginning<'a>(paragraph: &'a Paragraph, sources: &Sources) -> Option<(&'a str, Span)> {
    let word = paragraph.content.iter().find_map(|inline| match inline {
        Inline::Label { .. } | Inline::Comment(_) => None,
        Inline::Text(word) if word.text.trim().is_empty() => None,
        Inline::Text(word) => Some(Some(word)),
        _ => Some(None),
    })??;
    // What was filled in has no bytes of its own.
    let is_verbatim = sources.slice(word.span) == word.text;
    let rest = word.text.trim_start();
    let from = word.text.len() - rest.len();
    is_verbatim.then(|| (rest, word.span.part(from..word.text.len())))
}

/// Whether a number is an ordinal by what follows it: `26. November`,
/// `10. Plenarsitzung`.
fn is_ordinal(marker: &Marker, rest: &str, locale: &Locale) -> bool {
    let MarkerKind::Number { part: None, value: Some(value), inserted: None } = marker.kind else { return false };
    marker.form == Form::Stop && locale.makes_ordinal(value, rest)
}
