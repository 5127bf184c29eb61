//! What templates and clauses declare, a line each.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::syntax::ast::{Entry, Word};
use crate::syntax::{self, Parameter};

/// The parameters that a template or a clause declares.
pub(super) fn parameters(entry: &Entry, found: &mut Diagnostics) -> Vec<Parameter> {
    let form = "`name  type, optional  \"what it is for\"`";
    let parameters = declarations(entry, syntax::read_parameter, form, found);
    for parameter in parameters.iter().filter(|parameter| syntax::is_reserved(&parameter.name)) {
        let message = format!("`{}` has a meaning of its own in braces", parameter.name);
        found.push(
            Diagnostic::new(Code::TemplateLine, parameter.place, message).hint("give the parameter another name"),
        );
    }
    parameters
}

/// The lines of a key, each read; says which can not be.
pub(super) fn declarations<T>(
    entry: &Entry,
    read: fn(&Word) -> Option<T>,
    form: &str,
    found: &mut Diagnostics,
) -> Vec<T> {
    let mut list = Vec::new();
    for line in entry.lines.iter().filter(|line| !line.text.is_empty()) {
        match read(line) {
            Some(item) => list.push(item),
            None => found.push(
                Diagnostic::new(Code::TemplateLine, line.span, format!("`{}` declares nothing", line.text))
                    .hint(format!("write {form}")),
            ),
        }
    }
    list
}
