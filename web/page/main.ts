// The page: a text, what is found in it, and its pages. Nothing leaves it but by the user's
// own downloads.

import { Text } from "@codemirror/state";
import type { Action, Checked, Completion, Edit, Finding, Hover, PageShown, Words } from "./answers";
import { fonts, load, showFonts } from "./assets";
import { EXAMPLES } from "./examples";
import * as files from "./files";
import { Pages } from "./pages";
import { Gone, Program, Refused } from "./program";
import { Writing } from "./writing";

const by = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

/** So many findings are shown in the list. */
const SHOWN = 500;

/** Nobody waits longer than this for typing to end, in milliseconds. */
const QUIET = 1500;

interface Project {
  name: string;
  handle: files.Handle | null;
  /** How its lines end. */
  ends: "\n" | "\r\n";
  others: files.Opened[];
  saved: Text;
}

let project: Project = { name: "text.decl", handle: null, ends: "\n", others: [], saved: Text.empty };
let program: Program | null = null;
/** The text that was last checked, or is being. */
let sent: Text | null = null;
/** The text at which the program ended: it is not tried again as it is. */
let fatal: Text | null = null;
let took = 0;
let begun = 0;
let checking = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let checked: Checked | null = null;

const say = (words: string) => (by("said").textContent = words);
const alarm = (words: string) => (by("alarm").textContent = words);

function today(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Opens the project in a program that is new. */
function opened(of: Program): void {
  const asOf = by<HTMLInputElement>("as-of").value || null;
  void of.ask({ ask: "open", name: project.name, today: today(), as_of: asOf }).catch(() => {});
  for (const file of project.others) {
    void of.ask({ ask: "file", name: file.name }, file.bytes).catch(() => {});
  }
}

/** Ends the program; the next one knows nothing of the text. */
function end(): void {
  program?.end();
  sent = null;
}

const writing = new Writing(by("editor"), {
  changed: () => {
    alarm("");
    document.title = `${isSaved() ? "" : "• "}${project.name} – Chancery`;
    if (checking > 0 && performance.now() - begun > QUIET) {
      // What is checked is no longer what stands there.
      end();
    }
    later();
  },
  moved: (at) => pages.follow(at),
  hover: (at) => ask<Hover | null>({ ask: "hover", at }),
  actions: (from, to) => ask<Action[]>({ ask: "actions", from, to }),
  complete: (at) => ask<Completion[]>({ ask: "complete", at }),
  definition: (at) => ask<[number, number] | null>({ ask: "definition", at }),
  explain: (code) => ask({ ask: "explain", code }),
  rename: async (at) => {
    const { name } = await ask<{ name: string }>({ ask: "renamed", at });
    const to = window.prompt(`Another name for the label ${name}`, name);
    return to && to !== name ? ask<Edit[]>({ ask: "rename", at, to }) : [];
  },
  say,
});

const pages = new Pages(
  by("pages"),
  (at) => writing.go(at),
  (at) => {
    const { doc } = writing.view.state;
    const line = doc.lineAt(Math.min(at, doc.length));
    return `line ${line.number}: ${line.text.trim().slice(0, 80)}`;
  },
);

const isSaved = () => writing.doc.eq(project.saved);

function later(): void {
  clearTimeout(timer);
  by("pages").ariaBusy = String(Boolean(program));
  const wait = took < 40 ? 0 : took < 250 ? 150 : Math.min(took, QUIET);
  timer = setTimeout(() => void check(), wait);
}

/** Asks about the text as it is: what was typed is checked first. */
function ask<T>(request: object): Promise<T> {
  if (!program) {
    return Promise.reject(new Gone("it has not begun"));
  }
  if (writing.doc === fatal) {
    return Promise.reject(new Gone("the text ended the program"));
  }
  if (writing.doc !== sent) {
    clearTimeout(timer);
    void check(true);
  }
  return program.ask<T>(request);
}

async function check(isUrgent = false): Promise<void> {
  const { doc } = writing;
  // What is typed during a check is checked when that has ended.
  if (!program || (checking > 0 && !isUrgent)) {
    return;
  }
  if (doc === sent || doc === fatal) {
    by("pages").ariaBusy = String(checking > 0);
    return;
  }
  checking += 1;
  begun = performance.now();
  const waiting = setTimeout(() => {
    by("count").textContent = "Checking";
    by("stop").hidden = false;
  }, 700);
  try {
    const asked = program.ask<Checked>({ ask: "check" }, doc.toString());
    sent = doc;
    const answer = await asked;
    took = performance.now() - begun;
    performance.measure("check", { start: begun });
    if (writing.doc !== doc) {
      return;
    }
    show(answer);
    const [words, shown] = await Promise.all([
      program.ask<Words>({ ask: "words" }),
      program.ask<PageShown[] | null>({ ask: "pages" }),
    ]);
    if (writing.doc === doc) {
      writing.showWords(words);
    }
    pages.show(shown);
    if (writing.view.hasFocus) {
      pages.follow(writing.view.state.selection.main.head);
    }
    performance.measure("pages", { start: begun });
    took = Math.max(took, (performance.now() - begun) / 2);
    count(answer);
  } catch (error) {
    if (error instanceof Refused) {
      alarm(error.message);
    }
  } finally {
    clearTimeout(waiting);
    checking -= 1;
    by("stop").hidden = true;
    document.body.dataset.checked = String(Number(document.body.dataset.checked ?? 0) + 1);
    if (writing.doc === doc || writing.doc === fatal) {
      by("pages").ariaBusy = "false";
    } else {
      later();
    }
  }
}

function count({ errors, warnings, references, built }: Checked): void {
  const many = (number: number, one: string) => `${number} ${one}${number === 1 ? "" : "s"}`;
  const all = [many(errors, "error"), many(warnings, "warning"), many(references, "reference")];
  all.push(built ? many(pages.count, "page") : "the pages are those before");
  const words = all.join(", ");
  if (by("count").textContent !== words) {
    by("count").textContent = words;
  }
}

function show(answer: Checked): void {
  checked = answer;
  writing.showFindings(answer.findings);
  const shown = answer.findings.slice(0, SHOWN).map((one) => item(one));
  const more = [...answer.more];
  if (answer.findings.length > SHOWN) {
    more.unshift(`${answer.findings.length - SHOWN} more are marked in the text`);
  }
  const rest = more.map((words) => Object.assign(document.createElement("li"), { textContent: words }));
  by("findings").replaceChildren(...shown, ...rest);
  by("mend").hidden = !answer.findings.some((one) => one.cure === "safe");
}

function item(one: Finding): HTMLElement {
  const entry = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = one.severity;
  const head = document.createElement("b");
  const place = one.file ? `${one.file}, line ${one.line}` : `line ${one.line}`;
  head.textContent = `${one.severity}, ${place}: `;
  button.append(head, one.message);
  button.addEventListener("click", () => writing.go(one.from, one.to));
  entry.append(button);
  return entry;
}

function put(text: string, next: Omit<Project, "saved">): void {
  project = { ...next, saved: Text.of(text.split("\n")) };
  by("name").textContent = project.name;
  took = 0;
  checked = null;
  end();
  pages.show([]);
  by("findings").replaceChildren();
  writing.put(text, project.name);
}

const mayLeave = () => isSaved() || window.confirm(`${project.name} is not saved. Leave it?`);

function decoded(file: files.Opened): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file.bytes);
  } catch {
    alarm(`${file.name} is not written in UTF-8: save it so in the program that it comes from, then open it again`);
    return null;
  }
}

