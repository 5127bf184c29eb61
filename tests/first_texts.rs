//! What `chancery new` writes: keys in the order of the examples, those alone that do
//! something in the type, and no comment that passes for a value.

use std::collections::BTreeSet;
use std::path::Path;

use crate::command_line::{chancery, code, folder, out, said};

fn first(kind: &str) -> String {
    let made = chancery(Path::new("."), &["new", kind, "--language", "en"]);
    assert_eq!(code(&made), 0, "{kind}: {}", said(&made));
    out(&made)
}

/// The key of a line, whether it waits behind `//` or not.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.strip_prefix("// ").unwrap_or(line).split_once(':')?;
    key.chars().all(|c| c.is_ascii_lowercase() || c == '-').then_some(key)
}

fn header(text: &str) -> Vec<&str> {
    text.lines().take_while(|line| *line != "---").collect()
}

fn keys(text: &str) -> Vec<&str> {
    header(text).into_iter().filter_map(key).collect()
}

#[test]
fn keys_stand_in_the_order_of_the_examples_and_seldom_ones_below_the_title() {
    for (name, text) in crate::examples::all().iter().filter(|(name, _)| name.ends_with(".en.decl")) {
        let kind = text.lines().find_map(|line| line.strip_prefix("document:")).expect("a type").trim();
        let written = first(kind);
        let usual: Vec<&str> = keys(&written).into_iter().take_while(|key| *key != "title").collect();
        let in_both = |list: &[&str], other: &[&str]| {
            list.iter().filter(|key| other.contains(key)).map(|key| (*key).to_owned()).collect::<Vec<_>>()
        };
        let example = keys(text);
        assert_eq!(in_both(&usual, &example), in_both(&example, &usual), "{name}");
        for key in ["symbol", "language", "sender", "chairmanship", "adopted", "as-of"] {
            assert!(!example.contains(&key) || usual.contains(&key), "{name}: `{key}` below the title:\n{written}");
        }
    }
}

#[test]
fn what_a_type_cannot_print_is_not_offered_and_what_is_offered_prints() {
    let value = |key: &str| match key {
        "symbol" | "status" | "language" | "title" | "document" | "adopted" | "as-of" | "allow" | "silence" => None,
        "original" => Some("fr"),
        "dates" | "tags" => Some("localized"),
        "body" => Some("pc"),
        "numbering" => Some("restart"),
        "divisions" => Some("nested"),
        "meeting" | "day" | "journal" | "correction" | "agenda-item" => Some("2"),
        _ => Some("words"),
    };
    let folder = folder(&[]);
    let said_of = |text: &str| {
        std::fs::write(folder.path().join("a.decl"), text).expect("written");
        let checked = chancery(folder.path(), &["check", "a.decl", "--format", "concise"]);
        out(&checked).lines().filter(|line| line.contains("prints-nothing")).map(str::to_owned).collect::<Vec<_>>()
    };
    let all: BTreeSet<String> = keys(&first("declaration")).into_iter().map(str::to_owned).collect();
    for (kind, symbol) in [
        ("declaration", "MC.DOC/901/26"),
        ("decision", "MC.DEC/901/26"),
        ("pc-decision", "PC.DEC/9487"),
        ("fsc-decision", "FSC.DEC/902/26"),
        ("statement", "PC.DEL/9087/26"),
        ("letter", "CIO.GAL/988/26"),
        ("draft-decision", "PC.DD/907/26"),
        ("summit-document", "SUM.DOC/901/26"),
    ] {
        let written = first(kind);
        let offered: BTreeSet<&str> = keys(&written).into_iter().collect();
        let with = |keys: &[&str]| {
            let lines: String = keys.iter().filter_map(|key| Some(format!("{key}: {}\n", value(key)?))).collect();
            format!(
                "document: {kind}\nsymbol: {symbol}\nlanguage: en\nas-of: 2026-11-19\n{lines}title: Draft text\n---\n\n1. We meet.\n"
            )
        };
        // Words of one's own for a row take the place of what it is made of.
        let (other, made): (Vec<&str>, Vec<&str>) = offered.iter().partition(|key| key.ends_with("-line"));
        for keys in [other, made] {
            assert_eq!(said_of(&with(&keys)), Vec::<String>::new(), "{kind} offers what prints nothing");
        }
        for key in all.iter().filter(|key| !offered.contains(key.as_str()) && value(key).is_some()) {
            assert_eq!(said_of(&with(&[key])).len(), 1, "{kind}: `{key}` is not offered, and prints");
        }
    }
}

