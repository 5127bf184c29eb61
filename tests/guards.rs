//! What texts, archives, links and odd files of others cannot do to whoever runs the
//! program on them.

use std::fs;
use std::path::Path;

use crate::command_line::{chancery, code, folder, out, said};
use crate::support::HEADER;

const ESCAPE: &str = "\u{1B}[2J";

fn good() -> String {
    format!("{HEADER}1. We meet.\n")
}

fn dated() -> String {
    HEADER.replace("---", "as-of: 2026-11-23\n---") + "1. We meet.\n"
}

#[test]
fn nothing_that_steers_a_terminal_is_printed_of_a_text_or_an_argument() {
    let text = format!("{HEADER}// {ESCAPE}\n1. We meet {{@no{ESCAPE}\u{9b}2J}} [at {ESCAPE}.\n\nfoo{ESCAPE}: x\n");
    let folder = folder(&[("a.decl", &text), ("t.csv", &format!("sy{ESCAPE}m\nx\n"))]);
    let at = folder.path();
    let formats = ["human", "concise", "github", "junit", "json", "sarif"];
    let mut runs: Vec<Vec<&str>> = formats.iter().map(|format| vec!["check", "--format", format, "a.decl"]).collect();
    runs.extend([
        vec!["check", "--data", "t.csv", "a.decl"],
        vec!["check", "no\u{1b}[2J.decl"],
        vec!["check", "--format", "x\u{1b}[2J", "a.decl"],
        vec!["check", "--set", "a\u{1b}[2J=1", "a.decl"],
        vec!["build", "-o", "no\u{1b}[2J/a.pdf", "a.decl"],
        vec!["explain", "x\u{1b}[2J"],
        vec!["extract", "x\u{1b}[2J"],
        vec!["registry", "show", "x\u{1b}[2J"],
        vec!["new", "x\u{1b}[2J"],
    ]);
    for run in &runs {
        let output = chancery(at, run);
        let all = out(&output) + &said(&output);
        assert!(!all.contains(['\u{1B}', '\u{9B}']), "{run:?}: {all:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_line_break_in_a_path_is_shown_and_begins_no_line() {
    let folder = folder(&[("a\n::error::b.decl", &format!("{HEADER}1. We [meet.\n"))]);
    for format in ["human", "concise"] {
        let output = chancery(folder.path(), &["check", "--format", format, "."]);
        let all = out(&output) + &said(&output);
        assert!(all.contains("a\\n::error::b.decl") && !all.contains("\n::error"), "{format}: {all}");
    }
    let annotated = out(&chancery(folder.path(), &["check", "--format", "github", "."]));
    assert!(
        annotated.contains("file=a%0A%3A%3Aerror%3A%3Ab.decl") && !annotated.contains("\n::error::b"),
        "{annotated}"
    );
}

#[test]
fn a_spreadsheet_runs_no_cell() {
    let text = format!("{HEADER}1. We recall Ministerial Council Decision No. 5/11.\n");
    let folder = folder(&[("=a.decl", &text)]);
    let table = out(&chancery(folder.path(), &["refs", "--format", "csv", "=a.decl"]));
    assert!(table.lines().skip(1).all(|line| line.starts_with("'=a.decl,")), "{table}");
}

#[cfg(unix)]
#[test]
fn no_link_leads_a_result_or_a_search_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("in/a.decl", &good()), ("in/b.decl", &good()), ("out.txt", "keep"), ("c.decl", &good())]);
    let at = folder.path().join("in");
    for edition in ["a.pdf", "b.pdf"] {
        symlink("../out.txt", at.join(edition)).expect("a link");
    }
    let keep = || fs::read_to_string(folder.path().join("out.txt")).expect("there");
    for run in [&["build", "."][..], &["build", "a.decl"], &["build", "a.decl", "b.decl", "-o", "./"]] {
        let output = chancery(&at, run);
        assert_eq!((code(&output), keep().as_str()), (2, "keep"), "{run:?}");
        assert!(said(&output).contains("lies outside of"), "{}", said(&output));
    }
    // The user names it: it is followed.
    assert_eq!(code(&chancery(&at, &["build", "a.decl", "-o", "a.pdf"])), 0);
    assert!(fs::read(folder.path().join("out.txt")).expect("there").starts_with(b"%PDF"));
    // A dangling one is not.
    symlink("none/x.pdf", at.join("latest.pdf")).expect("a link");
    let output = chancery(&at, &["build", "a.decl", "-o", "latest.pdf"]);
    assert_eq!(code(&output), 2);
    assert!(at.join("latest.pdf").is_symlink() && said(&output).contains("leads nowhere"), "{}", said(&output));
    // A document outside is read if it is named, and not if it is found.
    symlink("../c.decl", at.join("c.decl")).expect("a link");
    let found = chancery(&at, &["check", "."]);
    assert_eq!((code(&found), said(&found).contains("leads out of the folder")), (2, true), "{}", said(&found));
    assert_eq!(code(&chancery(&at, &["check", "c.decl"])), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn pipes_devices_and_closed_outputs_are_no_results() {
    let folder = folder(&[("a.decl", &good()), ("t.csv", "symbol\nMC.DOC/901/26\n"), ("out/x", "")]);
    let at = folder.path();
    let made =
        std::process::Command::new("mkfifo").arg(at.join("pipe")).arg(at.join("out/.chancery-batch.json")).status();
    assert!(made.expect("mkfifo").success());
    for result in ["pipe", "/dev/null"] {
        let output = chancery(at, &["build", "a.decl", "-o", result]);
        assert_eq!(
            (code(&output), said(&output).contains("a device, a pipe or a socket")),
            (2, true),
            "{}",
            said(&output)
        );
    }
    let batch = ["build", "--to", "text", "--data", "t.csv", "-o", "out/{symbol}.txt", "a.decl"];
    assert_eq!(code(&chancery(at, &batch)), 2);
    let closed = |redirect: &str| {
        let line = format!("\"$0\" build --to text -o - a.decl {redirect}");
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &line, env!("CARGO_BIN_EXE_chancery")]).current_dir(at).output().expect("a shell")
    };
    assert_eq!(code(&closed(">&-")), 2);
    assert_eq!(code(&closed("> /dev/full")), 2);
    assert_eq!(code(&closed("> /dev/null")), 0);
}

