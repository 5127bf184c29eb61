//! `chancery fmt`

use super::args::Fmt;
use super::files::{self, Input};
use super::fix;
use super::outcome::{Failure, Outcome};
use super::project;
use super::terminal::{print_report, print_result, print_words, say, tell};
use crate::diag::{Diagnostics, human, visible_line};
use crate::source::{Source, Sources};
use crate::world::World;
use crate::{compile, syntax};

pub(super) fn run(arguments: &Fmt) -> Result<Outcome, Failure> {
    let mut worst = Outcome::Good;
    let inputs = files::inputs(&arguments.files)?;
    // The form of a text is its own: what is wrong in the project is said, and is in no way.
    project::say_faults(&inputs);
    for input in inputs {
        match format(&input, arguments) {
            Ok(outcome) => worst = worst.max(outcome),
            Err(Failure::Closed) => return Err(Failure::Closed),
            Err(failure) => {
                say(&format!("error: {failure}"));
                worst = Outcome::Failed;
            }
        }
    }
    Ok(worst)
}

fn format(input: &Input, arguments: &Fmt) -> Result<Outcome, Failure> {
    let world = input.world()?;
    let bytes = world.read(world.name())?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::Usage(format!("`{}` is not UTF-8 text; `chancery check` says more", world.name())))?;
    let mut sources = Sources::default();
    let file = sources.add(Source::new(world.name(), text));
    let Some(source) = sources.get(file) else { return Ok(Outcome::Good) };
    let mut found = Diagnostics::default();
    let tree = compile::parse_by_path(source, file, &mut found);
    if found.has_errors() {
        // What was not understood could be damaged.
        print_report(&human(&found, &sources, false))?;
        say(&format!("{}: not written: mend these first", world.name()));
        return Ok(Outcome::Faulty);
    }
    let formatted = syntax::format(&tree, source);
    let changes = formatted != source.text();
    if arguments.diff {
        print_words(&fix::diff(source.text(), &formatted, world.name()))?;
        if changes && arguments.check {
            return Ok(Outcome::Faulty);
        }
    } else if input.is_standard_input() && !arguments.check {
        print_result(formatted.as_bytes())?;
    } else if changes && arguments.check {
        print_words(&format!("{}\n", visible_line(world.name())))?;
        return Ok(Outcome::Faulty);
    } else if changes {
        files::rewrite(&input.path, formatted.as_bytes())?;
        tell(&format!("{}: written in the canonical form", world.name()));
    }
    Ok(Outcome::Good)
}
