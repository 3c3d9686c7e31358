// Does an article live as people live with it? Written, published, commented, moderated, corrected and withdrawn: by
// mouse, by the keyboard alone, without scripts, in three languages, on a phone and in the dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { new_person, set_up, sign_in, start_empty } from "./signing_in.mjs";
import { desk, languages, phone, window_on } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.PICTURES;  // a folder: how it looks is kept there, too

let site, article;
const windows = {};
const at = (name) => windows[name].page;
const words_of = (page) => page.locator("main").innerText();

async function come_in(name, account, options) {
  windows[name] = await window_on(site, options);
  if (account) {
    await sign_in(at(name), account);
    await at(name).waitForURL("**/me");
  }
}

before(async () => {
  site = await start_empty();
  await set_up(site);
  const units = await fetch(`${site.address}/healthz`);
  assert.equal(units.status, 200);
  await come_in("head", "administrator");
  const page = at("head");
  await page.goto("/import");
  await page.locator("input[type=radio][value=units]").check();
  await page.locator("input[type=file]").setInputFiles({ name: "units.csv", mimeType: "text/csv", buffer: Buffer.from("code,parent,kind,name,name:vi,name:ur\nHT,,province,Ha Tinh,Hà Tĩnh,ہا تنھ\n") });
  await page.locator("main form button").first().click();
  await page.locator('form[action$="/apply"] button').click();
  await page.waitForFunction(() => !document.querySelector('form[action$="/apply"]') && !document.querySelector("progress"));
  await come_in("writer", await new_person(site, { role: "publisher@HT", office: "Publisher, Ha Tinh" }), { scripts: false });
  await come_in("clerk", await new_person(site, { role: "reporter@HT", office: "Reporter, Ha Tinh" }));
  await come_in("reader");
});
after(async () => {
  for (const window of Object.values(windows)) await window.close();
  await site?.stop();
});

test("an article is written and published, without scripts", async () => {
  const page = at("writer");
  await page.goto("/news");
  await page.locator('main a[href="/news/new"]').click();
  const form = page.locator("form.writing");
  await form.locator("[name=title]").fill("Six localities sign <b>the agreement</b>");
  await form.locator("[name=body]").fill("They signed.\n\n# What they agreed on\n- criteria\n- who leads\n\n> The best examples pass on.\n\n<script>alert(1)</script>");
  await form.locator("[name=unit]").fill("HT");
  await form.locator("[name=lede]").fill("The leader hosted the conference on 14 March.");
  await form.locator("[name=authors]").fill("Editor, Ha Tinh\nEditor, Ky Anh");
  await form.locator("[name=sources]").fill("source\nPortal | javascript:alert(1)");
  await form.locator("button").click();
  assert.match(await page.locator("main [role=alert]").innerText(), /javascript/);
  assert.equal(await form.locator("[name=authors]").inputValue(), "Editor, Ha Tinh\nEditor, Ky Anh", "what was typed is still there");
  await form.locator("[name=sources]").fill("source\nPortal | https://news.example/agreement");
  await form.locator("[name=documents]").fill("05/KH | Cluster | 2024-03 | Operating plan");
  await form.locator("button").click();
  await page.locator('form[action$="/publish"]').waitFor();
  article = new URL(page.url()).pathname.replace(/\/versions.*/, "");
  assert.equal((await fetch(site.address + article)).status, 404, "a draft is not there for others");
  await page.locator('form[action$="/publish"] button').click();
  await page.waitForURL(`**${article}`);
  windows.writer.complaints.length = 0;  // 422
});

test("everybody reads it as it was typed, and that nobody has said anything", async () => {
  const page = at("reader");
  await page.goto("/news");
  await page.getByRole("link", { name: /Six localities sign/ }).click();
  const told = await words_of(page);
  assert.match(told, /<b>the agreement<\/b>/);
  assert.match(told, /<script>alert\(1\)<\/script>/);
  assert.match(told, /Editor, Ha Tinh – Editor, Ky Anh/);
  assert.match(told, /Comments \(0\)/);
  assert.equal(await page.locator("article.told li").count(), 2);
  assert.equal(await page.locator("textarea").count(), 0, "the public does not write unless the server says so");
});

test("a comment waits for a moderator, written by the keyboard alone", async () => {
  const page = at("clerk");
  await page.goto(article);
  const field = page.locator(".write-comment textarea");
  for (let presses = 0; presses < 80 && !(await field.evaluate((one) => one === document.activeElement)); ++presses) await page.keyboard.press("Tab");
  await page.keyboard.type("When is the next one?");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator(".said .chip", { hasText: "waits" }).waitFor();
  assert.match(await words_of(page), /Comments \(0\)/);
  await at("reader").goto(article);
  assert.doesNotMatch(await words_of(at("reader")), /When is the next one/);
});

test("the moderator finds it in the day's work and shows it", async () => {
  const page = at("writer");
  await page.goto("/me");
  await page.locator('.work a[href="/comments"]').click();
  await page.locator('form[action$="/show"] button').click();
  await page.waitForURL("**/comments");
  assert.equal(await page.locator(".said > li").count(), 0);
  await at("reader").reload();
  assert.match(await words_of(at("reader")), /Comments \(1\)[\s\S]*Reporter, Ha Tinh[\s\S]*When is the next one/);
});

