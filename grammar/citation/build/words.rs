//! The words of a language’s data, and the rules that they make.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::{Result, keys};

/// The words of a language by which references name bodies and kinds: what
/// its table `cited` has for the grammar alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Words {
    pub signs: Vec<String>,
    organization: Vec<String>,
    before_bodies: Vec<String>,
    pub others: Vec<String>,
    such_as: Vec<String>,
    pub elided: Vec<String>,
    pub adopting: Vec<String>,
    /// Other rooms read these too.
    about: Vec<String>,
    /// From the table `date`.
    #[serde(skip)]
    months: Vec<String>,
    pub bodies: BTreeMap<String, Vec<String>>,
    pub adjectives: BTreeMap<String, Vec<String>>,
    pub kinds: BTreeMap<String, Vec<String>>,
    pub compounds: BTreeMap<String, Vec<String>>,
    parts: Parts,
    pointers: Pointers,
}

/// Words for parts of a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Parts {
    paragraph: Vec<String>,
    #[serde(default)]
    point: Vec<String>,
    sub_paragraph: Vec<String>,
    section: Vec<String>,
    chapter: Vec<String>,
    annex: Vec<String>,
    attachment: Vec<String>,
    table: Vec<String>,
    footnote: Vec<String>,
    article: Vec<String>,
}

/// Words that tell whose part is meant.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Pointers {
    above: Vec<String>,
    below: Vec<String>,
    above_before: Vec<String>,
    below_before: Vec<String>,
    operative: Vec<String>,
    operative_part: Vec<String>,
    this: Vec<String>,
    toward: Vec<String>,
    that: Vec<String>,
    thereof: Vec<String>,
    its: Vec<String>,
    unnumbered: Vec<String>,
    definite: Vec<String>,
    free: Vec<String>,
    from: Vec<String>,
    texts: Vec<String>,
}

/// What of a language's file references are read with.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Language {
    cited: Words,
    number_sign: NumberSign,
    date: Date,
}

#[derive(Deserialize)]
struct NumberSign {
    accept: Vec<String>,
}

#[derive(Deserialize)]
struct Date {
    months: Vec<String>,
}

impl Words {
    /// Those of a language's file.
    pub fn read(file: &Path) -> Result<Words> {
        let mut data: toml::Table = toml::from_str(&fs::read_to_string(file)?)?;
        let mut own = toml::Table::new();
        if let Some(cited) = data.get_mut("cited").and_then(toml::Value::as_table_mut) {
            own.extend(keys::KEYS.iter().filter_map(|key| cited.remove_entry(*key)));
            own.extend(cited.remove_entry("about"));
        }
        data.insert("cited".to_owned(), toml::Value::Table(own));
        let Language { cited: mut words, number_sign, date } = data.try_into()?;
        words.signs.extend(number_sign.accept);
        let in_capitals: Vec<String> = words.signs.iter().map(|sign| sign.to_uppercase()).collect();
        words.signs.extend(in_capitals);
        words.months = date.months;
        Ok(words)
    }

    /// What may stand before a place, folded, the longest first.
    pub fn leads(&self) -> Vec<(String, &'static str)> {
        let Pointers { above_before, below_before, its, unnumbered, definite, .. } = &self.pointers;
        let all = [
            ("above", above_before),
            ("below", below_before),
            ("its", its),
            ("unnumbered", unnumbered),
            ("definite", definite),
        ];
        let mut leads: Vec<_> =
            all.into_iter().flat_map(|(name, words)| words.iter().map(move |word| (fold(word), name))).collect();
        leads.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        leads
    }

    /// Those for places in a text: tokens, and what only helps.
    fn own_rules(&self, rules: &mut String) {
        let Words { parts, pointers, .. } = self;
        let tokens = [
            ("paragraph_word", &parts.paragraph),
            ("sub_word", &parts.sub_paragraph),
            ("section_word", &parts.section),
            ("chapter_word", &parts.chapter),
            ("annex_word", &parts.annex),
            ("attachment_word", &parts.attachment),
            ("table_word", &parts.table),
            ("footnote_word", &parts.footnote),
            ("article_word", &parts.article),
            ("above", &pointers.above),
            ("below", &pointers.below),
            ("operative", &pointers.operative),
            ("operative_part", &pointers.operative_part),
            ("thereof", &pointers.thereof),
        ];
        let helpers = [
            ("this_word", &pointers.this),
            ("toward", &pointers.toward),
            ("that_word", &pointers.that),
            ("free_word", &pointers.free),
            ("from_word", &pointers.from),
            ("its_word", &pointers.its),
            ("point_word", &parts.point),
            ("text_word", &pointers.texts),
        ];
        // `OP40`: letters in capitals have their number right behind.
        let end = |word: &str| match word.bytes().all(|byte| byte.is_ascii_uppercase()) {
            true => "(end_of_word | &ASCII_DIGIT)",
            false => "end_of_word",
        };
        let word = |word: &str| format!("{} ~ {}", spelled(word), end(word));
        for (name, words) in tokens {
            let _ = writeln!(rules, "{name} = {{ {} }}", choice(words, word));
        }
        for (name, words) in helpers {
            let _ = writeln!(rules, "{name} = _{{ {} }}", choice(words, word));
        }
    }

