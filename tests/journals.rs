//! Published journals: rows, titles of items and lists of speakers break where they were
//! published to break.
//!
//! None of their words are kept here: of the folder that `CHANCERY_CORPUS` names those files
//! are read whose first line says that they are journals which kept their lines.

use std::path::PathBuf;

use chancery::layout::style::Style;
use chancery::layout::{self, Role};
use chancery::locale::Locale;

use crate::support::compiled;

/// Words that were typed so that no line ends between them: all excerpts agree in that.
const TIED: [(&str, &str); 2] = [("l’ex Repubblica", "l’ex\u{A0}Repubblica"), ("S.E. ", "S.E.\u{A0}")];

/// Lines that cannot be compared, by file and line of the file; the reasons stand in
/// `tests/README.md`.
const LEFT_OUT: &[(&str, usize)] = &[("it_PC.JOUR-646.txt", 48)];

/// An item of an agenda, or a paragraph below it, with its lines.
#[derive(Debug)]
struct Stretch {
    what: What,
    lines: Vec<String>,
    /// Whether what follows its last line was not read.
    is_cut: bool,
}

#[derive(Debug, PartialEq)]
enum What {
    Title,
    Speakers,
    Item(String),
}

#[test]
fn published_journals_break_where_they_were_published_to_break() {
    let Some(folder) = std::env::var_os("CHANCERY_CORPUS").map(PathBuf::from) else {
        println!("skipped: CHANCERY_CORPUS names no folder of published texts");
        return;
    };
    let mut differ = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let first = text.lines().next().unwrap_or_default();
        if !first.contains("(journal;") || !first.contains("line structure kept") {
            continue;
        }
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let published = stretches(&name, &text);
        let set = set(&name[..2], &published);
        let (mut right, mut all) = (0, 0);
        for (stretch, set) in published.iter().zip(&set) {
            let lines = &stretch.lines[..stretch.lines.len() - usize::from(stretch.is_cut)];
            all += lines.len();
            let same = lines.iter().zip(set).filter(|(published, set)| published == set).count();
            right += same;
            if same < lines.len() {
                differ.push(format!("{name}:\n  published {lines:#?}\n  set {set:#?}"));
            }
        }
        println!("{name}: {right} of {all} lines of items and speakers are right");
        assert_eq!(published.len(), set.len(), "{name}");
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// The items of a journal and what stands below them, without the heads of pages.
fn stretches(name: &str, text: &str) -> Vec<Stretch> {
    let locale = Locale::of(&name[..2]).expect("a language");
    let label = |number: u32| format!("{}:", locale.labels["item"].text.replace("{number}", &number.to_string()));
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut item = 0;
    let mut lines = (1..).zip(text.lines().map(str::trim)).skip(1).peekable();
    while let Some((number, line)) = lines.next() {
        let letters = || line.chars().filter(|c| c.is_alphabetic());
        let begin = |what: What| Stretch { what, lines: Vec::new(), is_cut: false };
        if line == label(item + 1) {
            item += 1;
            stretches.push(begin(What::Title));
            continue;
        }
        if item == 0 || line.is_empty() {
            continue;
        }
        // The code at the foot, the number of the page, symbol and date.
        if lines.peek().is_some_and(|(_, next)| next.starts_with('-') && next.ends_with('-')) {
            lines.nth(2);
            continue;
        }
        let is_item = line.len() == 3 && line.starts_with('(') && line.ends_with(')');
        let after_title = stretches.last().is_some_and(|last| last.what == What::Title);
        let is_title = letters().all(char::is_uppercase);
        if is_item {
            stretches.push(begin(What::Item(line.to_owned())));
            continue;
        }
        if after_title && !is_title {
            stretches.push(begin(What::Speakers));
        }
        if let Some(last) = stretches.last_mut().filter(|last| !last.is_cut) {
            last.lines.push(line.to_owned());
            last.is_cut = LEFT_OUT.contains(&(name, number));
        }
    }
    // An excerpt ends anywhere.
    if let Some(last) = stretches.last_mut() {
        last.is_cut = true;
    }
    stretches
}

/// The lines of each stretch as they are set.
fn set(language: &str, stretches: &[Stretch]) -> Vec<Vec<String>> {
    let mut text = format!(
        "document: journal\nstatus: draft\nlanguage: {language}\ntitle: T\n---\n\nsession:\ndate: d\nopened: o\nclosed: c\nchairperson: x\n"
    );
    for Stretch { what, lines, .. } in stretches {
        let mut words = lines.join(" ");
        for (apart, tied) in TIED {
            words = words.replace(apart, tied);
        }
        text.push_str(&match what {
            What::Title => format!("\nitem: {words}\n"),
            What::Speakers => format!("\n{words}\n"),
            What::Item(marker) => format!("\n{marker} {words}\n"),
        });
    }
    let checked = compiled(&text).checked.expect("no error");
    let pages = layout::pages(&checked, &Style::house());
    let mut set: Vec<(Option<layout::ElementId>, Vec<String>)> = Vec::new();
    let mut rows = 4;
    for line in pages.pages.iter().flat_map(|page| &page.lines) {
        if !matches!(line.role, Role::Labelled | Role::Prose | Role::Item(_)) {
            continue;
        }
        if line.role == Role::Labelled && rows > 0 {
            rows -= 1;
            continue;
        }
        // Labels are elements of their own.
        let words = line.runs.iter().filter(|run| run.element == line.element || line.role == Role::Prose);
        let words: String = words.map(|run| run.text.as_str()).collect();
        match set.last_mut() {
            Some((element, lines)) if *element == line.element => lines.push(words.replace('\u{A0}', " ")),
            _ => set.push((line.element, vec![words.replace('\u{A0}', " ")])),
        }
    }
    set.into_iter().map(|(_, lines)| lines).collect()
}
