//! How values are written: filters that know the language.

use crate::diag::likely;
use crate::locale::{Locale, capital};
use crate::syntax::Type;
use crate::syntax::ast::Word;

/// `date`, `ordinal m dat`, `list` …
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Date,
    Ordinal(String),
    Nth(String),
    Number,
    Roman,
    Upper,
    Lower,
    Capital,
    List,
    Or,
    Cite(Option<String>),
}

/// The words that a filter may be.
const NAMES: [&str; 11] =
    ["date", "ordinal", "nth", "number", "roman", "upper", "lower", "capital", "list", "or", "cite"];

/// The names of the filters that take a value of a type.
pub fn filters_for(kind: &Type) -> Vec<&'static str> {
    Filter::names_for(kind)
}

impl Filter {
    /// Reads a filter; where it is none, says what would be.
    pub fn read(word: &Word, locale: &Locale) -> Result<Filter, (String, String)> {
        let mut words = word.text.split_whitespace();
        let name = words.next().unwrap_or_default();
        let form = words.collect::<Vec<_>>().join(" ");
        let filter = match name {
            "date" => Filter::Date,
            "ordinal" | "nth" => {
                let known: Vec<&str> = match name {
                    "ordinal" => locale.ordinal_forms.keys().map(String::as_str).collect(),
                    _ => locale.nth.keys().map(String::as_str).collect(),
                };
                if !known.contains(&form.as_str()) {
                    let shown: Vec<String> =
                        known.iter().map(|form| format!("`{}`", format!("{name} {form}").trim_end())).collect();
                    let message = format!("this language ({}) has no form `{}`", locale.language, word.text);
                    return Err((message, format!("its forms are {}", shown.join(", "))));
                }
                return Ok(if name == "ordinal" { Filter::Ordinal(form) } else { Filter::Nth(form) });
            }
            "number" => Filter::Number,
            "roman" => Filter::Roman,
            "upper" => Filter::Upper,
            "lower" => Filter::Lower,
            "capital" => Filter::Capital,
            "list" => Filter::List,
            "or" => Filter::Or,
            "cite" => return Ok(Filter::Cite((!form.is_empty()).then_some(form))),
            _ => {
                let all = format!("the filters are {}", NAMES.join(", "));
                let hint = match likely(name, NAMES) {
                    Some(near) => format!("did you mean `{near}`? {all}"),
                    None => all,
                };
                return Err((format!("there is no filter `{}`", word.text), hint));
            }
        };
        if !form.is_empty() {
            return Err((format!("the filter `{name}` takes no words after it"), format!("write `{name}`")));
        }
        Ok(filter)
    }

    /// The names of those that take a value of a type.
    pub fn names_for(kind: &Type) -> Vec<&'static str> {
        let form = String::new;
        let all = [
            Filter::Date,
            Filter::Ordinal(form()),
            Filter::Nth(form()),
            Filter::Number,
            Filter::Roman,
            Filter::Upper,
            Filter::Lower,
            Filter::Capital,
            Filter::List,
            Filter::Or,
            Filter::Cite(None),
        ];
        let named = NAMES.into_iter().zip(all);
        named.filter(|(_, filter)| filter.gives(kind).is_some()).map(|(name, _)| name).collect()
    }

    /// What comes of a value of a type; none where it takes no such value.
    pub fn gives(&self, kind: &Type) -> Option<Type> {
        let is_symbols = |kind: &Type| match kind {
            Type::Symbol => true,
            Type::List(item) => **item == Type::Symbol,
            _ => false,
        };
        let fits = match self {
            Filter::Date => *kind == Type::Date,
            Filter::Ordinal(_) | Filter::Nth(_) | Filter::Roman => *kind == Type::Integer,
            Filter::Number => matches!(kind, Type::Integer | Type::Symbol),
            Filter::Upper | Filter::Lower | Filter::Capital => is_printable(kind),
            Filter::List | Filter::Or => matches!(kind, Type::List(item) if is_printable(item)),
            Filter::Cite(_) => is_symbols(kind),
        };
        fits.then_some(Type::Text)
    }

    /// What it takes, in words.
    pub fn takes(&self) -> &'static str {
        match self {
            Filter::Date => "a day",
            Filter::Ordinal(_) | Filter::Nth(_) | Filter::Roman => "a number",
            Filter::Number => "a number or a symbol",
            Filter::Upper | Filter::Lower | Filter::Capital => "a text",
            Filter::List | Filter::Or => "a list",
            Filter::Cite(_) => "a symbol or a list of symbols",
        }
    }
}

/// Whether a value of the type can be printed as it is.
pub(super) fn is_printable(kind: &Type) -> bool {
    match kind {
        Type::Text | Type::Integer | Type::Date | Type::Symbol | Type::Choice(_) => true,
        Type::Lines | Type::Boolean | Type::Language | Type::List(_) | Type::Record(_) => false,
    }
}

/// How a number is written; an error where the language has no words for it.
pub(super) fn number(filter: &Filter, value: u32, locale: &Locale) -> Result<String, (String, String)> {
    match filter {
        Filter::Ordinal(form) => {
            let key = locale.ordinal_forms.get(form).map_or("", String::as_str);
            locale.ordinal(value, key, "").ok_or_else(|| {
                let message =
                    format!("no ordinal in words is known for {value} in this language ({})", locale.language);
                (message, "`nth` writes it in figures".to_owned())
            })
        }
        Filter::Nth(form) => Ok(locale.nth(value, form)),
        Filter::Number => Ok(locale.number(value)),
        Filter::Roman if (1..400).contains(&value) => Ok(crate::syntax::to_roman(value).to_uppercase()),
        Filter::Roman => Err((format!("{value} is not written in roman figures"), "they go from 1 to 399".to_owned())),
        _ => Ok(value.to_string()),
    }
}

/// A text in other letters.
pub(super) fn letters(filter: &Filter, text: &str) -> String {
    match filter {
        Filter::Upper => text.to_uppercase(),
        Filter::Lower => text.to_lowercase(),
        Filter::Capital => capital(text),
        _ => text.to_owned(),
    }
}
