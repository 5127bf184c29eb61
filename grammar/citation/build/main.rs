//! A grammar of references for each language: the common rules, the language's
//! own, and the words of its data, in one parser; and with what a reference
//! may begin, taken from the rules themselves.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

use pest_meta::ast::Rule;
use pest_meta::{optimizer, parser, validator};

use crate::node::{ALTERNATIVES, Token};
use crate::program::Program;
use crate::starts::Starts;
use crate::words::{Words, folded, in_any_case, longest_first};

#[path = "../keys.rs"]
mod keys;
mod meets;
#[path = "../node.rs"]
mod node;
mod program;
mod starts;
mod words;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Where the languages' data is: each file is a language.
const LOCALES: &str = "../../locales";

fn main() -> Result<()> {
    for read in [LOCALES, "."] {
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
    let mut table = String::from("static READERS: &[Reader] = &[\n");
    let mut sources = String::from("static GRAMMARS: &[(&str, &str)] = &[\n");
    for (tag, words) in languages {
        let file = PathBuf::from(format!("{tag}.pest"));
        let own = fs::read_to_string(&file).map_err(|error| format!("grammar/citation/{}: {error}", file.display()))?;
        let grammar = format!("{common}\n{}\n{}", in_any_case(&own), words.rules());
        let rules = rules(&grammar).map_err(|error| format!("{}: {error}", file.display()))?;
        writeln!(sources, "    ({tag:?}, {grammar:?}),")?;
        reader(&mut table, tag, words, &rules).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    fs::write(out.join("citation.rs"), format!("{table}];\n{sources}];\n"))?;
    Ok(())
}

/// The rules of a grammar, as pest reads and judges them.
fn rules(grammar: &str) -> Result<Vec<Rule>> {
    let pairs = parser::parse(parser::Rule::grammar_rules, grammar)?;
    validator::validate_pairs(pairs.clone()).map_err(in_words)?;
    Ok(parser::consume_rules(pairs).map_err(in_words)?)
}

fn in_words<E: Display>(errors: Vec<E>) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// What the reader of a language is made of.
fn reader(table: &mut String, tag: &str, words: &Words, rules: &[Rule]) -> Result<()> {
    let mut program = Program::new(rules, Token::of);
    writeln!(table, "    Reader {{ tag: {tag:?}, alternatives: &[")?;
    for (name, _) in ALTERNATIVES {
        writeln!(table, "        Alternative {{ step: {} }},", program.rule(name)?)?;
    }
    let (after_name, named_body) = (program.rule("after_name")?, program.rule("named_body")?);
    let optimized = optimizer::optimize(rules.to_vec());
    let starts = Starts::new(&optimized).of_each(&ALTERNATIVES.map(|(name, _)| name));
    let starts = starts::step(&starts, &mut program)?;
    writeln!(table, "    ], after_name: {after_name}, named_body: {named_body}, starts: {starts},")?;
    let Program { nodes, lists, arms, sets, letters, .. } = &program;
    writeln!(table, "        program: {{ use Class::*; use Node::*; use Token::*;")?;
    writeln!(
        table,
        "            Program {{ nodes: &{nodes:?}, lists: &{lists:?}, arms: &{arms:?}, sets: &{sets:?}, letters: &{letters:?} }} }},"
    )?;
    for (name, list) in [("bodies", &words.bodies), ("kinds", &words.kinds), ("compounds", &words.compounds)] {
        writeln!(table, "        {name}: &{:?},", folded(list))?;
    }
    writeln!(table, "        adjectives: &{:?},", folded(&words.adjectives))?;
    writeln!(table, "        leads: &{:?},", words.leads())?;
    writeln!(table, "        elided: &{:?},", words.elided)?;
    writeln!(
        table,
        "        signs: &{:?}, others: &{:?}, adopting: &{:?} }},",
        longest_first(&words.signs),
        longest_first(&words.others),
        longest_first(&words.adopting)
    )?;
    Ok(())
}
