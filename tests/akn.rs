//! Akoma Ntoso: what a file says and what its blocks are called, from texts. That it is
//! valid is asked of xmllint, by `.ci/edges web`.

use std::collections::BTreeSet;

use chancery::layout::style::Style;
use chancery::render::{AknOptions, akn};
use chancery::{Checked, MemoryWorld, Options, compile};
use quick_xml::events::Event;

use crate::html::{EXAMPLES, bag, differing};

fn file(checked: &Checked) -> String {
    akn(checked, &Style::house(), AknOptions { made: Some(jiff::civil::date(2026, 11, 23)) }).expect("it has a day")
}

fn of(body: &str) -> String {
    let text = format!(
        "document: decision\nstatus: draft\nsymbol: MC.DEC/905/26\nlanguage: en\ntitle: Draft decision on an example\nas-of: 2026-12-04\n---\n\n{body}"
    );
    let world = MemoryWorld::new().with("text.decl", text).on(jiff::civil::date(2026, 12, 4));
    let compilation = compile(&world, "text.decl", &Options::default()).expect("a text");
    let said = chancery::diag::concise(&compilation.found, &compilation.sources);
    file(compilation.checked.as_ref().unwrap_or_else(|| panic!("{said}")))
}

/// The words of a file, and its names and addresses; it must be XML.
fn read(xml: &str) -> (String, Vec<String>, Vec<String>) {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut words, mut names, mut addresses) = (String::new(), Vec::new(), Vec::new());
    loop {
        match reader.read_event().expect("XML") {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                if !["ref", "i", "b", "sup", "ins", "span", "placeholder", "noteRef"].contains(&name.as_str()) {
                    words.push(' ');
                }
                for attribute in tag.attributes() {
                    let attribute = attribute.expect("an attribute");
                    let value = String::from_utf8_lossy(&attribute.value).into_owned();
                    match attribute.key.as_ref() {
                        b"eId" => names.push(value),
                        b"href" => addresses.push(value),
                        b"marker" if name == "noteRef" => words.push_str(&format!("({value})")),
                        b"marker" => words.push_str(&format!("{value} ")),
                        _ => {}
                    }
                }
            }
            Event::Text(text) => words.push_str(&String::from_utf8_lossy(&text)),
            Event::GeneralRef(entity) => words.push_str(match &entity[..] {
                b"amp" => "&",
                b"lt" => "<",
                b"gt" => ">",
                _ => "\"",
            }),
            Event::Eof => return (words, names, addresses),
            _ => {}
        }
    }
}

#[test]
fn a_file_has_all_words_of_the_flowed_text() {
    for (name, checked) in EXAMPLES.iter() {
        let (words, ..) = read(&file(checked));
        let text = chancery::render::flowed(checked, 10_000);
        // The symbol of a corrected text has its mark beside it there.
        let missing = differing(&bag(&text.replace(" (1)\n", "(1)\n")), &bag(&words));
        assert!(missing.is_empty(), "{name}: not in the file: {missing:?}");
    }
}

#[test]
fn names_are_there_once_and_references_lead_to_them() {
    for (name, checked) in EXAMPLES.iter() {
        let xml = file(checked);
        assert_eq!(xml, file(checked), "{name}");
        let (_, names, addresses) = read(&xml);
        let unique: BTreeSet<&String> = names.iter().collect();
        assert_eq!(unique.len(), names.len(), "{name}: a name twice among {names:?}");
        for address in addresses.iter().filter_map(|address| address.strip_prefix('#')) {
            assert!(unique.contains(&address.to_owned()), "{name}: nothing is called {address}");
        }
    }
}

#[test]
fn what_is_cited_has_the_address_that_the_registry_gives_it() {
    let xml = of(
        "1. Recalls Ministerial Council Decision No. 5/11, the **Helsinki Final Act** and paragraph 3 of\nUN Security Council resolution 1325 (2000);\n",
    );
    let xml = xml.replace('\u{A0}', " ");
    for address in [
        "<ref href=\"/akn/un/statement/osce-mc/2011/mc-dec-5-11\">Ministerial Council Decision No. 5/11</ref>",
        "<ref href=\"/akn/un/statement/1975-08-01/helsinki-final-act\">Helsinki Final Act</ref>",
        "/akn/un/statement/un-sc/2000-10-31/s-res-1325-2000",
    ] {
        assert!(xml.contains(address), "{address} is not in\n{xml}");
    }
}

#[test]
fn languages_are_expressions_of_one_work() {
    let works: BTreeSet<String> = EXAMPLES
        .iter()
        .filter(|(name, _)| name.starts_with("examples/archives.") && name.ends_with(".decl"))
        .map(|(_, checked)| {
            let xml = file(checked);
            let (_, rest) = xml.split_once("<FRBRuri value=\"").expect("a work");
            rest.split('"').next().expect("its address").to_owned()
        })
        .collect();
    assert_eq!(works.into_iter().collect::<Vec<_>>(), ["/akn/un/statement/osce-mc/2026-12-04/mc-doc-901-26"]);
}

#[test]
fn a_text_without_a_day_is_refused_with_the_way_out() {
    let text = "document: declaration\nlanguage: en\ntitle: Draft declaration on an example\n---\n\n1. We meet.\n";
    let compilation = crate::support::compiled(text);
    let checked = compilation.checked.expect("no error");
    let error = akn(&checked, &Style::house(), AknOptions::default()).expect_err("it has no day");
    assert!(error.to_string().contains("`as-of:`"), "{error}");
}

#[test]
fn open_text_is_told_from_a_quotation_that_was_changed() {
    let xml = of("1. Notes that words [may be open] and that “[w]e quote[d] this”;\n");
    assert!(xml.contains("<ins class=\"bracket\">[may be open]</ins>"), "{xml}");
    assert!(xml.contains("“[w]e quote[d] this”"), "{xml}");
}

#[test]
fn an_author_writes_no_mark_up() {
    let xml = of("1. Sees </p><ref href=\"x\">a & b</ref>{note: <i>c</i>};\n");
    let (words, _, addresses) = read(&xml);
    assert!(words.contains("</p><ref href=") && words.contains("<i>c</i>"), "{words}");
    assert!(!addresses.contains(&"x".to_owned()), "{addresses:?}");
}

#[test]
fn a_small_decision_is_this_file() {
    insta::assert_snapshot!(of(
        "preamble:\n\nThe Ministerial Council,\n\n*Recalling* its first meeting,\n\noperative:\n\n1. {#first} Decides:\n\n    (a) to {lang fr: *lire*};\n\n    (b) to write{note: By hand.};\n\nas in {@first};\n\nsection: Lists\n\n2. Meets.\n\nannex: List\n\nA thing.\n"
    ));
}
