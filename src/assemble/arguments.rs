//! What an included text is given, before it is known what comes of it.

use super::filter::is_printable;
use super::piece::Argument;
use super::types::{Checker, key};
use super::value;
use crate::data::Datum;
use crate::diag::{Code, Diagnostic, suggest};
use crate::syntax::ast::{self, Inline, Operand, Word};
use crate::syntax::{Need, Parameter, Type};

impl Checker<'_, '_, '_> {
    /// What an included text is given: all it needs, of its types, and nothing
    /// else.
    pub fn arguments(&mut self, path: &Word, arguments: &[Argument], parameters: &[Parameter]) {
        for argument in arguments {
            let Argument { name, value, content } = argument;
            let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name.text) else {
                let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
                let message = format!("`{}` has no parameter `{}`", path.text, name.text);
                self.checking.found.push(suggest(
                    Diagnostic::new(Code::UnknownName, name.span, message),
                    &name.text,
                    names.iter().copied(),
                    || match names.len() {
                        0 => "it has none: delete this line".to_owned(),
                        _ => format!("its parameters are {}", names.join(", ")),
                    },
                    Some(name.span),
                ));
                continue;
            };
            self.argument(parameter, value, content);
        }
        for parameter in parameters.iter().filter(|parameter| parameter.need == Need::Required) {
            if !arguments.iter().any(|argument| argument.name.text == parameter.name) {
                let message = format!("`{}` needs `{}:`", path.text, parameter.name);
                let hint = format!(
                    "write `{}: …` below it, with {} ({})",
                    parameter.name,
                    parameter.kind.expected(),
                    parameter.about
                );
                self.checking.found.push(
                    Diagnostic::new(Code::MissingKey, path.span, message)
                        .other(parameter.place, "it is declared here")
                        .hint(hint),
                );
            }
        }
    }

    fn argument(&mut self, parameter: &Parameter, value: &Word, content: &[Inline]) {
        if let [Inline::Value { operand: Operand::Name(subject), filters, .. }] = content
            && filters.is_empty()
        {
            let given = self.vocabulary.find(&subject.name.text).map(|name| name.kind.clone());
            let given = match (given, &subject.field) {
                (Some(Type::Record(fields)), Some(field)) => {
                    fields.into_iter().find(|known| known.name == field.text).map(|field| field.kind)
                }
                (given, _) => given,
            };
            let Some(given) = given else { return };
            let fits = given == parameter.kind || parameter.kind == Type::Text && is_printable(&given);
            if !fits {
                let message = format!(
                    "`{}` is {}; `{}` is {}",
                    key(subject),
                    given.noun(),
                    parameter.name,
                    parameter.kind.noun()
                );
                self.checking.found.push(
                    Diagnostic::new(Code::WrongType, value.span, message)
                        .other(parameter.place, "it is declared here")
                        .hint(format!("give {}", parameter.kind.expected())),
                );
            }
            return;
        }
        let mut has_values = false;
        ast::walk(content, &mut |inline| {
            has_values |= matches!(inline, Inline::Value { .. } | Inline::If { .. } | Inline::For { .. });
        });
        if has_values {
            // It becomes a text: what is more than words would be lost.
            let mut other = None;
            ast::walk(content, &mut |inline| {
                let is_word = matches!(
                    inline,
                    Inline::Text(_)
                        | Inline::Hyphen(..)
                        | Inline::Break(_)
                        | Inline::Pipe(_)
                        | Inline::Value { .. }
                        | Inline::If { .. }
                        | Inline::For { .. }
                );
                other = other.or((!is_word).then(|| inline.span()));
            });
            if let Some(place) = other {
                let message = "beside a value an argument has words alone";
                self.checking.found.push(
                    Diagnostic::new(Code::KeywordValue, place, message)
                        .hint("write brackets, notes and references into the text that is included"),
                );
            }
            if parameter.kind != Type::Text {
                let message = format!("`{}` is {}, not a text", parameter.name, parameter.kind.noun());
                self.checking.found.push(
                    Diagnostic::new(Code::WrongType, value.span, message)
                        .hint("give one value in braces alone, or the words themselves"),
                );
            }
            return;
        }
        if let Err(wrong) = value::read(&parameter.kind, &Datum::Words(vec![value.clone()]), parameter.bounds) {
            self.checking.found.push(wrong.whole().said(value, parameter, ""));
        }
    }
}
