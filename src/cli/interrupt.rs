//! Ctrl-C: work ends so that nothing of it is lost and nothing half done is left.

use std::sync::atomic::{AtomicBool, Ordering};

use super::outcome::Outcome;
use super::remains;
use super::terminal::{say, wipe};

/// What a shell says of a program that Ctrl-C ended.
pub(super) const CODE: u8 = 130;

static WANTED: AtomicBool = AtomicBool::new(false);
static IS_WISH: AtomicBool = AtomicBool::new(false);

/// From now on an interruption ends the program in order: files that are being written
/// go away, and a line says that it was interrupted.
pub(super) fn listen() {
    // Where the system takes no handler, it ends the program as it always did.
    let _ = ctrlc::set_handler(|| {
        let is_second = WANTED.swap(true, Ordering::SeqCst);
        wipe();
        if is_second || !IS_WISH.load(Ordering::SeqCst) {
            let _unfinished = remains::remove_own();
            say("interrupted; no file is half written");
            std::process::exit(i32::from(CODE));
        }
    });
}

/// While it lives an interruption is a wish, which whoever works on many documents grants
/// between two of them; a second one ends the program at once.
pub(super) struct Wish(());

impl Wish {
    /// One document is not waited for: an interruption ends the program at once.
    pub fn listen(documents: usize) -> Wish {
        IS_WISH.store(documents > 1, Ordering::SeqCst);
        Wish(())
    }

    /// Whether whoever started the program wants it to end.
    pub fn is_told(&self) -> bool {
        WANTED.load(Ordering::SeqCst)
    }

    /// How the work ended: if it was interrupted, a line says what was done.
    pub fn outcome(&self, outcome: Outcome, done: &str) -> Outcome {
        if !self.is_told() {
            return outcome;
        }
        say(&format!("interrupted: {done}"));
        Outcome::Interrupted
    }
}

impl Drop for Wish {
    fn drop(&mut self) {
        IS_WISH.store(false, Ordering::SeqCst);
    }
}
