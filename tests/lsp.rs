//! The language server as an editor meets it: recorded sessions, `lsp/*.txt`, run against the
//! program. `INSTA_UPDATE=always` writes anew what it answers.
//!
//! A session is made of steps. `=== file PATH` writes a file, `=== open PATH` opens it,
//! `=== change PATH "words"` puts other words in their place, `=== ask METHOD PATH "words"`
//! asks at their first byte (`"words"+2` two letters on), with what else the request has
//! below; `=== await PATH CODE` waits until that is found in a text since another one was changed;
//! `=== tell METHOD` and `=== raw` send what stands below. What comes back stands below
//! `---`, places as line:column from 0.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// A server that does not answer for so long is a fault.
const PATIENCE: Duration = Duration::from_secs(120);

struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    folder: tempfile::TempDir,
    asked: i64,
    /// All that came, and how much of it had come before the last change.
    log: Vec<Value>,
    before: usize,
    texts: BTreeMap<String, (i64, String)>,
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

impl Client {
    fn start(capabilities: Value, options: Value) -> Client {
        let folder = tempfile::tempdir().expect("a folder");
        let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
            .arg("lsp")
            .env("SOURCE_DATE_EPOCH", "1795392000")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut output = BufReader::new(child.stdout.take().expect("output"));
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        let mut client =
            Client { child, input, messages, folder, asked: 0, log: Vec::new(), before: 0, texts: BTreeMap::new() };
        let params = json!({
            "processId": null, "rootUri": client.uri(""), "capabilities": capabilities,
            "initializationOptions": options,
        });
        client.ask("initialize", params);
        client.tell("initialized", json!({}));
        client
    }

    fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().expect("the folder")
    }

    fn uri(&self, path: &str) -> String {
        let path = if path.is_empty() { self.root() } else { self.root().join(path) };
        format!("file://{}", path.display())
    }

    fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask_only(&mut self, method: &str, params: Value) -> i64 {
        self.asked += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.asked, "method": method, "params": params }));
        self.asked
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask_only(method, params);
        let answer = self.wait(|message| message["id"] == id && message.get("method").is_none());
        answer.get("error").or(answer.get("result")).cloned().unwrap_or_default()
    }

    /// The next message that is meant; all others are passed over.
    fn wait(&mut self, is_meant: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("the server answers");
            self.log.push(message.clone());
            if is_meant(&message) {
                return message;
            }
        }
    }

    /// What is found in a file, when its newest version was looked at.
    fn found(&mut self, path: &str) -> Value {
        let (uri, version) = (self.uri(path), self.texts[path].0);
        let message = self.wait(|message| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"] == version
        });
        message["params"]["diagnostics"].clone()
    }

    /// What is found in a file since the last change of another one, when this code is there,
    /// or is not: an older version may have been looked at in between.
    fn found_again(&mut self, path: &str, code: &str, is_there: bool) -> Value {
        let uri = self.uri(path);
        let is_meant = |message: &Value| {
            let found = message["params"]["diagnostics"].as_array();
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && found.is_some_and(|found| found.iter().any(|one| one["code"] == code) == is_there)
        };
        let known = self.log[self.before..].iter().find(|message| is_meant(message)).cloned();
        let message = known.unwrap_or_else(|| self.wait(is_meant));
        message["params"]["diagnostics"].clone()
    }

    fn open(&mut self, path: &str) {
        let text = std::fs::read_to_string(self.root().join(path)).expect("a file");
        self.open_with(path, &text);
    }

    fn open_with(&mut self, path: &str, text: &str) {
        self.texts.insert(path.to_owned(), (1, text.to_owned()));
        let document = json!({ "uri": self.uri(path), "languageId": "chancery", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, path: &str, words: &str, new: &str) {
        self.before = self.log.len();
        let uri = self.uri(path);
        let (version, text) = self.texts.get_mut(path).expect("open");
        let at = text.find(words).unwrap_or_else(|| panic!("{path} has no `{words}`"));
        let range = json!({ "start": position(text, at), "end": position(text, at + words.len()) });
        text.replace_range(at..at + words.len(), new);
        *version += 1;
        let document = json!({ "uri": uri, "version": *version });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": new }] }),
        );
    }

    fn end(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.input = None;
        let status = self.child.wait().expect("it ends");
        assert!(status.success(), "{status}");
    }
}

