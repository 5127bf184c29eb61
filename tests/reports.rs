//! Findings and references in the forms that other programs read.

use std::process::Command;

use serde_json::Value;

use crate::command_line::{chancery, code, folder, out, said};
use crate::support::HEADER;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Two findings with a fix and one without, in a file whose name needs
/// escaping everywhere.
const NAME: &str = "dr,aft <1>: é%.decl";

fn faulty() -> String {
    format!(
        "{HEADER}1. We recall Decision No. 3/11, MC.D EC/5/11 and “cooperation”\u{7};\n\n2. We value cooperation.\n"
    )
}

#[test]
fn json_stays_valid_whatever_happens() {
    let folder = folder(&[(NAME, &faulty()), ("good.decl", &format!("{HEADER}1. We recall MC.DEC/5/11.\n"))]);
    let run = chancery(folder.path(), &["check", "--format", "json", NAME, "good.decl", "missing.decl"]);
    assert_eq!(code(&run), 2);
    let report = json(&out(&run));
    let documents = report["documents"].as_array().expect("documents");
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[0]["file"], NAME);
    let codes: Vec<&str> =
        documents[0]["findings"].as_array().expect("findings").iter().filter_map(|f| f["code"].as_str()).collect();
    assert_eq!(codes, ["ambiguous", "malformed", "control-character", "house-term"]);
    let malformed = &documents[0]["findings"][1];
    assert_eq!(malformed["fix"]["edits"][0]["text"], "MC.DEC/5/11");
    let span = &malformed["place"]["span"];
    let (start, end) = (span["start"].as_u64().expect("a byte"), span["end"].as_u64().expect("a byte"));
    assert_eq!(&faulty()[start as usize..end as usize], "MC.D EC/5/11");
    assert_eq!(documents[1]["references"]["valid"], 1);
    assert!(documents[2]["failure"].as_str().is_some_and(|why| why.contains("missing.decl")));
}

#[test]
fn sarif_names_its_rules_places_and_fixes() {
    let folder = folder(&[(NAME, &faulty())]);
    let run = chancery(folder.path(), &["check", "--format", "sarif", NAME, "missing.decl"]);
    let log = json(&out(&run));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .filter_map(|rule| rule["id"].as_str())
        .collect();
    for result in run["results"].as_array().expect("results") {
        assert!(rules.contains(&result["ruleId"].as_str().expect("a rule")));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "dr%2Caft%20%3C1%3E%3A%20%C3%A9%25.decl");
        assert!(place["region"]["startLine"].as_u64() >= Some(1));
    }
    assert_eq!(
        run["results"][1]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        "MC.DEC/5/11"
    );
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

/// The schema lies where `.ci/run` put it.
#[test]
#[ignore = "needs check-jsonschema and the SARIF schema"]
fn sarif_is_valid_against_its_schema() {
    let schema = std::env::var("SARIF_SCHEMA").expect("SARIF_SCHEMA names the schema");
    let folder = folder(&[(NAME, &faulty()), ("good.decl", &format!("{HEADER}1. We meet.\n"))]);
    for files in [vec![NAME], vec!["good.decl"], vec![NAME, "good.decl", "missing.decl"]] {
        let run = chancery(folder.path(), &[&["check", "--format", "sarif"], files.as_slice()].concat());
        let log = folder.path().join("log.sarif");
        std::fs::write(&log, out(&run)).expect("written");
        let check = Command::new("check-jsonschema")
            .args(["--regex-variant", "python", "--schemafile"])
            .arg(&schema)
            .arg(&log)
            .output()
            .expect("it runs");
        assert!(check.status.success(), "{}{}", out(&check), said(&check));
    }
}

