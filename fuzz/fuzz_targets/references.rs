//! Any text in any language: the scan passes nothing over that the grammar
//! reads, and every place is one of the text's.
#![no_main]

use chancery::cite::cited_in;
use chancery::locale::Locale;
use chancery::registry::Registry;
use chancery::syntax::citation::{mentions, mentions_everywhere};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let (language, text) = input;
    let tags: Vec<&str> = Locale::tags().collect();
    let language = tags[usize::from(language) % tags.len()];
    assert_eq!(mentions(text, language), mentions_everywhere(text, language));
    let mut end = 0;
    for cited in cited_in(text, language, &Registry::built_in()) {
        assert!(text.get(cited.words.clone()).is_some() && text.get(cited.number.clone()).is_some());
        assert!(cited.words.start >= end || cited.words.end >= end);
        end = cited.words.start;
    }
});
