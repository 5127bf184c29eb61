//! Templates: filled in, checked in every branch, and bounded.

use std::collections::{BTreeMap, BTreeSet};

use chancery::compile::{Compilation, Kind, Options, compile};
use chancery::diag::{Code, Severity};
use chancery::layout::style::Style;
use chancery::render;
use chancery::world::MemoryWorld;
use proptest::prelude::*;

use crate::support::{TODAY, compiled_in, filled};

/// A project of our own: a document, its template, the one that this extends,
/// a clause that includes another, and a complete year of a registry.
fn project() -> BTreeMap<String, String> {
    let files = [
        (
            "text.decl",
            "// A text of our own.\ndocument:  welcome\nlanguage:  en\npartners:  our Partners\nnumber:    27\n\
             tone:      neutral\nthemes:    trust; water\nspeakers:\n  - A. Example | Albania\n  - B. Example | Poland\n\
             ---\n\nblock: closing\n{inherited}\n\n#. We thank {partners | upper}.\nend: closing\n\n// The end.\n",
        ),
        (
            "templates/welcome.decl",
            "template: welcome\nextends:  greeting\nlanguage: en\ntitle:    Draft welcome of {partners}\nparams:\n\
             \x20 partners  text                        \"Who they are\"\n\
             \x20 number    integer, 1 to 60            \"Which meeting\"\n\
             \x20 host      text, optional              \"Who was host\"\n\
             \x20 year      integer, optional           \"When\"\n\
             \x20 tone      choice of warm, neutral = warm  \"How\"\n\
             \x20 themes    list of text, at least 1    \"What about\"\n\
             \x20 speakers  list of record of name text, state text, optional  \"Who spoke\"\n---\n\
             1. {#start} We welcome {partners} to our {number | ordinal} meeting{if year} in {year}{end}, on\n\
             {themes | list}{for t in themes}, {t} ({#theme-{t}}that is){end}.\n\n\
             if: host\n2. We thank {host}, as Ministerial Council Decision No. 901/11 asks.\n// Branch\n\n\
             else:\n#. We hope for a host.\nend:\n\n\
             if: tone is warm and year\n#. It was warm in {year}.\nend:\n\n\
             for: s in speakers\n#. {#speaker-{s.name}} We heard {s.name} of {s.state}.\nend:\n\n\
             for: t in themes\ninclude: clauses/en/thanks.decl\n  theme: {t}\nend:\n\n// Else where\n\n\
             block: closing\n#. {#end} We return to paragraph {@start | number}.\nend:\n",
        ),
        (
            "templates/greeting.decl",
            "template: greeting\nextends:  declaration\nlanguage: en\n---\n\n\
             We met{if adopted} on {adopted | date}{end}.\n\nblock: body\nend:\n",
        ),
        (
            "clauses/en/thanks.decl",
            "about: Thanks for a theme.\nparams:\n  theme  text  \"What for\"\n---\n\
             #. {#thanks} We are grateful for {theme}, see {@thanks}.\n\ninclude: ./more.decl\n  subject: {theme}\n",
        ),
        (
            "clauses/en/more.decl",
            "about: More.\nparams:\n  subject  text  \"On what\"\n---\n#. We need more of {subject}.\n\n// More.\n",
        ),
        (
            "clauses/fr/merci.decl",
            "about: Merci.\nlanguage: fr\nparams:\n  theme  text  \"Pour quoi\"\n---\n#. Merci {theme}.\n",
        ),
        (
            "registry/own.toml",
            "[[coverage]]\nseries = \"MC.DEC\"\nyear = 2011\nhighest = 901\nstate = \"complete\"\nsource = \"a test\"\n\n\
             [[instrument]]\nsymbol = \"MC.DEC/901/11\"\nadopted = 2011-12-07\nsource = \"a test\"\n",
        ),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

fn compiled(files: &BTreeMap<String, String>, path: &str) -> Compilation {
    let world = files
        .iter()
        .fold(MemoryWorld::new().on(TODAY), |world, (path, text)| world.with(path, text.as_bytes()))
        .with("chancery.toml", "registries = [\"registry/own.toml\"]\n");
    compile(&world, path, &Options::default()).expect("in memory")
}

fn said(compilation: &Compilation) -> Vec<String> {
    let line = |found: &chancery::diag::Diagnostic| {
        let file = compilation.sources.get(found.place.file).map_or("", |source| source.name());
        format!("{} at `{}` in {file}: {}", found.code.name(), compilation.sources.slice(found.place), found.message)
    };
    compilation.found.iter().map(line).collect()
}

fn flowed(compilation: &Compilation) -> String {
    let checked = compilation.checked.as_ref().unwrap_or_else(|| panic!("{:#?}", said(compilation)));
    render::flowed(checked, 72)
}

#[test]
fn a_template_is_filled_in() {
    let compilation = compiled(&project(), "text.decl");
    assert_eq!(said(&compilation), Vec::<String>::new());
    let text = flowed(&compilation);
    for words in [
        "DRAFT WELCOME OF OUR PARTNERS",
        "We met.",
        "We welcome our Partners to our twenty-seventh meeting, on trust and",
        "2.  We hope for a host.",
        "We heard A. Example of Albania.",
        "5.  We are grateful for trust, see paragraph 5.",
        "7.  We are grateful for water, see paragraph 7.",
        "9.  We return to paragraph 1.",
        "10. We thank OUR PARTNERS.",
    ] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    for words in ["as Ministerial Council Decision", "It was warm"] {
        assert!(!text.contains(words), "{words} in\n{text}");
    }
}

#[test]
fn every_seeded_fault_is_said_at_the_authors_line_with_what_led_there() {
    let mut wrong = Vec::new();
    let mut codes = BTreeSet::new();
    for line in include_str!("templates/faults.tsv").lines() {
        let [code, file, good, bad, words, chain] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        codes.insert(code);
        let mut files = project();
        let text = files.get_mut(file).unwrap_or_else(|| panic!("{file}"));
        let (good, bad) = (good.replace("\\n", "\n"), bad.replace("\\n", "\n"));
        assert!(text.contains(&good), "`{good}` is not in {file}");
        *text = text.replacen(&good, &bad, 1);
        if code == "limit-reached" {
            let text = files.get_mut("text.decl").expect("the text");
            *text = text.replace("trust; water", "a; b; c; d; e; f; g; h; i; j");
        }
        let compilation = compiled(&files, "text.decl");
        let hit = compilation.found.iter().find(|found| {
            let name = compilation.sources.get(found.place.file).map_or("", |source| source.name());
            let at = compilation.sources.slice(found.place);
            let is_there = match (code, words) {
                (_, "*") => true,
                // What an argument gives is said where it is given.
                ("wrong-type", "{t}") => name == "templates/welcome.decl" && at == words,
                _ => name == file && at == words,
            };
            found.code.name() == code && is_there
        });
        let Some(hit) = hit else {
            wrong.push(format!("{code} in {file}: `{bad}`\n    found {:#?}", said(&compilation)));
            continue;
        };
        let steps: Vec<&str> = compilation.sources.steps(hit.place).map(|step| step.what.as_ref()).collect();
        let led: Vec<&str> = steps.iter().rev().copied().filter(|step| !step.starts_with("with `")).collect();
        if chain != "*" && led != chain.split('>').filter(|step| !step.is_empty()).collect::<Vec<_>>() {
            wrong.push(format!("{code} in {file}: `{bad}`\n    led by {led:?}"));
        }
        // Each step is told, at a place of its own.
        assert!(hit.others.len() >= steps.len().min(1), "{code}: {hit:?}");
        assert!(hit.hint.is_some(), "{code} has no hint");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(codes.len() >= 18, "{codes:?}");
}

#[test]
fn a_template_is_checked_by_itself_with_its_examples() {
    let mut files = project();
    assert_eq!(said(&compiled(&files, "templates/welcome.decl")), Vec::<String>::new());
    let text = files.get_mut("templates/welcome.decl").expect("the template");
    *text =
        text.replace("params:", "examples:\n  - partners: our Partners\n    number: 61\n    themes: trust\nparams:");
    *text = text.replace("1. {#start}", "{unknown}\n\n1. {#start}");
    let compilation = compiled(&files, "templates/welcome.decl");
    assert_eq!(compilation.kind, Kind::Template);
    assert!(compilation.checked.is_none());
    let codes: Vec<Code> = compilation.found.iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::WrongType, Code::UnknownName], "{:#?}", said(&compilation));
    // What is declared and not used, in a template and in a clause.
    for path in ["templates/welcome.decl", "clauses/en/more.decl"] {
        let mut files = project();
        let text = files.get_mut(path).expect("a file");
        *text = text.replace("params:\n", "params:\n  idle  text, optional  \"Nothing\"\n");
        let codes: Vec<Code> = compiled(&files, path).found.iter().map(|found| found.code).collect();
        assert_eq!(codes, [Code::UnusedParameter], "{path}");
    }
}

#[test]
fn built_in_templates_and_clauses_have_nothing_to_say_of() {
    for folder in ["templates", "clauses/en", "clauses/fr"] {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let text = std::fs::read(&path).expect("a file");
            let name = path.display().to_string();
            let world = MemoryWorld::new().on(TODAY).with(&name, text);
            let compilation = compile(&world, &name, &Options::default()).expect("in memory");
            assert_eq!(said(&compilation), Vec::<String>::new(), "{name}");
            assert_ne!(compilation.kind, Kind::Document);
        }
    }
}

