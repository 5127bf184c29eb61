//! The numbers of paragraphs: what is counted along a part.

use std::collections::BTreeMap;

use super::list::ListCounter;
use super::pasted::Unread;
use crate::assemble::Values;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::locale::Locale;
use crate::source::Sources;
use crate::syntax::marker::{DraftPart, Marker, MarkerKind, value_of_letter};
use crate::syntax::{ItemKind, to_roman};

/// How numbered paragraphs are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CountAs {
    Continuous,
    /// Anew under each section.
    Restart,
    /// Decimal numbers are counted too.
    Decimal,
    /// As they are typed.
    Typed,
}

impl CountAs {
    /// How a text counts from its beginning on.
    pub fn of_text(values: &Values) -> CountAs {
        values.text("numbering").and_then(CountAs::of).unwrap_or(CountAs::Continuous)
    }

    /// What `numbering:` says; none for words that say nothing.
    pub fn of(value: &str) -> Option<CountAs> {
        match value {
            "continuous" => Some(CountAs::Continuous),
            "restart" => Some(CountAs::Restart),
            "decimal" => Some(CountAs::Decimal),
            "as-typed" => Some(CountAs::Typed),
            _ => None,
        }
    }
}

/// What is put in behind a number, in its order.
const LATIN: [&str; 9] = ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];

/// What is counted along a part.
pub(super) struct Counting {
    pub paragraph: u32,
    pub divisions: Divisions,
    pub list: ListCounter,
    /// The level of the paragraph that items and continuations belong to.
    pub current: Option<usize>,
    /// The same, after a paragraph that belongs to none of its lists.
    suspended: Option<usize>,
    pub how: CountAs,
    /// The last decimal number.
    decimal: Vec<u32>,
    /// Preambular and operative paragraphs of a draft.
    drafts: BTreeMap<DraftPart, u32>,
    /// How many numbers were typed, each as 1.
    ones: Ones,
    /// What looks like structure and is not counted.
    unread: Unread,
    /// The place among what was put in behind the last number: 1 of `2 bis`, 2 of `2 ter`.
    inserted: usize,
}

/// Sections, subsections and headings, and what is counted of them.
#[derive(Clone, Copy, Default)]
pub(super) struct Divisions {
    /// `IV.`, `IV.1`, `(A)`, as rules have them; else `IV.`, `A.` and headings without a
    /// number.
    pub are_nested: bool,
    section: u32,
    subsection: u32,
    heading: u32,
}

/// The number of a division.
pub(super) struct DivisionNumber {
    /// As references have it; that of a subsection without its section's, unless it is
    /// printed with it.
    pub name: String,
    /// As it is printed before its title.
    pub label: String,
}

impl Divisions {
    /// How the divisions of a text are numbered.
    pub fn of_text(values: &Values) -> Divisions {
        Divisions { are_nested: values.text("divisions") == Some("nested"), ..Divisions::default() }
    }

    /// The number of the next section.
    pub fn section(&mut self) -> DivisionNumber {
        (self.section, self.subsection, self.heading) = (self.section + 1, 0, 0);
        let name = to_roman(self.section).to_uppercase();
        DivisionNumber { label: format!("{name}."), name }
    }

    /// The number of the next subsection.
    pub fn subsection(&mut self) -> DivisionNumber {
        (self.subsection, self.heading) = (self.subsection + 1, 0);
        if self.are_nested {
            let name = self.path();
            return DivisionNumber { label: name.clone(), name };
        }
        let name = ItemKind::Capital.text(self.subsection);
        DivisionNumber { label: format!("{name}."), name }
    }

    /// The number of the next heading, where headings have one.
    pub fn heading(&mut self, locale: &Locale) -> Option<DivisionNumber> {
        self.heading += 1;
        let letter = format!("({})", ItemKind::Capital.text(self.heading));
        let name = locale.division(&format!("{}{letter}", self.path()));
        self.are_nested.then(|| DivisionNumber { name, label: locale.division(&letter) })
    }

    /// `IV.1`
    fn path(&self) -> String {
        let section = (self.section > 0).then(|| to_roman(self.section).to_uppercase());
        let subsection = (self.subsection > 0).then(|| self.subsection.to_string());
        section.into_iter().chain(subsection).collect::<Vec<_>>().join(".")
    }
}

