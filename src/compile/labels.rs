//! What labels name, and what a reference to one prints.

use std::collections::BTreeMap;

use super::context::Context;
use super::dated::{part_words, year};
use super::landmarks::{LandPart, Landmark, Landmarks, Spot, Thing};
use crate::assemble::Filled;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::{Enumeration, Locale};
use crate::model::{Anchor, PartKind};
use crate::source::Span;
use crate::syntax::{labels_of, words_of};

/// What labels name, as places in the list of landmarks. An included text has
/// labels of its own.
pub(super) struct Labels {
    named: BTreeMap<(u32, String), (usize, Span)>,
}

/// Why a reference to a label prints nothing that could be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unclear {
    /// What it names has no number.
    NoNumber,
    /// Something else is called the same.
    Twin,
    /// The language has no words for what has the number.
    NoWords,
}

impl Labels {
    /// The labels of a text; a name for two things is said.
    pub fn of(marks: &Landmarks<'_>, found: &mut Diagnostics) -> Labels {
        let mut named: BTreeMap<(u32, String), (usize, Span)> = BTreeMap::new();
        for (at, mark) in marks.all.iter().enumerate() {
            for (scope, label) in labels_of(mark.content) {
                if let Some((_, first)) = named.get(&(scope, label.text.clone())) {
                    let message = format!("the label `{}` names two things", label.text);
                    found.push(
                        Diagnostic::new(Code::DuplicateLabel, label.span, message)
                            .other(*first, "first here")
                            .hint("give one of them another name"),
                    );
                    continue;
                }
                named.insert((scope, label.text.clone()), (at, label.span));
            }
        }
        Labels { named }
    }

    /// What a label names in a text, and where the label stands.
    pub fn get(&self, scope: u32, label: &str) -> Option<(usize, Span)> {
        self.named.get(&(scope, label.to_owned())).copied()
    }

    /// The names of the labels of an included text, or of the document.
    pub fn names(&self, scope: u32) -> impl Iterator<Item = &str> {
        self.named.keys().filter(move |(of, _)| *of == scope).map(|(_, label)| label.as_str())
    }

    /// What each label names.
    pub fn anchors(&self, marks: &Landmarks<'_>) -> Vec<(String, Anchor)> {
        let anchor = |at: usize| marks.all.get(at).map(|mark| mark.anchor);
        self.named.iter().filter_map(|((_, label), (at, _))| Some((label.clone(), anchor(*at)?))).collect()
    }

    /// The names of all labels.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.named.keys().map(|(_, label)| label.as_str())
    }
}

/// The number of something, as `| number` prints it: `5(a)`, `II`.
pub(super) fn number(mark: &Landmark<'_>, locale: &Locale) -> String {
    let mut path = mark.path.iter();
    let mut number = path.next().map(|first| in_path(first, mark.thing, locale)).unwrap_or_default();
    for sub in path {
        let sub = in_path(sub, mark.thing, locale);
        number = locale.cross_reference.joined.replace("{paragraph}", &number).replace("{sub}", &sub);
    }
    number
}

/// The same where it can be found: the head of a part in the author's own words may have another one.
pub(super) fn number_at(marks: &Landmarks<'_>, mark: &Landmark<'_>, locale: &Locale) -> String {
    let number = number(mark, locale);
    let head = marks.parts.get(mark.spot.part).and_then(|part| part.head.as_deref());
    let is_there = mark.thing != Thing::Part || head.is_none_or(|head| head.contains(&number));
    if is_there { number } else { String::new() }
}

/// A marker among others: a capital loses the full stop that would end a
/// sentence.
fn in_path(marker: &str, thing: Thing, locale: &Locale) -> String {
    match marker.strip_suffix('.').filter(|_| thing == Thing::SubParagraph) {
        Some(capital) if locale.enumeration == Enumeration::Both => format!("({capital})"),
        Some(capital) => format!("{capital})"),
        None => marker.to_owned(),
    }
}

/// What a reference at `here` prints, in the words of a language: so much that
/// what is meant can be found.
pub(super) fn words(
    context: &Context<'_>,
    marks: &Landmarks<'_>,
    mark: &Landmark<'_>,
    here: Spot,
    locale: &Locale,
) -> Result<String, Unclear> {
    let Filled { template, values, .. } = context.filled;
    let part = marks.parts.get(mark.spot.part);
    // The words at the head of its pages.
    let name = |part: &LandPart| {
        part.head.clone().unwrap_or_else(|| part_words(locale, part.kind, part.number, year(values)).0)
    };
    let part_name = part.map(name).unwrap_or_default();
    if mark.thing == Thing::Part {
        return Ok(part_name);
    }
    let unnamed = if mark.thing == Thing::AgendaItem { Unclear::NoWords } else { Unclear::NoNumber };
    let own = named(mark, locale).ok_or(unnamed)?;
    if marks.has_twin(mark) {
        return Err(Unclear::Twin);
    }
    let counts = matches!(mark.thing, Thing::Paragraph | Thing::SubParagraph);
    let elsewhere = here.part != mark.spot.part;
    let in_section = if counts && marks.begins_anew(mark.spot.part) && (elsewhere || here.run != mark.spot.run) {
        let section = marks.section_of_run(mark.spot).ok_or(Unclear::Twin)?;
        format!("{}, {own}", kept(&locale.cross_reference.section.text.replace("{}", section)))
    } else {
        own
    };
    Ok(match part.map(|part| part.kind) {
        Some(PartKind::Annex | PartKind::Attachment) if elsewhere => format!("{part_name}, {in_section}"),
        // A heading's words are found without a number, and an agenda is the journal's alone.
        Some(PartKind::Main) if elsewhere && !matches!(mark.thing, Thing::Heading | Thing::AgendaItem) => {
            of_the_text(locale, &template.lineage).replace("{}", &in_section)
        }
        _ => in_section,
    })
}

/// What something is called where it stands: `paragraph 5(a)`, `table 2`.
fn named(mark: &Landmark<'_>, locale: &Locale) -> Option<String> {
    let forms = &locale.cross_reference;
    let form = match mark.thing {
        Thing::Paragraph => &forms.paragraph,
        Thing::SubParagraph => forms.sub_paragraph.as_ref().unwrap_or(&forms.paragraph),
        Thing::Section => &forms.section,
        Thing::Table => &forms.table,
        Thing::AgendaItem => forms.agenda_item.as_ref()?,
        Thing::Heading => {
            let words = words_of(mark.content).trim().to_owned();
            return Some(words).filter(|words| !words.is_empty());
        }
        Thing::Part | Thing::Unnumbered => return None,
    };
    Some(form.text.replace(" {}", "\u{A0}{}").replace("{}", &kept(&number(mark, locale))))
}

/// A number of several pieces, or a word and its number, kept together on a line; where one
/// place is inside another, a line may end between the two.
pub(super) fn kept(words: &str) -> String {
    words.replace(' ', "\u{A0}")
}

/// `{} of the Declaration`, by what the type of document, or the nearest that it
/// extends, is called.
pub(super) fn of_the_text<'l>(locale: &'l Locale, lineage: &[String]) -> &'l str {
    let known = lineage.iter().find_map(|name| locale.cross_reference.of_text.get(name));
    known.map_or(locale.cross_reference.of_other.text.as_str(), |fact| fact.text.as_str())
}
