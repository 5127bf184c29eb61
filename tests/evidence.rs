//! What was found counts, whoever looks at it first; what is right is no finding.

use chancery::diag::{Code, KEPT, Severity};
use chancery::locale::{Locale, capital};
use chancery::render;

use crate::support::{codes, compiled, draft, findings};

/// A final text in a language.
fn final_text(language: &str, body: &str) -> String {
    format!(
        "document: declaration\nlanguage: {language}\nsymbol: MC.DOC/901/26\nadopted: 2026-12-04\nstatus: final\n\
         place: Tirana\nmeeting: 33\nday: 2\njournal: 2\nagenda-item: 8\ntitle: Declaration on an example\n---\n\n{body}"
    )
}

/// Warnings of a code hide no error of the same code behind them.
#[test]
fn an_error_counts_though_two_hundred_warnings_of_its_code_came_first() {
    let quoted = "“MC.DEC/5/30” ".repeat(KEPT as usize + 50);
    let text = final_text("en", &format!("1. We recall {quoted}.\n\n2. We recall MC.DEC/6/30.\n"));
    let compilation = compiled(&text);
    let of =
        |severity| compilation.found.iter().filter(|f| f.code == Code::NotYetAdopted && f.severity == severity).count();
    assert_eq!((of(Severity::Warning), of(Severity::Error)), (KEPT as usize, 1), "{:?}", compilation.found);
    assert_eq!(compilation.found.count(Severity::Warning), u64::from(KEPT) + 50);
    assert!(compilation.found.has_errors() && compilation.checked.is_none());
    let unkept: Vec<_> = compilation.found.unkept().map(|u| (u.code, u.severity, u.count)).collect();
    assert_eq!(unkept, [(Code::NotYetAdopted, Severity::Warning, 50)]);
}

/// What is counted only is an error all the same, and no draft either.
#[test]
fn an_error_that_is_not_kept_is_one() {
    let mut found = chancery::diag::Diagnostics::default();
    let place = chancery::source::Span::default();
    let error = || chancery::diag::Diagnostic::new(Code::OpenBracket, place, "`[a]` is not agreed");
    found.extend(std::iter::repeat_with(error).take(KEPT as usize + 1));
    let accepted = found.accept(|_| true);
    assert_eq!((accepted, found.iter().count(), found.count(Severity::Error)), (KEPT as usize, 0, 1));
    assert!(found.has_errors());
    found.soften_for_draft();
    assert_eq!((found.has_errors(), found.count(Severity::Warning)), (false, 1));
    assert_eq!(found.accept_unkept(|unkept| unkept.count), 1);
    assert_eq!(found.count(Severity::Warning), 0);
}

#[test]
fn what_follows_a_closed_quotation_is_checked_in_every_language() {
    for (language, body) in [
        ("de", "1. Das Wort „Archiv“ wird [X] und […] verwendet.\n"),
        ("en", "1. The word “archive” is [X] and […] used.\n"),
        ("en", "1. The word „Archiv“ is [X] and […] used.\n"),
        ("en", "1. The word “archive“ is [X] and […] used.\n"),
        ("fr", "1. Le mot « archive » est [X] et […] employé.\n"),
        ("ru", "1. Слово «архив „А“» используется [X] и […] так.\n"),
        ("en", "1. The word “archive is [X] and […] used.\n"),
    ] {
        let compilation = compiled(&final_text(language, body));
        let gaps = compilation.found.iter().filter(|found| found.code == Code::Placeholder).count();
        assert_eq!((gaps, compilation.checked.is_none()), (2, true), "{body}");
    }
    assert_eq!(findings(&draft("en", "1. As it says: “he [sic] and […] went”.\n")), Vec::<String>::new());
    let term = draft("de", "1. Das Wort „OZSE“ ist falsch, und OZSE auch.\n");
    assert_eq!(codes(&term), [Code::HouseTerm]);
}

/// The right form of a term is none of its wrong ones, also at the beginning of
/// a sentence.
#[test]
fn no_right_form_of_a_term_is_a_finding() {
    for tag in Locale::tags() {
        for term in &Locale::of(tag).expect("a language").terms {
            for right in [term.right.clone(), capital(&term.right)] {
                let text = draft(tag, &format!("1. {right} x {right}.\n"));
                let found = compiled(&text).found;
                let terms: Vec<_> = found.iter().filter(|found| found.code == Code::HouseTerm).collect();
                assert!(terms.is_empty(), "{tag}: {terms:?}");
            }
        }
    }
}

#[test]
fn a_label_is_never_corrected_by_likeness() {
    for body in ["1. {#b} We meet.\n\n2. As {@a} says.\n", "1. {#archives} We meet.\n\n2. As {@archive} says.\n"] {
        let compilation = compiled(body);
        let dangling = compilation.found.iter().find(|found| found.code == Code::DanglingLabel).expect("the label");
        assert_eq!(dangling.fix, None, "{body}");
        // What was likely meant may be said.
        let hint = dangling.hint.as_deref().expect("a hint");
        assert_eq!(hint.contains("did you mean"), body.contains("archives"), "{hint}");
    }
}

#[test]
fn labels_in_quotations_name_what_they_stand_at() {
    let body = "1. We quote:\n\nquote:\n  heading: {#h} Aims\n\n  7. As typed.\n\n  table: {#t}\n    Day | Place\n    \
                3 December | Tirana\n\n2. As {@t} and {@h} say.\n\ntable: {#u}\n  a | b\n\n3. As {@u} says.\n";
    let compilation = compiled(body);
    let text = render::flowed(&compilation.checked.expect("no error"), 72);
    assert!(text.contains("As table 1 and Aims say."), "{text}");
    assert!(text.contains("As table 2 says."), "{text}");
}

#[test]
fn labels_of_tables_in_included_texts_are_their_own() {
    let files = [("table.decl".to_owned(), "table: {#t}\n  a | b\n\nAs {@t} says.\n".to_owned())].into();
    let body = "include: table.decl\n\n1. We agree.\n\ninclude: table.decl\n";
    let compilation = crate::support::compiled_in(body, &files);
    let text = render::flowed(&compilation.checked.unwrap_or_else(|| panic!("{:?}", compilation.found)), 72);
    assert!(text.contains("As table 1 says.") && text.contains("As table 2 says."), "{text}");
}

#[test]
fn labels_beside_keywords_without_a_number_are_said() {
    for body in [
        "preamble: {#a}\n\nRecalling.\n\n1. x\n",
        "operative: {#a}\n\n1. x\n",
        "1. x\n\nnumbering: restart {#a}\n\n1. y\n",
    ] {
        let found = findings(body);
        assert!(found.contains(&"misplaced: a".to_owned()), "{body}: {found:?}");
    }
    assert_eq!(findings("table: plain {note: x}\n  a | b\n"), ["keyword-value: {note: x}"]);
}
