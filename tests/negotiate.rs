//! Proposals of delegations put together, and brackets settled.

use std::collections::BTreeMap;

use chancery::compare::{Comparison, Leaves, Side, show};
use chancery::compile::Compilation;
use chancery::negotiate::{Choice, Proposal, consolidate, held, renumber, settle, typed_numbers};
use proptest::prelude::*;

use crate::command_line::{chancery, code, folder, out, said};
use crate::properties::changed_example;
use crate::support::{HEADER, cases, compiled};

fn take(name: &str) -> Vec<Choice> {
    vec![Choice::Take(name.to_owned()), Choice::TakeBase]
}

/// The base with proposals, each a name and a whole text.
fn together(base: &str, proposals: &[(&str, &str)]) -> (String, Vec<String>) {
    put_together(base, proposals).expect("a base without names")
}

/// The same, or why it cannot be.
fn put_together(base: &str, proposals: &[(&str, &str)]) -> Result<(String, Vec<String>), String> {
    let compiled_base = compiled(base);
    let copies: Vec<(&str, Compilation)> = proposals.iter().map(|(name, text)| (*name, compiled(text))).collect();
    let proposals: Vec<Proposal<'_>> =
        copies.iter().map(|(name, compilation)| Proposal { name, compilation }).collect();
    let done = consolidate(&compiled_base, &proposals)?;
    let left = done.left.into_iter().map(|left| format!("{}:{} {}", left.name, left.line, left.words));
    Ok((done.text, left.collect()))
}

fn in_document(body: &str) -> String {
    format!("{HEADER}operative:\n\n{body}")
}

fn body(text: &str) -> &str {
    text.split_once("operative:\n\n").expect("a body").1
}

/// Whether two texts have the same words in the same order, whatever these are (without
/// `operative:` a paragraph is a clause) and whatever blanks are between them.
fn reads_the_same(a: &str, b: &str) {
    let words = |text: &str| -> Vec<String> {
        let compilation = compiled(text);
        let leaves = Leaves::of(&Side::of(&compilation).expect("a document"));
        leaves.list.iter().map(|leaf| leaf.words.text.split_whitespace().collect()).collect()
    };
    assert_eq!(words(a), words(b));
}

/// Whether two texts print the same.
fn prints_the_same(a: &str, b: &str) {
    let (a, b) = (compiled(a), compiled(b));
    let comparison = Comparison::of(&Side::of(&a).expect("a document"), &Side::of(&b).expect("a document"));
    // Numbers of what was put in stand in their place until somebody renumbers.
    let said: Vec<_> = comparison.summary().into_iter().filter(|said| said.subject.name() != "numbers").collect();
    assert!(said.is_empty(), "{}", show::text(&comparison, ("settled", "wanted"), false));
}

const BASE: &str = "1. We shall keep the archives open to all.\n\n// A remark.\n2. We publish lists of what was adopted,\nyear by year.\n\n3. We thank the host.\n";

#[test]
fn what_nobody_touched_stays_and_what_several_touched_is_alternatives() {
    let base = in_document(BASE);
    let (text, left) = together(
        &base,
        &[
            ("FR", &base.replace("shall", "should").replace("lists", "complete lists")),
            ("DE", &base.replace("shall", "should").replace("3. We thank the host.\n", "")),
            (
                "PL",
                &base
                    .replace("shall", "will")
                    .replace("\n// A", "\n2. We train the librarians.\n\n// A")
                    .replace("2. We publish", "3. We publish"),
            ),
        ],
    );
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(
        body(&text),
        "1. We [shall | FR, DE: should | PL: will] keep the archives open to all.\n\n\
         [PL: 1 bis. We train the librarians.]\n\n\
         // A remark.\n2. We publish [FR: complete] lists of what was adopted,\nyear by year.\n\n\
         [3. We thank the host. | DE: ]\n"
    );
}

