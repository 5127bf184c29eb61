//! Straight quotation marks and apostrophes.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::signs;

/// `"` and `'` where the language has signs of its own.
pub(super) fn straight(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    for passage in passages {
        let text = passage.flat.text.as_str();
        if !text.contains(['"', '\'']) {
            continue;
        }
        let quotes = &passage.locale(context).quotes;
        let space = signs(&quotes.space);
        for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '"' | '\'')) {
            if passage.flat.in_address(at) {
                continue;
            }
            let before = text[..at].chars().next_back();
            let after = text[at + 1..].chars().next();
            let opens =
                before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '„' | '«' | '–' | '—'));
            let place = passage.flat.span(at..at + 1);
            let (code, what, instead) = if c == '"' {
                let sign = if opens { format!("{}{space}", quotes.open) } else { format!("{space}{}", quotes.close) };
                (Code::StraightQuote, "quotation mark", sign)
            } else if opens && after.is_some_and(char::is_alphabetic) {
                (Code::StraightQuote, "quotation mark", quotes.inner_open.clone())
            } else {
                (Code::StraightApostrophe, "apostrophe", "’".to_owned())
            };
            let shown = instead.replace('\u{A0}', "");
            found.push(
                Diagnostic::new(code, place, format!("`{c}` is a typewriter’s {what}"))
                    .hint(format!("print has `{shown}`"))
                    .fix_if(format!("write `{shown}`"), passage.flat.edit(at..at + 1), instead)
                    .safe(),
            );
        }
    }
}
