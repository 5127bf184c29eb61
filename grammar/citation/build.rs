//! A grammar of references for each language: the common rules, the language's
//! own, and the words of its data, in one parser; and with what a reference
//! may begin, taken from the rules themselves.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::{env, fs};

use pest_meta::optimizer::{OptimizedExpr as Expr, OptimizedRule};
use serde::Deserialize;

mod keys;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How many characters of a beginning are compared.
const LENGTH: usize = 6;
/// Stands in a beginning for any capital of ASCII.
const CAPITAL: char = '\u{1}';

/// The rules for references in the order in which they are asked, and whether each has a number in it.
const ALTERNATIVES: [(&str, bool); 5] =
    [("pinned", true), ("symbols", true), ("phrase", true), ("own", false), ("this_text", false)];

/// Where the languages' data is: each file is a language.
const LOCALES: &str = "../../locales";

fn main() -> Result<()> {
    for read in [LOCALES, ".", "build.rs"] {
        println!("cargo::rerun-if-changed={read}");
    }
    let mut languages = BTreeMap::new();
    for (tag, file) in files(LOCALES, "toml")? {
        let words = Words::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        languages.insert(tag, words);
    }
    citations(&languages, Path::new(&env::var("OUT_DIR")?))
}

/// The files of a folder with an extension, by their names.
fn files(folder: &str, extension: &str) -> Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == extension)
            && let Some(name) = path.file_stem().and_then(|stem| stem.to_str())
        {
            files.insert(name.to_owned(), path);
        }
    }
    Ok(files)
}

/// `languages` are those of `locales/` by tag, with their words.
fn citations(languages: &BTreeMap<String, Words>, out: &Path) -> Result<()> {
    let common = fs::read_to_string("common.pest")?;
    let grammars = files(".", "pest")?;
    if let Some(file) = grammars.iter().find(|(tag, _)| *tag != "common" && !languages.contains_key(*tag)) {
        return Err(format!("{}: there is no such language in locales/", file.1.display()).into());
    }
    let mut code = String::new();
    let mut table = String::from("static READERS: &[Reader] = &[\n");
    for (tag, words) in languages {
        let file = PathBuf::from(format!("{tag}.pest"));
        let own = fs::read_to_string(&file).map_err(|error| format!("grammar/citation/{}: {error}", file.display()))?;
        let module = format!("in_{}", tag.to_lowercase().replace('-', "_"));
        let grammar = format!("{common}\n{}\n{}", in_any_case(&own), words.rules());
        let (_, rules) = pest_meta::parse_and_optimize(&grammar).map_err(|errors| {
            let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
            format!("{}: {}", file.display(), errors.join("\n"))
        })?;
        let starts =
            Starts { rules: rules.iter().map(|rule| (rule.name.as_str(), rule)).collect(), known: RefCell::default() };
        writeln!(code, "mod {module} {{\n    use super::*;\n    #[derive(pest_derive::Parser)]")?;
        writeln!(code, "    #[grammar_inline = {grammar:?}]\n    pub struct Grammar;\n    reader!();\n}}")?;
        writeln!(table, "    Reader {{ tag: {tag:?}, after_name: {module}::after_name, alternatives: &[")?;
        for (name, has_number) in ALTERNATIVES {
            writeln!(table, "        Alternative {{ here: {module}::{name}, has_number: {has_number} }},")?;
        }
        writeln!(table, "        ],")?;
        writeln!(table, "        named_body: {module}::named_body,")?;
        for (name, list) in [("bodies", &words.bodies), ("kinds", &words.kinds), ("compounds", &words.compounds)] {
            writeln!(table, "        {name}: &{:?},", folded(list))?;
        }
        writeln!(table, "        adjectives: &{:?},", folded(&words.adjectives))?;
        writeln!(table, "        leads: &{:?},", words.leads())?;
        writeln!(table, "        elided: &{:?},", words.elided)?;
        writeln!(
            table,
            "        signs: &{:?}, others: &{:?}, adopting: &{:?},",
            longest_first(&words.signs),
            longest_first(&words.others),
            longest_first(&words.adopting)
        )?;
        let starts = starts.of_each(&ALTERNATIVES.map(|(name, _)| name));
        writeln!(table, "        first_bytes: &{:?},", first_bytes(starts.keys()))?;
        let (text, places) = joined(&starts)?;
        writeln!(table, "        starts: {text:?}, places: &{places:?} }},")?;
    }
    table.push_str("];\n");
    fs::write(out.join("citation.rs"), code + &table)?;
    Ok(())
}