#[test]
fn taking_a_delegation_gives_its_proposal_and_taking_the_base_the_base() {
    let base = in_document(BASE);
    let proposals = [
        ("FR", base.replace("shall", "should").replace("lists of what", "complete lists of all that")),
        ("DE", base.replace("to all", "").replace("year by year", "each year, in print")),
        ("PL", base.replace("keep the", "keep all the").replace("3. We thank", "3. We warmly thank")),
    ];
    let named: Vec<(&str, &str)> = proposals.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (text, left) = together(&base, &named);
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(settle(&text, &[Choice::TakeBase], &|_| true), base);
    for (name, proposal) in &proposals {
        prints_the_same(&settle(&text, &take(name), &|_| true), proposal);
    }
}

#[test]
fn what_cannot_be_put_together_is_said_and_left() {
    let base = in_document(
        "1. We keep the archives open to everybody who asks for them.\n\n2. We meet as follows:\n\ntable:\n  Day | Place\n  3 December | Tirana\n\n3. We publish the lists of all texts.\n",
    );
    let moved = base.replace("1. We keep the archives open to everybody who asks for them.\n\n2.", "1.").replace(
        "3. We publish the lists of all texts.\n",
        "2. We publish the lists of all texts.\n\n3. We keep the archives open to everybody who asks for them.\n",
    );
    let (text, left) = together(
        &base,
        &[
            ("FR", &base.replace("Tirana", "Vienna")),
            ("DE", &moved),
            ("PL", &base.replace("an example", "another example")),
            ("IT", &base.replace("the lists", "Note: the | lists")),
        ],
    );
    assert_eq!(text, base);
    let said = left.join("\n");
    for words in ["FR:12 changes a row", "DE:", "moves a paragraph", "PL:1 changes the first page or the title", "IT:"]
    {
        assert!(said.contains(words), "{words} in\n{said}");
    }
}

/// Lines of an address and of a signature have no number and no paragraph of their own: words in
/// them are put together, lines that come or go are said and left.
#[test]
fn lines_of_a_signature_are_put_together_or_said() {
    let base = "document: letter\nlanguage: en\nsender: The Chairperson\ntitle: On archives\n---\n\naddress: To the \
        Ministers\n         of Arcadia and Utopia\n\nDear colleagues,\n\nThe archive is open.\n\nsignature: Ms. A. \
        Example\n           Minister of Arcadia\n           Chairperson\n";
    let said = |copy: &str| {
        let (text, left) = together(base, &[("FR", copy)]);
        assert_eq!(settle(&text, &[Choice::TakeBase], &|_| true), base);
        (text, left)
    };
    let (text, left) = said(&base.replace("Ms. A.", "Mr. B.").replace("of Arcadia\n", "of Utopia\n"));
    assert!(left.is_empty(), "{left:?}");
    assert!(text.contains("[Ms. A | FR: Mr. B]. Example\n           Minister of [Arcadia | FR: Utopia]"), "{text}");
    for copy in [
        base.replace("           Minister of Arcadia\n", ""),
        base.replace("         of Arcadia and Utopia\n", ""),
        base.split("signature:").next().expect("a letter").to_owned(),
        base.replace("Minister of Arcadia\n", "Minister of Arcadia\n           for archives\n"),
        base.replace("signature: Ms. A. Example\n", ""),
    ] {
        let (_, left) = said(&copy);
        assert!(!left.is_empty(), "{copy}");
    }
}

