//! Footnotes pasted with the figures of their marks.

use std::collections::BTreeMap;

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::Span;
use crate::syntax::ast::Block;

/// `1 See the report.` as a paragraph, and `Goals1` above it; a mark alone on a line.
pub(super) fn pasted(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    alone(context, found);
    let notes: Vec<(u32, usize, &Block)> =
        context.filled.blocks.iter().filter_map(|block| note(context, block)).collect();
    if notes.is_empty() {
        return;
    }
    let marks = marks(passages);
    for (number, length, block) in notes {
        let Some(mark) =
            marks.get(&number).filter(|mark| mark.start < block.span.start && mark.file == block.span.file)
        else {
            continue;
        };
        let words = context.sources.slice(block.span);
        let body = words[length..].split_whitespace().collect::<Vec<_>>().join(" ");
        let edits = vec![(*mark, format!("{{note: {body}}}")), (block.span, String::new())];
        found.push(
            Diagnostic::new(
                Code::PastedNote,
                block.span.part(0..length),
                "a footnote was pasted from the foot of a page",
            )
            .other(*mark, "its mark")
            .hint("write it where its mark stands in the text: `{note: …}`")
            .fixes("move it to its mark", edits),
        );
    }
}

/// A paragraph that is a number, a blank and a sentence.
fn note<'a>(context: &Context<'_>, block: &'a Block) -> Option<(u32, usize, &'a Block)> {
    block.paragraph().filter(|paragraph| paragraph.marker.is_none())?;
    let words = context.sources.slice(block.span);
    let figures = words.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=2).contains(end))?;
    let number = words[..figures].parse().ok().filter(|number| *number > 0)?;
    let rest = words[figures..].trim_start();
    let is_apart = rest.len() < words.len() - figures;
    let is_sentence =
        rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '«' | '„')) && words.trim_end().ends_with('.');
    (is_apart && is_sentence).then_some((number, words.len() - rest.len(), block))
}

/// Figures that are glued to a word or to the sign behind it: the first place of each.
fn marks(passages: &[Passage<'_>]) -> BTreeMap<u32, Span> {
    let mut marks = BTreeMap::new();
    for passage in passages.iter().filter(|passage| passage.is_printed && !passage.is_note) {
        let text = passage.flat.text.as_str();
        let mut at = 0;
        while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|start| at + start) {
            let end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |end| start + end);
            at = end;
            let mut before = text[..start].chars().rev();
            let sign = before.next();
            let letter = if sign.is_some_and(|c| matches!(c, ',' | '.' | ';' | '”' | '»' | ')')) {
                before.next()
            } else {
                sign
            };
            let is_glued = letter.is_some_and(char::is_lowercase);
            let is_end = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '-'));
            if is_glued
                && is_end
                && end - start <= 2
                && let (Ok(number), Some(place)) = (text[start..end].parse(), passage.flat.edit(start..end))
            {
                marks.entry(number).or_insert(place);
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
