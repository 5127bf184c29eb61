//! Word files that come back into the text that they were made of.

use chancery::compare::{LeafKind, Leaves, Side, WordKind};
use chancery::compile::{Options, compile};
use chancery::import::{Changes, Imported, Wish, import_home};
use chancery::ooxml::hash::of_source;
use chancery::render::{DocxOptions, docx};
use chancery::world::MemoryWorld;
use proptest::prelude::*;

use crate::command_line::{chancery, code, folder, said};
use crate::support::{TODAY, cases};
use crate::word::parts_of;
use crate::word_files::{run, word_with, zip};

/// A leaf of a text as it stands in a Word file, to be changed.
#[derive(Clone, Debug)]
struct Piece {
    leaf: Option<usize>,
    kind: LeafKind,
    level: usize,
    words: String,
    /// What is put in by whom, in the place of which words.
    tracked: Vec<(String, String, String)>,
}

/// What divides the cells of a row here: cells may have bars in them.
const CELL: &str = " \u{1F} ";

fn world(text: &str) -> MemoryWorld {
    let mut world = MemoryWorld::new().on(TODAY).with("text.decl", text);
    for folder in ["clauses/en", "clauses/fr", "examples"] {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if let Ok(bytes) = std::fs::read(entry.path()) {
                // A journal names its decisions beside it.
                world = world.with(entry.file_name().display().to_string(), bytes.clone());
                world = world.with(entry.path().display().to_string(), bytes);
            }
        }
    }
    world
}

/// The leaves of a text.
fn pieces(text: &str) -> Vec<Piece> {
    let compilation = compile(&world(text), "text.decl", &Options::default()).expect("in memory");
    let side = Side::of(&compilation).expect("a document");
    let appended = side.document.appended.iter().map(|member| Leaves::of(&Side::of_document(&member.document)));
    let leaves: Vec<Leaves> = std::iter::once(Leaves::of(&side)).chain(appended).collect();
    let piece = |(at, leaf): (usize, &chancery::compare::Leaf)| {
        let own = leaf.words.words.iter().filter(|word| word.kind != WordKind::NoteMark);
        Piece {
            leaf: Some(at),
            kind: leaf.kind,
            level: leaf.level,
            words: own.map(|word| if word.kind == WordKind::Cell { CELL } else { leaf.words.of(word) }).collect(),
            tracked: Vec::new(),
        }
    };
    leaves.iter().flat_map(|leaves| &leaves.list).enumerate().map(piece).collect()
}

fn inner(piece: &Piece) -> String {
    let mark = piece.leaf.map_or(String::new(), |leaf| {
        format!("<w:bookmarkStart w:id=\"{leaf}\" w:name=\"ch_{leaf}\"/><w:bookmarkEnd w:id=\"{leaf}\"/>")
    });
    let mut rest = piece.words.as_str();
    let mut out = mark;
    for (author, old, new) in &piece.tracked {
        let (before, after) = rest.split_once(old.as_str()).expect("the words are there");
        out.push_str(&run(before));
        let deleted = run(old).replace("w:t", "w:delText");
        out.push_str(&format!("<w:del w:id=\"1\" w:author=\"{author}\">{deleted}</w:del>"));
        if !new.is_empty() {
            out.push_str(&format!("<w:ins w:id=\"1\" w:author=\"{author}\">{}</w:ins>", run(new)));
        }
        rest = after;
    }
    out + &run(rest)
}

