//! Which language a text is in, by the letters and the short words of each.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::locale::Locale;
use crate::syntax::is_cyrillic;

/// Fewer words tell no language.
const FEWEST_WORDS: usize = 8;

/// How often each language's short words stand in a text.
struct Count {
    words: usize,
    letters: usize,
    cyrillic: usize,
    /// By language, in the order of [`Locale::tags`].
    hits: Vec<usize>,
}

/// The language of a text, where its words leave no doubt.
pub fn language_of(text: &str) -> Option<&'static str> {
    judged(text, None)
}

/// The language that a text is in, where that is another one than `language`.
pub fn other_than(text: &str, language: &str) -> Option<&'static str> {
    judged(text, Some(language)).filter(|tag| *tag != language)
}

fn judged(text: &str, own: Option<&str>) -> Option<&'static str> {
    let count = count(text);
    if count.words < FEWEST_WORDS {
        return None;
    }
    let tags: Vec<&'static str> = Locale::tags().collect();
    let (best, hits) = count.hits.iter().copied().enumerate().max_by_key(|(_, hits)| *hits)?;
    let best_tag = *tags.get(best)?;
    let others = tags.iter().zip(&count.hits).filter(|(tag, _)| match own {
        Some(own) => **tag == own,
        None => **tag != best_tag,
    });
    let next = others.map(|(_, hits)| *hits).max().unwrap_or(0);
    let is_sure = hits >= 3 && hits * 100 >= count.words * 12 && hits > 2 * next;
    if is_sure {
        return Some(best_tag);
    }
    // Letters tell where short words do not.
    let own = own.and_then(Locale::of)?;
    let is_cyrillic = count.cyrillic * 10 >= count.letters * 8;
    let is_latin = count.cyrillic * 10 <= count.letters;
    let other =
        |cyrillic: bool| tags.iter().copied().find(|tag| Locale::of(tag).is_some_and(|l| has_cyrillic(l) == cyrillic));
    match has_cyrillic(own) {
        false if is_cyrillic => other(true),
        true if is_latin && hits >= 2 => Some(best_tag),
        _ => None,
    }
}

fn has_cyrillic(locale: &Locale) -> bool {
    locale.date.months.iter().any(|month| month.chars().any(is_cyrillic))
}

fn count(text: &str) -> Count {
    let short_words = &*SHORT_WORDS;
    let mut count = Count { words: 0, letters: 0, cyrillic: 0, hits: vec![0; Locale::tags().count()] };
    // The letters of a symbol are no words: PC.DEL is no Italian.
    let tokens = text.split_whitespace().filter(|token| !token.contains('/'));
    let words = tokens.flat_map(|token| token.split(|c: char| !c.is_alphabetic()));
    for word in words.filter(|word| !word.is_empty()) {
        count.words += 1;
        for letter in word.chars() {
            count.letters += 1;
            count.cyrillic += usize::from(is_cyrillic(letter));
        }
        if word.len() > short_words.longest {
            continue;
        }
        for &language in short_words.languages.get(word.to_lowercase().as_str()).into_iter().flatten() {
            if let Some(hits) = count.hits.get_mut(language) {
                *hits += 1;
            }
        }
    }
    count
}

struct ShortWords {
    /// The languages that have each word, in the order of [`Locale::tags`].
    languages: HashMap<&'static str, Vec<usize>>,
    /// In bytes.
    longest: usize,
}

static SHORT_WORDS: LazyLock<ShortWords> = LazyLock::new(|| {
    let mut languages: HashMap<&'static str, Vec<usize>> = HashMap::new();
    for (at, locale) in Locale::tags().enumerate().filter_map(|(at, tag)| Some((at, Locale::of(tag)?))) {
        for word in &locale.stop_words {
            languages.entry(word).or_default().push(at);
        }
    }
    let longest = languages.keys().map(|word| word.len()).max().unwrap_or(0);
    ShortWords { languages, longest }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_tells_its_language() {
        for (tag, text) in [
            (
                "en",
                "We recall the decisions of the Council and invite all States to publish the lists of their archives.",
            ),
            (
                "fr",
                "Nous rappelons les décisions prises par les États et les invitons à publier les listes de leurs archives.",
            ),
            (
                "de",
                "Wir erinnern an die Beschlüsse des Rates und bitten alle Staaten, die Listen ihrer Archive zu veröffentlichen.",
            ),
            (
                "it",
                "Ricordiamo le decisioni del Consiglio e invitiamo gli Stati a pubblicare gli elenchi dei loro archivi per tutti.",
            ),
            (
                "es",
                "Recordamos las decisiones del Consejo e invitamos a los Estados a publicar las listas de sus archivos.",
            ),
            (
                "ru",
                "Мы напоминаем о решениях Совета и предлагаем всем государствам опубликовать списки архивов на сайте.",
            ),
        ] {
            assert_eq!(language_of(text), Some(tag), "{text}");
            for other in ["en", "fr", "de", "it", "es", "ru"] {
                assert_eq!(other_than(text, other), Some(tag).filter(|tag| *tag != other), "{other}: {text}");
            }
        }
        assert_eq!(language_of("Helsinki, Vienna, Madrid, Athens, Tirana, Vilnius, Kyiv, Dublin, Basel"), None);
    }
}
