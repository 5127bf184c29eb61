//! What projects, commands and headers make of findings.

use chancery::diag::{Code, Severity};

use crate::command_line::{chancery, code, folder, out, said};
use crate::support::{HEADER, compiled, draft};

/// A wrong reference, an open bracket, a sign, a word.
fn text() -> String {
    format!("{HEADER}1. We recall MC.DEC/5/30 and [meet], it's cooperation.\n")
}

#[test]
fn a_project_is_red_on_a_wrong_reference_and_green_on_a_bracket() {
    let project = "[check]\ndeny = [\"references\"]\nallow = [\"open-bracket\", \"style\"]\n";
    let open = format!("{HEADER}1. We [meet].\n");
    let folder = folder(&[("a.decl", &text()), ("open.decl", &open), ("chancery.toml", project)]);
    let run = |arguments: &[&str]| chancery(folder.path(), &[&["check", "--format", "concise"], arguments].concat());
    let red = run(&["a.decl"]);
    assert_eq!(code(&red), 1);
    assert!(
        out(&red).starts_with("a.decl:6:14: error[not-yet-adopted]: ") && out(&red).lines().count() == 1,
        "{}",
        out(&red)
    );
    assert!(said(&red).contains("; 3 findings allowed"), "{}", said(&red));
    assert_eq!(code(&run(&["--strict", "open.decl"])), 0);
    // The command wins over the file; what is a warning after it is one under `--strict`.
    assert_eq!(code(&run(&["--warn", "not-yet-adopted", "a.decl"])), 0);
    assert_eq!(code(&run(&["--warn", "not-yet-adopted", "--strict", "a.decl"])), 1);
    assert_eq!(code(&run(&["--allow", "references,structure", "--strict", "a.decl"])), 0);
    assert_eq!(code(&run(&["--deny", "open-bracket", "open.decl"])), 1);
    let built = chancery(folder.path(), &["build", "--to", "text", "--allow", "not-yet-adopted", "a.decl"]);
    assert_eq!(code(&built), 0, "{}", out(&built));
}

#[test]
fn what_nobody_may_lower_is_said_and_what_there_is_not() {
    let folder = folder(&[("a.decl", &text())]);
    let run = |arguments: &[&str]| chancery(folder.path(), &[&["check"], arguments].concat());
    for (arguments, words) in [
        (["--allow", "unclosed-brace"], "`unclosed-brace` can be lowered by nobody"),
        (["--warn", "symbol-damage"], "`symbol-damage` can be lowered by nobody"),
        (["--allow", "house-terms"], "is `house-term` meant?"),
        (["--deny", "reference"], "is `references` meant?"),
    ] {
        let refused = run(&[arguments[0], arguments[1], "a.decl"]);
        assert_eq!(code(&refused), 2);
        assert!(said(&refused).contains(words), "{}", said(&refused));
    }
    let twice = run(&["--allow", "style", "--deny", "style", "a.decl"]);
    assert!(code(&twice) == 2 && said(&twice).contains("in two ways"), "{}", said(&twice));
    let project = "[check]\nallow = [\"not-utf8\", \"opne-bracket\"]\ndenny = []\n";
    std::fs::write(folder.path().join("chancery.toml"), project).expect("written");
    let found = out(&run(&["--format", "concise", "a.decl"]));
    for line in [
        "chancery.toml:2:10: error[project-file]: `not-utf8`",
        "chancery.toml:2:22: error[project-file]: there is no finding `opne-bracket`; is `open-bracket` meant?",
        "chancery.toml:3:1: error[project-file]: a check has no key `denny`; did you mean `deny`?",
    ] {
        assert!(found.contains(line), "{line} in {found}");
    }
}

/// A final text with these lines in its header.
fn final_text(language: &str, lines: &str, body: &str) -> String {
    format!(
        "document: declaration\nlanguage: {language}\nsymbol: MC.DOC/901/26\nadopted: 2026-12-04\nstatus: final\n\
         silence: yes\n{lines}title: Text\n---\n\n{body}\n"
    )
}

fn found(text: &str) -> Vec<(Code, Severity)> {
    compiled(text).found.iter().map(|found| (found.code, found.severity)).collect()
}

