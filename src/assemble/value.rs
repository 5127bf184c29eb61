//! Values: what headers, data and templates give, read by their types.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::data::Datum;
use crate::diag::{Code, Diagnostic};
use crate::locale::Locale;
use crate::source::Span;
use crate::syntax::ast::{Inline, Word};
use crate::syntax::{self, Bounds, Field, Parameter, Symbol, Type};

/// A value of a type.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Words, and the lines that they stand in.
    Text(String, Vec<Word>),
    /// Prose, a text a line.
    Lines(Vec<Vec<Inline>>),
    Integer(u32),
    Boolean(bool),
    Date(Date),
    Symbol(Symbol),
    Language(String),
    Choice(String),
    List(Vec<Given>),
    Record(BTreeMap<String, Given>),
    /// `[…]`, with the words that were typed: still to be given.
    Gap(String),
}

/// A value and where it was given.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub value: Value,
    pub place: Span,
}

/// The values of a header, by key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    values: BTreeMap<String, Given>,
}

impl Values {
    pub fn get(&self, key: &str) -> Option<&Given> {
        self.values.get(key)
    }

    /// Whether a key has a gap that somebody is still to fill.
    pub fn is_gap(&self, key: &str) -> bool {
        self.get(key).is_some_and(|given| matches!(given.value, Value::Gap(_)))
    }

    pub fn insert(&mut self, key: impl Into<String>, given: Given) {
        self.values.insert(key.into(), given);
    }

    pub fn place(&self, key: &str) -> Option<Span> {
        self.get(key).map(|given| given.place)
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.value {
            Value::Text(text, _) | Value::Choice(text) | Value::Language(text) | Value::Gap(text) => Some(text),
            _ => None,
        }
    }

    pub fn lines(&self, key: &str) -> &[Vec<Inline>] {
        match self.get(key) {
            Some(Given { value: Value::Lines(lines), .. }) => lines,
            _ => &[],
        }
    }

    pub fn integer(&self, key: &str) -> Option<u32> {
        match self.get(key)?.value {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    /// A text, or a number in figures.
    pub fn words(&self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned).or_else(|| self.integer(key).map(|number| number.to_string()))
    }

    pub fn is_yes(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Given { value: Value::Boolean(true), .. }))
    }

    pub fn date(&self, key: &str) -> Option<Date> {
        match self.get(key)?.value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    pub fn symbol(&self, key: &str) -> Option<&Symbol> {
        match &self.get(key)?.value {
            Value::Symbol(symbol) => Some(symbol),
            _ => None,
        }
    }

    /// The words of a list.
    pub fn list(&self, key: &str) -> Vec<&str> {
        let Some(Given { value: Value::List(list), .. }) = self.get(key) else { return Vec::new() };
        list.iter().filter_map(|item| item.value.words()).collect()
    }

    /// The words of a list, each with its place.
    pub fn items(&self, key: &str) -> impl Iterator<Item = (&str, Span)> {
        let list = match self.get(key) {
            Some(Given { value: Value::List(list), .. }) => list.as_slice(),
            _ => &[],
        };
        list.iter().filter_map(|item| Some((item.value.words()?, item.place)))
    }

    /// Whether the author called the text final.
    pub fn is_final(&self) -> bool {
        self.text("status") == Some("final")
    }
}

impl Value {
    fn words(&self) -> Option<&str> {
        match self {
            Value::Text(text, _) | Value::Choice(text) | Value::Language(text) => Some(text),
            _ => None,
        }
    }

    /// What a condition finds where it only asks whether it is there.
    pub fn is_there(&self) -> bool {
        match self {
            Value::Boolean(value) => *value,
            Value::List(items) => !items.is_empty(),
            _ => true,
        }
    }
}

/// What is wrong with a value.
pub(crate) enum Wrong {
    /// It is of another type.
    Form,
    /// It is too small, too large or too short.
    Bounds,
    /// A symbol with letters that none has, and the symbol that is meant.
    Damaged(String),
    /// A field of a record, or one too many.
    Field(String),
    /// A part of it, at a place of its own.
    Part(Span, Box<Wrong>),
}

