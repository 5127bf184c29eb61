// The page in Chromium, by mouse and keyboard: a wrong reference is typed, marked, explained and
// mended; what is downloaded is what the command line makes; a program that panics or hangs costs
// no word; nothing is sent; axe-core finds nothing.
//
//   node page.mjs CHROMIUM FOLDER CHANCERY PICTURES
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import puppeteer from "puppeteer-core";

const [executablePath, folder, chancery, place] = process.argv.slice(2);
const pictures = realpathSync(place);
const patience = { timeout: 30_000 };
const downloads = `${pictures}/downloads`;
rmSync(downloads, { recursive: true, force: true });
mkdirSync(downloads, { recursive: true });

const asked = [];
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", wasm: "application/wasm" };
const server = createServer((request, response) => {
  const name = request.url === "/" ? "/index.html" : request.url;
  asked.push(`${request.method} ${name}`);
  const path = `${folder}${name}`;
  const is_there = /^\/[A-Za-z-]+\.[a-z]+$/.test(name) && existsSync(path);
  response.writeHead(is_there ? 200 : 404, { "content-type": TYPES[name.split(".").at(-1)] ?? "application/octet-stream" });
  response.end(is_there ? readFileSync(path) : "");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/`;
const elsewhere = createServer((_, response) => response.writeHead(200, { "access-control-allow-origin": "*" }).end());
await new Promise((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
const foreign = `http://127.0.0.1:${elsewhere.address().port}/`;

const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
let page;
const picture = (name) => page.screenshot({ path: `${pictures}/${name}.png` });

async function open(url, begins = settled) {
  page = await browser.newPage();
  page.on("pageerror", (error) => assert.fail(`a fault in the page: ${error}`));
  page.on("dialog", (dialog) => void dialog.accept());
  await page.setViewport({ width: 1400, height: 900 });
  // What a browser without it does: files are given to an input, and downloaded.
  await page.evaluateOnNewDocument(() => {
    delete window.showOpenFilePicker;
    delete window.showSaveFilePicker;
  });
  const session = await page.createCDPSession();
  await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: downloads });
  await page.goto(url);
  await begins();
}

/** The text that stands there has been checked. */
async function settled() {
  await page.waitForFunction(
    () => document.getElementById("pages").ariaBusy === "false" && document.body.dataset.checked > 0,
    patience,
  );
}
const text = () => page.evaluate(() => [...document.querySelectorAll(".cm-line")].map((line) => {
  const copy = line.cloneNode(true);
  copy.querySelectorAll(".hint").forEach((hint) => hint.remove());
  return copy.textContent;
}).join("\n"));
const has = (selector, words) =>
  page.waitForFunction(
    (selector, words) => [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(words)),
    patience, selector, words,
  );