#[test]
fn a_header_allows_a_finding_by_its_words_with_a_reason() {
    let body = "1. Die OZSE und der Beschluß der OZSE.";
    assert_eq!(found(&final_text("de", "", body)).len(), 3);
    let allowed = "allow: house-term OZSE – as published\nallow: house-term Beschluß – as published\n";
    let compilation = compiled(&final_text("de", allowed, body));
    assert_eq!((compilation.found.iter().count(), compilation.allowed), (0, 3), "{:?}", compilation.found);
    // More words choose one place of several, over a line break too.
    let one = "allow: house-term Beschluß der OZSE - as published\n";
    assert_eq!(found(&final_text("de", one, &body.replace(" der", "\nder"))), [(Code::HouseTerm, Severity::Error)]);
    let one = "allow: house-term Die OZSE — as published\n";
    assert_eq!(found(&final_text("de", one, body)).len(), 2);
    // A part of a word is no word.
    let part = "allow: house-term OZS – as published\n";
    assert_eq!(found(&final_text("de", part, "1. Die OZSE."))[0].0, Code::AllowUnused);
    // Any code has this form: a number, a sign, a bracket of a draft.
    let number = final_text("en", "allow: misnumbered 4. – as published\n", "1. We act.\n\n4. We end.");
    assert_eq!(found(&number), []);
    let bracket =
        draft("en", "1. We [meet].\n").replace("title:", "allow: open-bracket [meet] – known to be open\ntitle:");
    assert_eq!(found(&bracket), []);
    let reference =
        final_text("en", "allow: not-yet-adopted MC.DEC/5/30 – as published\n", "1. We recall MC.DEC/5/30.");
    assert_eq!(found(&reference), []);
}

#[test]
fn an_allow_line_that_allows_nothing_or_may_not_is_said() {
    let form = (Code::AllowForm, Severity::Error);
    for (line, first) in [
        ("house-term OZSE – as published", (Code::AllowUnused, Severity::Warning)),
        ("house-term OZSE", form),
        ("house-term – as published", form),
        ("house-term OZSE –", form),
        ("open-bracket [we] – later", form),
        ("unclosed-bracket [we – later", form),
        ("hous-term OZSE – as published", form),
        ("valid MC.DEC/5/11 – why", form),
    ] {
        let all = found(&final_text("de", &format!("allow: {line}\n"), "1. Die OSZE."));
        assert_eq!(all, [first], "{line}");
    }
}

/// What was right in its time is no fault, and a name is written as it is.
#[test]
fn house_terms_have_their_time_and_spare_names() {
    let terms = |language: &str, day: &str, body: &str| {
        let text = draft(language, &format!("1. {body}\n")).replace("title:", &format!("as-of: {day}\ntitle:"));
        compiled(&text).found.iter().filter(|found| found.code == Code::HouseTerm).count()
    };
    for (language, early, late, words) in [
        ("fr", "2004-12-07", "2020-12-04", "Les Etats"),
        ("fr", "2004-12-07", "2020-12-04", "La mise en oeuvre"),
        ("de", "2000-11-28", "2020-12-04", "Der Beschluß"),
        ("en", "2004-12-07", "2020-12-04", "The Chairman-in-Office"),
    ] {
        assert_eq!((terms(language, early, words), terms(language, late, words)), (0, 1), "{words}");
    }
    for name in [
        "The Shanghai Cooperation Organization met.",
        "The Shanghai Cooperation\nOrganization met.",
        "The Organisation for Economic Co-operation and Development met.",
        "The Gulf Cooperation Council met.",
    ] {
        assert_eq!(terms("en", "2020-12-04", name), 0, "{name}");
    }
    assert_eq!(terms("en", "2020-12-04", "The Shanghai Cooperation met, an organisation of cooperation."), 3);
}

#[test]
fn a_wrong_number_is_a_warning_in_a_draft_and_an_error_in_a_final_text() {
    for body in ["1. We act;\n\n2. We go;\n\n4. We end.", "1. We act:\n\n  (a) here;\n\n  (b) there;\n\n  (d) too."] {
        assert_eq!(found(&draft("en", &format!("{body}\n"))), [(Code::Misnumbered, Severity::Warning)]);
        assert_eq!(found(&final_text("en", "", body)), [(Code::Misnumbered, Severity::Error)]);
    }
}

/// Equal findings are one with its lines; a help is given once a run.
#[test]
fn a_report_says_each_thing_once() {
    let text =
        format!("{HEADER}1. We value cooperation.\n\n2. We want cooperation.\n\n3. No cooperation, 4 “is” ; so.\n");
    let folder = folder(&[("a.decl", &text), ("b.decl", &text)]);
    let run = chancery(folder.path(), &["check", "a.decl", "b.decl"]);
    let shown = out(&run);
    assert_eq!(shown.matches("warning[house-term]").count(), 2, "{shown}");
    assert_eq!(shown.matches("also in lines 8 and 10").count(), 2, "{shown}");
    assert_eq!(shown.matches("unless it is in a name").count(), 1, "{shown}");
    assert!(said(&run).ends_with("2 files: 8 warnings; 8 can be fixed by `--fix`\n"), "{}", said(&run));
    let json = out(&chancery(folder.path(), &["check", "--format", "json", "a.decl"]));
    assert_eq!(json.matches("\"house-term\"").count(), 3, "{json}");
}
