//! `chancery refs`: every reference as it was understood.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::args::{Refs, RefsFormat};
use super::files::Input;
use super::outcome::{Failure, Outcome};
use super::project;
use super::terminal::{print_words, say};
use crate::cite::State;
use crate::compile::references::Reference;
use crate::compile::{Compilation, Options, compile};
use crate::diag::{plain_cell, visible_json};
use crate::registry::{Registry, Seen, unrevised};
use crate::source::Span;
use crate::syntax;

pub(super) fn run(arguments: &Refs) -> Result<Outcome, Failure> {
    let inputs = project::inputs(&arguments.files)?;
    if let Some(asked) = &arguments.cited_by {
        let is_resolution = asked.starts_with("S/RES/") || asked.starts_with("A/RES/");
        let is_slug = asked.starts_with(|c: char| c.is_ascii_lowercase()) && !asked.contains(['/', '.']);
        if syntax::read_symbol(asked).is_none() && !is_resolution && !is_slug {
            let message = match syntax::repaired_symbol(asked) {
                Some(meant) => format!("`{asked}` is no symbol; is `{meant}` meant?"),
                None => format!("`{asked}` is no symbol and no slug; write as `MC.DEC/5/11`"),
            };
            return Err(Failure::Usage(message));
        }
    }
    let read = |input: &Input| -> Result<Compilation, Failure> {
        let world = input.world()?;
        Ok(compile(&world, world.name(), &Options { as_of: arguments.as_of, ..Options::default() })?)
    };
    let results: Vec<Result<Compilation, Failure>> = match inputs.as_slice() {
        [only] => vec![read(only)],
        many => many.par_iter().map(read).collect(),
    };
    let mut worst = project::say_faults(&inputs);
    let mut documents = Vec::new();
    for (input, result) in inputs.iter().zip(results) {
        match result {
            Ok(mut compilation) => {
                if let Some(symbol) = &arguments.cited_by {
                    compilation.references.retain(|reference| is_same(&reference.symbol, symbol));
                }
                documents.push((input.path.display().to_string(), compilation));
            }
            Err(failure) => {
                say(&format!("error: {failure}"));
                worst = Outcome::Failed;
            }
        }
    }
    if arguments.cited_by.is_some() {
        documents.retain(|(_, compilation)| !compilation.references.is_empty());
    }
    let out = match arguments.format {
        RefsFormat::Text => text(&documents),
        RefsFormat::Json => as_json(&documents),
        RefsFormat::Csv => csv(&documents)?,
        RefsFormat::Dot => dot(&edges(&documents)),
        RefsFormat::Mermaid => mermaid(&edges(&documents)),
    };
    print_words(&out)?;
    Ok(worst)
}

type Documents = [(String, Compilation)];

/// Whether a reference is to an instrument that was asked for: a correction
/// is the same text, and so is the other spelling of an early decision.
fn is_same(cited: &str, asked: &str) -> bool {
    if cited == asked || unrevised(cited) == unrevised(asked) {
        return true;
    }
    let registry = Registry::built_in();
    // A name, or a resolution without its year.
    let (one, two) = (registry.get(cited), registry.get(asked));
    if one.is_some_and(|one| two.is_some_and(|two| unrevised(one.key()) == unrevised(two.key()))) {
        return true;
    }
    let other = syntax::read_symbol(&unrevised(asked)).and_then(|symbol| registry.respelled(&symbol));
    other.is_some_and(|other| other.to_string() == unrevised(cited))
}

fn location(compilation: &Compilation, reference: &Reference) -> (String, usize, usize) {
    let place = reference.place;
    compilation.sources.get(place.file).map_or_else(Default::default, |source| {
        let at = source.location(place.range().start);
        (source.name().to_owned(), at.line, at.column)
    })
}

