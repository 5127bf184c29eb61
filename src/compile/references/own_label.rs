//! Labels for what a text names by numbers typed by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::typed::{Typed, TypedPin};
use crate::compile::labels::{self, Labels};
use crate::compile::landmarks::{Landmark, Landmarks, Thing};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{Chain, Span};
use crate::syntax::ast::Inline;
use crate::syntax::labels_of;

/// Offers labels for all numbers of a text that are typed by hand and are there:
/// one remark for all, at the first.
pub(super) fn offer(
    there: &[(&Typed<'_>, Vec<(&TypedPin, usize)>)],
    (marks, labels): (&Landmarks<'_>, &Labels),
    found: &mut Diagnostics,
) {
    let mut names = Names { labels, given: BTreeMap::new(), taken: BTreeSet::new() };
    let moved = Moved::of(marks);
    let mut edits: Vec<(Span, String)> = Vec::new();
    let mut places: Vec<Span> = Vec::new();
    // A title is a value of the header.
    for (typed, pins) in there.iter().filter(|(typed, _)| typed.block.is_some()) {
        for (pin, at) in pins {
            let Some((mark, at)) = moved.meant(pin, *at, marks) else { continue };
            // The author's words and cases stay; only the number is counted.
            let is_number = labels::number(mark, typed.locale) == pin.text || mark.typed.is_some();
            if !is_number || marks.has_twin(mark) {
                continue;
            }
            let (Some(place), Some(head)) = (pin.edit, head(mark)) else { continue };
            // A fix is one of the document's own bytes.
            let is_own = |span: Span| span.chain == Chain::default() && span.file == typed.words.file;
            if !is_own(place) || !is_own(head) {
                continue;
            }
            let (name, is_new) = names.of(mark, at);
            if is_new {
                edits.push((head, format!("{{#{name}}} ")));
            }
            edits.push((place, format!("{{@{name} | number}}")));
            places.push(place);
        }
    }
    let Some(first) = places.first().copied() else { return };
    edits.sort_by_key(|(place, _)| (place.start, place.end));
    let message = match places.len() {
        1 => "the number of a paragraph of this text is typed by hand; nothing keeps it right".to_owned(),
        count => format!("{count} numbers of paragraphs of this text are typed by hand; nothing keeps them right"),
    };
    let finding = Diagnostic::new(Code::TypedReference, first, message)
        .hint("`{#name}` at the paragraph and `{@name | number}` for its number are counted anew each time")
        .fixes("put labels, and print the numbers of what they name", edits);
    found.push(finding);
}

/// Paragraphs that are printed with another number than the one that was typed, by their part and that number.
struct Moved(BTreeMap<(usize, u32), Vec<usize>>);

impl Moved {
    fn of(marks: &Landmarks<'_>) -> Moved {
        let mut moved: BTreeMap<(usize, u32), Vec<usize>> = BTreeMap::new();
        for (at, mark) in marks.all.iter().enumerate() {
            if let Some(typed) = mark.typed {
                moved.entry((mark.spot.part, typed)).or_default().push(at);
            }
        }
        Moved(moved)
    }

    /// What a number means that was typed when the paragraphs had the numbers that were typed: the one with this number,
    /// and none where the one that is printed with it was another.
    fn meant<'m, 'a>(&self, pin: &TypedPin, at: usize, marks: &'m Landmarks<'a>) -> Option<(&'m Landmark<'a>, usize)> {
        let mark = marks.all.get(at)?;
        let typed = pin.text.parse().ok().filter(|_| mark.thing == Thing::Paragraph);
        match typed.and_then(|typed: u32| self.0.get(&(mark.spot.part, typed))).map(Vec::as_slice) {
            Some([at]) => Some((marks.all.get(*at)?, *at)),
            Some(_) => None,
            None => mark.typed.is_none().then_some((mark, at)),
        }
    }
}

/// Where a label can be put: at the first word of a paragraph that is there as it
/// was typed.
fn head(mark: &Landmark<'_>) -> Option<Span> {
    if !matches!(mark.thing, Thing::Paragraph | Thing::SubParagraph) {
        return None;
    }
    match mark.content.first()? {
        Inline::Text(word) if !word.text.starts_with(char::is_whitespace) => Some(word.span.head()),
        Inline::Label { span, .. } | Inline::Emphasis { span, .. } | Inline::Citation { span, .. } => Some(span.head()),
        _ => None,
    }
}

/// The names of labels, those that are there and those to be given.
struct Names<'a> {
    labels: &'a Labels,
    given: BTreeMap<usize, String>,
    taken: BTreeSet<String>,
}

impl Names<'_> {
    /// The name of a landmark, and whether it is to be put there.
    fn of(&mut self, mark: &Landmark<'_>, at: usize) -> (String, bool) {
        if let Some((_, label)) = labels_of(mark.content).into_iter().find(|(scope, _)| *scope == 0) {
            return (label.text.clone(), false);
        }
        if let Some(name) = self.given.get(&at) {
            return (name.clone(), false);
        }
        let part = if mark.spot.part == 0 { String::new() } else { format!("annex-{}-", mark.spot.part) };
        let path = mark.path.iter().map(|number| number.replace(|c: char| !c.is_ascii_alphanumeric(), ""));
        let base = format!("{part}p{}", path.filter(|number| !number.is_empty()).collect::<Vec<_>>().join("-"));
        let is_taken = |name: &String| self.taken.contains(name) || self.labels.get(0, name).is_some();
        let mut name = base.clone();
        let mut next = 2;
        while is_taken(&name) {
            name = format!("{base}-{next}");
            next += 1;
        }
        self.taken.insert(name.clone());
        self.given.insert(at, name.clone());
        (name, true)
    }
}