/// `1. 1. 1.`
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ones {
    Nothing,
    First,
    Said,
    Broken,
}

impl Counting {
    pub fn new(how: CountAs, divisions: Divisions) -> Counting {
        Counting {
            paragraph: 0,
            divisions,
            list: ListCounter::new(how == CountAs::Typed),
            current: None,
            suspended: None,
            how,
            decimal: Vec::new(),
            drafts: BTreeMap::new(),
            ones: Ones::Nothing,
            unread: Unread::default(),
            inserted: 0,
        }
    }

    /// Counts the paragraphs anew from here.
    pub fn restart(&mut self) {
        self.paragraph = 0;
        self.ones = Ones::Nothing;
    }

    /// Counts in another way from here.
    pub fn count_as(&mut self, how: CountAs) {
        self.how = how;
        self.end_lists();
    }

    /// What comes next belongs to no list.
    pub fn end_lists(&mut self) {
        self.list = ListCounter::new(self.how == CountAs::Typed);
        self.suspended = None;
    }

    /// A paragraph that belongs to no list: the next marker of one may go on with it.
    pub fn interrupt(&mut self) {
        self.suspended = self.current.take().or(self.suspended.take());
        self.list.interrupt();
    }

    /// A paragraph without a marker, by the author's bytes.
    pub fn meet(&mut self, text: &str) {
        self.unread.meet(text, &mut self.paragraph);
    }

    /// The level that a block at this indentation continues.
    pub fn level_at(&self, indent: usize) -> usize {
        self.list.level_at(indent) + self.current.unwrap_or_default()
    }

    /// A list goes on over what interrupted it, in its paragraph.
    pub fn resume(&mut self) {
        self.current = self.current.take().or(self.suspended.take());
    }

    /// The number of a paragraph as it is printed, without a full stop.
    pub fn number(&mut self, marker: &Marker, sources: &Sources, found: &mut Diagnostics) -> String {
        let MarkerKind::Number { part, value, inserted } = &marker.kind else { return String::new() };
        if let Some(part) = part {
            return self.draft_number(marker, *part, value.unwrap_or_default(), inserted.as_deref(), sources, found);
        }
        // In branches and included texts no number is compared.
        let typed = if marker.is_free { None } else { *value };
        self.unread.begin(typed, &mut self.paragraph);
        if inserted.is_none() || self.paragraph == 0 {
            self.paragraph = self.paragraph.saturating_add(1);
        }
        let is_last = typed.is_none_or(|typed| typed == self.paragraph);
        self.put_in(marker, inserted.as_deref(), is_last, sources, found);
        let expected = self.paragraph;
        let as_typed = self.how == CountAs::Typed;
        if as_typed && let Some(value) = value {
            self.paragraph = *value;
        }
        let number = in_words("", self.paragraph, inserted.as_deref());
        if !as_typed && let Some(typed) = typed {
            self.compare(marker, typed, expected, &number, sources, found);
        }
        self.decimal = vec![self.paragraph];
        number
    }

    /// `2 quater.` behind `2 bis.`: printed as it is typed, and said.
    fn put_in(
        &mut self,
        marker: &Marker,
        inserted: Option<&str>,
        is_last: bool,
        sources: &Sources,
        found: &mut Diagnostics,
    ) {
        let Some(inserted) = inserted else {
            self.inserted = 0;
            return;
        };
        let latin = LATIN.iter().position(|word| *word == inserted);
        let letter = || value_of_letter(inserted).filter(|_| inserted.chars().count() == 1);
        let place = latin.map(|at| at + 1).or_else(|| usize::try_from(letter()?).ok());
        let Some(place) = place else { return };
        if place > self.inserted + 1 && is_last && !marker.is_free {
            let written = sources.slice(marker.span);
            let message = format!("`{written}` is typed, and nothing that comes before it is there");
            let hint = "correct the number if none was taken out";
            let finding = Diagnostic::new(Code::Misnumbered, marker.span, message).hint(hint);
            found.push(finding.at_most(Severity::Info));
        }
        self.inserted = place;
    }

