// Can people do what they come for? The journeys, in three languages, with and without scripts.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { cluster, hand_in, languages, phone, start_site, thousandths, window_on } from "./site.mjs";

let site;
before(async () => { site = await start_site(); });
after(async () => { await site?.stop(); });

async function visit(options, journey) {
  const window = await window_on(site, options);
  try {
    await journey(window.page, window);
    assert.deepEqual(window.complaints, []);
  } finally {
    await window.close();
  }
}

const name_of_ha_tinh = { en: /Ha Tinh/, vi: /Hà Tĩnh/, ur: /ہا ت|Hà Tĩnh/ };

describe("Ha Tinh’s rank and why", () => {
  for (const language of languages) {
    test(`is found from the front page in ${language}, and the sum adds up`, () => visit({ language }, async (page) => {
      await page.goto("/");
      assert.equal(await page.locator("html").getAttribute("lang"), language);
      await page.locator(`a[href="${cluster}/standings"]`).first().click();
      const first = page.locator("tr[data-rank]").first();
      assert.match(await first.locator("th").innerText(), name_of_ha_tinh[language]);
      const total = await first.locator("td.number").innerText();
      await first.locator("a").last().click();
      assert.match(await page.locator("h1").innerText(), name_of_ha_tinh[language]);
      const parts = await page.locator(".sum tbody tr:not(.total) td:nth-child(2)").allInnerTexts();
      const sum = parts.map((part) => thousandths(part, language)).reduce((a, b) => a + b, 0);
      assert.equal(sum, thousandths(total, language));
      assert.equal(await page.locator(".sum .total td:nth-child(2)").innerText(), total);
    }));
  }
});

test("the language can be changed on the page and stays", () => visit({}, async (page) => {
  await page.goto(`${cluster}/standings`);
  const figures = await page.locator("tr[data-rank] td.number").allInnerTexts();
  await page.locator('.menu-wide a[hreflang="vi"]').click();
  assert.equal(await page.locator("html").getAttribute("lang"), "vi");
  await page.locator('.menu-wide a[hreflang="ur"]').click();
  assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
  assert.deepEqual(await page.locator("tr[data-rank] td.number").allInnerTexts(), figures, "figures never turn round");
  await page.goto("/units");
  assert.equal(await page.locator("html").getAttribute("lang"), "ur");
}));

test("on a phone the menu opens without scripts and names stay on two lines", () => visit({ viewport: phone, scripts: false }, async (page) => {
  await page.goto(`${cluster}/standings`);
  await page.locator(".menu-narrow > summary").click();
  await page.locator('.menu-narrow a[href="/units"]').click();
  assert.equal(new URL(page.url()).pathname, "/units");
  await page.goto("/movements/four-good-cells/2024/standings");
  for (const name of await page.locator("tr[data-rank] th a").all()) {
    const lines = await name.evaluate((link) => link.getClientRects().length);
    assert.ok(lines <= 2, `${await name.innerText()} takes ${lines} lines`);
  }
}));

test("without scripts standings are filtered, and a value is changed", () => visit({ scripts: false, office: true }, async (page) => {
  await page.goto(`${cluster}/standings`);
  await page.locator("main input[name=q]").fill("quang");
  await page.locator("main form.filters button").click();
  assert.equal(await page.locator("tr[data-rank]").count(), 2);
  await page.locator("tr[data-rank] a").last().click();
  const row = page.locator("#value-growth");
  await row.locator("summary").click();
  const was = await row.locator("input[name=value]").inputValue();
  await row.locator("input[name=value]").fill("1");
  await row.locator("button").click();
  assert.equal(await page.locator("table td strong").first().innerText(), "1");
  await page.goBack();
  await page.reload();  // the page from before the change does not know it, and would not overwrite it
  await row.locator("summary").click();
  await row.locator("input[name=value]").fill(was);
  await row.locator("button").click();
  assert.equal(await page.locator("table td strong").first().innerText(), was);
}));

test("a value that is no number is refused with what was expected", () => visit({ office: true }, async (page, window) => {
  await page.goto(`${cluster}/standings`);
  await page.locator("tr[data-rank] a").last().click();
  await page.locator("#value-growth summary").click();
  await page.locator("#value-growth input[name=value]").fill("seven");
  await page.locator("#value-growth button").click();
  assert.match(await page.locator("[role=alert]").innerText(), /seven/);
  window.complaints.length = 0;  // the browser logs the status 422 itself
}));

