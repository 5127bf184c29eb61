//! The command as it is typed: output, exit codes, files.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::HEADER;

pub fn chancery(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("it runs")
}

pub fn piped(arguments: &[&str], input: &[u8]) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("input").write_all(input).expect("written");
    child.wait_with_output().expect("it ends")
}

pub fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    folder
}

fn good() -> String {
    format!("{HEADER}1. We meet.\n")
}

fn bad() -> String {
    format!("{HEADER}1. We [meet.\n")
}

#[test]
fn exit_codes_tell_good_faulty_and_failed() {
    let folder = folder(&[("good.decl", &good()), ("bad.decl", &bad()), ("warned.decl", &format!("{HEADER}2. x\n"))]);
    let run = |arguments: &[&str]| code(&chancery(folder.path(), arguments));
    assert_eq!(run(&["check", "good.decl"]), 0);
    assert_eq!(run(&["check", "bad.decl"]), 1);
    assert_eq!(run(&["check", "warned.decl"]), 0);
    assert_eq!(run(&["check", "--strict", "warned.decl"]), 1);
    assert_eq!(run(&["check", "missing.decl"]), 2);
    assert_eq!(run(&["check", "good.decl", "missing.decl", "bad.decl"]), 2);
    assert_eq!(run(&["frobnicate"]), 2);
    assert_eq!(run(&["--version"]), 0);
}

#[test]
fn findings_are_printed_and_the_summary_is_said() {
    let folder = folder(&[("bad.decl", &bad())]);
    let output = chancery(folder.path(), &["check", "--format", "concise", "bad.decl"]);
    assert!(out(&output).starts_with("bad.decl:6:7: error[unclosed-bracket]: "), "{}", out(&output));
    assert_eq!(said(&output), "bad.decl: 1 error\n");
    let human = chancery(folder.path(), &["check", "bad.decl"]);
    insta::assert_snapshot!(out(&human));
}

