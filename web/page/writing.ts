// The editor: what the library says of the text is shown in it, and asked for where the
// cursor or the mouse is.

import { acceptCompletion, autocompletion, type Completion as Shown, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { foldGutter, foldKeymap, foldService } from "@codemirror/language";
import { linter, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, RangeSetBuilder, StateEffect, StateField, type Text } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  hoverTooltip,
  keymap,
  lineNumbers,
  showTooltip,
  type Tooltip,
  WidgetType,
} from "@codemirror/view";
import type { Action, Completion, Edit, Finding, Hover, Words } from "./answers";

/** What the editor asks of the page. */
export interface Asks {
  changed(): void;
  moved(at: number): void;
  hover(at: number): Promise<Hover | null>;
  actions(from: number, to: number): Promise<Action[]>;
  complete(at: number): Promise<Completion[]>;
  definition(at: number): Promise<[number, number] | null>;
  rename(at: number): Promise<Edit[]>;
  explain(code: string): Promise<{ what: string; why: string }>;
  say(words: string): void;
}

class Hint extends WidgetType {
  constructor(private readonly label: string) {
    super();
  }
  override eq(other: Hint): boolean {
    return other.label === this.label;
  }
  override toDOM(): HTMLElement {
    const shown = document.createElement("span");
    shown.className = "hint";
    shown.textContent = this.label;
    return shown;
  }
}

const setWords = StateEffect.define<DecorationSet>();
const setFolds = StateEffect.define<[number, number][]>();
const setAbout = StateEffect.define<Tooltip | null>();

