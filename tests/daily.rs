//! What a drafter meets on the first days: the project found, its register, names as
//! they are typed, tables as spreadsheets count them.

use std::fs;

use crate::command_line::{Watch, chancery, code, folder, out, said};
use crate::support::HEADER;

fn good() -> String {
    format!("{HEADER}1. We meet.\n")
}

fn decision(language: &str, number: u32, rest: &str) -> String {
    format!(
        "document: declaration\nlanguage: {language}\nsymbol: MC.DOC/{number}/20\ntitle: Archives\n---\n\n1. {rest}\n"
    )
}

#[test]
fn check_without_a_path_checks_the_project_wherever_it_runs() {
    let folder = folder(&[("p/chancery.toml", ""), ("p/drafts/a.decl", &good()), ("q/b.decl", &good())]);
    for place in ["p", "p/drafts"] {
        let checked = chancery(&folder.path().join(place), &["check"]);
        assert_eq!(code(&checked), 0);
        assert!(said(&checked).contains("a.decl: nothing found"), "{}", said(&checked));
    }
    let outside = chancery(&folder.path().join("q"), &["check"]);
    assert!(said(&outside).contains("chancery init") && said(&outside).contains("b.decl: nothing found"));
    assert_eq!(code(&chancery(folder.path(), &["build"])), 2);
}

#[test]
fn init_names_what_it_finds_and_writes_over_nothing() {
    let registry = fs::read_to_string("tests/states/registry.toml").expect("a registry");
    let folder = folder(&[("registry/own.toml", &registry), ("registry/odd.toml", "x = 1\n"), ("a.decl", &good())]);
    let made = chancery(folder.path(), &["init"]);
    assert_eq!(code(&made), 0, "{}", said(&made));
    let written = fs::read_to_string(folder.path().join("chancery.toml")).expect("a file");
    assert!(written.contains("registries = [\"registry/own.toml\"]\n"), "{written}");
    assert!(written.contains("# registry/odd.toml has faults"), "{written}");
    let checked = chancery(folder.path(), &["check"]);
    assert_eq!(code(&checked), 0, "{}{}", out(&checked), said(&checked));
    assert_eq!(code(&chancery(folder.path(), &["init"])), 2);
    let doctor = chancery(folder.path(), &["doctor"]);
    assert_eq!(code(&doctor), 0);
    assert!(out(&doctor).contains("registry/own.toml: 11 instruments, the last "), "{}", out(&doctor));
    fs::write(folder.path().join("chancery.toml"), "fonds = 1\n").expect("written");
    assert_eq!(code(&chancery(folder.path(), &["doctor"])), 1);
}

#[test]
fn the_register_has_a_row_a_text_and_says_what_is_twice_or_missing() {
    let folder = folder(&[
        ("chancery.toml", "[check]\nallow = [\"open-bracket\"]\n"),
        ("a.en.decl", &decision("en", 901, "We meet [UK: soon | US: at once]. We recall MC.DEC/5/2011.")),
        ("a.fr.decl", &decision("fr", 901, "Nous nous réunissons [GB\u{A0}: bientôt].")),
        ("b.decl", &decision("en", 904, "We meet.")),
        ("c.decl", &decision("en", 904, "We part.")),
        ("no-symbol.en.decl", &good()),
    ]);
    let status = chancery(folder.path(), &["status"]);
    assert_eq!(code(&status), 1, "what is there twice is an error");
    insta::assert_snapshot!(format!("{}---\n{}", out(&status), said(&status)));
    let json: serde_json::Value =
        serde_json::from_str(&out(&chancery(folder.path(), &["status", "--format", "json"]))).expect("JSON");
    assert_eq!(json["texts"][1]["files"][0]["open"]["by"]["GB"], 1, "{json:#}");
    let table = out(&chancery(folder.path(), &["status", "--format", "csv"]));
    assert_eq!(table.lines().count(), 6, "{table}");
}

