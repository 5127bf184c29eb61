//! Values from the command line and from files of data.

use std::path::Path;
use std::sync::Arc;

use super::args::Values;
use super::disk::read_file;
use super::outcome::{Failure, Outcome};
use crate::compile::Session;
use crate::data::{self, Data, Entry, Record, Records};
use crate::diag::Diagnostics;
use crate::source::{FileId, Source, Sources};
use crate::syntax::ast::Word;

/// What documents are filled with.
pub(super) struct Given {
    data: Option<Data>,
    set: Vec<Entry>,
    /// What is wrong with it, and with its names.
    pub found: Diagnostics,
    pub sources: Sources,
}

impl Given {
    /// Reads what was given for the document at `path`, whose session its
    /// sources join.
    pub fn read(values: &Values, path: &str, session: &mut Session<'_>) -> Result<Given, Failure> {
        let mut given = Given::load(values, session)?;
        if !given.found.has_errors() {
            let (found, sources) = session.unknown_names(path, &given.names())?;
            given.found = found.without_fixes();
            given.sources = sources;
        }
        Ok(given)
    }

    /// Reads what was given, without asking what document it is for.
    pub fn load(values: &Values, session: &mut Session<'_>) -> Result<Given, Failure> {
        let mut found = Diagnostics::default();
        let mut add = |source: Source| {
            let source = Arc::new(source);
            (session.add(source.clone()), source)
        };
        let data = values.data.as_deref().map(text_of).transpose()?.map(&mut add);
        let set: Vec<(FileId, Arc<Source>)> =
            values.set.iter().map(|line| add(Source::new("--set", line.as_str()))).collect();
        let set = data::assignments(set.iter().map(|(file, source)| (*file, source.as_ref())), &mut found);
        let data = data.and_then(|(file, source)| data::read(&source, file, &mut found));
        Ok(Given { data, set, found, sources: session.sources().clone() })
    }

    fn names(&self) -> Vec<&Word> {
        let of_data: Vec<&Word> = match &self.data {
            Some(Data::One(record)) => record.entries.iter().map(|(key, ..)| key).collect(),
            Some(Data::Many(records)) => records.names(),
            None => Vec::new(),
        };
        of_data.into_iter().chain(self.set.iter().map(|(key, ..)| key)).collect()
    }

    /// Whether it is a list or a table, of which each record makes a document.
    pub fn is_many(&self) -> bool {
        matches!(self.data, Some(Data::Many(_)))
    }

    /// How many documents it makes.
    pub fn len(&self) -> usize {
        match &self.data {
            Some(Data::Many(records)) => Records::len(records),
            Some(Data::One(_)) | None => 1,
        }
    }

    /// The values of a document, from 0.
    pub fn get(&self, at: usize) -> Record {
        let record = match &self.data {
            Some(Data::Many(records)) => records.get(at).unwrap_or_default(),
            Some(Data::One(record)) => record.clone(),
            None => Record::default(),
        };
        record.with(&self.set)
    }

    /// What a document's record is called: its row in a table, its number in a
    /// list.
    pub fn name(&self, at: usize, record: &Record) -> String {
        match (record.row, self.is_many()) {
            (Some(row), _) => format!("row {row}"),
            (None, true) => format!("record {}", at + 1),
            (None, false) => String::new(),
        }
    }

    /// Whether documents can be made of it.
    pub fn outcome(&self) -> Outcome {
        if self.found.has_errors() { Outcome::Faulty } else { Outcome::Good }
    }
}

fn text_of(path: &Path) -> Result<Source, Failure> {
    let name = path.display().to_string();
    let bytes = read_file(path, &name)?;
    if bytes.len() > crate::syntax::MAX_BYTES {
        return Err(Failure::Usage(format!("`{name}` has more than {} MB", crate::syntax::MAX_BYTES >> 20)));
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::Usage(format!("`{name}` is not UTF-8 text; save it as UTF-8 (in a spreadsheet: CSV UTF-8)"))
    })?;
    Ok(Source::new(name, text))
}
