//! The labelled sentences: what is found in them, and nothing else.

use chancery::cite::{Cited, Problem, What, cited_in};
use chancery::registry::Registry;
use chancery::syntax::citation::{mentions, mentions_everywhere};

/// A citation as the labels write it.
pub fn label(cited: &Cited) -> String {
    let mut label = String::new();
    match &cited.problem {
        Some(Problem::Ambiguous) => label.push('?'),
        Some(Problem::Unread(_)) => label.push('~'),
        Some(Problem::Damaged | Problem::LongYear(_) | Problem::NoYear | Problem::Year) => label.push('!'),
        _ => {}
    }
    label.push_str(&cited.what.key().replace(' ', ""));
    if let (What::Symbol(_) | What::Named(_) | What::Resolution(_), Some(pin)) = (&cited.what, &cited.pinpoint) {
        label.push('@');
        label.push_str(pin);
    }
    label
}

fn run(set: &str) -> (usize, usize, usize, String) {
    let registry = Registry::built_in();
    let (mut right, mut expected_count, mut found_count) = (0, 0, 0);
    let mut wrong = String::new();
    for (at, line) in set.lines().enumerate() {
        let [language, sentence, labels] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("line {}", at + 1) };
        let mut expected: Vec<String> = match labels {
            "-" => Vec::new(),
            labels => labels.split(';').map(|label| label.trim().replace(' ', "")).collect(),
        };
        let found: Vec<String> = cited_in(sentence, language, &registry).iter().map(label).collect();
        expected_count += expected.len();
        found_count += found.len();
        if found != expected {
            wrong.push_str(&format!(
                "{}: {language}: {sentence}\n    expected {expected:?}\n    found    {found:?}\n",
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

fn every_line_is_right(name: &str, set: &str) {
    let (right, expected, found, wrong) = run(set);
    let (recall, precision) = (right as f64 / expected as f64, right as f64 / found as f64);
    println!("{name}: recall {recall:.3} ({right} of {expected}), precision {precision:.3} ({right} of {found})");
    assert!(wrong.is_empty(), "{name}: recall {recall:.3}, precision {precision:.3}\n{wrong}");
}

#[test]
fn the_first_set_is_read_without_a_fault() {
    every_line_is_right("first.tsv", include_str!("citations/first.tsv"));
}

#[test]
fn our_own_set_is_read_without_a_fault() {
    every_line_is_right("own.tsv", include_str!("citations/own.tsv"));
}

/// The byte scan only chooses where the grammar is asked.
#[test]
fn the_scan_passes_nothing_over() {
    let sets = [include_str!("citations/first.tsv"), include_str!("citations/own.tsv")];
    for line in sets.iter().flat_map(|set| set.lines()) {
        let mut parts = line.split('\t');
        let (language, sentence) = (parts.next().expect("a language"), parts.next().expect("a sentence"));
        assert_eq!(mentions(sentence, language), mentions_everywhere(sentence, language), "{sentence}");
    }
}

/// Run once when the rules were done, with 156 of 157 found and 6 found that
/// were none; what was mended then is held here. Eleven names and a resolution that
/// stands beside its name were not known then: they count as found too.
#[test]
fn the_second_set_is_read_no_worse_than_it_was() {
    let (right, expected, found, wrong) = run(include_str!("citations/second.tsv"));
    println!("second.tsv: {right} of {expected} expected, {found} found\n{wrong}");
    assert!(right >= 156 && found <= 170, "{wrong}");
}
