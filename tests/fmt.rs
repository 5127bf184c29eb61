//! The canonical form: regular, idempotent, and of the same meaning.

use chancery::source::{FileId, Source};
use chancery::syntax;

use crate::support::{HEADER, compiled};

pub fn formatted(text: &str) -> String {
    formatted_as("text.decl", text)
}

/// The same of a file at a path: a clause may have no header.
pub fn formatted_as(path: &str, text: &str) -> String {
    let source = Source::new(path, text);
    let found = &mut chancery::diag::Diagnostics::default();
    let tree = chancery::compile::parse_by_path(&source, FileId(0), found);
    syntax::format(&tree, &source)
}

/// Formatting changes nothing the second time, and never the document.
pub fn holds(text: &str) {
    let once = formatted(text);
    assert_eq!(formatted(&once), once, "not idempotent:\n{text}");
    let (before, after) = (compiled(text), compiled(&once));
    assert_eq!(after.document, before.document, "another meaning:\n{text}\nbecame\n{once}");
    let codes = |compilation: &chancery::compile::Compilation| {
        compilation.found.iter().map(|found| found.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&after), codes(&before), "other findings:\n{text}\nbecame\n{once}");
}

#[test]
fn the_canonical_form_of_a_rough_text() {
    let rough = "document:declaration\nlanguage:   en\ntitle: Draft declaration\n   on form\n// why\nas-of:2026-12-04\n\
                 ------\n1.\tWe\nhave met.   \n\n\n\n  (a)  first\n\n     (i) inner\n\n  (b) second\n  \
                 // a remark\n  goes on\n\n  table:\n   a|b\n   long cell | c\n\nannex:List\nlanguage: en\n\nText.\n";
    insta::assert_snapshot!(formatted(rough));
    holds(rough);
}

#[test]
fn examples_are_in_the_canonical_form() {
    for (name, text) in crate::examples::all() {
        assert_eq!(formatted(&text), text, "{name} is not in the canonical form: `chancery fmt examples`");
        holds(&text);
    }
    for folder in ["templates", "clauses/en", "clauses/fr"] {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path().display().to_string();
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            assert_eq!(
                formatted_as(&path, &text),
                text,
                "{path} is not in the canonical form: `chancery fmt {folder}`"
            );
        }
    }
}

#[test]
fn nasty_texts_keep_their_meaning() {
    let bodies = [
        "1. We meet\n   2. again in May.\n",
        "(a) one\n  (b) two as prose\n(b) three\n",
        "1. x\n\n        (a) deep\n\n    (b) less deep\n\n  (c) least\n",
        "quote:\n1. As typed.\n\n   7. Also.\nend: quote\n\n    Goes on.\n",
        "1. x\n\n  quote:\n      “a”\n\n    “b”\n\n  Goes on.\n",
        "\\1. no paragraph\n\n\\section: no section\n\n\\// no comment\n\n\\--- no rule\n",
        "1. x\n// remark\n\n// another\n2. y\n",
        "annex: A\n  title's second line\nlanguage: en\n// remark\n\nkind: not a key.\n",
        "[1. open]\n\n[2. a | b] and on\n\n[(a) | c]\n",
        "table: plain {#t}\n  // remark\n  \\{a\\} | b\n   | more\n  c |\n",
        "preamble:\n\n   The Ministerial Council,\n\n Recalling,\n\noperative:\n1. Decides.\n",
        "1.\n\nThe text of one.\n\n2.\n// remark\nThe text of two.\n",
        "heading: A *b*\n   c\n\nsection:\n\n1. x\n",
        "1. a\u{2028}b\u{B}c\r\nd\re\n",
        "\u{FEFF}1. so\u{AD}ft \u{200B}zero\n",
        "1. {note: a\nb} c\n",
    ];
    for body in bodies {
        holds(&format!("{HEADER}{body}"));
    }
}

/// After a comment a key of an annex may be indented; a keyword's name must be.
#[test]
fn a_key_with_the_name_of_a_keyword_stays_one() {
    let body = "preamble:\n\nannex:\n// x\n\tsection:\n";
    crate::properties::canonical_form_is_stable(&format!("{}{body}", crate::support::HEADER));
}

#[test]
fn what_has_no_width_is_no_part_of_a_gap() {
    let body = "1. We meet in [\u{200b}\n] and in [TBC\u{200b} \n\u{200b}].\n";
    crate::properties::canonical_form_is_stable(&format!("{}{body}", crate::support::HEADER));
}

/// What is no style of a table is said, and formatting leaves it to its author.
#[test]
fn words_after_table_are_kept() {
    let body = "table: wide *grid* {#days}\n  Day | Event\n";
    let formatted = formatted(&format!("{}{body}", crate::support::HEADER));
    assert!(formatted.contains("table: wide *grid* {#days}\n"), "{formatted}");
    crate::properties::canonical_form_is_stable(&format!("{}{body}", crate::support::HEADER));
}

#[test]
fn one_blank_before_a_quotation_is_no_indentation() {
    let body = "1. We recall:\n\n(a) that we met;\n\n quote: We meet.\n";
    crate::properties::canonical_form_is_stable(&format!("{}{body}", crate::support::HEADER));
}

/// A comment between the rows of a session parts them from it no more than from each other.
#[test]
fn rows_with_comments_between_them_stay_rows() {
    let rows = "session:\ndate: Thursday, 4 December 2026\n// suspended: at noon\nclosed: 1 p.m.\n";
    let text = format!("document:  journal\nlanguage:  en\n---\n\n{rows}\n// Of what follows.\nitem: A question\n");
    assert_eq!(formatted(&text), text);
}
