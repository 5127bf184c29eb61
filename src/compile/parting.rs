//! Where the preamble of a text ends and its operative part begins.

use super::context::Context;
use super::vote::{Outcome, vote};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::{Locale, Opening};
use crate::source::{Sources, Span};
use crate::syntax::ast::{Block, BlockKind, Paragraph, StructureName};
use crate::syntax::marker::{DraftPart, Marker, MarkerKind};
use crate::syntax::{PartName, words_of};

/// Where the operative part of a text begins.
pub(super) struct Parting {
    /// The block at which it begins.
    pub operative: usize,
    /// Whether there is a preamble before it.
    pub preamble: bool,
}

/// What is known of a text whose parts are looked for.
struct Parter<'a, 'f> {
    blocks: &'a [Block],
    sources: &'a Sources,
    locale: &'a Locale,
    found: &'f mut Diagnostics,
}

/// Finds the parts of a text.
pub(super) fn parting(context: &Context<'_>, blocks: &[Block], found: &mut Diagnostics) -> Parting {
    let (template, locale) = (&context.filled.template, context.filled.locale);
    let mut parter = Parter { blocks, sources: context.sources, locale, found };
    let said =
        Said { preamble: parter.keyword(StructureName::Preamble), operative: parter.keyword(StructureName::Operative) };
    let operative =
        said.operative.map(|(at, _)| at).or_else(|| parter.begins(&said, template.requires(PartName::Operative)));
    parter.order(&said, operative);
    let has_preamble = parter.has_preamble(&said, operative);
    let end = blocks.last().map_or(Span::default(), |block| block.span.tail());
    // A keyword with nothing below it begins no part.
    let is_operative = operative.is_some_and(|at| has_text(&blocks[at..]));
    for (part, is_there, word, said) in [
        (PartName::Preamble, has_preamble, "preamble", said.preamble),
        (PartName::Operative, is_operative, "operative part", said.operative),
    ] {
        if !is_there && template.requires(part) {
            let message = format!("`{}` has no {word}, and needs one", template.name);
            let key = word.split(' ').next().unwrap_or(word);
            let hint = match said {
                Some(_) => format!("write it below `{key}:`"),
                None => format!("write it, and `{key}:` on a line before it"),
            };
            let place = said.map_or(end, |(_, place)| place);
            parter.found.push(Diagnostic::new(Code::MissingPart, place, message).hint(hint));
        }
    }
    Parting { operative: operative.unwrap_or(blocks.len()), preamble: has_preamble }
}

/// Whether something stands in a part, before an annex begins.
fn has_text(blocks: &[Block]) -> bool {
    let is_end = |block: &&Block| block.keyword().is_some_and(|keyword| keyword.name.begins_part());
    blocks.iter().take_while(|block| !is_end(block)).any(|block| match &block.kind {
        BlockKind::Paragraph(_) | BlockKind::Quote(_) | BlockKind::Table(_) => true,
        BlockKind::Comment | BlockKind::Keyword(_) => false,
    })
}

/// Says which lines a text needs and has not: an address, a signature.
pub(super) fn lines_needed(context: &Context<'_>, blocks: &[Block], found: &mut Diagnostics) {
    let template = &context.filled.template;
    let needed = [(PartName::Address, StructureName::Address), (PartName::Signature, StructureName::Signature)];
    for (_, name) in needed.into_iter().filter(|(part, _)| template.requires(*part)) {
        if blocks.iter().filter_map(Block::keyword).any(|keyword| keyword.name == name) {
            continue;
        }
        let end = blocks.last().map_or(Span::default(), |block| block.span.tail());
        let message = format!("`{}` has no {}, and needs one", template.name, name.word());
        let hint = format!("write `{}:`, and its lines indented below", name.word());
        found.push(Diagnostic::new(Code::MissingPart, end, message).hint(hint));
    }
}

/// Where keywords say that the parts begin: block and place.
struct Said {
    preamble: Option<(usize, Span)>,
    operative: Option<(usize, Span)>,
}

impl Parter<'_, '_> {
    /// The first of a keyword; a second one is said.
    fn keyword(&mut self, name: StructureName) -> Option<(usize, Span)> {
        let mut places = self.blocks.iter().enumerate().filter_map(|(at, block)| {
            let keyword = block.keyword().filter(|keyword| keyword.name == name)?;
            Some((at, keyword.word))
        });
        let first = places.next();
        if let (Some((_, first)), Some((_, second))) = (first, places.next()) {
            self.found.push(
                Diagnostic::new(Code::Parts, second, "this part of the text begins twice")
                    .other(first, "first here")
                    .hint("delete one of the two lines"),
            );
        }
        first
    }

