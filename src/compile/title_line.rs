//! The line before a title, as `DECISION No. 9/09`.

use super::template::Template;
use crate::diag::Diagnostics;
use crate::locale::Locale;
use crate::source::Sources;
use crate::syntax;
use crate::syntax::ast::{Inline, Word};

/// Stands in a locale's line where the number of the symbol is printed.
const NUMBER: &str = "{number}";

/// The line of a template, still to be filled in: the one that the locale has
/// under the name, with a gap for the number, or words of the template's own.
pub(super) fn read(
    template: &Template,
    locale: &Locale,
    sources: &Sources,
    found: &mut Diagnostics,
) -> Option<(Vec<Inline>, bool)> {
    let Word { text, span } = template.title_line.as_ref()?;
    if let Some(fact) = locale.title_lines.get(text) {
        let text = crate::locale::signs(&fact.text);
        return Some((vec![Inline::Filled { span: *span, text, gap: false }], true));
    }
    let source = sources.get(span.file).map_or("", |source| source.text());
    Some((syntax::read_inline(source, &[*span], found), false))
}

/// The locale's line with the number; where there is none yet, a gap.
pub(super) fn with_number(line: Vec<Inline>, number: Option<&str>) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in line {
        match inline {
            Inline::Filled { span, text, gap: false } => {
                let (before, after) = text.split_once(NUMBER).unwrap_or((&text, ""));
                let words = |text: &str| Inline::Filled { span, text: text.to_owned(), gap: false };
                out.push(words(before));
                out.push(match number {
                    Some(number) => words(number),
                    None => Inline::Filled { span, text: "[…]".to_owned(), gap: true },
                });
                out.extend((!after.is_empty()).then(|| words(after)));
            }
            other => out.push(other),
        }
    }
    out
}
