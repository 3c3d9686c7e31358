// Do the best exemplars find their way to others, to those who look at them again, and into print? Adopted by a
// neighbour with the keyboard alone, surveyed by an officer of the province, nominated, written, approved and published.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { password, sign_in, start_empty } from "./signing_in.mjs";
import { window_on } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const units = "code,parent,kind,name,name:vi,name:ur\nHT,,province,Ha Tinh,Hà Tĩnh,ہا تنھ\nHT-KA,HT,commune,Ky Anh,Kỳ Anh,کی آنھ\nHT-LH,HT,commune,Loc Ha,Lộc Hà,لوک ہا\n";
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
fields = [{ key = "economy", title = { en = "Economy", vi = "Kinh tế", ur = "معیشت" } }]
levels = [{ key = "province", title = { en = "Province", vi = "Cấp tỉnh", ur = "صوبائی" }, recognised_by = ["province"] }]
`;
const whole = {
  situation: "Gardens lay fallow after the storm.", aim: "Every household plants again.", result: "62 of 62 gardens planted by June",
  method: "Neighbours plan together, one garden a week.", place: "Hamlet 3", forces: "The farmers’ association leads.",
  product: "62 gardens and a calendar", upkeep: "A cooperative group keeps the tools.", beneficiaries_who: "households", starts: "2024-02-01",
};

let site;
let gardens;
const windows = {};
const at = (name) => windows[name].page;
const words_of = (page) => page.locator("main").innerText();

before(async () => {
  site = await start_empty();
  const file = (name, content) => { writeFileSync(join(site.folder, name), content); return name; };
  site.terminal("import", "units", file("units.csv", units));
  site.terminal("import", "movement", file("skilled.toml", movement));
  for (const [account, role] of Object.entries({ clerk: "reporter@HT-KA", neighbour: "reporter@HT-LH", office: "organiser@HT" })) {
    const link = site.terminal("people", "add", "--name", `Office ${account}`, "--account", account, "--role", role, "--site", site.address);
    const answer = await fetch(link, { method: "POST", body: new URLSearchParams({ password, again: password }), redirect: "manual", headers: { Accept: "text/html" } });
    assert.equal(answer.status, 303);
    windows[account] = await window_on(site);
    await sign_in(at(account), account);
    await at(account).waitForURL("**/me");
  }
  windows.public = await window_on(site);
  const token = site.terminal("people", "token", "--account", "clerk", "--ends", "2099-01-01");
  const made = await fetch(`${site.address}/exemplars`, {
    method: "POST", headers: { Accept: "application/json", "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify({ movement: "skilled", period: "2026", unit: "HT-KA", title: "Model gardens", field: "economy", then: "register", ...whole }),
  });
  assert.equal(made.status, 201);
  gardens = `/exemplars/${(await made.json()).id}`;
});
after(async () => {
  for (const window of Object.values(windows)) await window.close();
  await site?.stop();
});

/// With the keyboard alone: what is folded opens, what is a button is pressed.
async function unfold(page, name) {
  await page.locator("summary", { hasText: name }).first().focus();
  await page.keyboard.press("Enter");
}
async function type(page, name, text) {
  await page.locator(`main details[open] [name=${name}]`).first().focus();
  await page.keyboard.type(text);
}
async function press(page, name, shown) {
  await page.getByRole("button", { name, exact: true }).first().focus();
  await page.keyboard.press("Enter");
  await page.locator("main", { hasText: shown }).waitFor();
}

async function is_accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa"] }));
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), []);
}

test("with the keyboard alone a neighbour adopts it, the other side agrees, and a draft begins", async () => {
  const page = at("neighbour");
  await page.goto(gardens);
  await unfold(page, "Adopt in my unit");
  assert.equal(await page.locator("main details[open] [name=unit]").inputValue(), "HT-LH");
  await type(page, "adaptation", "Fish ponds instead of gardens");
  await press(page, "Suggest the adoption", "The origin has not agreed yet");
  const adoption = new URL(page.url()).pathname;
  assert.match(adoption, /^\/adoptions\/\w+$/);
  await is_accessible(page);

  const origin = at("clerk");
  await origin.goto("/me");
  await origin.getByRole("link", { name: "Another unit would adopt an exemplar of yours" }).focus();
  await origin.keyboard.press("Enter");
  await origin.waitForURL(`**${adoption}`);
  await unfold(origin, "Agree as the origin");
  await press(origin, "Agree as the origin", "The origin has agreed");

  await page.goto("/me");
  await page.getByRole("link", { name: "An adoption is agreed: begin" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${adoption}`);
  await unfold(page, "Begin");
  await press(page, "Begin", "being adopted");
});

