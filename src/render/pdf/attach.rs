//! Files in a file: what an archive edition carries, and how it is got back.

use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, LoadOptions, Object, ObjectId, Stream, StringFormat, dictionary};

use super::file::FileWriter;
use super::object::text;
use crate::Error;

/// A file that an archive edition carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its path, with `/` between its parts.
    pub name: String,
    /// What it is to the document.
    pub relation: Relation,
    /// Its media type, as `application/json`.
    pub media: &'static str,
    /// What it is, in words.
    pub description: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What a file is to the document that carries it, in the words of PDF/A-3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The document was made of it.
    Source,
    /// It tells something of the document.
    Data,
    /// It was needed besides.
    Supplement,
}

/// Writes attachments; returns the catalog's list of them, and its index by name.
pub(super) fn write(file: &mut FileWriter, attachments: &[Attachment]) -> Result<(Object, Dictionary), Error> {
    let mut sorted: Vec<&Attachment> = attachments.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let (mut list, mut names): (Vec<Object>, Vec<Object>) = (Vec::new(), Vec::new());
    for attachment in sorted {
        let Attachment { name, relation, media, description, bytes } = attachment;
        let embedded = file.add(Stream::new(
            dictionary! {
                "Type" => "EmbeddedFile",
                "Subtype" => *media,
                "Params" => dictionary! { "Size" => bytes.len() as i64 },
            },
            bytes.clone(),
        ))?;
        let specification = file.add(dictionary! {
            "Type" => "Filespec",
            "F" => text(name),
            "UF" => text(name),
            "Desc" => text(description),
            "AFRelationship" => match relation {
                Relation::Source => "Source",
                Relation::Data => "Data",
                Relation::Supplement => "Supplement",
            },
            "EF" => dictionary! { "F" => embedded, "UF" => embedded },
        })?;
        list.push(specification.into());
        // Keys of a name tree are sorted by their bytes, as these are.
        names.extend([Object::String(name.as_bytes().to_vec(), StringFormat::Hexadecimal), specification.into()]);
    }
    Ok((list.into(), dictionary! { "Names" => names }))
}

/// A file that a PDF carries, with its path as the PDF gives it, which is not to
/// be trusted.
pub type Attached = (String, Vec<u8>);

/// How large the objects of a PDF may become when it is read, in bytes.
const MAX_OBJECT_BYTES: usize = 64 << 20;

/// Gets back what a PDF carries. Nothing in it is trusted: at most `max_bytes`
/// in all are inflated.
///
/// # Errors
/// [`Error::Refused`] if it is no PDF, carries nothing, or more than `max_bytes`.
pub fn attachments(pdf: &[u8], max_bytes: usize) -> Result<Vec<Attached>, Error> {
    let refused = |reason: &str| Error::Refused(reason.to_owned());
    let options = LoadOptions { max_decompressed_size: Some(MAX_OBJECT_BYTES), ..LoadOptions::default() };
    let file =
        lopdf::Document::load_mem_with_options(pdf, options).map_err(|_| refused("it is no PDF that can be read"))?;
    let list = file.catalog().ok().and_then(|catalog| catalog.get(b"AF").ok());
    let list = list.and_then(|list| file.dereference(list).ok()).and_then(|(_, list)| list.as_array().ok());
    let Some(list) = list else { return Err(refused("it carries nothing; only an archive edition does")) };
    let mut left = max_bytes;
    let mut found = Vec::new();
    for entry in list {
        let Some((name, id)) = specified(&file, entry) else { continue };
        let Ok(stream) = file.get_object(id).and_then(Object::as_stream) else { continue };
        let mut bytes = Vec::new();
        let limit = left as u64 + 1;
        let read = match stream.dict.get(b"Filter").and_then(Object::as_name) {
            Ok(b"FlateDecode") => ZlibDecoder::new(stream.content.as_slice()).take(limit).read_to_end(&mut bytes),
            Ok(_) => continue,
            Err(_) => stream.content.as_slice().take(limit).read_to_end(&mut bytes),
        };
        read.map_err(|_| Error::Refused(format!("what it carries as `{name}` is damaged")))?;
        left = left
            .checked_sub(bytes.len())
            .ok_or_else(|| Error::Refused(format!("it carries more than {} MB", max_bytes >> 20)))?;
        found.push((name, bytes));
    }
    Ok(found)
}

/// The name of a file and its stream.
fn specified(file: &lopdf::Document, entry: &Object) -> Option<(String, ObjectId)> {
    let specification = file.dereference(entry).ok()?.1.as_dict().ok()?;
    let name = specification.get(b"UF").or_else(|_| specification.get(b"F")).ok()?;
    let name = lopdf::decode_text_string(name).ok()?;
    let embedded = file.dereference(specification.get(b"EF").ok()?).ok()?.1.as_dict().ok()?;
    Some((name, embedded.get(b"F").ok()?.as_reference().ok()?))
}
