// How does an open page follow a running cycle? It hears that something changed, asks the server for the same part
// again, and marks the rows whose rank moved. It never computes a figure.
import { htmx } from "./htmx";

/// Stands outside its target, so that it outlives each exchange; exchanged rows settle at once, because until then htmx
/// lets them carry the attributes of the old ones.
/// <live-part source="/live?topic=…" target="#result" said="The standings were updated.">
export class LivePart extends HTMLElement {
  private events: EventSource | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const source = this.getAttribute("source");
    if (!source || !htmx()) return;
    this.events = new EventSource(source);
    this.events.onmessage = () => this.refresh_soon();
    this.events.addEventListener("missed", () => this.refresh_soon());
    this.events.onopen = () => this.show(true);
    this.events.onerror = () => this.show(false);
  }

  disconnectedCallback(): void {
    this.events?.close();
    clearTimeout(this.waiting);
  }

  private show(connected: boolean): void {
    const mark = this.querySelector<HTMLElement>(".live");
    if (mark) mark.hidden = !connected;
  }

  /// Many changes in a row are one refresh.
  private refresh_soon(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.refresh(), 120);
  }

  private async refresh(): Promise<void> {
    const target = this.getAttribute("target") ?? "#result";
    const before = ranks(target);
    const focus = place_of_focus(target);
    await htmx()?.ajax("GET", location.pathname + location.search, { target, select: target, swap: "outerHTML settle:0ms" });
    const moved = mark_moved(target, before);
    restore_focus(focus);
    const speaker = this.querySelector<HTMLElement>("[aria-live]");
    if (speaker) speaker.textContent = [this.getAttribute("said"), ...moved].join(" ");
  }
}

function rows(target: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`${target} tr[data-rank]`)];
}

function ranks(target: string): Map<string, string> {
  return new Map(rows(target).map((row) => [row.id, row.dataset.rank ?? ""]));
}

/// Marks rows whose rank is another one; gives what a screen reader should hear about the first of them.
function mark_moved(target: string, before: Map<string, string>): string[] {
  const moved = rows(target).filter((row) => before.has(row.id) && before.get(row.id) !== row.dataset.rank);
  for (const row of moved) row.classList.add("moved");
  return moved.slice(0, 3).map((row) => `${row.dataset.rank}: ${row.querySelector("th a")?.textContent ?? ""}.`);
}

/// The focused link of a row survives the exchange of the table.
function place_of_focus(target: string): { row: string; link: number } | undefined {
  const link = document.activeElement;
  const row = link?.closest<HTMLElement>(`${target} tr[id]`);
  if (!row || !link) return undefined;
  return { row: row.id, link: [...row.querySelectorAll("a")].indexOf(link as HTMLAnchorElement) };
}

function restore_focus(place: { row: string; link: number } | undefined): void {
  if (!place) return;
  document.getElementById(place.row)?.querySelectorAll("a")[place.link]?.focus({ preventScroll: true });
}
