//! What the checks of signs and words find, in the languages that they know.

use chancery::diag::{Code, Severity};

use crate::support::{codes, compiled, draft, findings};

#[test]
fn french_sets_spaces_before_signs_and_inside_quotation_marks() {
    assert_eq!(codes(&draft("fr", "1. Ceci : cela ; « ainsi » ?\n")), []);
    assert_eq!(codes(&draft("fr", "1. Ceci: cela; «ainsi»\n")), [Code::Spacing; 4]);
    assert_eq!(codes(&draft("fr", "1. À 10:30, voir https://a.b/c:d\n")), []);
    assert_eq!(codes("1. This : that ;\n"), [Code::Spacing; 2]);
}

#[test]
fn straight_signs_are_replaced_by_those_of_the_language() {
    let fixes = |text: &str| {
        let found = compiled(text).found;
        found.iter().filter_map(|f| f.fix.as_ref()).map(|fix| fix.edits[0].1.clone()).collect::<Vec<_>>()
    };
    assert_eq!(fixes("1. \"It's\" so.\n"), ["“", "’", "”"]);
    assert_eq!(fixes(&draft("fr", "1. \"l'ordre\"\n")), ["«\u{A0}", "’", "\u{A0}»"]);
    assert_eq!(fixes(&draft("de", "1. \"so\"\n")), ["„", "“"]);
    assert_eq!(fixes("1. see https://a.b/?q=\"c\"\n"), [""; 0]);
}

#[test]
fn house_terms_are_found_where_they_are_the_authors_words() {
    let text = "1. We welcome cooperation, Cooperation and cooperative States.\n";
    assert_eq!(findings(text), ["house-term: cooperation", "house-term: Cooperation", "house-term: cooperative"]);
    assert_eq!(codes("quote:\n  “cooperation”\n"), []);
    assert_eq!(codes("1. see “the cooperation” and https://a.b/cooperation\n"), []);
    assert_eq!(codes("1. co-operation, macrocooperation\n"), []);
    let found = compiled("1. The participating states meet.\n").found;
    assert_eq!(found.iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Error]);
}

#[test]
fn a_passage_or_an_annex_in_another_language_is_judged_by_it() {
    assert_eq!(codes("1. We say {lang fr: « oui ; non »}.\n"), []);
    assert_eq!(codes("1. We say {lang fr: oui; non}.\n"), [Code::Spacing]);
    assert_eq!(codes("1. x\n\nannex: A\nlanguage: fr\n\n« a ; b »\n"), []);
    assert_eq!(codes("1. {lang xx: a}\n"), [Code::WrongType]);
}
