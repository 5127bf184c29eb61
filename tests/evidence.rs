//! What was found counts, whoever looks at it first; what is right is no finding.

use chancery::diag::{Code, KEPT, Severity};
use chancery::locale::{Locale, capital};

use crate::support::{compiled, draft};

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
    // An instrument is said once, so each is another one.
    let quoted: String = (1..=KEPT + 50).map(|number| format!("“MC.DEC/{number}/30” ")).collect();
    let text = final_text("en", &format!("1. We recall {}.\n\n2. We recall MC.DEC/999/30.\n", quoted.trim_end()));
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
fn a_label_that_is_like_another_is_hinted_at() {
    for body in ["1. {#b} We meet.\n\n2. As {@a} says.\n", "1. {#archives} We meet.\n\n2. As {@archive} says.\n"] {
        let compilation = compiled(body);
        let dangling = compilation.found.iter().find(|found| found.code == Code::DanglingLabel).expect("the label");
        let hint = dangling.hint.as_deref().expect("a hint");
        assert_eq!(hint.contains("did you mean"), body.contains("archives"), "{hint}");
    }
}
