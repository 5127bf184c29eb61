//! What `check --fix` changes, and what it leaves to the author.

use chancery::compile::{Compilation, Mended, Options, mend};
use chancery::diag::Applicability;
use chancery::model::each_text;
use chancery::world::MemoryWorld;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::command_line::{chancery, code, folder, out, said};
use crate::examples;
use crate::support::{HEADER, TODAY, cases, compiled, draft, published};

fn mended(text: &str, suggested: bool) -> Mended {
    let world = MemoryWorld::new().on(TODAY).with("text.decl", text.as_bytes());
    mend(&world, "text.decl", &Options::default(), suggested).expect("a world in memory can be read")
}

/// What a fix may do without asking is a closed list: here it is, with what it is not.
#[test]
fn safe_is_what_changes_no_word_and_no_number() {
    let rows = [
        ("en", "1. We say \"yes\".", "1. We say “yes”."),
        ("en", "1. We meet ; and it's good.", "1. We meet; and it’s good."),
        ("en", "1. We value cooperation.", "1. We value co-operation."),
        ("fr", "1. La mise en oeuvre des Etats.", "1. La mise en œuvre des États."),
        ("en", "1. We recall MC.D EC/5/11.", "1. We recall MC.DEC/5/11."),
        ("en", "1. We recall MC.DЕC/5/11.", "1. We recall MC.DEC/5/11."),
        ("en", "1. We act.\n\nSection: Ways\n\n2. We go.", "1. We act.\n\nsection: Ways\n\n2. We go."),
    ];
    for (language, wrong, right) in rows {
        let mended = mended(&draft(language, &format!("{wrong}\n")), false);
        assert_eq!(mended.text, draft(language, &format!("{right}\n")), "{:?}", mended.compilation.found);
    }
    let left = [
        ("en", "1. We act;\n\n3. We go."),
        ("en", "1. We act:\n\n  (a) here;\n\n  (c) there."),
        ("en", "1. We recall Ministerial Council Decision No. 5/2011."),
        ("en", "1. We recall MC.DEC/5/2011 and mc.dec/5/11."),
        ("de", "1. Wir achten die OZSE."),
        ("en", "1. As {@ways} says.\n\n2. {#wayss} We agree."),
        ("en", "1. We act:\n\n© here."),
        ("en", "anex: Ways\n\n1. We act."),
        ("en", "I. Ways\n\n1. We act."),
        ("en", "1. We act.\n\n- 2 -\n\n2. We go."),
    ];
    for (language, text) in left {
        let text = draft(language, &format!("{text}\n"));
        let mended = mended(&text, false);
        assert_eq!(mended.text, text, "{:?}", mended.changes);
        let safe = mended.compilation.found.iter().filter_map(|found| found.fix.as_ref());
        assert!(safe.clone().all(|fix| fix.applicability == Applicability::Suggested), "{text}");
    }
}

