// Do templates and catalogues fit? A fixed word that a template says exists, and one that no template says is gone.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import Mustache from "mustache";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const templates = readdirSync(join(root, "templates"), { recursive: true }).filter((name) => name.endsWith(".mustache"));
const text = (name) => readFileSync(join(root, "templates", name), "utf8");

function words_of_catalogue() {
  const folder = join(root, "locales/en");
  return readdirSync(folder)
    .flatMap((area) => Object.keys(JSON.parse(readFileSync(join(folder, area), "utf8"))))
    .filter((key) => key.startsWith("t."))
    .sort();
}

test("every fixed word of the templates is in the catalogue, and no other", () => {
  const said = templates.flatMap((name) => [...text(name).matchAll(/\{\{(t\.[a-z0-9_.-]+)\}\}/g)].map(([, key]) => key));
  assert.deepEqual([...new Set(said)].sort(), words_of_catalogue());
});

test("every example fills its template in three languages, and leaves nothing unsaid", () => {
  const out = mkdtempSync(join(tmpdir(), "guidon-preview-"));
  const preview = spawnSync("node", [join(root, "tools/preview.mjs"), out], { encoding: "utf8" });
  assert.equal(preview.status, 0, preview.stderr);
  const pages = readdirSync(out).filter((name) => name.endsWith(".html"));
  assert.ok(pages.length >= 54);
  for (const name of pages) {
    const page = readFileSync(join(out, name), "utf8");
    assert.doesNotMatch(page, /\[object Object\]|\{\{|href=""|action=""/, name);
  }
  rmSync(out, { recursive: true });
});

for (const name of templates) {
  test(`${name} parses, and says only what a text of the catalogue or document says`, () => {
    Mustache.parse(text(name));
    const shown = text(name).replace(/\{\{[^}]*\}\}/g, " ").replace(/<(script|style|code)[\s\S]*?<\/\1>/g, " ").replace(/<[^>]*>/g, " ").replace(/&[a-z]+;/g, " ").replace(/\b[a-z-]+="[^"]*"/g, " ");  // a part may hold attributes alone
    const untranslated = shown.replace(/\b\w+\.(toml|yaml)\b/g, " ").match(/[A-Za-z]{4,}/g) ?? [];
    assert.deepEqual(untranslated.filter((word) => !["Guidon", "Excel", "JSON", "DOCX"].includes(word)), []);
  });
}
