//! Findings with the author's lines under them.

use std::collections::{BTreeSet, HashMap};

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use super::{Applicability, Code, Diagnostic, Diagnostics, Severity, Unkept, visible, visible_line, visible_report};
use crate::source::{FileId, Sources, Span};

/// How many bytes of a line are shown around a place.
const SHOWN: usize = 200;

/// So many further places of a finding are named.
const PLACES: usize = 12;

/// Each finding with its lines, its cure and its other places; with `colour`,
/// in the escape codes of a terminal.
pub fn human(found: &Diagnostics, sources: &Sources, colour: bool) -> String {
    Human::new(colour).report(found, sources)
}

/// Reports of several documents, one after the other.
pub struct Human {
    renderer: Renderer,
    /// The helps that were given: none is given twice.
    given: BTreeSet<String>,
}

impl Human {
    /// With `colour`, in the escape codes of a terminal.
    pub fn new(colour: bool) -> Human {
        Human { renderer: if colour { Renderer::styled() } else { Renderer::plain() }, given: BTreeSet::new() }
    }

    /// The findings of a document. Equal ones are one, with its places.
    pub fn report(&mut self, found: &Diagnostics, sources: &Sources) -> String {
        let mut out = String::new();
        for (first, others) in together(found) {
            out.push_str(&self.finding(first, &others, sources));
            out.push_str("\n\n");
        }
        for Unkept { file, code, severity, count } in found.unkept() {
            let name = visible_line(sources.get(file).map_or("", |source| source.name()));
            out.push_str(&format!("{name}: {count} more of {}[{}]\n\n", severity.name(), code.name()));
        }
        out
    }

    fn finding(&mut self, found: &Diagnostic, equal: &[Span], sources: &Sources) -> String {
        let hint = found.hint.as_ref().filter(|hint| self.given.insert(hint.to_string()));
        // The lines of the text are the renderer's: what it lets pass is shown here.
        visible_report(&self.renderer.render(&groups(found, equal, hint, sources))).into_owned()
    }
}

/// Each finding that is not equal to one before it, with the places of those that are.
fn together(found: &Diagnostics) -> Vec<(&Diagnostic, Vec<Span>)> {
    let mut all: Vec<(&Diagnostic, Vec<Span>)> = Vec::new();
    let mut known: HashMap<(Code, Severity, &str, Option<&str>), usize> = HashMap::new();
    for finding in found.iter() {
        // What led to a place, or belongs to it, is told of each.
        if finding.others.is_empty() && finding.count == 1 {
            let key = (finding.code, finding.severity, finding.message.as_str(), finding.hint.as_deref());
            if let Some((_, places)) = known.get(&key).and_then(|at| all.get_mut(*at)) {
                places.push(finding.place);
                continue;
            }
            known.insert(key, all.len());
        }
        all.push((finding, Vec::new()));
    }
    all
}

