// The box beside a place of the text: what was found there, what stands there, and what can be
// done.

import type { Action, Finding, Hover } from "./answers";

/** What the box asks of the editor. */
export interface Boxed {
  take(action: Action): void;
  explain(code: string): Promise<{ what: string; why: string }>;
  /** It is closed, and the text has the focus. */
  leave(): void;
}

function element(name: string, words: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = words;
  made.className = className;
  return made;
}

export function about(hover: Hover | null, found: Finding[], actions: Action[], asks: Boxed): HTMLElement {
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
  const button = (words: string, run: () => void, className = "") => {
    const made = element("button", words, className) as HTMLButtonElement;
    made.type = "button";
    made.addEventListener("click", run);
    dom.append(made);
    return made;
  };
  const offer = (action: Action) => button(action.what, () => asks.take(action), action.stands ? "stands" : "");
  const isOf = ({ of }: Action, one: Finding) => of?.code === one.code && of.from === one.from && of.to === one.to;
  // What is nearest is cured first; what changes the text otherwise comes behind all cures, and
  // to let something stand, which is none, behind all that helps.
  const cures = found.map((one) => actions.filter((action) => isOf(action, one)));
  const meant = actions.filter(({ of, cures, stands }) => !of && cures && !stands);
  const [first] = [...meant, ...(cures[0] ?? [])].map(offer);
  cures.slice(1).flat().forEach(offer);
  const rest = actions.filter((action) => ![...meant, ...cures.flat()].includes(action));
  const [other] = rest.filter(({ stands }) => !stands).map(offer);
  const [meaning] = [...new Set(found.map((one) => one.code))].map((code) =>
    button(`what ${code} means`, async () => {
      const { what, why } = await asks.explain(code);
      const said = element("div", "");
      said.append(element("p", code, "head"), element("p", what), element("p", why));
      dom.replaceChildren(said);
      dom.focus();
    }),
  );
  rest.filter(({ stands }) => stands).forEach(offer);
  // Enter must do nothing that is not meant for what was found here.
  (first ?? meaning ?? other)?.classList.add("first");
  dom.addEventListener("keydown", (event) => within(dom, event, asks));
  return dom;
}

function within(dom: HTMLElement, event: KeyboardEvent, asks: Boxed): void {
  const buttons = [...dom.querySelectorAll("button")];
  const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const last = buttons.length - 1;
  const next = { ArrowDown: now === last ? 0 : now + 1, ArrowUp: now <= 0 ? last : now - 1, Home: 0, End: last }[event.key];
  if (event.key === "Escape") {
    event.preventDefault();
    asks.leave();
  } else if (next !== undefined && last >= 0) {
    event.preventDefault();
    buttons[next].focus();
  }
}
