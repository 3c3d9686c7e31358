// What do we use of htmx? It is a file of its own, loaded before the islands; only these calls are ours.
interface Htmx {
  ajax(verb: "GET", url: string, how: { target: string | Element; select?: string; swap?: string }): Promise<void>;
  process(element: Element): void;
}

export function htmx(): Htmx | undefined {
  return (globalThis as { htmx?: Htmx }).htmx;
}
