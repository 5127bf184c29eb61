//! `chancery diff`

use std::path::Path;

use super::args::{Diff, DiffFormat, DiffView};
use super::disk::source_date;
use super::files::Input;
use super::outcome::{Failure, Outcome};
use super::result;
use super::revision::AnyWorld;
use super::terminal::{has_colour, print_report, print_result, print_words, say, say_report};
use super::versions;
use super::{project, report};
use crate::compare::show::{self, View};
use crate::compare::{Comparison, Side};
use crate::compile::{Compilation, Options, compile};
use crate::diag::{Severity, visible};
use crate::render::{self, RedlineOptions};

pub(super) fn run(arguments: &Diff) -> Result<Outcome, Failure> {
    if arguments.old == Path::new("-") && arguments.new == Path::new("-") {
        return Err(Failure::Usage("standard input can be one of the two drafts, not both".to_owned()));
    }
    let options = Options { as_of: arguments.as_of, ..Options::default() };
    project::say_faults(&[Input::named(arguments.old.clone()), Input::named(arguments.new.clone())]);
    let (old, old_name) = read(&arguments.old, &options)?;
    let (new, new_name) = read(&arguments.new, &options)?;
    let (Some(old_side), Some(new_side)) = (side(&old, &old_name)?, side(&new, &new_name)?) else {
        return Ok(Outcome::Failed);
    };
    comparable(&old_side, &new_side, (&old_name, &new_name))?;
    let comparison = Comparison::of(&old_side, &new_side);
    if [&old_side, &new_side].iter().any(|side| !side.document.appended.is_empty()) {
        say("texts that are appended are not compared with it: compare their own files");
    }
    if arguments.versions && arguments.to != DiffFormat::Text {
        return Err(Failure::Usage("`--versions` is told as text: leave out `--to`".to_owned()));
    }
    let touched =
        if arguments.versions { versions::to_touch(&arguments.new, &old, &comparison)? } else { String::new() };
    let names = (old_name.as_str(), new_name.as_str());
    let view = match arguments.view {
        DiffView::Inline => View::Inline,
        DiffView::Side => View::Side,
    };
    let word_file = || {
        let author = arguments.author.clone();
        let date = arguments.date.map(|day| day.at(0, 0, 0, 0)).or_else(source_date);
        render::redline((&old_side, &new_side), &comparison, &new.style, &RedlineOptions { author, date })
    };
    match (&arguments.output, arguments.to) {
        (None, DiffFormat::Docx) => print_result(&word_file()?)?,
        (Some(path), DiffFormat::Docx) => result::write(path, &word_file()?)?,
        (output, DiffFormat::Pdf) => {
            let pdf =
                render::redline_pdf((&old_side, &new_side), &comparison, names, &new.style, source_date())?.content;
            match output {
                Some(path) => result::write(path, &pdf)?,
                None => print_result(&pdf)?,
            }
        }
        (None, DiffFormat::Text) => print_report(&(show::text(&comparison, names, has_colour()) + &touched))?,
        (None, DiffFormat::Json) => print_words(&show::json(&comparison, names))?,
        (None, DiffFormat::Html) => print_result(show::html(&comparison, names, view).as_bytes())?,
        (Some(path), format) => {
            let words = match format {
                DiffFormat::Text => visible(&(show::text(&comparison, names, false) + &touched)).into_owned(),
                DiffFormat::Json => show::json(&comparison, names),
                DiffFormat::Html | DiffFormat::Docx | DiffFormat::Pdf => show::html(&comparison, names, view),
            };
            result::write(path, words.as_bytes())?;
        }
    }
    Ok(if comparison.differs() { Outcome::Faulty } else { Outcome::Good })
}

fn read(path: &Path, options: &Options) -> Result<(Compilation, String), Failure> {
    let world = AnyWorld::of(path)?;
    let compilation = compile(world.world(), world.name(), options)?;
    Ok((compilation, world.name().to_owned()))
}

/// A side of the comparison. What has errors is compared as far as it was understood, and
/// that is said; what is no document cannot be compared.
fn side<'c>(compilation: &'c Compilation, name: &str) -> Result<Option<Side<'c>>, Failure> {
    let side = Side::of(compilation);
    if side.is_none() {
        say_report(&report::shown(&compilation.found, &compilation.sources, super::args::Format::Human));
        let why = if compilation.found.has_errors() { "mend these first" } else { "it is no document" };
        say(&format!("error: `{name}` cannot be compared: {why}"));
        return Ok(None);
    }
    let errors = compilation.found.count(Severity::Error);
    if errors > 0 {
        let errors = report::number_of(errors, "error", "errors");
        say(&format!("{name}: {errors}; it is compared as far as it was understood, `chancery check` says more"));
    }
    Ok(side)
}

fn comparable(old: &Side<'_>, new: &Side<'_>, (old_name, new_name): (&str, &str)) -> Result<(), Failure> {
    let (a, b) = (&old.document.language, &new.document.language);
    if a != b {
        return Err(Failure::Usage(format!(
            "`{old_name}` is in the language {a} and `{new_name}` in {b}: `chancery versions` compares languages"
        )));
    }
    if old.document.volume.is_some() != new.document.volume.is_some() {
        return Err(Failure::Usage(format!(
            "one of `{old_name}` and `{new_name}` is a volume and the other one a text: name the text of the volume"
        )));
    }
    Ok(())
}
