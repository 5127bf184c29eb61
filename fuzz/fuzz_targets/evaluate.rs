//! Any template, document, clause and data, divided by NUL bytes: they fill in,
//! within bounds, and what has no error is laid out.
#![no_main]

use std::sync::Arc;

use chancery::compile::{Options, Session};
use chancery::data::{self, Data};
use chancery::diag::{Diagnostics, human};
use chancery::layout::style::Style;
use chancery::render;
use chancery::source::Source;
use chancery::world::MemoryWorld;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut parts = text.split('\0');
    let mut next = || parts.next().unwrap_or_default();
    let (template, document, clause, values) = (next(), next(), next(), next());
    let world = MemoryWorld::new()
        .with("templates/t.decl", template)
        .with("templates/u.decl", template)
        .with("text.decl", document)
        .with("clauses/en/c.decl", clause);
    for name in ["v.json", "v.yaml", "v.toml", "v.csv"] {
        let mut session = Session::new(&world);
        let source = Arc::new(Source::new(name, values));
        let file = session.add(source.clone());
        let records = match data::read(&source, file, &mut Diagnostics::default()) {
            Some(Data::One(record)) => vec![Some(record)],
            Some(Data::Many(records)) => (0..records.len().min(3)).map(|at| records.get(at)).collect(),
            None => vec![None],
        };
        for record in records {
            for path in ["text.decl", "templates/t.decl", "clauses/en/c.decl"] {
                let options = Options { record: record.clone(), ..Options::default() };
                let Ok(compilation) = session.compile(path, &options) else { continue };
                human(&compilation.found, &compilation.sources, false);
                if let Some(checked) = &compilation.checked {
                    render::printed(checked, &Style::house());
                }
            }
        }
    }
});
