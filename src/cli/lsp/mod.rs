//! `chancery lsp`: the language server. It reads messages of an editor from standard input
//! and answers on standard output.
//!
//! `server` takes the messages in their order and keeps what is open; each open text has a
//! `desk`, a thread of its own with the session of its project, where the newest version is
//! compiled once and all requests on it are answered; `library` is a thread for what is
//! asked of all texts together.

mod actions;
mod answers;
mod asked;
mod board;
mod buffers;
mod capabilities;
mod desk;
mod edits;
mod library;
mod paths;
mod positions;
mod server;
mod shared;
mod shown;
mod tokens;
mod wire;
mod world;

use super::outcome::{Failure, Outcome};

/// Serves an editor until it ends the connection.
pub(super) fn run() -> Result<Outcome, Failure> {
    let (sender, receiver) = wire::connect();
    let is_good = server::serve(&sender, &receiver);
    sender.close();
    Ok(if is_good { Outcome::Good } else { Outcome::Faulty })
}
