// The program in its worker: it gets a module, then answers requests one by one. It is
// started anew by the page when it is gone.

interface Program {
  memory: WebAssembly.Memory;
  room(length: number): number;
  ask(head: number): number;
  answer(): number;
  why(): number;
  why_length(): number;
}

let program: Program | null = null;

/** Whatever a library wants of a browser besides: nothing of it is ever called. */
function nothing(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind === "function") {
      (imports[from] ??= {})[name] = () => {
        throw new Error(`${name} is not there`);
      };
    }
  }
  return imports;
}

function asked(of: Program, request: string, body: Uint8Array): { said: unknown; bytes: Uint8Array<ArrayBuffer> } {
  const head = new TextEncoder().encode(request);
  const at = of.room(head.length + body.length);
  // Memory that has grown is another buffer.
  new Uint8Array(of.memory.buffer).set(head, at);
  new Uint8Array(of.memory.buffer).set(body, at + head.length);
  const length = of.ask(head.length);
  const answer = new Uint8Array(of.memory.buffer, of.answer(), length);
  const words = new DataView(answer.buffer, answer.byteOffset).getUint32(0, true);
  const said: unknown = JSON.parse(new TextDecoder().decode(answer.subarray(4, 4 + words)));
  return { said, bytes: new Uint8Array(answer.subarray(4 + words)) };
}

self.onmessage = ({ data }: MessageEvent) => {
  try {
    if (data.module) {
      const instance = new WebAssembly.Instance(data.module, nothing(data.module));
      program = instance.exports as unknown as Program;
      return;
    }
    if (!program) {
      throw new Error("there is no program");
    }
    const body = typeof data.body === "string" ? new TextEncoder().encode(data.body) : (data.body ?? new Uint8Array());
    const { said, bytes } = asked(program, JSON.stringify(data.request), body);
    self.postMessage({ id: data.id, said, bytes }, { transfer: [bytes.buffer] });
  } catch (error) {
    let why = "";
    if (program) {
      const bytes = new Uint8Array(program.memory.buffer, program.why(), program.why_length());
      why = new TextDecoder().decode(bytes);
    }
    program = null;
    self.postMessage({ id: data.id, gone: why || String(error) });
  }
};