#[test]
fn delegations_go_by_their_usual_names() {
    let names = [("UK", "GB"), ("USA", "US"), ("Türkiye", "TR"), ("Russian Federation", "RU"), ("FR/DE", "FR, DE")];
    for (typed, meant) in names.into_iter().chain([("RUS", "RU"), ("Holy See", "VA"), ("Turkiye", "TR")]) {
        let folder = folder(&[("a.decl", &format!("{HEADER}1. We meet [{typed}: at once].\n"))]);
        let found = out(&chancery(folder.path(), &["check", "a.decl"]));
        assert!(found.contains(&format!("will write `{meant}`")), "{typed}: {found}");
        chancery(folder.path(), &["check", "--fix", "--suggested", "a.decl"]);
        let text = fs::read_to_string(folder.path().join("a.decl")).expect("a text");
        assert!(text.contains(&format!("[{meant}: at once]")), "{text}");
    }
    let folder = folder(&[("a.decl", &format!("{HEADER}1. We meet [US: a | EU: b | Holy See: c] [Note: d].\n"))]);
    let found = out(&chancery(folder.path(), &["check", "a.decl"]));
    assert!(found.contains("is not agreed (US, EU, Holy See)") && !found.contains("`Note`"), "{found}");
}

#[test]
fn an_archive_says_what_leaves_the_house_and_leaves_remarks_out() {
    let text = HEADER.replace("---", "as-of: 2026-11-23\n---")
        + "// Between us.\n1. We meet\n// and this too\nagain.\n\ninclude: ./thanks.decl\n";
    let folder = folder(&[("a.decl", &text), ("thanks.decl", "// Not for others.\n#. We thank the host.\n")]);
    let at = folder.path();
    let build = ["build", "a.decl", "--edition", "archive", "-o"];
    let with = chancery(at, &[&build[..], &["with.pdf"]].concat());
    assert!(said(&with).contains("carries 3 lines of remarks, 1 text besides its own"), "{}", said(&with));
    let without = chancery(at, &[&build[..], &["without.pdf", "--no-remarks"]].concat());
    assert!(said(&without).contains("no-remarks") || said(&without).contains("other than with"), "{}", said(&without));
    assert_eq!(code(&chancery(at, &["extract", "without.pdf", "-o", "again"])), 0);
    let carried = fs::read_to_string(at.join("again/a.decl")).expect("a text");
    assert!(!carried.contains("//") && carried.contains("1. We meet\nagain.\n"), "{carried}");
    let pages = |name: &str| chancery(&at.join(name), &["build", "a.decl", "--to", "text", "-o", "-"]).stdout;
    assert_eq!(pages("."), pages("again"));
    assert_eq!(code(&chancery(at, &["build", "a.decl", "--no-remarks"])), 2);
}

#[test]
fn how_much_is_said_and_in_which_colours_can_be_chosen() {
    let folder = folder(&[("chancery.toml", ""), ("a.decl", &format!("{HEADER}2. We meet.\n"))]);
    let run = |arguments: &[&str]| chancery(folder.path(), arguments);
    assert_eq!(said(&run(&["check", "--quiet", "a.decl"])), "");
    assert!(said(&run(&["check", "-v", "a.decl"])).contains("a.decl: reads "));
    assert!(out(&run(&["check", "--color", "always", "a.decl"])).contains('\u{1B}'));
    assert!(!out(&run(&["check", "--color", "never", "a.decl"])).contains('\u{1B}'));
    let line = out(&run(&["check", "--format", "concise", "a.decl"]));
    assert!(line.trim_end().ends_with("[suggested]") && line.chars().count() <= 121, "{line}");
    let diff = run(&["fmt", "--diff", "a.decl"]);
    assert!(out(&diff).contains("\n-language: en\n") && code(&diff) == 0, "{}", out(&diff));
    assert_eq!(code(&run(&["fmt", "--diff", "--check", "a.decl"])), 1);
    assert!(fs::read_to_string(folder.path().join("a.decl")).expect("a text").contains("language: en\n"));
}

