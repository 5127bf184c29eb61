//! Who counts the numbers: Word, where it counts as we do, else they are typed. What references
//! and notes print follows from that.

use std::collections::{BTreeMap, BTreeSet};

use super::paragraph::{Body, Family, Form, Link, Lists, Look, Number, Paragraph, Run, Unit, What};
use crate::model::{Anchor, Numbering};
use crate::ooxml::names::reference_bookmark;

/// So many levels a list has.
pub(super) const LEVELS: usize = 9;

/// A number as a list would print it.
struct Reading {
    form: Form,
    /// The numbers of the levels above, where they are printed with it.
    above: Vec<u32>,
    value: u32,
}

/// What a reference to a paragraph prints.
enum Target {
    /// Word counts it: its own number and that with those above.
    Counted { level: usize, own: String, full: String },
    /// It is typed: the number without what is around it.
    Typed(String),
}

/// Decides of all numbers; bodies that are shown in one file have their lists in common.
pub(super) fn settle(bodies: &mut [&mut Body]) {
    let mut lists = Lists::default();
    for family in [Family::Paragraphs, Family::Headings] {
        lists.all.push((lists.kinds.len(), None));
        lists.kinds.push((family, BTreeMap::new()));
    }
    for body in bodies.iter() {
        each(body, &mut |paragraph| {
            let Number::Printed { family, level, label, counts, .. } = &paragraph.number else { return };
            if let Some(reading) = read(label, *level, *counts)
                && let Some((_, forms)) = lists.kinds.iter_mut().find(|(of, _)| of == family)
            {
                forms.entry(*level).or_insert(reading.form);
            }
        });
    }
    let mut shared = Shared { lists, bases: vec![0, 1], others: BTreeMap::new(), restarts: BTreeMap::new() };
    for body in bodies.iter_mut() {
        let targets = count(body, &mut shared);
        refer(body, &targets);
        count_notes(body);
    }
    for body in bodies {
        body.lists = shared.lists.clone();
    }
}

/// Lists that several bodies have in common.
struct Shared {
    lists: Lists,
    /// The list of each kind with which a text begins.
    bases: Vec<usize>,
    /// Kinds for forms that are not a level's first one.
    others: BTreeMap<(Family, usize, Form), usize>,
    /// Lists that count anew: kind, which of them in its body, level, number.
    restarts: BTreeMap<(usize, usize, usize, u32), usize>,
}

impl Shared {
    /// The kind of list that has a form at a level.
    fn kind(&mut self, family: Family, level: usize, form: &Form) -> usize {
        let main = usize::from(family == Family::Headings);
        if self.lists.kinds.get(main).is_some_and(|(_, forms)| forms.get(&level) == Some(form)) {
            return main;
        }
        if let Some(kind) = self.others.get(&(family, level, form.clone())) {
            return *kind;
        }
        let kind = self.lists.kinds.len();
        let mut forms = self.lists.kinds.get(main).map(|(_, forms)| forms.clone()).unwrap_or_default();
        forms.insert(level, form.clone());
        self.lists.kinds.push((family, forms));
        self.bases.push(self.lists.all.len());
        self.lists.all.push((kind, None));
        self.others.insert((family, level, form.clone()), kind);
        kind
    }
}

