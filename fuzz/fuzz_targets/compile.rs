//! Any bytes compile, and what has no error is laid out and rendered.
#![no_main]

use chancery::compile::{Options, compile};
use chancery::layout::style::Style;
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
    }
    chancery::diag::human(&compilation.found, &compilation.sources, false);
});
