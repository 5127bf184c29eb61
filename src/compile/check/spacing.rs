//! Spaces beside signs, by the data of the language.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::compile::typography::wanted_before;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::locale::{Before, Locale};

/// A space missing before `;` in French, one too many in English.
pub(super) fn signs(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    for passage in passages {
        let locale = passage.locale(context);
        sign_spaces(passage, locale, found);
        closed_up(passage, found);
        quote_spaces(passage, locale, found);
    }
}

fn sign_spaces(passage: &Passage<'_>, locale: &Locale, found: &mut Diagnostics) {
    let text = passage.flat.text.as_str();
    for (at, sign) in text.match_indices([':', ';', '!', '?']) {
        let character = sign.chars().next().unwrap_or_default();
        let Some((wanted, status)) = wanted_before(locale, character) else { continue };
        let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
        // Addresses, times of day and rows of signs are none of this.
        let ends_word =
            after.is_none_or(|c| c.is_whitespace() || matches!(c, '»' | '”' | ')' | ']' | '“' | '[' | '\u{FFFC}'));
        let Some(before) = before.filter(|c| !matches!(c, ':' | ';' | '!' | '?' | '(' | '[')) else { continue };
        if !ends_word || is_attribution(&text[..at]) {
            continue;
        }
        let blank = before.is_whitespace();
        let (place, message, cure, new) = match wanted.space() {
            Some(space) if !blank => (
                (passage.flat.span(at..at + 1).head(), passage.flat.edit(at..at)),
                format!("`{sign}` has no space before it"),
                format!("put a space that does not break before `{sign}`"),
                space.to_string(),
            ),
            None if blank => {
                let start = text[..at].trim_end().len();
                if start == 0 {
                    continue;
                }
                (
                    (passage.flat.span(start..at), passage.flat.edit(start..at)),
                    format!("`{sign}` has a space before it"),
                    format!("close up `{sign}`"),
                    String::new(),
                )
            }
            _ => continue,
        };
        let hint = match wanted {
            Before::None => "this language sets it close to the word",
            Before::Nbsp | Before::Nnbsp => "this language sets a space before it; a typed blank will do",
        };
        let weight = status.bound().min(Severity::Warning);
        let (place, edit) = place;
        found.push(
            Diagnostic::new(Code::Spacing, place, message).hint(hint).fix_if(cure, edit, new).safe().at_most(weight),
        );
    }
}

/// What every language sets close: a comma or full stop to the word before it, parentheses
/// to what is in them.
fn closed_up(passage: &Passage<'_>, found: &mut Diagnostics) {
    let text = passage.flat.text.as_str();
    for (at, sign) in text.match_indices([',', '.', '(', ')']) {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let ends_word =
            after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '»' | '”' | ')' | '\u{FFFC}'));
        let (range, side) = match sign {
            "(" => (at + 1..text.len() - after.trim_start().len(), "after"),
            // Rows of full stops, and what is no end of a word, are left.
            "," | "." if !ends_word || after.trim_start().starts_with('.') => continue,
            "," | "." if before.trim_end().ends_with(['.', '…', ',']) => continue,
            _ => (before.trim_end().len()..at, "before"),
        };
        if range.is_empty() || range.start == 0 || range.end == text.len() {
            continue;
        }
        let message = format!("`{sign}` has a space {side} it");
        found.push(
            Diagnostic::new(Code::Spacing, passage.flat.span(range.clone()), message)
                .hint("every language sets it close")
                .fix_if(format!("close up `{sign}`"), passage.flat.edit(range), "")
                .safe(),
        );
    }
}

/// Whether a text ends in the names before a bracket's colon.
fn is_attribution(before: &str) -> bool {
    let Some((at, sign)) = before.char_indices().rev().find(|(_, c)| !(c.is_alphanumeric() || " ,.-’@".contains(*c)))
    else {
        return false;
    };
    matches!(sign, '[' | '|') && before.len() - at < 60
}

/// French sets spaces inside its quotation marks.
fn quote_spaces(passage: &Passage<'_>, locale: &Locale, found: &mut Diagnostics) {
    if locale.quotes.space.is_empty() {
        return;
    }
    let space = crate::locale::signs(&locale.quotes.space);
    let text = passage.flat.text.as_str();
    let weight = locale.quotes.status.bound().min(Severity::Warning);
    for (mark, opens) in [(&locale.quotes.open, true), (&locale.quotes.close, false)] {
        for (at, _) in text.match_indices(mark.as_str()) {
            let end = at + mark.len();
            let neighbour = if opens { text[end..].chars().next() } else { text[..at].chars().next_back() };
            if neighbour.is_none_or(char::is_whitespace) {
                continue;
            }
            let whole = passage.flat.span(at..end);
            let edit = passage.flat.edit(at..end).map(|mark| if opens { mark.tail() } else { mark.head() });
            let side = if opens { "after" } else { "before" };
            found.push(
                Diagnostic::new(Code::Spacing, whole, format!("`{mark}` has no space {side} it"))
                    .hint("this language sets a space inside its quotation marks; a typed blank will do")
                    .fix_if(format!("put a space that does not break {side} `{mark}`"), edit, space.clone())
                    .safe()
                    .at_most(weight),
            );
        }
    }
}
