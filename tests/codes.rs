//! Every code explains itself by a text that has it and one that does not.

use std::collections::BTreeMap;

use chancery::compare::{Member, Parity, doubts};
use chancery::compile::Compilation;
use chancery::diag::{Code, Explanation, Severity, apply_fixes, human};
use chancery::layout::{pages, style::Style};

use crate::support::{compiled_bytes, compiled_in};

/// Where the reports of all codes are kept, beside this file.
const REPORTS: &str = "snapshots/codes";

/// Codes whose faulty text cannot be written down.
fn wrong(code: Code, explanation: &Explanation) -> Compilation {
    match code {
        Code::NotUtf8 => compiled_bytes(b"1. caf\xE9".to_vec()),
        Code::TooLarge => compiled_bytes(vec![b'a'; (64 << 20) + 1]),
        _ => beside_original(&explanation.wrong, &explanation.files),
    }
}

/// Compiles a text; where there is an original, as the French of it, with what that shows.
fn beside_original(text: &str, files: &BTreeMap<String, String>) -> Compilation {
    let mut compilation = compiled_in(text, files);
    if let Some(original) = files.get("original.decl") {
        let original = compiled_in(original, &BTreeMap::new());
        let parity = Parity::of(&original, &compilation).expect("two documents");
        let mut found: Vec<_> = parity.found.into_iter().map(|found| (found.finding, found.original)).collect();
        let member = |language, compilation| Member { language, name: language, compilation };
        found.extend(doubts(&[member("en", &original), member("fr", &compilation)], 0, 1));
        compilation.add_of_versions(&original.sources, found);
    }
    compilation
}

/// Adds what only pages show.
fn with_wide_words(compilation: &mut Compilation) {
    if let Some(checked) = &compilation.checked {
        let words = pages(checked, &Style::house()).rest.wide_words;
        compilation.wide_words(&words);
    }
}

#[test]
fn every_code_is_found_in_its_wrong_text_and_not_in_its_right_one() {
    let mut failures = Vec::new();
    for &code in Code::ALL {
        let explanation = code.explanation().unwrap_or_else(|| panic!("{} is not explained", code.name()));
        let mut faulty = wrong(code, &explanation);
        with_wide_words(&mut faulty);
        let found: Vec<&str> = faulty.found.iter().map(|found| found.code.name()).collect();
        if !found.contains(&code.name()) {
            failures.push(format!("{}: {found:?} in\n{}", code.name(), explanation.wrong));
        }
        let files = if explanation.cured.is_empty() { &explanation.files } else { &explanation.cured };
        let mut cured = beside_original(&explanation.right, files);
        with_wide_words(&mut cured);
        for found in cured.found.iter() {
            if found.code == code || found.severity == Severity::Error {
                failures.push(format!("{}, cured: {found:?}", code.name()));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn no_explanation_is_without_its_code() {
    let text = include_str!("../src/diag/explanations.toml");
    for line in text.lines().filter_map(|line| line.strip_prefix('[')).filter(|line| !line.starts_with('[')) {
        let name = line.trim_end_matches(']').trim_end_matches(".files").trim_end_matches(".cured");
        assert!(Code::named(name).is_some(), "{name}");
    }
}

#[test]
fn a_fix_takes_its_finding_away() {
    let mut fixed = 0;
    for &code in Code::ALL {
        let Some(explanation) = code.explanation() else { continue };
        let faulty = wrong(code, &explanation);
        let own: Vec<_> =
            faulty.found.iter().filter(|found| found.code == code && found.fix.is_some()).cloned().collect();
        if own.is_empty() {
            continue;
        }
        fixed += 1;
        let text = faulty.sources.get(faulty.file).expect("the text").text();
        let (cured, applied) = apply_fixes(text, faulty.file, &own);
        assert_eq!(applied, own.len(), "{}", code.name());
        let again = compiled_in(&cured, &explanation.files);
        let left = again.found.iter().filter(|found| found.code == code).count();
        assert_eq!(left, 0, "{}:\n{cured}", code.name());
    }
    assert!(fixed > 20, "{fixed} codes have fixes");
}

/// What is said is a sentence in the author's words, and says a cure.
#[test]
fn messages_are_lower_case_and_have_a_cure() {
    for &code in Code::ALL {
        let Some(explanation) = code.explanation() else { continue };
        for found in wrong(code, &explanation).found.iter() {
            let first = found.message.chars().next().expect("a message");
            assert!(!first.is_uppercase() || found.message.starts_with("U+"), "{}", found.message);
            assert!(!found.message.ends_with('.'), "{}", found.message);
            assert!(found.hint.is_some(), "{} has no hint: {}", found.code.name(), found.message);
        }
    }
}

/// What its author reads of each fault: reviewed line by line.
#[test]
fn every_report_is_as_it_was_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(REPORTS);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for &code in Code::ALL.iter().filter(|code| **code != Code::TooLarge) {
        let Some(explanation) = code.explanation() else { continue };
        let mut faulty = wrong(code, &explanation);
        with_wide_words(&mut faulty);
        settings.bind(|| insta::assert_snapshot!(code.name(), human(&faulty.found, &faulty.sources, false)));
    }
}

#[test]
fn no_report_is_kept_of_a_code_that_is_gone() {
    for entry in std::fs::read_dir(format!("tests/{REPORTS}")).expect("a folder") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_str().and_then(|name| name.split('.').next()).expect("a name");
        assert!(Code::named(name).is_some(), "{name}");
    }
}