async function press(...keys) {
  for (const key of keys.slice(0, -1)) await page.keyboard.down(key);
  await page.keyboard.press(keys.at(-1));
  for (const key of keys.slice(0, -1).reverse()) await page.keyboard.up(key);
}
/** Puts a text in the place of what stands there, as from a clipboard. */
async function paste(words) {
  await page.focus(".cm-content");
  await press("Control", "a");
  const before = await page.evaluate(() => Number(document.body.dataset.checked));
  await page.evaluate((words) => {
    const data = new DataTransfer();
    data.setData("text/plain", words);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(".cm-content").dispatchEvent(event);
  }, words);
  return () => page.waitForFunction((before) => Number(document.body.dataset.checked) > before, patience, before);
}
async function downloaded(name) {
  for (let tries = 0; tries < 900 && !existsSync(`${downloads}/${name}`); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return readFileSync(`${downloads}/${name}`);
}

const HEAD = "document: declaration\nlanguage: en\ntitle:    Draft words on libraries\nadopted:  2026-12-04\n---\n\n";
const BODY = "We, the Ministers, recall what was decided,\n\n1. {#read} Recall MC.DEC/05/11 on libraries;\n\n2. Return to {@read}.\n";

async function typing() {
  await open(address);
  await has("#count", "0 errors");
  assert.ok((await page.$$(".page svg")).length > 0, "there are pages");
  await picture("1-begun");
  await page.focus(".cm-content");
  await press("Control", "a");
  await page.keyboard.type(HEAD + BODY, { delay: 2 });
  await has("#findings", "MC.DEC/5/11");
  await settled();
  assert.equal(await text(), HEAD + BODY, "what was typed stands there, and nothing else");
  await page.waitForSelector(".cm-lintRange", patience);
  await picture("2-marked");

  const mark = await page.$(".cm-lintRange");
  await mark.hover();
  await has(".about", "malformed");
  await picture("3-hover");
  await page.mouse.move(700, 20);

  // From here on by keyboard alone: the finding, what can be done, the first of it.
  await press("Control", "Home");
  await press("F8");
  await press("Control", ".");
  await page.waitForFunction(() => document.activeElement.matches(".about button"), patience);
  await picture("4-cures");
  await press("Enter");
  await has(".cm-line", "Recall MC.DEC/5/11 on libraries;");
  await settled();
  await page.waitForFunction(() => !document.querySelector("#findings").textContent.includes("malformed"), patience);
}

async function files() {
  const written = `${downloads}/new.decl`;
  const words = await text();
  writeFileSync(written, words);
  for (const [to, extension] of [["pdf", "pdf"], ["docx", "docx"], ["html", "html"], ["text", "txt"]]) {
    await page.click(`[data-to=${to}]`);
    // It is called by its title, and not by what the page began with.
    const ours = await downloaded(`draft-words-on-libraries.en.${extension}`);
    execFileSync(chancery, ["build", "--quiet", "--to", to, "-o", `${downloads}/native.${extension}`, written]);
    const native = readFileSync(`${downloads}/native.${extension}`);
    assert.ok(ours.equals(native), `${to}: ${ours.length} and ${native.length} bytes differ`);
  }
  await has("#said", ".txt is made");
  await page.click("#save");
  assert.equal((await downloaded("draft-words-on-libraries.en.decl")).toString(), words);
  writeFileSync(`${downloads}/other.decl`, words.replaceAll("\n", "\r\n"));
  const [chooser] = await Promise.all([page.waitForFileChooser(), page.click("#open")]);
  await chooser.accept([`${downloads}/other.decl`]);
  await has("#name", "other.decl");
  assert.equal(await text(), words);

  const [word] = await Promise.all([page.waitForFileChooser(), page.click("#open")]);
  await word.accept([`${downloads}/native.docx`]);
  await has("#name", "native.decl");
  await settled();
  assert.match(await text(), /Recall MC\.DEC\/5\/11 on libraries;/, "a Word file is read");
  writeFileSync(`${downloads}/page.pdf`, "%PDF-1.7\n");
  const [pdf] = await Promise.all([page.waitForFileChooser(), page.click("#open")]);
  await pdf.accept([`${downloads}/page.pdf`]);
  await has("#alarm", "copy its text and paste it here");
  // One step brings back what stood there, and what it was called.
  await page.focus(".cm-content");
  await press("Control", "z");
  await has("#name", "other.decl");
  assert.equal(await text(), words);
  await settled();
}

const LINES = "The Ministerial Council,\nRecalling Ministerial Council Decision No. 99/11,\n1. Decides to go on;\n2. Invites all to join.\n";
const caret = () => page.evaluate(() => {
  const { anchorNode, isCollapsed } = getSelection();
  return `${isCollapsed ? "caret" : getSelection().toString()} in ${anchorNode.parentElement.closest(".cm-line")?.textContent}`;
});
// A box is drawn first and placed in the next frame: what is asked is that it comes to be seen.
const box = async () => {
  const seen = page.waitForFunction(() => {
    const { top, bottom } = document.querySelector(".about").getBoundingClientRect();
    return top > 0 && bottom < innerHeight + 1;
  }, patience);
  return { seen: await seen.then(() => true, () => false), words: await page.$eval(".about", (one) => one.textContent) };
};

/** What was found is led to and mended; nothing is erased or silenced on the way. */
async function findings() {
  await (await paste(HEAD + LINES))();
  await has("#findings", "99/11");
  const all = await text();
  const lines = await page.evaluateHandle(() => [...document.querySelectorAll("#findings button")].find((one) => one.textContent.includes("blank line")));
  await lines.click();
  await page.waitForSelector(".flash", patience);
  await picture("10-flash");
  assert.match(await caret(), /^caret in The Ministerial Council/, "what spans lines is not selected");
  await page.keyboard.type("x");
  assert.equal((await text()).length, all.length + 1, "the next key erases nothing");
  await press("Control", "z");
  await settled();

  await press("Control", ".");
  await page.waitForSelector(".about", patience);
  const { seen, words } = await box();
  assert.ok(seen, "what is said is seen");
  assert.ok(!words.includes("99/11"), `only what is at hand may stand: ${words}`);
  await picture("11-spanning");
  await press("Escape");
  // So it is where all is selected.
  await press("Control", "a");
  await press("Control", ".");
  await page.waitForSelector(".about", patience);
  assert.ok((await box()).seen, "what is said of all is seen");
  await press("Escape");
  assert.equal(await page.$(".about"), null);

  // To let it stand is never what Enter does; where it is chosen, its reason is typed over.
  const other = await page.evaluateHandle(() => [...document.querySelectorAll("#findings button")].find((one) => one.textContent.includes("in no registry")));
  await other.click();
  await press("Control", ".");
  await page.waitForSelector(".about .stands", patience);
  await page.waitForFunction(() => document.querySelector(".about").contains(document.activeElement), patience);
  assert.ok(await page.evaluate(() => !document.activeElement.matches(".stands")), "it has not the focus");
  await picture("12-may-stand");
  await press("End");
  await press("Enter");
  await has(".cm-line", "allow: unverified MC.DEC/99/11 – [why]");
  await page.keyboard.type("it is read in the minutes");
  await has(".cm-line", "allow: unverified MC.DEC/99/11 – it is read in the minutes");
  await page.waitForSelector(".t-allowed", patience);
  await picture("13-allowed");

  // F8 leads from one to the next, and the cure leaves nothing selected.
  await (await paste(HEAD + "1. We value the cooperation of all.\n\n2. And the cooperation of each.\n"))();
  await has("#findings", "cooperation");
  await press("Control", "Home");
  await press("F8");
  await press("F8");
  assert.match(await caret(), /^caret in 2\. And/);
  await press("Control", ".");
  await page.waitForFunction(() => document.activeElement.matches(".about button"), patience);
  await press("Enter");
  await has(".cm-line", "2. And the co-operation of each.");
  assert.match(await caret(), /^caret in 2\. And/);
  await settled();
}

/** A text from nothing, an example in its place, and the page loaded anew. */
async function beginning() {
  await page.evaluate(() => document.getElementById("forget").click());
  await page.close();
  await open(address);
  await (await paste(""))();
  await page.waitForSelector("#findings .cure", patience);
  assert.equal(await page.evaluate(() => document.getElementById("name").textContent), "Untitled");
  await picture("14-empty");
  await page.click("#findings .cure");
  await has(".cm-line", "title:    [title]");
  await page.keyboard.type("On reading rooms");
  await has("#name", "on-reading-rooms.en.decl");
  await (await paste("Draft words on lamps\n\nNous avons décidé que les États participants de la région sont invités à donner des lampes à tous.\n"))();
  await page.waitForSelector("#findings .cure", patience);
  await page.click("#findings .cure");
  await has(".cm-line", "title:    Draft words on lamps");
  const begun = await text();
  assert.match(begun, /^document: declaration\nlanguage: fr\ntitle: {4}Draft words on lamps\n---\n\nNous/);
  await settled();

  // An arrow key chooses nothing yet, Enter does; and it can be undone.
  await page.focus("#example");
  await press("ArrowDown");
  await press("ArrowDown");
  assert.equal(await text(), begun);
  await press("Enter");
  await has("#name", "mc-doc-901-26.en.decl");
  await press("Control", "z");
  await has("#name", "draft-words-on-lamps.fr.decl");
  assert.equal(await text(), begun);
  await has("#kept", "kept");

  await page.reload();
  await settled();
  await page.waitForSelector("#offers button", patience);
  await picture("15-offer");
  await page.click("#offers button");
  await has("#name", "draft-words-on-lamps.fr.decl");
  assert.equal(await text(), begun);
  const kept = () => page.evaluate(() => localStorage.getItem("chancery.texts"));
  assert.ok((await kept()).includes("lamps"));
  await page.click("#keep");
  assert.equal(await kept(), null, "where nothing is to be kept, what was is gone");
  await page.focus(".cm-content");
  await page.keyboard.type(" ");
  await has("#kept", "not kept");
  assert.equal(await kept(), null);
  await page.click("#keep");
  await page.click("#forget");
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  assert.equal(await kept(), null, "what is forgotten is not kept when the page goes");

  const printed = await page.pdf({ preferCSSPageSize: true });
  writeFileSync(`${pictures}/printed.pdf`, printed);
  const boxes = Buffer.from(printed).toString("latin1").match(/\/MediaBox \[[^\]]*\]/g);
  assert.deepEqual(boxes, ["/MediaBox [0 0 594.95996 841.91998]"], "one page of A4 is printed");
}

