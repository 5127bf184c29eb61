//! Names of files, made of a document's values.

use super::expand::{self, Filling, Names};
use super::header;
use super::{Options, Session, Work};
use crate::Error;
use crate::data::Record;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::source::{FileId, Sources};
use crate::syntax;
use crate::syntax::ast::{Inline, Word};

/// The longest name of a file, in bytes.
const LONGEST: usize = 200;

/// Names that some systems keep for devices.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// The name that a record's document gets, or why it gets none.
#[derive(Clone, Debug)]
pub struct Naming {
    /// Names of folders and of the file, with `/` between them; none of them
    /// leads out of where it is put.
    pub name: Option<String>,
    /// What was found.
    pub found: Diagnostics,
    /// All that was read.
    pub sources: Sources,
}

impl Session<'_> {
    /// The name that `pattern`, a source of this session's, makes of the values
    /// of a document: `{symbol}.pdf`, `{language}/{adopted | date}.txt`.
    ///
    /// # Errors
    /// The document's file cannot be read.
    pub fn name(&self, path: &str, record: &Record, pattern: FileId) -> Result<Naming, Error> {
        let ready = self.ready(path, record)?;
        let options = Options::default();
        let mut work = Work::new(self, &options, ready.sources.clone(), Diagnostics::default());
        let name = ready.prepared.as_ref().and_then(|prepared| {
            let header = &prepared.header;
            let origin = header::Origin { header, record: Some(record), end: prepared.end, others: &["document"] };
            // What is wrong with values is said when the document is compiled.
            let values = header::read(&origin, &prepared.template, &work.sources, &mut Diagnostics::default());
            let locale = values.text("language").and_then(Locale::of)?;
            let text = work.sources.get(pattern).map(|source| source.text().to_owned())?;
            let whole = crate::source::Span::new(pattern, 0..text.len());
            let content = syntax::read_inline(&text, &[whole], &mut work.found);
            work.check_types(
                &[],
                std::slice::from_ref(&content),
                &mut Names::of(&prepared.template.parameters),
                locale,
                None,
            );
            // A name is asked of values that may be absent: that is said here.
            work.found.accept(|found| found.code == Code::UntestedOptional);
            let filling = Filling {
                session: self,
                sources: &mut work.sources,
                found: &mut work.found,
                library: &prepared.library,
                locale,
                parameters: &prepared.template.parameters,
                values: &values,
            };
            let line = expand::evaluate(filling, Vec::new(), &[content]).lines.pop()?;
            file_name(&line, pattern, &mut work.found)
        });
        work.found.settle();
        Ok(Naming { name: name.filter(|_| !work.found.has_errors()), found: work.found, sources: work.sources })
    }

    /// Which of these names of values no document of the file can be given.
    ///
    /// # Errors
    /// The document's file cannot be read.
    pub fn unknown_names(&self, path: &str, names: &[&Word]) -> Result<(Diagnostics, Sources), Error> {
        let ready = self.ready(path, &Record::default())?;
        let mut found = Diagnostics::default();
        if let Some(prepared) = &ready.prepared {
            header::unknown_names(names, &prepared.template, &mut found);
        }
        found.settle();
        Ok((found, ready.sources.clone()))
    }

    /// All sources that every compilation of the session begins with.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }
}

/// The text of a pattern that is filled in: what values bring divides no
/// folders and has no sign that file systems refuse.
fn file_name(line: &[Inline], pattern: FileId, found: &mut Diagnostics) -> Option<String> {
    let mut name = String::new();
    for inline in line {
        match inline {
            Inline::Text(word) if word.span.file == pattern => name.push_str(&word.text),
            Inline::Text(Word { text, .. }) | Inline::Filled { text, gap: false, .. } => {
                name.extend(text.chars().map(|c| if is_refused(c) || c == '/' { '-' } else { c }));
            }
            Inline::Filled { span, gap: true, .. } => {
                found.accept(|found| found.code == Code::Placeholder);
                found.push(
                    Diagnostic::new(Code::MissingKey, *span, "the name of the file needs a value that is not given")
                        .hint("give each record the value, or take another one into the name"),
                );
            }
            Inline::Break(_) => name.push('-'),
            _ => {
                found.push(
                    Diagnostic::new(Code::UnknownBrace, inline.span(), "only words and values make a file's name")
                        .hint("write it as `out/{symbol}.pdf`"),
                );
            }
        }
    }
    let parts: Vec<String> = name.split('/').filter(|part| !part.is_empty()).map(sound).collect();
    if parts.is_empty() || parts.iter().any(|part| part.len() > LONGEST) {
        let place = line.first().map(Inline::span).unwrap_or_default();
        found.push(
            Diagnostic::new(Code::WrongType, place, format!("a file's name has from 1 to {LONGEST} bytes"))
                .hint("take shorter values into the name, as `{symbol}`"),
        );
        return None;
    }
    Some(parts.join("/"))
}

/// Signs that a file's name cannot have on every system.
fn is_refused(c: char) -> bool {
    c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{A0}' | '\u{202F}')
}

/// A name that every system takes for a file in the folder, and for no other.
fn sound(part: &str) -> String {
    let mut name: String = part.chars().map(|c| if is_refused(c) { '-' } else { c }).collect();
    let trimmed = name.trim_end_matches(['.', ' ']).len();
    if trimmed < name.len() || name.starts_with(' ') {
        name = name[..trimmed].trim_start().to_owned() + "-";
    }
    let stem = name.split('.').next().unwrap_or_default().to_uppercase();
    let numbered = |device: &str| stem.strip_prefix(device).is_some_and(|rest| rest.len() == 1 && rest != "0");
    if DEVICES.contains(&stem.as_str()) || ["COM", "LPT"].into_iter().any(numbered) {
        name.insert(stem.len(), '-');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn no_name_leads_elsewhere_or_is_a_device() {
        for (given, expected) in [
            ("MC.DOC-2-20.pdf", "MC.DOC-2-20.pdf"),
            ("..", "-"),
            (".", "-"),
            ("a.", "a-"),
            ("con.pdf", "con-.pdf"),
            ("COM1", "COM1-"),
            ("a:b", "a-b"),
            (".hidden", ".hidden"),
        ] {
            assert_eq!(sound(given), expected);
        }
    }
}
