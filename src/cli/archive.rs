//! What an archive edition carries: every file that was read, the values, what
//! the registry says of what is cited, and all else that its bytes depend on.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::manifest::hash;
use super::outcome::Failure;
use super::place;
use super::report::number_of;
use crate::compile::{Compilation, Options, Session};
use crate::data::{Datum, Entry};
use crate::diag::{Wanted, Weights};
use crate::fonts::{Face, Typeface};
use crate::model::Document;
use crate::registry::{Registry, to_toml};
use crate::render::{self, Attachment, Edition, PdfOptions, Relation, Rendered};
use crate::syntax;
use crate::world::{Recorder, World, WorldError};

/// All that the bytes depend on besides the files.
pub(super) const MANIFEST: &str = "chancery-archive/manifest.json";
/// The values that were given from outside the document.
pub(super) const VALUES: &str = "chancery-archive/values.json";
/// How large an archive edition may be, and all that one carries, in bytes.
pub(super) const MAX_BYTES: usize = 256 << 20;
const CITED: &str = "chancery-archive/cited.toml";

/// How a document was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Manifest {
    /// The version of Chancery.
    pub version: String,
    /// The path of the document.
    pub document: String,
    /// The day at which its references were judged, or, in a volume, those of its
    /// texts that have no day of their own.
    pub judged_at: Option<Date>,
    /// The day that `--as-of` gave.
    pub as_of: Option<Date>,
    /// What the command made of findings: `deny references`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weights: Vec<String>,
    /// What `SOURCE_DATE_EPOCH` said, where the document has no day.
    pub made: Option<DateTime>,
    /// The hash of each font that comes with Chancery, by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fonts: BTreeMap<String, String>,
    /// The hash of each font of the project, by its path: few licences allow the
    /// file itself to be carried.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub project_fonts: BTreeMap<String, String>,
    /// The hash of each file that is carried besides this one.
    pub files: BTreeMap<String, String>,
    /// How much of what is cited the registry knows: series, year, whether
    /// nothing is missing, and the highest number.
    pub coverage: Vec<Coverage>,
}

impl Manifest {
    /// What the command made of findings.
    pub fn weights(&self) -> Weights {
        let mut weights = Weights::default();
        for (wanted, name) in self.weights.iter().filter_map(|row| row.split_once(' ')) {
            if let Some(wanted) = Wanted::ALL.into_iter().find(|known| known.name() == wanted) {
                // What another version knew and this one does not is no reason to build
                // nothing: the bytes are compared.
                let _ = weights.set(name, wanted);
            }
        }
        weights
    }
}

/// How much of a series and year the registry knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Coverage {
    pub series: String,
    pub year: u16,
    pub complete: bool,
    pub highest: u32,
}

/// An archive edition, and what leaves the house with it.
pub(super) struct Archive {
    pub rendered: Rendered<Vec<u8>>,
    pub leaving: Leaving,
}

/// What of its sources a reader of the pages does not see, and of the archive does.
#[derive(Debug, Default)]
pub(super) struct Leaving {
    /// Lines of remarks in the texts.
    pub remarks: usize,
    /// Blocks of branches that were not taken.
    pub untaken: usize,
    /// Texts besides the document: what it includes, its type.
    pub texts: usize,
    /// The names of all files.
    pub files: Vec<String>,
}

impl Leaving {
    fn of(carried: &[Attachment], document: &str, untaken: usize) -> Leaving {
        let texts = || carried.iter().filter(|file| is_text(&file.name));
        let remarks = texts().map(|file| String::from_utf8_lossy(&file.bytes).lines().filter(is_remark).count());
        Leaving {
            remarks: remarks.sum(),
            untaken,
            texts: texts().filter(|file| file.name != document).count(),
            files: carried.iter().map(|file| file.name.clone()).collect(),
        }
    }

