// Do offices at two levels work in one system, each with what is theirs and nothing more? From an empty folder to the
// journal that another machine checks, as somebody new would go.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { program, password, sign_in, start_empty } from "./signing_in.mjs";
import { phone, window_on } from "./site.mjs";

const cycle = "/movements/green-communes/2026";
const units = `code,parent,kind,name,name:vi,name:ur
HT,,province,Ha Tinh,Hà Tĩnh,ہا تنھ
HT-KA,HT,commune,Ky Anh,Kỳ Anh,کی آنھ
HT-DT,HT,commune,Duc Tho,Đức Thọ,ڈک تھو
`;
const groups = "group,unit,role,name\nplain,HT-KA,,Communes of the plain\nhills,HT-DT,,Communes of the hills\n";
const movement = `format = "guidon/movement/1"
key = "green-communes"
issuer = "HT"
period = "2026"
starts = 2020-01-01
ends = 2099-12-31
title = { en = "Green communes", vi = "Xã xanh", ur = "سبز کمیون" }
audience = { values = "chain", standings = "group", published = "public" }
participants = { under = "HT", kinds = ["commune"] }
ranking = { within = "group" }
[[criteria]]
key = "green"
title = { en = "Green cover", vi = "Phủ xanh", ur = "سبزہ" }
value = "trees"
max = 60
rule = { kind = "ratio", to = "target" }
[[criteria]]
key = "meetings"
title = { en = "Meetings held", vi = "Số kỳ sinh hoạt", ur = "اجلاس" }
max = 40
rule = { kind = "bands", bands = [{ from = 12, points = 40 }, { from = 10, points = 30 }, { from = 0, points = 0 }] }
`;

let site;
const windows = {}, people = {}, ids = {};
const yesterday = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
const next_week = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

before(async () => { site = await start_empty(); });
after(async () => {
  for (const window of Object.values(windows)) await window.close();
  await site?.stop();
});

async function open_window(name, options) {
  windows[name] = await window_on(site, options);
  return windows[name].page;
}
const at = (name) => windows[name].page;
const path_of = (page) => new URL(page.url()).pathname;
const words_of = (page) => page.locator("main").innerText();

/// Opens the shut form with an action that ends so, and gives it.
async function form_of(page, ending) {
  const wanted = `form[action$="${ending}"][method=post]`;
  const form = page.locator("main").locator(wanted).first();
  const shut = page.locator("main details:not([open])", { has: page.locator(wanted) });
  if (await shut.count()) await shut.first().locator("summary").click();
  return form;
}

async function send(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name=${name}]`);
    if (await field.evaluate((one) => one.tagName) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await form.locator("button").last().click();
}

async function bring_in(page, kind, name, content) {
  await page.goto("/import");
  await page.locator(`input[type=radio][value=${kind}]`).check();
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
  await page.locator("main form button").first().click();
  await page.locator('form[action$="/apply"] button').click();
  await page.waitForFunction(() => !document.querySelector('form[action$="/apply"]') && !document.querySelector("progress"));
}

/// Adds somebody with an office, its roles and an account; gives the address of their page and the link for them.
async function appoint(page, name, unit, title, roles, account) {
  await page.goto("/people");
  await send(await form_of(page, "/people"), { name, unit, title_en: title, from: yesterday });
  const href = path_of(page);
  for (const role of roles) await send(await form_of(page, "/roles"), { role, unit });
  await send(await form_of(page, "/account"), { account });
  return { account, href, link: (await page.locator("pre.secret").innerText()).trim() };
}

/// Follows the link, chooses a password and signs in, in a browser of their own.
async function come_in(name, options) {
  const page = await open_window(name, options);
  await page.goto(people[name].link);
  await page.locator("[name=password]").fill(password);
  await page.locator("[name=again]").fill(password);
  await page.locator("main button").click();
  await page.locator("main .notice[role=status]").waitFor();
  await sign_in(page, people[name].account);
  await page.waitForURL("**/me");
}

async function report(page, unit, indicator, fields) {
  if (path_of(page) !== `${cycle}/units/${unit}`) await page.goto(`${cycle}/units/${unit}`);
  const row = page.locator(`#value-${indicator}`);
  await row.locator("summary").click();
  await send(row.locator("form"), fields);
}

const figures_left = async (page) => {
  await page.goto("/me");
  const line = page.locator(".work li", { hasText: "Green communes" });
  return (await line.count()) ? line.locator(".number").innerText() : "none";
};

