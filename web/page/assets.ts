// What lies beside the page: fetched, or in the page itself where it is one file.

/** The bytes of a file beside the page. */
export async function load(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const inside = document.getElementById(`file:${name}`)?.textContent;
  if (inside) {
    const packed = Uint8Array.from(atob(inside), (letter) => letter.charCodeAt(0));
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  }
  const response = await fetch(name);
  if (!response.ok) {
    throw new Error(`${name}: ${response.status}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

/** The files of the four faces, in the order of the library. */
const FACES = ["Regular", "Bold", "Italic", "BoldItalic"];
const NAMES = ["regular", "bold", "italic", "bold-italic"];

let loaded: Promise<Uint8Array<ArrayBuffer>[]> | null = null;

/** The house fonts, loaded once. */
export function fonts(): Promise<Uint8Array<ArrayBuffer>[]> {
  loaded ??= Promise.all(FACES.map((face) => load(`LiberationSerif-${face}.ttf`)));
  loaded.catch(() => (loaded = null));
  return loaded;
}

/** Makes the house fonts known to the page. */
export async function showFonts(): Promise<void> {
  const files = await fonts();
  await Promise.all(
    files.map(async (file, at) => {
      const face = await new FontFace(`chancery-${NAMES[at]}`, file.slice().buffer).load();
      document.fonts.add(face);
    }),
  );
}
