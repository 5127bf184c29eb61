//! The rules of PDF/X-4 that press editions are checked against. No free
//! program judges them, so each rule here has a broken twin: a change to a good
//! file that breaks this rule and no other. The rules and how sure each of them is
//! are in `docs/editions.md`.

use std::collections::BTreeSet;

use chancery::render::{Attachment, Edition, PdfOptions, Press, Relation};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// A rule: its number, whether a file keeps it, and what breaks it.
type Rule = (&'static str, fn(&Document) -> bool, fn(&mut Document));

const RULES: &[Rule] = &[
    ("X01", |file| file.version == "1.6" && !catalog(file).has(b"Version"), |file| file.version = "1.7".to_owned()),
    (
        "X04",
        |file| {
            file.trailer
                .get(b"ID")
                .and_then(Object::as_array)
                .is_ok_and(|id| id.len() == 2 && id.iter().all(|part| part.as_str().is_ok_and(|part| !part.is_empty())))
        },
        |file| drop(file.trailer.remove(b"ID")),
    ),
    ("X05", |file| !file.trailer.has(b"Encrypt"), |file| file.trailer.set("Encrypt", Dictionary::new())),
    (
        "X06",
        |file| {
            streams(file).all(|stream| {
                !stream.dict.has(b"F")
                    && stream.dict.get(b"Filter").map_or(true, |filter| filter.as_name().ok() == Some(b"FlateDecode"))
            })
        },
        |file| {
            let id = file.add_object(Stream::new(dictionary! { "Filter" => "LZWDecode" }, vec![0x80, 0x0B]));
            page(file).set("Spare", id);
        },
    ),
    (
        "X07",
        |file| lacks(file, &["OPI", "Ref", "Alternates", "DestOutputProfileRef", "FFilter"]),
        |file| page(file).set("OPI", Dictionary::new()),
    ),
    ("X08", |file| !uses(file, &["PS", "BX", "EX"]), |file| add_operator(file, "BX", &[])),
    (
        "X10",
        |file| said(file, "pdfxid:GTS_PDFXVersion") == ["PDF/X-4"],
        |file| replace(file, ">PDF/X-4<", ">PDF/X-4p<"),
    ),
    (
        "X11",
        |file| !information(file).has(b"GTS_PDFXVersion"),
        |file| information_of(file).set("GTS_PDFXVersion", Object::string_literal("PDF/X-3:2003")),
    ),
    (
        "X12",
        |file| {
            let creator = said(file, "xmp:CreatorTool");
            let title = crate::pdf::text_string(information(file).get(b"Title").expect("a title"));
            let same = information(file).get(b"Creator").is_ok_and(|own| crate::pdf::text_string(own) == creator[0]);
            same && !title.trim().is_empty() && xmp(file).contains(&format!("x-default\">{title}</rdf:li>"))
        },
        |file| information_of(file).set("Creator", Object::string_literal("another")),
    ),
    (
        "X13",
        |file| {
            let stated = ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"].map(|name| said(file, name).concat());
            let figures = |date: &str| date.chars().filter(char::is_ascii_digit).collect::<String>();
            let own = ["CreationDate", "ModDate"]
                .map(|key| information(file).get(key.as_bytes()).map_or(String::new(), crate::pdf::text_string));
            let date = figures(&stated[0]);
            date.len() == 14 && stated.iter().chain(&own).all(|other| figures(other) == date)
        },
        |file| information_of(file).set("ModDate", Object::string_literal("D:20010101000000Z")),
    ),
    (
        "X14",
        |file| {
            said(file, "xmpMM:DocumentID").concat().starts_with("uuid:")
                && said(file, "xmpMM:VersionID") == ["1"]
                && said(file, "xmpMM:RenditionClass") == ["default"]
        },
        |file| replace(file, "<xmpMM:VersionID>1<", "<xmpMM:VersionID><"),
    ),
    (
        "X15",
        |file| {
            let trapped = information(file).get(b"Trapped").and_then(Object::as_name).ok();
            trapped == Some(b"False") && said(file, "pdf:Trapped") == ["False"]
        },
        |file| information_of(file).set("Trapped", false),
    ),
    ("X16", |file| !metadata(file).dict.has(b"Filter"), |file| metadata_of(file).dict.set("Filter", "FlateDecode")),
    (
        "X17",
        |file| {
            said(file, "pdfaid:part") == ["2"]
                && said(file, "pdfaid:conformance") == ["A"]
                && said(file, "pdfuaid:part") == ["1"]
        },
        |file| replace(file, "<pdfaid:conformance>A<", "<pdfaid:conformance>B<"),
    ),
    (
        "X20",
        |file| intents(file).iter().filter(|intent| is(intent, b"S", b"GTS_PDFX")).count() == 1,
        |file| change_intents(file, |intents| intents.push(intents[0].clone())),
    ),
    (
        "X21",
        |file| {
            let profiles: BTreeSet<ObjectId> = profiles(file).into_iter().collect();
            let standards: BTreeSet<&[u8]> = intents(file)
                .iter()
                .map(|intent| intent.get(b"S").and_then(Object::as_name).expect("a name"))
                .collect();
            profiles.len() == 1 && standards == BTreeSet::from([b"GTS_PDFA1".as_slice(), b"GTS_PDFX"])
        },
        |file| {
            let copy = file.get_object(profiles(file)[0]).expect("a profile").clone();
            let copy = file.add_object(copy);
            change_intents(file, |intents| {
                intents[1].as_dict_mut().expect("an intent").set("DestOutputProfile", copy);
            });
        },
    ),
    (
        "X22",
        |file| {
            let stream = file.get_object(profiles(file)[0]).and_then(Object::as_stream).expect("a profile");
            let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            let inks = match &bytes[16..20] {
                b"GRAY" => 1,
                b"CMYK" => 4,
                _ => 0,
            };
            bytes[8] == 2
                && &bytes[12..16] == b"prtr"
                && &bytes[36..40] == b"acsp"
                && u32::from_be_bytes(bytes[..4].try_into().expect("four")) as usize == bytes.len()
                && stream.dict.get(b"N").and_then(Object::as_i64).ok() == Some(inks)
        },
        |file| {
            let id = profiles(file)[0];
            file.get_object_mut(id).and_then(Object::as_stream_mut).expect("a profile").dict.set("N", 3);
        },
    ),
    (
        "X23",
        |file| {
            intents(file).iter().all(|intent| {
                let words = |key: &[u8]| intent.get(key).map_or(String::new(), crate::pdf::text_string);
                let registered = words(b"RegistryName") == "http://www.color.org";
                !words(b"OutputConditionIdentifier").is_empty() && (registered || !words(b"Info").is_empty())
            })
        },
        |file| {
            change_intents(file, |intents| {
                intents[0]
                    .as_dict_mut()
                    .expect("an intent")
                    .set("OutputConditionIdentifier", Object::string_literal(""));
            });
        },
    ),
    (
        "X30",
        |file| {
            let coloured = ["rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"];
            let first =
                |page: ObjectId| operations(file, page).first().is_some_and(|operation| operation.operator == "g");
            !uses(file, &coloured) && file.page_iter().all(first) && lacks(file, &["ColorSpace", "Shading", "Pattern"])
        },
        |file| add_operator(file, "rg", &[0.0, 0.0, 0.0]),
    ),
    ("X31", |file| lacks(file, &["OP", "op", "OPM"]), |file| page(file).set("Spare", dictionary! { "OPM" => 1 })),
    (
        "X32",
        |file| lacks(file, &["Group", "SMask", "ca", "CA", "BM"]),
        |file| page(file).set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" }),
    ),
    ("X33", |file| lacks(file, &["TR", "TR2", "HT", "HTP"]), |file| page(file).set("Spare", dictionary! { "TR" => 1 })),
    ("X34", |file| !uses(file, &["ri"]) && lacks(file, &["RI"]), |file| add_operator(file, "ri", &[])),
    (
        "X40",
        |file| {
            let fonts: Vec<&Dictionary> = dictionaries(file).into_iter().filter(|d| is(d, b"Type", b"Font")).collect();
            let descriptor = |font: &&Dictionary| font.get(b"FontDescriptor").and_then(Object::as_reference);
            !fonts.is_empty()
                && fonts.iter().filter(|font| is(font, b"Subtype", b"CIDFontType2")).all(|font| {
                    descriptor(font).and_then(|id| file.get_dictionary(id)).is_ok_and(|found| found.has(b"FontFile2"))
                })
        },
        |file| {
            for object in file.objects.values_mut() {
                if let Ok(dictionary) = object.as_dict_mut() {
                    dictionary.remove(b"FontFile2");
                }
            }
        },
    ),
    (
        "X41",
        |file| {
            dictionaries(file)
                .into_iter()
                .filter_map(|d| d.get(b"BaseFont").and_then(Object::as_name).ok())
                .all(<[u8]>::is_ascii)
        },
        |file| page(file).set("Spare", dictionary! { "BaseFont" => Object::Name(vec![0xE9]) }),
    ),
    (
        "X50",
        |file| {
            pages(file).all(|page| {
                let edges = edges(page, b"TrimBox");
                let is_a4 = |edges: [f32; 4]| {
                    (edges[2] - edges[0] - 595.276).abs() < 0.01 && (edges[3] - edges[1] - 841.89).abs() < 0.01
                };
                edges.is_some_and(is_a4) && !page.has(b"ArtBox")
            })
        },
        |file| page(file).set("ArtBox", vec![0.into(), 0.into(), 1.into(), 1.into()]),
    ),
    (
        "X51",
        |file| {
            pages(file).all(|page| {
                let [media, bleed, trim] = ["MediaBox", "BleedBox", "TrimBox"].map(|name| edges(page, name.as_bytes()));
                let holds = |outer: [f32; 4], inner: [f32; 4]| {
                    outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
                };
                match (media, bleed, trim) {
                    (Some(media), Some(bleed), Some(trim)) => holds(media, bleed) && holds(bleed, trim),
                    _ => false,
                }
            })
        },
        |file| page(file).set("BleedBox", vec![100.into(), 100.into(), 200.into(), 200.into()]),
    ),
    (
        "X52",
        |file| pages(file).all(|page| [b"CropBox".as_slice(), b"UserUnit", b"Rotate"].iter().all(|key| !page.has(key))),
        |file| page(file).set("Rotate", 90),
    ),
    ("X53", |file| lacks(file, &["SeparationInfo"]), |file| page(file).set("SeparationInfo", Dictionary::new())),
    (
        "X60",
        |file| lacks(file, &["Annots", "OBJR"]) && !dictionaries(file).into_iter().any(|d| is(d, b"Subtype", b"Link")),
        |file| {
            // No page names it, but the file has it.
            file.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Link" });
        },
    ),
    (
        "X60-tags",
        |file| !dictionaries(file).into_iter().any(|d| is(d, b"S", b"Link") || is(d, b"Type", b"OBJR")),
        |file| {
            file.add_object(dictionary! { "Type" => "StructElem", "S" => "Link" });
        },
    ),
    (
        "X61",
        |file| {
            let actions = ["GoTo", "GoToR", "Launch", "URI", "Named", "SubmitForm", "JavaScript", "Hide", "ResetForm"];
            lacks(file, &["AA", "OpenAction", "JavaScript", "JS"])
                && !dictionaries(file).into_iter().any(|d| actions.iter().any(|action| is(d, b"S", action.as_bytes())))
        },
        |file| catalog_of(file).set("OpenAction", Dictionary::new()),
    ),
    (
        "X62",
        |file| {
            let items = || dictionaries(file).into_iter().filter(|d| d.has(b"Title") && d.has(b"Parent"));
            items().count() > 0 && items().all(|item| item.get(b"Dest").is_ok_and(|to| to.as_array().is_ok()))
        },
        |file| {
            for object in file.objects.values_mut() {
                if let Ok(dictionary) = object.as_dict_mut()
                    && dictionary.has(b"Dest")
                {
                    dictionary.set("Dest", Object::string_literal("a name"));
                }
            }
        },
    ),
    (
        "X63",
        |file| !catalog(file).has(b"Dests") && !catalog(file).has(b"Names"),
        |file| catalog_of(file).set("Dests", Dictionary::new()),
    ),
    ("X64", |file| lacks(file, &["AcroForm", "XFA"]), |file| catalog_of(file).set("AcroForm", Dictionary::new())),
    (
        "X70",
        |file| {
            let preferences = catalog(file).get(b"ViewerPreferences").and_then(Object::as_dict).expect("preferences");
            preferences.iter().all(|(key, _)| key == b"DisplayDocTitle")
        },
        |file| {
            let preferences = dictionary! { "DisplayDocTitle" => true, "PrintClip" => "CropBox" };
            catalog_of(file).set("ViewerPreferences", preferences);
        },
    ),
    (
        "X71",
        |file| lacks(file, &["OCProperties", "OC"]),
        |file| catalog_of(file).set("OCProperties", Dictionary::new()),
    ),
    (
        "X72",
        |file| lacks(file, &["AlternatePresentations", "PresSteps"]),
        |file| page(file).set("PresSteps", Dictionary::new()),
    ),
    (
        "X73",
        |file| {
            lacks(file, &["EmbeddedFiles", "EF", "AF", "AFRelationship"])
                && !dictionaries(file).into_iter().any(|d| is(d, b"Type", b"EmbeddedFile"))
        },
        |file| catalog_of(file).set("AF", Vec::<Object>::new()),
    ),
    ("X74", |file| lacks(file, &["PieceInfo"]), |file| page(file).set("PieceInfo", Dictionary::new())),
    (
        "X76",
        |file| {
            let long = |d: &&Dictionary| {
                d.iter().any(|(key, value)| {
                    key.len() > 127
                        || value.as_name().is_ok_and(|name| name.len() > 127)
                        || value.as_str().is_ok_and(|words| words.len() > 32_767)
                })
            };
            file.max_id < 8_388_607 && !dictionaries(file).iter().any(long)
        },
        |file| page(file).set("Spare", Object::Name(vec![b'a'; 128])),
    ),
    (
        "X77",
        |file| lacks(file, &["XObject", "Interpolate"]) && !uses(file, &["Do", "BI"]),
        |file| page(file).set("Spare", dictionary! { "Interpolate" => true }),
    ),
];

fn catalog(file: &Document) -> &Dictionary {
    file.catalog().expect("a catalog")
}

fn catalog_of(file: &mut Document) -> &mut Dictionary {
    file.catalog_mut().expect("a catalog")
}

fn information(file: &Document) -> &Dictionary {
    let id = file.trailer.get(b"Info").and_then(Object::as_reference).expect("information");
    file.get_dictionary(id).expect("information")
}

fn information_of(file: &mut Document) -> &mut Dictionary {
    let id = file.trailer.get(b"Info").and_then(Object::as_reference).expect("information");
    file.get_dictionary_mut(id).expect("information")
}

fn metadata(file: &Document) -> &Stream {
    let id = catalog(file).get(b"Metadata").and_then(Object::as_reference).expect("metadata");
    file.get_object(id).and_then(Object::as_stream).expect("a stream")
}

fn metadata_of(file: &mut Document) -> &mut Stream {
    let id = catalog(file).get(b"Metadata").and_then(Object::as_reference).expect("metadata");
    file.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream")
}

fn xmp(file: &Document) -> String {
    String::from_utf8(metadata(file).content.clone()).expect("UTF-8")
}

fn replace(file: &mut Document, from: &str, to: &str) {
    let text = xmp(file);
    assert!(text.contains(from), "{from}");
    metadata_of(file).content = text.replace(from, to).into_bytes();
}

/// The values of a property of XMP.
fn said(file: &Document, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(Box::leak(xmp(file).into_boxed_str()));
    let (mut values, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("XML") {
            quick_xml::events::Event::Start(start) => inside = start.name().as_ref() == name.as_bytes(),
            quick_xml::events::Event::Text(text) if inside => {
                values.push(String::from_utf8(text.to_vec()).expect("UTF-8"));
            }
            quick_xml::events::Event::End(_) => inside = false,
            quick_xml::events::Event::Eof => return values,
            _ => {}
        }
    }
}

fn page(file: &mut Document) -> &mut Dictionary {
    let id = file.page_iter().next().expect("a page");
    file.get_dictionary_mut(id).expect("a page")
}

fn pages(file: &Document) -> impl Iterator<Item = &Dictionary> {
    file.page_iter().map(|id| file.get_dictionary(id).expect("a page"))
}

fn edges(page: &Dictionary, name: &[u8]) -> Option<[f32; 4]> {
    let edges = page.get(name).and_then(Object::as_array).ok()?;
    edges.iter().map(|edge| edge.as_float().expect("a length")).collect::<Vec<_>>().try_into().ok()
}

fn streams(file: &Document) -> impl Iterator<Item = &Stream> {
    file.objects.values().filter_map(|object| object.as_stream().ok())
}

/// All dictionaries, also those in others.
fn dictionaries(file: &Document) -> Vec<&Dictionary> {
    fn add<'a>(object: &'a Object, out: &mut Vec<&'a Dictionary>) {
        match object {
            Object::Dictionary(dictionary) => {
                out.push(dictionary);
                dictionary.iter().for_each(|(_, value)| add(value, out));
            }
            Object::Stream(stream) => {
                out.push(&stream.dict);
                stream.dict.iter().for_each(|(_, value)| add(value, out));
            }
            Object::Array(objects) => objects.iter().for_each(|object| add(object, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    file.objects.values().for_each(|object| add(object, &mut out));
    out
}

fn is(dictionary: &Dictionary, key: &[u8], value: &[u8]) -> bool {
    dictionary.get(key).and_then(Object::as_name).ok() == Some(value)
}

/// Whether no dictionary of the file has one of these keys.
fn lacks(file: &Document, keys: &[&str]) -> bool {
    !dictionaries(file).into_iter().any(|d| keys.iter().any(|key| d.has(key.as_bytes())))
}

fn operations(file: &Document, page: ObjectId) -> Vec<Operation> {
    Content::decode(&file.get_page_content(page)).expect("operators").operations
}

fn uses(file: &Document, operators: &[&str]) -> bool {
    file.page_iter()
        .any(|page| operations(file, page).iter().any(|operation| operators.contains(&operation.operator.as_str())))
}

/// Adds an operator at the end of the first page.
fn add_operator(file: &mut Document, operator: &str, operands: &[f32]) {
    let page = file.page_iter().next().expect("a page");
    let mut operations = operations(file, page);
    operations.push(Operation::new(operator, operands.iter().map(|operand| Object::Real(*operand)).collect()));
    let bytes = Content { operations }.encode().expect("content");
    file.change_page_content(page, bytes).expect("a page");
}

fn intents(file: &Document) -> Vec<&Dictionary> {
    let intents = catalog(file).get(b"OutputIntents").and_then(Object::as_array).expect("intents");
    intents.iter().map(|intent| intent.as_dict().expect("an intent")).collect()
}

fn change_intents(file: &mut Document, change: impl FnOnce(&mut Vec<Object>)) {
    change(catalog_of(file).get_mut(b"OutputIntents").and_then(Object::as_array_mut).expect("intents"));
}

fn profiles(file: &Document) -> Vec<ObjectId> {
    let reference = |intent: &Dictionary| intent.get(b"DestOutputProfile").and_then(Object::as_reference);
    intents(file).into_iter().map(|intent| reference(intent).expect("a reference")).collect()
}

fn broken(file: &Document) -> Vec<&'static str> {
    RULES.iter().filter(|(_, holds, _)| !holds(file)).map(|(name, _, _)| *name).collect()
}

fn press(press: Press) -> PdfOptions {
    PdfOptions { edition: Edition::Press(press), made: None }
}

#[test]
fn every_press_edition_keeps_every_rule() {
    for (name, _) in crate::examples::all() {
        let checked = crate::examples::compiled(&name).checked.expect("no error");
        for (bleed, marks) in [(0.0, false), (8.504, false), (8.504, true), (0.0, true)] {
            let options = press(Press { bleed, marks, ..Press::default() });
            let file = crate::pdf::read_back(&checked, &options);
            assert_eq!(broken(&file), Vec::<&str>::new(), "{name}, bleed {bleed}, marks {marks}");
        }
    }
}

#[test]
fn each_broken_twin_breaks_its_rule_and_no_other() {
    let checked = crate::examples::compiled("examples/everything.en.decl").checked.expect("no error");
    let good = crate::pdf::read_back(&checked, &press(Press::default()));
    for (name, _, make_worse) in RULES {
        let mut twin = good.clone();
        make_worse(&mut twin);
        assert_eq!(broken(&twin), [*name]);
    }
}

/// PDF/A does not ask for it, and readers show now one, now the other.
#[test]
fn information_and_xmp_agree_in_the_screen_edition_too() {
    for (name, _) in crate::examples::all() {
        let checked = crate::examples::compiled(&name).checked.expect("no error");
        let file = crate::pdf::read_back(&checked, &PdfOptions::default());
        for (rule, holds, _) in RULES.iter().filter(|(rule, ..)| ["X12", "X13", "X14", "X16", "X17"].contains(rule)) {
            assert!(holds(&file), "{name}: {rule}");
        }
    }
}

/// The table of the docs has each rule, and no other.
#[test]
fn the_docs_list_the_rules() {
    let docs = include_str!("../docs/editions.md");
    let listed: Vec<&str> =
        docs.lines().filter_map(|line| line.strip_prefix("| X")?.split('|').next()).map(str::trim).collect();
    let rules: Vec<&str> = RULES.iter().map(|(name, _, _)| &name[1..]).collect();
    assert_eq!(listed, rules);
}

#[test]
fn what_a_press_edition_cannot_have_is_refused_with_the_reason() {
    let refused = |text: &str| {
        let checked = crate::support::compiled(text).checked.expect("no error");
        let style = chancery::layout::style::Style::house();
        chancery::render::pdf(&checked, &style, &press(Press::default())).unwrap_err().to_string()
    };
    assert!(refused("1. x\n").contains("SOURCE_DATE_EPOCH"), "{}", refused("1. x\n"));
}

/// Same pages, text and structure; only links, claims and boxes differ.
#[test]
fn editions_have_the_same_pages_and_are_read_alike() {
    for (name, _) in crate::examples::all() {
        let checked = crate::examples::compiled(&name).checked.expect("no error");
        let screen = crate::pdf::read_back(&checked, &PdfOptions::default());
        let printed = crate::pdf::read_back(&checked, &press(Press::default()));
        let attachment = Attachment {
            name: "a.decl".to_owned(),
            relation: Relation::Source,
            media: "text/plain",
            description: "The text".to_owned(),
            bytes: b"a text".to_vec(),
        };
        let options = PdfOptions { edition: Edition::Archive(vec![attachment]), made: None };
        let kept = crate::pdf::read_back(&checked, &options);
        let contents =
            |file: &Document| -> Vec<Vec<u8>> { file.page_iter().map(|page| file.get_page_content(page)).collect() };
        assert_eq!(contents(&screen), contents(&printed), "{name}");
        assert_eq!(contents(&screen), contents(&kept), "{name}");
        let outline = |file: &Document| {
            let mut out = String::new();
            outline_of(&crate::tags::read(file), &mut out);
            out
        };
        assert_eq!(outline(&screen).replace("(Link", "(Span"), outline(&printed), "{name}");
        assert_eq!(outline(&screen), outline(&kept), "{name}");
    }
}

fn outline_of(node: &crate::tags::Node, out: &mut String) {
    out.push_str(&format!("({}", node.tag));
    for kid in &node.kids {
        match kid {
            crate::tags::Kid::Text(text) => out.push_str(text),
            crate::tags::Kid::Node(node) => outline_of(node, out),
            crate::tags::Kid::Object(_) => {}
        }
    }
    out.push(')');
}