/// What the signed-in browser gets at an address, as text.
async function fetched(page, path) {
  const answer = await page.context().request.get(site.address + path, { headers: { "Accept-Language": "en" } });
  return { status: answer.status(), text: await answer.text() };
}

test("the set-up link makes the first administrator, who sees what comes first", async () => {
  const page = await open_window("head");
  await page.goto(site.setup);
  await page.locator("[name=person]").fill("Head of the emulation office, Ha Tinh");
  await page.locator("[name=account]").fill("head.hatinh");
  await page.locator("[name=password]").fill(password);
  await page.locator("[name=again]").fill(password);
  await page.locator("main button").click();
  await page.waitForURL("**/me");
  await page.locator('.work a[href="/import?kind=units"]').waitFor();
  await page.locator(".menu-wide .who > summary").click();
  await page.locator(".menu-wide form[action='/me/capacity'] button").first().click();
  await bring_in(page, "units", "units.csv", units);
  await page.goto("/me");
  await page.locator('.work a[href="/import?kind=movement"]').waitFor();
  await bring_in(page, "groups", "groups.csv", groups);
  await bring_in(page, "movement", "movement.toml", movement);
  await page.locator('main a[href="/movements"]').click();
  await page.locator(`main a[href="${cycle}/standings"]`).first().click();
  for (const [name, code] of [["province", "HT"], ["a", "HT-KA"], ["b", "HT-DT"]]) {
    const { units: found } = JSON.parse((await fetched(page, `/units.json?q=${code}`)).text);
    ids[name] = found.find((unit) => JSON.stringify(unit).includes(`"${code}"`)).href.split("/").at(-1);
  }
});

test("a form that is refused comes back with what was typed", async () => {
  const page = at("head");
  await page.goto("/people");
  await send(await form_of(page, "/people"), { name: "Clerk, Ky Anh", unit: "HT-XX", title_vi: "Cán bộ xã" });
  assert.match(await page.locator("main [role=alert]").innerText(), /HT-XX/);
  const form = page.locator('main form[action="/people"][method=post]');
  assert.equal(await form.locator("[name=name]").inputValue(), "Clerk, Ky Anh");
  assert.equal(await form.locator("[name=title_vi]").inputValue(), "Cán bộ xã");
});

test("offices at two levels are appointed, and each comes in by a browser of its own", async () => {
  const page = at("head");
  people.secretary = await appoint(page, "Secretary, Ha Tinh", "HT", "Secretary of the province", ["organiser", "verifier"], "secretary.hatinh");
  people.a = await appoint(page, "Clerk, Ky Anh", "HT-KA", "Clerk of the commune", ["reporter"], "clerk.kyanh");
  people.b = await appoint(page, "Clerk, Duc Tho", "HT-DT", "Clerk of the commune", ["reporter"], "clerk.ductho");
  people.publisher = await appoint(page, "Publisher, Ha Tinh", "HT", "Publisher", ["publisher"], "publisher.hatinh");
  const link = site.terminal("people", "add", "--name", "Auditor", "--account", "auditor.one", "--role", "auditor", "--site", site.address);
  people.auditor = { account: "auditor.one", link };
  await Promise.all([come_in("secretary"), come_in("a", { viewport: phone }), come_in("b"), come_in("publisher"), come_in("auditor")]);
});

test("a clerk reports by the page, and what waits for them becomes less", async () => {
  const page = at("a");
  assert.equal(await figures_left(page), "2");
  await page.locator(".work a", { hasText: "Green communes" }).click();
  assert.equal(path_of(page), `${cycle}/units/${ids.a}`);
  await report(page, ids.a, "trees", { value: "8127", target: "10000" });
  assert.equal(await figures_left(page), "1");
  await report(page, ids.a, "meetings", { value: "11" });
  assert.equal(await figures_left(page), "none");
});

