// The editor: what the library says of the text is shown in it, and asked for where the
// cursor or the mouse is.

import { acceptCompletion, autocompletion, type Completion as Shown, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, invertedEffects, isolateHistory } from "@codemirror/commands";
import { foldGutter, foldKeymap, foldService } from "@codemirror/language";
import { linter, lintGutter, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorSelection, type Extension, RangeSetBuilder, StateEffect, StateField, type Text } from "@codemirror/state";
import {
  closeHoverTooltips,
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  hasHoverTooltips,
  hoverTooltip,
  keymap,
  lineNumbers,
  placeholder,
  showTooltip,
  type Tooltip,
  WidgetType,
} from "@codemirror/view";
import { about as box } from "./about";
import type { Action, Completion, Edit, Finding, Hover, Words } from "./answers";

/** What the editor asks of the page. */
export interface Asks<Project> {
  changed(): void;
  /** Another text stands there, or one from before by *undo*. */
  became(project: Project): void;
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
const setFlash = StateEffect.define<{ from: number; to: number } | null>();

/** What is shown for a moment because something led there, in milliseconds. */
const MOMENT = 1600;

/** What an author has to fill in after something was written. */
const HOLES = ["[why]", "[title]"];

const WHERE_NOTHING_IS = "Type or paste a text here, or choose what to begin with above.";

/** The range that was led to, for a moment. */
const flash = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (shown, transaction) => {
    const next = transaction.effects.find((effect) => effect.is(setFlash));
    if (!next) {
      return shown.map(transaction.changes);
    }
    const range = next.value;
    return range && range.from < range.to ? Decoration.set(Decoration.mark({ class: "flash" }).range(range.from, range.to)) : Decoration.none;
  },
  provide: (field) => EditorView.decorations.from(field),
});

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

const asLight = window.matchMedia("(prefers-color-scheme: light)");
const shaded = () => EditorView.theme({}, { dark: !asLight.matches });

/** An editor of texts, each of a project, which the page knows. */
export class Writing<Project> {
  readonly view: EditorView;
  private findings: Finding[] = [];
  /** What was last led to. */
  private at: Finding | null = null;
  private fading: ReturnType<typeof setTimeout> | undefined;
  private readonly shade = new Compartment();
  private readonly setProject = StateEffect.define<Project>();
  private readonly project: StateField<Project>;

