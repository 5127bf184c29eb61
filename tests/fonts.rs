//! Fonts of one's own: what is said of them, and that texts are set in them.

use chancery::compile::{Compilation, Options, compile};
use chancery::diag::{Code, Diagnostic};
use chancery::fonts::{Face, Font, Typeface};
use chancery::layout::style::Style;
use chancery::layout::{OWN_SIGNS, Role, pages};
use chancery::model::each_text;
use chancery::render::{self, PdfOptions};
use chancery::world::MemoryWorld;
use proptest::prelude::*;

use crate::support::{HEADER, TODAY, draft};

const PROJECT: &str = "[fonts]\nregular = \"fonts/R.ttf\"\nbold = \"fonts/B.ttf\"\nitalic = \"fonts/I.ttf\"\n\
                       bold-italic = \"fonts/X.ttf\"\n";

fn liberation(face: &str) -> Vec<u8> {
    std::fs::read(format!("assets/fonts/LiberationSerif-{face}.ttf")).expect("a font")
}

/// The four fonts of a project, in the order of faces.
fn family() -> [Vec<u8>; 4] {
    ["Regular", "Bold", "Italic", "BoldItalic"].map(liberation)
}

fn world(text: &str, project: &str, fonts: [Vec<u8>; 4]) -> MemoryWorld {
    let world = MemoryWorld::new().on(TODAY).with("text.decl", text).with("chancery.toml", project);
    let names = ["R", "B", "I", "X"].into_iter().zip(fonts);
    names.fold(world, |world, (name, font)| world.with(format!("fonts/{name}.ttf"), font))
}

fn set(text: &str, fonts: [Vec<u8>; 4]) -> Compilation {
    compile(&world(text, PROJECT, fonts), "text.decl", &Options::default()).expect("a world in memory can be read")
}

/// Each finding as `words under the place: message`.
fn said(compilation: &Compilation) -> Vec<String> {
    let line = |found: &Diagnostic| {
        format!("{}: {}", compilation.sources.slice(found.place).replace('\n', " "), found.message)
    };
    compilation.found.iter().map(line).collect()
}

fn pdf(compilation: &Compilation) -> Vec<u8> {
    let checked = compilation.checked.as_ref().unwrap_or_else(|| panic!("{:?}", said(compilation)));
    render::pdf(checked, &compilation.style, &PdfOptions::default()).expect("a PDF").content
}

/// A font with another table in place of one of its own, or without it.
fn with_table(font: &[u8], tag: &[u8; 4], other: Option<Vec<u8>>) -> Vec<u8> {
    let number = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().expect("four bytes")) as usize;
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let mut tables: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for record in (0..count).map(|table| 12 + 16 * table) {
        let (from, length) = (number(record + 8), number(record + 12));
        tables.push((font[record..record + 4].to_vec(), font[from..from + length].to_vec()));
    }
    tables.retain(|(name, _)| name != tag);
    tables.extend(other.map(|other| (tag.to_vec(), other)));
    tables.sort();
    let mut out = font[..4].to_vec();
    out.extend((tables.len() as u16).to_be_bytes());
    out.extend([0; 6]);
    let mut at = 12 + 16 * tables.len();
    for (name, table) in &tables {
        out.extend(name);
        out.extend([0; 4]);
        out.extend((at as u32).to_be_bytes());
        out.extend((table.len() as u32).to_be_bytes());
        at += table.len().next_multiple_of(4);
    }
    for (_, mut table) in tables {
        table.resize(table.len().next_multiple_of(4), 0);
        out.extend(table);
    }
    out
}

/// A font that has no glyph for some characters.
fn without(font: &[u8], gone: &str) -> Vec<u8> {
    mapped(font, |character| Some(character).filter(|character| !gone.contains(*character)))
}

/// A font of symbols, which has a sign where text has a blank.
fn with_signs_for_blanks() -> Vec<u8> {
    mapped(&liberation("Regular"), |character| Some(if character == '\u{A0}' { '€' } else { character }))
}

