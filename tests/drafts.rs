//! Two drafts beside each other.

use std::fmt::Write as _;

use chancery::compare::{Comparison, Leaves, Op, Side, What, show};
use chancery::compile::Compilation;
use proptest::prelude::*;
use serde_json::Value;

use crate::command_line::{chancery, code, folder, out, said};
use crate::properties::mutated_example;
use crate::support::{HEADER, cases, compiled, compiled_bytes, draft};

const PAIRS: &str = "tests/drafts/pairs.txt";

/// A pair of drafts, and what is said of it.
pub struct Pair {
    pub name: String,
    pub language: String,
    pub old: String,
    pub new: String,
    said: String,
}

pub fn pairs() -> Vec<Pair> {
    let text = std::fs::read_to_string(PAIRS).expect("UTF-8");
    let sections = text.split("=== ").skip(1);
    sections
        .map(|section| {
            let (head, rest) = section.split_once('\n').expect("a name");
            let (name, language) = match head.split_once(" (") {
                Some((name, language)) => (name, language.trim_end_matches(')')),
                None => (head, "en"),
            };
            let (old, rest) = rest.split_once("--- new\n").expect("a new draft");
            let (new, said) = rest.split_once("--- said\n").expect("what is said");
            let owned = |text: &str| text.trim_end().to_owned();
            Pair {
                name: owned(name),
                language: owned(language),
                old: owned(old) + "\n",
                new: owned(new) + "\n",
                said: owned(said),
            }
        })
        .collect()
}

pub fn compiled_draft(language: &str, text: &str) -> Compilation {
    if text.starts_with("document:") { compiled(text) } else { compiled(&draft(language, text)) }
}

fn compare(old: &Compilation, new: &Compilation) -> Comparison {
    Comparison::of(&Side::of(old).expect("a document"), &Side::of(new).expect("a document"))
}

fn said_of(comparison: &Comparison) -> String {
    let text = show::text(comparison, ("old", "new"), false);
    text.lines().skip(2).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

#[test]
fn each_pair_is_said_as_a_drafter_would_say_it() {
    let (mut wrong, mut all) = (String::new(), String::new());
    for pair in pairs() {
        let (old, new) = (compiled_draft(&pair.language, &pair.old), compiled_draft(&pair.language, &pair.new));
        let comparison = compare(&old, &new);
        let found = said_of(&comparison);
        if found != pair.said {
            let _ = writeln!(wrong, "=== {}\n{}\n--- is\n{found}\n", pair.name, pair.said);
        }
        applying_turns_old_into_new(&comparison);
        applying_turns_old_into_new(&compare(&new, &old));
        let language = if pair.language == "en" { String::new() } else { format!(" ({})", pair.language) };
        let _ = write!(all, "=== {}{language}\n{}--- new\n{}--- said\n{found}\n\n", pair.name, pair.old, pair.new);
    }
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(PAIRS, all.trim_end().to_owned() + "\n").expect("written");
    } else {
        assert!(wrong.is_empty(), "{wrong}");
    }
}

/// The printed words of each block, its number before them.
fn printed(leaves: &Leaves) -> Vec<String> {
    let line =
        |leaf: &chancery::compare::Leaf| format!("{}\t{}", leaf.label.as_deref().unwrap_or_default(), leaf.words.text);
    leaves.list.iter().map(line).collect()
}

