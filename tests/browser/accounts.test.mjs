// Can people begin, sign in and look after their accounts – by mouse, by keyboard, without scripts, in three languages?
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { faults } from "./schema.mjs";
import { account_form, add_app, app_code, new_person, passkey_device, password, set_up, sign_in, start_empty } from "./signing_in.mjs";
import { desk, phone, window_on } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const path_of = (page) => new URL(page.url()).pathname;

let site;
before(async () => {
  site = await start_empty();
  await set_up(site);
});
after(async () => { await site?.stop(); });

/// Somebody new, signed in, in a window of their own. `again` opens another window.
async function somebody(options = {}, who = {}) {
  const account = await new_person(site, who);
  const windows = [];
  const again = async (more = {}) => {
    const opened = await window_on(site, { ...options, ...more });
    windows.push(opened);
    return opened;
  };
  const { page, complaints } = await again();
  await sign_in(page, account);
  await page.waitForURL("**/me");
  return { account, page, complaints, again, close: () => Promise.all(windows.map((opened) => opened.close())) };
}

const press = (form) => form.locator("button").first().click();
const alert_of = (page) => page.locator(".notice.bad").textContent();

describe("the first start", () => {
  test("the link of the log makes whoever reads it the administrator, once", async () => {
    const fresh = await start_empty();
    const { page, complaints, close } = await window_on(fresh);
    await page.goto("/sign-in");
    assert.match(await page.locator(".notice").textContent(), /log of the server/);
    await page.goto(fresh.setup);
    await page.locator("[name=person]").fill("Administrator");
    await page.locator("[name=account]").fill("administrator");
    await page.locator("[name=password]").fill(password);
    await page.locator("[name=again]").fill(`${password}!`);
    await press(page.locator("main form"));
    assert.match(await alert_of(page), /two passwords differ/);
    assert.equal(await page.locator("[name=account]").inputValue(), "administrator");
    complaints.length = 0;  // the browser logs the refusal's status
    await page.locator("[name=password]").fill(password);
    await page.locator("[name=again]").fill(password);
    await press(page.locator("main form"));
    await page.waitForURL("**/me");
    await page.goto("/me/account");
    assert.match(await page.locator("aside").textContent(), /Administrator[\s\S]*Organiser of movements/);
    assert.deepEqual(complaints, []);
    assert.equal((await page.goto(fresh.setup)).status(), 404);
    assert.match(await page.locator("main").textContent(), /used, is too old/);
    assert.doesNotMatch(fresh.log.join(""), new RegExp(`GET ${new URL(fresh.setup).pathname}`), "the log keeps the link out of its lines");
    await close();
    await fresh.stop();
  });
});

