//! What stands before and around a text of two drafts: which they are, how to read it, what
//! changed.

use std::collections::BTreeMap;

use super::build::Texts;
use crate::compare::{Comparison, show};
use crate::diag::visible_line;
use crate::layout::{Change, Changes, Front, Piece, Said};
use crate::locale::{Locale, capital};
use crate::model::Inline;

/// All that layout has to know of two drafts of these names.
pub(super) fn changes(pieces: Texts, comparison: &Comparison, (old, new): (&str, &str)) -> Changes {
    let (old, new) = (visible_line(old), visible_line(new));
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    let languages = comparison.old.parts.iter().chain(&comparison.new.parts).map(|part| part.language.as_str());
    for language in languages.chain(["en"]) {
        let locale = Locale::of(language).or_else(|| Locale::of("en"));
        said.entry(language.to_owned()).or_insert_with(|| Said {
            new: locale.map_or(String::new(), |locale| locale.with_colon(&locale.web.inserted.text)),
            gone: locale.map_or(String::new(), |locale| locale.with_colon(&locale.web.deleted.text)),
            end: locale.map_or(String::new(), |locale| locale.web.end.text.clone()),
        });
    }
    let text = |words: String| Piece { content: vec![Inline::Text(words)], change: None };
    let marked =
        |words: &str, change: Change| Piece { content: vec![Inline::Text(words.to_owned())], change: Some(change) };
    let legend = vec![
        marked("Underlined", Change::New),
        text(" words are new, ".to_owned()),
        marked("struck through", Change::Gone),
        text(" they are gone. A bar in the margin leads to them; two bars stand beside what was moved.".to_owned()),
    ];
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for statement in comparison.summary() {
        let heading = capital(statement.subject.name());
        match groups.last_mut() {
            Some((last, sentences)) if *last == heading => sentences.push(statement.words),
            _ => groups.push((heading, vec![statement.words])),
        }
    }
    let front = Front {
        title: "What changed".to_owned(),
        lines: vec![
            vec![text(format!("Old: {old}"))],
            vec![text(format!("New: {new}"))],
            vec![text(show::counts(comparison))],
            legend,
        ],
        groups,
        language: "en".to_owned(),
    };
    Changes { pieces, said, front, foot: format!("Old: {old}; new: {new}") }
}
