// Puts the page together: page.js and page.css, the programs and fonts beside them, and all of
// it once more as one file.
//
//   node build.mjs FOLDER PROGRAM PROGRAM-FOR-FILES
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const [folder, program, files] = process.argv.slice(2);
const here = new URL(".", import.meta.url).pathname;
const common = { bundle: true, minify: true, target: "es2022", format: "iife", legalComments: "none", write: false };

const worker = (await build({ ...common, entryPoints: [`${here}page/worker.ts`] })).outputFiles[0].text;
const inside = {
  name: "worker",
  setup(build) {
    build.onResolve({ filter: /^worker$/ }, () => ({ path: "worker", namespace: "worker" }));
    build.onLoad({ filter: /.*/, namespace: "worker" }, () => ({ contents: worker, loader: "text" }));
  },
};
const script = (
  await build({ ...common, entryPoints: [`${here}page/main.ts`], loader: { ".decl": "text" }, plugins: [inside] })
).outputFiles[0].text;
const style = readFileSync(`${here}page/page.css`, "utf8");
const page = readFileSync(`${here}page/index.html`, "utf8");

mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/page.js`, script);
writeFileSync(`${folder}/page.css`, style);
writeFileSync(`${folder}/index.html`, page);
const beside = { "chancery.wasm": program, "chancery-files.wasm": files };
for (const face of ["Regular", "Bold", "Italic", "BoldItalic"]) {
  beside[`LiberationSerif-${face}.ttf`] = `${here}../assets/fonts/LiberationSerif-${face}.ttf`;
}
Object.entries(beside).forEach(([name, path]) => copyFileSync(path, `${folder}/${name}`));
copyFileSync(`${here}../assets/fonts/OFL.txt`, `${folder}/OFL.txt`);

// One file: nothing is fetched, so nothing may be.
const replaced = (text, from, to) => {
  if (!text.includes(from)) {
    throw new Error(`index.html has no ${from}`);
  }
  return text.replace(from, () => to);
};
// A script in a page ends at its end tag, wherever that stands.
const safe = script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
const hash = createHash("sha256").update(safe).digest("base64");
const packed = Object.entries(beside).map(
  ([name, path]) =>
    `<script type="text/plain" id="file:${name}">${gzipSync(readFileSync(path), { level: 9 }).toString("base64")}</script>`,
);
let one = replaced(page, "script-src 'self'", `script-src 'sha256-${hash}'`);
one = replaced(one, "connect-src 'self'; img-src data:; style-src 'self' ", "img-src data:; style-src ");
one = replaced(one, '<link rel="stylesheet" href="page.css">', `<style>\n${style}</style>`);
one = replaced(one, '<script defer src="page.js"></script>\n', "");
one = replaced(one, "</body>", `${packed.join("\n")}\n<script>${safe}</script>\n</body>`);
writeFileSync(`${folder}/chancery.html`, one);
