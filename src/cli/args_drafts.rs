//! What can be typed of drafts and of languages.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::args_common::{Format, Weighing, day};

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The old draft; `-` is standard input, `HEAD~1:FILE` a file at a revision of git
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The new draft
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// How it is shown
    #[arg(long, value_enum, default_value_t)]
    pub to: DiffFormat,
    /// How the two stand on an HTML page
    #[arg(long, value_enum, default_value_t)]
    pub view: DiffView,
    /// Whose the tracked changes of a Word file are
    #[arg(long, value_name = "NAME", default_value = "Chancery")]
    pub author: String,
    /// The day of these changes; that of NEW if not given
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub date: Option<Date>,
    /// List for each other language beside NEW the paragraphs that its translator has to touch
    #[arg(long)]
    pub versions: bool,
    /// The file to write to; standard output if not given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The day at which a draft's references are judged
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// The summary, then each block that changed
    #[default]
    Text,
    /// One object, for programs
    Json,
    /// One page, for a browser or a printer
    Html,
    /// A file for Word, with tracked changes
    Docx,
    /// The new draft in house style, with what is gone and new in it
    Pdf,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffView {
    /// One text with what is gone and new in it
    #[default]
    Inline,
    /// Two texts beside each other
    Side,
}

#[derive(Debug, Args)]
pub(super) struct Versions {
    /// Texts `name.LANGUAGE.decl`, each with its other languages, and folders of them; the project if not given
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Print all languages beside each other, a row a paragraph, with what is wrong
    #[arg(long)]
    pub table: bool,
    /// How that is printed
    #[arg(long, value_enum, default_value_t, requires = "table")]
    pub to: TableFormat,
    /// Write all languages beside each other as one HTML page, to print
    #[arg(long, value_name = "HTML")]
    pub synopsis: Option<PathBuf>,
    /// Write the paragraphs in all languages as TMX 1.4b, for translation memories
    #[arg(long, value_name = "TMX")]
    pub tmx: Option<PathBuf>,
    /// Write the names of bodies and States in these languages as TBX-Basic, for term bases
    #[arg(long, value_name = "TBX")]
    pub tbx: Option<PathBuf>,
    #[command(flatten)]
    pub weighing: Weighing,
    /// The day at which a draft's references are judged
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    /// A table for a terminal
    #[default]
    Text,
    /// One object, for programs
    Json,
    /// One page, for a browser or a printer
    Html,
}

#[derive(Debug, Args)]
pub(super) struct Consolidate {
    /// The text that the delegations amended
    #[arg(value_name = "BASE")]
    pub base: PathBuf,
    /// A delegation and its copy: `FR=france.decl`. Names are codes of participating States, `EU`, or stand under `delegations:`
    #[arg(value_name = "NAME=FILE", required = true)]
    pub proposals: Vec<String>,
    /// Which round of proposals it is: from the second on the base may have brackets of those before, and new ones are `[FR@2: …]`
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=999))]
    pub round: u32,
    /// The file to write to; standard output if not given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Settle {
    /// A text with brackets that have names
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Put the words of this delegation in the place of its brackets; `base` is what stood there before. Of several the first that a bracket has decides
    #[arg(long, value_name = "NAME")]
    pub take: Vec<String>,
    /// Take the proposals of this delegation out
    #[arg(long, value_name = "NAME")]
    pub drop: Vec<String>,
    /// Only in this paragraph, `5` or `5(a)`, or the one of this label
    #[arg(long, value_name = "PARAGRAPH")]
    pub only: Vec<String>,
    /// Only proposals of this round; those without a number are of the first
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=999))]
    pub round: Option<u32>,
    /// Number paragraphs anew when all is settled; references `{@label}` follow, and numbers typed in words are said
    #[arg(long)]
    pub renumber: bool,
    /// Change nothing: list who holds what, and where
    #[arg(long)]
    pub list: bool,
    /// The file to write to, `-` for standard output; the text itself if not given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
