//! Characters that the fonts do not have.

use super::Passage;
use crate::compile::Context;
use crate::compile::flat::GAP;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fonts::Face;

/// A character without a glyph would be printed as a box or not at all.
pub(super) fn missing(_: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    for passage in passages {
        for (at, c) in passage.flat.text.char_indices() {
            // Control characters are reported by themselves.
            if c == GAP || c.is_control() || Face::Regular.glyph(c).is_some() {
                continue;
            }
            let place = passage.flat.span(at..at + c.len_utf8());
            let message = format!("the fonts have no `{c}` (U+{:04X})", u32::from(c));
            let diagnostic = Diagnostic::new(Code::MissingGlyph, place, message);
            found.push(match substitute(c) {
                Some(instead) => diagnostic.hint(format!("`{instead}` is meant in most texts")).fix_if(
                    format!("write `{instead}`"),
                    passage.flat.edit(at..at + c.len_utf8()),
                    instead.to_string(),
                ),
                None => diagnostic.hint("write it in letters, or with a sign that the fonts have"),
            });
        }
    }
}

/// What stands for a sign that word processors use and the fonts lack.
fn substitute(c: char) -> Option<char> {
    Some(match c {
        '\u{2011}' => '-',
        '\u{2060}' => return None,
        '\u{2007}' | '\u{2009}' => '\u{A0}',
        '⁰' => '0',
        _ => return None,
    })
}