#[cfg(unix)]
#[test]
fn what_is_written_over_keeps_its_mode_and_what_is_read_only_stays() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let folder = folder(&[("a.decl", &good()), ("a.pdf", "old"), (".chancery-dead12.tmp", "left behind")]);
    let at = folder.path();
    fs::set_permissions(at.join("a.pdf"), fs::Permissions::from_mode(0o640)).expect("set");
    assert_eq!(code(&chancery(at, &["build", "a.decl"])), 0);
    assert_eq!(mode(&at.join("a.pdf")), 0o640);
    assert!(!at.join(".chancery-dead12.tmp").exists(), "what a killed run left behind goes");
    fs::set_permissions(at.join("a.pdf"), fs::Permissions::from_mode(0o444)).expect("set");
    let output = chancery(at, &["build", "a.decl"]);
    assert_eq!((code(&output), said(&output).contains("read-only")), (2, true), "{}", said(&output));
}

#[test]
fn what_an_archive_should_not_carry_is_neither_written_nor_leaves_a_folder() {
    let folder = folder(&[("a.decl", &dated())]);
    let at = folder.path();
    assert_eq!(code(&chancery(at, &["build", "a.decl", "--edition", "archive"])), 0);
    let archive = at.join("a.archive.pdf");
    let good = lopdf::Document::load(&archive).expect("a PDF");
    assert_eq!(code(&chancery(at, &["extract", "a.archive.pdf", "-o", "deep/out"])), 0);
    assert!(at.join("deep/out/a.decl").exists() && at.join("deep/out/chancery-archive/manifest.json").exists());
    assert_eq!(fs::read_dir(at.join("deep/out")).expect("there").count(), 2);
    let id = good.catalog().and_then(|catalog| catalog.get(b"AF")).and_then(lopdf::Object::as_array).expect("files")[0]
        .as_reference()
        .expect("a file");
    for name in [".git/config", "a/.b", "con.decl", "a.", "a ", "b.decl", "Chancery-Archive/manifest.json"] {
        let mut file = good.clone();
        file.get_dictionary_mut(id).expect("a file").set("UF", lopdf::Object::string_literal(name));
        file.save(at.join("bad.pdf")).expect("written");
        let output = chancery(at, &["extract", "bad.pdf", "-o", "new/out"]);
        assert_eq!(code(&output), 2, "{name}: {}", said(&output));
        assert!(!at.join("new").exists(), "{name}");
    }
}

