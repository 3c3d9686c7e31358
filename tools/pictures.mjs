// How does the program look? Takes the pictures of the documentation from the demo. usage: node tools/pictures.mjs [OUTDIR]
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cluster, desk, phone, start_site, window_on } from "../tests/browser/site.mjs";

const out = resolve(process.argv[2] ?? join(dirname(dirname(fileURLToPath(import.meta.url))), "docs/pictures"));
mkdirSync(out, { recursive: true });
const site = await start_site();

async function picture(name, address, options, settled = "h1") {
  const { page, close } = await window_on(site, options);
  await page.goto(address);
  await page.locator(settled).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(out, `${name}.png`) });
  await close();
}

const { standings } = await (await fetch(`${site.address}${cluster}/standings.json`)).json();
const live = ".live:not([hidden])";
await picture("standings", `${cluster}/standings`, { viewport: { width: 1280, height: 820 } }, live);
await picture("why", standings[0].why_href, { viewport: desk }, live);
await picture("standings-urdu-dark", `${cluster}/standings`, { viewport: { width: 1280, height: 820 }, language: "ur", colour: "dark" }, live);
await picture("standings-phone", `${cluster}/standings`, { viewport: phone, language: "vi" }, live);
await site.stop();
