//! The thread of an open text: it keeps the session of its project, compiles the newest
//! version once, and answers all requests on it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use lsp_server::Request;
use serde_json::{Value, json};

use super::asked::{Answer, Asked};
use super::shared::{FAILED, Shared};
use super::shown::{self, Places};
use super::world::{OpenWorld, Reads};
use crate::cli::preview::Preview;
use crate::compile::{Compilation, Session};

/// A text that is compiled in less is compiled at each keystroke.
const QUICK: Duration = Duration::from_millis(40);

/// A longer one when nothing was typed for so long.
const QUIET: Duration = Duration::from_millis(150);

/// The stack of a thread, in bytes: that of a program.
const STACK: usize = 8 << 20;

/// What a desk is told.
pub(super) enum Job {
    /// The text has another version.
    Changed,
    /// What it is made of has changed.
    Surroundings,
    Ask(Request),
    /// The cursor is in a line, from 1.
    Cursor(usize),
    Close,
}

/// A desk as the server knows it.
pub(super) struct Desk {
    jobs: Sender<Job>,
    /// What its text was made of.
    reads: Reads,
    /// When it was last asked for.
    pub used: Instant,
}

impl Desk {
    /// Opens a desk for the text that is kept under a name.
    pub fn open(shared: &Arc<Shared>, key: &Path, uri: &str, has_path: bool) -> std::io::Result<Desk> {
        let (jobs, receiver) = channel();
        let reads: Reads = Arc::new(Mutex::new(BTreeSet::new()));
        let worker = Worker {
            shared: shared.clone(),
            key: key.to_owned(),
            uri: uri.to_owned(),
            has_path,
            reads: reads.clone(),
            jobs: receiver,
            preview: RefCell::new(None),
        };
        std::thread::Builder::new().name("text".to_owned()).stack_size(STACK).spawn(move || worker.work())?;
        Ok(Desk { jobs, reads, used: Instant::now() })
    }

    /// Tells it something; what it does not take, because it is gone, comes back.
    pub fn tell(&mut self, job: Job) -> Result<(), Job> {
        self.used = Instant::now();
        self.jobs.send(job).map_err(|unsent| unsent.0)
    }

    /// Whether its text was made of a file.
    pub fn is_made_of(&self, path: &Path) -> bool {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner).contains(path)
    }
}

struct Worker {
    shared: Arc<Shared>,
    key: PathBuf,
    uri: String,
    has_path: bool,
    reads: Reads,
    jobs: Receiver<Job>,
    /// The pages of the text, where they are looked at.
    preview: RefCell<Option<Preview>>,
}

/// What came of the newest version.
pub(super) struct Compiled {
    text: Arc<str>,
    pub compilation: Result<Compilation, String>,
    took: Duration,
}

/// Why a session ends.
enum End {
    Closed,
    /// What it was made of has changed; a request may wait for the next one.
    Stale(Option<Request>),
}

impl Worker {
    fn work(self) {
        let mut waiting = None;
        loop {
            let world = OpenWorld::of(&self.key, self.has_path, self.shared.buffers.clone(), self.reads.clone());
            let session = Session::new(&world);
            match self.session(&world, &session, waiting.take()) {
                End::Closed => return,
                End::Stale(request) => waiting = request,
            }
        }
    }

