// A session with the program through the client library that VS Code uses: a wrong reference
// is marked, hover tells its state, the quick fix mends it, a label is renamed.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { strict as assert } from "node:assert";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const rpc = require("vscode-jsonrpc/node");

const folder = mkdtempSync(join(tmpdir(), "chancery-"));
const uri = pathToFileURL(join(folder, "draft.decl")).href;
let text = `// Our own words.
document: declaration
language: en
title:    Draft declaration on clients
---

1. {#read} We recall MC.DEC/5/2011;

2. We return to {@read}.
`;

const server = spawn(process.env.CHANCERY ?? "chancery", ["lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(server.stdout),
  new rpc.StreamMessageWriter(server.stdin),
);
const waiting = [];
connection.onNotification("textDocument/publishDiagnostics", (found) => {
  waiting.filter((one) => one.version === found.version).forEach((one) => one.resolve(found.diagnostics));
});
const found = (version) => new Promise((resolve) => waiting.push({ version, resolve }));
connection.onRequest("client/registerCapability", () => null);
connection.listen();

const { capabilities } = await connection.sendRequest("initialize", {
  processId: process.pid,
  rootUri: pathToFileURL(folder).href,
  capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
});
assert.equal(capabilities.positionEncoding, "utf-16");
connection.sendNotification("initialized", {});
const first = found(1);
connection.sendNotification("textDocument/didOpen", {
  textDocument: { uri, languageId: "chancery", version: 1, text },
});
const malformed = (await first).find((finding) => finding.code === "malformed");
assert.ok(malformed, "the long year is marked");

const position = (words, behind = 0) => {
  const at = text.indexOf(words) + behind;
  const before = text.slice(0, at).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
};
const apply = (edits) => {
  const offset = ({ line, character }) =>
    text.split("\n").slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .forEach(({ range, newText }) => {
      text = text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end));
    });
};

const hover = await connection.sendRequest("textDocument/hover", {
  textDocument: { uri },
  position: position("MC.DEC", 3),
});
assert.match(JSON.stringify(hover.contents), /malformed/);
const actions = await connection.sendRequest("textDocument/codeAction", {
  textDocument: { uri },
  range: malformed.range,
  context: { diagnostics: [malformed], only: ["quickfix"] },
});
const fix = actions.find((action) => action.edit && action.diagnostics?.[0]?.code === "malformed");
assert.ok(fix, "a cure is offered");
apply(fix.edit.changes[uri]);
assert.match(text, /MC\.DEC\/5\/11;/);
const second = found(2);
connection.sendNotification("textDocument/didChange", {
  textDocument: { uri, version: 2 },
  contentChanges: [{ text }],
});
assert.ok(!(await second).some((finding) => finding.code === "malformed"), "it is mended");
const renamed = await connection.sendRequest("textDocument/rename", {
  textDocument: { uri },
  position: position("{@read", 3),
  newName: "archives",
});
apply(renamed.changes[uri]);
assert.match(text, /\{#archives\}[^]*\{@archives\}/);
await connection.sendRequest("shutdown");
connection.sendNotification("exit");
const code = await new Promise((resolve) => server.on("exit", resolve));
assert.equal(code, 0);
console.log("a client's session: as it should be");