async function keyboard() {
  await settled();
  await page.focus(".cm-content");
  await press("F6");
  assert.ok(await page.evaluate(() => document.getElementById("found").contains(document.activeElement)));
  await press("F6");
  await page.waitForFunction(() => document.activeElement.matches(".page .place"), patience);
  await press("End");
  const named = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.match(named, /^line \d+: 2\. Return/);
  await picture("5-on-the-page");
  await press("Enter");
  await page.waitForFunction(() => document.activeElement.matches(".cm-content"), patience);
  await page.keyboard.type("X");
  await has(".cm-line", "2. XReturn");
  await press("Control", "z");
  await settled();
  // Tab leads out of the text.
  await press("Tab");
  assert.ok(await page.evaluate(() => !document.activeElement.matches(".cm-content")));
}

async function gone() {
  const before = await text();
  const worker = page.workers().at(-1);
  await worker.evaluate(() => self.onmessage({ data: { id: -1, request: { ask: "fail" } } }));
  await has("#alarm", "a panic was asked for");
  await picture("6-gone");
  assert.equal(await text(), before, "the text is kept");
  await page.focus(".cm-content");
  await press("Control", "End");
  await page.keyboard.type("\n3. And go on.\n");
  await has("#count", "0 errors");
  await settled();
  assert.equal(await page.evaluate(() => document.getElementById("alarm").textContent), "");
  // One that hangs is ended when something is typed.
  const hanging = page.workers().at(-1);
  void hanging.evaluate(() => { for (;;); }).catch(() => {});
  await page.keyboard.type("4. And on.\n");
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await page.keyboard.type("\n");
  await page.waitForFunction(() => document.querySelectorAll("#pages .place").length > 4, patience);
  await settled();
  assert.match(await text(), /4\. And on\./);
}

