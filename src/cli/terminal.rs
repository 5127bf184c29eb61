//! What is printed, and where.

use std::io::{ErrorKind, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressStyle};

use super::outcome::Failure;

/// The least number of documents for which progress is shown.
const MANY: usize = 8;

/// A line on standard error.
pub(super) fn say(line: &str) {
    // If standard error is closed there is no one to tell.
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Bytes on standard output.
pub(super) fn print(bytes: &[u8]) -> Result<(), Failure> {
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
    if length < MANY || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}") {
        bar.set_style(style);
    }
    bar
}
