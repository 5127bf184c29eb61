//! What is printed, and where.

use std::io::{ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressStyle};

use super::args::Voice;
use super::outcome::Failure;
use crate::diag::{visible, visible_line, visible_report};

/// The least number of documents for which progress is shown.
const MANY: usize = 8;

/// How much is said: set once, before anything is.
static VOICE: AtomicU8 = AtomicU8::new(NORMAL);
const QUIET: u8 = 0;
const NORMAL: u8 = 1;
const VERBOSE: u8 = 2;

/// Takes over what the command says of colours, and of how much is to be said.
pub(super) fn speak(voice: Voice) {
    let colours = match voice.color {
        clap::ColorChoice::Auto => ColorChoice::Auto,
        clap::ColorChoice::Always => ColorChoice::Always,
        clap::ColorChoice::Never => ColorChoice::Never,
    };
    colours.write_global();
    let level = match voice {
        Voice { quiet: true, .. } => QUIET,
        Voice { verbose: true, .. } => VERBOSE,
        Voice { .. } => NORMAL,
    };
    VOICE.store(level, Ordering::Relaxed);
}

/// Whether more than summaries is to be said.
pub(super) fn is_verbose() -> bool {
    VOICE.load(Ordering::Relaxed) == VERBOSE
}

/// A line on standard error that is no fault: what was done, how much was found.
pub(super) fn tell(line: &str) {
    if VOICE.load(Ordering::Relaxed) != QUIET {
        say(line);
    }
}

/// A line on standard error. It is one: a line break in it, as of a path, is shown.
pub(super) fn say(line: &str) {
    // If standard error is closed there is no one to tell.
    let _ = writeln!(std::io::stderr(), "{}", visible_line(line));
}

/// Wipes the line of a terminal where a progress bar or a question stands, and `^C` behind it.
pub(super) fn wipe() {
    if std::io::stderr().is_terminal() {
        let _ = write!(std::io::stderr(), "\r\x1b[2K");
    }
}

/// Lines on standard error.
pub(super) fn say_words(words: &str) {
    let _ = write!(std::io::stderr(), "{}", visible(words));
}

/// Findings on standard error, where standard output has something else.
pub(super) fn say_report(report: &str) {
    if !report.is_empty() {
        let _ = writeln!(anstream::stderr(), "{}", visible_report(report.trim_end()));
    }
}

/// Findings on standard output; colours stay.
pub(super) fn print_report(report: &str) -> Result<(), Failure> {
    write(visible_report(report).as_bytes())
}

/// What is no result of a document: reports for programs, lists, tables, explanations.
pub(super) fn print_words(words: &str) -> Result<(), Failure> {
    if words.is_empty() { Ok(()) } else { write_somewhere(visible(words).as_bytes()) }
}

/// A result on standard output, to the byte, unless it goes to a terminal.
pub(super) fn print_result(bytes: &[u8]) -> Result<(), Failure> {
    if std::io::stdout().is_terminal() {
        return match std::str::from_utf8(bytes) {
            Ok(text) => write(visible(text).as_bytes()),
            Err(_) => Err(Failure::Usage("such a file is nothing for a terminal; name one by `-o`".to_owned())),
        };
    }
    write_somewhere(bytes)
}

/// Writes what somebody waits for. Findings that people read may go nowhere: then it is
/// the exit code that was asked for.
fn write_somewhere(bytes: &[u8]) -> Result<(), Failure> {
    if leads_nowhere() {
        return Err(Failure::Write { path: "standard output".to_owned(), reason: "it is closed".to_owned() });
    }
    write(bytes)
}

/// Whether standard output was closed when the program began: it then leads to the null
/// device, opened for reading too, as no shell opens it for output.
fn leads_nowhere() -> bool {
    let is_null = std::fs::read_link("/proc/self/fd/1").is_ok_and(|target| target == Path::new("/dev/null"));
    let Ok(known) = std::fs::read_to_string("/proc/self/fdinfo/1") else { return false };
    let flags = known.lines().find_map(|line| line.strip_prefix("flags:"));
    is_null && flags.is_some_and(|flags| flags.trim().ends_with('2'))
}

fn write(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::Closed,
        _ => Failure::Write { path: "standard output".to_owned(), reason: error.to_string() },
    })
}

/// Whether standard output shows colours.
pub(super) fn has_colour() -> bool {
    AutoStream::choice(&std::io::stdout()) != ColorChoice::Never
}

/// A progress bar on standard error for `length` documents; hidden if they are
/// few or standard error is no terminal.
pub(super) fn progress(length: usize) -> ProgressBar {
    if length < MANY || VOICE.load(Ordering::Relaxed) == QUIET || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}") {
        bar.set_style(style);
    }
    bar
}