const words = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (shown, transaction) => {
    const next = transaction.effects.find((effect) => effect.is(setWords));
    return next ? next.value : shown.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const folds = StateField.define<[number, number][]>({
  create: () => [],
  update: (known, transaction) => {
    const next = transaction.effects.find((effect) => effect.is(setFolds));
    if (next) {
      return next.value;
    }
    const { changes } = transaction;
    return changes.empty ? known : known.map(([from, to]) => [changes.mapPos(from), changes.mapPos(to)]);
  },
});

/** What is said beside the cursor, until the text changes or the cursor moves. */
const about = StateField.define<Tooltip | null>({
  create: () => null,
  update: (shown, transaction) => {
    const next = transaction.effects.find((effect) => effect.is(setAbout));
    if (next) {
      return next.value;
    }
    return transaction.docChanged || transaction.selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

function element(name: string, words: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = words;
  made.className = className;
  return made;
}

export class Writing {
  readonly view: EditorView;
  private findings: Finding[] = [];
  private readonly label = new Compartment();

  constructor(
    parent: HTMLElement,
    private readonly asks: Asks,
  ) {
    this.view = new EditorView({ parent, state: this.state("", "text") });
  }

  private state(text: string, name: string): EditorState {
    return EditorState.create({ doc: text, extensions: [this.extensions(), this.label.of(this.named(name))] });
  }

  private named(name: string): Extension {
    return EditorView.contentAttributes.of({ "aria-label": name, spellcheck: "false" });
  }

  private extensions(): Extension {
    const foldAt = foldService.of((state, from, to) => {
      const fold = state.field(folds).find(([start]) => start >= from && start <= to);
      const end = fold && state.doc.lineAt(Math.min(fold[1], state.doc.length));
      return fold && end && end.to > to ? { from: to, to: state.doc.sliceString(to, fold[1]).trimEnd().length + to } : null;
    });
    return [
      lineNumbers(),
      foldGutter(),
      history(),
      drawSelection(),
      EditorView.lineWrapping,
      EditorView.theme({}, { dark: true }),
      words,
      folds,
      about,
      foldAt,
      lintGutter({ tooltipFilter: () => [] }),
      linter(null, { tooltipFilter: () => [] }),
      search({ top: true }),
      // What is typed stays as it is typed: what is offered is taken only where it was chosen.
      autocompletion({ override: [(context) => this.complete(context)], selectOnOpen: false }),
      hoverTooltip((_, at) => this.said(at, false), { hoverTime: 250 }),
      keymap.of([
        { key: "Tab", run: acceptCompletion },
        { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
        { key: "Mod-.", run: () => this.open() },
        { key: "Escape", run: () => this.close() },
        { key: "F12", run: () => this.lead() },
        { key: "F2", run: () => this.rename() },
        ...searchKeymap,
        ...historyKeymap,
        ...foldKeymap,
        ...defaultKeymap,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          this.asks.changed();
        }
        if (update.selectionSet || update.docChanged) {
          this.asks.moved(update.state.selection.main.head);
        }
      }),
    ];
  }

  /** The text as it is; another one is another object. */
  get doc(): Text {
    return this.view.state.doc;
  }

  get text(): string {
    return this.doc.toString();
  }

  /** Another text. */
  put(text: string, name: string): void {
    this.findings = [];
    this.view.setState(this.state(text, name));
    this.asks.changed();
  }

  /** The same text, otherwise written, as one change. */
  become(text: string): void {
    const before = this.text;
    let start = 0;
    while (start < Math.min(before.length, text.length) && before[start] === text[start]) {
      start += 1;
    }
    let tail = 0;
    while (tail < Math.min(before.length, text.length) - start && before.at(-1 - tail) === text.at(-1 - tail)) {
      tail += 1;
    }
    this.view.dispatch({ changes: { from: start, to: before.length - tail, insert: text.slice(start, text.length - tail) } });
  }

  /** Shows what was found in the text as it is. */
  showFindings(findings: Finding[]): void {
    this.findings = findings;
    const shown = findings.map((one) => ({
      from: one.from,
      to: one.to,
      severity: one.severity,
      message: one.message,
      markClass: one.struck ? "struck" : undefined,
    }));
    this.view.dispatch(setDiagnostics(this.view.state, shown));
  }

  /** Shows what each word is. */
  showWords({ tokens, hints, folds }: Words): void {
    const all: [number, number, Decoration][] = tokens
      .filter(([from, to]) => from < to)
      .map(([from, to, kind, state]) => [from, to, Decoration.mark({ class: state ? `t-${state}` : `t-${kind}` })]);
    for (const [at, label] of hints) {
      all.push([at, at, Decoration.widget({ widget: new Hint(label), side: 1 })]);
    }
    all.sort((a, b) => a[0] - b[0] || a[2].startSide - b[2].startSide);
    const built = new RangeSetBuilder<Decoration>();
    all.forEach(([from, to, shown]) => built.add(from, to, shown));
    this.view.dispatch({ effects: [setWords.of(built.finish()), setFolds.of(folds)] });
  }

  go(from: number, to = from): void {
    const end = this.view.state.doc.length;
    const selection = { anchor: Math.min(from, end), head: Math.min(to, end) };
    this.view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: "center" }) });
    this.view.focus();
  }

  private async complete(context: CompletionContext): Promise<CompletionResult | null> {
    const before = context.state.doc.lineAt(context.pos).text.slice(0, context.pos - context.state.doc.lineAt(context.pos).from);
    if (!context.explicit && !/\S$/.test(before)) {
      return null;
    }
    const items = await this.asks.complete(context.pos).catch(() => []);
    if (items.length === 0 || context.aborted) {
      return null;
    }
    const from = Math.min(...items.map((item) => item.from));
    const options = items.map((item, order): Shown => {
      const at = item.insert.indexOf("$0");
      const insert = item.insert.replace("$0", "");
      return {
        label: item.label,
        detail: item.detail,
        type: item.kind,
        boost: -order,
        apply: (view) => {
          const cursor = item.from + (at < 0 ? insert.length : at);
          const to = view.state.selection.main.head;
          view.dispatch({ changes: { from: item.from, to: Math.max(item.to, to), insert }, selection: { anchor: cursor } });
        },
      };
    });
    return { from, options, filter: false };
  }

  private here(at: number): Finding[] {
    return this.findings.filter((one) => one.from <= at && at <= Math.max(one.to, one.from + 1));
  }

  /** What stands at a place, what was found there, and what can be done. */
  private async said(at: number, is_asked: boolean): Promise<Tooltip | null> {
    const before = this.view.state.doc;
    const { from, to } = is_asked ? this.view.state.selection.main : { from: at, to: at };
    const [hover, actions] = await Promise.all([
      this.asks.hover(at).catch(() => null),
      this.asks.actions(from, to).catch(() => []),
    ]);
    // What was asked of another text is not so of this one.
    if (this.view.state.doc !== before) {
      return null;
    }
    const found = this.here(at);
    const shown = is_asked ? actions : actions.filter((action) => action.cures);
    if (!hover && found.length === 0 && shown.length === 0) {
      return null;
    }
    const pos = Math.min(hover?.from ?? found[0]?.from ?? at, before.length);
    const end = Math.min(Math.max(hover?.to ?? 0, found[0]?.to ?? 0, at), before.length);
    return { pos: is_asked ? at : Math.min(pos, at), end, above: false, create: () => ({ dom: this.about(hover, found, shown) }) };
  }

  private about(hover: Hover | null, found: Finding[], actions: Action[]): HTMLElement {
    const dom = document.createElement("div");
    dom.className = "about";
    dom.setAttribute("role", "dialog");
    dom.setAttribute("aria-label", "What stands here");
    dom.tabIndex = -1;
    for (const one of found) {
      const said = element("p", "", one.severity);
      said.append(element("b", `${one.severity}: `), one.message, " ", element("code", one.code));
      dom.append(said);
    }
    if (hover) {
      const said = new Set(found.map((one) => one.message));
      const lines = hover.lines.filter((line) => !said.has(line));
      dom.append(element("p", hover.head, "head"), ...lines.map((line) => element("p", line)));
      if (hover.address) {
        dom.append(element("p", hover.address));
      }
    }
    const button = (words: string, run: () => void) => {
      const made = element("button", words) as HTMLButtonElement;
      made.type = "button";
      made.addEventListener("click", run);
      dom.append(made);
    };
    for (const action of actions) {
      button(action.what, () => this.take(action));
    }
    for (const code of new Set(found.map((one) => one.code))) {
      button(`what ${code} means`, async () => {
        const { what, why } = await this.asks.explain(code);
        const said = element("div", "");
        said.append(element("p", code, "head"), element("p", what), element("p", why));
        dom.replaceChildren(said);
        dom.focus();
      });
    }
    dom.addEventListener("keydown", (event) => this.within(dom, event));
    return dom;
  }

  private within(dom: HTMLElement, event: KeyboardEvent): void {
    const buttons = [...dom.querySelectorAll("button")];
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
      this.view.focus();
    } else if (step !== undefined && buttons.length > 0) {
      event.preventDefault();
      buttons[(now + step + buttons.length) % buttons.length].focus();
    }
  }

  private take(action: Action): void {
    this.view.dispatch({ changes: action.edits, effects: setAbout.of(null) });
    this.view.focus();
    this.asks.say(`done: ${action.what}`);
  }

  private open(): boolean {
    const at = this.view.state.selection.main.head;
    void this.said(at, true).then((tooltip) => {
      if (!tooltip) {
        this.asks.say("there is nothing to say of this place");
        return;
      }
      this.view.dispatch({ effects: setAbout.of(tooltip) });
      // It is in the page when the editor has drawn it.
      this.view.requestMeasure({
        read: () => null,
        write: () => {
          const dom = this.view.dom.ownerDocument.querySelector<HTMLElement>(".about");
          (dom?.querySelector("button") ?? dom)?.focus();
        },
      });
    });
    return true;
  }

  private close(): boolean {
    if (!this.view.state.field(about)) {
      return false;
    }
    this.view.dispatch({ effects: setAbout.of(null) });
    return true;
  }

  private lead(): boolean {
    void this.asks.definition(this.view.state.selection.main.head).then(
      (place) => (place ? this.go(place[0], place[1]) : this.asks.say("nothing here leads elsewhere in the text")),
      (error: Error) => this.asks.say(error.message),
    );
    return true;
  }

  private rename(): boolean {
    void this.asks.rename(this.view.state.selection.main.head).then(
      (edits) => edits.length > 0 && this.view.dispatch({ changes: edits }),
      (error: Error) => this.asks.say(error.message),
    );
    return true;
  }
}
