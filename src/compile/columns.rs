//! What stands beside `table:`: whether it is plain, and what is said of its columns.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Sources;
use crate::syntax::ast::{self, Inline};

/// A column has room for a few letters, in pt.
const LEAST_WIDTH: f64 = 18.0;

/// What is said of a table beside its keyword.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Options {
    /// No rules and no header row.
    pub is_plain: bool,
    /// On pages of its own that are turned.
    pub is_turned: bool,
    /// Where the columns after the first begin, in pt from the table's left edge.
    pub columns: Vec<f64>,
    /// The columns whose words stand at the right, from 1.
    pub right: Vec<usize>,
}

impl Options {
    /// Whether a table is to stand on turned pages.
    pub fn turns(table: &ast::Table) -> bool {
        Options::read(&crate::syntax::words_of(&table.value)).is_ok_and(|options| options.is_turned)
    }

    /// Reads `plain, columns 72 252, right 3`; what is none of these comes back.
    pub fn read(words: &str) -> Result<Options, String> {
        #[derive(PartialEq)]
        enum Reading {
            Words,
            Columns,
            Right,
        }
        let mut options = Options::default();
        let mut reading = Reading::Words;
        for word in words.split([' ', '\t', '\u{A0}', ',']).filter(|word| !word.is_empty()) {
            match (word, &reading) {
                ("plain", _) => (options.is_plain, reading) = (true, Reading::Words),
                ("turned", _) => (options.is_turned, reading) = (true, Reading::Words),
                ("columns", _) => reading = Reading::Columns,
                ("right", _) => reading = Reading::Right,
                (number, Reading::Columns) if is_number(number) => options.columns.extend(number.parse::<f64>()),
                (number, Reading::Right) if is_number(number) => options.right.extend(number.parse::<usize>()),
                (odd, _) => return Err(odd.to_owned()),
            }
        }
        // The first column begins where the table does.
        if options.columns.first() == Some(&0.0) {
            options.columns.remove(0);
        }
        Ok(options)
    }

    /// What is wrong with it in a table of so many columns on lines of this width.
    pub fn fault(&self, count: usize, width: f64) -> Option<String> {
        let edges: Vec<f64> = [0.0].into_iter().chain(self.columns.iter().copied()).chain([width]).collect();
        if !self.columns.is_empty() && self.columns.len() + 1 != count {
            let given = self.columns.len() + 1;
            return Some(format!("places are given for {given} columns; the first row has {count}"));
        }
        if edges.windows(2).any(|pair| pair[1] - pair[0] < LEAST_WIDTH) && !self.columns.is_empty() {
            let least = LEAST_WIDTH;
            return Some(format!("a column has no room: each needs {least} pt, and all have {width:.0}"));
        }
        let odd = self.right.iter().find(|column| !(1..=count).contains(column))?;
        Some(format!("there is no column {odd}; the first row has {count}"))
    }
}

fn is_number(word: &str) -> bool {
    word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Says what stands beside `table:` that says nothing.
pub(super) fn check(table: &ast::Table, sources: &Sources, found: &mut Diagnostics) {
    let is_odd = |inline: &&Inline| match inline {
        Inline::Label { .. } | Inline::Comment(_) | Inline::Break(_) => false,
        Inline::Text(word) => Options::read(&word.text).is_err(),
        _ => true,
    };
    let Some(odd) = table.value.iter().find(is_odd) else { return };
    let message = format!("a table is not `{}`", sources.slice(odd.span()).trim());
    let hint = "`table: plain` has no rules and no header row, `columns 72 252` says where its columns begin, in pt, `right 3` which have their words at the right, and `turned` sets it on pages of its own that are turned; the rows stand below, indented by two blanks";
    found.push(Diagnostic::new(Code::KeywordValue, odd.span(), message).hint(hint));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_words_and_numbers_in_any_order() {
        let read = Options::read("right 2 3, plain columns 0 72 252").ok();
        let expected = Options { is_plain: true, is_turned: false, columns: vec![72.0, 252.0], right: vec![2, 3] };
        assert_eq!(read, Some(expected));
        for odd in ["wide", "72", "columns -4", "columns 1e9", "plain 72", "right a"] {
            assert!(Options::read(odd).is_err(), "{odd}");
        }
    }
}
