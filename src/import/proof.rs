//! A source that was made is compiled, and what it prints is compared with what was read.

use std::collections::BTreeMap;

use super::levels::is_number;
use super::read::{Block, Lost, first_words};
use super::source::{Choices, Frame, Unit, Written, source};
use crate::compare::{LeafKind, Leaves, Side, hunks};
use crate::compile::{Compilation, Options, compile, mend_of};
use crate::diag::{Code, Diagnostics};
use crate::source::{FileId, Source};
use crate::syntax::{composed, format, is_dropped, parse, turns_direction};
use crate::world::MemoryWorld;

/// The name of a text while it is tried.
const NAME: &str = "imported.decl";
/// So often what is not printed as it was read is written otherwise.
const ROUNDS: usize = 3;

/// A block as it is compared: no blanks, one form of quotation marks and hyphens.
pub(super) fn bare(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for sign in composed(words).chars() {
        match sign {
            _ if sign.is_whitespace() || sign.is_control() || is_dropped(sign) || turns_direction(sign) => {}
            '“' | '”' | '„' | '‟' | '«' | '»' | '"' => out.push('"'),
            '‘' | '’' | '‚' | '‛' | '\'' => out.push('\''),
            '\u{2011}' | '\u{2010}' => out.push('-'),
            '|' => {}
            _ => out.push(sign),
        }
    }
    out
}

/// A number or marker as it is compared: its letters and figures.
fn bare_label(label: &str) -> String {
    let label = label.trim_start_matches('[');
    let label = label.rsplit(':').next().unwrap_or(label);
    label.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What a document prints, block by block.
fn printed(compilation: &Compilation) -> Vec<String> {
    let Some(side) = Side::of(compilation) else { return Vec::new() };
    let leaves = Leaves::of(&side);
    let is_text = |kind: LeafKind| match kind {
        LeafKind::Head => false,
        LeafKind::Title
        | LeafKind::By
        | LeafKind::Opening
        | LeafKind::Clause
        | LeafKind::Prose
        | LeafKind::Item
        | LeafKind::Continuation
        | LeafKind::Heading
        | LeafKind::Row
        | LeafKind::Note => true,
    };
    let mut out = Vec::new();
    for leaf in leaves.list.iter().filter(|leaf| is_text(leaf.kind)) {
        let label = match leaf.kind {
            LeafKind::Note => String::new(),
            _ => bare_label(leaf.label.as_deref().unwrap_or_default()),
        };
        let bracket = if leaf.label.as_deref().is_some_and(|label| label.starts_with('[')) { "[" } else { "" };
        // The marks of notes are counted.
        let mut words = String::new();
        for word in &leaf.words.words {
            if word.kind != crate::compare::WordKind::NoteMark {
                words.push_str(leaf.words.of(word));
            }
        }
        out.push(format!("{bracket}{label}{}", bare(&words)));
    }
    // The lines of a title are one.
    out
}

fn expected(unit: &Unit) -> String {
    let (label, words) = match (&unit.label, unit.is_typed) {
        (Some(label), _) => (label.clone(), unit.words.clone()),
        (None, true) => {
            let line: String = unit.words.split_whitespace().collect::<Vec<_>>().join(" ");
            match crate::syntax::escape::typed_marker(&line) {
                Some((label, rest)) => (label.to_owned(), rest.to_owned()),
                None => (String::new(), line),
            }
        }
        (None, false) => (String::new(), unit.words.clone()),
    };
    let bracket = if label.starts_with('[') { "[" } else { "" };
    format!("{bracket}{}{}", bare_label(&label), bare(&words))
}

/// The units of a source that are not printed as they were read, and what is printed that was
/// not.
fn differing(written: &Written) -> (Vec<usize>, Vec<String>) {
    let world = MemoryWorld::new().with(NAME, written.text.as_bytes());
    let Ok(compilation) = compile(&world, NAME, &Options::default()) else { return (Vec::new(), Vec::new()) };
    let is_silent = |text: &String| text.is_empty() || text.chars().all(|c| matches!(c, '–' | '-' | '—' | '•'));
    let old: Vec<(usize, String)> =
        written.units.iter().map(expected).enumerate().filter(|(_, text)| !is_silent(text)).collect();
    let new: Vec<String> = printed(&compilation).into_iter().filter(|text| !is_silent(text)).collect();
    let plain: Vec<String> = old.iter().map(|(_, text)| text.clone()).collect();
    let (mut wrong, mut besides) = (Vec::new(), Vec::new());
    for (gone, put) in hunks(&plain, &new) {
        let (was, is) = (plain.get(gone.clone()).unwrap_or_default(), new.get(put).unwrap_or_default());
        // Titles, cells and notes are divided otherwise, and are the same words.
        let (was, is): (String, String) = (sorted_if_notes(was), sorted_if_notes(is));
        if same(&was, &is) {
            continue;
        }
        // What the compiler writes by itself stands before or behind.
        if let Some((before, after)) = is.split_once(was.as_str()) {
            besides.push(format!("{before}{after}"));
            continue;
        }
        wrong.extend(old.get(gone).unwrap_or_default().iter().map(|(at, _)| *at));
    }
    (wrong, besides)
}

fn sorted_if_notes(texts: &[String]) -> String {
    texts.concat()
}

/// Dashes of lists and the signs of markers are the compiler's.
fn same(was: &str, is: &str) -> bool {
    let plain =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '[' | ']')).collect() };
    was == is || plain(was) == plain(is)
}