/// A Word file of pieces, made of this text.
fn file(text: &str, pieces: &[Piece]) -> Vec<u8> {
    let (mut body, mut notes, mut note) = (String::new(), String::new(), 0);
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += 1;
        let mut content = inner(piece);
        if piece.kind == LeafKind::Row {
            let cells: Vec<String> =
                piece.words.split(CELL).map(|cell| format!("<w:tc><w:p>{}</w:p></w:tc>", run(cell))).collect();
            let mark = inner(&Piece { words: String::new(), ..piece.clone() });
            let row = format!("<w:tr>{}</w:tr>", cells.concat().replacen("<w:p>", &format!("<w:p>{mark}"), 1));
            let is_first = at < 2 || pieces[at - 2].kind != LeafKind::Row;
            let is_last = pieces.get(at).is_none_or(|next| next.kind != LeafKind::Row);
            body.push_str(if is_first { "<w:tbl>" } else { "" });
            body.push_str(&row);
            body.push_str(if is_last { "</w:tbl>" } else { "" });
            continue;
        }
        while let Some(next) = pieces.get(at).filter(|next| next.kind == LeafKind::Note) {
            note += 1;
            content.push_str(&format!("<w:r><w:footnoteReference w:id=\"{note}\"/></w:r>"));
            notes.push_str(&format!("<w:footnote w:id=\"{note}\"><w:p>{}</w:p></w:footnote>", inner(next)));
            at += 1;
        }
        let style = match (piece.kind, piece.level) {
            (LeafKind::Title, _) => "Title",
            (LeafKind::Item, 0) => "Operative",
            (LeafKind::Item, _) => "Sub1",
            _ => "Normal",
        };
        body.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{content}</w:p>"));
    }
    word_with(&body, &[("footnotes", &notes), ("source", &of_source(text.as_bytes()))])
}

fn home_as(text: &str, pieces: &[Piece], wish: &Wish) -> Imported {
    let mut made = import_home(&file(text, pieces), wish, &world(text), "text.decl").expect("it comes back");
    // The files here have words alone: no numbers, nothing in bold or italic, and titles in a line.
    let of_words = [
        "italic any more",
        "bold any more",
        "set otherwise now",
        "number any more",
        "a number now",
        "of another kind",
        "another level now",
        "into other lines",
    ];
    made.left.retain(|left| !of_words.iter().any(|end| left.ends_with(end)));
    made
}

fn home(text: &str, pieces: &[Piece]) -> Imported {
    home_as(text, pieces, &Wish::default())
}

fn of_words(pieces: &mut [Piece], words: &str) -> usize {
    pieces.iter().position(|piece| piece.words.contains(words)).unwrap_or_else(|| panic!("{words}"))
}

const BASE: &str = "// A text of our own.
document:  declaration
language:  en
as-of:     2026-12-04
city:      x
title:     Draft declaration on reading rooms
---

operative:

