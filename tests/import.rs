//! Word files and plain texts made sources: what is read of them, what is escaped, what is said.

use chancery::diag::Code;
use chancery::import::{Changes, Imported, Refused, Wish, import};
use chancery::model::{Document, plain_lines};
use chancery::render;
use proptest::prelude::*;

use crate::command_line::{chancery, code, folder, out, said};
use crate::support::{cases, compiled};
use crate::word_files::{document, paragraph, run, text, word, word_with, zip};

fn imported(bytes: &[u8]) -> Imported {
    import(bytes, &Wish::default()).expect("a text")
}

fn body(made: &Imported) -> &str {
    made.text.split_once("---\n\n").expect("a header").1
}

fn lost(made: &Imported) -> Vec<String> {
    made.lost.iter().map(|lost| lost.what.clone()).collect()
}

const NOTE: &str = "<w:footnote w:id=\"1\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> As it was said {there}.</w:t></w:r></w:p></w:footnote>";

#[test]
fn a_word_file_is_a_text_with_its_numbers_notes_and_tables() {
    let bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>open</w:t></w:r>";
    let french = "<w:r><w:rPr><w:lang w:val=\"fr-FR\"/></w:rPr><w:t>la mémoire des textes</w:t></w:r>";
    let note = "<w:r><w:footnoteReference w:id=\"1\"/></w:r>";
    let mark = "<w:bookmarkStart w:id=\"1\" w:name=\"_Ref12\"/><w:bookmarkEnd w:id=\"1\"/>";
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> REF _Ref12 \\w \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2(a)</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", text(words));
    let row = |head: &str, a: &str, b: &str| format!("<w:tr>{head}{}{}</w:tr>", cell(a), cell(b));
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row("<w:trPr><w:tblHeader/></w:trPr>", "Day", "Place"),
        row("", "3 December", "Hall A | B")
    );
    let content = [
        paragraph("Title", &run("Draft declaration on archives")),
        paragraph("Preambular", &run("The participating States, recalling what was adopted and what was said of it,")),
        paragraph(
            "Operative",
            &[run("We keep the archives "), bold.into(), run(" to all of the public"), note.into(), run(";")].concat(),
        ),
        paragraph("Operative", &run("We publish the lists of what was adopted:")),
        paragraph("Sub1", &[mark.to_owned(), run("those of each year;")].concat()),
        paragraph("Sub1", &run("those of each meeting [of the Council | of the Forum];")),
        paragraph(
            "Operative",
            &[run("We speak of "), french.into(), run(" in paragraph "), field.into(), run(".")].concat(),
        ),
        table,
        paragraph("Quote", &run("The texts are those of all.")),
    ];
    let made = import(&word_with(&content.concat(), &[("footnotes", NOTE)]), &Wish::default()).expect("read");
    assert_eq!(lost(&made), Vec::<String>::new(), "{}", made.text);
    assert_eq!(
        made.text,
        "document:  declaration\nlanguage:  en\ntitle:     Draft declaration on archives\n---\n\npreamble:\n\n\
         The participating States, recalling what was adopted and what was said of it,\n\noperative:\n\n\
         1. We keep the archives **open** to all of the public{note: As it was said \\{there\\}.};\n\n\
         2. We publish the lists of what was adopted:\n\n    (a) {#p-12} those of each year;\n\n    \
         (b) those of each meeting [of the Council | of the Forum];\n\n\
         3. We speak of {lang fr: la mémoire des textes} in paragraph {@p-12 | number}.\n\n\
         table:\n    Day        | Place\n    3 December | Hall A \\| B\n\nquote:\n    The texts are those of all.\n"
    );
}

#[test]
fn numbers_are_those_that_word_shows() {
    let item = |list: u8, level: u8, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}</w:p>",
            run(words)
        )
    };
    let content = [
        item(1, 0, "We meet."),
        item(1, 1, "here;"),
        item(1, 2, "now;"),
        item(1, 2, "then;"),
        item(1, 1, "there."),
        item(2, 0, "one thing;"),
        item(1, 0, "We part."),
        item(1, 1, "at once."),
        item(3, 0, "We meet again."),
        item(9, 0, "A list that is not there."),
    ];
    let made = imported(&word(&content.concat()));
    assert_eq!(
        body(&made),
        "1. We meet.\n\n    (a) here;\n\n        (i) now;\n\n        (ii) then;\n\n    (b) there.\n\n    – one thing;\n\n\
         2. We part.\n\n    (a) at once.\n\n7. We meet again.\n\nA list that is not there.\n"
    );
    assert_eq!(lost(&made), Vec::<String>::new(), "7 after 2 is printed as it was: {}", made.text);
}