#[test]
fn a_comment_is_no_value_before_it_is_filled_in() {
    let folder = folder(&[]);
    for kind in ["declaration", "journal", "letter", "compilation"] {
        let written = first(kind);
        let waiting = |line: &&str| line.starts_with("// ") && key(line).is_some();
        for line in header(&written).into_iter().filter(waiting) {
            let open = line.trim_start_matches("// ");
            std::fs::write(folder.path().join("a.decl"), written.replace(line, open)).expect("written");
            let checked = chancery(folder.path(), &["check", "a.decl", "--format", "concise"]);
            let number = written.lines().position(|other| other == line).expect("a line") + 1;
            let is_said = |found: &str| {
                found.starts_with(&format!("a.decl:{number}:"))
                    && (found.contains("[placeholder]") || found.contains("[allow-form]"))
            };
            assert!(out(&checked).lines().any(is_said), "{kind}: `{open}`: {}", out(&checked));
        }
    }
}

#[test]
fn a_row_of_a_session_that_waits_stands_among_the_rows() {
    let written = first("journal");
    assert!(written.contains("chairperson: […]\n// next-meeting: […]\n\nitem: […]\n"), "{written}");
    let folder = folder(&[("a.decl", &written.replace("// next-meeting", "next-meeting"))]);
    let checked = chancery(folder.path(), &["check", "a.decl", "--format", "concise"]);
    let others = out(&checked).lines().filter(|line| !line.contains("placeholder")).collect::<Vec<_>>().join("\n");
    assert_eq!(others, "", "{written}");
}

/// A batch that is interrupted ends between two texts: what it wrote is whole and told.
#[cfg(unix)]
#[test]
fn an_interruption_leaves_whole_files_and_says_what_was_done() {
    use std::process::{Command, Stdio};
    let text = format!("{}1. We value cooperation.\n", crate::support::HEADER);
    let names: Vec<String> = (0..400).map(|number| format!("drafts/{number}.decl")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), text.as_str())).collect();
    for (arguments, written) in [
        (["build", "drafts", "-o", "out/"].as_slice(), "out"),
        (["check", "drafts", "--fix", "--suggested"].as_slice(), "drafts"),
    ] {
        let folder = folder(&files);
        let changed = || {
            let entries = std::fs::read_dir(folder.path().join(written)).into_iter().flatten().flatten();
            let read = |path: &Path| std::fs::read_to_string(path).is_ok_and(|read| read == text);
            entries.map(|entry| entry.path()).filter(|path| !read(path)).collect::<Vec<_>>()
        };
        let child = Command::new(env!("CARGO_BIN_EXE_chancery"))
            .args(arguments)
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        while changed().is_empty() {
            std::thread::yield_now();
        }
        let kill = format!("kill -INT {}", child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("it runs").success());
        let ended = child.wait_with_output().expect("it ended");
        let told = said(&ended);
        assert_eq!(ended.status.code(), Some(130), "{told}");
        let last = told.lines().last().unwrap_or_default();
        assert!(last.starts_with("interrupted: ") && last.contains(" of 400 "), "{last}");
        let changed = changed();
        let is_whole = |path: &Path| path.extension().is_some_and(|end| end == "pdf" || end == "decl");
        assert!(changed.iter().all(|path| is_whole(path)), "{changed:?}");
        let count =
            if written == "out" { told.matches("written to").count() } else { told.matches("1 fix applied").count() };
        assert_eq!(count, changed.len(), "{told}");
    }
}
