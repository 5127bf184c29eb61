//! What keeps a file from being TOML, in the author's words.

use std::ops::Range;

/// What the reader says of a key that stands twice.
const TWICE: &str = "duplicate key";

/// A fault of a file's form, and its cure where the form tells it.
pub(crate) struct TomlFault {
    /// Its bytes.
    pub at: Range<usize>,
    /// What it is.
    pub message: String,
    /// What cures it; none where that depends on what the file is for.
    pub cure: Option<String>,
    /// Where a key that stands twice stands first.
    pub first: Option<Range<usize>>,
    /// Whether all else was understood: a key stands twice.
    pub is_twice: bool,
}

impl TomlFault {
    /// Those of a file that are worth saying. Behind the first place that is not understood
    /// nothing is sure, so that it is the only one; keys that stand twice are all said.
    ///
    /// `errors` are what the reader says, each at its bytes.
    pub fn of<'e>(text: &str, errors: impl Iterator<Item = (Option<Range<usize>>, &'e str)>) -> Vec<TomlFault> {
        let mut faults: Vec<TomlFault> = errors.map(|(at, said)| fault(text, at.unwrap_or_default(), said)).collect();
        faults.sort_by_key(|fault| fault.at.start);
        match faults.iter().position(|fault| !fault.is_twice) {
            Some(first) => vec![faults.swap_remove(first)],
            None => faults,
        }
    }
}

fn fault(text: &str, at: Range<usize>, said: &str) -> TomlFault {
    if said == TWICE {
        let name = named(text, &at);
        let first = first_of(text, &at);
        let line = |first: &Range<usize>| text.get(..first.start).unwrap_or_default().matches('\n').count() + 1;
        let message = match &first {
            Some(first) => format!("`{name}` stands in line {} already", line(first)),
            None => format!("`{name}` stands here twice"),
        };
        let cure = match name.starts_with('[') {
            true => format!("delete this line, and put what stands below it under the first `{name}`"),
            false => format!("keep one `{name}`, with what both of them say"),
        };
        return TomlFault { at, message, cure: Some(cure), first, is_twice: true };
    }
    let of_list = || "a list stands between `[` and `]`, with a comma behind each part, as `[\"one\", \"two\"]`";
    let cure = said.contains("array").then(|| of_list().to_owned());
    TomlFault { at, message: format!("this is not TOML: {said}"), cure, first: None, is_twice: false }
}

/// Where the key or the head of a table at a place stands first. The reader keeps one place of
/// each, so that the lines are looked through.
fn first_of(text: &str, at: &Range<usize>) -> Option<Range<usize>> {
    let (mut table, mut start) = ("", 0);
    let mut known: Vec<(&str, &str, usize)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let (of, name) = match words.split_once('=') {
            _ if words.starts_with('[') => {
                table = words.split('#').next().unwrap_or_default().trim();
                ("", table)
            }
            Some((key, _)) => (table, key.trim()),
            None => ("", ""),
        };
        if (start..start + line.len()).contains(&at.start) {
            let first = known.iter().find(|known| (known.0, known.1) == (of, name))?;
            return Some(first.2..first.2 + name.len());
        }
        if !name.is_empty() && !words.starts_with('#') {
            known.push((of, name, start + line.len() - line.trim_start().len()));
        }
        start += line.len();
    }
    None
}

/// A key as it is written, and the head of a table with its brackets.
fn named<'t>(text: &'t str, at: &Range<usize>) -> &'t str {
    let start = text.get(..at.start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim();
    let head = line.find(']').and_then(|close| line.get(..=close)).filter(|_| line.starts_with('['));
    head.unwrap_or(text.get(at.clone()).unwrap_or_default())
}
