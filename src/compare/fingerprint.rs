//! What no language changes of a block: what it cites, its figures and days, its
//! brackets, its labels, its notes and its length.

use std::collections::{BTreeMap, BTreeSet};

use super::cite::Cite;
use super::leaf::{Leaf, LeafKind, Leaves};
use super::side::Side;
use super::words::WordKind;
use crate::locale::Locale;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What no language changes of a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Fingerprint {
    /// What it cites.
    pub cites: Vec<Cite>,
    /// Numbers in figures and days: what each is, and how it is written.
    pub figures: Vec<(String, String)>,
    /// Numbers in words and in Roman figures.
    pub in_words: Vec<(String, String)>,
    /// How many footnotes have their marks in it.
    pub notes: usize,
    /// The names in each bracket.
    pub brackets: Vec<String>,
    /// How many alternatives its brackets leave.
    pub alternatives: usize,
    /// Its labels.
    pub labels: Vec<String>,
    /// The labels that it refers to.
    pub links: Vec<String>,
    /// States and bodies that it names, by their codes.
    pub named: BTreeSet<String>,
    /// The first letters of its words, by which words of several languages are kin.
    pub cognates: Vec<String>,
    /// How many cells a row has.
    pub cells: usize,
    /// How many letters and figures it has.
    pub length: usize,
}

/// The fingerprints of all leaves of a text.
pub(super) fn fingerprints(leaves: &Leaves, side: &Side<'_>) -> Vec<Fingerprint> {
    let mut known: BTreeMap<&str, Option<Known>> = BTreeMap::new();
    let mut last = None;
    let mut all = Vec::with_capacity(leaves.list.len());
    for leaf in &leaves.list {
        let language = leaves.part_of(leaf).map_or("", |part| part.language.as_str());
        let known = known.entry(language).or_insert_with(|| Locale::of(language).map(Known::of));
        let mut print = of_leaf(leaf, side, known.as_ref());
        if leaf.kind == LeafKind::Title {
            // The line before it has the number of the text's own symbol, where the language has such a line.
            let member = leaves.part_of(leaf).and_then(|part| part.member.as_deref());
            let own = figures_of(member.or(side.document.symbol.as_deref()).unwrap_or_default());
            print.figures.retain(|(value, _)| !own.contains(value));
        }
        // The rows of a table have one anchor.
        if leaf.kind == LeafKind::Row && leaf.anchor == last {
            print.labels.clear();
        }
        last = leaf.anchor;
        all.push(print);
    }
    all
}

/// What a language says of numbers and names.
struct Known {
    is_english: bool,
    months: Vec<String>,
    /// Numbers by their words.
    numbers: BTreeMap<String, String>,
    /// Names, as the beginnings of their words, each with its code.
    names: Vec<(Vec<String>, String)>,
}

impl Known {
    fn of(locale: &Locale) -> Known {
        let mut numbers = BTreeMap::new();
        for (value, words) in &locale.cardinals {
            numbers.extend(words.iter().map(|word| (word.clone(), value.clone())));
        }
        for ordinals in locale.ordinals.values() {
            for (at, ordinal) in ordinals.iter().enumerate().skip(1) {
                numbers.insert(ordinal.word.to_lowercase(), (at + 1).to_string());
            }
        }
        let mut names = Vec::new();
        for (code, state) in &locale.states {
            names.push((stems(&state.name), code.clone()));
        }
        for (code, others) in &locale.state_names {
            names.extend(others.iter().map(|name| (stems(name), code.clone())));
        }
        names.extend(locale.bodies.iter().map(|(letters, body)| (stems(&body.name), letters.clone())));
        names.retain(|(stems, _)| !stems.is_empty());
        Known {
            // The others divide a number by a comma.
            is_english: locale.number(1_000_000).contains(','),
            months: locale.date.months.iter().map(|month| month.to_lowercase()).collect(),
            numbers,
            names,
        }
    }

    /// The States and bodies that a text names.
    fn named(&self, text: &str) -> BTreeSet<String> {
        let text = text.to_lowercase();
        let mut named = BTreeSet::new();
        for (stems, code) in &self.names {
            let Some(first) = stems.first() else { continue };
            if named.contains(code) || !text.contains(first.as_str()) {
                continue;
            }
            let begins = text.match_indices(first.as_str()).any(|(at, _)| {
                let is_word =
                    !text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric);
                let mut words = text
                    .get(at..)
                    .unwrap_or_default()
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|word| !word.is_empty());
                is_word && stems.iter().all(|stem| words.next().is_some_and(|word| fits(word, stem)))
            });
            if begins {
                named.insert(code.clone());
            }
        }
        named
    }
}