#[test]
fn the_declaration_is_the_same_as_an_instance_of_its_template() {
    let of = |name: &str| {
        let text = std::fs::read_to_string(name).expect("an example");
        compiled_in(&text, &BTreeMap::new()).checked.expect("no error")
    };
    let (plain, filled) = (of("examples/asian-partners.fr.decl"), of("examples/asian-partners-from-template.fr.decl"));
    let style = Style::house();
    assert_eq!(render::printed(&plain, &style), render::printed(&filled, &style));
    assert_eq!(render::flowed(&plain, 72), render::flowed(&filled, 72));
    assert_eq!(
        render::pdf(&plain, &style, &render::PdfOptions::default()).expect("a PDF"),
        render::pdf(&filled, &style, &render::PdfOptions::default()).expect("a PDF")
    );
}

#[test]
fn a_value_that_is_missing_is_a_gap_in_a_draft_and_an_error_in_a_final_text() {
    let mut files = project();
    let text = files.get_mut("text.decl").expect("the text");
    *text = text.replace("partners:  our Partners\n", "").replace("number:    27", "number:    […]");
    let compilation = compiled(&files, "text.decl");
    assert!(
        compilation.found.iter().all(|found| found.code == Code::Placeholder && found.severity == Severity::Warning)
    );
    let shown = flowed(&compilation);
    assert!(shown.contains("We welcome [partners] to our […] meeting"), "{shown}");
    let text = files.get_mut("text.decl").expect("the text");
    *text = text.replace("language:", "status: final\nsymbol: MC.DOC/901/26\nadopted: 2026-11-01\nlanguage:");
    assert!(compiled(&files, "text.decl").checked.is_none());
}

