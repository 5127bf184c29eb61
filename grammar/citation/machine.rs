//! The machine that takes the steps of a grammar: what pest would read, piece by piece, without what pest
//! keeps for messages that nobody sees.

use std::ops::Range;

use pest::unicode;

use crate::node::{Arm, Class, END, ENDLESS, Node, Set, Token};

/// A piece of what was found, its parts after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub token: Token,
    pub range: Range<usize>,
}

/// A grammar as steps, and what they name.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    pub nodes: &'static [Node],
    pub lists: &'static [u32],
    pub arms: &'static [Arm],
    pub sets: &'static [Set],
    pub letters: &'static [u8],
}

impl Program {
    /// The pieces of what a step takes at the start of a text; none where it does not fit.
    pub(crate) fn pieces(&self, step: u32, text: &str) -> Vec<Piece> {
        let mut run = Run { program: self, text, pieces: Vec::new() };
        if run.take(step, 0).is_none() {
            run.pieces.clear();
        }
        run.pieces
    }

    /// Which of the alternatives may begin where a text begins, as bits.
    pub(crate) fn may_start(&self, mut step: u32, text: &str) -> u8 {
        for byte in text.bytes().chain([END]) {
            match self.node(step) {
                Node::May(bits) => return bits,
                Node::Branch { from, count, .. } => match self.arm(from, count, byte) {
                    Some(arm) => step = arm.step,
                    None => return 0,
                },
                _ => return 0,
            }
        }
        0
    }

    fn node(&self, step: u32) -> Node {
        self.nodes.get(step as usize).copied().unwrap_or(Node::Never)
    }

    fn list(&self, from: u32, count: u16) -> &'static [u32] {
        let from = from as usize;
        self.lists.get(from..from + usize::from(count)).unwrap_or_default()
    }

    fn arm(&self, from: u32, count: u16, byte: u8) -> Option<Arm> {
        let from = from as usize;
        let arms = self.arms.get(from..from + usize::from(count))?;
        // Most branches have few arms.
        let arms = if arms.len() > FEW { &arms[arms.partition_point(|arm| arm.last < byte)..] } else { arms };
        arms.iter().find(|arm| arm.last >= byte).copied().filter(|arm| arm.first <= byte)
    }

    fn has(&self, set: u16, byte: u8) -> bool {
        self.sets.get(usize::from(set)).is_some_and(|set| set[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1)
    }

    fn letters(&self, from: u32, length: u8) -> &'static [u8] {
        let from = from as usize;
        self.letters.get(from..from + usize::from(length)).unwrap_or_default()
    }
}

/// So many are looked through faster than divided.
const FEW: usize = 8;

/// A text as it is read.
struct Run<'r> {
    program: &'r Program,
    text: &'r str,
    pieces: Vec<Piece>,
}

impl Run<'_> {
    /// Where a step ends that is taken at a place, if it fits. Pieces of what did not fit are left to whoever
    /// goes on with something else.
    fn take(&mut self, mut step: u32, mut at: usize) -> Option<usize> {
        loop {
            match self.program.node(step) {
                Node::Empty => return Some(at),
                Node::Never | Node::May(_) => return None,
                Node::Letters { from, length } => {
                    let letters = self.program.letters(from, length);
                    return self.text.as_bytes().get(at..)?.starts_with(letters).then_some(at + letters.len());
                }
                Node::EitherCase { from, length } => {
                    let letters = self.program.letters(from, length);
                    let found = self.text.as_bytes().get(at..at + letters.len())?;
                    return found.eq_ignore_ascii_case(letters).then_some(at + letters.len());
                }
                Node::Byte { set } => return self.program.has(set, self.byte(at)).then_some(at + 1),
                Node::One(class) => return self.one(class, at),
                Node::All { from, count } => {
                    let (last, before) = self.program.list(from, count).split_last()?;
                    for step in before {
                        at = self.take(*step, at)?;
                    }
                    step = *last;
                }
                Node::First { from, count } => {
                    let (last, before) = self.program.list(from, count).split_last()?;
                    for step in before {
                        if let Some(end) = self.attempt(*step, at) {
                            return Some(end);
                        }
                    }
                    step = *last;
                }
                Node::Branch { from, count, otherwise } => match self.program.arm(from, count, self.byte(at)) {
                    Some(arm) => {
                        at += usize::from(arm.takes);
                        step = arm.step;
                    }
                    None => step = otherwise,
                },
                Node::Maybe { step, set } => return Some(self.attempt_on(set, step, at).unwrap_or(at)),
                Node::Times { step, set, least, most } => return self.times(step, set, at, (least, most)),
                Node::Ahead { step } => return self.take(step, at).map(|_| at),
                Node::Not { step } => return self.take(step, at).is_none().then_some(at),
                Node::Piece { token, step } => {
                    let place = self.pieces.len();
                    self.pieces.push(Piece { token, range: at..at });
                    let end = self.take(step, at)?;
                    self.pieces[place].range.end = end;
                    return Some(end);
                }
            }
        }
    }

    /// The same; where it does not fit, nothing is left of it.
    fn attempt(&mut self, step: u32, at: usize) -> Option<usize> {
        let pieces = self.pieces.len();
        let end = self.take(step, at);
        if end.is_none() {
            self.pieces.truncate(pieces);
        }
        end
    }

    fn attempt_on(&mut self, set: u16, step: u32, at: usize) -> Option<usize> {
        if self.program.has(set, self.byte(at)) { self.attempt(step, at) } else { None }
    }

    fn times(&mut self, step: u32, set: u16, mut at: usize, (least, most): (u8, u8)) -> Option<usize> {
        let mut count = 0;
        while count < most || most == ENDLESS {
            match self.attempt_on(set, step, at) {
                // What takes nothing would do so for ever.
                Some(end) if end > at || count < least => at = end,
                _ => break,
            }
            count = count.saturating_add(1);
        }
        (count >= least).then_some(at)
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(END)
    }

    fn one(&self, class: Class, at: usize) -> Option<usize> {
        let byte = self.byte(at);
        if byte.is_ascii() {
            let fits = match class {
                Class::AnyLetter => byte.is_ascii_alphabetic(),
                Class::Capital => byte.is_ascii_uppercase(),
                Class::Small => byte.is_ascii_lowercase(),
                Class::Mark => false,
                Class::Anything => true,
            };
            return fits.then_some(at + 1);
        }
        let found = self.text.get(at..)?.chars().next()?;
        let fits = match class {
            Class::AnyLetter => unicode::LETTER(found),
            Class::Capital => unicode::UPPERCASE_LETTER(found),
            Class::Small => unicode::LOWERCASE_LETTER(found),
            Class::Mark => unicode::MARK(found),
            Class::Anything => true,
        };
        fits.then_some(at + found.len_utf8())
    }
}