  constructor(
    parent: HTMLElement,
    text: string,
    project: Project,
    private readonly asks: Asks<Project>,
  ) {
    this.project = StateField.define<Project>({
      create: () => project,
      update: (now, { effects }) => {
        const next = effects.find((effect) => effect.is(this.setProject));
        return next ? next.value : now;
      },
    });
    this.view = new EditorView({ parent, doc: text, extensions: this.extensions() });
    asLight.addEventListener("change", () => this.view.dispatch({ effects: this.shade.reconfigure(shaded()) }));
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
      this.shade.of(shaded()),
      EditorView.contentAttributes.of({ "aria-labelledby": "name", spellcheck: "false" }),
      placeholder(WHERE_NOTHING_IS),
      this.project,
      // Another text is one step that can be undone, and so is what it was called.
      invertedEffects.of(({ effects, startState }) =>
        effects.some((effect) => effect.is(this.setProject)) ? [this.setProject.of(startState.field(this.project))] : [],
      ),
      flash,
      words,
      folds,
      about,
      foldAt,
      lintGutter({ tooltipFilter: () => [] }),
      linter(null, { tooltipFilter: () => [] }),
      search({ top: true }),
      // What is typed stays as it is typed: what is offered is taken only where it was chosen.
      autocompletion({ override: [(context) => this.complete(context)], selectOnOpen: false, icons: false }),
      hoverTooltip((_, at) => this.said(at, false), { hoverTime: 250, hideOnChange: true }),
      keymap.of([
        { key: "Tab", run: acceptCompletion },
        { key: "F8", run: () => this.next(1), shift: () => this.next(-1) },
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
        const project = update.state.field(this.project);
        if (project !== update.startState.field(this.project)) {
          this.findings = [];
          this.asks.became(project);
        }
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

  /** Another text, as one step. */
  put(text: string, project: Project): void {
    this.view.dispatch({
      changes: { from: 0, to: this.doc.length, insert: text },
      selection: { anchor: 0 },
      effects: this.setProject.of(project),
      annotations: isolateHistory.of("full"),
      scrollIntoView: true,
    });
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
    const { effects } = setDiagnostics(this.view.state, shown);
    // What a box says was found may be gone.
    this.view.dispatch({ effects: [effects ?? [], closeHoverTooltips].flat() });
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

  /**
   * Leads to a place: the cursor goes to its beginning, and the range is shown for a moment. It
   * is not selected: the next key would erase it.
   */
  go(from: number, to = from): void {
    const end = this.doc.length;
    const range = { from: Math.min(from, end), to: Math.min(to, end) };
    const is_long = this.doc.lineAt(range.from).to < range.to;
    const scroll = EditorView.scrollIntoView(range.from, is_long ? { y: "start", yMargin: 40 } : { y: "center" });
    this.view.dispatch({ selection: { anchor: range.from }, effects: [scroll, setFlash.of(range)] });
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.view.dispatch({ effects: setFlash.of(null) }), MOMENT);
    this.view.focus();
  }

  /** Leads to what was found. */
  show(finding: Finding): void {
    this.at = finding;
    this.go(finding.from, finding.to);
  }

  /** Leads to the next finding, or the one before, and says it. */
  private next(step: 1 | -1): boolean {
    const all = [...this.findings].sort((a, b) => a.from - b.from || a.to - b.to);
    const { head } = this.view.state.selection.main;
    // Several may begin at a place: the cursor does not tell which was led to.
    const last = all.findIndex((one) => one === this.at && one.from === head);
    const after = all.findIndex((one) => one.from > head);
    const before = all.findLastIndex((one) => one.from < head);
    const at = last >= 0 ? last + step : step > 0 ? after : before;
    const found = all[at] ?? all.at(step > 0 ? 0 : -1);
    if (!found) {
      this.asks.say("nothing was found in the text");
      return true;
    }
    this.show(found);
    this.asks.say(`${found.severity}, line ${this.doc.lineAt(Math.min(found.from, this.doc.length)).number}: ${found.message}`);
    return true;
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

  /** What was found at a place, the narrowest first. */
  private here(at: number): Finding[] {
    const here = this.findings.filter((one) => one.from <= at && at <= Math.max(one.to, one.from + 1));
    return here.sort((a, b) => a.to - a.from - (b.to - b.from));
  }

  private isVisible(at: number): boolean {
    const place = this.view.coordsAtPos(at);
    const { top, bottom } = this.view.scrollDOM.getBoundingClientRect();
    return place !== null && top <= place.top && place.bottom <= Math.min(bottom, window.innerHeight);
  }

  /** Where what is said stands: at the selection's beginning, or its end where only that is seen. */
  private anchor(): number {
    const { from, head } = this.view.state.selection.main;
    const at = [from, head].find((at) => this.isVisible(at));
    if (at === undefined) {
      this.view.dispatch({ effects: EditorView.scrollIntoView(from, { y: "center" }) });
    }
    return at ?? from;
  }

  /** What stands at a place, what was found there, and what can be done. */
  private async said(at: number, is_asked: boolean): Promise<Tooltip | null> {
    const before = this.view.state.doc;
    const { from, to } = is_asked ? this.view.state.selection.main : { from: at, to: at };
    const [hover, actions] = await Promise.all([
      this.asks.hover(at).catch(() => null),
      this.asks.actions(from, to).catch(() => []),
    ]);
    // What was asked of another text is not so of this one, and one box is enough.
    if (this.view.state.doc !== before || (!is_asked && this.view.state.field(about))) {
      return null;
    }
    const found = this.here(at);
    const isHere = ({ stands }: Action) => !stands || (stands[0] <= at && at <= stands[1]);
    const shown = actions.filter((action) => isHere(action) && (is_asked || action.cures));
    if (!hover && found.length === 0 && shown.length === 0) {
      return null;
    }
    const boxed = { take: (action: Action) => this.take(action), explain: this.asks.explain, leave: () => this.leave() };
    const pos = Math.min(hover?.from ?? found[0]?.from ?? at, before.length);
    const end = Math.min(Math.max(hover?.to ?? 0, found[0]?.to ?? 0, at), before.length);
    return { pos: is_asked ? at : Math.min(pos, at), end, above: false, create: () => ({ dom: box(hover, found, shown, boxed) }) };
  }

  /** Does what can be done; what is still to be filled in then is selected, to be typed over. */
  take(action: Action): void {
    const changes = this.view.state.changes(action.edits);
    const holes = action.edits.flatMap(({ from, insert }) =>
      HOLES.filter((hole) => insert.includes(hole)).map((hole) => ({ hole, at: changes.mapPos(from, -1) + insert.indexOf(hole) })),
    );
    const [open] = holes;
    const end = Math.max(0, ...action.edits.slice(0, 1).map(({ to }) => changes.mapPos(to, 1)));
    const selection = open ? EditorSelection.single(open.at, open.at + open.hole.length) : EditorSelection.single(end);
    const scroll = EditorView.scrollIntoView(selection.main, { y: open ? "center" : "nearest" });
    this.view.dispatch({ changes, selection, effects: [setAbout.of(null), closeHoverTooltips, setFlash.of(null), scroll] });
    this.view.focus();
    this.asks.say(open ? `done; write what belongs in the place of ${open.hole}` : `done: ${action.what}`);
  }

  /** Takes the first cure of what was found. */
  async cure(finding: Finding): Promise<void> {
    const before = this.doc;
    const actions = await this.asks.actions(finding.from, finding.from).catch(() => []);
    const cure = actions.find(({ of }) => of?.code === finding.code);
    if (cure && this.doc === before) {
      this.take(cure);
    }
  }

  private open(): boolean {
    void this.said(this.anchor(), true).then((tooltip) => {
      if (!tooltip) {
        this.asks.say("there is nothing to say of this place");
        return;
      }
      this.view.dispatch({ effects: [setAbout.of(tooltip), closeHoverTooltips] });
      // It is in the page when the editor has drawn it.
      this.view.requestMeasure({
        read: () => null,
        write: () => {
          const dom = this.view.dom.ownerDocument.querySelector<HTMLElement>(".about");
          (dom?.querySelector<HTMLElement>("button.first") ?? dom)?.focus();
        },
      });
    });
    return true;
  }

  private leave(): void {
    this.close();
    this.view.focus();
  }

  private close(): boolean {
    const is_open = Boolean(this.view.state.field(about));
    if (!is_open && !hasHoverTooltips(this.view.state)) {
      return false;
    }
    this.view.dispatch({ effects: [setAbout.of(null), closeHoverTooltips] });
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
