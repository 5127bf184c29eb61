// A copy of the text in this browser, so that a page that is loaded anew loses nothing. It is
// sent nowhere, and is gone when the drafter says so.

import type { Text } from "@codemirror/state";

/** A text as it was kept. */
export interface Kept {
  /** Which page kept it. */
  page: string;
  /** The name of its file, where it has one. */
  name: string | null;
  text: string;
  /** When, in milliseconds. */
  time: number;
}

const TEXTS = "chancery.texts";
const SWITCH = "chancery.keep";

/** No longer text is kept, in units of UTF-16: a browser has room for five million. */
const LONGEST = 1 << 20;

/** So many texts are kept: that of this page, and those of pages before or beside it. */
const COUNT = 3;

function isKept(one: unknown): one is Kept {
  const { page, name, text, time } = (one ?? {}) as Record<string, unknown>;
  const isTime = typeof time === "number" && !Number.isNaN(new Date(time).getTime());
  return typeof page === "string" && (name === null || typeof name === "string") && typeof text === "string" && isTime;
}

function stored(): Kept[] {
  try {
    const all: unknown = JSON.parse(localStorage.getItem(TEXTS) ?? "[]");
    return Array.isArray(all) ? all.filter(isKept).slice(0, COUNT) : [];
  } catch {
    return [];
  }
}

export class Keeping {
  private readonly page = crypto.getRandomValues(new Uint32Array(2)).join("-");
  /** Texts of pages before this one that the drafter has not been given back. */
  offers: Kept[] = stored();
  isOn: boolean;
  /** Whether this browser keeps anything. */
  readonly isPossible: boolean;

  constructor() {
    let isPossible = true;
    let isOn = true;
    try {
      isOn = localStorage.getItem(SWITCH) !== "no";
      localStorage.setItem(SWITCH, isOn ? "yes" : "no");
    } catch {
      isPossible = false;
    }
    this.isPossible = isPossible;
    this.isOn = isOn && isPossible;
  }

  /** Keeps a text; whether it is kept. */
  keep(name: string | null, text: Text): boolean {
    if (!this.isOn || text.length > LONGEST) {
      return false;
    }
    const others = stored().filter((one) => one.page !== this.page);
    return this.store([{ page: this.page, name, text: text.toString(), time: Date.now() }, ...others].slice(0, COUNT));
  }

  /** A text that was offered is given back: from now on it is that of this page. */
  taken(one: Kept): void {
    this.offers = this.offers.filter((other) => other !== one);
    this.store(stored().map((other) => (other.page === one.page ? { ...other, page: this.page } : other)));
  }

  /** Forgets all that was kept. */
  forget(): void {
    this.offers = [];
    try {
      localStorage.removeItem(TEXTS);
    } catch {
      // Where nothing can be kept there is nothing to forget.
    }
  }

  /** Whether texts are kept from now on; those that were are forgotten where they are not. */
  turn(isOn: boolean): void {
    this.isOn = isOn && this.isPossible;
    try {
      localStorage.setItem(SWITCH, isOn ? "yes" : "no");
    } catch {
      this.isOn = false;
    }
    if (!isOn) {
      this.forget();
    }
  }

  private store(all: Kept[]): boolean {
    try {
      localStorage.setItem(TEXTS, JSON.stringify(all));
      return true;
    } catch {
      return false;
    }
  }
}

/** When a text was kept: `07:58`, `26 November, 07:58`. */
export function when(time: number): string {
  const day = new Date(time);
  const hour = day.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const isToday = day.toDateString() === new Date().toDateString();
  return isToday ? hour : `${day.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}, ${hour}`;
}
