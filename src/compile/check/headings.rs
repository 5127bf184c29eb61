//! What looks like structure and is prose: headings, heads of annexes, odd markers.

use std::ops::Range;

use super::top::{letterheads, stands_in};
use super::tried;
use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::compile::pasted::{Heading, Odd, head_of_part, heading_of, letterhead_at, numbered_section, odd_marker};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, likely};
use crate::source::Span;
use crate::syntax::ast::{Block, Keyword, KeywordName, StructureName};
use crate::syntax::marker::MarkerKind;
use crate::syntax::read_symbol;

/// `Annex I`, `PREAMBLE` where a keyword is meant.
pub(super) fn parts(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let blocks = context.filled.blocks.as_slice();
    // How many parts of each kind there are up to a block.
    let mut counted: Vec<StructureName> = Vec::new();
    let mut is_title = false;
    let mut numbered = numbered_sections(context, blocks).into_iter().peekable();
    for (at, block) in blocks.iter().enumerate() {
        let section = numbered.next_if(|(stands, _)| *stands == at).map(|(_, section)| section);
        counted.extend(block.keyword().map(|keyword| keyword.name));
        found.extend(block.keyword().and_then(|keyword| in_title(context, keyword)));
        if std::mem::take(&mut is_title) {
            continue;
        }
        let Some(heading) = heading_at(context, block).or(section) else {
            found.extend(behind_bracket(context, block));
            continue;
        };
        counted.push(heading.name);
        let order = counted.iter().filter(|name| **name == heading.name).count();
        let word = heading.name.word();
        let place = block.span.part(0..heading.length);
        let shown = context.sources.slice(place).lines().next().unwrap_or_default();
        let mut finding = Diagnostic::new(
            Code::PastedHeading,
            place,
            format!("`{shown}` looks like a heading and is taken as prose"),
        )
        .hint(format!("write `{word}:`{}; a backslash before it says that it is prose", title_hint(heading.name)));
        // Lines between heading and title would be lost.
        let is_whole = heading.length == context.sources.slice(block.span).trim_end().len();
        let below = title_below(context, &heading, blocks.get(at + 1), blocks.get(at + 2)).filter(|_| is_whole);
        let is_again =
            !heading.name.begins_part() && heading.title.is_empty() && !takes_number(heading.name) && order > 1;
        let whole = below.map_or(place, |below| place.to(below.span));
        let text = keyword_lines(context, &heading, below, order, whole == block.span || below.is_some(), shown);
        // Its number is counted, and would come out as another one.
        let is_counted = heading.name.begins_part() || heading.number.is_none_or(|number| number as usize == order);
        if !is_again && is_counted && tried::begins_with(&text, heading.name) {
            let first = text.lines().next().unwrap_or_default().to_owned();
            finding = finding.fix(format!("write `{first}`"), whole, text);
            is_title = below.is_some();
        }
        found.push(finding);
    }
}

/// `annex: Annex B: Plan`: the compiler writes word and number itself.
fn in_title(context: &Context<'_>, keyword: &Keyword) -> Option<Diagnostic> {
    let (first, last) = (keyword.value.first()?.span(), keyword.value.last()?.span());
    let place = first.to(last);
    let text = context.sources.slice(place);
    let is_own = |heading: &Heading| heading.name == keyword.name && heading.name.begins_part() && !heading.is_linked;
    let heading = heading_of(text).filter(is_own)?;
    let title = heading.title.join("\n");
    let length = text.trim_end().len().checked_sub(title.len()).filter(|_| text.trim_end().ends_with(&title))?;
    let place = place.part(0..length);
    let shown = context.sources.slice(place).trim_end();
    Some(
        Diagnostic::new(Code::PastedHeading, place, format!("`{shown}` stands in the title, and is printed twice"))
            .hint("delete it: the compiler writes the word and counts; `number:` below it says another number")
            .fix("delete it", place, ""),
    )
}

/// `[Annex I`: what is not agreed begins with a heading.
fn behind_bracket(context: &Context<'_>, block: &Block) -> Option<Diagnostic> {
    let paragraph = block.paragraph().filter(|paragraph| paragraph.marker.is_none())?;
    let text = context.sources.slice(block.span).strip_prefix('[').filter(|_| paragraph.lead.is_none())?;
    let heading = heading_of(text)?;
    let place = block.span.part(1..1 + heading.length);
    let word = heading.name.word();
    let shown = context.sources.slice(place).lines().next().unwrap_or_default();
    Some(
        Diagnostic::new(Code::PastedHeading, place, format!("`{shown}` looks like a heading and is taken as prose"))
            .hint(format!("begin a line with `{word}:`, and put the paragraphs below it in brackets")),
    )
}

