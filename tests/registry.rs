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
    assert_eq!(count, Registry::built_in().worded().count());
    assert!(count > 290, "{count} instruments");
}

#[test]
fn every_entry_has_a_source_and_a_symbol_that_can_be_read() {
    let read = |source: &str| {
        ["http", "UNxml/", "lefthand67/"].iter().any(|begin| source.starts_with(begin))
            || source.contains("examples/asian-partners")
    };
    for entry in Registry::built_in().worded() {
        assert!(!entry.source.is_empty(), "{}", entry.key());
        assert!(entry.source.iter().all(|source| read(source)), "{}: {:?}", entry.key(), entry.source);
        if let Some(symbol) = entry.symbol.as_ref().filter(|symbol| !symbol.starts_with("A/RES/")) {
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

/// Number, year and day of all resolutions of the Security Council.
#[test]
fn the_security_council_is_there_whole() {
    let registry = Registry::built_in();
    let council: Vec<&Instrument> = registry.all().filter(|entry| entry.key().starts_with("S/RES/")).collect();
    assert_eq!(council.len(), 2825);
    assert_eq!(council.iter().filter(|entry| entry.adopted.is_some()).count(), 2816);
    assert_eq!(council.iter().filter(|entry| entry.is_read_once()).count(), 34);
    for entry in &council {
        assert_eq!(entry.adopted.map(|day| day.year()), entry.adopted.and(entry.year.map(|year| year.cast_signed())));
        assert_eq!(registry.get(entry.key()).map(Instrument::key), Some(entry.key()));
    }
    let days = |number: &str| registry.get(&format!("S/RES/{number}")).and_then(|entry| entry.adopted);
    let known = [
        ("1 (1946)", "1946-01-25"),
        ("1325 (2000)", "2000-10-31"),
        ("2250(2015)", "2015-12-09"),
        ("2825", "2026-06-29"),
    ];
    for (number, day) in known {
        assert_eq!(days(number).map(|day| day.to_string()).as_deref(), Some(day), "{number}");
    }
    assert!(registry.get("S/RES/913 (1994)").is_some_and(|entry| entry.adopted.is_none()));
    for none in ["S/RES/0 (1946)", "S/RES/1325 (2001)", "S/RES/2826 (2026)", "S/RES/4294967296 (2000)", "S/RES/1325 ()"]
    {
        assert!(registry.get(none).is_none(), "{none}");
    }
    let whole = (1946..=2026).filter(|year| registry.coverage("S/RES", *year).is_some_and(|known| known.complete));
    assert_eq!(whole.count(), 80);
    assert!(registry.coverage("S/RES", 2026).is_some_and(|known| !known.complete && known.highest == 2825));
}

/// However a resolution is written, it is one.
#[test]
fn resolutions_of_the_assembly_are_one_in_each_spelling() {
    let text = "[[instrument]]\nsymbol = \"A/RES/ES-11/1\"\nsource = \"x\"\n\n[[instrument]]\nsymbol = \"A/RES/901/4B\"\nsource = \"x\"\n";
    let (registry, found) = read("own.toml", text);
    assert_eq!(found, []);
    for (spelling, key) in [
        ("A/RES/217(III)[A]", "A/RES/217(III)[A]"),
        ("A/RES/217 (III) A", "A/RES/217(III)[A]"),
        ("A/RES/217 A (III)", "A/RES/217(III)[A]"),
        ("A/RES/67/234 B", "A/RES/67/234B"),
        ("A/RES/ES-11/1", "A/RES/ES-11/1"),
        ("A/RES/901/4 B", "A/RES/901/4B"),
    ] {
        assert_eq!(registry.get(spelling).map(Instrument::key), Some(key), "{spelling}");
    }
    for none in ["A/RES/217", "A/RES/217 B (III)", "A/RES/67/234", "A/RES/", "A/RES//1", "A/RES/1/", "A/RES/(III)"] {
        assert!(registry.get(none).is_none(), "{none}");
    }
    let (_, found) = read("own.toml", "[[instrument]]\nsymbol = \"A/RES/of 1946\"\nsource = \"x\"\n");
    assert_eq!(found, [(Code::RegistryEntry, "\"A/RES/of 1946\"".to_owned())]);
}

/// The file of the General Assembly that a project can add.
#[test]
fn the_assembly_can_be_added() {
    let name = "registry/un-general-assembly.csv";
    let Ok(text) = std::fs::read_to_string(name) else { return };
    let (registry, found) = read(name, &text);
    let faults: Vec<_> = found.iter().filter(|(code, _)| *code != Code::RegistryOverride).collect();
    assert!(faults.is_empty(), "{faults:?}");
    assert!(registry.own().len() > 10_000);
    assert!(registry.get("A/RES/75/1").is_some_and(|entry| entry.title("fr").is_some()));
}

/// Each name leads to one instrument, and nothing shorter than the index needs.
#[test]
fn a_name_is_that_of_one_instrument() {
    let registry = Registry::built_in();
    let mut named = std::collections::BTreeMap::new();
    for entry in registry.worded() {
        for (tag, names) in entry.names.iter() {
            for name in names.iter() {
                let is_abbreviation = name.chars().count() >= 4 && name.chars().all(char::is_uppercase);
                assert!(name.chars().count() >= 8 || is_abbreviation, "{name}");
                let other = named.insert((tag.clone(), name.to_lowercase()), entry.key());
                assert!(other.is_none_or(|other| other == entry.key()), "{name}: {} and {other:?}", entry.key());
            }
        }
    }
    let slugs: std::collections::BTreeSet<_> =
        registry.worded().filter(|entry| !entry.names.is_empty()).map(Instrument::key).collect();
    assert!(slugs.len() >= 91, "{}", slugs.len());
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
