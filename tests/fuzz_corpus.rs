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

/// Data in every format: what is read has its places in it, and fills a document in.
#[test]
fn nothing_in_the_corpus_of_data_panics() {
    use std::sync::Arc;

    use chancery::compile::Session;
    use chancery::data::{self, Data};
    use chancery::diag::{Diagnostics, human};
    use chancery::source::Source;
    let world = MemoryWorld::new().with("text.decl", "document: declaration\nlanguage: en\n---\n\n1. We meet.\n");
    for entry in std::fs::read_dir("fuzz/corpus/data").expect("a corpus") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("readable");
        let Ok(text) = String::from_utf8(bytes) else { continue };
        for name in ["v.json", "v.yaml", "v.toml", "v.csv", "v.tsv"] {
            let mut session = Session::new(&world);
            let source = Arc::new(Source::new(name, text.as_str()));
            let file = session.add(source.clone());
            let mut found = Diagnostics::default();
            let record = match data::read(&source, file, &mut found) {
                Some(Data::One(record)) => Some(record),
                Some(Data::Many(records)) => records.get(0),
                None => None,
            };
            assert!(found.iter().all(|finding| text.get(finding.place.range()).is_some()), "{name}");
            let compilation =
                session.compile("text.decl", &Options { record, ..Options::default() }).expect("in memory");
            human(&compilation.found, &compilation.sources, false);
        }
    }
}

/// Archives: what they carry is had or refused, and no more than the limit.
#[test]
fn nothing_in_the_corpus_of_archives_panics() {
    let mut had = 0;
    for entry in std::fs::read_dir("fuzz/corpus/extract").expect("a corpus") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("readable");
        if let Ok(carried) = render::attachments(&bytes, 1 << 20) {
            assert!(carried.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() <= 1 << 20);
            had += 1;
        }
    }
    assert!(had > 0, "some can be read");
}

/// Word files, insides of their documents, and plain texts: what is made of them compiles, and
/// includes nothing.
#[test]
fn nothing_in_the_corpus_of_foreign_texts_panics() {
    use chancery::import::{Changes, Wish, import, import_body};
    let mut had = 0;
    for entry in std::fs::read_dir("fuzz/corpus/import").expect("a corpus") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("readable");
        for changes in [Changes::Accept, Changes::Reject] {
            let wish = Wish { changes: Some(changes), ..Wish::default() };
            let made = if bytes.starts_with(b"<") { import_body(&bytes, &wish) } else { import(&bytes, &wish) };
            let Ok(made) = made else { continue };
            had += 1;
            let world = MemoryWorld::new().with("fuzz.decl", made.text.as_bytes());
            let compilation = compile(&world, "fuzz.decl", &Options::default()).expect("in memory");
            assert!(compilation.document.is_some());
            assert!(crate::import::decides_nothing(&made.text), "nothing is included");
        }
    }
    assert!(had > 10, "{had} can be read");
}

/// Template, document, clause and data, as the target `evaluate` has them.
#[test]
fn nothing_in_the_corpus_of_templates_panics() {
    for entry in std::fs::read_dir("fuzz/corpus/evaluate").expect("a corpus") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("UTF-8");
        let [template, document, clause, data] = text.split('\0').collect::<Vec<_>>()[..] else { panic!("four parts") };
        let world = MemoryWorld::new()
            .with("templates/t.decl", template)
            .with("text.decl", document)
            .with("clauses/en/c.decl", clause);
        for name in ["v.csv", "v.yaml", "v.json", "v.toml"] {
            for path in ["text.decl", "templates/t.decl", "clauses/en/c.decl"] {
                for compilation in crate::support::filled(&world, path, name, data) {
                    chancery::diag::human(&compilation.found, &compilation.sources, false);
                }
            }
        }
        let compilation = compile(&world, "text.decl", &Options::default()).expect("in memory");
        assert!(compilation.document.is_some());
    }
}

fn replay(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        crate::properties::places_are_sound(text);
        crate::properties::canonical_form_is_stable(text);
    }
    let world = MemoryWorld::new().with("fuzz.decl", bytes);
    let mut compilation = compile(&world, "fuzz.decl", &Options::default()).expect("in memory");
    let style = Style::house();
    if let Some(checked) = &compilation.checked {
        render::flowed(checked, 40);
        let wide_words = render::printed(checked, &style).wide_words;
        compilation.wide_words(&wide_words);
    }
    chancery::diag::human(&compilation.found, &compilation.sources, false);
}
