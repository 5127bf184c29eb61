//! What may stand at a place: keys and values of the header, keywords, opening phrases,
//! symbols, labels, values, filters, delegations, paths.

use std::collections::BTreeSet;
use std::ops::Range;

use super::reading::Reading;
use super::words::{BRACES, of_filter, of_keyword};
use crate::cite::State;
use crate::compile::{built_in_clauses, built_in_templates, filters_for};
use crate::diag::{Code, Held};
use crate::locale::Locale;
use crate::registry::Instrument;
use crate::syntax::Type;
use crate::syntax::ast::KeywordName;

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CompletionKind {
    /// A key of the header.
    Key,
    /// A value of one.
    Value,
    /// A keyword.
    Keyword,
    /// A phrase that opens a clause.
    Phrase,
    /// An instrument.
    Instrument,
    /// A label.
    Label,
    /// A value of the document.
    Parameter,
    /// A filter.
    Filter,
    /// A delegation.
    Delegation,
    /// A file.
    File,
}

/// Something that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Completion {
    /// What is shown.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// Said beside it.
    pub detail: String,
    /// The bytes in whose place it is put.
    pub range: Range<usize>,
    /// What is put there; `$0` says where the cursor goes then.
    pub insert: String,
    /// What typed words are compared with, where that is not what is shown.
    pub filter: Option<String>,
}

/// So many instruments are offered at once.
const INSTRUMENTS: usize = 60;

