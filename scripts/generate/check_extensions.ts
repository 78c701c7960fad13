/**
 * Whether extensions are spelt right, and `x-paging` and `x-batch` speak of fields that are there.
 *
 * @module
 */

import { nearest } from "../../src/api/nearest.ts";
import { type Catalogue, type Entry, resolve, type Schema } from "./catalogue.ts";
import { flatten } from "./flatten.ts";

/** The extensions that something follows from; any other is a remark for readers. */
export const MEANT: readonly string[] = [
  "x-also-named",
  "x-also-path",
  "x-answer-default",
  "x-areas",
  "x-batch",
  "x-behaviour",
  "x-can-refuse",
  "x-confidence",
  "x-emulator-choice",
  "x-errors",
  "x-fault-code",
  "x-idempotent",
  "x-limit-code",
  "x-max-bytes",
  "x-missing",
  "x-older-name",
  "x-paging",
  "x-phase",
  "x-rate-limit",
  "x-refuse",
];

/** Remarks whose names are near to one of those, beside all that end in `-note`. */
const REMARKS = ["x-max-bytes-each", "x-other-names"];

/** Extensions of a document that are nearly the name of one with a meaning, which would be lost. */
export function* misspeltExtensions(node: unknown, where = ""): Generator<string> {
  if (typeof node !== "object" || node === null) return;
  for (const [key, child] of Object.entries(node)) {
    if (key.startsWith("x-") && !key.endsWith("-note") && ![...MEANT, ...REMARKS].includes(key)) {
      const meant = nearest(key, MEANT);
      if (meant) yield `${where || "at the top"}: ${key}, did you mean ${meant}?`;
    }
    yield* misspeltExtensions(child, where && `${where}.${key}` || key);
  }
}

/** The faults of one command's extensions. */
export function* extensionFaults(catalogue: Catalogue, entry: Entry): Generator<string> {
  const asked = (path: string) => field(catalogue, entry.request.schema, path);
  const answered = (path: string) => field(catalogue, entry.response.schema, path);
  const { "x-paging": paging, "x-batch": batch, "x-refuse": refuse } = entry.operation;
  const says = entry.service === "" ? asked("CallbackCommand")?.const : undefined;
  if (says !== undefined && says !== entry.id) {
    yield `the body's CallbackCommand is ${says}, not ${entry.id}`;
  }
  if (refuse?.each && !asked(`${refuse.each}.To_Account`)) {
    yield `x-refuse: the event has no accounts in ${refuse.each}`;
  }
  if (paging) {
    const { items, carry = {}, offset, step, first = {}, end, total, limit } = paging;
    for (const path of items) {
      if (answered(path)?.type !== "array") yield `x-paging: the answer has no list ${path}`;
    }
    const moved = [...Object.keys(carry), ...Object.keys(first), offset, step?.field, limit];
    for (const name of moved) {
      if (name !== undefined && !asked(name)) yield `x-paging: the body has no field ${name}`;
    }
    for (const path of [...Object.values(carry), end?.field, total]) {
      if (path !== undefined && !answered(path)) yield `x-paging: the answer has no field ${path}`;
    }
    if (step && !answered(`${items[0]}.${step.from}`)) {
      yield `x-paging: the items have no field ${step.from}`;
    }
    if (Object.keys(carry).length === 0 && !offset && !step) yield "x-paging: nothing moves";
    for (const name of flatten(catalogue, entry.request.schema).schema.required ?? []) {
      const moves = name in carry || name === offset || name === step?.field;
      // The end of a range of time is the caller's to name.
      if (moves && !(name in first) && name !== "MaxTime") {
        yield `x-paging: ${name} must be in every body, but first does not say what it begins with`;
      }
    }
  }
  if (batch) {
    const list = asked(batch.field);
    // Where pages name several limits, the schema has the widest and a batch the one that is safe everywhere.
    if (list?.maxItems === undefined || list.maxItems < batch.max) {
      yield `x-batch: ${batch.field} takes ${list?.maxItems} items, not ${batch.max}`;
    }
    if (batch.key && !asked(`${batch.field}.${batch.key}`)) yield `x-batch: no field ${batch.key}`;
    for (const { list: name, key, code } of batch.failures ?? []) {
      for (const path of [name, key && `${name}.${key}`, code && `${name}.${code}`]) {
        if (path && !answered(path)) yield `x-batch: the answer has no field ${path}`;
      }
    }
  }
}

/** The schema of a field by its path; a list's items stand for the list. */
function field(catalogue: Catalogue, schema: Schema, path: string): Schema | undefined {
  let at: Schema | undefined = schema;
  for (const key of path.split(".")) {
    let whole: Schema = flatten(catalogue, resolve(catalogue, at)).schema;
    if (whole.items) whole = flatten(catalogue, resolve(catalogue, whole.items)).schema;
    at = whole.properties?.[key];
    if (at === undefined) return undefined;
  }
  return flatten(catalogue, resolve(catalogue, at)).schema;
}
