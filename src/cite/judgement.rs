//! What judging a reference makes: a state with its message and cure.

use std::ops::Range;

use super::state::State;

/// A state, and why: words for the message and its cure, a change that cures
/// it, and other places that belong to it. Places are bytes of the text that was
/// read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Judgement {
    /// What came of it.
    pub state: State,
    /// The fault, in lower case, the author's words in backticks; empty where
    /// the state is [`State::Valid`].
    pub message: String,
    /// The cure.
    pub hint: String,
    /// Words that cure it, and those that they take the place of.
    pub fix: Option<(Range<usize>, String)>,
    /// Other words that belong to it, each with what it is.
    pub others: Vec<(Range<usize>, &'static str)>,
    /// How much it can weigh at most.
    pub most: Most,
    /// What of the reference was compared with the registry, and agreed.
    pub compared: Vec<Compared>,
}

/// How much a judgement can weigh at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Most {
    /// What its state weighs.
    #[default]
    State,
    /// A warning: it rests on a day that one source alone gives.
    Warning,
    /// A remark: nobody can do anything about it.
    Remark,
}

/// What of a reference was compared with the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Compared {
    /// Its number.
    Number,
    /// Its name.
    Name,
    /// The year of its adoption, with the day of the text: the day was never read.
    Year,
    /// The day of its adoption, with the day of the text.
    Day,
    /// The title that stands beside it.
    Title,
}

impl Compared {
    /// `number`, as reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Compared::Number => "number",
            Compared::Name => "name",
            Compared::Year => "year",
            Compared::Day => "day",
            Compared::Title => "title",
        }
    }
}

impl Judgement {
    /// A state with its message and cure.
    pub(crate) fn new(state: State, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Judgement {
            state,
            message: message.into(),
            hint: hint.into(),
            fix: None,
            others: Vec::new(),
            most: Most::State,
            compared: Vec::new(),
        }
    }

    /// Offers a change as the cure.
    pub(super) fn fix(mut self, words: Range<usize>, cure: impl Into<String>) -> Self {
        self.fix = Some((words, cure.into()));
        self
    }

    /// Points at other words.
    pub(super) fn other(mut self, words: Range<usize>, what: &'static str) -> Self {
        self.others.push((words, what));
        self
    }

    /// Weighs no more than that.
    pub(super) fn at_most(mut self, most: Most) -> Self {
        self.most = most;
        self
    }

    /// Nothing is to be said.
    pub(crate) fn valid() -> Self {
        Judgement::new(State::Valid, "", "")
    }
}