test("the clerk beside sees none of it: not by address, JSON, files, search or live", async () => {
  const own = await fetched(at("a"), `${cycle}/units/${ids.a}.json`);
  assert.match(own.text, /8127/);  // what must not be found is there
  assert.match(own.text, /78\.762/);
  const addresses = [
    `${cycle}`, `${cycle}.json`, `${cycle}/standings`, `${cycle}/standings.json`, `${cycle}/standings.csv`,
    `${cycle}/standings?q=ky+anh`, `${cycle}/units/${ids.a}`, `${cycle}/units/${ids.a}.json`, `${cycle}/rollup`,
    `${cycle}/rollup.json`, `/units/${ids.a}`, `/units/${ids.a}.json`, `/units/${ids.province}.json`, "/units?q=ky+anh",
    "/units.json?q=ky+anh", "/export/values.csv", `${cycle}/values.csv`, "/", "/me.json", "/import.json",
  ];
  for (const path of addresses) {
    const { text } = await fetched(at("b"), path);
    assert.doesNotMatch(text, /8[,.]?127|48[.,]762|78[.,]762/, path);
  }
  for (const path of [people.a.href, `${people.a.href}.json`, people.secretary.href])
    assert.equal((await fetched(at("b"), path)).status, 404, path);
  for (const path of ["/people", "/people.json?q=clerk", "/journal", "/journal.csv", `/journal?about=${ids.a}`, "/journal/20", "/system",
                      "/live?topic=green-communes/2026", "/live?topic=restricted/green-communes/2026"])
    assert.ok([403, 404].includes((await fetched(at("b"), path)).status), path);
});

test("nor can they change it: by the form of a page that is theirs, or by a file", async () => {
  const page = at("b");
  await page.goto(`${cycle}/units/${ids.b}`);
  const form = await page.locator("#reported input[name=form]").first().getAttribute("value");
  const answer = await page.context().request.post(`${site.address}${cycle}/units/${ids.a}/values/trees`, {
    form: { _method: "put", form, if_match: "0", value: "1" }, headers: { Accept: "text/html", Origin: site.address },
  });
  assert.equal(answer.status(), 403);
  assert.match(await answer.text(), /verifies or reports|reporter|verifier/i);  // who can
  await page.goto("/import");
  await page.locator("input[type=file]").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("unit,indicator,period,value\nHT-KA,trees,2026,1\n") });
  await page.locator("main form button").first().click();
  await page.locator("code", { hasText: "a.csv:2" }).waitFor();
  assert.equal(await page.locator('form[action$="/apply"]').count(), 0);
  await report(page, ids.b, "trees", { value: "9000", target: "10000" });
  await page.goto("/no-such-page");
  await page.locator(".menu-wide .who").waitFor();  // still signed in
  windows.b.complaints.length = 0;  // the browser logs the status 404 itself
});

test("the province corrects; who edits the same value reads both values, and loses nothing", async () => {
  const secretary = at("secretary"), clerk = at("a");
  await clerk.goto(`${cycle}/units/${ids.a}`);
  await report(secretary, ids.a, "trees", { value: "7900" });
  await report(clerk, ids.a, "trees", { value: "8200" });
  const told = await clerk.locator("main [role=alert]").innerText();
  assert.match(told, /7,900/);
  assert.match(told, /8,200/);
  windows.a.complaints.length = 0;  // 412
  const { text } = await fetched(clerk, `${cycle}/units/${ids.a}.json`);
  assert.match(text, /7900/);
  assert.doesNotMatch(text, /8200/);
});

test("the same form sent twice adds one person", async () => {
  const page = at("secretary");
  await page.goto("/people");
  const form = await page.locator('main form[action="/people"] input[name=form]').getAttribute("value");
  const send_it = () => page.context().request.post(`${site.address}/people`, {
    form: { form, name: "Deputy, Ky Anh", unit: "HT-KA", title_en: "Deputy clerk" }, headers: { Accept: "text/html", Origin: site.address }, maxRedirects: 0,
  });
  const [one, other] = await Promise.all([send_it(), send_it()]);
  assert.equal(one.headers().location, other.headers().location);
  await page.goto("/people?q=deputy");
  assert.equal(await page.locator("table.people tbody tr").count(), 1);
});

test("an office is delegated for a week; moved to another unit it takes its rights from the old one", async () => {
  const page = at("secretary"), clerk = at("a");
  await page.goto(people.a.href);
  await send(await form_of(page, "/delegations"), { person: "Deputy, Ky Anh", to: next_week });
  await page.locator(".deputies", { hasText: "Deputy, Ky Anh" }).waitFor();
  await send(await form_of(page, "/move"), { unit: "HT-DT" });
  assert.match(await words_of(page), /Duc Tho/);
  await clerk.goto(`${cycle}/units/${ids.a}`);
  assert.equal(await clerk.locator("#reported summary").count(), 0);
  assert.doesNotMatch((await fetched(clerk, `${cycle}/units/${ids.a}.json`)).text, /7900/);
  const about = await fetched(page, `/journal.json?about=${ids.a}`);
  assert.equal(about.text.split("Clerk, Ky Anh").length > 2, true, "what they did there stays in its history");
});