/// `also in lines 9, 12 and 30`, those in other files with their names.
fn also(first: Span, places: &[Span], sources: &Sources) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut is_named = false;
    for place in places {
        let Some(source) = sources.get(place.file) else { continue };
        let line = source.location(place.range().start).line;
        let name = if place.file == first.file { String::new() } else { format!("{}:", visible_line(source.name())) };
        is_named |= !name.is_empty();
        let shown = format!("{name}{line}");
        if lines.last() != Some(&shown) {
            lines.push(shown);
        }
    }
    let more = lines.len().saturating_sub(PLACES);
    lines.truncate(PLACES);
    if more > 0 {
        lines.push(format!("{more} more"));
    }
    let noun = match lines.len() {
        _ if is_named => "at",
        1 => "in line",
        _ => "in lines",
    };
    match lines.split_last() {
        Some((last, [])) => format!("also {noun} {last}"),
        Some((last, rest)) => format!("also {noun} {} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn groups(found: &Diagnostic, equal: &[Span], hint: Option<&String>, sources: &Sources) -> Vec<Group<'static>> {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut message = found.message.clone();
    if found.count > 1 {
        message.push_str(&format!(" ({} times)", found.count));
    }
    let mut group = Group::with_title(level.primary_title(message).id(found.code.name()));
    if let Some(window) = Window::around(found.place, sources) {
        group = group.element(window.snippet(vec![(AnnotationKind::Primary, found.place, String::new())]));
    }
    for (place, what) in &found.others {
        if let Some(window) = Window::around(*place, sources) {
            group = group.element(window.snippet(vec![(AnnotationKind::Context, *place, what.clone())]));
        }
    }
    let also = also(found.place, equal, sources);
    if !also.is_empty() {
        group = group.element(Level::NOTE.message(also));
    }
    if let Some(hint) = hint {
        group = group.element(Level::HELP.message(hint.clone()));
    }
    let mut groups = vec![group];
    if let Some(fix) = &found.fix
        && let Some((first, _)) = fix.edits.first()
        && let Some(window) = Window::of(fix.edits.iter().map(|(span, _)| *span), *first, sources)
    {
        let command = match fix.applicability {
            Applicability::Safe => "check --fix",
            Applicability::Suggested => "check --fix --suggested",
        };
        let cure = Group::with_title(Level::HELP.secondary_title(format!("`{command}` will {}", fix.what)));
        // Blanks that go leave nothing that could be seen: the place is marked.
        if fix.edits.iter().all(|(span, new)| new.is_empty() && is_blank(*span, sources)) {
            let marks = fix.edits.iter().map(|(span, _)| (AnnotationKind::Primary, *span, "delete".to_owned()));
            groups.push(cure.element(window.snippet(marks.collect())));
            return groups;
        }
        let patches = fix
            .edits
            .iter()
            .filter_map(|(span, new)| Some(Patch::new(window.relative(*span)?, visible(new).into_owned())));
        groups.push(
            cure.element(
                Snippet::source(window.text.to_owned())
                    .path(visible_line(window.name).into_owned())
                    .line_start(window.line)
                    .patches(patches),
            ),
        );
    }
    groups
}

fn is_blank(span: Span, sources: &Sources) -> bool {
    let words = sources.slice(span);
    !words.is_empty() && words.trim().is_empty()
}

/// The lines around a place, clipped where they are very long.
struct Window<'a> {
    file: FileId,
    name: &'a str,
    text: &'a str,
    start: usize,
    line: usize,
}

impl<'a> Window<'a> {
    fn around(place: Span, sources: &'a Sources) -> Option<Self> {
        Self::of([place].into_iter(), place, sources)
    }

    /// The lines that hold all of `places`, of which `first` is one.
    fn of(places: impl Iterator<Item = Span>, first: Span, sources: &'a Sources) -> Option<Self> {
        let source = sources.get(first.file)?;
        let (mut start, mut end) = (first.range().start, first.range().start);
        for place in places.take(8) {
            start = start.min(place.range().start);
            // A place of many lines is shown by its first ones.
            end = end.max(place.range().end.min(place.range().start + SHOWN));
        }
        let text = source.text();
        let line_start = source.line_range(source.location(start).line).start;
        let line_end = source.line_range(source.location(end).line).end.max(end);
        let from = if start - line_start > SHOWN { start - SHOWN / 2 } else { line_start };
        let to = if line_end.saturating_sub(end) > SHOWN { end + SHOWN / 2 } else { line_end };
        let from = text.floor_char_boundary(from);
        let to = text.ceil_char_boundary(to.min(text.len()));
        Some(Window {
            file: first.file,
            name: source.name(),
            text: text.get(from..to)?,
            start: from,
            line: source.location(from).line,
        })
    }

    /// A place as a range of the window's text; none where it lies outside.
    fn relative(&self, place: Span) -> Option<std::ops::Range<usize>> {
        if place.file != self.file || place.range().start < self.start {
            return None;
        }
        let start = place.range().start - self.start;
        let end = self.text.floor_char_boundary((place.range().end - self.start).min(self.text.len()));
        (start <= end).then_some(start..end)
    }

    fn snippet(
        &self,
        marks: Vec<(AnnotationKind, Span, String)>,
    ) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
        let marks = marks.into_iter().filter_map(|(kind, place, label)| {
            let mark = kind.span(self.relative(place)?);
            Some(if label.is_empty() { mark } else { mark.label(label) })
        });
        Snippet::source(self.text.to_owned())
            .path(visible_line(self.name).into_owned())
            .line_start(self.line)
            .annotations(marks.collect::<Vec<_>>())
    }
}
