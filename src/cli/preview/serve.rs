//! Answers for the browser of this machine's user: nobody else knows the address, and a page
//! of another origin gets none.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::shown::Shown;
use crate::compile::Compilation;

/// So many questions are answered at once.
const AT_ONCE: usize = 32;

/// The head of a question is no longer, in bytes.
const HEAD: u64 = 8 << 10;

/// What is told of a click: the line that it leads to.
pub type Clicked = Box<dyn Fn(usize) + Send + Sync>;

/// Pages that are shown.
pub struct Preview {
    address: String,
    shown: Arc<Shown>,
}

struct Server {
    host: String,
    token: String,
    shown: Arc<Shown>,
    clicked: Clicked,
    open: AtomicUsize,
}

impl Preview {
    /// Opens an address at which pages will be shown.
    pub fn open(clicked: Clicked) -> io::Result<Preview> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let host = format!("127.0.0.1:{}", listener.local_addr()?.port());
        // The keys of the standard library's tables are random, and differ each time.
        let token: String = (0..3).map(|number| format!("{:016x}", RandomState::new().hash_one(number))).collect();
        let address = format!("http://{host}/{token}/");
        let shown = Arc::new(Shown::default());
        let server = Arc::new(Server { host, token, shown: shown.clone(), clicked, open: AtomicUsize::new(0) });
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = server.clone();
                if server.open.fetch_add(1, Ordering::SeqCst) >= AT_ONCE {
                    server.open.fetch_sub(1, Ordering::SeqCst);
                    continue;
                }
                std::thread::spawn(move || {
                    let _ = server.answer(stream);
                    server.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Ok(Preview { address, shown })
    }

    /// The address to open in a browser.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Shows a version of the text.
    pub fn show(&self, compilation: &Compilation) {
        self.shown.show(compilation);
    }

    /// Says why nothing can be shown.
    pub fn fail(&self, why: &str) {
        self.shown.fail(why);
    }

    /// Leads to the line in which the cursor is.
    pub fn cursor(&self, line: usize) {
        self.shown.cursor(line);
    }
}

/// What is answered: number and name, type, bytes.
type Reply = (&'static str, &'static str, Vec<u8>);

impl Server {
    fn answer(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.set_write_timeout(Some(Duration::from_secs(10)))?;
        let mut head = BufReader::new(stream.try_clone()?).take(HEAD);
        let mut first = String::new();
        head.read_line(&mut first)?;
        let (mut is_ours, mut is_of_page, mut hosts) = (true, true, 0);
        loop {
            let mut line = String::new();
            if head.read_line(&mut line)? == 0 || line.trim().is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "host" => {
                    hosts += 1;
                    is_ours &= value == self.host;
                }
                "origin" => is_ours &= value == format!("http://{}", self.host),
                "sec-fetch-site" => is_of_page = matches!(value, "same-origin" | "none"),
                _ => {}
            }
        }
        let reply = if is_ours && hosts == 1 { self.reply(first.trim(), is_of_page) } else { None };
        let (status, kind, body) = reply.unwrap_or(("404 Not Found", "text/plain", b"nothing is here\n".to_vec()));
        let mut out = stream;
        write!(
            out,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\
             Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
             Content-Security-Policy: default-src 'none'; img-src 'self'; \
             style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src 'self'; connect-src 'self'\r\n\r\n",
            body.len()
        )?;
        out.write_all(&body)?;
        out.flush()
    }

    /// The answer to the first line of a question; none where it is no question of ours. An
    /// editor may show the page in a frame; all else only the page itself asks.
    fn reply(&self, line: &str, is_of_page: bool) -> Option<Reply> {
        let mut words = line.split(' ');
        let (method, target) = (words.next()?, words.next()?);
        let rest = target.strip_prefix('/')?.strip_prefix(self.token.as_str())?.strip_prefix('/')?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        if !path.is_empty() && !is_of_page {
            return None;
        }
        let number = |text: &str| text.parse::<usize>().ok();
        let ok = |kind, body| Some(("200 OK", kind, body));
        match (method, path.split_once('/')) {
            ("GET", None) if path.is_empty() => ok("text/html; charset=utf-8", include_bytes!("page.html").to_vec()),
            ("GET", None) if path == "state" => {
                let known = query.parse().unwrap_or_default();
                ok("application/json", self.shown.next(known).to_string().into_bytes())
            }
            ("GET", Some(("page", at))) => ok("image/svg+xml", self.shown.page(number(at)?)?.into_bytes()),
            ("GET", Some(("font", at))) => ok("font/ttf", self.shown.font(number(at)?)?),
            ("POST", Some(("line", at))) => {
                (self.clicked)(number(at)?);
                ok("text/plain", Vec::new())
            }
            _ => None,
        }
    }
}