fn state(reference: &Reference) -> String {
    let mut state = reference.state.name().to_owned();
    let compared: Vec<&str> = reference.compared.iter().map(|what| what.name()).collect();
    if matches!(reference.state, State::Valid | State::Corrected)
        && let Some((last, first)) = compared.split_last()
    {
        let first = first.join(", ");
        state.push_str(&if first.is_empty() { format!(" by {last}") } else { format!(" by {first} and {last}") });
        // The Security Council gives its resolutions no titles.
        if reference.by_number && !reference.symbol.starts_with("S/RES/") {
            state.push_str(", title not known");
        }
    }
    if reference.allowed {
        state.push_str(", allowed");
    }
    if reference.quoted {
        state.push_str(", quoted");
    }
    state
}

fn text(documents: &Documents) -> String {
    let mut out = String::new();
    let (mut any_valid, mut any_inferred) = (false, false);
    for (name, compilation) in documents {
        let day = compilation.as_of.map(|day| format!(", judged at {day}")).unwrap_or_default();
        let _ = writeln!(out, "{name}{day}");
        let rows: Vec<[String; 5]> = compilation
            .references
            .iter()
            .map(|reference| {
                any_valid |= reference.state == State::Valid;
                any_inferred |= reference.state == State::Inferred;
                let (_, line, column) = location(compilation, reference);
                let pinpoint = reference.pinpoint.as_ref().map(|pin| format!(" ¶ {pin}")).unwrap_or_default();
                [
                    format!("{line}:{column}"),
                    reference.paragraph.as_ref().map(|number| format!("paragraph {number}")).unwrap_or_default(),
                    if reference.state == State::Unread {
                        "–".to_owned()
                    } else {
                        format!("{}{pinpoint}", reference.symbol)
                    },
                    state(reference),
                    reference.text.clone(),
                ]
            })
            .collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..4).map(width).collect();
        for row in &rows {
            let mut line = String::from(" ");
            for (cell, width) in row.iter().zip(&widths) {
                if *width > 0 {
                    let _ = write!(line, " {cell:width$} ");
                }
            }
            let _ = writeln!(out, "{line} {}", row[4]);
        }
        if rows.is_empty() {
            let _ = writeln!(out, "  no references");
        }
        out.push_str(&own(compilation));
    }
    if any_valid {
        out.push_str("valid: adopted by that day, and in force as far as the registry knows; by: what was compared with the registry.\n");
    }
    if any_inferred {
        out.push_str("inferred: adopted, by its number, which is below one that is known; it was never read.\n");
    }
    out
}

/// How many references a text has to itself, typed by hand.
fn own(compilation: &Compilation) -> String {
    let own = compilation.own;
    if own.all() == 0 {
        return String::new();
    }
    let mut line = format!("  to paragraphs of the text itself, typed by hand: {} there", own.there);
    for (count, what) in [(own.missing, "not there"), (own.not_judged, "not judged")] {
        if count > 0 {
            let _ = write!(line, ", {count} {what}");
        }
    }
    line + "\n"
}

fn as_json(documents: &Documents) -> String {
    let mut list = Vec::new();
    for (_, compilation) in documents {
        for reference in &compilation.references {
            let (file, line, column) = location(compilation, reference);
            let span = |place: Span| json!({ "start": place.start, "end": place.end });
            let others: Vec<Value> = reference.others.iter().map(|place| span(*place)).collect();
            list.push(json!({
                "symbol": (reference.state != State::Unread).then_some(&reference.symbol),
                "text": reference.text,
                "language": reference.language,
                "paragraph": reference.paragraph,
                "pinpoint": reference.pinpoint,
                "state": reference.state.name(),
                "by-number": reference.by_number,
                "compared": reference.compared.iter().map(|what| what.name()).collect::<Vec<_>>(),
                "entry": entry(reference),
                "allowed": reference.allowed,
                "quoted": reference.quoted,
                "file": file,
                "span": span(reference.place),
                "line": line,
                "column": column,
                "others": others,
            }));
        }
    }
    visible_json(&format!("{:#}\n", Value::Array(list))).into_owned()
}

/// On whose word there is such an instrument.
fn entry(reference: &Reference) -> Value {
    let Some(entered) = &reference.entered else { return Value::Null };
    json!({
        "registry": if entered.is_own { "project" } else { "chancery" },
        "seen": entered.seen.map(Seen::word),
        "readings-of-day": entered.readings,
        "source": entered.source,
    })
}

