//! Any text parses, its places lie on character boundaries, and its canonical
//! form is stable.
#![no_main]

use chancery::diag::Diagnostics;
use chancery::source::{FileId, Source};
use chancery::syntax;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = Source::new("fuzz.decl", text);
    let mut found = Diagnostics::default();
    let tree = syntax::parse(&source, FileId(0), &mut found);
    for diagnostic in found.iter() {
        assert!(text.get(diagnostic.place.range()).is_some());
    }
    if !found.has_errors() {
        let once = syntax::format(&tree, &source);
        let again = Source::new("fuzz.decl", once.as_str());
        let tree = syntax::parse(&again, FileId(0), &mut Diagnostics::default());
        assert_eq!(syntax::format(&tree, &again), once);
    }
});
