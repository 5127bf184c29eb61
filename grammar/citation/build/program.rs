//! Rules of a grammar made into steps. What is chosen by its letters is chosen by its next byte: words that
//! begin alike share their beginning, and what cannot begin here is not tried.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pest_meta::ast::{Expr, Rule, RuleType};

use crate::Result;
use crate::meets::{ALL, Meets, NO, both, bytes_of, either, has, none_of, set};
use crate::node::{Arm, Class, END, ENDLESS, Node, Set, Token};

/// A grammar as steps.
pub struct Program<'r> {
    rules: BTreeMap<&'r str, &'r Rule>,
    token: fn(&str) -> Option<Token>,
    pub nodes: Vec<Node>,
    pub lists: Vec<u32>,
    pub arms: Vec<Arm>,
    pub sets: Vec<Set>,
    pub letters: Vec<u8>,
    /// What is known of each step.
    meets: Vec<Meets>,
    known: HashMap<Node, u32>,
    /// What was made of rules, with and without their pieces, of lists of steps, and of choices.
    of_rules: HashMap<(String, bool), Vec<Item>>,
    of_lists: HashMap<Vec<u32>, u32>,
    of_arms: HashMap<Vec<Arm>, u32>,
    of_choices: HashMap<Vec<Vec<Item>>, u32>,
    /// Rules that are being made.
    open: BTreeSet<String>,
}

/// A part of a sequence.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Item {
    Byte(Set),
    /// What is left of one character: its bytes, or those of another.
    Rest(BTreeSet<Vec<u8>>),
    Step(u32),
}

