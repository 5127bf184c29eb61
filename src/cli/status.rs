//! `chancery status`: the register of a project, a row for each text in all its
//! languages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::args::{Status, StatusFormat};
use super::files::Input;
use super::outcome::{Failure, Outcome};
use super::project;
use super::report::number_of;
use super::terminal::{print_words, say, tell};
use crate::compile::{Compilation, Kind, Options, compile};
use crate::diag::{Code, Severity, Wanted, Weights, plain_cell, visible_json};
use crate::locale::{Locale, delegation_of};
use crate::syntax::{self, Symbol};

/// So many missing numbers of a series are named.
const MAX_GAPS: usize = 12;

pub(super) fn run(arguments: &Status) -> Result<Outcome, Failure> {
    let inputs = project::inputs(&arguments.files)?;
    // What is open is counted, whatever the project makes of it.
    let mut weights = Weights::default();
    let _ = weights.set(Code::OpenBracket.name(), Wanted::Warn);
    let options = Options { as_of: arguments.as_of, record: None, weights };
    let read = |input: &Input| -> Result<Option<Version>, Failure> {
        let world = input.world()?;
        let compilation = compile(&world, world.name(), &options)?;
        Ok((compilation.kind == Kind::Document).then(|| Version::of(&input.path, &compilation)))
    };
    let results: Vec<Result<Option<Version>, Failure>> = inputs.par_iter().map(read).collect();
    let mut worst = Outcome::Good;
    let mut texts: BTreeMap<Name, Vec<Version>> = BTreeMap::new();
    for result in results {
        match result {
            Ok(Some(version)) => texts.entry(version.name.clone()).or_default().push(version),
            // Types of document and clauses are no texts of the register.
            Ok(None) => {}
            Err(failure) => {
                say(&format!("error: {failure}"));
                worst = Outcome::Failed;
            }
        }
    }
    let wrong = |words| Finding { severity: Severity::Error, words };
    let mut found: Vec<Finding> = project::faults(&inputs).into_iter().map(wrong).collect();
    findings(&texts, &mut found);
    print_words(&match arguments.format {
        StatusFormat::Text => table(&texts),
        StatusFormat::Json => as_json(&texts, &found),
        StatusFormat::Csv => csv(&texts)?,
    })?;
    for finding in &found {
        say(&format!("{}: {}", finding.severity.name(), finding.words));
    }
    tell(&number_of(texts.len() as u64, "text", "texts"));
    let is_faulty = found.iter().any(|finding| finding.severity == Severity::Error);
    Ok(worst.max(if is_faulty { Outcome::Faulty } else { Outcome::Good }))
}

/// By what a text is known: a symbol in the order of its numbers, or where it has none
/// its file without the language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    series: String,
    year: Option<u32>,
    meeting: Option<u32>,
    number: Option<u32>,
    /// `MC.DEC/901/20`, or the path.
    shown: String,
    /// `Rev.1`, `Corr.2`
    revisions: String,
}

impl Name {
    fn of(symbol: Option<&str>, path: &Path) -> Name {
        let symbol = symbol.and_then(syntax::read_symbol).filter(|symbol| symbol.number.is_some());
        match symbol {
            Some(symbol) => {
                let revisions =
                    symbol.revisions.iter().map(|revision| format!("{}.{}", revision.kind, revision.number));
                Name {
                    series: symbol.series(),
                    year: symbol.full_year(),
                    meeting: symbol.meeting,
                    number: symbol.number,
                    revisions: revisions.collect::<Vec<_>>().join(" "),
                    shown: Symbol { revisions: Vec::new(), distribution: None, ..symbol }.to_string(),
                }
            }
            None => {
                let stem = path.with_extension("");
                let language = stem.extension().and_then(|tag| tag.to_str());
                let is_language = language.is_some_and(|tag| Locale::tags().any(|known| known == tag));
                let stem = if is_language { stem.with_extension("") } else { stem };
                Name {
                    series: String::new(),
                    year: None,
                    meeting: None,
                    number: None,
                    shown: stem.display().to_string(),
                    revisions: String::new(),
                }
            }
        }
    }
}