for (const scripts of [true, false]) {
  describe(`one's own account, ${scripts ? "with" : "without"} scripts`, () => {
    test("an unknown name and a wrong password are answered alike, and lead nowhere", async () => {
      const account = await new_person(site);
      const { page, close } = await window_on(site, { scripts });
      await sign_in(page, account, "not the password at all");
      const wrong = await alert_of(page);
      await sign_in(page, "nobody-of-that-name", "not the password at all");
      assert.equal(await alert_of(page), wrong);
      await page.goto("/me/account");
      assert.equal(page.url(), `${site.address}/sign-in?to=/me/account`);
      await close();
    });

    test("signing in leads to where one wanted to go, and never to another server", async () => {
      const account = await new_person(site);
      for (const [wish, end] of [["/me/account", "/me/account"], ["//elsewhere.example/", "/me"], ["https://elsewhere.example/", "/me"]]) {
        const { page, close } = await window_on(site, { scripts });
        await page.goto(`/sign-in?to=${encodeURIComponent(wish)}`);
        await page.locator("[name=name]").fill(account);
        await page.locator("[name=password]").fill(password);
        await press(page.locator('form[action="/sign-in"]'));
        await page.waitForURL(site.address + end);
        await close();
      }
    });

    test("a new password replaces the old one and ends the other sessions", async () => {
      const { account, page, again, close } = await somebody({ scripts });
      const other = (await again()).page;
      await sign_in(other, account);
      await other.waitForURL("**/me");
      const change = async (now, next) => {
        const form = await account_form(page, "/me/password");
        await form.locator("[name=now]").fill(now);
        await form.locator("[name=password]").fill(next);
        await form.locator("[name=again]").fill(next);
        await press(form);
      };
      await change("not the password at all", "eight herons over the weir");
      assert.match(await page.locator("main").textContent(), /present password is not right/);
      await page.goto("/me/account");
      await change(password, "eight herons over the weir");
      await page.waitForURL("**/me/account#password");
      await other.goto("/me");
      assert.equal(path_of(other), "/sign-in");
      await sign_in(other, account);
      assert.match(await alert_of(other), /not right/);
      await sign_in(other, account, "eight herons over the weir");
      await other.waitForURL("**/me");
      await close();
    });

    test("an app is the second step; a recovery code opens once; without the app the password is enough again", async () => {
      const { account, page, again, close } = await somebody({ scripts });
      const start = await account_form(page, "/me/app");
      await start.locator("[name=now]").fill(password);
      await press(start);
      await page.locator("[name=code]").fill("000000");
      await press(page.locator('form[action="/me/app/confirm"]'));
      assert.match(await alert_of(page), /not the code of this moment/);
      const secret = await page.locator(".qr + p code").textContent();
      await page.locator("[name=code]").fill(app_code(secret, -1).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]));  // an Urdu keyboard
      await press(page.locator('form[action="/me/app/confirm"]'));
      const codes = await page.locator(".codes code").allTextContents();
      assert.equal(codes.length, 10);

      const step = async (code) => {
        const { page: fresh } = await again();
        await sign_in(fresh, account);
        await fresh.waitForURL("**/sign-in/second");
        await fresh.locator("[name=code]").fill(code);
        await press(fresh.locator('form[action="/sign-in/second"]').last());
        await fresh.waitForLoadState();
        return fresh;
      };
      const now = app_code(secret);
      assert.equal(path_of(await step(now)), "/me");
      assert.match(await alert_of(await step(now)), /used already/);
      assert.equal(path_of(await step(codes[3].toUpperCase().replaceAll("-", " "))), "/me");
      assert.match(await alert_of(await step(codes[3])), /./);
      await page.goto("/me/account");
      assert.match(await page.locator("#second").textContent(), /9 recovery codes are left/);

      const renew = await account_form(page, "/me/codes");
      await renew.locator("[name=now]").fill(password);
      await press(renew);
      assert.equal(await page.locator(".codes code").filter({ hasText: codes[4] }).count(), 0);
      await page.goto("/me/account");
      const remove = await account_form(page, "/me/app/remove");
      await remove.locator("[name=now]").fill(password);
      await press(remove);
      await page.waitForURL("**/me/account#second");
      const { page: last } = await again();
      await sign_in(last, account);
      await last.waitForURL("**/me");
      await close();
    });

    test("the second step cannot be left out, nor begun without the first", async () => {
      const { account, page, again, close } = await somebody({ scripts });
      await add_app(page);
      const { page: other } = await again();
      await sign_in(other, account);
      await other.waitForURL("**/sign-in/second");
      await other.goto("/me");
      assert.equal(path_of(other), "/sign-in");
      const { page: stranger } = await again();
      assert.equal((await stranger.goto("/sign-in/second")).status(), 403);
      assert.match(await stranger.locator("main").textContent(), /Begin again/);
      await close();
    });

    test("a session that was ended elsewhere is signed out at its next click", async () => {
      const { account, page, again, close } = await somebody({ scripts });
      const { page: other } = await again();
      await sign_in(other, account);
      await other.waitForURL("**/me");
      await page.goto("/me/account");
      assert.equal(await page.locator("#sessions tbody tr").count(), 2);
      await press(page.locator("#sessions tbody form"));
      await page.waitForURL("**/me/account#sessions");
      assert.equal(await page.locator("#sessions tbody tr").count(), 1);
      await other.locator('main a[href="/me/account"]').click();
      await other.waitForURL("**/sign-in?to=/me/account");

      await sign_in(other, account);
      await other.waitForURL("**/me");
      await page.goto("/me/account");
      await press(page.locator('form[action="/me/sessions/end-others"]'));
      await page.waitForURL("**/me/account#sessions");
      await other.goto("/me");
      assert.equal(path_of(other), "/sign-in");
      await close();
    });

    test("an access token is shown once, lets a program in until it is ended, and cannot change the account", async () => {
      const { page, close } = await somebody({ scripts });
      const form = await account_form(page, "/me/tokens");
      await form.locator("[name=title]").fill("Monthly report");
      await form.locator("[name=verbs]").first().check();
      await form.locator("[name=ends]").fill(new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
      await press(form);
      const token = (await page.locator(".secret").textContent()).trim();
      assert.match(token, /^gdn_[a-z2-7]{39}$/);
      const call = (path, more = {}) => fetch(site.address + path, { redirect: "manual", ...more, headers: { Accept: "application/json", Authorization: `Bearer ${token}`, ...more.headers } });
      assert.equal((await call("/movements")).status, 200);
      const change = await call("/me/preferences", { method: "POST", body: "{}", headers: { "Content-Type": "application/json" } });
      assert.equal(change.status, 403, await change.text());
      await page.goto("/me/account");
      assert.ok(!(await page.content()).includes(token));
      assert.match(await page.locator("#tokens tbody").textContent(), /Monthly report/);
      await press(page.locator("#tokens tbody form"));
      await page.waitForURL("**/me/account#tokens");
      const ended = await call("/movements");
      assert.equal(ended.status, 401);
      assert.equal((await ended.json()).code, "account.token-wrong");
      await close();
    });

    test("language, colours, digits and mail are kept, and go along to another browser", async () => {
      const { account, page, again, close } = await somebody({ scripts });
      const wish = async (more) => {
        await page.goto("/me/account");
        const form = page.locator('form[action="/me/preferences"]');
        for (const [name, value] of Object.entries(more)) await form.locator(`select[name=${name}]`).selectOption(value);
        await form.locator("[name=mail]").fill("auditor@guidon.example");
        await press(form);
        await page.waitForURL("**/me/account#preferences");
      };
      const paper = (of) => of.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const light = await paper(page);
      await wish({ language: "ur", theme: "dark", digits: "native" });
      const dark = await paper(page);
      assert.notEqual(dark, light);
      assert.equal(await page.locator("html").getAttribute("lang"), "ur");
      assert.match(await page.locator("#sessions > p").first().textContent(), /۶۰/);
      assert.doesNotMatch(await page.locator("main").innerText(), /\b60\b/);
      assert.match((await (await page.request.get("/me/account.json")).json()).sessions_text, /60/);
      assert.equal(await page.locator("[name=mail]").inputValue(), "auditor@guidon.example");

      const { page: other } = await again({ colour: "light" });
      await sign_in(other, account);
      await other.waitForURL("**/me");
      await other.goto("/movements");  // a page that is kept for everybody
      assert.equal(await other.locator("html").getAttribute("data-theme"), "dark");
      assert.equal(await paper(other), dark);
      const { page: stranger } = await again();
      await stranger.goto("/movements");
      assert.equal(await paper(stranger), light);

      await wish({ language: "en", theme: "light", digits: "latin" });
      await page.emulateMedia({ colorScheme: "dark" });
      assert.equal(await paper(page), light);
      await wish({ theme: "auto" });
      assert.equal(await paper(page), dark);
      await close();
    });
  });
}