/// A text that has no header gets one, with the title that its first lines are, if they look like one.
#[test]
fn a_text_without_a_header_is_given_one() {
    let head =
        |language: &str, title: &str| format!("document: declaration\nlanguage: {language}\ntitle:    {title}\n---\n");
    let french = "Nous avons décidé que les États participants de la région sont invités à prêter des livres à tous.\n";
    let rows = [
        (String::new(), head("en", "[title]")),
        ("  \n\n".to_owned(), head("en", "[title]") + "  \n\n"),
        ("Draft words on libraries".to_owned(), head("en", "Draft words on libraries")),
        (
            "\n\nDraft words on libraries\n\n1. We lend.\n".to_owned(),
            head("en", "Draft words on libraries") + "\n1. We lend.\n",
        ),
        (
            "Draft words\non libraries\n\n1. We lend.\n".to_owned(),
            head("en", "Draft words\n          on libraries") + "\n1. We lend.\n",
        ),
        (
            "“Reading” for all\r\n\r\n1. We lend.\r\n".to_owned(),
            head("en", "“Reading” for all").replace('\n', "\r\n") + "\r\n1. We lend.\r\n",
        ),
        (format!("Projet sur les livres\n\n{french}"), head("fr", "Projet sur les livres") + "\n" + french),
        (french.to_owned(), head("fr", "[title]") + "\n" + french),
    ];
    for (text, right) in rows {
        assert_eq!(mended(&text, true).text, right, "{text:?}");
        assert_eq!(mended(&text, false).text, text, "a title is not taken without asking");
    }
    // What is no title stays where it is.
    let left = [
        "1. We lend.\n",
        "We, the Ministers,\n\n1. We lend.\n",
        "MC.DOC/901/26\n\n1. We lend.\n",
        "// a remark\nOn books\n\n1. We lend.\n",
        "- books\n",
        "on books\n\n1. We lend.\n",
        "On [books]\n\n1. We lend.\n",
        "annex: Books\n\n1. We lend.\n",
        "On books\u{2028}and lamps\n\n1. We lend.\n",
    ];
    for text in left {
        assert_eq!(mended(text, true).text, format!("{}\n{text}", head("en", "[title]")), "{text:?}");
    }
    // A letterhead is read by the next cure, with its title.
    let letterhead = "Organization for Security and Co-operation in Europe\nMinisterial Council\nSofia 2026\n\nMC.DOC/901/26\n4 December 2026\n\nDRAFT ON BOOKS\n\n1. We lend.\n";
    let all = mended(letterhead, true).text;
    assert!(
        all.starts_with("document: declaration\nlanguage: en\n") && all.contains("\ntitle: DRAFT ON BOOKS\n"),
        "{all}"
    );
    let annex = mended("ANNEX\n\n1. We lend.\n", true).text;
    assert_eq!(annex, format!("{}\nannex:\n\n1. We lend.\n", head("en", "[title]")));
    let long = "A ".repeat(200);
    assert!(mended(&format!("{long}\n\n1. We lend.\n"), true).text.contains("title:    [title]\n---\n\nA A"));
}

#[test]
fn an_address_is_never_changed() {
    for address in
        ["https://example.org/a]b", "https://example.org/a*b", "http://example.org/a\\b", "www.example.org/it's}"]
    {
        for text in [format!("1. See {address} for more.\n"), format!("1. See\n{address}\nfor more.\n")] {
            let text = format!("{HEADER}{text}");
            for suggested in [false, true] {
                assert_eq!(mended(&text, suggested).text, text);
            }
        }
    }
}

/// The numbers that would move are named where the number is offered.
#[test]
fn a_suggested_number_names_the_references_that_were_typed() {
    for (language, line, named) in [
        ("en", "We go on as in paragraph 5 below", "`paragraph 5` in line 10"),
        ("fr", "Nous agissons selon les paragraphes 4 et 5", "`paragraphes 4 et 5` in line 10"),
        ("de", "Wir handeln nach Absatz 5", "`Absatz 5` in line 10"),
        ("es", "Actuamos según el párrafo 5", "`párrafo 5` in line 10"),
        ("it", "Agiamo secondo i paragrafi 3 e 5", "`paragrafi 3 e 5` in line 10"),
        ("ru", "Мы действуем согласно пункту 5", "`пункту 5` in line 10"),
    ] {
        let text = draft(language, &format!("1. A;\n\n2. B;\n\n4. {line};\n\n5. D.\n"));
        let found = compiled(&text).found;
        let fixes: Vec<&str> = found.iter().filter_map(|found| Some(found.fix.as_ref()?.what.as_str())).collect();
        assert!(fixes.iter().any(|what| what.starts_with("write `4.`") && what.contains(named)), "{fixes:?}");
    }
    let cited = "1. A;\n\n3. We recall paragraph 3 of Ministerial Council Decision No. 5/11.\n";
    let found = compiled(cited).found;
    let fixes: Vec<&str> = found.iter().filter_map(|found| Some(found.fix.as_ref()?.what.as_str())).collect();
    assert_eq!(fixes, ["write `2.`"]);
}

/// Without its language a text has no blocks that could stay as they are.
#[test]
fn the_language_that_a_header_lacks_is_offered() {
    let body = "1. We recall the lists of the archives and invite all States to publish those of their own.\n";
    let text = format!("document: declaration\ntitle: Draft declaration on archives\n---\n\n{body}");
    let mended = mended(&text, true);
    assert_eq!(mended.text, text.replace("---", "language: en\n---"), "{:?}", mended.compilation.found);
}

