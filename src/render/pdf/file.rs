//! A PDF file as it grows: objects are written once and let go.
//!
//! What is no stream is put into object streams, and all places into a
//! cross-reference stream, so that a structure of fifty thousand elements costs
//! neither much memory nor much of the file.

use std::io::Write;

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};
use sha2::{Digest, Sha256};

use super::deflate::deflated;
use super::object::{write_dictionary, write_object};
use crate::Error;

/// How many objects share a stream: to read one of them, all are inflated.
const TOGETHER: usize = 200;

/// Where an object lies.
#[derive(Clone, Copy)]
enum Place {
    Nowhere,
    /// At this byte.
    At(u32),
    /// In an object stream, and which of its objects it is.
    In(u32, u8),
}

/// A file that is being written.
pub(super) struct FileWriter {
    out: Vec<u8>,
    /// By the number of the object, from 0, which is none.
    places: Vec<Place>,
    /// Objects that wait for their stream: number, and where they begin.
    waiting: Vec<(u32, usize)>,
    waiting_bytes: Vec<u8>,
}

impl FileWriter {
    /// Begins a file of a version, as `1.7`.
    pub fn new(version: &str) -> FileWriter {
        let mut out = format!("%PDF-{version}\n%").into_bytes();
        // Bytes that show that the file is not text.
        out.extend([0xE2, 0xE3, 0xCF, 0xD3, b'\n']);
        FileWriter { out, places: vec![Place::Nowhere], waiting: Vec::new(), waiting_bytes: Vec::new() }
    }

    /// The number of an object that is written later.
    pub fn reserve(&mut self) -> ObjectId {
        let id = self.places.len() as u32;
        self.places.push(Place::Nowhere);
        (id, 0)
    }

    /// Writes an object under a number of its own.
    pub fn add(&mut self, object: impl Into<Object>) -> Result<ObjectId, Error> {
        let id = self.reserve();
        self.put(id, object)?;
        Ok(id)
    }

    /// Writes the object of a number; a stream is deflated unless it says how
    /// it is filtered or that it must not be.
    pub fn put(&mut self, id: ObjectId, object: impl Into<Object>) -> Result<(), Error> {
        match object.into() {
            Object::Stream(stream) => self.put_stream(id, stream),
            object => self.put_bytes(id, |out| write_object(out, &object)),
        }
    }

    /// The same of an object that `write` writes.
    pub fn put_bytes(&mut self, id: ObjectId, write: impl FnOnce(&mut Vec<u8>)) -> Result<(), Error> {
        self.waiting.push((id.0, self.waiting_bytes.len()));
        write(&mut self.waiting_bytes);
        self.waiting_bytes.push(b'\n');
        if self.waiting.len() >= TOGETHER { self.write_waiting() } else { Ok(()) }
    }

    fn put_stream(&mut self, id: ObjectId, mut stream: Stream) -> Result<(), Error> {
        if stream.allows_compression && !stream.dict.has(b"Filter") {
            let content = deflated(&stream.content)?;
            stream.dict.set("Filter", "FlateDecode");
            stream.content = content;
        }
        stream.dict.set("Length", stream.content.len() as i64);
        self.place(id.0)?;
        _ = writeln!(self.out, "{} 0 obj", id.0);
        write_dictionary(&mut self.out, &stream.dict);
        self.out.extend(b"\nstream\n");
        self.out.extend(&stream.content);
        // After a carriage return a line feed alone would be taken for the second
        // half of a line end that had begun in the stream.
        let end: &[u8] = if stream.content.last() == Some(&b'\r') { b"\r\n" } else { b"\n" };
        self.out.extend(end);
        self.out.extend(b"endstream\nendobj\n");
        Ok(())
    }

    fn place(&mut self, id: u32) -> Result<(), Error> {
        let at = u32::try_from(self.out.len()).map_err(|_| Error::Pdf("it would be over 4 GB".to_owned()))?;
        self.places[id as usize] = Place::At(at);
        Ok(())
    }

    fn write_waiting(&mut self) -> Result<(), Error> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let (stream, _) = self.reserve();
        let mut content = Vec::with_capacity(self.waiting_bytes.len() + 10 * waiting.len());
        for (index, (id, at)) in waiting.iter().enumerate() {
            _ = write!(content, "{id} {at} ");
            self.places[*id as usize] = Place::In(stream, index as u8);
        }
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", "ObjStm");
        dictionary.set("N", waiting.len() as i64);
        dictionary.set("First", content.len() as i64);
        content.append(&mut self.waiting_bytes);
        self.put_stream((stream, 0), Stream::new(dictionary, content))
    }

    /// A number that is made from everything written so far.
    pub fn number(&mut self) -> Result<[u8; 16], Error> {
        self.write_waiting()?;
        Ok(number_of(&self.out))
    }

    /// Ends the file.
    pub fn finish(mut self, root: ObjectId, information: ObjectId, identifier: [&[u8]; 2]) -> Result<Vec<u8>, Error> {
        self.write_waiting()?;
        let (id, _) = self.reserve();
        self.place(id)?;
        let start = self.out.len();
        let mut table = Vec::with_capacity(self.places.len() * 6);
        for (number, place) in self.places.iter().enumerate() {
            let (kind, first, second) = match *place {
                // The first of those that are free, and the only one that may be.
                Place::Nowhere if number == 0 => (0, 0, 255),
                Place::Nowhere => (0, 0, 0),
                Place::At(at) => (1, at, 0),
                Place::In(stream, index) => (2, stream, index),
            };
            table.push(kind);
            table.extend(first.to_be_bytes());
            table.push(second);
        }
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", "XRef");
        dictionary.set("Size", self.places.len() as i64);
        dictionary.set("W", vec![1.into(), 4.into(), 1.into()]);
        dictionary.set("Root", root);
        dictionary.set("Info", information);
        dictionary.set("ID", identifier.map(|part| Object::String(part.to_vec(), StringFormat::Hexadecimal)).to_vec());
        self.put_stream((id, 0), Stream::new(dictionary, table))?;
        _ = writeln!(self.out, "startxref\n{start}\n%%EOF");
        Ok(self.out)
    }
}

/// A number that is made from bytes: the first half of their hash.
pub(super) fn number_of(bytes: &[u8]) -> [u8; 16] {
    let hash = Sha256::digest(bytes);
    std::array::from_fn(|at| hash[at])
}