describe("passkeys", () => {
  test("one is added, opens alone, is a second factor, and can be removed", async () => {
    const { account, page, complaints, close } = await somebody();
    await passkey_device(page);
    await page.goto("/me/account");
    const form = page.locator('form[action="/me/passkeys"]');
    await form.locator("[name=title]").fill("Office computer");
    await press(form);
    await page.waitForURL("**/me/account#passkeys");
    assert.match(await page.locator("#passkeys tbody").textContent(), /Office computer/);

    await page.context().clearCookies();
    await page.goto("/sign-in?to=/me/account");
    await press(page.locator('form[action="/sign-in/passkey"]'));
    await page.waitForURL((url) => url.pathname === "/me/account");

    await page.context().clearCookies();
    await sign_in(page, account);
    await page.waitForURL("**/sign-in/second");
    assert.equal(await page.locator("[name=code]").count(), 0, "no app and no recovery codes: nothing to type");
    await press(page.locator('passkey-key form'));
    await page.waitForURL("**/me");

    await page.goto("/me/account");
    await press(page.locator("#passkeys tbody form"));
    await page.waitForURL("**/me/account#passkeys");
    await page.context().clearCookies();
    await sign_in(page, account);
    await page.waitForURL("**/me");
    assert.deepEqual(complaints, []);
    await close();
  });

  test("a key that was removed opens nothing", async () => {
    const { page, close } = await somebody();
    await passkey_device(page);
    await page.goto("/me/account");
    await press(page.locator('form[action="/me/passkeys"]'));
    await page.waitForURL("**/me/account#passkeys");
    await page.goto("/me/account");
    await press(page.locator("#passkeys tbody form"));
    await page.waitForURL("**/me/account#passkeys");
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await press(page.locator('form[action="/sign-in/passkey"]'));
    assert.match(await alert_of(page), /no account here/);
    await close();
  });
});

