//! What can be typed.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

pub(super) use super::args_common::{Format, Weighing, day};
pub(super) use super::args_drafts::{Consolidate, Diff, DiffFormat, DiffView, Settle, TableFormat, Versions};
#[cfg(feature = "office")]
pub(super) use super::args_import::{Import, ImportChanges};
use super::formats::{self, OutputFormat, TextLayout};
use super::outcome::Failure;
use crate::compile::{Options, built_in_templates};
use crate::locale::Locale;

/// Where to begin, and how a command ends.
const AFTER_HELP: &str = "To begin: `chancery new declaration -o my.en.decl`, then `check` and `build` it.

A command leaves with 0; with 1 where a text has errors (`--strict`: or warnings), `fmt --check` would change one, `diff` \
or `versions` finds a difference, `consolidate` or `settle` leaves something to you, a search finds nothing, or two texts of \
a project are one; with 2 where something could not be done; with 130 where Ctrl-C ended it.";

/// The types of document that come along.
fn types() -> String {
    let names: Vec<&str> = built_in_templates().collect();
    format!("The type of document: {}, or one of the project's `templates/`", names.join(", "))
}

/// Checks ministerial texts, and sets them as PDF, Word, HTML, Akoma Ntoso and plain text.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = AFTER_HELP)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub voice: Voice,
}

/// How much is said, and how; the same for all commands.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Voice {
    /// Whether findings have colours
    #[arg(long, value_name = "WHEN", default_value_t, global = true, display_order = 100)]
    pub color: ColorChoice,
    /// Say only what went wrong: no summaries, no progress
    #[arg(short, long, global = true, conflicts_with = "verbose", display_order = 100)]
    pub quiet: bool,
    /// Say of which files each document is made
    #[arg(short, long, global = true, display_order = 100)]
    pub verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a project of a folder: write a `chancery.toml` with what is found there
    Init(Init),
    /// Write a first document of a type: on a terminal what it needs is asked for
    New(New),
    /// Check documents and print what was found
    Check(Check),
    /// Check documents and make PDF, a Word file, HTML, Akoma Ntoso or plain text of them
    Build(Build),
    /// Get back what an archive edition was made of, and build it again
    Extract(Extract),
    /// Build documents, and again whenever what they are made of changes
    #[command(mut_arg("files", |files| files.help("Documents and folders of documents")))]
    Watch(Build),
    /// Write documents in the canonical form
    Fmt(Fmt),
    /// Say what differs between two drafts, block by block
    Diff(Diff),
    /// Put delegations' copies of a text together: their words in brackets with their names
    Consolidate(Consolidate),
    /// Settle brackets in a text, or list who holds what
    Settle(Settle),
    /// Say where the languages of a text do not say the same
    Versions(Versions),
    /// Make a text of a Word document (.docx) or of plain text
    #[cfg(feature = "office")]
    Import(Import),
    /// List every reference as it was understood
    Refs(Refs),
    /// List the texts of a project: symbols, languages, what is open, what is wrong
    Status(Status),
    /// Look into the registry of instruments, and bring in one's own
    Registry(RegistryArguments),
    /// Say what a finding means, and its cure
    Explain(Explain),
    /// Say what is in effect here: project, registries, fonts, types of document
    Doctor(Doctor),
    /// Serve an editor: findings, cures, completion while a text is typed
    ///
    /// The editor starts it, and speaks with it by standard input and output; `chancery docs` has the lines for VS Code,
    /// Helix, Neovim and Emacs, in its last chapter.
    #[cfg(feature = "lsp")]
    Lsp(Lsp),
    /// Show a text as its pages in a browser on this machine, again after each save
    Preview(Preview),
    /// Show what the compiler sees
    #[command(hide = true)]
    Debug(Debug),
    /// Print what completes commands in a shell
    Completions(Completions),
    /// Print the whole manual: the language, references, editions, checks
    Docs,
    /// Print the manual page, or write one for each command into a folder
    Man(Man),
}

