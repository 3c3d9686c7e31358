// What do browser tests stand on? A server of their own on a demo database of their own, and a browser that notices
// every complaint: console errors, uncaught exceptions, refused content.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { password, sign_in } from "./signing_in.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const guidon = process.env.GUIDON ?? join(root, "build/release/guidon");

export const cluster = "/movements/north-central-cluster/2023";
export const languages = ["en", "vi", "ur"];
export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 900 };

function free_port() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function answers(address, server) {
  for (let tries = 0; tries < 300; ++tries) {
    if (server.exitCode !== null) throw new Error(`guidon serve ended with ${server.exitCode}`);
    const health = await fetch(`${address}/healthz`).catch(() => undefined);
    if (health?.ok) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error("guidon serve does not answer");
}

/// The demo, and an account `office` that organises and reports everywhere: `token` is for programs, `window_on` signs it in.
export async function start_site() {
  const folder = mkdtempSync(join(tmpdir(), "guidon-browser-"));
  const db = `sqlite:${join(folder, "demo.sqlite")}`;
  const terminal = (...words) => {
    const done = spawnSync(guidon, [...words, "--db", db], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`guidon ${words.join(" ")}: ${done.stderr}`);
    return done.stdout.trim();
  };
  terminal("demo");
  const address = `http://127.0.0.1:${await free_port()}`;
  const server = spawn(guidon, ["serve", "--db", db, "--listen", address.slice("http://".length)], { stdio: ["ignore", "ignore", "inherit"] });
  const end_with_us = () => server.kill("SIGKILL");
  process.once("exit", end_with_us);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  await answers(address, server);
  const invitation = terminal("people", "add", "--name", "Office, Ha Tinh", "--account", "office", "--role", "organiser", "--role", "reporter", "--role", "verifier", "--role", "publisher", "--site", address);
  const chosen = await fetch(invitation, { method: "POST", body: new URLSearchParams({ password, again: password }), redirect: "manual", headers: { Accept: "text/html" } });
  if (chosen.status !== 303) throw new Error(`invitation: ${chosen.status} ${await chosen.text()}`);
  const token = terminal("people", "token", "--account", "office", "--ends", "2099-01-01");
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  return {
    address,
    browser,
    token,
    async stop() {
      await browser.close();
      const ended = new Promise((done) => server.once("exit", done));
      server.kill("SIGTERM");
      await ended;
      process.off("exit", end_with_us);
      rmSync(folder, { recursive: true });
    },
  };
}

/// A window of its own (cookies too), of a visitor or, if it is for the office, of somebody who has signed in.
/// `complaints` fills with what the browser objected to.
export async function window_on(site, { scripts = true, language = "en", viewport = desk, colour = "light", office = false } = {}) {
  const context = await site.browser.newContext({
    baseURL: site.address, javaScriptEnabled: scripts, locale: language, viewport, colorScheme: colour, reducedMotion: "reduce",
    extraHTTPHeaders: { "Accept-Language": language },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  if (office) {
    await sign_in(page, "office");
    await page.waitForURL("**/me");
  }
  return { page, complaints, close: () => context.close() };
}

/// Hands in a file of values; gives the address of its plan.
export async function hand_in(page, name, content) {
  await page.goto("/import");
  await page.locator("input[type=radio][value=values]").check();
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
  await page.locator("main form button").first().click();
  await page.waitForURL(/\/import\/.+/);
  return new URL(page.url()).pathname;
}

/// What an office adds to the demo, over the wire; gives its address.
async function added(site, path, body) {
  const answer = await fetch(site.address + path, {
    method: "POST", body: JSON.stringify(body),
    headers: { Accept: "application/json", "Content-Type": "application/json", Authorization: `Bearer ${site.token}`, "If-Match": "*" },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  const made = await answer.json();
  return made.href ?? made.book?.href;
}

/// The pages of exemplars and what comes of them: gallery, figures, families, surveys, a book, an article.
async function addresses_of_exemplars(page, site) {
  const list = await (await fetch(`${site.address}/exemplars.json?state=recognised`)).json();
  const exemplar = list.exemplars[0].href;
  const cycle = "skilled-mass-mobilisation";
  const book = await added(site, "/books", { unit: "22", movement: cycle, title_en: "A hundred", title_vi: "Một trăm", title_ur: "ایک سو", from_year: "2021", to_year: "2025", call: "Units nominate.", rules: "quota = 100\n[[balance]]\nfield = \"economy\"\nmost = 40\n" });
  await added(site, `${book}/entries`, { exemplar: (await (await fetch(`${site.address}/exemplars.json?state=recognised&movement=${cycle}`)).json()).exemplars[0].id });
  const article = await added(site, "/news", { unit: "22", language: "en", title: "A year looked back on", lede: "What worked.", body: "# Recognised\n- collectives\n- individuals\n\n> What one has learned, the next need not.", authors: ["Emulation office"], sources: [{ label: "Report" }] });
  await added(site, `${article}/publish`, {});
  const in_a_month = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const planned = await added(site, "/reviews", { exemplar: exemplar.split("/").at(-1), planned_on: in_a_month });
  await page.goto(exemplar);
  return {
    gallery: "/exemplars", gallery_narrowed: "/exemplars?state=recognised&field=economy", gallery_found: "/exemplars?q=nong+thon", gallery_nothing: "/exemplars?q=zzzz",
    exemplar, exemplar_work: exemplar, figures: "/exemplars/figures", figures_of_year: "/exemplars/figures?year=2024", family: `${exemplar}/family`, spread: "/exemplars/spread",
    exemplar_form: `/exemplars/new?movement=${cycle}&period=2025`, exemplars_many: `/exemplars/bulk?cycle=${cycle}/2025&state=registered`, similar: `${exemplar}/similar`,
    reviews: "/reviews", review: planned, books: "/books", book, news: "/news", article, article_form: "/news/new", moderation: "/comments", open_data: "/open-data",
  };
}

/// The addresses of one page of each kind, found by following the site as a reader does.
export async function addresses(page, site) {
  await page.goto(`${cluster}/standings`);
  const why = await page.getByRole("row", { name: /Ha Tinh/ }).getByRole("link", { name: /^Why/ }).getAttribute("href");
  await page.goto(why);
  const plan = await hand_in(page, "plan.csv", "unit,indicator,period,value,remarks\n42,growth,2023,6.5,x\n40,growth,2024,6.5,\n");
  const refused = await hand_in(page, "refused.csv", "unit,indicator,period,value\n42,growth,2023,8;1\n424242,growth,2023,7\n");
  const unit = `/units/${why.split("/").at(-1)}`;
  return {
    front: "/", movements: "/movements", cycle: cluster, standings: `${cluster}/standings`, cells: "/movements/four-good-cells/2024/standings",
    why, unit, units: "/units", found: "/units?q=dong+hoi", nothing: "/units?q=zzzz", rollup: "/movements/four-good-cells/2024/rollup",
    import: "/import", plan, refused, health: "/healthz", api: "/api", api_area: "/api/exemplars", missing: "/no-such-page",
    ...await addresses_of_exemplars(page, site),
  };
}

/// A figure as the page's language writes it, in thousandths.
export function thousandths(text, language) {
  const plain = text.replace(language === "vi" ? /\./g : /,/g, "").replace(",", ".").replace("−", "-").replace(/[^0-9.-]/g, "");
  return Math.round(Number(plain) * 1000);
}
