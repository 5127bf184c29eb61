//! `chancery versions`, and what `check --versions` adds: the languages of a text.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

use super::args::{TableFormat, Versions};
use super::files::Input;
use super::outcome::{Failure, Outcome};
use super::report::{self, Shown, number_of};
use super::terminal::{print_report, print_result, print_words, say, tell};
use super::{project, result};
use crate::compare::show;
use crate::compare::{Comparison, Leaf, LeafKind, Member, Parity, Synopsis, What, doubts, original_of};
use crate::compile::{Compilation, Kind, Options, compile};
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::locale::Locale;
use crate::source::{Sources, Span};

/// A text in several languages, the original first.
struct Family {
    /// Its file without language and ending.
    name: String,
    versions: Vec<Version>,
    /// Of each version but the original, how it was compared.
    parities: Vec<Option<Parity>>,
}

struct Version {
    language: String,
    input: Input,
    compilation: Compilation,
}

pub(super) fn run(arguments: &Versions) -> Result<Outcome, Failure> {
    let options = Options { as_of: arguments.as_of, record: None, weights: arguments.weighing.weights()? };
    let inputs = project::inputs(&arguments.paths)?;
    let mut worst = Outcome::Good;
    let mut families = families(&with_siblings(&inputs), &options, &mut worst);
    if families.is_empty() && worst == Outcome::Good {
        return Err(Failure::Usage(
            "no text is there in two languages: their files are called `name.en.decl`, `name.fr.decl`".to_owned(),
        ));
    }
    worst = worst.max(project::say_faults(&inputs));
    families.iter_mut().for_each(|family| family.compare());
    one_result(arguments, &families)?;
    let shows_findings = !(arguments.table || is_standard_output(arguments));
    let mut shown = Shown::new(arguments.format);
    let mut reports = Vec::new();
    for family in &families {
        for (at, version) in family.versions.iter().enumerate() {
            let found = &version.compilation.found;
            if shows_findings {
                print_report(&shown.findings(found, &version.compilation.sources))?;
            }
            if found.count(Severity::Error) + found.count(Severity::Warning) > 0 {
                worst = worst.max(Outcome::Faulty);
            }
            if at > 0 || found.iter().next().is_some() {
                reports.push(report::report(&version.input, Ok((&version.compilation, 0))));
            }
        }
        tell(&family.in_words());
    }
    if shows_findings {
        print_words(&report::together(&reports, arguments.format))?;
    }
    Ok(worst)
}

fn is_standard_output(arguments: &Versions) -> bool {
    let is_dash = |path: &Option<PathBuf>| path.as_deref() == Some(Path::new("-"));
    is_dash(&arguments.synopsis) || is_dash(&arguments.tmx) || is_dash(&arguments.tbx)
}

/// Writes what was asked for besides findings; synopsis and bitext are of one text.
fn one_result(arguments: &Versions, families: &[Family]) -> Result<(), Failure> {
    if arguments.table {
        for family in families {
            let synopsis = family.synopsis();
            match arguments.to {
                TableFormat::Text => print_words(&format!("{}\n{}\n", family.name, show::table_text(&synopsis)))?,
                TableFormat::Json => print_words(&show::table_json(&synopsis))?,
                TableFormat::Html => print_result(show::synopsis_html(&synopsis, &family.name, true).as_bytes())?,
            }
        }
    }
    if let Some(path) = &arguments.tbx {
        let mut languages: Vec<&str> = Vec::new();
        for version in families.iter().flat_map(|family| &family.versions) {
            if !languages.contains(&version.language.as_str()) {
                languages.push(&version.language);
            }
        }
        result::write(path, show::tbx(&languages).as_bytes())?;
    }
    if arguments.synopsis.is_none() && arguments.tmx.is_none() {
        return Ok(());
    }
    let [family] = families else {
        let names: Vec<&str> = families.iter().map(|family| family.name.as_str()).collect();
        return Err(Failure::Usage(format!(
            "a synopsis and a bitext are of one text; name one of {}",
            names.join(", ")
        )));
    };
    let synopsis = family.synopsis();
    if let Some(path) = &arguments.synopsis {
        result::write(path, show::synopsis_html(&synopsis, &family.name, false).as_bytes())?;
    }
    if let Some(path) = &arguments.tmx {
        result::write(path, show::tmx(&synopsis).as_bytes())?;
    }
    Ok(())
}

/// What the other languages of its text say of each file.
pub(super) type OfVersions = HashMap<PathBuf, OfVersion>;

/// What the other languages of its text say of a file, and what came of it by itself.
pub(super) struct OfVersion {
    /// The sources of the original.
    pub original: Sources,
    pub found: Vec<(Diagnostic, (Span, String))>,
    /// Whoever checks it takes it: it is not compiled again.
    compilation: Mutex<Option<Compilation>>,
}