/// A text in one language: a file.
struct Version {
    name: Name,
    path: String,
    language: String,
    /// `draft`, `final`; or that it was not understood.
    status: &'static str,
    day: Option<String>,
    open: u64,
    /// How many brackets are a delegation's.
    open_by: BTreeMap<String, u64>,
    references: usize,
    /// The references at fault, as they are called.
    wrong: Vec<String>,
    errors: u64,
    warnings: u64,
}

impl Version {
    fn of(path: &Path, compilation: &Compilation) -> Version {
        let document = compilation.document.as_ref();
        let (mut open, mut open_by) = (0, BTreeMap::new());
        for found in compilation.found.iter().filter(|found| found.code == Code::OpenBracket) {
            open += u64::from(found.count);
            for name in &found.by {
                // However it is spelled, it is one delegation.
                let name = delegation_of(name).unwrap_or(name).to_owned();
                *open_by.entry(name).or_default() += u64::from(found.count);
            }
        }
        let unkept = compilation.found.unkept().filter(|unkept| unkept.code == Code::OpenBracket);
        open += unkept.map(|unkept| u64::from(unkept.count)).sum::<u64>();
        let wrong = compilation.references.iter().filter(|reference| !reference.allowed && reference.state.is_fault());
        Version {
            name: Name::of(document.and_then(|document| document.symbol.as_deref()), path),
            path: path.display().to_string(),
            language: document.map(|document| document.language.clone()).unwrap_or_default(),
            status: match document {
                Some(document) if document.draft.is_some() => "draft",
                Some(_) => "final",
                None => "not understood",
            },
            day: document.and_then(|document| document.day).map(|day| day.to_string()),
            open,
            open_by,
            references: compilation.references.len(),
            wrong: wrong.map(|reference| format!("{} ({})", reference.symbol, reference.state.name())).collect(),
            errors: compilation.found.count(Severity::Error),
            warnings: compilation.found.count(Severity::Warning),
        }
    }

    /// `2 (EU 1, US 2)`
    fn open_in_words(&self) -> String {
        let by: Vec<String> = self.open_by.iter().map(|(name, count)| format!("{name} {count}")).collect();
        match (self.open, by.is_empty()) {
            (0, _) => String::new(),
            (open, true) => open.to_string(),
            (open, false) => format!("{open} ({})", by.join(", ")),
        }
    }
}

type Texts = BTreeMap<Name, Vec<Version>>;

/// What is wrong between texts, or with their project.
struct Finding {
    severity: Severity,
    words: String,
}

fn findings(texts: &Texts, found: &mut Vec<Finding>) {
    for (name, versions) in texts {
        let called = format!("{} {}", name.shown, name.revisions).trim_end().to_owned();
        let mut by_language: BTreeMap<&str, &Version> = BTreeMap::new();
        for version in versions {
            if let Some(first) = by_language.insert(&version.language, version) {
                let words = format!("`{called}` is there twice: {} and {}", first.path, version.path);
                found.push(Finding { severity: Severity::Error, words });
            }
        }
        let mut differs = |what: &str, of: &dyn Fn(&Version) -> String| {
            let said: BTreeSet<String> = versions.iter().map(of).collect();
            if said.len() > 1 {
                let each: Vec<String> =
                    versions.iter().map(|version| format!("{} in {}", of(version), version.path)).collect();
                let words = format!("the languages of `{called}` differ in {what}: {}", each.join(", "));
                found.push(Finding { severity: Severity::Warning, words });
            }
        };
        differs("status", &|version| version.status.to_owned());
        differs("day", &|version| version.day.clone().unwrap_or_else(|| "none".to_owned()));
        differs("open brackets", &|version| version.open.to_string());
    }
    gaps(texts, found);
}

