//! What can be typed of foreign texts.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(super) struct Import {
    /// A Word document (.docx) or a text; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The file to write to; standard output if not given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What becomes of tracked changes: brackets if not given, of authors whose delegation `--as` says
    #[arg(long, value_enum)]
    pub changes: Option<ImportChanges>,
    /// Whose the changes of an author are: `"Jean Exemple=FR"`; may be repeated
    #[arg(long = "as", value_name = "AUTHOR=NAME")]
    pub authors: Vec<String>,
    /// The author's own text, of which the file was made: its words are changed where the file's were, and nothing else is
    #[arg(long, value_name = "DECL", conflicts_with_all = ["document", "language"])]
    pub base: Option<PathBuf>,
    /// Which round of proposals brackets are of: from the second on the base may have those of rounds before, and new ones are `[FR@2: …]`
    #[arg(long, value_name = "N", default_value_t = 1, requires = "base", value_parser = clap::value_parser!(u32).range(1..=999))]
    pub round: u32,
    /// The type of document; by its symbol if not given
    #[arg(long, value_name = "TYPE")]
    pub document: Option<String>,
    /// The tag of its language; by its words if not given
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportChanges {
    /// The text with all of them
    Accept,
    /// The text without them
    Reject,
    /// Brackets with the names of those who made them
    Brackets,
}
