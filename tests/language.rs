//! Each rule of the language, by texts that keep it and texts that do not: the
//! sections of `tests/language/*.decl`. `tests/README.md` says how they are
//! written; none of them needs Rust.

use std::collections::{BTreeMap, BTreeSet};

use chancery::compile::Compilation;
use chancery::diag::{Code, Diagnostic, apply_fixes};
use chancery::locale::Locale;
use chancery::render;

use crate::support::{HEADER, compiled, compiled_in};

const FOLDER: &str = "tests/language";

/// The header of a final text.
const FINAL: &str = "document: declaration\nstatus: final\nsymbol: MC.DOC/901/26\nadopted: 2026-12-04\nlanguage: en\n\
                     title: Declaration on an example\n---\n\n";

/// A finding that a text says it has, `// error: misnumbered "5."`.
struct Expected<'a> {
    written: &'a str,
    severity: &'a str,
    code: &'a str,
    words: Option<String>,
}

impl<'a> Expected<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let written = line.trim();
        let (severity, rest) = written.strip_prefix("// ")?.split_once(": ")?;
        if !["error", "warning", "info"].contains(&severity) {
            return None;
        }
        let (code, words) = rest.split_once(' ').map_or((rest, None), |(code, words)| (code, Some(words)));
        assert!(Code::named(code).is_some(), "there is no code `{code}`: {line}");
        let unquoted = |words: &str| {
            let inner = words.strip_prefix('"').and_then(|words| words.strip_suffix('"'));
            decoded(inner.unwrap_or_else(|| panic!("words stand in quotation marks: {line}")))
        };
        Some(Expected { written, severity, code, words: words.map(unquoted) })
    }

    fn is(&self, found: &Found) -> bool {
        self.severity == found.severity
            && self.code == found.code
            && self.words.as_ref().is_none_or(|words| *words == found.words)
    }
}

/// A finding that was made, in a part of a case and at a line of it.
struct Found {
    part: usize,
    line: usize,
    severity: &'static str,
    code: &'static str,
    words: String,
}

impl Found {
    fn written(&self) -> String {
        let words = if self.words.is_empty() || self.words.contains('\n') {
            String::new()
        } else {
            format!(" \"{}\"", encoded(&self.words))
        };
        format!("// {}: {}{words}", self.severity, self.code)
    }
}

/// What stands below a line `--- name`: a file, or what comes of all.
struct Part<'a> {
    name: &'a str,
    lines: Vec<&'a str>,
    /// The number of the line that each concerns.
    expected: Vec<(usize, Expected<'a>)>,
    /// Blank lines after it, which belong to nothing.
    blank: usize,
}

impl<'a> Part<'a> {
    fn new(name: &'a str) -> Self {
        Part { name, lines: Vec::new(), expected: Vec::new(), blank: 0 }
    }

    fn add(&mut self, line: &'a str) {
        match Expected::read(line) {
            Some(expected) => self.expected.push((self.lines.len(), expected)),
            None => self.lines.push(line),
        }
    }

    fn end(&mut self) {
        while self.lines.last().is_some_and(|line| line.is_empty()) {
            self.lines.pop();
            self.blank += 1;
        }
        for (line, _) in &mut self.expected {
            *line = (*line).min(self.lines.len());
        }
    }

    fn is_a_file(&self) -> bool {
        !["printed", "mended"].contains(&self.name)
    }

    /// The author's text, without what is expected of it.
    fn text(&self) -> String {
        self.lines.iter().map(|line| decoded(line) + "\n").collect()
    }

    /// The lines with the findings that were made.
    fn with(&self, found: &[&Found]) -> Vec<String> {
        let mut out = Vec::new();
        for at in 0..=self.lines.len() {
            let line = self.lines.get(at).copied();
            let indentation: String = line.unwrap_or("").chars().take_while(|c| *c == ' ').collect();
            let mut left: Vec<&Found> = found.iter().copied().filter(|found| found.line == at).collect();
            // Those that name words first: others would take theirs.
            let mut expected: Vec<&Expected> =
                self.expected.iter().filter(|(line, _)| *line == at).map(|(_, expected)| expected).collect();
            expected.sort_by_key(|expected| expected.words.is_none());
            let mut kept = BTreeSet::new();
            for expected in expected {
                if let Some(hit) = left.iter().position(|found| expected.is(found)) {
                    left.remove(hit);
                    kept.insert(std::ptr::from_ref(expected));
                }
            }
            let in_order = self.expected.iter().map(|(_, expected)| expected);
            let kept = in_order.filter(|expected| kept.contains(&std::ptr::from_ref(*expected)));
            out.extend(kept.map(|expected| format!("{indentation}{}", expected.written)));
            out.extend(left.iter().map(|found| format!("{indentation}{}", found.written())));
            out.extend(line.map(str::to_owned));
        }
        out
    }

