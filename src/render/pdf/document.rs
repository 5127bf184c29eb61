//! Pages, links and the catalog.

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::edition::{Edition, PdfOptions};
use super::file::{FileWriter, number_of};
use super::metadata::{Identifiers, Metadata};
use super::object::{real, text};
use super::places::{Annotation, Finished, Places, destination};
use super::profile::OutputProfile;
use super::{attach, outline, structure};
use crate::Error;
use crate::layout::style::Style;
use crate::layout::{ElementId, Link, LinkTarget, Structure};
use crate::model::Document;

/// The colours of a screen: PDF/A wants every grey to be that of some device.
const SCREEN_PROFILE: &[u8] = include_bytes!("../../../assets/icc/sRGB-v2-magic.icc");

/// All that a file is made of besides its fonts and its pages' contents.
pub(super) struct Parts<'a> {
    pub document: &'a Document,
    pub style: &'a Style,
    pub options: &'a PdfOptions,
    pub pages: Vec<Finished>,
    pub places: Places,
    pub structure: Structure,
    /// The resources of all pages.
    pub resources: ObjectId,
}

/// Writes what is left and ends the file.
pub(super) fn finish(mut file: FileWriter, parts: &Parts<'_>) -> Result<Vec<u8>, Error> {
    let Parts { document, style, options, pages, places, structure, resources } = parts;
    let tree = file.reserve();
    let ids: Vec<ObjectId> = pages.iter().map(|_| file.reserve()).collect();
    let annotations = annotations(&mut file, parts, &ids)?;
    let structure = structure::write(&mut file, structure, pages, &ids, &annotations, &options.edition)?;
    let boxes = boxes(style, &options.edition);
    let mut links = annotations.iter().peekable();
    for (number, (id, page)) in (0..).zip(ids.iter().zip(pages)) {
        let mut dictionary = dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "Resources" => *resources,
            "Contents" => page.content,
            "StructParents" => i64::from(number),
            "Tabs" => "S",
        };
        for (name, edges) in &boxes {
            dictionary.set(*name, edges.clone());
        }
        // A press takes the sheet as it lies.
        if page.turned && options.edition.press().is_none() {
            dictionary.set("Rotate", 90);
        }
        let own: Vec<Object> =
            std::iter::from_fn(|| links.next_if(|link| link.page == number)).map(|link| link.id.into()).collect();
        if !own.is_empty() {
            dictionary.set("Annots", own);
        }
        file.put(*id, dictionary)?;
    }
    let kids: Vec<Object> = ids.iter().map(|id| (*id).into()).collect();
    file.put(tree, dictionary! { "Type" => "Pages", "Count" => ids.len() as i64, "Kids" => kids })?;
    let bookmarks = outline::write(&mut file, document, &ids, places)?;
    let intents = intents(&mut file, &options.edition)?;
    let attached = match options.edition.attachments() {
        [] => None,
        attachments => Some(attach::write(&mut file, attachments)?),
    };
    let metadata = Metadata::of(document, options);
    // The document's number is made from everything that can be seen or read, the
    // file's from that number and the metadata.
    let document_number = file.number()?;
    let draft = metadata.xmp(&Identifiers { document: document_number, instance: [0; 16] });
    let instance = number_of(draft.as_bytes());
    let xmp = metadata.xmp(&Identifiers { document: document_number, instance });
    let stream = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp.into_bytes());
    let xmp = file.add(stream.with_compression(false))?;
    let information = file.add(metadata.information())?;
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree,
        "Lang" => text(&document.language),
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => structure,
        "Metadata" => xmp,
        "OutputIntents" => intents,
        "Outlines" => bookmarks,
        "PageMode" => "UseOutlines",
        "PageLabels" => labels(pages),
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
    };
    if let Some((list, names)) = attached {
        catalog.set("AF", list);
        catalog.set("Names", dictionary! { "EmbeddedFiles" => names });
    }
    let catalog = file.add(catalog)?;
    file.finish(catalog, information, [&document_number, &instance])
}

/// The numbers that are printed on pages, by which a viewer asks for them; pages before
/// the first with a number have none.
fn labels(pages: &[Finished]) -> Dictionary {
    let first = pages.iter().position(|page| page.folio > 0).unwrap_or(0);
    let mut numbers: Vec<Object> = Vec::new();
    if first > 0 {
        numbers.extend([0.into(), Dictionary::new().into()]);
    }
    // Appended texts begin anew.
    let begins = pages.iter().enumerate().filter(|(at, page)| *at == first || *at > first && page.folio == 1);
    for (at, _) in begins {
        numbers.extend([(at as i64).into(), dictionary! { "S" => "D" }.into()]);
    }
    dictionary! { "Nums" => numbers }
}

