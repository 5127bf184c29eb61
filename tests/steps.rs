//! The grammars of references, made into steps, read what pest reads with them.

use chancery::syntax::citation::next_word;
use chancery_citation::{ALTERNATIVES, Piece, Reader, Token, grammars};
use pest_vm::Vm;
use serde_json::Value;

/// A grammar as pest takes it.
fn by_pest(vm: &Vm, rule: &str, text: &str) -> Vec<Piece> {
    let Ok(pairs) = vm.parse(rule, text) else { return Vec::new() };
    let piece = |pair: pest::iterators::Pair<'_, &str>| {
        let range = pair.as_span().start()..pair.as_span().end();
        Token::of(pair.as_rule()).map(|token| Piece { token, range })
    };
    pairs.flatten().filter_map(piece).collect()
}

/// Sentences of a language with references, and some that are none.
fn sentences(language: &str) -> Vec<String> {
    let labelled = include_str!("../benchmarks/citations/sentences.jsonl").lines().map(|line| {
        let sentence: Value = serde_json::from_str(line).expect("a sentence a line");
        [&sentence["language"], &sentence["text"]].map(|value| value.as_str().unwrap_or_default().to_owned())
    });
    let own = include_str!("citations/own.tsv").lines().map(|line| {
        let mut fields = line.split('\t').map(str::to_owned);
        [fields.next().unwrap_or_default(), fields.next().unwrap_or_default()]
    });
    let ours: Vec<String> = labelled.chain(own).filter(|[tag, _]| tag == language).map(|[_, words]| words).collect();
    // Half of one and half of the next, as no author would go on.
    let half = |words: &str| words.floor_char_boundary(words.len() / 2);
    let joined = ours.windows(2).map(|pair| format!("{}{}", &pair[0][..half(&pair[0])], &pair[1][half(&pair[1])..]));
    let joined: Vec<String> = joined.collect();
    ours.into_iter().chain(joined).chain(["[ 5/1 (a) é§ ПЭ \u{301}6 S/RES/ MC.D\u{A0}".to_owned()]).collect()
}

#[test]
fn every_step_reads_what_pest_reads() {
    for (language, grammar) in grammars() {
        let (_, rules) = pest_meta::parse_and_optimize(grammar).expect("the build has read it");
        let vm = Vm::new(rules);
        let reader = Reader::of(language).expect("a reader for each grammar");
        let mut read = 0;
        for sentence in sentences(language) {
            let mut at = 0;
            while let Some(word) = next_word(&sentence, at) {
                let rest = &sentence[word..];
                at = word + rest.chars().next().map_or(1, char::len_utf8);
                for ((rule, _), alternative) in ALTERNATIVES.iter().zip(reader.alternatives) {
                    let pieces = reader.pieces(alternative, rest);
                    read += pieces.len();
                    assert_eq!(pieces, by_pest(&vm, rule, rest), "{language}, {rule}: {rest}");
                }
                assert_eq!(reader.after_name(rest), by_pest(&vm, "after_name", rest), "{language}: {rest}");
                assert_eq!(reader.named_body(rest), by_pest(&vm, "named_body", rest), "{language}: {rest}");
            }
        }
        assert!(read > 500, "{language}: {read} pieces");
    }
}
