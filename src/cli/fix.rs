//! What `chancery check --fix` does to a text, as people read it.

use std::time::Duration;

use similar::TextDiff;

use crate::compile::Mended;

const LONGEST: Duration = Duration::from_secs(5);

/// What changes, as `diff -u` shows it; nothing where nothing does.
pub(super) fn diff(before: &str, after: &str, name: &str) -> String {
    if before == after {
        return String::new();
    }
    let name = name.trim_start_matches(['.', '/']);
    // A diff that takes longer is a coarser one.
    let diff = TextDiff::configure().timeout(LONGEST).diff_lines(before, after);
    diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}

/// `7: write “5/11”`, a line a change.
pub(super) fn changes(mended: &Mended) -> Vec<String> {
    mended.changes.iter().map(|change| format!("{}: {}", change.line, change.what)).collect()
}

/// `2 fixes applied; `
pub(super) fn summary(count: usize, done: &str) -> String {
    match count {
        0 => String::new(),
        1 => format!("1 fix {done}; "),
        _ => format!("{count} fixes {done}; "),
    }
}
