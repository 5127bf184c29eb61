//! `chancery check`

use rayon::prelude::*;

use super::args::Check;
use super::baseline::Baseline;
use super::disk::DiskWorld;
use super::files::{self, Input};
use super::outcome::{Failure, Outcome};
use super::terminal::{print, say};
use super::{batch, report};
use crate::compile::{Compilation, Options, compile};
use crate::diag::apply_fixes;

pub(super) fn run(arguments: &Check) -> Result<Outcome, Failure> {
    let inputs = files::inputs(&arguments.reading.files)?;
    if arguments.reading.values.is_given() {
        return batch::check(&inputs, arguments);
    }
    let baseline = arguments.baseline.as_deref().map(Baseline::read).transpose()?.unwrap_or_default();
    let one = |input: &Input| check(input, arguments, &baseline);
    let results: Vec<Result<Checked, Failure>> = match inputs.as_slice() {
        // One document is not worth a pool of threads.
        [only] => vec![one(only)],
        many => many.par_iter().map(one).collect(),
    };
    let mut worst = Outcome::Good;
    for (input, result) in inputs.iter().zip(&results) {
        match result {
            Ok(checked) => {
                print(checked.output.as_bytes())?;
                say(&format!("{}: {}", input.path.display(), checked.summary));
                worst = worst.max(report::outcome(&checked.compilation, arguments.reading.strict));
            }
            Err(failure) => {
                say(&format!("error: {failure}"));
                worst = Outcome::Failed;
            }
        }
    }
    let reports: Vec<_> = inputs
        .iter()
        .zip(&results)
        .map(|(input, result)| {
            let result = result.as_ref().map(|checked| (&checked.compilation, checked.accepted));
            report::report(input, result.map_err(ToString::to_string))
        })
        .collect();
    print(report::together(&reports, arguments.reading.format).as_bytes())?;
    Ok(worst)
}

struct Checked {
    compilation: Compilation,
    output: String,
    summary: String,
    /// How many findings the baseline accepts.
    accepted: usize,
}

fn check(input: &Input, arguments: &Check, baseline: &Baseline) -> Result<Checked, Failure> {
    let mut compilation = report::compiled(input, &arguments.reading)?;
    let mut summary = String::new();
    if arguments.fix {
        let text = compilation.sources.get(compilation.file).map(|source| source.text()).unwrap_or_default();
        let (cured, count) = apply_fixes(text, compilation.file, compilation.found.iter());
        if input.is_standard_input() {
            // The text goes where it came from: on to the next in the pipe.
            let world = DiskWorld::with_text(cured.clone());
            let compilation =
                compile(&world, world.name(), &Options { as_of: arguments.reading.as_of, ..Options::default() })?;
            let summary = summary_of_fixes(count) + &report::summary(&compilation);
            return Ok(Checked { summary, output: cured, compilation, accepted: 0 });
        }
        if count > 0 {
            files::write(&input.path, cured.as_bytes())?;
            compilation = report::compiled(input, &arguments.reading)?;
            summary = summary_of_fixes(count);
        }
    }
    let accepted = baseline.accept(&input.path, &mut compilation);
    summary.push_str(&report::summary(&compilation));
    if accepted > 0 {
        summary.push_str(&format!("; {accepted} accepted by the baseline"));
    }
    Ok(Checked { summary, output: report::findings(&compilation, &arguments.reading), compilation, accepted })
}

fn summary_of_fixes(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 fix applied; ".to_owned(),
        _ => format!("{count} fixes applied; "),
    }
}
