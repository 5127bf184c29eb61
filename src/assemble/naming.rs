//! Names of files, made of a document's values.

use super::assembly::{Assembly, Prepared};
use super::evaluate::{Filling, evaluate};
use super::header::{self, ValuesOf};
use super::vocabulary::Vocabulary;
use crate::data::Record;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::source::{FileId, Span};
use crate::syntax;
use crate::syntax::Type;
use crate::syntax::ast::{Inline, Word};

/// The longest name of a file, in bytes.
const LONGEST: usize = 200;

/// Names that some systems keep for devices.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// The name that `pattern`, a source of the assembly's, makes of the values of a
/// record; what is wrong with it is said in the assembly.
pub(crate) fn name_of_record(
    assembly: &mut Assembly<'_, '_>,
    prepared: &Prepared,
    record: &Record,
    pattern: FileId,
) -> Option<String> {
    let (header, template) = (&prepared.header, &prepared.template);
    let given = ValuesOf { header, record: Some(record), end: prepared.end, others: &["document"] };
    // What is wrong with values is said when the document is compiled.
    let values = header::read(&given, template, &assembly.sources, &mut Diagnostics::default());
    let locale = values.text("language").and_then(Locale::of)?;
    let text = assembly.sources.get(pattern).map(|source| source.text().to_owned())?;
    let content = syntax::read_inline(&text, &[Span::new(pattern, 0..text.len())], &mut assembly.found);
    let lines = [content];
    // A language is printed as no words, and tells files apart by its tag.
    let mut parameters = template.parameters.clone();
    parameters.iter_mut().filter(|known| known.kind == Type::Language).for_each(|known| known.kind = Type::Text);
    assembly.check_types(&[], &lines, &mut Vocabulary::of(&parameters), locale, None);
    // A name is asked of values that may be absent: that is said here.
    assembly.found.accept(|found| found.code == Code::UntestedOptional);
    let filling = Filling {
        files: assembly.files,
        sources: &mut assembly.sources,
        found: &mut assembly.found,
        library: &prepared.library,
        locale,
        parameters: &parameters,
        values: &values,
    };
    let line = evaluate(filling, Vec::new(), &lines).lines.pop()?;
    let row = (!record.entries.is_empty() || record.row.is_some()).then_some(record.place);
    file_name(&line, pattern, row, &mut assembly.found)
}

/// The text of a pattern that is filled in: what values bring divides no
/// folders and has no sign that file systems refuse. A value that is missing is missing
/// in its record.
fn file_name(line: &[Inline], pattern: FileId, record: Option<Span>, found: &mut Diagnostics) -> Option<String> {
    let mut name = String::new();
    for inline in line {
        match inline {
            Inline::Text(word) if word.span.file == pattern => name.push_str(&word.text),
            Inline::Text(Word { text, .. }) | Inline::Filled { text, gap: false, .. } => {
                name.extend(text.chars().map(|c| if is_refused(c) || c == '/' { '-' } else { c }));
            }
            Inline::Filled { span, gap: true, .. } => {
                found.accept(|found| found.code == Code::Placeholder);
                let missing = Diagnostic::new(
                    Code::MissingKey,
                    record.unwrap_or(*span),
                    "the name of the file needs a value that is not given",
                );
                let missing = missing.hint("give each record the value, or take another one into the name");
                found.push(if record.is_some() { missing.other(*span, "the value is this one") } else { missing });
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
