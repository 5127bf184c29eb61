//! What will be printed, beside what is typed.

use std::ops::Range;

use super::reading::{Part, Reading};
use crate::syntax::ast::BlockKind;

/// What is printed, shown beside what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hint {
    /// Behind this byte.
    pub at: usize,
    /// What is printed.
    pub label: String,
}

/// A longer value is cut here, in characters.
const LONGEST: usize = 60;

impl Reading<'_> {
    /// The hints of a part of the text: numbers that are printed otherwise than typed, what
    /// references to labels print, and values.
    pub fn hints(&self, within: Range<usize>) -> Vec<Hint> {
        let is_within = |at: usize| within.start <= at && at <= within.end;
        let numbers = self.numbers();
        let mut hints = Vec::new();
        for part in self.parts() {
            let Part::Block(block) = part else { continue };
            let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
            let (Some(marker), Some(first)) = (&paragraph.marker, paragraph.content.first()) else { continue };
            let Some(label) = numbers.get(&first.span().range().start) else { continue };
            let typed = self.slice(marker.span.range());
            let bare = |text: &str| text.trim_start_matches('[').replace('\u{A0}', " ").trim().to_owned();
            let (shown, typed) = (bare(label), bare(typed));
            // A bracket is printed with its delegations before the number.
            let shown = shown.rsplit(": ").next().unwrap_or(&shown).to_owned();
            let is_dash = !shown.contains(char::is_alphanumeric);
            if shown != typed && !is_dash && is_within(marker.span.range().end) {
                hints.push(Hint { at: marker.span.range().end, label: shown });
            }
        }
        for (place, printed) in &self.compilation.printed {
            let at = place.range().end;
            if self.is_own(*place) && is_within(at) && !printed.trim().is_empty() {
                let mut label: String = printed.replace('\u{A0}', " ").chars().take(LONGEST).collect();
                if label.chars().count() == LONGEST {
                    label.push('…');
                }
                hints.push(Hint { at, label });
            }
        }
        hints.sort_by(|a, b| (a.at, &a.label).cmp(&(b.at, &b.label)));
        hints.dedup();
        hints
    }
}