#[test]
fn what_the_language_would_read_is_escaped() {
    let nasty = [
        "include: clauses/en/secret.decl",
        "// not a remark",
        "if: host",
        "preamble:",
        "table: of things",
        "--- ",
        "- 2 -",
        "a {value} and {@label} and *stars* | bars \\ and [one",
        "26. December was cold",
        "{note: none} at the start",
        "https://a.example/x*y|z?{q}",
        "title: Another one",
        "* with a star",
        "Annexes: none",
    ];
    let content: String = nasty.iter().map(|words| text(words)).collect();
    let made = imported(&word(&content));
    assert_eq!(lost(&made), Vec::<String>::new(), "{}", made.text);
    let compilation = compiled(&made.text);
    assert!(decides_nothing(&made.text), "{}", made.text);
    let mut all = String::new();
    chancery::model::each_text(&compilation.document.expect("a document"), &mut |words| all.push_str(words));
    let bare =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric() || "{}*[/".contains(*c)).collect() };
    for words in nasty {
        assert!(bare(&all).contains(&bare(words)), "{words} in\n{}", made.text);
    }
}

#[test]
fn typed_numbers_are_numbers_and_dates_are_words() {
    let lines = ["1.\tWe meet.", "(a)\there;", "(b)\tthere.", "2.\tWe part.", "26. December was cold."];
    let made = imported(&word(&lines.map(text).concat()));
    assert_eq!(
        body(&made),
        "1. We meet.\n\n    (a) here;\n\n    (b) there.\n\n2. We part.\n\n26. December was cold.\n"
    );
    assert_eq!(lost(&made), Vec::<String>::new());
}

fn changed() -> String {
    let by = |what: &str, id: u8, author: &str, inner: &str| {
        format!("<w:{what} w:id=\"{id}\" w:author=\"{author}\" w:date=\"2026-12-01T00:00:00Z\">{inner}</w:{what}>")
    };
    let gone = |words: &str| format!("<w:r><w:delText xml:space=\"preserve\">{words}</w:delText></w:r>");
    let mark =
        "<w:pPr><w:pStyle w:val=\"Operative\"/><w:rPr><w:ins w:id=\"9\" w:author=\"Anna Muster\"/></w:rPr></w:pPr>";
    [
        paragraph("Title", &run("Draft declaration on archives")),
        paragraph(
            "Operative",
            &[
                run("We "),
                by("del", 1, "Jean Exemple", &gone("shall")),
                by("ins", 2, "Jean Exemple", &run("should")),
                run(" keep the archives open"),
                by("ins", 3, "Anna Muster", &run(" to all")),
                run("."),
            ]
            .concat(),
        ),
        format!("<w:p>{mark}{}</w:p>", by("ins", 4, "Anna Muster", &run("We publish lists."))),
        paragraph("Operative", &run("We thank the host.")),
    ]
    .concat()
}

#[test]
fn tracked_changes_are_accepted_rejected_or_brackets() {
    let file = word(&changed());
    let wish = |changes, authors: &[(&str, &str)]| Wish {
        changes,
        authors: authors.iter().map(|(author, by)| ((*author).to_owned(), (*by).to_owned())).collect(),
        ..Wish::default()
    };
    let of = |changes, authors: &[(&str, &str)]| import(&file, &wish(changes, authors));
    assert_eq!(
        body(&of(Some(Changes::Accept), &[]).expect("read")),
        "1. We should keep the archives open to all.\n\n2. We publish lists.\n\n3. We thank the host.\n"
    );
    assert_eq!(
        body(&of(Some(Changes::Reject), &[]).expect("read")),
        "1. We shall keep the archives open.\n\n2. We thank the host.\n"
    );
    let made = of(None, &[("Jean Exemple", "FR"), ("Anna Muster", "DE")]).expect("read");
    assert_eq!(
        body(&made),
        "1. We [shall | FR: should] keep the archives open [DE: to all].\n\n[DE: 1 bis. We publish lists.]\n\n\
         2. We thank the host.\n"
    );
    assert_eq!(made.left, Vec::<String>::new());
    let refused = of(None, &[("Jean Exemple", "FR")]).expect_err("Anna is nobody's");
    assert!(matches!(&refused, Refused::Authors(authors) if authors == &["Anna Muster"]), "{refused}");
    assert!(refused.to_string().contains("`--as \"Anna Muster=FR\"`"), "{refused}");
    let refused = of(None, &[("Jan", "FR")]).expect_err("nobody");
    assert!(refused.to_string().contains("“Jan” changed nothing"), "{refused}");
}