/// Counts as Word does along a body; what comes out otherwise begins anew or is typed.
fn count(body: &mut Body, shared: &mut Shared) -> BTreeMap<Anchor, Target> {
    let mut targets = BTreeMap::new();
    let mut counters: BTreeMap<usize, [Option<u32>; LEVELS]> = BTreeMap::new();
    let mut lists: BTreeMap<usize, usize> = BTreeMap::new();
    let mut restarts = 0;
    // The numbers of the items that are open, without what closes them.
    let mut path: Vec<String> = Vec::new();
    each_mut(body, &mut |paragraph| {
        let Number::Printed { family, level, label, anchor, counts } = paragraph.number.clone() else { return };
        if family == Family::Headings {
            path.clear();
        }
        path.truncate(level);
        path.resize(level, String::new());
        path.push(label.trim_end_matches('.').to_owned());
        let reading = read(&label, level, counts).filter(|_| level < LEVELS);
        let counted = reading.and_then(|Reading { form, above, value }| {
            let kind = shared.kind(family, level, &form);
            let state = counters.entry(kind).or_default();
            let fits = above.iter().zip(state.iter()).all(|(printed, counted)| Some(*printed) == *counted);
            fits.then(|| {
                let is_bullet = form.counts == "bullet";
                let next = state.get(level).copied().flatten().map_or(1, |last| last.saturating_add(1));
                let base = shared.bases.get(kind).copied().unwrap_or_default();
                let list = lists.entry(kind).or_insert(base);
                if value != next && !is_bullet {
                    let key = (kind, restarts, level, value);
                    restarts += 1;
                    *list = *shared.restarts.entry(key).or_insert_with(|| {
                        shared.lists.all.push((kind, Some((level, value))));
                        shared.lists.all.len() - 1
                    });
                }
                for (at, counter) in state.iter_mut().enumerate() {
                    match at.cmp(&level) {
                        std::cmp::Ordering::Less => {}
                        std::cmp::Ordering::Equal => *counter = Some(value),
                        std::cmp::Ordering::Greater => *counter = None,
                    }
                }
                *list
            })
        });
        match counted {
            Some(list) => {
                paragraph.number = Number::Counted { list, level };
                let own = label.trim_end_matches('.').to_owned();
                targets.insert(anchor, Target::Counted { level, own, full: path.concat() });
            }
            None => {
                targets.insert(anchor, Target::Typed(core(&label).to_owned()));
                typed(paragraph, &label, anchor);
            }
        }
    });
    targets
}

/// Puts a number into the text.
fn typed(paragraph: &mut Paragraph, label: &str, anchor: Anchor) {
    paragraph.number = Number::Typed;
    let bare = |run: &&Run| matches!(run.what, What::Text(_));
    let look = paragraph.runs.iter().find(bare).map(|run| run.look.clone()).unwrap_or_default();
    let look = Look { link: None, control: None, bracket: label.starts_with('['), raised: false, ..look };
    let name = reference_bookmark(anchor.0);
    let core = core(label);
    let at = label.find(core).unwrap_or_default();
    let mut before = vec![Run::text(label.get(..at).unwrap_or_default(), &look)];
    let is_target = paragraph.runs.iter().any(|run| run.what == What::Start(name.clone()));
    if is_target {
        paragraph.runs.retain(|run| run.what != What::Start(name.clone()) && run.what != What::End(name.clone()));
        before.push(Run::new(What::Start(name.clone()), &Look::default()));
    }
    before.push(Run::text(core, &look));
    if is_target {
        before.push(Run::new(What::End(name), &Look::default()));
    }
    before.push(Run::text(label.get(at + core.len()..).unwrap_or_default(), &look));
    before.push(Run::new(What::Tab, &look));
    before.retain(|run| run.what != What::Text(String::new()));
    paragraph.runs.splice(0..0, before);
}

/// Of `[FR: 5 bis.` the `5 bis`.
fn core(label: &str) -> &str {
    let inside = match label.strip_prefix('[') {
        Some(inside) => inside.rsplit(':').next().unwrap_or(inside).trim_start(),
        None => label,
    };
    inside.trim_end_matches('.')
}

/// Reads a number: none where no list of Word prints it.
fn read(label: &str, level: usize, counts: Option<Numbering>) -> Option<Reading> {
    if counts == Some(Numbering::Unordered) {
        let form = Form { template: label.to_owned(), counts: "bullet" };
        return (!label.contains('[')).then_some(Reading { form, above: Vec::new(), value: 1 });
    }
    let open = if label.starts_with('(') { "(" } else { "" };
    let inside = label.get(open.len()..)?;
    let close = inside.len() - inside.trim_start_matches(|c: char| c.is_alphanumeric() || c == '.').len();
    let (number, mut end) = inside.split_at(close);
    let bare = number.trim_end_matches('.');
    let dots = number.get(bare.len()..)?;
    end = if end.is_empty() { dots } else { Some(end).filter(|_| dots.is_empty())? };
    if !matches!(end, "" | "." | ")") {
        return None;
    }
    let mut pieces: Vec<&str> = bare.split('.').collect();
    let last = pieces.pop()?;
    let mut above = Vec::new();
    let mut template = open.to_owned();
    if !pieces.is_empty() {
        if pieces.len() != level {
            return None;
        }
        for (at, piece) in pieces.iter().enumerate() {
            above.push(value_of(piece, at, counts)?.1);
            template.push_str(&format!("%{}.", at + 1));
        }
    }
    let (counts, value) = value_of(last, level, counts)?;
    template.push_str(&format!("%{}{end}", level + 1));
    Some(Reading { form: Form { template, counts }, above, value })
}

