// How is a document held against the contract? One validator for the examples and for what the server answers.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const ajv = new Ajv.default({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(parse(readFileSync(join(root, "api/openapi.yaml"), "utf8")), "contract");

/// What is wrong with `document` as a `schema` of the contract, in words; empty when nothing is.
export function faults(schema, document) {
  const check = ajv.getSchema(`contract#/components/schemas/${schema}`);
  check(document);
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
