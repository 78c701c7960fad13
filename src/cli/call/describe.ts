/**
 * `tim call --help <command>`: everything that is known of a command.
 *
 * @module
 */

import type { CommandRow } from "../../api/command_row.ts";
import { findCommand } from "../../api/command_table.ts";
import { bodies as schemas } from "../../api/generated/schemas/mod.ts";
import { EXIT } from "../exit_codes.ts";
import { type CliIo, UsageError } from "../io.ts";
import { descriptionText } from "./description_text.ts";
import { exampleLine } from "./example_line.ts";
import { bodies, calls, needs } from "./generated/example_needs.ts";
import { bodyTexts, exampleBody, operationOf } from "./operation.ts";
import { rulesOf } from "./field_words.ts";
import { type FieldDescription, fieldsOf } from "./fields.ts";

/** What is known of a command. */
export interface CommandDescription {
  /** `service/command`. */
  command: string;
  /** The named call, `live.createRoom`. */
  name: string;
  /** What it does. */
  summary: string;
  /** The documentation's page. */
  page: string;
  /** Who may call it: every command is an administrator's. */
  adminOnly: true;
  /** Calls a second of one app. */
  rateLimit: number;
  /** Whether a call that got no answer is repeated by itself. */
  idempotent: boolean;
  /** Whether the pages advise against it. */
  deprecated: boolean;
  /** How sure its description is. */
  confidence: string;
  /** Whether it answers in pages; then `--all` reads them. */
  paged: boolean;
  /** Which list `--batch` fills, and how many entries one call takes. */
  batch?: { field: string; max: number };
  /** What holds for several fields together. */
  rules: string[];
  /** The fields of its body. */
  fields: FieldDescription[];
  /** What the backend does. */
  behaviour: string[];
  /** The codes that its page lists. */
  errors: number[];
  /** A body that fits, and the command lines that send it, with what an empty emulator must be told before. */
  example: CommandExample;
}

/** A call of a command to paste. */
export interface CommandExample {
  /** The body. */
  body: Record<string, unknown>;
  /** The command line. */
  line: string;
  /**
   * The command lines before it, for an empty `tim emulator`; absent where the example names an id that a
   * backend gives out, or much must be told.
   */
  before?: string[];
}

/** Puts it together. */
export function descriptionOf(command: string, row: CommandRow): CommandDescription {
  const operation = operationOf(command);
  const {
    summary,
    description = "",
    externalDocs: { url: page },
    deprecated = false,
    "x-confidence": confidence = "documented",
    "x-error-codes": errors = [],
  } = operation;
  const { rateLimit, idempotent, area, name, paging, batch } = row;
  return {
    command,
    name: `${area}.${name}`,
    summary,
    page,
    adminOnly: true,
    rateLimit,
    idempotent,
    deprecated,
    confidence,
    paged: paging !== undefined,
    ...(batch && { batch: { field: batch.field, max: batch.max } }),
    rules: rulesOf(schemas[command]!),
    fields: fieldsOf(command, bodyTexts(operation)),
    behaviour: description.split(/^- /m).map((text) => text.trim()).filter((text) => text !== ""),
    errors,
    example: exampleOf(command, bodies[command] ?? exampleBody(operation)),
  };
}

function exampleOf(command: string, body: Record<string, unknown>): CommandExample {
  const places = needs[command];
  if (!places) return { body, line: exampleLine(command, body) };
  const before = places.map((at) => exampleLine(calls[at]![0], calls[at]![1], "--emulator"));
  return { body, line: exampleLine(command, body, "--emulator"), before };
}

/** Prints it. */
export function describeCommand(command: string, json: boolean, io: CliIo): number {
  const row = findCommand(command);
  if (!row) throw new UsageError(`no page describes ${command}`);
  const description = descriptionOf(command, row);
  io.out(json ? JSON.stringify(description, null, 2) + "\n" : descriptionText(description));
  return EXIT.done;
}
