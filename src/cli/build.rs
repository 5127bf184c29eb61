//! `chancery build`

use std::path::Path;

use rayon::prelude::*;

use super::args::Build;
use super::batch;
use super::files::{self, Input};
use super::interrupt::Wish;
use super::outcome::{Failure, Outcome};
use super::output::{Made, Output, made, outputs};
use super::rendering::{Origin, Rendering};
use super::report::{self, Shown, Totals};
use super::terminal::{is_verbose, progress, say, tell};
use crate::Error;
use crate::compile::{Kind, Session};
use crate::world::{Recorder, World};

pub(super) fn run(arguments: &Build) -> Result<Outcome, Failure> {
    let inputs = files::inputs(&arguments.reading.files)?;
    // A code that there is not is one fault, and none of each document.
    arguments.reading.options()?;
    let pattern = arguments.output.as_deref().and_then(Path::to_str).filter(|path| path.contains('{'));
    if arguments.reading.values.is_given() || pattern.is_some() {
        return batch::build(&inputs, arguments, pattern);
    }
    let outputs = outputs(&inputs, arguments)?;
    let jobs: Vec<(&Input, &Output)> = inputs.iter().zip(&outputs).collect();
    let (wish, mut worst, mut written) = (Wish::listen(jobs.len()), Outcome::Good, 0);
    let (mut shown, mut counts) = (Shown::new(arguments.reading.format), Totals::default());
    for ((input, output), result) in jobs.iter().zip(build_all(&jobs, arguments, &wish)) {
        match result {
            // A template in a folder is passed over, and what comes after an interruption.
            Ok(None) => {}
            Ok(Some(made)) => {
                output.show(&shown.findings(&made.found, &made.sources), made.bytes.as_deref())?;
                tell(&format!("{}: {}", report::called(input, made.title.as_deref()), made.summary));
                counts.add(&made.found, &made.sources);
                worst = worst.max(made.outcome);
                written += u64::from(made.bytes.is_some());
            }
            Err(failure) => {
                match &failure {
                    Failure::Machine(Error::Refused(reason)) => {
                        say(&format!("error: {}: {reason}", input.path.display()));
                    }
                    other => say(&format!("error: {other}")),
                }
                counts.unread += 1;
                worst = Outcome::Failed;
            }
        }
    }
    if counts.documents() > 1 && !wish.is_told() {
        tell(&format!("{}; {written} written", counts.in_words()));
    }
    Ok(wish.outcome(worst, &format!("{written} of {} written", jobs.len())))
}

fn build_all(jobs: &[(&Input, &Output)], arguments: &Build, wish: &Wish) -> Vec<Result<Option<Made>, Failure>> {
    match jobs {
        // One document is not worth a pool of threads.
        [(input, output)] => vec![build(input, output, arguments)],
        many => {
            let bar = progress(many.len());
            let built = many.par_iter().map(|(input, output)| {
                let built = if wish.is_told() { Ok(None) } else { build(input, output, arguments) };
                bar.inc(1);
                built
            });
            let built = built.collect();
            bar.finish_and_clear();
            built
        }
    }
}

/// Builds a document and writes the result; nothing comes of a template in a
/// folder.
fn build(input: &Input, output: &Output, arguments: &Build) -> Result<Option<Made>, Failure> {
    let world = input.world()?;
    let recorder = Recorder::of(&world);
    let read: &dyn World = if is_verbose() { &recorder } else { &world };
    let session = Session::new(read);
    let rendering = Rendering::of(arguments, &session.project, &world)?;
    let options = arguments.reading.options()?;
    let compilation = session.compile(world.name(), &options)?;
    if is_verbose() {
        report::made_of(&world, &recorder);
    }
    let what = match compilation.kind {
        Kind::Document => None,
        Kind::Template => Some("a template; give it values by `--set` or `--data`, or build a document that names it"),
        Kind::Clause => Some("a text that others include; a document that does can be built"),
    };
    if let Some(what) = what {
        if input.in_folder {
            return Ok(None);
        }
        return Err(Failure::Usage(format!("`{}` is {what}", input.path.display())));
    }
    let mut made = made(compilation, &arguments.reading, &rendering, &Origin { world: &world, record: None })?;
    made.summary += &output.write(made.bytes.as_deref())?;
    Ok(Some(made))
}