/// Numbers that are missing between those of a series and year, or of a meeting. A
/// series that runs on from year to year belongs to no project whole.
fn gaps(texts: &Texts, found: &mut Vec<Finding>) {
    type Counted<'a> = (&'a str, Option<u32>, Option<u32>);
    let mut numbers: BTreeMap<Counted<'_>, BTreeSet<u32>> = BTreeMap::new();
    for name in texts.keys().filter(|name| name.year.is_some() || name.meeting.is_some()) {
        let numbers = numbers.entry((&name.series, name.year, name.meeting)).or_default();
        numbers.extend(name.number);
    }
    for ((series, year, meeting), there) in &numbers {
        let mut missing: Vec<String> = Vec::new();
        let mut count = 0;
        for (one, next) in there.iter().zip(there.iter().skip(1)) {
            count += next - one - 1;
            missing
                .extend((one + 1..*next).take(MAX_GAPS - missing.len().min(MAX_GAPS)).map(|number| number.to_string()));
        }
        if count == 0 {
            continue;
        }
        let more = u64::from(count) - missing.len() as u64;
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let when = match (year, meeting) {
            (Some(year), _) => format!(" of {year}"),
            (None, Some(meeting)) => format!(" of meeting {meeting}"),
            (None, None) => String::new(),
        };
        let words = format!("no text has {series}{when}, number {}{more}", missing.join(", "));
        found.push(Finding { severity: Severity::Warning, words });
    }
}

/// A line a text, in columns that are as wide as they must be.
fn table(texts: &Texts) -> String {
    let mut rows: Vec<[String; 7]> =
        vec![["text", "revision", "languages", "status", "day", "open", "at fault"].map(str::to_owned)];
    for (name, versions) in texts {
        let all = |of: &dyn Fn(&Version) -> String| {
            let mut said: Vec<String> = Vec::new();
            for words in versions.iter().map(of).filter(|words| !words.is_empty()) {
                if !said.contains(&words) {
                    said.push(words);
                }
            }
            said.join(", ")
        };
        rows.push([
            name.shown.clone(),
            name.revisions.clone(),
            all(&|version| version.language.clone()),
            all(&|version| version.status.to_owned()),
            all(&|version| version.day.clone().unwrap_or_default()),
            all(&Version::open_in_words),
            all(&|version| version.wrong.join(", ")),
        ]);
    }
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..7).map(width).collect();
    let line = |row: &[String; 7]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            let shown = crate::diag::visible_line(cell);
            format!("{shown}{}", " ".repeat(width.saturating_sub(shown.chars().count())))
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn as_json(texts: &Texts, found: &[Finding]) -> String {
    let version = |version: &Version| {
        json!({
            "file": version.path,
            "language": version.language,
            "status": version.status,
            "day": version.day,
            "open": { "all": version.open, "by": version.open_by },
            "references": { "all": version.references, "at-fault": version.wrong },
            "errors": version.errors,
            "warnings": version.warnings,
        })
    };
    let text = |(name, versions): (&Name, &Vec<Version>)| {
        json!({
            "text": name.shown,
            "has-symbol": name.number.is_some(),
            "revision": name.revisions,
            "files": versions.iter().map(version).collect::<Vec<Value>>(),
        })
    };
    let finding = |finding: &Finding| json!({ "severity": finding.severity.name(), "message": finding.words });
    let all = json!({
        "texts": texts.iter().map(text).collect::<Vec<Value>>(),
        "findings": found.iter().map(finding).collect::<Vec<Value>>(),
    });
    visible_json(&format!("{all:#}\n")).into_owned()
}

fn csv(texts: &Texts) -> Result<String, Failure> {
    let failed = |error: csv::Error| Failure::Usage(format!("cannot write CSV: {error}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head =
        ["text", "revision", "language", "status", "day", "open", "open-by", "at-fault", "errors", "warnings", "file"];
    writer.write_record(head).map_err(failed)?;
    for (name, version) in texts.iter().flat_map(|(name, versions)| versions.iter().map(move |version| (name, version)))
    {
        let by: Vec<String> = version.open_by.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let row = [
            name.shown.as_str(),
            &name.revisions,
            &version.language,
            version.status,
            version.day.as_deref().unwrap_or_default(),
            &version.open.to_string(),
            &by.join(", "),
            &version.wrong.join(", "),
            &version.errors.to_string(),
            &version.warnings.to_string(),
            &version.path,
        ];
        writer.write_record(row.map(|cell| plain_cell(cell).into_owned())).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| Failure::Usage(format!("cannot write CSV: {error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
