//! Where the operative part begins, as the clauses say together: each by how it opens
//! and how it ends.

use crate::locale::{Locale, Opening};
use crate::source::Span;
use crate::syntax::ast::{Block, BlockKind, Inline};
use crate::syntax::words_of;

/// How much the opening of a clause weighs beside its end.
const BY_OPENING: u32 = 2;
/// How much its end weighs.
const BY_END: u32 = 1;
/// The longest word after the sign that ends a clause: "and".
const LONGEST_LINK: usize = 4;

/// A part of a text, as a clause speaks for it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Preamble,
    Operative,
}

/// What a clause says of itself.
struct Clause {
    /// Its block.
    at: usize,
    place: Span,
    opening: Option<Opening>,
    /// What the sign at its end speaks for.
    end: Option<Side>,
}

impl Clause {
    fn opens(&self) -> Option<Side> {
        self.opening.map(|opening| match opening {
            Opening::Preambular => Side::Preamble,
            Opening::Operative { .. } => Side::Operative,
        })
    }

    /// How much of it speaks for a side.
    fn votes(&self, side: Side) -> u32 {
        let weigh = |said: Option<Side>, weight| if said == Some(side) { weight } else { 0 };
        weigh(self.opens(), BY_OPENING) + weigh(self.end, BY_END)
    }
}

/// What came of a vote.
pub(super) struct Outcome {
    /// The block of the first operative clause; none where all are preambular.
    pub begins: Option<usize>,
    /// The clause that speaks against it, or that says nothing; none where all agree.
    pub doubtful: Option<Span>,
    /// How the first operative clause opens.
    pub opening: Option<Opening>,
}

/// Lets the clauses among `blocks` vote. Where `counted`, a paragraph with a number follows
/// them, which is operative: then the signs at their ends are no doubt.
pub(super) fn vote(blocks: &[Block], from: usize, counted: bool, locale: &Locale) -> Outcome {
    let clauses = clauses(blocks, from, locale);
    // The votes that are contradicted where the operative part begins at each clause.
    let mut contradicted: u32 = clauses.iter().map(|clause| clause.votes(Side::Preamble)).sum();
    let mut costs = vec![contradicted];
    for clause in &clauses {
        contradicted = contradicted + clause.votes(Side::Operative) - clause.votes(Side::Preamble);
        costs.push(contradicted);
    }
    let least = costs.iter().min().copied().unwrap_or_default();
    let mut best: Vec<usize> = (0..costs.len()).filter(|at| costs.get(*at) == Some(&least)).collect();
    let first_best = best.first().copied().unwrap_or_default();
    let is_tied = best.len() > 1;
    // A clause that says nothing is preambular, but a text has an operative part.
    if is_tied && !counted {
        best.retain(|at| *at < clauses.len());
    }
    let chosen = best.last().copied().unwrap_or(clauses.len());
    let against = clauses.iter().enumerate().position(|(at, clause)| {
        let other = if at < chosen { Side::Operative } else { Side::Preamble };
        clause.opens() == Some(other) || !counted && clause.end == Some(other)
    });
    let tied = (is_tied && !counted).then_some(first_best.min(chosen));
    let first = clauses.get(chosen);
    Outcome {
        begins: first.map(|clause| clause.at),
        doubtful: against.or(tied).and_then(|at| Some(clauses.get(at)?.place)),
        opening: first.and_then(|clause| clause.opening),
    }
}

/// The clauses of a text; what is below a marker belongs to the clause above it, whose end
/// is that of its last item.
fn clauses(blocks: &[Block], from: usize, locale: &Locale) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut in_items = false;
    for (at, block) in blocks.iter().enumerate().skip(from) {
        let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
        let words = printed(&paragraph.content);
        in_items = paragraph.marker.is_some() || in_items && block.indent > 0;
        if !in_items {
            clauses.push(Clause { at, place: block.span, opening: locale.opening(&words), end: None });
        }
        if let Some(clause) = clauses.last_mut() {
            clause.end = match end(&words) {
                Some(',' | '–' | '—') => Some(Side::Preamble),
                sign => sign.map(|_| Side::Operative),
            };
        }
    }
    clauses
}

/// The words of a clause without its notes.
fn printed(content: &[Inline]) -> String {
    let is_note = |inline: &&Inline| matches!(inline, Inline::Note { .. });
    content.iter().filter(|inline| !is_note(inline)).map(|inline| words_of(std::slice::from_ref(inline))).collect()
}

/// The sign that ends a clause; a short word may follow it, as "and".
fn end(words: &str) -> Option<char> {
    let is_end = |c: &char| matches!(c, ',' | '–' | '—' | ';' | '.' | ':' | '!' | '?');
    let words = words.trim_end();
    let linked = words.trim_end_matches(char::is_alphabetic);
    let is_link = words[linked.len()..].chars().count() <= LONGEST_LINK && linked.ends_with(char::is_whitespace);
    let words = if is_link { linked } else { words };
    // Quotation marks and brackets may close behind it.
    words.chars().rev().find(|c| !c.is_whitespace() && !matches!(c, '”' | '“' | '»' | '"' | ')' | ']')).filter(is_end)
}