/// The letters that Word counts with in Russian and we do alike.
const CYRILLIC: &str = "абвгдежзиклмнопрстуфхцчшщ";

/// How a number counts, and which it is.
fn value_of(text: &str, level: usize, counts: Option<Numbering>) -> Option<(&'static str, u32)> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() && !text.starts_with('0') {
        return text.parse().ok().filter(|value| *value < 30_000).map(|value| ("decimal", value));
    }
    let is_capital = text.chars().all(char::is_uppercase);
    let is_roman = match counts {
        Some(numbering) => numbering == Numbering::LowerRoman,
        None => level == 0,
    };
    if is_roman {
        let value = roman(&text.to_lowercase())?;
        return Some((if is_capital { "upperRoman" } else { "lowerRoman" }, value));
    }
    let mut letters = text.chars();
    let first = letters.next()?;
    if letters.any(|letter| letter != first) {
        return None;
    }
    let small = first.to_lowercase().next()?;
    let times = u32::try_from(text.chars().count()).ok()? - 1;
    if small.is_ascii_lowercase() {
        let value = u32::from(small) - u32::from('a') + 1 + 26 * times;
        // Ours goes on with ab behind aa, Word's with bb.
        return (value <= 27).then_some((if is_capital { "upperLetter" } else { "lowerLetter" }, value));
    }
    let at = CYRILLIC.chars().position(|letter| letter == small).filter(|_| times == 0)?;
    let value = u32::try_from(at).ok()? + 1;
    Some((if is_capital { "russianUpper" } else { "russianLower" }, value))
}

fn roman(text: &str) -> Option<u32> {
    let digit = |letter: char| match letter {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let digits: Vec<u32> = text.chars().map(digit).collect::<Option<_>>()?;
    let mut value: i64 = 0;
    for (at, digit) in digits.iter().enumerate() {
        let is_taken = digits.get(at + 1).is_some_and(|next| next > digit);
        value += if is_taken { -i64::from(*digit) } else { i64::from(*digit) };
    }
    let value = u32::try_from(value).ok().filter(|value| *value > 0)?;
    (in_roman(value) == text).then_some(value)
}

fn in_roman(mut value: u32) -> String {
    let signs = [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut text = String::new();
    for (worth, sign) in signs {
        while value >= worth {
            text.push_str(sign);
            value -= worth;
        }
    }
    text
}

/// Makes fields of references to numbers, and links of others; what leads nowhere is text.
fn refer(body: &mut Body, targets: &BTreeMap<Anchor, Target>) {
    let mut there = BTreeSet::new();
    let mut collect = |paragraph: &Paragraph| {
        for run in &paragraph.runs {
            if let What::Start(name) = &run.what {
                there.insert(name.clone());
            }
        }
    };
    each(body, &mut collect);
    body.notes.iter().for_each(collect);
    let mut mend = |paragraph: &mut Paragraph| {
        if !paragraph.runs.iter().any(|run| matches!(run.what, What::Reference(..)) || run.look.link.is_some()) {
            return;
        }
        let mut out = Vec::new();
        for mut run in std::mem::take(&mut paragraph.runs) {
            if matches!(&run.look.link, Some(Link::Bookmark(name)) if !there.contains(name)) {
                run.look.link = None;
                if let What::Field(_, shown) = &run.what {
                    run.what = What::Text(shown.clone());
                }
            }
            match run.what {
                What::Reference(anchor, shown) => {
                    let name = reference_bookmark(anchor.0);
                    let target = targets.get(&anchor).filter(|_| there.contains(&name));
                    let (words, field) = divided(&shown, &name, target);
                    let link = there.contains(&name).then(|| Link::Bookmark(name.clone()));
                    if !words.is_empty() {
                        let link = if field.is_none() { link } else { None };
                        out.push(Run::text(words, &Look { link, ..run.look.clone() }));
                    }
                    if let Some((code, number)) = field {
                        out.push(Run::new(What::Field(code, number), &run.look));
                    }
                }
                what => out.push(Run { what, ..run }),
            }
        }
        paragraph.runs = out;
    };
    each_mut(body, &mut mend);
    body.notes.iter_mut().for_each(mend);
}

/// The words of a reference before its number, and the field that prints that.
fn divided<'s>(shown: &'s str, name: &str, target: Option<&Target>) -> (&'s str, Option<(String, String)>) {
    let ends = |number: &str| {
        let before = shown.strip_suffix(number).filter(|_| !number.is_empty())?;
        (!before.ends_with(|c: char| c.is_alphanumeric() || c == '.')).then_some(before)
    };
    let field = |before: &'s str, switch: &str| {
        let number = shown.get(before.len()..).unwrap_or_default().to_owned();
        (before, Some((format!("REF {name} {switch}\\h"), number)))
    };
    match target {
        Some(Target::Counted { level: 0, own, .. }) => ends(own).map_or((shown, None), |before| field(before, "\\r ")),
        Some(Target::Counted { own, full, .. }) => match (ends(full), ends(own)) {
            (Some(before), _) => field(before, "\\w "),
            // A number before it would be a part of it.
            (None, Some(before)) => field(before, "\\n "),
            (None, None) => (shown, None),
        },
        Some(Target::Typed(core)) => ends(core).map_or((shown, None), |before| field(before, "")),
        None => (shown, None),
    }
}