#[test]
fn brackets_of_the_base_are_single_words_and_names_are_refused() {
    let base = in_document("1. We [now] agree {note: By silence.} on *all of this*.\n");
    let (text, left) =
        together(&base, &[("FR", &base.replace("[now]", "[then]").replace("all of this", "all of that"))]);
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(
        body(&text),
        "1. We [[now] | FR: [then]] agree {note: By silence.} on [*all of this* | FR: *all of that*].\n"
    );
    // A copy with names in its brackets, and one of another text.
    let (_, left) = together(&base, &[("FR", &base.replace("agree", "[DE: agree]"))]);
    assert!(left.concat().contains("bracket with names in it"), "{left:?}");
    let five = |word: &str| {
        in_document(
            &(1..6).map(|at| format!("{at}. {word}{at} {word}x{at} {word}y{at} {word}z{at}.\n\n")).collect::<String>(),
        )
    };
    let (one, other) = (compiled(&five("a")), compiled(&five("b")));
    let why = consolidate(&one, &[Proposal { name: "FR", compilation: &other }]).expect_err("another text");
    assert!(why.contains("0 of 5 paragraphs"), "{why}");
    let named = in_document("1. We [FR: now] agree.\n");
    let compiled_base = compiled(&named);
    let proposal = Proposal { name: "DE", compilation: &compiled_base };
    assert!(consolidate(&compiled_base, &[proposal]).expect_err("refused").contains("line 8"));
}

#[test]
fn settling_keeps_all_else_to_the_byte() {
    let text = "// one\n1.  We [shall | FR: should | DE: will]   meet [FR: again] [soon].\n\n// two\n[FR: 1 bis. We part.]\n\n\n2. We [write | DE: ]\n// three\nand read [a | FR: [b | DE: c]].\n";
    let settled = |choices: &[Choice]| settle(text, choices, &|_| true);
    assert_eq!(
        settled(&take("FR")),
        "// one\n1.  We should   meet again [soon].\n\n// two\n1 bis. We part.\n\n\n2. We write\n// three\nand read b.\n"
    );
    assert_eq!(settled(&take("DE")), "// one\n1.  We will   meet [soon].\n\n// two\n\n2. We\n// three\nand read a.\n");
    assert_eq!(
        settled(&[Choice::Drop("DE".into())]),
        "// one\n1.  We [shall | FR: should]   meet [FR: again] [soon].\n\n// two\n[FR: 1 bis. We part.]\n\n\n2. We write\n// three\nand read [a | FR: b].\n"
    );
    assert_eq!(held(text).len(), 6);
    // A line that is nothing but a bracket leaves no empty line, which would end the paragraph.
    let lines = "1. We agree\n[at once | FR: ]\non all.\n";
    assert_eq!(settle(lines, &take("FR"), &|_| true), "1. We agree\non all.\n");
    assert_eq!(settle("1. A [x | FR: ]\n", &take("FR"), &|_| true), "1. A\n");
}

#[test]
fn what_is_put_in_stands_where_it_belongs() {
    let base = in_document("1. We thank the host.\n\n2. We ask:\n\n    (a) the libraries;\n\n    (b) the archives;\n");
    let proposal = base
        .replace("the host.\n", "the host.\n\n    We say so in writing.\n")
        .replace("    (b) the", "    (b) the museums;\n\n    (c) the")
        .replace("the archives;\n", "the archives;\n\n3. We part.\n");
    let (text, left) = together(&base, &[("FR", &proposal)]);
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(
        body(&text),
        "1. We thank the host.\n\n    [FR: We say so in writing.]\n\n2. We ask:\n\n    (a) the libraries;\n\n    \
         [FR: (a bis) the museums;]\n\n    (b) the archives;\n\n[FR: 2 bis. We part.]\n"
    );
    assert_eq!(settle(&text, &[Choice::TakeBase], &|_| true), base);
    prints_the_same(&settle(&text, &take("FR"), &|_| true), &proposal);
}

