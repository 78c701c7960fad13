/**
 * One line a request, for people.
 *
 * @module
 */

import type { LogRecord } from "../hono/mod.ts";

/** Writes a record of the gateway's log. */
export function requestLine(record: LogRecord): string {
  const {
    method,
    route,
    command,
    status,
    reason,
    errorCode,
    caller,
    tookMs,
    event,
    error,
    callback,
  } = record;
  const time = new Date(record.time).toTimeString().slice(0, 8);
  if (event !== "request") {
    return `${time} ${event}: ${[callback, error].filter(Boolean).join(" ")}\n`;
  }
  const what = command?.includes("/") ? `/v4/${command}` : route;
  const outcome = reason ?? (errorCode ? `ErrorCode ${errorCode}` : "");
  const words = [
    time,
    method,
    what,
    callback,
    status,
    outcome,
    caller && `for ${caller}`,
    `${tookMs} ms`,
    error,
  ];
  return words.filter((word) => word !== undefined && word !== "").join(" ") + "\n";
}
