/**
 * Commands, fields and values of the API, as words to complete.
 *
 * @module
 */

import { findCommand } from "../../api/command_table.ts";
import { notes } from "../../api/generated/notes.ts";
import { eachName } from "../../api/named_calls.ts";
import {
  bodySchemas,
  fieldNames,
  fieldSchemas,
  itemSchemas,
  typesOf,
  valuesOf,
} from "../call/schema_paths.ts";
import type { Candidate } from "./candidates.ts";

/** The commands that begin like this; areas and services first, since there are hundreds of commands. */
export function commandNames(current: string): Candidate[] {
  const all = [...eachName()];
  const [form] = /[./]/.exec(current) ?? [];
  if (form === ".") {
    return all.map(([area, name, command]) => ({
      word: `${area}.${name}`,
      about: notes[command]!.summary,
    }));
  }
  if (form === "/") {
    return [...new Set(all.map(([, , command]) => command))]
      .map((command) => ({ word: command, about: notes[command]!.summary }));
  }
  const areas = all.map(([area]) => `${area}.`);
  const services = all.map(([, , command]) => command.slice(0, command.indexOf("/") + 1));
  return [...new Set([...areas, ...services])].map((word) => ({ word }));
}

/** `Field=`, `Field.` or `Field=value`, as far as the word goes. */
export function fieldWords(name: string, current: string): Candidate[] {
  const row = findCommand(name);
  if (!row) return [];
  const [, path, sign] = /^([^=]*?)(:?=)/.exec(current) ?? [];
  const way = (path ?? current).split(".");
  const last = way.pop()!;
  let schemas = bodySchemas(`${row.service}/${row.command}`);
  for (const step of way) schemas = stepInto(schemas, step);
  if (sign === "=") {
    const inner = stepInto(schemas, last);
    const values = typesOf(inner).has("boolean") ? [true, false] : valuesOf(inner);
    return values.map((value) => ({ word: `${path}=${value}` }));
  }
  const prefix = way.map((step) => `${step}.`).join("");
  return fieldNames(schemas).map((field) => ({
    word: prefix + field + endOf(fieldSchemas(schemas, field)),
  }));
}

/** Into `Members[0]` or `RoomInfo`. */
function stepInto(schemas: ReturnType<typeof bodySchemas>, step: string) {
  const [, name = "", brackets = ""] = /^([^[]*)((?:\[\d*\])*)$/.exec(step) ?? [];
  let found = fieldSchemas(schemas, name);
  for (let at = 0; at < brackets.split("[").length - 1; at++) found = itemSchemas(found);
  // `List=a` gives a list its only item.
  return brackets === "" && typesOf(found).has("array") ? [...found, ...itemSchemas(found)] : found;
}

/** What follows a field's name: a field inside it, an item, or its value. */
function endOf(schemas: ReturnType<typeof bodySchemas>): string {
  const types = typesOf(schemas);
  if (types.has("object")) return ".";
  return types.has("array") && typesOf(itemSchemas(schemas)).has("object") ? "[0]." : "=";
}