fn csv(documents: &Documents) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| Failure::Usage(format!("cannot write CSV: {error}"));
    writer
        .write_record([
            "file",
            "line",
            "column",
            "paragraph",
            "symbol",
            "pinpoint",
            "state",
            "allowed",
            "language",
            "text",
        ])
        .map_err(failed)?;
    for (_, compilation) in documents {
        for reference in &compilation.references {
            let (file, line, column) = location(compilation, reference);
            let row = [
                file.as_str(),
                &line.to_string(),
                &column.to_string(),
                reference.paragraph.as_deref().unwrap_or_default(),
                if reference.state == State::Unread { "" } else { &reference.symbol },
                reference.pinpoint.as_deref().unwrap_or_default(),
                reference.state.name(),
                if reference.allowed { "yes" } else { "no" },
                &reference.language,
                &reference.text,
            ];
            writer.write_record(row.map(|cell| plain_cell(cell).into_owned())).map_err(failed)?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| Failure::Usage(format!("cannot write CSV: {error}")))?;
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

/// From each document to each instrument that it cites: the state of the citation,
/// the last in their order if there are several, and how often it is cited.
fn edges(documents: &Documents) -> BTreeMap<(String, String), (State, usize)> {
    let mut edges = BTreeMap::new();
    for (name, compilation) in documents {
        let from = compilation.document.as_ref().and_then(|document| document.symbol.clone()).unwrap_or(name.clone());
        // What was not read leads nowhere.
        for reference in compilation.references.iter().filter(|reference| reference.state != State::Unread) {
            let edge = edges.entry((from.clone(), reference.symbol.clone())).or_insert((reference.state, 0));
            edge.0 = edge.0.max(reference.state);
            edge.1 += 1;
        }
    }
    edges
}

fn label(state: State, count: usize) -> String {
    match (state, count) {
        (State::Valid, 1) => String::new(),
        (State::Valid, count) => format!("{count} times"),
        (state, 1) => state.name().to_owned(),
        (state, count) => format!("{}, {count} times", state.name()),
    }
}

fn dot(edges: &BTreeMap<(String, String), (State, usize)>) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut out = String::from("digraph references {\n  rankdir=LR;\n  node [shape=box];\n");
    for from in edges.keys().map(|(from, _)| from).collect::<BTreeSet<_>>() {
        let _ = writeln!(out, "  {} [style=bold];", quoted(from));
    }
    for ((from, to), (state, count)) in edges {
        let label = label(*state, *count);
        let mut attributes = Vec::new();
        if !label.is_empty() {
            attributes.push(format!("label={}", quoted(&label)));
        }
        if !state.is_good() {
            attributes.push("style=dashed".to_owned());
        }
        let attributes = if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
        let _ = writeln!(out, "  {} -> {}{attributes};", quoted(from), quoted(to));
    }
    out.push_str("}\n");
    out
}

fn mermaid(edges: &BTreeMap<(String, String), (State, usize)>) -> String {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (from, to) in edges.keys() {
        for name in [from, to] {
            let next = names.len();
            names.entry(name).or_insert(next);
        }
    }
    // Mermaid's own escapes; a name stands in quotation marks.
    let escaped = |text: &str| text.replace('#', "#35;").replace('"', "#quot;");
    let mut out = String::from("graph LR\n");
    for (name, id) in &names {
        let _ = writeln!(out, "  n{id}[\"{}\"]", escaped(name));
    }
    for ((from, to), (state, count)) in edges {
        let arrow = if state.is_good() { "-->" } else { "-.->" };
        let label = label(*state, *count);
        let label = if label.is_empty() { String::new() } else { format!("|\"{}\"|", escaped(&label)) };
        if let Some(from) = names.get(from.as_str())
            && let Some(to) = names.get(to.as_str())
        {
            let _ = writeln!(out, "  n{from} {arrow}{label} n{to}");
        }
    }
    out
}