fn heading_at(context: &Context<'_>, block: &Block) -> Option<Heading> {
    let paragraph = block.paragraph().filter(|paragraph| paragraph.marker.is_none())?;
    // Those with a capital, and what is nearly one, are said to be keywords.
    let is_near =
        |word: &str| KeywordName::of(word).is_some() || likely(word, KeywordName::ALL.map(|(word, _)| word)).is_some();
    if paragraph.lead.as_ref().is_some_and(|lead| is_near(&lead.text.to_lowercase())) {
        return None;
    }
    heading_of(context.sources.slice(block.span))
}

/// `I. Title` and `II. Title` on lines of their own, each beside the one before or after
/// it: one alone may be an initial. Where each stands, and what it heads.
fn numbered_sections(context: &Context<'_>, blocks: &[Block]) -> Vec<(usize, Heading)> {
    let plain = |block: &Block| block.paragraph().is_some_and(|paragraph| paragraph.marker.is_none());
    let all: Vec<(usize, Heading)> = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| plain(block))
        .filter_map(|(at, block)| Some((at, numbered_section(context.sources.slice(block.span))?)))
        .collect();
    let number = |at: usize| all.get(at).and_then(|(_, heading)| heading.number);
    let is_run = |at: usize| {
        let before = at.checked_sub(1).and_then(number).map(|before| before + 1);
        number(at) == before || number(at + 1) == number(at).map(|number| number + 1)
    };
    let in_run: Vec<bool> = (0..all.len()).map(is_run).collect();
    all.into_iter().zip(in_run).filter_map(|(section, in_run)| in_run.then_some(section)).collect()
}

fn takes_number(name: StructureName) -> bool {
    matches!(name, StructureName::Section | StructureName::Annex | StructureName::Attachment)
}

fn title_hint(name: StructureName) -> &'static str {
    if takes_number(name) { " and the title after it, its number is counted" } else { " on a line of its own" }
}

/// The block below a heading that is its title, if it is short, ends in no sign, and
/// something follows.
fn title_below<'a>(
    context: &Context<'_>,
    heading: &Heading,
    below: Option<&'a Block>,
    after: Option<&Block>,
) -> Option<&'a Block> {
    let (below, _) = (below?, after?);
    let words = context.sources.slice(below.span);
    let plain = below.paragraph().is_some_and(|paragraph| paragraph.marker.is_none() && paragraph.lead.is_none());
    let is_title = takes_number(heading.name)
        && heading.title.is_empty()
        && plain
        && words.lines().count() <= 3
        && words.chars().count() <= 200
        && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && words.lines().all(|line| !line.trim_end().ends_with(['.', ';', ':', ',', '–']))
        && heading_of(words).is_none();
    is_title.then_some(below)
}

/// The keyword with its title and what it has below it.
fn keyword_lines(
    context: &Context<'_>,
    heading: &Heading,
    below: Option<&Block>,
    order: usize,
    is_all: bool,
    shown: &str,
) -> String {
    let title = match below {
        Some(below) => context.sources.slice(below.span).lines().map(|line| line.trim().to_owned()).collect(),
        None => heading.title.clone(),
    };
    let mut text = format!("{}: {}", heading.name.word(), title.join("\n  ")).trim_end().to_owned();
    if heading.is_linked {
        text.push_str(&format!("\n// {shown}"));
    }
    if let Some(number) = heading.number.filter(|number| heading.name.begins_part() && *number as usize != order) {
        text.push_str(&format!("\nnumber: {number}"));
    }
    if !is_all {
        text.push('\n');
    }
    text
}

