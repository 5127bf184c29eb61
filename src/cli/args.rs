//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Checks ministerial texts, and sets them as PDF and plain text.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a first document of a type, to start from
    New(New),
    /// Check documents and print what was found
    Check(Check),
    /// Check documents and make PDF or plain text of them
    Build(Build),
    /// Write documents in the canonical form
    Fmt(Fmt),
    /// Say what a finding means, and its cure
    Explain(Explain),
    /// Show what the compiler sees
    Debug(Debug),
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// The type of document, as `declaration`
    pub template: String,
    /// Its language: en, fr, de, it, es, ru
    #[arg(short, long, default_value = "en")]
    pub language: String,
    /// Where to write it; standard output if not given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What documents are read, and how findings are shown.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Documents and folders of documents; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Warnings count as errors
    #[arg(long)]
    pub strict: bool,
    /// The day at which a draft's references are judged
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub reading: Reading,
    /// Apply the fixes that findings offer, then check again
    #[arg(long)]
    pub fix: bool,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    pub reading: Reading,
    /// What to make
    #[arg(long, value_enum, default_value_t)]
    pub to: Target,
    /// How plain text is laid out
    #[arg(long, value_enum, default_value_t)]
    pub layout: TextLayout,
    /// How many characters a line of flowed text has
    #[arg(long, value_name = "CHARACTERS", default_value_t = 72, value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub width: u16,
    /// Where to write: a file, a folder for several documents, `-` for
    /// standard output; beside each document if not given
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// Documents and folders of documents; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Change nothing; say which files would change, and fail if any would
    #[arg(long)]
    pub check: bool,
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
pub(super) enum Format {
    /// With the lines of the text and the cure under each finding
    #[default]
    Human,
    /// A line a finding
    Concise,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Target {
    /// Pages
    #[default]
    Pdf,
    /// Plain text
    Text,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TextLayout {
    /// The lines and pages of the PDF
    Printed,
    /// Filled to a width
    #[default]
    Flowed,
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