/// Lines and columns as editors count them that know UTF-16 alone.
fn position(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": before[start..].encode_utf16().count() })
}

/// Places in short, and addresses without the folder.
fn short(value: &mut Value, root: &str) {
    match value {
        Value::Object(map) => {
            let place = |value: &Value| Some(format!("{}:{}", value.get("line")?, value.get("character")?));
            let range = |map: &serde_json::Map<String, Value>| {
                Some(format!("{}-{}", place(map.get("start")?)?, place(map.get("end")?)?))
            };
            if let Some(range) = range(map).or_else(|| place(&Value::Object(map.clone()))) {
                *value = range.into();
                return;
            }
            let renamed: Vec<(String, Value)> = std::mem::take(map)
                .into_iter()
                .map(|(key, mut inner)| {
                    short(&mut inner, root);
                    (key.replace(root, "DIR"), inner)
                })
                .collect();
            map.extend(renamed);
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| short(inner, root)),
        Value::String(words) => *words = words.replace(root, "DIR"),
        _ => {}
    }
}

/// A line for each of a list, or of the keys of an object.
fn printed(value: &Value, indent: usize) -> String {
    let whole = value.to_string();
    let blank = " ".repeat(indent);
    match value {
        Value::Array(list) if list.iter().all(Value::is_number) => whole,
        Value::Array(list) if whole.len() > 100 => {
            let lines = list.iter().map(|inner| format!("{blank}  {}", printed(inner, indent + 2)));
            format!("[\n{}\n{blank}]", lines.collect::<Vec<_>>().join(",\n"))
        }
        Value::Object(map) if whole.len() > 100 => {
            let lines = map.iter().map(|(key, inner)| format!("{blank}  {key:?}: {}", printed(inner, indent + 2)));
            format!("{{\n{}\n{blank}}}", lines.collect::<Vec<_>>().join(",\n"))
        }
        _ => whole,
    }
}

/// A step of a session: what stands behind `===`, what stands below, and what came back.
struct Step {
    head: String,
    body: String,
}

fn steps(text: &str) -> (String, Vec<Step>) {
    let mut parts = text.split("\n=== ");
    let intro = parts.next().unwrap_or_default().to_owned();
    let steps = parts.map(|part| {
        let (head, rest) = part.split_once('\n').unwrap_or((part, ""));
        let body = rest.split("\n--- ").next().unwrap_or_default();
        let body = if rest.starts_with("--- ") { "" } else { body };
        Step { head: head.to_owned(), body: body.trim_end_matches('\n').to_owned() }
    });
    (intro, steps.collect())
}

fn capabilities() -> Value {
    json!({
        "textDocument": {
            "completion": { "completionItem": { "snippetSupport": true } },
            "hover": { "contentFormat": ["plaintext"] },
        },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
    })
}

/// The words in quotation marks at the end of a step, and how far behind their beginning.
fn asked_at(rest: &str) -> (&str, usize) {
    let Some((_, quoted)) = rest.split_once('"') else { return ("", 0) };
    let (words, behind) = quoted.rsplit_once('"').unwrap_or((quoted, ""));
    (words, behind.trim_start_matches('+').trim().parse().unwrap_or(0))
}