    /// The rules that these words make.
    pub fn rules(&self) -> String {
        let all = |table: &BTreeMap<String, Vec<String>>| table.values().flatten().cloned().collect::<Vec<_>>();
        let mut rules = String::new();
        for (name, words) in [
            ("body", all(&self.bodies)),
            ("adjective", all(&self.adjectives)),
            ("kind", all(&self.kinds)),
            ("compound", all(&self.compounds)),
            ("before_body", self.before_bodies.clone()),
            ("other", self.others.clone()),
        ] {
            let _ =
                writeln!(rules, "{name} = {{ {} }}", choice(&words, |word| format!("{} ~ end_of_word", spelled(word))));
        }
        self.own_rules(&mut rules);
        let signs = choice(&self.signs, |sign| {
            // `no` is a sign only where a number may follow.
            let after = if sign.ends_with(char::is_alphabetic) { " ~ &(blank | ASCII_DIGIT)" } else { "" };
            format!("{}{after}", spelled_exactly(sign))
        });
        let _ = writeln!(rules, "sign = {{ {signs} }}");
        for (name, words) in [("such_as", &self.such_as), ("adopting", &self.adopting), ("leads_in", &self.about)] {
            let _ =
                writeln!(rules, "{name} = _{{ {} }}", choice(words, |word| format!("{} ~ end_of_word", spelled(word))));
        }
        let _ = writeln!(rules, "month = _{{ {} }}", choice(&self.months, spelled));
        let _ = writeln!(rules, "organization = _{{ gap ~ ({}) ~ end_of_word }}", choice(&self.organization, spelled));
        rules
    }
}

/// Longer words first: the first that fits is taken. No words fit nothing.
fn choice(words: &[String], rule: impl Fn(&str) -> String) -> String {
    let mut words: Vec<&String> = words.iter().collect::<BTreeSet<_>>().into_iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rules: Vec<String> = words.into_iter().map(|word| rule(word)).collect();
    if rules.is_empty() { "!ANY ~ ANY".to_owned() } else { rules.join(" | ") }
}

/// The rules of a language with their words in any case, as titles and heads in capitals
/// have them: “BESCHLÜSSE NR. 5/14 UND NR. 6/17”.
pub fn in_any_case(rules: &str) -> String {
    let lines = rules.lines().map(|line| {
        let code = line.split("//").next().unwrap_or_default();
        let parts: Vec<&str> = code.split('"').collect();
        let part = |(at, part): (usize, &&str)| match at % 2 {
            0 => (*part).to_owned(),
            _ if parts[at - 1].ends_with('^') => format!("\"{part}\""),
            _ => format!("({})", spelled(part)),
        };
        parts.iter().enumerate().map(part).collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A word in any case; in capitals alone where it is an abbreviation.
fn spelled(word: &str) -> String {
    if !word.chars().any(char::is_lowercase) {
        return spelled_exactly(word);
    }
    let letter = |c: char| {
        let (lower, upper) = (c.to_lowercase().to_string(), c.to_uppercase().to_string());
        if lower == upper { format!("{lower:?}") } else { format!("({lower:?} | {upper:?})") }
    };
    // pest's own folding knows ASCII alone.
    word.chars()
        .map(|c| match c {
            ' ' => "gap".to_owned(),
            '’' | '\'' => "(\"’\" | \"'\")".to_owned(),
            '-' => "(\"-\" | \"‑\")".to_owned(),
            _ if c.is_ascii_alphabetic() => format!("^\"{c}\""),
            _ => letter(c),
        })
        .collect::<Vec<_>>()
        .join(" ~ ")
        .replace("\" ~ ^\"", "")
}

fn spelled_exactly(word: &str) -> String {
    format!("{word:?}").replace(' ', "\" ~ gap ~ \"")
}

/// Words as they are written, the longest first.
pub fn longest_first(words: &[String]) -> Vec<&str> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect::<BTreeSet<_>>().into_iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// The same words as they are looked up: folded, sorted.
pub fn folded(table: &BTreeMap<String, Vec<String>>) -> Vec<(String, String)> {
    let pairs = table.iter().flat_map(|(key, words)| words.iter().map(|word| (fold(word), key.clone())));
    let pairs: BTreeMap<String, String> = pairs.collect();
    pairs.into_iter().collect()
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('\'', "’").replace('‑', "-")
}