test("the public writes where the setting permits it, but not within three seconds", async () => {
  await at("head").goto("/system");
  await at("head").locator('[name="comments.public"]').fill("1");
  await at("head").locator('form[action="/system"] button').click();
  const page = at("reader");
  await page.goto(article);
  const form = page.locator(".write-comment");
  await form.locator("[name=name]").fill("A reader");
  await form.locator("[name=text]").fill("I was there.");
  await form.locator("button").click();
  assert.match(await page.locator("main [role=alert]").innerText(), /too fast/i);
  assert.equal(await page.locator(".write-comment [name=text]").inputValue(), "I was there.");
  await page.waitForTimeout(3_100);
  await page.locator(".write-comment button").click();
  await page.locator("main .notice.good").waitFor();
  assert.match(await words_of(page), /Comments \(1\)/);
  assert.doesNotMatch(await words_of(page), /I was there/);
  windows.reader.complaints.length = 0;  // 422
});

test("what was reported comes back to the moderator, who takes it away with a reason", async () => {
  const page = at("reader");
  await page.locator(".said details summary").first().click();
  const form = page.locator('.said form[action$="/report"]').first();
  await form.locator("[name=reason]").fill("Not the right place.");
  await page.waitForTimeout(3_100);
  await form.locator("button").click();
  await page.locator("main .notice.good").waitFor();
  const moderator = at("writer");
  await moderator.goto("/comments");
  assert.equal(await moderator.locator(".said > li").count(), 2);
  const late = await moderator.context().newPage();
  await late.goto("/comments");
  for (const beside of [moderator, late]) {
    const reported = beside.locator(".said > li", { hasText: "Not the right place." });
    await reported.locator("details", { has: beside.locator('form[action$="/remove"]') }).locator("summary").click();
    await reported.locator('form[action$="/remove"] [name=reason]').fill("Answered elsewhere.");
    await reported.locator('form[action$="/remove"] button').click();
  }
  await late.getByRole("alert").filter({ hasText: "Another moderator has removed the comment meanwhile." }).waitFor();
  await late.close();
  await moderator.waitForLoadState();
  await moderator.locator('form[action$="/show"] button').click();
  await page.goto(article);
  assert.match(await words_of(page), /Comments \(1\)[\s\S]*A reader[\s\S]*I was there/);
  await at("clerk").goto(article);
  assert.match(await words_of(at("clerk")), /Answered elsewhere/);
});

describe("looks", () => {
  const looks = { "en desk": {}, "vi phone": { language: "vi", viewport: phone }, ur: { language: "ur" }, dark: { colour: "dark" }, "ur phone dark": { language: "ur", viewport: phone, colour: "dark" } };
  for (const [name, options] of Object.entries(looks))
    test(`${name}: accessible, and no wider than the window`, async () => {
      const found = [];
      const account = await new_person(site, { role: "publisher@HT", office: "Publisher, Ha Tinh" });
      for (const office of [false, true]) {
        const window = await window_on(site, { viewport: desk, ...options });
        if (office) {
          await sign_in(window.page, account);
          await window.page.waitForURL("**/me");
        }
        const pages = office ? ["/news", article, "/news/new", "/comments"] : ["/news", article];
        for (const address of pages) {
          await window.page.goto(address);
          if (pictures) {
            await window.page.evaluate(() => document.fonts.ready);
            await window.page.screenshot({ path: `${pictures}/${name} ${office ? "office" : "public"} ${address.replace(article, "article").replaceAll("/", "-")}.png`, fullPage: true });
          }
          await window.page.evaluate(axe);
          const { violations } = await window.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
          for (const { id, nodes } of violations) found.push(`${address} ${id}: ${nodes[0].html.slice(0, 120)}`);
          const wide = await window.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
          if (wide) found.push(`${address} is wider than the window`);
        }
        await window.close();
      }
      assert.deepEqual(found, []);
    });
  for (const language of languages.slice(1))
    test(`${language}: no English word of ours`, async () => {
      const window = await window_on(site, { language });
      await window.page.goto(article);
      assert.doesNotMatch(await words_of(window.page), /Comments|Published|Sources|Documents/);
      await window.close();
    });
});

test("a correction names what was said before; withdrawn, only the reason is left", async () => {
  const page = at("writer");
  await page.goto(article);
  await page.locator('form[action$="/correct"] button').click();
  await page.locator("[name=note]").fill("The day was wrong.");
  await page.locator("[name=body]").fill("They signed on 14 March.");
  await page.locator("form.writing button").click();
  await page.locator('form[action$="/publish"] button').click();
  await at("reader").goto(article);
  assert.match(await words_of(at("reader")), /They signed on 14 March[\s\S]*The day was wrong/);
  await at("reader").getByRole("link", { name: "Version 1" }).click();
  assert.match(await words_of(at("reader")), /The best examples pass on/);
  await page.goto(article);
  await page.locator("details", { has: page.locator('form[action$="/withdraw"]') }).locator("summary").click();
  await page.locator('form[action$="/withdraw"] [name=reason]').fill("Of another year.");
  await page.locator('form[action$="/withdraw"] button').click();
  await at("reader").goto(article);
  const left = await words_of(at("reader"));
  assert.match(left, /Of another year/);
  assert.doesNotMatch(left, /They signed|I was there/);
  await at("reader").goto("/news");
  assert.doesNotMatch(await words_of(at("reader")), /Six localities/);
  assert.match(site.terminal("doctor"), /^Sound/);
});

test("no browser complained", () => {
  for (const [name, window] of Object.entries(windows)) assert.deepEqual(window.complaints.filter((one) => !/status of (404|422)/.test(one)), [], name);
});
