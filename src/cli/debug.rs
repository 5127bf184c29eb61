//! `chancery debug`

use super::args::{Debug, Format, Stage};
use super::files::Input;
use super::outcome::{Failure, Outcome};
use super::report;
use super::terminal::{print_words, say, say_report};
use crate::compile::Options;
use crate::diag::Diagnostics;
use crate::layout;
use crate::syntax;

pub(super) fn run(arguments: &Debug) -> Result<Outcome, Failure> {
    let input = Input::named(arguments.file.clone());
    let compilation = report::compiled(&input, &Options::default())?;
    let shown = match arguments.stage {
        Stage::Syntax => {
            let source = compilation.sources.get(compilation.file);
            let tree = source.map(|source| syntax::parse(source, compilation.file, &mut Diagnostics::default()));
            tree.map(|tree| format!("{tree:#?}\n"))
        }
        Stage::Model => compilation.document.as_ref().map(|document| format!("{document:#?}\n")),
        Stage::Pages => {
            compilation.checked.as_ref().map(|checked| format!("{:#?}\n", layout::pages(checked, &compilation.style)))
        }
    };
    // What was found is beside the point here, and must not stand in the dump.
    let findings = report::shown(&compilation.found, &compilation.sources, Format::Concise);
    say_report(&findings);
    match shown {
        Some(shown) => {
            print_words(&shown)?;
            Ok(Outcome::Good)
        }
        None => {
            say("the document has errors and does not reach this stage");
            Ok(Outcome::Faulty)
        }
    }
}