describe("the menu of who is signed in", () => {
  const menu = async (page) => {
    await page.goto("/me");
    const who = page.locator(".menu-wide .who");
    await who.locator("summary").click();
    return who;
  };

  test("changes the capacity", async () => {
    const { page, close } = await window_on(site);
    await sign_in(page, "administrator");
    await page.waitForURL("**/me");
    const before = await (await menu(page)).locator("summary").textContent();
    await page.locator('.menu-wide form[action="/me/capacity"] button').first().click();
    await page.waitForLoadState();
    assert.notEqual(await (await menu(page)).locator("summary").textContent(), before);
    await close();
  });

  test("signs out", async () => {
    const { page, close } = await somebody();
    await (await menu(page)).locator('form[action="/sign-out"] button').click();
    await page.waitForURL(`${site.address}/`);
    await page.goto("/me");
    assert.equal(path_of(page), "/sign-in");
    await close();
  });
});

describe("by keyboard alone", () => {
  async function tab_to(page, target) {
    for (let steps = 0; steps < 120; ++steps) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`the Tab key does not come to ${target}`);
  }

  test("one signs in, opens a form of the account page and changes the password", async () => {
    const account = await new_person(site);
    const { page, close } = await window_on(site);
    await page.goto("/sign-in");
    await tab_to(page, page.locator("main [name=name]"));
    await page.keyboard.type(account);
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/me");
    await tab_to(page, page.locator('main a[href="/me/account"]'));
    await page.keyboard.press("Enter");
    await page.waitForURL("**/me/account");
    await tab_to(page, page.locator("#password summary"));
    await page.keyboard.press("Enter");
    for (const text of [password, "nine herons over the weir", "nine herons over the weir"]) {
      await page.keyboard.press("Tab");
      await page.keyboard.type(text);
    }
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/me/account#password");
    await close();
  });
});

