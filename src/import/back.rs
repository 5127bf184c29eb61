//! The way back: what was changed in a file that was made of an author's text, as edits of
//! that text. What has no place in it is listed, and what would not be printed as the file has
//! it is not applied.

use std::collections::BTreeSet;
use std::ops::Range;

use super::edit::{Hunk, Mapped, changes};
use super::inline::{Setting, written};
use super::levels::is_number;
use super::pairing::{Became, pairs};
use super::places::{Text, of_entry, texts};
use super::proof::bare;
use super::read::{Role, What};
use super::spots::{Spot, SpotKind};
use crate::compare::{Leaf, LeafKind, Leaves, Side};
use crate::compile::Compilation;
use crate::source::{Chain, Span};
use crate::syntax::escape::{Beginning, Brackets, beginning, escaped, has_paired_brackets};

/// So many texts are tried at the most to find the edits that do not come out as they should.
const MAX_TRIALS: usize = 48;

/// The author's text with the edits, and what was not applied.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried {
    pub text: String,
    /// Each with the line of the author's text that it is about.
    pub left: Vec<(usize, String)>,
}

/// What an edit does to what is printed.
#[derive(Clone, Debug)]
enum Effect {
    Words(usize, Hunk),
    Gone(usize),
    New(Option<usize>, usize),
}

#[derive(Clone, Debug)]
struct Edit {
    place: Range<usize>,
    with: String,
    effect: Effect,
}

struct Work<'b> {
    base: &'b Compilation,
    source: &'b str,
    leaves: Leaves,
    texts: Vec<Text>,
    title: Text,
    old: &'b [Spot],
    new: &'b [Spot],
    edits: Vec<Edit>,
    left: Vec<(usize, String)>,
}

/// Carries what `new` has and `old` has not into the text of `base`. `tried` says what a text
/// prints; none where it would be no text that can be built.
pub(super) fn carried(
    base: &Compilation,
    old: &[Spot],
    new: &[Spot],
    tried: &dyn Fn(&str) -> Option<Vec<Spot>>,
) -> Carried {
    let source = base.sources.get(base.file).map_or("", |source| source.text());
    let leaves = Side::of(base).map(|side| Leaves::of(&side)).unwrap_or_default();
    let own = base.header.iter().find(|entry| entry.key.text == "title" && entry.key.span.file == base.file);
    let title = own.map(of_entry).unwrap_or_default();
    let mut work =
        Work { base, source, leaves, texts: texts(source), title, old, new, edits: Vec::new(), left: Vec::new() };
    let all = pairs(old, new);
    let gone: BTreeSet<usize> =
        all.iter().filter_map(|became| if let Became::Gone(at) = became { Some(*at) } else { None }).collect();
    for became in &all {
        work.became(*became, &gone);
    }
    work.finish(tried)
}