#[test]
fn a_diff_is_shown_and_nothing_written() {
    let text = format!("{HEADER}1. it's;\n\n3. We [act.\n");
    let folder = folder(&[("a.decl", &text), ("b.decl", &format!("{HEADER}1. it's.\n"))]);
    let run = |arguments: &[&str]| chancery(folder.path(), &[&["check", "--fix", "--diff"], arguments].concat());
    let safe = run(&["a.decl"]);
    assert_eq!(code(&safe), 1);
    assert_eq!(
        out(&safe),
        "--- a/a.decl\n+++ b/a.decl\n@@ -3,6 +3,6 @@\n title: Draft declaration on an example\n ---\n \n-1. it's;\n+1. it’s;\n \
         \n 3. We [act.\n"
    );
    assert!(out(&run(&["--suggested", "a.decl"])).contains("\n+2. We [act.\n"));
    assert_eq!(code(&run(&["b.decl"])), 0);
    assert_eq!(code(&run(&["--strict", "b.decl"])), 1);
    assert_eq!(code(&run(&["--format", "json", "b.decl"])), 2);
    assert_eq!(std::fs::read_to_string(folder.path().join("a.decl")).expect("there"), text);
    assert_eq!(code(&chancery(folder.path(), &["check", "--diff", "a.decl"])), 2, "without `--fix`");
    let both = run(&["a.decl", "b.decl"]);
    assert!(out(&both).contains("+++ b/a.decl") && out(&both).contains("+++ b/b.decl"), "{}", out(&both));
    assert!(
        said(&both)
            .ends_with("2 files: 1 error, 3 warnings; 2 can be fixed by `--fix`, 1 suggested: `--fix --suggested`\n"),
        "{}",
        said(&both)
    );
}