/// Does what the JSON says of two drafts to the old one's words: the new one's come out.
fn applying_turns_old_into_new(comparison: &Comparison) {
    let json: Value = serde_json::from_str(&show::json(comparison, ("old", "new"))).expect("JSON");
    let (old, new) = (printed(&comparison.old), printed(&comparison.new));
    let mut made: Vec<String> = vec![String::new(); new.len()];
    let number = |value: &Value| value.as_u64().expect("a number") as usize - 1;
    for block in json["blocks"].as_array().expect("blocks") {
        if block["old"].is_object() {
            let (from, to) = (number(&block["old"]["from"]), number(&block["old"]["to"]));
            let start = number(&block["new"]["from"]);
            for (at, line) in old[from..=to].iter().enumerate() {
                made[start + at] = line.clone();
            }
            continue;
        }
        let said = |op: &str, word: &Value, which: &str| match op {
            "follows" => word[which].as_str().expect("words").to_owned(),
            _ => word["text"].as_str().expect("words").to_owned(),
        };
        let words = |skip: &str, which: &str| -> String {
            let words = block["words"].as_array().expect("words").iter();
            words
                .filter(|word| word["op"] != skip)
                .map(|word| said(word["op"].as_str().expect("an op"), word, which))
                .collect()
        };
        let numbers =
            |which: &str| -> Vec<usize> { block[which].as_array().expect("blocks").iter().map(number).collect() };
        let check = |texts: &[String], at: &[usize], words: &str| {
            let whole: Vec<&str> = at.iter().map(|at| texts[*at].split_once('\t').expect("a line").1).collect();
            assert_eq!(whole.join("\n"), words, "{block:#}");
        };
        check(&old, &numbers("old"), &words("new", "old"));
        // A block that was divided has the number of its first part; the others have theirs.
        let made_words = words("gone", "new");
        for (nth, (at, text)) in numbers("new").iter().zip(made_words.split('\n')).enumerate() {
            let label = if nth == 0 {
                block["label"]["new"].as_str().expect("a label")
            } else {
                new[*at].split_once('\t').expect("a line").0
            };
            made[*at] = format!("{label}\t{text}");
        }
    }
    assert_eq!(made, new);
}

/// A text and what came of some changes of it.
fn two_drafts() -> impl Strategy<Value = (String, String)> {
    (mutated_example(), mutated_example())
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn a_text_does_not_differ_from_itself(text in mutated_example()) {
        let compilation = compiled_bytes(text.into_bytes());
        if let Some(side) = Side::of(&compilation) {
            let comparison = Comparison::of(&side, &side);
            prop_assert!(!comparison.differs(), "{}", show::text(&comparison, ("old", "new"), false));
            prop_assert!(comparison.summary().is_empty());
            prop_assert!(comparison.entries.iter().all(|entry| entry.what == What::Same
                && entry.segments.iter().all(|segment| segment.op == Op::Same)));
        }
    }

    #[test]
    fn what_is_said_turns_the_old_draft_into_the_new_one((old, new) in two_drafts()) {
        let (old, new) = (compiled_bytes(old.into_bytes()), compiled_bytes(new.into_bytes()));
        if let (Some(old), Some(new)) = (Side::of(&old), Side::of(&new)) {
            let comparison = Comparison::of(&old, &new);
            applying_turns_old_into_new(&comparison);
            show::html(&comparison, ("old", "new"), show::View::Side);
        }
    }
}

/// Bounded in what is not alike: with every pair compared it would not end.
#[test]
fn two_thousand_paragraphs_without_a_common_word_end() {
    let text = |letter: char| {
        let paragraph = |at: usize| {
            let words: Vec<String> = (0..12).map(|word| format!("{letter}{at}{letter}{word}")).collect();
            format!("{}. {}.\n\n", at + 1, words.join(" "))
        };
        format!("{HEADER}{}", (0..2000).map(paragraph).collect::<String>())
    };
    let comparison = compare(&compiled(&text('a')), &compiled(&text('b')));
    let count = |what: What| comparison.entries.iter().filter(|entry| entry.what == what).count();
    assert_eq!((count(What::Gone), count(What::New)), (2000, 2000));
}

/// A paragraph of very many words, none of them common, is compared as a whole.
#[test]
fn a_paragraph_of_twenty_thousand_words_ends() {
    let text = |step: usize| {
        let words: Vec<String> = (0..20_000).map(|at| format!("w{}", at * step % 19_997)).collect();
        format!("{HEADER}1. {}.\n", words.join(" "))
    };
    let comparison = compare(&compiled(&text(1)), &compiled(&text(7)));
    assert!(comparison.differs());
}

