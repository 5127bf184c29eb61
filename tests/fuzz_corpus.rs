//! The texts that fuzzing found worth keeping, replayed on stable Rust.

use chancery::compile::{Options, compile};
use chancery::layout::style::Style;
use chancery::render;
use chancery::world::MemoryWorld;

#[test]
fn nothing_in_the_corpus_panics() {
    let mut replayed = 0;
    for target in ["parse", "compile"] {
        for entry in std::fs::read_dir(format!("fuzz/corpus/{target}")).expect("a corpus") {
            let bytes = std::fs::read(entry.expect("an entry").path()).expect("readable");
            replay(&bytes);
            replayed += 1;
        }
    }
    assert!(replayed > 10, "{replayed} texts replayed");
}

fn replay(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        crate::properties::places_are_sound(text);
        crate::properties::canonical_form_is_stable(text);
    }
    let world = MemoryWorld::new().with("fuzz.decl", bytes);
    let mut compilation = compile(&world, "fuzz.decl", &Options::default()).expect("in memory");
    let style = Style::house();
    compilation.wide_words(&style);
    chancery::diag::human(&compilation.found, &compilation.sources, false);
    if let Some(checked) = &compilation.checked {
        render::printed(checked, &style);
        render::flowed(checked, 40);
    }
}
