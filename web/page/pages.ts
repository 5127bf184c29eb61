// The pages beside the text, and the way between a place on them and a place in it.

import type { PageShown } from "./answers";

interface Place {
  at: number;
  button: HTMLButtonElement;
}

export class Pages {
  private boxes: HTMLElement[] = [];
  private places: Place[] = [];
  private here: Place | null = null;

  /** `go` leads to a place of the text, `named` says what stands there. */
  constructor(
    private readonly pane: HTMLElement,
    private readonly go: (at: number) => void,
    private readonly named: (at: number) => string,
  ) {
    pane.addEventListener("click", (event) => {
      const place = this.places.find((place) => place.button === event.target);
      if (place) {
        this.choose(place);
        this.go(place.at);
      }
    });
    pane.addEventListener("keydown", (event) => this.key(event));
  }

  /** How many there are. */
  get count(): number {
    return this.boxes.length;
  }

  /** Shows pages, which cannot be built of a text with errors; none says that those before are old. */
  show(pages: PageShown[] | null, built = true): void {
    this.pane.classList.toggle("old", pages === null);
    this.pane.classList.toggle("proof", pages !== null && !built);
    if (pages === null) {
      return;
    }
    const focused = this.places.findIndex((place) => place.button === document.activeElement);
    this.places = [];
    pages.forEach((page, at) => this.draw(page, at, pages.length));
    this.boxes.splice(pages.length).forEach((box) => box.remove());
    this.here = null;
    const first = this.places[focused] ?? this.places[0];
    if (first) {
      first.button.tabIndex = 0;
      if (focused >= 0) {
        first.button.focus({ preventScroll: true });
      }
    }
  }

  private draw(page: PageShown, at: number, count: number): void {
    let box = this.boxes[at];
    if (!box) {
      box = document.createElement("div");
      box.className = "page";
      box.setAttribute("role", "group");
      this.boxes[at] = box;
      this.pane.append(box);
    }
    const [width, height] = page.size;
    box.style.aspectRatio = `${width} / ${height}`;
    // As large as it is, where the pages are printed.
    box.style.setProperty("--width", `${width}pt`);
    box.style.setProperty("--height", `${height}pt`);
    box.classList.toggle("turned", width > height);
    box.setAttribute("aria-label", `Page ${at + 1} of ${count}`);
    if (page.svg !== null) {
      const svg = new DOMParser().parseFromString(page.svg, "image/svg+xml").documentElement;
      svg.setAttribute("aria-hidden", "true");
      svg.removeAttribute("role");
      box.querySelector("svg")?.remove();
      box.prepend(document.importNode(svg, true));
    }
    box.querySelectorAll(".place").forEach((button) => button.remove());
    const lines = [...box.querySelectorAll("text")].map((run) => Number(run.getAttribute("y")));
    page.places.forEach(([from, place], number) => {
      const [next] = page.places[number + 1] ?? [height];
      if (next <= from) {
        return;
      }
      // It goes from above its first line to below its last.
      const top = from - 3;
      const below = Math.max(from + 12, ...lines.filter((line) => from < line && line <= next)) + 4;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "place";
      button.tabIndex = -1;
      button.style.top = `${(top / height) * 100}%`;
      button.style.height = `${((below - top) / height) * 100}%`;
      button.setAttribute("aria-label", this.named(place));
      box.append(button);
      this.places.push({ at: place, button });
    });
  }

  private key(event: KeyboardEvent): void {
    const now = this.places.findIndex((place) => place.button === event.target);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -1e9, End: 1e9 }[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey || now < 0) {
      return;
    }
    const next = this.places[Math.max(0, Math.min(this.places.length - 1, now + step))];
    event.preventDefault();
    this.only(next);
    next.button.focus();
  }

  private only(place: Place): void {
    this.places.forEach((other) => (other.button.tabIndex = -1));
    place.button.tabIndex = 0;
  }

  private choose(place: Place): void {
    this.here?.button.classList.remove("here");
    this.here = place;
    place.button.classList.add("here");
    this.only(place);
  }

  /** Marks where a place of the text is, and shows it. */
  follow(at: number): void {
    let best: Place | null = null;
    for (const place of this.places) {
      if (place.at <= at && (!best || place.at >= best.at)) {
        best = place;
      }
    }
    if (!best || best === this.here) {
      return;
    }
    this.choose(best);
    const { top, bottom } = best.button.getBoundingClientRect();
    const pane = this.pane.getBoundingClientRect();
    if (top < pane.top || Math.min(bottom, top + 40) > pane.bottom) {
      this.pane.scrollTop += top - pane.top - pane.height / 3;
    }
  }

  focus(): void {
    const stop = this.here ?? this.places[0];
    (stop?.button ?? this.pane).focus();
  }
}
