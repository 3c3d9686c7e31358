// Does an exemplar find its way from the first word to recognition? Written by an officer of a commune, judged by one of
// the province: with the keyboard alone, without scripts, and saved by itself with them.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { password, sign_in, start_empty } from "./signing_in.mjs";
import { phone, window_on } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const units = "code,parent,kind,name,name:vi,name:ur\nHT,,province,Ha Tinh,Hà Tĩnh,ہا تنھ\nHT-KA,HT,commune,Ky Anh,Kỳ Anh,کی آنھ\n";
const movement = `format = "guidon/movement/1"
key = "skilled"
issuer = "HT"
period = "2026"
starts = 2020-01-01
ends = 2099-12-31
title = { en = "Skilled mass mobilisation", vi = "Dân vận khéo", ur = "ماہرانہ عوامی تحرّک" }
[[criteria]]
key = "models"
max = 10
rule = { kind = "graded" }
[exemplars]
closes = 2099-06-30
fields = [{ key = "economy", title = { en = "Economy", vi = "Kinh tế", ur = "معیشت" } }, { key = "culture", title = { en = "Culture and society", vi = "Văn hóa – xã hội", ur = "ثقافت و معاشرہ" } }]
topics = [{ key = "environment", title = { en = "Environment", vi = "Môi trường", ur = "ماحول" } }]
levels = [{ key = "province", title = { en = "Province", vi = "Cấp tỉnh", ur = "صوبائی" }, recognised_by = ["province"] }]
reasons = [{ key = "formal", title = { en = "Formal only", vi = "Hình thức", ur = "صرف رسمی" } }]
`;
const texts = {
  situation: "Gardens lay fallow after the storm.", aim: "Every household plants again.", result: "62 of 62 gardens planted by June",
  method: "Neighbours plan together, one garden a week.", place: "Hamlet 3", forces: "The farmers’ association leads, the youth union helps.",
  product: "62 gardens and a calendar", upkeep: "A cooperative group keeps the tools.",
};

let site;
const windows = {};
const at = (name) => windows[name].page;
const path_of = (page) => new URL(page.url()).pathname;
const words_of = (page) => page.locator("main").innerText();

before(async () => {
  site = await start_empty();
  const file = (name, content) => { writeFileSync(join(site.folder, name), content); return name; };
  site.terminal("import", "units", file("units.csv", units));
  site.terminal("import", "movement", file("skilled.toml", movement));
  const people = { clerk: "reporter@HT-KA", slow: "reporter@HT-KA", office: "organiser@HT" };
  for (const [account, role] of Object.entries(people)) {
    const link = site.terminal("people", "add", "--name", `Office ${account}`, "--account", account, "--role", role, "--site", site.address);
    const answer = await fetch(link, { method: "POST", body: new URLSearchParams({ password, again: password }), redirect: "manual", headers: { Accept: "text/html" } });
    assert.equal(answer.status, 303);
    windows[account] = await window_on(site, { scripts: account !== "slow", ...(account === "slow" && { viewport: phone }) });
    await sign_in(at(account), account);
    await at(account).waitForURL("**/me");
  }
  windows.public = await window_on(site);
});
after(async () => {
  for (const window of Object.values(windows)) await window.close();
  await site?.stop();
});

async function fill(page) {
  for (const [name, text] of Object.entries(texts)) await page.locator(`[name=${name}]`).fill(text);
  await page.locator("[name=field]").selectOption("economy");
  await page.locator("[name=beneficiaries_number]").fill("62");
  await page.locator("[name=beneficiaries_who]").fill("households");
  await page.locator("[name=starts]").fill("2024-02-01");
}

async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).focus();
  await page.keyboard.press("Enter");
}

async function is_accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa"] }));
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), []);
}

test("without scripts a draft is kept, and what is missing is said at once with nothing lost", async () => {
  const page = at("slow");
  await page.goto("/exemplars/new");
  await page.locator("[name=title]").fill("Ferry without fare");
  await page.getByRole("button", { name: "Save draft" }).click();
  assert.match(path_of(page), /^\/exemplars\/\w+$/);
  await page.getByRole("link", { name: "Edit" }).click();
  await page.locator("[name=aim]").fill("No pupil waits at the river.");
  await page.getByRole("button", { name: "Register" }).click();
  const said = await page.locator("#refused").innerText();
  assert.match(said, /situation and reason/);
  assert.match(said, /main field/);
  assert.equal(await page.locator("[name=aim]").inputValue(), "No pupil waits at the river.");
  assert.equal(await page.locator("[aria-invalid=true]").count() > 5, true);
  await fill(page);
  await page.getByRole("button", { name: "Register" }).click();
  assert.match(await words_of(page), /registered/);
  await page.getByRole("button", { name: "Launch" }).click();
  assert.match(await words_of(page), /launched/);
});