async function hostile() {
  const begun = performance.now();
  const long = await paste(HEAD + "1. Recall MC.DEC/5/11 and MC.DEC/0/00;\n\n".repeat(250_000));
  await page.waitForFunction(() => document.querySelector(".cm-content").textContent.includes("MC.DEC/0/00"), patience);
  const pasted = performance.now() - begun;
  // The page answers while the program works.
  const answering = performance.now();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve())));
  const stall = performance.now() - answering;
  await page.waitForFunction(() => !document.getElementById("stop").hidden || document.getElementById("pages").ariaBusy === "false", patience);
  await picture("7-long");
  if (await page.evaluate(() => !document.getElementById("stop").hidden)) {
    await page.click("#stop");
    await has("#count", "Stopped");
  } else {
    await long();
  }
  console.log(`10 MB: pasted in ${Math.round(pasted)} ms, then answers in ${Math.round(stall)} ms`);
  const texts = [
    "[".repeat(100_000), "{".repeat(50_000), "*".repeat(100_000), "\u202e".repeat(5000) + "1. a", "\0\u0007\ufeff\uffff",
    `${HEAD}${"{if: a}".repeat(3000)}`, `${HEAD}1. ${"a".repeat(300_000)}`, "---\n".repeat(20_000), "𝒳".repeat(20_000),
    `${HEAD}1. ]]><script>alert(1)</script><img src=x onerror=alert(1)> &amp; {#<b>} MC.DEC/<i>/11`,
    "document: declaration\nlanguage: xx\ntitle: {title}\n---\n{@a} {#a} {include: ../../etc/passwd}\n\ninclude: a\n",
  ];
  for (const words of texts) {
    const checked = await paste(words);
    await checked();
  }
  assert.equal(await page.evaluate(() => document.querySelectorAll("main img, main script").length), 0);
  const checked = await paste(HEAD + BODY);
  await checked();
  await has("#findings", "MC.DEC/5/11");
}

