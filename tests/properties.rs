//! What holds for any text.

use chancery::diag::Diagnostics;
use chancery::source::{FileId, Source, Span};
use chancery::syntax::ast::Segment;
use chancery::syntax::{self, ast};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::support::{HEADER, cases, compiled, compiled_bytes, published};

/// Every place in the tree and in the findings lies on character boundaries,
/// and a text's words are the source's.
pub fn places_are_sound(text: &str) {
    let source = Source::new("text.decl", text);
    let mut found = Diagnostics::default();
    let tree = syntax::parse(&source, FileId(0), &mut found);
    let sound = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    for diagnostic in found.iter() {
        sound(diagnostic.place);
        diagnostic.others.iter().for_each(|(place, _)| sound(*place));
        diagnostic.fix.iter().flat_map(|fix| &fix.edits).for_each(|(place, _)| sound(*place));
    }
    for entry in tree.header.entries() {
        sound(entry.key.span);
        entry.lines.iter().for_each(|line| assert_eq!(&text[line.span.range()], line.text));
    }
    segments_are_sound(text, &tree.body);
}

fn segments_are_sound(text: &str, segments: &[Segment]) {
    for segment in segments {
        assert!(text.get(segment.span().range()).is_some(), "{:?} in {text:?}", segment.span());
        let texts = match segment {
            Segment::Block(block) => block.texts(),
            Segment::Quote(block, content) | Segment::Table(block, content) => {
                segments_are_sound(text, content);
                block.texts()
            }
            Segment::Directive(directive) => {
                directive.lines.iter().for_each(|line| assert!(text.get(line.range()).is_some(), "{line:?}"));
                Vec::new()
            }
        };
        for content in texts {
            ast::walk(content, &mut |inline| {
                assert!(text.get(inline.span().range()).is_some(), "{inline:?} in {text:?}");
                if let ast::Inline::Text(word) = inline {
                    // Its very bytes, the letter that they compose, or the first of the signs that
                    // it was typed with, which may be another one in its order.
                    let typed = &text[word.span.range()];
                    assert!(
                        typed.nfc().eq(word.text.chars())
                            || typed.chars().count() == 1 && typed.nfd().all(|sign| word.text.nfd().any(|c| c == sign)),
                        "{word:?} is {typed:?}"
                    );
                }
            });
        }
    }
}

/// Where nothing was misunderstood, the canonical form is stable and means the
/// same.
pub fn canonical_form_is_stable(text: &str) {
    let source = Source::new("text.decl", text);
    let mut found = Diagnostics::default();
    let tree = syntax::parse(&source, FileId(0), &mut found);
    if found.has_errors() {
        return;
    }
    let once = syntax::format(&tree, &source);
    assert_eq!(crate::fmt::formatted(&once), once, "{text:?}");
    assert_eq!(
        compiled_bytes(once.clone().into_bytes()).document,
        compiled_bytes(text.into()).document,
        "{text:?}\n{once:?}"
    );
}

/// Pieces of which hostile and ordinary texts are made.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "1.",
        "2.",
        "(a)",
        "(i)",
        "a)",
        "–",
        "•",
        "#.",
        "(#)",
        "3 bis.",
        "A.",
        "©",
        "section:",
        "annex:",
        "quote:",
        "table:",
        "end:",
        "preamble:",
        "operative:",
        "heading:",
        "numbering: restart",
        "Annex:",
        "if:",
        "\n",
        "\n\n",
        "\n  ",
        "\n    ",
        "\t",
        " ",
        "|",
        "{#a}",
        "{@a}",
        "{note: ",
        "{lang ru: ",
        "}",
        "[",
        "]",
        "[FR: ",
        "*",
        "**",
        "\\",
        "\\{",
        "// x\n",
        "---\n",
        "no 5/11",
        "8 May 2006",
        "MC.DOC/1/16",
        "Совет",
        "e\u{301}",
        "\u{A0}",
        "\u{200B}",
        "\u{AD}",
        "\u{2011}",
        "\u{1E}",
        "\u{202E}",
        "annex: A\nby: X\n",
        "table:\n  a | b\n",
        "quote:\n",
        "\u{2028}",
        "\r\n",
        "\r",
        "“",
        "”",
        "\"",
        "'",
        "https://a.b/*",
        "co-operation",
        "cooperation ;",
        "The Council,",
        "Recalling",
        "Decides",
        "- 2 -\n",
        "language: en\n",
        "\\1.",
        "\\section:",
        "* ",
        "¹ ",
    ];
    prop_oneof![8 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned), 2 => "\\PC{0,6}", 1 => "[ \\n\\t]{0,4}"]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn any_body_has_sound_places(body in text()) {
        places_are_sound(&format!("{HEADER}{body}"));
        places_are_sound(&body);
    }

    #[test]
    fn any_body_keeps_its_meaning_when_formatted(body in text()) {
        canonical_form_is_stable(&format!("{HEADER}{body}"));
    }

    #[test]
    fn any_bytes_compile(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        compiled_bytes(bytes);
    }

    #[test]
    fn any_body_compiles_and_is_rendered(body in text()) {
        let compilation = compiled(&format!("{HEADER}{body}"));
        let style = chancery::layout::style::Style::house();
        if let Some(checked) = &compilation.checked {
            chancery::render::printed(checked, &style);
            chancery::render::pdf(checked, &style, &chancery::render::PdfOptions::default()).expect("a PDF");
        } else if let Some(document) = &compilation.document {
            chancery::layout::proof(document, &style);
        }
        chancery::diag::human(&compilation.found, &compilation.sources, false);
    }
}

