// How does the contract read as pages? Turns openapi.yaml into the documents of /api (template web/api) and /api/AREA
// (template web/api_area), without the words that depend on language; the server adds those.
import { parse } from "yaml";

const last = (ref) => ref.split("/").at(-1);
const resolved = (contract, part) => (part?.$ref ? part.$ref.slice(2).split("/").reduce((at, name) => at[name], contract) : part);

function type_of(schema) {
  if (schema.$ref) return last(schema.$ref);
  if (schema.type === "array") return `${type_of(schema.items)}[]`;
  return schema.enum ? schema.enum.join(" | ") : (schema.type ?? "");
}

function fields_of(schema) {
  return Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    type: type_of(field),
    required: (schema.required ?? []).includes(name),
    text: field.description ?? "",
  }));
}

function operation(contract, path, method, told) {
  const answer = ([status, response]) => {
    const whole = resolved(contract, response);
    const ref = Object.values(whole.content ?? {}).find(({ schema }) => schema.$ref)?.schema.$ref;
    return { status, text: whole.description, ...(ref ? { schema: last(ref) } : {}) };
  };
  const body = Object.values(told.requestBody?.content ?? {})[0]?.schema;
  return {
    id: told.operationId,
    method: method.toUpperCase(),
    method_key: method,
    path,
    summary: told.summary,
    ...(told.description ? { description: told.description } : {}),
    ...(told["x-guidon-verb"] ? { verb: told["x-guidon-verb"] } : {}),
    people_only: told.security?.length === 1 && "session" in told.security[0],
    parameters: (told.parameters ?? []).map(({ name, in: place, required, description }) => ({ name, in: place, required: required ?? false, text: description })),
    ...(body ? { body: { schema: body.$ref ? last(body.$ref) : "", fields: fields_of(resolved(contract, body)) } } : {}),
    responses: Object.entries(told.responses).map(answer),
  };
}

/// The schemas that an area's operations name, and those that these are made of.
function schemas_of(contract, told) {
  const named = new Set();
  const name_all = (part) => {
    if (part === null || typeof part !== "object") return;
    for (const [key, value] of Object.entries(part)) {
      if (key !== "$ref") name_all(value);
      else if (!named.has(value)) {
        named.add(value);
        name_all(resolved(contract, part));
      }
    }
  };
  name_all(told);
  return Object.entries(contract.components.schemas)
    .filter(([name]) => named.has(`#/components/schemas/${name}`))
    .map(([name, schema]) => ({ name, text: schema.description, fields: fields_of(schema) }));
}

/// {name of the embedded file: document}: "api" has every operation in a line, "api-AREA" has all about those of one area.
export function contract_pages(yaml) {
  const contract = parse(yaml);
  const all = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({ area: told.tags[0], told, operation: operation(contract, path, method, told) })));
  const of_area = (name) => all.filter(({ area }) => area === name);
  const head = { openapi_href: "/api/openapi.yaml", openapi_version: contract.openapi, api_version: contract.info.version };
  const pages = {
    api: {
      ...head,
      areas: contract.tags.map(({ name, description }) => ({
        name,
        text: description,
        href: `/api/${name}`,
        operations: of_area(name).map(({ operation: { id, method, method_key, path, summary } }) =>
          ({ method, method_key, path, summary, href: `/api/${name}#${id}` })),
      })),
    },
  };
  for (const { name, description } of contract.tags) {
    const inside = of_area(name);
    pages[`api-${name}`] = {
      ...head,
      area: name,
      text: description,
      operations: inside.map(({ operation }) => operation),
      schemas: schemas_of(contract, inside.map(({ told }) => told)),
    };
  }
  return pages;
}