/// The words of a language by which references name bodies and kinds: what
/// its table `cited` has for the grammar alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Words {
    signs: Vec<String>,
    organization: Vec<String>,
    before_bodies: Vec<String>,
    others: Vec<String>,
    such_as: Vec<String>,
    elided: Vec<String>,
    adopting: Vec<String>,
    /// Other rooms read these too.
    about: Vec<String>,
    /// From the table `date`.
    #[serde(skip)]
    months: Vec<String>,
    bodies: BTreeMap<String, Vec<String>>,
    adjectives: BTreeMap<String, Vec<String>>,
    kinds: BTreeMap<String, Vec<String>>,
    compounds: BTreeMap<String, Vec<String>>,
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
    fn read(file: &Path) -> Result<Words> {
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
    fn leads(&self) -> Vec<(String, &'static str)> {
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
    fn rules(&self) -> String {
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
fn in_any_case(rules: &str) -> String {
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
fn longest_first(words: &[String]) -> Vec<&str> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect::<BTreeSet<_>>().into_iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// The same words as they are looked up: folded, sorted.
fn folded(table: &BTreeMap<String, Vec<String>>) -> Vec<(String, String)> {
    let pairs = table.iter().flat_map(|(key, words)| words.iter().map(|word| (fold(word), key.clone())));
    let pairs: BTreeMap<String, String> = pairs.collect();
    pairs.into_iter().collect()
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('\'', "’").replace('‑', "-")
}

/// With what the text of a rule may begin, in lower case.
struct Starts<'a> {
    rules: BTreeMap<&'a str, &'a OptimizedRule>,
    /// What was found for a rule before which so many characters stand.
    known: RefCell<BTreeMap<(String, usize), BTreeSet<Start>>>,
}

/// A beginning, and whether the rule may end there.
type Start = (String, bool);

impl Starts<'_> {
    /// Beginnings of rules, each with those that may begin so, as bits in their
    /// order; none goes on from another.
    fn of_each(&self, rules: &[&str]) -> BTreeMap<String, u8> {
        let each: Vec<_> = rules.iter().map(|rule| self.of(rule)).collect();
        let all: BTreeSet<&str> = each.iter().flatten().map(String::as_str).collect();
        // The beginnings of a beginning are few.
        let shorter = |start: &'_ str| start.char_indices().skip(1).map(|(at, _)| at).collect::<Vec<_>>();
        let goes_on = |start: &str| shorter(start).into_iter().any(|at| all.contains(&start[..at]));
        let bits = |start: &str| {
            let meets = |starts: &BTreeSet<String>| {
                let next = starts.range::<str, _>((Bound::Included(start), Bound::Unbounded)).next();
                next.is_some_and(|other| other.starts_with(start))
                    || shorter(start).into_iter().any(|at| starts.contains(&start[..at]))
            };
            each.iter().enumerate().filter(|(_, starts)| meets(starts)).map(|(at, _)| 1 << at).sum()
        };
        all.iter().filter(|start| !goes_on(start)).map(|start| ((*start).to_owned(), bits(start))).collect()
    }

    /// Beginnings of a rule of up to `LENGTH` characters; none is empty. Those that
    /// begin with capitals of any kind are left to the reader.
    fn of(&self, rule: &str) -> BTreeSet<String> {
        let starts = self.rules.get(rule).map(|rule| self.expression(&rule.expr, 0)).unwrap_or_default();
        let starts = starts.into_iter().map(|(start, _)| start.chars().take(LENGTH).collect::<String>());
        starts.filter(|start| !start.is_empty() && !start.starts_with(CAPITAL)).collect()
    }

    /// `before` characters stand before it already.
    fn expression(&self, expression: &Expr, before: usize) -> BTreeSet<Start> {
        let one = |start: &str| BTreeSet::from([(start.to_lowercase(), true)]);
        match expression {
            Expr::Str(text) if is_blank(text) => one(" "),
            Expr::Str(text) | Expr::Insens(text) => one(text),
            Expr::Ident(name) => match self.rules.get(name.as_str()) {
                Some(rule) => {
                    let key = (name.clone(), before);
                    let known = self.known.borrow().get(&key).cloned();
                    known.unwrap_or_else(|| {
                        let starts = self.expression(&rule.expr, before);
                        self.known.borrow_mut().insert(key, starts.clone());
                        starts
                    })
                }
                None => class(name, before),
            },
            Expr::Seq(first, second) => {
                let mut all = BTreeSet::new();
                // What comes second, by the length of what stands before it.
                let mut seconds: BTreeMap<usize, BTreeSet<Start>> = BTreeMap::new();
                for (start, may_end) in self.expression(first, before) {
                    let length = before + start.chars().count();
                    // After a blank nothing more is compared.
                    if !may_end || length >= LENGTH || start.ends_with(' ') {
                        all.insert((start, false));
                        continue;
                    }
                    let second = seconds.entry(length).or_insert_with(|| self.expression(second, length));
                    all.extend(second.iter().map(|(more, may_end)| (format!("{start}{more}"), *may_end)));
                }
                all
            }
            Expr::Choice(first, second) => {
                let mut all = self.expression(first, before);
                all.extend(self.expression(second, before));
                all
            }
            Expr::Opt(inner) | Expr::Rep(inner) => {
                let mut all = self.expression(inner, before);
                all.extend(one(""));
                all
            }
            Expr::Push(inner) | Expr::RestoreOnErr(inner) => self.expression(inner, before),
            // What is only looked at; `!ANY ~ ANY` cannot begin at all.
            Expr::NegPred(inner) if matches!(&**inner, Expr::Ident(name) if name == "ANY") => BTreeSet::new(),
            Expr::PosPred(_) | Expr::NegPred(_) => one(""),
            _ => BTreeSet::from([(String::new(), false)]),
        }
    }
}

/// The blanks of the grammar are compared as one.
fn is_blank(text: &str) -> bool {
    matches!(text, "\t" | "\u{A0}" | "\u{202F}" | "\u{2007}" | "\u{2009}")
}

/// Any one of a class of characters: nothing is known after it.
fn class(name: &str, before: usize) -> BTreeSet<Start> {
    match name {
        "ASCII_ALPHA_UPPER" if before == 0 => BTreeSet::from([(CAPITAL.to_string(), false)]),
        _ => BTreeSet::from([(String::new(), false)]),
    }
}

/// The two bytes with which a text may begin, in either case, as bits.
/// Of a beginning where it stands in the text of all, how long it is, and its bits.
type Place = (u32, u8, u8);

/// Beginnings as one text, and of each where it begins there, how long it is, and its bits: tens of thousands of
/// addresses would have to be set each time the program starts.
fn joined(starts: &BTreeMap<String, u8>) -> Result<(String, Vec<Place>)> {
    let mut text = String::new();
    let mut places = Vec::with_capacity(starts.len());
    for (start, bits) in starts {
        places.push((u32::try_from(text.len())?, u8::try_from(start.len())?, *bits));
        text.push_str(start);
    }
    Ok((text, places))
}

fn first_bytes<'s>(starts: impl Iterator<Item = &'s String>) -> Vec<u64> {
    let mut bits = vec![0u64; 1024];
    let mut set = |bytes: [u8; 2]| {
        let at = usize::from(bytes[0]) << 8 | usize::from(bytes[1]);
        bits[at >> 6] |= 1 << (at & 63);
    };
    let cases = |c: char| c.to_lowercase().chain(c.to_uppercase());
    for start in starts {
        let mut signs = start.chars();
        let (first, second) = (signs.next(), signs.next());
        for first in first.into_iter().flat_map(cases) {
            let mut buffer = [0; 4];
            match *first.encode_utf8(&mut buffer).as_bytes() {
                [one] => match second {
                    Some(' ') | None => (0..=255).for_each(|next| set([one, next])),
                    Some(second) => {
                        for second in cases(second) {
                            let mut buffer = [0; 4];
                            set([one, second.encode_utf8(&mut buffer).as_bytes()[0]]);
                        }
                    }
                },
                [one, two, ..] => set([one, two]),
                [] => {}
            }
        }
    }
    bits
}
