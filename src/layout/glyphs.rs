//! The characters that are printed, and those among them for which a face has
//! no glyph.

use std::collections::{BTreeMap, BTreeSet};

use super::flow;
use super::page::Role;
use super::style::Style;
use crate::fonts::Face;
use crate::model::{Anchor, Document};

/// What layout prints besides a document's own words: page numbers, the signs
/// around them and after numbers, leaders.
pub const OWN_SIGNS: &str = " \u{A0}0123456789-.*[";

/// A character that is printed in a face which has no glyph for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Missing {
    pub character: char,
    pub face: Face,
}

/// Where something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Within {
    /// In the block of an anchor.
    Block(Anchor),
    /// In a title or the line before it.
    Title,
    /// In a note.
    Note,
    /// In what stands at the top or the foot of pages.
    Head,
}

/// What is printed without a glyph, and where.
pub(crate) fn missing_glyphs(document: &Document, style: &Style) -> BTreeMap<Missing, BTreeSet<Within>> {
    let mut missing: BTreeMap<Missing, BTreeSet<Within>> = BTreeMap::new();
    let mut before = None;
    flow::document(document, None, style, &mut |page| {
        for line in &page.lines {
            let above = || page.anchors.iter().rev().find(|(_, top)| *top <= line.baseline);
            let within = match line.role {
                Role::Note => Within::Note,
                Role::Title | Role::TitleLine => Within::Title,
                role if role.is_artifact() => Within::Head,
                Role::Letterhead | Role::Meeting | Role::PartHead => Within::Head,
                _ => above().map(|(anchor, _)| *anchor).or(before).map_or(Within::Head, Within::Block),
            };
            for run in &line.runs {
                let font = style.typeface.font(run.face);
                for character in run.text.chars().filter(|c| !c.is_control() && font.glyph(*c).is_none()) {
                    missing.entry(Missing { character, face: run.face }).or_default().insert(within);
                }
            }
        }
        before = page.anchors.last().map(|(anchor, _)| *anchor).or(before);
    });
    missing
}
