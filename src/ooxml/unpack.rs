//! A package read: the parts of a zip file, one by one and within bounds. Nothing is ever
//! written by a name that stands in it.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

/// The most bytes that a file may have.
pub const MAX_FILE: usize = 256 << 20;
/// The most parts of a package.
pub const MAX_PARTS: usize = 10_000;
/// The most bytes that are inflated of a package, all parts together.
pub const MAX_INFLATED: usize = 128 << 20;

/// Why a file could not be read; a sentence with its cure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotReadable {
    /// It is of another kind.
    #[error("{0}")]
    Kind(&'static str),
    /// More than is read.
    #[error("{0}")]
    TooLarge(String),
    /// Its bytes are not what they should be.
    #[error("the file is damaged: {0}; open it in a word processor and save it again as .docx")]
    Damaged(String),
}

/// The parts of a package.
pub struct Package<'b> {
    archive: ZipSliceArchive<&'b [u8]>,
    parts: BTreeMap<String, Entry>,
    /// How many bytes may still be inflated.
    left: Cell<usize>,
}

#[derive(Clone, Copy)]
struct Entry {
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    is_locked: bool,
}

/// What a file is that is no package, by its first bytes.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const CFB: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if bytes.starts_with(&CFB) {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        // The list of what it holds stands near its beginning or its end; no more is looked through.
        let (head, tail) = (bytes.len().min(4 << 20), bytes.len().saturating_sub(4 << 20));
        let has_name =
            |part: Option<&[u8]>| part.is_some_and(|part| part.windows(name.len()).any(|window| window == name));
        return Some(if has_name(bytes.get(..head)) || has_name(bytes.get(tail..)) {
            "the file is encrypted: open it in Word, take the password away (File, Info, Protect Document) and save it"
        } else {
            "the file is of Word 97 to 2003 (.doc): open it in a word processor and save it as .docx"
        });
    }
    let kinds: [(&[u8], &'static str); 3] = [
        (b"{\\rtf", "the file is RTF: open it in a word processor and save it as .docx"),
        (b"%PDF", "the file is a PDF: have its text by `pdftotext -layout FILE - | chancery import -`"),
        (b"PK", ""),
    ];
    let found = kinds.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    match found {
        Some((_, "")) => None,
        Some((_, why)) => Some(why),
        None => Some("the file is no Word document (.docx): save it as .docx or as .txt"),
    }
}

/// Whether bytes begin as a package, or as another file that is no text.
pub fn is_no_text(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"PK\x05\x06")
        || other_kind(bytes).is_some_and(|why| !why.starts_with("the file is no Word"))
}

impl<'b> Package<'b> {
    /// Reads the list of parts.
    ///
    /// # Errors
    /// The file is no package, or one that is not read.
    pub fn open(bytes: &'b [u8]) -> Result<Package<'b>, NotReadable> {
        if let Some(why) = other_kind(bytes) {
            return Err(NotReadable::Kind(why));
        }
        if bytes.len() > MAX_FILE {
            return Err(NotReadable::TooLarge(format!("the file has more than {} MB", MAX_FILE >> 20)));
        }
        let damaged = |_| NotReadable::Damaged("its list of parts cannot be read".to_owned());
        let archive = ZipArchive::from_slice(bytes).map_err(damaged)?;
        let mut parts = BTreeMap::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(damaged)? {
            if parts.len() >= MAX_PARTS {
                return Err(NotReadable::TooLarge(format!("the file has more than {MAX_PARTS} parts")));
            }
            // Names are looked up and never used as paths; the case of their letters says nothing.
            let Ok(name) = std::str::from_utf8(entry.file_path().as_bytes()).map(str::to_ascii_lowercase) else {
                continue;
            };
            let place = Entry {
                place: entry.wayfinder(),
                method: entry.compression_method(),
                is_locked: entry.flags().is_encrypted(),
            };
            if !name.ends_with('/') && parts.insert(name.trim_start_matches('/').to_owned(), place).is_some() {
                return Err(NotReadable::Damaged("two of its parts have one name".to_owned()));
            }
        }
        Ok(Package { archive, parts, left: Cell::new(MAX_INFLATED) })
    }

    /// Whether there is a part.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_ascii_lowercase())
    }

    /// The names of all parts, in small letters.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// The bytes of a part; nothing where there is none.
    ///
    /// # Errors
    /// It cannot be inflated, or not within what is left of the bounds.
    pub fn part(&self, name: &str) -> Result<Option<Vec<u8>>, NotReadable> {
        let Some(entry) = self.parts.get(&name.to_ascii_lowercase()) else { return Ok(None) };
        if entry.is_locked {
            return Err(NotReadable::Kind("parts of the file are encrypted: save it without a password"));
        }
        let damaged = || NotReadable::Damaged(format!("its part `{name}` cannot be read"));
        let zipped = self.archive.get_entry(entry.place).map_err(|_| damaged())?;
        let most = self.left.get();
        let mut out = Vec::new();
        let limit = most as u64 + 1;
        let read = match entry.method {
            CompressionMethod::STORE => zipped.verifying_reader(zipped.data()).take(limit).read_to_end(&mut out),
            CompressionMethod::DEFLATE => {
                let inflated = DeflateDecoder::new(zipped.data());
                zipped.verifying_reader(inflated).take(limit).read_to_end(&mut out)
            }
            _ => return Err(damaged()),
        };
        if out.len() > most {
            let message = format!("the file holds more than {} MB of text and its like", MAX_INFLATED >> 20);
            return Err(NotReadable::TooLarge(message));
        }
        read.map_err(|_| damaged())?;
        self.left.set(most - out.len());
        Ok(Some(out))
    }
}
