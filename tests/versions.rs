//! The languages of a text beside each other.

use std::fmt::Write as _;

use chancery::compare::{Member, Parity, Synopsis, doubts, show};
use chancery::compile::Compilation;
use chancery::diag::Diagnostic;
use chancery::source::Span;

use crate::command_line::{chancery, code, folder, out, said};
use crate::support::{HEADER, compiled, draft};

const LANGUAGES: [&str; 6] = ["en", "de", "es", "fr", "it", "ru"];

/// The good text of a family in a language.
fn text(family: &str, language: &str) -> String {
    let folder = if family == "archives" { "examples" } else { "tests/versions" };
    std::fs::read_to_string(format!("{folder}/{family}.{language}.decl")).expect("UTF-8")
}

fn languages(family: &str) -> &'static [&'static str] {
    if family == "archives" { &LANGUAGES[1..] } else { &["de", "fr", "ru"] }
}

/// All that two languages differ in, with the places in both.
fn found(original: &Compilation, language: &str, version: &Compilation) -> Vec<(Diagnostic, (Span, String))> {
    let parity = Parity::of(original, version).expect("two documents");
    let mut all: Vec<_> = parity.found.into_iter().map(|found| (found.finding, found.original)).collect();
    let member = |language, compilation| Member { language, name: language, compilation };
    all.extend(doubts(&[member("en", original), member(language, version)], 0, 1));
    all
}

#[test]
fn good_languages_say_the_same() {
    for family in ["archives", "rooms"] {
        let original = compiled(&text(family, "en"));
        for language in languages(family) {
            let version = compiled(&text(family, language));
            let found: Vec<String> =
                found(&original, language, &version).into_iter().map(|found| found.0.message).collect();
            assert!(found.is_empty(), "{family}.{language}: {found:#?}");
            let parity = Parity::of(&original, &version).expect("two documents");
            assert_eq!((parity.missing.len(), parity.extra.len()), (0, 0));
        }
    }
}

/// Each fault is one finding, with the words of both languages at its places, and never a
/// cascade of what follows.
#[test]
fn each_planted_fault_is_found_once_and_at_both_places() {
    let faults = std::fs::read_to_string("tests/versions/faults.tsv").expect("UTF-8");
    let (mut wrong, mut count) = (String::new(), 0);
    for line in faults.lines().filter(|line| !line.starts_with('#')) {
        let [family, language, find, put, code, at, there] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("seven cells: {line}")
        };
        count += 1;
        let lines = |text: &str| text.replace("\\n", "\n");
        let good = text(family, language);
        assert!(good.contains(&lines(find)), "{find} is not in {family}.{language}");
        let original = compiled(&text(family, "en"));
        let version = compiled(&good.replacen(&lines(find), &lines(put), 1));
        let found = found(&original, language, &version);
        let is_right = |(finding, (place, _)): &(Diagnostic, (Span, String))| {
            finding.code.name() == code
                && version.sources.slice(finding.place).contains(at)
                && original.sources.slice(*place).contains(there)
        };
        if found.len() != 1 && code != "version-header" || !found.iter().any(is_right) {
            let _ = writeln!(wrong, "{line}");
            for (finding, (place, _)) in &found {
                let (at, there) = (version.sources.slice(finding.place), original.sources.slice(*place));
                let _ = writeln!(
                    wrong,
                    "  {}: {}\n    at {at:?}\n    there {there:?}",
                    finding.code.name(),
                    finding.message
                );
            }
        }
    }
    assert!(count >= 60, "{count} faults");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_command_finds_families_and_ends_by_what_it_found() {
    let text = |language: &str, words: &str| draft(language, &format!("1. {words}\n"));
    let (en, fr) = (text("en", "We keep 10,000 pages."), text("fr", "Nous gardons 10 000 pages."));
    let wrong = fr.replace("10 000", "11 000");
    let good = folder(&[("texts/a.en.decl", &en), ("texts/a.fr.decl", &fr), ("texts/b.en.decl", &en)]);
    let run = |arguments: &[&str]| chancery(good.path(), arguments);
    assert_eq!(code(&run(&["versions", "texts"])), 0, "{}", out(&run(&["versions", "texts"])));
    assert_eq!(code(&run(&["versions", "texts/b.en.decl"])), 2);
    let bad = folder(&[("a.en.decl", &en), ("a.fr.decl", &wrong)]);
    let output = chancery(bad.path(), &["versions", "--format", "concise", "a.en.decl"]);
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).starts_with("a.fr.decl:6:17: error[version-figure]: paragraph 1 says “11 000”"),
        "{}",
        out(&output)
    );
    assert!(said(&output).contains("a: original en; fr: "), "{}", said(&output));
    assert_eq!(code(&chancery(bad.path(), &["check", "a.fr.decl"])), 0);
    let checked = chancery(bad.path(), &["check", "--versions", "--format", "json", "a.fr.decl"]);
    assert_eq!(code(&checked), 1);
    assert!(out(&checked).contains("version-figure"), "{}", out(&checked));
    // What is left on purpose is allowed as everything else, and is no idle line without the others.
    let allowed = wrong.replace("---\n", "allow: version-figure 11 000 – the French counts the covers\n---\n");
    let left = folder(&[("a.en.decl", &en), ("a.fr.decl", &allowed)]);
    assert_eq!(code(&chancery(left.path(), &["check", "--versions", "--strict", "a.fr.decl"])), 0);
    assert_eq!(code(&chancery(left.path(), &["check", "--strict", "a.fr.decl"])), 0);
    assert_eq!(code(&chancery(left.path(), &["versions", "."])), 0);
}

