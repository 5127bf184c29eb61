//! What PDF/A-2a and PDF/UA-1 ask for, each requirement broken on purpose: either
//! the validator sees it, or it would not see it in our files either.

use chancery::render::PdfOptions;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A requirement, and what breaks it.
type Twin = (&'static str, fn(&mut Document));

const TWINS: &[Twin] = &[
    ("it is tagged", |file| drop(catalog(file).remove(b"StructTreeRoot"))),
    ("it says that it is tagged", |file| drop(catalog(file).remove(b"MarkInfo"))),
    ("its language is known", |file| drop(catalog(file).remove(b"Lang"))),
    ("its title is shown", |file| drop(catalog(file).remove(b"ViewerPreferences"))),
    ("it has XMP", |file| drop(catalog(file).remove(b"Metadata"))),
    ("it has an output intent", |file| drop(catalog(file).remove(b"OutputIntents"))),
    ("it claims PDF/A", |file| metadata(file, "<pdfaid:part>2<", "<pdfaid:part>1<")),
    ("it claims level a", |file| metadata(file, "<pdfaid:conformance>A<", "<pdfaid:conformance>X<")),
    ("it claims PDF/UA", |file| metadata(file, "<pdfuaid:part>1<", "<pdfuaid:part>9<")),
    ("its own properties are described", |file| metadata(file, "pdfaExtension:schemas", "pdfaExtension:none")),
    ("XMP has its title", |file| metadata(file, "dc:title", "dc:source")),
    ("fonts are embedded", |file| every(file, |d| drop(d.remove(b"FontFile2")))),
    ("glyphs have their text", |file| every(file, |d| drop(d.remove(b"ToUnicode")))),
    ("widths are those of the font", |file| {
        every(file, |d| {
            let fonts = d.get_mut(b"DescendantFonts").and_then(Object::as_array_mut);
            if let Ok(font) = fonts.and_then(|fonts| fonts[0].as_dict_mut()) {
                font.set("W", vec![1.into(), Object::Array(vec![7.into(); 40])]);
            }
        });
    }),
    ("all that is drawn is tagged or marked as not to be read", |file| {
        let page = file.page_iter().next().expect("a page");
        let content = String::from_utf8_lossy(&file.get_page_content(page)).replace("/Artifact BMC", "");
        let content = content.replacen("EMC", "", content.matches("EMC").count());
        let content = content.lines().filter(|line| !line.ends_with("BDC")).collect::<Vec<_>>().join("\n");
        file.change_page_content(page, content.into_bytes()).expect("a page");
    }),
    ("headings leave out no level", |file| retag(file, b"H2", b"H4")),
    ("list items stand in lists", |file| retag(file, b"L", b"P")),
    ("rows stand in tables", |file| retag(file, b"Table", b"P")),
    ("notes have numbers", |file| {
        every(file, |d| {
            if is(d, b"Note") {
                drop(d.remove(b"ID"))
            }
        })
    }),
    ("links are tagged as such", |file| retag(file, b"Link", b"Span")),
    ("links say where they lead", |file| {
        every(file, |d| {
            if d.has(b"Rect") {
                drop(d.remove(b"Contents"))
            }
        })
    }),
    ("links are printed", |file| {
        every(file, |d| {
            if d.has(b"Rect") {
                d.set("F", 2)
            }
        })
    }),
    ("links go by the structure", |file| every(file, |d| drop(d.remove(b"Tabs")))),
    ("elements have standard names", |file| retag(file, b"LBody", b"Textbody")),
    ("no colours of a device that is not there", |file| {
        let page = file.page_iter().next().expect("a page");
        let mut content = file.get_page_content(page);
        content.extend(b"/Artifact BMC 0 0 0 1 k 0 0 9 9 re f EMC\n");
        file.change_page_content(page, content).expect("a page");
    }),
    ("nothing is transparent", |file| {
        let state = file.add_object(dictionary! { "Type" => "ExtGState", "BM" => "Nonsense" });
        let page = file.page_iter().next().expect("a page");
        let mut content = file.get_page_content(page);
        content.extend(b"/G0 gs\n");
        file.change_page_content(page, content).expect("a page");
        every(file, |d| {
            if d.has(b"Font") {
                d.set("ExtGState", dictionary! { "G0" => state })
            }
        });
    }),
    ("nothing runs", |file| catalog(file).set("OpenAction", dictionary! { "S" => "JavaScript", "JS" => "1" })),
    ("it carries no file", |file| {
        let stream = file.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"a text".to_vec()));
        let file_of = dictionary! { "Type" => "Filespec", "F" => Object::string_literal("a.txt"), "EF" => dictionary! { "F" => stream } };
        let id = file.add_object(file_of);
        let names = dictionary! { "Names" => vec![Object::string_literal("a.txt"), id.into()] };
        catalog(file).set("Names", dictionary! { "EmbeddedFiles" => names });
    }),
];

fn catalog(file: &mut Document) -> &mut Dictionary {
    file.catalog_mut().expect("a catalog")
}

fn metadata(file: &mut Document, from: &str, to: &str) {
    let id = catalog(file).get(b"Metadata").and_then(Object::as_reference).expect("metadata");
    let stream = file.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream");
    let text = String::from_utf8(stream.content.clone()).expect("UTF-8");
    assert!(text.contains(from), "{from}");
    stream.set_plain_content(text.replace(from, to).into_bytes());
}

fn every(file: &mut Document, mut change: impl FnMut(&mut Dictionary)) {
    for object in file.objects.values_mut() {
        if let Ok(dictionary) = object.as_dict_mut() {
            change(dictionary);
        }
    }
}

fn is(dictionary: &Dictionary, tag: &[u8]) -> bool {
    dictionary.get(b"S").and_then(Object::as_name).ok() == Some(tag)
}

fn retag(file: &mut Document, from: &[u8], to: &[u8]) {
    let mut found = false;
    every(file, |d| {
        if is(d, from) {
            d.set("S", Object::Name(to.to_vec()));
            found = true;
        }
    });
    assert!(found, "{}", String::from_utf8_lossy(from));
}

#[test]
#[ignore = "needs veraPDF, named by CHANCERY_VERAPDF"]
fn the_validator_sees_each_requirement_that_is_broken() {
    let program = std::env::var("CHANCERY_VERAPDF").expect("CHANCERY_VERAPDF names a program");
    let checked = crate::examples::compiled("examples/everything.en.decl").checked.expect("no error");
    let good = crate::pdf::read_back(&checked, &PdfOptions::default());
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    let whole: Twin = ("nothing is broken", |_| {});
    for (number, (_, make_worse)) in std::iter::once(&whole).chain(TWINS).enumerate() {
        let mut twin = good.clone();
        make_worse(&mut twin);
        let path = folder.path().join(format!("{number:02}.pdf"));
        twin.save(&path).expect("written");
        files.push(path);
    }
    let output = std::process::Command::new(program).arg("2a,ua1").args(&files).output().expect("veraPDF runs");
    let report = String::from_utf8(output.stdout).expect("UTF-8");
    let broken = |number: usize| {
        report.lines().any(|line| line.starts_with("BROKEN") && line.contains(&format!(" {number:02}.pdf:")))
    };
    assert!(!broken(0), "{report}");
    let unseen: Vec<&str> =
        TWINS.iter().enumerate().filter(|(at, _)| !broken(at + 1)).map(|(_, (name, _))| *name).collect();
    assert_eq!(unseen, Vec::<&str>::new(), "{report}");
}
