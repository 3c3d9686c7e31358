// How does a page look without a server? Fills the templates with api/examples and writes build/preview/*.html, in three
// languages (fixed words only: the documents are English). usage: node tools/preview.mjs [OUTDIR]
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import Mustache from "mustache";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = resolve(process.argv[2] ?? join(root, "build/preview"));
const assets = join(root, "build/assets");
const read = (path) => readFileSync(join(root, path), "utf8");
const template = (name) => read(`templates/${name}.mustache`);
const own_template = { "units/search": "units/tree", "imports/job": "imports/plan" };

if (!existsSync(join(assets, "manifest.json"))) spawnSync("node", [join(root, "web/build.mjs"), assets], { stdio: "inherit" });
const files = JSON.parse(readFileSync(join(assets, "manifest.json"), "utf8"));
const address = (logical) => `assets/${files[logical]}`;
const frame = JSON.parse(read("api/examples/layout/frame.json")).page;
frame.assets = Object.fromEntries(Object.keys(files).map((name) => [name.replace(/[^a-z0-9]/gi, "_"), address(name)]));

mkdirSync(out, { recursive: true });
cpSync(assets, join(out, "assets"), { recursive: true });
for (const folder of readdirSync(join(root, "api/examples"), { withFileTypes: true })) {
  if (!folder.isDirectory() || folder.name === "layout") continue;
  for (const file of readdirSync(join(root, "api/examples", folder.name))) {
    const name = `${folder.name}/${file.replace(/\.json$/, "")}`;
    const kept = own_template[name] ?? name.replace(/\..*/, "");
    if (!existsSync(join(root, `templates/${kept}.mustache`))) throw new Error(`no template ${kept} for ${name}`);
    for (const language of ["en", "vi", "ur"]) {
      const catalogue = readdirSync(join(root, "locales", language)).flatMap((area) => Object.entries(JSON.parse(read(`locales/${language}/${area}`))));
      const words = Object.fromEntries(catalogue.filter(([key]) => key.startsWith("t.")).map(([key, word]) => [key.slice(2), word]));
      const of_language = {
        ...frame,
        language,
        direction: language === "ur" ? "rtl" : "ltr",
        languages: frame.languages.map((l) => ({ ...l, current: l.code === language, href: `${name.replace("/", ".")}.${l.code}.html` })),
        at: { [{ evaluation: "movements", values: "movements", imports: "import", accounts: "me" }[folder.name] ?? folder.name]: true },
      };
      const document = { ...JSON.parse(read(`api/examples/${name}.json`)), page: of_language, t: words };
      const html = Mustache.render(template("layout/page"), document, (part) => template(part === "content" ? kept : part));
      writeFileSync(join(out, `${name.replace("/", ".")}.${language}.html`), html);
    }
  }
}
console.log(out);