async function openFiles(): Promise<void> {
  const chosen = await files.open();
  const [first, ...others] = chosen.sort((a, b) => Number(b.name.endsWith(".decl")) - Number(a.name.endsWith(".decl")));
  const text = first && decoded(first);
  if (first && text !== null && mayLeave()) {
    const ends = text.includes("\r\n") ? "\r\n" : "\n";
    put(text.replaceAll("\r\n", "\n"), { name: first.name, handle: first.handle, ends, others });
    writing.view.focus();
  }
}

async function save(): Promise<void> {
  const { doc } = writing;
  const written = await files.save(project.name, doc.toString().replaceAll("\n", project.ends), project.handle);
  if (written === false) {
    return;
  }
  if (written !== true) {
    project.handle = written;
    project.name = written.name;
  }
  project.saved = doc;
  document.title = `${project.name} – Chancery`;
  say(`${project.name} is saved`);
}

const FORMATS: Record<string, [extension: string, type: string]> = {
  pdf: ["pdf", "application/pdf"],
  docx: ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  html: ["html", "text/html"],
  text: ["txt", "text/plain"],
};

/** The program that checks, and the one that makes PDF and Word files. */
let checker: WebAssembly.Module | null = null;
let maker: Promise<WebAssembly.Module> | null = null;

async function moduleFor(to: string): Promise<WebAssembly.Module> {
  if (checker && to !== "pdf" && to !== "docx") {
    return checker;
  }
  maker ??= load("chancery-files.wasm").then((bytes) => WebAssembly.compile(bytes));
  maker.catch(() => (maker = null));
  return maker;
}