#[test]
fn an_archive_is_not_made_of_what_could_not_be_got_back() {
    let text = dated() + "\ninclude: .hidden/x.decl\n";
    let folder = folder(&[("a.decl", &text), (".hidden/x.decl", "2. We agree.\n"), ("chancery.toml", "")]);
    let output = chancery(folder.path(), &["build", "a.decl", "--edition", "archive"]);
    assert_eq!((code(&output), said(&output).contains("begins with a dot")), (2, true), "{}", said(&output));
}

#[test]
fn a_baseline_knows_a_document_however_its_path_is_spelled() {
    let bad = format!("{HEADER}1. We recall MC.DEC/5/2011.\n");
    let folder = folder(&[("drafts/one.decl", &bad), ("other/one.decl", &bad)]);
    let at = folder.path();
    fs::write(at.join("old.json"), chancery(at, &["check", "--format", "json", "drafts"]).stdout).expect("written");
    let whole = at.join("drafts").display().to_string();
    for path in ["drafts", "./drafts", "drafts/../drafts/one.decl", "other/../drafts", &whole] {
        assert_eq!(code(&chancery(at, &["check", "--baseline", "old.json", path])), 0, "{path}");
    }
    assert_eq!(code(&chancery(&at.join("drafts"), &["check", "--baseline", "../old.json", "one.decl"])), 0);
    assert_eq!(code(&chancery(at, &["check", "--baseline", "old.json", "other"])), 1);
}

#[test]
fn a_project_names_the_baseline_of_its_checks() {
    let bad = format!("{HEADER}1. We recall MC.DEC/5/2011.\n");
    let folder = folder(&[("drafts/one.decl", &bad), ("chancery.toml", "[check]\nbaseline = \"ci/old.json\"\n")]);
    let at = folder.path();
    let missing = chancery(at, &["check"]);
    assert_eq!((code(&missing), said(&missing).contains("ci/old.json` writes it")), (2, true), "{}", said(&missing));
    // As a shell does it: the file is there, and empty, before the check runs.
    fs::create_dir(at.join("ci")).expect("made");
    fs::write(at.join("ci/old.json"), "").expect("written");
    let report = chancery(at, &["check", "--format", "json"]);
    assert_eq!(code(&report), 1);
    fs::write(at.join("ci/old.json"), report.stdout).expect("written");
    for (folder, path) in [("", "."), ("", "drafts/one.decl"), ("drafts", "one.decl"), ("ci", "../drafts")] {
        let accepted = chancery(&at.join(folder), &["check", path]);
        assert_eq!(code(&accepted), 0, "{folder} {path}: {}", said(&accepted));
    }
    fs::write(at.join("drafts/two.decl"), bad).expect("written");
    assert_eq!(code(&chancery(at, &["check"])), 1);
    fs::write(at.join("other.json"), "{\"documents\": []}").expect("written");
    assert_eq!(code(&chancery(at, &["check", "--baseline", "other.json", "drafts/one.decl"])), 1, "the command wins");
}