// Agreed so far.
1. {#open} We shall open *reading rooms* in all States,
and keep them so{note: By day.};

2. We recall {MC.DEC/5/11} and paragraph 4 of {@open}:

    (a) one \\{thing\\};

    (b) [another | a third];

    table:
        Day             | Place
        3 December 2026 | Hall A
        4 December 2026 | Hall B

3. We thank the host.
";

fn base() -> String {
    BASE.replace("city:      x\n", "")
}

#[test]
fn words_are_changed_where_they_stand_and_nothing_else_is() {
    let base = base();
    let mut all = pieces(&base);
    for (old, new) in [
        ("shall open", "should open"),
        ("keep them so", "keep them {open} so"),
        ("By day.", "By day and night."),
        ("one {thing};", "one * thing, or two;"),
        ("Hall B", "Hall C | D"),
        ("on reading rooms", "on quiet rooms"),
        ("open reading", "open quiet"),
        ("another", "yet another"),
    ] {
        let at = of_words(&mut all, old);
        all[at].words = all[at].words.replace(old, new);
    }
    let made = home(&base, &all);
    let expected = base
        .replace("We shall", "We should")
        .replace("*reading rooms*", "*quiet rooms*")
        .replace("keep them so", "keep them \\{open\\} so")
        .replace("By day.", "By day and night.")
        .replace("one \\{thing\\};", "one \\* thing, or two;")
        .replace("Hall B", "Hall C \\| D")
        .replace("[another", "[yet another")
        .replace("on reading rooms", "on quiet rooms");
    let expected =
        if made.text.contains("on quiet rooms") { expected } else { expected.replace("on quiet", "on reading") };
    assert_eq!(made.text, expected, "{:?}", made.left);
    assert_eq!(made.left, Vec::<String>::new());
}

#[test]
fn what_is_not_the_authors_is_listed_with_its_origin() {
    let base = base();
    let mut all = pieces(&base);
    let at = of_words(&mut all, "We recall");
    all[at].words = all[at].words.replace("5/11", "6/11").replace("paragraph 1", "paragraph 3");
    let made = home(&base, &all);
    assert_eq!(made.text, base, "{:?}", made.left);
    let left = made.left.join("\n");
    assert!(left.contains("line 14: “5/11” became “6/11”: words of a citation in braces"), "{left}");
    assert!(left.contains("a number that the compiler writes"), "{left}");
}

#[test]
fn paragraphs_and_rows_go_and_come() {
    let base = base();
    let mut all = pieces(&base);
    let at = of_words(&mut all, "We thank the host");
    all.remove(at);
    let at = of_words(&mut all, "a third");
    let new =
        |kind, level, words: &str| Piece { leaf: None, kind, level, words: words.to_owned(), tracked: Vec::new() };
    all.insert(at + 1, new(LeafKind::Item, 1, "include: a fourth one;"));
    let at = of_words(&mut all, "Hall A");
    all.insert(at + 1, new(LeafKind::Row, 0, "5 December 2026 \u{1F} Hall {Z}"));
    let made = home(&base, &all);
    let expected = base
        .replace("\n3. We thank the host.\n", "\n")
        .replace("[another | a third];\n", "[another | a third];\n\n    (#) \\include: a fourth one;\n")
        .replace("| Hall A\n", "| Hall A\n        5 December 2026 | Hall \\{Z\\}\n");
    assert_eq!(made.text.trim_end(), expected.trim_end(), "{:?}", made.left);
    assert_eq!(made.left, Vec::<String>::new());
}

#[test]
fn tracked_changes_come_back_as_brackets() {
    let base = base();
    let mut all = pieces(&base);
    let at = of_words(&mut all, "shall open");
    all[at].tracked = vec![
        ("Jean Exemple".into(), "shall".into(), "should".into()),
        ("Anna Muster".into(), " in all States".into(), String::new()),
    ];
    let at = of_words(&mut all, "thank the host");
    all[at].tracked = vec![("Jean Exemple".into(), "host".into(), "city".into())];
    let authors = vec![("Jean Exemple".to_owned(), "FR".to_owned()), ("Anna Muster".to_owned(), "DE".to_owned())];
    let made = home_as(&base, &all, &Wish { authors: authors.clone(), ..Wish::default() });
    assert_eq!(made.left, Vec::<String>::new(), "{}", made.text);
    assert!(made.text.contains("We [shall | FR: should] open *reading rooms*"), "{}", made.text);
    assert!(made.text.contains("3. We thank the [host | FR: city]."), "{}", made.text);
    let settled = chancery::negotiate::settle(&made.text, &[chancery::negotiate::Choice::TakeBase], &|_| true);
    assert_eq!(settled, base);
    let made = home_as(&base, &all, &Wish { changes: Some(Changes::Accept), ..Wish::default() });
    assert_eq!(
        made.text,
        base.replace("shall", "should").replace(" in all States", "").replace("the host", "the city")
    );
}

#[test]
fn another_text_is_refused() {
    let base = base();
    let bytes = file(&base, &pieces(&base));
    let refused =
        |text: &str| import_home(&bytes, &Wish::default(), &world(text), "text.decl").expect_err("refused").to_string();
    assert!(refused(&base.replace("shall", "should")).contains("was made of another text"));
    let plain = crate::word_files::word(&crate::word_files::text("We meet."));
    let why = import_home(&plain, &Wish::default(), &world(&base), "text.decl").expect_err("refused").to_string();
    assert!(why.contains("does not say of which text"), "{why}");
}

/// The examples that are texts and no volumes.
fn examples() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = std::fs::read_dir("examples")
        .expect("the examples")
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "decl"))
        .map(|entry| (entry.path().display().to_string(), std::fs::read_to_string(entry.path()).expect("a text")))
        .filter(|(name, _)| !name.contains("volume"))
        .collect();
    all.sort();
    all
}

#[test]
fn an_example_that_nobody_changed_is_itself_to_the_byte() {
    for (name, text) in examples() {
        let made = home(&text, &pieces(&text));
        assert_eq!(made.left, Vec::<String>::new(), "{name}");
        assert!(made.text == text, "{name}");
    }
}