/// The boxes of a page: the sheet, what is printed before it is cut, and the page.
/// If there is nothing around the page they are all the same.
fn boxes(style: &Style, edition: &Edition) -> [(&'static str, Vec<Object>); 3] {
    let around = edition.around();
    let bleed = edition.press().map_or(0.0, |press| press.bleed);
    let edges = |by: f64| -> Vec<Object> {
        let (low, width, height) = (around - by, style.page.width, style.page.height);
        [low, low, around + width + by, around + height + by].map(real).to_vec()
    };
    [("MediaBox", edges(around)), ("BleedBox", edges(bleed)), ("TrimBox", edges(0.0))]
}

/// What the grey of the text means, on a screen or on a press. PDF/X and PDF/A
/// each want an intent of their own, and both intents must name the same profile
/// object.
fn intents(file: &mut FileWriter, edition: &Edition) -> Result<Vec<Object>, Error> {
    let Some(press) = edition.press() else {
        let profile = file.add(Stream::new(dictionary! { "N" => 3 }, SCREEN_PROFILE.to_vec()))?;
        return Ok(vec![Object::Dictionary(dictionary! {
            "Type" => "OutputIntent",
            "S" => "GTS_PDFA1",
            "OutputConditionIdentifier" => text("sRGB"),
            "Info" => text("sRGB IEC61966-2.1"),
            "DestOutputProfile" => profile,
        })]);
    };
    let OutputProfile { bytes, inks, condition, info, is_registered } = &press.profile;
    let profile = file.add(Stream::new(dictionary! { "N" => i64::from(*inks) }, bytes.to_vec()))?;
    let intent = |standard: &str| {
        let mut intent = dictionary! {
            "Type" => "OutputIntent",
            "S" => standard,
            "OutputConditionIdentifier" => text(condition),
            "OutputCondition" => text(info),
            "Info" => text(info),
            "DestOutputProfile" => profile,
        };
        if *is_registered {
            intent.set("RegistryName", text("http://www.color.org"));
        }
        Object::Dictionary(intent)
    };
    Ok(vec![intent("GTS_PDFX"), intent("GTS_PDFA1")])
}

/// Writes the links of all pages.
fn annotations(file: &mut FileWriter, parts: &Parts<'_>, pages: &[ObjectId]) -> Result<Vec<Annotation>, Error> {
    let mut annotations = Vec::new();
    if !parts.options.edition.has_links() {
        return Ok(annotations);
    }
    for (page, finished) in (0..).zip(&parts.pages) {
        for link in &finished.links {
            let Some(element) = link.element else { continue };
            let key = pages.len() + annotations.len();
            let Some(annotation) = annotation((link, finished.turned), element, parts, pages, key as i64) else {
                continue;
            };
            annotations.push(Annotation { id: file.add(annotation)?, page, element });
        }
    }
    Ok(annotations)
}

/// A link to another place of the document, or to a web address; none if nothing
/// of that place was printed.
fn annotation(
    (link, turned): (&Link, bool),
    element: ElementId,
    parts: &Parts<'_>,
    pages: &[ObjectId],
    key: i64,
) -> Option<Dictionary> {
    let (name, lead) = match &link.target {
        LinkTarget::Anchor(anchor) => ("Dest", destination(*anchor, pages, &parts.places)?),
        LinkTarget::Address(address) => {
            let action =
                dictionary! { "Type" => "Action", "S" => "URI", "URI" => Object::string_literal(address.as_bytes()) };
            ("A", Object::Dictionary(action))
        }
    };
    let area = link.area;
    let bottom = parts.style.page.height - area.y - area.height;
    let edges = match turned {
        false => [area.x, bottom, area.x + area.width, bottom + area.height],
        true => [area.y, area.x, area.y + area.height, area.x + area.width],
    };
    let words = parts.structure.get(element).and_then(|element| element.words.as_deref());
    let mut annotation = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => edges.map(real).to_vec(),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // It is printed, that is: it is neither hidden nor for one medium alone.
        "F" => 4,
        "Contents" => text(words.unwrap_or_default()),
        "StructParent" => key,
    };
    annotation.set(name, lead);
    Some(annotation)
}