impl OfVersion {
    pub fn take(&self) -> Option<Compilation> {
        self.compilation.lock().ok().and_then(|mut compilation| compilation.take())
    }
}

/// What `check --versions` adds to each file.
pub(super) fn findings(inputs: &[Input], options: &Options) -> OfVersions {
    let mut worst = Outcome::Good;
    let mut all = OfVersions::new();
    // What cannot be read is said by the check.
    for mut family in families(&with_siblings(inputs), options, &mut worst) {
        let original = family.versions.first().map(|version| version.compilation.sources.clone()).unwrap_or_default();
        family.find();
        let of_family = family.doubts();
        for ((version, parity), of_family) in family.versions.into_iter().zip(family.parities).zip(of_family) {
            let mut found: Vec<(Diagnostic, (Span, String))> = parity.iter().flat_map(of_parity).collect();
            found.extend(of_family);
            let compilation = Mutex::new(Some(version.compilation));
            all.insert(version.input.path, OfVersion { original: original.clone(), found, compilation });
        }
    }
    all
}

fn of_parity(parity: &Parity) -> impl Iterator<Item = (Diagnostic, (Span, String))> {
    parity.found.iter().map(|found| (found.finding.clone(), found.original.clone()))
}

impl Family {
    fn original(&self) -> Option<&Version> {
        self.versions.first()
    }

    /// What keeps each version from being compared.
    fn doubts(&self) -> Vec<Vec<(Diagnostic, (Span, String))>> {
        let members = members(&self.versions);
        (0..members.len()).map(|at| doubts(&members, 0, at)).collect()
    }

    /// Compares every version with the original.
    fn find(&mut self) {
        let Some((original, others)) = self.versions.split_first() else { return };
        let compared = |version: &Version| Parity::of(&original.compilation, &version.compilation);
        self.parities = std::iter::once(None).chain(others.par_iter().map(compared).collect::<Vec<_>>()).collect();
    }

    /// The same, and puts what was found in the place of what each text has by itself.
    fn compare(&mut self) {
        self.find();
        let Some(original) = self.original().map(|version| version.compilation.sources.clone()) else { return };
        let of_family = self.doubts();
        for ((version, parity), of_family) in self.versions.iter_mut().zip(&self.parities).zip(of_family) {
            version.compilation.found = Diagnostics::default();
            let found = parity.iter().flat_map(of_parity).chain(of_family).collect();
            version.compilation.add_of_versions(&original, found);
        }
    }

    fn synopsis(&self) -> Synopsis {
        let language = self.original().map_or("en", |version| version.language.as_str());
        let others = self.versions.iter().zip(&self.parities);
        let others: Vec<(&str, &Parity)> =
            others.filter_map(|(version, parity)| Some((version.language.as_str(), parity.as_ref()?))).collect();
        Synopsis::of(language, &others)
    }

    /// `archives: en and 5 more languages; fr: 20 blocks compared, 1 differs`
    fn in_words(&self) -> String {
        let language = self.original().map_or("", |version| version.language.as_str());
        let mut words = format!("{}: original {language}", self.name);
        for (version, parity) in self.versions.iter().zip(&self.parities).skip(1) {
            let counts = match parity {
                None => "not compared".to_owned(),
                Some(parity) => {
                    let (compared, differ, alone) = parity.counts();
                    let mut counts = number_of(compared as u64, "block", "blocks") + " compared";
                    for (count, what) in [(differ, "differing"), (alone, "without a counterpart")] {
                        if count > 0 {
                            counts.push_str(&format!(", {count} {what}"));
                        }
                    }
                    counts
                }
            };
            words.push_str(&format!("; {}: {counts}", version.language));
        }
        words
    }
}

/// The name and the language of `name.fr.decl`.
fn name_of(path: &Path) -> Option<(PathBuf, String)> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".decl")?;
    let (name, tag) = stem.rsplit_once('.')?;
    let is_known = Locale::tags().any(|known| known == tag);
    (is_known && !name.is_empty()).then(|| (path.with_file_name(name), tag.to_owned()))
}

/// The files that were named, and the other languages beside them.
fn with_siblings(inputs: &[Input]) -> Vec<Input> {
    let mut all: Vec<Input> = inputs.to_vec();
    let mut seen: BTreeSet<PathBuf> = inputs.iter().map(|input| input.path.clone()).collect();
    for input in inputs.iter().filter(|input| !input.in_folder) {
        let Some((name, _)) = name_of(&input.path) else { continue };
        for tag in Locale::tags() {
            let mut path = name.clone().into_os_string();
            path.push(format!(".{tag}.decl"));
            let path = PathBuf::from(path);
            if path.is_file() && seen.insert(path.clone()) {
                all.push(Input::named(path));
            }
        }
    }
    all
}