    /// `OP6 alt`: printed as it is typed, since a draft may show some paragraphs alone; one
    /// that is out of order is said.
    fn draft_number(
        &mut self,
        marker: &Marker,
        part: DraftPart,
        typed: u32,
        inserted: Option<&str>,
        sources: &Sources,
        found: &mut Diagnostics,
    ) -> String {
        let before = self.drafts.insert(part, typed);
        if part == DraftPart::Operative {
            self.paragraph = typed;
        }
        let letters = match part {
            DraftPart::Preambular => "PP",
            DraftPart::Operative => "OP",
        };
        let fits = |before: u32| typed == before.saturating_add(1) || inserted.is_some() && typed == before;
        if let Some(before) = before.filter(|before| !fits(*before) && !marker.is_free) {
            let written = sources.slice(marker.span);
            let message = format!("`{written}` stands behind {letters}{before}");
            let hint = "correct the number, or put the paragraph where it belongs";
            found.push(Diagnostic::new(Code::Misnumbered, marker.span, message).hint(hint));
        }
        in_words(letters, typed, inserted)
    }

    fn compare(
        &mut self,
        marker: &Marker,
        typed: u32,
        counted: u32,
        number: &str,
        sources: &Sources,
        found: &mut Diagnostics,
    ) {
        let before = self.ones;
        self.ones = match (before, typed) {
            (Ones::Nothing, 1) => Ones::First,
            (Ones::First | Ones::Said, 1) => Ones::Said,
            _ => Ones::Broken,
        };
        if typed == counted {
            return;
        }
        let shown = number.replace('\u{A0}', " ");
        let written = sources.slice(marker.span).trim_end_matches('.');
        if typed == 1 {
            // All of them may be typed alike; the first says it for the others.
            if self.ones == Ones::Said && before == Ones::Said {
                return;
            }
            let (message, weight) = match self.ones {
                Ones::Said => ("`1.` is typed again, and the paragraphs are counted".to_owned(), Severity::Info),
                _ => (format!("`1.` begins again; the number that is printed is {shown}"), Severity::Warning),
            };
            let hint = "`numbering: restart` on a line before it counts anew from here";
            let finding = Diagnostic::new(Code::Misnumbered, marker.span, message).hint(hint);
            found.push(finding.at_most(weight));
            return;
        }
        found.push(
            Diagnostic::new(Code::Misnumbered, marker.span, format!("this paragraph is number {shown}; `{written}` is typed"))
                .hint("the number that is printed is counted; `#.` leaves it to the compiler, and `numbering: as-typed` prints what is typed")
                .fix(format!("write `{shown}.`"), marker.span, format!("{shown}.")),
        );
    }

    /// The decimal number of a paragraph, and its depth from 1.
    pub fn decimal(&mut self, marker: &Marker, sources: &Sources, found: &mut Diagnostics) -> (String, usize) {
        let MarkerKind::Decimal(typed) = &marker.kind else { return (String::new(), 1) };
        let counted = if self.may_follow(typed) { typed.clone() } else { self.next_of(typed.len()) };
        let join = |numbers: &[u32]| numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
        let written = sources.slice(marker.span);
        let number = written.replacen(&join(typed), &join(&counted), 1);
        if counted != *typed && !marker.is_free {
            found.push(
                Diagnostic::new(Code::Misnumbered, marker.span, format!("this is `{number}`; `{written}` is typed"))
                    .hint("decimal numbers are counted here; `numbering: as-typed` prints what is typed")
                    .fix(format!("write `{number}`"), marker.span, number.clone()),
            );
        }
        self.decimal = counted;
        (number, typed.len())
    }

    fn may_follow(&self, typed: &[u32]) -> bool {
        self.decimal.is_empty() || super::list::decimal_follows(&self.decimal, typed)
    }

    /// The next decimal number of a depth.
    fn next_of(&self, depth: usize) -> Vec<u32> {
        let mut next: Vec<u32> = self.decimal.iter().copied().take(depth).collect();
        if next.len() < depth {
            next.resize(depth, 1);
        } else if let Some(last) = next.last_mut() {
            *last = last.saturating_add(1);
        }
        next
    }
}

/// `3`, `3 bis`, `9a`, `OP6 alt`
fn in_words(part: &str, counted: u32, inserted: Option<&str>) -> String {
    let inserted = match inserted {
        Some(word) if word.chars().count() > 1 => format!("\u{A0}{word}"),
        Some(letter) => letter.to_owned(),
        None => String::new(),
    };
    format!("{part}{counted}{inserted}")
}
