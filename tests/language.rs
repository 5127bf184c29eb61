//! Each rule of the language, by a text that keeps it and one that does not.

use chancery::diag::Code;
use chancery::render;

use crate::support::{HEADER, codes, compiled, draft, findings};

/// The flowed text below the title.
fn flowed(body: &str) -> String {
    let compilation = compiled(body);
    let checked = compilation.checked.unwrap_or_else(|| panic!("{:?}", compilation.found));
    let text = render::flowed(&checked, 72);
    let (_, body) = text.split_once("EXAMPLE\n").expect("the title");
    body.trim().to_owned()
}

/// The markers that are printed, one a block.
fn markers(body: &str) -> Vec<String> {
    flowed(body).split("\n\n").filter_map(|block| block.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn line_breaks_of_a_paragraph_are_blanks_and_comments_do_not_break_it() {
    assert_eq!(flowed("1. One\n// a remark\nparagraph.\n"), "1.  One paragraph.");
    assert_eq!(flowed("One\u{2028}line\u{B}and\r\nanother.\n"), "One line and another.");
}

#[test]
fn what_has_no_width_is_dropped_and_blanks_are_joined() {
    assert_eq!(flowed("\u{FEFF}1.\u{A0}so\u{AD}ft  \u{200B}zero\u{2060}\n"), "1.  soft zero");
}

#[test]
fn paragraphs_are_counted_over_headings_and_anew_where_it_is_said() {
    assert_eq!(markers("1. a\n\nsection: S\n\n#. b\n\n2 bis. c\n\n3. d\n"), ["1.", "I.", "2.", "2", "3."]);
    assert_eq!(markers("section: S\n\n1. a\n\nsection: T\nnumbering: restart\n\n1. b\n"), ["I.", "1.", "II.", "1."]);
    assert_eq!(codes("1. a\n\n5. b\n"), [Code::Misnumbered]);
    assert_eq!(markers("preamble:\n\n1. a\n\noperative:\n\n1. b\n").last().map(String::as_str), Some("1."));
}

#[test]
fn three_pasted_paragraphs_without_blank_lines_are_three() {
    assert_eq!(markers("1. a\n2. b\n3. c\n"), ["1.", "2.", "3."]);
    assert_eq!(markers("(a) a\n(b) b\n(c) c\n"), ["(a)", "(b)", "(c)"]);
}

#[test]
fn a_wrapped_line_that_begins_with_a_number_is_prose() {
    let text = draft("de", "Wir treffen uns wieder am\n22. Juni 2016 in Wien.\n");
    assert_eq!(codes(&text), [Code::MarkerAsProse]);
    assert_eq!(markers("1. as decided in paragraph\n(a) of the Decision\n"), ["1."]);
    assert_eq!(markers("1. as in item\n  2. of the agenda\n"), ["1."]);
}

#[test]
fn a_number_alone_on_its_line_begins_the_paragraph_on_the_next() {
    assert_eq!(flowed("1.\nWe meet.\n\n2.\n\nWe agree.\n"), "1.  We meet.\n\n2.  We agree.");
    assert_eq!(codes("1.\n\n2. We agree.\n"), [Code::EmptyParagraph]);
}

#[test]
fn sub_paragraphs_of_all_kinds_nest_by_indentation_or_by_kind() {
    let by_indentation = "1. x\n\n  (a) a\n\n    (i) b\n\n      (1) c\n\n        – d\n\n    (ii) e\n\n  (b) f\n";
    assert_eq!(markers(by_indentation), ["1.", "(a)", "(i)", "(1)", "–", "(ii)", "(b)"]);
    let by_kind = "1. x\n\n(a) a\n\n(i) b\n\n(ii) c\n\n(b) d\n";
    assert_eq!(markers(by_kind), ["1.", "(a)", "(i)", "(ii)", "(b)"]);
    assert_eq!(markers("1. x\n\nA. a\n\nB. b\n"), ["1.", "A.", "B."]);
    assert_eq!(markers("1. x\n\n• a\n\n- b\n\n— c\n"), ["1.", "–", "–", "–"]);
    assert_eq!(markers("1. x\n\n(#) a\n\n(#) b\n"), ["1.", "(a)", "(b)"]);
    assert_eq!(markers(&draft("ru", "1. x\n\nа) a\n\nб) b\n"))[..], ["1.", "а)", "б)"]);
    assert_eq!(markers(&draft("fr", "1. x\n\n(a) a\n\n(b) b\n"))[..], ["1.", "a)", "b)"]);
}

#[test]
fn a_marker_that_can_be_two_things_is_told_by_what_is_around_it() {
    let letters = "(a) a\n\n(b) b\n\n(c) c\n\n(d) d\n\n(e) e\n\n(f) f\n\n(g) g\n\n(h) h\n\n(i) i\n\n(j) j\n";
    assert_eq!(markers(letters).concat(), "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)");
    assert_eq!(markers("(i) a\n\n(ii) b\n\n(iii) c\n\n(iv) d\n\n(v) e\n"), ["(i)", "(ii)", "(iii)", "(iv)", "(v)"]);
    // One wrong number does not derail the list.
    assert_eq!(markers("1. x\n\n(i) a\n\n(i) b\n\n(ii) c\n"), ["1.", "(i)", "(ii)", "(iii)"]);
    assert_eq!(markers("1. x\n\n(v) a\n\n(vi) b\n"), ["1.", "(i)", "(ii)"]);
    assert_eq!(markers("1. x\n\n(h) a\n\n(i) b\n\n(j) c\n"), ["1.", "(a)", "(b)", "(c)"]);
    let typo = "1. x\n\n  (a) a\n\n  (b) b\n\n    (i) c\n\n    (ii) d\n\n    (v) e\n\n  (c) f\n";
    assert_eq!(markers(typo), ["1.", "(a)", "(b)", "(i)", "(ii)", "(iii)", "(c)"]);
}

#[test]
fn an_indented_block_continues_what_is_above_it() {
    let text = "1. x\n\n  more\n\n  (a) a\n\n    more of a\n\nplain\n";
    assert_eq!(flowed(text), "1.  x\n\n    more\n\n    (a) a\n\n        more of a\n\nplain");
}

#[test]
fn a_preamble_has_an_opening_line_and_the_house_one_where_it_is_missing() {
    assert_eq!(
        flowed("The Council,\n\nRecalling this,\n\n1. Decides.\n"),
        "The Council,\n\nRecalling this,\n\n1.  Decides."
    );
    assert!(flowed("Recalling this,\n\n1. Decides.\n").starts_with("The Ministerial Council,\n\nRecalling this,"));
    assert!(!flowed("We met.\n\n1. We agree.\n").contains("The Ministerial Council"));
}

#[test]
fn the_operative_part_begins_where_it_is_said_or_numbered_or_at_its_verb() {
    assert_eq!(codes("The Council,\n\nRecalling this,\n\nDecides to meet.\n"), [Code::OperativeAssumed]);
    assert_eq!(codes("The Council,\n\nRecalling this,\n\noperative:\n\nDecides to meet.\n"), []);
    assert_eq!(codes("1. x\n\npreamble:\n\ny\n"), [Code::Parts]);
}

#[test]
fn quotations_stand_in_both_forms_and_their_numbers_are_the_authors() {
    let expected = "1.  We quote:\n\n    7. As typed.\n\n    9. And again.\n\n2.  We agree.";
    assert_eq!(flowed("1. We quote:\n\nquote:\n  7. As typed.\n\n  9. And again.\n\n2. We agree.\n"), expected);
    assert_eq!(flowed("1. We quote:\n\nquote:\n7. As typed.\n\n9. And again.\nend: quote\n\n2. We agree.\n"), expected);
    assert_eq!(codes("quote:\nx\n"), [Code::UnmatchedEnd]);
    assert_eq!(codes("quote:\nx\nend: closing\n"), [Code::UnmatchedEnd]);
}

#[test]
fn tables_have_header_rows_and_rows_that_go_on() {
    let table = "table:\n  A | B\n  a | one\n    | two\n  \\{c\\} | [x | y] and \\|\n";
    assert!(flowed(table).contains("A    B\n"), "{}", flowed(table));
    assert!(flowed(table).contains("a    one two\n"));
    assert!(flowed(table).contains("{c}  [x | y] and |"));
    assert_eq!(codes("table:\n  A | B\n  a | b | c\n"), [Code::TableShape]);
    assert_eq!(codes("table:\nA | B\n"), [Code::EmptyParagraph]);
    assert_eq!(codes("table: nice\n  A | B\n"), [Code::KeywordValue]);
}

#[test]
fn annexes_count_anew_and_have_headers_of_their_own() {
    let text = "1. a{note: n}\n\nannex: One\n\n1. b{note: m}\n\nannex: Two\n\n1. c\n\nattachment: Word\nlanguage: fr\noriginal: en\n\n« d ; e »\n";
    let flowed = flowed(text);
    for part in ["Annex 1", "Annex 2", "Attachment\nFRENCH\nOriginal: ENGLISH", "1 m", "« d ; e »"] {
        assert!(flowed.contains(part), "{part} in\n{flowed}");
    }
    assert_eq!(codes("1. a\n\nannex: A\ncolour: red\n\nb\n"), [Code::UnknownKey]);
}

#[test]
fn a_label_alone_is_no_title_of_a_statement() {
    let text = "1. a\n\nattachment: {#x}\nkind: interpretative-statement\nparagraph: IV.1(A)6\nby: Utopia\n\nb\n";
    assert!(flowed(text).contains("INTERPRETATIVE STATEMENT UNDER PARAGRAPH IV.1(A)6"));
    assert_eq!(codes(&draft("fr", "1. [FR: la | DE: le]\n")), [Code::OpenBracket]);
}

#[test]
fn labels_print_numbers_and_name_the_annex_that_they_are_in() {
    let text = "1. {#one} See {@two}, {@inner} and {@list | number}{@there}.\n\n2. x\n\n  (a) {#two} y\n\n    (i) {#inner} z\n\n\
                annex: A {#list}\n\n1. {#there} w, as {@list} says\n";
    let flowed = flowed(text);
    assert!(flowed.contains("See paragraph 2(a), paragraph 2(a)(i) and"), "{flowed}");
    assert!(flowed.contains("Annex, paragraph 1."), "{flowed}");
    let french = draft("fr", "1. Voir {@a}.\n\n2. x\n\n  a) {#a} y\n");
    let checked = compiled(&french).checked.expect("no error");
    assert!(render::flowed(&checked, 72).contains("Voir alinéa 2 a)."));
    assert_eq!(codes("1. {#a} x\n\n2. {#a} y {@b}\n"), [Code::DuplicateLabel, Code::DanglingLabel]);
    assert_eq!(codes("table:\n  {#a} A | B\n"), [Code::Misplaced]);
}

#[test]
fn brackets_have_names_only_of_delegations() {
    assert_eq!(findings("1. [FR, DE: x] [Note: y]\n"), ["open-bracket: [FR, DE: x]", "open-bracket: [Note: y]"]);
    let named = |body: &str| compiled(body).found.iter().map(|found| found.message.clone()).collect::<Vec<_>>();
    assert!(named("1. [FR, EU: x]\n")[0].contains("(FR, EU)"));
    assert!(!named("1. [Note: x]\n")[0].contains('('));
    let given = HEADER.replace("---", "delegations: Holy See; Observers\n---") + "1. [Holy See: x]\n";
    assert!(named(&given)[0].contains("(Holy See)"));
}

#[test]
fn brackets_are_the_editors_in_quotations_and_forbidden_in_a_final_text() {
    assert_eq!(codes("1. “[w]e [sic] meet […]”\n"), []);
    let end = "---\n\n1. We [shall] meet in [ ].\n";
    let header =
        "document: declaration\nstatus: final\nsymbol: MC.DOC/901/26\nadopted: 2026-12-04\nlanguage: en\ntitle: T\n";
    let compilation = compiled(&format!("{header}{end}"));
    assert!(compilation.checked.is_none());
    assert_eq!(compilation.found.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::OpenBracket, Code::Placeholder]);
    assert!(compiled(&format!("{}{end}", header.replace("final", "draft"))).checked.is_some());
}

#[test]
fn a_bracket_may_open_before_a_marker() {
    assert_eq!(flowed("1. a\n\n[2. b;]\n\n3. c\n"), "1.  a\n\n[2. b;]\n\n3.  c");
}

#[test]
fn emphasis_needs_words_at_its_asterisks() {
    assert_eq!(codes("1. *a* **b** ***c***, (*d*) *e f*.\n"), []);
    assert_eq!(codes("1. 2 * 3 and a*b and *open\n"), [Code::StrayAsterisk; 3]);
    assert_eq!(flowed("1. \\*as it is\\*\n"), "1.  *as it is*");
}

#[test]
fn escapes_take_the_meaning_from_signs_and_from_the_start_of_a_line() {
    let text = "\\1. a\n\n\\section: b\n\n\\// c\n\n\\---\n\n\\{e\\} \\[f\\] \\\\\n";
    assert_eq!(flowed(text), "1. a\n\nsection: b\n\n// c\n\n---\n\n{e} [f] \\");
    assert_eq!(codes("1. a \\b\n"), [Code::StrayBackslash]);
    assert_eq!(codes("1. see https://a.b/*c*?d='e'\n"), []);
}

#[test]
fn notes_stand_at_the_word_before_them() {
    assert!(flowed("1. We {note: a} met.\n").starts_with("1.  We(1) met."));
    assert!(flowed("1. We{note *: a}, met{note: b}.\n").starts_with("1.  We(*), met(1)."));
    assert_eq!(codes("1. a{note: b{note: c}}\n"), [Code::Misplaced]);
    assert_eq!(codes("1. a{note}\n"), [Code::UnknownBrace]);
}

#[test]
fn nothing_that_looks_like_a_keyword_slips_into_the_text() {
    assert_eq!(codes("1. a\n\nsection:A\n\n2. b\n"), []);
    assert_eq!(codes("1. a\n\nSection: A\n"), [Code::KeywordCase]);
    assert_eq!(codes("1. a\n\nannexe: A\n"), [Code::UnknownKeyword]);
    assert_eq!(codes("1. a\n\nagreed: b\n"), [Code::KeywordAsProse]);
    assert_eq!(codes("1. a\nsection: b\n"), [Code::KeywordAsProse]);
    assert_eq!(codes(&draft("it", "1. a\n\ndecide: b\n")), []);
}

#[test]
fn what_a_paste_brings_is_reported_with_a_cure() {
    assert_eq!(codes("1. a\n\n(a) b\n\n(b) c\n\n© d\n"), [Code::PastedCopyright]);
    assert_eq!(codes("1. see MC.DOC/1/16\u{2011}4/16\n"), [Code::SymbolDamage, Code::MissingGlyph]);
    assert_eq!(codes("1. a¹\n\n¹ In Tirana.\n"), [Code::PastedNote]);
    assert_eq!(codes("1. runs\n- 2 -\nMC.DOC/2/20\n4 December 2020\non\n"), [Code::PastedPageHead]);
}

#[test]
fn headers_take_what_their_template_says() {
    let with = |line: &str| codes(&HEADER.replace("---", &format!("{line}\n---")).replace("\n\n", "\n\n1. x\n"));
    assert_eq!(with("meeting: 33"), []);
    assert_eq!(with("meeting: 61"), [Code::WrongType]);
    assert_eq!(with("meeting: many"), [Code::WrongType]);
    assert_eq!(with("original: English"), [Code::WrongType]);
    assert_eq!(with("silence: maybe"), [Code::WrongType]);
    assert_eq!(with("adopted: 2026-02-30"), [Code::WrongType]);
    assert_eq!(with("symbol: MC.DOC/2"), [Code::WrongType]);
    assert_eq!(with("symbol: MC.DОC/2/20"), [Code::SymbolDamage]);
    assert_eq!(with("meetings: 3"), [Code::UnknownKey]);
    assert_eq!(with("Place: Tirana"), [Code::KeyCase]);
    assert_eq!(codes("document: letter\nlanguage: en\ntitle: T\n---\n\n1. x\n"), [Code::UnknownTemplate]);
}

/// A type of document is a file; no Rust knows declarations.
#[test]
fn a_type_of_document_is_a_template() {
    use chancery::compile::{Options, compile};
    use chancery::world::MemoryWorld;
    let template = "template: address\nabout: An address of a chairperson.\nseries: CIO.GAL/number/year\nletterhead: ministerial\n\
                    parts:\n  operative required\nparams:\n  language  language  \"Its language\"\n  title  lines  \"Its title\"\n\
                    speaker  text  \"Who speaks\"\n---\n";
    let template = template.replace("\nspeaker", "\n  speaker");
    let text = "document: address\nlanguage: en\ntitle: Words\nspeaker: The Chairperson\n---\n\nWe meet.\n";
    let world = MemoryWorld::new().with("templates/address.decl", template).with("a.decl", text);
    let compilation = compile(&world, "a.decl", &Options::default()).expect("in memory");
    assert_eq!(compilation.found.iter().map(|found| found.code).collect::<Vec<_>>(), [Code::Parts]);
}