#[test]
fn the_command_ends_as_diff_does() {
    let (old, new) = (format!("{HEADER}1. We meet.\n"), format!("{HEADER}1. We met.\n"));
    let other = new.replace("language: en", "language: de");
    let folder = folder(&[("old.decl", &old), ("new.decl", &new), ("de.decl", &other), ("empty.decl", "")]);
    let run = |arguments: &[&str]| chancery(folder.path(), arguments);
    assert_eq!(code(&run(&["diff", "old.decl", "old.decl"])), 0);
    let differs = run(&["diff", "old.decl", "new.decl"]);
    assert_eq!(code(&differs), 1);
    assert!(out(&differs).contains("We [-meet-]{+met+}."), "{}", out(&differs));
    for wrong in [["old.decl", "gone.decl"], ["old.decl", "de.decl"], ["old.decl", "empty.decl"], ["-", "-"]] {
        let output = run(&["diff", wrong[0], wrong[1]]);
        assert_eq!(code(&output), 2, "{wrong:?}: {}", said(&output));
        assert!(said(&output).contains("error: "), "{}", said(&output));
    }
    assert_eq!(code(&run(&["diff", "old.decl", "new.decl", "-o", "new.decl"])), 2);
    assert_eq!(code(&run(&["diff", "old.decl", "new.decl", "--to", "html", "-o", "redline.html"])), 1);
    let page = std::fs::read_to_string(folder.path().join("redline.html")).expect("a page");
    assert!(page.contains("We <del><span class=\"hidden\"> deleted: </span>meet<span class=\"hidden\"> end of change </span></del><ins><span class=\"hidden\"> inserted: </span>met"), "{page}");
}

#[test]
fn a_page_holds_no_mark_up_of_the_authors() {
    let (old, new) = (
        format!("{HEADER}1. We meet <b>here</b>.\n"),
        format!("{HEADER}1. We meet <script>alert('\"&\u{202E}')</script> <img src=x onerror=y> here.\n"),
    );
    let comparison = compare(&compiled(&old), &compiled(&new));
    for view in [show::View::Inline, show::View::Side] {
        let page = show::html(&comparison, ("<old>", "\"new\"><script>"), view);
        for mark_up in ["<script", "<b>", "<img", "\u{202E}", "<old"] {
            assert!(!page.contains(mark_up), "{mark_up} in\n{page}");
        }
        assert!(page.contains("&lt;script&gt;"));
    }
}

#[test]
fn a_change_is_said_aloud_in_the_language_of_its_text_and_keeps_its_emphasis() {
    let of = |words: &str| draft("de", words);
    let (old, new) = (of("1. Wir lesen *alte* Texte.\n"), of("1. Wir lesen *alle* Texte.\n"));
    let comparison = compare(&compiled(&old), &compiled(&new));
    let page = show::html(&comparison, ("old", "new"), show::View::Inline);
    for expected in [
        "<del><span class=\"hidden\"> gestrichen: </span><em>alte</em><span class=\"hidden\"> Ende der Änderung </span></del>",
        "<ins><span class=\"hidden\"> eingefügt: </span><em>alle</em><span class=\"hidden\"> Ende der Änderung </span></ins>",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
}

#[test]
#[ignore = "needs git"]
fn a_revision_is_read_with_all_that_belongs_to_it() {
    let clause = "We thank the host of the first meeting.\n";
    let text = "document: declaration\nlanguage: en\ntitle: Draft declaration on an example\n---\n\noperative:\n\n1. We meet.\n\ninclude: clauses/en/thanks.decl\n";
    let folder = folder(&[("chancery.toml", ""), ("texts/a.decl", text), ("clauses/en/thanks.decl", clause)]);
    let git = |arguments: &[&str]| {
        let output = std::process::Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"])
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("git runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    std::fs::write(folder.path().join("clauses/en/thanks.decl"), clause.replace("first", "second")).expect("written");
    let output = chancery(folder.path(), &["diff", "HEAD:texts/a.decl", "texts/a.decl"]);
    assert_eq!(code(&output), 1, "{}", said(&output));
    assert!(out(&output).contains("[-first-]{+second+}"), "{}", out(&output));
    let below = chancery(&folder.path().join("texts"), &["diff", "HEAD:a.decl", "HEAD:./a.decl"]);
    assert_eq!(code(&below), 0, "{}", said(&below));
    for wrong in [
        "HEAD:gone.decl",
        "none:texts/a.decl",
        "--output=x:texts/a.decl",
        "HEAD:../../a.decl",
        "HEAD:texts",
        "HEAD --all:texts/a.decl",
    ] {
        let output = chancery(folder.path(), &["diff", "--", wrong, "texts/a.decl"]);
        assert_eq!(code(&output), 2, "{wrong}");
        assert!(said(&output).contains("error: "), "{wrong}: {}", said(&output));
    }
    assert!(!folder.path().join("x").exists());
}
