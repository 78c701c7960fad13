/**
 * In the browser, of both pages: the fields of a command, out of its schema.
 *
 * @module
 */

/** Stands behind `sessionScript`. */
export const schemaScript: string = String.raw`
let SCHEMAS = {};
/** The operations by service/command, in the order of the catalogue. */
let OPERATIONS = new Map();

async function loadCatalogue() {
  const document = await (await call("openapi.json")).json();
  SCHEMAS = document.components.schemas;
  OPERATIONS = new Map(Object.entries(document.paths).filter(([path]) => path.startsWith("/v4/"))
    .map(([path, item]) => [path.slice(4), item.post]));
  return document;
}

/** A schema with its references and parts put together. */
function whole(schema = {}) {
  if (schema.$ref) {
    const { $ref, ...own } = schema;
    return whole({ ...SCHEMAS[$ref.split("/").pop()], ...own });
  }
  if (!schema.allOf) return schema;
  const { allOf, ...own } = schema;
  return [...allOf, own].map(whole).reduce((sum, part) => ({
    ...sum, ...part,
    properties: { ...sum.properties, ...part.properties },
    required: [...sum.required ?? [], ...part.required ?? []],
  }), {});
}

function typeOf(schema) {
  const { type, enum: values, const: only, items, oneOf, anyOf } = whole(schema);
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (type === "array") return typeOf(items ?? {}) + "[]";
  if (oneOf || anyOf) return [...new Set((oneOf ?? anyOf).map(typeOf))].join(" | ");
  return Array.isArray(type) ? type.join(" | ") : type ?? (whole(schema).properties ? "object" : "–");
}

/** The rows of a table: every field with the path to it. */
function fieldsOf(schema, path = "", depth = 0) {
  const { properties = {}, required = [] } = whole(schema);
  return Object.entries(properties).flatMap(([name, field]) => {
    const found = whole(field);
    const within = found.type === "array" ? whole(found.items) : found;
    const at = path + name;
    const deeper = within.properties && depth < 4
      ? fieldsOf(within, at + (found.type === "array" ? "[]." : "."), depth + 1) : [];
    return [{ name: at, top: depth === 0 && name, field, needed: required.includes(name) }, ...deeper];
  });
}

/** A value of the right form, to begin with. */
function sampleOf(schema) {
  const { type, enum: values, const: only, default: usual, example, minimum, properties, required } = whole(schema);
  const given = example ?? only ?? usual ?? values?.[0];
  if (given !== undefined) return given;
  if (type === "array") return [];
  if (type === "integer" || type === "number") return minimum ?? 0;
  if (type === "boolean") return false;
  if (properties) return Object.fromEntries((required ?? []).map((name) => [name, sampleOf(properties[name])]));
  return type === "object" ? {} : "";
}

const contentOf = (message) => message?.content?.["application/json"] ?? {};
const exampleOf = (content) => content.example ?? Object.values(content.examples ?? {})[0]?.value ?? {};

/** The table; a button beside each field of the first level puts it into the body. */
function fieldTable(schema, add) {
  const rows = fieldsOf(schema);
  if (rows.length === 0) return undefined;
  const heads = [TEXTS.field, TEXTS.type, TEXTS.meaning];
  return make("div", { className: "scroll", tabIndex: 0 }, make("table", { className: "fields" },
    make("thead", {}, make("tr", {}, ...heads.map((text) => make("th", { scope: "col", textContent: text })))),
    make("tbody", {}, ...rows.map(({ name, top, field, needed }) => {
      const { description, maxLength, maxItems, "x-max-bytes": maxBytes } = whole(field);
      const bounds = [needed && TEXTS.required, maxLength && "≤ " + maxLength, maxItems && "≤ " + maxItems,
        maxBytes && "≤ " + maxBytes + " B"].filter(Boolean).join(", ");
      const button = add && top && make("button", { type: "button", textContent: TEXTS.add });
      if (button) {
        button.setAttribute("aria-label", TEXTS.add + " " + name);
        button.onclick = () => add(top, sampleOf(field));
      }
      return make("tr", {},
        make("td", { className: "name" }, ...name.split(/(?<=[.\]])/).flatMap((part) => [part, make("wbr")]),
          button ? " " : undefined, button || undefined),
        make("td", { className: "type", textContent: typeOf(field) }),
        make("td", {}, bounds && make("b", { textContent: bounds + " " }), description ?? ""));
    }))));
}
`;