/// The file that `build --to docx` makes of a text; none where it has errors.
fn built(text: &str) -> Option<Vec<u8>> {
    let compilation = compile(&world(text), "text.decl", &Options::default()).expect("in memory");
    let options = DocxOptions { source: Some(of_source(text.as_bytes())), ..DocxOptions::default() };
    Some(docx(compilation.checked.as_ref()?, &compilation.style, &options).expect("a file").content)
}

#[test]
fn a_built_file_that_nobody_changed_is_its_text_to_the_byte() {
    let mut tried = 0;
    for (name, text) in examples() {
        let Some(bytes) = built(&text) else { continue };
        let made = import_home(&bytes, &Wish::default(), &world(&text), "text.decl").expect("it comes back");
        assert_eq!(made.left, Vec::<String>::new(), "{name}");
        assert!(made.text == text, "{name}");
        tried += 1;
    }
    assert!(tried > 36, "{tried}");
}

/// What `docs/word.md` tells of: a text is sent, changed in Word, and comes back.
#[test]
fn a_delegate_changes_a_file_and_it_comes_back_as_brackets() {
    let base = base();
    let folder = folder(&[("base.en.decl", &base)]);
    let run = |arguments: &[&str]| chancery(folder.path(), arguments);
    let done = run(&["build", "base.en.decl", "--to", "docx"]);
    assert_eq!(code(&done), 0, "{}", said(&done));
    let sent = std::fs::read(folder.path().join("base.en.docx")).expect("a file");
    let mut parts = parts_of(&sent);
    let document = parts.get_mut("word/document.xml").expect("a document");
    let by = "w:author=\"Jean Exemple\"";
    let changed = format!(
        "We </w:t></w:r><w:del w:id=\"1\" {by}><w:r><w:delText>shall</w:delText></w:r></w:del>\
         <w:ins w:id=\"2\" {by}><w:r><w:t>should</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> open"
    );
    assert!(document.contains("We shall open"));
    *document = document.replace("We shall open", &changed);
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    std::fs::write(folder.path().join("back.docx"), zip(&parts)).expect("written");
    let home = ["import", "back.docx", "--base", "base.en.decl", "-o", "rev1.en.decl"];
    let refused = run(&home);
    assert!(code(&refused) == 2 && said(&refused).contains("“Jean Exemple”"), "{}", said(&refused));
    let done = run(&[&home[..], &["--as", "Jean Exemple=FR"]].concat());
    assert_eq!(
        (code(&done), said(&done).as_str()),
        (0, "rev1.en.decl written\nback.docx: brought back; nothing is left to be done by hand\n")
    );
    let text = std::fs::read_to_string(folder.path().join("rev1.en.decl")).expect("a text");
    assert_eq!(text, base.replace("shall", "[shall | FR: should]"));
    let again = run(&["import", "back.docx", "--base", "rev1.en.decl"]);
    assert!(code(&again) == 2 && said(&again).contains("was made of another text"), "{}", said(&again));
}