#[test]
fn what_is_lost_is_said_where_it_stood() {
    let comment = "<w:comment w:id=\"4\" w:author=\"Anna Muster\"><w:p><w:r><w:t>Is this\nagreed? include: x</w:t></w:r></w:p></w:comment>";
    let drawing = "<w:r><w:drawing/></w:r>";
    let boxed = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>";
    let date = "<w:fldSimple w:instr=\" DATE \"><w:r><w:t>1 December 2026</w:t></w:r></w:fldSimple>";
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Secret words.</w:t></w:r>";
    let content = [
        paragraph(
            "",
            &[run("We meet on "), date.into(), run("."), "<w:r><w:commentReference w:id=\"4\"/></w:r>".into()].concat(),
        ),
        paragraph("Odd", &[run("A picture."), drawing.into(), boxed.into(), hidden.into()].concat()),
    ];
    let header = text("MC.DOC/901/26");
    let made = imported(&word_with(&content.concat(), &[("comments", comment), ("header", &header)]));
    assert_eq!(body(&made), "// Anna Muster: Is this agreed? include: x\nWe meet on 1 December 2026.\n\nA picture.\n");
    let said: Vec<(usize, String)> = made.lost.iter().map(|lost| (lost.paragraph, lost.what.clone())).collect();
    assert_eq!(
        said,
        [
            (0, "heads and feet of pages are left out: “MC.DOC/901/26”".to_owned()),
            (1, "the field DATE is kept as the words that it shows: “1 December 2026”".to_owned()),
            (2, "the style “House Style 7” is not known: what has it is read as text".to_owned()),
            (2, "a picture is left out".to_owned()),
            (2, "a text box is left out: “In a box.”".to_owned()),
            (2, "hidden words are left out: “Secret words.”".to_owned()),
        ]
    );
}

