//! Where the preamble of a text ends and its operative part begins.

use super::outline::{Outliner, words_of};
use super::template::Template;
use crate::diag::{Code, Diagnostic};
use crate::locale::Locale;
use crate::source::Span;
use crate::syntax::PartName;
use crate::syntax::ast::{Block, BlockKind, KeywordName, Paragraph};

/// Where the operative part of a text begins.
pub(super) struct Parting {
    /// The block at which it begins.
    pub operative: usize,
    /// Whether there is a preamble before it.
    pub preamble: bool,
}

impl<'a> Outliner<'a, '_> {
    /// Finds the parts of a text.
    pub fn parting(&mut self, blocks: &'a [Block], template: &Template) -> Parting {
        let keyword = |name: KeywordName| {
            let places = blocks.iter().enumerate().filter_map(move |(at, b)| match &b.kind {
                BlockKind::Keyword(keyword) if keyword.name == name => Some((at, keyword.word)),
                _ => None,
            });
            places.collect::<Vec<_>>()
        };
        let (preambles, operatives) = (keyword(KeywordName::Preamble), keyword(KeywordName::Operative));
        for places in [&preambles, &operatives] {
            if let [(_, first), (_, second), ..] = places[..] {
                let message = "this part of the text begins twice";
                self.found.push(
                    Diagnostic::new(Code::Parts, second, message)
                        .other(first, "first here")
                        .hint("delete one of the two lines"),
                );
            }
        }
        if let (Some((preamble, place)), Some((operative, other))) = (preambles.first(), operatives.first())
            && preamble > operative
        {
            let message = "the preamble begins after the operative part";
            self.found.push(
                Diagnostic::new(Code::Parts, *place, message)
                    .other(*other, "the operative part")
                    .hint("put the preamble first"),
            );
        }
        let begins_operative = |block: &Block| match &block.kind {
            BlockKind::Paragraph(p) => p.marker.as_ref().is_some_and(|m| m.is_number()),
            BlockKind::Keyword(k) => matches!(k.name, KeywordName::Section | KeywordName::Subsection),
            _ => false,
        };
        let counted = blocks.iter().position(begins_operative);
        let explicit = operatives.first().map(|(at, _)| *at);
        let assumed = || blocks.iter().position(|block| self.opens_operative(block)).filter(|&at| at > 0);
        let operative = explicit.or(counted).or_else(assumed);
        if let (None, None, Some(at)) = (explicit, counted, operative) {
            let words = self.first_words(&blocks[at]);
            self.found.push(
                Diagnostic::new(
                    Code::OperativeAssumed,
                    blocks[at].span.head(),
                    format!("the operative part is taken to begin at `{words}`"),
                )
                .hint("write `operative:` on a line before it to say so"),
            );
        }
        if let (Some((preamble, place)), None, Some(begun)) = (preambles.first(), explicit, operative)
            && *preamble > begun
        {
            let message = "the preamble begins after the operative part";
            let other = blocks[begun].span;
            self.found.push(
                Diagnostic::new(Code::Parts, *place, message)
                    .other(other, "it begins here")
                    .hint("put the preamble first"),
            );
        }
        let before = &blocks[..operative.unwrap_or(blocks.len())];
        let clauses = before.iter().any(|block| matches!(block.kind, BlockKind::Paragraph(_)));
        let first = before.iter().find_map(|block| match &block.kind {
            BlockKind::Paragraph(paragraph) => Some(paragraph),
            _ => None,
        });
        let looks = first.is_some_and(|p| self.is_opening(p) || self.opens_preambular(p));
        let preamble = clauses && (!preambles.is_empty() || explicit.is_some() || looks);
        let end = blocks.last().map_or(Span::default(), |block| block.span.tail());
        for (part, missing, word) in
            [(PartName::Preamble, !preamble, "preamble"), (PartName::Operative, operative.is_none(), "operative part")]
        {
            if missing && template.requires(part) {
                let message = format!("a {} needs a {word}", template.name);
                self.found.push(
                    Diagnostic::new(Code::Parts, end, message)
                        .hint(format!("write `{}:` where it begins", word.split(' ').next().unwrap_or(word))),
                );
            }
        }
        Parting { operative: operative.unwrap_or(blocks.len()), preamble }
    }

    /// The first plain paragraph of a preamble is its opening line if it ends
    /// in a comma or dash and is no clause already.
    pub fn is_opening(&self, paragraph: &Paragraph) -> bool {
        let text = words_of(&paragraph.content);
        paragraph.marker.is_none()
            && text.trim_end().ends_with([',', '–', '—', '-'])
            && !self.opens_preambular(paragraph)
    }

    fn opens_preambular(&self, paragraph: &Paragraph) -> bool {
        Locale::opens_with(&self.locale.preambular, words_of(&paragraph.content).trim_start())
    }

    fn opens_operative(&self, block: &Block) -> bool {
        matches!(&block.kind, BlockKind::Paragraph(p)
            if p.marker.is_none() && Locale::opens_with(&self.locale.operative, words_of(&p.content).trim_start()))
    }

    fn first_words(&self, block: &Block) -> &'a str {
        let text = self.sources.slice(block.span);
        let end = text.char_indices().filter(|(_, c)| c.is_whitespace()).nth(2).map_or(text.len(), |(at, _)| at);
        &text[..end]
    }
}