impl Reading<'_> {
    /// What may stand at an offset. `files` are the paths of the project's files.
    pub fn completions(&self, offset: usize, files: &[String]) -> Vec<Completion> {
        let mut all = self.all_completions(offset, files);
        // What was found by words of a title has them, and not what was typed.
        all.retain(|item| {
            let typed = self.slice(item.range.clone()).to_lowercase();
            item.filter.is_some() || item.label.to_lowercase().contains(typed.trim())
        });
        all
    }

    fn all_completions(&self, offset: usize, files: &[String]) -> Vec<Completion> {
        let text = self.text();
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let line_start = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let line = &text[line_start..offset];
        let is_closed = text[offset..].trim_start_matches(' ').starts_with('}');
        let asked = Asked { offset, line_start, line, files, is_closed };
        let rule = self.tree.header.rule.map_or_else(|| self.header_end(), |rule| rule.range().start);
        if offset <= rule && line_start < rule.max(1) {
            return self.in_header(&asked);
        }
        if let Some(open) = open_sign(line, '{', '}') {
            return self.in_braces(&asked, open);
        }
        let mut all = self.in_bracket(&asked);
        if let Some(path) = ["include:", "member:"].iter().find_map(|word| line.trim_start().strip_prefix(word)) {
            return self.paths(&asked, path.trim_start());
        }
        all.extend(self.symbols_at(&asked));
        all.extend(self.line_begins(&asked));
        all
    }

    /// Where the header ends that has no line of dashes: at the first empty line.
    fn header_end(&self) -> usize {
        let text = self.text();
        text.find("\n\n").unwrap_or(text.len())
    }

    fn in_header(&self, asked: &Asked<'_>) -> Vec<Completion> {
        let line = asked.line;
        if let Some((key, value)) = line.split_once(':')
            && !line.starts_with([' ', '\t'])
        {
            return self.values(asked, key.trim(), value.trim_start());
        }
        if line.starts_with([' ', '\t']) || line.starts_with('-') {
            return Vec::new();
        }
        let given: BTreeSet<&str> =
            self.tree.header.entries().filter(|entry| !entry.lines.is_empty()).map(|e| e.key.text.as_str()).collect();
        let mut all = Vec::new();
        let mut key = |name: &str, detail: &str| {
            all.push(asked.item(name, CompletionKind::Key, detail, line, format!("{name}: ")));
        };
        if !given.contains("document") {
            key("document", "the type of document");
        }
        if self.template.is_none() && !given.contains("language") {
            key("language", "the language of the text");
        }
        for parameter in self.parameters() {
            if !given.contains(parameter.name.as_str()) || parameter.repeatable {
                key(&parameter.name, &parameter.about);
            }
        }
        all
    }

    fn values(&self, asked: &Asked<'_>, key: &str, typed: &str) -> Vec<Completion> {
        let last = typed.rsplit(';').next().unwrap_or_default().trim_start();
        let item = |label: &str, detail: &str| asked.item(label, CompletionKind::Value, detail, last, label.to_owned());
        match key {
            "document" | "extends" => {
                let mut names: BTreeSet<String> = built_in_templates().map(str::to_owned).collect();
                names.extend(asked.files.iter().filter_map(|path| {
                    path.strip_prefix("templates/")?.strip_suffix(".decl")?.split('.').next().map(str::to_owned)
                }));
                return names.iter().map(|name| item(name, "a type of document")).collect();
            }
            "allow" => {
                if typed.contains(' ') {
                    return Vec::new();
                }
                let states = State::ALL.into_iter().filter(|state| !state.is_good()).map(State::name);
                let codes = Code::ALL.iter().filter(|code| code.held() != Held::Always).map(|code| code.name());
                let names: BTreeSet<&str> = states.chain(codes).collect();
                return names.into_iter().map(|name| item(name, "")).collect();
            }
            "delegations" => {
                let states = self.locale.states.iter();
                return states.map(|(code, state)| item(code, &state.name)).collect();
            }
            _ => {}
        }
        let Some(parameter) = self.parameter(key) else { return Vec::new() };
        let kind = match &parameter.kind {
            Type::List(kind) => kind,
            kind => kind,
        };
        match kind {
            Type::Boolean => ["yes", "no"].map(|word| item(word, &parameter.about)).to_vec(),
            Type::Choice(words) => words.iter().map(|word| item(word, &parameter.about)).collect(),
            Type::Language => Locale::tags()
                .map(|tag| item(tag, Locale::of(tag).map_or("", |locale| &locale.english_name.text)))
                .collect(),
            Type::Date => self.compilation.as_of.map(|day| item(&day.to_string(), "a day")).into_iter().collect(),
            Type::Symbol => self.instruments(asked, last, false),
            Type::Text | Type::Lines | Type::Integer | Type::List(_) | Type::Record(_) => Vec::new(),
        }
    }

    fn in_braces(&self, asked: &Asked<'_>, open: usize) -> Vec<Completion> {
        let inside = asked.line.get(open + 1..).unwrap_or_default();
        if let Some(name) = inside.strip_prefix('@') {
            if let Some((_, filter)) = name.split_once('|') {
                return vec![self.filter(asked, filter.trim_start(), "number")];
            }
            let mut all = Vec::new();
            for (label, _) in self.labels() {
                let detail = self.number_of_label(&label).unwrap_or_default();
                all.push(asked.item(&label, CompletionKind::Label, &detail, name, format!("{label}}}")));
            }
            all.iter_mut().for_each(|item| asked.before_brace(item));
            return all;
        }
        if let Some((subject, filter)) = inside.rsplit_once('|') {
            let subject = subject.split(['|', '.']).next().unwrap_or_default().trim();
            let kind = self.parameter(subject).map_or(Type::Text, |parameter| parameter.kind);
            let typed = filter.trim_start();
            return filters_for(&kind).into_iter().map(|name| self.filter(asked, typed, name)).collect();
        }
        if inside.starts_with('#') || inside.contains(':') {
            return Vec::new();
        }
        if let Some(slug) = inside.strip_prefix("cite ") {
            let named = self.session.registry().worded().filter(|entry| entry.slug.is_some());
            let item = |entry: &Instrument| {
                let slug_of = entry.slug.as_deref().unwrap_or_default();
                asked.item(
                    slug_of,
                    CompletionKind::Instrument,
                    self.title(entry).unwrap_or_default(),
                    slug,
                    slug_of.into(),
                )
            };
            return named.map(item).collect();
        }
        let mut all = Vec::new();
        for parameter in self.own_parameters().iter().chain(self.parameters()) {
            let mut item = asked.item(
                &parameter.name,
                CompletionKind::Parameter,
                &parameter.about,
                inside,
                parameter.name.clone() + "}",
            );
            asked.before_brace(&mut item);
            all.push(item);
        }
        for (label, detail, insert) in BRACES {
            let mut item = asked.item(label, CompletionKind::Keyword, detail, inside, format!("{insert}}}"));
            asked.before_brace(&mut item);
            all.push(item);
        }
        for mut item in self.instruments(asked, inside, true) {
            item.insert.push('}');
            asked.before_brace(&mut item);
            all.push(item);
        }
        all
    }

    fn filter(&self, asked: &Asked<'_>, typed: &str, name: &str) -> Completion {
        asked.item(name, CompletionKind::Filter, of_filter(name), typed, name.to_owned())
    }

    /// Delegations where a bracket or an alternative begins.
    fn in_bracket(&self, asked: &Asked<'_>) -> Vec<Completion> {
        let Some(open) = open_sign(asked.line, '[', ']') else { return Vec::new() };
        let inside = asked.line.get(open + 1..).unwrap_or_default();
        let last = inside.rsplit('|').next().unwrap_or_default().trim_start();
        let name = last.rsplit(',').next().unwrap_or_default().trim_start();
        let may_be_names = last.len() <= 24 && !last.contains(':') && !last.contains(char::is_lowercase);
        if !may_be_names {
            return Vec::new();
        }
        let own = self.given("delegations").map(|entry| entry.value()).unwrap_or_default();
        let own = own.split(';').map(str::trim).filter(|name| !name.is_empty());
        let mut names: Vec<(String, String)> = own.map(|name| (name.to_owned(), "of this text".to_owned())).collect();
        names.extend(self.locale.states.iter().map(|(code, state)| (code.clone(), state.name.clone())));
        if self.locale.is_delegation("EU") {
            names.push(("EU".to_owned(), String::new()));
        }
        let item = |(code, detail): (String, String)| {
            asked.item(&code, CompletionKind::Delegation, &detail, name, format!("{code}: "))
        };
        names.into_iter().map(item).collect()
    }

    fn paths(&self, asked: &Asked<'_>, typed: &str) -> Vec<Completion> {
        let own = self.source.name().replace('\\', "/");
        let is_member = asked.line.trim_start().starts_with("member:");
        let files = asked.files.iter().filter(|path| path.ends_with(".decl") && !own.ends_with(path.as_str()));
        let mut paths: BTreeSet<String> = files.cloned().collect();
        if !is_member {
            paths.extend(built_in_clauses());
        }
        let item = |path: &String| asked.item(path, CompletionKind::File, "", typed, path.clone());
        paths.iter().map(item).collect()
    }

    /// Symbols, where one is begun.
    fn symbols_at(&self, asked: &Asked<'_>) -> Vec<Completion> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "./()-".contains(c);
        let start = asked
            .line
            .rfind(|c: char| !is_part(c))
            .map_or(0, |at| at + asked.line.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let typed = asked.line.get(start..).unwrap_or_default();
        let series = typed.split(['.', '/', '(']).next().unwrap_or_default();
        let is_begun =
            !series.is_empty() && series.len() < typed.len() && series.chars().all(|c| c.is_ascii_uppercase());
        if is_begun { self.instruments(asked, typed, false) } else { Vec::new() }
    }

    /// Instruments by the beginning of their symbol, or with `by_title` by words of their
    /// title or name.
    fn instruments(&self, asked: &Asked<'_>, typed: &str, by_title: bool) -> Vec<Completion> {
        let typed = typed.trim_start();
        let item = |entry: &Instrument, filter: Option<String>| Completion {
            label: entry.key().to_owned(),
            kind: CompletionKind::Instrument,
            detail: self.title(entry).unwrap_or_default().to_owned(),
            range: asked.offset - typed.len()..asked.offset,
            insert: entry.key().to_owned(),
            filter,
        };
        let registry = self.session.registry();
        if typed.is_empty() {
            return Vec::new();
        }
        let begins = |entry: &&Instrument| entry.symbol.as_deref().is_some_and(|symbol| symbol.starts_with(typed));
        let mut all: Vec<&Instrument> = registry.worded().filter(begins).collect();
        // The latest first: they are cited most.
        all.sort_by_key(|entry| (std::cmp::Reverse(entry.adopted), entry.symbol.clone()));
        let mut items: Vec<Completion> = all.into_iter().take(INSTRUMENTS).map(|entry| item(entry, None)).collect();
        let words: Vec<String> = typed.to_lowercase().split_whitespace().map(str::to_owned).collect();
        if by_title && items.is_empty() && typed.chars().count() >= 3 {
            let has = |entry: &&Instrument| {
                let titles = entry.titles.iter().map(|(_, title)| title);
                let mut all = titles.chain(entry.names.iter().flat_map(|(_, names)| names.iter()));
                all.any(|title| {
                    let title = title.to_lowercase();
                    words.iter().all(|word| title.contains(word.as_str()))
                })
            };
            let found = registry.worded().filter(has).take(INSTRUMENTS);
            items.extend(found.map(|entry| match entry.symbol {
                Some(_) => item(entry, Some(typed.to_owned())),
                None => Completion { insert: format!("cite {}", entry.key()), ..item(entry, Some(typed.to_owned())) },
            }));
        }
        items
    }

    /// Keywords and opening phrases, where a line or a paragraph begins.
    fn line_begins(&self, asked: &Asked<'_>) -> Vec<Completion> {
        let typed = asked.line.trim_start();
        let mut all = Vec::new();
        if typed.chars().all(char::is_alphabetic) {
            for (word, keyword) in KeywordName::ALL {
                all.push(asked.item(word, CompletionKind::Keyword, of_keyword(keyword), typed, format!("{word}: ")));
            }
        }
        let words = match typed.split_once(' ') {
            Some((marker, words)) if marker.ends_with(['.', ')']) && marker.len() <= 8 => words.trim_start(),
            _ => typed,
        };
        if words.split_whitespace().count() > 4 || !words.chars().all(|c| c.is_alphabetic() || " '’-".contains(c)) {
            return all;
        }
        let is_operative = words.len() != typed.len() || self.is_operative(asked.offset);
        let phrases = if is_operative { &self.locale.operative } else { &self.locale.preambular };
        for phrase in phrases {
            // What stands in brackets is for people.
            let words_of = phrase.phrase.split(" (").next().unwrap_or_default();
            all.push(asked.item(words_of, CompletionKind::Phrase, "", words, format!("{words_of} ")));
        }
        all
    }

    fn is_operative(&self, offset: usize) -> bool {
        let before = self.slice(0..offset);
        let at = |word: &str| before.rfind(&format!("\n{word}:"));
        match (at("operative"), at("preamble")) {
            (Some(operative), Some(preamble)) => operative > preamble,
            (operative, _) => operative.is_some(),
        }
    }
}

