//! Paragraphs that begin as the items of a list do and are none: bullets, letters and
//! numerals that are no marker, markers in emphasis and behind another marker.

use std::collections::BTreeSet;

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::compile::pasted::{item_value, numbered_section};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use crate::syntax::ast::{Block, Paragraph};
use crate::syntax::marker::MarkerKind;

/// Signs that word processors set before the items of a list, and that are no dash.
const BULLETS: [char; 14] = ['o', '+', '·', '▪', '◦', '→', '➢', '‣', '∙', '■', '□', '●', '○', '§'];
/// No numeral of a list is longer, in letters.
const LONGEST: usize = 5;

/// What a paragraph begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bullet(char),
    /// `a.`, `iv.`, `(a).`: no sentence begins so.
    Item,
    /// `I.`, `a -`: a sentence may; two in a row are a list.
    Numeral,
}

struct Like {
    place: Span,
    kind: Kind,
    value: u32,
}

/// Looks at the paragraphs that are printed without a marker.
pub(super) fn of_markers(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let blocks = context.filled.blocks.as_slice();
    let likes: Vec<Option<Like>> = blocks.iter().map(|block| like(context, block)).collect();
    let undecided = found.iter().filter(|finding| finding.code == Code::MarkerUndecided);
    let undecided: BTreeSet<(FileId, u32)> =
        undecided.map(|finding| (finding.place.file, finding.place.start)).collect();
    for (at, block) in blocks.iter().enumerate() {
        if let Some(this) = &likes[at] {
            if undecided.contains(&(this.place.file, this.place.start)) {
                continue;
            }
            let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
            let mut beside = beside.filter_map(|at| likes.get(at)?.as_ref());
            if this.kind == Kind::Item || beside.any(|other| goes_with(this, other)) {
                found.push(said(context, this));
            }
        } else if let Some(paragraph) = block.paragraph() {
            found.extend(in_emphasis(context, block, paragraph));
            found.extend(of_a_draft(context, paragraph));
            let item_follows = blocks.get(at + 1).and_then(Block::paragraph).is_some_and(is_item);
            if item_follows {
                found.extend(behind_another(context, block, paragraph));
            }
        }
    }
}

/// Whether a paragraph is the item of a list, or was typed as one.
fn is_item(paragraph: &Paragraph) -> bool {
    paragraph.marker.as_ref().is_some_and(|marker| matches!(marker.kind, MarkerKind::Item { .. }))
}

fn goes_with(this: &Like, other: &Like) -> bool {
    match this.kind {
        Kind::Bullet(_) => this.kind == other.kind,
        Kind::Item | Kind::Numeral => other.kind == Kind::Numeral && this.value.abs_diff(other.value) == 1,
    }
}

fn like(context: &Context<'_>, block: &Block) -> Option<Like> {
    let paragraph = block.paragraph().filter(|paragraph| paragraph.marker.is_none() && !paragraph.is_escaped)?;
    if paragraph.lead.is_some() {
        return None;
    }
    let text = context.sources.slice(block.span);
    let first = text.chars().next()?;
    let made = |length: usize, kind, value| Like { place: block.span.part(0..length), kind, value };
    let is_apart = |length: usize| text[length..].starts_with([' ', '\t', '\u{A0}']);
    if BULLETS.contains(&first) && is_apart(first.len_utf8()) {
        return Some(made(first.len_utf8(), Kind::Bullet(first), 0));
    }
    let opened = usize::from(first == '(');
    let word = text[opened..].find(|c: char| !c.is_alphabetic()).filter(|end| *end > 0)?;
    let word = &text[opened..opened + word];
    let value = item_value(word).filter(|_| word.chars().count() <= LONGEST)?;
    let rest = &text[opened + word.len()..];
    let sign = rest.find(|c: char| !".)-–— ".contains(c))?;
    let sign = &rest[..sign];
    let is_small = word.chars().all(char::is_lowercase);
    let length = opened + word.len() + sign.trim_end().len();
    // “a. D.”, “i. d. R.”: letters that are words cut short.
    let is_short = |rest: &str| rest.chars().nth(1) == Some('.');
    let begins =
        |rest: &str| rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '„' | '«')) && !is_short(rest);
    let rest = &rest[sign.len()..];
    let kind = match (opened, sign.trim_end()) {
        _ if !begins(rest) || !sign.ends_with(' ') => return None,
        (0, ".") if is_small => Kind::Item,
        (1, ")." | ").-") | (0, "-" | "–" | ").") if is_small && !sign.starts_with(' ') => Kind::Item,
        (0, " -" | " –" | " —") if is_small => Kind::Numeral,
        (0, ".") if numbered_section(text).is_none() && is_numeral(word) => Kind::Numeral,
        _ => return None,
    };
    Some(made(length, kind, value))
}

