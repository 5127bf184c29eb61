//! `chancery check`

use rayon::prelude::*;

use super::args::{Check, Format};
use super::baseline::Baseline;
use super::files::{self, Input};
use super::interrupt::Wish;
use super::outcome::{Failure, Outcome};
use super::report::{Shown, Totals};
use super::terminal::{is_verbose, print_report, print_result, print_words, say, say_report, tell};
use super::versions::{self, OfVersion, OfVersions};
use super::{batch, fix, project, report};
use crate::compile::{Compilation, Mended, Options, mend};

pub(super) fn run(arguments: &Check) -> Result<Outcome, Failure> {
    let inputs = project::inputs(&arguments.reading.files)?;
    let options = arguments.reading.options()?;
    refuse_reports(&inputs, arguments)?;
    if arguments.reading.values.is_given() {
        if arguments.versions {
            return Err(Failure::Usage("`--versions` compares files, and takes no values for them".to_owned()));
        }
        return batch::check(&inputs, arguments);
    }
    let baseline = match &arguments.baseline {
        Some(named) => Baseline::read(named)?,
        None => Baseline::of_projects(&inputs)?,
    };
    let of_versions = if arguments.versions { versions::findings(&inputs, &options) } else { OfVersions::new() };
    let one = |input: &Input| check(input, arguments, &options, (&baseline, &of_versions));
    let wish = Wish::listen(inputs.len());
    let results: Vec<Option<Result<Checked, Failure>>> = match inputs.as_slice() {
        // One document is not worth a pool of threads.
        [only] => vec![Some(one(only))],
        many => many.par_iter().map(|input| (!wish.is_told()).then(|| one(input))).collect(),
    };
    let results: Vec<(&Input, Result<Checked, Failure>)> =
        inputs.iter().zip(results).filter_map(|(input, result)| Some((input, result?))).collect();
    let mut worst = Outcome::Good;
    let (mut shown, mut counts) = (Shown::new(arguments.reading.format), Totals::default());
    for (input, result) in &results {
        match result {
            Ok(checked) => {
                checked.tell(input, &mut shown)?;
                counts.add(&checked.compilation.found, &checked.compilation.sources);
                worst = worst.max(report::outcome(&checked.compilation));
            }
            Err(failure) => {
                say(&format!("error: {failure}"));
                counts.unread += 1;
                worst = Outcome::Failed;
            }
        }
    }
    if inputs.len() > 1 {
        tell(&counts.in_words());
    }
    let done = format!("{} of {} texts checked, the others are as they were", results.len(), inputs.len());
    let outcome = wish.outcome(worst, &done);
    // A report of some of them would pass for one of all.
    if arguments.diff || outcome == Outcome::Interrupted {
        return Ok(outcome);
    }
    let reports: Vec<_> = results
        .iter()
        .map(|(input, result)| {
            let result = result.as_ref().map(|checked| (&checked.compilation, checked.accepted));
            report::report(input, result.map_err(ToString::to_string))
        })
        .collect();
    print_words(&report::together(&reports, arguments.reading.format))?;
    Ok(worst)
}

/// Standard output has room for one thing: a text, a diff or a report.
fn refuse_reports(inputs: &[Input], arguments: &Check) -> Result<(), Failure> {
    let is_report = !matches!(arguments.reading.format, Format::Human | Format::Concise);
    let prints = if arguments.diff {
        Some("`--diff` prints a diff")
    } else if arguments.fix && inputs.iter().any(Input::is_standard_input) {
        Some("with standard input `--fix` prints the text")
    } else {
        None
    };
    match prints.filter(|_| is_report) {
        Some(prints) => Err(Failure::Usage(format!("{prints} and no report; leave out `--format`"))),
        None => Ok(()),
    }
}

struct Checked {
    compilation: Compilation,
    /// What was changed, a line each.
    changes: Vec<String>,
    /// A text or a diff for standard output.
    text: Option<String>,
    summary: String,
    /// How many findings the baseline accepts.
    accepted: usize,
}

impl Checked {
    /// Prints what was found, and says what was changed and how much was found.
    fn tell(&self, input: &Input, shown: &mut Shown) -> Result<(), Failure> {
        let name = input.path.display();
        match &self.text {
            Some(text) => {
                let findings = if input.is_standard_input() {
                    shown.findings(&self.compilation.found, &self.compilation.sources)
                } else {
                    String::new()
                };
                say_report(&findings);
                print_result(text.as_bytes())?;
            }
            None => print_report(&shown.findings(&self.compilation.found, &self.compilation.sources))?,
        }
        for change in &self.changes {
            tell(&format!("{name}:{change}"));
        }
        tell(&format!("{}: {}", input.name(), self.summary));
        Ok(())
    }
}

fn check(
    input: &Input,
    arguments: &Check,
    options: &Options,
    (baseline, of_versions): (&Baseline, &OfVersions),
) -> Result<Checked, Failure> {
    if !arguments.fix {
        let of_versions = of_versions.get(&input.path);
        let mut compilation = match of_versions.and_then(OfVersion::take).filter(|_| !is_verbose()) {
            Some(compilation) => report::tried(input, options, compilation)?,
            None => report::compiled(input, options)?,
        };
        if let Some(OfVersion { original, found, .. }) = of_versions {
            compilation.add_of_versions(original, found.clone());
        }
        let accepted = baseline.accept(&input.path, &mut compilation);
        let summary = report::summary_but(&compilation, accepted);
        return Ok(Checked { compilation, changes: Vec::new(), text: None, summary, accepted });
    }
    let world = input.world()?;
    let mended = mend(&world, world.name(), options, arguments.suggested)?;
    let diff = arguments.diff.then(|| fix::diff(&mended.before, &mended.text, &input.path.display().to_string()));
    let changes = fix::changes(&mended);
    let Mended { mut compilation, text, before, .. } = mended;
    let (text, done) = match diff {
        Some(diff) => {
            // What is not written does not count: the text is as it was.
            compilation = report::compiled_in(&world, options)?;
            (Some(diff), "shown")
        }
        // The text goes where it came from: on to the next in the pipe.
        None if input.is_standard_input() => (Some(text), "applied"),
        None => {
            if text != before {
                files::rewrite(&input.path, text.as_bytes())?;
            }
            (None, "applied")
        }
    };
    let accepted = baseline.accept(&input.path, &mut compilation);
    let summary = fix::summary(changes.len(), done) + &report::summary_but(&compilation, accepted);
    let changes = if arguments.diff { Vec::new() } else { changes };
    Ok(Checked { compilation, changes, text, summary, accepted })
}
