// What does a browser load? Bundles styles, islands, fonts and images into one flat folder, named by content, with
// compressed twins and a manifest (logical name -> file name). usage: node web/build.mjs OUTDIR
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { parse } from "yaml";
import { contract_pages } from "./contract.mjs";

const web = dirname(fileURLToPath(import.meta.url));
const root = dirname(web);
const out = resolve(process.argv[2] ?? join(root, "build/assets"));
const compressible = new Set([".css", ".js", ".svg"]);
const manifest = {};

/// Stores `content` under a name of its own hash, so that a browser may keep it for ever; gives its address.
function keep(logical, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const extension = extname(logical);
  const name = `${basename(logical, extension)}.${hash}${extension}`;
  writeFileSync(join(out, name), content);
  if (compressible.has(extension)) {
    const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
    writeFileSync(join(out, `${name}.br`), brotliCompressSync(content, brotli));
    writeFileSync(join(out, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
  manifest[logical] = name;
  return name;
}

/// Style sheets name fonts by their packages; the built sheet names the kept files beside it.
const fonts = {
  name: "fonts",
  setup(build) {
    build.onResolve({ filter: /\.woff2$/ }, ({ path }) => ({
      path: `./${keep(basename(path), readFileSync(join(root, "node_modules", path)))}`,
      external: true,
    }));
  },
};

const common = { bundle: true, minify: true, write: false, legalComments: "none", target: ["chrome109", "firefox115", "safari16"] };
const bundled = async (options) => Buffer.from((await esbuild.build({ ...common, ...options })).outputFiles[0].contents);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const image of readdirSync(join(web, "images"))) keep(image, readFileSync(join(web, "images", image)));
keep("theme.css", await bundled({ entryPoints: [join(web, "styles/theme.css")], plugins: [fonts] }));
keep("guidon.js", await bundled({ entryPoints: [join(web, "islands/guidon.ts")], format: "iife" }));
keep("htmx.js", readFileSync(join(root, "node_modules/htmx.org/dist/htmx.min.js")));
const contract = readFileSync(join(root, "api/openapi.yaml"), "utf8");
writeFileSync(join(out, "openapi.json"), JSON.stringify(parse(contract)));
for (const [name, page] of Object.entries(contract_pages(contract))) writeFileSync(join(out, `${name}.json`), JSON.stringify(page));
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
