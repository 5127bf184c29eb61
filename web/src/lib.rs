//! Chancery for a page in a browser: what is asked and answered are bytes in the memory that
//! the page and the program share.
//!
//! The page makes [`room`], writes a request there, as JSON, and behind it the bytes that
//! belong to it, and calls [`ask`]. It finds at [`answer`] four bytes that say how long the
//! answer's JSON is, that, and the bytes that belong to it. After a panic the program is
//! gone; [`why`] says what it said.

mod answers;
mod desk;
mod make;
mod project;
mod request;
mod units;

use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use desk::Desk;

/// What is asked, then what is answered.
static ROOM: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// What was said at a panic.
static WHY: Mutex<Vec<u8>> = Mutex::new(Vec::new());

static DESK: Mutex<Option<Desk>> = Mutex::new(None);

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Room for a request and what belongs to it.
#[allow(unsafe_code, reason = "the page asks for it by this name")]
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    let mut room = lock(&ROOM);
    *room = vec![0; length];
    room.as_mut_ptr()
}

/// Answers the request in the first `head` bytes of the room; returns how long the answer is.
#[allow(unsafe_code, reason = "the page asks for it by this name")]
#[unsafe(no_mangle)]
pub extern "C" fn ask(head: usize) -> usize {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|panic| *lock(&WHY) = panic.to_string().into_bytes()));
    });
    let asked = std::mem::take(&mut *lock(&ROOM));
    let (head, body) = asked.split_at(head.min(asked.len()));
    let (said, bytes) = lock(&DESK).get_or_insert_default().answer(head, body);
    let said = said.to_string().into_bytes();
    let length = u32::try_from(said.len()).unwrap_or(u32::MAX);
    let answer = [&length.to_le_bytes()[..], &said, &bytes].concat();
    let length = answer.len();
    *lock(&ROOM) = answer;
    length
}

/// Where the answer is.
#[allow(unsafe_code, reason = "the page asks for it by this name")]
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    lock(&ROOM).as_ptr()
}

/// Where it is what was said at a panic.
#[allow(unsafe_code, reason = "the page asks for it by this name")]
#[unsafe(no_mangle)]
pub extern "C" fn why() -> *const u8 {
    lock(&WHY).as_ptr()
}

/// How long that is.
#[allow(unsafe_code, reason = "the page asks for it by this name")]
#[unsafe(no_mangle)]
pub extern "C" fn why_length() -> usize {
    lock(&WHY).len()
}
