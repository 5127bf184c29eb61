// What axe-core says of pages in Chromium, wide and narrow, and whether one is wider than
// a narrow screen: node axe.mjs CHROMIUM PAGE…; fails if it says anything.
import puppeteer from "puppeteer-core";
import { realpathSync } from "node:fs";

const [executablePath, ...pages] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
let findings = 0;
const say = (line) => {
    findings += 1;
    console.log(line);
};
for (const name of pages) {
    const page = await browser.newPage();
    await page.setBypassCSP(true);
    page.on("request", (request) => {
        if (!request.url().startsWith("file:")) say(`${name}: asks for ${request.url()}`);
    });
    await page.goto(`file://${realpathSync(name)}`);
    await page.addScriptTag({ path: "node_modules/axe-core/axe.min.js" });
    for (const width of [1000, 320]) {
        await page.setViewport({ width, height: 800 });
        const { violations } = await page.evaluate(() => axe.run());
        for (const { id, help, nodes } of violations) {
            say(`${name} (${width} px): ${id}: ${help}: ${nodes[0].html.slice(0, 160)}`);
        }
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) say(`${name} (${width} px): wider than the screen by ${over}`);
    }
    await page.close();
}
await browser.close();
console.log(`axe-core: ${pages.length} pages, ${findings} findings`);
process.exit(findings > 0 ? 1 : 0);