#[test]
fn github_annotations_are_one_line_each() {
    let folder = folder(&[(NAME, &faulty())]);
    let run = chancery(folder.path(), &["check", "--format", "github", NAME]);
    let text = out(&run);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(
        lines[1].starts_with(
            "::error file=dr%2Caft <1>%3A é%25.decl,line=6,endLine=6,col=33,endColumn=45,title=malformed::`MC.D EC/5/11` is not"
        ),
        "{}",
        lines[1]
    );
    assert!(lines.iter().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")));
}

#[test]
fn junit_is_xml_with_a_failure_for_each_error() {
    let folder = folder(&[(NAME, &faulty()), ("good.decl", &format!("{HEADER}1. We meet.\n"))]);
    let run = chancery(folder.path(), &["check", "--format", "junit", NAME, "good.decl", "missing.decl"]);
    let text = out(&run);
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut failures, mut errors, mut cases) = (0, 0, 0);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {text}")) {
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    attribute.unwrap_or_else(|error| panic!("{error}: {text}"));
                }
                match tag.name().as_ref() {
                    b"failure" => failures += 1,
                    b"error" => errors += 1,
                    b"testcase" => cases += 1,
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((cases, failures, errors), (6, 2, 1), "{text}");
}

#[test]
fn a_baseline_accepts_what_was_there_and_nothing_new() {
    let old = format!("{HEADER}1. We recall Decision No. 3/11, MC.D EC/5/11.\n");
    let folder = folder(&[("a.decl", &old)]);
    let report = chancery(folder.path(), &["check", "--format", "json", "a.decl"]);
    std::fs::write(folder.path().join("old.json"), report.stdout).expect("written");
    let run = |arguments: &[&str]| chancery(folder.path(), arguments);
    let accepted = run(&["check", "--baseline", "old.json", "--strict", "./a.decl"]);
    assert_eq!(code(&accepted), 0, "{}", out(&accepted));
    assert!(said(&accepted).contains("2 accepted by the baseline"), "{}", said(&accepted));
    // The lines move; one more of the same kind is new.
    let grown = old.replace("1. We", "1. We meet.\n\n2. We") + "\n3. We recall Decision No. 3/11 again.\n";
    std::fs::write(folder.path().join("a.decl"), grown).expect("written");
    let new = run(&["check", "--baseline", "old.json", "--strict", "--format", "concise", "a.decl"]);
    assert_eq!(code(&new), 1);
    assert_eq!(out(&new).lines().count(), 1, "{}", out(&new));
    for (name, text) in [("no.json", "{"), ("other.json", "{}")] {
        std::fs::write(folder.path().join(name), text).expect("written");
        assert_eq!(code(&run(&["check", "--baseline", name, "a.decl"])), 2, "{name}");
    }
    assert_eq!(code(&run(&["check", "--baseline", "missing.json", "a.decl"])), 2);
}

#[test]
fn references_are_listed_in_every_form() {
    let text = format!("{HEADER}1. We recall paragraph 3 of MC.DEC/5/11 and\nDecision No. 3/11 “x”.\n");
    let other = format!("{HEADER}1. We recall MC.DEC/5/11 and Ministerial Council Decisions No. 4/07 and 4/07.\n");
    let folder = folder(&[("a.decl", &text), ("sub/b.decl", &other)]);
    let refs = |arguments: &[&str]| {
        let run = chancery(folder.path(), &[&["refs", "--as-of", "2026-11-23"], arguments].concat());
        assert_eq!(code(&run), 0, "{}", said(&run));
        out(&run)
    };
    insta::assert_snapshot!("refs_text", refs(&["."]));
    insta::assert_snapshot!("refs_json", refs(&["--format", "json", "a.decl"]));
    insta::assert_snapshot!("refs_csv", refs(&["--format", "csv", "."]));
    insta::assert_snapshot!("refs_dot", refs(&["--format", "dot", "."]));
    insta::assert_snapshot!("refs_mermaid", refs(&["--format", "mermaid", "."]));
    insta::assert_snapshot!("refs_cited_by", refs(&["--cited-by", "MC.DEC/4/07", "."]));
}