    /// Where the operative part begins that no keyword opens: at the first number or
    /// section, or at a clause before them where the clauses say so together.
    fn begins(&mut self, said: &Said, is_required: bool) -> Option<usize> {
        let counts = |block: &Block| match &block.kind {
            BlockKind::Paragraph(paragraph) => paragraph.marker.as_ref().is_some_and(Marker::is_operative),
            BlockKind::Keyword(keyword) => keyword.name.begins_division(),
            BlockKind::Comment | BlockKind::Quote(_) | BlockKind::Table(_) => false,
        };
        let counted = self.blocks.iter().position(counts);
        let before = &self.blocks[..counted.unwrap_or(self.blocks.len())];
        let from = self.first_clause(said, before);
        let Outcome { begins, doubtful, opening } = vote(before, from, counted.is_some(), self.locale);
        let is_known = matches!(opening, Some(Opening::Operative { is_known: true }));
        // Prose that is no clause says nothing of parts, where a type needs none.
        let is_meant = match counted {
            Some(_) => matches!(opening, Some(Opening::Operative { .. })) && from > 0,
            // One without reasons before it must say what is done.
            None if from == 0 && begins.is_none_or(|at| at == 0) => {
                is_required && matches!(opening, Some(Opening::Operative { .. }))
            }
            None => is_required || is_known,
        };
        let begins = begins.filter(|_| is_meant);
        if let Some(at) = begins.or(counted.filter(|_| is_required)) {
            match doubtful {
                Some(clause) => self.doubt(clause, at),
                // A verb that the language lists, above numbers, is as sure as a number.
                None if begins.is_some_and(|at| at > 0) && !(is_known && counted.is_some()) => self.assumed(at),
                None => {}
            }
        }
        begins.or(counted)
    }

    /// The first block that may be a clause: behind the opening line, and behind what is
    /// numbered as a paragraph of the preamble.
    fn first_clause(&self, said: &Said, before: &[Block]) -> usize {
        let after = said.preamble.map_or(0, |(at, _)| at + 1);
        let is_first = |block: &Block| matches!(&block.kind, BlockKind::Paragraph(_));
        let first = before.iter().skip(after).position(is_first).map_or(after, |at| after + at);
        let opening = before.get(first).and_then(Block::paragraph).is_some_and(|first| is_opening(first, self.locale));
        let is_numbered = |block: &Block| {
            let marker = block.paragraph().and_then(|paragraph| paragraph.marker.as_ref());
            marker.is_some_and(|marker| {
                matches!(marker.kind, MarkerKind::Number { part: Some(DraftPart::Preambular), .. })
            })
        };
        let numbered = before.iter().rposition(is_numbered).map_or(0, |at| at + 1);
        numbered.max(if opening { first + 1 } else { after })
    }

    fn assumed(&mut self, at: usize) {
        let message = format!("the operative part is taken to begin at `{}`", self.first_words(self.blocks[at].span));
        self.found.push(
            Diagnostic::new(Code::OperativeAssumed, self.blocks[at].span.head(), message)
                .hint("write `operative:` on a line before it to say so"),
        );
    }

    /// A clause that speaks against where the operative part is taken to begin.
    fn doubt(&mut self, clause: Span, at: usize) {
        let begins = self.blocks[at].span.head();
        let message = format!("`{}` leaves it in doubt where the operative part begins", self.first_words(clause));
        let mut doubt = Diagnostic::new(Code::OperativeDoubtful, clause.head(), message)
            .hint("write `operative:` on a line before the first paragraph that says what is done");
        if begins != clause.head() {
            doubt = doubt.other(begins, "it is taken to begin here");
        }
        self.found.push(doubt);
    }

    /// A preamble that is said to begin after the operative part.
    fn order(&mut self, said: &Said, operative: Option<usize>) {
        let (Some((preamble, place)), Some(begun)) = (said.preamble, operative) else { return };
        if preamble > begun {
            let (other, what) = match said.operative {
                Some((_, other)) => (other, "the operative part"),
                None => (self.blocks[begun].span, "it begins here"),
            };
            self.found.push(
                Diagnostic::new(Code::Parts, place, "the preamble begins after the operative part")
                    .other(other, what)
                    .hint("put the preamble first"),
            );
        }
    }

    fn has_preamble(&self, said: &Said, operative: Option<usize>) -> bool {
        let before = &self.blocks[..operative.unwrap_or(self.blocks.len())];
        let first = before.iter().find_map(Block::paragraph);
        let is_said = said.preamble.is_some() || said.operative.is_some();
        first.is_some_and(|first| is_said || is_opening(first, self.locale) || opens_preambular(first, self.locale))
    }

    fn first_words(&self, place: Span) -> &str {
        let text = self.sources.slice(place);
        let end = text.char_indices().filter(|(_, c)| c.is_whitespace()).nth(2).map_or(text.len(), |(at, _)| at);
        &text[..end]
    }
}

/// The first plain paragraph of a preamble is its opening line if it ends
/// in a comma or dash and is no clause already.
pub(super) fn is_opening(paragraph: &Paragraph, locale: &Locale) -> bool {
    let text = words_of(&paragraph.content);
    paragraph.marker.is_none()
        && text.trim_end().ends_with([',', '–', '—', '-'])
        && !opens_preambular(paragraph, locale)
}

fn opens_preambular(paragraph: &Paragraph, locale: &Locale) -> bool {
    locale.opening(&words_of(&paragraph.content)) == Some(Opening::Preambular)
}