/// Whether Word counts the notes as we do: along the whole text, or in each section.
fn count_notes(body: &mut Body) {
    let mut marks: Vec<(usize, usize, String)> = Vec::new();
    let mut section = 0;
    for unit in &body.units {
        let mut add = |paragraph: &Paragraph| {
            for run in &paragraph.runs {
                if let What::Note(at, mark) = &run.what {
                    marks.push((section, *at, mark.clone()));
                }
            }
        };
        match unit {
            Unit::Paragraph(paragraph) => add(paragraph),
            Unit::Table(table) => table.rows.iter().flat_map(|row| &row.cells).flatten().for_each(add),
            Unit::Section(_) => section += 1,
        }
    }
    let native = |restart: bool| -> BTreeSet<usize> {
        let (mut last, mut of) = (0, 0);
        let mut native = BTreeSet::new();
        for (section, at, mark) in &marks {
            if restart && *section != of {
                (last, of) = (0, *section);
            }
            if *mark == (last + 1).to_string() && native.insert(*at) {
                last += 1;
            }
        }
        native
    };
    let (along, anew) = (native(false), native(true));
    body.notes_restart = anew.len() > along.len();
    let native = if body.notes_restart { anew } else { along };
    let mut seen = BTreeSet::new();
    each_mut(body, &mut |paragraph| {
        for run in &mut paragraph.runs {
            if let What::Note(at, mark) = &run.what
                && !seen.insert(*at)
            {
                // A note has one mark in Word; the others are letters.
                (run.what, run.look.raised) = (What::Text(mark.clone()), true);
            } else if let What::Note(at, mark) = &mut run.what
                && native.contains(at)
            {
                mark.clear();
            }
        }
    });
}

/// Shows each paragraph of the text.
pub(super) fn each(body: &Body, visit: &mut dyn FnMut(&Paragraph)) {
    for unit in &body.units {
        match unit {
            Unit::Paragraph(paragraph) => visit(paragraph),
            Unit::Table(table) => table.rows.iter().flat_map(|row| &row.cells).flatten().for_each(&mut *visit),
            Unit::Section(_) => {}
        }
    }
}

/// Gives each paragraph of the text to be changed.
pub(super) fn each_mut(body: &mut Body, visit: &mut dyn FnMut(&mut Paragraph)) {
    for unit in &mut body.units {
        match unit {
            Unit::Paragraph(paragraph) => visit(paragraph),
            Unit::Table(table) => {
                table.rows.iter_mut().flat_map(|row| &mut row.cells).flatten().for_each(&mut *visit);
            }
            Unit::Section(_) => {}
        }
    }
}
