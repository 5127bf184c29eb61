//! What is written, and what is known while it is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::layout::style::Style;
use crate::model::{Anchor, Cited, Document};

/// The names of blocks, as `para_1__subpara_a`.
pub(super) type Names = BTreeMap<Anchor, String>;

/// A file while it is written.
pub(super) struct Writer<'d> {
    pub out: String,
    pub style: &'d Style,
    /// The day of texts that have none.
    pub made: Option<Date>,
    /// The names that the blocks got before; none at first.
    known: Option<Names>,
    /// The names that they got this time.
    pub given: Names,
    taken: BTreeSet<String>,
    counts: BTreeMap<String, usize>,
    /// What each block cites.
    pub cites: BTreeMap<Anchor, Vec<&'d Cited>>,
    /// The language of what is written.
    pub language: String,
    /// What the names of the notes of the part begin with.
    pub notes: String,
}

impl<'d> Writer<'d> {
    /// Of a document, with the names that its blocks got before.
    pub fn of(document: &'d Document, style: &'d Style, made: Option<Date>, known: Option<Names>) -> Self {
        let mut cites: BTreeMap<Anchor, Vec<&Cited>> = BTreeMap::new();
        for cited in &document.cites {
            cites.entry(cited.anchor).or_default().push(cited);
        }
        Writer {
            out: String::new(),
            style,
            made,
            known,
            given: Names::new(),
            taken: BTreeSet::new(),
            counts: BTreeMap::new(),
            cites,
            language: document.language.clone(),
            notes: String::new(),
        }
    }

    /// The file, if its references were written with names that are known.
    pub fn finished(&mut self) -> Option<String> {
        self.known.is_some().then(|| std::mem::take(&mut self.out))
    }

    /// Writes what is XML.
    pub fn raw(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// Writes words.
    pub fn text(&mut self, words: &str) {
        escape(words, &mut self.out);
    }

    /// Writes an element with nothing but words in it.
    pub fn element(&mut self, tag: &str, words: &str) {
        self.raw(&format!("<{tag}>"));
        self.text(words);
        let name = tag.split(' ').next().unwrap_or(tag);
        self.raw(&format!("</{name}>"));
    }

    /// The name of something inside of what is called `around`, by its number, else by which
    /// of its kind it is.
    pub fn name(&mut self, around: &str, kind: &str, number: &str) -> String {
        let base = if around.is_empty() { kind.to_owned() } else { format!("{around}__{kind}") };
        let number = match number {
            "" => {
                let count = self.counts.entry(base.clone()).or_default();
                *count += 1;
                count.to_string()
            }
            number => number.to_owned(),
        };
        let name = format!("{base}_{number}");
        let mut free = name.clone();
        while !self.taken.insert(free.clone()) {
            let count = self.counts.entry(name.clone()).or_insert(1);
            *count += 1;
            free = format!("{name}-{count}");
        }
        free
    }

    /// Whether nothing in the file has a name yet; from now on something has it.
    pub fn is_new(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// The same for a block, to which references lead.
    pub fn name_of(&mut self, anchor: Anchor, around: &str, kind: &str, number: &str) -> String {
        let name = self.name(around, kind, number);
        self.given.entry(anchor).or_insert_with(|| name.clone());
        name
    }

    /// What a block is called, which may come later.
    pub fn target(&self, anchor: Anchor) -> Option<&str> {
        self.known.as_ref()?.get(&anchor).map(String::as_str)
    }
}

/// A text as XML has it; signs that XML cannot hold become U+FFFD.
pub(super) fn escape(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(sign),
            sign if sign.is_control() || matches!(sign, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            sign => out.push(sign),
        }
    }
}

/// A text as it may stand in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// A number or a symbol as it stands in a name: small letters and figures, `between` where
/// anything else divides them.
pub(super) fn slug(words: &str, between: &str) -> String {
    let parts = words.split(|sign: char| !sign.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join(between)
}
