//! The labelled sentences: what is found in them, and nothing else.

use chancery::cite::{Cited, Problem, What, cited_in};
use chancery::registry::Registry;
use chancery::syntax::citation::{mentions, mentions_everywhere};
use serde_json::Value;

/// A citation as the labels write it.
pub fn label(cited: &Cited) -> String {
    let mut label = String::new();
    match &cited.problem {
        Some(Problem::Ambiguous) => label.push('?'),
        Some(Problem::Unread(_)) => label.push('~'),
        Some(Problem::Damaged | Problem::Letters(_) | Problem::LongYear(_) | Problem::NoYear | Problem::Year) => {
            label.push('!')
        }
        _ => {}
    }
    label.push_str(&cited.what.key().replace(' ', ""));
    if let (What::Symbol(_) | What::Named(_) | What::Resolution(_), Some(pin)) = (&cited.what, &cited.pinpoint) {
        label.push('@');
        label.push_str(pin);
    }
    label
}

/// A sentence of a set.
struct Sentence {
    language: String,
    words: String,
    labels: Vec<String>,
}

/// A set of tab-separated lines.
fn lines(set: &str) -> Vec<Sentence> {
    let sentence = |(at, line): (usize, &str)| {
        let [language, words, labels] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("line {}", at + 1) };
        let labels = match labels {
            "-" => Vec::new(),
            labels => labels.split(';').map(|label| label.trim().replace(' ', "")).collect(),
        };
        Sentence { language: language.to_owned(), words: words.to_owned(), labels }
    };
    set.lines().enumerate().map(sentence).collect()
}

/// A set of the benchmark.
fn set(name: &str) -> Vec<Sentence> {
    let sentences = include_str!("../benchmarks/citations/sentences.jsonl").lines();
    let records = sentences.map(|line| serde_json::from_str::<Value>(line).expect("an object a line"));
    let word = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let label = |citation: &Value| {
        let mark = match word(citation, "status").as_str() {
            "ambiguous" => "?",
            "unread" => "~",
            "damaged" => "!",
            _ => "",
        };
        let pinpoint = citation["pinpoint"].as_str().map(|pin| format!("@{pin}")).unwrap_or_default();
        format!("{mark}{}{pinpoint}", word(citation, "cites"))
    };
    let sentence = |record: Value| Sentence {
        language: word(&record, "language"),
        words: word(&record, "text"),
        labels: record["citations"].as_array().into_iter().flatten().map(label).collect(),
    };
    records.filter(|record| word(record, "id").starts_with(&format!("{name}-"))).map(sentence).collect()
}

/// A label with the symbol of what goes by a name; of what is not read its mark
/// alone.
fn by_symbol(label: &str, registry: &Registry) -> String {
    if label.starts_with('~') {
        return "~".to_owned();
    }
    let (key, pinpoint) = label.split_once('@').map_or((label, String::new()), |(key, pin)| (key, format!("@{pin}")));
    let mark = if key.starts_with(['?', '!']) { &key[..1] } else { "" };
    let key = &key[mark.len()..];
    let known = registry.get(key).map_or(key.to_owned(), |entry| entry.key().replace(' ', ""));
    let known = known.split("/Corr.").next().unwrap_or_default();
    format!("{mark}{}{pinpoint}", if key.contains("/Corr.") { key } else { known })
}

fn run(sentences: &[Sentence]) -> (usize, usize, usize, String) {
    let registry = Registry::built_in();
    let (mut right, mut expected_count, mut found_count) = (0, 0, 0);
    let mut wrong = String::new();
    for (at, Sentence { language, words, labels }) in sentences.iter().enumerate() {
        let by_symbol = |label: String| by_symbol(&label, &registry);
        let mut expected: Vec<String> = labels.iter().cloned().map(by_symbol).collect();
        let found: Vec<String> = cited_in(words, language, &registry).iter().map(label).map(by_symbol).collect();
        expected_count += expected.len();
        found_count += found.len();
        if found != expected {
            wrong.push_str(&format!(
                "{}: {language}: {words}\n    expected {expected:?}\n    found    {found:?}\n",
                at + 1
            ));
        }
        for label in &found {
            if let Some(place) = expected.iter().position(|expected| expected == label) {
                expected.remove(place);
                right += 1;
            }
        }
    }
    (right, expected_count, found_count, wrong)
}

fn every_line_is_right(name: &str, sentences: &[Sentence]) {
    let (right, expected, found, wrong) = run(sentences);
    let (recall, precision) = (right as f64 / expected as f64, right as f64 / found as f64);
    println!("{name}: recall {recall:.3} ({right} of {expected}), precision {precision:.3} ({right} of {found})");
    assert!(wrong.is_empty(), "{name}: recall {recall:.3}, precision {precision:.3}\n{wrong}");
}

#[test]
fn the_first_set_is_read_without_a_fault() {
    every_line_is_right("first", &set("first"));
}

#[test]
fn our_own_set_is_read_without_a_fault() {
    every_line_is_right("own.tsv", &lines(include_str!("citations/own.tsv")));
}

/// The byte scan only chooses where the grammar is asked.
#[test]
fn the_scan_passes_nothing_over() {
    let own = lines(include_str!("citations/own.tsv"));
    for Sentence { language, words, .. } in ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "tenth"]
        .into_iter()
        .flat_map(set)
        .chain(own)
    {
        assert_eq!(mentions(&words, &language), mentions_everywhere(&words, &language), "{words}");
    }
}

/// What was mended after each set had been run once is held here.
#[test]
fn the_other_sets_are_read_no_worse_than_they_were() {
    for (name, least, most) in [
        ("second", 177, 178),
        ("third", 127, 131),
        ("fourth", 148, 153),
        ("fifth", 184, 187),
        ("sixth", 200, 210),
        ("seventh", 226, 242),
    ] {
        let (right, expected, found, wrong) = run(&set(name));
        println!("{name}: {right} of {expected} expected, {found} found\n{wrong}");
        assert!(right >= least && found <= most, "{name}: {right} of {expected}, {found} found\n{wrong}");
    }
}
