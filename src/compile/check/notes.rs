//! Footnotes pasted with the figures of their marks.

use std::collections::BTreeMap;

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::compile::pasted::has_end;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::Span;
use crate::syntax::ast::Block;

/// A note at the foot of a page, as it is copied.
struct Pasted {
    /// `1`, `†`: what its mark in the text has too.
    mark: String,
    /// Its mark, brackets and all.
    place: Span,
    /// What is deleted where it is moved.
    whole: Span,
    body: String,
}

/// `1 See the report.`, `[1] See the report.` as a paragraph or as lines of one, and `Goals1`
/// above it; a mark alone on a line.
pub(super) fn pasted(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    alone(context, found);
    let notes: Vec<Pasted> = context.filled.blocks.iter().flat_map(|block| notes(context, block)).collect();
    if notes.is_empty() {
        return;
    }
    let marks = marks(passages);
    for Pasted { mark, place, whole, body } in notes {
        let stands = marks.get(mark.as_str());
        let stands = stands.filter(|stands| stands.start < place.start && stands.file == place.file);
        // Figures before a sentence are other things more often.
        if stands.is_none() && mark.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let finding = Diagnostic::new(Code::PastedNote, place, "a footnote was pasted from the foot of a page")
            .hint("write it where its mark stands in the text: `{note: …}`");
        found.push(match stands {
            Some(stands) => finding
                .other(*stands, "its mark")
                .fixes("move it to its mark", vec![(*stands, format!("{{note: {body}}}")), (whole, String::new())]),
            None => finding.at_most(Severity::Warning),
        });
    }
}

/// The notes that a paragraph is, or that follow its first lines.
fn notes(context: &Context<'_>, block: &Block) -> Vec<Pasted> {
    let Some(paragraph) = block.paragraph() else { return Vec::new() };
    let text = context.sources.slice(block.span);
    let mut found: Vec<(String, usize, usize)> = Vec::new();
    let mut start = 0;
    let mut above = "";
    for line in text.split_inclusive('\n') {
        let words = line.trim_start();
        let at = start + line.len() - words.len();
        // “(1) See the report.” is the item of a list, unless its mark stands in the text.
        let may_begin = if start == 0 {
            paragraph.marker.is_none() || words.starts_with('(')
        } else {
            has_end(above) || !found.is_empty()
        };
        if let Some((mark, length)) = mark_before(words).filter(|_| may_begin) {
            found.push((mark, at, at + length));
        }
        above = line.trim_end();
        start += line.len();
    }
    let ends = found.iter().skip(1).map(|(_, at, _)| *at).chain([text.len()]).collect::<Vec<_>>();
    let pasted = found.into_iter().zip(ends).filter_map(|((mark, at, words), end)| {
        let body = text[words..end].split_whitespace().collect::<Vec<_>>().join(" ");
        let before = text[..at].trim_end().len();
        let place = block.span.part(at..words.min(at + text[at..words].trim_end().len()));
        let whole = block.span.part(before..before + text[before..end].trim_end().len());
        body.ends_with('.').then_some(Pasted { mark, place, whole, body })
    });
    pasted.collect()
}

/// The mark before a note's words, and how long it is with the blanks behind it.
fn mark_before(line: &str) -> Option<(String, usize)> {
    let (mark, length) = match line.chars().next()? {
        sign @ ('†' | '‡') => (sign.to_string(), sign.len_utf8()),
        '(' => {
            let mark = &line[..line.find(')')? + 1];
            (mark.to_owned(), mark.len())
        }
        '[' => {
            // `[^1]: See the report.`, as Markdown has it.
            let inside = line[1..].split_once(']')?.0;
            let colon = usize::from(inside.starts_with('^') && line[inside.len() + 2..].starts_with(':'));
            (inside.trim_start_matches('^').to_owned(), inside.len() + 2 + colon)
        }
        _ => {
            let figures = line.find(|c: char| !c.is_ascii_digit())?;
            (line[..figures].to_owned(), figures)
        }
    };
    let figures = mark.trim_start_matches('(').trim_end_matches(')');
    let is_figures =
        (1..=2).contains(&figures.len()) && figures.bytes().all(|byte| byte.is_ascii_digit()) && figures != "0";
    let words = line[length..].trim_start();
    let is_apart = words.len() < line.len() - length;
    let is_sentence = words.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '«' | '„'));
    ((is_figures || mark == "†" || mark == "‡") && is_apart && is_sentence).then(|| (mark, line.len() - words.len()))
}

/// The first place of each mark: figures that are glued to a word or to the sign behind it,
/// with or without square brackets; a dagger.
fn marks(passages: &[Passage<'_>]) -> BTreeMap<String, Span> {
    let mut marks = BTreeMap::new();
    for passage in passages.iter().filter(|passage| passage.is_printed && !passage.is_note) {
        let text = passage.flat.text.as_str();
        let mut at = 0;
        let is_mark = |c: char| c.is_ascii_digit() || matches!(c, '†' | '‡');
        while let Some(start) = text[at..].find(is_mark).map(|start| at + start) {
            let is_dagger = !text[start..].starts_with(|c: char| c.is_ascii_digit());
            let is_other = |c: char| is_dagger || !c.is_ascii_digit();
            let length = text[start..].char_indices().skip(1).find(|(_, c)| is_other(*c)).map(|(length, _)| length);
            let end = length.map_or(text.len(), |length| start + length);
            at = end;
            let is_enclosed = text[..start].ends_with('(') && text[end..].starts_with(')');
            let mark = if is_enclosed { text[start - 1..end + 1].to_owned() } else { text[start..end].to_owned() };
            let opened = text[..start].trim_end_matches('^').len();
            let is_bracketed = text[..opened].ends_with('[') && text[end..].starts_with(']');
            let range = match (is_bracketed, is_enclosed) {
                (true, _) => opened - 1..end + 1,
                (_, true) => start - 1..end + 1,
                _ => start..end,
            };
            let before = text[..range.start].trim_end_matches(if is_bracketed { " " } else { "" });
            let mut before = before.chars().rev();
            let sign = before.next();
            let letter = if sign.is_some_and(|c| matches!(c, ',' | '.' | ';' | '”' | '»' | ')')) {
                before.next()
            } else {
                sign
            };
            let is_glued = letter.is_some_and(char::is_lowercase);
            let next = text[range.end..].chars().next();
            let is_end = next.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '-'));
            if is_glued
                && is_end
                && mark.chars().count() <= if is_enclosed { 4 } else { 2 }
                && let Some(place) = passage.flat.edit(range)
            {
                marks.entry(mark).or_insert(place);
            }
        }
    }
    marks
}

/// A figure alone on a line of a paragraph: the raised mark of a note.
fn alone(context: &Context<'_>, found: &mut Diagnostics) {
    for block in &context.filled.blocks {
        let Some(paragraph) = block.paragraph() else { continue };
        let lines: Vec<Span> = paragraph.lines.iter().filter(|line| !line.is_comment).map(|line| line.span).collect();
        if lines.len() < 2 {
            continue;
        }
        for pair in lines.windows(2) {
            let [above, line] = pair else { continue };
            let figures = context.sources.slice(*line);
            if figures.len() > 2 || !figures.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let place = above.tail().to(*line);
            found.push(
                Diagnostic::new(
                    Code::PastedNote,
                    *line,
                    format!("`{figures}` stands alone on its line, as the mark of a footnote"),
                )
                .hint("write the note there: `{note: text}`")
                .fix("write a note whose text is a gap", place, "{note: […]}")
                .at_most(Severity::Warning),
            );
        }
    }
}