/// An example with some of its lines taken out, doubled, joined or broken, and pieces
/// put into them.
pub fn mutated_example() -> impl Strategy<Value = String> {
    changed_example().prop_map(|(_, changed)| changed)
}

/// An example, and the same with such changes.
pub fn changed_example() -> impl Strategy<Value = (String, String)> {
    let examples = crate::examples::all().into_iter().map(|(_, text)| text);
    let examples: Vec<String> = examples.chain(published()).collect();
    let change = (any::<proptest::sample::Index>(), 0..5u8, any::<proptest::sample::Index>(), piece());
    let changes = proptest::collection::vec(change, 1..6);
    (proptest::sample::select(examples), changes).prop_map(|(text, changes)| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (line, what, at, piece) in changes {
            let number = line.index(lines.len());
            let place = lines[number].floor_char_boundary(at.index(lines[number].len() + 1));
            match what {
                0 if lines.len() > 1 => drop(lines.remove(number)),
                1 => lines.insert(number, lines[number].clone()),
                2 => lines[number].truncate(place),
                3 => lines.insert(number, piece),
                _ => lines[number].insert_str(place, &piece),
            }
        }
        let changed = lines.join("\n");
        (text, changed)
    })
}

proptest! {
    #![proptest_config(cases(300))]

    /// The compiler asserts it of every text while it is tested: what is printed of
    /// it is in its document, or a finding says why not.
    #[test]
    fn nothing_is_lost(text in mutated_example()) {
        let compilation = compiled_bytes(text.into_bytes());
        // Pages of what has errors are looked at.
        if let Some(document) = &compilation.document {
            chancery::layout::proof(document, &compilation.style);
        }
    }

    #[test]
    fn a_changed_text_keeps_its_meaning_when_formatted(text in mutated_example()) {
        canonical_form_is_stable(&text);
    }
}

/// Pieces of references and of what stands around them, in six languages.
fn reference_pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Ministerial Council Decision No. 5/11"),
        Just("Décision no 2/19 du Conseil ministériel"),
        Just("Beschlüsse Nr. 4/07 und Nr. 4/11 des Ministerrats"),
        Just("Решению № 5/11 Совета министров"),
        Just("MC.DEC/5/11"),
        Just("M C.D EC/5/2011"),
        Just("MC.DОC/1/16-4/16"),
        Just("S/RES/1325 (2000)"),
        Just("paragraph 3 of "),
        Just("пункт 8 "),
        Just("Absatz "),
        Just("Decision"),
        Just("security"),
        Just("forum"),
        Just("No."),
        Just("№"),
        Just("9/11"),
        Just("[X]"),
        Just("1/09 to 3/09"),
        Just(" "),
        Just(" "),
        Just("\u{A0}"),
        Just(", "),
        Just(" and "),
        Just(" of the "),
        Just("("),
        Just(")"),
        Just("’"),
        Just("é"),
        Just("İ"),
        Just("\u{FFFC}"),
        Just("ǅ"),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn the_scan_passes_nothing_over_in_any_text(
        text in reference_pieces(),
        language in proptest::sample::select(chancery::locale::Locale::tags().collect::<Vec<_>>()),
    ) {
        use chancery::syntax::citation::{mentions, mentions_everywhere};
        prop_assert_eq!(mentions(&text, language), mentions_everywhere(&text, language));
        let registry = chancery::registry::Registry::built_in();
        for cited in chancery::cite::cited_in(&text, language, &registry) {
            prop_assert!(text.get(cited.words.clone()).is_some() && text.get(cited.number.clone()).is_some());
            prop_assert!(cited.words.start <= cited.number.start && cited.number.end <= cited.words.end);
        }
    }
}
