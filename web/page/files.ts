// Files of this computer: opened and saved by the browser, sent nowhere.

/** A file that can be written to, where the browser lets pages do that. */
interface Handle {
  name: string;
  getFile(): Promise<File>;
  createWritable(): Promise<{ write(data: BlobPart): Promise<void>; close(): Promise<void> }>;
}

interface Pickers {
  showOpenFilePicker?(options: object): Promise<Handle[]>;
  showSaveFilePicker?(options: object): Promise<Handle>;
}

const pickers = window as unknown as Pickers;
const TEXTS = { description: "Texts", accept: { "text/plain": [".decl", ".txt"] } };
const WORD = {
  description: "Word files",
  accept: { "application/vnd.openxmlformats-officedocument.wordprocessingml.document": [".docx"] },
};

/** A file as it was opened. */
export interface Opened {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  handle: Handle | null;
}

const isAborted = (error: unknown) => error instanceof DOMException && error.name === "AbortError";

async function opened(file: File, handle: Handle | null): Promise<Opened> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), handle };
}

/** Asks for files; none where the user gives none. */
export async function open(): Promise<Opened[]> {
  if (pickers.showOpenFilePicker) {
    try {
      const handles = await pickers.showOpenFilePicker({ multiple: true, types: [TEXTS, WORD] });
      return await Promise.all(handles.map(async (handle) => opened(await handle.getFile(), handle)));
    } catch (error) {
      if (isAborted(error)) {
        return [];
      }
    }
  }
  const input = document.getElementById("file") as HTMLInputElement;
  return new Promise((resolve) => {
    input.onchange = () => resolve(Promise.all([...(input.files ?? [])].map((file) => opened(file, null))));
    input.oncancel = () => resolve([]);
    input.value = "";
    input.click();
  });
}

/** Gives the user a file to keep. */
export function download(name: string, bytes: BlobPart, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Writes a text where it came from, or where the user says; whether it was written. */
export async function save(name: string, text: string, handle: Handle | null): Promise<Handle | boolean> {
  if (pickers.showSaveFilePicker) {
    try {
      const to = handle ?? (await pickers.showSaveFilePicker({ suggestedName: name, types: [TEXTS] }));
      const writable = await to.createWritable();
      await writable.write(text);
      await writable.close();
      return to;
    } catch (error) {
      if (isAborted(error)) {
        return false;
      }
    }
  }
  download(name, text, "text/plain");
  return true;
}

export type { Handle };
