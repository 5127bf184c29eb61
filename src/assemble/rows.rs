//! The arrangements of the first page that a project brings along: `styles/NAME.toml`
//! beside its templates.

use std::sync::Arc;

use crate::data::{self, Data, Datum, Record};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{Source, Sources, Span};
use crate::syntax::ast::Word;
use crate::world::{World, WorldError};

/// What stands on the first page above the title: names of rows, each with its place.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The left column.
    pub left: Vec<Word>,
    /// The right column.
    pub right: Vec<Word>,
    /// The lines below, where there was a meeting.
    pub meeting: Vec<Word>,
}

/// The rows that the compiler writes by itself; every other row is a key of the
/// type, or a line that the language has.
const COMPOSED: [&str; 7] = ["symbol", "date", "organization", "body", "place", "language", "original"];

/// So many rows a column may have.
const MAX_ROWS: usize = 24;

/// Whether a name that a template gives can be that of a file, without a path.
pub(super) fn is_file_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Reads the arrangement of a name, where the project has one.
/// `is_key` knows the keys of the type that it is for.
pub(super) fn of_project(
    (name, named): (&str, Span),
    is_key: &dyn Fn(&str) -> bool,
    world: &dyn World,
    (sources, found): (&mut Sources, &mut Diagnostics),
) -> Option<Rows> {
    if !is_file_name(name) {
        return None;
    }
    let path = format!("styles/{name}.toml");
    let bytes = match world.read(&path) {
        Ok(bytes) => bytes,
        Err(WorldError::NotFound { .. }) => return None,
        Err(error) => {
            let hint = "an arrangement of the first page lies in the project's folder, below `styles`";
            found.push(Diagnostic::new(Code::LetterheadRow, named, error.to_string()).hint(hint));
            return Some(Rows::default());
        }
    };
    let Ok(text) = String::from_utf8(bytes) else {
        let message = format!("`{path}` is not UTF-8 text");
        found.push(Diagnostic::new(Code::NotUtf8, named, message).hint("save it as UTF-8"));
        return Some(Rows::default());
    };
    let source = Arc::new(Source::new(&path, text));
    let file = sources.add(source.clone());
    // What is wrong in it was said.
    match data::read(&source, file, found) {
        Some(Data::One(record)) => Some(rows(record, is_key, found)),
        Some(Data::Many(_)) | None => Some(Rows::default()),
    }
}

fn rows(record: Record, is_key: &dyn Fn(&str) -> bool, found: &mut Diagnostics) -> Rows {
    let mut rows = Rows::default();
    for (key, value, place) in record.entries {
        let column = match key.text.as_str() {
            "left" => &mut rows.left,
            "right" => &mut rows.right,
            "meeting" => &mut rows.meeting,
            other => {
                let message = format!("an arrangement of the first page has no key `{other}`");
                let hint = "its keys are left, right and meeting";
                found.push(Diagnostic::new(Code::LetterheadRow, key.span, message).hint(hint));
                continue;
            }
        };
        let Datum::List(items) = value else {
            let message = format!("`{}` is no list of rows", key.text);
            let hint = "write names in quotation marks between brackets, as `[\"symbol\", \"date\"]`";
            found.push(Diagnostic::new(Code::LetterheadRow, place, message).hint(hint));
            continue;
        };
        for (at, (item, place)) in items.into_iter().enumerate() {
            let text = match item {
                Datum::Words(words) => words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" "),
                Datum::List(_) | Datum::Record(_) => {
                    let message = "this is no name of a row";
                    let hint = "write a name in quotation marks, as `\"symbol\"`";
                    found.push(Diagnostic::new(Code::LetterheadRow, place, message).hint(hint));
                    continue;
                }
            };
            if at == MAX_ROWS {
                let message = format!("more than {MAX_ROWS} rows have no room above the title");
                found.push(Diagnostic::new(Code::LetterheadRow, place, message).hint("leave some of them out"));
                break;
            }
            if is_row(&text, is_key) {
                column.push(Word { text, span: place });
            } else {
                found.push(no_row(&text, place));
            }
        }
    }
    rows
}

/// Whether a type can say what stands in a row.
fn is_row(name: &str, is_key: &dyn Fn(&str) -> bool) -> bool {
    name.is_empty() || COMPOSED.contains(&name) || is_key(name) || is_key(&format!("{name}-line"))
}

fn no_row(name: &str, place: Span) -> Diagnostic {
    let message = format!("there is no row `{name}`: nothing would be printed in it");
    let hint = format!(
        "the rows are {}, the keys of the type that are words or numbers, and \"\" for an empty one",
        COMPOSED.join(", ")
    );
    Diagnostic::new(Code::LetterheadRow, place, message).hint(hint)
}
