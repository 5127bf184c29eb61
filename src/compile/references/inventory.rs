//! What a text has, to be asked by number: made once, so that each question costs
//! the same however long the text is.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::landmarks::{Landmark, Landmarks, Thing};
use crate::model::PartKind;
use crate::syntax::{to_roman, words_of};

/// Part, section, thing and number.
type Numbered = (usize, String, Thing, Vec<String>);

/// What a text has, by number.
#[derive(Default)]
pub(super) struct Inventory {
    /// By part, section (empty: any), thing and number: the first and the last.
    /// Sub-paragraphs are there by their own letter too.
    numbered: BTreeMap<Numbered, (usize, usize)>,
    /// The highest number of a paragraph, by part and section.
    highest: BTreeMap<(usize, String), u32>,
    /// The last section of the first level, and the last table, by part.
    last_section: BTreeMap<usize, String>,
    last_table: BTreeMap<usize, String>,
    /// Annexes by number, and attachments.
    annexes: Vec<(u32, usize)>,
    attachments: Vec<(u32, usize)>,
    /// Letters that stand in the words of a paragraph, “(a) … and (b) …”: its
    /// parts are no blocks. By paragraph, and by part.
    in_paragraphs: BTreeSet<(usize, String)>,
    in_parts: BTreeSet<(usize, String)>,
    /// The first words of what has no number: “IV.”, typed by hand.
    openings: BTreeSet<String>,
}

impl Inventory {
    pub fn of(marks: &Landmarks<'_>) -> Inventory {
        let mut has = Inventory::default();
        for (at, mark) in marks.all.iter().enumerate() {
            has.enter(at, mark, marks);
        }
        for parts in [&mut has.annexes, &mut has.attachments] {
            parts.sort_unstable();
        }
        has
    }

    fn enter(&mut self, at: usize, mark: &Landmark<'_>, marks: &Landmarks<'_>) {
        let part = mark.spot.part;
        let section = mark.spot.section.and_then(|at| marks.sections.get(at)).map_or("", String::as_str);
        let first = section.split('.').next().unwrap_or(section);
        let sections: BTreeSet<&str> = BTreeSet::from(["", first, section]);
        let path: Vec<String> = mark.path.iter().map(|number| folded(number)).collect();
        for section in sections {
            let mut note = |path: Vec<String>| {
                let ends = self.numbered.entry((part, section.to_owned(), mark.thing, path)).or_insert((at, at));
                ends.1 = at;
            };
            if let (Thing::SubParagraph, Some(last)) = (mark.thing, path.last()) {
                note(vec![last.clone()]);
            }
            if !path.is_empty() {
                note(path.clone());
            }
            if let (Thing::Paragraph, Some(number)) = (mark.thing, leading(&mark.path)) {
                let highest = self.highest.entry((part, section.to_owned())).or_default();
                *highest = number.max(*highest);
            }
        }
        match (mark.thing, marks.parts.get(part)) {
            (Thing::Section, _) => {
                if let Some(name) = mark.path.first().filter(|name| !name.contains('.')) {
                    self.last_section.insert(part, name.clone());
                }
            }
            (Thing::Table, _) => {
                self.last_table.extend(mark.path.first().map(|number| (part, number.clone())));
            }
            (Thing::Part, Some(land)) => {
                let of_kind = if land.kind == PartKind::Annex { &mut self.annexes } else { &mut self.attachments };
                of_kind.push((land.number.unwrap_or(1), at));
            }
            (Thing::Part, None) => {}
            (Thing::Heading | Thing::Unnumbered | Thing::Paragraph | Thing::SubParagraph | Thing::AgendaItem, _) => {
                self.words(mark)
            }
        }
    }

