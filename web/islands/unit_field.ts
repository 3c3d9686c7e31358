// How does somebody fill in a unit whose code they do not know? They type a part of its name – with accents or without –
// and choose; the code stands in the field then. Without scripts the code or the unit's page helps.

const after_ms = 200;
const shortest = 2;

interface Found {
  units: { code: string; name: string; path_text?: string }[];
}

/// Every <input data-units>, also of forms that come later.
export function offer_units(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !field.hasAttribute("data-units")) return;
    clearTimeout(timer);
    tell_name(field);
    timer = setTimeout(() => void offer(field), after_ms);
  });
}

/// Below the field stands whose code is in it; of a name that is being typed nothing.
function tell_name(field: HTMLInputElement): void {
  const place = field.parentElement?.querySelector("[data-unit-name]");
  if (place) place.textContent = [...(field.list?.options ?? [])].find((one) => one.value === field.value.trim())?.label ?? "";
}

async function offer(field: HTMLInputElement): Promise<void> {
  const typed = field.value.trim();
  const list = list_of(field);
  const chosen = [...list.options].some((option) => option.value === typed);
  if (typed.length < shortest || chosen) return;
  const answer = await fetch(`/units.json?q=${encodeURIComponent(typed)}`).catch(() => undefined);
  if (!answer?.ok || field.value.trim() !== typed) return;
  const { units } = (await answer.json()) as Found;
  list.replaceChildren(...units.map(({ code, name, path_text }) => {
    const option = document.createElement("option");
    option.value = code;
    option.label = [name, path_text, with_typed(name, typed)].filter(Boolean).join(" · ");
    return option;
  }));
}

/// Browsers offer only what has the typed letters in it, accents and all.
function with_typed(name: string, typed: string): string {
  return name.toLowerCase().includes(typed.toLowerCase()) ? "" : typed;
}

function list_of(field: HTMLInputElement): HTMLDataListElement {
  if (field.list instanceof HTMLDataListElement) return field.list;
  const list = document.createElement("datalist");
  list.id = `units-${document.querySelectorAll("datalist").length}`;
  field.after(list);
  field.setAttribute("list", list.id);
  return list;
}
