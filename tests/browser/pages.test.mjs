// Is every page accessible, light, quiet, and whole on a phone? In three languages, light and dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { addresses, languages, phone, start_site, window_on } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const most_bytes = 40 * 1024;  // of a public page without scripts and fonts, in one round of requests
const expected_status = { missing: 404 };
const of_the_office = new Set([
  "import", "plan", "refused", "people", "work", "exemplar_work", "exemplar_form", "exemplars_many", "similar", "reviews", "review", "book", "article_form", "moderation",
]);  // the others are everybody's

let site;
let pages;
before(async () => {
  site = await start_site();
  const { page, close } = await window_on(site, { office: true });
  pages = { ...await addresses(page, site), people: "/people", work: "/me" };
  await close();
});
after(async () => { await site?.stop(); });

/// A visitor's window and one of the office; `of` gives the one for a page.
async function both_windows(options) {
  const visitor = await window_on(site, options);
  const office = await window_on(site, { ...options, office: true });
  return { of: (name) => (of_the_office.has(name) ? office : visitor), close: () => Promise.all([visitor.close(), office.close()]) };
}

async function open_all(options, look) {
  const windows = await both_windows(options);
  const found = [];
  for (const [name, address] of Object.entries(pages)) {
    const { page, complaints } = windows.of(name);
    const answer = await page.goto(address);
    const status = expected_status[name] ?? 200;
    if (answer.status() !== status) found.push(`${name}: status ${answer.status()}`);
    if (status >= 400) complaints.length = 0;  // the browser logs the status itself
    found.push(...complaints.splice(0).map((complaint) => `${name}: ${complaint}`));
    found.push(...(await look(page, name, address)).map((finding) => `${name}: ${finding}`));
  }
  await windows.close();
  assert.deepEqual(found, []);
}

async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} at ${node.target.join(" ")}: ${node.html.slice(0, 120)}`));
}

describe("axe finds nothing on any page", () => {
  for (const language of languages) {
    for (const colour of ["light", "dark"]) test(`${language}, ${colour}`, () => open_all({ language, colour }, violations));
  }
  test("on a phone", () => open_all({ viewport: phone }, violations));
});

describe("no page is wider than a phone", () => {
  for (const language of languages) {
    test(language, () => open_all({ language, viewport: phone }, async (page) => {
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      return beyond > 0 ? [`${beyond} pixels beyond the edge`] : [];
    }));
  }
});

test("a page without scripts and fonts is light and comes in one round of requests", async () => {
  const windows = await both_windows({ scripts: false });
  let bytes = 0;
  for (const { page } of [windows.of("front"), windows.of("import")]) {
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    await page.route(/\.(woff2|js)$/, (route) => route.abort());
    session.on("Network.loadingFinished", ({ encodedDataLength }) => { bytes += encodedDataLength; });
  }
  const weights = {};
  for (const [name, address] of Object.entries(pages)) {
    bytes = 0;
    await windows.of(name).page.goto(address, { waitUntil: "networkidle" });
    weights[name] = bytes;
  }
  await windows.close();
  console.log(Object.entries(weights).map(([name, weight]) => `${name} ${(weight / 1024).toFixed(1)} KB`).join(", "));
  for (const [name, weight] of Object.entries(weights)) assert.ok(weight < most_bytes, `${name} weighs ${weight} bytes`);
});

test("nothing inline: the pages need no exception from the content security policy", async () => {
  const windows = await both_windows();
  for (const [name, address] of Object.entries(pages)) {
    const { page } = windows.of(name);
    const answer = await page.goto(address);
    const policy = answer.headers()["content-security-policy"] ?? "";
    assert.match(policy, /default-src 'self'/, name);
    assert.doesNotMatch(policy, /unsafe-/, name);
    assert.equal(await page.locator("[style], script:not([src], [type='application/ld+json']), style").count(), 0, name);  // data is not run
  }
  await windows.close();
});

test("print shows the table without forms and menus", async () => {
  const { page, close } = await window_on(site);
  await page.emulateMedia({ media: "print" });
  await page.goto(pages.standings);
  assert.equal(await page.locator(".standings").isVisible(), true);
  for (const hidden of [".filters", ".menu-wide", ".links"]) assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  await close();
});
