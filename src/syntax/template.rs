//! The lines by which a template declares parameters and parts.

use pest::Parser;
use pest::iterators::Pair;

use super::grammar::{Grammar, Rule};

/// A parameter of a template: a key that documents of its type may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The key.
    pub name: String,
    /// What values it takes.
    pub kind: Type,
    /// Whether it must be given.
    pub need: Need,
    /// The least and greatest number, or the least length of a list.
    pub bounds: Bounds,
    /// Whether the key may stand more than once.
    pub repeatable: bool,
    /// The value where none is given.
    pub default: Option<String>,
    /// What it is for.
    pub about: String,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Words.
    Text,
    /// Words whose line breaks are kept.
    Lines,
    /// A whole number.
    Integer,
    /// `yes` or `no`.
    Boolean,
    /// `2020-12-04`
    Date,
    /// `MC.DOC/2/20`
    Symbol,
    /// `en`, `fr` …
    Language,
    /// One of these words.
    Choice(Vec<String>),
    /// Several values, divided by `;` or one a line after `- `.
    List(Box<Type>),
}

/// Whether a document must give a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// In a final document.
    RequiredInFinal,
    /// Never.
    Optional,
}

/// `1 to 200`, `at least 1`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub least: Option<u32>,
    /// The greatest.
    pub greatest: Option<u32>,
}

/// One of the two parts of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartName {
    /// The clauses that say why.
    Preamble,
    /// The paragraphs that say what.
    Operative,
}

/// Reads a line of `params:`.
pub fn read_parameter(line: &str) -> Option<Parameter> {
    let pair = Grammar::parse(Rule::parameter, line).ok()?.next()?;
    let mut parameter = Parameter {
        name: String::new(),
        kind: Type::Text,
        need: Need::Required,
        bounds: Bounds::default(),
        repeatable: false,
        default: None,
        about: String::new(),
    };
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::parameter_name => parameter.name = part.as_str().to_owned(),
            Rule::value_type => parameter.kind = read_type(part)?,
            Rule::condition_word => read_condition(part, &mut parameter),
            Rule::default => parameter.default = Some(part.as_str().trim().to_owned()),
            Rule::about => parameter.about = part.as_str().trim_matches('"').to_owned(),
            _ => {}
        }
    }
    if parameter.default.is_some() {
        parameter.need = Need::Optional;
    }
    Some(parameter)
}

fn read_type(pair: Pair<'_, Rule>) -> Option<Type> {
    let inner = pair.into_inner().next()?;
    Some(match inner.as_rule() {
        Rule::choice_type => Type::Choice(inner.into_inner().map(|choice| choice.as_str().to_owned()).collect()),
        Rule::list_type => Type::List(Box::new(plain_type(inner.into_inner().next()?.as_str())?)),
        _ => plain_type(inner.as_str())?,
    })
}

fn plain_type(name: &str) -> Option<Type> {
    Some(match name {
        "text" => Type::Text,
        "lines" => Type::Lines,
        "integer" => Type::Integer,
        "boolean" => Type::Boolean,
        "date" => Type::Date,
        "symbol" => Type::Symbol,
        "language" => Type::Language,
        _ => return None,
    })
}

fn read_condition(pair: Pair<'_, Rule>, parameter: &mut Parameter) {
    let Some(word) = pair.into_inner().next() else { return };
    let rule = word.as_rule();
    let mut numbers = word.into_inner().filter_map(|bound| bound.as_str().parse().ok());
    match rule {
        Rule::optional => parameter.need = Need::Optional,
        Rule::optional_in_draft => parameter.need = Need::RequiredInFinal,
        Rule::repeatable => parameter.repeatable = true,
        Rule::at_least => parameter.bounds.least = numbers.next(),
        _ => parameter.bounds = Bounds { least: numbers.next(), greatest: numbers.next() },
    }
}

/// Reads a line of `parts:`: which part, and whether a document must have it.
pub fn read_part(line: &str) -> Option<(PartName, Need)> {
    let mut parts = Grammar::parse(Rule::part, line).ok()?.next()?.into_inner();
    let name = match parts.next()?.as_str() {
        "preamble" => PartName::Preamble,
        _ => PartName::Operative,
    };
    Some((name, if parts.next()?.as_str() == "required" { Need::Required } else { Need::Optional }))
}
