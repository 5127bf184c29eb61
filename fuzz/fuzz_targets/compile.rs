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
    compilation.wide_words(&style);
    chancery::diag::human(&compilation.found, &compilation.sources, false);
    if let Some(checked) = &compilation.checked {
        render::printed(checked, &style);
        render::flowed(checked, 40);
    }
});
