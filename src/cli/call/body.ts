/**
 * The body of a call, out of `--data` and `Field=value`, and what is wrong with it.
 *
 * @module
 */

import { validateBody } from "../../api/validate/mod.ts";
import { type CliIo, UsageError } from "../io.ts";
import { readTextFile } from "../text_file.ts";
import { parseJson } from "./json_text.ts";
import { bodySchemas } from "./schema_paths.ts";
import { FieldSetter } from "./set_field.ts";
import { strangeFields } from "./strange_fields.ts";

/**
 * Makes the body.
 *
 * @param command `service/command`.
 * @param data What `--data` says.
 * @param fields The words that set fields.
 * @param io For standard input.
 */
export async function readBody(
  command: string,
  data: string | undefined,
  fields: readonly string[],
  io: CliIo,
): Promise<Record<string, unknown>> {
  const body = data === undefined ? {} : await readData(data, io);
  const setter = new FieldSetter(body, bodySchemas(command));
  for (const field of fields) setter.set(field);
  return body;
}

/**
 * Throws when a body does not fit its command.
 *
 * @param command `service/command`.
 * @param body The body.
 */
export function checkBody(command: string, body: Record<string, unknown>): void {
  const strange = strangeFields(bodySchemas(command), body);
  const told = new Set(strange.map(({ path }) => path));
  const faults = [...strange, ...validateBody(command, body).filter(({ path }) => !told.has(path))];
  if (faults.length === 0) return;
  const list = faults.map(({ path, message }) => `  ${path || "body"}: ${message}`).join("\n");
  throw new UsageError(`the body does not fit ${command}:\n${list}`, {
    help: `tim call --help ${command}`,
    facts: { command, faults },
  });
}

/** Reads a file, or standard input for `-`. */
export async function readText(path: string, option: string, io: CliIo): Promise<string> {
  if (path === "-") return await io.stdin();
  return await readTextFile(path, `${option} ${path}`);
}

async function readData(data: string, io: CliIo): Promise<Record<string, unknown>> {
  const file = data === "-" || data.startsWith("@");
  const text = file ? await readText(data.replace(/^@/, ""), "--data", io) : data;
  const body = parseJson(text, "--data");
  if (typeof body === "object" && body !== null && !Array.isArray(body)) {
    return body as Record<string, unknown>;
  }
  throw new UsageError("--data must be one JSON object");
}
