// Do documents keep the contract? The examples, and what the server answers for the demo.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { faults, root } from "./schema.mjs";
import { cluster, start_site } from "./site.mjs";

const schema_of = {
  "home/front": "FrontPage", "movements/list": "MovementList", "movements/cycle": "Cycle", "evaluation/standings": "Standings",
  "evaluation/why": "Why", "evaluation/rollup": "Rollup", "values/changed": "ValueChanged", "units/tree": "UnitTree", "units/search": "UnitTree",
  "units/unit": "Unit", "imports/start": "ImportStart", "imports/plan": "Import", "imports/job": "Import", "imports/open_data": "OpenData", "web/health": "Health",
  "people/list": "PersonList", "people/person": "Person", "people/roles": "Roles", "people/councils": "CouncilList", "people/council": "Council",
  "exemplars/exemplar": "Exemplar", "exemplars/form": "ExemplarForm", "exemplars/cycles": "ExemplarForm", "exemplars/many": "ExemplarRegister", "exemplars/plan": "ManyPlan",
  "exemplars/hints": "ExemplarHints", "exemplars/similar": "ExemplarSimilar", "exemplars/side_by_side": "ExemplarsSideBySide",
  "journal/list": "Journal", "journal/entry": "JournalEntryPage", "journal/checkpoint": "JournalCheckpoint",
  "news/list": "NewsList", "news/article": "Article", "news/edit": "ArticleEdit", "comments/thread": "ThreadPage", "comments/list": "CommentList",
  "books/list": "BookList", "books/book": "Book", "books/entry": "BookEntry", "books/print": "BookPrint",
  "gallery/list": "Gallery", "gallery/figures": "ExemplarFigures",
  "web/api": "ApiPage", "web/api_area": "ApiAreaPage", "web/problem": "Problem",
  "replications/family": "Family", "replications/adoption": "Adoption", "replications/spread": "Spread",
  "reviews/list": "ReviewList", "reviews/review": "Review", "reviews/plan": "ReviewPlan",
  "accounts/sign_in": "SignIn", "accounts/second": "SecondStep", "accounts/link": "LinkPage", "accounts/link_made": "LinkMade", "accounts/work": "Work",
  "accounts/account": "Account", "accounts/totp": "AppOffer", "accounts/codes": "RecoveryCodes", "accounts/token": "TokenMade", "accounts/system": "System",
};

describe("the example", () => {
  for (const folder of readdirSync(join(root, "api/examples"), { withFileTypes: true })) {
    if (!folder.isDirectory() || folder.name === "layout") continue;
    for (const file of readdirSync(join(root, "api/examples", folder.name))) {
      const name = `${folder.name}/${file}`;
      const schema = schema_of[name.replace(/\..*/, "")];
      test(`${name} is a ${schema}`, () => {
        assert.deepEqual(faults(schema, JSON.parse(readFileSync(join(root, "api/examples", name), "utf8"))), []);
      });
    }
  }
});

describe("the answer", () => {
  let site;
  let unit;
  const answer = async (path, options) => (await fetch(site.address + path, { ...options, headers: { Accept: "application/json", ...options?.headers } })).json();
  const by_office = () => ({ Authorization: `Bearer ${site.token}`, "If-Match": "*" });
  before(async () => {
    site = await start_site();
    unit = (await answer(`${cluster}/standings`)).standings.at(-1).unit.id;
  });
  after(async () => { await site?.stop(); });

  const cells = "/movements/four-good-cells/2024";
  for (const [path, schema] of Object.entries({
    "/": "FrontPage", "/movements": "MovementList", [cluster]: "Cycle", [cells]: "Cycle", "/movements/ky-anh-trackers/2023": "Cycle",
    [`${cluster}/standings`]: "Standings", [`${cells}/standings`]: "Standings", [`${cluster}/standings?q=zzzz`]: "Standings", [`${cells}/rollup`]: "Rollup",
    "/units": "UnitTree", "/units?q=dong+hoi": "UnitTree", "/import": "Problem", "/healthz": "Health", "/api": "ApiPage", "/api/exemplars": "ApiAreaPage", "/no-such-page": "Problem",
    "/news": "NewsList", "/books": "BookList", "/exemplars": "Gallery", "/exemplars?q=dan+van": "Gallery",
  })) test(`at ${path} is a ${schema}`, async () => assert.deepEqual(faults(schema, await answer(path)), []));

  test("to the office is an ImportStart at /import", async () => {
    assert.deepEqual(faults("ImportStart", await answer("/import", { headers: by_office() })), []);
  });

  test("about a unit is a Unit, about its rank a Why", async () => {
    assert.deepEqual(faults("Unit", await answer(`/units/${unit}`)), []);
    assert.deepEqual(faults("Why", await answer(`${cluster}/units/${unit}`)), []);
  });

  test("to a changed value is a ValueChanged, to a refused one a Problem", async () => {
    const change = (value) => answer(`${cluster}/units/${unit}/values/growth`, { method: "PUT", body: JSON.stringify({ value }), headers: { "Content-Type": "application/json", ...by_office() } });
    assert.deepEqual(faults("ValueChanged", await change("7.77")), []);
    assert.deepEqual(faults("Problem", await change("much")), []);
  });
});