#[test]
fn the_commands_go_from_copies_to_a_settled_text() {
    let base = in_document(BASE);
    let files = [
        ("base.decl", base.clone()),
        ("fr.decl", base.replace("shall", "should")),
        ("de.decl", base.replace("the host", "the host and the city")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = folder(&files);
    let run = |arguments: &[&str]| chancery(folder.path(), arguments);
    let done = run(&["consolidate", "base.decl", "FR=fr.decl", "DE=de.decl", "-o", "rev1.decl"]);
    assert_eq!(code(&done), 0, "{}", said(&done));
    let list = run(&["settle", "rev1.decl", "--list"]);
    assert!(
        out(&list).starts_with("paragraph 1\n    base: shall\n    FR: should\nparagraph 3\n    DE: "),
        "{}",
        out(&list)
    );
    assert!(out(&list).ends_with("2 brackets: DE 1, FR 1\n"), "{}", out(&list));
    let settled = run(&["settle", "rev1.decl", "--take", "FR", "--only", "1"]);
    assert_eq!(said(&settled), "rev1.decl: 1 bracket settled, 1 remains: DE 1\n");
    assert_eq!(code(&run(&["settle", "rev1.decl", "--take", "base"])), 0);
    assert_eq!(
        std::fs::read_to_string(folder.path().join("rev1.decl")).expect("a text"),
        base.replace("shall", "should")
    );
    for wrong in [
        &["consolidate", "base.decl", "XX=fr.decl"][..],
        &["consolidate", "base.decl", "FR"],
        &["consolidate", "base.decl", "FR=fr.decl", "FR=de.decl"],
        &["consolidate", "base.decl", "FR=gone.decl"],
        &["settle", "base.decl", "--take", "FR"],
        &["settle", "base.decl"],
    ] {
        let output = run(wrong);
        assert_eq!(code(&output), 2, "{wrong:?}: {}", said(&output));
        assert!(said(&output).contains("error: "), "{}", said(&output));
    }
}

/// `delegations:` may have a line for each name, and a name several words.
#[test]
fn names_of_groups_are_those_that_the_base_lists() {
    let base = in_document(BASE).replacen("---", "delegations:\n  - Green Group\n  - Blue\n---", 1);
    let copy = base.replace("shall", "should");
    let folder = folder(&[("base.decl", &base), ("copy.decl", &copy)]);
    let done = chancery(folder.path(), &["consolidate", "base.decl", "Green Group=copy.decl", "Blue=base.decl"]);
    assert_eq!(code(&done), 0, "{}", said(&done));
    assert!(out(&done).contains("[shall | Green Group: should]"), "{}", out(&done));
    let other = chancery(folder.path(), &["consolidate", "base.decl", "Green=copy.decl"]);
    assert!(code(&other) == 2 && said(&other).contains("`Green` is no delegation that is known"), "{}", said(&other));
}

/// A change that a delegation makes: in which paragraph, at which word, what.
type Wish = (usize, usize, u8);

fn amended(paragraphs: &[String], wishes: &[Wish]) -> String {
    let mut texts: BTreeMap<usize, Option<Vec<String>>> = paragraphs
        .iter()
        .enumerate()
        .map(|(at, text)| (at, Some(text.split(' ').map(str::to_owned).collect())))
        .collect();
    let mut put: BTreeMap<usize, String> = BTreeMap::new();
    for (paragraph, at, what) in wishes {
        let paragraph = paragraph % paragraphs.len();
        let Some(Some(words)) = texts.get_mut(&paragraph) else { continue };
        let at = at % words.len();
        match what {
            0 => words[at] = format!("other{at}"),
            1 => words.insert(at, format!("new{at}")),
            2 if words.len() > 4 => drop(words.remove(at)),
            3 => drop(texts.insert(paragraph, None)),
            4 => {
                drop(put.insert(paragraph, format!("we propose a paragraph behind number {paragraph} that nobody has")))
            }
            _ => words[at].push(','),
        }
    }
    let mut body = String::new();
    for (at, words) in texts {
        if let Some(words) = words {
            body.push_str(&format!("#. {}\n\n", words.join(" ")));
        }
        if let Some(text) = put.get(&at) {
            body.push_str(&format!("#. {text}\n\n"));
        }
    }
    in_document(body.trim_end()) + "\n"
}

fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        Just("archives"),
        Just("open"),
        Just("the"),
        Just("of"),
        Just("lists;"),
        Just("year,"),
        Just("*very*"),
        Just("Council"),
        Just("MC.DEC/5/11"),
        Just("10 000"),
        Just("{note: a note}"),
        Just("[X]"),
        Just("libraries"),
        Just("participating"),
        Just("States"),
    ];
    let paragraph = proptest::collection::vec(word, 6..14).prop_map(|words| {
        words
            .iter()
            .enumerate()
            .map(|(at, word)| if at % 3 == 0 { format!("w{at}") } else { (*word).to_owned() })
            .collect::<Vec<_>>()
            .join(" ")
    });
    proptest::collection::vec(paragraph, 2..6).prop_map(|all| {
        all.into_iter().enumerate().map(|(at, text)| format!("p{at} q{at} r{at} s{at} t{at} {text} u{at}")).collect()
    })
}

