//! What is said of what stands at a place.

use std::ops::Range;

use super::place::{Thing, touches};
use super::reading::Reading;
use super::words::{of_filter, of_keyword};
use crate::compile::references::Reference;
use crate::diag::Group;
use crate::registry::Instrument;
use crate::source::Span;
use crate::syntax::ast::{Entry, Inline, Subject, delegation_and_round};

/// What is said of a place: plain words, no markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hover {
    /// The bytes that it is about.
    pub range: Range<usize>,
    /// What it is.
    pub head: String,
    /// What is said of it, a paragraph each.
    pub lines: Vec<String>,
    /// Where more can be read.
    pub address: Option<String>,
}

impl Reading<'_> {
    /// What is said of what stands at an offset.
    pub fn hover(&self, offset: usize) -> Option<Hover> {
        let (range, thing) = match (self.thing(offset), self.reference_at(offset)) {
            // A reference inside of a bracket is asked about, and not the bracket.
            (Some((range, thing)), Some(reference)) => {
                let of_thing = !matches!(thing, Thing::Bracket(_) | Thing::Value(_));
                if of_thing && range.len() <= reference.place.range().len() {
                    (range, thing)
                } else {
                    return Some(self.of_reference(reference));
                }
            }
            (None, Some(reference)) => return Some(self.of_reference(reference)),
            (Some(found), None) => found,
            (None, None) => return None,
        };
        let (head, lines) = match thing {
            Thing::Label(name) => self.of_label(&name.text),
            Thing::Pointer(name, span) => self.of_pointer(&name.text, span),
            Thing::Name(subject, braces) => self.of_value(&subject, braces)?,
            Thing::Key(entry) | Thing::Value(entry) => self.of_key(entry)?,
            Thing::Keyword(keyword) => (format!("{}:", keyword.word()), vec![of_keyword(keyword).to_owned()]),
            Thing::Filter(filter) => (format!("| {}", filter.text), vec![of_filter(&filter.text).to_owned()]),
            Thing::Path(path) => {
                let file = self.file_named(&path);
                let about =
                    file.map_or("no file was read under this name".to_owned(), |file| file.source.name().into());
                (path.text, vec![about])
            }
            Thing::BlockName(name) => {
                (format!("block: {}", name.text), vec!["a part that documents of this type may replace".to_owned()])
            }
            Thing::Bracket(bracket) => self.of_bracket(bracket),
        };
        let lines = lines.into_iter().filter(|line| !line.is_empty()).collect();
        Some(Hover { range, head, lines, address: None })
    }

    fn of_reference(&self, reference: &Reference) -> Hover {
        let entry = self.entry(&reference.symbol);
        let title = entry.and_then(|entry| self.title(entry));
        let mut lines: Vec<String> = title.map(str::to_owned).into_iter().collect();
        lines.extend(entry.and_then(|entry| self.adoption(entry)));
        let day = self.compilation.as_of.map(|day| format!(" on {day}")).unwrap_or_default();
        let allowed = if reference.allowed { ", allowed by the header" } else { "" };
        lines.push(format!("{}{day}{allowed}", reference.state.name()));
        lines.extend(self.said_at(reference));
        if let Some(entry) = entry {
            lines.extend(self.relations(entry));
        }
        if let Some(pinpoint) = &reference.pinpoint {
            lines.push(format!("the place in it: {pinpoint}"));
        }
        if let Some(entered) = &reference.entered {
            let whose = if entered.is_own { "entered in the project's registry" } else { "entered" };
            let source: Vec<&str> = entered.source.iter().map(|source| source.as_ref()).collect();
            let from = if source.is_empty() { String::new() } else { format!(", from {}", source.join("; ")) };
            lines.push(format!("{whose}{from}"));
        }
        let address = entry.and_then(|entry| entry.address.as_deref());
        let address = address.and_then(|address| crate::registry::web_address(address).ok());
        Hover {
            range: reference.place.range(),
            head: reference.symbol.clone(),
            lines,
            address: address.map(|address| address.as_str().to_owned()),
        }
    }

    /// `adopted 2011-12-07 (MC(18), Vilnius 2011)`
    fn adoption(&self, entry: &Instrument) -> Option<String> {
        let meeting = entry.meeting.as_deref().map(|code| match self.session.registry().meeting(code) {
            Some(meeting) => format!("{code}, {} {}", meeting.city, meeting.year),
            None => code.to_owned(),
        });
        match (entry.adopted, meeting, entry.year) {
            (Some(day), Some(meeting), _) => Some(format!("adopted {day} ({meeting})")),
            (Some(day), None, _) => Some(format!("adopted {day}")),
            (None, Some(meeting), _) => Some(format!("adopted by {meeting}")),
            (None, None, Some(year)) => Some(format!("of {year}")),
            (None, None, None) => None,
        }
    }

    /// What the check says of a reference.
    fn said_at(&self, reference: &Reference) -> Vec<String> {
        let places = || std::iter::once(&reference.place).chain(&reference.others);
        let is_here = |place: &Span| places().any(|own| own.file == place.file && overlap(own.range(), place.range()));
        let found = self.compilation.found.iter().filter(|found| {
            found.code.group() == Group::References
                && (is_here(&found.place) || found.others.iter().any(|(place, _)| is_here(place)))
        });
        found.take(3).map(crate::diag::Diagnostic::in_words).collect()
    }

    fn relations(&self, entry: &Instrument) -> Vec<String> {
        let mut lines = Vec::new();
        let named = |key: &str| match self.entry(key).and_then(|entry| self.title(entry)) {
            Some(title) => format!("{key}: {title}"),
            None => key.to_owned(),
        };
        let successors = self.session.registry().successors(entry);
        match (successors.last(), &entry.superseded_by) {
            (Some(last), _) if last.key() != entry.key() => lines.push(format!("replaced by {}", named(last.key()))),
            (_, Some(next)) => lines.push(format!("replaced by {}", named(next))),
            (_, None) => {}
        }
        lines.extend(entry.corrected_by.as_deref().map(|by| format!("corrected by {}", named(by))));
        lines.extend(entry.terminated.map(|day| format!("not in force from {day}")));
        for (what, keys) in [("amends", &entry.amends), ("complements", &entry.complements)] {
            if !keys.is_empty() {
                let keys: Vec<&str> = keys.iter().take(8).map(|key| key.as_ref()).collect();
                lines.push(format!("{what} {}", keys.join(", ")));
            }
        }
        lines.extend(entry.paragraphs.map(|count| format!("it has {count} numbered paragraphs")));
        lines
    }

    fn of_label(&self, name: &str) -> (String, Vec<String>) {
        let number = self.number_of_label(name).map(|number| format!("it names what is printed as {number}"));
        let mut pointers = 0;
        self.each_inline(&mut |inline| {
            pointers += usize::from(matches!(inline, Inline::CrossReference { name: found, .. } if found.text == name));
        });
        let used = match pointers {
            0 => "nothing in this text refers to it".to_owned(),
            1 => "one reference leads to it".to_owned(),
            many => format!("{many} references lead to it"),
        };
        (format!("label {name}"), number.into_iter().chain([used]).collect())
    }

    fn of_pointer(&self, name: &str, span: Span) -> (String, Vec<String>) {
        let mut lines = Vec::new();
        lines.extend(self.printed(span).map(|printed| format!("prints “{}”", printed.replace('\u{A0}', " "))));
        let target = self.labels().into_iter().find(|(label, _)| label == name).and_then(|(_, place)| place);
        match target {
            Some(place) => lines.push(self.beginning(place.range().end)),
            None if !self.compilation.labels.iter().any(|(label, _)| label == name) => {
                lines.push("nothing in this text has this label".to_owned());
            }
            None => {}
        }
        (format!("reference to {name}"), lines)
    }

    /// The first words behind a place.
    fn beginning(&self, at: usize) -> String {
        let rest = self.slice(at..self.text().len()).trim_start_matches(['}', ' ', '\n']);
        let rest = rest.split("\n\n").next().unwrap_or_default();
        let words: Vec<&str> = rest.split_whitespace().take(12).collect();
        words.join(" ")
    }

    fn of_value(&self, subject: &Subject, braces: Option<Span>) -> Option<(String, Vec<String>)> {
        let name = &subject.name.text;
        let mut lines = Vec::new();
        if let Some(printed) = braces.and_then(|span| self.printed(span)) {
            lines.push(format!("prints “{}”", printed.replace('\u{A0}', " ")));
        }
        if let Some(word) = self.loop_variable(name, subject.name.span.range().start) {
            let line = self.source.location(word.span.range().start).line;
            lines.push(format!("each of the list in line {line}"));
            return Some((name.clone(), lines));
        }
        match (self.parameter(name), self.given(name)) {
            (Some(parameter), given) => {
                lines.push(parameter.about.clone());
                lines.push(Reading::told(&parameter));
                lines.extend(given.map(|entry| format!("given in the header: {}", entry.value())));
            }
            (None, Some(entry)) => lines.push(format!("given in the header: {}", entry.value())),
            (None, None) => return None,
        }
        Some((name.clone(), lines))
    }

    fn of_key(&self, entry: &Entry) -> Option<(String, Vec<String>)> {
        let key = entry.key.text.as_str();
        let head = format!("{key}:");
        if let Some(parameter) = self.parameter(key) {
            return Some((head, vec![parameter.about.clone(), Reading::told(&parameter)]));
        }
        let about = match key {
            "document" | "extends" => {
                let (template, _) = self.template.as_ref()?;
                return Some((format!("{key}: {}", template.name), vec![template.about.clone()]));
            }
            "allow" => "what is left on purpose: a state or code, the words, a dash and the reason",
            "template" => "the name of this type of document",
            "about" => "what it is for, in a sentence",
            "params" => "the keys that its documents give: name, type, and what it is for",
            "agreed-in" => "the instrument in which these words were agreed",
            "series" => "what the symbols of its documents are",
            "letterhead" => "the arrangement of the first page",
            "parts" => "which parts its documents need",
            "examples" => "sets of values; `check` makes a document of each",
            _ => return None,
        };
        Some((head, vec![about.to_owned()]))
    }

    fn of_bracket(&self, bracket: &Inline) -> (String, Vec<String>) {
        let Inline::Bracket { alternatives, span } = bracket else {
            return ("words that are not agreed".to_owned(), vec!["the bracket closes in a later block".to_owned()]);
        };
        let mut lines = Vec::new();
        for (at, alternative) in alternatives.iter().enumerate() {
            let words = crate::syntax::words_of(&alternative.content);
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let who: Option<Vec<String>> = alternative
                .by
                .as_ref()
                .map(|(names, _)| names.iter().map(|name| self.delegation(&name.text)).collect());
            let words = if words.is_empty() { "to delete it".to_owned() } else { format!("“{words}”") };
            match who {
                Some(who) => lines.push(format!("{}: {words}", who.join(", "))),
                None if at == 0 && alternatives.len() > 1 => lines.push(format!("what stood there: {words}")),
                None => lines.push(format!("nobody is named: {words}")),
            }
        }
        let line = self.source.location(span.range().start).line;
        let _ = line;
        ("words that are not agreed".to_owned(), lines)
    }

    /// `FR (France)`
    fn delegation(&self, code: &str) -> String {
        match self.locale.states.get(delegation_and_round(code).0) {
            Some(state) => format!("{code} ({})", state.name),
            None => code.to_owned(),
        }
    }
}

fn overlap(a: Range<usize>, b: Range<usize>) -> bool {
    touches(&a, b.start) || touches(&b, a.start)
}