test("published standings are seen by everybody, the figures still are not", async () => {
  await at("publisher").goto(cycle);
  await at("publisher").locator('form[action$="/publish"] button').click();
  await at("publisher").locator('form[action$="/unpublish"]').waitFor();
  await at("b").goto(`${cycle}/standings`);
  assert.match(await words_of(at("b")), /77\.400/);
  assert.doesNotMatch((await fetched(at("b"), `${cycle}/units/${ids.a}.json`)).text, /7900/);
  await at("b").goto(`${cycle}/units/${ids.b}`);
  assert.equal(await at("b").locator("#reported summary").count(), 0, "only who verifies may correct what is published");
});

test("the auditor finds every action, in words, and opens one with its proof", async () => {
  const page = at("auditor");
  await page.goto("/journal");
  const all = await words_of(page);
  for (const deed of ["Account set up", "Units imported", "Groups imported", "Movement file imported", "Person added", "Role granted",
                      "Account made", "Password set", "Value changed", "Office delegated", "Moved to another office", "Standings published"])
    assert.match(all, new RegExp(deed), deed);
  assert.doesNotMatch(await page.locator("ol.entries strong").allInnerTexts().then((texts) => texts.join(" ")), /\w\.\w/, "each has words");
  const form = page.locator("form.filters");
  await form.locator("[name=who]").fill("duc tho");
  await form.locator("[name=what]").selectOption("value.");
  await form.locator("button").click();
  assert.equal(await page.locator("ol.entries li").count(), 1);
  await page.goto("/journal?about=ky+anh");  // a unit by its name
  assert.equal(await page.locator("ol.entries li").count(), 3);
  await page.goto("/journal?who=ky+anh&what=value.");
  assert.match(await page.locator("main [role=alert]").innerText(), /Clerk, Ky Anh.*Deputy, Ky Anh/);
  windows.auditor.complaints.length = 0;  // 422
  await page.goto("/journal?who=clerk,+ky+anh&what=value.");
  assert.equal(await page.locator("ol.entries li").count(), 2);
  await page.locator("ol.entries a.number").first().click();
  await page.locator("aside .chip.good").waitFor();
  await page.locator('aside a[href="/journal/checkpoint"]').click();
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".qr svg").isVisible());
  assert.ok(!(await page.locator(".menu-wide").isVisible()));
  await page.goto("/import");
  assert.equal(await page.locator("main form[enctype]").count(), 0, "who imports nothing is offered no form for it");
});

test("no browser complained", () => {
  for (const [name, window] of Object.entries(windows)) {
    const others = window.complaints.filter((one) => !/status of (403|404|412|422)/.test(one));
    assert.deepEqual(others, [], name);
  }
});

test("the binary and the exported file alone prove the journal on another machine", () => {
  assert.match(site.terminal("doctor"), /^Sound/);
  site.terminal("journal", "export", "--out", "journal.jsonl");
  site.terminal("journal", "checkpoint", "--out", "checkpoint.txt");
  const other = mkdtempSync(join(tmpdir(), "guidon-other-machine-"));
  try {
    for (const file of ["journal.jsonl", "checkpoint.txt"]) copyFileSync(join(site.folder, file), join(other, file));
    copyFileSync(program, join(other, "guidon"));
    const verify = (file) => spawnSync("./guidon", ["journal", "verify", file, "--checkpoint", "checkpoint.txt"], { cwd: other, env: {}, encoding: "utf8" });
    const sound = verify("journal.jsonl");
    assert.equal(sound.status, 0, sound.stderr);
    const lines = readFileSync(join(other, "journal.jsonl"), "utf8").split("\n");
    const seq = JSON.parse(lines.find((line) => line.includes("8127"))).seq;
    writeFileSync(join(other, "tampered.jsonl"), lines.join("\n").replace("8127", "8128"));
    const tampered = verify("tampered.jsonl");
    assert.equal(tampered.status, 2);
    assert.match(tampered.stdout + tampered.stderr, new RegExp(`entry ${seq}\\b`));
  } finally {
    rmSync(other, { recursive: true });
  }
});
