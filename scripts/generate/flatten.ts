/**
 * `allOf` made one schema: shorter types, and findings that know every field's type.
 *
 * @module
 */

import { type Catalogue, refName, resolve, type Schema } from "./catalogue.ts";

/**
 * Makes one object of `allOf`; later parts win.
 *
 * @returns The object; and whether the envelope was among the parts, which stays apart as the type to extend.
 */
export function flatten(
  catalogue: Catalogue,
  schema: Schema,
): { schema: Schema; envelope: boolean } {
  if (isEnvelope(schema)) return { schema: {}, envelope: true };
  if (!schema.allOf) return { schema, envelope: false };
  const { allOf, ...own } = schema;
  let envelope = false;
  let merged: Schema = {};
  for (const part of allOf) {
    const inner = flatten(catalogue, isEnvelope(part) ? part : resolve(catalogue, part));
    envelope ||= inner.envelope;
    merged = merge(catalogue, merged, inner.schema);
  }
  return { schema: merge(catalogue, merged, own), envelope };
}

function isEnvelope({ $ref }: Schema): boolean {
  return $ref !== undefined && refName($ref) === "Envelope";
}

function merge(catalogue: Catalogue, base: Schema, more: Schema): Schema {
  const merged: Schema = { ...base, ...more };
  if (base.required || more.required) {
    merged.required = [...new Set([...base.required ?? [], ...more.required ?? []])];
  }
  const field = (known: Schema, change: Schema) =>
    merge(catalogue, flatten(catalogue, resolve(catalogue, known)).schema, change);
  if (base.items && more.items) merged.items = field(base.items, more.items);
  if (base.properties || more.properties) {
    merged.properties = { ...base.properties };
    for (const [key, change] of Object.entries(more.properties ?? {})) {
      const known = merged.properties[key];
      merged.properties[key] = known ? field(known, change) : change;
    }
  }
  return merged;
}
