//! How well a fact is known.

use serde::{Deserialize, Serialize};

/// How well a fact is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Read in an OSCE text.
    SeenOsce,
    /// Read elsewhere.
    Seen,
    /// In CLDR, in a phrase list, or nowhere yet.
    Unread,
}

impl Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(*self as u8)
    }
}

impl<'de> Deserialize<'de> for Status {
    /// In a person's file it is words, in what the crate embeds a number.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Status::read(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom);
        }
        match u8::deserialize(deserializer)? {
            0 => Ok(Status::SeenOsce),
            1 => Ok(Status::Seen),
            _ => Ok(Status::Unread),
        }
    }
}

impl Status {
    /// Statuses are words with remarks after them: `seen-osce (inflected)`.
    fn read(words: &str) -> Result<Status, String> {
        match words.split([' ', ';', ',']).next().unwrap_or_default() {
            "seen-osce" => Ok(Status::SeenOsce),
            "seen" | "seen-osce-pa" | "seen-osce-related" | "seen-un" | "seen-un-inferred" | "seen-national"
            | "seen-press" | "seen-reference" | "seen-other" => Ok(Status::Seen),
            "seen-mun-list" | "cldr-only" | "unconfirmed" => Ok(Status::Unread),
            _ => Err(format!("there is no status `{words}`; see locales/README.md")),
        }
    }
}
