// The page: a text, what is found in it, and its pages. Nothing leaves it but by the user's
// own downloads.

import { Text } from "@codemirror/state";
import type { Action, Checked, Completion, Edit, Finding, Hover, PageShown, Words } from "./answers";
import { fonts, load, showFonts } from "./assets";
import { EXAMPLES } from "./examples";
import * as files from "./files";
import { type Kept, Keeping, when } from "./keeping";
import { named } from "./naming";
import { isWord, textOf } from "./opening";
import { Pages } from "./pages";
import { Gone, Program, Refused } from "./program";
import { Writing } from "./writing";

const by = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

/** So many findings are shown in the list. */
const SHOWN = 500;

/** Nobody waits longer than this for typing to end, in milliseconds. */
const QUIET = 1500;

/** What is said is seen so long, in milliseconds. */
const SAID = 7000;

/** A text is kept so long after it was last changed, in milliseconds. */
const KEPT = 400;

interface Project {
  /** The name of its file; a text that has none yet is called by its words. */
  name: string | null;
  handle: files.Handle | null;
  /** How its lines end. */
  ends: "\n" | "\r\n";
  others: files.Opened[];
  saved: Text;
}

/** A text that has no file yet. */
const begunWith = (text: string): Project => ({ name: null, handle: null, ends: "\n", others: [], saved: Text.of(text.split("\n")) });

const FIRST = EXAMPLES[1].texts[0][2];
let project: Project = begunWith(FIRST);
const keeping = new Keeping();
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

let saying: ReturnType<typeof setTimeout> | undefined;

/** Says something for a while, to be seen and to be read aloud. */
function say(words: string): void {
  by("said").textContent = words;
  clearTimeout(saying);
  saying = setTimeout(() => (by("said").textContent = ""), SAID);
}

const alarm = (...words: (string | Node)[]) => by("alarm").replaceChildren(...words);

/** What the text is called: `on-libraries.en.decl`. */
const nameOf = () => project.name ?? named(writing.doc.sliceString(0, 10_000));

const shownName = () => nameOf().replace(/^untitled\.decl$/, "Untitled");

function showName(): void {
  const shown = shownName();
  if (by("name").textContent !== shown) {
    by("name").textContent = shown;
  }
  document.title = `${isSaved() ? "" : "• "}${shown} – Chancery`;
}

