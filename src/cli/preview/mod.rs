//! `chancery preview`: a text as its pages, in a browser on this machine.
//!
//! `serve` answers whoever knows the address, `shown` is what is shown and waits for the
//! next version; `page.html` shows it.

mod serve;
mod shown;

use std::time::Duration;

use super::args::Preview as Arguments;
use super::disk::DiskWorld;
use super::outcome::{Failure, Outcome};
use super::project;
use super::terminal::{print_words, tell};
use crate::compile::{Options, Session};
use crate::world::{Recorder, World};

pub(super) use serve::Preview;

/// How often is looked whether a file has changed.
const OFTEN: Duration = Duration::from_millis(250);

/// Shows a text until the command is ended, again after each save.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let failed = |error: std::io::Error| Failure::Usage(format!("cannot show pages: {error}"));
    let preview = Preview::open(Box::new(|_| {})).map_err(failed)?;
    print_words(&format!("{}\n", preview.address()))?;
    tell("shown at this address until the command is ended; it is for this machine alone");
    let options = Options { as_of: arguments.as_of, ..Options::default() };
    loop {
        let world = DiskWorld::of(&arguments.file);
        let recorder = Recorder::of(&world);
        let session = Session::new(&recorder);
        project::say_faults_of(&session);
        match session.compile(world.name(), &options) {
            Ok(compilation) => preview.show(&compilation),
            // A file that was deleted may come back.
            Err(error) => preview.fail(&error.to_string()),
        }
        let read = recorder.reads();
        let is_same = || read.iter().all(|(path, bytes)| world.read(path).ok() == *bytes);
        while is_same() {
            std::thread::sleep(OFTEN);
        }
    }
}
