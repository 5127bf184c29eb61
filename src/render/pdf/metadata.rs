//! What a file says of itself: the information dictionary and XMP, in step.

use std::borrow::Cow;

use jiff::civil::DateTime;
use lopdf::{Dictionary, Object, dictionary};
use quick_xml::escape::escape;

use super::edition::{Edition, PdfOptions};
use super::object::text;
use crate::model::{Document, plain_lines};

const PRODUCER: &str = concat!("chancery ", env!("CARGO_PKG_VERSION"));

/// What a file says of itself.
pub(super) struct Metadata<'a> {
    title: String,
    subject: Option<&'a str>,
    language: &'a str,
    date: Option<DateTime>,
    edition: &'a Edition,
}

/// Two numbers of 128 bits: of the document, and of the file.
pub(super) struct Identifiers {
    pub document: [u8; 16],
    pub instance: [u8; 16],
}

impl<'a> Metadata<'a> {
    pub fn of(document: &'a Document, options: &'a PdfOptions) -> Metadata<'a> {
        let title = plain_lines(document.title());
        let subject = document.symbol.as_deref();
        // A viewer's window needs some title.
        let title = if title.trim().is_empty() { subject.unwrap_or(&document.kind).to_owned() } else { title };
        Metadata {
            title,
            subject,
            language: &document.language,
            date: document.day.map(|day| day.at(0, 0, 0, 0)).or(options.made),
            edition: &options.edition,
        }
    }

    /// Why a print shop would send the file back.
    pub fn refusal(&self, document: &Document) -> Option<&'static str> {
        self.edition.press()?;
        if plain_lines(document.title()).trim().is_empty() {
            return Some("a press edition needs a title; write `title:` into the header");
        }
        if self.date.is_none() {
            return Some(
                "a press edition needs a date; write `adopted:` (in a draft `as-of:`) into the header, or set SOURCE_DATE_EPOCH",
            );
        }
        None
    }

    /// The information dictionary.
    pub fn information(&self) -> Dictionary {
        let mut information = dictionary! {
            "Title" => text(&self.title),
            "Creator" => text(PRODUCER),
            "Producer" => text(PRODUCER),
        };
        if let Some(subject) = self.subject {
            information.set("Subject", text(subject));
        }
        if let Some(date) = self.date {
            let date = date.strftime("D:%Y%m%d%H%M%SZ").to_string();
            information.set("CreationDate", text(&date));
            information.set("ModDate", text(&date));
        }
        if self.edition.press().is_some() {
            information.set("Trapped", Object::Name(b"False".to_vec()));
        }
        information
    }

    /// The same in XMP, with what the file claims to be.
    pub fn xmp(&self, identifiers: &Identifiers) -> String {
        let mut properties = Properties::default();
        properties.add("dc:format", "application/pdf");
        properties.raw("dc:title", &alternatives(&self.title));
        if let Some(subject) = self.subject {
            properties.raw("dc:description", &alternatives(subject));
        }
        properties.raw("dc:language", &format!("<rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag>", xml(self.language)));
        if let Some(date) = self.date {
            let date = date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
            for name in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
                properties.add(name, &date);
            }
        }
        properties.add("xmp:CreatorTool", PRODUCER);
        properties.add("pdf:Producer", PRODUCER);
        properties.add("xmpMM:DocumentID", &uuid(identifiers.document));
        properties.add("xmpMM:InstanceID", &uuid(identifiers.instance));
        properties.add("xmpMM:VersionID", "1");
        properties.add("xmpMM:RenditionClass", "default");
        properties.add("pdfaid:part", &self.edition.archive_part().to_string());
        properties.add("pdfaid:conformance", "A");
        properties.add("pdfuaid:part", "1");
        let mut schemas = vec![UA];
        if self.edition.press().is_some() {
            properties.add("pdf:Trapped", "False");
            properties.add("pdfxid:GTS_PDFXVersion", "PDF/X-4");
            schemas.extend([X, TRAPPED]);
        }
        let schemas: String = schemas.iter().map(Schema::described).collect();
        properties.raw("pdfaExtension:schemas", &format!("<rdf:Bag>{schemas}</rdf:Bag>"));
        let namespaces: String =
            NAMESPACES.iter().map(|(prefix, address)| format!("\n xmlns:{prefix}=\"{address}\"")).collect();
        format!(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description rdf:about=\"\"{namespaces}>\n\
             {}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>",
            properties.0
        )
    }
}

/// Every schema that a file may use; the addresses are names and lead nowhere.
const NAMESPACES: [(&str, &str); 10] = [
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("pdfxid", "http://www.npes.org/pdfx/ns/id/"),
    ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
];

/// A property that PDF/A does not know and that a file must describe.
struct Schema {
    title: &'static str,
    prefix: &'static str,
    property: &'static str,
    kind: &'static str,
    description: &'static str,
}

const UA: Schema = Schema {
    title: "PDF/UA identification",
    prefix: "pdfuaid",
    property: "part",
    kind: "Integer",
    description: "The part of PDF/UA that the file conforms to",
};
const X: Schema = Schema {
    title: "PDF/X identification",
    prefix: "pdfxid",
    property: "GTS_PDFXVersion",
    kind: "Text",
    description: "The version of PDF/X that the file conforms to",
};
const TRAPPED: Schema = Schema {
    title: "Adobe PDF",
    prefix: "pdf",
    property: "Trapped",
    kind: "Text",
    description: "Whether the file has been trapped",
};

impl Schema {
    fn described(&self) -> String {
        let Schema { title, prefix, property, kind, description } = self;
        let address = NAMESPACES.iter().find(|(known, _)| known == prefix).map_or("", |(_, address)| *address);
        format!(
            "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>{title}</pdfaSchema:schema>\
             <pdfaSchema:namespaceURI>{address}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>\
             <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{property}</pdfaProperty:name>\
             <pdfaProperty:valueType>{kind}</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>\
             <pdfaProperty:description>{description}</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"
        )
    }
}

/// Properties, a line each.
#[derive(Default)]
struct Properties(String);

impl Properties {
    fn add(&mut self, name: &str, value: &str) {
        self.raw(name, &xml(value));
    }

    fn raw(&mut self, name: &str, value: &str) {
        self.0.push_str(&format!("<{name}>{value}</{name}>\n"));
    }
}

fn alternatives(words: &str) -> String {
    format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt>", xml(words))
}

/// Words in XML, which has no place for control characters.
fn xml(words: &str) -> Cow<'_, str> {
    if words.chars().any(char::is_control) {
        return Cow::Owned(escape(words.replace(char::is_control, " ")).into_owned());
    }
    escape(words)
}

/// An identifier whose bits have no meaning to others: version 8 of RFC 9562.
fn uuid(mut bits: [u8; 16]) -> String {
    bits[6] = bits[6] & 0x0F | 0x80;
    bits[8] = bits[8] & 0x3F | 0x80;
    let mut out = "uuid:".to_owned();
    for (at, byte) in bits.iter().enumerate() {
        if [4, 6, 8, 10].contains(&at) {
            out.push('-');
        }
        out.push_str(&format!("{byte:02x}"));
    }
    out
}