#[test]
fn templates_around_the_drafts_are_found_and_where_they_were_looked_for_is_said() {
    let template =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/declaration.decl")).expect("ours");
    let text = good()
        .replace("document: declaration", "document: thanks")
        .replace("document:  declaration", "document: thanks");
    let folder = folder(&[("p/templates/thanks.decl", &template), ("p/drafts/a.decl", &text), ("q/a.decl", &text)]);
    let found = chancery(&folder.path().join("p"), &["check", "--format", "concise", "drafts/a.decl"]);
    assert!(!out(&found).contains("unknown-template"), "{}", out(&found));
    let missing = out(&chancery(folder.path(), &["check", "q/a.decl"]));
    assert!(missing.contains("unknown-template") && missing.contains("chancery.toml"), "{missing}");
}

#[test]
fn editions_and_headings_do_what_a_drafter_expects() {
    let folder = folder(&[("a.decl", &dated()), ("t.csv", "Symbol\nMC.DOC/901/26\n")]);
    let at = folder.path();
    for edition in ["screen", "press", "archive"] {
        assert_eq!(code(&chancery(at, &["build", "a.decl", "--edition", edition])), 0);
    }
    let made = ["a.pdf", "a.press.pdf", "a.archive.pdf"].map(|name| fs::read(at.join(name)).expect("made"));
    assert!(made[0] != made[1] && made[1] != made[2]);
    let batch = chancery(at, &["build", "--to", "text", "--data", "t.csv", "-o", "out/{symbol}.txt", "a.decl"]);
    assert_eq!(code(&batch), 0, "{}{}", out(&batch), said(&batch));
}

#[test]
fn a_batch_that_was_cut_off_goes_on_where_it_ended() {
    let rows: String = (901..1111).map(|number| format!("MC.DOC/{number}/26\n")).collect();
    let folder = folder(&[("a.decl", &good()), ("t.csv", &format!("symbol\n{rows}"))]);
    let batch = ["build", "--to", "text", "--data", "t.csv", "-o", "out/{symbol}.txt", "a.decl"];
    assert!(said(&chancery(folder.path(), &batch)).contains("210 written"));
    let record = folder.path().join("out/.chancery-batch.json");
    let whole = fs::read_to_string(&record).expect("a record");
    // Half a line at the end is what a run leaves that is killed while it writes.
    fs::write(&record, format!("{whole}{{\"reads\":{{}},\"resu")).expect("written");
    assert!(said(&chancery(folder.path(), &batch)).contains("210 up to date"));
    fs::remove_file(folder.path().join("out/MC.DOC-950-26.txt")).expect("gone");
    assert!(said(&chancery(folder.path(), &batch)).contains("1 written, 209 up to date"));
}

#[test]
fn many_names_in_data_are_looked_up() {
    let keys: Vec<String> = (0..100_000).map(|number| format!("\"k{number}\": 1")).collect();
    let heads: Vec<String> = (0..100_000).map(|number| format!("k{number}")).collect();
    let json = format!("{{{}}}", keys.join(", "));
    let folder = folder(&[
        ("a.decl", &good()),
        ("d.json", &json),
        ("d.csv", &format!("{}\n{}\n", heads.join(","), vec!["1"; heads.len()].join(","))),
    ]);
    for data in ["d.json", "d.csv"] {
        let output = chancery(folder.path(), &["check", "--format", "concise", "--data", data, "a.decl"]);
        assert_eq!(code(&output), 1);
        assert!(out(&output).contains("more of error[unknown-key]"), "{data}");
    }
}

#[test]
fn who_stops_reading_ends_the_program_without_a_word() {
    let text: String = (0..3000).map(|_| "1. We value the cooperation  with (X.\n\n").collect();
    let folder = folder(&[("a.decl", &format!("{HEADER}{text}"))]);
    for format in ["human", "concise", "json"] {
        let line = format!("{{ \"$0\" check --quiet --format {format} a.decl a.decl; echo $? >&2; }} | head -n 1");
        let mut shell = std::process::Command::new("sh");
        let read = shell.args(["-c", &line, env!("CARGO_BIN_EXE_chancery")]).current_dir(folder.path()).output();
        let told = said(&read.expect("a shell"));
        assert!(["2\n", "0\n", "1\n"].contains(&told.as_str()), "{format}: {told}");
    }
}

