//! What a broken `chancery.toml` does to the commands of a project, and what its messages cure.

use std::fs;

use crate::command_line::{chancery, code, folder, out, piped, said};
use crate::support::HEADER;

/// `init` writes a `[check]`, and a second one was pasted below it.
const TWICE: &str = "[check]\ndeny = [\"ambiguous\"]\n\n[check]\ndeny = [\"references\"]\nallow = [\"open-bracket\"]\n";

fn text() -> String {
    format!("{HEADER}1. We recall Ministerial Council Decision No. 5/11.\n")
}

/// What a subcommand does with a project file that is broken.
enum Does {
    /// Says it, and leaves with this code.
    Says(&'static [&'static str], i32),
    /// Serves until it is ended, and is held by a test of its own or by what it calls.
    Serves,
    /// Reads no project.
    ReadsNone,
}

/// A row for each command that `--help` lists: a new one has no row, and fails.
fn does(command: &str) -> Option<Does> {
    use Does::{ReadsNone, Says, Serves};
    Some(match command {
        "check" => Says(&["check", "a.en.decl"], 1),
        "build" => Says(&["build", "--to", "text", "a.en.decl"], 1),
        "fmt" => Says(&["fmt", "--diff", "a.en.decl"], 0),
        "diff" => Says(&["diff", "a.en.decl", "b.en.decl"], 1),
        "consolidate" => Says(&["consolidate", "a.en.decl", "FR=b.en.decl"], 0),
        "settle" => Says(&["settle", "--list", "a.en.decl"], 0),
        "versions" => Says(&["versions", "."], 1),
        "import" => Says(&["import", "--base", "a.en.decl", "a.docx"], 2),
        "refs" => Says(&["refs"], 1),
        "status" => Says(&["status"], 1),
        "registry" => Says(&["registry", "validate"], 1),
        "doctor" => Says(&["doctor"], 1),
        "new" => Says(&["new", "declaration"], 0),
        "watch" | "lsp" | "preview" => Serves,
        "init" | "extract" | "explain" | "completions" | "docs" | "man" | "help" => ReadsNone,
        _ => return None,
    })
}

#[test]
fn every_command_that_reads_the_project_says_what_is_wrong_in_its_file() {
    let other = text().replace("We recall", "We recall again");
    for broken in [TWICE, "[check]\ndeny = [\"references\"\n", "[chekc]\n", "registries = [\"registry/none.toml\"]\n"] {
        let french = text().replace("language: en", "language: fr").replace(
            "We recall Ministerial Council Decision No. 5/11.",
            "Nous rappelons la Décision no 5/11 du Conseil ministériel.",
        );
        let files =
            [("a.en.decl", text()), ("b.en.decl", other.clone()), ("a.fr.decl", french), ("a.docx", "x".to_owned())];
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let folder = folder(&files);
        fs::write(folder.path().join("chancery.toml"), broken).expect("written");
        let help = out(&chancery(folder.path(), &["--help"]));
        let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        for command in commands.filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
            let command = command.split_whitespace().next().expect("a name");
            let does = does(command).unwrap_or_else(|| panic!("does `{command}` read the project? give it a row"));
            let Does::Says(arguments, wanted) = does else { continue };
            let run = chancery(folder.path(), arguments);
            let all = out(&run) + &said(&run);
            assert!(all.contains("chancery.toml:"), "{command} says nothing of {broken:?}:\n{all}");
            assert_eq!(code(&run), wanted, "{command} with {broken:?}:\n{all}");
        }
    }
}

#[test]
fn a_register_for_programs_has_what_is_wrong_with_the_project() {
    let folder = folder(&[("chancery.toml", TWICE), ("a.en.decl", &text())]);
    let json: serde_json::Value =
        serde_json::from_str(&out(&chancery(folder.path(), &["status", "--format", "json"]))).expect("JSON");
    let said = json["findings"][0]["message"].as_str().unwrap_or_default();
    assert!(said.starts_with("chancery.toml:4:2: `[check]` stands in line 1 already; "), "{json:#}");
}

