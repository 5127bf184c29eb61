//! Texts made to break the compiler end in findings, soon.

use chancery::diag::{Code, KEPT, Severity};

use crate::support::{HEADER, codes, compiled, compiled_bytes, draft};

#[test]
fn a_hundred_thousand_open_signs_are_findings() {
    for sign in ["[", "{", "{note: ", "\"", "*", "*a ", "[a] ", "{#", "“"] {
        let compilation = compiled(&format!("1. {}", sign.repeat(100_000)));
        assert!(compilation.found.iter().count() <= 8 * KEPT as usize, "{sign}");
    }
    assert!(codes(&format!("1. {}", "[".repeat(100_000))).contains(&Code::TooDeep));
    assert!(codes(&format!("1. {}", "{note: ".repeat(100_000))).contains(&Code::UnclosedBrace));
}

#[test]
fn ten_thousand_sub_levels_are_too_deep() {
    let levels: String = (0..10_000).map(|level| format!("{}(a) x\n\n", " ".repeat(level.min(3000)))).collect();
    assert!(codes(&format!("1. x\n\n{levels}")).contains(&Code::TooDeep));
    assert!(codes(&"quote:\n".repeat(10_000)).contains(&Code::TooDeep));
}

#[test]
fn a_line_of_many_megabytes_with_a_fault_at_every_word_is_counted() {
    let compilation = compiled(&format!("1. {}", "it's ".repeat(1_000_000)));
    assert_eq!(compilation.found.count(Severity::Warning), 1_000_000);
    assert_eq!(compilation.found.iter().count(), KEPT as usize);
    let last = compilation.found.iter().last().expect("a finding");
    let source = compilation.sources.get(compilation.file).expect("the source");
    assert_eq!(source.location(last.place.range().start).line, 6);
}

#[test]
fn very_many_labels_are_read() {
    let labels: String = (0..100_000).map(|label| format!("{{#l{label}}} x\n\n")).collect();
    assert_eq!(codes(&labels), []);
    let pieces = compiled(&"a\n\n".repeat(5 << 20));
    assert!(pieces.found.iter().any(|found| found.code == Code::TooLarge));
}

#[test]
fn files_that_are_no_texts_are_findings() {
    let found = |bytes: Vec<u8>| compiled_bytes(bytes).found.iter().map(|found| found.code).collect::<Vec<_>>();
    assert_eq!(found(b"".to_vec()), [Code::EmptyFile]);
    assert_eq!(found(b" \n\t\n".to_vec()), [Code::EmptyFile]);
    assert_eq!(found(vec![0xFF, 0xFE, b'a', 0]), [Code::NotUtf8]);
    assert_eq!(found(format!("{HEADER}1. a\u{0}b\n").into_bytes()), [Code::ControlCharacter]);
    let bom = format!("\u{FEFF}{HEADER}1. a\n").replace('\n', "\r\n");
    assert_eq!(found(bom.into_bytes()), []);
}

#[test]
fn a_place_is_right_through_cyrillic_and_combining_marks() {
    let compilation = compiled(&draft("ru", "1. Совет e\u{301}té [ ] \"\n"));
    let source = compilation.sources.get(compilation.file).expect("the source");
    let quote = compilation.found.iter().find(|found| found.code == Code::StraightQuote).expect("the quote");
    assert_eq!(source.slice(quote.place), "\"");
    let at = source.location(quote.place.range().start);
    assert_eq!((at.line, at.column), (6, 19));
}
