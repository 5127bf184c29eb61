// Starts `chancery lsp` for texts and speaks with it; all that is known of texts is there.
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

function settings() {
  const all = vscode.workspace.getConfiguration("chancery");
  return { asOf: all.get<string>("asOf") || null, strict: all.get<boolean>("strict") ?? false };
}

async function start(): Promise<void> {
  const command = vscode.workspace.getConfiguration("chancery").get<string>("path") || "chancery";
  const server: ServerOptions = { command, args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: [{ language: "chancery" }],
    initializationOptions: settings(),
    synchronize: { configurationSection: "chancery" },
  };
  client = new LanguageClient("chancery", "Chancery", server, options);
  try {
    await client.start();
  } catch (error) {
    const choice = await vscode.window.showErrorMessage(
      `“${command}” could not be started: ${error instanceof Error ? error.message : String(error)}`,
      "Open Settings",
    );
    if (choice) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "chancery.path");
    }
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop().catch(() => undefined);
}

async function build(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.document.languageId !== "chancery" || !client) {
    return;
  }
  // What is built is what is on the disk.
  if (editor.document.isDirty && !(await editor.document.save())) {
    return;
  }
  await client.sendRequest("workspace/executeCommand", {
    command: "chancery.build",
    arguments: [client.code2ProtocolConverter.asUri(editor.document.uri)],
  });
}

/** The text as its pages, beside it; a click on a page leads to the line. */
async function preview(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.document.languageId !== "chancery" || !client) {
    return;
  }
  const uri = client.code2ProtocolConverter.asUri(editor.document.uri);
  const { address } = await client.sendRequest<{ address: string }>("workspace/executeCommand", {
    command: "chancery.preview",
    arguments: [uri],
  });
  const shown = await vscode.env.asExternalUri(vscode.Uri.parse(address));
  const panel = vscode.window.createWebviewPanel("chancery.preview", "Pages", vscode.ViewColumn.Beside, {
    enableScripts: false,
    retainContextWhenHidden: true,
  });
  const source = shown.toString(true).replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  panel.webview.html = `<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy"
    content="default-src 'none'; frame-src ${shown.scheme}://${shown.authority}; style-src 'unsafe-inline'">
    <style>html, body, iframe { margin: 0; padding: 0; border: 0; width: 100%; height: 100vh; display: block }</style>
    <iframe title="Pages" src="${source}"></iframe></html>`;
}

interface Place {
  uri: string;
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
}

/** The texts that cite one, listed above its title. */
async function showPlaces(uri: string, from: Place["range"]["start"], places: Place[]): Promise<void> {
  const location = (place: Place) =>
    new vscode.Location(
      vscode.Uri.parse(place.uri),
      new vscode.Range(
        place.range.start.line,
        place.range.start.character,
        place.range.end.line,
        place.range.end.character,
      ),
    );
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    new vscode.Position(from.line, from.character),
    places.map(location),
  );
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("chancery.buildText", build),
    vscode.commands.registerCommand("chancery.showPages", preview),
    vscode.commands.registerCommand("chancery.showPlaces", showPlaces),
    vscode.window.onDidChangeTextEditorSelection(async ({ textEditor, selections }) => {
      const [selection] = selections;
      if (selection && textEditor.document.languageId === "chancery" && client?.isRunning()) {
        await client.sendNotification("chancery/cursor", {
          textDocument: { uri: client.code2ProtocolConverter.asUri(textEditor.document.uri) },
          position: selection.active,
        });
      }
    }),
    vscode.commands.registerCommand("chancery.restart", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("chancery.path")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}
