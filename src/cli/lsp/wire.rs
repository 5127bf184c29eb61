//! Messages on standard input and output. What is no message is passed over; nothing that is
//! sent can fill the memory.

use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lsp_server::{Message, Notification, RequestId, Response};
use serde_json::{Value, json};

/// No message is larger, in bytes: a text of the greatest size, each of its bytes escaped.
const MAX_MESSAGE: usize = 512 << 20;

/// No line of a message's head is longer.
const MAX_HEAD: usize = 4096;

/// How long is waited at the end for an editor that does not read.
const PATIENCE: Duration = Duration::from_secs(5);

/// So many messages wait to be read, or to be written.
const WAITING: usize = 4096;

/// What came from the editor.
pub(super) enum Incoming {
    Message(Message),
    /// Something that is no message.
    Nonsense(String),
}

/// Where messages to the editor go.
#[derive(Clone)]
pub(super) struct Sender {
    messages: SyncSender<Message>,
    /// Ends when all is written.
    written: Arc<Mutex<Receiver<()>>>,
}

impl Sender {
    /// Sends a message; where nobody reads any more, it is lost.
    pub fn send(&self, message: Message) {
        let _ = self.messages.send(message);
    }

    pub fn answer(&self, id: RequestId, result: Value) {
        self.send(Message::Response(Response::new_ok(id, result)));
    }

    pub fn refuse(&self, id: RequestId, code: i32, why: impl Into<String>) {
        self.send(Message::Response(Response::new_err(id, code, why.into())));
    }

    pub fn notify(&self, method: &str, params: Value) {
        self.send(Message::Notification(Notification::new(method.to_owned(), params)));
    }

    /// A line for the editor's log.
    pub fn log(&self, words: &str) {
        self.notify("window/logMessage", json!({ "type": 2, "message": words }));
    }

    /// Something that the user is to see.
    pub fn show(&self, kind: u8, words: &str) {
        self.notify("window/showMessage", json!({ "type": kind, "message": words }));
    }

    /// Waits until what was sent is written; an editor that does not read is not waited for
    /// for ever.
    pub fn close(self) {
        let Sender { messages, written } = self;
        drop(messages);
        let written = written.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = written.recv_timeout(PATIENCE);
    }
}

/// Begins to read and to write.
pub(super) fn connect() -> (Sender, Receiver<Incoming>) {
    let (incoming, receiver) = sync_channel(WAITING);
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            match read(&mut input) {
                Ok(Some(message)) => {
                    let ends = matches!(&message, Incoming::Message(Message::Notification(it)) if it.method == "exit");
                    if incoming.send(message).is_err() || ends {
                        return;
                    }
                }
                Ok(None) | Err(_) => return,
            }
        }
    });
    let (messages, outgoing) = sync_channel::<Message>(WAITING);
    let (done, written) = channel();
    std::thread::spawn(move || {
        let _done = done;
        let mut output = io::stdout().lock();
        while let Ok(message) = outgoing.recv() {
            // An editor that is gone reads nothing; what reads from it ends the server.
            if message.write(&mut output).and_then(|()| output.flush()).is_err() {
                break;
            }
        }
    });
    (Sender { messages, written: Arc::new(Mutex::new(written)) }, receiver)
}

/// The next message; none where the input ends.
fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let mut length: Option<usize> = None;
    loop {
        let mut line = Vec::new();
        let count = input.by_ref().take(MAX_HEAD as u64).read_until(b'\n', &mut line)?;
        if count == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if text.is_empty() {
            match length {
                Some(_) => break,
                // Blank lines between messages.
                None => continue,
            }
        }
        if let Some((name, value)) = text.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
            if length.is_none() {
                return Ok(Some(Incoming::Nonsense("a message does not say how long it is".to_owned())));
            }
        }
    }
    let length = length.unwrap_or_default();
    if length > MAX_MESSAGE {
        let passed = io::copy(&mut input.by_ref().take(length as u64), &mut io::sink())?;
        return Ok(Some(Incoming::Nonsense(format!("a message of {passed} bytes is not read"))));
    }
    let mut body = Vec::new();
    if input.by_ref().take(length as u64).read_to_end(&mut body)? < length {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice(&body) {
        Ok(message) => Incoming::Message(message),
        Err(error) => Incoming::Nonsense(format!("this is no message: {error}")),
    }))
}
