// In a real VS Code in Chromium, by mouse and keyboard: a wrong reference is marked, hover tells
// its state, the quick fix mends it, a label is renamed, the text is saved.
//
//   node tests/vscode.mjs URL FILE [FOLDER-FOR-PICTURES]
//
// URL is that of a code-server with the extension, opened on the folder of FILE, which is
// written anew.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import puppeteer from "puppeteer-core";

const [url, file, pictures] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--window-size=1200,800"],
});
const page = await browser.newPage();
await page.setViewport({ width: 1200, height: 800 });
const patience = { timeout: 120000 };
const picture = async (name) => {
  if (pictures) {
    await page.screenshot({ path: `${pictures}/${name}.png` });
  }
};
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

for (let tries = 0; ; tries += 1) {
  try {
    await page.goto(url, { waitUntil: "domcontentloaded" });
    break;
  } catch (error) {
    if (tries > 30) {
      throw error;
    }
    await pause(1000);
  }
}
try {
  await page.waitForSelector(".explorer-folders-view .monaco-list-row", patience);
  const row = await page.waitForSelector(`.explorer-folders-view [aria-label^="${basename(file)}"]`, patience);
  await row.click({ clickCount: 2 });
  await page.waitForSelector(".monaco-editor .view-line", patience);
  await page.waitForSelector(".squiggly-error, .squiggly-warning", patience);
  await picture("1-marked");

  // The words of a line that have a text, as the editor shows them.
  const place = async (words) => {
    await page.waitForFunction(
      (words) => [...document.querySelectorAll(".view-line span span")].some((span) => span.textContent.includes(words)),
      patience,
      words,
    );
    return page.evaluate((words) => {
      const spans = [...document.querySelectorAll(".view-line span span")];
      const box = spans.find((span) => span.textContent.includes(words)).getBoundingClientRect();
      return { x: box.x + Math.min(box.width / 2, 60), y: box.y + box.height / 2 };
    }, words);
  };
  const has = (words) =>
    page.waitForFunction(
      (words) =>
        [...document.querySelectorAll(".view-line")].some((line) =>
          line.textContent.replace(/\u00a0/g, " ").includes(words),
        ),
      patience,
      words,
    );

  const wrong = await place("MC.DEC");
  await page.mouse.move(wrong.x, wrong.y);
  await page.waitForFunction(
    () => [...document.querySelectorAll(".monaco-hover")].some((hover) => hover.textContent.includes("malformed")),
    patience,
  );
  await picture("2-hover");

  await page.mouse.move(600, 700);
  await page.mouse.click(wrong.x, wrong.y);
  // A key that comes while the editor is busy is lost.
  for (let tries = 0; tries < 10; tries += 1) {
    await pause(2000);
    await page.keyboard.down("Control");
    await page.keyboard.press("Period");
    await page.keyboard.up("Control");
    const opened = page.waitForSelector(".action-widget .monaco-list-row", { timeout: 8000 });
    if (await opened.then(() => true, () => false)) {
      break;
    }
  }
  await pause(500);
  await picture("3-quick-fix");
  await page.keyboard.press("Enter");
  await has("MC.DEC/5/11;");
  await picture("4-mended");

  const label = await place("read");
  for (let tries = 0; tries < 10; tries += 1) {
    await page.mouse.click(label.x, label.y);
    await pause(2000);
    await page.keyboard.press("F2");
    const opened = page.waitForSelector(".rename-box input", { timeout: 8000, visible: true });
    if (await opened.then(() => true, () => false)) {
      break;
    }
  }
  await pause(1000);
  await page.keyboard.down("Control");
  await page.keyboard.press("KeyA");
  await page.keyboard.up("Control");
  await page.keyboard.type("archives");
  await page.keyboard.press("Enter");
  // The number that it prints stands behind it.
  await has("{@archives}");
  await picture("5-renamed");
  await page.keyboard.down("Control");
  await page.keyboard.press("KeyS");
  await page.keyboard.up("Control");
  await pause(1500);
  const text = readFileSync(file, "utf8");
  assert.match(text, /\{#archives\} We recall MC\.DEC\/5\/11;[^]*\{@archives\}/);
  console.log("VS Code in Chromium: as it should be");
} catch (error) {
  await picture("failed");
  throw error;
} finally {
  await browser.close();
}