#[test]
fn a_build_writes_beside_the_text_or_where_it_is_told() {
    let folder = folder(&[
        ("a.decl", &good()),
        ("sub/b.decl", &good()),
        ("sub/t.decl", "template: t\nabout: T.\nseries: T.T\nletterhead: ministerial\n---\n"),
    ]);
    let at = folder.path();
    assert_eq!(code(&chancery(at, &["build", "a.decl"])), 0);
    assert!(std::fs::read(at.join("a.pdf")).expect("a PDF").starts_with(b"%PDF-1.7"));
    let output = chancery(at, &["build", "--to", "text", ".", "-o", "out/"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(at.join("out/a.txt").exists() && at.join("out/b.txt").exists() && !at.join("out/t.txt").exists());
    assert_eq!(code(&chancery(at, &["build", "sub/t.decl"])), 2);
    assert_eq!(code(&chancery(at, &["build", "a.decl", "sub/b.decl", "-o", "one.pdf"])), 2);
    std::fs::write(at.join("sub/a.decl"), good()).expect("written");
    let collision = chancery(at, &["build", "a.decl", "sub/a.decl", "-o", "out2/"]);
    assert_eq!(code(&collision), 2);
    assert!(said(&collision).contains("would both be written"));
    assert!(std::fs::read_dir(at.join("out2")).expect("the folder").next().is_none());
}

#[test]
fn a_failed_build_leaves_the_old_output_and_nothing_else() {
    let folder = folder(&[("a.decl", &bad()), ("a.pdf", "old")]);
    let at = folder.path();
    assert_eq!(code(&chancery(at, &["build", "a.decl"])), 1);
    assert_eq!(std::fs::read_to_string(at.join("a.pdf")).expect("still there"), "old");
    assert_eq!(std::fs::read_dir(at).expect("the folder").count(), 2);
    let over = chancery(at, &["build", "a.decl", "-o", "a.decl"]);
    assert_eq!((code(&over), std::fs::read_to_string(at.join("a.decl")).expect("there") == bad()), (2, true));
}

#[cfg(target_os = "linux")]
#[test]
fn no_space_left_is_said_and_nothing_is_half_written() {
    let folder = folder(&[("a.decl", &good())]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    let command = command.args(["build", "a.decl", "-o", "-"]).current_dir(folder.path()).stdout(full);
    let output = command.output().expect("it runs");
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("cannot write `standard output`: No space left"), "{}", said(&output));
    let missing = chancery(folder.path(), &["build", "a.decl", "-o", "none/a.pdf"]);
    assert!(said(&missing).contains("there is no folder `none`"), "{}", said(&missing));
}

#[test]
fn folders_for_files_and_unreadable_bytes_are_said() {
    let folder = folder(&[("a.decl/x", ""), ("latin.decl", "")]);
    std::fs::write(folder.path().join("latin.decl"), b"document: caf\xE9\n").expect("written");
    let empty = chancery(folder.path(), &["check", "a.decl"]);
    assert_eq!((code(&empty), said(&empty).contains("has no document")), (2, true));
    let latin = chancery(folder.path(), &["check", "latin.decl"]);
    assert_eq!((code(&latin), out(&latin).contains("not UTF-8")), (1, true));
}

#[test]
fn standard_input_and_output_work_as_a_pipe() {
    let built = piped(&["build", "--to", "text", "-"], good().as_bytes());
    assert!(out(&built).contains("1.  We meet."), "{}", said(&built));
    let warned = piped(&["build", "--to", "text", "-"], format!("{HEADER}3. We meet.\n").as_bytes());
    assert!(!out(&warned).contains("misnumbered") && said(&warned).contains("misnumbered"));
    let fixed = piped(&["check", "--fix", "-"], format!("{HEADER}2. it's\n").as_bytes());
    assert!(out(&fixed).ends_with("2. it’s\n"));
    let told = "-:6: write `’`\nstandard input: 1 fix applied; 1 warning; 1 suggested: `--fix --suggested`\n";
    assert!(said(&fixed).contains("warning[misnumbered]") && said(&fixed).ends_with(told), "{}", said(&fixed));
    let fixed = piped(&["check", "--fix", "--suggested", "-"], format!("{HEADER}2. it's\n").as_bytes());
    assert!(out(&fixed).ends_with("1. it’s\n"));
    assert_eq!(said(&fixed), "-:6: write `1.`\n-:6: write `’`\nstandard input: 2 fixes applied; nothing found\n");
    let formatted = piped(&["fmt", "-"], good().as_bytes());
    assert!(out(&formatted).starts_with("document:  declaration\nlanguage:  en\n"));
}

#[test]
fn fix_mends_the_file_and_reports_what_is_left() {
    let folder = folder(&[("a.decl", &format!("{HEADER}2. it's [open\n"))]);
    let output = chancery(folder.path(), &["check", "--fix", "a.decl"]);
    assert_eq!(code(&output), 1);
    let suggested = "1 suggested: `--fix --suggested`";
    let changed = "a.decl:6: write `’`\n";
    assert_eq!(said(&output), format!("{changed}a.decl: 1 fix applied; 1 error, 1 warning; {suggested}\n"));
    let text = || std::fs::read_to_string(folder.path().join("a.decl")).expect("there");
    assert!(text().ends_with("2. it’s [open\n"), "{}", text());
    let output = chancery(folder.path(), &["check", "--fix", "--suggested", "a.decl"]);
    assert_eq!((code(&output), said(&output).as_str()), (1, "a.decl:6: write `1.`\na.decl: 1 fix applied; 1 error\n"));
    assert!(text().ends_with("1. it’s [open\n"), "{}", text());
}

#[test]
fn fmt_checks_without_writing_and_leaves_what_it_does_not_understand() {
    let folder = folder(&[("a.decl", &good()), ("bad.decl", &bad())]);
    let at = folder.path();
    let check = chancery(at, &["fmt", "--check", "a.decl"]);
    assert_eq!((code(&check), out(&check).as_str()), (1, "a.decl\n"));
    assert_eq!(std::fs::read_to_string(at.join("a.decl")).expect("there"), good());
    assert_eq!(code(&chancery(at, &["fmt", "a.decl"])), 0);
    assert_eq!(code(&chancery(at, &["fmt", "--check", "a.decl"])), 0);
    assert_eq!(code(&chancery(at, &["fmt", "bad.decl"])), 1);
    assert_eq!(std::fs::read_to_string(at.join("bad.decl")).expect("there"), bad());
}

#[test]
fn new_writes_a_document_that_can_be_built_in_every_language() {
    for language in chancery::locale::Locale::tags() {
        let folder = folder(&[]);
        let at = folder.path();
        assert_eq!(code(&chancery(at, &["new", "declaration", "--language", language, "-o", "a.decl"])), 0);
        assert_eq!(code(&chancery(at, &["build", "a.decl"])), 0);
        assert_eq!(code(&chancery(at, &["new", "declaration", "-o", "a.decl"])), 2);
        // What a language has no words for is asked for.
        for kind in ["journal", "letter", "rules"] {
            let name = format!("{kind}.decl");
            assert_eq!(code(&chancery(at, &["new", kind, "--language", language, "-o", &name])), 0);
            let built = chancery(at, &["build", &name]);
            assert_eq!(code(&built), 0, "{kind} in {language}: {}", said(&built));
        }
    }
    assert_eq!(code(&chancery(Path::new("."), &["new", "memorandum"])), 2);
}

#[test]
fn explain_knows_every_code_and_debug_every_stage() {
    let list = chancery(Path::new("."), &["explain"]);
    assert_eq!(out(&list).lines().count(), chancery::diag::Code::ALL.len());
    let one = chancery(Path::new("."), &["explain", "misnumbered"]);
    insta::assert_snapshot!(out(&one));
    assert_eq!(code(&chancery(Path::new("."), &["explain", "misnumberd"])), 2);
    for stage in ["syntax", "model", "pages"] {
        let shown = chancery(Path::new("."), &["debug", "--stage", stage, "examples/asian-partners.fr.decl"]);
        assert_eq!(code(&shown), 0);
        assert!(out(&shown).contains("Asie"), "{stage}");
    }
}

/// The finding that the README shows is what is printed.
#[test]
fn the_readme_shows_what_is_printed() {
    let text = "document:  declaration\nlanguage:  en\ntitle:     Draft declaration on archives\n---\n\n1. We value the cooperation.\n";
    let folder = folder(&[("my.en.decl", text)]);
    let printed = out(&chancery(folder.path(), &["check", "my.en.decl"]));
    let readme = include_str!("../README.md");
    assert!(readme.contains(printed.trim_end()), "{printed}");
    let refs = chancery(Path::new("."), &["refs", "examples/asian-partners.fr.decl"]);
    assert!(readme.contains(&format!("```refs\n{}```", out(&refs))), "{}", out(&refs));
    for sample in readme
        .split("```text\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .filter(|s| s.starts_with("document:"))
    {
        let compilation = crate::support::compiled(sample);
        assert!(compilation.checked.is_some(), "{:?}", compilation.found);
    }
}

const LETTER: &str = "template: letter\nabout: A letter of thanks\nextends: declaration\nlanguage: en\n\
                      title: Draft letter to {name}\nparams:\n  name  text  \"Who is thanked\"\n\
                      \x20 since  integer, 1973 to 2100  \"Since when\"\n---\n1. We thank {name}, here since {since}.\n";

#[test]
fn a_table_makes_a_document_a_row_and_one_fault_stops_no_other() {
    let rows = "symbol,name,since\nMC.DOC/901/26,Albania,1991\nMC.DOC/902/26,Poland,soon\nMC.DOC/903/26,Malta,1973\n";
    let folder = folder(&[("templates/letter.decl", LETTER), ("rows.csv", rows), ("chancery.toml", "")]);
    let arguments = ["build", "templates/letter.decl", "--data", "rows.csv", "-o", "out/{symbol}.txt", "--to", "text"];
    let first = chancery(folder.path(), &arguments);
    assert_eq!(code(&first), 1, "{}{}", out(&first), said(&first));
    assert!(out(&first).contains("rows.csv:3:22") && out(&first).contains("`soon`"), "{}", out(&first));
    assert!(said(&first).contains("3 documents: 2 written, 1 with errors"), "{}", said(&first));
    let made = |name: &str| std::fs::read_to_string(folder.path().join("out").join(name));
    assert!(made("MC.DOC-901-26.txt").expect("made").contains("We thank Albania, here since 1991."));
    assert!(made("MC.DOC-902-26.txt").is_err());
    // What is up to date stays; what is mended, changed or damaged is made.
    std::fs::write(folder.path().join("rows.csv"), rows.replace("soon", "1973").replace("Malta", "Monaco"))
        .expect("written");
    let second = chancery(folder.path(), &arguments);
    assert!(said(&second).contains("3 documents: 2 written, 1 up to date"), "{}", said(&second));
    std::fs::write(folder.path().join("out/MC.DOC-901-26.txt"), "damaged").expect("written");
    let third = chancery(folder.path(), &arguments);
    assert!(said(&third).contains("1 written, 2 up to date"), "{}", said(&third));
    assert_eq!(code(&third), 0);
    // Another template, other options: all is made again.
    std::fs::write(folder.path().join("templates/letter.decl"), LETTER.replace("thank", "greet")).expect("written");
    assert!(said(&chancery(folder.path(), &arguments)).contains("3 written"));
    let strict: Vec<&str> = arguments.iter().copied().chain(["--width", "60"]).collect();
    assert!(said(&chancery(folder.path(), &strict)).contains("3 written"));
}

#[test]
fn results_stay_in_their_folder_and_each_has_a_name() {
    let rows = "symbol,name,since\n,../../evil,1991\n,con,1991\n,a:b*c?,1991\n";
    let folder = folder(&[("a/templates/letter.decl", LETTER), ("a/rows.csv", rows), ("a/chancery.toml", "")]);
    let inner = folder.path().join("a");
    let build = |data: &str, name: &str| {
        chancery(&inner, &["build", "templates/letter.decl", "--data", data, "-o", name, "--to", "text"])
    };
    let output = build("rows.csv", "out/{name}.txt");
    assert_eq!(code(&output), 0, "{}{}", out(&output), said(&output));
    let mut names: Vec<String> = std::fs::read_dir(inner.join("out"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["..-..-evil.txt", ".chancery-batch.json", "a-b-c-.txt", "con-.txt"]);
    // Two records of one name: an error before anything is written.
    let output = build("rows.csv", "two/{since}.txt");
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("row 2 and row 3 would both be written to `1991.txt`"), "{}", said(&output));
    assert!(!inner.join("two").exists());
    // A name that no value makes, a column that no parameter has, many without names.
    assert_eq!(code(&build("rows.csv", "three/{symbol}.txt")), 1);
    std::fs::write(inner.join("bad.csv"), "nam,since\nA,1991\n").expect("written");
    let output = build("bad.csv", "out/{name}.txt");
    assert!(code(&output) == 1 && out(&output).contains("did you mean `name`?"), "{}", out(&output));
    assert_eq!(code(&build("rows.csv", "out.txt")), 2);
    #[cfg(unix)]
    {
        std::fs::create_dir_all(inner.join("linked")).expect("made");
        std::os::unix::fs::symlink(folder.path(), inner.join("linked/1991")).expect("a link");
        let output = build("rows.csv", "linked/{since}/{name}.txt");
        assert!(code(&output) == 2 && said(&output).contains("lies outside"), "{}", said(&output));
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[test]
fn values_are_set_one_by_one() {
    let folder = folder(&[("templates/letter.decl", LETTER), ("one.json", "{\"name\": \"Malta\", \"since\": 1973}")]);
    let build = |more: &[&str]| {
        let arguments = ["build", "templates/letter.decl", "--to", "text", "-o", "-"];
        chancery(folder.path(), &arguments.iter().chain(more).copied().collect::<Vec<_>>())
    };
    let output = build(&["--set", "name=Albania; and others", "--set", "since=1991"]);
    assert!(
        out(&output).contains("We thank Albania; and others, here since 1991."),
        "{}{}",
        out(&output),
        said(&output)
    );
    let output = build(&["--data", "one.json", "--set", "name=Monaco"]);
    assert!(out(&output).contains("We thank Monaco, here since 1973."), "{}", out(&output));
    let output = build(&["--set", "name"]);
    assert_eq!((code(&output), out(&output).contains("--set name=value")), (1, true), "{}", out(&output));
    let output = build(&["--set", "since=soon", "--set", "name=X"]);
    assert!(code(&output) == 1 && said(&output).contains("`soon`"), "{}", said(&output));
    // A template by itself is checked; without values it makes no pages.
    assert_eq!(code(&chancery(folder.path(), &["check", "templates/letter.decl"])), 0);
    assert_eq!(code(&chancery(folder.path(), &["build", "templates/letter.decl"])), 2);
    assert_eq!(code(&chancery(folder.path(), &["check", "templates/letter.decl", "--data", "one.json"])), 0);
}

#[test]
fn a_first_document_of_a_template_takes_values_and_leaves_gaps() {
    let folder = folder(&[("templates/letter.decl", LETTER), ("chancery.toml", "")]);
    let new = |more: &[&str]| {
        let arguments = ["new", "letter"];
        chancery(folder.path(), &arguments.iter().chain(more).copied().collect::<Vec<_>>())
    };
    let output = new(&["-o", "my.en.decl", "--set", "since=1991"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let checked = chancery(folder.path(), &["check", "my.en.decl", "--format", "concise"]);
    assert!(out(&checked).contains("placeholder") && code(&checked) == 0, "{}", out(&checked));
    let output = new(&["--set", "since=1900"]);
    assert!(code(&output) == 2 && said(&output).contains("from 1973 to 2100"), "{}", said(&output));
    assert_eq!(code(&new(&["--set", "sinc=1991"])), 2);
    for kind in ["declaration", "decision", "ministerial-statement", "partnership-declaration", "compilation"] {
        let text = chancery(folder.path(), &["new", kind]);
        assert_eq!(code(&text), 0, "{}", said(&text));
        std::fs::write(folder.path().join("first.decl"), out(&text)).expect("written");
        let checked = chancery(folder.path(), &["check", "first.decl"]);
        assert_eq!(code(&checked), 0, "{kind}: {}", out(&checked));
    }
}

/// `chancery watch` of a text in a folder, as flowed text; killed when it goes.
pub struct Watch {
    child: std::process::Child,
    lines: std::io::Lines<std::io::BufReader<std::process::ChildStderr>>,
}

impl Watch {
    pub fn of(folder: &Path, named: &str) -> Watch {
        let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
            .args(["watch", named, "--to", "text"])
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let said = child.stderr.take().expect("its words");
        Watch { child, lines: std::io::BufRead::lines(std::io::BufReader::new(said)) }
    }

    /// Reads until it says these words.
    pub fn until(&mut self, words: &str) {
        let found = self.lines.by_ref().map_while(Result::ok).any(|line| line.contains(words));
        assert!(found, "it never said `{words}`");
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.child.kill().expect("it is ended");
        self.child.wait().expect("it ended");
    }
}

#[test]
fn what_changes_is_built_again_and_a_bad_text_keeps_the_last_good_result() {
    let letter = "document: letter\nlanguage: en\nname: Albania\nsince: 1991\n---\n";
    let folder = folder(&[("templates/letter.decl", LETTER), ("a.decl", letter), ("chancery.toml", "")]);
    let mut watch = Watch::of(folder.path(), "a.decl");
    let result = || std::fs::read_to_string(folder.path().join("a.txt")).expect("made");
    watch.until("written to");
    assert!(result().contains("here since 1991"));
    std::fs::write(folder.path().join("templates/letter.decl"), LETTER.replace("here since", "with us since"))
        .expect("written");
    watch.until("changed:");
    watch.until("written to");
    assert!(result().contains("with us since 1991"));
    std::fs::write(folder.path().join("a.decl"), letter.replace("1991", "soon")).expect("written");
    watch.until("nothing written");
    assert!(result().contains("with us since 1991"));
    std::fs::write(folder.path().join("a.decl"), letter.replace("1991", "1992")).expect("written");
    watch.until("written to");
    assert!(result().contains("with us since 1992"));
}

#[test]
fn a_press_edition_takes_the_projects_condition_and_says_what_it_cannot_have() {
    let dated = HEADER.replace("---", "as-of: 2026-11-23\n---") + "1. x\n";
    let press = |profile: &str| {
        format!("[press]\nprofile = \"{profile}\"\ncondition = \"Our press\"\ninfo = \"Black on our paper\"\n")
    };
    let folder = folder(&[("a.decl", &dated), ("b.decl", &good()), ("none.icc", "nothing"), ("chancery.toml", "")]);
    let at = folder.path();
    let build = |more: &[&str]| chancery(at, &[&["build", "a.decl", "--edition", "press"], more].concat());
    assert_eq!(code(&build(&[])), 0);
    assert!(std::fs::read(at.join("a.press.pdf")).expect("a PDF").starts_with(b"%PDF-1.6"));
    let profile = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/icc/FOGRA39L_coated.icc");
    std::fs::copy(profile, at.join("own.icc")).expect("copied");
    std::fs::write(at.join("chancery.toml"), press("own.icc")).expect("written");
    assert_eq!(code(&build(&["--bleed", "3", "--marks"])), 0);
    let file = lopdf::Document::load(at.join("a.press.pdf")).expect("a PDF");
    let intents = file.catalog().and_then(|catalog| catalog.get(b"OutputIntents")).expect("intents");
    let intent = intents.as_array().expect("a list")[0].as_dict().expect("an intent");
    assert_eq!(crate::pdf::text_string(intent.get(b"OutputConditionIdentifier").expect("a name")), "Our press");
    assert!(!intent.has(b"RegistryName"));

    let undated = chancery(at, &["build", "b.decl", "--edition", "press"]);
    assert_eq!(code(&undated), 2);
    assert!(said(&undated).contains("b.decl: a press edition needs a date"), "{}", said(&undated));
    assert!(said(&chancery(at, &["build", "a.decl", "--bleed", "3"])).contains("add `--edition press`"));
    assert!(said(&build(&["--to", "text"])).contains("only a PDF has editions"));
    assert!(said(&build(&["--bleed", "-3"])).contains("millimetres from 0 to 50"));
    for (path, reason) in [("none.icc", "no ICC profile"), (profile, "outside"), ("missing.icc", "cannot find")] {
        std::fs::write(at.join("chancery.toml"), press(path)).expect("written");
        let output = build(&[]);
        assert_eq!(code(&output), 2);
        assert!(said(&output).contains(reason), "{}", said(&output));
    }
    std::fs::write(at.join("chancery.toml"), "[press]\nprofil = \"own.icc\"\n").expect("written");
    let findings = chancery(at, &["check", "a.decl", "--format", "concise"]);
    assert_eq!(code(&findings), 1);
    assert!(
        out(&findings).contains("chancery.toml:2:1: error[project-file]: a printing condition has no key `profil`")
    );
    assert!(out(&findings).contains("the printing condition has no `condition`"));
}

/// A date that is printed nowhere comes from the text, or from whoever builds
/// it, and never from the clock.
#[test]
fn dates_come_from_the_text_or_from_source_date_epoch() {
    let dated = HEADER.replace("---", "as-of: 2026-11-23\n---") + "1. x\n";
    let folder = folder(&[("dated.decl", &dated), ("undated.decl", &good())]);
    let created = |name: &str, epoch: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(["build", name, "-o", "out.pdf"]).current_dir(folder.path()).env_remove("SOURCE_DATE_EPOCH");
        epoch.map(|epoch| command.env("SOURCE_DATE_EPOCH", epoch));
        assert_eq!(code(&command.output().expect("it runs")), 0);
        let file = lopdf::Document::load(folder.path().join("out.pdf")).expect("a PDF");
        let information = file.trailer.get(b"Info").and_then(lopdf::Object::as_reference).expect("information");
        file.get_dictionary(information).expect("information").get(b"CreationDate").ok().map(crate::pdf::text_string)
    };
    assert_eq!(created("dated.decl", None).as_deref(), Some("D:20261123000000Z"));
    assert_eq!(created("dated.decl", Some("86400")).as_deref(), Some("D:20261123000000Z"));
    assert_eq!(created("undated.decl", Some("86400")).as_deref(), Some("D:19700102000000Z"));
    assert_eq!(created("undated.decl", None), None);
}

#[test]
fn an_archive_edition_carries_what_it_was_made_of_and_is_built_again_to_the_byte() {
    let text =
        HEADER.replace("---", "as-of: 2026-11-23\n---") + "1. We recall MC.DEC/4/07.\n\ninclude: ./thanks.decl\n";
    let folder = folder(&[
        ("p/chancery.toml", ""),
        ("p/drafts/a.decl", &text),
        ("p/drafts/thanks.decl", "#. We thank the host.\n"),
    ]);
    let at = folder.path();
    let build = |from: &Path, path: &str, to: &str| {
        let to = at.join(to);
        let output = chancery(from, &["build", path, "--edition", "archive", "-o", to.to_str().expect("UTF-8")]);
        assert_eq!(code(&output), 0, "{}{}", said(&output), out(&output));
        std::fs::read(to).expect("a PDF")
    };
    let first = build(at, "p/drafts/a.decl", "first.pdf");
    // Wherever it is built from, it is the same.
    assert_eq!(first, build(&at.join("p/drafts"), "a.decl", "second.pdf"));
    let output = chancery(at, &["extract", "first.pdf", "-o", "again"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("`drafts/a.decl` builds the same bytes again"), "{}", said(&output));
    for path in ["drafts/a.decl", "drafts/thanks.decl", "chancery.toml"] {
        let (own, carried) = (std::fs::read(at.join("p").join(path)), std::fs::read(at.join("again").join(path)));
        assert_eq!(own.expect("a file"), carried.expect("a file"));
    }
    let manifest = std::fs::read_to_string(at.join("again/chancery-archive/manifest.json")).expect("a manifest");
    assert!(
        manifest.contains("\"judged-at\": \"2026-11-23\"") && manifest.contains("\"series\": \"MC.DEC\""),
        "{manifest}"
    );
    let cited = std::fs::read_to_string(at.join("again/chancery-archive/cited.toml")).expect("entries");
    assert!(cited.contains("symbol = \"MC.DEC/4/07\""));
    // What was got back is a project that builds the same.
    assert_eq!(first, build(&at.join("again"), "drafts/a.decl", "third.pdf"));
    // Nothing that is there is written over.
    let output = chancery(at, &["extract", "first.pdf", "-o", "p"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("the folder is not empty"));
    // Without a folder nothing is written.
    assert_eq!(code(&chancery(at, &["extract", "first.pdf"])), 0);

    let screen = chancery(at, &["build", "p/drafts/a.decl", "-o", "screen.pdf"]);
    assert_eq!(code(&screen), 0);
    let output = chancery(at, &["extract", "screen.pdf"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("only an archive edition does"), "{}", said(&output));
    assert_eq!(code(&chancery(at, &["extract", "p/drafts/a.decl"])), 2);
    let output = piped(&["build", "-", "--edition", "archive", "-o", "x.pdf"], good().as_bytes());
    assert!(said(&output).contains("below the project's folder"), "{}", said(&output));
}

#[test]
fn an_archive_edition_of_a_record_carries_its_values() {
    let text = std::fs::read_to_string("examples/asian-partners-from-template.fr.decl").expect("an example");
    let text: String = text
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("anniversary:") && !line.starts_with("symbol:"))
        .collect();
    let table = "symbol,anniversary\nMC.DOC/901/20,25\nMC.DOC/902/20,30\n";
    let folder = folder(&[("a.decl", &text), ("rows.csv", table)]);
    let at = folder.path();
    let build = ["build", "a.decl", "--data", "rows.csv", "--edition", "archive", "-o", "out/{symbol}.pdf"];
    let output = chancery(at, &build);
    assert_eq!(code(&output), 0, "{}{}", out(&output), said(&output));
    for name in ["MC.DOC-901-20", "MC.DOC-902-20"] {
        let output = chancery(at, &["extract", &format!("out/{name}.pdf"), "-o", name]);
        assert_eq!(code(&output), 0, "{}", said(&output));
        assert!(said(&output).contains("builds the same bytes again"));
        let values = std::fs::read_to_string(at.join(name).join("chancery-archive/values.json")).expect("values");
        assert!(values.contains("\"anniversary\""), "{values}");
    }
}

#[test]
fn an_archive_edition_names_the_projects_fonts_and_carries_none() {
    let project =
        "[fonts]\nregular = \"own/R.ttf\"\nbold = \"own/B.ttf\"\nitalic = \"own/B.ttf\"\nbold-italic = \"own/B.ttf\"\n";
    let text = HEADER.replace("---", "as-of: 2026-11-23\n---") + "1. We have met.\n";
    let folder = folder(&[("p/chancery.toml", project), ("p/a.decl", &text), ("p/own/none", ""), ("elsewhere/x", "")]);
    let at = folder.path();
    let font = |name: &str| std::fs::read(format!("assets/fonts/LiberationSerif-{name}.ttf")).expect("a font");
    std::fs::write(at.join("p/own/R.ttf"), font("Regular")).expect("written");
    std::fs::write(at.join("p/own/B.ttf"), font("Bold")).expect("written");
    let output = chancery(at, &["build", "p/a.decl", "--edition", "archive", "-o", "a.pdf"]);
    assert_eq!(code(&output), 0, "{}{}", said(&output), out(&output));
    // Where the fonts are it builds again, where they are not it says so.
    let output = chancery(&at.join("p"), &["extract", "../a.pdf"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let output = chancery(at, &["extract", "a.pdf", "--project", "p", "-o", "again"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(at.join("again/a.decl").is_file() && !at.join("again/own").exists());
    let output = chancery(at, &["extract", "a.pdf", "--project", "elsewhere"]);
    assert_eq!(code(&output), 1);
    let line = "the font `own/R.ttf` is not in the project `elsewhere`, and no archive carries a project's fonts; say by \
                `--project` where it is";
    assert!(said(&output).contains(line), "{}", said(&output));
    std::fs::write(at.join("p/own/R.ttf"), font("Italic")).expect("written");
    let output = chancery(at, &["extract", "a.pdf", "--project", "p"]);
    assert_eq!(code(&output), 1);
    assert!(said(&output).contains("the font `own/R.ttf` in the project `p` is another one"), "{}", said(&output));
}

#[test]
fn a_batch_is_made_again_when_a_font_is_another_one() {
    let project = "[fonts]\nregular = \"R.ttf\"\nbold = \"R.ttf\"\nitalic = \"R.ttf\"\nbold-italic = \"R.ttf\"\n";
    let text = HEADER.to_owned() + "1. We have met.\n";
    let rows = "symbol\nMC.DOC/901/26\nMC.DOC/902/26\n";
    let folder = folder(&[("chancery.toml", project), ("a.decl", &text), ("rows.csv", rows)]);
    let at = folder.path();
    let font = |name: &str| {
        let from = format!("assets/fonts/LiberationSerif-{name}.ttf");
        std::fs::copy(from, at.join("R.ttf")).expect("a font");
    };
    let build = || said(&chancery(at, &["build", "a.decl", "--data", "rows.csv", "-o", "out/{symbol}.pdf"]));
    font("Regular");
    assert!(build().contains("2 documents: 2 written"), "{}", build());
    assert!(build().contains("2 up to date"), "{}", build());
    font("Bold");
    assert!(build().contains("2 documents: 2 written"), "{}", build());
}

#[test]
fn what_a_hostile_pdf_carries_stays_in_its_folder() {
    let folder = folder(&[("a.decl", &(HEADER.replace("---", "as-of: 2026-11-23\n---") + "1. x\n"))]);
    let at = folder.path();
    assert_eq!(code(&chancery(at, &["build", "a.decl", "--edition", "archive"])), 0);
    let good = lopdf::Document::load(at.join("a.archive.pdf")).expect("a PDF");
    let specification = |file: &mut lopdf::Document| {
        let list = file.catalog().and_then(|catalog| catalog.get(b"AF")).and_then(lopdf::Object::as_array);
        list.expect("attachments").first().and_then(|first| first.as_reference().ok()).expect("a reference")
    };
    for name in ["../out.decl", "/tmp/out.decl", "a/../../out.decl", "C:out.decl", "..\\out.decl", "", "a//b"] {
        let mut file = good.clone();
        let id = specification(&mut file);
        file.get_dictionary_mut(id).expect("a file").set("UF", lopdf::Object::string_literal(name));
        file.save(at.join("bad.pdf")).expect("written");
        let output = chancery(at, &["extract", "bad.pdf", "-o", "out"]);
        assert_eq!(code(&output), 2, "{name}");
        assert!(said(&output).contains("outside of the folder"), "{name}: {}", said(&output));
        assert!(!at.join("out").exists());
    }
    // A text that was changed is said to be so, and so is one that is gone.
    let mut file = good.clone();
    let id = specification(&mut file);
    let stream = file.get_dictionary(id).and_then(|file| file.get(b"EF")).and_then(lopdf::Object::as_dict);
    let stream = stream.and_then(|files| files.get(b"F")).and_then(lopdf::Object::as_reference).expect("a stream");
    let stream = file.get_object_mut(stream).and_then(lopdf::Object::as_stream_mut).expect("a stream");
    stream.dict.remove(b"Filter");
    stream.set_content(b"another text".to_vec());
    file.save(at.join("changed.pdf")).expect("written");
    let output = chancery(at, &["extract", "changed.pdf"]);
    assert_eq!(code(&output), 1, "{}", said(&output));
    assert!(said(&output).contains("was changed after it was made"), "{}", said(&output));
    // A file that is no longer the one that was made, though it carries the same.
    let mut file = good.clone();
    file.save(at.join("saved.pdf")).expect("written");
    let output = chancery(at, &["extract", "saved.pdf"]);
    assert_eq!(code(&output), 1);
    assert!(said(&output).contains("builds another PDF"), "{}", said(&output));
}
