//! The registry that comes along, and those of a project.

use chancery::diag::{Code, Diagnostics};
use chancery::registry::{Instrument, Registry, to_toml};
use chancery::source::{Source, Sources};
use chancery::syntax::{Resolution, Symbol, read_symbol};

fn read(name: &str, text: &str) -> (Registry, Vec<(Code, String)>) {
    let (mut registry, mut found, mut sources) = (Registry::built_in(), Diagnostics::default(), Sources::default());
    let file = sources.add(Source::new(name, text));
    registry.add(name, text, file, &mut found);
    registry.check(&mut found);
    found.settle();
    let line = |found: &chancery::diag::Diagnostic| (found.code, sources.slice(found.place).to_owned());
    let all = found.iter().map(line).collect();
    (registry, all)
}

/// The files that were compiled in are read by the same reader as a user's,
/// without a fault, to the same entries.
#[test]
fn our_own_files_are_read_without_a_fault() {
    let mut count = 0;
    for entry in std::fs::read_dir("registry").expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        if !name.ends_with(".toml") || ["meetings.toml", "series.toml"].contains(&name.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let (registry, found) = read(&name, &text);
        let faults: Vec<_> = found.iter().filter(|(code, _)| *code != Code::RegistryOverride).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        for own in registry.own() {
            let built_in = Registry::built_in();
            let compiled = built_in.get(own.key()).unwrap_or_else(|| panic!("{} is not compiled in", own.key()));
            assert_eq!(&without_place(own), compiled);
            count += 1;
        }
    }
    assert_eq!(count, Registry::built_in().all().count());
    assert!(count > 200, "{count} instruments");
}

#[test]
fn every_entry_has_a_source_and_a_symbol_that_can_be_read() {
    for entry in Registry::built_in().all() {
        assert!(
            entry.source.iter().all(|source| source.starts_with("http") || source.contains("examples/asian-partners")),
            "{}",
            entry.key()
        );
        if let Some(symbol) = &entry.symbol {
            assert_eq!(read_symbol(symbol).map(|symbol| symbol.to_string()).as_deref(), Some(symbol.as_ref()));
        }
    }
}

#[test]
fn a_decision_of_before_2003_has_two_spellings() {
    let registry = Registry::built_in();
    let symbol = |text: &str| read_symbol(text).expect("a symbol");
    assert_eq!(registry.find(&symbol("MC.DEC/6/02")).map(Instrument::key), Some("MC(10).DEC/6"));
    assert_eq!(registry.find(&symbol("MC(10).DEC/6")).map(Instrument::key), Some("MC(10).DEC/6"));
    assert_eq!(registry.find(&symbol("MC.DEC/10/14")).map(Instrument::key), Some("MC.DEC/10/14"));
    assert_eq!(registry.find(&symbol("MC.DOC/10/14")).map(Instrument::key), Some("MC.DOC/10/14"));
    assert!(registry.find(&Symbol { number: Some(99), ..symbol("MC.DEC/10/14") }).is_none());
    let resolution =
        Resolution { organ: 'S', number: 1325, of_session: None, year: Some(2000), session: None, letter: None };
    assert_eq!(resolution.to_string(), "S/RES/1325 (2000)");
}

#[test]
fn titles_are_found_by_words_of_any_language() {
    let registry = Registry::built_in();
    let found = |words: &str| -> Vec<String> {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        registry.search(&words).map(|entry| entry.key().to_owned()).collect()
    };
    assert_eq!(found("trata seres humanos contra todas"), ["MC.DOC/1/11"]);
    assert_eq!(found("толерантность недискриминация"), ["MC(10).DEC/6"]);
    assert!(found("conflict cycle").contains(&"MC.DEC/3/11".to_owned()));
    assert!(found("nothing bears such words").is_empty());
}

