//! Lines of one block that are paragraphs of their own.

use std::ops::Range;

use super::top::{letterheads, stands_in};
use super::tried;
use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::compile::pasted::{odd_marker, run_of, sequence_within};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::source::{Sources, Span};
use crate::syntax::ast::{Block, Paragraph};
use crate::syntax::each_block;
use crate::syntax::marker::{Marker, MarkerKind};

/// A run of paragraphs that no blank line sets apart.
struct Run {
    place: Span,
    paragraphs: usize,
    /// None where a fix would come out otherwise.
    edits: Option<Vec<(Span, String)>>,
}

/// Pasted paragraphs without blank lines between them: one finding for the run.
pub(super) fn pasted(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let sources = context.sources;
    let letterheads = letterheads(found);
    let mut runs: Vec<Run> = Vec::new();
    each_block(&context.filled.blocks, false, &mut |block, quoted| {
        // What stands in a quotation, and the letterhead, are not the text's own.
        let is_head = stands_in(block, &letterheads);
        let Some(run) = (!quoted && !is_head).then(|| run(sources, block, context.filled.locale)).flatten() else {
            return;
        };
        let goes_on = |last: &&mut Run| {
            let between = last.place.tail().to(run.place.head());
            last.place.chain == run.place.chain
                && last.place.file == run.place.file
                && !sources.slice(between).contains("\n\n")
        };
        match runs.last_mut().filter(goes_on) {
            Some(last) => {
                last.place = last.place.to(run.place);
                last.paragraphs += run.paragraphs;
                last.edits = last.edits.take().zip(run.edits).map(|(mut edits, more)| {
                    edits.extend(more);
                    edits
                });
            }
            None => runs.push(run),
        }
    });
    for Run { place, paragraphs, edits } in runs {
        let message = format!("these lines look like {paragraphs} paragraphs and are one");
        let finding =
            Diagnostic::new(Code::PastedLines, place, message).hint("put a blank line between two paragraphs");
        found.push(match edits {
            Some(edits) => finding.fixes("set them apart by blank lines", edits),
            None => finding,
        });
    }
}

/// Whether the lines of a block are said to be paragraphs, so that their markers need
/// not be said each.
pub(super) fn is_run(sources: &Sources, block: &Block, locale: &Locale) -> bool {
    run(sources, block, locale).is_some()
}

fn run(sources: &Sources, block: &Block, locale: &Locale) -> Option<Run> {
    let paragraph = block.paragraph()?;
    let edits = match line_edits(sources, block, paragraph, locale) {
        edits if edits.is_empty() => lost_lines(sources, block, paragraph),
        edits => edits,
    };
    if edits.is_empty() {
        return None;
    }
    let paragraphs = edits.len() + 1;
    let text = tried::edited(sources, block.span, &edits);
    let edits = tried::are_paragraphs(&text, paragraphs).then_some(edits);
    Some(Run { place: block.span, paragraphs, edits })
}

/// A line end before each line that begins a paragraph.
fn line_edits(sources: &Sources, block: &Block, paragraph: &Paragraph, locale: &Locale) -> Vec<(Span, String)> {
    let places: Vec<Span> = paragraph.lines.iter().filter(|line| !line.is_comment).map(|line| line.span).collect();
    let marked = |place: &Span| {
        let is_here = |marker: &Span| marker.start >= place.start && marker.start <= place.start + 1;
        let at = paragraph.markers_as_prose.partition_point(|marker| marker.start < place.start);
        paragraph.markers_as_prose.get(at).is_some_and(is_here)
    };
    let mut lines: Vec<(&str, bool)> = places
        .iter()
        .enumerate()
        .map(|(at, place)| match at {
            0 => (sources.slice(block.span.head().to(*place)), paragraph.marker.is_some()),
            _ => (sources.slice(*place), marked(place)),
        })
        .collect();
    mark_lists(&mut lines, block.span);
    let source = sources.get(block.span.file).map_or("", |source| source.text());
    let begins = run_of(&lines, locale).into_iter().filter_map(|at| places.get(at));
    begins
        .map(|place| {
            let before = source.get(..place.range().start).unwrap_or_default();
            let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
            (Span::new(place.file, start..start).by(place.chain), "\n".to_owned())
        })
        .collect()
}

/// Marks the lines with letters and numbers that are ordinary writing too, `a.`, `1.1`,
/// `2.Then`, where one follows another.
fn mark_lists(lines: &mut [(&str, bool)], place: Span) {
    let mut before: Option<(usize, Marker)> = None;
    let mut number = 0;
    for at in 0..lines.len() {
        let (text, is_marked) = lines[at];
        let figures = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        if is_marked {
            number = text[..figures].parse().unwrap_or(number);
            continue;
        }
        if let Some(odd) = odd_marker(text).filter(|odd| odd.is_number && !odd.is_bare && odd.value == number + 1) {
            lines[at].1 = true;
            number = odd.value;
            continue;
        }
        let Some(marker) = Marker::offered(text, place.head()) else { continue };
        if let MarkerKind::Decimal(levels) = &marker.kind {
            lines[at].1 = levels.first() == Some(&number);
        } else if let Some((first, _)) = before.take_if(|(_, before)| marker.follows(before)) {
            lines[first].1 = true;
            lines[at].1 = true;
        }
        before = Some((at, marker));
    }
}

/// Numbers in a line whose line ends were lost.
fn lost_lines(sources: &Sources, block: &Block, paragraph: &Paragraph) -> Vec<(Span, String)> {
    if let Some(marker) = paragraph.marker.as_ref().filter(|marker| matches!(marker.kind, MarkerKind::Item { .. })) {
        let blanks = items_within(sources.slice(block.span), marker, block.span);
        if !blanks.is_empty() {
            return blanks.into_iter().map(|blank| (block.span.part(blank), "\n\n".to_owned())).collect();
        }
    }
    let first = match paragraph.marker.as_ref().map(|marker| &marker.kind) {
        Some(MarkerKind::Number { value: Some(value), .. }) => value.saturating_add(1),
        Some(MarkerKind::Number { .. } | MarkerKind::AutoItem) => return Vec::new(),
        Some(MarkerKind::Item { .. } | MarkerKind::Decimal(_)) | None => 1,
    };
    let blanks = sequence_within(sources.slice(block.span), first);
    blanks.into_iter().map(|blank| (block.span.part(blank), "\n\n".to_owned())).collect()
}

/// `(a) first; (b) second`: the blanks before the items that follow the paragraph's own.
fn items_within(text: &str, first: &Marker, place: Span) -> Vec<Range<usize>> {
    let mut blanks = Vec::new();
    let mut before = first.clone();
    for (at, _) in text.match_indices([';', '.']) {
        let rest = &text[at + 1..];
        let from = at + 1 + (rest.len() - rest.trim_start().len());
        if from == at + 1 || !text[from..].starts_with('(') {
            continue;
        }
        if let Some(next) = Marker::behind(&text[from..], place.head()).filter(|next| next.follows(&before)) {
            blanks.push(at + 1..from);
            before = next;
        }
    }
    blanks
}
