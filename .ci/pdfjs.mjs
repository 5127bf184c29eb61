// Opens PDFs with PDF.js as a browser would, asks each page for its text, its
// structure, its links and the commands that draw it, and says what PDF.js warns of:
//
//   node pdfjs.mjs FILE…      PDF.js is a module beside this file
import { readFile } from "node:fs/promises";

const warnings = [];
for (const level of ["log", "warn", "error"]) {
    console[level] = (...words) => warnings.push(words.join(" "));
}
const { getDocument, OPS, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
// Node has no canvas; nothing is painted here.
warnings.length = 0;

let worst = 0;
for (const file of process.argv.slice(2)) {
    let pages = 0;
    let wasBlank = false;
    try {
        const data = new Uint8Array(await readFile(file));
        const pdf = await getDocument({ data, verbosity: VerbosityLevel.WARNINGS, stopAtErrors: true }).promise;
        await pdf.getMetadata();
        await pdf.getOutline();
        await pdf.getAttachments();
        for (; pages < pdf.numPages; pages++) {
            const page = await pdf.getPage(pages + 1);
            const { items } = await page.getTextContent();
            const { fnArray } = await page.getOperatorList();
            // A blank verso has an even number, nothing is painted on it, and a text follows.
            const blank = fnArray.every((operator) => operator === OPS.setFillRGBColor) && !wasBlank && pages % 2 === 1 && pages + 1 < pdf.numPages;
            if (items.length === 0 && !blank) warnings.push(`page ${pages + 1} has no text`);
            if ((await page.getStructTree()) === null) warnings.push(`page ${pages + 1} has no structure`);
            await page.getAnnotations();
            wasBlank = blank;
            page.cleanup();
        }
        await pdf.destroy();
    } catch (error) {
        warnings.push(String(error));
    }
    if (pages === 0 || warnings.length > 0) {
        worst = 1;
        process.stdout.write(`BROKEN pdf.js ${file}\n    ${warnings.splice(0).slice(0, 5).join("\n    ")}\n`);
    }
}
process.exit(worst);