#[test]
fn other_files_are_refused_with_a_cure() {
    let refused = |bytes: &[u8]| import(bytes, &Wish::default()).expect_err("refused").to_string();
    let cfb = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert!(refused(&[&cfb[..], &[0; 600]].concat()).contains("save it as .docx"));
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(refused(&[&cfb[..], &locked].concat()).contains("take the password away"));
    assert!(refused(b"").contains("the file is empty") && refused(b" \n").contains("no words"));
    assert!(refused(b"%PDF-1.7\n").contains("pdftotext"));
    assert!(refused(b"{\\rtf1 x}").contains("RTF"));
    assert!(refused(&zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")])).contains(".odt"));
    assert!(refused(&zip(&[("a.txt", b"a")])).contains("no Word document"));
    assert!(refused(b"PK\x03\x04 and nothing").contains("damaged"));
    assert!(refused(b"\xFF\xFEa").contains("no words") || !refused(b"\xFF\xFEa").is_empty());
    assert!(refused(&[0x80, 0x81, 0x82]).contains("UTF-8"));
    let types = |kind: &str| {
        format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"{kind}\"/></Types>"
        )
    };
    let macros = types("application/vnd.ms-word.document.macroEnabled.main+xml");
    assert!(refused(&zip(&[("[Content_Types].xml", macros.as_bytes())])).contains("has macros"));
    let main = types("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
    let with =
        |document: &str| zip(&[("[Content_Types].xml", main.as_bytes()), ("word/document.xml", document.as_bytes())]);
    assert!(refused(&zip(&[("[Content_Types].xml", main.as_bytes())])).contains("missing"));
    assert!(refused(&with("<!DOCTYPE w [<!ENTITY a 'b'>]><w/>")).contains("DTD"));
    assert!(refused(&with("<w:document><w:p>")).contains("ends too early"));
    assert!(refused(&with("<a>&b;</a>")).contains("entity"));
    assert!(refused(&with(&format!("{}{}", "<a>".repeat(300), "</a>".repeat(300)))).contains("deep"));
    let twice = zip(&[("[Content_Types].xml", main.as_bytes()), ("WORD/a.xml", b""), ("word/a.xml", b"")]);
    assert!(refused(&twice).contains("one name"));
    // Names that lead out are looked up and never followed.
    let out = document(&text("Words."));
    let odd = zip(&[
        ("[Content_Types].xml", main.as_bytes()),
        ("word/document.xml", out.as_bytes()),
        ("../../evil.xml", b"x"),
        ("word/_rels/document.xml.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Type=\"x/styles\" Target=\"../../../etc/passwd\"/></Relationships>"),
    ]);
    assert_eq!(body(&imported(&odd)), "Words.\n");
}

#[test]
fn a_file_that_inflates_without_end_is_bounded() {
    use std::io::Write as _;
    let mut out = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    {
        let name = "[Content_Types].xml";
        let start = archive.new_file(name).compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = start.start().expect("begun");
        let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast()));
        let block = vec![b' '; 1 << 20];
        (0..130).for_each(|_| writer.write_all(&block).expect("written"));
        let (encoder, descriptor) = writer.finish().expect("ended");
        encoder.finish().expect("ended");
        entry.finish(descriptor).expect("ended");
    }
    archive.finish().expect("ended");
    assert!(out.len() < 4 << 20, "{}", out.len());
    let refused = import(&out, &Wish::default()).expect_err("a bomb").to_string();
    assert!(refused.contains("more than 128 MB"), "{refused}");
}

#[test]
fn plain_text_is_paragraphs_with_its_lines_joined() {
    let text = "The participating States recall what was adopted in the year before and what was said of it by\n\
                all of those who were there,\n\n1. Decide to publish the lists of what was adopted, and to keep them\nopen to all;\n\
                2. Decide to meet again:\n   (a) in the spring of the year that follows, in a city that is to be named;\n   (b) in the autumn.\n\n- 2 -\n\n\
                include: secret.decl\n";
    let made = imported(text.as_bytes());
    assert_eq!(
        body(&made),
        "The participating States recall what was adopted in the year before and what was said of it by\nall of those who were there,\n\n\
         1. Decide to publish the lists of what was adopted, and to keep them open to all;\n\n2. Decide to meet again:\n\n    \
         (a) in the spring of the year that follows, in a city that is to be named;\n\n    (b) in the autumn.\n\n\\include: secret.decl\n"
    );
    let title = "not found: a declaration needs `title:` in its header";
    assert_eq!(lost(&made), ["the head of a page is left out", title]);
}

/// Our own plain texts, flowed and as printed, of every example: symbol, day and title are keys
/// of the header again, the mark of a draft is no paragraph, and what was not found is said.
#[test]
fn our_own_plain_text_comes_back() {
    let letters = |text: &str| text.to_uppercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut not_found = Vec::new();
    for (path, _) in crate::examples::all() {
        let name = path.trim_start_matches("examples/").trim_end_matches(".decl");
        let compilation = crate::examples::compiled(&path);
        let was = compilation.checked.as_ref().expect("no errors");
        let printed = render::printed(was, &compilation.style).content;
        for (layout, text) in [("flowed", render::flowed(was, 72)), ("printed", printed)] {
            let made = imported(text.as_bytes());
            let back = compiled(&made.text);
            let (was, is) = (was.document(), back.document.as_ref().expect("a document"));
            let broken = back.found.iter().filter(|found| found.code == Code::HeaderLine);
            assert_eq!(broken.count(), 0, "{name}, {layout}:\n{}", made.text);
            let of_draft = was.draft.as_deref().unwrap_or("draft");
            // A volume is several texts, and comes back as one.
            if was.volume.is_none() {
                let mut top = made.text.lines().take(30);
                assert!(top.all(|line| line.trim() != of_draft), "{name}, {layout}:\n{}", made.text);
                assert_eq!((&is.symbol, is.day), (&was.symbol, was.day), "{name}, {layout}");
            }
            let title = |document: &Document| letters(&plain_lines(document.title()));
            if title(is) != title(was) {
                assert!(
                    lost(&made).iter().any(|lost| lost.contains("needs `title:`")),
                    "{name}, {layout}:\n{}",
                    made.text
                );
                not_found.push(format!("{name}, {layout}"));
            }
        }
    }
    insta::assert_snapshot!(not_found.join("\n"));
}

