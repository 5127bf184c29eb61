//! The structure tree: the elements that layout made, with the places on pages
//! where their words stand.

use std::io::Write;

use lopdf::{Object, ObjectId, dictionary};

use super::edition::Edition;
use super::file::FileWriter;
use super::object::{text, write_object};
use super::places::{Annotation, Finished};
use crate::Error;
use crate::layout::{Element, Structure, Tag};
use crate::model::Numbering;

/// The name of an element in a file.
pub(super) fn name(tag: Tag, edition: &Edition) -> &'static str {
    match tag {
        Tag::Document => "Document",
        Tag::Section => "Sect",
        Tag::Group => "Part",
        Tag::Article => "Art",
        Tag::Heading(level) => ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(level.clamp(1, 6)) - 1],
        Tag::Paragraph => "P",
        Tag::List(_) => "L",
        Tag::Item => "LI",
        Tag::Label => "Lbl",
        Tag::Body => "LBody",
        Tag::Quotation => "BlockQuote",
        Tag::Table => "Table",
        Tag::Row => "TR",
        Tag::HeaderCell => "TH",
        Tag::Cell => "TD",
        Tag::Note => "Note",
        Tag::Reference => "Reference",
        Tag::Link if edition.has_links() => "Link",
        // Without its annotation a link is ordinary text.
        Tag::Link | Tag::Span => "Span",
        Tag::Contents => "TOC",
        Tag::Entry => "TOCI",
    }
}

/// What is on pages, element by element.
struct Contents {
    /// Element, page, and number of the marked content on it, in this order.
    marks: Vec<(u32, u32, u32)>,
    /// Element, page and annotation, in this order.
    links: Vec<(u32, u32, ObjectId)>,
    /// Where the first words of an element or of one in it stand.
    first: Vec<Option<(u32, u32)>>,
}

impl Contents {
    fn of(structure: &Structure, pages: &[Finished], annotations: &[Annotation]) -> Contents {
        let mut marks = Vec::with_capacity(pages.iter().map(|page| page.marks.len()).sum());
        let mut links: Vec<_> = annotations.iter().map(|link| (link.element.0, link.page, link.id)).collect();
        for (number, page) in (0..).zip(pages) {
            marks.extend((0..).zip(&page.marks).map(|(mark, element)| (element.0, number, mark)));
        }
        marks.sort_unstable();
        links.sort_unstable();
        let mut first = vec![None; structure.elements.len()];
        for (element, page, mark) in marks.iter().rev() {
            if let Some(first) = first.get_mut(*element as usize) {
                *first = Some((*page, *mark));
            }
        }
        // Elements come after their parents.
        for (at, element) in structure.elements.iter().enumerate().skip(1).rev() {
            let parent = element.parent.0 as usize;
            first[parent] = [first[parent], first[at]].into_iter().flatten().min();
        }
        Contents { marks, links, first }
    }

    fn marks(&self, element: u32) -> &[(u32, u32, u32)] {
        of_element(&self.marks, element)
    }

    fn links(&self, element: u32) -> &[(u32, u32, ObjectId)] {
        of_element(&self.links, element)
    }

    /// Whether anything of it can be seen; a cell keeps its column though it is
    /// empty.
    fn is_kept(&self, structure: &Structure, at: usize) -> bool {
        let Element { tag, parent, .. } = &structure.elements[at];
        match tag {
            Tag::Cell | Tag::HeaderCell => self.first[parent.0 as usize].is_some(),
            _ => self.first[at].is_some() || at == 0,
        }
    }
}

/// The rows of an element among rows that are sorted by element.
fn of_element<T>(rows: &[(u32, u32, T)], element: u32) -> &[(u32, u32, T)] {
    let from = rows.partition_point(|row| row.0 < element);
    let to = rows.partition_point(|row| row.0 <= element);
    &rows[from..to]
}

/// Writes the tree and returns its root. The parent tree has the pages first,
/// then the annotations, by their numbers.
pub(super) fn write(
    file: &mut FileWriter,
    structure: &Structure,
    pages: &[Finished],
    page_ids: &[ObjectId],
    annotations: &[Annotation],
    edition: &Edition,
) -> Result<ObjectId, Error> {
    let contents = Contents::of(structure, pages, annotations);
    let root = file.reserve();
    let ids: Vec<Option<ObjectId>> =
        (0..structure.elements.len()).map(|at| contents.is_kept(structure, at).then(|| file.reserve())).collect();
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); structure.elements.len()];
    for (at, element) in (0..).zip(&structure.elements).skip(1) {
        if ids[at as usize].is_some() {
            children[element.parent.0 as usize].push(at);
        }
    }
    let writer = Writer { structure, contents: &contents, ids: &ids, children: &children, page_ids, edition };
    let mut notes = Vec::new();
    for (at, id) in (0..).zip(&ids) {
        let Some(id) = *id else { continue };
        if structure.elements[at as usize].tag == Tag::Note {
            notes.extend([text(&note_name(at)), id.into()]);
        }
        file.put_bytes(id, |out| writer.element(out, at, root))?;
    }
    let mut numbers: Vec<Object> = Vec::new();
    for (number, page) in (0i64..).zip(pages) {
        let elements: Vec<Object> =
            page.marks.iter().map(|element| ids[element.0 as usize].map_or(Object::Null, Object::Reference)).collect();
        numbers.extend([number.into(), file.add(elements)?.into()]);
    }
    for (number, annotation) in (pages.len() as i64..).zip(annotations) {
        let element = ids[annotation.element.0 as usize];
        numbers.extend([number.into(), element.map_or(Object::Null, Object::Reference)]);
    }
    let mut tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => ids.first().copied().flatten().map_or(Object::Null, Object::Reference),
        "ParentTree" => file.add(dictionary! { "Nums" => numbers })?,
        "ParentTreeNextKey" => (pages.len() + annotations.len()) as i64,
    };
    if !notes.is_empty() {
        tree.set("IDTree", file.add(dictionary! { "Names" => notes })?);
    }
    file.put(root, tree)?;
    Ok(root)
}

