//! The line before a title, as `DECISION No. 9/09`.

use super::template::Template;
use crate::diag::Diagnostics;
use crate::locale::{Locale, signs};
use crate::source::Sources;
use crate::syntax;
use crate::syntax::ast::{Inline, Word};

/// Stands in a locale's line where the number of the symbol is printed.
const NUMBER: &str = "{number}";

/// The line of a template, still to be filled in.
pub(crate) struct TitleLine {
    pub words: Vec<Inline>,
    /// Whether it is the locale's, with a gap for the number.
    pub is_pattern: bool,
}

/// The line of a template: the one that the locale has under the name, or words
/// of the template's own.
pub(crate) fn title_line(
    template: &Template,
    locale: &Locale,
    sources: &Sources,
    found: &mut Diagnostics,
) -> Option<TitleLine> {
    let Word { text, span } = template.title_line.as_ref()?;
    if let Some(fact) = locale.title_lines.get(text) {
        let words = vec![Inline::Filled { span: *span, text: signs(&fact.text), gap: false }];
        return Some(TitleLine { words, is_pattern: true });
    }
    let source = sources.get(span.file).map_or("", |source| source.text());
    Some(TitleLine { words: syntax::read_inline(source, &[*span], found), is_pattern: false })
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