    /// Serves the text until its surroundings change.
    fn session(&self, world: &OpenWorld, session: &Session<'_>, waiting: Option<Request>) -> End {
        let mut compiled: Option<Compiled> = None;
        let mut due = Some(Instant::now());
        let mut is_stale = false;
        if let Some(request) = waiting {
            self.answer(request, world, session, &mut compiled);
        }
        loop {
            let job = match due {
                None => self.jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => self.jobs.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            let took = compiled.as_ref().map_or(Duration::ZERO, |compiled| compiled.took);
            let quiet = if took <= QUICK { Duration::ZERO } else { QUIET };
            match job {
                Ok(Job::Changed) => due = Some(Instant::now() + quiet),
                Ok(Job::Surroundings) => {
                    is_stale = true;
                    due = Some(Instant::now() + quiet);
                }
                Ok(Job::Ask(request)) if is_stale => return End::Stale(Some(request)),
                Ok(Job::Ask(request)) => self.answer(request, world, session, &mut compiled),
                Err(RecvTimeoutError::Timeout) if is_stale => return End::Stale(None),
                Err(RecvTimeoutError::Timeout) => {
                    self.publish(world, session, &mut compiled);
                    due = None;
                }
                Ok(Job::Cursor(line)) => {
                    if let Some(preview) = &*self.preview.borrow() {
                        preview.cursor(line);
                    }
                }
                Ok(Job::Close) | Err(RecvTimeoutError::Disconnected) => return End::Closed,
            }
        }
    }

    /// The newest version, compiled.
    fn compiled<'c>(
        &self,
        world: &OpenWorld,
        session: &Session<'_>,
        compiled: &'c mut Option<Compiled>,
    ) -> &'c Compiled {
        let text = self.shared.buffers.get(&self.key).map(|buffer| buffer.text).unwrap_or_default();
        let kept = compiled.take().filter(|kept| kept.text == text);
        compiled.insert(kept.unwrap_or_else(|| {
            let begun = Instant::now();
            let compilation = session.compile(world.name(), &self.shared.options()).map_err(|error| error.to_string());
            Compiled { text, compilation, took: begun.elapsed() }
        }))
    }

    fn places<'a>(&'a self, world: &'a OpenWorld) -> Places<'a> {
        Places { shared: &self.shared, world, uri: &self.uri, encoding: self.shared.settings().encoding }
    }

    fn publish(&self, world: &OpenWorld, session: &Session<'_>, compiled: &mut Option<Compiled>) {
        let Some(buffer) = self.shared.buffers.get(&self.key) else { return };
        let compiled = self.compiled(world, session, compiled);
        // What was typed since will be compiled next.
        if compiled.text != buffer.text {
            return;
        }
        let settings = self.shared.settings();
        match &compiled.compilation {
            Ok(compilation) => {
                let found = shown::findings(compilation, &self.places(world), settings.strict);
                self.shared.board.put(&self.uri, Some(buffer.version), found, &self.shared.sender);
                if let Some(preview) = &*self.preview.borrow() {
                    preview.show(compilation);
                }
            }
            Err(error) => self.shared.sender.log(&format!("{}: {error}", self.uri)),
        }
    }

    fn answer(&self, request: Request, world: &OpenWorld, session: &Session<'_>, compiled: &mut Option<Compiled>) {
        let Request { id, method, params } = request;
        if !self.shared.is_pending(&id) {
            return;
        }
        if method == "workspace/executeCommand" && params["command"] == "chancery.preview" {
            let answer = self.show_pages(&self.compiled(world, session, compiled).compilation);
            self.shared.answer(id, answer);
            return;
        }
        let answer = match &self.compiled(world, session, compiled).compilation {
            Ok(compilation) => {
                let asked = Asked { session, compilation, places: self.places(world), shared: &self.shared };
                asked.answer(&method, params)
            }
            // The file is gone: there is nothing to say of it.
            Err(error) if method == "textDocument/formatting" => Err((FAILED, error.clone())),
            Err(_) => Ok(Value::Null),
        };
        self.shared.answer(id, answer);
    }

    /// Shows the text as its pages in a browser; a click there leads to the line here.
    fn show_pages(&self, compilation: &Result<Compilation, String>) -> Answer {
        let mut preview = self.preview.borrow_mut();
        if preview.is_none() {
            let (shared, uri) = (self.shared.clone(), self.uri.clone());
            let clicked = move |line: usize| {
                let place = json!({ "line": line.saturating_sub(1), "character": 0 });
                let selection = json!({ "start": place, "end": place });
                shared.ask("window/showDocument", json!({ "uri": uri, "takeFocus": true, "selection": selection }));
            };
            let opened = Preview::open(Box::new(clicked));
            *preview = Some(opened.map_err(|error| (FAILED, format!("cannot show pages: {error}")))?);
        }
        let Some(preview) = &*preview else { return Ok(Value::Null) };
        match compilation {
            Ok(compilation) => preview.show(compilation),
            Err(why) => preview.fail(why),
        }
        Ok(json!({ "address": preview.address() }))
    }
}
