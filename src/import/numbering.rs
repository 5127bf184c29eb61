//! Numbers as a word processor shows them: lists, their levels, and how far each has counted.

use std::collections::BTreeMap;

use super::read::Number;
use crate::ooxml::tree::Element;
use crate::syntax::marker::ItemKind;

/// So many levels a list has.
const LEVELS: usize = 9;

/// How a level counts.
#[derive(Clone, Debug, Default)]
struct Level {
    start: i64,
    format: String,
    text: String,
    /// The level at which it begins anew; none where any above it does.
    restart: Option<usize>,
    /// Whether all numbers are shown in figures.
    in_figures: bool,
    style: Option<String>,
    indent: Option<i32>,
}

/// A list that is used: its pattern, and where it differs from it.
#[derive(Clone, Debug, Default)]
struct List {
    pattern: u32,
    starts: BTreeMap<usize, i64>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a file, and how far they have counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    patterns: BTreeMap<u32, BTreeMap<usize, Level>>,
    /// Patterns that are another list's, by the name of its style.
    links: BTreeMap<u32, String>,
    named: BTreeMap<String, u32>,
    lists: BTreeMap<u32, List>,
    counts: BTreeMap<u32, [Option<i64>; LEVELS]>,
    /// The lists whose own starts were used, and at which level.
    begun: std::collections::BTreeSet<(u32, usize)>,
}

fn number(element: Element<'_>, name: &str) -> Option<i64> {
    element.value_of(name)?.trim().parse().ok()
}

fn attribute<T: std::str::FromStr>(element: Element<'_>, name: &str) -> Option<T> {
    element.attribute(name)?.trim().parse().ok()
}

fn level(element: Element<'_>) -> Level {
    let format = element.child("numFmt").or_else(|| {
        // Formats that older programs do not know stand in an alternative.
        element.child("mc:AlternateContent")?.child("mc:Fallback")?.child("numFmt")
    });
    let indent = element.child("pPr").and_then(|properties| properties.child("ind"));
    Level {
        start: number(element, "start").unwrap_or(0).clamp(0, 32_767),
        format: format.and_then(Element::value).unwrap_or("decimal").to_owned(),
        text: element.value_of("lvlText").unwrap_or_default().chars().take(200).collect(),
        restart: number(element, "lvlRestart").and_then(|at| usize::try_from(at).ok()),
        in_figures: element.switch("isLgl").unwrap_or(false),
        style: element.value_of("pStyle").map(str::to_owned),
        indent: indent.and_then(|indent| attribute(indent, "left").or_else(|| attribute(indent, "start"))),
    }
}

fn levels(element: Element<'_>) -> BTreeMap<usize, Level> {
    let levels = element.children().filter(|child| child.name() == "lvl");
    levels
        .filter_map(|child| Some((attribute::<usize>(child, "ilvl").filter(|at| *at < LEVELS)?, level(child))))
        .collect()
}

impl Numbering {
    /// Reads the part of numbering.
    pub fn read(root: Element<'_>) -> Numbering {
        let mut numbering = Numbering::default();
        for child in root.children() {
            match child.name() {
                "abstractNum" => {
                    let Some(id) = attribute(child, "abstractNumId") else { continue };
                    if let Some(style) = child.value_of("numStyleLink") {
                        numbering.links.insert(id, style.to_owned());
                    }
                    if let Some(style) = child.value_of("styleLink") {
                        numbering.named.insert(style.to_owned(), id);
                    }
                    numbering.patterns.insert(id, levels(child));
                }
                "num" => {
                    let (Some(id), Some(pattern)) = (attribute(child, "numId"), number(child, "abstractNumId")) else {
                        continue;
                    };
                    let mut list = List { pattern: u32::try_from(pattern).unwrap_or(u32::MAX), ..List::default() };
                    for own in child.children().filter(|own| own.name() == "lvlOverride") {
                        let Some(at) = attribute::<usize>(own, "ilvl").filter(|at| *at < LEVELS) else { continue };
                        if let Some(start) = number(own, "startOverride") {
                            list.starts.insert(at, start);
                        }
                        if let Some(other) = own.child("lvl") {
                            list.levels.insert(at, level(other));
                        }
                    }
                    numbering.lists.insert(id, list);
                }
                _ => {}
            }
        }
        numbering
    }