/** Makes a file in a program of its own, which is ended then. */
async function make(to: string): Promise<void> {
  if (checked && !checked.built && writing.doc === sent) {
    alarm("The text has errors: mend these first, then it can be downloaded.");
    return;
  }
  say("it is being made");
  alarm("");
  let made: Program | null = null;
  try {
    const faces = to === "pdf" ? await fonts() : [];
    made = new Program(await moduleFor(to), beginMaker(faces), () => {});
    await made.ask({ ask: "check" }, writing.text);
    const { bytes } = await made.askFor({ ask: "make", to });
    const [extension, type] = FORMATS[to];
    const name = `${project.name.replace(/\.decl$/, "")}.${extension}`;
    files.download(name, bytes as Uint8Array<ArrayBuffer>, type);
    say(`${name} is made`);
  } catch (error) {
    alarm(`It cannot be made: ${(error as Error).message}`);
  } finally {
    made?.end();
  }
}

const beginMaker = (faces: Uint8Array[]) => (of: Program) => {
  opened(of);
  faces.forEach((face, at) => void of.ask({ ask: "face", at }, face).catch(() => {}));
};

/** Another form of the text, from the program. */
async function become(request: object, said: (answer: { text: string; count?: number }) => string): Promise<void> {
  const before = writing.doc;
  try {
    const answer = await ask<{ text: string; count?: number }>(request);
    if (writing.doc === before) {
      writing.become(answer.text);
      say(said(answer));
    }
  } catch (error) {
    alarm((error as Error).message);
  }
}

function listen(): void {
  const example = by<HTMLSelectElement>("example");
  example.append(new Option("…", ""));
  for (const { group, texts } of EXAMPLES) {
    const entry = document.createElement("optgroup");
    entry.label = group;
    entry.append(...texts.map(([label, name]) => new Option(label, name)));
    example.append(entry);
  }
  example.addEventListener("change", () => {
    const found = EXAMPLES.flatMap(({ texts }) => texts).find(([, name]) => name === example.value);
    if (found && mayLeave()) {
      put(found[2], { name: found[1], handle: null, ends: "\n", others: [] });
    }
    example.value = "";
  });
  by("open").addEventListener("click", () => void openFiles());
  by("save").addEventListener("click", () => void save());
  by("format").addEventListener("click", () => void become({ ask: "format" }, () => "it is formatted"));
  by("mend").addEventListener("click", () => {
    void become({ ask: "mend-all" }, ({ count }) => `${count} mended`);
    writing.view.focus();
  });
  by("stop").addEventListener("click", () => {
    fatal = writing.doc;
    end();
    by("count").textContent = "Stopped; it is checked again when the text changes";
    writing.view.focus();
  });
  by("as-of").addEventListener("change", () => {
    end();
    later();
  });
  by("help").addEventListener("click", () => {
    const keys = by("keys");
    keys.hidden = !keys.hidden;
    by("help").ariaExpanded = String(!keys.hidden);
  });
  document.querySelectorAll<HTMLButtonElement>("[data-to]").forEach((button) => {
    button.addEventListener("click", () => void make(button.dataset.to ?? ""));
  });
  window.addEventListener("beforeunload", (event) => isSaved() || event.preventDefault());
  window.addEventListener("keydown", (event) => {
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isCommand && event.key === "s") {
      event.preventDefault();
      void save();
    } else if (isCommand && event.key === "o") {
      event.preventDefault();
      void openFiles();
    } else if (event.key === "F6") {
      event.preventDefault();
      next(event.shiftKey ? -1 : 1);
    }
  });
}

/** The focus goes to the next of text, findings and pages. */
function next(step: number): void {
  const regions = [by("writing"), by("found"), by("pages")];
  const now = regions.findIndex((region) => region.contains(document.activeElement));
  const to = (Math.max(now, now < 0 && step < 0 ? 0 : now) + step + regions.length) % regions.length;
  if (to === 0) {
    writing.view.focus();
  } else if (to === 1) {
    (by("findings").querySelector("button") ?? by("findings")).focus();
  } else {
    pages.focus();
  }
}

async function start(): Promise<void> {
  listen();
  const [, , texts] = EXAMPLES[1].texts[0];
  put(texts, { name: EXAMPLES[1].texts[0][1], handle: null, ends: "\n", others: [] });
  void showFonts().catch(() => alarm("The fonts could not be loaded: the pages are shown in others."));
  try {
    const bytes = await load("chancery.wasm");
    checker = await WebAssembly.compile(bytes);
    program = new Program(checker, opened, (why) => {
      fatal = sent ?? writing.doc;
      sent = null;
      by("count").textContent = "Not checked";
      alarm(`The check ended by itself (${why}). Your text is kept as it is; it is checked again when you change it.`);
    });
  } catch (error) {
    alarm(`The check cannot begin: ${(error as Error).message}. Open the page from a web server, or take the page that is one file.`);
    return;
  }
  later();
}

void start();
