//! A part of a package as a tree: names by their namespace, bounded, without a DTD.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::unpack::NotReadable;

/// The most elements and texts of a part.
pub const MAX_NODES: usize = 4 << 20;
/// How deep elements may stand in each other.
pub const MAX_DEPTH: usize = 256;

/// An element, or a text, whose name is empty.
#[derive(Clone, Debug)]
struct Node {
    name: u32,
    attributes: Range<u32>,
    text: Range<u32>,
    first: u32,
    next: u32,
}

/// A part.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    names: Vec<String>,
    nodes: Vec<Node>,
    attributes: Vec<(u32, Range<u32>)>,
    text: String,
}

/// No node.
const NONE: u32 = u32::MAX;

/// An element of a tree.
#[derive(Clone, Copy, Debug)]
pub struct Element<'t> {
    tree: &'t Tree,
    at: u32,
}

/// The short form of a namespace: names of the word processor's own have none. Files may be
/// written by the standard's strict names too.
fn short(namespace: &[u8]) -> &'static str {
    const FORMS: [(&str, &str); 9] = [
        ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", ""),
        ("http://purl.oclc.org/ooxml/wordprocessingml/main", ""),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r:"),
        ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r:"),
        ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc:"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m:"),
        ("http://schemas.openxmlformats.org/package/2006/relationships", "rel:"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", "prop:"),
        ("http://schemas.openxmlformats.org/package/2006/content-types", "type:"),
    ];
    FORMS.iter().find(|(name, _)| name.as_bytes() == namespace).map_or("?:", |(_, short)| short)
}

struct Builder {
    tree: Tree,
    known: HashMap<String, u32>,
    /// The elements that are open, each with its last child.
    open: Vec<(u32, u32)>,
}

impl Tree {
    /// Reads a part.
    ///
    /// # Errors
    /// It is no XML, or more of it than is read, or has a DTD.
    pub fn read(part: &str, bytes: &[u8]) -> Result<Tree, NotReadable> {
        let damaged = |why: &str| NotReadable::Damaged(format!("its part `{part}` {why}"));
        let text = decoded(bytes).ok_or_else(|| damaged("is no text"))?;
        let mut reader = NsReader::from_str(&text);
        let mut builder = Builder { tree: Tree::default(), known: HashMap::new(), open: Vec::new() };
        builder.name("");
        loop {
            // The namespace is known once the event is read.
            let event = reader.read_event().map_err(|_| damaged("is no XML"))?;
            match event {
                Event::Start(start) => {
                    builder.start(&reader, &start).ok_or_else(|| damaged("has odd names"))?;
                    if builder.open.len() > MAX_DEPTH {
                        return Err(NotReadable::TooLarge(format!("elements stand more than {MAX_DEPTH} deep in it")));
                    }
                }
                Event::Empty(start) => {
                    builder.start(&reader, &start).ok_or_else(|| damaged("has odd names"))?;
                    builder.open.pop();
                }
                Event::End(_) => _ = builder.open.pop(),
                Event::Text(text) => builder.text(&text.xml10_content().map_err(|_| damaged("is no text"))?),
                Event::CData(text) => builder.text(&text.xml10_content().map_err(|_| damaged("is no text"))?),
                Event::GeneralRef(name) => {
                    let sign = entity(&name).ok_or_else(|| damaged("has an entity that is not defined"))?;
                    builder.text(sign.encode_utf8(&mut [0; 4]));
                }
                Event::DocType(_) => return Err(damaged("has a DTD, which no Word file has")),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
            if builder.tree.nodes.len() > MAX_NODES {
                return Err(NotReadable::TooLarge(format!("the file has more than {MAX_NODES} elements")));
            }
        }
        if !builder.open.is_empty() || builder.tree.nodes.is_empty() {
            return Err(damaged("ends too early"));
        }
        Ok(builder.tree)
    }

    /// Its outermost element.
    pub fn root(&self) -> Element<'_> {
        Element { tree: self, at: 0 }
    }

    fn node(&self, at: u32) -> Option<&Node> {
        self.nodes.get(at as usize)
    }