function today(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Opens the project in a program that is new. */
function opened(of: Program): void {
  const asOf = by<HTMLInputElement>("as-of").value || null;
  void of.ask({ ask: "open", name: project.name ?? "text.decl", today: today(), as_of: asOf }).catch(() => {});
  for (const file of project.others) {
    void of.ask({ ask: "file", name: file.name }, file.bytes).catch(() => {});
  }
}

/** Ends the program; the next one knows nothing of the text. */
function end(): void {
  program?.end();
  sent = null;
}

const writing: Writing<Project> = new Writing<Project>(by("editor"), FIRST, project, {
  became: (next) => {
    project = next;
    took = 0;
    checked = null;
    end();
    pages.show([]);
    by("findings").replaceChildren();
  },
  changed: () => {
    alarm();
    showName();
    keepLater();
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
    pages.show(shown, answer.built);
    if (writing.view.hasFocus) {
      pages.follow(writing.view.state.selection.main.head);
    }
    performance.measure("pages", { start: begun });
    took = Math.max(took, (performance.now() - begun) / 2);
    count(answer, shown !== null);
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

function count({ errors, warnings, references, built }: Checked, isShown: boolean): void {
  const many = (number: number, one: string) => `${number} ${one}${number === 1 ? "" : "s"}`;
  const all = [many(errors, "error"), many(warnings, "warning"), many(references, "reference")];
  all.push(isShown ? many(pages.count, "page") + (built ? "" : " that cannot be built yet") : "the pages are those before");
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
  button.addEventListener("click", () => writing.show(one));
  entry.append(button);
  if (one.cure && (one.code === "no-header" || one.code === "empty-file")) {
    // Nothing else can be done before that.
    const write = Object.assign(document.createElement("button"), { type: "button", textContent: "Write the header" });
    write.className = "cure";
    write.addEventListener("click", () => void writing.cure(one));
    entry.append(write);
  }
  return entry;
}

/** Asks before a text that is not saved goes, though it can be brought back. */
const mayGo = (next: string) =>
  isSaved() || window.confirm(`${shownName()} is not saved. Put ${next} in its place? Ctrl+Z brings it back.`);

const SHOWN_LOST = 5;

async function openFiles(): Promise<void> {
  const rank = ({ name }: files.Opened) => (/\.decl$/.test(name) ? 2 : isWord(name) ? 1 : 0);
  const chosen = await files.open();
  const [first, ...others] = chosen.sort((a, b) => rank(b) - rank(a));
  if (!first) {
    return;
  }
  alarm();
  say(`${first.name} is being read`);
  try {
    const read = await textOf(first, () => moduleFor("docx"));
    if (!read || !mayGo(first.name)) {
      say(`${first.name} is not opened`);
      return;
    }
    const ends = read.text.includes("\r\n") ? "\r\n" : "\n";
    const text = read.text.replaceAll("\r\n", "\n");
    if (isWord(first.name)) {
      writing.put(text, { name: first.name.replace(/\.docx$/i, ".decl"), handle: null, ends, others, saved: Text.empty });
    } else {
      writing.put(text, { name: first.name, handle: first.handle, ends, others, saved: Text.of(text.split("\n")) });
    }
    say(`${first.name} is opened`);
    if (read.lost.length > 0) {
      const more = read.lost.length > SHOWN_LOST ? `; and ${read.lost.length - SHOWN_LOST} more` : "";
      alarm(`Not all of ${first.name} could be had: ${read.lost.slice(0, SHOWN_LOST).join("; ")}${more}.`);
    }
    writing.view.focus();
  } catch (error) {
    say("");
    alarm((error as Error).message);
  }
}

async function save(): Promise<void> {
  const { doc } = writing;
  const name = nameOf();
  const written = await files.save(name, doc.toString().replaceAll("\n", project.ends), project.handle);
  if (written === false) {
    return;
  }
  if (written !== true) {
    project.handle = written;
  }
  project.name = written === true ? name : written.name;
  project.saved = doc;
  showName();
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
  alarm();
  let made: Program | null = null;
  try {
    const faces = to === "pdf" ? await fonts() : [];
    made = new Program(await moduleFor(to), beginMaker(faces), () => {});
    await made.ask({ ask: "check" }, writing.text);
    const { bytes } = await made.askFor({ ask: "make", to });
    const [extension, type] = FORMATS[to];
    const name = `${nameOf().replace(/\.decl$/, "")}.${extension}`;
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

let waiting: ReturnType<typeof setTimeout> | undefined;
/** The text that was to be forgotten: it is not kept again when the page goes. */
let forgotten: Text | null = null;

function keepLater(): void {
  clearTimeout(waiting);
  waiting = setTimeout(keep, KEPT);
}

/** Keeps the text, unless it is an example as it stands. */
function keep(): void {
  clearTimeout(waiting);
  waiting = undefined;
  const { doc } = writing;
  if (project.name === null && (isSaved() || doc.length === 0)) {
    showKept("");
  } else if (keeping.isOn && doc !== forgotten) {
    showKept(keeping.keep(project.name, doc) ? `kept ${when(Date.now())}` : "too long to be kept");
  } else {
    showKept("not kept");
  }
}

const showKept = (words: string) => (by("kept").textContent = words);

/** Offers the texts that were kept, and says how this browser keeps them. */
function showOffers(): void {
  const offers = keeping.offers.map((one) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Go on with the text of ${when(one.time)} (${one.name ?? named(one.text.slice(0, 10_000))})`;
    button.addEventListener("click", () => goOn(one));
    return button;
  });
  by("offers").replaceChildren(...offers);
  by("offer").hidden = offers.length === 0;
  const box = by<HTMLInputElement>("keep");
  box.checked = keeping.isOn;
  box.disabled = !keeping.isPossible;
}

function goOn(one: Kept): void {
  if (mayGo("the text that was kept")) {
    keeping.taken(one);
    writing.put(one.text, { ...begunWith(""), name: one.name, saved: Text.empty });
    showOffers();
    writing.view.focus();
  }
}

/** Begins with an example, as it was chosen. */
function begin(example: HTMLSelectElement): void {
  const found = EXAMPLES.flatMap(({ texts }) => texts).find(([, name]) => name === example.value);
  if (!found) {
    say("choose first what to begin with");
  } else if (mayGo(found[1])) {
    writing.put(found[2], begunWith(found[2]));
    example.value = "";
    writing.view.focus();
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
  // An arrow key alone chooses nothing yet.
  example.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      // Else it would be typed into the text, which has the focus then.
      event.preventDefault();
      begin(example);
    }
  });
  by("begin").addEventListener("click", () => begin(example));
  by("open").addEventListener("click", () => void openFiles());
  by("save").addEventListener("click", () => void save());
  by("format").addEventListener("click", () => void become({ ask: "format" }, () => "it is formatted"));
  by("mend").addEventListener("click", () => {
    void become({ ask: "mend-all" }, ({ count }) => `corrected: ${count}`);
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
  by("forget").addEventListener("click", () => {
    keeping.forget();
    forgotten = writing.doc;
    showOffers();
    keep();
    say("what was kept is forgotten; the text is kept again when it changes");
  });
  by<HTMLInputElement>("keep").addEventListener("change", () => {
    keeping.turn(by<HTMLInputElement>("keep").checked);
    showOffers();
    keep();
    say(keeping.isOn ? "the text is kept in this browser" : "no text is kept in this browser, and what was is forgotten");
  });
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
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

/** Whether the page lies on the disk, and is not the one that has all in itself. */
const isFromDisk = () => location.protocol === "file:" && !document.getElementById("file:chancery.wasm");

async function start(): Promise<void> {
  listen();
  showOffers();
  showName();
  showFonts().catch(() => isFromDisk() || alarm("The fonts could not be loaded: the pages are shown in others."));
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
    by("count").textContent = "Not checked";
    if (isFromDisk()) {
      const link = Object.assign(document.createElement("a"), { href: "chancery.html", textContent: "chancery.html" });
      alarm("This page was opened from the disk, where a browser lets it load nothing that lies beside it. Open ", link, " instead: it is the same page in one file.");
    } else {
      alarm(`The check cannot begin: ${(error as Error).message}.`);
    }
    return;
  }
  later();
}

void start();