/// A font that has the glyphs of other characters for its own.
fn mapped(font: &[u8], other: impl Fn(char) -> Option<char>) -> Vec<u8> {
    let read = ttf_parser::Face::parse(font, 0).expect("a font");
    let mut groups = Vec::new();
    for character in '\0'..='\u{FFFF}' {
        if let Some(glyph) = other(character).and_then(|other| read.glyph_index(other)) {
            let code = u32::from(character);
            groups.extend([code, code, u32::from(glyph.0)].into_iter().flat_map(u32::to_be_bytes));
        }
    }
    // A map of format 12: version, one table for Unicode at byte 12, and its groups.
    let mut map = [[0, 0, 0, 1], [0, 3, 0, 10], [0, 0, 0, 12], [0, 12, 0, 0]].concat();
    map.extend((16 + groups.len() as u32).to_be_bytes());
    map.extend([0; 4]);
    map.extend((groups.len() as u32 / 12).to_be_bytes());
    map.extend(groups);
    with_table(font, b"cmap", Some(map))
}

/// A font whose maker allows this: the version of its table OS/2, and `fsType`.
fn allowing(version: u8, permission: u16) -> Vec<u8> {
    let font = liberation("Regular");
    let read = ttf_parser::Face::parse(&font, 0).expect("a font");
    let mut table = read.raw_face().table(ttf_parser::Tag::from_bytes(b"OS/2")).expect("OS/2").to_vec();
    table[1] = version;
    table[8..10].copy_from_slice(&permission.to_be_bytes());
    with_table(&font, b"OS/2", Some(table))
}

#[test]
fn a_project_sets_its_texts_in_its_own_fonts() {
    let text =
        draft("fr", "heading: Où l’on s’entend\n\n1. Nous nous sommes réunis *en décembre* et nous **décidons**.\n");
    let [regular, bold, italic, bold_italic] = family();
    // The bold font for upright text is wider than the house style's.
    let own = set(&text, [bold, regular, italic, bold_italic]);
    let checked = own.checked.as_ref().expect("no error");
    let width = |style| -> f64 {
        let pages = pages(checked, style);
        let lines = pages.pages[0].lines.iter().filter(|line| line.role == Role::Numbered);
        lines.flat_map(|line| &line.runs).filter(|run| run.face == Face::Regular).map(|run| run.width).sum()
    };
    assert!(width(&own.style) > 1.02 * width(&Style::house()));
    let file = lopdf::Document::load_mem(&pdf(&own)).expect("a PDF");
    let fonts = file.get_page_fonts(*file.get_pages().get(&1).expect("a page")).expect("fonts");
    let name = |face: &[u8]| {
        let name =
            fonts.get(face).expect("the face").get(b"BaseFont").and_then(lopdf::Object::as_name).expect("a name");
        String::from_utf8_lossy(name).into_owned()
    };
    assert!(name(b"FR").ends_with("+LiberationSerif-Bold"), "{}", name(b"FR"));
    assert!(name(b"FB").ends_with("+LiberationSerif"), "{}", name(b"FB"));
    let [regular, bold, italic, bold_italic] = family();
    assert!(pdf(&own) == pdf(&set(&text, [bold, regular, italic, bold_italic])));
}

#[test]
fn a_projects_copy_of_the_house_fonts_sets_the_same_pages() {
    let text = std::fs::read_to_string("examples/asian-partners.fr.decl").expect("an example");
    let own = set(&text, family());
    let house = compile(&MemoryWorld::new().on(TODAY).with("text.decl", text), "text.decl", &Options::default());
    assert!(pdf(&own) == pdf(&house.expect("a world in memory can be read")));
}