    /// `carries 2 lines of remarks, 1 paragraph not taken and 1 included text`
    pub fn in_words(&self) -> String {
        let counts = [
            (self.remarks, "line of remarks", "lines of remarks"),
            (self.untaken, "paragraph of a branch not taken", "paragraphs of branches not taken"),
            (self.texts, "text besides its own", "texts besides its own"),
        ];
        let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, one, many)| number_of(count as u64, one, many)).collect();
        if counts.is_empty() {
            "carries its text and no remark".to_owned()
        } else {
            format!("carries {}", counts.join(", "))
        }
    }
}

fn is_text(path: &str) -> bool {
    path.ends_with(".decl")
}

fn is_remark(line: &&str) -> bool {
    line.trim_start().starts_with("//")
}

/// A world whose texts have no remarks.
pub(super) struct WithoutRemarks<'w>(pub &'w dyn World);

impl World for WithoutRemarks<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        let bytes = self.0.read(path)?;
        if !is_text(path) {
            return Ok(bytes);
        }
        // What is no text is refused by whoever reads it.
        let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(bytes) };
        Ok(text.split_inclusive('\n').filter(|line| !is_remark(line)).collect::<String>().into_bytes())
    }

    fn folder_of(&self, path: &str) -> String {
        self.0.folder_of(path)
    }

    fn looked_in(&self) -> Option<String> {
        self.0.looked_in()
    }

    fn today(&self) -> Option<Date> {
        self.0.today()
    }
}

/// The archive edition of a document, or nothing if it has errors. It is
/// compiled on its own, so that it carries what it needed and nothing that other
/// documents did.
pub(super) fn edition(
    world: &dyn World,
    document: &str,
    options: &Options,
    made: Option<DateTime>,
) -> Result<Option<Archive>, Failure> {
    let recorder = Recorder::of(world);
    let session = Session::new(&recorder);
    let compilation = session.compile(document, options)?;
    let Some(checked) = &compilation.checked else { return Ok(None) };
    let made = if checked.document().day.is_none() { made } else { None };
    let fonts = project_fonts(&session.style.typeface);
    let reads = recorder.reads().into_iter().filter(|(path, _)| !fonts.contains_key(path));
    let files: Vec<(String, Vec<u8>)> = reads.filter_map(|(path, bytes)| Some((path, bytes?))).collect();
    may_be_carried(&files)?;
    let values = options.record.as_ref().map(|record| pretty(&of_entries(&record.entries))).transpose()?;
    let mut carried: Vec<Attachment> = files.into_iter().map(|(path, bytes)| file(path, bytes, document)).collect();
    carried.extend(values.map(|values| Attachment {
        name: VALUES.to_owned(),
        relation: Relation::Source,
        media: "application/json",
        description: "The values that the document was filled in with".to_owned(),
        bytes: values,
    }));
    let cited: BTreeSet<&str> = compilation.references.iter().map(|reference| reference.symbol.as_str()).collect();
    let entries: Vec<_> = cited.into_iter().filter_map(|symbol| session.registry().get(symbol)).collect();
    if !entries.is_empty() {
        carried.push(Attachment {
            name: CITED.to_owned(),
            relation: Relation::Data,
            media: "application/toml",
            description: "What the registry said of the instruments that are cited".to_owned(),
            bytes: to_toml(entries.into_iter()).into_bytes(),
        });
    }
    let manifest = Manifest {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        document: document.to_owned(),
        judged_at: compilation.as_of.or_else(|| today_of(checked.document(), world)),
        as_of: options.as_of,
        weights: options.weights.iter().map(|(name, wanted)| format!("{} {name}", wanted.name())).collect(),
        made,
        fonts: built_in_fonts(&session.style.typeface),
        project_fonts: fonts,
        files: carried.iter().map(|file| (file.name.clone(), hash(&file.bytes))).collect(),
        coverage: coverage(&compilation, session.registry()),
    };
    let leaving = Leaving::of(&carried, document, compilation.untaken);
    carried.push(Attachment {
        name: MANIFEST.to_owned(),
        relation: Relation::Data,
        media: "application/json",
        description: "How the document was made".to_owned(),
        bytes: pretty(&manifest)?,
    });
    if carried.iter().map(|file| file.bytes.len()).sum::<usize>() > MAX_BYTES {
        return Err(too_large());
    }
    let options = PdfOptions { edition: Edition::Archive(carried), made };
    let rendered = render::pdf(checked, &session.style, &options)?;
    if rendered.content.len() > MAX_BYTES {
        return Err(too_large());
    }
    Ok(Some(Archive { rendered, leaving }))
}