/// What editors give whatever server they start.
#[cfg(feature = "lsp")]
#[derive(Debug, Args)]
pub(super) struct Lsp {
    /// By standard input and output, as is always done
    #[arg(long, hide = true)]
    pub stdio: bool,
    /// The number of the editor's process
    #[arg(long, hide = true, value_name = "PROCESS", alias = "clientProcessId")]
    pub client_process_id: Option<u32>,
}

#[derive(Debug, Args)]
pub(super) struct Preview {
    /// The document
    pub file: PathBuf,
    /// The day at which a draft's references are judged
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder of the project
    #[arg(default_value = ".")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// A document or a folder; this one if not given
    #[arg(default_value = ".", hide_default_value = true)]
    pub path: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder to write the pages to; the first one is printed if not given
    #[arg(short, long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Status {
    /// Documents and folders of documents; the project if not given
    #[arg(value_name = "PATH")]
    pub files: Vec<PathBuf>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: StatusFormat,
    /// The day at which a draft's references are judged
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum StatusFormat {
    /// A line a text
    #[default]
    Text,
    /// One object, for programs
    Json,
    /// A table for a spreadsheet
    Csv,
}

#[derive(Debug, Args)]
pub(super) struct New {
    #[arg(value_name = "TYPE", help = types())]
    pub template: String,
    /// Its language; on a terminal it is asked for, elsewhere it is `en`
    #[arg(short, long, value_parser = PossibleValuesParser::new(Locale::tags()))]
    pub language: Option<String>,
    /// Where to write it; standard output if not given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub values: Values,
}

/// What documents are read, and how findings are shown.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Documents and folders of documents; `-` is standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Warnings count as errors
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub weighing: Weighing,
    /// The day at which a draft's references are judged
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,
    #[command(flatten)]
    pub values: Values,
}

impl Reading {
    /// What a compilation is told by these arguments.
    pub fn options(&self) -> Result<Options, Failure> {
        let mut weights = self.weighing.weights()?;
        weights.strict = self.strict;
        Ok(Options { as_of: self.as_of, record: None, weights })
    }
}

/// Values from outside a document.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Values {
    /// Give a value; it wins over the document's header and over --data
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Take values from a JSON, TOML, YAML or CSV file: those of one document,
    /// or a record or row for each of many
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
}

impl Values {
    /// Whether any are given.
    pub fn is_given(&self) -> bool {
        !self.set.is_empty() || self.data.is_some()
    }
}