    fn name(&self, at: u32) -> &str {
        self.names.get(at as usize).map_or("", String::as_str)
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

/// UTF-8, with a mark before it or not, and UTF-16 with one.
fn decoded(bytes: &[u8]) -> Option<String> {
    let wide = |rest: &[u8], of: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| of([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }
}

/// The five entities that XML itself has, and signs by their numbers.
fn entity(name: &BytesRef<'_>) -> Option<char> {
    if name.is_char_ref() {
        return name.resolve_char_ref().ok().flatten();
    }
    match name.decode().ok()?.as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

impl Builder {
    fn name(&mut self, name: &str) -> u32 {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let at = u32::try_from(self.tree.names.len()).unwrap_or(NONE);
        self.tree.names.push(name.to_owned());
        self.known.insert(name.to_owned(), at);
        at
    }

    fn push(&mut self, node: Node) -> u32 {
        let at = u32::try_from(self.tree.nodes.len()).unwrap_or(NONE);
        self.tree.nodes.push(node);
        if let Some((parent, last)) = self.open.last_mut() {
            let before = if *last == NONE { *parent } else { *last };
            let is_first = *last == NONE;
            *last = at;
            if let Some(node) = self.tree.nodes.get_mut(before as usize) {
                *(if is_first { &mut node.first } else { &mut node.next }) = at;
            }
        }
        at
    }

    fn start(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Option<()> {
        let resolver = reader.resolver();
        let full = |of: &ResolveResult<'_>, local: &[u8]| -> Option<String> {
            let short = match of {
                ResolveResult::Bound(namespace) => short(namespace.as_ref()),
                ResolveResult::Unbound => "",
                ResolveResult::Unknown(_) => "?:",
            };
            Some(format!("{short}{}", std::str::from_utf8(local).ok()?))
        };
        let (of, local) = resolver.resolve_element(start.name());
        let name = full(&of, local.as_ref())?;
        let first = u32::try_from(self.tree.attributes.len()).ok()?;
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            let (of, local) = resolver.resolve_attribute(attribute.key);
            let name = full(&of, local.as_ref())?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            let name = self.name(&name);
            let text = self.keep(&value);
            self.tree.attributes.push((name, text));
        }
        let last = u32::try_from(self.tree.attributes.len()).ok()?;
        let name = self.name(&name);
        let at = self.push(Node { name, attributes: first..last, text: 0..0, first: NONE, next: NONE });
        self.open.push((at, NONE));
        Some(())
    }

    fn keep(&mut self, text: &str) -> Range<u32> {
        let at = |length: usize| u32::try_from(length).unwrap_or(NONE);
        let start = at(self.tree.text.len());
        self.tree.text.push_str(text);
        start..at(self.tree.text.len())
    }

    fn text(&mut self, text: &str) {
        // Between elements stand line breaks that say nothing.
        if !self.open.is_empty() && !text.is_empty() {
            let text = self.keep(text);
            self.push(Node { name: 0, attributes: 0..0, text, first: NONE, next: NONE });
        }
    }
}

impl<'t> Element<'t> {
    /// Its name: `p`, `mc:Choice`; `?:` stands for namespaces that are not known.
    pub fn name(self) -> &'t str {
        self.tree.node(self.at).map_or("", |node| self.tree.name(node.name))
    }

    /// The elements in it.
    pub fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.nodes().filter(|child| !child.name().is_empty())
    }

    fn nodes(self) -> impl Iterator<Item = Element<'t>> {
        let tree = self.tree;
        let first = tree.node(self.at).map_or(NONE, |node| node.first);
        let next = move |at: &u32| tree.node(*at).map(|node| node.next).filter(|at| *at != NONE);
        std::iter::successors(Some(first).filter(|at| *at != NONE), next).map(move |at| Element { tree, at })
    }

    /// The first element of a name in it.
    pub fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// An attribute; that of the word processor's namespace has no prefix.
    pub fn attribute(self, name: &str) -> Option<&'t str> {
        let node = self.tree.node(self.at)?;
        let all = self.tree.attributes.get(node.attributes.start as usize..node.attributes.end as usize)?;
        let (_, value) = all.iter().find(|(own, _)| self.tree.name(*own) == name)?;
        Some(self.tree.slice(value))
    }

    /// The attribute `val`.
    pub fn value(self) -> Option<&'t str> {
        self.attribute("val")
    }

    /// The value of the first element of a name in it.
    pub fn value_of(self, name: &str) -> Option<&'t str> {
        self.child(name)?.value()
    }

    /// Whether it has a switch that is on: `<w:b/>`, `<w:b w:val="1"/>`; none where it does
    /// not say.
    pub fn switch(self, name: &str) -> Option<bool> {
        let child = self.child(name)?;
        Some(!matches!(child.value(), Some("0" | "false" | "off" | "none")))
    }

    /// Its own text.
    pub fn text(self) -> String {
        let texts = self.nodes().filter(|node| node.name().is_empty());
        texts.filter_map(|node| Some(self.tree.slice(&self.tree.node(node.at)?.text))).collect()
    }
}
