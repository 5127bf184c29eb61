//! Word files and plain texts: what is read of them compiles, and nothing is included by it.
//!
//! An input is a Word file, or a text; one that begins with `<` is the body of a Word
//! file's document, which mutations get further into.

#![no_main]

use chancery::import::{Changes, Wish, import};
use chancery::source::{FileId, Source};
use chancery::syntax::ast::Segment;
use chancery::{MemoryWorld, Options, compile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for changes in [Changes::Accept, Changes::Reject] {
        let wish = Wish { changes: Some(changes), ..Wish::default() };
        let made =
            if bytes.starts_with(b"<") { chancery::import::import_body(bytes, &wish) } else { import(bytes, &wish) };
        let Ok(made) = made else { continue };
        let world = MemoryWorld::new().with("fuzz.decl", made.text.as_bytes());
        let Ok(compilation) = compile(&world, "fuzz.decl", &Options::default()) else { continue };
        chancery::diag::concise(&compilation.found, &compilation.sources);
        let source = Source::new("fuzz.decl", made.text.as_str());
        let tree = chancery::syntax::parse(&source, FileId(0), &mut chancery::diag::Diagnostics::default());
        let decides = |segment: &Segment| matches!(segment, Segment::Directive(_));
        assert!(!tree.body.iter().any(decides), "nothing is included");
    }
});