/// Whether a word is a name's, with an ending of its own.
fn fits(word: &str, stem: &str) -> bool {
    word.strip_prefix(stem).is_some_and(|ending| ending.chars().count() <= 4)
}

/// The words of a name without what declension changes.
fn stems(name: &str) -> Vec<String> {
    let stem = |word: &str| {
        let letters = word.chars().count();
        let cut = match letters {
            0..=4 => 0,
            5..=6 => 1,
            _ => 2,
        };
        word.to_lowercase().chars().take(letters - cut).collect::<String>()
    };
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(stem).collect()
}

fn of_leaf(leaf: &Leaf, side: &Side<'_>, known: Option<&Known>) -> Fingerprint {
    let words = &leaf.words;
    let mut print = Fingerprint {
        cites: leaf.cites.clone(),
        brackets: words.brackets().iter().map(|names| sorted(names)).collect(),
        length: words.text.chars().filter(|c| c.is_alphanumeric()).count(),
        ..Fingerprint::default()
    };
    print.brackets.sort();
    print.cites.sort();
    print.cites.dedup();
    let labels = |anchor| side.labels.get(&anchor).cloned().unwrap_or_default();
    print.labels = leaf.anchor.map(labels).unwrap_or_default();
    let mut before = String::new();
    for word in &words.words {
        let text = words.of(word);
        match word.kind {
            WordKind::NoteMark => print.notes += 1,
            WordKind::Cell => print.cells += 1,
            WordKind::Bracket => print.alternatives += usize::from(text == "|"),
            WordKind::Link(target) => print.links.extend(labels(target)),
            WordKind::Number => {
                print.figures.push((value(text, known.is_some_and(|known| known.is_english)), text.to_owned()))
            }
            WordKind::Date => print.figures.extend(known.and_then(|known| Some((day(text, known)?, text.to_owned())))),
            WordKind::Word => {
                print.cognates.extend(cognate(text));
                number_in(text, &before, known, &mut print);
                before = text.to_lowercase();
            }
            WordKind::Blank
            | WordKind::Sign
            | WordKind::Name
            | WordKind::Reference
            | WordKind::Gap
            | WordKind::Paragraph => {}
        }
    }
    // What belongs to a reference is compared with it.
    let in_cites: Vec<String> = print.cites.iter().flat_map(|cite| figures_of(&cite.in_words())).collect();
    print.figures.retain(|(value, _)| !in_cites.contains(value));
    print.links.sort();
    print.cognates.sort_unstable();
    print.cognates.dedup();
    print.named = known.map(|known| known.named(&words.text)).unwrap_or_default();
    print
}

/// The names of a bracket in one order, whatever the alternatives are.
fn sorted(names: &str) -> String {
    let mut names: Vec<&str> = names.split([',', '|']).map(str::trim).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.join(", ")
}

/// All numbers in a text.
fn figures_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|figures| !figures.is_empty()).map(str::to_owned).collect()
}

/// A number as it is compared: without groups, its fraction after a full stop.
fn value(text: &str, is_english: bool) -> String {
    let (group, point) = if is_english { (',', '.') } else { ('.', ',') };
    let plain: String = text.chars().filter(|c| *c != ' ').collect();
    let groups: Vec<&str> = plain.split(group).collect();
    let is_grouped = groups.len() > 1
        && groups
            .iter()
            .skip(1)
            .all(|figures| figures.len() == 3 || figures.split(point).next().is_some_and(|whole| whole.len() == 3));
    let plain = if is_grouped { groups.concat() } else { plain };
    plain.replace([',', '.'], ".")
}

/// A day as it is compared: `2026-12-04`, without a year `12-04`.
fn day(text: &str, known: &Known) -> Option<String> {
    let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    let month = words.iter().find_map(|word| known.months.iter().position(|month| month == word))? + 1;
    let numbers: Vec<u32> = words
        .iter()
        .filter_map(|word| word.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok())
        .collect();
    let day = numbers.iter().find(|number| **number < 32)?;
    Some(match numbers.iter().find(|number| **number > 31) {
        Some(year) => format!("{year}-{month:02}-{day:02}"),
        None => format!("{month:02}-{day:02}"),
    })
}

/// A number that stands in a word: `25th`, `XXI`, `three`, `twenty-fifth`.
fn number_in(text: &str, before: &str, known: Option<&Known>, print: &mut Fingerprint) {
    let figures: String = text.chars().take_while(char::is_ascii_digit).collect();
    if !figures.is_empty() {
        print.figures.push((figures, text.to_owned()));
        return;
    }
    let capitals = text.trim_end_matches(char::is_lowercase);
    if capitals.chars().count() > 1
        && let Some(number) = roman(capitals)
    {
        print.in_words.push((number.to_string(), text.to_owned()));
        return;
    }
    let Some(known) = known else { return };
    let lower = text.to_lowercase();
    // Of two words that are one number the first is none by itself, or a part of it.
    let both = format!("{before} {lower}");
    if let Some(number) = known.numbers.get(&both) {
        print.in_words.push((number.clone(), text.to_owned()));
    } else if let Some(number) = known.numbers.get(&lower) {
        print.in_words.push((number.clone(), text.to_owned()));
    }
}

