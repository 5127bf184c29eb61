//! What comes along when a text is pasted from a word processor.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::syntax::ast::{BlockKind, Inline, Paragraph};
use crate::syntax::marker::MarkerKind;
use crate::syntax::{self, ItemKind};

/// `I. Title` where `section:` is meant.
pub(super) fn sections(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    // The letter of the list that is open, so that `I.` after `H.` is a letter.
    let mut letter = 0;
    for block in &context.filled.blocks {
        let BlockKind::Paragraph(Paragraph { marker, content, .. }) = &block.kind else { continue };
        let value = match marker.as_ref().map(|marker| &marker.kind) {
            Some(MarkerKind::Item { readings, .. }) => match readings.first() {
                Some((ItemKind::Capital, value)) => *value,
                _ => continue,
            },
            Some(_) => continue,
            None => 0,
        };
        let continues = value > 0 && value == letter + 1;
        letter = value;
        let words = context.sources.slice(block.span).trim_end();
        let numeral = words.split('.').next().unwrap_or_default();
        let is_numbered = syntax::roman(&numeral.to_lowercase()).is_some()
            && numeral.chars().all(|c| c.is_ascii_uppercase())
            && (words[numeral.len()..].trim_start_matches('.').starts_with(char::is_whitespace)
                || content.is_empty() && words.ends_with('.'));
        let one_line = !content.iter().any(|inline| matches!(inline, Inline::Break(_)));
        let is_sentence = !content.is_empty() && words.ends_with(['.', ';', ',', ':']);
        if is_numbered && one_line && !is_sentence && !continues {
            let place = block.span.part(0..numeral.len() + 1);
            found.push(
                Diagnostic::new(Code::PastedSection, place, format!("`{numeral}.` looks like the number of a section"))
                    .hint("sections are numbered by the compiler: write `section:` before the title")
                    .fix("write `section:`", place, "section:"),
            );
        }
    }
}

/// An odd dash in a symbol, `MC.DOC/1/16‑4/16`.
pub(super) fn symbols(_: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    for passage in passages {
        let text = passage.flat.text.as_str();
        for (at, dash) in text.match_indices(['\u{2011}', '–', '—']) {
            let start = text[..at].rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
            let start = text.ceil_char_boundary(start);
            let end = text[at..].find(char::is_whitespace).map_or(text.len(), |blank| at + blank);
            let word = text[start..end].trim_matches(['(', ')', ',', ';', '.']);
            let first = word.split(['\u{2011}', '–', '—']).next().unwrap_or_default();
            let rest = &text[at + dash.len()..end];
            if syntax::read_symbol(first).is_some() && rest.starts_with(|c: char| c.is_ascii_digit()) {
                let place = passage.flat.span(at..at + dash.len());
                found.push(
                    Diagnostic::new(Code::SymbolDamage, place, format!("`{word}` has a dash that no symbol has"))
                        .hint("a symbol has a plain hyphen")
                        .fix("write `-`", place, "-")
                        .safe(),
                );
            }
        }
    }
}