#[derive(Debug, Args)]
#[command(mut_arg("files", |files| files.help("Documents and folders of documents; `-` is standard input, and without any it is the project")))]
pub(super) struct Check {
    #[command(flatten)]
    pub reading: Reading,
    /// Apply the fixes that change signs and spaces alone, until none is left
    #[arg(long)]
    pub fix: bool,
    /// With `--fix`: apply those that change words and numbers too; look at them first
    #[arg(long, requires = "fix")]
    pub suggested: bool,
    /// With `--fix`: change nothing, show as a diff what would be changed
    #[arg(long, requires = "fix")]
    pub diff: bool,
    /// Compare the languages of each text too: the files `name.LANGUAGE.decl` beside it
    #[arg(long, conflicts_with = "fix")]
    pub versions: bool,
    /// Accept the findings of an earlier report, and nothing new; wins over `baseline` in `chancery.toml`
    #[arg(long, value_name = "JSON")]
    pub baseline: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Refs {
    /// Documents and folders of documents; `-` is standard input, and without any it is the project
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A list, or a graph of what cites what
    #[arg(long, value_enum, default_value_t)]
    pub format: RefsFormat,
    /// Only references to this instrument
    #[arg(long, value_name = "SYMBOL")]
    pub cited_by: Option<String>,
    /// The day at which a draft's references are judged
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum RefsFormat {
    /// A line a reference
    #[default]
    Text,
    /// An array of objects
    Json,
    /// A table for a spreadsheet
    Csv,
    /// A graph for Graphviz
    Dot,
    /// A graph for Mermaid
    Mermaid,
}

#[derive(Debug, Args)]
pub(super) struct RegistryArguments {
    #[command(subcommand)]
    pub command: RegistryCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum RegistryCommand {
    /// List instruments
    List {
        /// Only of a series or a body, as `MC.DEC` or `PC`
        series: Option<String>,
    },
    /// Show all that is known of an instrument
    Show {
        /// Its symbol, or its short name, as `helsinki-final-act`
        symbol: String,
    },
    /// Find instruments by words of their titles and names, in any language
    Search {
        /// Words that must all be there
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Check registries: those named, or the project's
    Validate {
        /// TOML and CSV files
        files: Vec<PathBuf>,
    },
    /// Turn a table of your own into a registry of the project
    Import {
        /// CSV or TOML
        file: PathBuf,
        /// Where to write it; `registry/NAME.toml` if not given
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
#[command(mut_arg("files", |files| files.required(true)))]
pub(super) struct Build {
    #[command(flatten)]
    pub reading: Reading,
    /// What to make
    #[arg(long, value_enum, default_value_t = &formats::PDF)]
    pub to: &'static OutputFormat,
    /// For whom a PDF is made
    #[arg(long, value_enum, default_value_t)]
    pub edition: EditionName,
    /// How far a press edition's sheet goes beyond the page on each side
    #[arg(long, value_name = "MILLIMETRES", default_value_t = 0.0, value_parser = millimetres, allow_negative_numbers = true)]
    pub bleed: f64,
    /// Mark in a press edition where the page is cut
    #[arg(long)]
    pub marks: bool,
    /// Leave the remarks of the texts out of an archive edition
    #[arg(long)]
    pub no_remarks: bool,
    /// How plain text is laid out
    #[arg(long, value_enum, default_value_t)]
    pub layout: TextLayout,
    /// How many characters a line of flowed text has
    #[arg(long, value_name = "CHARACTERS", default_value_t = 72, value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub width: u16,
    /// With `--to html`: a piece for a page of one's own, without a style
    #[arg(long)]
    pub fragment: bool,
    /// Where to write: a file, a folder for several documents, `-` for
    /// standard output; for the records of a table a name made of their values,
    /// as 'out/{symbol}.pdf'; beside each document if not given
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Make documents of records again that are up to date
    #[arg(long)]
    pub again: bool,
}

impl Build {
    /// How a file ends that is not named: nothing takes the place of what another way of
    /// building has made.
    pub fn extension(&self) -> String {
        let extension = self.edition.extension(self.to.extension);
        match self.layout {
            _ if self.fragment => format!("fragment.{extension}"),
            TextLayout::Printed => format!("printed.{extension}"),
            TextLayout::Flowed => extension,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Extract {
    /// An archive edition
    #[arg(value_name = "PDF")]
    pub file: PathBuf,
    /// The folder to write to, which must be empty or not there yet; without it
    /// nothing is written, and only said whether the PDF can be built again
    #[arg(short, long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
    /// The folder of the project, for the fonts of its own: few licences allow
    /// that an archive carries them
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub project: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// Documents and folders of documents; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Change nothing; say which files would change, and fail if any would
    #[arg(long)]
    pub check: bool,
    /// Change nothing; show as a diff what would be changed
    #[arg(long)]
    pub diff: bool,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code in brackets after a finding's severity; all codes if not given
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Debug {
    /// The document; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// After which stage
    #[arg(long, value_enum)]
    pub stage: Stage,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum EditionName {
    /// To read, with links: PDF/A-2a and PDF/UA-1
    #[default]
    Screen,
    /// For the print shop: PDF/X-4 besides, without links
    Press,
    /// To keep: PDF/A-3a and PDF/UA-1, carrying all that it was made of
    Archive,
}

impl EditionName {
    /// How a file of this edition ends.
    fn extension(self, of_format: &str) -> String {
        match self {
            EditionName::Screen => of_format.to_owned(),
            EditionName::Press => format!("press.{of_format}"),
            EditionName::Archive => format!("archive.{of_format}"),
        }
    }
}

/// A length on paper.
fn millimetres(words: &str) -> Result<f64, String> {
    match words.parse() {
        Ok(length) if (0.0..=50.0).contains(&length) => Ok(length),
        _ => Err("a number of millimetres from 0 to 50, as 3".to_owned()),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Stage {
    /// The tree of the file
    Syntax,
    /// The document
    Model,
    /// The pages
    Pages,
}