/** A text with a wrong reference has its pages, and they say that they cannot be built. */
async function proof() {
  await (await paste(`${HEAD}We, the Ministers, recall resolution 1325 (2001),\n\n1. Decide to read MC.DEC/99/11.\n`))();
  await has("#count", "that cannot be built yet");
  await has(".page svg", "MC.DEC/99/11");
  assert.ok(await page.$(".proof .page"), "the pages say so");
  await settled();
  await picture("8-proof");
  await (await paste("no text"))();
  await has("#count", "the pages are those before");
  await (await paste(HEAD + BODY))();
}

async function closed() {
  const names = new Set(asked);
  const own = ["index.html", "page.js", "page.css", "chancery.wasm", "chancery-files.wasm", "favicon.ico"];
  const fonts = ["Regular", "Bold", "Italic", "BoldItalic"].map((face) => `LiberationSerif-${face}.ttf`);
  for (const name of names) {
    assert.ok([...own, ...fonts].includes(name.replace("GET /", "")), `the page asks for ${name}`);
  }
  const send = (url) => fetch(url, { method: "POST", body: "a draft" }).then(() => "sent", () => "kept");
  assert.equal(await page.evaluate(send, foreign), "kept", "the page cannot send");
  assert.equal(await page.workers().at(-1).evaluate(send, foreign), "kept", "its worker cannot send");
}

async function accessible() {
  await page.close();
  page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.goto(address);
  await settled();
  await page.addScriptTag({ path: "node_modules/axe-core/axe.min.js" });
  let found = 0;
  const look = async (what) => {
    const { violations } = await page.evaluate(() => axe.run());
    for (const { id, help, nodes } of violations) {
      found += 1;
      console.log(`axe-core, ${what}: ${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
    }
  };
  for (const [width, value] of [[1400, "dark"], [1400, "light"], [320, "light"]]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
    await page.setViewport({ width, height: 900 });
    await (await paste(HEAD + BODY))();
    await look(`${width} px, ${value}`);
    await page.click("#help");
    await look(`${width} px, ${value}, with keys`);
    await press("Control", "Home");
    await page.focus(".cm-content");
    await press("F8");
    await press("Control", ".");
    await page.waitForSelector(".about button", patience);
    await look(`${width} px, ${value}, with what can be done`);
    await picture(`8-${width}-${value}`);
    await press("Escape");
    await page.click("#help");
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `at ${width} px the page is wider than the screen by ${over}`);
  }
  assert.equal(found, 0, "axe-core finds nothing");
  await page.close();
}

async function alone() {
  await open(`file://${realpathSync(folder)}/index.html`, () => has("#alarm", "chancery.html"));
  await page.close();
  rmSync(`${downloads}/draft-words-on-libraries.en.pdf`);
  await open(`file://${realpathSync(folder)}/chancery.html`);
  await has("#count", "0 errors");
  await (await paste(HEAD + BODY.replace("/05/", "/5/")))();
  await settled();
  await page.click("[data-to=pdf]");
  const ours = await downloaded("draft-words-on-libraries.en.pdf");
  assert.ok(ours.equals(readFileSync(`${downloads}/native.pdf`)), "one file makes the same PDF");
  await picture("9-one-file");
  await page.close();
}

try {
  const only = process.argv[6];
  for (const part of [typing, files, keyboard, gone, hostile, proof, findings, beginning, closed, accessible, alone]) {
    if (!only || only.split(",").includes(part.name)) {
      const begun = performance.now();
      await part();
      console.log(`${part.name}: as it should be (${Math.round(performance.now() - begun)} ms)`);
    }
  }
} catch (error) {
  await picture("failed").catch(() => {});
  throw error;
} finally {
  await browser.close();
  server.close();
  elsewhere.close();
}