/// Every page of signing in and of one's own account, in turn; `look` gives what is wrong with one.
async function walk(options, look) {
  const found = [];
  const account = await new_person(site);
  const { page, complaints, close } = await window_on(site, options);
  const see = async (name, { refused = false } = {}) => {
    await page.locator("h1").waitFor();
    if (refused) complaints.length = 0;  // the browser logs the status itself
    found.push(...complaints.splice(0).map((complaint) => `${name}: ${complaint}`), ...(await look(page)).map((finding) => `${name}: ${finding}`));
  };
  const link = site.terminal("people", "add", "--name", "Clerk", "--account", `clerk-of-${account}`, "--role", "auditor", "--site", site.address);
  await page.goto(link);
  await see("invitation");
  await page.goto("/sign-in");
  await see("sign-in");
  await sign_in(page, account, "not the password at all");
  await see("sign-in refused", { refused: true });
  await sign_in(page, account);
  await page.waitForURL("**/me");
  await see("my work");
  await page.goto("/me/account");
  await see("account");
  const tokens = await account_form(page, "/me/tokens");
  await tokens.locator("[name=title]").fill("Monthly report");
  await tokens.locator("[name=verbs]").first().check();
  await tokens.locator("[name=ends]").fill(new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
  await press(tokens);
  await see("token");
  const start = await account_form(page, "/me/app");
  await start.locator("[name=now]").fill(password);
  await press(start);
  await see("app");
  const secret = await page.locator(".qr + p code").textContent();
  await page.locator("[name=code]").fill(app_code(secret, -1));
  await press(page.locator('form[action="/me/app/confirm"]'));
  await see("recovery codes");
  await page.goto("/me/account");
  for (const shut of await page.locator("main details > summary").all()) await shut.click();
  await see("account, all open");
  await page.context().clearCookies();
  await page.goto(`/sign-in?lang=${options.language ?? "en"}`);
  await sign_in(page, account);
  await page.waitForURL("**/sign-in/second");
  await see("second step");
  await page.goto("/setup/no-such-link");
  await see("link gone", { refused: true });
  await close();
  return found;
}

async function faults_of(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const inline = await page.locator("[style], script:not([src]), style").count();
  return [
    ...result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} at ${node.target.join(" ")}: ${node.html.slice(0, 120)}`)),
    ...(beyond > 0 ? [`${beyond} pixels beyond the edge`] : []),
    ...(inline ? [`${inline} inline styles or scripts`] : []),
  ];
}

describe("every page of it is accessible, whole and without complaints", () => {
  for (const language of ["en", "vi", "ur"]) {
    for (const [place, viewport, colour] of [["at a desk, light", desk, "light"], ["on a phone, dark", phone, "dark"]]) {
      test(`${language}, ${place}`, async () => assert.deepEqual(await walk({ language, viewport, colour }, faults_of), []));
    }
  }
});

test("the documents of these pages keep the contract", async () => {
  const { page, close } = await somebody();
  const found = {};
  const json = { Accept: "application/json" };
  const see = async (schema, answer) => { found[schema] = faults(schema, await (await answer).json()); };
  const post = (path, data) => page.request.post(path, { headers: json, data, maxRedirects: 0 });
  await see("SignIn", page.request.get("/sign-in", { headers: json }));
  await see("Work", page.request.get("/me", { headers: json }));
  await see("TokenMade", post("/me/tokens", { title: "Monthly report", verbs: ["read_journal"], ends: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10) }));
  await see("Account", page.request.get("/me/account", { headers: json }));
  await see("AppOffer", post("/me/app", { now: password }));
  await see("RecoveryCodes", post("/me/codes", { now: password }));
  await see("PasskeyQuestion", page.request.get("/me/passkeys/options", { headers: json }));
  await see("Done", post("/me/preferences", { theme: "dark" }));
  await see("Problem", post("/me/preferences", { theme: "purple" }));
  assert.deepEqual(Object.entries(found).filter(([, wrong]) => wrong.length), []);
  await close();
});

test("the sign-in page is light", async () => {
  const { page, close } = await window_on(site, { scripts: false });
  let bytes = 0;
  page.on("requestfinished", async (request) => {
    if (/\.woff2$/.test(request.url())) return;
    bytes += (await request.sizes()).responseBodySize;
  });
  await page.goto("/sign-in", { waitUntil: "networkidle" });
  assert.ok(bytes > 1000 && bytes < 40 * 1024, `${bytes} bytes`);
  await close();
});

test("recovery codes are printed with the account's name and without the page around them", async () => {
  const { account, page, close } = await somebody();
  await add_app(page);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".codes code").first().isVisible(), true);
  assert.match(await page.locator(".print-only").innerText(), new RegExp(account));
  for (const hidden of [".menu-wide", 'main a[role="button"]', ".kicker"]) assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  await close();
});