/// The source of blocks whose words are printed as they were read; what is not is said.
pub(super) fn proved(blocks: &[Block], frame: &Frame<'_>) -> (String, Vec<Lost>) {
    let mut choices = Choices::default();
    let mut best: Option<(usize, Written, Vec<usize>, Vec<String>)> = None;
    for _ in 0..ROUNDS {
        let written = source(blocks, frame, &choices);
        let (wrong, besides) = differing(&written);
        let units: Vec<Unit> = wrong.iter().filter_map(|at| written.units.get(*at)).cloned().collect();
        let has_references = written.has_references;
        if best.as_ref().is_none_or(|(count, ..)| wrong.len() < *count) {
            best = Some((wrong.len(), written, wrong, besides));
        }
        if units.is_empty() {
            break;
        }
        let before = choices.clone();
        for unit in &units {
            if unit.is_typed {
                choices.escaped.insert(unit.block);
            }
            choices.as_typed |= unit.label.as_deref().is_some_and(is_number) || unit.label.is_some();
        }
        choices.plain_references |= has_references && !units.iter().any(|unit| unit.is_typed || unit.label.is_some());
        if (before.escaped.len(), before.as_typed, before.plain_references)
            == (choices.escaped.len(), choices.as_typed, choices.plain_references)
        {
            break;
        }
    }
    let Some((_, written, wrong, besides)) = best else { return (String::new(), Vec::new()) };
    let mut lost = written.lost.clone();
    let mut said: BTreeMap<usize, ()> = BTreeMap::new();
    for unit in wrong.iter().filter_map(|at| written.units.get(*at)) {
        if said.insert(unit.block, ()).is_none() {
            let what = "is not printed as it was read: look at it".to_owned();
            lost.push(Lost { paragraph: unit.block + 1, near: first_words(&unit.words), what });
        }
    }
    for words in besides {
        let what = format!("{BESIDES}“{}”", first_words(&words));
        lost.push(Lost { paragraph: 0, near: String::new(), what });
    }
    (written.text, lost)
}

/// What is said where something is printed that was not read.
const BESIDES: &str = "the compiler prints besides: ";

/// The text with what a paste brings made structure: a letterhead, a title, the headings of
/// annexes, by the cures that a check offers.
pub(super) fn mended(text: &str, lost: &mut Vec<Lost>) -> String {
    let world = MemoryWorld::new().with(NAME, text.as_bytes());
    let wanted = |code: Code| {
        matches!(code, Code::PastedLetterhead | Code::PastedTitle | Code::PastedHeading | Code::PastedPageHead)
    };
    // Fixes are tried one by one, which takes long: most texts have none of these.
    let has_any = compile(&world, NAME, &Options::default())
        .is_ok_and(|compilation| compilation.found.iter().any(|found| wanted(found.code) && found.fix.is_some()));
    if !has_any {
        return formatted(text);
    }
    match mend_of(&world, NAME, &Options::default(), &|found, _| wanted(found.code)) {
        Ok(mended) => {
            // A letterhead that was prose keeps the text from beginning as it does without it.
            lost.retain(|lost| mended.changes.is_empty() || !lost.what.starts_with(BESIDES));
            formatted(&mended.text)
        }
        Err(_) => formatted(text),
    }
}

/// Says what the type of document of a text asks for and was not found in it.
pub(super) fn not_found(text: &str, lost: &mut Vec<Lost>) {
    let world = MemoryWorld::new().with(NAME, text.as_bytes());
    let Ok(compilation) = compile(&world, NAME, &Options::default()) else { return };
    for missing in compilation.found.iter().filter(|found| found.code == Code::MissingKey) {
        let what = format!("not found: {}", missing.message);
        lost.push(Lost { paragraph: 0, near: String::new(), what });
    }
}

/// The text in the canonical form, where all of it was understood.
fn formatted(text: &str) -> String {
    let source = Source::new(NAME, text);
    let mut found = Diagnostics::default();
    let tree = parse(&source, FileId(0), &mut found);
    if found.has_errors() { text.trim_end().to_owned() + "\n" } else { format(&tree, &source) }
}
