// Do people come in through a real identity provider, by the pages, with the roles of their groups – and does everybody
// else stay out?   tools/with_provider.sh node --test tests/oidc/journey.test.mjs
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { provider, rotate_keys, set_groups, sign_in_at_provider } from "../browser/provider.mjs";
import { new_person, set_up, sign_in, start_empty } from "../browser/signing_in.mjs";
import { window_on } from "../browser/site.mjs";

const all_groups = { [provider.secretary]: ["council-ky-anh", "reporters"], [provider.clerk]: ["reporters"] };
let files;
let site;

/// The options of a server that knows the provider (or another one at `issuer`).
function oidc_options(issuer = provider.issuer) {
  const file = join(files, `${issuer.replace(/\W/g, "-")}.toml`);
  writeFileSync(join(files, "secret"), `${provider.client_secret}\n`);
  writeFileSync(file, `
[[providers]]
key = "glewlwyd"
issuer = "${issuer}"
client_id = "${provider.client_id}"
client_secret_file = "secret"
title = { en = "Province account", vi = "Tài khoản của tỉnh", ur = "صوبائی اکاؤنٹ" }

[[providers.roles]]
group = "council-ky-anh"
role = "auditor"

[[providers.roles]]
group = "reporters"
role = "reporter"
unit = "KA"
`);
  return ["--oidc", file];
}

before(async () => {
  assert.ok(provider.issuer, "run this with tools/with_provider.sh");
  files = mkdtempSync(join(tmpdir(), "guidon-oidc-"));
  site = await start_empty({ port: new URL(provider.redirect_uri).port, options: oidc_options() });
  await set_up(site);
  writeFileSync(join(site.folder, "units.csv"), "code,parent,kind,name\nKA,,district,Ky Anh\n");
  site.terminal("import", "units", "units.csv");
});
after(async () => {
  await site?.stop();
  rmSync(files, { recursive: true });
});
afterEach(async () => {
  for (const [user, groups] of Object.entries(all_groups)) await set_groups(user, groups);
});

/// A browser of its own goes through the button of the sign-in page and the provider's own pages, and comes back.
async function through_provider(t, user, { language = "en", to } = {}) {
  const { page, close } = await window_on(site, { language });
  t.after(close);
  page.setDefaultTimeout(20_000);
  const backs = [];
  page.on("request", (request) => request.url().startsWith(provider.redirect_uri) && backs.push(request.url()));
  await page.goto(to ? `/sign-in?to=${to}` : "/sign-in");
  await page.locator(".ways a").click();
  await page.waitForURL((url) => url.href.startsWith(new URL(provider.issuer).origin));
  await sign_in_at_provider(page, user, provider.password);
  await page.waitForURL((url) => url.origin === site.address);
  return { page, back: backs.at(-1) };
}

const notice = (page) => page.locator(".notice.bad").textContent();
const roles_of = (name) => site.terminal("people", "list").split("\n").filter((line) => line.split("\t")[2] === name).flatMap((line) => line.split("\t").slice(3)).sort();

test("groups become roles; one that is taken away ends at the next sign-in, and comes back with the group", async (t) => {
  const { page } = await through_provider(t, provider.secretary, { to: "/me/account" });
  assert.equal(page.url(), `${site.address}/me/account`);
  assert.deepEqual(roles_of("Secretary, Ky Anh"), ["auditor", "reporter@KA"]);
  await set_groups(provider.secretary, ["reporters"]);
  await through_provider(t, provider.secretary);
  assert.deepEqual(roles_of("Secretary, Ky Anh"), ["reporter@KA"]);
  await set_groups(provider.secretary, ["council-ky-anh"]);
  await through_provider(t, provider.secretary);
  assert.deepEqual(roles_of("Secretary, Ky Anh"), ["auditor"]);
});

test("who is in no group with a role is refused in their own language, and can try another way", async (t) => {
  await set_groups(provider.clerk, ["others"]);
  const { page } = await through_provider(t, provider.clerk, { language: "vi" });
  assert.ok((await notice(page)).length > 20);
  assert.equal(await page.locator('form[action="/sign-in"] [name=name]').isVisible(), true);
  await page.goto("/me");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  assert.deepEqual(roles_of("Clerk, Hanoi"), []);
});

test("a closed account stays closed, whatever the groups say", async (t) => {
  await through_provider(t, provider.clerk);
  const { page: office, close } = await window_on(site);
  t.after(close);
  await sign_in(office, "administrator");
  await office.waitForURL("**/me");
  await office.goto("/people?q=clerk");
  await office.locator("main").getByRole("link", { name: "Clerk, Hanoi" }).first().click();
  await office.waitForURL("**/people/*");
  const close_form = office.locator('form[action$="/close"]');
  await office.locator("details", { has: close_form }).locator("summary").click();
  await close_form.locator("button").click();
  await office.waitForURL("**/people/*");
  const { page } = await through_provider(t, provider.clerk);
  assert.match(await notice(page), /account here was closed/);
  await office.locator('form[action$="/reopen"] button').click();
  await office.locator(".secret").waitFor();
});

test("a new signing key is found without a restart", async (t) => {
  await rotate_keys("ES256");
  // keys are fetched anew at most every ten seconds
  for (let tries = 1; ; ++tries) {
    const { page } = await through_provider(t, provider.secretary);
    if (new URL(page.url()).pathname === "/me") return;
    assert.ok(tries < 10, await notice(page));
    assert.match(await notice(page), /does not publish|Begin again/);
  }
});

test("the address that led back opens nothing a second time, here or elsewhere", async (t) => {
  const { page, back } = await through_provider(t, provider.secretary);
  assert.match(back, /[?&]code=/);
  for (const window of [page, (await window_on(site)).page]) {
    await window.context().clearCookies({ name: "guidon" });
    assert.equal((await window.goto(back)).status(), 403);
    assert.match(await notice(window), /Begin again/);
    await window.goto("/me");
    assert.equal(new URL(window.url()).pathname, "/sign-in");
    if (window !== page) await window.context().close();
  }
});

test("while the provider is down its button says so, and who has a password here signs in on the same page", async () => {
  const alone = await start_empty({ options: oidc_options("http://localhost:1/api/oidc") });
  await set_up(alone);
  const account = await new_person(alone);
  const { page, close } = await window_on(alone);
  await page.goto("/sign-in?to=/me/account");
  await page.locator(".ways a").click();
  assert.match(await notice(page), /localhost does not answer/);
  await page.locator("[name=name]").fill(account);
  await page.locator("[name=password]").fill("seven herons over the weir");
  await page.locator('form[action="/sign-in"] button').click();
  await page.waitForURL("**/me/account");
  await close();
  await alone.stop();
});