/// Capital letters that count as Roman numerals do; one other letter is an initial.
fn is_numeral(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

fn said(context: &Context<'_>, like: &Like) -> Diagnostic {
    let shown = context.sources.slice(like.place);
    let message = format!("`{shown}` is no marker, and the paragraph is printed as words");
    let finding = Diagnostic::new(Code::OddMarker, like.place, message);
    match like.kind {
        Kind::Bullet(_) => finding
            .hint("write `– ` before each item of a list, or `\\` before a sign that belongs to the text")
            .fix("write `–`", like.place, "–"),
        Kind::Item | Kind::Numeral => finding.hint(format!(
            "write `(a)`, `(i)` or `1.` and what follows it without a gap if a list is meant, `\\{shown}` if it is text"
        )),
    }
}

/// `OP5.` in a final text, which counts its paragraphs otherwise.
fn of_a_draft(context: &Context<'_>, paragraph: &Paragraph) -> Option<Diagnostic> {
    let marker = paragraph.marker.as_ref().filter(|_| context.filled.values.is_final())?;
    let MarkerKind::Number { part: Some(_), .. } = &marker.kind else { return None };
    let shown = context.sources.slice(marker.span);
    Some(
        Diagnostic::new(
            Code::OddMarker,
            marker.span,
            format!("`{shown}` is a number of drafts, and the text is final"),
        )
        .hint("an operative paragraph has `1.`, one of the preamble no number"),
    )
}

/// `**1. We act;**`: the emphasis began before the marker.
fn in_emphasis(context: &Context<'_>, block: &Block, paragraph: &Paragraph) -> Option<Diagnostic> {
    if paragraph.is_escaped || paragraph.marker.as_ref().is_some_and(|marker| !marker.is_number()) {
        return None;
    }
    let begins = paragraph.marker.as_ref().map_or(0, |marker| marker.span.range().len());
    let whole = context.sources.slice(block.span);
    let text = whole.get(begins..)?;
    let text = text.trim_start();
    let stars = text.len() - text.trim_start_matches('*').len();
    let marker = text.get(stars..).filter(|_| (1..=3).contains(&stars))?;
    let length = marker_length(marker)?;
    let rest = marker[length..].trim_start_matches('*').trim_start();
    // “**2. Dezember**”
    let is_ordinal = || {
        let value = marker[..length - 1].parse().ok();
        value.is_some_and(|value| context.filled.locale.makes_ordinal(value, rest))
    };
    if rest.is_empty() || is_ordinal() {
        return None;
    }
    let from = whole.len() - text.len();
    let place = block.span.part(from..from + stars + length);
    let shown = &marker[..length];
    let message = format!("`{shown}` stands in the emphasis and is no marker: it is printed as words");
    let stars = &text[..stars];
    let hint = format!("write it before the emphasis: `{shown} {stars}…{stars}`");
    Some(Diagnostic::new(Code::OddMarker, place, message).hint(hint))
}

/// `1.`, `12)`, `(a)`, `(iv)` at the start of a text: how long it is.
fn marker_length(text: &str) -> Option<usize> {
    let opened = usize::from(text.starts_with('('));
    let word = text[opened..].find(|c: char| !c.is_alphanumeric()).filter(|end| (1..=6).contains(end))?;
    let item = &text[opened..opened + word];
    let after = &text[opened + word..];
    let is_figures = item.len() <= 3 && item.bytes().all(|byte| byte.is_ascii_digit());
    let closed = if opened == 1 { after.starts_with(')') } else { is_figures && after.starts_with(['.', ')']) };
    let length = opened + word + 1;
    let apart = closed && text[length..].starts_with(|c: char| c.is_whitespace() || c == '*');
    (apart && (is_figures || opened == 1 && item_value(item).is_some())).then_some(length)
}

/// `1. (a)(i) first`, `1. a. first`, `[1. (a) first`: a marker behind another that was read.
fn behind_another(context: &Context<'_>, block: &Block, paragraph: &Paragraph) -> Option<Diagnostic> {
    let marker = paragraph.marker.as_ref()?;
    let whole = context.sources.slice(block.span);
    let from = marker.span.end.checked_sub(block.span.start).and_then(|from| usize::try_from(from).ok())?;
    let text = whole.get(from..)?;
    let rest = text.trim_start();
    let at = whole.len() - rest.len();
    let place = |length: usize| block.span.part(at..at + length);
    let end = if rest.starts_with('(') { rest.find(')')? + 1 } else { rest.find('.')? + 1 };
    let item = rest[..end].trim_matches(['(', ')', '.']);
    let is_item = item.chars().count() <= LONGEST && item.chars().all(char::is_lowercase) && item_value(item).is_some();
    let next = rest[end..].chars().next()?;
    if !is_item || !(next.is_whitespace() || next == '(') || rest[end..].trim_start().is_empty() {
        return None;
    }
    let shown = &rest[..end];
    let message = format!("`{shown}` behind `{}` is printed as words", context.sources.slice(marker.span));
    let finding = Diagnostic::new(Code::OddMarker, place(end), message)
        .hint(format!("write `({item})` and a blank, or begin a paragraph of its own with it"));
    let in_bracket = paragraph.bracket_before.is_some();
    let blanks = rest[end..].len() - rest[end..].trim_start().len();
    let right = format!("({item})");
    Some(if in_bracket { finding } else { finding.fix(format!("write `{right}`"), place(end + blanks), right + " ") })
}