/// The texts that are there in several languages, compiled; the original first.
fn families(inputs: &[Input], options: &Options, worst: &mut Outcome) -> Vec<Family> {
    let mut by_name: BTreeMap<PathBuf, BTreeMap<String, Input>> = BTreeMap::new();
    for input in inputs {
        if let Some((name, tag)) = name_of(&input.path) {
            by_name.entry(name).or_default().insert(tag, input.clone());
        }
    }
    by_name.retain(|_, versions| versions.len() > 1);
    let read = |(name, inputs): (PathBuf, BTreeMap<String, Input>)| {
        let compiled = |(language, input): (String, Input)| -> Result<Version, Failure> {
            let world = input.world()?;
            let compilation = compile(&world, world.name(), options)?;
            Ok(Version { language, input, compilation })
        };
        (name, inputs.into_iter().map(compiled).collect::<Vec<_>>())
    };
    let all: Vec<(PathBuf, Vec<Result<Version, Failure>>)> =
        by_name.into_iter().collect::<Vec<_>>().into_par_iter().map(read).collect();
    let mut families = Vec::new();
    for (name, results) in all {
        let mut versions = Vec::new();
        for result in results {
            match result {
                // Types of document and clauses are texts of one language each.
                Ok(version) if version.compilation.kind == Kind::Document => versions.push(version),
                Ok(_) => {}
                Err(failure) => {
                    say(&format!("error: {failure}"));
                    *worst = Outcome::Failed;
                }
            }
        }
        if versions.len() > 1 {
            original_first(&mut versions);
            families.push(Family { name: name.display().to_string(), versions, parities: Vec::new() });
        }
    }
    families
}

/// Puts the original first.
fn original_first(versions: &mut Vec<Version>) {
    let at = original_of(&members(versions));
    if at < versions.len() {
        let original = versions.remove(at);
        versions.insert(0, original);
    }
}

fn members(versions: &[Version]) -> Vec<Member<'_>> {
    versions
        .iter()
        .map(|version| Member {
            language: &version.language,
            name: version.input.path.to_str().unwrap_or_default(),
            compilation: &version.compilation,
        })
        .collect()
}

/// For each other language beside a text, the paragraphs that its translator has to touch:
/// those that say what the old draft said, and no longer what the new one says.
pub(super) fn to_touch(new: &Path, old: &Compilation, comparison: &Comparison) -> Result<String, Failure> {
    let Some((_, own)) = name_of(new) else {
        return Err(Failure::Usage(format!(
            "`{}` has no language in its name: files of several languages are called `name.en.decl`, `name.fr.decl`",
            new.display()
        )));
    };
    let mut out = String::new();
    for input in with_siblings(&[Input::named(new.to_owned())]) {
        let Some((_, tag)) = name_of(&input.path).filter(|(_, tag)| *tag != own) else { continue };
        let world = input.world()?;
        let version = compile(&world, world.name(), &Options::default())?;
        let Some(parity) = Parity::of(old, &version) else {
            out.push_str(&format!("\n{tag}: `{}` was not understood\n", input.path.display()));
            continue;
        };
        let lines = touched(comparison, &parity);
        out.push_str(&format!(
            "\n{tag} ({}): {}\n",
            input.path.display(),
            number_of(lines.len() as u64, "block", "blocks")
        ));
        lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
    }
    Ok(if out.is_empty() { "\nno other language stands beside the text\n".to_owned() } else { out })
}

fn touched(comparison: &Comparison, parity: &Parity) -> Vec<String> {
    let of_old = |at: usize| -> Option<String> {
        let (_, blocks) = parity.pairs.iter().find(|(a, _)| a.contains(&at))?;
        let names: Vec<String> =
            blocks.iter().filter_map(|at| parity.version.list.get(*at)).map(|leaf| parity.version.name(leaf)).collect();
        Some(names.join(", "))
    };
    let (mut lines, mut behind) = (Vec::new(), None);
    for entry in &comparison.entries {
        let (old, new) = comparison.leaves_of(entry);
        let name = |leaves: &[&Leaf]| leaves.first().map(|leaf| comparison.new.name(leaf)).unwrap_or_default();
        let here = entry.old.first().and_then(|at| of_old(*at));
        let is_head = old.iter().chain(&new).all(|leaf| leaf.kind == LeafKind::Head);
        match entry.what {
            What::Same => {}
            _ if is_head => {}
            What::New => {
                let place = behind.clone().map_or("at the beginning".to_owned(), |before| format!("behind {before}"));
                lines.push(format!("{place}: put in {}", name(&new)));
            }
            What::Gone => {
                lines.push(format!("{}: take it out", here.clone().unwrap_or_else(|| "(not found)".to_owned())))
            }
            what => {
                let place = here.clone().unwrap_or_else(|| "(not found)".to_owned());
                lines.push(format!("{place}: {}, now {}", what.name(), name(&new)));
            }
        }
        behind = here.or(behind);
    }
    lines
}