#[test]
fn a_value_is_never_read_as_markup() {
    let mut files = project();
    let hostile = "*x* {host} [y] {#z} | // \\{ {note: n} 1. {if a}";
    let text = files.get_mut("text.decl").expect("the text");
    *text = text.replace("our Partners", hostile).replace("trust; water", "if: host; end:");
    let compilation = compiled(&files, "text.decl");
    let shown = flowed(&compilation).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains(&format!("We welcome {hostile} to our")), "{shown}");
    assert!(shown.contains("grateful for if: host, see"), "{shown}");
}

#[test]
fn data_fills_documents_from_four_formats_and_faults_are_at_their_bytes() {
    let template = "template: letter\nextends: declaration\nlanguage: en\ntitle: Draft letter to {name}\nparams:\n\
                    \x20 name   text  \"Who\"\n  since  integer, 1973 to 2100  \"When\"\n\
                    \x20 towns  list of record of name text, people integer, optional  \"Where\"\n---\n\
                    1. {name} has taken part since {since}{for t in towns}, {t.name} with {t.people | number}{end}.\n";
    let world = MemoryWorld::new().on(TODAY).with("templates/letter.decl", template);
    let same = [
        ("a.csv", "name,since,towns\nAlbania,1991,Tirana | 418000; Durrës | 101000\n\"Holy \"\"See\"\"\",1973,\n"),
        (
            "a.json",
            "[{\"name\": \"Albania\", \"since\": 1991, \"towns\": [{\"name\": \"Tirana\", \"people\": 418000},\
             {\"name\": \"Durr\\u00ebs\", \"people\": 101000}]}, {\"name\": \"Holy \\\"See\\\"\", \"since\": 1973}]",
        ),
        (
            "a.toml",
            "[[record]]\nname = \"Albania\"\nsince = 1991\ntowns = [{ name = \"Tirana\", people = 418000 },\
             { name = \"Durrës\", people = 101000 }]\n\n[[record]]\nname = 'Holy \"See\"'\nsince = 1973\n",
        ),
        (
            "a.yaml",
            "- name: Albania\n  since: 1991\n  towns:\n    - name: Tirana\n      people: 418000\n    - { name: Durrës, people: 101000 }\n\
             - name: Holy \"See\"\n  since: 1973\n",
        ),
    ];
    for (name, data) in same {
        let made = filled(&world, "templates/letter.decl", name, data);
        let joined = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let texts: Vec<String> = made.iter().map(flowed).map(joined).collect();
        assert!(texts[0].contains("since 1991, Tirana with 418,000, Durrës with 101,000."), "{name}: {}", texts[0]);
        assert!(texts[1].contains("Holy \"See\" has taken part since 1973."), "{name}: {}", texts[1]);
    }
    let faults = [
        ("a.csv", "name,since\nAlbania,soon\n", Code::WrongType, "soon"),
        ("a.json", "[{\"name\": \"Albania\", \"since\": \"soon\"}]", Code::WrongType, "soon"),
        ("a.toml", "name = \"Albania\"\nsince = \"soon\"\n", Code::WrongType, "soon"),
        ("a.yaml", "name: Albania\nsince: soon\n", Code::WrongType, "soon"),
        (
            "a.json",
            "[{\"name\": \"A\", \"towns\": [{\"name\": \"T\", \"people\": \"few\"}], \"since\": 1991}]",
            Code::WrongType,
            "few",
        ),
        ("a.json", "{\"name\": ", Code::DataSyntax, ""),
        ("a.json", "{\"name\": \"A\", \"name\": \"B\"}", Code::DataSyntax, "name"),
        ("a.yaml", "name: &a Albania\nsince: 1991\n", Code::DataSyntax, "&a Albania"),
        ("a.yaml", "a: [\n", Code::DataSyntax, ""),
        ("a.toml", "name = Albania\n", Code::DataSyntax, "Albania"),
        ("a.csv", "name,name\nA,B\n", Code::DataSyntax, "name"),
        ("a.csv", "name,since\nA,1991,x\n", Code::DataSyntax, "A,1991,x"),
        ("a.csv", "name,since\nA,1991\n\"B,1991\nC,1991\n", Code::DataSyntax, "\""),
        ("a.txt", "name: A\n", Code::DataSyntax, ""),
    ];
    for (name, data, code, words) in faults {
        let made = filled(&world, "templates/letter.decl", name, data);
        let hit = made[0].found.iter().find(|found| found.code == code);
        let hit = hit.unwrap_or_else(|| panic!("{name} {data}: {:#?}", said(&made[0])));
        assert_eq!(made[0].sources.slice(hit.place).trim_end(), words, "{name} {data}: {}", hit.message);
        assert_eq!(made[0].sources.get(hit.place.file).map_or("", |source| source.name()), name, "{data}");
    }
    let rows = filled(&world, "templates/letter.decl", "a.csv", "name,since\nA,1991\nB,soon\n");
    assert!(rows[0].checked.is_some() && rows[1].checked.is_none());
    assert!(rows[1].found.iter().any(|found| found.message.contains("in row 3")), "{:#?}", said(&rows[1]));
}

