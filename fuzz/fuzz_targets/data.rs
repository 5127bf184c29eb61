//! Any text as data in each format: what is read has its places in it, and every record
//! of it fills a document in.
#![no_main]

use std::sync::Arc;

use chancery::compile::{Options, Session};
use chancery::data::{self, Data};
use chancery::diag::{Diagnostics, human};
use chancery::source::Source;
use chancery::world::MemoryWorld;
use libfuzzer_sys::fuzz_target;

const TEXT: &str = "document: declaration\nlanguage: en\n---\n\n1. We meet.\n";

fuzz_target!(|text: &str| {
    let world = MemoryWorld::new().with("text.decl", TEXT);
    for name in ["v.json", "v.yaml", "v.toml", "v.csv", "v.tsv"] {
        let mut session = Session::new(&world);
        let source = Arc::new(Source::new(name, text));
        let file = session.add(source.clone());
        let mut found = Diagnostics::default();
        let read = data::read(&source, file, &mut found);
        for finding in found.iter() {
            assert!(text.get(finding.place.range()).is_some(), "{name}: {finding:?}");
        }
        human(&found, session.sources(), false);
        let records: Vec<_> = match read {
            Some(Data::One(record)) => vec![record],
            Some(Data::Many(records)) => {
                assert!(records.get(records.len()).is_none());
                (0..records.len().min(2)).filter_map(|at| records.get(at)).collect()
            }
            None => continue,
        };
        for record in records {
            assert!(record.entries.iter().all(|(key, _, place)| {
                text.get(key.span.range()).is_some() && text.get(place.range()).is_some()
            }));
            let options = Options { record: Some(record), ..Options::default() };
            let Ok(compilation) = session.compile("text.decl", &options) else { continue };
            human(&compilation.found, &compilation.sources, false);
        }
    }
});
