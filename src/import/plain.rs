//! A plain text: its paragraphs, with lines joined that were wrapped, as a source.

use std::collections::BTreeMap;

use super::journal::Journal;
use super::kind::{document_of, language};
use super::proof;
use super::read::{Block, Lost, Paragraph, Piece, Style, What, is_capitals};
use super::source::Frame;
use super::wish::{Imported, Wish};
use crate::compile::{is_heading, is_of_head, top_end};
use crate::syntax::escape::{Beginning, beginning};
use crate::syntax::read_symbol;

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
    let words: String = text.chars().take(40_000).collect();
    let language = language(wish, &words, None);
    let document = wish.document.clone().unwrap_or_else(|| document_of(None, &words, language));
    let journal = Journal::of(&document, language, &words);
    let mut blocks = blocks(text, journal.as_ref(), &mut lost);
    if let Some(journal) = &journal {
        blocks = journal.placed(blocks, &mut lost);
    }
    let keys = BTreeMap::new();
    let frame = Frame { document: &document, language, keys: &keys, delegations: &[] };
    let (source, mut found) = proof::proved(&blocks, &frame);
    lost.append(&mut found);
    let text = proof::mended(&source, &mut lost);
    proof::not_found(&text, &mut lost);
    Imported { text, lost, left: Vec::new() }
}

/// A line of the text.
struct Line<'t> {
    indent: usize,
    words: &'t str,
}

/// The paragraphs of a text: what stands between blank lines, and where lines that end are
/// paragraphs, each line.
fn blocks(text: &str, journal: Option<&Journal>, lost: &mut Vec<Lost>) -> Vec<Block> {
    let breaks = ['\n', '\u{B}', '\u{85}', '\u{2028}', '\u{2029}', '\u{C}'];
    // A page begins on a line of its own already.
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace("\n\u{C}", "\n");
    let text = in_one_column(&text);
    // Of a first page each line says something of its own.
    let (top, mut at) = (top_end(&text), 0);
    let mut blocks = Vec::new();
    let mut open: Vec<Line<'_>> = Vec::new();
    let (mut heads, mut is_behind_head) = (0_usize, false);
    let width = width_of(&text);
    for line in text.split(breaks) {
        let words = line.trim_matches(|c: char| c.is_whitespace());
        let lead = line.len() - line.trim_start().len();
        let indent = line.get(..lead).unwrap_or_default().chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let goes_on = is_behind_head && (words.is_empty() || indent >= RIGHT && is_of_head(words));
        if goes_on {
            // The head of a page goes on, and what it divided too.
        } else if words.is_empty() {
            flush(&mut open, &mut blocks);
        } else if is_page_head(words) {
            (heads, is_behind_head) = (heads + 1, true);
            if let Some(foot) = open.pop_if(|line| is_file_code(line.words)) {
                let what = format!("the code at the foot of a page is left out: `file-code: {}` prints it", foot.words);
                lost.push(Lost { paragraph: 0, near: String::new(), what });
            }
        } else {
            is_behind_head = false;
            let is_apart = at < top;
            let begins_anew = |before: &Line<'_>| match journal {
                Some(journal) => begins_in_journal(before, words, (indent, width), journal),
                None => begins_anew(before, words, indent, width),
            };
            if is_apart || open.last().is_some_and(begins_anew) {
                flush(&mut open, &mut blocks);
            }
            open.push(Line { indent, words });
            if is_apart {
                flush(&mut open, &mut blocks);
            }
        }
        at += line.len() + text.get(at + line.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    flush(&mut open, &mut blocks);
    if heads > 0 {
        let what = match heads {
            1 => "the head of a page is left out".to_owned(),
            _ => format!("the heads of {heads} pages are left out"),
        };
        lost.push(Lost { paragraph: 0, near: String::new(), what });
    }
    blocks
}

/// So many lines at the most stand above the end of a letterhead as it is printed.
const TOP_LINES: usize = 20;
/// What stands at the right of a line begins so far from its start.
const RIGHT: usize = 30;

/// A text whose letterhead is printed as on a page, with symbol, date and languages at the
/// right: these first, and then what stands at the left, a line each.
fn in_one_column(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let top = lines.get(..lines.len().min(TOP_LINES)).unwrap_or_default();
    let found = top.iter().enumerate().find_map(|(at, line)| Some((at, right_of(line)?)));
    let Some((at, column)) = found else { return text.to_owned() };
    let is_blank = |line: &&&str| line.trim().is_empty();
    let from = at - top.get(..at).unwrap_or_default().iter().rev().take_while(|line| !is_blank(line)).count();
    let to = at + lines.get(at..).unwrap_or_default().iter().take_while(|line| !is_blank(line)).count();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in lines.get(from..to).unwrap_or_default() {
        let (one, other) = divided(line, column).unwrap_or((line, ""));
        left.push(one.trim());
        right.push(other.trim());
    }
    let rest = lines.get(to..).unwrap_or_default().iter().copied();
    let cells = right.into_iter().chain(left).filter(|cell| !cell.is_empty());
    let above = lines.get(..from).unwrap_or_default().iter().copied();
    above.chain(cells).chain(rest).collect::<Vec<_>>().join("\n")
}

/// A line at the column where the right of it begins; or, where its left is so long that it
/// reaches beyond, before what can only stand at the right.
fn divided(line: &str, column: usize) -> Option<(&str, &str)> {
    let blanks = || line.char_indices().enumerate().filter(|(_, (_, sign))| *sign == ' ');
    let at = blanks().find(|(at, _)| *at + 1 == column).map(|(_, (byte, _))| byte);
    let is_beyond = |byte: &usize| is_of_head(line.get(*byte..).unwrap_or_default().trim());
    let at = at.or_else(|| blanks().filter(|(at, _)| *at >= RIGHT).map(|(_, (byte, _))| byte).find(is_beyond));
    line.split_at_checked(at?)
}

/// Where words at the right of a line begin, in characters, if they are of a letterhead.
fn right_of(line: &str) -> Option<usize> {
    let words = line.trim_end();
    let gap = words.rfind("  ")? + 2;
    let column = words.get(..gap)?.chars().count();
    (column >= RIGHT && is_of_head(words.get(gap..)?)).then_some(column)
}

/// How wide the lines of a text are: so wide as nine of ten are at the most.
fn width_of(text: &str) -> usize {
    let mut lengths: Vec<usize> =
        text.lines().map(|line| line.trim_end().chars().count()).filter(|length| *length > 20).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0)
}

