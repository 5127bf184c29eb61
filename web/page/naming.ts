// What a text that has no file yet is called: by its symbol, else by its title.

/** No name is longer. */
const LONGEST = 60;

/** The values of the header, as they are typed. */
function header(text: string): Map<string, string> {
  const values = new Map<string, string>();
  let key = "";
  for (const line of text.slice(0, 10_000).split("\n")) {
    if (/^-{3,}\s*$/.test(line)) {
      return values;
    }
    const found = /^([a-z-]+):(.*)$/.exec(line);
    if (found) {
      key = found[1];
      values.set(key, found[2].trim());
    } else if (key && /^\s+\S/.test(line)) {
      values.set(key, `${values.get(key)} ${line.trim()}`);
    }
  }
  return new Map();
}

function slug(words: string): string {
  const plain = words.replace(/\{[^}]*\}|\[[^\]]*\]/g, " ").normalize("NFC").toLowerCase();
  const name = plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return name.length > LONGEST ? name.slice(0, LONGEST + 1).replace(/-[^-]*$/, "").slice(0, LONGEST) : name;
}

/** `mc-doc-901-26.en.decl`, `on-libraries.en.decl`, or `untitled.decl`. */
export function named(text: string): string {
  const values = header(text);
  const name = slug(values.get("symbol") ?? "") || slug(values.get("title") ?? "");
  const language = /^[a-z]{2,3}$/.test(values.get("language") ?? "") ? `.${values.get("language")}` : "";
  return name ? `${name}${language}.decl` : "untitled.decl";
}
