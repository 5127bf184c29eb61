//! With what a reference may begin, taken from the rules themselves: few words of a text are shown to the
//! grammar.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use pest_meta::optimizer::{OptimizedExpr as Expr, OptimizedRule};

use crate::Result;
use crate::node::{Arm, Node};
use crate::program::Program;

/// How many characters of a beginning are compared.
const LENGTH: usize = 6;
/// Stands in a beginning for any capital of ASCII.
const CAPITAL: char = '\u{1}';
/// The blanks of the grammar are compared as one.
const BLANKS: [&str; 6] = [" ", "\t", "\u{A0}", "\u{202F}", "\u{2007}", "\u{2009}"];

/// With what the text of a rule may begin, in lower case.
pub struct Starts<'a> {
    rules: BTreeMap<&'a str, &'a OptimizedRule>,
    /// What was found for a rule before which so many characters stand.
    known: RefCell<BTreeMap<(String, usize), BTreeSet<Start>>>,
}

/// A beginning, and whether the rule may end there.
type Start = (String, bool);

impl<'a> Starts<'a> {
    pub fn new(rules: &'a [OptimizedRule]) -> Starts<'a> {
        Starts { rules: rules.iter().map(|rule| (rule.name.as_str(), rule)).collect(), known: RefCell::default() }
    }

    /// Beginnings of rules, each with those that may begin so, as bits in their
    /// order; none goes on from another.
    pub fn of_each(&self, rules: &[&str]) -> BTreeMap<String, u8> {
        let each: Vec<_> = rules.iter().map(|rule| self.of(rule)).collect();
        let all: BTreeSet<&str> = each.iter().flatten().map(String::as_str).collect();
        // The beginnings of a beginning are few.
        let shorter = |start: &'_ str| start.char_indices().skip(1).map(|(at, _)| at).collect::<Vec<_>>();
        let goes_on = |start: &str| shorter(start).into_iter().any(|at| all.contains(&start[..at]));
        let bits = |start: &str| {
            let meets = |starts: &BTreeSet<String>| {
                let next = starts.range::<str, _>((Bound::Included(start), Bound::Unbounded)).next();
                next.is_some_and(|other| other.starts_with(start))
                    || shorter(start).into_iter().any(|at| starts.contains(&start[..at]))
            };
            each.iter().enumerate().filter(|(_, starts)| meets(starts)).map(|(at, _)| 1 << at).sum()
        };
        all.iter().filter(|start| !goes_on(start)).map(|start| ((*start).to_owned(), bits(start))).collect()
    }

    /// Beginnings of a rule of up to `LENGTH` characters; none is empty. Those that
    /// begin with capitals of any kind are left to the reader.
    fn of(&self, rule: &str) -> BTreeSet<String> {
        let starts = self.rules.get(rule).map(|rule| self.expression(&rule.expr, 0)).unwrap_or_default();
        let starts = starts.into_iter().map(|(start, _)| start.chars().take(LENGTH).collect::<String>());
        starts.filter(|start| !start.is_empty() && !start.starts_with(CAPITAL)).collect()
    }

    /// `before` characters stand before it already.
    fn expression(&self, expression: &Expr, before: usize) -> BTreeSet<Start> {
        let one = |start: &str| BTreeSet::from([(start.to_lowercase(), true)]);
        match expression {
            Expr::Str(text) if BLANKS.contains(&text.as_str()) => one(" "),
            Expr::Str(text) | Expr::Insens(text) => one(text),
            Expr::Ident(name) => match self.rules.get(name.as_str()) {
                Some(rule) => {
                    let key = (name.clone(), before);
                    let known = self.known.borrow().get(&key).cloned();
                    known.unwrap_or_else(|| {
                        let starts = self.expression(&rule.expr, before);
                        self.known.borrow_mut().insert(key, starts.clone());
                        starts
                    })
                }
                None => class(name, before),
            },
            Expr::Seq(first, second) => {
                let mut all = BTreeSet::new();
                // What comes second, by the length of what stands before it.
                let mut seconds: BTreeMap<usize, BTreeSet<Start>> = BTreeMap::new();
                for (start, may_end) in self.expression(first, before) {
                    let length = before + start.chars().count();
                    // After a blank nothing more is compared.
                    if !may_end || length >= LENGTH || start.ends_with(' ') {
                        all.insert((start, false));
                        continue;
                    }
                    let second = seconds.entry(length).or_insert_with(|| self.expression(second, length));
                    all.extend(second.iter().map(|(more, may_end)| (format!("{start}{more}"), *may_end)));
                }
                all
            }
            Expr::Choice(first, second) => {
                let mut all = self.expression(first, before);
                all.extend(self.expression(second, before));
                all
            }
            Expr::Opt(inner) | Expr::Rep(inner) => {
                let mut all = self.expression(inner, before);
                all.extend(one(""));
                all
            }
            Expr::Push(inner) | Expr::RestoreOnErr(inner) => self.expression(inner, before),
            // What is only looked at; `!ANY ~ ANY` cannot begin at all.
            Expr::NegPred(inner) if matches!(&**inner, Expr::Ident(name) if name == "ANY") => BTreeSet::new(),
            Expr::PosPred(_) | Expr::NegPred(_) => one(""),
            _ => BTreeSet::from([(String::new(), false)]),
        }
    }
}

/// Any one of a class of characters: nothing is known after it.
fn class(name: &str, before: usize) -> BTreeSet<Start> {
    match name {
        "ASCII_ALPHA_UPPER" if before == 0 => BTreeSet::from([(CAPITAL.to_string(), false)]),
        _ => BTreeSet::from([(String::new(), false)]),
    }
}

/// The step that tells, byte by byte and in either case, with which of these a text begins.
pub fn step(starts: &BTreeMap<String, u8>, program: &mut Program<'_>) -> Result<u32> {
    let starts: Vec<(&str, u8)> = starts.iter().map(|(start, bits)| (start.as_str(), *bits)).collect();
    of_characters(&starts, program)
}

/// `starts` are sorted, and none begins with another.
fn of_characters(starts: &[(&str, u8)], program: &mut Program<'_>) -> Result<u32> {
    if let [("", bits)] = starts {
        return program.node(Node::May(*bits));
    }
    let first = |start: &str| start.chars().next();
    let mut next = Vec::new();
    for alike in starts.chunk_by(|(one, _), (other, _)| first(one) == first(other)) {
        let Some(character) = first(alike[0].0) else { continue };
        let rests: Vec<_> = alike.iter().map(|(start, bits)| (&start[character.len_utf8()..], *bits)).collect();
        let step = of_characters(&rests, program)?;
        next.extend(written(character).into_iter().map(|bytes| (bytes, step)));
    }
    of_bytes(&next, program)
}

/// The ways in which a character of a beginning may be written, as bytes.
fn written(character: char) -> Vec<Vec<u8>> {
    if character == ' ' {
        return BLANKS.iter().map(|blank| blank.as_bytes().to_vec()).collect();
    }
    let cases = character.to_lowercase().chain(character.to_uppercase()).collect::<BTreeSet<char>>();
    cases.into_iter().map(|case| case.to_string().into_bytes()).collect()
}

fn of_bytes(next: &[(Vec<u8>, u32)], program: &mut Program<'_>) -> Result<u32> {
    let firsts: BTreeSet<u8> = next.iter().filter_map(|(bytes, _)| bytes.first().copied()).collect();
    let arms = firsts.into_iter().map(|byte| {
        let behind = next.iter().filter(|(bytes, _)| bytes.first() == Some(&byte));
        let behind: Vec<_> = behind.map(|(bytes, step)| (bytes[1..].to_vec(), *step)).collect();
        let step = match behind.iter().find(|(bytes, _)| bytes.is_empty()) {
            Some((_, step)) => *step,
            None => of_bytes(&behind, program)?,
        };
        Ok(Arm { first: byte, last: byte, takes: true, step })
    });
    let arms = arms.collect::<Result<Vec<Arm>>>()?;
    let never = program.node(Node::Never)?;
    program.arms(arms, never)
}