/// Names sort as the elements do.
fn note_name(element: u32) -> String {
    format!("note-{element:08}")
}

struct Writer<'a> {
    structure: &'a Structure,
    contents: &'a Contents,
    ids: &'a [Option<ObjectId>],
    children: &'a [Vec<u32>],
    page_ids: &'a [ObjectId],
    edition: &'a Edition,
}

/// What an element has in it.
#[derive(Clone, Copy)]
enum Kid {
    Mark(u32, u32),
    Annotation(u32, ObjectId),
    Element(u32),
}

impl Writer<'_> {
    fn element(&self, out: &mut Vec<u8>, at: u32, root: ObjectId) {
        let element = &self.structure.elements[at as usize];
        let parent = if at == 0 { root } else { self.id(element.parent.0).unwrap_or(root) };
        _ = write!(out, "<</S/{}/P {} 0 R", name(element.tag, self.edition), parent.0);
        let kids = self.kids(at);
        let page = kids.iter().find_map(|kid| match kid {
            Kid::Mark(page, _) => Some(*page),
            _ => None,
        });
        if let Some(page) = page {
            _ = write!(out, "/Pg {} 0 R", self.page(page));
        }
        out.extend(b"/K[");
        for (index, kid) in kids.into_iter().enumerate() {
            if index > 0 {
                out.push(b' ');
            }
            match kid {
                Kid::Mark(on, mark) if Some(on) == page => _ = write!(out, "{mark}"),
                Kid::Mark(on, mark) => _ = write!(out, "<</Type/MCR/Pg {} 0 R/MCID {mark}>>", self.page(on)),
                Kid::Annotation(on, id) => {
                    _ = write!(out, "<</Type/OBJR/Pg {} 0 R/Obj {} 0 R>>", self.page(on), id.0);
                }
                Kid::Element(child) => {
                    if let Some(id) = self.id(child) {
                        _ = write!(out, "{} 0 R", id.0);
                    }
                }
            }
        }
        out.push(b']');
        if let Some(language) = &element.language {
            out.extend(b"/Lang");
            write_object(out, &text(language));
        }
        if let (Tag::Span, Some(change), Some(words)) = (element.tag, element.change, &element.words) {
            if change.is_gone() || change.is_new() {
                let line = if change.is_gone() { "LineThrough" } else { "Underline" };
                out.extend(b"/Alt");
                write_object(out, &text(words));
                _ = write!(out, "/A<</O/Layout/TextDecorationType/{line}>>");
            }
            out.extend(b">>");
            return;
        }
        match (element.tag, &element.words) {
            (Tag::Span, Some(words)) => {
                out.extend(b"/ActualText");
                write_object(out, &text(words));
            }
            (Tag::Note, _) => {
                out.extend(b"/ID");
                write_object(out, &text(&note_name(at)));
            }
            (Tag::HeaderCell, _) => out.extend(b"/A<</O/Table/Scope/Column>>"),
            (Tag::List(numbering), _) => {
                _ = write!(out, "/A<</O/List/ListNumbering/{}>>", numbering_name(numbering));
            }
            _ => {}
        }
        out.extend(b">>");
    }

    /// First the element's own words, with what stands among them; then the
    /// blocks that belong to it.
    fn kids(&self, at: u32) -> Vec<Kid> {
        let mut words: Vec<((u32, u32), Kid)> =
            self.contents.marks(at).iter().map(|(_, page, mark)| ((*page, *mark), Kid::Mark(*page, *mark))).collect();
        let mut blocks = Vec::new();
        for child in &self.children[at as usize] {
            let is_inline = self.structure.elements[*child as usize].tag.is_inline();
            match self.contents.first[*child as usize] {
                Some(first) if is_inline => words.push((first, Kid::Element(*child))),
                _ => blocks.push(Kid::Element(*child)),
            }
        }
        words.sort_by_key(|(place, _)| *place);
        let links = self.contents.links(at).iter().map(|(_, page, id)| Kid::Annotation(*page, *id));
        words.into_iter().map(|(_, kid)| kid).chain(links).chain(blocks).collect()
    }

    fn id(&self, element: u32) -> Option<ObjectId> {
        self.ids.get(element as usize).copied().flatten()
    }

    fn page(&self, number: u32) -> u32 {
        self.page_ids.get(number as usize).map_or(0, |id| id.0)
    }
}

fn numbering_name(numbering: Numbering) -> &'static str {
    match numbering {
        Numbering::Decimal => "Decimal",
        Numbering::LowerAlpha => "LowerAlpha",
        Numbering::LowerRoman => "LowerRoman",
        Numbering::UpperAlpha => "UpperAlpha",
        Numbering::Unordered => "Disc",
        Numbering::Labels | Numbering::Titles => "None",
    }
}
