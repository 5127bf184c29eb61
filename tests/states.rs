//! Each state of a reference, in texts that differ from a good one by it alone.

use std::collections::{BTreeMap, BTreeSet};

use chancery::cite::State;
use chancery::compile::Compilation;
use chancery::diag::{Code, Severity};

use crate::support::{compiled_in, draft};

const REGISTRY: &str = include_str!("states/registry.toml");

fn project() -> BTreeMap<String, String> {
    BTreeMap::from([("registry/own.toml".to_owned(), REGISTRY.to_owned())])
}

/// A final text of our own, adopted on 4 May 2026.
fn final_text(language: &str, sentence: &str) -> String {
    format!(
        "// A text of our own.\ndocument: declaration\nstatus: final\nsymbol: MC.DOC/990/26\nadopted: 2026-05-04\n\
         silence: yes\nlanguage: {language}\ntitle: Example\n---\n\n1. {sentence}\n"
    )
}

fn of(language: &str, sentence: &str) -> Compilation {
    compiled_in(&final_text(language, sentence), &project())
}

#[test]
fn every_seeded_fault_is_found_at_its_bytes_and_none_in_the_good_text() {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in include_str!("states/faults.tsv").lines() {
        let [state, language, good, bad, words] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        *count.entry(state).or_default() += 1;
        let clean = of(language, good);
        for found in clean.found.iter() {
            wrong.push(format!("{good}\n    {}: {}", found.code.name(), found.message));
        }
        let faulty = of(language, bad);
        let text = final_text(language, bad);
        // Of two equal words the second is the one too many.
        let at = text.rfind(words).expect("the words stand in the text");
        let at = if state == "mismatch" { text.find(words).unwrap_or(at) } else { at };
        let found: Vec<_> = faulty.found.iter().collect();
        let right = matches!(found.as_slice(), [one] if one.code.name() == state && one.place.range() == (at..at + words.len()));
        if !right {
            let found: Vec<String> = found
                .iter()
                .map(|found| {
                    format!("{} at `{}`: {}", found.code.name(), faulty.sources.slice(found.place), found.message)
                })
                .collect();
            wrong.push(format!("{bad}\n    expected {state} at `{words}`, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for state in State::ALL.iter().filter(|state| !state.is_good()) {
        assert!(count.get(state.name()).is_some_and(|count| *count >= 5), "{} has {count:?}", state.name());
    }
}

/// What weighs how much, in a final text and in a draft.
#[test]
fn a_draft_may_have_what_is_not_resolved_yet() {
    let mut seen = BTreeSet::new();
    for line in include_str!("states/faults.tsv").lines() {
        let [state, language, _, bad, _] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (last, open) = match state {
            "corrected" => (Severity::Info, Severity::Info),
            "pending" => (Severity::Error, Severity::Info),
            "malformed" | "mismatch" => (Severity::Error, Severity::Error),
            "nonexistent" | "ambiguous" | "not-yet-adopted" | "out-of-range" => (Severity::Error, Severity::Warning),
            _ => (Severity::Warning, Severity::Warning),
        };
        let header = "symbol: MC.DOC/990/26\nas-of: 2026-05-04\ntitle:";
        let text = draft(language, &format!("1. {bad}\n")).replacen("title:", header, 1);
        let weight = |found: &Compilation| found.found.iter().map(|found| found.severity).max();
        assert_eq!(weight(&of(language, bad)), Some(last), "{bad}");
        assert_eq!(weight(&compiled_in(&text, &project())), Some(open), "{bad}");
        seen.insert(state.to_owned());
    }
    assert!(seen.len() >= 13);
}

#[test]
fn the_chain_of_what_replaced_a_text_is_followed_to_its_end() {
    let faulty = of("en", "We recall Ministerial Council Decision No. 902/11.");
    let found = faulty.found.iter().next().expect("a finding");
    assert_eq!(found.message, "`MC.DEC/902/11` was replaced by `MC.DEC/903/15`, then by `MC.DEC/904/20`");
    // On a day before the second replacement the first was in force.
    let text = final_text("en", "We recall MC.DEC/902/11 and MC.DEC/903/15.").replace("2026-05-04", "2017-05-04");
    let text = text.replace("MC.DOC/990/26", "MC.DOC/990/17");
    let then = compiled_in(&text, &project());
    let messages: Vec<&str> = then.found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages, ["`MC.DEC/902/11` was replaced by `MC.DEC/903/15`"]);
}

#[test]
fn a_reference_made_on_purpose_is_allowed_and_counted() {
    let text = final_text("en", "We recall MC.DEC/902/11.");
    let allowed = text.replace("title:", "allow: superseded MC.DEC/902/11 – cited for its history\ntitle:");
    let compilation = compiled_in(&allowed, &project());
    assert_eq!(compilation.found.iter().count(), 0, "{:?}", compilation.found);
    assert!(compilation.references.iter().all(|reference| reference.allowed));
    for (line, code) in [
        ("allow: superseded MC.DEC/901/11 – a reason", Code::AllowUnused),
        ("allow: nonexistent MC.DEC/902/11 – a reason", Code::AllowUnused),
        ("allow: superseded MC.DEC/902/11", Code::AllowForm),
        ("allow: superseded MC.DEC/902/11 – ", Code::AllowForm),
        ("allow: old MC.DEC/902/11 – a reason", Code::AllowForm),
        ("allow: superseded", Code::AllowForm),
    ] {
        let found = compiled_in(&text.replace("title:", &format!("{line}\ntitle:")), &project());
        let codes: Vec<Code> = found.found.iter().map(|found| found.code).collect();
        assert_eq!(codes, [code, Code::Superseded], "{line}");
    }
}

#[test]
fn citations_are_read_across_line_breaks_emphasis_comments_and_in_every_alternative() {
    let symbols = |body: &str| -> Vec<String> {
        let compilation = compiled_in(&draft("en", body), &project());
        compilation
            .references
            .iter()
            .map(|r| format!("{} {}", r.symbol, r.paragraph.as_deref().unwrap_or("-")))
            .collect()
    };
    assert_eq!(
        symbols("1. We recall Ministerial\nCouncil *Decision*\n// a comment\nNo. 5/11 there.\n"),
        ["MC.DEC/5/11 1"]
    );
    assert_eq!(
        symbols("1. We recall Ministerial Council Decision No. [4/07 | 4/11] of old.\n"),
        ["MC.DEC/4/07 1", "MC.DEC/4/11 1"]
    );
    assert_eq!(
        symbols("1. We recall Ministerial Council Decision No. [4 | 5]/11.\n"),
        ["MC.DEC/4/11 1", "MC.DEC/5/11 1"]
    );
    assert_eq!(symbols("1. We recall [FR: MC.DEC/4/07 | DE: MC.DEC/4/11].\n"), ["MC.DEC/4/07 1", "MC.DEC/4/11 1"]);
    assert_eq!(
        symbols("1. We meet.{note: See MC.DEC/5/11.}\n\n(a) and MC.DEC/4/07;\n"),
        ["MC.DEC/5/11 1", "MC.DEC/4/07 1(a)"]
    );
    assert_eq!(symbols("1. See {lang fr: la Décision no 2/19 du Conseil ministériel}.\n"), ["MC.DEC/2/19 1"]);
    assert_eq!(symbols("1. See https://example.org/MC.DEC/5/11.pdf there.\n"), Vec::<String>::new());
    assert_eq!(symbols("1. See {none: Decision No. 5/11} there.\n"), Vec::<String>::new());
    assert_eq!(symbols("1. Decision No. {x}/11 of the Ministerial Council.\n"), Vec::<String>::new());
    assert_eq!(symbols("1. We say:\n\nquote:\n    We recall MC.DEC/5/11.\n"), ["MC.DEC/5/11 1"]);
}

/// A day that one source alone gives may be wrong: it makes no error, unless the
/// year of the symbol is enough.
#[test]
fn a_day_that_was_read_once_makes_a_warning_at_the_most() {
    let entry = |readings: &str| {
        format!(
            "[[instrument]]\nsymbol = \"MC.DEC/951/26\"\nadopted = 2026-06-01\n{readings}source = \"our own example\"\n"
        )
    };
    let weight = |readings: &str, sentence: &str| {
        let project = BTreeMap::from([("registry/own.toml".to_owned(), entry(readings))]);
        let compilation = compiled_in(&final_text("en", sentence), &project);
        let found: Vec<_> = compilation.found.iter().map(|found| (found.code, found.severity)).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found[0]
    };
    let later = "We recall MC.DEC/951/26.";
    assert_eq!(weight("", later), (Code::NotYetAdopted, Severity::Error));
    assert_eq!(weight("readings = 2\n", later), (Code::NotYetAdopted, Severity::Error));
    assert_eq!(weight("readings = 1\n", later), (Code::NotYetAdopted, Severity::Warning));
    let dated = "We recall Ministerial Council Decision No. 951/26 of 3 May 2026.";
    assert_eq!(weight("readings = 2\n", dated), (Code::Mismatch, Severity::Error));
    assert_eq!(weight("readings = 1\n", dated), (Code::Mismatch, Severity::Warning));
}

/// What is known by its number alone is a state of its own, and counted so.
#[test]
fn a_number_below_one_that_was_adopted_is_inferred() {
    let state = |sentence: &str, day: &str| {
        let text = draft("en", &format!("1. {sentence}\n")).replacen("title:", &format!("as-of: {day}\ntitle:"), 1);
        let compilation = compiled_in(&text, &BTreeMap::new());
        compilation.references.iter().map(|reference| reference.state).collect::<Vec<_>>()
    };
    for (symbol, day, expected) in [
        ("PC.DEC/1000", "2026-05-04", State::Inferred),
        ("PC.DEC/1000", "2003-05-04", State::Unverified),
        ("PC.JOUR/900", "2026-05-04", State::Inferred),
        ("FSC.JOUR/900", "2026-05-04", State::Inferred),
        ("PC.DEC/1000/Corr.1", "2026-05-04", State::Unverified),
        ("PC.DEC/0", "2026-05-04", State::Unverified),
        ("A/RES/79/5", "2026-05-04", State::Inferred),
        ("A/RES/79/5", "2025-05-04", State::Unverified),
        ("A/RES/79/5", "2023-05-04", State::NotYetAdopted),
        ("A/RES/79/901", "2026-05-04", State::Unverified),
    ] {
        assert_eq!(state(&format!("We recall {symbol}."), day), [expected], "{symbol} at {day}");
    }
}

/// An instrument is said once, with its places; papers once a series.
#[test]
fn an_instrument_is_said_once() {
    let times = |sentence: &str, count: usize| (0..count).map(|_| sentence).collect::<Vec<_>>().join("\n\n1. ");
    let compilation = of("en", &times("We recall MC.DEC/3/19.", 40));
    let found: Vec<_> = compilation.found.iter().filter(|found| found.code == Code::Unverified).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].others.len(), 12);
    assert!(found[0].others[11].1.contains("27 more places"), "{:?}", found[0].others[11]);
    assert_eq!(compilation.references.len(), 40);
    let papers = of("en", "We thank for PC.DEL/951/25, PC.DEL/952/25, MC.GAL/951/25 and PC.DEL/951/25.");
    let found: Vec<_> = papers.found.iter().map(|found| (found.severity, found.others.len())).collect();
    assert_eq!(found, [(Severity::Info, 2), (Severity::Info, 0)]);
}