#[test]
fn hostile_data_is_bounded() {
    let world =
        MemoryWorld::new().on(TODAY).with("a.decl", "document: declaration\nlanguage: en\ntitle: T\n---\n1. x\n");
    for (name, data) in [
        ("a.json", "[".repeat(1 << 20)),
        ("a.json", "{\"a\":".repeat(1 << 18)),
        ("a.yaml", "[".repeat(1 << 20)),
        ("a.yaml", "- ".repeat(1 << 19)),
        ("a.yaml", "a: &a [*a, *a]\n".to_owned()),
        ("a.csv", "\"".repeat(1 << 20)),
        ("a.csv", ",".repeat(1 << 20)),
        ("a.toml", "a = ".to_owned() + &"[".repeat(1000)),
        ("a.json", "\u{FEFF}{\"place\": \"\\ud83d\\ude00\"}".to_owned()),
    ] {
        for compilation in filled(&world, "a.decl", name, &data).iter().take(3) {
            chancery::diag::human(&compilation.found, &compilation.sources, false);
        }
    }
}

#[test]
fn a_volume_has_a_cover_contents_and_links_between_its_texts() {
    let member = |symbol: &str, title: &str, body: &str| {
        format!(
            "document: declaration\nsymbol: {symbol}\nlanguage: en\nas-of: 2026-12-04\ntitle: {title}\n---\n\n{body}"
        )
    };
    let mut files = BTreeMap::new();
    let long = "#. We have met and shall meet again, as we said.\n\n".repeat(60);
    files.insert(
        "a.decl".to_owned(),
        member("MC.DOC/901/26", "Draft one", &format!("1. {{#x}} See MC.DOC/902/26.\n\n{long}")),
    );
    files.insert(
        "b.decl".to_owned(),
        member("MC.DOC/902/26", "Draft two", "1. As in MC.DOC/901/26{note: A note.}, {@y}.\n\n2. {#y} So.\n"),
    );
    let header = "document: compilation\nlanguage: en\nplace: Tirana\nyear: 2026\ntitle: Draft documents\n---\n";
    files.insert("text.decl".to_owned(), format!("{header}section: Declarations\nmember: a.decl\nmember: ./b.decl\n"));
    let compilation = compiled(&files_with_registry(files.clone()), "text.decl");
    assert_eq!(said(&compilation), Vec::<String>::new());
    let checked = compilation.checked.as_ref().expect("no error");
    let style = Style::house();
    let printed = render::printed(checked, &style).content;
    let pages: Vec<&str> = printed.split('\u{C}').collect();
    assert!(pages[0].contains("T I R A N A") && pages[0].contains("2026"), "{}", pages[0]);
    // Cover, its back and contents have no numbers, and all is even; a section begins at the
    // right with a blank back. From there each page says its number, and the contents say
    // where each text begins.
    let front = pages.iter().position(|page| page.contains("I. DECLARATIONS") && !page.contains("Page"));
    let front = front.expect("the section");
    assert!(front % 2 == 0 && pages[front + 1].trim().is_empty(), "{front}: {printed}");
    for (at, page) in pages.iter().enumerate() {
        let number = at.checked_sub(front).filter(|at| *at > 1);
        assert_eq!(page.contains(" - "), number.is_some(), "{at}: {page}");
        assert!(number.is_none_or(|at| page.contains(&format!("- {} -", at + 1))), "{page}");
    }
    for title in ["DRAFT ONE", "DRAFT TWO"] {
        let number = pages.iter().rposition(|page| page.contains(title)).expect("the text") + 1 - front;
        let contents = pages.iter().find(|page| page.contains("TABLE OF CONTENTS")).expect("contents");
        let entry = contents.lines().find(|line| line.to_uppercase().contains(title)).expect("an entry");
        assert!(entry.trim_end().ends_with(&format!(" {number}")), "{entry}: {number}");
    }
    assert!(printed.contains("(MC.DOC/902/26 of 4 December 2026)"), "{printed}");
    // Contents, the other text in both directions, and a paragraph.
    let pages = chancery::layout::pages(checked, &style);
    let links: usize = pages.pages.iter().map(|page| page.links.len()).sum();
    assert_eq!(links, 3 + 2 + 1);
    render::pdf(checked, &style, &render::PdfOptions::default()).expect("a PDF");
    assert!(render::flowed(checked, 72).contains("DRAFT TWO"));
    // What is wrong in a member is said there, with the line that took it in.
    files.insert("b.decl".to_owned(), member("MC.DOC/902/26", "Draft two", "1. See {nothing}.\n"));
    let compilation = compiled(&files_with_registry(files.clone()), "text.decl");
    let found = compilation.found.iter().next().expect("a finding");
    assert_eq!((found.code, compilation.sources.slice(found.place)), (Code::UnknownName, "nothing"));
    assert!(found.others.iter().any(|(place, _)| compilation.sources.slice(*place) == "./b.decl"));
    for (body, code) in [
        ("member: text.decl\n", Code::VolumeMember),
        ("member: none.decl\n", Code::VolumeMember),
        ("member: ../a.decl\n", Code::VolumeMember),
        ("member: a.decl\n\nSome words.\n", Code::VolumeMember),
        ("member:\n", Code::VolumeMember),
    ] {
        files.insert("text.decl".to_owned(), format!("{header}section: One\n{body}"));
        let compilation = compiled(&files_with_registry(files.clone()), "text.decl");
        assert!(compilation.found.iter().any(|found| found.code == code), "{body}: {:#?}", said(&compilation));
    }
    assert!(crate::support::codes("1. x\n\nmember: a.decl\n").contains(&Code::VolumeMember));
}