/// `- 2 -`, as it stands at the top of a page, alone or between others of its cells.
fn is_page_head(words: &str) -> bool {
    let number = |cell: &str| {
        let inner = cell.strip_prefix(['-', '–']).and_then(|rest| rest.strip_suffix(['-', '–']));
        inner.is_some_and(|inner| !inner.trim().is_empty() && inner.trim().bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut cells = words.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
    cells.clone().any(number) && cells.all(|cell| number(cell) || is_of_head(cell))
}

/// `PCOEJ9488`, as it stands at the foot of a first page.
fn is_file_code(words: &str) -> bool {
    let letters = words.bytes().take_while(u8::is_ascii_uppercase).count();
    (4..=8).contains(&letters)
        && words.len() > letters
        && words.bytes().skip(letters).all(|b| b.is_ascii_alphanumeric())
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

/// The same in a journal, where lists of speakers end lines in commas, and titles in capitals hang behind their labels.
fn begins_in_journal(before: &Line<'_>, words: &str, (indent, width): (usize, usize), journal: &Journal) -> bool {
    let is_short = (before.words.chars().count() + before.indent) * 10 < width * 7;
    let (begins, title) = (journal.begins(before.words), before.words.rsplit(':').next().unwrap_or_default());
    let hangs = is_capitals(words) && begins;
    // What stands below the title of an item has small letters.
    let ends_title = is_capitals(title) && !is_capitals(words) && (begins || title == before.words);
    // Another text begins with its symbol, and what stands at the right of a head has lines of its own.
    let is_of_head = |line: &str, indent: usize| read_symbol(line).is_some() || indent >= RIGHT && is_of_head(line);
    match beginning(words) {
        _ if is_of_head(words, indent) || is_of_head(before.words, before.indent) => true,
        Beginning::Words if words.starts_with(char::is_lowercase) => false,
        Beginning::Words if ends_title => true,
        Beginning::Words if journal.begins(words) || is_heading(words) || is_heading(before.words) => true,
        Beginning::Words => is_short && !before.words.ends_with(',') && !hangs,
        Beginning::Structure | Beginning::Marker => journal.begins(words) || begins_anew(before, words, indent, width),
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
    // The heading of an annex may stand at the right.
    let indent = if is_heading(&words) { 0 } else { indent };
    let piece = Piece { what: What::Words(words), style: Style::default(), change: Default::default() };
    let indent = i32::try_from(indent.min(60)).unwrap_or(0) * 120;
    blocks.push(Block::Paragraph(Paragraph { pieces: vec![piece], indent, ..Paragraph::default() }));
}