impl Work<'_> {
    fn line_of(&self, at: usize) -> usize {
        self.source.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
    }

    fn leave(&mut self, spot: Option<usize>, what: String) {
        let at = spot.and_then(|spot| self.text_of(spot).ok()).map_or(0, |text| text.block.start);
        let line = self.line_of(at);
        self.left.push((line, what));
    }

    fn leaf(&self, spot: usize) -> Option<(usize, &Leaf)> {
        let at = self.old.get(spot)?.leaf?;
        Some((at, self.leaves.list.get(at)?))
    }

    /// Where a leaf stands in the author's own text.
    fn own_place(&self, leaf: &Leaf) -> Result<usize, String> {
        let Some(place) = leaf.anchor.and_then(|anchor| self.base.place_of(anchor)) else {
            return Err("words of the first page, which the header's keys give".to_owned());
        };
        if place == Span::default() {
            return Err("words that the compiler writes".to_owned());
        }
        if place.file != self.base.file {
            let name = self.base.sources.get(place.file).map_or("another file", |source| source.name());
            return Err(format!("words that come from `{name}`"));
        }
        if place.chain != Chain::default() {
            return Err("words that a loop or a template repeats".to_owned());
        }
        Ok(place.range().start)
    }

    /// The author's text of a spot, or whose words it has.
    fn text_of(&self, spot: usize) -> Result<&Text, String> {
        let Some((at, leaf)) = self.leaf(spot) else {
            return Err("words that are none of the text's own".to_owned());
        };
        match leaf.kind {
            LeafKind::Head => Err("the letterhead, which the header's keys give".to_owned()),
            LeafKind::Title if leaf.part == 0 && !self.title.signs.is_empty() => Ok(&self.title),
            LeafKind::Note => {
                let owner = self.leaves.list.get(..at).and_then(|before| {
                    before.iter().rev().find(|leaf| leaf.kind != LeafKind::Note)
                });
                let owner = owner.ok_or_else(|| "a footnote of the first page".to_owned())?;
                self.at(owner)
            }
            LeafKind::Title
            | LeafKind::By
            | LeafKind::Opening
            | LeafKind::Clause
            | LeafKind::Prose
            | LeafKind::Item
            | LeafKind::Continuation
            | LeafKind::Heading
            | LeafKind::Row => self.at(leaf),
        }
    }

    fn at(&self, leaf: &Leaf) -> Result<&Text, String> {
        let start = self.own_place(leaf)?;
        let found = self.texts.binary_search_by_key(&start, |text| text.block.start);
        let text = found.ok().and_then(|at| self.texts.get(at));
        let text = text.ok_or_else(|| "words that the compiler writes".to_owned())?;
        match leaf.kind {
            LeafKind::Row => text.rows.get(leaf.ordinal.saturating_sub(1)).ok_or_else(|| "rows that are decided".to_owned()),
            _ => Ok(text),
        }
    }

    /// Which note of its text a spot is, if it is one.
    fn note_of(&self, spot: usize) -> Option<usize> {
        let (at, leaf) = self.leaf(spot)?;
        if leaf.kind != LeafKind::Note {
            return None;
        }
        let before = self.leaves.list.get(..at)?.iter().rev();
        Some(before.take_while(|leaf| leaf.kind == LeafKind::Note).count())
    }

    fn became(&mut self, became: Became, gone: &BTreeSet<usize>) {
        match became {
            Became::There(old, new) => self.there(old, new),
            Became::Moved(old, new) => {
                let words = self.new.get(new).map(|spot| spot.words.clone()).unwrap_or_default();
                self.leave(Some(old), format!("a paragraph was moved behind other text: “{words}”"));
            }
            Became::Gone(old) => self.gone(old),
            Became::New(behind, new) => self.put_in(behind, new, gone),
        }
    }

    fn there(&mut self, old: usize, new: usize) {
        let (Some(was), Some(is)) = (self.old.get(old), self.new.get(new)) else { return };
        if bare(&was.words) == bare(&is.words) && was.cells.len() == is.cells.len() {
            return;
        }
        let hunks = changes(&was.words, &is.words);
        let said = |hunk: &Hunk| {
            let before: String = was.words.chars().skip(hunk.old.start).take(hunk.old.len()).collect();
            match (before.trim(), hunk.new.trim()) {
                ("", put) => format!("“{put}” is put in"),
                (gone, "") => format!("“{gone}” is taken out"),
                (gone, put) => format!("“{gone}” became “{put}”"),
            }
        };
        if was.cells.len() != is.cells.len() {
            let all: Vec<String> = hunks.iter().map(said).collect();
            return self.leave(Some(old), format!("a row has other cells: {}", all.join(", ")));
        }
        let mut found: Vec<Edit> = Vec::new();
        let mut left: Vec<String> = Vec::new();
        match self.text_of(old) {
            Ok(text) => {
                let note = self.note_of(old);
                let signs = match note {
                    Some(at) => text.notes.get(at).map(Vec::as_slice),
                    None => Some(text.signs.as_slice()),
                };
                let mapped = Mapped::of(self.source, text, signs.unwrap_or_default(), &was.words);
                for hunk in hunks {
                    match mapped.edit(&hunk, is) {
                        Ok((place, with)) => found.push(Edit { place, with, effect: Effect::Words(old, hunk) }),
                        Err(origin) => left.push(format!("{}: {}", said(&hunk), origin.said())),
                    }
                }
            }
            Err(origin) => left.extend(hunks.iter().map(|hunk| format!("{}: {origin}", said(hunk)))),
        }
        self.edits.append(&mut found);
        left.into_iter().for_each(|what| self.leave(Some(old), what));
    }

    /// The lines of a block, with those that are blank below it.
    fn lines_of(&self, block: &Range<usize>, with_blank: bool) -> Option<Range<usize>> {
        let start = self.source.get(..block.start)?.rfind('\n').map_or(0, |at| at + 1);
        let lead = self.source.get(start..block.start)?;
        let rest = self.source.get(block.end..)?;
        let tail = rest.find('\n').map_or(rest.len(), |at| at + 1);
        if !lead.trim().is_empty() || !rest.get(..tail)?.trim().is_empty() {
            return None;
        }
        let mut end = block.end + tail;
        while with_blank {
            let rest = self.source.get(end..)?;
            let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
            if line == 0 || !rest.get(..line)?.trim().is_empty() {
                break;
            }
            end += line;
        }
        Some(start..end)
    }

    fn gone(&mut self, old: usize) {
        let Some(was) = self.old.get(old).cloned() else { return };
        let kind = self.leaf(old).map(|(_, leaf)| leaf.kind);
        let can = kind.is_some_and(|kind| match kind {
            LeafKind::Clause | LeafKind::Prose | LeafKind::Item | LeafKind::Continuation | LeafKind::Row | LeafKind::Heading => true,
            LeafKind::Head | LeafKind::Title | LeafKind::By | LeafKind::Opening | LeafKind::Note => false,
        });
        let place = match self.text_of(old) {
            Ok(text) if can => self.lines_of(&text.block.clone(), kind != Some(LeafKind::Row)),
            Ok(_) => None,
            Err(origin) => return self.leave(Some(old), format!("“{}” is taken out: {origin}", was.words)),
        };
        match place {
            Some(place) => self.edits.push(Edit { place, with: String::new(), effect: Effect::Gone(old) }),
            None => {
                let what = if kind == Some(LeafKind::Note) { "the footnote " } else { "" };
                self.leave(Some(old), format!("{what}“{}” is taken out", was.words));
            }
        }
    }

    fn put_in(&mut self, behind: Option<usize>, new: usize, gone: &BTreeSet<usize>) {
        let Some(is) = self.new.get(new).cloned() else { return };
        if is.kind == SpotKind::Note {
            return self.leave(behind, format!("a footnote is put in: “{}”", is.words));
        }
        let owner = behind.map(|behind| self.owner(behind));
        match self.room_for(owner, &is, gone) {
            Some((at, column, is_before)) => {
                let Some(words) = self.source_of(&is, owner) else {
                    return self.leave(behind, format!("is put in: “{}”", is.words));
                };
                let indent = " ".repeat(column);
                let with = match (is.kind, is_before) {
                    (SpotKind::Row, _) => format!("\n{indent}{words}"),
                    (_, true) => format!("{indent}{words}\n\n"),
                    (_, false) => format!("\n\n{indent}{words}"),
                };
                self.edits.push(Edit { place: at..at, with, effect: Effect::New(behind, new) });
            }
            None => self.leave(behind, format!("is put in where the author's text has no place for it: “{}”", is.words)),
        }
    }

    /// A note's paragraph; of others the spot itself.
    fn owner(&self, spot: usize) -> usize {
        let before = self.old.get(..=spot).unwrap_or_default().iter().rposition(|spot| spot.kind != SpotKind::Note);
        before.unwrap_or(spot)
    }

    /// Where something new stands, at which column, and whether before what is there.
    fn room_for(&self, owner: Option<usize>, is: &Spot, gone: &BTreeSet<usize>) -> Option<(usize, usize, bool)> {
        let column = |at: usize| {
            let start = self.source.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            self.source.get(start..at).map_or(0, |lead| lead.chars().count())
        };
        let own = owner.filter(|owner| self.leaf(*owner).is_some_and(|(_, leaf)| !matches!(leaf.kind, LeafKind::Title | LeafKind::Head)));
        if let Some((owner, text)) = own.and_then(|owner| Some((owner, self.text_of(owner).ok()?))) {
            let is_row = self.old.get(owner).is_some_and(|spot| spot.kind == SpotKind::Row);
            return match (is.kind == SpotKind::Row, is_row) {
                (true, true) if !gone.contains(&owner) => Some((text.block.end, column(text.block.start), false)),
                (true, true) => None,
                (true, false) => None,
                (false, true) => {
                    // Behind the last row of its table.
                    let (_, leaf) = self.leaf(owner)?;
                    let start = self.own_place(leaf).ok()?;
                    let table = self.texts.iter().find(|text| text.block.start == start)?;
                    let is_last = table.rows.last().is_some_and(|last| last.block.end == text.block.end);
                    is_last.then(|| (text.block.end, self.column_of(is, owner).unwrap_or(0), false))
                }
                (false, false) => {
                    let column = self.column_of(is, owner).unwrap_or_else(|| column(text.block.start));
                    let start = self.source.get(..text.block.start)?.rfind('\n').map_or(0, |at| at + 1);
                    if gone.contains(&owner) { Some((start, column, true)) } else { Some((text.block.end, column, false)) }
                }
            };
        }
        // Before the first text that is the author's own, if nothing of others stands between.
        let next = owner.map_or(0, |owner| owner + 1);
        let next = (next..self.old.len()).find(|at| {
            self.leaf(*at).is_some_and(|(_, leaf)| !matches!(leaf.kind, LeafKind::Title | LeafKind::Head | LeafKind::Note))
        })?;
        let text = self.text_of(next).ok().filter(|_| is.kind == SpotKind::Paragraph)?;
        let start = self.source.get(..text.block.start)?.rfind('\n').map_or(0, |at| at + 1);
        Some((start, column(text.block.start), true))
    }

    /// The column of the paragraphs of a list: where the last one of it stands.
    fn column_of(&self, is: &Spot, owner: usize) -> Option<usize> {
        let column = |at: usize| {
            let start = self.source.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            self.source.get(start..at).map_or(0, |lead| lead.chars().count())
        };
        let before = self.old.get(..=owner)?.iter().enumerate().rev().take(500);
        let alike = before.clone().find(|(_, spot)| spot.kind == SpotKind::Paragraph && spot.level == is.level && spot.continues == is.continues);
        if let Some((at, _)) = alike {
            return self.text_of(at).ok().map(|text| column(text.block.start));
        }
        // The first of a deeper list, or of what goes on.
        let (_, last) = (owner, self.text_of(owner).ok()?);
        let deeper = is.level.is_some_and(|level| level > 0) || is.continues;
        Some(column(last.block.start) + if deeper { 4 } else { 0 })
    }

    /// The words of something new as a source has them; none where they cannot be written.
    fn source_of(&self, is: &Spot, owner: Option<usize>) -> Option<String> {
        if is.kind == SpotKind::Row {
            let cells: Vec<String> = is.cells.iter().map(|cell| escaped(cell, Brackets::Signs)).collect();
            let line = cells.join(" | ");
            let fits = cells.first().is_some_and(|first| !first.is_empty()) && beginning(&line) != Beginning::Structure;
            return fits.then_some(line);
        }
        let labels = std::collections::BTreeMap::new();
        let keeps = has_paired_brackets(&is.words);
        let language = self.base.document.as_ref().map_or("en", |document| document.language.as_str());
        let brackets = if keeps { Brackets::Kept } else { Brackets::Signs };
        let plain: Vec<_> = is.pieces.iter().filter(|piece| !matches!(piece.what, What::Note { .. })).cloned().collect();
        let (source, _) = written(&plain, &Setting { language, labels: &labels, brackets });
        let source = super::spots::trimmed(&source);
        if let Role::Heading(_) = is.role {
            return Some(format!("heading: {source}"));
        }
        let typed = |source: String| {
            if beginning(&source) == Beginning::Words { source } else { format!("\\{source}") }
        };
        Some(match &is.label {
            // The words of a quotation have no numbers that count.
            Some(label) if is.role == Role::Quotation => format!("{label} {source}"),
            Some(label) if label.starts_with(['–', '-', '•', '—']) => format!("– {}", typed(source)),
            Some(label) if is_number(label) => format!("#. {}", typed(source)),
            Some(_) if owner.is_some() => format!("(#) {}", typed(source)),
            Some(_) => return None,
            None => typed(source),
        })
    }

    /// What is printed with some of the edits.
    fn expected(&self, edits: &[&Edit]) -> String {
        let mut out = String::new();
        let put = |behind: Option<usize>, out: &mut String| {
            for edit in edits {
                if let Effect::New(after, new) = edit.effect
                    && after == behind
                {
                    out.push_str(&bare(&self.new.get(new).map(|spot| spot.words.clone()).unwrap_or_default()));
                    out.push('\n');
                }
            }
        };
        put(None, &mut out);
        for (at, spot) in self.old.iter().enumerate() {
            let is_gone = edits.iter().any(|edit| matches!(edit.effect, Effect::Gone(gone) if gone == at));
            if !is_gone {
                let mut words: Vec<char> = spot.words.chars().collect();
                let mut own: Vec<&Hunk> = edits
                    .iter()
                    .filter_map(|edit| match &edit.effect {
                        Effect::Words(of, hunk) if *of == at => Some(hunk),
                        _ => None,
                    })
                    .collect();
                own.sort_by_key(|hunk| std::cmp::Reverse((hunk.old.start, hunk.old.end)));
                for hunk in own {
                    let end = hunk.old.end.min(words.len());
                    words.splice(hunk.old.start.min(end)..end, hunk.new.chars());
                }
                let words = bare(&words.into_iter().collect::<String>());
                if !words.is_empty() {
                    out.push_str(&words);
                    out.push('\n');
                }
            }
            put(Some(at), &mut out);
        }
        out
    }

    /// Applies the edits that come out as they should.
    fn finish(mut self, tried: &dyn Fn(&str) -> Option<Vec<Spot>>) -> Carried {
        let edits = std::mem::take(&mut self.edits);
        let (mut good, mut refused): (Vec<&Edit>, Vec<&Edit>) = (Vec::new(), Vec::new());
        let mut open: Vec<Range<usize>> = std::iter::once(0..edits.len()).collect();
        let mut trials = MAX_TRIALS;
        while let Some(range) = open.pop() {
            let some: Vec<&Edit> = edits.get(range.clone()).unwrap_or_default().iter().collect();
            if some.is_empty() {
                continue;
            }
            let all: Vec<&Edit> = good.iter().copied().chain(some.iter().copied()).collect();
            let fits = trials > 0 && {
                trials -= 1;
                let printed = applied(self.source, &all).and_then(|text| tried(&text));
                printed.is_some_and(|spots| shown(&spots) == self.expected(&all))
            };
            if fits {
                good = all;
            } else if some.len() == 1 || trials == 0 {
                refused.extend(some);
            } else {
                let middle = range.start + some.len() / 2;
                open.extend([middle..range.end, range.start..middle]);
            }
        }
        for edit in refused {
            let what = match &edit.effect {
                Effect::Words(spot, hunk) => {
                    let words = self.old.get(*spot).map_or("", |spot| spot.words.as_str());
                    let before: String = words.chars().skip(hunk.old.start).take(hunk.old.len()).collect();
                    format!("“{}” became “{}”: it would be printed otherwise than it stands there", before.trim(), hunk.new.trim())
                }
                Effect::Gone(spot) => {
                    let words = self.old.get(*spot).map_or("", |spot| spot.words.as_str());
                    format!("“{words}” is taken out: what is left would not be printed as it stands there")
                }
                Effect::New(_, new) => {
                    let words = self.new.get(*new).map_or("", |spot| spot.words.as_str());
                    format!("is put in: “{words}”: it would be printed otherwise than it stands there")
                }
            };
            let line = self.line_of(edit.place.start);
            self.left.push((line, what));
        }
        let text = applied(self.source, &good).unwrap_or_else(|| self.source.to_owned());
        self.left.sort_by_key(|(line, _)| *line);
        Carried { text, left: self.left }
    }
}

/// What a text prints, spot by spot.
fn shown(spots: &[Spot]) -> String {
    let words = spots.iter().map(|spot| bare(&spot.words)).filter(|words| !words.is_empty());
    words.map(|words| words + "\n").collect()
}

/// The text with edits; none where two of them lie over each other.
fn applied(source: &str, edits: &[&Edit]) -> Option<String> {
    let mut sorted: Vec<&&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.place.start, edit.place.end));
    let (mut out, mut at) = (String::with_capacity(source.len()), 0);
    for edit in sorted {
        if edit.place.start < at {
            return None;
        }
        out.push_str(source.get(at..edit.place.start)?);
        out.push_str(&edit.with);
        at = edit.place.end;
    }
    out.push_str(source.get(at..)?);
    Some(out)
}