/// The head of an annex's first page: symbol, date, `Annex`.
pub(super) fn heads(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let letterheads = letterheads(found);
    for block in &context.filled.blocks {
        let Some(paragraph) = block.paragraph() else { continue };
        let Some(source) = context.sources.get(block.span.file) else { continue };
        let mut is_said = false;
        for line in paragraph.lines.iter().filter(|line| !line.is_comment) {
            let words = context.sources.slice(line.span);
            if words.len() > 60 || !words.contains('/') || read_symbol(words.trim_end_matches('*')).is_none() {
                continue;
            }
            let Some(head) = head_of_part(source.text(), line.span.range().start) else { continue };
            let place = Span::new(block.span.file, head.range).by(block.span.chain);
            let text = format!("\n{}\n", head.lines);
            let mut finding =
                Diagnostic::new(Code::PastedHeading, place, "the head of a part's first page was pasted into the text")
                    .hint(format!("write `{}:` and its title; the compiler writes the rest", head.name.word()));
            if tried::begins_with(&text, head.name) {
                finding = finding.fix(format!("write `{}:`", head.name.word()), place, text);
            }
            found.push(finding);
            is_said = true;
            break;
        }
        let is_head = paragraph.marker.is_none() && paragraph.lines.len() > 1 && !stands_in(block, &letterheads);
        if is_head && !is_said {
            found.extend(letterhead(source.text(), block));
        }
    }
}

/// The first page of another text, or of this one once more, below a heading or an annex's title.
fn letterhead(text: &str, block: &Block) -> Option<Diagnostic> {
    let Range { start, end } = block.span.range();
    let end = letterhead_at(text, start, end)?;
    let place = Span::new(block.span.file, start..end).by(block.span.chain);
    Some(
        Diagnostic::new(Code::PastedLetterhead, place, "a letterhead was pasted into the text")
            .hint("delete it: the compiler writes the first page of each part; another text has a file of its own")
            .at_most(Severity::Warning),
    )
}

/// `2.Second`, `3 . We`, `(a)text`
pub(super) fn odd_markers(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let beginnings: Vec<Beginning> = context
        .filled
        .blocks
        .iter()
        .filter_map(|block| beginning(context, block).map(|b| (block, b)))
        .map(|(block, what)| Beginning { place: block.span, what })
        .collect();
    let number = |at: usize| beginnings.get(at).and_then(|beginning| beginning.what.number());
    for (at, Beginning { place, what }) in beginnings.iter().enumerate() {
        let What::Odd(odd) = what else { continue };
        let (before, after) = (at.checked_sub(1), at + 1);
        let is_one = if odd.is_number {
            let last = (0..at).rev().take(30).find_map(number);
            let next = (after..beginnings.len()).take(30).find_map(number);
            let follows = last == odd.value.checked_sub(1) || last.is_none() && odd.value == 1;
            let leads = next == Some(odd.value + 1);
            // `2 We` and `3 We`, one behind the other.
            let is_bare =
                |at: usize| matches!(beginnings.get(at).map(|b| &b.what), Some(What::Odd(odd)) if odd.is_bare);
            if odd.is_bare { follows && (leads || before.is_some_and(is_bare)) } else { follows || leads }
        } else {
            let is_item = |at: usize| beginnings.get(at).is_some_and(|beginning| beginning.what.is_item());
            odd.value == 1 || before.is_some_and(is_item) || is_item(after)
        };
        // “1º dicembre”
        let rest = context.sources.slice(*place).get(odd.length..).unwrap_or_default();
        let is_day = odd.is_number && context.filled.locale.makes_ordinal(odd.value, rest);
        if is_one && !is_day {
            let place = place.part(0..odd.length);
            let shown = context.sources.slice(place).trim_end();
            let right = odd.right.trim_end();
            found.push(
                Diagnostic::new(
                    Code::OddMarker,
                    place,
                    format!("`{shown}` is no marker, and the paragraph has no number"),
                )
                .hint(format!("write `{right}` and a blank after it"))
                .fix(format!("write `{right}`"), place, odd.right.clone()),
            );
        }
    }
}

struct Beginning {
    place: Span,
    what: What,
}

/// What a paragraph begins with.
enum What {
    Number(Option<u32>),
    Item,
    Odd(Odd),
}

impl What {
    fn number(&self) -> Option<u32> {
        match self {
            What::Number(value) => *value,
            What::Odd(odd) => odd.is_number.then_some(odd.value),
            What::Item => None,
        }
    }

    fn is_item(&self) -> bool {
        match self {
            What::Item => true,
            What::Odd(odd) => !odd.is_number,
            What::Number(_) => false,
        }
    }
}

fn beginning(context: &Context<'_>, block: &Block) -> Option<What> {
    let paragraph = block.paragraph()?;
    match paragraph.marker.as_ref().map(|marker| &marker.kind) {
        Some(MarkerKind::Number { value, .. }) => Some(What::Number(*value)),
        Some(MarkerKind::Item { .. } | MarkerKind::AutoItem | MarkerKind::Decimal(_)) => Some(What::Item),
        None => odd_marker(context.sources.slice(block.span)).map(What::Odd),
    }
}