#[test]
fn every_fault_of_a_file_is_said_in_one_run_at_its_place() {
    let csv = "symbol,adopted,superseded-by,source,titel.en\n\
               MC.DEC/901/11,2011-12-07,,an example,\n\
               MC.DEC/902/11,2011-13-07,,an example,\n\
               MC.DEC/903/11,2012-01-07,,an example,\n\
               MC.D EC/904/11,,,an example,\n\
               MC.DEC/905/11,,,,\n\
               MC.DEC/901/11,,,an example,\n\
               MC.DEC/906/11,,MC.DEC/906/11,an example,A title\n\
               ,,,an example,\n";
    let (registry, found) = read("own.csv", csv);
    let place = |code: Code| -> Vec<&str> {
        found.iter().filter(|(found, _)| *found == code).map(|(_, place)| place.as_str()).collect()
    };
    assert_eq!(place(Code::RegistryDuplicate), ["MC.DEC/901/11,,,an example,"]);
    assert_eq!(
        place(Code::RegistryEntry),
        [
            "2011-13-07",
            "2012-01-07",
            "MC.D EC/904/11",
            "MC.DEC/905/11,,,,",
            "MC.DEC/906/11",
            "A title",
            ",,,an example,"
        ]
    );
    assert_eq!(place(Code::RegistryCycle).len(), 1);
    assert!(registry.get("MC.DEC/901/11").is_some());
}

#[test]
fn circles_and_loose_ends_are_said() {
    let toml = "[[instrument]]\nsymbol = \"MC.DEC/901/11\"\nsuperseded-by = \"MC.DEC/902/12\"\nsource = \"x\"\n\
                [[instrument]]\nsymbol = \"MC.DEC/902/12\"\nsuperseded-by = \"MC.DEC/903/13\"\nsource = \"x\"\n\
                [[instrument]]\nsymbol = \"MC.DEC/903/13\"\nsuperseded-by = \"MC.DEC/901/11\"\nsource = \"x\"\n\
                [[instrument]]\nsymbol = \"MC.DEC/904/13\"\nsuperseded-by = \"MC.DEC/905/13\"\nsource = \"x\"\n";
    let (_, found) = read("own.toml", toml);
    let codes: Vec<Code> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, [Code::RegistryCycle, Code::RegistryRelation]);
}

#[test]
fn a_spreadsheet_divides_as_it_likes() {
    for (name, text) in [
        ("a.csv", "symbol;adopted;source\nMC.DEC/901/11;2011-12-07;\"a list; of two\"\n"),
        ("b.csv", "\u{FEFF}symbol\tadopted\tsource\r\nMC.DEC/901/11\t2011-12-07\tan example\r\n"),
        ("c.CSV", "Symbol,Adopted,Source\n\nMC.DEC/901/11,2011-12-07,\"an example, with a comma\"\n"),
    ] {
        let (registry, found) = read(name, text);
        assert!(found.is_empty(), "{name}: {found:?}");
        assert_eq!(registry.own().len(), 1, "{name}");
        assert!(registry.get("MC.DEC/901/11").is_some_and(|entry| entry.adopted.is_some()));
    }
}

fn without_place(own: &Instrument) -> Instrument {
    let mut own = own.clone();
    own.place = None;
    own
}

#[test]
fn what_is_written_reads_back() {
    let registry = Registry::built_in();
    let text = to_toml(registry.all());
    let (again, found) = read("again.toml", &text);
    assert!(found.iter().all(|(code, _)| *code == Code::RegistryOverride), "{found:?}");
    for own in again.own() {
        assert_eq!(Some(&without_place(own)), registry.get(own.key()), "{}", own.key());
    }
}

#[test]
fn hostile_files_end_in_findings() {
    let deep = format!("instrument = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    for text in [deep.as_str(), "\u{0}", "[[instrument]]\nsymbol = 5\nsource = 5\n", "instrument = 3", "[[instrument]]"]
    {
        let (_, found) = read("hostile.toml", text);
        assert!(!found.is_empty(), "{}", &text[..text.len().min(40)]);
    }
    for text in ["", "symbol\n\"unclosed", "a,b\n1,2\n", "symbol,source\n\u{0},x\n"] {
        let (_, found) = read("hostile.csv", text);
        assert!(text.is_empty() || !found.is_empty(), "{text}");
    }
}