fn files_with_registry(mut files: BTreeMap<String, String>) -> BTreeMap<String, String> {
    files.insert("registry/own.toml".to_owned(), project().remove("registry/own.toml").expect("a registry"));
    files
}

#[test]
fn branches_and_includes_are_bounded_in_depth_and_number() {
    let deep = "if: place\n".repeat(200) + "#. x\n" + &"end:\n".repeat(200);
    assert!(crate::support::codes(&deep).contains(&Code::TooDeep));
    let inline = "1. ".to_owned() + &"{if place}".repeat(100) + "x" + &"{end}".repeat(100) + "\n";
    assert!(crate::support::codes(&inline).contains(&Code::TooDeep));
    // Each clause includes the next one twice.
    let mut files: BTreeMap<String, String> = (0..30)
        .map(|at| {
            let next = format!("include: clauses/en/c{}.decl\n\n", at + 1);
            (format!("clauses/en/c{at}.decl"), format!("about: A.\n---\n{next}{next}"))
        })
        .collect();
    files.insert("clauses/en/c30.decl".to_owned(), "about: Z.\n---\n#. x\n".to_owned());
    let compilation = compiled_in("1. x\n\ninclude: clauses/en/c0.decl\n", &files);
    let limit = compilation.found.iter().find(|found| found.code == Code::LimitReached).expect("a limit");
    assert!(limit.others.len() > 5, "{limit:?}");
    // Blocks that take over what they inherit, twice each.
    let mut files = BTreeMap::new();
    for at in 0..15 {
        let parent = if at == 0 { "declaration".to_owned() } else { format!("t{}", at - 1) };
        let text = if at == 0 {
            "1. x\n\nblock: a\n#. y\nend:\n"
        } else {
            "block: a\n{inherited}\n\n{inherited}\n\n{inherited}\nend:\n"
        };
        files.insert(
            format!("templates/t{at}.decl"),
            format!("template: t{at}\nextends: {parent}\nlanguage: en\n---\n{text}"),
        );
    }
    let compilation = compiled_in("document: t14\nlanguage: en\ntitle: T\n---\n", &files);
    assert!(compilation.found.iter().any(|found| found.code == Code::LimitReached), "{:?}", compilation.found);
}

