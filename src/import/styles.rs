//! Styles by their names and what they are based on.

use std::collections::BTreeMap;

use super::read::Role;
use crate::ooxml::tree::Element;

/// So many styles are asked one after the other.
const CHAIN: usize = 32;

/// A style.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub name: String,
    based_on: Option<String>,
    list: Option<u32>,
    level: Option<u8>,
    strong: Option<bool>,
    emphasized: Option<bool>,
    capitals: Option<bool>,
    hidden: Option<bool>,
    outline: Option<u8>,
    indent: Option<i32>,
    language: Option<String>,
    begins_page: Option<bool>,
}

/// All styles of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Named>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    pub language: Option<String>,
}

/// The indentation that properties of a paragraph say.
pub(super) fn indent_of(properties: Element<'_>) -> Option<i32> {
    let indent = properties.child("ind")?;
    let left = indent.attribute("left").or_else(|| indent.attribute("start"))?;
    left.trim().parse().ok()
}

/// List and level that properties of a paragraph say.
pub(super) fn list_of(properties: Element<'_>) -> (Option<u32>, Option<u8>) {
    let Some(list) = properties.child("numPr") else { return (None, None) };
    let number = |name| list.value_of(name).and_then(|value| value.trim().parse::<u32>().ok());
    (number("numId"), number("ilvl").and_then(|level| u8::try_from(level).ok()))
}

impl Styles {
    pub fn read(root: Element<'_>) -> Styles {
        let mut styles = Styles::default();
        for child in root.children() {
            match child.name() {
                "docDefaults" => {
                    let run = child.child("rPrDefault").and_then(|run| run.child("rPr"));
                    styles.language = run.and_then(|run| run.value_of("lang")).map(str::to_owned);
                }
                "style" => {
                    let Some(id) = child.attribute("styleId") else { continue };
                    if child.attribute("type") == Some("paragraph")
                        && matches!(child.attribute("default"), Some("1" | "true" | "on"))
                    {
                        styles.default = Some(id.to_owned());
                    }
                    styles.all.insert(id.to_owned(), named(child));
                }
                _ => {}
            }
        }
        styles
    }

    /// A style and what it is based on, the nearest first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Named)> {
        let first = id.and_then(|id| Some((id, self.all.get(id)?)));
        let next = |(_, style): &(&'s str, &'s Named)| {
            let id = style.based_on.as_deref()?;
            Some((id, self.all.get(id)?))
        };
        std::iter::successors(first, next).take(CHAIN)
    }

    fn first<T>(&self, id: Option<&str>, of: impl Fn(&Named) -> Option<T>) -> Option<T> {
        self.chain(id.or(self.default.as_deref())).find_map(|(_, style)| of(style))
    }

    pub fn strong(&self, id: Option<&str>) -> Option<bool> {
        self.first(id, |style| style.strong)
    }

    pub fn emphasized(&self, id: Option<&str>) -> Option<bool> {
        self.first(id, |style| style.emphasized)
    }

    pub fn capitals(&self, id: Option<&str>) -> Option<bool> {
        self.first(id, |style| style.capitals)
    }

    pub fn hidden(&self, id: Option<&str>) -> Option<bool> {
        self.first(id, |style| style.hidden)
    }

    pub fn language_of<'s>(&'s self, id: Option<&'s str>) -> Option<&'s str> {
        self.chain(id.or(self.default.as_deref())).find_map(|(_, style)| style.language.as_deref())
    }

    pub fn indent(&self, id: Option<&str>) -> Option<i32> {
        self.first(id, |style| style.indent)
    }

    pub fn begins_page(&self, id: Option<&str>) -> bool {
        self.first(id, |style| style.begins_page).unwrap_or(false)
    }

    /// The list of a style, the style that says so, and the level.
    pub fn list<'s>(&'s self, id: Option<&'s str>) -> Option<(u32, &'s str, Option<u8>)> {
        let (id, style) = self.chain(id.or(self.default.as_deref())).find(|(_, style)| style.list.is_some())?;
        Some((style.list?, id, style.level))
    }

    /// The level of what a paragraph of a style goes on with.
    pub fn continues(&self, id: Option<&str>) -> Option<u8> {
        let (_, style) = self.chain(id).next()?;
        let rest = style.name.strip_prefix("Continuation")?;
        rest.trim().parse().ok().or_else(|| rest.is_empty().then_some(0))
    }

    /// What a paragraph of a style is, and the style's name where nothing is known of it.
    pub fn role<'s>(&'s self, id: Option<&'s str>) -> (Role, Option<&'s str>) {
        for (_, style) in self.chain(id.or(self.default.as_deref())) {
            if let Some(role) = role_of(&style.name) {
                return (role, None);
            }
            if let Some(level @ 0..=8) = style.outline {
                return (Role::Heading(level + 1), None);
            }
        }
        let own = self.chain(id).next();
        (Role::Text, own.map(|(_, style)| style.name.as_str()).filter(|name| !is_plain(name)))
    }
}

fn named(child: Element<'_>) -> Named {
    let mut style = Named {
        name: child.value_of("name").unwrap_or_default().to_owned(),
        based_on: child.value_of("basedOn").map(str::to_owned),
        ..Named::default()
    };
    if let Some(properties) = child.child("pPr") {
        (style.list, style.level) = list_of(properties);
        style.indent = indent_of(properties);
        style.outline = properties.value_of("outlineLvl").and_then(|level| level.trim().parse().ok());
        style.begins_page = properties.switch("pageBreakBefore");
    }
    if let Some(run) = child.child("rPr") {
        style.strong = run.switch("b");
        style.emphasized = run.switch("i");
        style.capitals = run.switch("caps");
        style.hidden = run.switch("vanish");
        style.language = run.value_of("lang").map(str::to_owned);
    }
    style
}

/// What the word processor's own styles, and ours, are.
fn role_of(name: &str) -> Option<Role> {
    let name = name.to_ascii_lowercase();
    let level = |rest: &str| rest.trim().parse::<u8>().ok().filter(|level| (1..=9).contains(level));
    Some(match name.as_str() {
        "title" | "subtitle" => Role::Title,
        "letterhead" | "meeting" | "title line" => Role::Head,
        "quote" | "intense quote" | "quotations" | "block text" | "statement" => Role::Quotation,
        "toc heading" | "contents heading" => Role::Contents,
        "opening" | "preambular" => Role::Preambular,
        "operative" => Role::Operative,
        _ => match name.strip_prefix("heading").and_then(level) {
            Some(level) => Role::Heading(level),
            None if name.strip_prefix("toc").and_then(level).is_some() => Role::Contents,
            None if name.strip_prefix("contents").and_then(level).is_some() => Role::Contents,
            None if name.starts_with("quotation") => Role::Quotation,
            None => return None,
        },
    })
}

/// Styles that say nothing of what a paragraph is.
fn is_plain(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let known = [
        "normal",
        "default",
        "standard",
        "body text",
        "no spacing",
        "plain text",
        "footnote",
        "endnote",
        "list",
        "table",
        "text body",
        "sub ",
        "continuation",
        "line",
        "signature",
        "labelled",
        "statement by",
        "compact",
        "first paragraph",
        "heading",
        "default paragraph style",
        "caption",
        "header",
        "footer",
        "html",
        "preformatted",
    ];
    name.is_empty() || known.iter().any(|known| name.starts_with(known))
}