#[test]
fn a_key_that_stands_twice_says_where_it_stands_first_and_the_cure_cures() {
    let folder = folder(&[("chancery.toml", TWICE), ("a.en.decl", &text())]);
    let checked = chancery(folder.path(), &["check"]);
    assert_eq!(code(&checked), 1);
    insta::assert_snapshot!(out(&checked));
    // As both helps say: the line goes, and one `deny` has what both said.
    let cured = "[check]\ndeny = [\"ambiguous\", \"references\"]\n\nallow = [\"open-bracket\"]\n";
    fs::write(folder.path().join("chancery.toml"), cured).expect("written");
    assert_eq!(code(&chancery(folder.path(), &["check", "--strict"])), 0);
}

#[test]
fn one_slip_in_the_project_file_is_said_once_a_run() {
    let others = ["b.en.decl", "c.en.decl"].map(|name| (name, text()));
    let broken = "registries = [\"registry/own.toml\"\n\n[check]\ndeny = [\"references\"]\n";
    let mut files = vec![("chancery.toml", broken.to_owned()), ("a.en.decl", text())];
    files.extend(others);
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = folder(&files);
    for arguments in [&["check", "--format", "concise"][..], &["build", "--to", "text", "--format", "concise", "."]] {
        let run = chancery(folder.path(), arguments);
        assert_eq!(code(&run), 1);
        assert_eq!(out(&run).lines().count(), 1, "{}", out(&run));
        assert!(out(&run).starts_with("chancery.toml:3:1: error[project-file]: this is not TOML: "), "{}", out(&run));
        let total = said(&run).lines().last().map(str::to_owned).unwrap_or_default();
        assert!(["3 files: 1 error", "3 files: 1 error; 0 written"].contains(&total.as_str()), "{}", said(&run));
    }
    // For programs each document has what keeps it from being built.
    let json: serde_json::Value =
        serde_json::from_str(&out(&chancery(folder.path(), &["check", "--format", "json"]))).expect("JSON");
    assert_eq!(json["documents"][2]["findings"].as_array().map(Vec::len), Some(1), "{json:#}");
}

/// What nobody may lower no report of an earlier check lowers either.
#[test]
fn a_baseline_accepts_nothing_that_nobody_may_lower() {
    let wrong = format!("{HEADER}1. We recall MC.DEC/99/11 and paragraph 99 of MC.DEC/5/11.\n");
    let folder = folder(&[("chancery.toml", "registries = [\"none.toml\"\n"), ("a.en.decl", &text())]);
    let run = |arguments: &[&str]| chancery(folder.path(), &[&["check"], arguments].concat());
    let keep = || fs::write(folder.path().join("bl.json"), out(&run(&["--format", "json"]))).expect("written");
    keep();
    assert_eq!(code(&run(&["--baseline", "bl.json"])), 1, "a project file that was not understood");
    fs::write(folder.path().join("a.en.decl"), &wrong).expect("written");
    assert_eq!(code(&run(&["--baseline", "bl.json"])), 1);
    fs::remove_file(folder.path().join("chancery.toml")).expect("it was there");
    // Brackets of a final text; a form that was not understood, in any text; a report of many.
    let is_final = "document: declaration\nlanguage: en\nsymbol: MC.DOC/901/26\nadopted: 2026-12-04\nstatus: final\nsilence: yes\ntitle: Text\n---\n\n";
    for text in [
        format!("{is_final}1. We [meet].\n"),
        format!("{HEADER}1. We meet {{.\n"),
        format!("{is_final}{}", "1. We [meet].\n\n".repeat(300)),
    ] {
        fs::write(folder.path().join("a.en.decl"), text).expect("written");
        keep();
        let checked = run(&["--baseline", "bl.json"]);
        assert_eq!(code(&checked), 1, "{}{}", out(&checked), said(&checked));
    }
    // What a draft may have is accepted as before.
    fs::write(folder.path().join("a.en.decl"), format!("{HEADER}1. We [meet].\n")).expect("written");
    keep();
    let checked = run(&["--strict", "--baseline", "bl.json"]);
    assert!(code(&checked) == 0 && said(&checked).contains("1 accepted by the baseline"), "{}", said(&checked));
}

#[test]
fn what_came_by_standard_input_is_called_by_its_title() {
    let run = piped(&["build", "-", "--to", "text"], text().as_bytes());
    assert_eq!(code(&run), 0, "{}", said(&run));
    assert!(said(&run).starts_with("“Draft declaration on an example”: nothing found"), "{}", said(&run));
}