#[test]
fn no_message_repeats_the_password_of_an_address() {
    let registry = "[[instrument]]\nsymbol = \"MC.DEC/901/26\"\nsource = \"our own\"\naddress = \"https://me:secret@example.org/a@b\"\n";
    let folder =
        folder(&[("own.toml", registry), ("chancery.toml", "registries = [\"own.toml\"]\n"), ("a.decl", &good())]);
    for format in ["concise", "json", "github", "junit", "sarif"] {
        let found = chancery(folder.path(), &["check", "--format", format, "a.decl"]);
        assert!(out(&found).contains("@example.org") && !out(&found).contains("secret"), "{format}: {}", out(&found));
    }
}

/// New texts in a folder that is watched, the target of a link, and a folder that is
/// deleted and comes back.
#[cfg(target_os = "linux")]
#[test]
fn watching_ends_when_it_is_asked_to_and_sees_what_comes() {
    use std::time::{Duration, Instant};
    let folder = folder(&[("p/drafts/a.decl", &good()), ("p/kept/real.decl", &good()), ("p/chancery.toml", "")]);
    let drafts = folder.path().join("p/drafts");
    std::os::unix::fs::symlink("p/kept/real.decl", folder.path().join("linked.decl")).expect("a link");
    let mut watching = std::process::Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["watch", "--quiet", "--to", "text", "p/drafts", "linked.decl"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("it runs");
    let has = |name: &str, words: &str| {
        let until = Instant::now() + Duration::from_secs(60);
        let read = || fs::read_to_string(folder.path().join(name)).unwrap_or_default();
        while !read().contains(words) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(50));
        }
        read().contains(words)
    };
    let built = has("linked.txt", "We meet.");
    fs::write(drafts.join("new.decl"), good()).expect("written");
    let came = has("p/drafts/new.txt", "We meet.");
    fs::write(folder.path().join("p/kept/real.decl"), good().replace("meet", "part")).expect("written");
    let changed = has("linked.txt", "We part.");
    fs::remove_dir_all(&drafts).expect("gone");
    std::thread::sleep(Duration::from_millis(500));
    fs::create_dir(&drafts).expect("made");
    fs::write(drafts.join("b.decl"), good()).expect("written");
    let came_back = has("p/drafts/b.txt", "We meet.");
    let runs = watching.try_wait().expect("a process").is_none();
    watching.kill().expect("killed");
    watching.wait().expect("ended");
    assert_eq!((built, came, changed, came_back, runs), (true, true, true, true, true));
}

/// As on a disk without room: a file may have so many blocks and no more.
#[cfg(target_os = "linux")]
#[test]
fn a_result_or_a_text_that_finds_no_room_leaves_what_was_there() {
    let text: String = (0..900).map(|_| "1. We value the host's words.\n\n").collect();
    let text = format!("{HEADER}{text}");
    let folder = folder(&[("a.decl", &text), ("a.pdf", "old")]);
    for command in ["build a.decl", "check --fix a.decl"] {
        let line = format!("trap '' XFSZ; ulimit -f 8; \"$0\" --quiet {command} > /dev/null");
        let mut shell = std::process::Command::new("sh");
        let run = shell.args(["-c", &line, env!("CARGO_BIN_EXE_chancery")]).current_dir(folder.path()).output();
        let run = run.expect("a shell");
        assert_eq!((code(&run), said(&run).starts_with("error: cannot write `a.")), (2, true), "{}", said(&run));
    }
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    assert_eq!((read("a.decl"), read("a.pdf").as_str()), (text, "old"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
}
