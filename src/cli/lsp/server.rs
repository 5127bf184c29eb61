//! The messages of an editor, one after the other: what is open, who answers what.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use lsp_server::{Message, Notification, Request, RequestId};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, InitializeParams,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::buffers::{Buffer, real};
use super::capabilities;
use super::desk::{Desk, Job};
use super::library;
use super::paths;
use super::shared::{FAILED, INVALID, Shared};
use super::wire::{Incoming, Sender};

/// So many texts have a thread of their own at once; of more the one rests that was not
/// asked for longest.
const DESKS: usize = 24;

/// A message before the first one that may come.
const NOT_YET: i32 = -32002;
/// A request that is not known.
const UNKNOWN: i32 = -32601;

/// Serves an editor; says whether it ended as it should.
pub(super) fn serve(sender: &Sender, receiver: &Receiver<Incoming>) -> bool {
    let Some(mut server) = begin(sender, receiver) else { return false };
    let mut is_over = false;
    while let Ok(incoming) = receiver.recv() {
        let message = match incoming {
            Incoming::Message(message) => message,
            Incoming::Nonsense(why) => {
                sender.log(&why);
                continue;
            }
        };
        match message {
            Message::Request(request) if request.method == "shutdown" => {
                is_over = true;
                sender.answer(request.id, Value::Null);
            }
            Message::Request(request) if is_over => sender.refuse(request.id, -32600, "the server was shut down"),
            Message::Request(request) => server.request(request),
            Message::Notification(notification) if notification.method == "exit" => return is_over,
            Message::Notification(notification) => server.notification(notification),
            // To what the server asked.
            Message::Response(_) => {}
        }
    }
    // The editor is gone.
    false
}

/// Waits for the first request, and answers it.
fn begin(sender: &Sender, receiver: &Receiver<Incoming>) -> Option<Server> {
    while let Ok(incoming) = receiver.recv() {
        match incoming {
            Incoming::Message(Message::Request(request)) if request.method == "initialize" => {
                let params: InitializeParams = match serde_json::from_value(request.params) {
                    Ok(params) => params,
                    Err(error) => {
                        sender.refuse(request.id, INVALID, error.to_string());
                        continue;
                    }
                };
                let settings = capabilities::settings(&params);
                sender.answer(request.id, capabilities::ours(&settings));
                return Some(Server::new(Shared::new(sender.clone(), settings)));
            }
            Incoming::Message(Message::Request(request)) => {
                sender.refuse(request.id, NOT_YET, "the first request is `initialize`");
            }
            Incoming::Message(Message::Notification(notification)) if notification.method == "exit" => return None,
            Incoming::Message(_) => {}
            Incoming::Nonsense(why) => sender.log(&why),
        }
    }
    None
}

struct Server {
    shared: Arc<Shared>,
    desks: HashMap<PathBuf, Desk>,
    library: std::sync::mpsc::Sender<Request>,
}

/// Under which name a text is kept, and whether it has a place on the disk.
fn key_of(uri: &str) -> (PathBuf, bool) {
    match paths::to_path(uri) {
        Some(path) => (real(&path), true),
        None => (PathBuf::from(uri), false),
    }
}

fn read<P: DeserializeOwned>(params: Value) -> Option<P> {
    serde_json::from_value(params).ok()
}

impl Server {
    fn new(shared: Arc<Shared>) -> Server {
        let library = library::open(shared.clone());
        Server { shared, desks: HashMap::new(), library }
    }

    fn request(&mut self, request: Request) {
        let id = request.id.clone();
        self.shared.asked(&id);
        match request.method.as_str() {
            "workspace/symbol" | "codeLens/resolve" => {
                if self.library.send(request).is_err() {
                    self.shared.answer(id, Err((FAILED, "the texts of the project cannot be asked".to_owned())));
                }
            }
            method if method.starts_with("textDocument/") || method == "workspace/executeCommand" => {
                self.about_text(request);
            }
            method => {
                let why = format!("`{method}` is not known");
                self.shared.answer(id, Err((UNKNOWN, why)));
            }
        }
    }

    fn about_text(&mut self, request: Request) {
        let id = request.id.clone();
        let uri = request.params["textDocument"]["uri"].as_str();
        // Of a command the last argument says which text is meant.
        let arguments = request.params["arguments"].as_array();
        let uri = uri.or_else(|| arguments.and_then(|all| all.last()).and_then(Value::as_str));
        let Some((key, has_path)) = uri.map(key_of) else {
            self.shared.answer(id, Err((INVALID, "the request names no text".to_owned())));
            return;
        };
        if self.shared.buffers.get(&key).is_none() {
            self.shared.answer(id, Err((INVALID, "this text is not open".to_owned())));
            return;
        }
        self.tell(&key, has_path, Job::Ask(request));
        if !self.desks.contains_key(&key) {
            self.shared.answer(id, Err((FAILED, "the text cannot be asked".to_owned())));
        }
    }

    /// Tells the desk of a text something; opens one where there is none, or where it is
    /// gone.
    fn tell(&mut self, key: &Path, has_path: bool, job: Job) {
        if !self.desks.contains_key(key) {
            self.open_desk(key, has_path);
        }
        let job = match self.desks.get_mut(key).map(|desk| desk.tell(job)) {
            Some(Err(job)) => job,
            Some(Ok(())) | None => return,
        };
        self.desks.remove(key);
        self.open_desk(key, has_path);
        let unsent = self.desks.get_mut(key).map(|desk| desk.tell(job));
        if let Some(Err(Job::Ask(request))) = unsent {
            self.shared.answer(request.id, Err((FAILED, "the text cannot be asked".to_owned())));
        }
    }