#[test]
fn a_font_that_documents_cannot_be_set_in_is_refused_at_its_line() {
    let regular = liberation("Regular");
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (b"no font".to_vec(), "is no OpenType or TrueType font, or a damaged one"),
        (Vec::new(), "is no OpenType or TrueType font, or a damaged one"),
        (regular[..1000].to_vec(), "is no OpenType or TrueType font, or a damaged one"),
        ([b"wOF2", &regular[4..]].concat(), "is a font for web pages (WOFF)"),
        ([b"ttcf", &regular[4..]].concat(), "is a collection of several fonts"),
        ([b"%!PS", &regular[4..]].concat(), "is a PostScript font (Type 1)"),
        (vec![0; (64 << 20) + 1], "has more than 64 MB"),
        (with_signs_for_blanks(), "is a font of symbols: it has other signs in the places of letters"),
        (with_table(&regular, b"fvar", Some(vec![0; 16])), "is a variable font, which has many weights in one file"),
        (with_table(&regular, b"glyf", None), "has no outlines that a PDF can embed"),
        (with_table(&regular, b"cmap", None), "does not say which of its signs are which letters"),
        (with_table(&regular, b"OS/2", None), "does not say whether it may be embedded: it has no table `OS/2`"),
        (allowing(3, 0x2), "may not be embedded: its maker says so in its field `fsType`"),
        (allowing(1, 0x2), "may not be embedded: its maker says so in its field `fsType`"),
        (allowing(3, 0x102), "may not be embedded: its maker says so in its field `fsType`"),
        (allowing(3, 0x100), "may only be embedded whole, and documents embed the letters that they use"),
        (allowing(3, 0x200), "may only be embedded as bitmaps, which do not print well"),
    ];
    for (font, reason) in cases {
        let [_, bold, italic, bold_italic] = family();
        let refused = set(&(HEADER.to_owned() + "1. x\n"), [font, bold, italic, bold_italic]);
        let line = format!("\"fonts/R.ttf\": `fonts/R.ttf` {reason}");
        assert_eq!(said(&refused), [line], "{reason}");
        assert!(refused.checked.is_none());
        assert!(refused.found.iter().all(|found| found.code == Code::ProjectFile && found.hint.is_some()), "{reason}");
    }
    // What may be embedded: for everything, for editing, for reading and printing;
    // of several bits the one that allows most, as TeX Gyre has them.
    let allowed = [(3, 0), (3, 0x8), (3, 0x4), (3, 0xC), (3, 0x6), (1, 0x6), (1, 0x108)];
    for font in allowed.map(|(version, permission)| allowing(version, permission)) {
        let [_, bold, italic, bold_italic] = family();
        let taken = set(&(HEADER.to_owned() + "1. x\n"), [font, bold, italic, bold_italic]);
        assert_eq!(said(&taken), [""; 0]);
    }
}

#[test]
fn the_documented_project_file_is_one() {
    let page = std::fs::read_to_string("docs/editions.md").expect("the page");
    let block = page.split("```toml\n").find(|block| block.starts_with("[fonts]")).expect("the block");
    let project = block.split("```").next().expect("its text");
    let world = MemoryWorld::new().on(TODAY).with("text.decl", HEADER.to_owned() + "1. x\n");
    let world = world.with("chancery.toml", project);
    let world = ["Regular", "Bold", "Italic", "BoldItalic"]
        .into_iter()
        .fold(world, |world, face| world.with(format!("fonts/Own-{face}.otf"), liberation(face)));
    let compilation = compile(&world, "text.decl", &Options::default()).expect("a world in memory can be read");
    assert_eq!(said(&compilation), [""; 0]);
    assert_eq!(compilation.style.typeface.font(Face::BoldItalic).path(), Some("fonts/Own-BoldItalic.otf"));
}

#[test]
fn what_a_project_says_of_its_fonts_is_said_at_its_bytes() {
    let named = |path: &str| PROJECT.replace("fonts/B.ttf", path);
    let cases = [
        ("fonts = 3\n".to_owned(), "3: these are no fonts"),
        (PROJECT.replace("\"fonts/R.ttf\"", "3"), "3: this is no path of a font"),
        (format!("{PROJECT}upright = \"a\"\n"), "upright: a typeface has no face `upright`"),
        ("[fonts]\nregular = \"fonts/R.ttf\"\n".to_owned(), "fonts: the fonts have no `bold`, `italic`, `bold-italic`"),
        (PROJECT.replace("bold-italic", "Bold_Italic"), "Bold_Italic: the face `bold-italic` is meant"),
        (named("fonts/None.ttf"), "\"fonts/None.ttf\": cannot find `fonts/None.ttf`"),
        (named("./fonts/B.ttf"), "\"./fonts/B.ttf\": `./fonts/B.ttf` is no path in the project"),
        (named("/fonts/B.ttf"), "\"/fonts/B.ttf\": `/fonts/B.ttf` is no path in the project"),
        (named("../B.ttf"), "\"../B.ttf\": `../B.ttf` is no path in the project"),
        (named("fonts//B.ttf"), "\"fonts//B.ttf\": `fonts//B.ttf` is no path in the project"),
        (named("fonts\\\\B.ttf"), "\"fonts\\\\B.ttf\": `fonts\\B.ttf` is no path in the project"),
        (named(""), "\"\": `` is no path in the project"),
    ];
    for (project, line) in cases {
        let world = world(&(HEADER.to_owned() + "1. x\n"), &project, family());
        let found = said(&compile(&world, "text.decl", &Options::default()).expect("a world in memory can be read"));
        assert_eq!(found, [line], "{project}");
    }
}

