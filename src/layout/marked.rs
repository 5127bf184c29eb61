//! What is drawn and set where two drafts are one: words with their marks, lines under and
//! through them, bars in the margin.

use super::changes::{Change, Piece};
use super::page::{Bar, Line};
use super::style::Style;
use super::styled::Styled;
use crate::model::Inline;

/// A text as `set` sets words, with what is new and gone in it where that is known.
pub(super) fn changed(pieces: Option<&[Piece]>, own: &[Inline], set: &dyn Fn(&[Inline]) -> Styled) -> Styled {
    let Some(pieces) = pieces else { return set(own) };
    let mut all = Styled::default();
    for piece in pieces {
        let mut part = set(&piece.content);
        if let Some(change) = piece.change {
            part.change(change);
        }
        all.append(part);
    }
    all
}

/// A line under what is new, and one through what is gone.
pub(super) fn lines_of(line: &Line, bars: &mut Vec<Bar>) {
    const THICK: f64 = 0.06;
    for run in &line.runs {
        let Some(change) = run.change.filter(|_| run.width > 0.0) else { continue };
        let (size, y) = (run.size, line.baseline - run.rise);
        let bar = |below: f64| Bar { x: run.x, y: y + below * size, width: run.width, height: THICK * size };
        if change.is_new() {
            bars.push(bar(0.13));
        } else if change.is_gone() {
            bars.push(bar(-0.28));
        }
    }
}

/// From where to where a line has a bar in the margin, and whether it has two, as what was
/// moved has.
pub(super) fn bar_of(line: &Line, leading: f64) -> Option<(f64, f64, bool)> {
    let mut changes = line.runs.iter().filter_map(|run| run.change).filter(|change| change.has_bar()).peekable();
    changes.peek()?;
    let is_moved = changes.any(|change| change == Change::Moved);
    let top = line.baseline - 0.72 * leading;
    Some((top, top + leading, is_moved))
}

/// The bars in the margin of a page: those of lines below each other are one.
pub(super) fn margin_bars(mut lines: Vec<(f64, f64, bool)>, style: &Style) -> Vec<Bar> {
    const WIDTH: f64 = 1.2;
    const GAP: f64 = 3.0;
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut bars: Vec<(f64, f64, bool)> = Vec::new();
    for line in lines {
        match bars.last_mut() {
            Some(last) if last.2 == line.2 && line.0 <= last.1 + 1.0 => last.1 = last.1.max(line.1),
            _ => bars.push(line),
        }
    }
    let x = style.page.margin - 16.0;
    let bar = |(top, bottom, is_moved): (f64, f64, bool)| {
        let count = if is_moved { 2 } else { 1 };
        (0..count).map(move |at| Bar { x: x - f64::from(at) * GAP, y: top, width: WIDTH, height: bottom - top })
    };
    bars.into_iter().flat_map(bar).collect()
}