fn run(client: &mut Client, step: &Step) -> Option<(&'static str, Value)> {
    let (what, rest) = step.head.split_once(' ').unwrap_or((&step.head, ""));
    let extra = || -> Value {
        if step.body.is_empty() { json!({}) } else { serde_json::from_str(&step.body).expect("JSON below a step") }
    };
    match what {
        "file" => {
            let path = client.root().join(rest);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, step.body.clone() + "\n").expect("a file");
            None
        }
        "open" => {
            client.open(rest);
            Some(("found", client.found(rest)))
        }
        "close" => {
            client.tell("textDocument/didClose", json!({ "textDocument": { "uri": client.uri(rest) } }));
            None
        }
        "change" => {
            let path = rest.split(' ').next().unwrap_or_default();
            client.change(path, asked_at(rest).0, &step.body);
            Some(("found", client.found(path)))
        }
        "await" => {
            let (path, code) = rest.split_once(' ').expect("a code behind the path");
            Some(("found", client.found_again(path, code, true)))
        }
        "ask" => {
            let (method, rest) = rest.split_once(' ').unwrap_or((rest, ""));
            let path = rest.split(' ').next().unwrap_or_default();
            let mut params = extra();
            if let Some((_, text)) = client.texts.get(path) {
                let (words, behind) = asked_at(rest);
                let at = text.find(words).unwrap_or_else(|| panic!("{path} has no `{words}`"));
                let end = position(text, at + words.len());
                let at: usize = at + text[at..].chars().take(behind).map(char::len_utf8).sum::<usize>();
                let start = position(text, at);
                params["textDocument"] = json!({ "uri": client.uri(path) });
                if params.get("range").is_none() {
                    params["range"] = json!({ "start": start, "end": end });
                }
                params["position"] = start;
                params["positions"] = json!([params["position"]]);
            }
            if params.get("arguments").is_some() {
                let uri = client.uri(path);
                params["arguments"].as_array_mut().expect("a list").push(uri.into());
            }
            Some(("answer", client.ask(method, params)))
        }
        "tell" => {
            let text = step.body.replace("DIR", &client.root().display().to_string());
            client.tell(rest, if text.is_empty() { json!({}) } else { serde_json::from_str(&text).expect("JSON") });
            None
        }
        "raw" => {
            let bytes = step.body.replace("\\r\\n", "\r\n");
            client.send_bytes(bytes.as_bytes());
            None
        }
        what => panic!("there is no step `{what}`"),
    }
}

fn session(path: &Path) -> (String, String) {
    let text = std::fs::read_to_string(path).expect("a session");
    let (intro, steps) = steps(&text);
    let mut client = Client::start(capabilities(), Value::Null);
    let root = client.root().display().to_string();
    let mut out = intro;
    for step in &steps {
        out.push_str(&format!("\n=== {}\n", step.head));
        if !step.body.is_empty() {
            out.push_str(&format!("{}\n", step.body));
        }
        if let Some((what, mut value)) = run(&mut client, step) {
            short(&mut value, &root);
            out.push_str(&format!("--- {what}\n{}\n", printed(&value, 0)));
        }
    }
    client.end();
    (text, out)
}

