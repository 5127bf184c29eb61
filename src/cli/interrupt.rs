//! Ctrl-C, where work can be ended so that nothing of it is lost.

use std::sync::atomic::{AtomicBool, Ordering};

static WANTED: AtomicBool = AtomicBool::new(false);

/// From now on an interruption is a wish that [`is_wanted`] tells; a second one ends the
/// program at once.
pub(super) fn listen() {
    // Where the system takes no handler, it ends the program as it always did.
    let _ = ctrlc::set_handler(|| {
        if WANTED.swap(true, Ordering::SeqCst) {
            std::process::exit(2);
        }
    });
}

/// Whether whoever started the program wants it to end.
pub(super) fn is_wanted() -> bool {
    WANTED.load(Ordering::SeqCst)
}