#[test]
fn the_command_writes_the_source_and_says_the_rest() {
    let folder = folder(&[]);
    std::fs::write(folder.path().join("in.docx"), word(&changed())).expect("written");
    let run = |arguments: &[&str]| chancery(folder.path(), arguments);
    let refused = run(&["import", "in.docx"]);
    assert_eq!(code(&refused), 2);
    assert!(said(&refused).contains("“Jean Exemple”, “Anna Muster”"), "{}", said(&refused));
    let done = run(&["import", "in.docx", "--changes", "accept", "-o", "x.decl"]);
    assert_eq!(code(&done), 0, "{}", said(&done));
    assert_eq!(
        said(&done),
        "x.decl written\nin.docx: imported; nothing was left out; `chancery check` says what is open\n"
    );
    assert_eq!(code(&run(&["check", "x.decl"])), 0);
    let done = run(&["import", "in.docx", "--as", "Jean Exemple=FR", "--as", "Anna Muster=DE"]);
    assert!(out(&done).contains("[shall | FR: should]"), "{}", out(&done));
    for wrong in [
        &["import", "gone.docx"][..],
        &["import", "in.docx", "--as", "Jean"],
        &["import", "in.docx", "--as", "Jean Exemple=UK"],
        &["import", "in.docx", "--language", "xx"],
        &["import", "."],
    ] {
        let output = run(wrong);
        assert_eq!(code(&output), 2, "{wrong:?}: {}", said(&output));
    }
}

/// Words with all that the language reads.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{2,7}",
        prop_oneof![
            Just("{"),
            Just("}"),
            Just("*"),
            Just("**"),
            Just("|"),
            Just("\\"),
            Just("//"),
            Just("["),
            Just("]"),
            Just("1."),
            Just("2."),
            Just("(a)"),
            Just("(b)"),
            Just("–"),
            Just("-"),
            Just("OP2"),
            Just("3-"),
            Just("include:"),
            Just("if:"),
            Just("end:"),
            Just("section:"),
            Just("{note:"),
            Just("{#x}"),
            Just("A."),
            Just("Annex"),
            Just("#."),
            Just("https://a.example/b*c"),
            Just("---"),
            Just("5/11"),
            Just("[FR:"),
            Just("é"),
            Just("«"),
            Just("»"),
            Just("\""),
        ]
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 1..9).prop_map(|pieces| pieces.join(" "))
}

/// Whether nothing in a text includes another one, or decides what is printed.
pub fn decides_nothing(text: &str) -> bool {
    use chancery::source::{FileId, Source};
    use chancery::syntax::ast::Segment;
    let tree = chancery::syntax::parse(&Source::new("", text), FileId(0), &mut chancery::diag::Diagnostics::default());
    !tree.body.iter().any(|segment| matches!(segment, Segment::Directive(_)))
}

fn printed(text: &str) -> String {
    let mut all = String::new();
    chancery::model::each_text(&compiled(text).document.expect("a document"), &mut |words| all.push_str(words));
    bare(&all)
}

/// Letters and signs, without those that the compiler writes otherwise.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || "{}*[]/\\#".contains(*c)).collect()
}

proptest! {
    #![proptest_config(cases(16))]

    /// What is imported prints what was read, paragraph by paragraph, whatever its words.
    #[test]
    fn imported_words_are_printed_as_they_were_read(paragraphs in proptest::collection::vec(words(), 1..6)) {
        let content: String = paragraphs.iter().map(|words| text(words)).collect();
        let made = imported(&word(&content));
        let all = printed(&made.text);
        for words in &paragraphs {
            let is_said = made.lost.iter().any(|lost| lost.what.contains("is not printed as it was read"));
            prop_assert!(all.contains(&bare(words)) || is_said, "{words:?} in\n{}\n{all}", made.text);
        }
        prop_assert!(decides_nothing(&made.text), "{}", made.text);
    }
}
