// How does a long form not get lost? While it is a draft, what was typed is sent to the form's own address every few
// seconds; beside the title stand others that read like it. Without scripts there is the button "Save draft".
import { htmx } from "./htmx";

const after_ms = 3000;
const once_more_ms = 30_000; // where there was no answer

/// <draft-form saving saved="Saved" unsaved="Not saved yet"><form …>…<span data-saved></span></form></draft-form>
export class DraftForm extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | undefined;
  private once = crypto.randomUUID();
  private left = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    form.addEventListener("input", () => this.changed(form));
    form.addEventListener("submit", (event) => this.leave(event, form));
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
  }

  private changed(form: HTMLFormElement): void {
    if (this.hasAttribute("saving")) this.tell("unsaved");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(form), after_ms);
  }

  /// What is on its way arrives first, so that a new draft is not stored twice.
  private leave(event: SubmitEvent, form: HTMLFormElement): void {
    clearTimeout(this.timer);
    if (!this.sending || this.left) return;
    event.preventDefault();
    const button = event.submitter;
    void this.sending.finally(() => {
      this.left = true;
      form.requestSubmit(button instanceof HTMLElement ? button : null);
    });
  }

  private async send(form: HTMLFormElement): Promise<void> {
    this.sending = Promise.all([this.save(form), this.compare(form)]).then(() => undefined);
    await this.sending;
    this.sending = undefined;
  }

  private async save(form: HTMLFormElement): Promise<void> {
    if (!this.hasAttribute("saving")) return;
    const version = field(form, "if_match");
    const answer = await fetch(form.action, {
      method: version ? "PUT" : "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "Idempotency-Key": this.once,
        ...(version ? { "If-Match": version } : {}) },
      body: JSON.stringify(content_of(form)),
    }).catch(() => undefined);
    if (!answer || answer.status >= 500) {
      this.timer = setTimeout(() => void this.send(form), once_more_ms);
      return;
    }
    this.once = crypto.randomUUID();
    if (!answer.ok) {
      this.tell("unsaved", reasons((await answer.json().catch(() => ({}))) as Refusal));
      return;
    }
    const stored = (await answer.json()) as { href: string; version: string };
    form.action = stored.href;
    put(form, "_method", "put");
    put(form, "if_match", stored.version);
    history.replaceState(null, "", `${stored.href}/edit`);
    this.tell("saved");
  }

  private async compare(form: HTMLFormElement): Promise<void> {
    const place = this.querySelector("#similar");
    if (!place || !field(form, "title")) return;
    const answer = await fetch("/exemplars/similar", {
      method: "POST",
      headers: { Accept: "text/html", "Content-Type": "application/json", "HX-Request": "true" },
      body: JSON.stringify({ ...content_of(form), itself: new URL(form.action).pathname.split("/")[2] ?? "" }),
    }).catch(() => undefined);
    if (!answer?.ok) return;
    place.innerHTML = await answer.text();
    htmx()?.process(place);
  }

  private tell(what: "saved" | "unsaved", why = ""): void {
    const mark = this.querySelector("[data-saved]");
    if (mark) mark.textContent = [this.getAttribute(what) ?? "", why].filter(Boolean).join(": ");
  }
}

/// As the server says it: one sentence, or one for every field.
interface Refusal {
  detail?: string;
  errors?: { text: string }[];
}

function reasons(refusal: Refusal): string {
  const texts = (refusal.errors ?? []).map((one) => one.text);
  return texts.length ? texts.join(" ") : refusal.detail ?? "";
}

function field(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}

function put(form: HTMLFormElement, name: string, value: string): void {
  let input = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (!input) {
    input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    form.append(input);
  }
  input.value = value;
}

/// As an API client sends it: a name that stands several times is a list.
function content_of(form: HTMLFormElement): Record<string, string | string[]> {
  const data = new FormData(form);
  const content: Record<string, string | string[]> = {};
  for (const name of new Set(data.keys())) {
    if (name === "form" || name === "_method" || name === "then") continue;
    const values = data.getAll(name).filter((value): value is string => typeof value === "string");
    const listed = /^(side_fields|topics|document_)/.test(name);
    content[name] = listed ? values : values[0] ?? "";
  }
  return content;
}
