// `chancery preview` as an editor uses it: the pages in Chromium follow what is typed, a click
// and a key on a page lead to the line, and axe-core finds nothing.
//
//   node preview.mjs CHROMIUM CHANCERY TEXT PICTURES
import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import puppeteer from "puppeteer-core";

const [executablePath, chancery, file, pictures] = process.argv.slice(2);
const server = spawn(chancery, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
const waiting = new Map();
const shown = [];
let rest = Buffer.alloc(0);
const send = (message) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};
server.stdout.on("data", (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
        const head = rest.indexOf("\r\n\r\n");
        const length = head < 0 ? 0 : Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, head))[1]);
        if (head < 0 || rest.length < head + 4 + length) return;
        const message = JSON.parse(rest.subarray(head + 4, head + 4 + length));
        rest = rest.subarray(head + 4 + length);
        if (message.method === "window/showDocument") shown.push(message.params.selection.start.line);
        if (message.method && message.id !== undefined) send({ id: message.id, result: { success: true } });
        if (!message.method) waiting.get(message.id)?.(message.result);
    }
});
let last = 0;
const ask = (method, params) => {
    const id = (last += 1);
    return new Promise((resolve) => {
        waiting.set(id, resolve);
        send({ id, method, params });
    });
};

const uri = `file://${realpathSync(file)}`;
const text = readFileSync(file, "utf8");
await ask("initialize", { processId: null, rootUri: null, capabilities: { window: { showDocument: { support: true } } } });
send({ method: "initialized", params: {} });
send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "chancery", version: 1, text } } });
const { address } = await ask("workspace/executeCommand", { command: "chancery.preview", arguments: [uri] });

const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage();
const patience = { timeout: 60_000 };
const until = async (is, what) => {
    for (let tries = 0; !is(); tries += 1) {
        assert.ok(tries < 300, what);
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
};
try {
    await page.setBypassCSP(true);
    await page.setViewport({ width: 1300, height: 900 });
    await page.goto(address);
    await page.waitForFunction(() => document.querySelectorAll(".page svg").length > 0, patience);
    await page.evaluate(() => document.fonts.ready.then(() => new Promise((resolve) => setTimeout(resolve, 300))));
    await page.screenshot({ path: `${pictures}/preview.png` });
    await page.addScriptTag({ path: "node_modules/axe-core/axe.min.js" });
    let found = 0;
    for (const width of [1300, 320]) {
        await page.setViewport({ width, height: 900 });
        const { violations } = await page.evaluate(() => axe.run());
        for (const { id, help, nodes } of violations) {
            found += 1;
            console.log(`axe-core, preview, ${width} px: ${id}: ${help}: ${nodes[0].html.slice(0, 160)}`);
        }
    }
    assert.equal(found, 0, "axe-core finds nothing in the preview");
    await page.setViewport({ width: 1300, height: 900 });

    // A click leads to the line of what stands there, and so does a key.
    const number = await page.$$eval(".place", (places) => places.findIndex((place) => / 1\. /.test(place.ariaLabel)));
    const place = (await page.$$(".place"))[number];
    const said = await place.evaluate((place) => place.ariaLabel);
    await place.scrollIntoView();
    const box = await place.boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await until(() => shown.length === 1, "a click leads to a line");
    const heads = text.slice(0, text.indexOf("\n---")).split("\n").length;
    assert.match(text.split("\n")[shown[0]], /^1\. /, `what reads “${said.slice(0, 40)}” stands in line ${shown[0] + 1}`);
    await page.focus(".place[tabindex='0']");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await until(() => shown.length === 2, "a key leads to a line");

    // What is typed is shown.
    const line = text.split("\n").findIndex((line, at) => at > heads && /^1\. /.test(line));
    const start = { line, character: 3 };
    send({
        method: "textDocument/didChange",
        params: { textDocument: { uri, version: 2 }, contentChanges: [{ range: { start, end: start }, text: "Quokkas are seen. " }] },
    });
    await page.waitForFunction(() => document.querySelector("#pages").textContent.includes("Quokkas"), patience);
    console.log(`preview: as it should be; a click on paragraph 1 led to line ${shown[0] + 1}`);
} finally {
    await browser.close();
    server.kill();
}