/// Words of any letters and signs, as a value may be.
fn words() -> impl Strategy<Value = String> {
    "[a-zA-ZÀ-ÿА-я0-9 .,:;!?{}\\[\\]()*|#@/\\\\\"'«»–-]{1,40}"
        .prop_filter("a value has words, and is no gap", |words| {
            let words = words.trim();
            !(words.is_empty() || words.contains("//") || words.starts_with("[") && words.ends_with("]"))
        })
        .prop_map(|words| words.trim().to_owned())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// A value changes what is printed in its place, and no structure.
    #[test]
    fn a_value_of_the_right_type_changes_nothing_but_its_place(
        partners in words(), number in 1u32..60, themes in prop::collection::vec("[a-zé ]{1,12}[a-z]", 1..5), warm in any::<bool>(),
    ) {
        let mut files = project();
        let text = files.get_mut("text.decl").expect("the text");
        *text = text
            .replace("our Partners", &partners)
            .replace("number:    27", &format!("number: {number}"))
            .replace("trust; water", &themes.join("; "))
            .replace("neutral", if warm { "warm" } else { "neutral" });
        let compilation = compiled(&files, "text.decl");
        let document = compilation.document.as_ref().expect("a document");
        let blocks = &document.parts[0].blocks;
        let distinct: BTreeSet<&String> = themes.iter().collect();
        if distinct.len() == themes.len() {
            prop_assert!(compilation.found.iter().all(|found| found.severity < Severity::Error
                || matches!(found.code, Code::MissingGlyph | Code::DuplicateLabel | Code::Ambiguous | Code::Malformed | Code::Pending)),
                "{:#?}", said(&compilation));
        }
        // The opening, then two paragraphs, two speakers, two a theme, two at the end.
        let [_, list] = &blocks[..] else { panic!("{blocks:?}") };
        let chancery::model::BlockKind::List(list) = &list.kind else { panic!("{list:?}") };
        let inner = |item: &chancery::model::Item| -> usize {
            item.body.iter().map(|block| match &block.kind {
                chancery::model::BlockKind::List(list) => list.items.len(),
                _ => 1,
            }).sum()
        };
        let all: usize = list.items.iter().map(|item| 1 + inner(item)).sum();
        prop_assert_eq!(all, 2 + 2 + 2 * themes.len() + 2);
        let first = chancery::model::plain(&list.items[0].content);
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert!(plain(&first).starts_with(&format!("We welcome {} to our", plain(&partners))), "{}", first);
        chancery::diag::human(&compilation.found, &compilation.sources, false);
    }

    /// The canonical form of a template fills in as the template does.
    #[test]
    fn the_canonical_form_of_a_template_means_the_same(seed in 0usize..64) {
        let mut files = project();
        // Blank lines, indentation and comments where they mean nothing.
        let text = files.get_mut("templates/welcome.decl").expect("the template");
        if seed & 1 > 0 { *text = text.replace("if: host\n", "if:   host\n\n"); }
        if seed & 2 > 0 { *text = text.replace("\nend:", "\n\nend:"); }
        if seed & 4 > 0 { *text = text.replace("for: s in speakers\n", "for: s in speakers\n// each\n"); }
        if seed & 8 > 0 { *text = text.replace("  theme: {t}", "      theme:   {t}"); }
        if seed & 16 > 0 { *text = text.replace("else:\n#.", "else:\n  \n#."); }
        if seed & 32 > 0 { *text = text.replace("\n---\n", "\n-----\n\n\n"); }
        let before = flowed(&compiled(&files, "text.decl"));
        for (path, text) in files.iter_mut().filter(|(path, _)| path.ends_with(".decl")) {
            let formatted = crate::fmt::formatted_as(path, text);
            prop_assert_eq!(&crate::fmt::formatted_as(path, &formatted), &formatted, "{}", path);
            *text = formatted;
        }
        prop_assert_eq!(flowed(&compiled(&files, "text.decl")), before);
    }
}
