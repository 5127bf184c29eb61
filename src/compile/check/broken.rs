//! Sentences that a blank line divides.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::compile::pasted::{has_end, heading_of, is_unread};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::syntax::ast::{Block, BlockKind};
use crate::syntax::citation::named_bodies;
use crate::syntax::each_block;

/// A paragraph without a sign of its end before one that goes on: with a small letter, behind
/// a word that ends no sentence, with the rest of a name.
pub(super) fn sentences(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    pairs(context, &context.filled.blocks, found);
    each_block(&context.filled.blocks, false, &mut |block, _| pairs(context, block.children(), found));
}

fn pairs(context: &Context<'_>, blocks: &[Block], found: &mut Diagnostics) {
    let Context { sources, filled, .. } = context;
    for pair in blocks.windows(2) {
        let [first, second] = pair else { continue };
        let (Some(before), BlockKind::Paragraph(after)) = (first.paragraph(), &second.kind) else { continue };
        let between = first.span.tail().to(second.span.head());
        let is_one_text = (first.span.file, first.span.chain) == (second.span.file, second.span.chain)
            && first.span.end <= second.span.start
            && sources.slice(between).trim().is_empty();
        let words = sources.slice(first.span).trim_end();
        let next = sources.slice(second.span);
        let is_open = words.ends_with(|c: char| c.is_alphanumeric() || c == '-') && !has_end(words);
        let last = words.split_whitespace().next_back().unwrap_or_default();
        let is_stop = filled.locale.stop_words.iter().any(|word| word == last);
        let is_small = next.starts_with(char::is_lowercase);
        // “– their keepers, and”: the last but one of a list.
        let is_stop = is_stop && (is_small || !words[..words.len() - last.len()].trim_end().ends_with([',', ';']));
        let goes_on =
            || is_small || next.starts_with(char::is_alphabetic) && (is_stop || is_name(last, next, filled.locale));
        let is_plain = after.marker.is_none() && after.lead.is_none();
        let is_prose = words.chars().any(char::is_lowercase)
            && heading_of(words).is_none()
            && !is_unread(next)
            && !before.lines.is_empty();
        // What is indented goes on below it, unless no sentence can end so.
        let is_level =
            second.indent == first.indent || before.marker.is_some() && second.indent < first.indent || is_stop;
        if !(is_one_text && is_open && is_plain && is_prose && is_level && goes_on()) {
            continue;
        }
        let start = words.len() - last.len();
        let place = first.span.part(start..words.len());
        let mut finding =
            Diagnostic::new(Code::BrokenParagraph, place, format!("the paragraph ends at `{last}` without a sign"))
                .other(
                    second.span.head(),
                    if is_small { "this one begins with a small letter" } else { "this one goes on" },
                )
                .hint("delete the blank line between them if they are one sentence");
        // A word divided at the end of a page is for the author to close up.
        if !words.ends_with('-') {
            finding = finding.fix("join the two", between, "\n");
        }
        found.push(finding);
    }
}

/// Whether a word and the first of the next paragraph are a body's name, “Ministerial Council”.
fn is_name(last: &str, next: &str, locale: &Locale) -> bool {
    let first = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let joined = format!("{last} {first}");
    named_bodies(&joined, &locale.language).iter().any(|named| named.words == (0..joined.len()) && !first.is_empty())
}
