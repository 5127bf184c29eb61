//! What all threads of the server have in common.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_server::{Message, Request, RequestId};
use serde_json::Value;

use super::board::Board;
use super::buffers::{Buffers, real};
use super::paths;
use super::positions::Encoding;
use super::wire::Sender;
use crate::compile::Options;

/// A request that was given up by the editor.
pub(super) const CANCELLED: i32 = -32800;
/// Something that cannot be done.
pub(super) const FAILED: i32 = -32803;
/// Words that are none of a request's.
pub(super) const INVALID: i32 = -32602;

/// What the editor can do, and what its user wants.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub encoding: Encoding,
    /// Whether snippets may be put in.
    pub snippets: bool,
    /// Whether changes may create files.
    pub may_create: bool,
    /// Whether it understands Markdown.
    pub markdown: bool,
    /// Whether it asks for lenses again when told to.
    pub refreshes_lenses: bool,
    /// Whether files can be watched for the server.
    pub watches: bool,
    /// The day at which a draft's references are judged.
    pub as_of: Option<jiff::civil::Date>,
    /// Whether warnings are shown as errors.
    pub strict: bool,
    pub folders: Vec<PathBuf>,
}

/// What all threads have in common.
pub(super) struct Shared {
    pub sender: Sender,
    pub buffers: Arc<Buffers>,
    pub board: Board,
    settings: Mutex<Settings>,
    /// Requests that are not answered yet.
    pending: Mutex<HashSet<RequestId>>,
    /// How many requests the server itself has made.
    asked: AtomicU64,
}

impl Shared {
    pub fn new(sender: Sender, settings: Settings) -> Arc<Shared> {
        Arc::new(Shared {
            sender,
            buffers: Arc::default(),
            board: Board::default(),
            settings: Mutex::new(settings),
            pending: Mutex::default(),
            asked: AtomicU64::new(0),
        })
    }

    pub fn settings(&self) -> Settings {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub fn options(&self) -> Options {
        Options { as_of: self.settings().as_of, ..Options::default() }
    }

    fn pending(&self) -> MutexGuard<'_, HashSet<RequestId>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request came.
    pub fn asked(&self, id: &RequestId) {
        self.pending().insert(id.clone());
    }

    /// Whether a request is still to be answered: it was not given up.
    pub fn is_pending(&self, id: &RequestId) -> bool {
        self.pending().contains(id)
    }

    /// The editor gives a request up: it is answered so, if it was not answered before.
    pub fn cancel(&self, id: RequestId) {
        if self.pending().remove(&id) {
            self.sender.refuse(id, CANCELLED, "given up");
        }
    }

    /// Answers a request, once.
    pub fn answer(&self, id: RequestId, answer: Result<Value, (i32, String)>) {
        if !self.pending().remove(&id) {
            return;
        }
        match answer {
            Ok(result) => self.sender.answer(id, result),
            Err((code, why)) => self.sender.refuse(id, code, why),
        }
    }

    /// Asks the editor for something.
    pub fn ask(&self, method: &str, params: Value) {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        let id = RequestId::from(format!("chancery-{number}"));
        self.sender.send(Message::Request(Request::new(id, method.to_owned(), params)));
    }

    /// The address of a file, as the editor writes it where it is open.
    pub fn uri_of(&self, path: &Path) -> String {
        let key = real(path);
        self.buffers.get(&key).map_or_else(|| paths::to_uri(&key), |buffer| buffer.uri)
    }
}
