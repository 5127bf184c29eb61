//! A package: parts put into a zip file, the same parts always as the same bytes.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use crate::Error;

/// A part and its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// As `word/document.xml`.
    pub path: String,
    /// What is in it.
    pub content: String,
}

impl Part {
    /// A part of a path.
    pub fn new(path: &str, content: String) -> Part {
        Part { path: path.to_owned(), content }
    }
}

/// The zip file of parts, in their order; no entry has a time.
///
/// # Errors
/// [`Error::Office`] if it would be too large.
pub fn zip(parts: &[Part]) -> Result<Vec<u8>, Error> {
    let failed = |error: rawzip::Error| Error::Office(error.to_string());
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for part in parts {
        let (mut entry, config) =
            archive.new_file(&part.path).compression_method(CompressionMethod::DEFLATE).start().map_err(failed)?;
        let encoder = DeflateEncoder::new(&mut entry, Compression::default());
        let mut writer = config.wrap(encoder);
        let written = writer.write_all(part.content.as_bytes());
        written.map_err(|error| Error::Office(error.to_string()))?;
        let (encoder, descriptor) = writer.finish().map_err(failed)?;
        encoder.finish().map_err(|error| Error::Office(error.to_string()))?;
        entry.finish(descriptor).map_err(failed)?;
    }
    archive.finish().map_err(failed)
}
