//! Text that is not agreed, and gaps.

use super::delegations::codes_of;
use std::collections::{BTreeMap, BTreeSet};

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, Inline, Word, delegation_and_round};
use crate::syntax::words_of;
use crate::syntax::{self};

const HINT: &str = "a final text has no square brackets: keep the words that were agreed; `\\[` prints the sign";

/// Brackets and placeholders: warnings in a draft, errors in a final text.
pub(super) fn open(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    let too_deep = found.iter().filter(|found| found.code == Code::TooDeep);
    let too_deep: BTreeSet<(FileId, u32)> = too_deep.map(|found| (found.place.file, found.place.start)).collect();
    for passage in passages.iter().filter(|passage| passage.is_printed && !passage.flat.brackets.is_empty()) {
        open_in(passage, context, &too_deep, found);
    }
}

fn open_in(passage: &Passage<'_>, context: &Context<'_>, too_deep: &BTreeSet<(FileId, u32)>, found: &mut Diagnostics) {
    // Of brackets that are nested too deep the outer one says enough.
    let mut outer = Span::default();
    let is_too_deep =
        |span: Span| too_deep.range((span.file, span.start)..(span.file, span.end.max(span.start))).next().is_some();
    let quotations = passage.locale(context).quotes.quotations(&passage.flat.text);
    let places: BTreeMap<Span, usize> = passage.flat.brackets.iter().map(|&(at, span)| (span, at)).collect();
    ast::walk(passage.content, &mut |inline| {
        if let Inline::OpenBracket { span, by } = inline {
            found.push(over_paragraphs(*span, by.as_ref(), context));
            return;
        }
        let Inline::Bracket { span, alternatives } = inline else { return };
        // Those in a footnote are that passage's.
        let Some(&at) = places.get(span) else { return };
        if span.file == outer.file && outer.start <= span.start && span.end <= outer.end {
            return;
        }
        if is_too_deep(*span) {
            outer = *span;
        }
        let words: String = alternatives.iter().map(|alternative| words_of(&alternative.content)).collect();
        if is_editorial(&words, passage.quoted || quotations.hold(at)) {
            return;
        }
        let shown = shorten(context.sources.slice(*span));
        if syntax::is_placeholder(&words) {
            let message = format!("`{shown}` is still to be filled in");
            found.push(Diagnostic::new(Code::Placeholder, *span, message).hint("write what belongs here"));
            return;
        }
        let by = alternatives.iter().filter_map(|alternative| names(alternative.by.as_ref()?, context));
        let by: Vec<String> = by.flatten().collect();
        let message = format!("`{shown}` is not agreed{}", in_brackets(&by));
        found.push(Diagnostic::new(Code::OpenBracket, *span, message).hint(HINT).by(by));
    });
}

/// A bracket that opens at the start of a paragraph and closes in another one.
fn over_paragraphs(open: Span, by: Option<&(Vec<Word>, Word)>, context: &Context<'_>) -> Diagnostic {
    let by = by.and_then(|by| names(by, context)).unwrap_or_default();
    let message = format!("the paragraphs from this bracket to its `]` are not agreed{}", in_brackets(&by));
    Diagnostic::new(Code::OpenBracket, open.part(0..1), message).hint(HINT).by(by)
}

fn in_brackets(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

/// The names before a bracket's colon, if they are names.
fn names((names, _): &(Vec<Word>, Word), context: &Context<'_>) -> Option<Vec<String>> {
    let listed = context.filled.values.list("delegations");
    let known = |name: &str| {
        let name = delegation_and_round(name).0;
        context.filled.locale.is_delegation(name) || listed.contains(&name) || codes_of(name, &listed).is_some()
    };
    let all = names.iter().all(|name| known(&name.text));
    all.then(|| names.iter().map(|name| name.text.clone()).collect())
}

/// `[…]`, `[sic]` and one bracketed letter in a quotation are an editor's.
fn is_editorial(words: &str, quoted: bool) -> bool {
    let words = words.trim();
    let one_letter = words.chars().count() == 1 && words.chars().all(char::is_alphabetic);
    quoted && (matches!(words, "…" | "..." | "sic") || one_letter)
}

fn shorten(words: &str) -> String {
    let line: Vec<&str> = words.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(48) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line,
    }
}