#[test]
fn what_may_not_be_written_to_is_left_and_said() {
    let folder = folder(&[("a.decl", &format!("{HEADER}1. it's.\n")), ("b.decl", &format!("{HEADER}1. it's.\n"))]);
    let path = folder.path().join("a.decl");
    let mut permissions = std::fs::metadata(&path).expect("there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).expect("set");
    let run = chancery(folder.path(), &["check", "--fix", "a.decl", "b.decl"]);
    assert_eq!(code(&run), 2);
    assert!(said(&run).contains("error: cannot write `a.decl`: the file is read-only"), "{}", said(&run));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("there");
    assert!(read("a.decl").ends_with("it's.\n") && read("b.decl").ends_with("it’s.\n"));
}

/// What is no text is not cut off where the fault is.
#[test]
fn bytes_that_are_no_text_stay() {
    let folder = folder(&[]);
    let bytes = [HEADER.as_bytes(), b"1. it's caf\xE9 ; and more.\n"].concat();
    std::fs::write(folder.path().join("a.decl"), &bytes).expect("written");
    assert_eq!(code(&chancery(folder.path(), &["check", "--fix", "--suggested", "a.decl"])), 1);
    assert_eq!(std::fs::read(folder.path().join("a.decl")).expect("there"), bytes);
}

/// Letters and digits of all that is printed; accents, ligatures and the look-alikes of
/// symbols are no others.
fn letters(compilation: &Compilation) -> String {
    let mut words = String::new();
    if let Some(mut document) = compilation.document.clone() {
        // A symbol in the header is printed when it is one.
        document.letterhead = Default::default();
        document.running_head.clear();
        document.parts.iter_mut().for_each(|part| part.title_line = None);
        each_text(&document, &mut |text| words.push_str(text));
    }
    let plain = words.replace('œ', "oe").replace('Œ', "OE").replace('æ', "ae").replace('Æ', "AE");
    let plain = plain.nfd().filter(|c| !is_combining_mark(*c)).filter(|c| c.is_alphanumeric());
    plain.map(|c| chancery::syntax::latin_for(c).unwrap_or(c)).collect()
}

/// What happens to a text on its way: a slip, a paste, another keyboard.
#[derive(Clone, Debug)]
enum Slip {
    Replace(&'static str, &'static str),
    Insert(&'static str),
    Delete,
    Double,
}

fn slip() -> impl Strategy<Value = (prop::sample::Index, Slip)> {
    let replaced = [
        ("“", "\""),
        ("”", "\""),
        ("’", "'"),
        ("œ", "oe"),
        ("É", "E"),
        ("co-op", "coop"),
        ("; ", " ; "),
        ("MC.DEC", "MC.DЕC"),
        ("/11", "/2011"),
        ("1.", "4."),
        ("2.", "1."),
        ("(a)", "(c)"),
        ("\n\n", "\n"),
        (" ", "\u{A0}"),
        ("-", "\u{2011}"),
        ("section:", "Section:"),
        ("title", "Title"),
        ("annex:", "ANNEX"),
        ("OSCE", "O.S.C.E."),
        ("OSZE", "OZSE"),
        (".", " ."),
        ("«", "\""),
        ("de l", "de  l"),
    ];
    let inserted = [
        "\"",
        "'",
        " ",
        "*",
        "]",
        "}",
        "[",
        "\\",
        "\u{200B}",
        "\u{202E}",
        "\u{AD}",
        " ;",
        "\n",
        "\n\n",
        "©",
        "https://a.b/",
        "1. ",
        "(b) ",
        "A. ",
    ];
    let slip = prop_oneof![
        6 => proptest::sample::select(replaced.to_vec()).prop_map(|(from, to)| Slip::Replace(from, to)),
        3 => proptest::sample::select(inserted.to_vec()).prop_map(Slip::Insert),
        1 => Just(Slip::Delete),
        1 => Just(Slip::Double),
    ];
    (any::<prop::sample::Index>(), slip)
}

fn slipped(text: &str, slips: &[(prop::sample::Index, Slip)]) -> String {
    let mut text = text.to_owned();
    for (index, slip) in slips {
        let at = text.floor_char_boundary(index.index(text.len().max(1)));
        match slip {
            Slip::Replace(from, to) => {
                if let Some(found) = text[at..].find(from).map(|found| at + found) {
                    text.replace_range(found..found + from.len(), to);
                }
            }
            Slip::Insert(signs) => text.insert_str(at, signs),
            Slip::Delete => {
                let end = text.ceil_char_boundary((at + 1).min(text.len()));
                text.replace_range(at..end, "");
            }
            Slip::Double => {
                let end = text.ceil_char_boundary((at + 20).min(text.len()));
                let again = text[at..end].to_owned();
                text.insert_str(end, &again);
            }
        }
    }
    text
}

/// The examples that need no other file.
fn texts() -> Vec<String> {
    let texts = examples::all().into_iter().map(|(_, text)| text);
    let texts = texts.chain(published());
    texts.filter(|text| !text.contains("member:") && !text.contains("from-template") && text.len() < 12_000).collect()
}

/// What must hold of any text: safe fixes come to rest at once, and change no letter and
/// no digit that is printed, unless a keyword or a key becomes what it is.
pub fn safe_fixes_keep_words(text: &str) {
    let first = mended(text, false);
    let again = mended(&first.text, false);
    assert_eq!(again.changes, [], "{text:?}\n{:?}", first.changes);
    assert_eq!(again.text, first.text);
    // What a value of the header prints depends on its being one.
    let header = text.lines().take_while(|line| !line.starts_with("---")).count();
    if first.changes.iter().all(|change| !change.reshapes_blocks && change.line > header) {
        let world = MemoryWorld::new().on(TODAY).with("text.decl", text.as_bytes());
        let before = chancery::compile::compile(&world, "text.decl", &Options::default()).expect("it can be read");
        assert_eq!(letters(&before), letters(&first.compilation), "{text:?}\n{:?}", first.changes);
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn safe_fixes_change_no_word_of_a_text_with_slips(
        which in any::<prop::sample::Index>(),
        slips in proptest::collection::vec(slip(), 1..8),
    ) {
        let texts = texts();
        safe_fixes_keep_words(&slipped(&texts[which.index(texts.len())], &slips));
    }

    #[test]
    fn suggested_fixes_come_to_rest(
        which in any::<prop::sample::Index>(),
        slips in proptest::collection::vec(slip(), 1..6),
    ) {
        let texts = texts();
        let text = slipped(&texts[which.index(texts.len())], &slips);
        let first = mended(&text, true);
        prop_assert!(mended(&first.text, true).changes.is_empty(), "{:?}\n{:?}", text, first.changes);
    }
}
