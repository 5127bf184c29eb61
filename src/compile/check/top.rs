//! What stands at the top of a text before anything of it is known: a letterhead, a
//! title, words of a language that the header does not name.

use std::collections::BTreeSet;

use crate::compile::pasted::{Top, language_of, read_top};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Source, Span};
use crate::syntax;
use crate::syntax::ast::{Block, Entry, Header};

/// Looks at the beginning of a body. `keys` are those of its type of document that its
/// header does not give.
pub fn beginning(source: &Source, file: FileId, header: &Header, keys: &BTreeSet<&str>, found: &mut Diagnostics) {
    let Some(rule) = header.rule else { return };
    let text = source.text();
    let at = rule.range().end;
    let language = header.get("language").map(Entry::value);
    if let Some(top) = read_top(text, at, keys, language.as_deref()) {
        found.push(pasted(text, file, rule, &top));
    } else if keys.contains("language")
        && let Some(tag) = language_of(&text[at..text.floor_char_boundary(at + 4000)])
    {
        let line = format!("language: {tag}");
        found.push(
            Diagnostic::new(Code::TextLanguage, rule, format!("the header names no language; the text is in `{tag}`"))
                .hint(format!("write `{line}` if that is right"))
                .fix(format!("write `{line}`"), rule.head(), line + "\n"),
        );
    }
}

/// Where letterheads were pasted, which are not the text's own words.
pub(super) fn letterheads(found: &Diagnostics) -> Vec<Span> {
    found.iter().filter(|finding| finding.code == Code::PastedLetterhead).map(|finding| finding.place).collect()
}

/// Whether a block, or a part of it, stands in one of them.
pub(super) fn stands_in(block: &Block, letterheads: &[Span]) -> bool {
    let meets = |place: &Span| place.start < block.span.end && block.span.start < place.end;
    letterheads.iter().any(|place| place.file == block.span.file && meets(place))
}

fn pasted(text: &str, file: FileId, rule: Span, top: &Top) -> Diagnostic {
    let whole = Span::new(file, top.range.clone());
    // Without the end of its last line, which goes with it.
    let place = whole.part(0..text.get(top.range.clone()).unwrap_or_default().trim_end().len());
    let finding = if top.is_title {
        Diagnostic::new(Code::PastedTitle, place, "the title stands in the text, and the header has none")
            .hint("write it as `title:` in the header; an indented line is a line break")
    } else {
        Diagnostic::new(Code::PastedLetterhead, place, "a letterhead was pasted into the text")
            .hint("give symbol, date, meeting and place in the header; the compiler writes the first page")
    };
    let note = top.note.clone().map(|note| (Span::new(file, note), String::new()));
    let mut edits = vec![(rule.head(), top.keys.clone()), (whole, top.rest.clone())];
    edits.extend(note);
    edits.retain(|(span, new)| span.start < span.end || !new.is_empty());
    if !is_tried(text, file, &edits, &top.keys) {
        return finding;
    }
    let what = if top.keys.is_empty() { "make its lines comments" } else { "write it as keys of the header" };
    finding.fixes(what, edits)
}

/// So much of a text is read to try a header, in bytes.
const TRIED: usize = 1 << 16;

/// Whether the header has the keys afterwards, and nothing is at fault in it that was
/// not before.
fn is_tried(text: &str, file: FileId, edits: &[(Span, String)], keys: &str) -> bool {
    let source = |text: &str| Source::new("", &text[..text.floor_char_boundary(TRIED)]);
    let mut fixed = String::new();
    let mut at = 0;
    for (span, new) in edits {
        fixed.push_str(text.get(at..span.range().start).unwrap_or_default());
        fixed.push_str(new);
        at = span.range().end;
    }
    fixed.push_str(text.get(at..).unwrap_or_default());
    let (mut before, mut after) = (Diagnostics::default(), Diagnostics::default());
    syntax::parse(&source(text), file, &mut before);
    let tree = syntax::parse(&source(&fixed), file, &mut after);
    let in_header = |found: &Diagnostics| found.iter().filter(|finding| finding.code == Code::HeaderLine).count();
    let names = keys.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split(':').next());
    in_header(&after) <= in_header(&before) && names.into_iter().all(|name| tree.header.get(name).is_some())
}