    fn words(&mut self, mark: &Landmark<'_>) {
        let words = words_of(mark.content);
        let mut before = String::new();
        for (close, _) in words.match_indices(')') {
            let letter = words[..close].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            if (1..=8).contains(&letter.len()) {
                let letter = folded(letter);
                // One letter alone may be that of a reference, “paragraph 1(c)”.
                if follows(&before, &letter) {
                    for letter in [std::mem::take(&mut before), letter.clone()] {
                        self.in_paragraphs.insert((mark.spot.head, letter.clone()));
                        self.in_parts.insert((mark.spot.part, letter));
                    }
                }
                before = letter;
            }
        }
        if matches!(mark.thing, Thing::Heading | Thing::Unnumbered | Thing::AgendaItem) {
            let opening = words.trim_start().split([' ', '\u{A0}', ':', ')']).next().unwrap_or_default();
            if opening.len() <= 16 {
                self.openings.insert(opening.trim_end_matches('.').to_owned());
            }
        }
    }

    /// The first and the last landmark with a number.
    pub fn numbered(&self, part: usize, section: &str, thing: Thing, path: &[String]) -> Option<(usize, usize)> {
        self.numbered.get(&(part, section.to_owned(), thing, path.to_vec())).copied()
    }

    pub fn highest(&self, part: usize, section: &str) -> Option<u32> {
        self.highest.get(&(part, section.to_owned())).copied()
    }

    pub fn last_section(&self, part: usize) -> Option<&str> {
        self.last_section.get(&part).map(String::as_str)
    }

    pub fn last_table(&self, part: usize) -> Option<&str> {
        self.last_table.get(&part).map(String::as_str)
    }

    pub fn has_tables(&self) -> bool {
        !self.last_table.is_empty()
    }

    /// The annexes, or the attachments: the number of each and its landmark, by
    /// number.
    pub fn parts(&self, kind: PartKind) -> &[(u32, usize)] {
        match kind {
            PartKind::Annex => &self.annexes,
            PartKind::Attachment => &self.attachments,
            PartKind::Main => &[],
        }
    }

    pub fn typed_in_paragraph(&self, head: usize, letter: &str) -> bool {
        self.in_paragraphs.contains(&(head, folded(letter)))
    }

    pub fn typed_in_part(&self, part: usize, letter: &str) -> bool {
        self.in_parts.contains(&(part, folded(letter)))
    }

    pub fn opens_with(&self, words: &str) -> bool {
        self.openings.contains(words)
    }
}

/// Whether a letter, a figure or a small numeral comes right after another.
fn follows(before: &str, letter: &str) -> bool {
    let one = |text: &str| {
        let mut signs = text.chars();
        let (Some(sign), None) = (signs.next(), signs.next()) else { return None };
        Some(sign)
    };
    let numeral = |text: &str| (1..=20).find(|number| to_roman(*number) == text);
    let by_letter = one(before).zip(one(letter)).is_some_and(|(a, b)| u32::from(a) + 1 == u32::from(b));
    // After folding `b` is б, and its neighbours are not in a row.
    let is_cyrillic = |text: &str| one(text).is_some_and(|c| ('а'..='я').contains(&c));
    by_letter
        || numeral(before).zip(numeral(letter)).is_some_and(|(a, b)| a + 1 == b)
        || !before.is_empty() && before != letter && (is_cyrillic(before) || is_cyrillic(letter))
}

fn leading(path: &[String]) -> Option<u32> {
    let number = path.first()?;
    number[..number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len())].parse().ok()
}

/// A number or a letter as it is compared: without its brackets, Cyrillic letters
/// that look like Latin ones as these.
pub(super) fn folded(number: &str) -> String {
    let signs = number.trim().trim_matches(['(', ')', '.', '[']);
    signs
        .chars()
        .map(|c| match c {
            '\u{A0}' | '\u{202F}' => ' ',
            'а' => 'a',
            'с' => 'c',
            'е' => 'e',
            'о' => 'o',
            'р' => 'p',
            'х' => 'x',
            'і' => 'i',
            c => c,
        })
        .collect()
}
