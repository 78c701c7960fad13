/**
 * Fields that no page describes although one with nearly that name is there.
 *
 * @module
 */

import { nearest } from "../../api/nearest.ts";
import type { JsonSchema } from "../../api/validate/json_schema.ts";
import type { BodyFault } from "../../core/validation.ts";
import { fieldNames, fieldSchemas, itemSchemas } from "./schema_paths.ts";

/** Lists them: the backend would overlook each without a word. */
export function strangeFields(
  schemas: readonly JsonSchema[],
  value: unknown,
  path = "",
): BodyFault[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) {
    const items = itemSchemas(schemas);
    return value.flatMap((item, at) => strangeFields(items, item, `${path}[${at}]`));
  }
  const known = fieldNames(schemas);
  const older = schemas.flatMap(({ properties = {} }) =>
    Object.values(properties).flatMap((field) => field["x-older-name"] ?? [])
  );
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const found = fieldSchemas(schemas, name);
    if (found.length > 0) return strangeFields(found, inner, at);
    const meant = older.includes(name) ? undefined : nearest(name, known);
    if (meant === undefined) return [];
    return [{ path: at, message: `is no field; did you mean ${meant}?`, expected: meant }];
  });
}
