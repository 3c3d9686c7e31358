// Does signing in with OpenID Connect work against a real provider, seen from a real browser?
//   tools/with_provider.sh node --test tests/oidc/provider.test.mjs
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { provider, rotate_keys, sign_in_at_provider } from "../browser/provider.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const program = process.env.GUIDON_OIDC_CLIENT ?? join(root, "build/release/tests/oidc/guidon_oidc_client");

let folder;
let browser;

before(async () => {
  assert.ok(provider.issuer, "run this with tools/with_provider.sh");
  folder = mkdtempSync(join(tmpdir(), "guidon-oidc-"));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/// A client of its own, without anything in its caches.
function start_client(t, { secret = provider.client_secret, issuer = provider.issuer } = {}) {
  const file = join(folder, "oidc.toml");
  writeFileSync(join(folder, "secret"), `${secret}\n`);
  writeFileSync(file, `
[[providers]]
key = "glewlwyd"
issuer = "${issuer}"
client_id = "${provider.client_id}"
client_secret_file = "secret"
title = { en = "Province account" }

[[providers.roles]]
group = "council-ky-anh"
role = "council_secretary"
unit = "KA"

[[providers.roles]]
group = "reporters"
role = "reporter"
unit = "42"
`);
  const child = spawn(program, [file], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(wish) {
      child.stdin.write(`${JSON.stringify(wish)}\n`);
      return JSON.parse((await lines.next()).value);
    },
  };
}

/// A browser of its own goes where the client sends it and signs in → what the address says with which it comes back.
async function answer_of(address, user) {
  const context = await browser.newContext({ locale: "en" });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.route(`${provider.redirect_uri}**`, (route) => route.fulfill({ status: 200, contentType: "text/plain", body: "back" }));
    await page.goto(address);
    await sign_in_at_provider(page, user, provider.password);
    await page.waitForURL(`${provider.redirect_uri}**`);
    return Object.fromEntries(new URL(page.url()).searchParams);
  } finally {
    await context.close();
  }
}

async function sign_in(client, user, more = {}) {
  const { address } = await client.ask({ do: "begin", redirect_uri: provider.redirect_uri });
  return client.ask({ do: "finish", answer: await answer_of(address, user), ...more });
}

test("the secretary signs in and its groups become roles", async (t) => {
  const client = start_client(t);
  const { subject, ...told } = await sign_in(client, provider.secretary);
  assert.deepEqual(told, {
    issuer: provider.issuer, user_name: "secretary-ky-anh", name: "Secretary, Ky Anh", mail: "secretary@ky-anh.example",
    groups: ["council-ky-anh", "reporters"], roles: ["council_secretary KA", "reporter 42"],
  });
  assert.ok(subject.length > 0);

  const { address } = await client.ask({ do: "sign-out", back_to: new URL("/", provider.redirect_uri).href });
  assert.ok(address.startsWith(`${provider.issuer}/end_session?id_token_hint=`));
});

test("the clerk has a subject of its own and only its own group", async (t) => {
  const client = start_client(t);
  const secretary = await sign_in(client, provider.secretary);
  const clerk = await sign_in(client, provider.clerk);
  assert.deepEqual(clerk.roles, ["reporter 42"]);
  assert.notEqual(clerk.subject, secretary.subject);
});

test("a new signing key of any kind is found without a restart", async (t) => {
  const client = start_client(t);
  const before = await sign_in(client, provider.secretary);
  for (const algorithm of ["ES256", "PS256", "EdDSA", "RS256"]) {
    await rotate_keys(algorithm);
    const now = await sign_in(client, provider.secretary, { later: 11 });
    assert.equal(now.subject, before.subject, `${algorithm}: ${JSON.stringify(now)}`);
  }
});

test("an answer is good once, and only for the sign-in that it belongs to", async (t) => {
  const client = start_client(t);
  const { address } = await client.ask({ do: "begin", redirect_uri: provider.redirect_uri });
  const answer = await answer_of(address, provider.clerk);
  assert.equal((await client.ask({ do: "finish", answer: { ...answer, state: "another" } })).problem, "oidc.wrong-state");
  assert.equal((await client.ask({ do: "finish", answer })).user_name, "clerk-hanoi");
  assert.equal((await client.ask({ do: "finish", answer })).problem, "oidc.code-refused");

  await client.ask({ do: "begin", redirect_uri: provider.redirect_uri });
  const second = await client.ask({ do: "finish", answer });
  assert.equal(second.problem, "oidc.wrong-state");
});

test("a code stolen from another sign-in fails at the provider for want of its verifier", async (t) => {
  const thief = start_client(t);
  const client = start_client(t);
  const { address } = await client.ask({ do: "begin", redirect_uri: provider.redirect_uri });
  const { code } = await answer_of(address, provider.secretary);
  const own = await thief.ask({ do: "begin", redirect_uri: provider.redirect_uri });
  const state = new URL(own.address).searchParams.get("state");
  assert.equal((await thief.ask({ do: "finish", answer: { code, state } })).problem, "oidc.code-refused");
});

test("a clock that is five minutes off is told as such", async (t) => {
  const client = start_client(t);
  const told = await sign_in(client, provider.clerk, { later: -300 });
  assert.equal(told.problem, "oidc.too-late");
  const { address } = await client.ask({ do: "begin", redirect_uri: provider.redirect_uri });
  const behind = await client.ask({ do: "finish", answer: await answer_of(address, provider.clerk) });
  assert.equal(behind.problem, "oidc.clock");
  assert.match(behind.sentence, /differ by (29\d|30\d) seconds/);
});

test("a wrong secret and a provider that is not there have their own words", async (t) => {
  const wrong = start_client(t, { secret: "not the secret" });
  assert.equal((await sign_in(wrong, provider.clerk)).problem, "oidc.client-refused");

  const nobody = start_client(t, { issuer: "http://localhost:1/api/oidc" });
  const told = await nobody.ask({ do: "begin", redirect_uri: provider.redirect_uri });
  assert.equal(told.problem, "oidc.unreachable");
  assert.match(told.sentence, /localhost does not answer/);
});