#[test]
fn recorded_sessions_go_as_they_went() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("sessions").map(|entry| entry.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    assert!(!paths.is_empty());
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    let mut wrong = Vec::new();
    for path in paths {
        let (before, after) = session(&path);
        if before.trim_end() != after.trim_end() {
            if update {
                std::fs::write(&path, after).expect("written");
            } else {
                let diff = similar::TextDiff::from_lines(&before, &after);
                wrong.push(format!("{}:\n{}", path.display(), diff.unified_diff().context_radius(2)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const DRAFT: &str =
    "document: declaration\nlanguage: ru\ntitle: Проект декларации\n---\n\n1. {#дом} Мы читаем 𝄞 {@дом}.\n";

/// What stands before the label in a line of it.
const BEFORE: &str = "1. {#дом} Мы читаем 𝄞 {@";

#[test]
fn columns_are_counted_as_the_editor_counts_them() {
    for (encoding, column) in [("utf-8", BEFORE.len()), ("utf-16", BEFORE.encode_utf16().count())] {
        let capabilities = json!({ "general": { "positionEncodings": [encoding] } });
        let mut client = Client::start(capabilities, Value::Null);
        client.open_with("draft.decl", DRAFT);
        let at = json!({ "line": 5, "character": column });
        let params = json!({ "textDocument": { "uri": client.uri("draft.decl") }, "position": at });
        let range = client.ask("textDocument/prepareRename", params)["range"].clone();
        assert_eq!(range["start"], at, "{encoding}");
        client.end();
    }
}

#[test]
fn keystrokes_that_come_faster_than_answers_are_one_text() {
    let mut client = Client::start(json!({}), Value::Null);
    client.open_with("draft.decl", DRAFT);
    for number in 0..1000 {
        let end = if number % 2 == 0 { "Мы читаемы" } else { "Мы читаем" };
        let start = if number % 2 == 0 { "Мы читаем" } else { "Мы читаемы" };
        client.change("draft.decl", start, end);
    }
    client.change("draft.decl", "{@дом}", "{@дым}");
    let found = client.found("draft.decl");
    let codes: Vec<&str> = found.as_array().expect("a list").iter().filter_map(|one| one["code"].as_str()).collect();
    assert!(codes.contains(&"dangling-label"), "{found}");
    client.end();
}

#[test]
fn requests_that_are_given_up_are_answered_once() {
    let mut client = Client::start(json!({}), Value::Null);
    client.open_with("draft.decl", DRAFT);
    let params = json!({ "textDocument": { "uri": client.uri("draft.decl") } });
    let asked: Vec<i64> = (0..40).map(|_| client.ask_only("textDocument/documentSymbol", params.clone())).collect();
    for id in &asked {
        client.tell("$/cancelRequest", json!({ "id": id }));
    }
    // What was never asked, and what was answered, cannot be given up.
    client.tell("$/cancelRequest", json!({ "id": 4000 }));
    client.tell("$/cancelRequest", json!({ "id": ["a"] }));
    for id in &asked {
        let answer = client.wait(|message| message["id"] == *id && message.get("method").is_none());
        assert!(answer.get("result").is_some() || answer["error"]["code"] == -32800, "{answer}");
    }
    let last = client.ask("textDocument/documentSymbol", params);
    assert!(last.is_array(), "{last}");
    assert_eq!(client.log.iter().filter(|message| message["id"] == asked[0]).count(), 1);
    client.end();
}

#[test]
fn a_server_whose_editor_is_gone_ends() {
    let mut client = Client::start(json!({}), Value::Null);
    client.open_with("draft.decl", DRAFT);
    client.input = None;
    let status = client.child.wait().expect("it ends");
    assert_eq!(status.code(), Some(1));
}

#[test]
fn files_that_come_and_go_are_noticed() {
    let mut client = Client::start(json!({}), Value::Null);
    let text = DRAFT.replace("{@дом}.", "{@дом}.\n\ninclude: clauses/ru/own.decl");
    client.open_with("draft.decl", &text);
    assert!(client.found("draft.decl").to_string().contains("included-file"));
    let path = client.root().join("clauses/ru/own.decl");
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    for is_there in [true, false] {
        if is_there {
            std::fs::write(&path, "Мы благодарим всех.\n").expect("a file");
        } else {
            std::fs::remove_file(&path).expect("gone");
        }
        client.before = client.log.len();
        let change = json!({ "uri": client.uri("clauses/ru/own.decl"), "type": if is_there { 1 } else { 3 } });
        client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
        client.found_again("draft.decl", "included-file", !is_there);
    }
    client.end();
}

/// The page is for those alone who have its address, and for no page of another origin.
#[test]
fn pages_are_shown_to_whom_they_belong() {
    let mut client = Client::start(json!({}), Value::Null);
    client.open_with("draft.decl", &DRAFT.replace(" 𝄞", ""));
    let params = json!({ "command": "chancery.preview", "arguments": [client.uri("draft.decl")] });
    let address = client.ask("workspace/executeCommand", params)["address"].as_str().expect("an address").to_owned();
    let rest = address.strip_prefix("http://").expect("this machine");
    let (host, token) = rest.split_once('/').expect("a secret");
    let get = |path: &str, head: &str| {
        let mut stream = std::net::TcpStream::connect(host).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\n{head}\r\n").expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    };
    let ours = format!("Host: {host}\r\n");
    assert!(get(&format!("/{token}"), &ours).starts_with("HTTP/1.1 200"));
    let state = get(&format!("/{token}state?0"), &ours);
    assert!(state.contains("\"pages\":[{") && state.contains("\"proof\":false"), "{state}");
    assert!(get(&format!("/{token}page/0"), &ours).contains("<text"));
    for (path, head) in [
        ("/".to_owned(), ours.clone()),
        ("/0000/".to_owned(), ours.clone()),
        (format!("/{token}"), "Host: evil.example\r\n".to_owned()),
        (format!("/{token}"), String::new()),
        (format!("/{token}state?0"), format!("{ours}Origin: http://evil.example\r\n")),
        (format!("/{token}state?0"), format!("{ours}Sec-Fetch-Site: cross-site\r\n")),
        (format!("/{token}page/99"), ours.clone()),
        (format!("/{token}font/x"), ours.clone()),
    ] {
        assert!(get(&path, &head).starts_with("HTTP/1.1 404"), "{path} {head}");
    }
    client.end();
}