/// What a text comes back as, once its file is changed: before or behind these words, others became others.
fn edited(text: &str, changes: &[(&str, &str, &str)]) -> Imported {
    let mut parts = parts_of(&built(text).expect("a file"));
    let document = parts.get_mut("word/document.xml").expect("a document");
    for (near, old, new) in changes {
        let at = document.find(near).expect("the words are there");
        let behind = document[at..].find(old).filter(|_| !old.starts_with("</w:p>")).map(|found| at + found);
        let place = behind.or(document[..at].rfind(old)).expect("what is changed");
        document.replace_range(place..place + old.len(), new);
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    import_home(&zip(&parts), &Wish::default(), &world(text), "text.decl").expect("it comes back")
}

/// The end of a paragraph and the beginning of the next, as they stand in a document.
fn ends_before(text: &str, words: &str) -> String {
    let document = parts_of(&built(text).expect("a file")).remove("word/document.xml").expect("a document");
    let at = document.find(words).expect("the words are there");
    let start = document[..at].rfind("</w:p>").expect("a paragraph before it");
    let begins = document[start..].find("</w:pPr>").expect("properties") + "</w:pPr>".len();
    document[start..start + begins].to_owned()
}

#[test]
fn letters_and_numbers_that_are_changed_are_listed() {
    let base = base();
    let bold =
        "shall </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>open them</w:t></w:r><w:r><w:t xml:space=\"preserve\"> open";
    let made = edited(
        &base,
        &[
            ("shall open", "shall open", bold),
            ("open them", "reading rooms</w:t>", "reading</w:t></w:r><w:r><w:t xml:space=\"preserve\"> rooms</w:t>"),
        ],
    );
    assert!(made.text == base.replace("shall open", "shall open them open"), "{}", made.text);
    let left = made.left.join("\n");
    assert!(left.contains("line 11: “open them” is bold now"), "{left}");
    assert!(left.contains("line 11: “rooms” is not italic any more"), "{left}");
    let plain = "<w:pStyle w:val=\"Operative\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>";
    let before = ends_before(&base, "We thank the host.");
    let made =
        edited(&base, &[("We thank the host.", &before, &before.replace("<w:pStyle w:val=\"Operative\"/>", plain))]);
    assert_eq!(made.left, ["line 25: “We thank the host.” has no number any more"]);
    assert!(made.text == base);
}

#[test]
fn paragraphs_that_are_joined_are_joined_in_the_text_or_listed() {
    let text = "document:  declaration\nlanguage:  en\ntitle:     Draft declaration on joints\n---\n\n\
                1. We open them.\n\n2. {#keep} We keep them{note: By day.}.\n\n// Agreed.\n3. We thank {MC.DEC/5/11}.\n";
    let blank = "<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>";
    let made = edited(text, &[("We keep", &ends_before(text, "We keep"), blank)]);
    assert_eq!(made.left, ["line 8: “We keep them.” is joined to the paragraph before it"]);
    assert!(made.text == text);
    let plain = text.replace("{#keep} ", "");
    let made = edited(&plain, &[("We keep", &ends_before(&plain, "We keep"), blank)]);
    assert_eq!(made.left, Vec::<String>::new());
    assert_eq!(made.text, plain.replace(".\n\n2. We keep", ". We keep"));
    // A remark stands between them.
    let made = edited(&plain, &[("We thank", &ends_before(&plain, "We thank"), blank)]);
    assert!(made.left[0].contains("is joined to the paragraph before it"), "{:?}", made.left);
    assert!(made.text == plain);
}

/// Without its base a file from us is a text that prints the same words.
#[test]
fn a_built_file_is_imported_with_its_words() {
    for (name, text) in examples() {
        if !["archives.", "pc-decision.", "mc-decision.", "everything"].iter().any(|part| name.contains(part)) {
            continue;
        }
        let Some(bytes) = built(&text) else { continue };
        let made = chancery::import::import(&bytes, &Wish::default()).expect("read");
        let wrong: Vec<_> = made.lost.iter().filter(|lost| lost.what.contains("not printed as it was read")).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}\n{}", made.text);
    }
}

