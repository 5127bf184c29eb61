//! What printpdf does not write, or writes otherwise: contents, boxes, links,
//! information, version, identifiers. The only file that knows lopdf's
//! documents.

use lopdf::{Document as File, Object, ObjectId, Stream, StringFormat, dictionary};

use super::{Finished, Places, outline};
use crate::Error;
use crate::layout::style::Style;
use crate::layout::{Link, LinkTarget};
use crate::model::{Document, plain_lines};

const PRODUCER: &str = concat!("chancery ", env!("CARGO_PKG_VERSION"));

/// Completes the skeleton and writes it.
pub(super) fn finish(
    mut file: File,
    document: &Document,
    style: &Style,
    pages: Vec<Finished>,
    places: &Places,
) -> Result<Vec<u8>, Error> {
    let failed = |error: lopdf::Error| Error::Pdf(error.to_string());
    file.version = "1.7".to_owned();
    file.binary_mark = vec![0xE2, 0xE3, 0xCF, 0xD3];
    let ids: Vec<ObjectId> = file.get_pages().into_values().collect();
    let paper: Vec<Object> =
        [0.0, 0.0, style.page.width, style.page.height].iter().map(|edge| Object::Real(*edge as f32)).collect();
    for (id, page) in ids.iter().zip(pages) {
        let annotations: Vec<Object> =
            page.links.iter().filter_map(|link| annotation(&mut file, link, style, &ids, places)).collect();
        let contents = file
            .get_dictionary(*id)
            .and_then(|page| page.get(b"Contents"))
            .and_then(Object::as_reference)
            .map_err(failed)?;
        let filter = dictionary! { "Filter" => "FlateDecode" };
        file.objects.insert(contents, Object::Stream(Stream::new(filter, page.content)));
        let dictionary = file.get_dictionary_mut(*id).map_err(failed)?;
        for name in ["MediaBox", "CropBox", "BleedBox", "TrimBox"] {
            dictionary.set(name, paper.clone());
        }
        dictionary.remove(b"Annots");
        if !annotations.is_empty() {
            dictionary.set("Annots", annotations);
        }
    }
    let bookmarks = outline::write(&mut file, document, &ids, places);
    let information = information(document);
    let information = file.add_object(information);
    file.trailer.set("Info", information);
    let catalog = file.catalog_mut().map_err(failed)?;
    catalog.set("Lang", text(&document.language));
    catalog.set("Outlines", bookmarks);
    catalog.set("PageMode", "UseOutlines");
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.remove(b"PageLayout");
    // What printpdf wrote and the above replaced.
    file.prune_objects();
    file.renumber_objects();
    write(file)
}

fn information(document: &Document) -> Object {
    let title = plain_lines(document.title());
    let mut information = dictionary! {
        "Title" => text(&title),
        "Creator" => text(PRODUCER),
        "Producer" => text(PRODUCER),
    };
    if let Some(symbol) = &document.symbol {
        information.set("Subject", text(symbol));
    }
    information.into()
}

/// A link to another place of the document, or to a web address.
fn annotation(file: &mut File, link: &Link, style: &Style, pages: &[ObjectId], places: &Places) -> Option<Object> {
    let (key, lead) = match &link.target {
        LinkTarget::Anchor(anchor) => ("Dest", outline::destination(*anchor, pages, places)?),
        LinkTarget::Address(address) => {
            let action =
                dictionary! { "Type" => "Action", "S" => "URI", "URI" => Object::string_literal(address.as_bytes()) };
            ("A", Object::Dictionary(action))
        }
    };
    let area = link.area;
    let bottom = style.page.height - area.y - area.height;
    let edges = [area.x, bottom, area.x + area.width, bottom + area.height];
    let mut annotation = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => edges.iter().map(|edge| Object::Real((edge * 1000.0).round() as f32 / 1000.0)).collect::<Vec<_>>(),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "F" => 4,
        "Contents" => text(&link.text),
    };
    annotation.set(key, lead);
    Some(Object::Reference(file.add_object(annotation)))
}

/// Compresses what is not compressed yet, derives the identifier from the
/// content, and writes the file.
fn write(mut file: File) -> Result<Vec<u8>, Error> {
    let mut hash = [0xcbf2_9ce4_8422_2325_u64, 0x9e37_79b9_7f4a_7c15];
    for object in file.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        for byte in &stream.content {
            hash[0] = (hash[0] ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        hash[1] = hash[1].rotate_left(23) ^ hash[0];
        if stream.dict.get(b"Filter").is_err() {
            let content = super::content::compressed(&stream.content).map_err(|error| Error::Pdf(error.to_string()))?;
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(content);
        }
    }
    let identifier: Vec<u8> = hash.iter().flat_map(|part| part.to_be_bytes()).collect();
    let identifier = Object::String(identifier, StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![identifier.clone(), identifier]);
    let options =
        lopdf::SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(4).build();
    let mut out = Vec::new();
    file.save_with_options(&mut out, options).map_err(|error| Error::Pdf(error.to_string()))?;
    Ok(out)
}

/// A text string: ASCII as it is, all else as UTF-16.
pub(super) fn text(words: &str) -> Object {
    if words.is_ascii() {
        return Object::String(words.as_bytes().to_vec(), StringFormat::Literal);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}
