//! The command line: disk, terminal, threads, exit codes.
//!
//! Findings go to standard output, progress and summaries to standard error.
//! Exit codes: 0 no error, 1 errors in a text, 130 interrupted, 2 anything else.

mod archive;
mod args;
mod args_common;
mod args_drafts;
#[cfg(feature = "office")]
mod args_import;
mod baseline;
mod batch;
mod build;
mod check;
mod consolidate;
mod debug;
mod diff;
mod disk;
mod doctor;
mod explain;
mod extract;
mod files;
mod first_text;
mod fix;
mod fmt;
mod formats;
mod given;
mod help;
#[cfg(feature = "office")]
mod import;
mod init;
mod interrupt;
#[cfg(feature = "lsp")]
mod lsp;
mod manifest;
mod new;
mod outcome;
mod output;
mod place;
mod preview;
mod project;
mod refs;
mod registry;
mod remains;
mod rendering;
mod report;
mod result;
mod revision;
mod settle;
mod status;
mod terminal;
mod versions;
mod watch;

use std::process::ExitCode;

use clap::Parser;

pub use disk::DiskWorld;

use args::{Arguments, Command};
use outcome::{Failure, Outcome};
use terminal::{say, say_words, speak};

use crate::diag::steers;

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            if std::env::args_os().any(|word| word.to_string_lossy().chars().any(steers)) {
                // The message repeats what was typed, and its own colours cannot be told from it.
                say_words(&error.render().to_string());
            } else {
                // If the message cannot be printed there is no one to tell.
                let _ = error.print();
            }
            return ExitCode::from(code);
        }
    };
    speak(arguments.voice);
    interrupt::listen();
    let outcome = match arguments.command {
        Command::Init(arguments) => init::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Watch(arguments) => watch::run(&arguments),
        Command::Fmt(arguments) => fmt::run(&arguments),
        Command::Refs(arguments) => refs::run(&arguments),
        Command::Registry(arguments) => registry::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Consolidate(arguments) => consolidate::run(&arguments),
        Command::Settle(arguments) => settle::run(&arguments),
        Command::Versions(arguments) => versions::run(&arguments),
        #[cfg(feature = "office")]
        Command::Import(arguments) => import::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Status(arguments) => status::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        #[cfg(feature = "lsp")]
        Command::Lsp(_) => lsp::run(),
        Command::Preview(arguments) => preview::run(&arguments),
        Command::Debug(arguments) => debug::run(&arguments),
        Command::Completions(arguments) => help::completions(&arguments),
        Command::Docs => help::manual(),
        Command::Man(arguments) => help::pages(&arguments),
    };
    ExitCode::from(match outcome {
        Ok(Outcome::Good) => 0,
        Ok(Outcome::Faulty) => 1,
        Ok(Outcome::Interrupted) => interrupt::CODE,
        // Nobody reads what was to be printed, so that nobody knows how it ended.
        Ok(Outcome::Failed) | Err(Failure::Closed) => 2,
        Err(failure) => {
            say(&format!("error: {failure}"));
            2
        }
    })
}