#[test]
fn a_table_becomes_a_registry_of_the_project() {
    let table = "symbol,adopted,title.en,source\nMC.DEC/901/26,2026-02-01,An example of our own,an example\n";
    let text = format!("{HEADER}1. We recall MC.DEC/901/26.\n");
    let folder = folder(&[("table.csv", table), ("a.decl", &text), ("bad.csv", "symbol,source\nMC.DEC,x\n")]);
    let run = |arguments: &[&str]| chancery(folder.path(), arguments);
    assert!(out(&run(&["check", "a.decl"])).contains("unverified"));
    assert_eq!(code(&run(&["registry", "import", "bad.csv"])), 1);
    assert!(!folder.path().join("registry").exists());
    let import = run(&["registry", "import", "table.csv"]);
    assert_eq!(code(&import), 0, "{}", said(&import));
    let check = run(&["check", "--strict", "--as-of", "2026-11-23", "a.decl"]);
    assert_eq!((code(&check), out(&check).as_str()), (0, ""), "{}", said(&check));
    assert!(out(&run(&["registry", "show", "MC.DEC/901/26"])).contains("An example of our own"));
    assert!(out(&run(&["registry", "search", "example", "own"])).contains("MC.DEC/901/26"));
    assert!(out(&run(&["registry", "list", "MC.DEC"])).contains("MC.DEC/901/26"));
    assert_eq!(code(&run(&["registry", "validate"])), 0);
    assert_eq!(code(&run(&["registry", "validate", "bad.csv"])), 1);
    assert_eq!(code(&run(&["registry", "import", "table.csv"])), 2);
    assert_eq!(code(&run(&["registry", "show", "MC.DEC/999/26"])), 2);
    // A broken registry ends the check, however good the text is.
    std::fs::write(folder.path().join("registry/table.toml"), "[[instrument]]\nsymbol = \"MC.DEC\"\n")
        .expect("written");
    let broken = run(&["check", "--format", "concise", "a.decl"]);
    assert_eq!(code(&broken), 1);
    assert!(out(&broken).contains("registry/table.toml:2:10: error[registry-entry]"), "{}", out(&broken));
}

/// The texts, commands and results of `docs/ci.md`, as a new user types them.
#[test]
fn the_page_on_checks_shows_what_happens() {
    let page = include_str!("../docs/ci.md");
    let block = |kind: &str| -> String {
        let start = page.find(&format!("```{kind}\n")).expect("a block") + kind.len() + 4;
        page[start..start + page[start..].find("```").expect("its end")].to_owned()
    };
    let folder = folder(&[("drafts/archives.en.decl", &block("decl"))]);
    let run = |arguments: &[&str]| chancery(folder.path(), arguments);
    let good = run(&["check", "drafts"]);
    assert_eq!((code(&good), said(&good)), (0, block("summary")), "{}", out(&good));
    // A number that nobody knows is red in the ways alone that the page names.
    let unknown = block("decl").replace("No. 5/11", "No. 55/11");
    std::fs::write(folder.path().join("drafts/archives.en.decl"), unknown).expect("written");
    let green = run(&["check", "drafts"]);
    assert_eq!((code(&green), out(&green).lines().next()), (0, block("unknown").lines().next()));
    assert_eq!(code(&run(&["check", "--strict", "drafts"])), 1);
    assert_eq!(code(&run(&["check", "--deny", "unverified", "drafts"])), 1);
    // What `init` writes, and what takes its place.
    assert_eq!(code(&run(&["init"])), 0);
    assert_eq!(code(&run(&["check"])), 0);
    let weights = page.split("## 5. ").nth(1).and_then(|rest| rest.split("```toml\n").nth(1)).expect("a block");
    let weights = weights.split("```").next().expect("its end");
    std::fs::write(folder.path().join("chancery.toml"), weights).expect("written");
    assert_eq!(code(&run(&["check"])), 0, "{}", out(&run(&["check"])));
    std::fs::write(folder.path().join("chancery.toml"), weights.replace("warn =", "# warn =")).expect("written");
    assert_eq!(code(&run(&["check"])), 1);
    std::fs::remove_file(folder.path().join("chancery.toml")).expect("it was there");
    let wrong = block("decl").replace("No. 5/11", "No. 5/2011");
    std::fs::write(folder.path().join("drafts/archives.en.decl"), wrong).expect("written");
    let bad = run(&["check", "drafts"]);
    let shown: Vec<String> = out(&bad).lines().map(|line| line.trim_end().to_owned()).collect();
    assert_eq!((code(&bad), shown.join("\n").trim()), (1, block("finding").trim()));
    let shown = run(&["check", "--fix", "--suggested", "--diff", "drafts"]);
    assert_eq!(code(&shown), 1);
    assert!(out(&shown).contains("\n+1. We recall Ministerial Council Decision No. 5/11 and"), "{}", out(&shown));
    assert_eq!(code(&run(&["check", "--fix", "drafts"])), 1, "a number is not changed without asking");
    assert_eq!(code(&run(&["check", "--fix", "--suggested", "drafts"])), 0);
    assert_eq!(std::fs::read_to_string(folder.path().join("drafts/archives.en.decl")).expect("a text"), block("decl"));
}