    fn pattern(&self, list: &List) -> u32 {
        let other = self.links.get(&list.pattern).and_then(|style| self.named.get(style));
        other.copied().unwrap_or(list.pattern)
    }

    fn level<'n>(&'n self, list: &'n List, at: usize) -> Option<&'n Level> {
        list.levels.get(&at).or_else(|| self.patterns.get(&self.pattern(list))?.get(&at))
    }

    /// The level of a list that belongs to a style.
    pub fn level_of_style(&self, list: u32, style: &str) -> Option<u8> {
        let list = self.lists.get(&list)?;
        let at =
            (0..LEVELS).find(|at| self.level(list, *at).is_some_and(|level| level.style.as_deref() == Some(style)))?;
        u8::try_from(at).ok()
    }

    /// How far the text of a level is indented.
    pub fn indent(&self, list: u32, level: u8) -> Option<i32> {
        self.level(self.lists.get(&list)?, usize::from(level))?.indent
    }

    /// Counts a paragraph; none where the list is not there, or shows nothing.
    pub fn next(&mut self, id: u32, at: u8) -> Option<Number> {
        let at_level = usize::from(at).min(LEVELS - 1);
        let list = self.lists.get(&id)?.clone();
        let pattern = self.pattern(&list);
        let level = self.level(&list, at_level)?.clone();
        let restarts: Vec<Option<usize>> =
            (0..LEVELS).map(|below| self.level(&list, below).and_then(|level| level.restart)).collect();
        let counts = self.counts.entry(pattern).or_default();
        let own = list.starts.get(&at_level).copied().filter(|_| self.begun.insert((id, at_level)));
        counts[at_level] = Some(match (own, counts[at_level]) {
            (Some(start), _) => start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => list.starts.get(&at_level).copied().unwrap_or(level.start),
        });
        for (below, restart) in restarts.iter().enumerate().skip(at_level + 1) {
            // 0 says never; else the level, from 1, that makes it begin anew.
            if restart.is_none_or(|above| above > 0 && at_level < above) {
                counts[below] = None;
            }
        }
        let counts = *counts;
        let label = self.label(&list, &level, at_level, &counts);
        let label = label.trim().to_owned();
        (!label.is_empty()).then_some(Number { label, list: pattern, level: at })
    }

    fn label(&self, list: &List, level: &Level, at: usize, counts: &[Option<i64>; LEVELS]) -> String {
        if level.format == "bullet" {
            return "–".to_owned();
        }
        let mut out = String::new();
        let mut signs = level.text.chars().peekable();
        while let Some(sign) = signs.next() {
            let which = signs.peek().and_then(|next| next.to_digit(10)).filter(|which| sign == '%' && *which > 0);
            let Some(which) = which else {
                out.push(sign);
                continue;
            };
            signs.next();
            let of = which as usize - 1;
            let Some(shown) = self.level(list, of) else { continue };
            let count = counts[of].unwrap_or(shown.start);
            let format = if level.in_figures && of != at { "decimal" } else { shown.format.as_str() };
            out.push_str(&counted(format, count));
        }
        out
    }
}

/// A count in a format; formats that are not known count in figures.
fn counted(format: &str, count: i64) -> String {
    let Ok(value) = u32::try_from(count) else { return count.to_string() };
    let letters = |kind: ItemKind| if value == 0 || value > 780 { value.to_string() } else { kind.text(value) };
    match format {
        "lowerLetter" => letters(ItemKind::Letter),
        "upperLetter" => letters(ItemKind::Capital),
        "lowerRoman" => letters(ItemKind::Roman),
        "upperRoman" => letters(ItemKind::Roman).to_uppercase(),
        "russianLower" => letters(ItemKind::Cyrillic),
        "russianUpper" => letters(ItemKind::CyrillicCapital),
        "decimalZero" => format!("{value:02}"),
        "none" => String::new(),
        _ => value.to_string(),
    }
}