#[test]
fn shells_and_man_know_every_command() {
    let folder = folder(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(out(&chancery(folder.path(), &["completions", shell])).contains("extract"), "{shell}");
    }
    assert!(out(&chancery(folder.path(), &["man"])).contains(".TH chancery 1"));
    assert_eq!(code(&chancery(folder.path(), &["man", "-o", "pages"])), 0);
    assert!(folder.path().join("pages/chancery-check.1").is_file());
    assert!(out(&chancery(folder.path(), &["docs"])).contains("--edition archive"));
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_does_and_a_file_without_a_name_is_said_there() {
    let table = "symbol,language,title\r\n\r\nMC.DOC/901/20,en,\"A\nB\"\n\nMC.DOC/902/20,fr,C\n,en,D\n";
    let text = "document: declaration\nas-of: 2026-11-23\n---\n\n1. We meet.\n";
    let folder = folder(&[("a.decl", text), ("t.csv", table)]);
    let batch = ["build", "--to", "text", "a.decl", "--data", "t.csv", "--format", "concise", "-o"];
    let made = chancery(folder.path(), &[&batch[..], &["out/{symbol}.{language}.txt"]].concat());
    assert!(folder.path().join("out/MC.DOC-901-20.en.txt").is_file(), "{}{}", out(&made), said(&made));
    assert!(folder.path().join("out/MC.DOC-902-20.fr.txt").is_file());
    assert!(out(&made).contains("t.csv:7:1: error[missing-key]"), "{}", out(&made));
    // The row with a line break in a cell is one.
    assert!(said(&made).contains("no name for the file of row 6"), "{}", said(&made));
}

#[test]
fn what_is_wrong_in_the_text_itself_is_said_once_for_a_batch() {
    let rows: String = (901..921).map(|number| format!("MC.DOC/{number}/20\n")).collect();
    let folder = folder(&[
        ("a.decl", &format!("{HEADER}1. We value the cooperation.\n")),
        ("t.csv", &format!("symbol\n{rows}")),
    ]);
    let batch = ["--data", "t.csv", "--format", "concise", "a.decl"];
    let checked = chancery(folder.path(), &[&["check"], &batch[..]].concat());
    assert_eq!(out(&checked).matches("house-term").count(), 1, "{}", out(&checked));
    assert!(said(&checked).contains("20 warnings"), "what is said once is counted each time: {}", said(&checked));
    let built = chancery(folder.path(), &[&["build", "--to", "text", "-o", "out/{symbol}.txt"], &batch[..]].concat());
    assert_eq!(out(&built).matches("house-term").count(), 1, "{}", out(&built));
}

#[test]
fn rounds_count_though_nothing_comes_of_them() {
    let items = vec!["\"a\""; 2000].join(",");
    let template = "template: t\nabout: T.\nextends: declaration\nparams:\n  items  list of text  \"Items\"\n---\n\
         1. We meet.\n\nfor: a in items\nfor: b in items\nend:\nend:\n";
    let folder = folder(&[
        ("templates/t.decl", template),
        ("a.decl", "document: t\nlanguage: en\ntitle: T\n---\n"),
        ("d.json", &format!("{{\"items\": [{items}]}}")),
    ]);
    let checked = chancery(folder.path(), &["check", "a.decl", "--data", "d.json", "--format", "concise"]);
    assert!(out(&checked).contains("limit-reached"), "{}{}", out(&checked), said(&checked));
}

#[test]
fn bounds_hold_of_a_value_that_is_handed_on() {
    let clause = "params:\n  count  integer, 1 to 5  \"How many\"\n---\n1. We meet {count} times.\n";
    let template = "template: t\nabout: T.\nextends: declaration\nparams:\n  times  integer, 1 to 99  \"Times\"\n---\n\
         include: clauses/en/c.decl\n  count: {times}\n";
    for (times, is_good) in [(5, true), (9, false)] {
        let text = format!("document: t\nlanguage: en\ntitle: T\ntimes: {times}\n---\n");
        let folder = folder(&[("templates/t.decl", template), ("clauses/en/c.decl", clause), ("a.decl", &text)]);
        let checked = chancery(folder.path(), &["check", "a.decl", "--format", "concise"]);
        assert_eq!(code(&checked) == 0, is_good, "{times}: {}", out(&checked));
        assert!(is_good || out(&checked).contains("`count: 9` is out of bounds"), "{}", out(&checked));
    }
}

#[test]
fn the_file_that_is_named_is_the_one_that_is_read() {
    let folder = folder(&[
        ("p/chancery.toml", ""),
        ("p/a.decl", "#. We thank the host.\n"),
        ("p/sub/a.decl", &format!("{HEADER}1. We meet.\n\ninclude: a.decl\n")),
        ("p/sub/b.decl", &format!("{HEADER}1. We meet.\n\ninclude: a.decl\n")),
    ]);
    for name in ["a.decl", "b.decl"] {
        let built = chancery(&folder.path().join("p/sub"), &["build", name, "--to", "text", "-o", "-"]);
        let text = out(&built);
        assert!(text.contains("1.  We meet.") && text.contains("2.  We thank the host."), "{text}{}", said(&built));
    }
}

#[test]
fn what_new_writes_is_in_the_canonical_form() {
    let folder = folder(&[]);
    for kind in ["declaration", "pc-decision", "statement", "compilation", "journal"] {
        let name = format!("{kind}.en.decl");
        assert_eq!(code(&chancery(folder.path(), &["new", kind, "-o", &name])), 0);
        assert_eq!(code(&chancery(folder.path(), &["fmt", "--check", &name])), 0, "{kind}");
    }
    let again = chancery(folder.path(), &["new", "declaration", "-o", "declaration.en.decl"]);
    assert!(code(&again) == 2 && said(&again).contains("another name after `-o`"), "{}", said(&again));
}

/// What a table does not say nobody has read, and the line for the project's file is whole.
#[test]
fn a_table_becomes_a_registry_that_claims_no_more_and_doctor_tells_of_all_that_is_in_effect() {
    let table = "symbol,adopted,source\nMC.DEC/901/26,2026-12-04,our archive\n";
    let own = "template: mine\nabout: Ours\nextends: declaration\n---\n";
    let folder = folder(&[
        ("table.csv", table),
        ("templates/mine.decl", own),
        ("old.json", "[]"),
        ("chancery.toml", "registries = [\"registry/table.toml\"]\n[check]\nbaseline = \"old.json\"\n"),
    ]);
    let imported = chancery(folder.path(), &["registry", "import", "table.csv", "-o", "registry/more.toml"]);
    assert_eq!(code(&imported), 0, "{}", said(&imported));
    let line = "registries = [\"registry/table.toml\", \"registry/more.toml\"]";
    assert!(said(&imported).contains("1 instrument written to"), "{}", said(&imported));
    assert!(said(&imported).lines().any(|said| said.trim() == line), "{}", said(&imported));
    let written = fs::read_to_string(folder.path().join("registry/more.toml")).expect("a registry");
    assert!(!written.contains("seen"), "{written}");
    fs::rename(folder.path().join("registry/more.toml"), folder.path().join("registry/table.toml")).expect("moved");
    let shown = chancery(folder.path(), &["registry", "show", "MC.DEC/901/26"]);
    assert!(!out(&shown).contains("what was read"), "{}", out(&shown));
    let doctor = out(&chancery(folder.path(), &["doctor"]));
    for row in [
        "registry/table.toml: 1 instrument, the last MC.DEC/901/26 of 2026-12-04",
        "mine (the project’s)",
        "old.json: `chancery check` accepts",
    ] {
        assert!(doctor.contains(row), "{row}: {doctor}");
    }
}

#[test]
fn no_way_of_building_takes_the_place_of_another() {
    let folder = folder(&[("a.decl", &good()), ("b.decl", &good()), ("fonts/Own-Regular.ttf", "no font")]);
    for (more, name) in [
        (["--to", "html"].as_slice(), "a.html"),
        (["--to", "html", "--fragment"].as_slice(), "a.fragment.html"),
        (["--to", "text"].as_slice(), "a.txt"),
        (["--to", "text", "--layout", "printed"].as_slice(), "a.printed.txt"),
    ] {
        let built = chancery(folder.path(), &[&["build", "a.decl"], more].concat());
        assert!(said(&built).contains(&format!("written to {name}")), "{}", said(&built));
    }
    let all = chancery(folder.path(), &["build", "."]);
    assert!(said(&all).ends_with("2 files: nothing found; 2 written\n"), "{}", said(&all));
    // Fonts that do not do are not passed over without a word.
    let made = chancery(folder.path(), &["init"]);
    assert!(
        said(&made).contains("no font is named") && !said(&made).contains("registries and fonts"),
        "{}",
        said(&made)
    );
}

/// What is watched may come later: a text, or the first one of a folder.
#[test]
fn what_is_not_there_yet_is_waited_for_and_that_is_said() {
    for (named, words, text) in [
        ("a.decl", "waiting for `a.decl`", "a.decl"),
        ("drafts", "waiting for a document in `drafts`", "drafts/a.decl"),
    ] {
        let folder = folder(&[("drafts/notes.txt", "no text")]);
        let mut watch = Watch::of(folder.path(), named);
        watch.until(words);
        fs::write(folder.path().join(text), good()).expect("written");
        watch.until("written to");
    }
}

#[test]
fn strict_makes_errors_of_warnings_in_every_format() {
    let folder = folder(&[("a.decl", &format!("{HEADER}1. We value cooperation.\n"))]);
    for (format, shown) in [
        ("human", "error[house-term]"),
        ("concise", "error[house-term]"),
        ("json", "\"severity\": \"error\""),
        ("junit", "failures=\"1\""),
        ("github", "::error"),
        ("sarif", "\"level\": \"error\""),
    ] {
        let output = chancery(folder.path(), &["check", "--strict", "--format", format, "a.decl"]);
        assert!(code(&output) == 1 && out(&output).contains(shown), "{format}: {}", out(&output));
    }
}

#[test]
fn a_row_that_ends_early_is_said_at_its_place() {
    let table = "symbol,title\nMC.DOC/901/26,Draft on archives\nMC.DOC/902/26\n";
    let folder = folder(&[("a.decl", &good()), ("t.csv", table)]);
    let output = chancery(folder.path(), &["check", "--format", "concise", "--data", "t.csv", "a.decl"]);
    assert_eq!(code(&output), 1);
    let row = "t.csv:3:1: error[data-syntax]: row 3 has 1 of 2 cells";
    assert!(out(&output).contains(row), "{}", out(&output));
}

#[test]
fn what_was_got_back_from_an_archive_is_no_text_of_the_project() {
    let again = ("again/chancery-archive/manifest.json", "{}");
    let text = decision("en", 901, "We meet.");
    let folder = folder(&[("chancery.toml", ""), ("a.en.decl", &text), ("again/a.en.decl", &text), again]);
    let checked = chancery(folder.path(), &["check"]);
    assert!(code(&checked) == 0 && said(&checked).matches("a.en.decl").count() == 1, "{}", said(&checked));
    assert_eq!(code(&chancery(folder.path(), &["status"])), 0);
    assert!(out(&chancery(folder.path(), &["explain", "references"])).contains("nonexistent"));
}
