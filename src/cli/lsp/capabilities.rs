//! What editor and server can do, said to each other at the beginning.

use std::path::PathBuf;

use lsp_types::{ClientCapabilities, InitializeParams};
use serde_json::{Value, json};

use super::positions::Encoding;
use super::shared::Settings;
use super::tokens;
use super::{actions, paths};

/// What the editor said of itself.
pub(super) fn settings(params: &InitializeParams) -> Settings {
    let capabilities = &params.capabilities;
    let general = capabilities.general.as_ref();
    let encodings = general.and_then(|general| general.position_encodings.as_ref());
    let has_utf8 = encodings.is_some_and(|all| all.iter().any(|one| one.as_str() == "utf-8"));
    let mut settings = Settings {
        encoding: if has_utf8 { Encoding::Utf8 } else { Encoding::Utf16 },
        folders: folders(params),
        ..Settings::default()
    };
    of_text(capabilities, &mut settings);
    of_workspace(capabilities, &mut settings);
    configure(params.initialization_options.as_ref().unwrap_or(&Value::Null), &mut settings);
    settings
}

fn of_text(capabilities: &ClientCapabilities, settings: &mut Settings) {
    let Some(text) = &capabilities.text_document else { return };
    let item = text.completion.as_ref().and_then(|completion| completion.completion_item.as_ref());
    settings.snippets = item.and_then(|item| item.snippet_support).unwrap_or_default();
    let formats = text.hover.as_ref().and_then(|hover| hover.content_format.as_ref());
    settings.markdown = formats.is_some_and(|all| all.contains(&lsp_types::MarkupKind::Markdown));
}

fn of_workspace(capabilities: &ClientCapabilities, settings: &mut Settings) {
    let Some(workspace) = &capabilities.workspace else { return };
    let edit = workspace.workspace_edit.as_ref();
    let kinds = edit.and_then(|edit| edit.resource_operations.as_ref());
    let creates = kinds.is_some_and(|kinds| kinds.contains(&lsp_types::ResourceOperationKind::Create));
    settings.may_create = creates && edit.and_then(|edit| edit.document_changes).unwrap_or_default();
    settings.refreshes_lenses = workspace.code_lens.as_ref().and_then(|lens| lens.refresh_support).unwrap_or_default();
    let watching = workspace.did_change_watched_files.as_ref();
    settings.watches = watching.and_then(|watching| watching.dynamic_registration).unwrap_or_default();
}

#[allow(deprecated, reason = "older editors name one folder")]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let named = params.workspace_folders.iter().flatten().map(|folder| folder.uri.as_str().to_owned());
    let mut folders: Vec<PathBuf> = named.filter_map(|uri| paths::to_path(&uri)).collect();
    if folders.is_empty() {
        folders.extend(params.root_uri.as_ref().and_then(|uri| paths::to_path(uri.as_str())));
    }
    folders
}

/// What the user wants: `asOf`, `strict`.
pub(super) fn configure(wanted: &Value, settings: &mut Settings) {
    let wanted = wanted.get("chancery").unwrap_or(wanted);
    if let Some(day) = wanted.get("asOf") {
        settings.as_of = day.as_str().and_then(|day| day.parse().ok());
    }
    if let Some(strict) = wanted.get("strict").and_then(Value::as_bool) {
        settings.strict = strict;
    }
}

/// What the server can do.
pub(super) fn ours(settings: &Settings) -> Value {
    let encoding = if settings.encoding == Encoding::Utf8 { "utf-8" } else { "utf-16" };
    json!({
        "serverInfo": { "name": "chancery", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": encoding,
            "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
            "hoverProvider": true,
            "completionProvider": { "triggerCharacters": ["{", "@", "|", "[", ":", "/", "."] },
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "renameProvider": { "prepareProvider": true },
            "documentSymbolProvider": true,
            "workspaceSymbolProvider": true,
            "foldingRangeProvider": true,
            "selectionRangeProvider": true,
            "inlayHintProvider": true,
            "semanticTokensProvider": { "legend": tokens::legend(), "full": true, "range": true },
            "documentLinkProvider": { "resolveProvider": false },
            "codeLensProvider": { "resolveProvider": true },
            "codeActionProvider": { "codeActionKinds": actions::KINDS },
            "documentFormattingProvider": true,
            "documentRangeFormattingProvider": true,
            "executeCommandProvider": { "commands": actions::COMMANDS },
            "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
        },
    })
}

/// Asks the editor to say when files change that texts are made of.
pub(super) fn watching() -> Value {
    let globs = ["**/*.decl", "**/*.toml", "**/*.csv", "**/*.txt", "**/*.ttf", "**/*.otf"];
    let watchers: Vec<Value> = globs.iter().map(|glob| json!({ "globPattern": glob })).collect();
    json!({ "registrations": [{
        "id": "files",
        "method": "workspace/didChangeWatchedFiles",
        "registerOptions": { "watchers": watchers },
    }] })
}