/// A place at which is asked what may stand there.
struct Asked<'t> {
    offset: usize,
    line_start: usize,
    /// The line up to the place.
    line: &'t str,
    files: &'t [String],
    /// Whether a brace is closed right behind it.
    is_closed: bool,
}

impl Asked<'_> {
    /// Something in the place of what was typed, which ends at the place.
    fn item(&self, label: &str, kind: CompletionKind, detail: &str, typed: &str, insert: String) -> Completion {
        let start = self.offset.saturating_sub(typed.len()).max(self.line_start);
        Completion {
            label: label.to_owned(),
            kind,
            detail: detail.to_owned(),
            range: start..self.offset,
            insert,
            filter: None,
        }
    }

    /// A brace that an editor has closed already is not closed again.
    fn before_brace(&self, item: &mut Completion) {
        if let Some(rest) = item.insert.strip_suffix('}').filter(|_| self.is_closed) {
            item.insert = rest.to_owned();
        }
    }
}

/// Where the innermost sign stands that is open at the end of a line.
fn open_sign(line: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in line.char_indices().rev() {
        if c == close {
            depth += 1;
        } else if c == open {
            if depth == 0 {
                let is_escaped = line.get(..at).is_some_and(|before| before.ends_with('\\'));
                return (!is_escaped).then_some(at);
            }
            depth -= 1;
        }
    }
    None
}
