//! Each state of a reference, in texts that differ from a good one by it alone.

use std::collections::{BTreeMap, BTreeSet};

use chancery::cite::State;
use chancery::compile::Compilation;
use chancery::diag::{Code, Severity};

use crate::support::{compiled, compiled_in, draft};

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
    for state in State::ALL.iter().skip(1) {
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

/// Every fault has words, a cure, and where there is one a fix that cures it.
#[test]
fn fixes_cure_what_is_malformed() {
    for (bad, good) in [
        ("We recall MC.D EC/9/09.", "We recall MC.DEC/9/09."),
        ("We recall MC.DОC/10/14.", "We recall MC.DOC/10/14."),
        ("We recall mc.dec/5/11.", "We recall MC.DEC/5/11."),
        ("We recall MC.DEC/5/2011.", "We recall MC.DEC/5/11."),
        ("We recall Ministerial Council Decision No. 5/2011.", "We recall Ministerial Council Decision No. 5/11."),
    ] {
        let text = final_text("en", bad);
        let faulty = compiled_in(&text, &project());
        let (cured, fixes) = chancery::diag::apply_fixes(&text, faulty.file, faulty.found.iter());
        assert_eq!((cured.as_str(), fixes), (final_text("en", good).as_str(), 1), "{bad}");
    }
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

/// Braces print what the language's grammar asks for.
#[test]
fn citations_in_braces_are_written_by_the_compiler() {
    let printed = |language: &str, braces: &str| -> String {
        let compilation = compiled_in(&draft(language, &format!("1. {braces}\n")), &project());
        let document = compilation.document.unwrap_or_else(|| panic!("{:?}", compilation.found));
        let chancery::model::BlockKind::Numbered { content, .. } = &document.parts[0].blocks[0].kind else {
            panic!("{document:?}")
        };
        chancery::model::plain(content).replace('\u{A0}', " ")
    };
    for (language, braces, words) in [
        ("fr", "{MC.DEC/2/19}", "Décision no 2/19 du Conseil ministériel"),
        ("fr", "{MC.DEC/4/07, MC.DEC/4/11}", "décisions no 4/07 et no 4/11 du Conseil ministériel"),
        (
            "en",
            "{MC.DEC/14/05, MC.DEC/15/05, MC.DEC/14/06}",
            "Ministerial Council Decisions No. 14/05, 15/05 and 14/06",
        ),
        (
            "en",
            "{PC.DEC/1202, MC.DEC/5/11}",
            "Permanent Council Decision No. 1202 and Ministerial Council Decision No. 5/11",
        ),
        ("en", "{S/RES/1325(2000)}", "Security Council resolution 1325 (2000)"),
        ("de", "{PC.DEC/1063 | gen}", "Beschlusses Nr. 1063 des Ständigen Rates"),
        ("de", "{MC.DEC/4/07, MC.DEC/4/11 | dat}", "Beschlüssen Nr. 4/07 und Nr. 4/11 des Ministerrats"),
        ("it", "{MC.DEC/3/21}", "Decisione N.3/21 del Consiglio dei ministri"),
        ("es", "{MC.DEC/5/09, MC.DEC/7/09}", "Decisiones Nº 5/09 y 7/09 del Consejo Ministerial"),
        ("ru", "{MC.DEC/5/11 | dat}", "Решению № 5/11 Совета министров"),
        ("en", "{MC.DOC/10/14}", "MC.DOC/10/14"),
        ("en", "{MC.DEC/4/07: the Madrid decision}", "the Madrid decision"),
        ("en", "{cite helsinki-final-act}", "Helsinki Final Act"),
        ("fr", "{cite helsinki-final-act: l’Acte final}", "l’Acte final"),
    ] {
        assert_eq!(printed(language, braces), words, "{braces}");
    }
}

/// What another said stays as it was said.
#[test]
fn words_in_quotation_marks_are_not_mended() {
    for body in ["1. We say “We recall MC.DEC/5/2011”.\n", "1. We say:\n\nquote:\n    We recall MC.DEC/5/2011.\n"] {
        let compilation = compiled_in(&draft("en", body), &project());
        let found: Vec<_> =
            compilation.found.iter().map(|found| (found.code, found.severity, found.fix.is_some())).collect();
        assert_eq!(found, [(Code::Malformed, Severity::Warning, false)], "{body}");
    }
}

#[test]
fn braces_that_go_on_in_another_line_do_not_vanish() {
    let compilation = compiled_in(&draft("en", "1. See {MC.DEC/5/11\n: words} here.\n"), &project());
    let codes: Vec<Code> = compilation.found.iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::UnknownBrace]);
}

#[test]
fn citations_in_braces_are_judged() {
    let found = |body: &str| -> Vec<(Code, String)> {
        let compilation = compiled_in(&final_text("en", body), &project());
        let place = |found: &chancery::diag::Diagnostic| compilation.sources.slice(found.place).to_owned();
        compilation.found.iter().map(|found| (found.code, place(found))).collect()
    };
    let one = |code: Code, place: &str| vec![(code, place.to_owned())];
    assert_eq!(found("We recall {MC.DEC/902/11: the old one}."), one(Code::Superseded, "MC.DEC/902/11"));
    assert_eq!(found("We recall {MC.DEC/5/11, MC.DEC/99/11}."), one(Code::Nonexistent, "MC.DEC/99/11"));
    assert_eq!(found("We recall {MC.DEC/5/2011}."), one(Code::Malformed, "MC.DEC/5/2011"));
    assert_eq!(found("We recall {cite helsinki-act}."), one(Code::Nonexistent, "helsinki-act"));
    assert_eq!(found("We recall {MC.DEC/5/11 | dat}."), one(Code::NoWords, "dat"));
    assert_eq!(found("We recall {MC.DEC/5/11}."), []);
}

/// Quotation marks around nothing, or around blanks, hold no title.
#[test]
fn an_empty_title_beside_a_citation_is_no_title() {
    for marks in ["“ ”", "“”", "\" \"", "\"\"", "«  »"] {
        let text = format!("1. We recall MC.DEC/4/07 {marks} and go on.\n");
        assert!(compiled(&text).document.is_some(), "{text}");
    }
}
