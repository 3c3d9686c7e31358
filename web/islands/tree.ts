// How does the tree of units open in place? A click on a unit's arrow fetches the list that the arrow's own page
// shows and hangs it below; without scripts the arrow is a link to that page.
import { htmx } from "./htmx";

export class UnitTree extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      const arrow = (event.target as Element).closest<HTMLAnchorElement>("a.open");
      const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0);
      if (!arrow || !plain || !htmx()) return;
      event.preventDefault();
      void toggle(arrow);
    });
  }
}

async function toggle(arrow: HTMLAnchorElement): Promise<void> {
  const branch = arrow.closest("li")?.querySelector<HTMLElement>(":scope > .branch");
  if (!branch) return;
  const open = arrow.getAttribute("aria-expanded") !== "true";
  arrow.setAttribute("aria-expanded", String(open));
  branch.hidden = !open;
  if (open && branch.childElementCount === 0) {
    await htmx()?.ajax("GET", arrow.href, { target: branch, select: "#branch > *", swap: "innerHTML" });
  }
}