proptest! {
    #![proptest_config(cases(8))]

    /// Each edit that is planted is in the source or in the list, and nothing else is in either.
    #[test]
    fn planted_edits_are_in_the_source_or_in_the_list(
        example in any::<prop::sample::Index>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_u8..5), 1..5),
    ) {
        let examples = examples();
        let (name, text) = example.get(&examples);
        let mut all = pieces(text);
        let mut planted = Vec::new();
        let mut undone: Vec<(String, String)> = Vec::new();
        // Words of rows that are taken out, and how many paragraphs stand elsewhere.
        let (mut rows, mut moved): (Vec<String>, usize) = (Vec::new(), 0);
        for (nth, (piece, word, what)) in edits.iter().enumerate() {
            let mark = format!("zq{nth}x");
            let at = piece.index(all.len());
            if all[at].words.contains("zq") || all[at].kind == LeafKind::Row && *what == 2 {
                continue;
            }
            match what {
                // A word is another one, or there is one more.
                0 | 1 => {
                    let words: Vec<String> = all[at].words.split(' ').map(str::to_owned).collect();
                    let at_word = word.index(words.len());
                    if words[at_word].is_empty() || words[at_word] == CELL.trim() || words[at_word] == "\u{1F}" {
                        continue;
                    }
                    let mut new = words.clone();
                    new[at_word] = if *what == 0 { mark.clone() } else { format!("{} {mark}", words[at_word]) };
                    undone.push((mark.clone(), if *what == 0 { words[at_word].clone() } else { String::new() }));
                    all[at].words = new.join(" ");
                }
                2 => {
                    let kind = if all[at].kind == LeafKind::Note { continue } else { LeafKind::Prose };
                    let words = format!("We plant {mark} here.");
                    let after = (at + 1..all.len()).find(|next| all[*next].kind != LeafKind::Note).unwrap_or(all.len());
                    all.insert(after, Piece { leaf: None, kind, level: 0, words, tracked: Vec::new() });
                }
                3 => {
                    let is_row = |at: &usize| all.get(*at).is_some_and(|piece| piece.kind == LeafKind::Row);
                    // One that has others around it.
                    if is_row(&at) && at > 0 && is_row(&(at - 1)) && is_row(&(at + 1)) {
                        rows.push(all.remove(at).words);
                    }
                    continue;
                }
                _ => {
                    let is_text = |piece: &Piece| matches!(piece.kind, LeafKind::Clause | LeafKind::Prose | LeafKind::Item);
                    let to = word.index(all.len());
                    if is_text(&all[at]) && is_text(&all[to]) && (to > at + 1 || to < at) {
                        let end = (at + 1..all.len()).find(|next| all[*next].kind != LeafKind::Note).unwrap_or(all.len());
                        let taken: Vec<Piece> = all.drain(at..end).collect();
                        let to = if to > at { to - taken.len() } else { to };
                        all.splice(to..to, taken);
                        moved += 1;
                    }
                    continue;
                }
            }
            planted.push(mark);
        }
        let made = home(text, &all);
        let left = made.left.join("\n");
        for mark in &planted {
            let in_text = made.text.matches(mark.as_str()).count();
            let in_list = left.matches(mark.as_str()).count();
            prop_assert!((in_text == 1) != (in_list >= 1), "{name}: {mark}: {in_text} and {in_list}\n{left}");
        }
        let of_moves = made.left.iter().filter(|left| left.contains("a paragraph was moved")).count();
        prop_assert!(of_moves > 0 || moved == 0, "{name}: {left}");
        // Who moves one paragraph behind others may have moved those.
        prop_assert!(made.left.len() - of_moves <= planted.len() + rows.len(), "{name}: {left}");
        rows.retain(|row| !left.contains(&row.replace(CELL, " | ")));
        // Undone, it is the text as it was.
        let mut lines: Vec<String> = made.text.lines().map(str::to_owned).collect();
        let inserted: Vec<usize> =
            (0..lines.len()).filter(|at| lines[*at].contains("We plant zq")).collect();
        for at in inserted.iter().rev() {
            lines.remove(*at);
            let blank = if *at > 0 && lines[*at - 1].trim().is_empty() { *at - 1 } else { *at };
            if blank < lines.len() && lines[blank].trim().is_empty() {
                lines.remove(blank);
            }
        }
        let mut back = lines.join("\n") + "\n";
        for (mark, was) in &undone {
            back = if was.is_empty() { back.replace(&format!(" {mark}"), "").replace(&format!("{mark} "), "") } else { back.replace(mark.as_str(), was) };
        }
        let plain = |text: &str| -> String { text.replace(['\\', '|'], "").split_whitespace().collect::<Vec<_>>().join(" ") };
        let mut expected = plain(text);
        for row in &rows {
            // As its author typed it, with blanks alike and without what divides cells.
            let words = plain(&row.replace(CELL, " "));
            let without = expected.replacen(&words, "", 1);
            prop_assert!(without != expected, "{}: {}", name, words);
            expected = plain(&without);
        }
        prop_assert_eq!(plain(&back), expected, "{}", name);
    }
}
