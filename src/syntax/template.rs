//! The lines by which a template declares parameters and parts.

use pest::Parser;
use pest::iterators::Pair;

use super::ast::{Subject, Word};
use super::grammar::{Grammar, Rule};
use crate::source::Span;

/// A parameter of a template: a key that documents of its type may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The key.
    pub name: String,
    /// Where it is declared.
    pub place: Span,
    /// What values it takes.
    pub kind: Type,
    /// Whether it must be given.
    pub need: Need,
    /// The least and greatest number, or the least length of a list.
    pub bounds: Bounds,
    /// Whether the key may stand more than once.
    pub repeatable: bool,
    /// The value where none is given.
    pub default: Option<Word>,
    /// Whether its value is to be seen in print, where that is declared.
    pub role: Option<Role>,
    /// What it is for.
    pub about: String,
}

/// What becomes of the value of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is to be seen in print.
    Printed,
    /// It decides what is printed, or how texts are judged.
    Steering,
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
    /// Named values that belong together, divided by `|`.
    Record(Vec<Field>),
}

/// A value of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What values it takes.
    pub kind: Type,
    /// Whether it may be left empty.
    pub optional: bool,
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

/// A part of a text, or what stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartName {
    /// The clauses that say why.
    Preamble,
    /// The paragraphs that say what.
    Operative,
    /// The texts of a volume, in place of a text of its own.
    Members,
    /// To whom it is.
    Address,
    /// By whom it is.
    Signature,
    /// Texts behind its own, each with a first page of its own.
    Appended,
}

/// Reads a line of `params:`.
pub fn read_parameter(line: &Word) -> Option<Parameter> {
    let pair = Grammar::parse(Rule::parameter, &line.text).ok()?.next()?;
    let mut parameter = Parameter {
        name: String::new(),
        place: line.span,
        kind: Type::Text,
        need: Need::Required,
        bounds: Bounds::default(),
        repeatable: false,
        default: None,
        role: None,
        about: String::new(),
    };
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::value_name => {
                parameter.name = part.as_str().to_owned();
                parameter.place = at(line, &part).span;
            }
            Rule::value_type => parameter.kind = read_type(part)?,
            Rule::condition_word => read_need(part, &mut parameter),
            Rule::default => {
                let default = at(line, &part);
                let length = default.text.trim_end().len();
                parameter.default =
                    Some(Word { span: default.span.part(0..length), text: default.text[..length].to_owned() });
            }
            Rule::about => parameter.about = part.as_str().trim_matches('"').to_owned(),
            _ => {}
        }
    }
    if parameter.default.is_some() {
        parameter.need = Need::Optional;
    }
    Some(parameter)
}

/// What the grammar found in a line, with its place.
fn at(line: &Word, pair: &Pair<'_, Rule>) -> Word {
    let span = pair.as_span();
    Word { text: pair.as_str().to_owned(), span: line.span.part(span.start()..span.end()) }
}

fn read_type(pair: Pair<'_, Rule>) -> Option<Type> {
    let inner = pair.into_inner().next()?;
    Some(match inner.as_rule() {
        Rule::choice_type => Type::Choice(inner.into_inner().map(|choice| choice.as_str().to_owned()).collect()),
        Rule::list_type => {
            let item = inner.into_inner().next()?;
            Type::List(Box::new(match item.as_rule() {
                Rule::record_type => record(item),
                _ => plain_type(item.as_str())?,
            }))
        }
        Rule::record_type => record(inner),
        _ => plain_type(inner.as_str())?,
    })
}

fn record(pair: Pair<'_, Rule>) -> Type {
    let field = |pair: Pair<'_, Rule>| {
        let mut parts = pair.into_inner();
        let name = parts.next()?.as_str().to_owned();
        let kind = plain_type(parts.next()?.as_str())?;
        Some(Field { name, kind, optional: parts.next().is_some() })
    };
    Type::Record(pair.into_inner().filter_map(field).collect())
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

fn read_need(pair: Pair<'_, Rule>, parameter: &mut Parameter) {
    let Some(word) = pair.into_inner().next() else { return };
    let rule = word.as_rule();
    let mut numbers = word.into_inner().filter_map(|bound| bound.as_str().parse().ok());
    match rule {
        Rule::optional => parameter.need = Need::Optional,
        Rule::optional_in_draft => parameter.need = Need::RequiredInFinal,
        Rule::repeatable => parameter.repeatable = true,
        Rule::printed => parameter.role = Some(Role::Printed),
        Rule::steering => parameter.role = Some(Role::Steering),
        Rule::at_least => parameter.bounds.least = numbers.next(),
        _ => parameter.bounds = Bounds { least: numbers.next(), greatest: numbers.next() },
    }
}

