/**
 * `tim call`: one command of the API from the command line.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { findCommand, nearestCommand } from "../api/mod.ts";
import { validateBody } from "../api/validate/mod.ts";
import { TimClient } from "../core/client.ts";
import { isApiError, isTimError, type TimError } from "../core/errors.ts";
import { explainErrorCode } from "../errors/mod.ts";
import { type CliIo, UsageError } from "./io.ts";
import { readSettings } from "./settings.ts";

const HELP = `tim call: calls one command of the server REST API

Usage:
  tim call <service/command> [Field=value ...] [--data <json | @file | ->]
  tim call <area.name> ...       the same by its name in @tim/edge/api

  Field=value     sets a field; A.B=value one inside another, A[]=value adds to a list.
                  true, false, numbers and JSON are read as such; Field:=text is text.
  --data          the body as JSON, from a file or from standard input
  --unchecked     send the body even if it does not fit the command's schema
  --dry-run       print the body, send nothing
  --help          this text

Examples:
  tim call group.getAppidGroupList Limit=2
  tim call live_engine_http_srv/create_room RoomInfo.RoomId=r1 RoomInfo.RoomType=Live
  echo '{"UserID":"alice"}' | tim call im_open_login_svc/account_import --data -

Needs TIM_SDK_APP_ID and TIM_SECRET_KEY; TIM_IDENTIFIER, TIM_REGION or TIM_BASE_URL as for
tim start. Exit codes: 0 the backend said yes, 1 it or the network said no, 2 used wrongly.
`;

/** Runs `tim call`. */
export async function runCallCommand(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: "string" },
      unchecked: { type: "boolean" },
      "dry-run": { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const [name, ...fields] = positionals;
  if (values.help || name === undefined) {
    (values.help ? io.out : io.err)(HELP);
    return values.help ? 0 : 2;
  }
  const command = commandOf(name);
  const body = await readData(values.data, io);
  for (const field of fields) setField(body, field);
  const faults = values.unchecked ? [] : validateBody(command, body);
  if (faults.length > 0) {
    const list = faults.map(({ path, message }) => `  ${path || "body"}: ${message}`).join("\n");
    throw new UsageError(`the body does not fit ${command}:\n${list}`);
  }
  if (values["dry-run"]) {
    io.out(JSON.stringify(body, null, 2) + "\n");
    return 0;
  }
  const settings = readSettings(io.env);
  if (settings === undefined) {
    throw new UsageError("TIM_SDK_APP_ID and TIM_SECRET_KEY are not set; see tim call --help");
  }
  try {
    const answer = await new TimClient(settings).call(command, body);
    io.out(JSON.stringify(answer, null, 2) + "\n");
    return 0;
  } catch (error) {
    if (!isTimError(error)) throw error;
    io.err(failureInWords(error));
    if (isApiError(error)) io.out(JSON.stringify(error.answer, null, 2) + "\n");
    return error.kind === "config" ? 2 : 1;
  }
}

/** The command, by its path or its name; unknown paths are called as they are, near misses are named. */
function commandOf(name: string): string {
  const row = findCommand(name);
  if (row) return `${row.service}/${row.command}`;
  const near = nearestCommand(name);
  if (near !== undefined || !name.includes("/")) {
    throw new UsageError(`there is no command "${name}"${near ? `; did you mean ${near}?` : ""}`);
  }
  return name.replace(/^\/?v4\//, "");
}

async function readData(data: string | undefined, io: CliIo): Promise<Record<string, unknown>> {
  if (data === undefined) return {};
  const text = data === "-"
    ? await io.stdin()
    : data.startsWith("@")
    ? await readFile(data.slice(1), "utf8").catch((error: Error) => {
      throw new UsageError(`--data ${data} cannot be read: ${error.message}`);
    })
    : data;
  try {
    const body = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  } catch (error) {
    throw new UsageError(`--data is no JSON: ${(error as Error).message}`);
  }
  throw new UsageError("--data must be one JSON object");
}

/** Puts `A.B[]=value` into the body. */
function setField(body: Record<string, unknown>, field: string): void {
  const match = /^([^=]+?)(:?=)([^]*)$/.exec(field);
  if (match === null) throw new UsageError(`"${field}" sets nothing, wanted Field=value`);
  const [, path, sign, text] = match;
  const value = sign === ":=" ? text! : readValue(text!);
  const names = path!.split(".");
  let target = body;
  for (const name of names.slice(0, -1)) {
    const inside = Object.hasOwn(target, name) ? target[name] : {};
    if (typeof inside !== "object" || inside === null || Array.isArray(inside)) {
      throw new UsageError(`"${field}" goes into ${name}, which is no object`);
    }
    define(target, name, inside);
    target = inside as Record<string, unknown>;
  }
  const last = names.at(-1)!;
  if (!last.endsWith("[]")) return define(target, last, value);
  const list = target[last.slice(0, -2)];
  define(target, last.slice(0, -2), [...Array.isArray(list) ? list : [], value]);
}

/** Sets an own property, even one called `__proto__`. */
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function readValue(text: string): unknown {
  if (!/^(true|false|null|-?\d|[[{"])/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function failureInWords(error: TimError): string {
  const explained = isApiError(error) ? explainErrorCode(error.errorCode) : undefined;
  const advice = explained ? `${explained.meaning} ${explained.remedy}` : error.advice;
  return `${error.message}\n${advice ? advice + "\n" : ""}`;
}
