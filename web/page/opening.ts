// Files of others made texts: what can be read is read, of the rest it is said what helps.

import type { Opened } from "./files";
import { Program } from "./program";

/** A text, and what could not be had of its file. */
export interface Read {
  text: string;
  lost: string[];
}

export const isWord = (name: string) => /\.docx$/i.test(name);

/** What a file is that is no text, and what helps. */
function foreign(name: string, bytes: Uint8Array): string | null {
  const begins = (words: string) => [...words].every((letter, at) => bytes[at] === letter.charCodeAt(0));
  if (begins("%PDF")) {
    return `${name} is a PDF: open the Word file that it was made from, or copy its text and paste it here.`;
  }
  if (begins("\xd0\xcf\x11\xe0")) {
    return `${name} is of an old Word: save it as .docx there, or copy its text and paste it here.`;
  }
  if (begins("{\\rtf") || begins("PK")) {
    return `${name} is no text and no Word file: save it as .docx in the program that it comes from, or copy its text and paste it here.`;
  }
  return null;
}

/**
 * The text of a file. A Word file is read by a program of `reader`.
 *
 * @throws Error with words for the drafter, where there is none.
 */
export async function textOf(file: Opened, reader: () => Promise<WebAssembly.Module>): Promise<Read | null> {
  if (isWord(file.name)) {
    return imported(file, await reader());
  }
  const why = foreign(file.name, file.bytes);
  if (why) {
    throw new Error(why);
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(file.bytes), lost: [] };
  } catch {
    throw new Error(`${file.name} is not written in UTF-8: copy its text in the program that it comes from, and paste it here.`);
  }
}

interface Made {
  text?: string;
  lost?: string[];
  authors?: string[];
}

/** A Word file made a text; none where the drafter wants it otherwise. */
async function imported(file: Opened, module: WebAssembly.Module): Promise<Read | null> {
  const reader = new Program(module, () => {}, () => {});
  try {
    let made = await reader.ask<Made>({ ask: "import", accept: false }, file.bytes);
    if (made.authors) {
      const whose = made.authors.slice(0, 5).join(", ");
      if (!window.confirm(`${file.name} has tracked changes by ${whose}. Open it with all of them accepted?`)) {
        return null;
      }
      made = await reader.ask<Made>({ ask: "import", accept: true }, file.bytes);
    }
    return { text: made.text ?? "", lost: made.lost ?? [] };
  } catch (error) {
    throw new Error(`${file.name} cannot be opened: ${(error as Error).message}. Copy the text in Word and paste it here.`);
  } finally {
    reader.end();
  }
}
