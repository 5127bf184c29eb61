//! Passages in a language that nobody described, and in another than is said.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::compile::pasted::other_than;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::source::Span;
use crate::syntax::ast::{Block, Inline};

/// `{lang xx: …}` with an unknown tag.
pub(super) fn unknown(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    context.each_inline(&mut |inline, _| {
        let Inline::Lang { tag, .. } = inline else { return };
        if !Locale::tags().any(|known| known == tag.text) {
            let known: Vec<&str> = Locale::tags().collect();
            found.push(
                Diagnostic::new(
                    Code::WrongType,
                    tag.span,
                    format!("`{}` is no language that this version knows", tag.text),
                )
                .hint(format!("write one of {}", known.join(", "))),
            );
        }
    });
}

/// A part of the text, how many words it has, and its passages in another language with
/// their words.
struct Part<'a> {
    /// The keyword line of an annex.
    block: Option<&'a Block>,
    words: usize,
    others: Vec<Other<'a>>,
}

/// A passage in another language than it should be in.
struct Other<'a> {
    place: Span,
    /// The same, where an edit of it is one of its words.
    edit: Option<Span>,
    /// What it is in, and what it should be in.
    tag: &'static str,
    own: &'a str,
    words: usize,
}

/// Words of another language than the header says: letters and short words tell it.
pub(super) fn other(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    let blocks = context.filled.blocks.as_slice();
    let starts: Vec<usize> = (0..blocks.len())
        .filter(|at| blocks[*at].keyword().is_some_and(|keyword| keyword.name.begins_part()))
        .collect();
    let part = |block| Part { block, words: 0, others: Vec::new() };
    let mut parts: Vec<Part<'_>> = vec![part(None)];
    parts.extend(starts.iter().map(|at| part(blocks.get(*at))));
    for passage in passages.iter().filter(|passage| passage.is_printed && !passage.quoted) {
        // A passage that is said to be in another language is judged by it.
        let text = own_words(passage, context);
        let Some(block) = passage.block else { continue };
        let words = text.split_whitespace().count();
        let Some(part) = parts.get_mut(starts.partition_point(|start| *start <= block)) else { continue };
        part.words += words;
        if words >= FEWEST_WORDS
            && let Some(tag) = other_than(&text, passage.language)
        {
            let whole = 0..passage.flat.text.len();
            let (place, edit) = (passage.flat.span(whole.clone()), passage.flat.edit(whole));
            part.others.push(Other { place, edit, tag, own: passage.language, words });
        }
    }
    for part in parts.iter().filter(|part| !part.others.is_empty()) {
        said(context, part, found);
    }
}

/// Fewer words of a paragraph tell no language.
const FEWEST_WORDS: usize = 10;

/// A passage without its quotations.
fn own_words(passage: &Passage<'_>, context: &Context<'_>) -> String {
    let text = passage.flat.text.as_str();
    if !text.contains(['“', '”', '„', '«']) {
        return text.to_owned();
    }
    let quotations = passage.locale(context).quotes.quotations(text);
    text.char_indices().map(|(at, c)| if quotations.hold(at) { ' ' } else { c }).collect()
}

fn said(context: &Context<'_>, part: &Part<'_>, found: &mut Diagnostics) {
    let Some(Other { place: first, tag, .. }) = part.others.first() else { return };
    let same: usize = part.others.iter().filter(|other| other.tag == *tag).map(|other| other.words).sum();
    // Most of a part: its header is what is wrong.
    if same * 10 >= part.words * 7 {
        let entry = match part.block {
            None => context.filled.header.get("language"),
            Some(block) => block.keyword().and_then(|keyword| keyword.header.get("language")),
        };
        let place = entry.map(|entry| entry.value_span());
        let message = format!(
            "the words are those of `{tag}`, and the {} says another language",
            if part.block.is_some() { "part" } else { "header" }
        );
        let mut finding = Diagnostic::new(Code::TextLanguage, place.unwrap_or(*first), message)
            .hint(format!("write `language: {tag}`, or `{{lang {tag}: …}}` around a passage"));
        if let Some(place) = place {
            finding = finding.other(*first, "as here").fix(format!("write `{tag}`"), place, *tag);
        } else if let Some(block) = part.block {
            let line = format!("language: {tag}");
            finding = finding.fix(format!("write `{line}`"), block.span.tail(), format!("\n{line}"));
        }
        found.push(finding);
        return;
    }
    for Other { place, edit, tag, own, .. } in &part.others {
        let finding = Diagnostic::new(
            Code::TextLanguage,
            *place,
            format!("this paragraph is in `{tag}`, and the text in `{own}`"),
        )
        .hint(format!("write `{{lang {tag}: …}}` around it"));
        let words = edit.map(|edit| context.sources.slice(edit));
        let is_plain = words.is_some_and(|words| !words.contains(['{', '}', '[', ']', '*', '\n', '\r']));
        found.push(match edit.filter(|_| is_plain) {
            Some(edit) => finding.fixes(
                format!("write `{{lang {tag}: …}}`"),
                vec![(edit.head(), format!("{{lang {tag}: ")), (edit.tail(), "}".to_owned())],
            ),
            None => finding,
        });
    }
}