test("the draft is completed, registered and carried out; the family is seen as a drawing and as a table", async () => {
  const page = at("neighbour");
  const adoption = page.url();
  await page.locator("dl.facts a", { hasText: "Model gardens" }).last().click();
  await page.getByRole("link", { name: "Edit" }).click();
  assert.match(await page.locator("[name=method]").inputValue(), /Fish ponds instead of gardens/);
  await page.locator("[name=title]").fill("Fish ponds of Loc Ha");
  await page.locator("[name=place]").fill("Hamlet 9");
  await page.getByRole("button", { name: "Register" }).click();
  await page.locator("main", { hasText: "registered" }).waitFor();
  await page.goto(adoption);
  await page.locator("summary", { hasText: "It is carried out" }).click();
  await page.getByRole("button", { name: "It is carried out" }).click();
  await page.locator(".chip", { hasText: "adopted" }).waitFor();

  const visitor = at("public");
  await visitor.goto(gardens);
  await visitor.getByRole("link", { name: "Family tree" }).click();
  await visitor.waitForURL("**/family");
  const drawing = visitor.locator(".family svg");
  assert.match(await drawing.getAttribute("aria-label"), /Family tree of “Model gardens”/);
  assert.match(await drawing.innerHTML(), /Fish ponds of Loc Ha/);
  const row = visitor.getByRole("row", { name: /Fish ponds of Loc Ha/ });
  assert.match(await row.innerText(), /Loc Ha/);
  assert.match(await words_of(visitor), /One exemplar descends from it/);
  await is_accessible(visitor);
  await visitor.goto("/exemplars/spread?unit=HT");
  await is_accessible(visitor);
});

test("a survey is planned, carried out, and tells on the exemplar’s page when it was looked at", async () => {
  const page = at("office");
  await page.goto(gardens);
  await page.locator("summary", { hasText: "Plan a survey" }).click();
  await page.locator("#reviews [name=team]").fill("Fatherland Front, Ky Anh");
  await page.getByRole("button", { name: "Plan a survey" }).click();
  await page.waitForURL(/\/reviews\/\w+$/);
  await is_accessible(page);
  const survey = page.url();
  await page.goto("/me");
  await page.getByRole("link", { name: "Surveys that your unit planned" }).click();
  await page.getByRole("row", { name: /Model gardens/ }).locator("td a").last().click();
  await page.waitForURL(survey);
  for (const field of await page.locator("[name^=points_]").all()) await field.fill("7.5");
  await page.locator("[name=recommendation]").selectOption("improve");
  await page.getByRole("button", { name: "Store the outcome" }).click();
  assert.match(await page.locator("#refused").innerText(), /what was found/);
  assert.equal(await page.locator("[name^=points_]").first().inputValue(), "7.5");
  await page.locator("[name=findings]").fill("The calendar is not kept.");
  await page.getByRole("button", { name: "Store the outcome" }).click();
  await page.locator(".chip", { hasText: "done" }).waitFor();
  assert.match(await words_of(page), /52\.5 of 100/);
  const visitor = at("public");
  await visitor.goto(gardens);
  const shown = await words_of(visitor);
  assert.match(shown, /Last looked at on/);
  assert.match(shown, /advises to improve it/);
  assert.doesNotMatch(shown, /calendar is not kept|52\.5/);
});

