//! Any bytes are refused as a font, or a text is set in it.
#![no_main]

use chancery::compile::{Options, compile};
use chancery::render::{self, PdfOptions};
use chancery::world::MemoryWorld;
use libfuzzer_sys::fuzz_target;

const PROJECT: &str = "[fonts]\nregular = \"f\"\nbold = \"f\"\nitalic = \"f\"\nbold-italic = \"f\"\n";
const TEXT: &str = "document: declaration\nlanguage: fr\ntitle: Projet de déclaration sur un exemple\n---\n\n1. Nous nous sommes réunis.\n";

fuzz_target!(|bytes: &[u8]| {
    let world = MemoryWorld::new().with("text.decl", TEXT).with("chancery.toml", PROJECT).with("f", bytes);
    let Ok(compilation) = compile(&world, "text.decl", &Options::default()) else { return };
    chancery::diag::human(&compilation.found, &compilation.sources, false);
    if let Some(checked) = &compilation.checked {
        let _ = render::pdf(checked, &compilation.style, &PdfOptions::default());
    }
});
