//! `chancery check`

use rayon::prelude::*;

use super::args::Check;
use super::files::{self, Input};
use super::{DiskWorld, Failure, Outcome, print, report, say};
use crate::compile::{Compilation, Options, compile};
use crate::diag::apply_fixes;

pub(super) fn run(arguments: &Check) -> Result<Outcome, Failure> {
    let inputs = files::inputs(&arguments.reading.files)?;
    let mut worst = Outcome::Good;
    let results: Vec<_> = match inputs.as_slice() {
        // One document is not worth a pool of threads.
        [one] => vec![check(one, arguments)],
        many => many.par_iter().map(|input| check(input, arguments)).collect(),
    };
    for (input, result) in inputs.iter().zip(results) {
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
    Ok(worst)
}

struct Checked {
    compilation: Compilation,
    output: String,
    summary: String,
}

fn check(input: &Input, arguments: &Check) -> Result<Checked, Failure> {
    let mut compilation = report::compiled(input, &arguments.reading)?;
    let mut fixed = String::new();
    let mut output = String::new();
    if arguments.fix {
        let text = compilation.sources.get(compilation.file).map(|source| source.text()).unwrap_or_default();
        let (cured, count) = apply_fixes(text, compilation.file, compilation.found.iter());
        if input.is_standard_input() {
            // The text goes where it came from: on to the next in the pipe.
            let world = DiskWorld::with_text(cured.clone());
            let compilation = compile(&world, world.name(), &Options { as_of: arguments.reading.as_of })?;
            let summary = summary_of_fixes(count) + &report::summary(&compilation);
            return Ok(Checked { summary, output: cured, compilation });
        }
        if count > 0 {
            files::write(&input.path, cured.as_bytes())?;
            compilation = report::compiled(input, &arguments.reading)?;
            fixed = summary_of_fixes(count);
        }
    }
    output.push_str(&report::findings(&compilation, &arguments.reading));
    Ok(Checked { summary: fixed + &report::summary(&compilation), output, compilation })
}

fn summary_of_fixes(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 fix applied; ".to_owned(),
        _ => format!("{count} fixes applied; "),
    }
}
