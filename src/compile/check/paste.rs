//! What comes along when a text is pasted from a word processor.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::source::Span;
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
            && words[numeral.len()..].trim_start_matches('.').starts_with(char::is_whitespace);
        let one_line = !content.iter().any(|inline| matches!(inline, Inline::Break(_)));
        let is_sentence = words.ends_with(['.', ';', ',', ':']);
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

/// The head of a published first page at the start of the body.
pub(super) fn letterhead(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    // A letterhead's lines are short and end in no sign; six languages are
    // read for nothing else.
    let could_be = |block: &crate::syntax::ast::Block| {
        matches!(&block.kind, BlockKind::Paragraph(Paragraph { marker: None, .. }))
            && context
                .sources
                .slice(block.span)
                .lines()
                .all(|line| line.len() < 120 && !line.trim_end().ends_with([',', '.', ';', ':', '–']))
    };
    if !context.filled.blocks.first().is_some_and(could_be) {
        return;
    }
    let names: Vec<&Locale> = Locale::tags().filter_map(Locale::of).collect();
    let mut whole: Option<Span> = None;
    let mut certain = false;
    for block in &context.filled.blocks {
        let BlockKind::Paragraph(Paragraph { marker: None, .. }) = &block.kind else { break };
        let lines: Vec<&str> = context.sources.slice(block.span).lines().map(str::trim).collect();
        if whole.is_some_and(|whole| whole.file != block.span.file) {
            break;
        }
        if !lines.iter().all(|line| is_letterhead_line(line, &names)) {
            break;
        }
        certain |= lines
            .iter()
            .any(|line| names.iter().any(|n| n.bodies.get("OSCE").is_some_and(|b| line.starts_with(&b.name))));
        whole = Some(whole.map_or(block.span, |first| first.to(block.span)));
    }
    if let Some(place) = whole.filter(|_| certain) {
        found.push(
            Diagnostic::new(Code::PastedLetterhead, place, "a letterhead was pasted into the text")
                .hint("give symbol, date, meeting and place in the header; the compiler writes the first page")
                .fixes("make its lines comments", comments(context, place)),
        );
    }
}

/// A comment sign before each line of a place: nothing of it is lost.
fn comments(context: &Context<'_>, place: Span) -> Vec<(Span, String)> {
    let mut edits = Vec::new();
    let mut at = place.range().start;
    for line in context.sources.slice(place).split_inclusive('\n') {
        if !line.trim().is_empty() {
            edits.push((Span::new(place.file, at..at), "// ".to_owned()));
        }
        at += line.len();
    }
    edits
}

fn is_letterhead_line(line: &str, names: &[&Locale]) -> bool {
    let symbol = line.trim_end_matches('*');
    let is_original =
        |line: &str| names.iter().any(|locale| line.starts_with(first_word(&locale.letterhead.original.text)));
    syntax::read_symbol(symbol).is_some()
        || names.iter().any(|locale| {
            let body = |name: &str| line.starts_with(name);
            let date = locale.date.months.iter().any(|month| line.contains(month.as_str())) && line.len() < 40;
            let tag = |name: &str| line == name || line.ends_with(name) && is_original(line);
            locale.bodies.iter().any(|(key, b)| {
                matches!(key.as_str(), "OSCE" | "MC" | "PC" | "FSC") && body(&b.name) && line.len() < b.name.len() + 40
            }) || date && line.ends_with(|c: char| c.is_ascii_digit())
                || tag(&locale.english_name.text)
                || locale.languages.values().any(|name| tag(&name.text))
                || is_place_and_year(line)
                || locale.letterhead.day_line.text.split(' ').next_back().is_some_and(|word| line.ends_with(word))
                    && line.len() < 90
                || fixed_words(&locale.letterhead.journal_line.text).any(|words| line.contains(words))
        })
}

/// `Original` of `Original: {language}`
fn first_word(pattern: &str) -> &str {
    pattern.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// What stands between the gaps of a pattern and is long enough to be known by.
fn fixed_words(pattern: &str) -> impl Iterator<Item = &str> {
    let between = pattern.split(['{', '}']).step_by(2);
    between.map(|words| words.trim_matches(|c: char| !c.is_alphabetic())).filter(|words| words.chars().count() > 6)
}

/// `Belgrade 2015`
fn is_place_and_year(line: &str) -> bool {
    let mut words = line.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(place), Some(year), None) => {
            place.chars().all(char::is_alphabetic) && year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
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