#[test]
fn families_that_cannot_be_compared_are_said() {
    let en = format!("{HEADER}1. We meet.\n");
    let fr = draft("fr", "1. Nous nous réunissons.\n");
    let of = |original: &str| fr.replace("language: fr", &format!("language: fr\noriginal: {original}"));
    for (files, words) in [
        (vec![("a.en.decl", en.as_str()), ("a.fr.decl", "")], "it was not understood"),
        (vec![("a.en.decl", en.as_str()), ("a.fr.decl", &en)], "its language is `en`"),
        (vec![("a.en.decl", &en), ("a.fr.decl", &of("ru"))], "there is no file of that language"),
        (
            vec![("a.en.decl", &en.replace("language: en", "language: en\noriginal: fr")), ("a.fr.decl", &of("en"))],
            "by another language",
        ),
    ] {
        let folder = folder(&files);
        let output = chancery(folder.path(), &["versions", "--format", "concise", "."]);
        assert_eq!(code(&output), 1, "{words}: {}", said(&output));
        assert!(out(&output).contains(words), "{words}: {}", out(&output));
    }
}

#[test]
fn table_synopsis_and_bitext_hold_every_language() {
    let original = compiled(&text("archives", "en"));
    let versions: Vec<(&str, Compilation)> =
        LANGUAGES[1..].iter().map(|language| (*language, compiled(&text("archives", language)))).collect();
    let parities: Vec<(&str, Parity)> = versions
        .iter()
        .map(|(language, version)| (*language, Parity::of(&original, version).expect("two documents")))
        .collect();
    let beside: Vec<(&str, &Parity)> = parities.iter().map(|(language, parity)| (*language, parity)).collect();
    let synopsis = Synopsis::of("en", &beside);
    assert_eq!(synopsis.languages, LANGUAGES);
    assert!(synopsis.rows.iter().all(|row| row.cells.iter().all(Option::is_some) && row.wrong.is_empty()));
    let page = show::synopsis_html(&synopsis, "<archives>", false);
    assert!(page.contains("&lt;archives&gt;") && page.contains("<td lang=\"ru\""));
    let tmx = show::tmx(&synopsis);
    let mut reader = quick_xml::Reader::from_str(&tmx);
    let (mut units, mut variants) = (0, 0);
    loop {
        match reader.read_event().expect("XML") {
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == b"tu" => units += 1,
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == b"tuv" => variants += 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((units, variants), (synopsis.rows.len(), synopsis.rows.len() * 6));
    assert!(show::table_text(&synopsis).lines().count() > synopsis.rows.len());
}

#[test]
fn names_of_bodies_and_states_are_a_term_base() {
    let base = show::tbx(&["en", "fr", "de"]);
    let mut reader = quick_xml::Reader::from_str(&base);
    let (mut entries, mut sets, mut terms) = (0, 0, 0);
    loop {
        match reader.read_event().expect("XML") {
            quick_xml::events::Event::Start(start) => match start.name().as_ref() {
                b"termEntry" => entries += 1,
                b"langSet" => sets += 1,
                b"term" => terms += 1,
                _ => {}
            },
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert!(entries > 50 && sets >= 2 * entries && terms >= sets, "{entries} {sets} {terms}");
    for term in ["<term>Helsinki Final Act</term>", "<term>Österreich</term>", "<term>OSCE</term>"] {
        assert!(base.contains(term), "{term}");
    }
    // A remark behind a name is none of it, and one language alone has nothing to say.
    assert!(!base.contains(" (20"));
    assert_eq!(show::tbx(&["en", "xx"]).matches("<termEntry").count(), 0);
}
