// What do tests of accounts stand on? A server in an empty folder with its set-up link, people who were invited at the
// terminal, an authenticator app and a passkey device.
import { spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const program = process.env.GUIDON ?? join(root, "build/release/guidon");

export const password = "seven herons over the weir";

export function free_port() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/// Waits until `log` holds a match of `pattern`; the log comes in pieces.
function told(server, log, pattern) {
  return new Promise((found, failed) => {
    const look = () => {
      const match = pattern.exec(log.join(""));
      if (match) found(match[1]);
    };
    server.stderr.on("data", look);
    server.once("exit", (status) => failed(new Error(`guidon serve ended with ${status}: ${log.join("")}`)));
    look();
  });
}

function run(folder, ...words) {
  const done = spawnSync(program, words, { cwd: folder, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`guidon ${words.join(" ")}: ${done.stderr}`);
  return done.stdout.trim();
}

/// A server on an empty folder, as a new user starts it, and a browser. Passkeys need a name, so the address says localhost.
/// `setup` is the link of its log.
export async function start_empty({ port, options = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "guidon-accounts-"));
  const listen = `127.0.0.1:${port ?? (await free_port())}`;
  const address = `http://localhost:${listen.split(":")[1]}`;
  const server = spawn(program, ["serve", "--db", "sqlite:guidon.db", "--listen", listen, "--site", address, ...options], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  const log = [];
  server.stderr.setEncoding("utf8").on("data", (piece) => log.push(piece));
  const end_with_us = () => server.kill("SIGKILL");
  process.once("exit", end_with_us);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  return {
    address, browser, folder, log,
    setup: await told(server, log, /(http:\/\/\S+\/setup\/\S+)/),
    /// `guidon WORDS… --db …` beside the running server; gives what it prints.
    terminal: (...words) => run(folder, ...words, "--db", "sqlite:guidon.db"),
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

/// The first administrator, made over the set-up link without a browser.
export async function set_up(site, { organises = true } = {}) {
  const sent = new URLSearchParams({ person: "Administrator", account: "administrator", password, again: password, ...(organises && { organises: "yes" }) });
  const answer = await fetch(site.setup, { method: "POST", body: sent, redirect: "manual", headers: { Accept: "text/html" } });
  if (answer.status !== 303) throw new Error(`set-up: ${answer.status} ${await answer.text()}`);
}

/// Somebody with an account and a password of their own; gives the account's name.
let people = 0;
export async function new_person(site, { role = "auditor", office = "Auditor" } = {}) {
  const account = `${role}-${++people}`.replaceAll("_", "-");
  const link = site.terminal("people", "add", "--name", office, "--account", account, "--role", role, "--site", site.address);
  const answer = await fetch(link, { method: "POST", body: new URLSearchParams({ password, again: password }), redirect: "manual", headers: { Accept: "text/html" } });
  if (answer.status !== 303) throw new Error(`invitation: ${answer.status} ${await answer.text()}`);
  return account;
}

/// The first step at the sign-in page. Where it leads is for the test to say.
export async function sign_in(page, account, secret = password) {
  await page.goto("/sign-in");
  const form = page.locator('form[action="/sign-in"]');
  await form.locator("[name=name]").fill(account);
  await form.locator("[name=password]").fill(secret);
  await form.locator("button").click();
}

/// The code that an authenticator app shows `steps` half minutes from now (RFC 6238). `secret` is base 32, spaced or not.
export function app_code(secret, steps = 0) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac("sha1", key).update(counter).digest();
  const code = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(code % 1_000_000).padStart(6, "0");
}

/// A device with passkeys for the window of `page`, whose owner always confirms.
export async function passkey_device(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options });
  return { cdp, authenticatorId };
}

/// Opens the shut form with the action `action` in the account page and gives it.
export async function account_form(page, action) {
  if (new URL(page.url()).pathname !== "/me/account") await page.goto("/me/account");
  const form = page.locator(`main form[action="${action}"]`).first();
  const shut = page.locator("main details:not([open])", { has: page.locator(`form[action="${action}"]`) });
  if (await shut.count()) await shut.locator("summary").click();
  return form;
}

/// Adds an authenticator app; gives its secret and the recovery codes. The code is that of the step before now, so that
/// the present one and the next can still be used.
export async function add_app(page) {
  const form = await account_form(page, "/me/app");
  await form.locator("[name=now]").fill(password);
  await form.locator("button").click();
  const secret = await page.locator(".qr + p code").textContent();
  await page.locator("[name=code]").fill(app_code(secret, -1));
  await page.locator('form[action="/me/app/confirm"] button').click();
  const codes = await page.locator(".codes code").allTextContents();
  return { secret, codes };
}
