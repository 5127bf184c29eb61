//! What an editor is answered, `editor/*.txt`: texts with a place `‸`, and what the library
//! says of it. `INSTA_UPDATE=always` writes the answers anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chancery::compile::{Options, Session};
use chancery::editor::{Located, Reading, Where};
use chancery::world::MemoryWorld;

use crate::support::{HEADER, TODAY};

/// So many completions are written of all.
const SHOWN: usize = 12;

fn lines_of(reading: &Reading<'_>, places: &[Located]) -> String {
    let own = reading.source().name();
    let line = |place: &Located| {
        let at = place.source.location(place.range.start);
        let words = place.source.text().get(place.range.clone()).unwrap_or_default();
        let file = if place.source.name() == own { String::new() } else { format!("{}:", place.source.name()) };
        format!("{file}{}:{} {}\n", at.line, at.column, words.lines().next().unwrap_or_default())
    };
    places.iter().map(line).collect()
}

fn answer(reading: &Reading<'_>, what: &str, at: usize) -> String {
    let text = reading.text();
    let words = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().replace('\n', "⏎");
    let (what, argument) = what.split_once(' ').unwrap_or((what, ""));
    let mut out = String::new();
    match what {
        "hover" => {
            if let Some(hover) = reading.hover(at) {
                let _ = writeln!(out, "[{}] {}", words(hover.range), hover.head);
                hover.lines.iter().chain(&hover.address).for_each(|line| out.push_str(&format!("  {line}\n")));
            }
        }
        "completions" => {
            let files = ["clauses/en/own.decl".to_owned(), "texts/other.decl".to_owned()];
            let all = reading.completions(at, &files);
            for item in all.iter().take(SHOWN) {
                let _ =
                    writeln!(out, "[{}] {:?} {} → {}", words(item.range.clone()), item.kind, item.label, item.insert);
            }
            if all.len() > SHOWN {
                out.push_str("…\n");
            }
        }
        "definition" => out = lines_of(reading, &reading.definition(at)),
        "uses" => out = lines_of(reading, &reading.uses(at)),
        "rename" => match reading.rename(at, argument) {
            Ok(places) => out = lines_of(reading, &places),
            Err(why) => out = why + "\n",
        },
        "hints" => {
            for hint in reading.hints(0..text.len()) {
                let before = text[..hint.at].rsplit('\n').next().unwrap_or_default();
                let _ = writeln!(out, "{before}‹{}›", hint.label);
            }
        }
        "symbols" => {
            for symbol in reading.symbols() {
                let range = words(symbol.range);
                let tail: String = range.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
                let _ = writeln!(out, "{}{} ({:?}) …{tail}", "  ".repeat(symbol.depth), symbol.name, symbol.kind);
            }
        }
        "folds" => {
            for fold in reading.folds() {
                let (first, last) =
                    (reading.source().location(fold.range.start), reading.source().location(fold.range.end));
                let _ = writeln!(out, "{}–{}{}", first.line, last.line, if fold.is_comment { " remark" } else { "" });
            }
        }
        "selections" => reading.selections(at).into_iter().for_each(|range| out.push_str(&(words(range) + "\n"))),
        "tokens" => {
            for token in reading.tokens() {
                let state = token.state.map(|state| format!(" {state:?}")).unwrap_or_default();
                let _ = writeln!(out, "{:?}{state}: {}", token.kind, words(token.range));
            }
        }
        "links" => reading.links().into_iter().for_each(|link| {
            let _ = writeln!(out, "{} → {}", words(link.range), link.target);
        }),
        "lenses" => reading.lenses().into_iter().for_each(|lens| out.push_str(&(lens.told + "\n"))),
        "actions" => {
            for action in reading.actions(at..at) {
                let _ = writeln!(out, "{}", action.what);
                for edit in &action.edits {
                    let place = match &edit.place {
                        Where::Here(range) => format!("[{}]", words(range.clone())),
                        place => format!("{place:?}"),
                    };
                    let _ = writeln!(out, "  {place} → {}", edit.text.replace('\n', "⏎"));
                }
            }
        }
        other => panic!("there is no question `{other}`"),
    }
    out
}