/// Reads a line of `parts:`: which part, and whether a document must have it.
pub fn read_part(line: &Word) -> Option<(PartName, Need)> {
    let mut parts = Grammar::parse(Rule::part, &line.text).ok()?.next()?.into_inner();
    let name = match parts.next()?.as_str() {
        "preamble" => PartName::Preamble,
        "members" => PartName::Members,
        "appended" => PartName::Appended,
        "address" => PartName::Address,
        "signature" => PartName::Signature,
        _ => PartName::Operative,
    };
    Some((name, if parts.next()?.as_str() == "required" { Need::Required } else { Need::Optional }))
}

/// A row of a session, as a type declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// The key that gives it, and the name of its words in the language.
    pub name: Word,
    /// Where it stands.
    pub place: RowPlace,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether it may be given again.
    pub repeatable: bool,
}

/// Where a row of a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowPlace {
    /// It has a number.
    Numbered,
    /// It has none, and stands below the one before it.
    Beside,
    /// It has a number, and the items of the agenda stand below it.
    Items,
    /// It has a number, and stands at the end of the session.
    Last,
}

/// Reads a line of `session:`.
pub fn read_session_row(line: &Word) -> Option<SessionRow> {
    let mut parts = Grammar::parse(Rule::session_row, &line.text).ok()?.next()?.into_inner();
    let name = at(line, &parts.next()?);
    let place = match parts.next()?.as_str() {
        "numbered" => RowPlace::Numbered,
        "beside" => RowPlace::Beside,
        "items" => RowPlace::Items,
        _ => RowPlace::Last,
    };
    let words: Vec<&str> = parts.filter(|part| part.as_rule() == Rule::row_word).map(|part| part.as_str()).collect();
    let has = |word: &str| words.contains(&word);
    Some(SessionRow { name, place, optional: has("optional"), repeatable: has("repeatable") })
}

/// What must hold for a branch to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Whether all tests must hold, or one is enough.
    pub all: bool,
    /// At least one.
    pub tests: Vec<Test>,
}

/// `host`, `not host`, `tone is warm`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// What is asked.
    pub subject: Subject,
    /// Whether it must not be so.
    pub negated: bool,
    /// The value that it must have; none where it must only be there.
    pub expected: Option<Word>,
}

/// Reads what stands after `if`.
pub fn read_condition(words: &Word) -> Option<Condition> {
    let pair = Grammar::parse(Rule::condition, &words.text).ok()?.next()?;
    let mut condition = Condition { all: true, tests: Vec::new() };
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::test => condition.tests.extend(test(words, part)),
            Rule::any_of | Rule::all_of => {
                condition.all = part.as_rule() == Rule::all_of;
                condition.tests.extend(part.into_inner().filter_map(|pair| test(words, pair)));
            }
            _ => {}
        }
    }
    (!condition.tests.is_empty()).then_some(condition)
}

fn test(words: &Word, pair: Pair<'_, Rule>) -> Option<Test> {
    let inner = pair.into_inner().next()?;
    let negation = inner.as_rule() == Rule::negation;
    if inner.as_rule() == Rule::subject {
        return Some(Test { subject: subject(words, inner)?, negated: false, expected: None });
    }
    let mut test: Option<Test> = None;
    for part in inner.into_inner() {
        match (part.as_rule(), &mut test) {
            (Rule::subject, _) => {
                test = Some(Test { subject: subject(words, part)?, negated: negation, expected: None });
            }
            (Rule::is_not, Some(test)) => test.negated = true,
            (Rule::expected, Some(test)) => test.expected = Some(at(words, &part)),
            (Rule::quoted_value, Some(test)) => test.expected = part.into_inner().next().map(|text| at(words, &text)),
            _ => {}
        }
    }
    test
}

pub(super) fn subject(words: &Word, pair: Pair<'_, Rule>) -> Option<Subject> {
    let mut names = pair.into_inner().map(|name| at(words, &name));
    Some(Subject { name: names.next()?, field: names.next() })
}

/// `s in states`: the name that each has in turn, and what is gone through.
pub fn read_repetition(words: &Word) -> Option<(Word, Subject)> {
    let mut parts = Grammar::parse(Rule::repetition, &words.text).ok()?.next()?.into_inner();
    let variable = at(words, &parts.next()?);
    Some((variable, subject(words, parts.next()?)?))
}

/// `name: value`: an argument's name, and where its value starts in the line.
pub fn read_argument(line: &Word) -> Option<(Word, Word)> {
    let pair = Grammar::parse(Rule::argument, &line.text).ok()?.next()?;
    let end = pair.as_span().end();
    let name = at(line, &pair.into_inner().next()?);
    let value = Word { text: line.text[end..].to_owned(), span: line.span.part(end..line.text.len()) };
    Some((name, value))
}
