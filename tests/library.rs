//! The library used from outside.

use std::sync::Arc;

use chancery::compile::{Options, compile};
use chancery::world::{MemoryWorld, World, WorldError};

use crate::support::HEADER;

#[allow(dead_code, reason = "its `main`")]
#[path = "../examples/references.rs"]
mod references;
#[allow(dead_code, reason = "its `main`")]
#[path = "../examples/render.rs"]
mod render;

#[test]
fn the_example_that_renders_says_what_was_found_and_makes_a_pdf() {
    let (said, pdf) = render::rendered(&format!("{HEADER}1. We value the cooperation.\n")).expect("no error");
    assert!(said.contains("warning[house-term]") && said.contains("1.  We value the cooperation."), "{said}");
    assert!(pdf.starts_with(b"%PDF-"));
    let error = render::rendered("document: declaration\n").expect_err("a header that does not end");
    assert!(error.to_string().contains("error["), "{error}");
}

#[test]
fn the_example_that_lists_references_needs_no_document() {
    let day = Some(jiff::civil::date(2026, 12, 4));
    let listed = references::listed("La Décision no 5/11 du Conseil ministériel et MC.DEC/5/2011.", "fr", day);
    let lines: Vec<&str> = listed.lines().collect();
    let [first, second] = lines[..] else { panic!("{listed}") };
    assert_eq!(first, "Décision no 5/11 du Conseil ministériel = MC.DEC/5/11: valid");
    assert!(second.starts_with("MC.DEC/5/2011 = MC.DEC/5/11: malformed ("), "{second}");
}

#[test]
fn a_world_may_be_shared_by_threads() {
    let world = Arc::new(MemoryWorld::new().with("a.decl", format!("{HEADER}1. x\n")));
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let world = Arc::clone(&world);
            std::thread::spawn(move || {
                compile(world.as_ref(), "a.decl", &Options::default()).expect("read").checked.is_some()
            })
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().expect("no panic")));
}

#[test]
fn what_cannot_be_read_is_an_error_of_the_machine() {
    let error = compile(&MemoryWorld::new(), "a.decl", &Options::default()).expect_err("no such file");
    assert_eq!(error.to_string(), "cannot find `a.decl`");
}

#[test]
fn the_day_of_judgement_comes_from_the_text_the_caller_or_the_world() {
    let day = jiff::civil::date(2026, 12, 4);
    let world = MemoryWorld::new().with("a.decl", format!("{HEADER}1. x\n")).on(day);
    assert_eq!(world.today(), Some(day));
    let as_of = |options: &Options| compile(&world, "a.decl", options).expect("read").as_of;
    assert_eq!(as_of(&Options::default()), Some(day));
    let other = jiff::civil::date(2020, 1, 1);
    assert_eq!(as_of(&Options { as_of: Some(other), ..Options::default() }), Some(other));
    assert!(matches!(world.read("b"), Err(WorldError::NotFound { .. })));
}

/// `chancery docs` and the manual of the crate page have every page of `docs/`, and those who
/// colour and fuzz texts every keyword.
#[test]
fn the_manuals_have_every_page_and_the_colours_every_keyword() {
    let printed = crate::command_line::out(&crate::command_line::chancery(std::path::Path::new("."), &["docs"]));
    let crate_page = std::fs::read_to_string("src/lib.rs").expect("the crate page");
    for page in std::fs::read_dir("docs").expect("pages").map(|entry| entry.expect("a page").path()) {
        if page.extension().is_some_and(|extension| extension == "md") {
            let text = std::fs::read_to_string(&page).expect("UTF-8");
            let title = text.lines().find(|line| line.starts_with("# ")).expect("a title");
            assert!(printed.lines().any(|line| line == title), "`chancery docs` lacks {}", page.display());
            assert!(crate_page.contains(&format!("../{}", page.display())), "`manual` lacks {}", page.display());
        }
    }
    let colours = std::fs::read_to_string("editors/vscode/syntaxes/chancery.tmLanguage.json").expect("colours");
    let keywords = colours.split("^(\\\\s*)(").nth(1).and_then(|rest| rest.split(')').next()).expect("keywords");
    let words: Vec<&str> = keywords.split('|').collect();
    let dictionary = std::fs::read_to_string("fuzz/dict/text.dict").expect("a dictionary");
    for (word, _) in chancery::syntax::ast::KeywordName::ALL {
        assert!(words.contains(&word), "the colours lack `{word}:`");
        assert!(dictionary.contains(&format!("\"{word}:")), "the dictionary lacks `{word}:`");
    }
}
