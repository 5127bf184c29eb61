//! Changes of files as the protocol has them.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Value, json};

use super::positions::Positions;

/// A change of a text.
pub(super) fn text_edit(positions: &Positions<'_>, range: &Range<usize>, text: &str) -> Value {
    json!({ "range": positions.shown(range), "newText": text })
}

/// Changes of several files.
#[derive(Default)]
pub(super) struct Changes {
    /// Files that are made first.
    pub created: Vec<String>,
    pub edits: BTreeMap<String, Vec<Value>>,
}

impl Changes {
    pub fn of(uri: &str, edits: Vec<Value>) -> Changes {
        Changes { created: Vec::new(), edits: BTreeMap::from([(uri.to_owned(), edits)]) }
    }

    /// As the editor understands them; none where it cannot make files that are needed.
    pub fn shown(self, may_create: bool) -> Option<Value> {
        if self.created.is_empty() {
            return Some(json!({ "changes": self.edits }));
        }
        if !may_create {
            return None;
        }
        let create = self
            .created
            .iter()
            .map(|uri| json!({ "kind": "create", "uri": uri, "options": { "ignoreIfExists": true } }));
        let edit = self
            .edits
            .iter()
            .map(|(uri, edits)| json!({ "textDocument": { "uri": uri, "version": null }, "edits": edits }));
        Some(json!({ "documentChanges": create.chain(edit).collect::<Vec<_>>() }))
    }
}