test("it is nominated into a book, written by its unit, approved, published and read", async () => {
  const office = at("office");
  await office.goto("/books");
  await office.locator("summary", { hasText: "Begin a book" }).click();
  await office.locator("[name=title_en]").fill("The best of five years");
  await office.locator("[name=title_vi]").fill("Điển hình năm năm");
  await office.locator("[name=unit]").fill("HT");
  await office.locator("[name=from_year]").fill("2021");
  await office.locator("[name=to_year]").fill("2025");
  await office.locator("[name=rules]").fill("quota = 1\n");
  await office.getByRole("button", { name: "Begin a book" }).click();
  await office.waitForURL(/\/books\/\w+$/);
  const book = office.url();

  const clerk = at("clerk");
  await clerk.goto(book);
  await clerk.locator("summary", { hasText: "Nominate an exemplar" }).click();
  await clerk.locator("[name=exemplar]").fill(site.address + gardens);
  await clerk.getByRole("button", { name: "Nominate an exemplar" }).click();
  await clerk.getByRole("row", { name: /Model gardens/ }).waitFor();

  await office.goto(book);
  await is_accessible(office);
  await office.getByRole("button", { name: "Put on the long list" }).click();
  assert.match(await office.locator("[role=alert]").innerText(), /Choose at least one/);
  await office.getByRole("row", { name: /Model gardens/ }).getByRole("link").click();
  for (const step of ["Put on the long list", "Was surveyed", "Select", "Request the text"]) await office.getByRole("button", { name: step, exact: true }).click();
  await office.locator(".chip", { hasText: "text requested" }).waitFor();
  const entry = office.url();

  await clerk.goto("/me");
  await clerk.getByRole("link", { name: "Text for a book" }).click();
  await clerk.waitForURL(entry);
  await clerk.locator("summary[lang=en]").click();
  const form = clerk.locator("form", { has: clerk.locator("[name=body][lang=en]") });
  await form.locator("[name=title]").fill("Gardens after the storm");
  await form.locator("[name=body]").fill("Nothing grew.\n\nThen everybody planted.");
  await form.getByRole("button").click();
  await clerk.getByRole("button", { name: "Hand the text in" }).click();
  await clerk.locator(".chip", { hasText: "text delivered" }).waitFor();

  await office.goto(entry);
  await office.getByRole("button", { name: "Text is edited" }).click();
  await office.goto("/me");
  await office.getByRole("link", { name: "Consent to record for a book" }).click();
  await office.locator("summary", { hasText: "Record the consent" }).click();
  await office.locator("[name=by]").fill("Cooperative group");
  await office.locator("[name=facts_by]").fill("Statistics office");
  await office.locator("form", { has: office.locator("[name=by]") }).getByRole("button").click();
  await office.locator("main", { hasText: "Cooperative group" }).waitFor();
  await office.getByRole("button", { name: "Consent and facts are checked" }).click();
  await office.goto("/me");
  await office.getByRole("link", { name: "Texts of a book to approve" }).click();
  await is_accessible(office);
  for (const step of ["Approve", "Is typeset"]) await office.getByRole("button", { name: step, exact: true }).click();
  await office.locator(".chip", { hasText: "typeset" }).waitFor();
  await office.goto(book);
  await office.locator("summary", { hasText: "Publish the book" }).click();
  await office.getByRole("button", { name: "Publish the book" }).click();
  await office.locator(".chip.good", { hasText: "published on" }).waitFor();

  const visitor = at("public");
  await visitor.goto("/books");
  await visitor.getByRole("link", { name: "The best of five years" }).click();
  await visitor.getByRole("link", { name: "Read and print" }).click();
  await visitor.waitForURL("**/print");
  assert.match(await words_of(visitor), /Then everybody planted/);
  assert.doesNotMatch(await words_of(visitor), /Cooperative group/);
  await is_accessible(visitor);
  const pdf = await fetch(`${book}/book.pdf`);
  assert.equal(Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString(), "%PDF-");
});

test("nobody’s browser complained", () => {
  for (const [name, window] of Object.entries(windows))
    assert.deepEqual(window.complaints.filter((text) => !/status of 422/.test(text)), [], name);
});
