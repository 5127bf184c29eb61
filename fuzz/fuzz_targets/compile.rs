//! Any bytes compile, what is a document is laid out, and what has no error is rendered.
#![no_main]

use chancery::compile::{Options, compile};
use chancery::layout::{self, style::Style};
use chancery::render;
use chancery::world::MemoryWorld;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let world = MemoryWorld::new().with("fuzz.decl", bytes);
    let Ok(mut compilation) = compile(&world, "fuzz.decl", &Options::default()) else { return };
    let style = Style::house();
    if let Some(checked) = &compilation.checked {
        render::flowed(checked, 40);
        let wide_words = render::printed(checked, &style).wide_words;
        compilation.wide_words(&wide_words);
    } else if let Some(document) = &compilation.document {
        layout::proof(document, &style);
    }
    chancery::diag::human(&compilation.found, &compilation.sources, false);
});