#[test]
fn a_character_that_one_font_lacks_is_said_where_it_is_printed_in_it() {
    let text = draft(
        "en",
        "1. We meet in Łódź.\n\nheading: In Łódź\n\n2. We *meet in Łódź* again.\n\n3. We **have met**, in Łódź.\n",
    );
    let [regular, bold, italic, bold_italic] = family();
    let italic = without(&italic, "Ł");
    let bold = without(&bold, "źm");
    let found = set(&text, [regular, bold, italic, bold_italic]);
    assert_eq!(
        said(&found),
        [
            "Ł: the font for `italic` has no `Ł` (U+0141)",
            "Ł: the font for `italic` has no `Ł` (U+0141)",
            "m: the font for `bold` has no `m` (U+006D)",
        ]
    );
    // The heading, the emphasis in paragraph 2, and that in 3; not paragraph 1.
    let lines = found.found.iter().map(|found_at| {
        let source = found.sources.get(found_at.place.file).expect("a source");
        source.text()[..found_at.place.start as usize].lines().count()
    });
    assert_eq!(lines.collect::<Vec<_>>(), [8, 10, 12]);
    assert!(found.checked.is_none());
}

#[test]
fn what_stands_in_another_face_is_not_blamed() {
    let [regular, bold, italic, bold_italic] = family();
    let fonts = [regular, without(&bold, "Ł"), without(&italic, "Ł"), bold_italic];
    // Values from outside: the section's, and not that of the paragraph.
    let template = "template: letter\nextends: declaration\nparams:\n  who text \"Who\"\n  what text \"What\"\n---\n\n\
                    section: On {who}\n\n1. We agree with {what}, and Ł.\n";
    let world = world("", PROJECT, fonts.clone()).with("templates/letter.decl", template);
    let document = "document: letter\nlanguage: en\ntitle: Draft declaration on an example\n---\n";
    let rows = "who,what\nŁukasz,Łódź\nAnna,Łódź\n";
    let records = crate::support::filled(&world.with("text.decl", document), "text.decl", "rows.csv", rows);
    assert_eq!(said(&records[0]), ["Ł: the font for `bold` has no `Ł` (U+0141)"]);
    let place = records[0].found.iter().next().expect("a finding").place;
    assert_eq!(records[0].sources.get(place.file).map(|source| source.name()), Some("rows.csv"));
    assert_eq!(place.start, 9);
    assert_eq!(said(&records[1]), [""; 0]);
    // A note's, and not that of the title or of the paragraph that it is in.
    let text = HEADER.replace("an example", "Ł") + "1. We met in Łódź{note: in *Łódź*}.\n\n2. In Łódź.\n";
    assert_eq!(said(&set(&text, fonts)), ["Ł: the font for `italic` has no `Ł` (U+0141)"]);
}

#[test]
fn a_title_needs_the_capitals_of_its_letters() {
    let text = HEADER.replace("an example", "a café") + "1. We met in a café.\n";
    let [regular, bold, italic, bold_italic] = family();
    let found =
        set(&text, [without(&regular, "É"), without(&bold, "É"), without(&italic, "É"), without(&bold_italic, "É")]);
    assert_eq!(said(&found), ["é: the fonts have no `É` (U+00C9)"]);
    let found = set(&text, [without(&regular, "É"), bold, italic, bold_italic]);
    assert_eq!(said(&found), ["é: the font for `regular` has no `É` (U+00C9)"]);
}

