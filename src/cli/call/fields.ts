/**
 * The fields of a command's body, one after the other: types, limits, meanings.
 *
 * @module
 */

import { bodies, definitions } from "../../api/generated/schemas/mod.ts";
import type { JsonSchema } from "../../api/validate/json_schema.ts";
import { limitsOf, typeWords } from "./field_words.ts";
import { definitionTexts, type FieldTexts } from "./operation.ts";

/** One field. */
export interface FieldDescription {
  /** Where it is, `Members[].Role`. */
  path: string;
  /** Its types. */
  type: string;
  /** Whether it must be there, when what it stands in is. */
  required: boolean;
  /** What its value must keep to. */
  limits: string[];
  /** The only values that it takes. */
  values?: (string | number)[];
  /** What it is when left out. */
  default?: unknown;
  /** What it means. */
  text?: string;
  /** What must hold for it to be there at all, `MsgType is TIMTextElem`. */
  when?: string;
}

/** A schema with the place where its texts stand. */
interface Place {
  schema: JsonSchema;
  texts: FieldTexts;
  /** Path inside those texts. */
  at: string;
}

/** Lists the fields of a command's body with their texts, each before what is inside it. */
export function fieldsOf(command: string, texts: FieldTexts): FieldDescription[] {
  const fields: FieldDescription[] = [];
  inside({ schema: bodies[command]!, texts, at: "" }, "", fields, new Set());
  return fields;
}

/** Adds the fields inside an object, or inside the items of a list. */
function inside(
  place: Place,
  path: string,
  fields: FieldDescription[],
  within: ReadonlySet<JsonSchema>,
  when?: string,
): void {
  const { schema, texts, at } = follow(place);
  // A schema that holds itself is told once.
  if (within.has(schema)) return;
  const seen = new Set([...within, schema]);
  const known = new Set(fields.map((field) => field.path));
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const inner = path === "" ? name : `${path}.${name}`;
    // What tells alternatives apart stands before them already.
    if (known.has(inner) && field.const !== undefined) continue;
    const required = schema.required?.includes(name) ?? false;
    const next = { schema: field, texts, at: at === "" ? name : `${at}.${name}` };
    fields.push({ ...described(next, inner, required), ...(when && { when }) });
    inside(next, inner, fields, seen, when);
  }
  const others = [
    ...Object.values(schema.patternProperties ?? {}),
    ...(typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : []),
  ];
  for (const field of others) {
    const next = { schema: field, texts, at: `${at}.*` };
    fields.push({ ...described(next, `${path}.*`, false), ...(when && { when }) });
    inside(next, `${path}.*`, fields, seen, when);
  }
  if (schema.items) {
    inside({ schema: schema.items, texts, at: `${at}[]` }, `${path}[]`, fields, seen, when);
  }
  for (const part of schema.allOf ?? []) {
    const condition = conditionOf(part);
    // Messages in messages are told of once.
    if (condition && when) continue;
    inside({ schema: part.then ?? part, texts, at }, path, fields, seen, condition ?? when);
  }
}

function described(place: Place, path: string, required: boolean): FieldDescription {
  const { schema, texts, at } = follow(place);
  const text = place.texts.texts.get(place.at) ?? texts.texts.get(at);
  const usual = place.texts.defaults.get(place.at) ?? texts.defaults.get(at);
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  return {
    path,
    type: typeWords(schema),
    required,
    limits: limitsOf({ ...schema, ...place.schema }),
    ...(values && { values }),
    ...(usual !== undefined && { default: usual }),
    ...(text && { text }),
  };
}

const definitionTextsByName = new Map<string, FieldTexts>();

function textsOf(name: string): FieldTexts {
  let texts = definitionTextsByName.get(name);
  if (!texts) definitionTextsByName.set(name, texts = definitionTexts(name));
  return texts;
}

/** Follows references; the texts of what is referred to stand in a table of their own. */
function follow(place: Place): Place {
  let found = place;
  for (;;) {
    const { $ref } = found.schema;
    if ($ref === undefined) return found;
    const name = $ref.slice("#/$defs/".length);
    found = { schema: definitions[name]!, texts: textsOf(name), at: "" };
  }
}

function conditionOf({ if: condition }: JsonSchema): string | undefined {
  const [name, rule] = Object.entries(condition?.properties ?? {})[0] ?? [];
  return name && `${name} is ${rule!.const}`;
}
