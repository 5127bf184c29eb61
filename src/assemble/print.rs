//! What values print, through their filters.

use std::rc::Rc;

use super::evaluate::{Evaluator, MAX_BYTES};
use super::filter::{self, Filter};
use super::types::key;
use super::value::{Given, Value};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Inline, Operand, Subject, Word};
use crate::syntax::{self, Need};

impl Evaluator<'_, '_> {
    /// What a value in braces prints.
    pub fn value(&mut self, at: Span, operand: &Operand, filters: &[Word]) -> Vec<Inline> {
        let given = match operand {
            Operand::Number(word) => {
                let number = word.text.parse().unwrap_or_default();
                Rc::new(Given { value: Value::Integer(number), place: self.at(word.span) })
            }
            Operand::Text(word) => {
                let word = Word { text: word.text.clone(), span: self.at(word.span) };
                Rc::new(Given { place: word.span, value: Value::Text(word.text.clone(), vec![word]) })
            }
            Operand::Name(subject) => match self.find(subject) {
                Some(given) => given,
                None => return vec![self.gap(at, subject)],
            },
        };
        let place = match operand {
            Operand::Name(_) => {
                let chain = self.filling.sources.led_by(at, "printed here");
                given.place.by(chain)
            }
            _ => given.place,
        };
        // What cannot be printed was said when types were checked.
        let filters: Vec<Filter> =
            filters.iter().filter_map(|word| Filter::read(word, self.filling.locale).ok()).collect();
        let printed = self.printed(at, &given.value, place, &filters);
        let bytes: usize = printed
            .iter()
            .map(|inline| match inline {
                Inline::Text(word) => word.text.len(),
                Inline::Filled { text, .. } => text.len(),
                _ => 0,
            })
            .sum();
        match self.bytes.checked_sub(bytes) {
            Some(left) => self.bytes = left,
            None if !self.spent => self.stop(at, format!("values print more than {} MB", MAX_BYTES >> 20)),
            None => {}
        }
        if self.spent { Vec::new() } else { printed }
    }

    fn printed(&mut self, at: Span, value: &Value, place: Span, filters: &[Filter]) -> Vec<Inline> {
        if let Value::Gap(words) = value {
            return vec![Inline::Filled { span: place, text: words.clone(), gap: true }];
        }
        match (filters, value) {
            ([], Value::Text(_, lines)) => {
                let chain = place.chain;
                let mut out = Vec::new();
                for line in lines {
                    let span = line.span.by(chain);
                    if !out.is_empty() {
                        out.push(Inline::Break(span.head()));
                    }
                    out.extend(syntax::words_at(&line.text, span));
                }
                out
            }
            ([Filter::Cite(form)], _) => {
                let symbols: Vec<Word> = match value {
                    Value::Symbol(symbol) => vec![Word { text: symbol.to_string(), span: place }],
                    Value::List(items) => items
                        .iter()
                        .filter_map(|item| match &item.value {
                            Value::Symbol(symbol) => {
                                Some(Word { text: symbol.to_string(), span: item.place.by(place.chain) })
                            }
                            _ => None,
                        })
                        .collect(),
                    _ => Vec::new(),
                };
                if symbols.is_empty() {
                    return Vec::new();
                }
                let filter = form.as_ref().map(|form| Word { text: form.clone(), span: at });
                vec![Inline::Citation { span: at, instruments: symbols, by_slug: false, filter, content: Vec::new() }]
            }
            _ => match self.written(value, filters) {
                Ok(text) if text.is_empty() => Vec::new(),
                Ok(text) => vec![Inline::Filled { span: place, text, gap: false }],
                Err((message, hint)) => {
                    self.filling
                        .found
                        .push(Diagnostic::new(Code::NoWords, at, message).other(place, "the value").hint(hint));
                    vec![Inline::Filled { span: place, text: "[?]".to_owned(), gap: true }]
                }
            },
        }
    }

    /// A value through its filters.
    fn written(&self, value: &Value, filters: &[Filter]) -> Result<String, (String, String)> {
        let locale = self.filling.locale;
        let mut filters = filters.iter();
        let mut text = match (filters.clone().next(), value) {
            (
                Some(filter @ (Filter::Ordinal(_) | Filter::Nth(_) | Filter::Number | Filter::Roman)),
                Value::Integer(number),
            ) => {
                filters.next();
                filter::number(filter, *number, locale)?
            }
            (Some(Filter::Number), Value::Symbol(symbol)) => {
                filters.next();
                symbol.number_and_year()
            }
            (Some(filter @ (Filter::List | Filter::Or)), Value::List(items)) => {
                filters.next();
                let words: Vec<String> = items.iter().map(|item| self.words(&item.value)).collect();
                locale.list(&words, *filter == Filter::Or)
            }
            _ => self.words(value),
        };
        for filter in filters {
            text = filter::letters(filter, &text);
        }
        Ok(text)
    }

    /// A value as it is printed without a filter.
    pub fn words(&self, value: &Value) -> String {
        match value {
            Value::Text(text, _) | Value::Choice(text) | Value::Language(text) | Value::Gap(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Date(date) => self.filling.locale.long_date(*date),
            Value::Symbol(symbol) => symbol.to_string(),
            Value::Boolean(_) | Value::Lines(_) | Value::List(_) | Value::Record(_) => String::new(),
        }
    }

    /// What is printed for a value that was not given.
    fn gap(&mut self, at: Span, subject: &Subject) -> Inline {
        let name = key(subject);
        let need = self.scopes.last().and_then(|scope| scope.names.get(&subject.name.text));
        // What must be given was asked for at the header's end already, and of
        // a name that nothing has it was said that there is none.
        if let Some(Need::Optional | Need::RequiredInFinal) = need
            && self.scopes.len() == 1
        {
            let message = format!("`{name}` is printed here, and has no value");
            self.filling.found.push(
                Diagnostic::new(Code::Placeholder, at, message)
                    .hint(format!("give `{name}:` in the header, or print it between `{{if {name}}}` and `{{end}}`")),
            );
        }
        Inline::Filled { span: at, text: format!("[{name}]"), gap: true }
    }
}
