// The program as the page knows it: a worker that is asked, ended when it takes too long,
// and started anew when it is gone.

import source from "worker";

/** Why there is no answer: the program is gone, or was ended. */
export class Gone extends Error {}

/** What the program says cannot be done. */
export class Refused extends Error {}

interface Waiting {
  answer(said: unknown, bytes: Uint8Array): void;
  fail(error: Error): void;
}

/** No request takes longer, in milliseconds. */
const PATIENCE = 60_000;

export class Program {
  private worker: Worker | null = null;
  private waiting = new Map<number, Waiting>();
  private last = 0;
  private clock: ReturnType<typeof setTimeout> | undefined;

  /**
   * `begin` is called with each new worker, to ask what must be asked first; `gone` when one
   * has ended by itself.
   */
  constructor(
    private readonly module: WebAssembly.Module,
    private readonly begin: (program: Program) => void,
    private readonly gone: (why: string) => void,
  ) {}

  private start(): Worker {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(address);
    this.worker = worker;
    worker.onmessage = ({ data }) => {
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      this.watch();
      if (data.gone !== undefined) {
        this.died(data.gone);
        waiting?.fail(new Gone(data.gone));
      } else if (data.said?.error !== undefined) {
        waiting?.fail(new Refused(data.said.error));
      } else {
        waiting?.answer(data.said, data.bytes);
      }
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.died(event.message || "the worker ended");
    };
    worker.postMessage({ module: this.module });
    this.begin(this);
    return worker;
  }

  private watch(): void {
    clearTimeout(this.clock);
    if (this.waiting.size > 0) {
      this.clock = setTimeout(() => this.died("it had no answer within a minute"), PATIENCE);
    }
  }

  private died(why: string): void {
    this.end();
    this.gone(why);
  }

  /** Ends it; it is started anew when something is asked. */
  end(): void {
    this.worker?.terminate();
    this.worker = null;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    this.watch();
    waiting.forEach((one) => one.fail(new Gone("it was ended")));
  }

  /** Asks something; what belongs to the request are bytes or a text. */
  ask<T>(request: object, body?: string | Uint8Array): Promise<T> {
    return this.askFor(request, body).then(({ said }) => said as T);
  }

  /** The same where bytes are wanted. */
  askFor(request: object, body?: string | Uint8Array): Promise<{ said: unknown; bytes: Uint8Array }> {
    const worker = this.worker ?? this.start();
    const id = (this.last += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { answer: (said, bytes) => resolve({ said, bytes }), fail: reject });
      this.watch();
      worker.postMessage({ id, request, body });
    });
  }
}
