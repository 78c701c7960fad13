/**
 * The request log: one record for each request, with nothing secret in it.
 *
 * @module
 */

import { redact } from "../../core/redact.ts";

/**
 * One line of the log. Bodies, tokens, keys and UserSigs are never in it.
 *
 * @example One line of plain text
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type LogRecord } from "@tim/edge/hono";
 *
 * const lineOf = ({ event, method, route, status, reason = "" }: LogRecord) =>
 *   event === "request" ? `${method} ${route} ${status} ${reason}` : event;
 * const lines: string[] = [];
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   log: (record) => lines.push(lineOf(record)),
 * });
 * await gateway.request("/usersig", { method: "POST" });
 * console.log(lines[0]); // POST /usersig 401 no-credentials
 * ```
 */
export interface LogRecord {
  /** When the answer was ready, in ISO 8601. */
  time: string;
  /** `error` for faults of the gateway or the backend, `warn` for refusals. */
  level: "info" | "warn" | "error";
  /** What happened: a request, or something else worth knowing. */
  event: "request" | "store-away" | "audit-failed" | "callback-unknown" | "callback-failed";
  /** The id that the answer carries. */
  requestId?: string;
  /** The trace, when the caller sent a `traceparent`. */
  traceparent?: string;
  /** The HTTP method. */
  method?: string;
  /** The route, not the path: paths may hold anything. */
  route?: string;
  /** The HTTP status. */
  status?: number;
  /** Why the gateway said no. */
  reason?: string;
  /** Who asked, once that is known. */
  caller?: string;
  /** How the caller proved itself. */
  via?: string;
  /** The command, when it is well-formed. */
  command?: string;
  /** The backend's callback, by its `CallbackCommand`, when that is well-formed. */
  callback?: string;
  /** The backend's `ErrorCode`. */
  errorCode?: number;
  /** The backend's `RequestId`. */
  upstreamRequestId?: string;
  /** How many times the backend was asked. */
  attempts?: number;
  /** How long the request took, in milliseconds. */
  tookMs?: number;
  /** How much of that was waiting for the backend. */
  upstreamMs?: number;
  /** What went wrong inside, for the operator. */
  error?: string;
}

/**
 * Takes the records, to write them wherever.
 *
 * @example Refusals, counted by their reason
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type LogSink } from "@tim/edge/hono";
 *
 * const refused: Record<string, number> = {};
 * const log: LogSink = ({ reason }) => {
 *   if (reason) refused[reason] = (refused[reason] ?? 0) + 1;
 * };
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   log,
 * });
 * await gateway.request("/usersig", { method: "POST" });
 * console.log(refused); // { "no-credentials": 1 }
 * ```
 */
export type LogSink = (record: LogRecord) => void;

/** Writes a line about something other than a request; what is left out of `more` is an error's. */
export type Note = (
  event: LogRecord["event"],
  error: unknown,
  more?: Pick<Partial<LogRecord>, "level" | "requestId" | "callback">,
) => void;

/** Makes the {@linkcode Note} of a log. */
export function noteTo(log: LogSink | undefined): Note {
  return (event, error, { level = "error", requestId, callback } = {}) => {
    const text = error === undefined ? undefined : errorText(error);
    log?.({ time: isoNow(), level, event, requestId, callback, error: text });
  };
}

/** A sink whose failure changes no answer, nor ends the process when it comes late. */
export function safeSink(sink: LogSink): LogSink {
  const failed = (error: unknown) => console.error(`The gateway's log failed: ${errorText(error)}`);
  return (record) => {
    try {
      const writing: unknown = sink(record);
      if (writing instanceof Promise) writing.catch(failed);
    } catch (error) {
      failed(error);
    }
  };
}

/**
 * Writes a record as one line of JSON to the console.
 *
 * @example Only what went wrong
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { consoleLog, createGateway } from "@tim/edge/hono";
 *
 * export default createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   log: (record) => {
 *     if (record.level !== "info") consoleLog(record);
 *   },
 * });
 * ```
 */
export function consoleLog(record: LogRecord): void {
  console.log(JSON.stringify(record));
}

let lastSecond = 0;
let lastIso = "";

/** The time in ISO 8601; many requests share a second, and writing all of it costs more than its end. */
export function isoNow(): string {
  const now = Date.now();
  const ms = now % 1000;
  if (now - ms !== lastSecond) {
    lastSecond = now - ms;
    lastIso = new Date(lastSecond).toISOString().slice(0, -4);
  }
  return lastIso + String(ms).padStart(3, "0") + "Z";
}

/** What went wrong, in a text without credentials and without the stack of a caller's making. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return redact(String(error));
  const cause = error.cause === undefined ? "" : ` (${errorText(error.cause)})`;
  return redact(`${error.name}: ${error.message}`) + cause;
}
