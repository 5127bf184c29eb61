//! The command line: disk, terminal, threads, exit codes.
//!
//! Findings go to standard output, progress and summaries to standard error.
//! Exit codes: 0 no error, 1 errors in a text, 2 anything else.

mod archive;
mod args;
mod baseline;
mod batch;
mod build;
mod check;
mod debug;
mod disk;
mod explain;
mod extract;
mod files;
mod fmt;
mod given;
mod manifest;
mod new;
mod refs;
mod registry;
mod rendering;
mod report;
mod watch;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;

pub use disk::DiskWorld;

use args::{Arguments, Command};

/// How a command ended, where it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Nothing in the way.
    Good,
    /// Errors in a text.
    Faulty,
    /// Some of the work could not be done, and was said where it happened.
    Failed,
}

/// What keeps a command from doing its work.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Machine(#[from] crate::Error),
    #[error("cannot write `{path}`: {reason}")]
    Write { path: String, reason: String },
    #[error("{0}")]
    Usage(String),
    /// Nobody reads what is printed any more; there is nobody to tell.
    #[error("nobody reads the output")]
    Closed,
}

impl From<crate::world::WorldError> for Failure {
    fn from(error: crate::world::WorldError) -> Self {
        Failure::Machine(error.into())
    }
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // If the message cannot be printed there is no one to tell.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let outcome = match arguments.command {
        Command::New(arguments) => new::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Watch(arguments) => watch::run(&arguments),
        Command::Fmt(arguments) => fmt::run(&arguments),
        Command::Refs(arguments) => refs::run(&arguments),
        Command::Registry(arguments) => registry::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Debug(arguments) => debug::run(&arguments),
    };
    ExitCode::from(match outcome {
        Ok(Outcome::Good) | Err(Failure::Closed) => 0,
        Ok(Outcome::Faulty) => 1,
        Ok(Outcome::Failed) => 2,
        Err(failure) => {
            say(&format!("error: {failure}"));
            2
        }
    })
}

/// A line on standard error.
fn say(line: &str) {
    // If standard error is closed there is no one to tell.
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Bytes on standard output.
fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::Closed,
        _ => Failure::Write { path: "standard output".to_owned(), reason: error.to_string() },
    })
}