test("with scripts the draft saves itself, once", async () => {
  const page = at("clerk");
  await page.goto("/exemplars/new");
  await page.locator("[name=title]").fill("Model gardens of Hamlet 3");
  await page.locator("[data-saved]").filter({ hasText: "Saved" }).waitFor();
  await page.waitForURL(/\/exemplars\/\w+\/edit$/);
  await fill(page);
  await page.locator("[data-saved]").filter({ hasText: "Not saved yet" }).waitFor();
  await page.locator("[data-saved]").filter({ hasText: /^Saved$/ }).waitFor();
  await page.locator("[name=money]").fill("12,50,0");
  await page.locator("[data-saved]").filter({ hasText: /^Not saved yet: .*12,50,0/ }).waitFor();
  await page.locator("[name=money]").fill("12,500.5");
  await page.locator("[data-saved]").filter({ hasText: /^Saved$/ }).waitFor();
  await page.goto("/exemplars/bulk?state=draft");
  assert.equal(await page.getByRole("row", { name: /Model gardens/ }).count(), 1);
  await page.getByRole("link", { name: "Model gardens of Hamlet 3" }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  assert.equal(await page.locator("[name=method]").inputValue(), texts.method);
  assert.equal(await page.locator("[name=money]").inputValue(), "12500.5");
  await is_accessible(page);
});

test("a unit is found by its name, with accents and without", async () => {
  const page = at("clerk");
  await page.goto("/exemplars/new");
  const field = page.locator("[name=unit]");
  for (const typed of ["ky an", "Kỳ Anh"]) {
    await field.fill("");
    await field.pressSequentially(typed);
    const offered = page.locator("datalist option[value=HT-KA]").and(page.locator(`[label*="${typed}" i]`));
    await offered.waitFor({ state: "attached" });
  }
  await field.fill("HT-KA");
  await is_accessible(page);
  await page.goBack();
});

test("with the keyboard alone it goes from the draft to recognition", async () => {
  const page = at("clerk");
  await press(page, "Register");
  await page.waitForURL(/\/exemplars\/\w+$/);
  const address = path_of(page);
  for (const [name, state] of [["Launch", "launched"], ["Start", "running"], ["Propose for recognition", "proposed"]]) {
    await press(page, name);
    await page.locator(".badges", { hasText: state }).waitFor();
  }
  const office = at("office");
  await office.goto("/me");
  assert.match(await words_of(office), /Proposed exemplars to submit/);
  await office.goto(address);
  await office.locator("summary", { hasText: "Submit to the council" }).focus();
  await office.keyboard.press("Enter");
  await press(office, "Submit to the council");
  await office.locator("summary", { hasText: /^Recognise$/ }).waitFor();
  await office.locator("summary", { hasText: /^Recognise$/ }).focus();
  await office.keyboard.press("Enter");
  const form = office.locator("form", { has: office.locator("input[value=recognise]") });
  await form.locator("[name=decision]").focus();
  await office.keyboard.type("14/QD");
  await form.locator("[name=on]").fill("2099-01-01");
  await form.locator("[name=on]").press("Enter");
  await office.getByRole("alert").waitFor();
  assert.equal(await form.locator("[name=decision]").inputValue(), "14/QD", "what was typed is still there");
  await form.locator("[name=on]").fill("");
  await form.locator("[name=decision]").press("Enter");
  await office.locator(".timeline", { hasText: "14/QD" }).waitFor();
  const visitor = at("public");
  await visitor.goto(address);
  const shown = await words_of(visitor);
  assert.match(shown, /recognised/);
  assert.match(shown, /62 of 62 gardens/);
  assert.doesNotMatch(shown, /Office clerk/);
  await is_accessible(visitor);
  await is_accessible(office);
});

test("nobody’s browser complained", () => {
  for (const [name, window] of Object.entries(windows))
    assert.deepEqual(window.complaints.filter((text) => !/status of 422/.test(text)), [], name);
});
