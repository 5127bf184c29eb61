//! Streams made small.

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress, Status};

use crate::Error;

/// The level of compression: beyond it, a file smaller by a tenth takes twice the
/// time.
const LEVEL: u32 = 4;

thread_local! {
    /// Setting up a compressor costs as much as compressing a page.
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), true));
}

/// The content of a stream, deflated.
pub(super) fn deflated(content: &[u8]) -> Result<Vec<u8>, Error> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        let mut bytes = Vec::with_capacity(content.len() / 2 + 64);
        loop {
            let read = usize::try_from(compressor.total_in()).unwrap_or(usize::MAX).min(content.len());
            let status = compressor
                .compress_vec(&content[read..], &mut bytes, FlushCompress::Finish)
                .map_err(|error| Error::Pdf(error.to_string()))?;
            if status == Status::StreamEnd {
                return Ok(bytes);
            }
            bytes.reserve(bytes.len().max(4096));
        }
    })
}