test("a changed value moves the rank in a second window without reload", () => visit({}, async (watcher) => {
  await watcher.goto(`${cluster}/standings`);
  const ranks = () => watcher.locator("tr[data-rank]").evaluateAll((rows) => rows.map((row) => `${row.dataset.rank} ${row.querySelector("th a").textContent}`));
  const before_change = await ranks();
  await watcher.evaluate(() => { globalThis.same_page = true; });
  await watcher.locator(".live:not([hidden])").waitFor();
  await visit({ office: true }, async (editor) => {
    const change = async (value) => {
      await editor.goto(`${cluster}/standings`);
      await editor.getByRole("row", { name: /Ha Tinh/ }).locator("a").last().click();
      await editor.locator("#value-party_building summary").click();
      const was = await editor.locator("#value-party_building input[name=value]").inputValue();
      await editor.locator("#value-party_building input[name=value]").fill(value);
      await editor.locator("#value-party_building button").click();
      await editor.locator("h1").waitFor();
      return was;
    };
    const was = await change("1");
    await watcher.waitForFunction((first) => !document.querySelector("tr[data-rank] th a").textContent.includes(first), before_change[0].slice(2));
    assert.notDeepEqual(await ranks(), before_change);
    assert.ok(await watcher.locator("tr.moved").count() > 0, "rows that moved are marked");
    assert.notEqual(await watcher.locator("live-part [aria-live]").innerText(), "");
    await change(was);
    await watcher.waitForFunction((first) => document.querySelector("tr[data-rank] th a").textContent.includes(first), before_change[0].slice(2));
    assert.deepEqual(await ranks(), before_change);
  });
  assert.equal(await watcher.evaluate(() => globalThis.same_page), true, "the page was not loaded again");
}));

test("typing filters at once, and the address keeps the selection", () => visit({}, async (page) => {
  await page.goto(`${cluster}/standings`);
  await page.locator("main input[name=q]").pressSequentially("ha tinh");
  await page.waitForFunction(() => document.querySelectorAll("tr[data-rank]").length === 1);
  await page.waitForURL(/q=ha/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "q", "the field keeps the focus");
  await page.reload();
  assert.equal(await page.locator("tr[data-rank]").count(), 1);
  assert.equal(await page.locator("main input[name=q]").inputValue(), "ha tinh");
  await page.locator("main input[name=q]").fill("zzzz");
  await page.locator(".empty a").click();
  await page.waitForFunction(() => document.querySelectorAll("tr[data-rank]").length === 6);
}));

test("search finds names without their accents", () => visit({}, async (page) => {
  await page.goto("/units");
  await page.locator("main input[name=q]").pressSequentially("dong hoi");
  await page.locator(".tree a", { hasText: "Dong Hoi" }).first().waitFor();
}));

test("the tree opens in place, and without scripts on a page of its own", async () => {
  await visit({}, async (page) => {
    await page.goto("/units");
    await page.locator(".tree a.open").first().click();
    await page.locator(".tree .branch .unit").first().waitFor();
    assert.equal(new URL(page.url()).search, "");
    assert.equal(await page.locator(".tree a.open").first().getAttribute("aria-expanded"), "true");
  });
  await visit({ scripts: false }, async (page) => {
    await page.goto("/units");
    await page.locator(".tree a.open").first().click();
    assert.match(new URL(page.url()).search, /under=/);
    assert.ok(await page.locator(".tree .unit").count() > 1);
  });
});

test("a keyboard is enough", () => visit({}, async (page) => {
  await page.goto(`${cluster}/standings`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  for (let step = 0; step < 40; ++step) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const outline = getComputedStyle(document.activeElement);
      return { why: document.activeElement.matches("tr[data-rank] td a"), visible: outline.outlineStyle !== "none" };
    });
    assert.ok(at.visible, "the focus is visible");
    if (at.why) break;
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/units\//);
}));

test("a broken file is refused with the place of each fault; nothing is stored", () => visit({ office: true }, async (page) => {
  await hand_in(page, "broken.csv", "unit,indicator,period,value\n42,growth,2023,8;1\n424242,growth,2023,7\n");
  await page.locator("code", { hasText: "broken.csv:2:" }).waitFor();
  await page.locator("code", { hasText: "broken.csv:3:" }).waitFor();
  assert.equal(await page.locator('form[action$="/apply"]').count(), 0);
}));

test("a good file shows its plan first, and is applied on demand; again it changes nothing", () => visit({ office: true }, async (page) => {
  const growth = "unit,indicator,period,value,target\n40,growth,2024,6.5,7.5\n";
  await hand_in(page, "growth.csv", growth);
  await page.locator('form[action$="/apply"] button').click();
  await page.waitForFunction(() => !document.querySelector('form[action$="/apply"]') && !document.querySelector("progress"));
  await hand_in(page, "growth.csv", growth);
  assert.equal(await page.locator('form[action$="/apply"]').count(), 0);
}));
