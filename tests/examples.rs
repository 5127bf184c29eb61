//! Every example is a text that builds.

use chancery::diag::Severity;
use chancery::layout::style::Style;
use chancery::render;

use chancery::compile::{Compilation, Options, compile};
use chancery::world::MemoryWorld;

use crate::support::TODAY;

/// Of these the pages are reviewed too: one with annexes and tables, one in
/// Cyrillic, a volume, and the declaration that was published.
const PRINTED: [&str; 4] = ["everything.en", "archives.ru", "archives-volume.fr", "asian-partners.fr"];

/// Names and texts of all examples.
pub fn all() -> Vec<(String, String)> {
    let mut examples: Vec<(String, String)> = std::fs::read_dir("examples")
        .expect("the examples")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "decl"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(path).expect("UTF-8")))
        .collect();
    examples.sort();
    examples
}

/// An example in the folder of all of them: a volume takes its members there.
pub fn compiled(name: &str) -> Compilation {
    let world = all().into_iter().fold(MemoryWorld::new().on(TODAY), |world, (path, text)| world.with(path, text));
    compile(&world, name, &Options::default()).expect("it can be read")
}

#[test]
fn every_example_builds_and_only_that_of_all_constructs_is_open() {
    let examples = all();
    for (name, _) in &examples {
        let compilation = compiled(name);
        assert!(compilation.checked.is_some(), "{name}: {:?}", compilation.found);
        if !name.contains("everything") {
            assert_eq!(compilation.found.iter().count(), 0, "{name}: {:?}", compilation.found);
        }
        assert_eq!(compilation.found.count(Severity::Error), 0, "{name}");
    }
    for language in chancery::locale::Locale::tags() {
        assert!(examples.iter().any(|(name, _)| name.contains(&format!(".{language}."))), "no example in {language}");
    }
}

/// What a reader gets of each example: reviewed line by line.
#[test]
fn every_example_is_as_it_was_reviewed() {
    for (name, _) in all() {
        let checked = compiled(&name).checked.expect("it builds");
        let name = name.trim_start_matches("examples/").trim_end_matches(".decl").to_owned();
        insta::assert_snapshot!(format!("flowed-{name}"), render::flowed(&checked, 72));
        if PRINTED.contains(&name.as_str()) {
            insta::assert_snapshot!(format!("printed-{name}"), render::printed(&checked, &Style::house()).content);
        }
    }
}
