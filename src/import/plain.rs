//! A plain text: its paragraphs, with lines joined that were wrapped, as a source.

use std::collections::BTreeMap;

use super::kind::{document_of, language};
use super::proof;
use super::read::{Block, Lost, Paragraph, Piece, Style, What};
use super::source::Frame;
use super::wish::{Imported, Wish};
use crate::compile::is_heading;
use crate::syntax::escape::{Beginning, beginning};

/// UTF-8, or UTF-16 with a mark; none where it is neither.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let wide = |rest: &[u8], of: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| of([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok()?.to_owned(),
        _ => std::str::from_utf8(bytes).ok()?.to_owned(),
    };
    // Many of them are no text.
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1E}' | '\u{1F}'))
        .count();
    (odd * 100 <= text.len()).then_some(text)
}

/// Makes a source of a plain text.
pub(super) fn import(text: &str, wish: &Wish) -> Imported {
    let mut lost = Vec::new();
    let blocks = blocks(text, &mut lost);
    let words: String = text.chars().take(40_000).collect();
    let language = language(wish, &words, None);
    let document = wish.document.clone().unwrap_or_else(|| document_of(None, &words, language));
    let keys = BTreeMap::new();
    let frame = Frame { document: &document, language, keys: &keys, delegations: &[] };
    let (source, mut found) = proof::proved(&blocks, &frame);
    lost.append(&mut found);
    let text = proof::mended(&source, &mut lost);
    Imported { text, lost, left: Vec::new() }
}

/// A line of the text.
struct Line<'t> {
    indent: usize,
    words: &'t str,
}

/// The paragraphs of a text: what stands between blank lines, and where lines that end are
/// paragraphs, each line.
fn blocks(text: &str, lost: &mut Vec<Lost>) -> Vec<Block> {
    let breaks = ['\n', '\u{B}', '\u{85}', '\u{2028}', '\u{2029}', '\u{C}'];
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut blocks = Vec::new();
    let mut open: Vec<Line<'_>> = Vec::new();
    let mut heads = 0_usize;
    let width = width_of(&text);
    for line in text.split(breaks) {
        let words = line.trim_matches(|c: char| c.is_whitespace());
        let lead = line.len() - line.trim_start().len();
        let indent = line.get(..lead).unwrap_or_default().chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        if words.is_empty() {
            flush(&mut open, &mut blocks);
        } else if is_page_head(words) {
            heads += 1;
        } else {
            if open.last().is_some_and(|before| begins_anew(before, words, indent, width)) {
                flush(&mut open, &mut blocks);
            }
            open.push(Line { indent, words });
        }
    }
    flush(&mut open, &mut blocks);
    if heads > 0 {
        let what = format!("the heads of {heads} pages are left out");
        lost.push(Lost { paragraph: 0, near: String::new(), what });
    }
    blocks
}

/// How wide the lines of a text are: so wide as nine of ten are at the most.
fn width_of(text: &str) -> usize {
    let mut lengths: Vec<usize> =
        text.lines().map(|line| line.trim_end().chars().count()).filter(|length| *length > 20).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0)
}

/// `- 2 -`, as it stands at the top of a page.
fn is_page_head(words: &str) -> bool {
    let inner = words.strip_prefix(['-', '–']).and_then(|rest| rest.strip_suffix(['-', '–']));
    inner.is_some_and(|inner| !inner.trim().is_empty() && inner.trim().bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a line begins a paragraph of its own behind another line without a blank one.
fn begins_anew(before: &Line<'_>, words: &str, indent: usize, width: usize) -> bool {
    let length = before.words.chars().count() + before.indent;
    // A line that the next word would not have fitted on was wrapped.
    let next = words.split_whitespace().next().map_or(0, |word| word.chars().count());
    let is_wrapped = length + 1 + next > width.min(110) && length < 200;
    let has_end = before.words.ends_with(['.', ';', ':', ',', '!', '?', '”', '»', ')']);
    match beginning(words) {
        Beginning::Structure => true,
        Beginning::Marker => !is_wrapped || has_end || indent != before.indent,
        Beginning::Words if is_heading(words) || is_heading(before.words) => true,
        // A line that goes on begins small, and so does none that is a paragraph.
        Beginning::Words if words.starts_with(char::is_lowercase) => false,
        Beginning::Words => !is_wrapped && (has_end || length * 10 < width * 7) || length > 200,
    }
}

fn flush(open: &mut Vec<Line<'_>>, blocks: &mut Vec<Block>) {
    if open.is_empty() {
        return;
    }
    // A first line may be indented by itself.
    let indent = open.iter().map(|line| line.indent).min().unwrap_or_default();
    let words = open.iter().map(|line| line.words).collect::<Vec<_>>().join(" ");
    open.clear();
    let piece = Piece { what: What::Words(words), style: Style::default(), change: Default::default() };
    let indent = i32::try_from(indent.min(60)).unwrap_or(0) * 120;
    blocks.push(Block::Paragraph(Paragraph { pieces: vec![piece], indent, ..Paragraph::default() }));
}
