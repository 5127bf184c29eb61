//! What names stand for where a text is evaluated, and what conditions say of it.

use std::rc::Rc;

use super::evaluate::Evaluator;
use super::value::{Given, Value};
use crate::syntax::ast::Subject;
use crate::syntax::{self, Condition, Test};

impl Evaluator<'_, '_> {
    /// What a name stands for, if it was given.
    pub fn find(&self, subject: &Subject) -> Option<Rc<Given>> {
        let name = &subject.name.text;
        let scope = self.scopes.last()?;
        let looped = scope.loops.iter().rev().find(|(variable, _)| variable == name).map(|(_, item)| item.clone());
        let given = looped.or_else(|| match self.scopes.len() {
            1 => self.filling.values.get(name).cloned().map(Rc::new),
            _ => scope.values.get(name).cloned(),
        })?;
        match &subject.field {
            None => Some(given),
            Some(field) => match &given.value {
                Value::Record(fields) => fields.get(&field.text).cloned().map(Rc::new),
                Value::Gap(_) => Some(given),
                _ => None,
            },
        }
    }

    pub fn items(&self, list: &Subject) -> Vec<Rc<Given>> {
        match self.find(list).as_deref() {
            Some(Given { value: Value::List(items), .. }) => items.iter().cloned().map(Rc::new).collect(),
            _ => Vec::new(),
        }
    }

    pub fn holds(&self, condition: Option<&Condition>) -> bool {
        let Some(condition) = condition else { return false };
        let mut tests = condition.tests.iter().map(|test| self.passes(test));
        if condition.all { tests.all(|test| test) } else { tests.any(|test| test) }
    }

    fn passes(&self, test: &Test) -> bool {
        let given = self.find(&test.subject);
        let holds = match &test.expected {
            None => given.is_some_and(|given| given.value.is_there()),
            Some(expected) => given.is_some_and(|given| is_same(&given.value, &expected.text)),
        };
        holds != test.negated
    }
}

/// Whether a value is the one that a condition names.
fn is_same(value: &Value, expected: &str) -> bool {
    match value {
        Value::Text(text, _) | Value::Choice(text) | Value::Language(text) => text == expected,
        Value::Integer(number) => expected.parse() == Ok(*number),
        Value::Boolean(value) => matches!((value, expected), (true, "yes" | "true") | (false, "no" | "false")),
        Value::Date(date) => syntax::read_date(expected) == Some(*date),
        Value::Symbol(symbol) => symbol.to_string() == expected,
        Value::Lines(_) | Value::List(_) | Value::Record(_) | Value::Gap(_) => false,
    }
}