/// The shell steps of `action.yml`, in their order, with a runner's variables.
#[test]
#[ignore = "needs bash"]
fn the_action_turns_red_on_a_wrong_reference() {
    let steps = steps(include_str!("../action.yml"));
    // Of no tag, so that it is built: as the tests are, since a release takes minutes.
    assert_eq!(steps.len(), 3);
    assert!(steps[1].contains("cargo build --release ") && steps[2].contains("target/release/chancery"));
    let steps = steps
        .iter()
        .map(|step| step.replace("cargo build --release ", "cargo build ").replace("target/release/", "target/debug/"));
    let steps: Vec<String> = steps.collect();
    let action = std::env::current_dir().expect("the checkout");
    let folder = folder(&[
        ("texts/good file.decl", &format!("{HEADER}1. We recall MC.DEC/5/11.\n")),
        ("bad/wrong.decl", &format!("{HEADER}1. We recall MC.D EC/5/11.\n")),
    ]);
    let path = |name: &str| folder.path().join(name);
    let run = |files: &str, strict: &str| {
        for name in ["output", "summary", "log.sarif"] {
            std::fs::write(path(name), "").expect("written");
        }
        let mut last = None;
        for step in &steps {
            let run = Command::new("bash")
                .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step])
                .current_dir(folder.path())
                .env("GITHUB_ACTION_PATH", &action)
                .env("RUNNER_TEMP", folder.path())
                .env("GITHUB_OUTPUT", path("output"))
                .env("GITHUB_STEP_SUMMARY", path("summary"))
                .envs([
                    ("REF", "main"),
                    ("FILES", files),
                    ("STRICT", strict),
                    ("AS_OF", "2026-11-23"),
                    ("BASELINE", ""),
                    ("SARIF", "log.sarif"),
                    ("BUILD", "pdf, docx"),
                ])
                .output()
                .expect("bash runs");
            last = Some(run);
        }
        last.expect("a step")
    };
    let read = |name: &str| std::fs::read_to_string(path(name)).expect("a file");
    let good = run("texts/good file.decl\n", "true");
    assert_eq!(code(&good), 0, "{}{}", out(&good), said(&good));
    assert!(read("summary").contains("1 valid"), "{}", read("summary"));
    let bad = run("texts\nbad\n", "false");
    assert_eq!(code(&bad), 1);
    assert!(out(&bad).contains("::error file=bad/wrong.decl,line=6"), "{}", out(&bad));
    assert!(read("output").contains("report="));
    assert_eq!(json(&read("chancery.json"))["documents"].as_array().map(Vec::len), Some(2));
    assert_eq!(json(&read("log.sarif"))["version"], "2.1.0");
    // What has no errors is built, for the printer and for Word.
    assert!(read("output").contains("built="));
    let built = std::fs::read_dir(path("chancery-built")).expect("a folder").flatten();
    let mut names: Vec<String> = built.map(|entry| entry.file_name().display().to_string()).collect();
    names.sort();
    assert_eq!(names, ["good file.docx", "good file.pdf"]);
}

/// The `run:` blocks of an action, without their indentation.
fn steps(action: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut lines = action.lines().peekable();
    while let Some(line) = lines.next() {
        if !line.trim_end().ends_with("run: |") {
            continue;
        }
        let indent = lines.peek().map_or(0, |first| first.len() - first.trim_start().len());
        let mut step = String::new();
        while let Some(line) =
            lines.next_if(|line| line.trim().is_empty() || line.len() - line.trim_start().len() >= indent)
        {
            step.push_str(line.get(indent..).unwrap_or_default());
            step.push('\n');
        }
        steps.push(step);
    }
    steps
}