    /// The lines of a text that came out; as they were written where they say it.
    fn or_rather(&self, text: &str) -> Vec<String> {
        let written = |at: usize, line: &str| {
            let same = self.lines.get(at).filter(|written| decoded(written) == line);
            same.map_or_else(|| encoded(line), |written| (*written).to_owned())
        };
        text.lines().enumerate().map(|(at, line)| written(at, line)).collect()
    }
}

/// A section of a file.
struct Case<'a> {
    /// The number of its first line.
    line: usize,
    title: &'a str,
    name: &'a str,
    language: &'a str,
    is_final: bool,
    parts: Vec<Part<'a>>,
}

impl<'a> Case<'a> {
    fn new(title: &'a str, line: usize) -> Self {
        let (name, facts) = title.split_once(" (").unwrap_or((title, ")"));
        let mut case = Case { line, title, name, language: "en", is_final: false, parts: vec![Part::new("text.decl")] };
        let facts = facts.strip_suffix(')').unwrap_or_else(|| panic!("no bracket closes: {title}"));
        for fact in facts.split(", ").filter(|fact| !fact.is_empty()) {
            match fact {
                "final" => case.is_final = true,
                tag if Locale::of(tag).is_some() => case.language = tag,
                _ => panic!("`{fact}` is neither `final` nor a language: {title}"),
            }
        }
        case
    }

    /// The header that a text gets which has none.
    fn header(&self) -> String {
        if self.parts[0].lines.first().is_some_and(|line| line.starts_with("document:")) {
            return String::new();
        }
        let header = if self.is_final { FINAL } else { HEADER };
        header.replace("language: en", &format!("language: {}", self.language))
    }

    fn text(&self) -> String {
        self.header() + &self.parts[0].text()
    }

    fn compiled(&self) -> Compilation {
        let files = self.parts.iter().skip(1).filter(|part| part.is_a_file());
        let files: BTreeMap<String, String> = files.map(|part| (part.name.to_owned(), part.text())).collect();
        compiled_in(&self.text(), &files)
    }

    /// What lies in no line of the case, as in a header that it was given, is
    /// said after the last line of its text.
    fn found(&self, compilation: &Compilation, found: &Diagnostic) -> Found {
        let source = compilation.sources.get(found.place.file).expect("a finding has its source");
        let lines = |text: &str| text.matches('\n').count();
        let line = lines(&source.text()[..found.place.range().start]);
        let part = self.parts.iter().position(|part| part.is_a_file() && part.name == source.name());
        let line = match part {
            Some(0) => line.checked_sub(lines(&self.header())),
            Some(_) => Some(line),
            None => None,
        };
        let part = part.unwrap_or(0);
        let end = self.parts[part].lines.len();
        Found {
            part,
            line: line.unwrap_or(end).min(end),
            severity: found.severity.name(),
            code: found.code.name(),
            words: compilation.sources.slice(found.place).to_owned(),
        }
    }

    fn printed(&self, compilation: &Compilation) -> String {
        let Some(checked) = &compilation.checked else { return "nothing: there are errors".to_owned() };
        let text = render::flowed(checked, 72);
        let below = if self.header().is_empty() { None } else { text.split_once("EXAMPLE\n") };
        below.map_or(text.as_str(), |(_, below)| below).trim_matches('\n').to_owned()
    }

    fn mended(&self, compilation: &Compilation) -> String {
        let (text, _) = apply_fixes(&self.text(), compilation.file, compilation.found.iter());
        text[self.header().len()..].to_owned()
    }

    /// The lines of the case as they would be right.
    fn as_it_is(&self) -> Vec<String> {
        let compilation = self.compiled();
        assert_eq!(compilation.checked.is_none(), compilation.found.has_errors(), "{}", self.title);
        let found: Vec<Found> = compilation.found.iter().map(|found| self.found(&compilation, found)).collect();
        let mut out = vec![format!("=== {}", self.title)];
        for (at, part) in self.parts.iter().enumerate() {
            if at > 0 {
                out.push(format!("--- {}", part.name));
            }
            out.extend(match part.name {
                "printed" => part.or_rather(&self.printed(&compilation)),
                "mended" => part.or_rather(&self.mended(&compilation)),
                _ => part.with(&found.iter().filter(|found| found.part == at).collect::<Vec<_>>()),
            });
            out.resize(out.len() + part.blank, String::new());
        }
        out
    }
}

/// The cases of a file; what stands before the first is a remark.
fn cases(text: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if let Some(title) = line.strip_prefix("=== ") {
            cases.push(Case::new(title, at + 1));
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        // Not a rule of a printed table.
        match line.strip_prefix("--- ").filter(|name| name.starts_with(char::is_alphabetic)) {
            Some(name) => case.parts.push(Part::new(name)),
            None => case.parts.last_mut().expect("a case has a part").add(line),
        }
    }
    cases.iter_mut().flat_map(|case| &mut case.parts).for_each(Part::end);
    cases
}

