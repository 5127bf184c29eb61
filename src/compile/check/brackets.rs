//! Text that is not agreed, and gaps.

use super::{Passage, each_inline, quotation_is_open};
use crate::compile::Context;
use crate::compile::outline::words_of;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::syntax::ast::{Alternative, Inline};

/// Brackets and placeholders: warnings in a draft, errors in a final text.
pub(super) fn open(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    each_inline(context, &mut |inline, quoted| {
        let Inline::Bracket { span, alternatives } = inline else { return };
        let words: String = alternatives.iter().map(|alternative| words_of(&alternative.content)).collect();
        let text = context.sources.get(span.file).map_or("", |source| source.text());
        let inside = quoted || in_quotation_marks(text, span.range().start);
        if is_editorial(&words, inside) {
            return;
        }
        let shown = shorten(context.sources.slice(*span));
        if is_placeholder(&words) {
            let message = format!("`{shown}` is still to be filled in");
            found.push(Diagnostic::new(Code::Placeholder, *span, message).hint("write what belongs here"));
            return;
        }
        let by = alternatives.iter().find_map(|alternative| names(alternative, context));
        let message = match by {
            Some(names) => format!("`{shown}` is not agreed ({names})"),
            None => format!("`{shown}` is not agreed"),
        };
        found.push(
            Diagnostic::new(Code::OpenBracket, *span, message)
                .hint("a final text has no square brackets: keep the words that were agreed; `\\[` prints the sign"),
        );
    });
}

/// The names before a bracket's colon, if they are names.
fn names(alternative: &Alternative, context: &Context<'_>) -> Option<String> {
    let (names, _) = alternative.by.as_ref()?;
    let known = |name: &str| context.locale.is_delegation(name) || context.values.list("delegations").contains(&name);
    let all = names.iter().all(|name| known(&name.text));
    all.then(|| names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(", "))
}

/// `[ ]`, `[…]`, `[X]`, `[TBC]`: a gap.
pub(in crate::compile) fn is_placeholder(words: &str) -> bool {
    matches!(words.trim(), "" | "…" | "..." | "X" | "XX" | "TBC" | "TBD")
}

/// `[…]`, `[sic]` and one bracketed letter in a quotation are an editor's.
fn is_editorial(words: &str, quoted: bool) -> bool {
    let words = words.trim();
    let one_letter = words.chars().count() == 1 && words.chars().all(char::is_alphabetic);
    quoted && (matches!(words, "…" | "..." | "sic") || one_letter)
}

/// How far back the opening mark of a quotation is looked for, in bytes.
const NEAR: usize = 2000;

/// Whether a quotation is open at this byte, in its paragraph.
fn in_quotation_marks(text: &str, at: usize) -> bool {
    let before = &text[text.ceil_char_boundary(at.saturating_sub(NEAR)).min(at)..at];
    let paragraph = before.rfind("\n\n").map_or(0, |blank| blank + 2);
    quotation_is_open(&before[paragraph..])
}

fn shorten(words: &str) -> String {
    let line: Vec<&str> = words.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(48) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line,
    }
}
