//! What helps to type commands, made of what clap knows of them: completions for
//! shells, and pages for `man`.

use std::fs;

use clap::CommandFactory;

use super::args::{Arguments, Completions, Man};
use super::files::{self, Kept};
use super::outcome::{Failure, Outcome};
use super::place::NamedBy;
use super::report::number_of;
use super::terminal::{print_result, tell};

const NAME: &str = "chancery";

/// `chancery completions`
pub(super) fn completions(arguments: &Completions) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), NAME, &mut script);
    print_result(&script)?;
    Ok(Outcome::Good)
}

/// `chancery docs`: the manual as one page, which needs no network.
pub(super) fn manual() -> Result<Outcome, Failure> {
    let chapters = [
        include_str!("../../docs/language.md"),
        include_str!("../../docs/documents.md"),
        include_str!("../../docs/registry.md"),
        include_str!("../../docs/editions.md"),
        include_str!("../../docs/drafts.md"),
        include_str!("../../docs/word.md"),
        include_str!("../../docs/html.md"),
        include_str!("../../docs/ci.md"),
        include_str!("../../docs/editors.md"),
    ];
    print_result(chapters.join("\n").as_bytes())?;
    Ok(Outcome::Good)
}

/// `chancery man`
pub(super) fn pages(arguments: &Man) -> Result<Outcome, Failure> {
    let failed = |error: std::io::Error| Failure::Write { path: "the pages".to_owned(), reason: error.to_string() };
    let Some(folder) = &arguments.output else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Arguments::command()).render(&mut page).map_err(failed)?;
        print_result(&page)?;
        return Ok(Outcome::Good);
    };
    files::make_folder(folder)?;
    // They are made beside the place where they go: that one function writes is kept.
    let made = tempfile::tempdir().map_err(failed)?;
    clap_mangen::generate_to(Arguments::command(), made.path()).map_err(failed)?;
    let mut count = 0;
    for entry in fs::read_dir(made.path()).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let bytes = fs::read(entry.path()).map_err(failed)?;
        files::write(&folder.join(entry.file_name()), &bytes, NamedBy::Rule(folder), Kept::Written)?;
        count += 1;
    }
    tell(&format!("{} written to {}", number_of(count, "page", "pages"), folder.display()));
    Ok(Outcome::Good)
}
