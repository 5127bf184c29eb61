//! Paragraphs numbered as if the text were written anew: what was put in as `5 bis.` gets a number
//! of its own, and what stands behind it follows.

use std::collections::BTreeMap;
use std::ops::Range;

use super::base::{INSERTED, line_of, plain_label};
use super::settle::held;
use crate::compare::{Leaf, LeafKind, Leaves, Side};
use crate::compile::Compilation;
use crate::diag::{Code, Diagnostics};
use crate::model::Anchor;
use crate::source::{Chain, FileId, Source, Span};
use crate::syntax;
use crate::syntax::ItemKind;
use crate::syntax::ast::{Block, BlockKind, Segment};
use crate::syntax::marker::{Form, Marker, MarkerKind};

/// A number of a paragraph that its author typed in words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TypedNumber {
    /// Its bytes.
    pub range: Range<usize>,
    /// As it is typed.
    pub words: String,
    /// The paragraph.
    pub anchor: Anchor,
}

/// The source of a text with its paragraphs numbered anew.
///
/// # Errors
/// A sentence, where brackets with names remain, numbers are not counted, or there is no document.
pub fn renumber(compilation: &Compilation) -> Result<String, String> {
    let text = compilation.text();
    if let Some(first) = held(text).first() {
        let line = line_of(text, first.range.start);
        return Err(format!("brackets with names remain, the first in line {line}: numbers move when all is settled"));
    }
    let numbering = compilation.header.iter().find(|entry| entry.key.text == "numbering");
    let numbering = numbering.and_then(|entry| entry.lines.first()).map(|line| line.text.as_str());
    if let Some(how) = numbering.filter(|how| matches!(*how, "as-typed" | "decimal")) {
        return Err(format!("`numbering: {how}` prints its numbers as they are typed"));
    }
    let Some(side) = Side::of(compilation) else { return Err("it is no document".to_owned()) };
    let leaves = Leaves::of(&side);
    let markers = markers_of(text);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut count = Count::default();
    for leaf in leaves.list.iter().filter(|leaf| leaf.kind == LeafKind::Item && !leaf.quoted) {
        let marker = own_start(compilation, leaf).and_then(|start| {
            let (_, marker) = markers.range(..=start).next_back()?;
            marker.0.contains(&start).then_some(&marker.1)
        });
        if let Some(edit) = count.next(leaf, marker, text) {
            edits.push(edit);
        }
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    edits.sort_by_key(|(range, _)| range.start);
    for (range, words) in edits {
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&words);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Ok(out)
}

fn own_start(compilation: &Compilation, leaf: &Leaf) -> Option<usize> {
    let place = compilation.place_of(leaf.anchor?)?;
    let is_own = place.file == compilation.file && place.chain == Chain::default() && place != Span::default();
    is_own.then(|| place.range().start)
}

/// The markers of all paragraphs of a source, by where the paragraph begins.
fn markers_of(text: &str) -> BTreeMap<usize, (Range<usize>, Marker)> {
    let source = Source::new("", text);
    let tree = syntax::parse(&source, FileId(0), &mut Diagnostics::default());
    let mut markers = BTreeMap::new();
    let mut blocks: Vec<&Block> = Vec::new();
    for segment in &tree.body {
        match segment {
            Segment::Block(block) | Segment::Quote(block, _) | Segment::Table(block, _) => blocks.push(block),
            Segment::Directive(_) => {}
        }
    }
    while let Some(block) = blocks.pop() {
        blocks.extend(block.children());
        if let BlockKind::Paragraph(paragraph) = &block.kind
            && let Some(marker) = &paragraph.marker
        {
            let range = block.span.range();
            markers.insert(range.start, (range, marker.clone()));
        }
    }
    markers
}

/// What is counted along a text.
#[derive(Default)]
struct Count {
    part: usize,
    /// For each level the last printed number without what was put in behind it, the last new one,
    /// how many were put in, and how its items count.
    levels: Vec<Level>,
}

#[derive(Clone, Default)]
struct Level {
    printed: String,
    number: u32,
    kind: Option<ItemKind>,
}

impl Count {
    /// The edit that gives a paragraph its number; none where it has it.
    fn next(&mut self, leaf: &Leaf, marker: Option<&Marker>, text: &str) -> Option<(Range<usize>, String)> {
        if std::mem::replace(&mut self.part, leaf.part) != leaf.part {
            self.levels.clear();
        }
        self.levels.truncate(leaf.level + 1);
        self.levels.resize(leaf.level + 1, Level::default());
        let level = self.levels.last_mut()?;
        let label = plain_label(leaf.label.as_deref()?);
        let bare = label.trim_matches(['(', ')', '.']).to_owned();
        let (bare, is_put_in) = match bare.split_once(' ') {
            Some((number, word)) => (number.to_owned(), INSERTED.contains(&word) || word == "alt"),
            None => (bare, false),
        };
        let kind = *level.kind.get_or_insert_with(|| kind_of(&bare, marker));
        let (first, printed) = (kind.text(1), std::mem::replace(&mut level.printed, bare.clone()));
        // A list that begins anew, and no number that was put in before the first.
        let begins = bare == first && !is_put_in && printed != first || printed.is_empty();
        level.number = if begins { 1 } else { level.number + 1 };
        let words = kind.text(level.number);
        let marker = marker?;
        let written = match (&marker.kind, marker.form) {
            (MarkerKind::Number { part: None, value: Some(_), .. } | MarkerKind::Item { .. }, form) => match form {
                Form::Stop => format!("{words}."),
                Form::Enclosed => format!("({words})"),
                Form::HalfEnclosed => format!("{words})"),
                Form::Dash | Form::Copyright | Form::Decimal | Form::Odd | Form::Draft => return None,
            },
            (MarkerKind::Number { .. } | MarkerKind::Decimal(_) | MarkerKind::AutoItem, _) => return None,
        };
        let place = marker.span.range();
        (text.get(place.clone()) != Some(written.as_str())).then_some((place, written))
    }
}

/// How a list counts whose first item has this number.
fn kind_of(bare: &str, marker: Option<&Marker>) -> ItemKind {
    match marker.map(|marker| &marker.kind) {
        Some(MarkerKind::Item { readings, .. }) => {
            let first = readings.iter().find(|(kind, _)| kind.text(1) == bare);
            first.or(readings.first()).map_or(ItemKind::Figure, |(kind, _)| *kind)
        }
        _ if bare == "a" => ItemKind::Letter,
        _ if bare == "i" => ItemKind::Roman,
        _ => ItemKind::Figure,
    }
}

/// The numbers of paragraphs that a text's author typed in words, and that lead to one of them.
pub fn typed_numbers(compilation: &Compilation) -> Vec<TypedNumber> {
    let text = compilation.text();
    let Some(side) = Side::of(compilation) else { return Vec::new() };
    let mut starts: Vec<(usize, Anchor)> = Vec::new();
    for leaf in Leaves::of(&side).list {
        starts.extend(own_start(compilation, &leaf).zip(leaf.anchor));
    }
    starts.sort_unstable();
    let around = |at: usize| {
        let before = starts.partition_point(|(start, _)| *start <= at);
        before.checked_sub(1).and_then(|last| starts.get(last)).map(|(_, anchor)| *anchor)
    };
    let findings = compilation.found.iter().filter(|found| found.code == Code::TypedReference);
    let mut typed = Vec::new();
    for edits in findings.filter_map(|found| found.fix.as_ref()).map(|fix| &fix.edits) {
        let name = |words: &str, open: &str| {
            let rest = words.trim().strip_prefix(open)?;
            Some(rest.split([' ', '}', '|']).next()?.to_owned())
        };
        let mut named: BTreeMap<String, Anchor> = compilation.labels.iter().cloned().collect();
        for (place, words) in edits {
            named.extend(name(words, "{#").zip(around(place.range().start)));
        }
        for (place, words) in edits {
            let Some(anchor) = name(words, "{@").and_then(|name| named.get(&name).copied()) else { continue };
            let words = text.get(place.range()).unwrap_or_default().to_owned();
            typed.push(TypedNumber { range: place.range(), words, anchor });
        }
    }
    typed.sort_by_key(|number| number.range.start);
    typed
}
