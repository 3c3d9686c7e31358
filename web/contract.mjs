// How does the contract read as a page? Turns openapi.yaml into the document of /api (template web/api), without the
// words that depend on language; the server adds those.
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

export function contract_page(yaml) {
  const contract = parse(yaml);
  const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({ tag: told.tags[0], told: operation(contract, path, method, told) })));
  return {
    openapi_href: "/api/openapi.yaml",
    openapi_version: contract.openapi,
    api_version: contract.info.version,
    tags: contract.tags.map(({ name, description }) => ({
      name,
      text: description,
      operations: operations.filter(({ tag }) => tag === name).map(({ told }) => told),
    })),
    schemas: Object.entries(contract.components.schemas).map(([name, schema]) => ({ name, text: schema.description, fields: fields_of(schema) })),
  };
}