/// Signs that nobody sees are written by their numbers, `<U+00AD>`.
fn decoded(line: &str) -> String {
    let mut pieces = line.split("<U+");
    let mut out = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once('>').unwrap_or_else(|| panic!("no `>` after `<U+`: {line}"));
        let sign = u32::from_str_radix(number, 16).ok().and_then(char::from_u32);
        out.push(sign.unwrap_or_else(|| panic!("`{number}` is no character: {line}")));
        out.push_str(rest);
    }
    out
}

fn encoded(text: &str) -> String {
    let is_unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{A0}' | '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{2011}' | '\u{2066}'..='\u{2069}' | '\u{2028}'..='\u{202F}' | '\u{2060}' | '\u{FEFF}')
    };
    text.chars().map(|c| if is_unseen(c) { format!("<U+{:04X}>", u32::from(c)) } else { c.to_string() }).collect()
}

/// All lines of two texts; `-` stands before what is only in the first.
fn differences(first: &[String], second: &[String]) -> String {
    // For each pair of ends the length of the longest common run of lines.
    let mut common = vec![vec![0usize; second.len() + 1]; first.len() + 1];
    for a in (0..first.len()).rev() {
        for b in (0..second.len()).rev() {
            common[a][b] = match first[a] == second[b] {
                true => common[a + 1][b + 1] + 1,
                false => common[a + 1][b].max(common[a][b + 1]),
            };
        }
    }
    let (mut a, mut b, mut out) = (0, 0, String::new());
    while a < first.len() || b < second.len() {
        let (sign, line) = if a < first.len() && b < second.len() && first[a] == second[b] {
            (a, b) = (a + 1, b + 1);
            (' ', &first[a - 1])
        } else if b == second.len() || a < first.len() && common[a + 1][b] >= common[a][b + 1] {
            a += 1;
            ('-', &first[a - 1])
        } else {
            b += 1;
            ('+', &second[b - 1])
        };
        out.push_str(&format!("  {sign} {line}\n"));
    }
    out
}

fn files() -> Vec<(String, String)> {
    let entries = std::fs::read_dir(FOLDER).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<(String, String)> = entries
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("UTF-8")))
        .filter(|(path, _)| path.ends_with(".decl"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_case_has_the_findings_and_the_text_that_it_says() {
    let mut wrong = String::new();
    let mut names = BTreeSet::new();
    for (path, text) in files() {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let cases = cases(&text);
        let before = cases.first().map_or(0, |case| case.line - 1);
        let mut whole: Vec<String> = lines[..before].to_vec();
        for (at, case) in cases.iter().enumerate() {
            assert!(names.insert(case.name.to_owned()), "{path}:{}: a second `{}`", case.line, case.name);
            let end = cases.get(at + 1).map_or(lines.len(), |next| next.line - 1);
            let is = case.as_it_is();
            if is != lines[case.line - 1..end] {
                let differences = differences(&lines[case.line - 1..end], &is);
                wrong.push_str(&format!("{path}:{}\n{differences}\n", case.line));
            }
            whole.extend(is);
        }
        // As snapshots are accepted.
        if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") && whole != lines {
            std::fs::write(&path, whole.join("\n") + "\n").expect("written");
        }
    }
    assert!(wrong.is_empty(), "what is written (-) is not what is found (+):\n\n{wrong}");
}

#[test]
fn every_case_has_sound_places_and_a_stable_canonical_form() {
    for (_, text) in files() {
        for case in cases(&text) {
            crate::properties::places_are_sound(&case.text());
            crate::properties::canonical_form_is_stable(&case.text());
        }
    }
}

#[test]
fn a_case_that_says_too_much_or_too_little_is_shown_with_the_difference() {
    let text = "=== wrong (fr)\n1. a\n\n// error: open-bracket \"b\"\n5. « b »\n\n// warning: spacing\n6. c; [d]\n--- printed\n1. a\n";
    let written: Vec<String> = text.lines().map(str::to_owned).collect();
    let is = cases(text)[0].as_it_is();
    insta::assert_snapshot!("a-wrong-case", differences(&written, &is));
}

/// Names of delegations are words of the message, which cases do not show.
#[test]
fn brackets_have_names_only_of_delegations() {
    let named = |body: &str| compiled(body).found.iter().map(|found| found.message.clone()).collect::<Vec<_>>();
    assert!(named("1. [FR, EU: x]\n")[0].contains("(FR, EU)"));
    assert!(!named("1. [Note: x]\n")[0].contains('('));
    let given = HEADER.replace("---", "delegations: Holy See; Observers\n---") + "1. [Holy See: x]\n";
    assert!(named(&given)[0].contains("(Holy See)"));
}