fn case(part: &str) -> String {
    let (name, rest) = part.split_once('\n').expect("a text below its name");
    let mut pieces = rest.split("\n--- ");
    let body = pieces.next().unwrap_or_default();
    let whole = if body.contains("\n---\n") { body.to_owned() } else { format!("{HEADER}{body}") };
    let at = whole.find('‸').unwrap_or_default();
    let text = whole.replace('‸', "");
    let world = MemoryWorld::new()
        .on(TODAY)
        .with("text.decl", text)
        .with("templates/welcome.decl", include_str!("editor/welcome.decl"))
        .with("clauses/en/own.decl", "We thank all.\n");
    let session = Session::new(&world);
    let compilation = session.compile("text.decl", &Options::default()).expect("a world in memory can be read");
    let reading = Reading::of(&session, &compilation).expect("a text");
    let mut out = format!("{name}\n{body}");
    for question in pieces {
        let question = question.lines().next().unwrap_or_default();
        out.push_str(&format!("\n--- {question}\n{}", answer(&reading, question, at).trim_end()));
    }
    out
}

#[test]
fn every_question_has_its_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editor");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("texts").map(|entry| entry.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    let mut wrong = String::new();
    for path in paths {
        let before = std::fs::read_to_string(&path).expect("a text");
        let mut parts = before.split("\n=== ");
        let intro = parts.next().unwrap_or_default().to_owned();
        let after = std::iter::once(intro).chain(parts.map(|part| case(part).trim_end().to_owned() + "\n"));
        let after = after.collect::<Vec<_>>().join("\n=== ");
        if update {
            std::fs::write(&path, after).expect("written");
        } else if before.trim_end() != after.trim_end() {
            let diff = similar::TextDiff::from_lines(&before, &after);
            wrong.push_str(&format!("{}:\n{}\n", path.display(), diff.unified_diff().context_radius(3)));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Every answer to every place of a text that is cut off anywhere: nothing breaks, and all
/// that is said lies in the text.
#[test]
fn texts_that_are_half_typed_are_answered_at_every_place() {
    let text = include_str!("editor/half.decl");
    let steps = if std::env::var_os("PROPTEST_CASES").is_some() { 1 } else { 29 };
    let world = MemoryWorld::new().on(TODAY);
    let mut seen = BTreeSet::new();
    for end in (0..=text.len()).rev().filter(|end| text.is_char_boundary(*end)).step_by(steps) {
        let world = world.clone().with("text.decl", &text[..end]);
        let session = Session::new(&world);
        let compilation = session.compile("text.decl", &Options::default()).expect("a world in memory can be read");
        let Some(reading) = Reading::of(&session, &compilation) else { continue };
        let inside =
            |range: std::ops::Range<usize>| assert!(text[..end].get(range.clone()).is_some(), "{range:?} of {end}");
        for at in [end, end / 2, end + 9] {
            seen.extend(reading.hover(at).map(|hover| hover.head));
            reading.completions(at, &[]).into_iter().for_each(|item| inside(item.range));
            reading.definition(at).into_iter().chain(reading.uses(at)).for_each(|place| {
                assert!(place.source.text().get(place.range).is_some());
            });
            reading.selections(at).into_iter().for_each(inside);
            let _ = (reading.actions(0..at), reading.rename(at, "name"));
        }
        reading.tokens().windows(2).for_each(|pair| assert!(pair[0].range.end <= pair[1].range.start, "{pair:?}"));
        reading.tokens().into_iter().for_each(|token| inside(token.range));
        reading.symbols().into_iter().for_each(|symbol| inside(symbol.range));
        reading.folds().into_iter().for_each(|fold| inside(fold.range));
        reading.hints(0..end).into_iter().for_each(|hint| inside(hint.at..hint.at));
        reading.links().into_iter().for_each(|link| inside(link.range));
        let _ = reading.lenses();
    }
    assert!(!seen.is_empty());
}