    fn open_desk(&mut self, key: &Path, has_path: bool) {
        let Some(buffer) = self.shared.buffers.get(key) else { return };
        if self.desks.len() >= DESKS
            && let Some(oldest) = self.desks.iter().min_by_key(|(_, desk)| desk.used).map(|(key, _)| key.clone())
            && let Some(mut desk) = self.desks.remove(&oldest)
        {
            let _ = desk.tell(Job::Close);
        }
        match Desk::open(&self.shared, key, &buffer.uri, has_path) {
            Ok(desk) => {
                self.desks.insert(key.to_owned(), desk);
            }
            Err(error) => self.shared.sender.log(&format!("no thread for {}: {error}", buffer.uri)),
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "initialized" => {
                if self.shared.settings().watches {
                    self.shared.ask("client/registerCapability", capabilities::watching());
                }
            }
            "textDocument/didOpen" => {
                let Some(params) = read::<DidOpenTextDocumentParams>(params) else { return self.nonsense(&method) };
                let uri = params.text_document.uri.as_str().to_owned();
                let (key, has_path) = key_of(&uri);
                let text = params.text_document.text.into();
                self.shared.buffers.open(key.clone(), Buffer { uri, version: params.text_document.version, text });
                self.tell(&key, has_path, Job::Changed);
                self.changed(&key);
            }
            "textDocument/didChange" => {
                let Some(params) = read::<DidChangeTextDocumentParams>(params) else { return self.nonsense(&method) };
                let (key, has_path) = key_of(params.text_document.uri.as_str());
                let (version, encoding) = (params.text_document.version, self.shared.settings().encoding);
                if !self.shared.buffers.change(&key, version, params.content_changes, encoding) {
                    self.shared
                        .sender
                        .log("a change of a text that is not open, or of an older version, is passed over");
                    return;
                }
                self.tell(&key, has_path, Job::Changed);
                self.changed(&key);
            }
            "textDocument/didClose" => {
                let Some(params) = read::<DidCloseTextDocumentParams>(params) else { return self.nonsense(&method) };
                let uri = params.text_document.uri.as_str();
                let (key, _) = key_of(uri);
                self.shared.buffers.close(&key);
                if let Some(mut desk) = self.desks.remove(&key) {
                    let _ = desk.tell(Job::Close);
                }
                self.shared.board.forget(uri, &self.shared.sender);
                self.changed(&key);
            }
            "textDocument/didSave" => {
                if let Some(uri) = params["textDocument"]["uri"].as_str() {
                    self.changed(&key_of(uri).0);
                }
            }
            "chancery/cursor" => {
                let uri = params["textDocument"]["uri"].as_str();
                let line = params["position"]["line"].as_u64().and_then(|line| usize::try_from(line).ok());
                if let (Some(uri), Some(line)) = (uri, line)
                    && let Some(desk) = self.desks.get_mut(&key_of(uri).0)
                {
                    let _ = desk.tell(Job::Cursor(line.saturating_add(1)));
                }
            }
            "$/cancelRequest" => {
                let id: Option<RequestId> = read(params["id"].clone());
                if let Some(id) = id {
                    self.shared.cancel(id);
                }
            }
            _ => self.of_workspace(&method, params),
        }
    }

    /// What is told of files and settings.
    fn of_workspace(&mut self, method: &str, params: Value) {
        match method {
            "workspace/didChangeWatchedFiles" => {
                let Some(params) = read::<DidChangeWatchedFilesParams>(params) else { return self.nonsense(method) };
                for change in params.changes {
                    self.changed(&key_of(change.uri.as_str()).0);
                }
                self.refresh_lenses();
            }
            "workspace/didChangeConfiguration" => {
                self.shared.set(|settings| capabilities::configure(&params["settings"], settings));
                self.all_changed();
            }
            "workspace/didChangeWorkspaceFolders" => {
                let Some(params) = read::<DidChangeWorkspaceFoldersParams>(params) else { return };
                let path = |folder: &lsp_types::WorkspaceFolder| paths::to_path(folder.uri.as_str());
                let gone: Vec<PathBuf> = params.event.removed.iter().filter_map(path).collect();
                let come: Vec<PathBuf> = params.event.added.iter().filter_map(path).collect();
                self.shared.set(|settings| {
                    settings.folders.retain(|folder| !gone.contains(folder));
                    settings.folders.extend(come);
                });
            }
            // What else is told needs no answer.
            _ => {}
        }
    }

    fn nonsense(&self, method: &str) {
        self.shared.sender.log(&format!("`{method}` says nothing that is understood"));
    }

    /// A file has changed: what is made of it is looked at again.
    fn changed(&mut self, path: &Path) {
        for (key, desk) in &mut self.desks {
            if key != path && desk.is_made_of(path) {
                let _ = desk.tell(Job::Surroundings);
            }
        }
    }

    fn all_changed(&mut self) {
        for desk in self.desks.values_mut() {
            let _ = desk.tell(Job::Surroundings);
        }
    }

    fn refresh_lenses(&mut self) {
        if self.shared.settings().refreshes_lenses {
            self.shared.ask("workspace/codeLens/refresh", Value::Null);
        }
    }
}