impl Wrong {
    /// What is said of it where `words` were given for a parameter; `row` is where
    /// in a table they stand.
    pub fn said(self, words: &Word, parameter: &Parameter, row: &str) -> Diagnostic {
        let (key, value, place) = (&parameter.name, &words.text, words.span);
        let expected = parameter.kind.expected();
        match self {
            Wrong::Damaged(repaired) => {
                let message = format!("`{value}` has letters or signs that no symbol has{row}");
                Diagnostic::new(Code::SymbolDamage, place, message)
                    .hint(format!("the symbol is `{repaired}`; its letters are Latin, with no blank inside"))
                    .fix(format!("write `{repaired}`"), place, repaired)
                    .safe()
            }
            Wrong::Bounds => {
                let Bounds { least, greatest } = parameter.bounds;
                let bound = match (least, greatest) {
                    (Some(least), Some(greatest)) => format!("from {least} to {greatest}"),
                    (Some(least), None) => format!("at least {least}"),
                    _ => expected,
                };
                Diagnostic::new(Code::WrongType, place, format!("`{key}: {value}` is out of bounds{row}"))
                    .hint(format!("write {bound}"))
            }
            Wrong::Field(field) => {
                let message = format!("a record of `{key}` needs its fields as they are declared: see `{field}`{row}");
                Diagnostic::new(Code::WrongType, place, message).hint(format!("write {expected}"))
            }
            Wrong::Part(place, wrong) => {
                let message = match wrong.innermost(place) {
                    (Wrong::Field(field), place) => {
                        let message =
                            format!("a record of `{key}` needs its fields as they are declared: see `{field}`");
                        (message, place)
                    }
                    (_, place) => (format!("this is no value for `{key}:`"), place),
                };
                Diagnostic::new(Code::WrongType, message.1, message.0 + row).hint(format!("write {expected}"))
            }
            Wrong::Form if value.is_empty() => {
                Diagnostic::new(Code::WrongType, place, format!("`{key}:` has no value{row}"))
                    .hint(format!("write {expected}"))
            }
            Wrong::Form => Diagnostic::new(Code::WrongType, place, format!("`{value}` is no value for `{key}:`{row}"))
                .hint(format!("write {expected}")),
        }
    }

    /// The same of all that was given, where only a part of it is wrong.
    pub fn whole(self) -> Wrong {
        match self {
            Wrong::Part(_, inner) => *inner,
            wrong => wrong,
        }
    }

    /// What is wrong in the innermost part of a value, and where.
    fn innermost(mut self, mut place: Span) -> (Wrong, Span) {
        while let Wrong::Part(inner, next) = self {
            (self, place) = (*next, inner);
        }
        (self, place)
    }
}

impl Value {
    /// Whether a value that was read without bounds is within some.
    pub fn is_within(&self, bounds: Bounds) -> bool {
        match self {
            Value::Integer(number) => fits(*number, bounds),
            Value::List(items) => bounds.least.is_none_or(|least| items.len() >= least as usize),
            _ => true,
        }
    }
}

fn fits(number: u32, bounds: Bounds) -> bool {
    bounds.least.is_none_or(|least| number >= least) && bounds.greatest.is_none_or(|most| number <= most)
}

/// Reads what was given as a value of a type.
pub(crate) fn read(kind: &Type, datum: &Datum, bounds: Bounds) -> Result<Value, Wrong> {
    if let Datum::Words(lines) = datum {
        let joined = joined(lines);
        if joined.is_empty() {
            return Err(Wrong::Form);
        }
        if is_gap(&joined) && !matches!(kind, Type::Lines) {
            return Ok(Value::Gap(joined));
        }
    }
    match (kind, datum) {
        (Type::List(item), _) => list(item, datum, bounds),
        (Type::Record(fields), _) => record(fields, datum),
        (Type::Lines, Datum::Words(lines)) => Ok(Value::Lines(lines.iter().filter_map(verbatim).collect())),
        (_, Datum::Words(lines)) => plain(kind, &joined(lines), lines, bounds),
        _ => Err(Wrong::Form),
    }
}

/// The words of a line as they stand, nothing in them read as markup.
fn verbatim(line: &Word) -> Option<Vec<Inline>> {
    (!line.text.is_empty()).then(|| syntax::words_at(&line.text, line.span))
}

/// `[…]` and the like: a gap that somebody is still to fill.
fn is_gap(words: &str) -> bool {
    let inner = words.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(syntax::is_placeholder)
}

