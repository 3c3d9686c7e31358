// How does a page make or use a passkey? It puts the server's question to the browser and the browser's answer, as the
// JSON of WebAuthn Level 3, into a hidden field of the form; whether the answer proves anything, the server decides.
//
// <passkey-key hidden kind="create" source="/…/options" cancelled="…" known="…" failed="… {reason}">
//   <form method="post" action="/…"><input type="hidden" name="passkey"> <button>…</button> <p role="alert" hidden></p></form>
// </passkey-key>
// `kind` is create or get; the question is JSON at `source`, or in the attribute `options`. Stays hidden in browsers without
// passkeys and without scripts.

type Json = Record<string, unknown>;

function bytes_of(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function base64url(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const keys_of = (list: Json[] = []): Json[] => list.map((key) => ({ ...key, id: bytes_of(key.id as string) }));

/// PublicKeyCredential.parse…OptionsFromJSON, for browsers that do not have them yet.
function question(kind: string, options: Json): CredentialCreationOptions & CredentialRequestOptions {
  const asked: Json = { ...options, challenge: bytes_of(options.challenge as string) };
  if (kind === "get") asked.allowCredentials = keys_of(options.allowCredentials as Json[]);
  if (kind === "create") {
    const user = options.user as Json;
    asked.user = { ...user, id: bytes_of(user.id as string) };
    asked.excludeCredentials = keys_of(options.excludeCredentials as Json[]);
  }
  return { publicKey: asked } as unknown as CredentialCreationOptions & CredentialRequestOptions;
}

/// PublicKeyCredential.toJSON, as far as the server reads it.
function answer(credential: PublicKeyCredential): Json {
  const response: Json = { clientDataJSON: base64url(credential.response.clientDataJSON) };
  if (credential.response instanceof AuthenticatorAttestationResponse) {
    response.attestationObject = base64url(credential.response.attestationObject);
    response.transports = credential.response.getTransports?.() ?? [];
  }
  if (credential.response instanceof AuthenticatorAssertionResponse) {
    response.authenticatorData = base64url(credential.response.authenticatorData);
    response.signature = base64url(credential.response.signature);
    if (credential.response.userHandle?.byteLength) response.userHandle = base64url(credential.response.userHandle);
  }
  return { id: credential.id, rawId: base64url(credential.rawId), type: credential.type, response };
}

export class PasskeyKey extends HTMLElement {
  private asking: AbortController | undefined;

  connectedCallback(): void {
    if (!("PublicKeyCredential" in window) || !navigator.credentials) return;
    this.hidden = false;
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.ask(event.target as HTMLFormElement);
    });
  }

  disconnectedCallback(): void {
    this.asking?.abort();
  }

  private async ask(form: HTMLFormElement): Promise<void> {
    const field = form.elements.namedItem("passkey");
    if (!(field instanceof HTMLInputElement)) return;
    this.asking?.abort();  // a second press asks anew
    const { signal } = (this.asking = new AbortController());
    this.say("");
    try {
      const kind = this.getAttribute("kind") ?? "get";
      const asked = { ...question(kind, await this.options(signal)), signal };
      const credential = await (kind === "create" ? navigator.credentials.create(asked) : navigator.credentials.get(asked));
      if (signal.aborted) return;
      field.value = JSON.stringify(answer(credential as PublicKeyCredential));
      form.submit();
    } catch (reason) {
      if (!signal.aborted) this.refuse(reason);
    }
  }

  private async options(signal: AbortSignal): Promise<Json> {
    const given = this.getAttribute("options");
    if (given) return JSON.parse(given) as Json;
    const source = this.getAttribute("source") ?? "";
    const reply = await fetch(source, { headers: { Accept: "application/json" }, cache: "no-store", signal });
    if (!reply.ok) throw new Error(String(reply.status));
    return (await reply.json()) as Json;
  }

  /// The browser does not tell a person who said no from one who waited too long, so neither do we.
  private refuse(reason: unknown): void {
    const name = reason instanceof Error ? reason.name : "";
    const word = { NotAllowedError: "cancelled", InvalidStateError: "known" }[name] ?? "failed";
    const detail = reason instanceof Error ? reason.message : String(reason);
    this.say((this.getAttribute(word) ?? "{reason}").replace("{reason}", () => detail));
  }

  private say(message: string): void {
    const place = this.querySelector<HTMLElement>("[role=alert]");
    if (!place) return;
    place.textContent = message;
    place.hidden = message === "";
  }
}
