// What do tests of passkeys stand on? A throw-away site at http://localhost:PORT whose pages have the island alone, under
// the content security policy of the real ones, and Chromium's virtual authenticators (CDP, WebAuthn domain).
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'";
const words = readFileSync(join(root, "templates/accounts/passkey_words.mustache"), "utf8")
  .replace(/\{\{t\.passkey_(\w+)\}\}/g, (_, word) => (word === "failed" ? "failed: {reason}" : word));

const page_with = (kind, attributes) => `<!doctype html><html lang="en"><title>Passkeys</title><script src="/island.js" defer></script>
<passkey-key hidden kind="${kind}" ${attributes} ${words}>
  <form method="post" action="/answer"><input type="hidden" name="passkey"><button>Go</button><p role="alert" hidden></p></form>
</passkey-key></html>`;

const in_attribute = (value) => JSON.stringify(value).replaceAll("&", "&amp;").replaceAll('"', "&quot;");

export const random = (bytes) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("base64url");

async function text_of(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

/// `questions` maps kind → options, read anew for each request; an answer lands in `last.answer`.
export async function start_passkey_site() {
  const script = esbuild.buildSync({
    stdin: { contents: 'import { PasskeyKey } from "./passkey"; customElements.define("passkey-key", PasskeyKey);', resolveDir: join(root, "web/islands"), loader: "ts" },
    bundle: true, write: false, format: "iife", target: "chrome109",
  }).outputFiles[0].text;
  const questions = {};
  const last = {};
  const server = createServer(async (request, answer) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const kind = pathname.split("/").at(-1);
    answer.setHeader("Content-Security-Policy", policy);
    const send = (type, body) => answer.setHeader("Content-Type", type).end(body);
    if (pathname === "/island.js") return send("text/javascript", script);
    if (pathname.startsWith("/options/")) {
      if (!questions[kind]) answer.statusCode = 403;
      return send("application/json", JSON.stringify(questions[kind] ?? {}));
    }
    if (pathname === "/answer") {
      last.answer = JSON.parse(new URLSearchParams(await text_of(request)).get("passkey"));
      return send("text/html", "<!doctype html><title>Answered</title>");
    }
    const attributes = searchParams.has("inline") ? `options="${in_attribute(questions[kind])}"` : `source="/options/${kind}"`;
    return send("text/html", page_with(kind, attributes));
  });
  await new Promise((done) => server.listen(0, "localhost", done));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  return {
    origin: `http://localhost:${server.address().port}`, questions, last, browser,
    async stop() {
      await browser.close();
      server.close();
    },
  };
}

/// A window with a device of its own; `device` as in WebAuthn.VirtualAuthenticatorOptions.
export async function window_with(site, device) {
  const page = await site.browser.newPage();
  page.setDefaultTimeout(10_000);
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options: { automaticPresenceSimulation: true, ...device } });
  return { page, complaints, cdp, authenticatorId };
}

/// Goes through the form of one kind; gives what the server would receive.
export async function answered(site, page, kind, how = "") {
  await page.goto(`${site.origin}/${kind}${how}`);
  await page.getByRole("button", { name: "Go" }).click();
  await page.waitForURL(/answer/);
  return site.last.answer;
}
