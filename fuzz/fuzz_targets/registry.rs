//! Any bytes as a registry: every finding has a place in them.
#![no_main]

use chancery::diag::{Diagnostics, human};
use chancery::registry::{Registry, to_toml};
use chancery::source::{Source, Sources};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for name in ["own.toml", "own.csv"] {
        let (mut registry, mut found, mut sources) = (Registry::built_in(), Diagnostics::default(), Sources::default());
        let file = sources.add(Source::new(name, text));
        registry.add(name, text, file, &mut found);
        registry.check(&mut found);
        human(&found, &sources, false);
        to_toml(registry.own().iter());
    }
});