proptest! {
    #![proptest_config(cases(100))]

    /// But for what was said to be left, one delegation taken everywhere is its proposal.
    #[test]
    fn one_delegation_taken_everywhere_is_its_proposal(
        paragraphs in paragraphs(),
        wishes in proptest::collection::vec(proptest::collection::vec((0..6usize, 0..20usize, 0..6u8), 0..5), 3),
    ) {
        let base = amended(&paragraphs, &[]);
        let names = ["FR", "DE", "PL"];
        let proposals: Vec<String> = wishes.iter().map(|wishes| amended(&paragraphs, wishes)).collect();
        let named: Vec<(&str, &str)> = names.iter().copied().zip(proposals.iter().map(String::as_str)).collect();
        // A copy of which nearly nothing is found again is of another text.
        let Ok((text, left)) = put_together(&base, &named) else { return Ok(()) };
        prop_assert_eq!(settle(&text, &[Choice::TakeBase], &|_| true), base);
        for (name, proposal) in named {
            if left.iter().all(|left| !left.starts_with(name)) {
                prints_the_same(&settle(&text, &take(name), &|_| true), proposal);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(100))]

    /// Whatever a delegation does to a text, the base comes back to the byte; and what it
    /// proposed does, but for what was said to be left, where its copy has no error.
    #[test]
    fn the_base_comes_back_from_any_copy((base, copy) in changed_example()) {
        let (one, other) = (compiled(&base), compiled(&copy));
        let named = |text: &str| !held(text).is_empty();
        if let (Some(_), Some(_), false) = (&one.document, &other.document, named(&base))
            && let Ok(done) = consolidate(&one, &[Proposal { name: "FR", compilation: &other }])
        {
            prop_assert_eq!(settle(&done.text, &[Choice::TakeBase], &|_| true), base);
            if done.left.is_empty() && !other.found.has_errors() {
                reads_the_same(&settle(&done.text, &take("FR"), &|_| true), &copy);
            }
        }
    }
}

/// Whatever line a delegation takes out or writes anew, the base comes back.
#[test]
fn the_base_comes_back_whatever_line_is_taken_out() {
    let step = if std::env::var_os("PROPTEST_CASES").is_some() { 1 } else { 13 };
    let mut wrong = String::new();
    for (name, base) in crate::examples::all() {
        let one = compiled(&base);
        if one.document.is_none() || !held(&base).is_empty() {
            continue;
        }
        let lines: Vec<&str> = base.lines().collect();
        for (at, put) in (0..lines.len()).flat_map(|at| [(at, None), (at, Some("Other words"))]).step_by(step) {
            let copy: Vec<&str> =
                lines[..at].iter().copied().chain(put).chain(lines[at + 1..].iter().copied()).collect();
            let other = compiled(&(copy.join("\n") + "\n"));
            if other.document.is_some()
                && let Ok(done) = consolidate(&one, &[Proposal { name: "FR", compilation: &other }])
                && settle(&done.text, &[Choice::TakeBase], &|_| true) != base
            {
                wrong.push_str(&format!("{name}:{}: {} → {put:?}\n", at + 1, lines[at]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// `docs/drafts.md` goes from a first draft to a final text: what it shows is what comes
/// out.
#[test]
fn the_page_on_drafts_shows_what_comes_out() {
    let page = include_str!("../docs/drafts.md");
    let folder = folder(&[]);
    let (mut lines, mut ran) = (page.lines(), 0);
    while let Some(line) = lines.next() {
        let Some(fence) = line.strip_prefix("```").filter(|fence| !fence.is_empty()) else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match fence.split_once(' ').unwrap_or((fence, "")) {
            ("decl", name) => std::fs::write(folder.path().join(name), body.join("\n") + "\n").expect("written"),
            ("result", name) => {
                let text = std::fs::read_to_string(folder.path().join(name)).expect("a text");
                assert_eq!(text.trim_end(), body.join("\n"));
            }
            ("console", _) => {
                for shown in body
                    .split(|line| line.starts_with("$ "))
                    .skip(1)
                    .zip(body.iter().filter(|line| line.starts_with("$ ")))
                {
                    let (shown, command) = (shown.0.join("\n"), shown.1.trim_start_matches("$ chancery "));
                    let mut arguments: Vec<String> = Vec::new();
                    for (at, piece) in command.split('"').enumerate() {
                        match at % 2 {
                            0 => arguments.extend(piece.split_whitespace().map(str::to_owned)),
                            _ => arguments.push(piece.to_owned()),
                        }
                    }
                    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                    let output = chancery(folder.path(), &arguments);
                    let found = out(&output) + &said(&output);
                    assert_eq!(found.trim_end(), shown, "{command}");
                    ran += 1;
                }
            }
            _ => {}
        }
    }
    assert!(ran > 8, "{ran} commands");
}

/// A base with brackets of the first round, and copies of it in the second.
const ROUNDS: &str = "1. We [shall | FR, DE: should | PL: will] keep the archives open to all.\n\n\
    [PL: 1 bis. We train those who look after them.]\n\n\
    2. We publish [FR: complete] lists of what was [adopted, year by year | DE: adopted].\n\n\
    [3. We thank the host. | DE: ]\n";

#[test]
fn a_second_round_stands_beside_the_first_and_is_settled_by_itself() {
    let base = in_document(ROUNDS);
    let spain = base.replace("open to all", "open and free to all").replace("[FR: complete] lists", "full lists");
    let italy = base
        .replace("train those", "train all those")
        .replace("after them.]\n", "after them.]\n\n1 ter. We read.\n")
        .replace("keep the archives", "hold the archives");
    let (text, left) = together(&base, &[("ES@2", &spain), ("IT@2", &italy)]);
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(
        body(&text),
        "1. We [shall | FR, DE: should | PL: will] [keep | IT@2: hold] the archives open [ES@2: and free] to all.\n\n\
         [PL: 1 bis. We train [IT@2: all] those who look after them.]\n\n[IT@2: 1 ter. We read.]\n\n\
         2. We publish [[FR: complete] | ES@2: full] lists of what was [adopted, year by year | DE: adopted].\n\n\
         [3. We thank the host. | DE: ]\n"
    );
    let base_of = |round: u32| settle(&text, &[Choice::TakeBaseOf(round)], &|_| true);
    assert_eq!(base_of(2), base);
    assert_eq!(base_of(3), text);
    let second = |name: &str| settle(&text, &[Choice::Take(name.into()), Choice::TakeBaseOf(2)], &|_| true);
    assert_eq!(second("ES@2"), spain);
    prints_the_same(&second("IT@2"), &italy);
    // The first round alone leaves the second where it still has a place.
    assert_eq!(
        body(&base_of(1)),
        "1. We shall [keep | IT@2: hold] the archives open [ES@2: and free] to all.\n\n\
         [IT@2: 1 ter. We read.]\n\n2. We publish [ES@2: full] lists of what was adopted, year by year.\n\n3. We thank the host.\n"
    );
    let both = compiled(&text);
    assert!(!both.found.has_errors() && !both.found.iter().any(|found| found.message.contains("no delegation")));
}

#[test]
fn a_round_that_has_no_room_is_refused_and_what_cannot_nest_is_left() {
    let base = in_document(ROUNDS);
    let compiled_base = compiled(&base);
    let of = |name: &'static str, copy: &Compilation| {
        consolidate(&compiled_base, &[Proposal { name, compilation: copy }]).map(|done| done.left)
    };
    assert!(of("ES", &compiled_base).expect_err("names").contains("`--round 2`"));
    assert_eq!(of("ES@2", &compiled_base).expect("room"), []);
    let second = in_document("1. We [keep | IT@2: hold] the archives.\n");
    let compiled_second = compiled(&second);
    let again = consolidate(&compiled_second, &[Proposal { name: "ES@2", compilation: &compiled_second }]);
    assert!(again.expect_err("the same round").contains("`--round 3`"));
    // A bracket of the same round in a copy, a paragraph in brackets that goes, one that becomes free.
    for (from, to) in [
        ("complete", "[PL@2: all]"),
        ("[PL: 1 bis. We train those who look after them.]\n\n", ""),
        ("[3. We thank the host. | DE: ]", "3. We thank the host."),
    ] {
        let copy = base.replace(from, to);
        let left = of("ES@2", &compiled(&copy)).expect("room");
        assert_eq!(left.len(), 1, "{to}: {left:?}");
    }
}

#[test]
fn the_commands_know_rounds() {
    let base = in_document(ROUNDS);
    let (spain, odd) =
        (base.replace("to all", "to all people"), in_document("1. We [FR@0: go], [FRA@2: stay], [FR@2222: rest].\n"));
    let folder = folder(&[("rev1.decl", &base), ("es.decl", &spain), ("odd.decl", &odd)]);
    let run = |arguments: &[&str]| chancery(folder.path(), arguments);
    let refused = run(&["consolidate", "rev1.decl", "ES=es.decl"]);
    assert_eq!(code(&refused), 2);
    assert!(said(&refused).contains("`--round 2`"), "{}", said(&refused));
    let done = run(&["consolidate", "rev1.decl", "ES=es.decl", "--round", "2", "-o", "rev2.decl"]);
    assert_eq!(code(&done), 0, "{}", said(&done));
    let undone = run(&["settle", "rev2.decl", "--round", "2", "--take", "base", "-o", "-"]);
    assert_eq!(out(&undone), base);
    let other = run(&["settle", "rev2.decl", "--round", "2", "--take", "FR", "-o", "-"]);
    assert_eq!(code(&other), 2);
    assert!(said(&other).contains("`FR` in round 2"), "{}", said(&other));
    let taken = run(&["settle", "rev2.decl", "--take", "ES", "--take", "base", "-o", "-"]);
    assert!(out(&taken).contains("We shall keep the archives open to all people."), "{}", out(&taken));
    let checked = run(&["check", "odd.decl"]);
    assert!(said(&checked).contains("`FRA` is no delegation") || out(&checked).contains("`FRA` is no delegation"));
    for wrong in ["0", "1000", "x", "-1"] {
        assert_eq!(code(&run(&["settle", "rev2.decl", "--round", wrong, "--take", "base"])), 2, "{wrong}");
    }
}

proptest! {
    #![proptest_config(cases(60))]

    /// The base of a second round is the text of the first with all its brackets.
    #[test]
    fn taking_the_base_undoes_one_round(
        paragraphs in paragraphs(),
        first in proptest::collection::vec((0..6usize, 0..20usize, 0..6u8), 0..5),
        second in proptest::collection::vec((0..6usize, 0..20usize, 0..6u8), 0..5),
    ) {
        let base = amended(&paragraphs, &[]);
        let (rev1, _) = together(&base, &[("FR", &amended(&paragraphs, &first))]);
        let copy = settle(&rev1, &[Choice::Take("FR".into())], &|at| at % 2 == 0);
        // A copy of which nearly nothing is found again is of another text.
        let second = put_together(&rev1, &[("ES@2", &amended(&paragraphs, &second)), ("IT@2", &copy)]);
        let Ok((rev2, left)) = second else { return Ok(()) };
        prop_assert_eq!(settle(&rev2, &[Choice::TakeBaseOf(2)], &|_| true), rev1);
        if left.iter().all(|left| !left.starts_with("IT")) {
            let taken = settle(&rev2, &[Choice::Take("IT@2".into()), Choice::TakeBaseOf(2)], &|_| true);
            prints_the_same(&taken, &copy);
        }
    }
}

#[test]
fn paragraphs_are_numbered_anew_and_numbers_in_words_are_said() {
    let text = in_document(
        "1. We open rooms, as paragraph 2 says.\n\n1 bis. We train.\n\n1 ter. We read. {#read}\n\n// a remark\n2. We list:\n\n    \
         (a) the old;\n\n    (a bis) the new, see paragraphs {@read | number} and 1 bis;\n\n    (b) the rest.\n\n    And more.\n\n\
         3.  We thank the host, as in paragraph 2(b).\n\nannex: Rooms\n\n1. One.\n\n1 bis. Two, see paragraph 2.\n\n2. Three.\n",
    );
    let compiled_text = compiled(&text);
    let done = renumber(&compiled_text).expect("settled");
    assert_eq!(
        body(&done),
        "1. We open rooms, as paragraph 2 says.\n\n2. We train.\n\n3. We read. {#read}\n\n// a remark\n4. We list:\n\n    \
         (a) the old;\n\n    (b) the new, see paragraphs {@read | number} and 1 bis;\n\n    (c) the rest.\n\n    And more.\n\n\
         5.  We thank the host, as in paragraph 2(b).\n\nannex: Rooms\n\n1. One.\n\n2. Two, see paragraph 2.\n\n3. Three.\n"
    );
    let typed: Vec<String> = typed_numbers(&compiled_text).into_iter().map(|number| number.words).collect();
    assert!(["2", "2(b)"].iter().all(|number| typed.iter().any(|typed| typed == number)), "{typed:?}");
    // Numbered anew once more, nothing moves.
    assert_eq!(renumber(&compiled(&done)).expect("settled"), done);
    let folder = folder(&[("text.decl", &text)]);
    let output = chancery(folder.path(), &["settle", "text.decl", "--renumber"]);
    assert_eq!(code(&output), 1);
    assert!(said(&output).contains("“2” is typed in words and stays: what was 2 is 4 now"), "{}", said(&output));
    assert_eq!(std::fs::read_to_string(folder.path().join("text.decl")).expect("a text"), done);
}

#[test]
fn numbers_move_only_where_the_text_counts_and_all_is_settled() {
    let refused = |text: &str, why: &str| {
        let error = renumber(&compiled(text)).expect_err("refused");
        assert!(error.contains(why), "{error}");
    };
    refused(&in_document("1. We [shall | FR: will] meet.\n"), "brackets with names remain, the first in line");
    refused(&in_document("1. We meet.\n").replace("---\n", "numbering: as-typed\n---\n"), "as they are typed");
    refused("", "no document");
    // Numbers that nobody typed, quotations, dashes, brackets of nobody, what is deleted in between.
    for (text, wanted) in [
        ("#. A.\n\n#. B.\n", "#. A.\n\n#. B.\n"),
        (
            "1. A:\n\nquote:\n“1 bis. B.”\nend: quote\n\n1 bis. C.\n",
            "1. A:\n\nquote:\n“1 bis. B.”\nend: quote\n\n2. C.\n",
        ),
        ("1. A:\n\n– b;\n\n– c.\n\n[1 bis. D.]\n", "1. A:\n\n– b;\n\n– c.\n\n[2. D.]\n"),
        ("2. A.\n\n4. B:\n\n    (i) c;\n\n    (iii) d.\n", "1. A.\n\n2. B:\n\n    (i) c;\n\n    (ii) d.\n"),
    ] {
        assert_eq!(body(&renumber(&compiled(&in_document(text))).expect("settled")), wanted);
    }
}