fn joined(lines: &[Word]) -> String {
    let lines = lines.iter().map(|line| syntax::composed(&line.text)).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

fn plain(kind: &Type, joined: &str, lines: &[Word], bounds: Bounds) -> Result<Value, Wrong> {
    Ok(match kind {
        Type::Integer => {
            let number = joined.parse::<u32>().map_err(|_| Wrong::Form)?;
            if !fits(number, bounds) {
                return Err(Wrong::Bounds);
            }
            Value::Integer(number)
        }
        Type::Boolean => match joined {
            "yes" | "true" => Value::Boolean(true),
            "no" | "false" => Value::Boolean(false),
            _ => return Err(Wrong::Form),
        },
        Type::Date => Value::Date(syntax::read_date(joined).ok_or(Wrong::Form)?),
        Type::Symbol => match syntax::read_symbol(joined) {
            Some(symbol) => Value::Symbol(symbol),
            None => return Err(syntax::repaired_symbol(joined).map_or(Wrong::Form, Wrong::Damaged)),
        },
        Type::Language => {
            if !Locale::tags().any(|tag| tag == joined) {
                return Err(Wrong::Form);
            }
            Value::Language(joined.to_owned())
        }
        Type::Choice(words) => {
            if !words.iter().any(|word| word == joined) {
                return Err(Wrong::Form);
            }
            Value::Choice(joined.to_owned())
        }
        _ => Value::Text(joined.to_owned(), lines.iter().filter(|line| !line.text.is_empty()).cloned().collect()),
    })
}

fn list(item: &Type, datum: &Datum, bounds: Bounds) -> Result<Value, Wrong> {
    let items: Vec<(Datum, Span)> = match datum {
        Datum::Words(lines) => {
            words_of_list(lines).into_iter().map(|word| (Datum::Words(vec![word.clone()]), word.span)).collect()
        }
        Datum::List(items) => items.clone(),
        Datum::Record(_) => return Err(Wrong::Form),
    };
    if bounds.least.is_some_and(|least| items.len() < least as usize) {
        return Err(Wrong::Bounds);
    }
    let read = |(datum, place): (Datum, Span)| match read(item, &datum, Bounds::default()) {
        Ok(value) => Ok(Given { value, place }),
        Err(wrong) => Err(Wrong::Part(place, Box::new(wrong))),
    };
    Ok(Value::List(items.into_iter().map(read).collect::<Result<_, _>>()?))
}

/// One line divided by `;`, or an item a line after `- `.
fn words_of_list(lines: &[Word]) -> Vec<Word> {
    let mut items = Vec::new();
    for line in lines {
        match line.text.strip_prefix("- ") {
            Some(rest) => items.push(cell(rest, after_dash(line), ';')),
            None => items.extend(divided(line, ';')),
        }
    }
    items.retain(|item| !item.text.is_empty());
    items
}

/// The place of what follows `- `.
fn after_dash(line: &Word) -> Span {
    let verbatim = line.span.range().len() == line.text.len();
    if verbatim { line.span.part(2..line.text.len()) } else { line.span }
}

fn record(fields: &[Field], datum: &Datum) -> Result<Value, Wrong> {
    let mut values = BTreeMap::new();
    let mut take = |field: &Field, datum: &Datum, place: Span| match read(&field.kind, datum, Bounds::default()) {
        Ok(value) => {
            values.insert(field.name.clone(), Given { value, place });
            Ok(())
        }
        Err(wrong) => Err(Wrong::Part(place, Box::new(wrong))),
    };
    match datum {
        Datum::Words(lines) => {
            let [line] = &lines.iter().filter(|line| !line.text.is_empty()).collect::<Vec<_>>()[..] else {
                return Err(Wrong::Form);
            };
            let cells = divided(line, '|');
            if cells.len() > fields.len() {
                return Err(Wrong::Form);
            }
            for (field, cell) in fields.iter().zip(&cells) {
                if !cell.text.is_empty() {
                    take(field, &Datum::Words(vec![cell.clone()]), cell.span)?;
                }
            }
        }
        Datum::Record(entries) => {
            for (key, datum, place) in entries {
                match fields.iter().find(|field| field.name == key.text) {
                    Some(field) => take(field, datum, *place)?,
                    None => return Err(Wrong::Part(key.span, Box::new(Wrong::Field(key.text.clone())))),
                }
            }
        }
        Datum::List(_) => return Err(Wrong::Form),
    }
    match fields.iter().find(|field| !field.optional && !values.contains_key(&field.name)) {
        Some(missing) => Err(Wrong::Field(missing.name.clone())),
        None => Ok(Value::Record(values)),
    }
}

/// The parts of a line between signs that no backslash stands before.
pub(crate) fn divided(line: &Word, sign: char) -> Vec<Word> {
    let (mut parts, mut start, mut escaped) = (Vec::new(), 0, false);
    let verbatim = line.span.range().len() == line.text.len();
    let mut take = |from: usize, to: usize| {
        let span = if verbatim { line.span.part(from..to) } else { line.span };
        parts.push(cell(&line.text[from..to], span, sign));
    };
    for (at, c) in line.text.char_indices() {
        match c {
            '\\' if !escaped => escaped = true,
            _ => {
                if c == sign && !escaped {
                    take(start, at);
                    start = at + c.len_utf8();
                }
                escaped = false;
            }
        }
    }
    take(start, line.text.len());
    parts
}

/// A part of a line without the blanks around it and the backslashes before
/// the sign that divides.
fn cell(text: &str, span: Span, sign: char) -> Word {
    let inner = text.trim();
    let start = text.len() - text.trim_start().len();
    // Where the words are not the bytes at their place, all of it is meant.
    let verbatim = span.range().len() == text.len();
    let span = if verbatim { span.part(start..start + inner.len()) } else { span };
    Word { text: inner.replace(&format!("\\{sign}"), sign.encode_utf8(&mut [0; 4])), span }
}