/// What a word has in common with its kin in other languages: its first letters, of both
/// alphabets and in one spelling. Words that are kin are no proof, and speak for a pair.
fn cognate(word: &str) -> Option<String> {
    let mut plain = String::new();
    for c in word.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)) {
        let latin = match c {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' => "g",
            'д' => "d",
            'е' | 'ё' | 'э' => "e",
            'ж' => "j",
            'з' => "z",
            'и' | 'й' => "i",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "h",
            'ц' => "k",
            'ч' => "h",
            'ш' | 'щ' => "s",
            'ы' => "i",
            'ю' => "iu",
            'я' => "ia",
            'ъ' | 'ь' => "",
            'c' | 'q' => "k",
            'x' => "ks",
            'y' => "i",
            'w' => "v",
            c if c.is_ascii_alphabetic() => {
                // `ch`, `ph` and `th` are one sound.
                match (c, plain.chars().next_back()) {
                    ('h', Some('k')) => {
                        plain.pop();
                        plain.push('h');
                    }
                    ('h', Some('p')) => {
                        plain.pop();
                        plain.push('f');
                    }
                    ('h', Some('t')) => {}
                    (c, Some(last)) if c == last => {}
                    (c, _) => plain.push(c),
                }
                continue;
            }
            _ => continue,
        };
        plain.push_str(latin);
    }
    (plain.len() > COGNATE).then(|| plain.chars().take(COGNATE).collect())
}

/// So many first letters make words kin.
const COGNATE: usize = 4;

/// A number in Roman figures, Latin or Cyrillic letters.
fn roman(text: &str) -> Option<u32> {
    let mut total = 0;
    let mut before = 0;
    for sign in text.chars().rev() {
        let value = match sign {
            'I' | 'І' => 1,
            'V' => 5,
            'X' | 'Х' => 10,
            'L' => 50,
            'C' | 'С' => 100,
            _ => return None,
        };
        if value < before {
            total -= value
        } else {
            total += value
        }
        before = before.max(value);
    }
    (1..=60).contains(&total).then_some(total)
}

/// What two lists do not have in common: those of the first alone, and of the second.
pub(super) fn apart<T: Clone + PartialEq>(a: &[T], b: &[T]) -> (Vec<T>, Vec<T>) {
    let mut rest = b.to_vec();
    let mut only = Vec::new();
    for item in a {
        match rest.iter().position(|other| other == item) {
            Some(at) => _ = rest.swap_remove(at),
            None => only.push(item.clone()),
        }
    }
    (only, rest)
}

type Figures = Vec<(String, String)>;

/// The figures that only one of two blocks has. A small number may stand in words on one
/// side; words count by themselves only where both sides have one that the other lacks.
pub(super) fn figures_apart(a: &Fingerprint, b: &Fingerprint) -> (Figures, Figures) {
    let take = |from: &mut Figures, value: &str| -> bool {
        let found = from.iter().position(|(other, _)| other == value);
        found.map(|at| from.remove(at)).is_some()
    };
    let mut rest = b.figures.clone();
    let (mut only_a, mut words_a, mut words_b) = (Vec::new(), a.in_words.clone(), b.in_words.clone());
    for figure in &a.figures {
        if !take(&mut rest, &figure.0) && !take(&mut words_b, &figure.0) {
            only_a.push(figure.clone());
        }
    }
    let mut only_b: Figures = Vec::new();
    for figure in rest {
        if !take(&mut words_a, &figure.0) {
            only_b.push(figure);
        }
    }
    words_a.retain(|word| !take(&mut words_b, &word.0));
    if !words_a.is_empty() && !words_b.is_empty() {
        only_a.extend(words_a);
        only_b.extend(words_b);
    } else if only_a.is_empty() && !only_b.is_empty() {
        only_a = words_a;
    } else if only_b.is_empty() && !only_a.is_empty() {
        only_b = words_b;
    }
    (only_a, only_b)
}

/// Whether anything of a block tells it from others in every language.
pub(super) fn is_telling(print: &Fingerprint) -> bool {
    !print.cites.is_empty()
        || !print.figures.is_empty()
        || !print.labels.is_empty()
        || !print.links.is_empty()
        || !print.named.is_empty()
        || print.notes > 0
}
