// Do the example documents keep the contract? Each is held against its schema of api/openapi.yaml.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const contract = parse(readFileSync(join(root, "api/openapi.yaml"), "utf8"));
const ajv = new Ajv.default({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(contract, "contract");

const schema_of = {
  "home/front": "FrontPage", "movements/list": "MovementList", "movements/cycle": "Cycle", "evaluation/standings": "Standings",
  "evaluation/why": "Why", "evaluation/rollup": "Rollup", "values/changed": "ValueChanged", "units/tree": "UnitTree", "units/search": "UnitTree",
  "units/unit": "Unit", "imports/start": "ImportStart", "imports/plan": "Import", "imports/job": "Import", "web/health": "Health",
  "web/api": "ApiPage", "web/problem": "Problem",
};

for (const folder of readdirSync(join(root, "api/examples"), { withFileTypes: true })) {
  if (!folder.isDirectory() || folder.name === "layout") continue;
  for (const file of readdirSync(join(root, "api/examples", folder.name))) {
    const name = `${folder.name}/${file.replace(/\..*/, "")}`;
    test(`${folder.name}/${file} is a ${schema_of[name]}`, () => {
      const check = ajv.getSchema(`contract#/components/schemas/${schema_of[name]}`);
      check(JSON.parse(readFileSync(join(root, "api/examples", folder.name, file), "utf8")));
      assert.deepEqual(check.errors ?? [], []);
    });
  }
}
