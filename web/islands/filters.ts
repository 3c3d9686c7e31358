// How does a filtered address stay short? Fields that nobody filled in are left out of what htmx asks for.

export function leave_out_empty_fields(): void {
  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, parameters } = (event as CustomEvent<{ verb: string; parameters: FormData & Record<string, unknown> }>).detail;
    if (verb !== "get") return;
    for (const name of [...parameters.keys()]) {
      if (parameters.get(name) === "") parameters.delete(name);
    }
  });
}