#[test]
fn what_nobody_wrote_is_said_at_the_font() {
    let text = HEADER.replace("---", "symbol: MC.DOC/901/26\nadopted: 2026-12-04\n---") + "1. x\n";
    let [regular, bold, italic, bold_italic] = family();
    // "Security" stands in the letterhead of every text.
    let found = set(&text, [without(&regular, "y"), bold, italic, bold_italic]);
    let line = "\"fonts/R.ttf\": `fonts/R.ttf` has no `y`, which Chancery prints in this text";
    assert_eq!(said(&found), [line]);
    assert!(found.checked.is_none());
}

#[test]
fn fonts_of_another_script_are_one_thing_to_say() {
    let text = std::fs::read_to_string("examples/archives.ru.decl").expect("an example");
    let cyrillic: String = ('\u{400}'..='\u{4FF}').collect();
    let found = set(&text, family().map(|font| without(&font, &cyrillic)));
    let first = "П: the fonts have none of 38 letters of this text: `Б`, `Д`, `Е`, `М`, `О`, `П`, `Р`, `С` and 30 more";
    assert_eq!(said(&found), [first]);
    // Of one face alone it is the same.
    let text = draft("ru", "heading: О мире и сотрудничестве в Европе\n\n1. Мы встретились.\n");
    let [regular, bold, italic, bold_italic] = family();
    let found = set(&text, [regular, without(&bold, &cyrillic), without(&italic, &cyrillic), bold_italic]);
    let heading = "О: the font for `italic` has none of 15 letters of this text: `Е`, `О`, `в`, `д`, `е`, `и`, `м`, `н` and 7 more";
    assert_eq!(said(&found), [heading]);
}

#[test]
fn values_that_are_printed_need_glyphs_too() {
    let text = HEADER.replace("---", "place: 東京\nas-of: 2026-11-23\nfile-code: mc901⅍会\n---") + "1. x\n";
    let world = MemoryWorld::new().on(TODAY).with("text.decl", text.as_str());
    let found = compile(&world, "text.decl", &Options::default()).expect("a world in memory can be read");
    assert_eq!(
        said(&found),
        [
            "東: the fonts have no `東` (U+6771)",
            "京: the fonts have no `京` (U+4EAC)",
            "会: the fonts have no `会` (U+4F1A)"
        ]
    );
}

/// What pages print is what the model says, in capitals or not, and what layout
/// says that it adds: so a document whose words are all in the fonts needs no
/// layout to know that nothing will be missing.
#[test]
fn nothing_is_printed_that_was_not_asked_of_the_fonts() {
    let mut documents = 0;
    for entry in std::fs::read_dir("examples").expect("examples") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "decl") {
            continue;
        }
        let world = chancery::cli::DiskWorld::of(&path);
        let compilation = compile(&world, world.name(), &Options::default()).expect("an example");
        let Some(checked) = &compilation.checked else { continue };
        documents += 1;
        let mut words = OWN_SIGNS.to_owned();
        each_text(checked.document(), &mut |text| {
            words.push_str(text);
            words.push_str(&text.to_uppercase());
        });
        let pages = pages(checked, &compilation.style);
        for run in pages.pages.iter().flat_map(|page| &page.lines).flat_map(|line| &line.runs) {
            for c in run.text.chars() {
                assert!(words.contains(c), "{}: {c:?} in {:?}", path.display(), run.text);
            }
        }
    }
    assert!(documents >= 14);
    assert!(OWN_SIGNS.chars().all(|c| Typeface::house().has_everywhere(c)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A font may come from anyone.
    #[test]
    fn damaged_fonts_are_refused_or_set(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40), head in any::<bool>()) {
        let mut font = liberation("Regular");
        // Most of a font is outlines; its tables' heads are where harm is done.
        let reach = if head { 1200 } else { font.len() };
        for (at, byte) in changes {
            let at = at.index(reach);
            font[at] = byte;
        }
        if let Ok(font) = Font::read("fonts/R.ttf", font.clone()) {
            prop_assert!(!font.name().is_empty() && font.name().is_ascii());
        }
        let [_, bold, italic, bold_italic] = family();
        let compilation = set(&(HEADER.to_owned() + "1. We recall *that* we met.\n"), [font, bold, italic, bold_italic]);
        if let Some(checked) = &compilation.checked {
            // What cannot be embedded is said, as the machine's fault.
            let _ = render::pdf(checked, &compilation.style, &PdfOptions::default());
        }
    }
}
