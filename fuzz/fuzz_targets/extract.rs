//! Any bytes as an archive edition: what it carries is given or refused, and never more
//! than the limit.
#![no_main]

use chancery::render::attachments;
use libfuzzer_sys::fuzz_target;

const LIMIT: usize = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(carried) = attachments(bytes, LIMIT) {
        assert!(carried.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() <= LIMIT);
    }
});
