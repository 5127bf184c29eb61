//! Published journals: rows, titles of items and lists of speakers break where they were
//! published to break.
//!
//! None of their words are kept here: of the folder that `CHANCERY_CORPUS` names those files
//! are read whose first line says that they are journals which kept their lines.

use std::path::PathBuf;

use chancery::import::{Wish, import};
use chancery::layout::style::Style;
use chancery::layout::{self, Role};
use chancery::locale::Locale;
use chancery::render;

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

/// A journal as it is copied from a page, in words of our own.
const PASTED: &str = "\tFSC.JOUR/9107
\t5 March 2026

\tOriginal: ENGLISH

Chairmanship: Arcadia

\t9101st PLENARY MEETING OF THE FORUM

1.\tDate:\tThursday, 5 March 2026 (in the Neuer Saal and via video teleconference)

\tOpened:\t10 a.m.
\tClosed:\t11.25 a.m.

2.\tChairperson:\tAmbassador A. Example
\t\t\tMs. B. Sample

Prior to taking up the agenda, the Chairperson reminded the participants of the order of the shelves.

3.\tSubjects discussed – Statements – Decisions:

\tAgenda item 1:\tSECURITY DIALOGUE: “LADDERS AND
\tTHEIR RUNGS”

–\tPresentation by Mr. C. Muster, Keeper of Ladders

Chairperson, Mr. C. Muster (FSC.DEL/902/26 OSCE+), Utopia, Ruritania, Freedonia,
Lilliput (Annex)

\tAgenda item 3:\tDECISION ON LADDERS
Chairperson

Decision:\tThe Forum for Security Co-operation adopted Decision No. 907/26 (FSC.DEC/907/26) on ladders, the
text of which is appended to this journal.

(a)\tMatters of protocol: Utopia

4.\tNext meeting:

Thursday, 12 March 2026, at 10 a.m., in the Neuer Saal

FSC.JOUR/9107
5 March 2026
Annex

9107th Plenary Meeting
FSC Journal No. 9107, Agenda item 1

STATEMENT BY
THE DELEGATION OF LILLIPUT

Mr. Chairperson,

Ladders are long.

FSC.DEC/907/26
5 March 2026
";

#[test]
fn a_pasted_journal_comes_in_as_one() {
    let made = import(PASTED.as_bytes(), &Wish::default()).expect("a text");
    insta::assert_snapshot!(made.text);
    let lost: Vec<&str> = made.lost.iter().map(|lost| lost.what.as_str()).collect();
    let appended =
        "`FSC.DEC/907/26` begins here, which is appended: give it a file of its own, and name that by `member:`";
    assert_eq!(lost, [appended]);
}

#[test]
fn an_item_behind_an_annex_says_that_it_was_not_placed() {
    let (items, annexes) = PASTED.split_once("4.\tNext meeting:").expect("rows");
    let text =
        format!("{items}{}", annexes.replace("Ladders are long.", "Ladders are long.\n\nAgenda item 4: CLOSURE"));
    let made = import(text.as_bytes(), &Wish::default()).expect("a text");
    let what = "an item stands outside of a session, and is a paragraph";
    assert!(made.lost.iter().any(|lost| lost.what == what && lost.near == "Agenda item 4: CLOSURE"), "{:?}", made.lost);
    assert!(made.text.contains("\nAgenda item 4: CLOSURE\n"), "{}", made.text);
}

#[test]
fn a_journal_without_rows_says_so() {
    let text =
        "PC.JOUR/9001\n5 March 2026\nOriginal: ENGLISH\n\n9001st PLENARY MEETING\n\nThe Council met, and spoke.\n";
    let made = import(text.as_bytes(), &Wish::default()).expect("a text");
    let what = "no session was found, which begins with `Date:`: rows and items are paragraphs";
    assert!(made.lost.iter().any(|lost| lost.what == what), "{:?}", made.lost);
    assert!(made.text.contains("document:  journal") && made.text.contains("The Council met, and spoke."));
}

/// Our own journals, flowed and as printed, in all languages and with several sessions, come back with all that they print.
#[test]
fn our_own_journals_come_back() {
    let letters = |text: &str| text.to_uppercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let cases = ["agenda", "sessions"].map(|name| {
        std::fs::read_to_string(format!("tests/language/{name}.decl")).expect("UTF-8").replace("\r\n", "\n")
    });
    let mut count = 0;
    for case in cases.iter().flat_map(|file| file.split("\n=== ").skip(1)) {
        let (name, text) = case.split_once('\n').expect("a name and a text");
        let text = text.split("\n--- ").next().unwrap_or_default();
        let is_right = text.starts_with("document: journal")
            && !text.contains("\n// ")
            && !text.contains("-label:")
            && !text.contains("printed-date:");
        let Some(was) = compiled(text).checked.filter(|_| is_right) else { continue };
        for text in [render::flowed(&was, 72), render::printed(&was, &Style::house()).content] {
            let made = import(text.as_bytes(), &Wish::default()).expect("a text");
            let back = compiled(&made.text);
            let back = back.checked.unwrap_or_else(|| panic!("{name}: {:?}\n{}", back.found, made.text));
            assert_eq!(
                letters(&render::flowed(&back, 72)),
                letters(&render::flowed(&was, 72)),
                "{name}\n{}",
                made.text
            );
            count += 1;
        }
    }
    assert!(count >= 16, "{count}");
}