impl<'r> Program<'r> {
    pub fn new(rules: &'r [Rule], token: fn(&str) -> Option<Token>) -> Program<'r> {
        let rules = rules.iter().map(|rule| (rule.name.as_str(), rule)).collect();
        Program {
            rules,
            token,
            nodes: Vec::new(),
            lists: Vec::new(),
            arms: Vec::new(),
            sets: Vec::new(),
            letters: Vec::new(),
            meets: Vec::new(),
            known: HashMap::new(),
            of_rules: HashMap::new(),
            of_lists: HashMap::new(),
            of_arms: HashMap::new(),
            of_choices: HashMap::new(),
            open: BTreeSet::new(),
        }
    }

    /// The step of a rule.
    pub fn rule(&mut self, name: &str) -> Result<u32> {
        let items = self.items(&Expr::Ident(name.to_owned()), false)?;
        self.sequence(&items)
    }

    /// What an expression is, part by part; `quiet` where none of its rules is a piece.
    fn items(&mut self, expression: &Expr, quiet: bool) -> Result<Vec<Item>> {
        let each = |text: &str, of: fn(u8) -> Set| text.bytes().map(|byte| Item::Byte(of(byte))).collect();
        Ok(match expression {
            Expr::Str(text) => each(text, |byte| set([byte])),
            Expr::Insens(text) => each(text, |byte| set([byte.to_ascii_lowercase(), byte.to_ascii_uppercase()])),
            Expr::Seq(first, second) => {
                let mut items = self.items(first, quiet)?;
                items.extend(self.items(second, quiet)?);
                items
            }
            Expr::Choice(..) => {
                let mut alternatives = Vec::new();
                self.alternatives(expression, quiet, &mut alternatives)?;
                match one_of(&alternatives) {
                    Some(item) => vec![item],
                    None => vec![Item::Step(self.choice(&alternatives)?)],
                }
            }
            Expr::Ident(name) => self.named(name, quiet)?,
            Expr::Opt(inner) => {
                let (step, set) = self.tried(inner, quiet)?;
                vec![self.item(Node::Maybe { step, set })?]
            }
            Expr::Rep(inner) => vec![self.times(inner, quiet, 0, None)?],
            Expr::RepOnce(inner) => vec![self.times(inner, quiet, 1, None)?],
            Expr::RepExact(inner, count) => vec![self.times(inner, quiet, *count, Some(*count))?],
            Expr::RepMin(inner, least) => vec![self.times(inner, quiet, *least, None)?],
            Expr::RepMax(inner, most) => vec![self.times(inner, quiet, 0, Some(*most))?],
            Expr::RepMinMax(inner, least, most) => vec![self.times(inner, quiet, *least, Some(*most))?],
            Expr::PosPred(inner) => {
                let (step, _) = self.tried(inner, true)?;
                vec![self.item(Node::Ahead { step })?]
            }
            Expr::NegPred(inner) => {
                let (step, _) = self.tried(inner, true)?;
                vec![self.item(Node::Not { step })?]
            }
            other => return Err(format!("no grammar of references says {other}").into()),
        })
    }

    fn item(&mut self, node: Node) -> Result<Item> {
        Ok(Item::Step(self.node(node)?))
    }

    fn tried(&mut self, inner: &Expr, quiet: bool) -> Result<(u32, u16)> {
        let items = self.items(inner, quiet)?;
        let step = self.sequence(&items)?;
        let meets = self.meets[step as usize].any();
        Ok((step, self.set(meets)?))
    }

    fn times(&mut self, inner: &Expr, quiet: bool, least: u32, most: Option<u32>) -> Result<Item> {
        let (step, set) = self.tried(inner, quiet)?;
        let most = most.map_or(Ok(ENDLESS), u8::try_from)?;
        self.item(Node::Times { step, set, least: u8::try_from(least)?, most })
    }

    fn set(&mut self, bytes: Set) -> Result<u16> {
        let at = self.sets.iter().position(|known| *known == bytes).unwrap_or_else(|| {
            self.sets.push(bytes);
            self.sets.len() - 1
        });
        Ok(u16::try_from(at)?)
    }

    fn named(&mut self, name: &str, quiet: bool) -> Result<Vec<Item>> {
        let one = |class| Node::One(class);
        let class = match name {
            "ASCII_DIGIT" => return Ok(vec![Item::Byte(set(b'0'..=b'9'))]),
            "ASCII_ALPHA_UPPER" => return Ok(vec![Item::Byte(set(b'A'..=b'Z'))]),
            "LETTER" => one(Class::AnyLetter),
            "UPPERCASE_LETTER" => one(Class::Capital),
            "LOWERCASE_LETTER" => one(Class::Small),
            "MARK" => one(Class::Mark),
            "ANY" => one(Class::Anything),
            _ => return self.of_rule(name, quiet),
        };
        Ok(vec![self.item(class)?])
    }

    fn of_rule(&mut self, name: &str, quiet: bool) -> Result<Vec<Item>> {
        let key = (name.to_owned(), quiet);
        if let Some(items) = self.of_rules.get(&key) {
            return Ok(items.clone());
        }
        let rule = *self.rules.get(name).ok_or_else(|| format!("there is no rule {name}"))?;
        if !self.open.insert(name.to_owned()) {
            return Err(format!("rule {name} is a part of itself").into());
        }
        let token = if quiet || rule.ty == RuleType::Silent { None } else { (self.token)(name) };
        let mut items = self.items(&rule.expr, quiet || rule.ty == RuleType::Atomic)?;
        if let Some(token) = token {
            let step = self.sequence(&items)?;
            items = vec![self.item(Node::Piece { token, step })?];
        }
        self.open.remove(name);
        self.of_rules.insert(key, items.clone());
        Ok(items)
    }

    /// The alternatives of a choice, those of rules that are choices and no pieces among them.
    fn alternatives(&mut self, expression: &Expr, quiet: bool, into: &mut Vec<Vec<Item>>) -> Result<()> {
        match expression {
            Expr::Choice(first, second) => {
                self.alternatives(first, quiet, into)?;
                self.alternatives(second, quiet, into)
            }
            Expr::Ident(name) => match self.rules.get(name.as_str()).copied() {
                Some(Rule { ty, expr: expr @ Expr::Choice(..), .. })
                    if quiet || *ty == RuleType::Silent || (self.token)(name).is_none() =>
                {
                    self.alternatives(expr, quiet || *ty == RuleType::Atomic, into)
                }
                _ => {
                    into.push(self.items(expression, quiet)?);
                    Ok(())
                }
            },
            _ => {
                into.push(self.items(expression, quiet)?);
                Ok(())
            }
        }
    }

    /// A step, each only once.
    pub fn node(&mut self, node: Node) -> Result<u32> {
        if let Some(step) = self.known.get(&node) {
            return Ok(*step);
        }
        let meets = self.meets(node);
        let step = u32::try_from(self.nodes.len())?;
        self.nodes.push(node);
        self.meets.push(meets);
        self.known.insert(node, step);
        Ok(step)
    }

    fn meets(&self, node: Node) -> Meets {
        let of = |step: u32| self.meets[step as usize];
        let list = |from: u32, count: u16| self.lists[from as usize..from as usize + usize::from(count)].iter();
        match node {
            Node::Empty => Meets::EMPTY,
            Node::Never | Node::May(_) => Meets::NEVER,
            Node::Letters { from, length } => {
                let bytes = set([self.letters[from as usize]]);
                Meets { some: bytes, none: NO, surely: if length == 1 { bytes } else { NO } }
            }
            Node::EitherCase { from, length } => {
                let byte = self.letters[from as usize];
                let bytes = set([byte.to_ascii_lowercase(), byte.to_ascii_uppercase()]);
                Meets { some: bytes, none: NO, surely: if length == 1 { bytes } else { NO } }
            }
            Node::Byte { set } => Meets::byte(self.sets[usize::from(set)]),
            Node::One(class) => Meets::class(class),
            Node::All { from, count } => list(from, count).fold(Meets::EMPTY, |all, step| all.then(of(*step))),
            Node::First { from, count } => list(from, count).fold(Meets::NEVER, |all, step| all.or(of(*step))),
            Node::Branch { from, count, otherwise } => {
                let arms = &self.arms[from as usize..from as usize + usize::from(count)];
                let mut all = Meets::NEVER;
                let mut rest = ALL;
                for arm in arms {
                    let bytes = set(arm.first..=arm.last);
                    rest = both(rest, none_of(bytes));
                    let next = of(arm.step);
                    let surely = if next.surely == ALL { bytes } else { NO };
                    let taken = Meets { some: bytes, none: NO, surely };
                    all = all.or(if arm.takes { taken } else { next.within(bytes) });
                }
                all.or(of(otherwise).within(rest))
            }
            Node::Maybe { step, .. } => Meets { some: of(step).some, none: ALL, surely: ALL },
            Node::Times { step, least: 0, .. } => Meets { some: of(step).some, none: ALL, surely: ALL },
            Node::Times { step, least, .. } => {
                Meets { surely: if least == 1 { of(step).surely } else { NO }, ..of(step) }
            }
            Node::Ahead { step } => Meets { some: NO, none: of(step).any(), surely: of(step).surely },
            Node::Not { step } => Meets { some: NO, none: none_of(of(step).surely), surely: none_of(of(step).any()) },
            Node::Piece { step, .. } => of(step),
        }
    }

    /// Where a list of steps begins, and how many they are.
    fn listed(&mut self, steps: Vec<u32>) -> Result<(u32, u16)> {
        let count = u16::try_from(steps.len())?;
        let from = match self.of_lists.get(&steps) {
            Some(from) => *from,
            None => {
                let from = u32::try_from(self.lists.len())?;
                self.lists.extend(&steps);
                self.of_lists.insert(steps, from);
                from
            }
        };
        Ok((from, count))
    }

    /// The step that takes these, one behind the other.
    fn sequence(&mut self, items: &[Item]) -> Result<u32> {
        let mut steps = Vec::new();
        let mut at = 0;
        while at < items.len() {
            let (exact, folded) = (run(&items[at..], exact), run(&items[at..], folded));
            let letters = if exact.len() >= folded.len() { &exact } else { &folded };
            if letters.is_empty() {
                steps.push(match &items[at] {
                    Item::Byte(bytes) => {
                        let set = self.set(*bytes)?;
                        self.node(Node::Byte { set })?
                    }
                    Item::Rest(bytes) => {
                        let alternatives: Vec<Vec<Item>> =
                            bytes.iter().map(|one| one.iter().map(|byte| Item::Byte(set([*byte]))).collect()).collect();
                        self.choice(&alternatives)?
                    }
                    Item::Step(step) => *step,
                });
                at += 1;
            } else {
                let length = u8::try_from(letters.len())?;
                let from = self.spelled(letters)?;
                let is_exact = exact.len() >= folded.len();
                let node = if is_exact { Node::Letters { from, length } } else { Node::EitherCase { from, length } };
                steps.push(self.node(node)?);
                at += letters.len();
            }
        }
        match *steps {
            [] => self.node(Node::Empty),
            [step] => Ok(step),
            _ => {
                let (from, count) = self.listed(steps)?;
                self.node(Node::All { from, count })
            }
        }
    }

    fn spelled(&mut self, letters: &[u8]) -> Result<u32> {
        let at = self.letters.windows(letters.len()).position(|found| found == letters).unwrap_or_else(|| {
            self.letters.extend(letters);
            self.letters.len() - letters.len()
        });
        Ok(u32::try_from(at)?)
    }

    fn items_meet(&self, items: &[Item]) -> Meets {
        items.iter().fold(Meets::EMPTY, |all, item| {
            all.then(match item {
                Item::Byte(bytes) => Meets::byte(*bytes),
                Item::Rest(rest) => {
                    let first = |one: &Vec<u8>| one.first().copied();
                    let whole = rest.iter().filter(|one| one.len() == 1).filter_map(first);
                    Meets { some: set(rest.iter().filter_map(first)), none: NO, surely: set(whole) }
                }
                Item::Step(step) => self.meets[*step as usize],
            })
        })
    }

    /// The step that takes the first of these that fits.
    fn choice(&mut self, alternatives: &[Vec<Item>]) -> Result<u32> {
        if let [one] = alternatives {
            return self.sequence(one);
        }
        if let Some(step) = self.of_choices.get(alternatives) {
            return Ok(*step);
        }
        let meets: Vec<Meets> = alternatives.iter().map(|items| self.items_meet(items)).collect();
        // By the next byte: which of the alternatives may fit.
        let fitting = |byte: u8| -> Vec<usize> {
            let mut fitting: Vec<usize> = (0..meets.len()).filter(|at| has(&meets[*at].any(), byte)).collect();
            // Behind what fits without fail nothing is tried.
            if let Some(sure) = fitting.iter().position(|at| has(&meets[*at].surely, byte)) {
                fitting.truncate(sure + 1);
            }
            fitting
        };
        let mut targets: Vec<(bool, u32)> = Vec::with_capacity(256);
        for byte in 0..=u8::MAX {
            let left: Vec<Vec<Item>> = fitting(byte).into_iter().map(|at| alternatives[at].clone()).collect();
            let derived: Option<Vec<Vec<Item>>> = left.iter().map(|items| behind(items, byte)).collect();
            let target = match derived {
                _ if left.is_empty() => (false, self.node(Node::Never)?),
                Some(rests) if byte != END => (true, self.choice(&rests)?),
                _ => (false, self.ordered(&left)?),
            };
            targets.push(target);
        }
        let step = self.branch(&targets)?;
        self.of_choices.insert(alternatives.to_vec(), step);
        Ok(step)
    }

    /// A step by the next byte: what to go on with, and whether the byte is taken.
    fn branch(&mut self, targets: &[(bool, u32)]) -> Result<u32> {
        // What holds for most bytes is no arm.
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        targets.iter().filter(|(takes, _)| !takes).for_each(|(_, step)| *counts.entry(*step).or_default() += 1);
        let otherwise = counts.into_iter().max_by_key(|(_, count)| *count).map(|(step, _)| step);
        let otherwise = otherwise.map_or_else(|| self.node(Node::Never), Ok)?;
        let mut arms: Vec<Arm> = Vec::new();
        for (byte, (takes, step)) in (0..=u8::MAX).zip(targets) {
            if !takes && *step == otherwise {
                continue;
            }
            match arms.last_mut() {
                Some(arm) if arm.takes == *takes && arm.step == *step && arm.last + 1 == byte => arm.last = byte,
                _ => arms.push(Arm { first: byte, last: byte, takes: *takes, step: *step }),
            }
        }
        if arms.is_empty() {
            return Ok(otherwise);
        }
        self.arms(arms, otherwise)
    }

    /// A step by the next byte, as the arms have it.
    pub fn arms(&mut self, arms: Vec<Arm>, otherwise: u32) -> Result<u32> {
        let count = u16::try_from(arms.len())?;
        let from = match self.of_arms.get(&arms) {
            Some(from) => *from,
            None => {
                let from = u32::try_from(self.arms.len())?;
                self.arms.extend(&arms);
                self.of_arms.insert(arms, from);
                from
            }
        };
        self.node(Node::Branch { from, count, otherwise })
    }

    /// The first of these that fits, where the next byte tells none from another.
    fn ordered(&mut self, alternatives: &[Vec<Item>]) -> Result<u32> {
        if let [one] = alternatives {
            return self.sequence(one);
        }
        // What all begin with is read once.
        if let Some(Some(first)) = alternatives.first().map(|items| items.first())
            && alternatives.iter().all(|items| items.first() == Some(first))
        {
            let rests: Vec<Vec<Item>> = alternatives.iter().map(|items| items[1..].to_vec()).collect();
            let rest = Item::Step(self.choice(&rests)?);
            return self.sequence(&[first.clone(), rest]);
        }
        let is_step = |items: &[Item]| matches!(items.first(), Some(Item::Step(_)) | None);
        let alike = |one: &[Item], other: &[Item]| {
            if is_step(one) || is_step(other) { one.first() == other.first() } else { true }
        };
        let runs: Vec<&[Vec<Item>]> = alternatives.chunk_by(|one, other| alike(one, other)).collect();
        let steps: Vec<u32> = runs.into_iter().map(|run| self.choice(run)).collect::<Result<_>>()?;
        let (from, count) = self.listed(steps)?;
        self.node(Node::First { from, count })
    }
}

/// The character that is one of these, if each alternative is one.
fn one_of(alternatives: &[Vec<Item>]) -> Option<Item> {
    let mut bytes = NO;
    let mut rest = BTreeSet::new();
    for items in alternatives {
        match items.as_slice() {
            [Item::Byte(found)] => bytes = either(bytes, *found),
            [Item::Rest(found)] => rest.extend(found.iter().cloned()),
            [Item::Byte(_), ..] => {
                let letters = run(items, exact);
                let is_one = letters.len() == items.len()
                    && std::str::from_utf8(&letters).is_ok_and(|text| text.chars().count() == 1);
                if !is_one {
                    return None;
                }
                rest.insert(letters);
            }
            _ => return None,
        }
    }
    if rest.is_empty() {
        return Some(Item::Byte(bytes));
    }
    rest.extend(bytes_of(&bytes).into_iter().map(|byte| vec![byte]));
    Some(Item::Rest(rest))
}

/// What is left of a sequence behind a byte, where that is known from the byte alone.
fn behind(items: &[Item], byte: u8) -> Option<Vec<Item>> {
    let (first, rest) = items.split_first()?;
    match first {
        Item::Byte(bytes) if has(bytes, byte) => Some(rest.to_vec()),
        Item::Rest(characters) => {
            let left: BTreeSet<Vec<u8>> =
                characters.iter().filter(|one| one.first() == Some(&byte)).map(|one| one[1..].to_vec()).collect();
            let ends = left.iter().any(Vec::is_empty);
            let next = (!ends).then_some(Item::Rest(left));
            Some(next.into_iter().chain(rest.iter().cloned()).collect())
        }
        _ => None,
    }
}

/// The letters of which a sequence begins, as `letter` reads each; no more than one step takes.
fn run(items: &[Item], letter: fn(&Set) -> Option<u8>) -> Vec<u8> {
    let letters = items.iter().map_while(|item| match item {
        Item::Byte(bytes) => letter(bytes),
        _ => None,
    });
    letters.take(usize::from(u8::MAX)).collect()
}

/// The one byte of a set.
fn exact(bytes: &Set) -> Option<u8> {
    match *bytes_of(bytes) {
        [byte] => Some(byte),
        _ => None,
    }
}

/// The letter of a set that has it in either case; a byte that has none.
fn folded(bytes: &Set) -> Option<u8> {
    match *bytes_of(bytes) {
        [byte] if !byte.is_ascii_alphabetic() => Some(byte),
        [upper, lower] if upper.is_ascii_uppercase() && lower == upper.to_ascii_lowercase() => Some(lower),
        _ => None,
    }
}