/// Whether files can be got back on every system; what cannot goes into no archive.
fn may_be_carried(files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    let refused = |path: &str, why: &str| {
        Err(Failure::Usage(format!("an archive edition cannot carry `{path}`: {why}; give the file another name")))
    };
    for (path, _) in files {
        if path.starts_with(place::ARCHIVE) {
            return refused(path, &format!("the folder `{}` is its own", place::ARCHIVE));
        }
        if let Some(why) = place::unfit_for_archive(path) {
            return refused(path, why);
        }
    }
    if let Some((first, second)) = place::collision(files.iter().map(|(path, _)| path.as_str())) {
        return refused(&second, &format!("some systems take it for `{first}`"));
    }
    Ok(())
}

fn too_large() -> Failure {
    Failure::Usage(format!("an archive edition has at most {} MB", MAX_BYTES >> 20))
}

/// The day at which those texts of a volume are judged that have none of their own.
fn today_of(document: &Document, world: &dyn World) -> Option<Date> {
    let mut members = document.members();
    members.any(|member| member.document.day.is_none()).then(|| world.today()).flatten()
}

/// The hash of each font of a typeface that comes with Chancery.
pub(super) fn built_in_fonts(typeface: &Typeface) -> BTreeMap<String, String> {
    let fonts = Face::ALL.into_iter().map(|face| typeface.font(face)).filter(|font| font.path().is_none());
    fonts.map(|font| (font.name().to_owned(), hash(font.file()))).collect()
}

fn project_fonts(typeface: &Typeface) -> BTreeMap<String, String> {
    let fonts = Face::ALL.into_iter().map(|face| typeface.font(face));
    fonts.filter_map(|font| Some((font.path()?.to_owned(), hash(font.file())))).collect()
}

fn file(path: String, bytes: Vec<u8>, document: &str) -> Attachment {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let media = match ending {
        "toml" => "application/toml",
        "csv" => "text/csv",
        _ => "text/plain",
    };
    let (relation, description) = if path == document {
        (Relation::Source, "The text of the document")
    } else {
        (Relation::Supplement, "A file that the document needs")
    };
    Attachment { name: path, relation, media, description: description.to_owned(), bytes }
}

/// How much the registry knows of each series and year that is cited.
fn coverage(compilation: &Compilation, registry: &Registry) -> Vec<Coverage> {
    let mut seen = BTreeSet::new();
    for reference in &compilation.references {
        let Some(symbol) = syntax::read_symbol(&reference.symbol) else { continue };
        if let Some(year) = symbol.full_year() {
            seen.insert((symbol.series(), year));
        }
    }
    let known = seen.iter().filter_map(|(series, year)| registry.coverage(series, *year));
    let row = |row: &crate::registry::Coverage| Coverage {
        series: row.series.to_string(),
        year: row.year,
        complete: row.complete,
        highest: row.highest,
    };
    known.map(row).collect()
}

fn pretty(value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| crate::Error::Pdf(error.to_string()))?;
    Ok((text + "\n").into_bytes())
}

fn of_entries(entries: &[Entry]) -> Value {
    Value::Object(entries.iter().map(|(key, datum, _)| (key.text.clone(), of_datum(datum))).collect::<Map<_, _>>())
}

fn of_datum(datum: &Datum) -> Value {
    match datum {
        Datum::Words(lines) => {
            Value::String(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n"))
        }
        Datum::List(items) => Value::Array(items.iter().map(|(item, _)| of_datum(item)).collect()),
        Datum::Record(entries) => of_entries(entries),
    }
}
